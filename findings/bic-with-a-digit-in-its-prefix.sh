#!/usr/bin/env bash
# Two checkers of one BIC: python-stdnum 2.2 refuses what schwifty 2026.10.1 accepts.
# Expected: since ISO 9362:2014 the first four characters are alphanumeric; the type BICFIDec2014Identifier of
#   pain.001.001.09 says [A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?, and banks must take such a file.
# Seen: "E4X1DEF1" is well formed for schwifty and invalid for python-stdnum, which wants four letters.
# Versions: python-stdnum 2.2, schwifty 2026.10.1, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2 schwifty==2026.10.1
venv/bin/python - <<'PY'

import re
from importlib.metadata import version
import schwifty
from stdnum import bic

number = "E4X1DEF1"
iso = bool(re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", number))
seen = {"schwifty": schwifty.BIC(number, allow_invalid=True).is_valid, "python-stdnum": bic.is_valid(number)}
print("python-stdnum", version("python-stdnum"), "schwifty", version("schwifty"))
print("expected (ISO 20022):", iso, "by both; seen:", seen)
assert iso and seen == {"schwifty": True, "python-stdnum": False}, "the behaviour changed"
PY
