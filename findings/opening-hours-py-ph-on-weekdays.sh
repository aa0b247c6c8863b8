#!/usr/bin/env bash
# opening-hours-py 2.1.4 reads "PH Mo-Fr" (holidays that fall on a weekday) as "PH,Mo-Fr" (holidays and weekdays).
# Expected: by the OpenStreetMap specification of opening_hours a blank between holiday and weekday narrows the one
#   by the other, a comma adds them up; opening_hours.js says "closed" on an ordinary Tuesday.
# Seen: every Tuesday is open, and the normalised text has become the other rule.
# Versions: opening-hours-py 2.1.4, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opening-hours-py==2.1.4
venv/bin/python - <<'PY'

import datetime as dt
from importlib.metadata import version
from opening_hours import OpeningHours

hours = OpeningHours("PH Mo-Fr 10:00-12:00", country="DE")
tuesday = dt.datetime(2026, 11, 24, 11)  # no holiday anywhere in Germany
print("opening-hours-py", version("opening-hours-py"))
print("expected: closed on Tuesday, text keeps its blank")
print("seen:", "open" if hours.is_open(tuesday) else "closed", "/", hours)
assert hours.is_open(tuesday) and str(hours) == "PH,Mo-Fr 10:00-12:00", "the behaviour changed"
PY
