#!/usr/bin/env bash
# Two readers of one OpenStreetMap tag: is a desk "by appointment" open?
# Expected: by the specification of opening_hours a rule that carries nothing but a comment says "unknown", and so
#   does the time after an open end ("09:00+"); opening_hours.js 3.15.0, the reference implementation, says so.
# Seen: opening-hours-py 2.1.4 knows a state UNKNOWN, yet answers OPEN for both.
# Versions: opening-hours-py 2.1.4, opening_hours 3.15.0 (npm; needs node), Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-fund --no-audit opening_hours@3.15.0 >/dev/null
cat >reference.js <<'JS'
const opening_hours = require("opening_hours");
const noon = new Date("2026-11-24T12:00");
for (const tag of ['"by appointment"', "Mo-Fr 09:00+"])
  console.log(new opening_hours(tag).getUnknown(noon) ? "UNKNOWN" : "other");
JS
cat >reader.py <<'PY'
import datetime as dt
from opening_hours import OpeningHours

for tag in ('"by appointment"', "Mo-Fr 09:00+"):
    state, _comment = OpeningHours(tag).state(dt.datetime(2026, 11, 24, 12))
    print(str(state).rpartition(".")[2].upper())
PY
expected=$(node reference.js | tr '\n' ' ')
seen=$(venv/bin/python reader.py | tr '\n' ' ')
echo "opening-hours-py 2.1.4, opening_hours.js 3.15.0"
echo "expected (opening_hours.js): $expected"
echo "seen (opening-hours-py):     $seen"
[ "$expected" = "UNKNOWN UNKNOWN " ] && [ "$seen" = "OPEN OPEN " ] || { echo "the behaviour changed"; exit 1; }
