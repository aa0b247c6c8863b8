#!/usr/bin/env bash
# python-stdnum 2.2 refuses the register number of every eGbR, the company form that two freelancers share.
# Expected: since 1 January 2024 the courts keep a Gesellschaftsregister (sections 707 to 707d BGB); its numbers read
#   "GsR 123", beside HRA, HRB, GnR, PR and VR, which stdnum.de.handelsregisternummer knows.
# Seen: "Koeln GsR 123" raises InvalidFormat, "Koeln PR 123" is valid.
# Versions: python-stdnum 2.2, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
venv/bin/python - <<'PY'

import stdnum
from stdnum.de import handelsregisternummer

seen = {kind: handelsregisternummer.is_valid(f"K\u00f6ln {kind} 123") for kind in ("HRB", "PR", "GsR")}
print("python-stdnum", stdnum.__version__)
print("expected: all three valid; seen:", seen)
assert seen == {"HRB": True, "PR": True, "GsR": False}, "the behaviour changed"
PY
