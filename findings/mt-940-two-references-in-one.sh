#!/usr/bin/env bash
# mt-940 5.1.1: the customer's reference of a booking is two references and a line feed.
# Expected: field :61: (reference of the account owner) and the "KREF+" of :86: are two facts in the formats of the
#   German banks; with Options.all(), which mends the known readings, the customer_reference is one of them.
# Seen: customer_reference is "NONREF" (:61: says that there is none), a line feed, and the text after KREF+.
# Versions: mt-940 5.1.1, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mt-940==5.1.1
venv/bin/python - <<'PY'

import mt940

statement = """:20:STARTUMS
:25:37040044/0532013000
:28C:00001/001
:60F:C261102EUR1000,00
:61:2611031103CR1190,00N166NONREF
:86:166?00GUTSCHRIFT?20EREF+RE-2026-17?21KREF+KD-5?22SVWZ+Rechnung?32Muster GmbH
:62F:C261103EUR2190,00
-
"""
[booking] = mt940.parse(statement, options=mt940.Options.all())
seen = booking.data["customer_reference"]
print("mt-940", mt940.__version__)
print("expected: 'KD-5' or 'NONREF'; seen:", repr(seen))
assert seen == "NONREF\nKD-5", "the behaviour changed"
PY
