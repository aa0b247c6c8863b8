#!/usr/bin/env bash
# td-watson 2.1.0: the log shows a start that nobody entered when the clock goes back during the frame.
# Expected: a frame added from 22:00 to 06:00 is listed as "22:00 to 06:00" (9h), as documented for "watson log".
# Seen: "21:00 to 06:00": the start is shown with the offset of the end. Its length is right, so that what is
#   printed agrees with the sum and disagrees with what was typed.
# Versions: td-watson 2.1.0, arrow 1.4.0, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check td-watson==2.1.0 arrow==1.4.0
export TZ=Europe/Berlin WATSON_DIR=$work/watson
venv/bin/watson add -f '2026-10-24 22:00' -t '2026-10-25 06:00' kunde >/dev/null
seen=$(venv/bin/watson --no-color log -f 2026-10-20 -t 2026-10-30 | grep -o '[0-9:]* to [0-9:]* *9h 00m 00s' | tr -s ' ')
echo "td-watson 2.1.0"
echo "expected: 22:00 to 06:00 9h 00m 00s"
echo "seen:     $seen"
[ "$seen" = "21:00 to 06:00 9h 00m 00s" ] || { echo "the behaviour changed"; exit 1; }
