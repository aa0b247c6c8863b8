"""Statements of banks and payment services without a sample of their own, and what an export may do to a table.

The headings of the services are those that public readers of their exports look for; the rows are made up.
"""

from pathlib import Path

import pytest

from cowork_cli.errors import BadInput
from tests.importers.bank.samples import IBAN, OTHER
from tests.importers.bank.test_csv import statements

FINOM = (
    "Buchungsdatum,Time completed,Status,Transaktionsart,Auftraggeber/Empfänger,Counterparty BIC,Counterparty IBAN,"
    "Verwendungszweck,Tags,Zahlungsfreigeber,Kartennummer,Ursprungswährung,Ursprungsbetrag,Zahlungswährung,"
    "Zahlungsbetrag,Wallet-Saldo nach Transaktion,Wallet-Name,Wallet-IBAN,Begleitende Dokumente,Transaktions-ID\n"
    f"28.11.2026,10:00,Abgeschlossen,Eingang,ACME,X,{OTHER},Re 1,,N/A,,USD,130.00,EUR,1119.00,500.00,Main,{IBAN},N/A,a\n"
)
QONTO = (
    "Status,Settlement date (UTC),Operation date (UTC),Total amount (incl. VAT),Currency,Counterparty name,Reference\n"
    "executed,28-11-2026 10:00:00,27-11-2026 10:00:00,1119.00,EUR,ACME,Re 1\n"
    "declined,28-11-2026 10:00:00,27-11-2026 10:00:00,-5.00,EUR,Shop,x\n"
)
VIVID = (
    "Completed date,Counterparty name,Reference,Payment amount,Payment currency\n"
    "28.11.2026,ACME,Re 1,1119.00,EUR\n"
)
HVB = (
    "Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung\n"
    "12345;28.11.2026;28.11.2026;ACME;GmbH;Re 1;1.119,00;EUR\n"
)
REVOLUT = (
    "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "TRANSFER,Current,2026-11-27 10:00:00,2026-11-28 10:00:00,ACME,1119.00,0.50,EUR,COMPLETED,500.00\n"
    "CARD_PAYMENT,Current,2026-11-28 10:00:00,,Shop,-5.00,0.00,EUR,PENDING,\n"
    "CARD_PAYMENT,Current,2026-11-28 10:00:00,2026-11-28 10:00:00,Shop,-5.00,0.00,EUR,REVERTED,\n"
)
REVOLUT_BUSINESS = (
    "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Payment currency,Amount,"
    "Total amount,Exchange rate,Fee,Fee currency,Balance,Account\n"
    "2026-11-27,2026-11-28,x,TOPUP,COMPLETED,Money from ACME,Re 1,Erika,EUR,1119.00,1118.50,,0.50,EUR,1.00,Main\n"
)
WISE = (
    '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From",'
    '"Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Total fees"\n'
    "TRANSFER-1,28-11-2026,1119.00,EUR,Received money from ACME,Re 1,500.00,,,,ACME,,,,0.50\n"
    "FEE-TRANSFER-1,28-11-2026,-0.50,EUR,Charges for TRANSFER-1,,499.50,,,,,,,,0\n"
    "CARD-2,27-11-2026,-10.00,EUR,Card transaction,,380,,,,,,,Shop,0\n"
)
PAYPAL = (
    '\ufeff"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Transaktionscode",'
    '"Rechnungsnummer","Guthaben","Auswirkung auf Guthaben","Betreff"\n'
    '"28.11.2026","10:00:00","Europe/Berlin","ACME","Zahlung","Abgeschlossen","EUR","1.119,00","-3,20","1.115,80",'
    '"X1","2026-0001","1,00","Haben",""\n'
    '"28.11.2026","10:00:00","Europe/Berlin","ACME","Zahlung","Offen","EUR","-5,00","0,00","-5,00","X2","","1","Soll",""\n'
    '"28.11.2026","10:00:00","Europe/Berlin","B","Zahlung","Entfernt","EUR","5,00","0,00","5,00","X3","","1","Memo",""\n'
)
PAYPAL_ENGLISH = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Invoice Number"\n'
    '"11/28/2026","10:00:00","PST","ACME","Payment","Completed","USD","1,119.00","-3.20","1,115.80","X1","2026-0001"\n'
)


