#!/usr/bin/env bash
# fints 5.0.1: two payments booked in one sum become one payment, of the last payer.
# Expected: an entry of CAMT may hold several TxDtls (ISO 20022, NtryDtls with Btch); a reading gives both parts,
#   or the sum without a payer.
# Seen: one booking of 1190.00 from "Bert GmbH", who paid 190.00; "Anna GmbH" and her 1000.00 are not to be found.
# Versions: fints 5.0.1, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fints==5.0.1
venv/bin/python - <<'PY'

from importlib.metadata import version
from fints.camt_parser import camt053_to_dict

statement = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"><BkToCstmrAcctRpt><GrpHdr><MsgId>M1</MsgId>
<CreDtTm>2026-11-04T20:00:00+01:00</CreDtTm></GrpHdr><Rpt><Id>S1</Id><CreDtTm>2026-11-04T20:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-04</Dt></Dt></Bal><Ntry><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt><ValDt><Dt>2026-11-03</Dt></ValDt>
<BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
<TxDtls><Refs><EndToEndId>RE-1</EndToEndId></Refs><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Anna GmbH</Nm></Pty></Dbtr></RltdPties></TxDtls>
<TxDtls><Refs><EndToEndId>RE-2</EndToEndId></Refs><Amt Ccy="EUR">190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Bert GmbH</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry></Rpt></BkToCstmrAcctRpt></Document>
"""

bookings = camt053_to_dict(statement)
seen = [(str(booking["amount"].amount), booking["applicant_name"]) for booking in bookings]
print("fints", version("fints"))
print("expected: 1000.00 of Anna GmbH and 190.00 of Bert GmbH; seen:", seen)
assert seen == [("1190.00", "Bert GmbH")] and "Anna" not in str(bookings), "the behaviour changed"
PY
