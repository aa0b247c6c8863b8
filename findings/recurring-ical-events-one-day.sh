#!/usr/bin/env bash
# recurring-ical-events 3.8.2: between(day, day) finds no appointment of that day, though both ends are "inclusive".
# Expected: the docstring of between() promises events "between start (inclusive) and end (inclusive)".
# Seen: an equal start and end is the instant of midnight: an event at nine is missing, while at(day) has it;
#   and an event of the whole day is found by both.
# Versions: recurring-ical-events 3.8.2, icalendar 7.3.2, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check recurring-ical-events==3.8.2 icalendar==7.3.2
venv/bin/python - <<'PY'

import datetime as dt
from importlib.metadata import version
import icalendar
import recurring_ical_events

calendar = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//findings//EN
BEGIN:VEVENT
UID:desk
DTSTAMP:20261001T000000Z
%s
SUMMARY:desk
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

day = dt.date(2026, 11, 10)
print("recurring-ical-events", version("recurring-ical-events"))
counts = []
for start in ("DTSTART:20261110T090000Z\r\nDTEND:20261110T100000Z", "DTSTART;VALUE=DATE:20261110"):
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar % start))
    counts.append((len(list(events.between(day, day))), len(list(events.at(day)))))
print("expected: timed event (1, 1), whole day (1, 1) by (between(day, day), at(day))")
print("seen: timed event", counts[0], "whole day", counts[1])
assert counts == [(0, 1), (1, 1)], "the behaviour changed"
PY