@pytest.mark.parametrize(
    ("text", "bank", "account", "rows", "left_out"),
    [
        (FINOM, "Finom", IBAN, [("1119.00 EUR", "ACME", "Re 1", None)], []),
        (QONTO, "Qonto", None, [("1119.00 EUR", "ACME", "Re 1", None)], ["declined"]),
        (VIVID, "Vivid", None, [("1119.00 EUR", "ACME", "Re 1", None)], []),
        (HVB, "HypoVereinsbank", "12345", [("1119.00 EUR", "ACME GmbH", "Re 1", None)], []),
        (REVOLUT, "Revolut", None, [("1118.50 EUR", None, "ACME", None)], ["pending", "reverted"]),
        (REVOLUT_BUSINESS, "Revolut Business", None, [
            ("1118.50 EUR", "Money from ACME", "Re 1", None)], []),
        (WISE, "Wise", None, [
            ("1119.00 EUR", "ACME", "Re 1", "Re 1"), ("-0.50 EUR", None, "Charges for TRANSFER-1", None),
            ("-10.00 EUR", "Shop", "Card transaction", None)], []),
        (PAYPAL, "PayPal", None, [
            ("1119.00 EUR", "ACME", "Zahlung", "2026-0001"),
            ("-3.20 EUR", "ACME", "Gebühr: 2026-0001", None)], ["pending", "entfernt"]),
        (PAYPAL_ENGLISH, "PayPal", None, [
            ("1119.00 USD", "ACME", "Payment", "2026-0001"),
            ("-3.20 USD", "ACME", "Fee: 2026-0001", None)], []),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 26 else "",
)  # fmt: skip
def test_services_by_their_headings(
    tmp_path: Path,
    text: str,
    bank: str,
    account: str | None,
    rows: list[tuple[object, ...]],
    left_out: list[str],
) -> None:
    (found,) = statements(tmp_path, text)
    assert (found.bank, found.account) == (bank, account)
    told = [(str(one.amount), one.name, one.text, one.reference) for one in found.entries]
    assert told == rows
    assert found.entries[0].booked.isoformat() == "2026-11-28"
    assert [row.reason for row in found.skipped] == left_out


HEAD = "Datum;Betrag;Währung;Verwendungszweck;Name\n"


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        ("28.11.2026;1’234.56;EUR;x;y", ["1234.56"]),
        ("28.11.2026;1'234.56-;CHF;x;y", ["-1234.56"]),
        ("28.11.2026;(1.234,56);EUR;x;y", ["-1234.56"]),
        ("28.11.2026;1.234,56 S;EUR;x;y\n28.11.2026;4,00 H;EUR;x;y", ["-1234.56", "4.00"]),
        ("28.11.2026;4.00 DR;EUR;x;y\n28.11.2026;5.00CR;EUR;x;y", ["-4.00", "5.00"]),
        ("28.11.2026;-4,00 €;EUR;x;y", ["-4.00"]),
        ("28.11.2026;4,00;EUR;x;y\nSumme 4,00 EUR;;;;", ["4.00"]),
        ("28.11.2026;4,00;EUR;x;y\n\nErstellt am 28.11.2026;;;;", ["4.00"]),
        ("28.11.2026;4,00;EUR;x;y\nKontostand am 28.11.2026;9,00;EUR;;", ["4.00"]),
        ("28.11.2026;4,00;EUR;x;y\n" + HEAD + "27.11.2026;5,00;EUR;x;y", ["4.00", "5.00"]),
    ],
)  # fmt: skip
def test_what_an_export_may_do(tmp_path: Path, rows: str, amounts: list[str]) -> None:
    (found,) = statements(tmp_path, HEAD + rows + "\n")
    assert [f"{one.amount.amount:f}" for one in found.entries] == amounts


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_every_separator_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    table = HEAD + '28.11.26;"-1.234,56";EUR;"Re 1; 2";"Müller"\n'
    if delimiter != ";":
        table = table.replace("Re 1; 2", "Re 1").replace(";", delimiter)
    (found,) = statements(tmp_path, table, encoding)
    (entry,) = found.entries
    assert (str(entry.amount), entry.name) == ("-1234.56 EUR", "Müller")


