"""What explains a booking, where more than one thing might: the invoices, the amounts and the reason."""

import csv
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from cowork_cli.errors import Conflict
from cowork_cli.services.bank import linking
from tests import stores
from tests.conftest import Cowork, Played
from tests.importers.bank import samples
from tests.importers.bank.samples import entry, part

pytestmark = pytest.mark.usefixtures("november")

NAME, IBAN = "ACME GmbH", samples.OTHER
Take = Callable[..., None]


@pytest.fixture
def owed(acme: Cowork, played: Played) -> Cowork:
    """acme owes 2026-0001 (226.10) and 2026-0002 (113.05), both of November 20."""
    day = ("--on", "2026-11-20")
    return played(
        ("track", "add", "acme/site", *day, "--from", "6:00", "--to", "8:00"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1", "--date", "2026-11-20"),
        ("track", "add", "acme/site", *day, "--from", "9:00", "--to", "10:00"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-2", "--date", "2026-11-20", "--force"),
    )


@pytest.fixture
def take(cowork: Cowork, tmp_path: Path) -> Take:
    """Takes bookings of November 24, each (amount, text, name, IBAN)."""

    def take_(*bookings: tuple[str, str, str, str], day: str = "24.11.2026") -> None:
        file = tmp_path / "giro.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream, delimiter=";")
            rows.writerow(["Buchungstag", "Betrag", "Währung", "Verwendungszweck", "Name", "IBAN"])
            for amount, text, name, iban in bookings:
                rows.writerow([day, amount.replace(".", ","), "EUR", text, name, iban])
        do(cowork, "bank", "import", str(file), "--account", "giro")

    return take_


def do(cowork: Cowork, *words: str) -> None:
    outcome = cowork(*words)
    assert outcome.code == 0, str(outcome)


def pay(cowork: Cowork, number: str, amount: str, day: str = "2026-11-21") -> None:
    do(cowork, "invoice", "pay", number, "--amount", amount, "--on", day)


def told(cowork: Cowork, *words: str) -> list[tuple[str, str, bool, list[tuple[str, str]], str]]:
    """What would be recorded: booking, kind, whether it is sure, what it settles, why."""
    outcome = cowork("bank", "match", *words, "--dry-run", "--json")
    assert outcome.code == 0, str(outcome)
    return [
        (row["booking"], row["kind"], row["sure"],
         [(part["invoice"], part["amount"]["amount"]) for part in row["settles"]], row["why"])
        for row in outcome.data
    ]  # fmt: skip


def test_one_of_two_numbers_that_are_named(owed: Cowork, take: Take) -> None:
    both = "2026-0001 und 2026-0002"
    take(("226.10", both, NAME, IBAN), ("200.00", both, NAME, IBAN))
    why = "the amount is that of one of the numbers"
    assert told(owed) == [("bank-1", "payment", False, [("2026-0001", "226.10")], why)]


def test_two_of_one_amount_and_no_number_prove_nothing(owed: Cowork, take: Take) -> None:
    pay(owed, "2026-0001", "13.05")
    pay(owed, "2026-0001", "100")
    take(("113.05", "thanks", NAME, IBAN))
    assert told(owed) == []


def test_the_sum_of_two_by_an_iban_that_is_known(owed: Cowork, take: Take) -> None:
    take(("1.00", "", "", IBAN), ("226.10", "", "", ""))
    assert told(owed) == []  # neither number nor name
    do(owed, "bank", "match", "bank-1", "--invoice", "2026-0001")
    take(("338.15", "thanks", "", IBAN), ("300.00", "thanks", "", IBAN))
    settles = [("2026-0001", "225.10"), ("2026-0002", "113.05")]
    why = "IBAN and the sum of two agree, no number"
    assert told(owed) == [("bank-3", "payment", False, settles, why)]
    do(owed, "invoice", "draft", "acme", "--empty")
    do(owed, "invoice", "line", "draft-3", "--text", "Work", "--price", "95")
    do(owed, "invoice", "issue", "draft-3", "--date", "2026-11-20", "--force")
    assert told(owed) == []  # of two pairs none is proven


def test_a_typed_payment_is_not_that_of_another_number(owed: Cowork, take: Take) -> None:
    pay(owed, "2026-0001", "100")
    take(("100.00", "2026-0002", NAME, IBAN))
    why = "the number agrees, 113.05 EUR was open: a part"
    assert told(owed) == [("bank-1", "part", False, [("2026-0002", "100.00")], why)]


def test_two_typed_payments_of_one_amount_prove_nothing(owed: Cowork, take: Take) -> None:
    pay(owed, "2026-0001", "100")
    take(("100.00", "thanks", NAME, IBAN))
    why = "the amount and the name or IBAN agree with the payment of 2026-11-21"
    assert told(owed) == [("bank-1", "known", False, [("2026-0001", "100.00")], why)]
    pay(owed, "2026-0002", "100")
    assert told(owed) == []


def test_money_that_was_given_back(owed: Cowork, take: Take) -> None:
    pay(owed, "2026-0001", "236.10")  # 10.00 more than is owed
    take(("-10.00", "2026-0002", NAME, IBAN), ("-10.00", "2026-0001", NAME, IBAN))
    why = "the number agrees, and the credit that was kept"
    assert told(owed) == [("bank-2", "return", True, [("2026-0001", "-10.00")], why)]
    pay(owed, "2026-0001", "-10.00", "2026-11-24")
    why = "number and amount agree with the payment of 2026-11-24"
    assert told(owed) == [("bank-2", "known", True, [("2026-0001", "-10.00")], why)]


def test_an_expense_in_another_currency_is_none(owed: Cowork, take: Take) -> None:
    spent = ("expense", "add", "--date", "2026-11-24", "--text")
    do(owed, *spent, "Train", "--gross", "50", "--currency", "CHF", "--rate", "1.05")
    take(("-50.00", "Train", "SBB", IBAN))
    assert told(owed) == []
    do(owed, *spent, "Desk", "--gross", "50")
    why = "the amount agrees, and the day is near"
    assert told(owed) == [("bank-1", "expense", False, [], why)]
    assert owed("bank", "match", stdin="y\n", terminal=True).code == 0
    assert owed("bank", "show", "bank-1", "--json").data["expense"] == "x-2"


def test_a_batch_of_which_nothing_is_known(owed: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "s.xml"
    file.write_bytes(
        samples.camt(entry("3.00", details=part("1.00", "a", "A") + part("2.00", "b", "B")))
    )
    do(owed, "bank", "import", str(file))
    assert told(owed) == []


def test_only_the_booking_that_is_named(owed: Cowork, take: Take) -> None:
    take(("226.10", "2026-0001", NAME, IBAN), ("113.05", "2026-0002", NAME, IBAN))
    assert [row[0] for row in told(owed)] == ["bank-1", "bank-2"]
    assert [row[0] for row in told(owed, "bank-2")] == ["bank-2"]


def test_a_payment_that_was_typed_is_linked_by_hand_and_not_made_again(
    owed: Cowork, take: Take
) -> None:
    pay(owed, "2026-0001", "226.10")
    take(("226.10", "thanks", "", IBAN))
    do(owed, "bank", "match", "bank-1", "--invoice", "2026-0001")
    [invoice] = [
        row for row in owed("invoice", "list", "--json").data if row["number"] == "2026-0001"
    ]
    assert (invoice["paid"]["amount"], invoice["open"]["amount"]) == ("226.10", "0.00")
    assert owed("bank", "show", "bank-1", "--json").data["invoices"] == ["2026-0001"]


def test_what_a_match_paid_is_taken_back_with_it(owed: Cowork, take: Take) -> None:
    take(("226.10", "2026-0001", NAME, IBAN))
    do(owed, "bank", "match", "--yes")
    assert owed("invoice", "show", "2026-0001", "--json").data["open"]["amount"] == "0.00"
    do(owed, "bank", "unmatch", "bank-1")
    assert owed("invoice", "show", "2026-0001", "--json").data["open"]["amount"] == "226.10"
    assert owed("bank", "show", "bank-1", "--json").data["state"] == "open"


def test_what_was_changed_since_it_was_proposed_is_not_written(
    owed: Cowork, take: Take, home: Path
) -> None:
    take(("226.10", "2026-0001", NAME, IBAN))
    today = date(2026, 11, 25)
    with closing(stores.opened(home, expected=True)) as store:
        matches = linking.proposals(store, today)
    do(owed, "bank", "ignore", "bank-1")
    with closing(stores.opened(home, expected=True)) as store, pytest.raises(Conflict) as refused:
        linking.record(store, matches, today)
    assert refused.value.message == "bank-1 was changed meanwhile"
    assert owed("bank", "show", "bank-1", "--json").data["invoices"] == []
