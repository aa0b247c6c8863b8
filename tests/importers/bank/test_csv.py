"""The CSV of the banks, of unknown ones too; what is left out is named, what is not understood refused."""

from pathlib import Path

import pytest

from cowork_cli.domain.bank import Entry, Statement
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import read
from tests.importers.bank import samples
from tests.importers.bank.samples import IBAN, OTHER


def statements(
    path: Path, content: str, encoding: str = "utf-8", **mapping: str
) -> tuple[Statement, ...]:
    file = path / "s.csv"
    file.write_bytes(content.encode(encoding))
    named = {field.replace("_", "-"): [column] for field, column in mapping.items()}
    return read(file, None, named, {}).statements


def told(one: Entry) -> tuple[object, ...]:
    return one.booked.isoformat(), str(one.amount), one.name, one.iban, one.text, one.reference


@pytest.mark.parametrize(
    ("text", "encoding", "bank", "account", "rows", "left_out"),
    [
        (samples.SPARKASSE, "cp1252", "Sparkasse", IBAN, [
            ("2026-11-24", "1234.50 EUR", "Müller GmbH", OTHER, "Rechnung 2026-0017", None)], ["pending"]),
        (samples.SPARKASSE_MT940, "cp1252", "Sparkasse CSV-MT940", IBAN, [
            ("2026-11-24", "-1234.56 EUR", "Müller", OTHER, "Rechnung 1234", "1234-1")], []),
        (samples.GLS, "utf-8", "Volksbank, GLS", IBAN, [
            ("2026-11-24", "-10.50 EUR", "Müller", OTHER, "Rechnung 17", "abc")], []),
        (samples.VOLKSBANK_OLD, "cp1252", "Volksbank, GLS (old)", None, [
            ("2020-11-24", "1234.56 EUR", "ACME", OTHER, "Rechnung 2020-0017 Danke", None),
            ("2020-11-23", "-5.00 EUR", "Shop", None, "abc", None)],
            ["a balance, no booking", "a balance, no booking"]),
        (samples.DKB, "utf-8", "DKB", IBAN, [
            ("2026-11-24", "1000.00 EUR", "ACME GmbH", OTHER, "Re 17", "E2E-1"),
            ("2026-11-23", "-5.50 EUR", "Shop", None, "x", None)], ["pending"]),
        (samples.DKB_OLD, "latin-1", "DKB (old)", IBAN, [
            ("2022-12-30", "1234.56 EUR", "ACME", OTHER, "Re 1", None)],
            ["closing of the account, no booking"]),
        (samples.ING, "cp1252", "ING", IBAN, [
            ("2026-11-24", "1234.00 EUR", "ACME", None, "Re 17", None)], []),
        (samples.N26, "utf-8", "N26", None, [
            ("2026-11-24", "1000.00 EUR", "ACME", OTHER, "Re 2026-0017", None)], []),
        (samples.N26_OLD, "utf-8", "N26 (old)", None, [
            ("2019-11-24", "-1.50 EUR", "ACME", None, "Re 1", None)], []),
        (samples.COMMERZBANK, "utf-8", "Commerzbank", IBAN, [
            ("2026-11-24", "-10.70 EUR", None, None,
             "ACME Gesellschaft Berlin Rechnung RG-Nr. 2026-0017", "ABC123")],
            ["a notice without an amount"]),
        (samples.POSTBANK, "utf-8", "Postbank, Deutsche Bank", IBAN, [
            ("2026-01-02", "-10.50 EUR", "Deutsche Allgemeine Versicherungs-Gesellschaft", OTHER, "V1", "K"),
            ("2026-01-03", "200.00 EUR", "ACME", OTHER, "Re 1", "K")], ["a balance, no booking"]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 26 else "",
)  # fmt: skip
def test_the_banks(
    tmp_path: Path,
    text: str,
    encoding: str,
    bank: str,
    account: str | None,
    rows: list[tuple[object, ...]],
    left_out: list[str],
) -> None:
    (found,) = statements(tmp_path, text, encoding)
    assert (found.bank, found.account) == (bank, account)
    assert [told(one) for one in found.entries] == rows
    assert [row.reason for row in found.skipped] == left_out


def test_comdirect_keeps_its_tables_apart(tmp_path: Path) -> None:
    giro, card = statements(tmp_path, samples.COMDIRECT, "iso-8859-15")
    assert (giro.bank, card.bank) == ("comdirect Girokonto", "comdirect Visa-Karte")
    assert [told(one)[1:5] for one in giro.entries] == [
        ("1226.10 EUR", "ACME GmbH", None, "Re 2026-0017"), ("-10.00 EUR", "Hoster", OTHER, "Server"),
    ]  # fmt: skip
    assert [told(one)[1] for one in card.entries] == ["-3.00 EUR"]


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        ("Datum;Betrag;Währung;Text\n13.01.2026;1.234,56;EUR;x", ["1234.56"]),
        ("Datum;Betrag;Währung\n13.01.2026;1,234.56;EUR\n13.01.2026;-.5;EUR", ["1234.56", "-0.50"]),
        ("Datum;Betrag;Währung\n13.01.2026;1.234,56-;EUR", ["-1234.56"]),
        ("Datum;Betrag;Währung\n13.01.2026;−1 234,5 €;EUR", ["-1234.50"]),
        ("Datum;Betrag;Währung\n13.01.2026;+7;EUR", ["7.00"]),
        ("Datum;Betrag;S/H;Währung\n13.01.2026;5,00;S;EUR\n13.01.2026;5,00;H;EUR", ["-5.00", "5.00"]),
        ("Datum;Betrag;Soll/Haben;Währung\n13.01.2026;5,00;Soll;EUR", ["-5.00"]),
        ("Datum;Soll;Haben;Währung\n13.01.2026;5,00;;EUR\n13.01.2026;;7,50;EUR", ["-5.00", "7.50"]),
        ("Datum;Soll;Haben;Währung\n13.01.2026;-5,00;;EUR", ["-5.00"]),
        ("Date,Description,Debit,Credit,Currency\n2026-01-13,a,3.50,,USD\n2026-01-14,b,,\"1,200.00\",USD",
         ["-3.50", "1200.00"]),
        ("Date\tAmount\tCurrency\n13/01/2026\t1.50\tGBP", ["1.50"]),
        ("Date|Amount (EUR)\n01/13/2026|1.50", ["1.50"]),
        ("Type,Started Date,Completed Date,Description,Amount,Fee,Currency,State\n"
         "CARD,2026-01-01 10:00:00,2026-01-02 10:00:00,x,-10.00,0.50,EUR,COMPLETED\n"
         "CARD,2026-01-01 10:00:00,2026-01-02 10:00:00,y,-10.00,0.00,EUR,REVERTED", ["-10.50"]),
    ],
)  # fmt: skip
def test_banks_that_nobody_told_us_of(tmp_path: Path, rows: str, amounts: list[str]) -> None:
    (found,) = statements(tmp_path, rows + "\n")
    assert [f"{one.amount.amount:f}" for one in found.entries] == amounts


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Datum;Betrag;Währung\n13.01.2026;1,00;EUR\n13.01.2026;abc;EUR", 'line 3: "abc" is not an amount'),
        ("Datum;Betrag;Währung\n13.01.2026;1.234;EUR", "does not show whether the dot or the comma"),
        ("Datum;Betrag;Währung\n13.01.2026;1.234,56;EUR\n13.01.2026;1,234.56;EUR", "partly with"),
        ("Datum;Betrag;Währung\n31.02.2026;1,00;EUR", 'line 2: "31.02.2026" is not a day that exists'),
        ("Datum;Betrag;Währung\n01/02/2026;1,00;EUR", "day or the month comes first"),
        ("Datum;Betrag;Währung\nirgendwas;1,00;EUR", 'line 2: "irgendwas" is not a day'),
        ("Datum;Betrag;S/H;Währung\n13.01.2026;1,00;;EUR", "debit or a credit"),
        ("Datum;Betrag;Währung\n13.01.2026;;EUR", "line 2: it has no amount"),
        ("Datum;Betrag;Währung\n13.01.2026;1,0001;EUR", "more decimals than the currency"),
        ("Datum;Betrag\n13.01.2026;1,00", "its currency is not said"),
        ("Datum;Betrag;Währung\n13.01.2026;1,00;Taler", '"TALER" is not a currency'),
        ("Foo;Bar;Baz\n1;2;3", "no column for the day and the amount was found in: Foo, Bar, Baz"),
        ("Datum;Soll;Haben;Währung\n13.01.2026;1,00;2,00;EUR", "a debit and a credit"),
        ('Datum;Betrag;Währung\n"13.01.2026;1,00;EUR', "not whole CSV"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        statements(tmp_path, rows + "\n")
    assert words in raised.value.message
    assert raised.value.hint


def test_a_mapping_names_columns_decimal_sign_days_and_currency(tmp_path: Path) -> None:
    (found,) = statements(
        tmp_path, "Wann;Wieviel;Wozu\n01/02/2026;1.234;Miete\n", booked="Wann", amount="Wieviel",
        text="Wozu", decimal="comma", date_format="dd/mm/yyyy", currency="EUR",
    )  # fmt: skip
    assert told(found.entries[0]) == ("2026-02-01", "1234.00 EUR", None, None, "Miete", None)
    with pytest.raises(BadInput, match="no heading has the columns Gibtsnicht"):
        statements(tmp_path, "Wann;Wieviel\n1;2\n", booked="Gibtsnicht")