@pytest.mark.parametrize(
    ("table", "amounts"),
    [
        ("Datum;Text;Währung;Betrag;\n28.11.26;x;EUR;5,00;S\n28.11.26;y;EUR;1,00;H", ["-5.00", "1.00"]),
        ("Date,Direction,Amount,Currency\n2026-11-28,OUT,5.00,EUR\n2026-11-28,IN,1.00,EUR", ["-5.00", "1.00"]),
        ("Date,Type,Amount,Currency\n2026-11-28,Debit,5.00,EUR\n2026-11-28,Credit,1.00,EUR", ["-5.00", "1.00"]),
        ("Date,Type,Amount,Currency\n2026-11-28,Debit,-5.00,EUR\n2026-11-28,Debit,1.00,EUR", ["-5.00", "1.00"]),
        ("Datum;Text;Betrag\n28.11.26;x;5,00 €\n28.11.26;y;USD 1,00", ["5.00", "1.00"]),
        ("Datum;Text;Betrag;Gebühr;Währung\n28.11.26;x;5,00;0,00;EUR", ["5.00"]),
    ],
)  # fmt: skip
def test_sign_and_currency_are_found_where_they_stand(
    tmp_path: Path, table: str, amounts: list[str]
) -> None:
    (found,) = statements(tmp_path, table + "\n")
    assert [f"{one.amount.amount:f}" for one in found.entries] == amounts


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("28.11.2026;4,00;EUR;Miete;Nov;Erika", "line 2: it has 6 cells, the heading 5"),
        ("28.11.2026;4,00 USD;EUR;x;y", "line 2: its amount is in USD, but its currency EUR"),
        ("28.11.0026;4,00;EUR;x;y", 'line 2: "28.11.0026" is not a day'),
        ("28.11.2026;4,00;EUR;x;y\n28.11.2026;4.5;EUR;x;y", 'line 3: "4.5" is not written like the amounts'),
        ("11/28/2026;4,00;EUR;x;y\n28/11/2026;4,00;EUR;x;y", 'line 3: "28/11/2026" is not written like the days'),
        ("11/10/2026;4,00;EUR;x;y", "as in line 2: 11/10/2026"),
        ("28.11.2026;1.000;EUR;x;y", "as in line 2: 1.000"),
        ("28.11.2026;4,00;EUR;x;y\nUmsatzsteuer;4,00;EUR;x;y", 'line 3: "Umsatzsteuer" is not a day'),
    ],
)  # fmt: skip
def test_nothing_is_half_taken(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        statements(tmp_path, HEAD + rows + "\n")
    assert words in raised.value.message


def test_a_side_that_is_told_in_some_rows_alone_is_not_guessed(tmp_path: Path) -> None:
    table = "Date,Type,Amount,Currency\n2026-11-28,Debit,5.00,EUR\n2026-11-28,Other,1.00,EUR\n"
    with pytest.raises(BadInput, match='the column "type" tells of money that left'):
        statements(tmp_path, table)
    (found,) = statements(tmp_path, table, sign="-")
    assert [one.amount.minor for one in found.entries] == [500, 100]


def test_whether_a_fee_comes_off_is_asked_of_a_bank_that_is_not_known(tmp_path: Path) -> None:
    table = "Date,Amount,Fee,Currency\n2026-11-28,5.00,0.50,EUR\n"
    with pytest.raises(BadInput, match=r'line 2: whether the amount holds the 0\.50 of "fee"'):
        statements(tmp_path, table)
    for column, minor in (("Fee", 450), ("-", 500)):
        (found,) = statements(tmp_path, table, fee=column)
        assert found.entries[0].amount.minor == minor
