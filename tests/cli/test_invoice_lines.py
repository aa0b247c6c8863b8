"""Drafts edited: lines, discounts, series, corrected re-issue, prepayments, VAT in euro."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Cowork

HOSTING = ("--text", "Hosting", "--qty", "3", "--unit", "month", "--price", "15.1234")


def do(cowork: Cowork, *words: str, **more: Any) -> Any:
    outcome = cowork(*words, "--json", **more)
    assert outcome.code == 0, str(outcome)
    return outcome.data


def refused(cowork: Cowork, code: int, *words: str) -> str:
    """The message of a command that is refused and changes nothing."""
    before = cowork("history", "--json").data
    outcome = cowork(*words)
    assert outcome.code == code, str(outcome)
    assert outcome.err.startswith("error: ")
    assert code != 6 or "hint: " in outcome.err
    assert cowork("history", "--json").data == before
    return outcome.err


@pytest.fixture
def draft(acme: Cowork) -> Cowork:
    """draft-1 with one line of 2 hours at 95 euro."""
    acme("track", "add", "acme/site", "Konzept", "--from", "09:00", "--to", "11:00")
    do(acme, "invoice", "draft", "acme")
    return acme


def test_a_line_is_added_and_totals_follow(draft: Cowork) -> None:
    found = do(draft, "invoice", "line", "draft-1", *HOSTING)
    line = found["lines"][1]
    assert (line["text"], line["quantity"], line["unit"], line["price"]) == (
        "Hosting", "3", "month", "15.1234",
    )  # fmt: skip
    assert line["net"]["amount"] == "45.37"
    assert (found["net"]["amount"], found["gross"]["amount"]) == ("235.37", "280.09")
    assert do(draft, "invoice", "show", "draft-1") == found


def test_a_line_alone_is_flat(draft: Cowork) -> None:
    line = do(draft, "invoice", "line", "draft-1", "--text", "Logo", "--price", "100")["lines"][1]
    assert (line["quantity"], line["unit"], line["vat_rate"]) == ("1", "flat", "19")


def test_a_line_is_changed_and_removed(draft: Cowork) -> None:
    do(draft, "invoice", "line", "draft-1", *HOSTING)
    line = do(draft, "invoice", "line", "draft-1", "--line", "2", "--qty", "2", "--vat", "7")
    assert line["lines"][1]["net"]["amount"] == "30.25"
    assert [row["rate"] for row in line["vat"]] == ["19", "7"]
    left = do(draft, "invoice", "line", "draft-1", "--line", "2", "--remove")
    assert [row["text"] for row in left["lines"]] == ["acme/site: Konzept"]
    assert left["gross"]["amount"] == "226.10"
    assert len(do(draft, "invoice", "line", "draft-1", *HOSTING)["lines"]) == 2


def test_a_discount_in_percent_follows_the_quantity(draft: Cowork) -> None:
    add = ("invoice", "line", "draft-1", "--text", "X", "--price", "10", "--qty", "10")
    line = do(draft, *add, "--discount", "5%")["lines"][1]
    assert (line["discount"]["amount"], line["net"]["amount"]) == ("5.00", "95.00")
    assert line["discount_percent"] == "5"
    line = do(draft, "invoice", "line", "draft-1", "--line", "2", "--qty", "20")["lines"][1]
    assert (line["discount"]["amount"], line["net"]["amount"]) == ("10.00", "190.00")
    line = do(draft, "invoice", "line", "draft-1", "--line", "2", "--discount", "50")["lines"][1]
    assert (line["discount"]["amount"], line["discount_percent"]) == ("50.00", None)
    line = do(draft, "invoice", "line", "draft-1", "--line", "2", "--discount", "0")["lines"][1]
    assert (line["discount"], line["net"]["amount"]) == (None, "200.00")


def test_hours_keep_quantity_and_price_but_take_words_and_a_discount(draft: Cowork) -> None:
    found = do(
        draft, "invoice", "line", "draft-1", "--line", "1", "--text", "Kickoff", "--discount", "10%"
    )
    assert (found["lines"][0]["text"], found["net"]["amount"]) == ("Kickoff", "171.00")
    assert found["lines"][0]["duration_s"] == 7200
    for change in (("--qty", "3"), ("--price", "1"), ("--unit", "day")):
        err = refused(draft, 6, "invoice", "line", "draft-1", "--line", "1", *change)
        assert "cowork track edit" in err


def test_a_removed_line_frees_its_hours(draft: Cowork) -> None:
    found = do(draft, "invoice", "line", "draft-1", "--line", "1", "--remove")
    assert (found["lines"], found["gross"]["amount"]) == ([], "0.00")
    assert "empty" in refused(draft, 6, "invoice", "issue", "draft-1")
    assert do(draft, "invoice", "draft", "acme")["net"]["amount"] == "190.00"


def test_undo_takes_a_line_back(draft: Cowork) -> None:
    before = do(draft, "invoice", "show", "draft-1")
    do(draft, "invoice", "line", "draft-1", *HOSTING)
    assert draft("undo").code == 0
    assert do(draft, "invoice", "show", "draft-1") == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", "X", "--price", "-5"), 2),
        (("--text", "X"), 2),
        (("--price", "5"), 2),
        (("--text", " ", "--price", "5"), 2),
        (("--text", "X", "--price", "1.23456"), 2),
        (("--text", "X", "--price", "5", "--qty", "0"), 2),
        (("--text", "X", "--price", "5", "--qty", "-100"), 6),
        (("--text", "X", "--price", "5", "--unit", "moon"), 2),
        (("--text", "X", "--price", "5", "--vat", "16"), 2),
        (("--text", "X", "--price", "5", "--vat", "0"), 6),
        (("--text", "X", "--price", "5", "--discount", "5.01"), 6),
        (("--text", "X", "--price", "5", "--discount", "101%"), 2),
        (("--text", "X", "--price", "5", "--discount", "-1"), 2),
        (("--line", "1", "--discount", "190.01"), 6),
        (("--line", "0", "--text", "X"), 6),
        (("--line", "2", "--text", "X"), 6),
        (("--line", "2", "--remove"), 6),
        (("--line", "1", "--remove", "--text", "X"), 2),
        (("--remove",), 2),
        (("--line", "1"), 2),
    ],
)
def test_refused_with_nothing_changed(draft: Cowork, words: tuple[str, ...], code: int) -> None:
    refused(draft, code, "invoice", "line", "draft-1", *words)


def test_an_issued_invoice_has_fixed_lines(draft: Cowork) -> None:
    do(draft, "invoice", "issue", "draft-1")
    for name in ("draft-1", "2026-0001"):
        assert "is issued" in refused(draft, 6, "invoice", "line", name, *HOSTING)


def test_vat_on_a_line_of_a_small_business_is_refused(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    do(acme, "invoice", "draft", "acme", "--empty")
    words = ("invoice", "line", "draft-1", "--text", "X", "--price", "5")
    assert "§ 19" in refused(acme, 6, *words, "--vat", "19")
    line = do(acme, *words, "--vat", "0")["lines"][0]
    assert (line["vat_rate"], line["vat_category"]) == ("0", "E")


@pytest.mark.parametrize(
    ("tax", "category"), [("reverse-charge", "AE"), ("outside-eu", "O"), ("exempt", "E")]
)
def test_no_vat_stands_with_the_case_of_the_client(acme: Cowork, tax: str, category: str) -> None:
    do(acme, "client", "edit", "acme", "--tax", tax)
    do(acme, "invoice", "draft", "acme", "--empty")
    words = ("invoice", "line", "draft-1", "--text", "X", "--price", "5")
    found = do(acme, *words, "--vat", "0")
    assert found["lines"][0]["vat_category"] == category
    assert found["vat"][0]["reason"]
    if category == "O":
        refused(acme, 6, *words, "--vat", "19")
    else:
        assert do(acme, *words, "--vat", "19")["lines"][1]["vat_category"] == "S"


def test_a_draft_without_hours(acme: Cowork) -> None:
    err = refused(acme, 5, "invoice", "draft", "acme")
    assert "--empty" in err
    found = do(acme, "invoice", "draft", "acme", "--empty", "--in", "2026-10")
    assert found["lines"] == []
    assert found["period"] == {"from": "2026-10-01", "to": "2026-10-31"}
    do(acme, "invoice", "line", "draft-1", *HOSTING)
    assert do(acme, "invoice", "issue", "draft-1")["gross"]["amount"] == "53.99"


# ---- expenses that are billed on


def test_an_expense_is_billed_on_once(draft: Cowork) -> None:
    words = ("expense", "add", "--text", "Zugfahrt", "--net", "50", "--client", "acme", "--rebill")
    do(draft, *words)
    found = do(draft, "invoice", "draft", "acme")
    assert [(line["text"], line["net"]["amount"]) for line in found["lines"]] == [
        ("Zugfahrt", "50.00")
    ]
    refused(draft, 5, "invoice", "draft", "acme")
    err = refused(draft, 6, "invoice", "line", "draft-2", "--line", "1", "--price", "1")
    assert "expense" in err
    do(draft, "invoice", "line", "draft-2", "--line", "1", "--remove")
    assert do(draft, "invoice", "draft", "acme")["net"]["amount"] == "50.00", "free again"
    do(draft, "invoice", "discard", "draft-3", "-y")
    assert do(draft, "invoice", "draft", "acme")["net"]["amount"] == "50.00", "free again"


def test_a_cancellation_frees_the_expense(draft: Cowork) -> None:
    words = ("expense", "add", "--text", "Zugfahrt", "--net", "50", "--client", "acme", "--rebill")
    do(draft, *words)
    do(draft, "invoice", "draft", "acme")
    do(draft, "invoice", "issue", "draft-2")
    refused(draft, 5, "invoice", "draft", "acme")
    do(draft, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    found = do(draft, "invoice", "draft", "acme", "--replaces", "2026-0001")
    assert [line["text"] for line in found["lines"]] == ["Zugfahrt"]


# ---- series


def test_a_second_series_counts_for_itself(draft: Cowork) -> None:
    do(draft, "invoice", "draft", "acme", "--empty", "--series", "GOV")
    do(draft, "invoice", "line", "draft-2", *HOSTING)
    err = refused(draft, 6, "invoice", "issue", "draft-2")
    assert "{series}" in err
    draft("config", "set", "invoice.number_format", "{series}-{year}-{seq:03}")
    draft("config", "set", "invoice.next.GOV", "7")
    assert do(draft, "invoice", "issue", "draft-1")["number"] == "invoice-2026-001"
    assert do(draft, "invoice", "issue", "draft-2")["number"] == "GOV-2026-007"
    do(draft, "invoice", "draft", "acme", "--empty", "--series", "GOV")
    do(draft, "invoice", "line", "draft-3", *HOSTING)
    assert do(draft, "invoice", "issue", "draft-3")["number"] == "GOV-2026-008"


def test_a_series_with_an_odd_name_is_refused(acme: Cowork) -> None:
    refused(acme, 2, "invoice", "draft", "acme", "--empty", "--series", "a b/c")


def test_a_letter_of_a_field_is_not_the_series(acme: Cowork) -> None:
    do(acme, "invoice", "draft", "acme", "--empty", "--series", "year")
    do(acme, "invoice", "line", "draft-1", *HOSTING)
    refused(acme, 6, "invoice", "issue", "draft-1")


# ---- corrected re-issue


def test_a_cancelled_invoice_is_issued_anew(draft: Cowork) -> None:
    do(draft, "invoice", "line", "draft-1", *HOSTING)
    do(draft, "invoice", "issue", "draft-1")
    replaces = ("invoice", "draft", "acme", "--replaces", "2026-0001")
    assert "cancel it first" in refused(draft, 6, *replaces)
    do(draft, "invoice", "cancel", "2026-0001", "--reason", "Wrong text", "-y")
    draft("track", "add", "acme/site", "Neu", "--from", "12:00", "--to", "13:00")
    made = do(draft, *replaces)
    assert made["replaces"] == "2026-0001"
    texts = [line["text"] for line in made["lines"]]
    assert texts == ["acme/site: Konzept", "Hosting"], "its hours and its own lines, no others"
    assert made["period"] == {"from": "2026-11-25", "to": "2026-11-25"}
    assert made["id"] in refused(draft, 6, *replaces)
    issued = do(draft, "invoice", "issue", made["id"])
    assert (issued["number"], issued["replaces"]) == ("2026-0003", "2026-0001")


def test_what_cannot_be_replaced(draft: Cowork) -> None:
    do(draft, "invoice", "issue", "draft-1")
    do(draft, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    do(draft, "client", "add", "beta", "--name", "Beta", "--rate", "10")
    refused(draft, 6, "invoice", "draft", "beta", "--empty", "--replaces", "2026-0001")
    refused(draft, 6, "invoice", "draft", "acme", "--replaces", "2026-0002")
    refused(draft, 5, "invoice", "draft", "acme", "--replaces", "2026-0009")


# ---- prepayments


@pytest.fixture
def two(draft: Cowork) -> Cowork:
    """2026-0001 of 226.10 euro, issued; draft-2 of 1190.00 euro."""
    do(draft, "invoice", "issue", "draft-1")
    do(draft, "invoice", "draft", "acme", "--empty")
    do(draft, "invoice", "line", "draft-2", "--text", "Projekt", "--price", "1000")
    return draft


def test_a_paid_invoice_is_deducted(two: Cowork, home: Path) -> None:
    do(two, "invoice", "pay", "2026-0001", "--amount", "226.10")
    found = do(two, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    (part,) = found["prepaid"]
    assert (part["number"], part["amount"]["amount"], part["vat"]["amount"]) == (
        "2026-0001", "226.10", "36.10",
    )  # fmt: skip
    assert (found["gross"]["amount"], found["paid"]["amount"]) == ("1190.00", "226.10")
    refused(two, 6, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    issued = do(two, "invoice", "issue", "draft-2")
    assert (issued["open"]["amount"], issued["state"]) == ("963.90", "issued")
    refused(two, 6, "invoice", "pay", "2026-0001", "--amount", "-1")
    refused(two, 6, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    text = PdfReader(home / "data" / "invoices" / "2026-0002.pdf").pages[0].extract_text()
    for part in ("−226,10", "963,90", "darin 36,10", "25.11.2026"):
        assert part in text, part
    xml = (home / "data" / "invoices" / "2026-0002.xml").read_text()
    assert "TotalPrepaidAmount>226.10<" in xml
    assert "DuePayableAmount>963.90<" in xml
    paid = do(two, "invoice", "pay", "2026-0002", "--amount", "963.90")
    assert (paid["open"]["amount"], paid["state"]) == ("0.00", "paid")
    refused(two, 6, "invoice", "pay", "2026-0002", "--amount", "-963.91")


def test_a_deduction_is_taken_out(two: Cowork) -> None:
    do(two, "invoice", "pay", "2026-0001", "--amount", "226.10")
    words = ("invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    refused(two, 6, *words, "--remove")
    do(two, *words)
    assert do(two, *words, "--remove")["prepaid"] == []


def test_what_cannot_be_deducted(two: Cowork) -> None:
    words = ("invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    assert "only a paid invoice" in refused(two, 6, *words)
    refused(two, 6, "invoice", "prepaid", "draft-2", "--invoice", "draft-2")
    refused(two, 5, "invoice", "prepaid", "draft-2", "--invoice", "2026-0099")
    do(two, "invoice", "pay", "2026-0001", "--amount", "226.10")
    do(two, "client", "add", "beta", "--name", "Beta", "--rate", "10")
    do(two, "invoice", "draft", "beta", "--empty")
    refused(two, 6, "invoice", "prepaid", "draft-3", "--invoice", "2026-0001")
    do(two, "client", "edit", "acme", "--currency", "USD")
    do(two, "invoice", "draft", "acme", "--empty")
    assert "USD" in refused(two, 6, "invoice", "prepaid", "draft-4", "--invoice", "2026-0001")


def test_a_cancelled_invoice_is_not_deducted(two: Cowork) -> None:
    do(two, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    refused(two, 6, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")


def test_more_than_the_total_is_not_deducted(two: Cowork) -> None:
    do(two, "invoice", "pay", "2026-0001", "--amount", "226.10")
    do(two, "invoice", "line", "draft-2", "--line", "1", "--price", "100")
    refused(two, 6, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    do(two, "invoice", "line", "draft-2", "--line", "1", "--price", "190")
    do(two, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    refused(two, 6, "invoice", "line", "draft-2", "--line", "1", "--price", "100")


def test_a_payment_taken_back_before_the_issue_is_noticed(two: Cowork) -> None:
    do(two, "invoice", "pay", "2026-0001", "--amount", "226.10")
    do(two, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    do(two, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert "--remove" in refused(two, 6, "invoice", "issue", "draft-2")


# ---- VAT in euro


def test_the_vat_total_in_euro(acme: Cowork) -> None:
    do(acme, "client", "edit", "acme", "--currency", "USD")
    do(acme, "invoice", "draft", "acme", "--empty")
    do(acme, "invoice", "line", "draft-1", "--text", "X", "--price", "100")
    words = ("invoice", "rate", "draft-1", "--to", "EUR", "0.9231", "--on", "2026-11-24")
    found = do(acme, *words)
    assert found["exchange"]["rate"] == "0.9231"
    assert found["exchange"]["vat"] == {"amount": "17.54", "currency": "EUR"}
    found = do(acme, "invoice", "line", "draft-1", "--text", "Y", "--price", "100")
    assert found["exchange"]["vat"]["amount"] == "35.08"
    assert do(acme, "invoice", "issue", "draft-1")["exchange"]["vat"]["amount"] == "35.08"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--to", "EUR", "0"), 2),
        (("--to", "EUR", "-1"), 2),
        (("--to", "CHF", "0.9"), 2),
        (("--to", "EUR", "0.9", "--on", "2026-11-26"), 2),
        (("--to", "EUR", "0.9"), 6),
    ],
)
def test_refused_rates(draft: Cowork, words: tuple[str, ...], code: int) -> None:
    refused(draft, code, "invoice", "rate", "draft-1", *words)
