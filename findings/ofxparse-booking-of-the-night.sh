#!/usr/bin/env bash
# ofxparse 0.21: a booking of the half hour after midnight in Germany is booked the day before.
# Expected: OFX 1.6, section 3.2.8: "20261201003000[+1:CET]" is 00:30 on 1 December by the clock that the bank
#   names; its date is 1 December, or the reading keeps the zone that is needed to find it.
# Seen: a datetime without zone, moved to UTC: 30 November 23:30. The receipt falls into the other month, and so
#   into another advance VAT return (sections 13 and 20 UStG).
# Versions: ofxparse 0.21, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ofxparse==0.21
venv/bin/python - <<'PY'

import io
from ofxparse import OfxParser
from importlib.metadata import version

statement = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261204120000<LANGUAGE>GER</SONRS>
</SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>37040044<ACCTID>0532013000<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261201<DTEND>20261204<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261201003000[+1:CET]
<TRNAMT>1190.00<FITID>1<NAME>Muster GmbH</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>2190.00<DTASOF>20261204</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
[booking] = OfxParser.parse(io.BytesIO(statement)).account.statement.transactions
print("ofxparse", version("ofxparse"))
print("expected: 2026-12-01 00:30, or a time with its zone; seen:", booking.date, booking.date.tzinfo)
assert str(booking.date) == "2026-11-30 23:30:00", "the behaviour changed"
PY
