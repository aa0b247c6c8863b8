#!/usr/bin/env bash
# utt 1.32 counts a night shift over the end of summer time as eight hours; it lasts nine.
# Expected: Directive 2000/84/EC lets the clock go back at 03:00 on 25 October 2026, so 22:00 to 06:00 in
#   Europe/Berlin are nine hours; td-watson 2.1.0 counts 9h for the same night, and Timewarrior 1.4.3 as well.
# Seen: utt subtracts the clock faces and has no way to write down the zone.
# Versions: utt 1.32, td-watson 2.1.0, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check utt==1.32 td-watson==2.1.0
export TZ=Europe/Berlin
printf '2026-10-24 22:00 hello\n\n2026-10-25 06:00 kunde: night\n' >utt.log
seen=$(venv/bin/utt --data utt.log report --from 2026-10-24 --to 2026-10-25 | grep -o 'Working: [0-9h]*')
export WATSON_DIR=$work/watson
venv/bin/watson add -f '2026-10-24 22:00' -t '2026-10-25 06:00' kunde >/dev/null
expected=$(venv/bin/watson --no-color report --from 2026-10-20 --to 2026-10-30 | grep -o '[0-9]*h 00m 00s' | head -1)
echo "utt 1.32, td-watson 2.1.0"
echo "expected (watson): $expected; seen (utt): $seen"
[ "$expected" = "9h 00m 00s" ] && [ "$seen" = "Working: 8h00" ] || { echo "the behaviour changed"; exit 1; }
