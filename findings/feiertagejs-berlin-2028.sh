#!/usr/bin/env bash
# feiertagejs 1.5.1 (npm) does not know the holiday that Berlin has already fixed for 17 June 2028.
# Expected: Berlin's Gesetz ueber die Sonn- und Feiertage, section 1, names 17 June 2028 (75 years after the uprising
#   of 1953), as it named 8 May 2020 and 8 May 2025. The Python package holidays 0.109 has the day.
# Seen: feiertagejs lists ten holidays of Berlin in 2028, without it, so that working days of June 2028 come out wrong.
# Versions: feiertagejs 1.5.1 (needs node), holidays 0.109, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.109
npm install --silent --no-fund --no-audit feiertagejs@1.5.1 >/dev/null
cat >days.js <<'JS'
const days = require("feiertagejs").getHolidays(2028, "BE");
console.log(days.map((day) => day.date.toISOString().slice(0, 10)).sort().join("\n"));
JS
node days.js >seen
venv/bin/python - >expected <<'PY'
import holidays

print("\n".join(str(day) for day in sorted(holidays.country_holidays("DE", subdiv="BE", years=2028))))
PY
echo "feiertagejs 1.5.1, holidays 0.109"
echo "expected (law, holidays): $(wc -l <expected) days; seen (feiertagejs): $(wc -l <seen) days; missing:"
missing=$(comm -23 expected seen)
echo "$missing"
[ "$missing" = "2028-06-17" ] || { echo "the behaviour changed"; exit 1; }
