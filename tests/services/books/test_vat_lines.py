"""The lines of the VAT return: the worked cases, cut bases, § 13b, and years that are not known."""

from decimal import Decimal
from typing import Any

import pytest

from cowork_cli.data import eur_lines, vat_return
from cowork_cli.domain.money import Money
from cowork_cli.domain.vat_report import VatReportRow
from cowork_cli.errors import BadInput
from cowork_cli.services.books.vat_lines import lines
from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

QUARTER = ("report", "vat", "--in", "2026-Q2", "--json")
IRELAND = ("expense", "add", "--text", "Hosting", "--net", "100", "--date", "2026-05-04",
           "--reverse-charge", "--country", "IE")  # fmt: skip


def output(base: int, case: str, rate: str = "0") -> VatReportRow:
    vat = Money.of(Money(base).amount * Decimal(rate) / 100)
    return VatReportRow("output", case, "S", Decimal(rate), Money(base), vat)


def charge(base: int, vat_id: str | None) -> VatReportRow:
    return VatReportRow(
        "reverse-charge", "reverse-charge", "AE", Decimal(0), Money(base), Money(0), vat_id, "x"
    )


def figures(rows: Any) -> dict[str, tuple[str | None, str | None]]:
    """Base and tax by code, as JSON or domain values."""
    if rows and not isinstance(rows[0], dict):
        return {
            row.code: (str(row.base.amount) if row.base else None,
                       str(row.tax.amount) if row.tax else None)
            for row in rows
        }  # fmt: skip
    return {
        row["code"]: (row["base"] and row["base"]["amount"], row["tax"] and row["tax"]["amount"])
        for row in rows
    }


def test_case_6_the_base_is_cut_once_and_the_tax_follows_it() -> None:
    found = lines([output(123_499, "standard", "19"), output(200_050, "standard", "19")], 2026)
    assert figures(found) == {"81": ("3235.00", "614.65"), "83": (None, "614.65")}


def test_case_7_below_zero_it_is_cut_toward_zero() -> None:
    found = lines([output(-1_999, "standard", "19")], 2026)
    assert figures(found) == {"81": ("-19.00", "-3.61"), "83": (None, "-3.61")}


def test_case_11_services_abroad() -> None:
    found = lines([charge(500_060, "FR40303265045"), output(20_099, "outside-eu")], 2026)
    assert figures(found) == {"21": ("5000.00", None), "45": ("200.00", None), "83": (None, "0.00")}


def test_every_other_code() -> None:
    rows = [
        output(10_000, "reduced", "7"), output(5_000, "exempt"), output(3_000, "small-business"),
        charge(7_000, "DE136695976"), charge(2_000, "EL094259216"), charge(900, None),
    ]  # fmt: skip
    assert figures(lines(rows, 2025)) == {
        "86": ("100.00", "7.00"), "48": ("80.00", None), "60": ("70.00", None),
        "21": ("20.00", None), "45": ("9.00", None), "83": (None, "7.00"),
    }  # fmt: skip


@pytest.mark.parametrize("year", [2024, 2027])
def test_a_year_whose_form_is_not_known_is_refused(year: int) -> None:
    with pytest.raises(BadInput, match=str(year)):
        lines([output(100, "standard", "19")], year)


