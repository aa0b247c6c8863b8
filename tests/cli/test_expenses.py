"""`cowork expense`: from a booking in one command, receipts kept, billed on once."""

import hashlib
from pathlib import Path

import pytest

from cowork_cli import app as tree
from cowork_cli.errors import Conflict
from cowork_cli.paths import locate
from cowork_cli.services.books.expenses import rebillable
from cowork_cli.store import expenses
from cowork_cli.store.engine.store import Store
from tests.conftest import Cowork
from tests.stores import open_store

FIELDS = [
    "id", "date", "text", "net", "vat_rate", "vat", "gross", "eur_rate", "booking", "receipt",
    "sha256", "client", "rebill", "markup", "billed_on", "category", "reverse_charge", "country",
    "belongs_to", "due",
]  # fmt: skip
PAPER = ("expense", "add", "--text", "Paper")


@pytest.fixture
def desk(acme: Cowork) -> Cowork:
    """A home with a client, and a booking b-1 of a desk for 18 euro, VAT included."""
    for words in (
        ("space", "add", "Alte Mühle", "--postcode", "14827", "--city", "Wiesenburg/Mark"),
        ("desk", "add", "mühle", "Desk 1", "--price", "day=18gross"),
        ("desk", "add", "mühle", "Desk 2", "--price", "day=18"),
        ("book", "Desk 1", "--on", "2026-12-01", "--all-day"),
        ("book", "Desk 2", "--on", "2026-12-02", "--all-day"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    file = tmp_path / "bill.pdf"
    file.write_bytes(b"%PDF a bill")
    return file


def opened(home: Path) -> Store:
    return open_store(
        locate({"COWORK_HOME": str(home)}), now_ms=1_795_626_000_000, command="test", expected=True,
        note=lambda text: None,
    )  # fmt: skip


def test_a_desk_in_one_command(desk: Cowork, receipt: Path, home: Path) -> None:
    made = desk("expense", "add", "--booking", "b-1", "--receipt", str(receipt), "--json").data
    assert list(made) == FIELDS
    assert (made["id"], made["booking"], made["date"]) == ("x-1", "b-1", "2026-12-01")
    assert "Desk 1" in made["text"]
    assert "Alte Mühle" in made["text"]
    amounts = [made[name]["amount"] for name in ("net", "vat", "gross")]
    assert amounts == ["15.13", "2.87", "18.00"]
    assert made["sha256"] == hashlib.sha256(receipt.read_bytes()).hexdigest()
    copy = home / "data" / "receipts" / "x-1 bill.pdf"
    assert copy.read_bytes() == receipt.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_lost_copy_of_a_receipt_comes_back(desk: Cowork, receipt: Path, home: Path) -> None:
    desk(*PAPER, "--net", "10", "--receipt", str(receipt))
    copy = home / "data" / "receipts" / "x-1 bill.pdf"
    copy.unlink()
    receipt.unlink()
    assert desk("expense", "list").code == 0
    assert copy.read_bytes() == b"%PDF a bill"


def test_a_price_of_unknown_tax_asks(desk: Cowork) -> None:
    outcome = desk("expense", "add", "--booking", "b-2")
    assert outcome.code == 2
    assert "--net 18.00" in outcome.err
    assert "--gross 18.00" in outcome.err
    made = desk("expense", "add", "--booking", "b-2", "--net", "18", "--json").data
    assert made["gross"]["amount"] == "21.42"


def test_the_same_receipt_and_the_same_booking_only_once(desk: Cowork, receipt: Path) -> None:
    desk("expense", "add", "--booking", "b-1", "--receipt", str(receipt))
    other = receipt.with_name("copy.pdf")
    other.write_bytes(receipt.read_bytes())
    outcome = desk(*PAPER, "--net", "1", "--receipt", str(other))
    assert outcome.code == 6
    assert "x-1" in outcome.err
    outcome = desk("expense", "add", "--booking", "b-1")
    assert outcome.code == 6
    assert "x-1" in outcome.err
    assert len(desk("expense", "list", "--json").data) == 1


def test_net_and_gross_add_up(acme: Cowork) -> None:
    for words in (("--net", "0.03"), ("--gross", "0.03"), ("--gross", "107", "--vat", "7%")):
        made = acme(*PAPER, *words, "--json").data
        net, vat, gross = (float(made[name]["amount"]) for name in ("net", "vat", "gross"))
        assert round(net + vat, 2) == gross
    assert made["net"]["amount"] == "100.00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", "x"), 2),
        (("--net", "1"), 2),
        (("--text", "x", "--net", "1", "--gross", "2"), 2),
        (("--text", "x", "--net", "0"), 2),
        (("--text", "x", "--net", "1", "--vat", "16"), 2),
        (("--text", "x", "--net", "1", "--currency", "XXQ"), 2),
        (("--text", "x", "--net", "1", "--rate", "0.9"), 2),
        (("--text", "x", "--net", "1", "--rebill"), 2),
        (("--text", "x", "--net", "1", "--client", "acme", "--markup", "10%"), 2),
        (("--text", "x", "--net", "1", "--date", "2026-11-26"), 2),
        (("--text", "x", "--net", "1", "--client", "nobody"), 5),
        (("--text", "x", "--net", "1", "--receipt", "gone.pdf"), 5),
        (("--booking", "b-9"), 5),
    ],
)
def test_refused_with_nothing_changed(acme: Cowork, words: tuple[str, ...], code: int) -> None:
    before = acme("history", "--json").data
    outcome = acme("expense", "add", *words)
    assert outcome.code == code, str(outcome)
    assert outcome.err.startswith("error: ")
    assert acme("history", "--json").data == before


