#!/usr/bin/env bash
# td-watson 2.1.0: "aggregate" loses the last second of the day of a frame that goes over midnight.
# Expected: the days of "watson aggregate" add up to what "watson report" says of the same span (8h).
# Seen: 1h 59m 59s + 6h 00m 00s: the day ends at 23:59:59, and the second belongs to no day. The hours of a night
#   shift that are billed by day are never round.
# Versions: td-watson 2.1.0, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check td-watson==2.1.0
export TZ=Europe/Berlin WATSON_DIR=$work/watson
venv/bin/watson add -f '2026-11-03 22:00' -t '2026-11-04 06:00' kunde >/dev/null
whole=$(venv/bin/watson --no-color report -f 2026-11-03 -t 2026-11-04 | sed -n 's/^Total: //p')
days=$(venv/bin/watson --no-color aggregate -f 2026-11-03 -t 2026-11-04 | sed -n 's/^ *kunde - //p' | paste -sd+)
echo "td-watson 2.1.0"
echo "expected: 2h 00m 00s+6h 00m 00s (report says $whole)"
echo "seen:     $days"
[ "$whole" = "8h 00m 00s" ] && [ "$days" = "1h 59m 59s+6h 00m 00s" ] || { echo "the behaviour changed"; exit 1; }
