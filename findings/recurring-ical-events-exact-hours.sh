#!/usr/bin/env bash
# recurring-ical-events 3.8.2: an event of PT24H lasts 25 hours in the night in which the clock goes back.
# Expected: RFC 5545 3.3.6 tells weeks and days (nominal) from hours, minutes and seconds (exact): "PT24H" from
#   24 October 09:00 ends at 08:00 standard time on the 25th; only "P1D" ends at 09:00.
# Seen: both end at 09:00, so that 24 booked hours become 25.
# Versions: recurring-ical-events 3.8.2, icalendar 7.3.2, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check recurring-ical-events==3.8.2 icalendar==7.3.2 tzdata==2026.6
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
DTSTART;TZID=Europe/Berlin:20261024T090000
DURATION:%s
SUMMARY:desk
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

def real_hours(duration):
    desk = icalendar.Calendar.from_ical(calendar % duration)
    [booking] = recurring_ical_events.of(desk).between(dt.date(2026, 10, 1), dt.date(2026, 11, 1))
    return (booking.end.timestamp() - booking.start.timestamp()) / 3600

exact, nominal = real_hours("PT24H"), real_hours("P1D")
print("recurring-ical-events", version("recurring-ical-events"), "icalendar", version("icalendar"))
print("expected: PT24H = 24.0 h, P1D = 25.0 h")
print("seen: PT24H =", exact, "h, P1D =", nominal, "h")
assert (exact, nominal) == (25.0, 25.0), "the behaviour changed"
PY
