#!/usr/bin/env bash
# icalendar 7.3.2: a vCard whose name or organisation holds an escaped semicolon is taken apart in the wrong place.
# Expected: in N and ORG (RFC 6350 §6.2.2, §6.6.4) a semicolon divides, an escaped one is text: N:De\;mir;Cem;;; has five
#   fields, ORG:Demir\; Partner;Tax an organisation and a unit. The package has types for them (vN, vAdr, vOrg).
# Seen: the backslashes are taken away before the fields are told apart: ORG has three of them, and N is refused since
#   it "must have exactly 5 fields, got 6".
# Versions: icalendar 7.3.2, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2
venv/bin/python - <<'PY'

import icalendar
from icalendar.parser import Contentline

_, _, value = Contentline(r"ORG:Demir\; Partner;Tax").parts()
fields = value.split(";")
card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Cem De;mir\r\nN:De\\;mir;Cem;;;\r\nEND:VCARD\r\n"
try:
    icalendar.Component.from_ical(card)
    said = "read"
except ValueError as error:
    said = str(error)
print("icalendar", icalendar.__version__)
print("expected: 'Demir; Partner' and 'Tax'; seen:", fields)
print("expected: a card with 5 fields in N; seen:", said)
assert fields == ["Demir", " Partner", "Tax"], "the behaviour changed"
assert "exactly 5 fields, got 6" in said, "the behaviour changed"
PY
