"""Banks that nobody told us of: their headings by words, their days, their states, their signs; and what is asked."""

from pathlib import Path

import pytest

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import read
from tests.importers.bank.samples import IBAN, OTHER
from tests.importers.bank.test_csv import statements

HEAD = "Datum;Betrag;Währung;Verwendungszweck;Name\n"


@pytest.mark.parametrize(
    ("heading", "row", "told"),
    [
        ("Buchung;Valuta;Sender / Empfänger;IBAN / Konto-Nr.;BIC / BLZ;Buchungstext;Verwendungszweck;Umsatz geteilt;Betrag in EUR",
         f"28.11.2026;28.11.2026;ACME;{OTHER};X;GUT;Re 1;;1.234,56", ("ACME", OTHER, "Re 1", "1234.56 EUR")),
        ("Buchungsdatum;Partnername;Partner IBAN;Partner Kontonummer;Betrag;Währung;Buchungs-Info;Notiz",
         f"28.11.2026;ACME;{OTHER};;1.234,56;EUR;Re 1;", ("ACME", OTHER, "Re 1", "1234.56 EUR")),
        ("Kontonummer;Betrag;Buchungstag;Begünstigter/Absender - Name;Begünstigter/Absender - Kontonummer;Buchungstext;"
         "Verwendungszweckzeile 1;Verwendungszweckzeile 2;Währung",
         f"1;1234,56;28.11.2026;ACME;{OTHER};GUT;Re;1;EUR", ("ACME", OTHER, "Re 1", "1234.56 EUR")),
        ("Transaktionstyp;Buchungsdatum;Betrag;Zahlungsempfänger;IBAN;Verwendungszweck",
         f"GUT;28.11.2026;1.234,56 €;ACME;{OTHER};Re 1", ("ACME", OTHER, "Re 1", "1234.56 EUR")),
        ("booking_date;value_date;payer;purpose;amount;currency",
         "2026-11-28;2026-11-28;ACME;Re 1;1234.56;EUR", ("ACME", None, "Re 1", "1234.56 EUR")),
        ("Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF",
         "28.11.2026;GUT;Re 1;1234.56;", (None, None, "Re 1", "1234.56 CHF")),
        ("Buchungstag;Soll/Haben;Auftraggeber Name;Auftraggeber IBAN;Vwz.0;Vwz.1;Währung",
         f"28.11.2026;1.234,56;ACME;{OTHER};Re;1;EUR", ("ACME", OTHER, "Re 1", "1234.56 EUR")),
        ("Datum des Beginns;Datum des Abschlusses;Beschreibung;Originalbetrag;Betrag;Originalwährung;Währung",
         "2026-11-27;2026-11-28;Re 1;9,99;1234,56;USD;EUR", (None, None, "Re 1", "1234.56 EUR")),
        ("Date;Amount;Currency;Text;Text", "2026-11-28;1234.56;EUR;Re;1", (None, None, "Re 1", "1234.56 EUR")),
    ],
    ids=range(9),
)  # fmt: skip
def test_headings_by_their_words(
    tmp_path: Path, heading: str, row: str, told: tuple[object, ...]
) -> None:
    (found,) = statements(tmp_path, f"{heading}\n{row}\n")
    (entry,) = found.entries
    assert (entry.name, entry.iban, entry.text, str(entry.amount)) == told
    assert entry.booked.isoformat() == "2026-11-28"


@pytest.mark.parametrize(
    "day",
    ["28 Nov 2026", "28. November 2026", "28-Nov-2026", "Nov 28, 2026", "Sa, 28.11.2026", "28.11.2026, 10:00 Uhr"],
)  # fmt: skip
def test_days_with_words(tmp_path: Path, day: str) -> None:
    (found,) = statements(tmp_path, f"{HEAD}{day};4,00;EUR;x;y\n")
    assert found.entries[0].booked.isoformat() == "2026-11-28"


@pytest.mark.parametrize(
    ("amount", "minor"),
    [('"=""5,00"""', 500), ("S 5,00", -500), ("H5,00", 500), ("-$5.00", -500), ("$ 5.00", 500)],
)
def test_amounts_in_other_dress(tmp_path: Path, amount: str, minor: int) -> None:
    amount = amount if '""' not in amount else '="5,00"'
    (found,) = statements(tmp_path, f"{HEAD}28.11.2026;{amount};EUR;x;y\n")
    assert [entry.amount.minor for entry in found.entries] == [minor]


