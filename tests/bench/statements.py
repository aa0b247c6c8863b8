"""A year of one account in the amounts that the budget of `bank import` and `bank match` speaks of.

Every fifth booking pays an invoice and names its number, as a person writes it; the others are money that
left for nothing that is known. The same bookings as CAMT and as the CSV of a bank.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cowork_cli.domain.money import Money
from tests.bench import generate

INVOICES, BOOKINGS = 2_000, 10_000
CAMT, CSV = "statement.xml", "statement.csv"
ISSUED = date(2026, 1, 6)
_IBAN, _OTHER = "DE02120300000000202051", "DE89370400440532013000"
_HEAD = (
    "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;"
    "Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;"
    "Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;"
    "Glaeubiger ID;Mandatsreferenz\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One made-up booking; `amount` below zero is money that left."""

    number: int
    day: date
    amount: Money
    name: str
    text: str


def gross(number: int) -> Money:
    """What the invoice of a number comes to."""
    return Money(11_900 + 119 * (number % 400))


def lines(bookings: int = BOOKINGS, invoices: int = INVOICES) -> Iterator[Line]:
    """Made-up bookings, by their day; the same ones every time."""
    chance = random.Random(generate.SEED)
    for n in range(bookings):
        day = ISSUED + timedelta(days=30 + n * 280 // bookings)
        invoice = n // 5 + 1
        if n % 5 == 0 and invoice <= invoices:
            text = f"Rechnung 2026-{invoice:04} vom 06.01.2026 Kd 4711"
            yield Line(n, day, gross(invoice), f"Payer {n % 97} GmbH", text)
        else:
            left = Money(-chance.randrange(100, 100_000))
            text = f"Einkauf {n} am Terminal {chance.randrange(1000, 10_000)}"
            yield Line(n, day, left, f"Shop {n % 97}", text)


def write(folder: Path) -> None:
    """Writes the statement in both formats."""
    made = list(lines())
    entries = "".join(map(_entry, made))
    (folder / CAMT).write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr/><Stmt>'
        f"<Acct><Id><IBAN>{_IBAN}</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>",
        encoding="utf-8",
    )
    (folder / CSV).write_text(_HEAD + "".join(map(_row, made)), encoding="utf-8")


def _entry(line: Line) -> str:
    came = line.amount.minor > 0
    side = "Dbtr" if came else "Cdtr"
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(line.amount.amount):f}</Amt>'
        f"<CdtDbtInd>{'CRDT' if came else 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>"
        f"<AcctSvcrRef>X{line.number}</AcctSvcrRef><BkTxCd><Prtry><Cd>NTRF+166+00931</Cd><Issr>DK</Issr></Prtry>"
        f"</BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E{line.number}</EndToEndId></Refs><RltdPties>"
        f"<{side}><Pty><Nm>{line.name}</Nm></Pty></{side}><{side}Acct><Id><IBAN>{_OTHER}</IBAN></Id></{side}Acct>"
        f"</RltdPties><RmtInf><Ustrd>{line.text}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        "<AddtlNtryInf>SEPA</AddtlNtryInf></Ntry>"
    )


def _row(line: Line) -> str:
    amount = f"{line.amount.amount:f}".replace(".", ",")
    day = f"{line.day:%d.%m.%Y}"
    return (
        f"Giro;{_IBAN};GENODEM1GLS;GLS;{day};{day};{line.name};{_OTHER};COBADEFFXXX;Überweisung;"
        f"{line.text} EREF: E{line.number};{amount};EUR;0,00;;;;\n"
    )


def fill(home: Path) -> None:
    """Writes issued invoices that nobody has paid into a home."""
    store = generate.open_home(home)
    try:
        with store.transaction() as journal:
            row = {"slug": "acme", "name": "ACME GmbH", "type": "business", "currency": "EUR"}
            client = journal.insert("clients", row)
            for number in range(1, INVOICES + 1):
                journal.insert("invoices", _invoice(number, client))
            sql = "INSERT INTO number_series (series, year, last) VALUES ('', ?, ?)"
            store.connection.run(sql, ISSUED.year, INVOICES)
    finally:
        store.close()


def _invoice(number: int, client: int) -> dict[str, object]:
    whole = gross(number).minor
    net = whole * 100 // 119
    return {
        "state": "issued", "number": f"2026-{number:04}", "type": 380, "series": "", "client_id": client,
        "date": ISSUED.isoformat(), "due": "2026-01-20", "currency": "EUR", "net": net, "gross": whole,
        "vat": "[]", "document": "{}", "created_at": 0, "skonto": "2%/10d" if number % 10 == 0 else None,
    }  # fmt: skip
