#!/usr/bin/env bash
# holidays 0.109: asking for the holidays of one country imports the modules of all countries.
# Expected: the docstrings of holidays/registry.py call each entity "lazy-loaded", so that Germany loads Germany.
# Seen: country_holidays("DE") leaves some 250 holidays.countries.* modules in sys.modules; a command that
#   only wants one calendar pays for the whole world.
# Versions: holidays 0.109, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.109
venv/bin/python - <<'PY'

import sys
import holidays

def countries():
    return sum(name.startswith("holidays.countries.") for name in sys.modules)

before = countries()
germany = holidays.country_holidays("DE", subdiv="BE", years=2026)
after = countries()
print("holidays", holidays.__version__)
print("expected: 1 country module for", len(germany), "days of Berlin")
print("seen:", before, "country modules before,", after, "afterwards")
assert before == 0 and after > 200, "the behaviour changed"
PY