@pytest.mark.parametrize(
    ("heading", "word", "taken"),
    [
        ("Status", "gebucht", True), ("Status", "Nicht gebucht", False), ("Status", "Vormerkung", False),
        ("Status", "In Ausführung", False), ("State", "Completed", True), ("Status", "geplant", False),
        ("Vorgemerkt", "ja", False), ("Vorgemerkt", "nein", True), ("Gebucht", "nein", False),
        ("Gebucht", "ja", True), ("Status", "rejected", False), ("Info", "anything", True),
    ],
)  # fmt: skip
def test_states_of_a_row(tmp_path: Path, heading: str, word: str, taken: bool) -> None:
    (found,) = statements(
        tmp_path, f"Datum;{heading};Betrag;Währung;Zweck\n28.11.2026;{word};4,00;EUR;x\n"
    )
    assert (len(found.entries), len(found.skipped)) == (taken, not taken)


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        ("Datum;Richtung;Betrag;Währung\n28.11.2026;Outgoing;10,00;EUR\n28.11.2026;Incoming;11,00;EUR", [-1000, 1100]),
        ("Datum;Typ;Betrag;Währung\n28.11.2026;Lastschrift;10,00;EUR\n28.11.2026;Gutschrift;11,00;EUR", [-1000, 1100]),
        ("Datum;Richtung;Betrag;Währung\n28.11.2026;intern;-10,00;EUR\n28.11.2026;extern;11,00;EUR", [-1000, 1100]),
        ("Datum;Soll;Haben;Währung\n28.11.2026;10,00;-;EUR\n28.11.2026;;-11,00;EUR", [-1000, -1100]),  # came back
        ("Datum;Soll;Haben;Währung\n28.11.2026;-10,00;;EUR\n28.11.2026;;11,00;EUR", [-1000, 1100]),
        ("Datum;Betrag;Saldo;Währung\n27.11.2026;-5,00;95,00;EUR\n28.11.2026;10,00;105,00;EUR", [-500, 1000]),
    ],
    ids=range(6),
)  # fmt: skip
def test_on_which_side_an_amount_stands(tmp_path: Path, rows: str, amounts: list[int]) -> None:
    (found,) = statements(tmp_path, rows + "\n")
    assert [entry.amount.minor for entry in found.entries] == amounts


@pytest.mark.parametrize(
    ("rows", "said", "remedy"),
    [
        ("Datum;Richtung;Betrag;Währung\n28.11.2026;hin;10,00;EUR", '"hin" does not say', "--map"),
        ("Datum;Soll;Haben;Währung\n28.11.2026;10,00;;EUR\n28.11.2026;-2,00;;EUR", "line 3: the column of debits",
         "--map debit-minus=back"),
        ("Datum;Betrag;S/H;Währung\n28.11.2026;-4,00;H;EUR", '"H" says that money came', "--map"),
        ("Datum;Betrag;Saldo;Währung\n27.11.2026;5,00;95,00;EUR\n28.11.2026;10,00;85,00;EUR",
         "line 3: 10.00 was read as the amount, but the balance moves by -10.00", "--map sign=COLUMN"),
        ("Datum;Status;Betrag;Währung\n28.11.2026;xyzzy;4,00;EUR", 'line 2: whether "xyzzy"', "--map status=-"),
        ("Betrag A;Betrag B;Datum;Währung\n1,00;2,00;28.11.2026;EUR", "no column for the day and the amount", "--map"),
        ("28.11.2026;ACME;4,00;EUR", "no line names its columns", "write one above them"),
        ("<!DOCTYPE html><html>Login;1;2", "is a web page", "sign in"),
        ("Datum;Betrag;Text\n28.11.2026;4,00;x", "its currency is not said", "--map currency=EUR"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_asked(tmp_path: Path, rows: str, said: str, remedy: str) -> None:
    with pytest.raises(BadInput) as refused:
        statements(tmp_path, rows + "\n")
    assert said in refused.value.message
    assert remedy in (refused.value.hint or "")


def test_a_word_for_a_state_can_be_taught(tmp_path: Path) -> None:
    rows = "Datum;Status;Betrag;Währung\n28.11.2026;Xyzzy;4,00;EUR\n28.11.2026;offen;5,00;EUR\n"
    (found,) = statements(tmp_path, rows, done="xyzzy")
    assert ([entry.amount.minor for entry in found.entries], len(found.skipped)) == ([400], 1)


def test_what_a_minus_among_the_debits_means_can_be_said(tmp_path: Path) -> None:
    rows = "Datum;Soll;Haben;Währung\n28.11.2026;10,00;;EUR\n28.11.2026;-2,00;;EUR\n"
    (back,) = statements(tmp_path, rows, debit_minus="back")
    assert [entry.amount.minor for entry in back.entries] == [-1000, 200]


@pytest.mark.parametrize(
    ("before", "currency", "shown"),
    [
        ("Währung:;CHF\n", "CHF", None),
        (f"IBAN:;{IBAN}\n", "EUR", "EUR (of the account)"),
        ("IBAN:;CH93 0076 2011 6238 5295 7\n", "CHF", "CHF (of the account)"),
    ],
)
def test_the_currency_of_a_file_without_one(
    tmp_path: Path, before: str, currency: str, shown: str | None
) -> None:
    file = tmp_path / "s.csv"
    file.write_text(f"{before}\nDatum;Betrag;Zweck\n28.11.2026;4,00;x\n", "utf-8")
    reading = read(file, None, {}, {})
    assert reading.statements[0].entries[0].amount.currency == currency
    assert reading.mapping.get("currency") == shown


@pytest.mark.parametrize("encoding", ["utf-16-le", "cp850", "iso8859-15"])
def test_encodings_of_old(tmp_path: Path, encoding: str) -> None:
    euro = "Betrag (€)" if encoding == "iso8859-15" else "Betrag (EUR)"
    text = f"Datum;{euro};Verwendungszweck;Empfänger\n28.11.2026;4,00;x;Müller\n"
    if encoding == "cp850":
        text = text.replace("Empfänger", "Name")
    (found,) = statements(tmp_path, text, encoding)
    assert [(entry.name, str(entry.amount)) for entry in found.entries] == [("Müller", "4.00 EUR")]


@pytest.mark.parametrize(
    "text", ["Storno Re 1", "Rückzahlung Re 1", "Rücklastschrift Re 1", "Reversal Re 1"]
)
def test_what_came_back_is_told_by_a_word(tmp_path: Path, text: str) -> None:
    (found,) = statements(tmp_path, f"{HEAD}28.11.2026;-4,00;EUR;{text};y\n")
    assert found.entries[0].returned == text.split()[0]