def test_remove_and_undo(acme: Cowork, receipt: Path) -> None:
    acme(*PAPER, "--net", "10", "--receipt", str(receipt))
    assert acme("expense", "remove", "x-1", "-y").code == 0
    assert acme("expense", "list", "--json").data == []
    assert acme("expense", "show", "x-1").code == 5
    assert acme("undo").code == 0
    shown = acme("expense", "show", "x-1", "--json").data
    assert shown["receipt"] == "bill.pdf"
    assert acme("undo", "1").code == 0
    assert acme("redo").code == 0
    assert acme("data", "verify").code == 0
    assert "x-1" in acme("history", "--of", "x-1").out


def test_a_removed_receipt_can_be_recorded_again(acme: Cowork, receipt: Path) -> None:
    acme(*PAPER, "--net", "10", "--receipt", str(receipt))
    acme("expense", "remove", "x-1", "-y")
    assert acme(*PAPER, "--net", "12", "--receipt", str(receipt)).code == 0


def test_rebilled_at_cost_or_with_markup(acme: Cowork, home: Path) -> None:
    acme(*PAPER, "--gross", "119", "--client", "acme", "--rebill")
    made = acme(*PAPER, "--net", "10", "--client", "acme", "--rebill", "--markup", "10%", "--json")
    assert made.data["rebill"]["amount"] == "11.00"
    acme(*PAPER, "--net", "5", "--client", "acme")
    acme(*PAPER, "--net", "5", "--client", "acme", "--rebill", "--currency", "USD")
    store = opened(home)
    lines = rebillable(store, 1, "EUR")
    assert [(row.expense_row, f"{row.price}", f"{row.quantity}") for row in lines] == [
        (1, "100.00", "1"),
        (2, "11.00", "1"),
    ]
    assert {(row.unit, row.vat_category) for row in lines} == {("flat", "S")}
    assert [row.expense_row for row in rebillable(store, 1, "USD")] == [4]
    store.close()


