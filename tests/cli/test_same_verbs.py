"""The same verbs on every noun: what could only be added and removed can be changed too, and undone."""

from pathlib import Path

import pytest

from tests.conftest import Cowork


def changed(cowork: Cowork, *words: str) -> dict[str, object]:
    outcome = cowork(*words, "--json")
    assert outcome.code == 0, str(outcome)
    return dict(outcome.data)


# ---- days off


def test_days_off_are_changed_and_undone(cowork: Cowork) -> None:
    changed(cowork, "absence", "add", "2026-12-23..2027-01-03", "--text", "Holidays")
    row = changed(cowork, "absence", "edit", "off-1", "--days", "2026-12-21..2027-01-05")
    assert (row["from"], row["to"], row["text"]) == ("2026-12-21", "2027-01-05", "Holidays")
    assert changed(cowork, "absence", "edit", "Holidays", "--text", "Ski")["text"] == "Ski"
    assert changed(cowork, "absence", "edit", "off-1", "--text", "")["text"] is None
    assert cowork("undo", "3").code == 0
    (row,) = cowork("absence", "list", "--json").data
    assert (row["from"], row["text"]) == ("2026-12-23", "Holidays")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("off-9", "--text", "x"), 5, 'no days off "off-9"'),
        (("off-1",), 2, "nothing was named"),
        (("off-1", "--days", "2026-12-24..2026-12-23"), 2, "ends before it begins"),
        (("off-1", "--days", "2026-11-01"), 2, "is over"),
    ],
)
def test_wrong_days_off(cowork: Cowork, words: tuple[str, ...], code: int, said: str) -> None:
    changed(cowork, "absence", "add", "2026-12-23", "--text", "Holidays")
    outcome = cowork("absence", "edit", *words)
    assert (outcome.code, said in outcome.err) == (code, True), str(outcome)


# ---- standing orders


@pytest.fixture
def order(cowork: Cowork) -> Cowork:
    for words in (
        ("space", "add", "Hof", "--city", "Berlin", "--country", "DE", "--timezone", "Europe/Berlin"),
        ("desk", "add", "Hof", "Fenster", "--price", "day=18"),
        ("standing", "add", "office", "Fenster", "--every", "mon-fri", "--ahead", "14d", "--max-price", "20"),
    ):  # fmt: skip
        assert cowork(*words).code == 0, words
    return cowork


def test_a_standing_order_is_changed_and_undone(order: Cowork) -> None:
    before = changed(order, "standing", "show", "office")
    row = changed(
        order, "standing", "edit", "office", "--rename", "desk", "--skip-holidays", "BE", "--fallback", "any"
    )  # fmt: skip
    assert (row["name"], row["skip_holidays"], row["any_desk"]) == ("desk", "BE", True)
    assert (row["next"], row["desks"], row["max_price"]) == (
        before["next"], before["desks"], before["max_price"],
    )  # fmt: skip
    row = changed(
        order, "standing", "edit", "desk", "--skip-holidays", "none", "--fallback", "none"
    )
    assert (row["skip_holidays"], row["any_desk"]) == (None, False)
    assert order("undo", "2").code == 0
    assert changed(order, "standing", "show", "office") == before