def test_case_9_a_small_business_owes_what_it_cannot_deduct(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    made = acme(*IRELAND, "--json")
    assert (made.data["gross"]["amount"], made.data["vat"]["amount"]) == ("100.00", "0.00")
    assert (made.data["reverse_charge"], made.data["country"]) == (True, "IE")
    assert "cannot deduct it" in made.err
    report = acme(*QUARTER)
    assert figures(report.json["lines"]) == {
        "46": ("100.00", None), "47": (None, "19.00"), "83": (None, "19.00")
    }  # fmt: skip
    assert [(row["kind"], row["vat"]["amount"]) for row in report.data] == [
        ("purchase", "19.00"), ("payable", "19.00"),
    ]  # fmt: skip
    (first, *_) = report.json["lines"]
    assert (first["year"], first["source"]) == (2026, vat_return.SOURCE.format(year=2026))


def test_case_10_for_others_it_comes_to_nothing(acme: Cowork) -> None:
    acme(*IRELAND)
    report = acme(*QUARTER)
    assert figures(report.json["lines"]) == {
        "46": ("100.00", None), "47": (None, "19.00"), "67": (None, "19.00"), "83": (None, "0.00")
    }  # fmt: skip
    assert [row["kind"] for row in report.data] == ["purchase", "input", "payable"]
    shown = acme(*QUARTER[:-1], terminal=True, env={"NO_COLOR": "1"}).out
    assert "VAT on 46" in shown
    assert "67" in shown


@pytest.mark.parametrize("country", ["US", "CH", "DE"])
def test_case_10_of_a_supplier_outside_the_eu(acme: Cowork, country: str) -> None:
    acme(*IRELAND[:-1], country)
    assert figures(acme(*QUARTER).json["lines"]) == {
        "84": ("100.00", None), "85": (None, "19.00"), "67": (None, "19.00"), "83": (None, "0.00")
    }  # fmt: skip


def test_input_vat_and_a_credit_note_of_a_supplier(acme: Cowork) -> None:
    acme("expense", "add", "--text", "Papier", "--net", "300", "--date", "2026-05-04")
    credit = acme("expense", "add", "--text", "Gutschrift", "--net", "-100", "--date", "2026-05-05",
                  "--json").data  # fmt: skip
    assert [credit[name]["amount"] for name in ("net", "vat", "gross")] == [
        "-100.00",
        "-19.00",
        "-119.00",
    ]
    assert figures(acme(*QUARTER).json["lines"]) == {"66": (None, "38.00"), "83": (None, "-38.00")}
    gross = acme("expense", "add", "--text", "x", "--gross", "-119", "--json").data
    assert gross["net"]["amount"] == "-100.00"
    assert acme("expense", "add", "--text", "x", "--net", "0").code == 2


def test_a_credit_note_that_is_billed_on_has_no_price_below_zero(acme: Cowork) -> None:
    acme("expense", "add", "--text", "Gutschrift", "--net", "-100", "--client", "acme", "--rebill")
    acme("expense", "add", "--text", "Papier", "--net", "300", "--client", "acme", "--rebill")
    draft = acme("invoice", "draft", "acme", "--json").data
    assert [(line["quantity"], line["price"], line["net"]["amount"]) for line in draft["lines"]] == [
        ("-1", "100.00", "-100.00"), ("1", "300.00", "300.00"),
    ]  # fmt: skip


def test_lines_are_those_of_one_year(acme: Cowork) -> None:
    acme(*IRELAND)
    outcome = acme("report", "vat", "--from", "2025-12-01", "--to", "2026-12-31", "--json")
    assert outcome.json["lines"] == []
    assert "within one year" in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reverse-charge",), "--country IE"),
        (("--country", "IE"), "--reverse-charge"),
        (("--reverse-charge", "--country", "IE", "--vat", "0"), "--vat 19"),
        (("--reverse-charge", "--country", "Atlantis"), "Atlantis"),
        (("--category", "fun"), "advertising"),
    ],
)
def test_what_is_missing_or_wrong(acme: Cowork, words: tuple[str, ...], said: str) -> None:
    outcome = acme("expense", "add", "--text", "x", "--net", "5", *words)
    assert outcome.code == 2, str(outcome)
    assert said in outcome.err
    assert acme("expense", "list", "--json").data == []


@pytest.mark.parametrize(
    ("category", "year", "place"),
    [
        ("it", 2025, (50, 228)), ("it", 2026, (51, 228)), ("rent", 2024, (39, 150)),
        ("meals", 2026, (64, 175)), ("subcontractors", 2026, (30, 110)), ("other", 2025, (60, 183)),
    ],
)  # fmt: skip
def test_a_category_has_a_line_in_the_form_of_each_year(
    category: str, year: int, place: tuple[int, int]
) -> None:
    found = eur_lines.line(category, year)
    assert (found.line, found.code) == place
    assert found.code_certain == (year == 2025)
    assert str(year) in found.source


def test_the_lines_of_a_year_to_come_are_not_guessed() -> None:
    with pytest.raises(BadInput, match="2027"):
        eur_lines.line("it", 2027)


def test_a_category_is_kept_and_its_line_is_said(acme: Cowork) -> None:
    made = acme("expense", "add", "--text", "Hosting", "--net", "5", "--category", "it", "--json")
    assert made.data["category"] == "it"
    assert "line 51, Kz 228, the code of 2025" in made.err
    later = {"COWORK_NOW": "2027-01-10T12:00:00+01:00"}
    new = acme("expense", "add", "--text", "Hosting", "--net", "5", "--category", "it", env=later)
    assert new.code == 0
    assert "the lines of the form of 2027 are not known" in new.err


def test_a_purchase_under_13b_is_not_booked_with_a_wrong_key(acme: Cowork) -> None:
    for name, number in (("consultant", "1001"), ("client", "1")):
        acme("config", "set", f"datev.{name}", number)
    acme(*IRELAND)
    words = ("--format", "datev", "--out", "datev", "--dry-run", "--in", "2026")
    outcome = acme("books", "export", *words, "--json")
    assert "x-1" in outcome.data["left_out"][0]
