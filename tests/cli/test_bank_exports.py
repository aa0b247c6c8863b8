"""The same days in several exports: with texts and without, by accounts that are named or not."""

import zipfile
from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.importers.bank import samples

HEAD = ":20:STARTUMS\n:25:12030000/0000202051\n:28C:1/1\n:60F:C261123EUR100,00\n"
TWICE = ":61:2611241124CR595,00N060NONREF\n"
TEXT = ":86:166?00GUTSCHRIFT?20SVWZ+Rechnung {}?32ACME\n"
END = ":62F:C261124EUR1290,00\n-\n"
BARE = HEAD + TWICE + TWICE + END
TOLD = HEAD + TWICE + TEXT.format(1) + TWICE + TEXT.format(2) + END


def taken(cowork: Cowork, file: Path, text: str, *words: str) -> tuple[int, int]:
    """How many bookings were new, and how many known."""
    file.write_text(text, encoding="utf-8")
    outcome = cowork("bank", "import", str(file), *words, "--json")
    assert outcome.code == 0, str(outcome)
    (done,) = outcome.data
    return done["new"], done["known"]


@pytest.mark.parametrize(("first", "then"), [(BARE, TOLD), (TOLD, BARE), (BARE, BARE)])
def test_an_export_without_texts_is_known_by_day_and_amount(
    cowork: Cowork, tmp_path: Path, first: str, then: str
) -> None:
    assert taken(cowork, tmp_path / "a.sta", first) == (2, 0)
    assert taken(cowork, tmp_path / "b.sta", then) == (0, 2)
    third = HEAD + TWICE * 3 + END.replace("1290", "1885")
    assert taken(cowork, tmp_path / "c.sta", third) == (1, 2)


def test_where_both_say_something_else_they_are_two(cowork: Cowork, tmp_path: Path) -> None:
    page = HEAD + TWICE + "{}" + ":62F:C261124EUR695,00\n-\n"
    assert taken(cowork, tmp_path / "a.sta", page.format(TEXT.format(1))) == (1, 0)
    assert taken(cowork, tmp_path / "b.sta", page.format(TEXT.format(2))) == (1, 0)


def test_a_text_that_is_missing_once_is_a_booking_of_its_own(
    cowork: Cowork, tmp_path: Path
) -> None:
    page = HEAD + "{}" + ":62F:C261124EUR{},00\n-\n"
    told = TWICE + TEXT.format(1)
    assert taken(cowork, tmp_path / "a.sta", page.format(told, 695)) == (1, 0)
    other = ":61:2611241124CR1,00N060NONREF\n:86:166?20SVWZ+x\n"
    assert taken(cowork, tmp_path / "b.sta", page.format(TWICE + other, 696)) == (2, 0)


def test_mt940_without_an_account_is_mt940(cowork: Cowork, tmp_path: Path) -> None:
    text = TOLD.replace(":25:12030000/0000202051\n", "")
    assert taken(cowork, tmp_path / "a.sta", text) == (2, 0)
    assert [row["account"] for row in cowork("bank", "list", "--json").data] == ["MT940"] * 2
    assert taken(cowork, tmp_path / "b.sta", TOLD, "--account", "MT940") == (0, 2)


def test_an_empty_zip_holds_no_statements(cowork: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "s.zip"
    with zipfile.ZipFile(file, "w"):
        pass
    outcome = cowork("bank", "import", str(file))
    assert outcome.code == 2, str(outcome)
    assert "s.zip holds no statements" in outcome.err


def test_two_payers_of_the_same_sum_are_two(cowork: Cowork, tmp_path: Path) -> None:
    """Of one day, sum and word, in two formats: the names tell them apart, also without any IBAN."""
    one = samples.entry("25.00", "Abo", name="Shop 24").replace(samples.OTHER, "")
    xml, table = tmp_path / "a.xml", tmp_path / "b.csv"
    xml.write_bytes(samples.camt(one))
    head = "IBAN Auftragskonto;Buchungstag;Name;Verwendungszweck;Betrag;Waehrung\n"
    table.write_text(f"{head}{samples.IBAN};24.11.2026;Foo Bar AG;Abo;25,00;EUR\n", "utf-8")
    assert [
        cowork("bank", "import", str(file), "--json").data[0]["new"] for file in (xml, table)
    ] == [1, 1]
