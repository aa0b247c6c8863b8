#!/usr/bin/env bash
# bankstatementparser 0.0.29: a CAMT statement of version 08 names every payer as the empty text.
# Expected: the package announces CAMT statements and has a column Debtor; in camt.053.001.08 (the version of the
#   German banks since November 2025) the name stands in Dbtr/Pty/Nm, one level deeper than in version 02.
# Seen: Debtor is "" without a warning, while amount, account and reference are read.
# Versions: bankstatementparser 0.0.29, Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check bankstatementparser==0.0.29
venv/bin/python - <<'PY'

from importlib.metadata import version
from bankstatementparser import CamtParser

statement = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId>
<CreDtTm>2026-11-04T20:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id><CreDtTm>2026-11-04T20:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-04</Dt></Dt></Bal><Ntry><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt><ValDt><Dt>2026-11-03</Dt></ValDt>
<BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd><NtryDtls>
<TxDtls><Refs><EndToEndId>RE-17</EndToEndId></Refs><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Muster GmbH</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
"""

with open("statement.xml", "wb") as file:
    file.write(statement)
[booking] = CamtParser("statement.xml").parse().to_dict("records")
print("bankstatementparser", version("bankstatementparser"))
print("expected: Debtor 'Muster GmbH'; seen:", repr(booking["Debtor"]), booking["Amount"], booking["EndToEndId"])
assert booking["Debtor"] == "" and booking["EndToEndId"] == "RE-17", "the behaviour changed"
PY
