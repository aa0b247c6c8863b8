"""CSV for other people's spreadsheets: no cell is a formula, what was changed is said by row, lossless stays so."""

import csv
import io
from pathlib import Path

import pytest

from cowork_cli.domain.spreadsheet import as_it_was, defused, harmless
from tests.conftest import Cowork

FORMULA = '=HYPERLINK("http://127.0.0.1")'


@pytest.mark.parametrize(
    "cell", [FORMULA, "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "＝1", "- Konzept", "--", "-x"]
)
def test_a_formula_becomes_text_and_is_found_again(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_it_was(f"'{cell}") == cell


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-5",
        "-5.00",
        "+49 30 1234567",
        "-1,190.00",
        "-5.00 EUR",
        "-5%",
        "Konzept",
        "'quoted'",
        "1=1",
    ],
)
def test_numbers_and_plain_text_stay(cell: str) -> None:
    assert harmless(cell) == cell
    assert as_it_was(cell) == cell


@pytest.mark.parametrize(
    ("cell", "kept", "said"),
    [
        (
            "Ha\x1b[2J\x9bm\u202e\u2028\x7f",
            "Ha[2Jm",
            ["signs that steer a terminal were taken out"],
        ),
        (
            "\ufeff=1+1",
            "'=1+1",
            ["signs that steer a terminal were taken out", "an apostrophe was put before `=`"],
        ),
        (
            "\x00\u200e@x",
            "'@x",
            ["signs that steer a terminal were taken out", "an apostrophe was put before `@`"],
        ),
        ("two\nlines\tand more", "two\nlines\tand more", []),
        ("שלום 👩\u200d💻", "שלום 👩\u200d💻", []),
    ],
)
def test_what_steers_is_taken_out_and_hides_no_formula(
    cell: str, kept: str, said: list[str]
) -> None:
    """CSV can escape nothing, and is looked at on terminals too."""
    changed = list[str]()
    assert defused([cell], ["Text"], 2, changed) == [kept]
    assert changed == [f"row 2, Text: {done}" for done in said]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_output(acme: Cowork) -> None:
    acme("expense", "add", "--text", "Papier", "--net", "-5")
    acme("expense", "add", "--text", FORMULA, "--net", "5")
    outcome = acme("expense", "list", "-o", "csv")
    assert [row["Text"] for row in rows(outcome.out)] == ["Papier", f"'{FORMULA}"]
    assert rows(outcome.out)[0]["Net"].startswith("-5.00")
    assert "row 3, Text: an apostrophe was put before `=`" in outcome.err
    assert FORMULA in acme("expense", "list", "-o", "plain").out
    assert f"'{FORMULA}" not in acme("expense", "list", "-o", "plain").out


def test_books(acme: Cowork, tmp_path: Path) -> None:
    acme("expense", "add", "--text", FORMULA, "--net", "5")
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00", FORMULA)
    outcome = acme("books", "export", "--out", str(tmp_path / "books"), "--json")
    assert outcome.code == 0, str(outcome)
    said = "row 2 of expenses.csv, text: an apostrophe was put before `=`"
    assert outcome.data["changed"] == [said]
    assert said in outcome.err
    (expense,) = rows((tmp_path / "books/expenses.csv").read_text(encoding="utf-8"))
    assert expense["text"] == f"'{FORMULA}"
    (entry,) = rows((tmp_path / "books/entries.csv").read_text(encoding="utf-8"))
    assert entry["note"] == FORMULA
    assert "entries.csv and journal.csv are lossless" in outcome.err


def test_spaces_come_back_as_they_were(cowork: Cowork, tmp_path: Path) -> None:
    cowork("space", "add", "+Plus", "--city", "@home", "--phone", "+49 30 1234567")
    file = tmp_path / "spaces.csv"
    outcome = cowork("space", "export", "--format", "csv", "--out", str(file))
    (space,) = rows(file.read_text(encoding="utf-8"))
    assert (space["name"], space["city"], space["phone"]) == ("'+Plus", "'@home", "+49 30 1234567")
    assert "row 2, name: an apostrophe was put before `+`" in outcome.err
    before = cowork("space", "export", "--format", "json").out
    cowork("space", "import", str(file))
    assert cowork("space", "export", "--format", "json").out == before


def test_the_export_of_hours_is_lossless_and_says_so(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00", FORMULA)
    outcome = acme("track", "export")
    assert rows(outcome.out)[0]["note"] == FORMULA
    assert "Lossless" in outcome.err