def test_a_small_business_bills_its_gross_cost_on(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    made = acme(*PAPER, "--net", "100", "--client", "acme", "--rebill", "--json").data
    assert made["rebill"]["amount"] == "119.00"


@pytest.fixture
def drafted(acme: Cowork) -> Cowork:
    """An expense x-1 that is on a line of draft-1."""
    acme(*PAPER, "--net", "10", "--client", "acme", "--rebill", "--markup", "10%")
    acme("track", "add", "acme/site", "--from", "09:00", "--to", "11:00")
    draft = acme("invoice", "draft", "acme", "--json").data
    assert [row["text"] for row in draft["lines"]][-1] == "Paper"
    assert draft["net"]["amount"] == "201.00"
    return acme


def test_an_expense_is_billed_once(drafted: Cowork, home: Path) -> None:
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] == "draft-1"
    store = opened(home)
    assert rebillable(store, 1, "EUR") == []
    (line,) = store.row("SELECT min(id) FROM invoice_lines")
    with pytest.raises(Conflict), store.transaction():
        expenses.link(store, 1, line, 1)
    with store.transaction():
        assert expenses.release(store, 1) == 1
    assert len(rebillable(store, 1, "EUR")) == 1
    store.close()


def test_what_is_billed_stays(drafted: Cowork) -> None:
    outcome = drafted("expense", "remove", "x-1", "-y")
    assert outcome.code == 6
    assert "draft-1" in outcome.err
    assert drafted("invoice", "issue", "draft-1").code == 0
    outcome = drafted("expense", "remove", "x-1", "-y")
    assert outcome.code == 6
    assert "invoice cancel 2026-0001" in outcome.err


def test_a_cancelled_invoice_frees_it_and_an_issued_one_does_not(
    drafted: Cowork, home: Path
) -> None:
    drafted("invoice", "issue", "draft-1")
    store = opened(home)
    with pytest.raises(Exception, match="the invoice is issued"), store.transaction():
        expenses.release(store, 1)
    store.close()
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] == "2026-0001"
    assert drafted("invoice", "cancel", "2026-0001", "--reason", "Wrong", "-y").code == 0
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] is None
    assert drafted("invoice", "draft", "acme", "--json").data["net"]["amount"] == "201.00"


def test_a_discarded_draft_frees_it_and_undo_takes_it_back(drafted: Cowork) -> None:
    assert drafted("invoice", "discard", "draft-1", "-y").code == 0
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] is None
    assert drafted("undo").code == 0
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] == "draft-1"
    assert drafted("undo").code == 0
    assert drafted("expense", "show", "x-1", "--json").data["billed_on"] is None


def test_undo_of_a_billed_expense_stops(drafted: Cowork) -> None:
    drafted("invoice", "issue", "draft-1")
    before = drafted("expense", "list", "--json").data
    assert drafted("undo", "3").code == 6
    assert drafted("expense", "list", "--json").data == before


def test_a_table_and_plain_lines(desk: Cowork) -> None:
    desk("expense", "add", "--booking", "b-1", "--client", "acme", "--rebill")
    desk(*PAPER, "--net", "10", "--date", "2026-10-01")
    shown = desk("expense", "list", "-o", "table")
    assert "Total" in shown.out
    assert "28" not in shown.err
    rows = desk("expense", "list", "--in", "2026-Q4").rows
    assert [row[0] for row in rows] == ["x-2", "x-1"]
    assert len(desk("expense", "list", "--in", "2026-10").rows) == 1


def test_the_nouns_are_there() -> None:
    assert {"expense", "books"} <= set(tree.NOUNS)


@pytest.mark.parametrize("words", [("ignore", "bank-1"), ("match", "bank-1", "--expense", "x-1")])
def test_a_booking_that_changes_meanwhile_is_not_taken(
    acme: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    file = tmp_path / "s.csv"
    file.write_text("Datum;Betrag (EUR);Text\n24.11.2026;-5,00;Paper\n", encoding="utf-8")
    assert acme("bank", "import", str(file)).code == 0
    assert acme(*PAPER, "--gross", "5").code == 0

    def meanwhile(receipt: Path | None) -> None:
        assert acme("bank", *words).code == 0

    monkeypatch.setattr("cowork_cli.services.books.expenses.receipt_bytes", meanwhile)
    refused = acme("expense", "add", "--bank", "bank-1")
    assert refused.code == 6
    assert refused.err.startswith("error: bank-1 was changed meanwhile\n")
    assert [row["id"] for row in acme("expense", "list", "--json").data] == ["x-1"]