def test_more_money_is_asked_for_and_less_is_not(order: Cowork) -> None:
    outcome = order("standing", "edit", "office", "--max-price", "25")
    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert changed(order, "standing", "show", "office")["max_price"] == {
        "amount": "20.00", "currency": "EUR",
    }  # fmt: skip
    seen = order("standing", "edit", "office", "--max-price", "25", "-n")
    assert seen.code == 0
    assert 'Let "office" book for at most 25.00 EUR each, without asking again?' in seen.err
    assert changed(order, "standing", "edit", "office", "--max-price", "15")["max_price"] == {
        "amount": "15.00", "currency": "EUR",
    }  # fmt: skip
    row = changed(order, "standing", "edit", "office", "--max-price", "25", "--yes")
    assert row["max_price"] == {"amount": "25.00", "currency": "EUR"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nix", "--rename", "x"), 5, 'no standing order "nix"'),
        (("office",), 2, "nothing was named"),
        (("office", "--rename", " "), 2, "needs a name"),
        (("office", "--fallback", "some"), 2, "--fallback"),
        (("office", "--rename", "other"), 6, 'a standing order "other" already'),
    ],
)
def test_wrong_changes_of_an_order(
    order: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    assert (
        order("standing", "add", "other", "Fenster", "--every", "sat", "--ahead", "7d", "--max-price", "20").code
        == 0
    )  # fmt: skip
    outcome = order("standing", "edit", *words)
    assert (outcome.code, said in outcome.err) == (code, True), str(outcome)


# ---- expenses


@pytest.fixture
def spent(acme: Cowork) -> Cowork:
    done = acme("expense", "add", "--text", "Paper", "--gross", "11.90", "--date", "2026-11-20")
    assert done.code == 0, str(done)
    return acme


def test_an_expense_is_changed_and_undone(spent: Cowork, tmp_path: Path) -> None:
    receipt = tmp_path / "bill.pdf"
    receipt.write_bytes(b"%PDF bill")
    before = changed(spent, "expense", "show", "x-1")
    row = changed(
        spent, "expense", "edit", "x-1", "--text", "Printer  paper", "--date", "2026-11-21", "--gross", "23.80",
        "--client", "acme", "--receipt", str(receipt),
    )  # fmt: skip
    assert (row["text"], row["date"], row["client"]) == ("Printer paper", "2026-11-21", "acme")
    assert (row["net"], row["vat"]) == (
        {"amount": "20.00", "currency": "EUR"}, {"amount": "3.80", "currency": "EUR"},
    )  # fmt: skip
    assert row["receipt"] == "bill.pdf"
    assert changed(spent, "expense", "edit", "x-1", "--client", "none")["client"] is None
    row = changed(spent, "expense", "edit", "x-1", "--vat", "7")
    assert row["gross"] == {"amount": "23.80", "currency": "EUR"}, "as on the receipt"
    assert row["vat"] == {"amount": "1.56", "currency": "EUR"}
    assert changed(spent, "expense", "edit", "x-1", "--net", "100")["gross"]["amount"] == "107.00"
    assert spent("undo", "4").code == 0
    assert changed(spent, "expense", "show", "x-1") == before


def test_a_kind_without_vat_has_none(spent: Cowork) -> None:
    from cowork_cli.data.eur_lines import WITHOUT_VAT

    kind = min(WITHOUT_VAT)
    row = changed(spent, "expense", "edit", "x-1", "--category", kind)
    assert (row["vat"]["amount"], row["gross"]["amount"]) == ("0.00", "11.90")
    assert spent("expense", "edit", "x-1", "--vat", "19").code == 2


def test_what_is_billed_on_follows_the_cost(spent: Cowork) -> None:
    done = spent(
        "expense",
        "add",
        "--text",
        "Desk",
        "--net",
        "100",
        "--client",
        "acme",
        "--rebill",
        "--markup",
        "10%",
    )
    assert done.code == 0, str(done)
    assert changed(spent, "expense", "edit", "x-2", "--net", "50")["rebill"]["amount"] == "55.00"
    outcome = spent("expense", "edit", "x-2", "--client", "none")
    assert (outcome.code, "is to be billed to acme" in outcome.err) == (6, True)
    assert spent("invoice", "draft", "acme").code == 0
    outcome = spent("expense", "edit", "x-2", "--net", "60")
    assert (outcome.code, "x-2 is in draft-1" in outcome.err) == (6, True), str(outcome)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("x-9", "--text", "x"), 5, 'no expense "x-9"'),
        (("x-1",), 2, "nothing was named"),
        (("x-1", "--net", "1", "--gross", "2"), 2, "both --net and --gross"),
        (("x-1", "--vat", "18"), 2, "no VAT rate of 18"),
        (("x-1", "--gross", "0"), 2, "an expense of 0 is none"),
        (("x-1", "--gross", "10 USD"), 2, "USD"),
        (("x-1", "--date", "2027-01-01"), 2, "in the future"),
        (("x-1", "--text", " "), 2, "the text is empty"),
        (("x-1", "--category", "nix"), 2, 'no category "nix"'),
        (("x-1", "--receipt", "/no/such"), 5, "no file"),
        (("x-1", "--client", "nix"), 5, "nix"),
    ],
)
def test_wrong_changes_of_an_expense(
    spent: Cowork, home: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = changed(spent, "expense", "show", "x-1")
    outcome = spent("expense", "edit", *words)
    assert (outcome.code, said in outcome.err) == (code, True), str(outcome)
    assert changed(spent, "expense", "show", "x-1") == before


def test_a_receipt_of_another_expense(spent: Cowork, tmp_path: Path) -> None:
    receipt = tmp_path / "bill.pdf"
    receipt.write_bytes(b"%PDF bill")
    assert (
        spent("expense", "add", "--text", "Ink", "--gross", "5", "--receipt", str(receipt)).code
        == 0
    )
    outcome = spent("expense", "edit", "x-1", "--receipt", str(receipt))
    assert (outcome.code, "is on expense x-2 already" in outcome.err) == (6, True)
    assert spent("expense", "edit", "x-2", "--receipt", str(receipt)).code == 0, "its own"


# ---- accounts


def test_an_account_is_changed(cowork: Cowork) -> None:
    assert cowork("account", "add", "mirror", "--provider", "coworkingview").code == 0
    row = changed(cowork, "account", "edit", "mirror", "--set", "enabled=false")
    assert row["enabled"] is False
    outcome = cowork("account", "edit", "nix", "--set", "enabled=false")
    assert outcome.code == 5, str(outcome)
    assert cowork("account", "edit", "mirror").code == 2


@pytest.mark.parametrize(
    ("noun", "said", "line"),
    [
        ("account", "an account keeps its name", "cowork account add NEW"),
        (
            "invoice",
            "an issued invoice keeps its number",
            "cowork config set invoice.number_format",
        ),
        ("absence", "days off have no name", "cowork absence edit THING --text NEW"),
        ("track", "an entry has no name", "cowork track edit THING --note NEW"),
        ("post", "post is called by its sender", "cowork post edit THING --sender NEW"),
        ("standing", "no standing command", "cowork standing edit office --rename desk"),
    ],
)
def test_who_wants_to_rename_is_answered(cowork: Cowork, noun: str, said: str, line: str) -> None:
    outcome = cowork(noun, "rename", "office", "desk")
    assert outcome.code == 2
    assert said in outcome.err
    assert f"`{line}" in outcome.err
