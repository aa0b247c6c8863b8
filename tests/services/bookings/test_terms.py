"""What is said of a booking before it is made, and what stands in the way of changing one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.booking import ProviderBooking, Quote
from cowork_cli.domain.money import Money
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import Conflict, OutcomeUnknown, Unsupported
from cowork_cli.services.bookings import cancelling, mailing, moving, orders, syncing
from cowork_cli.store import bookings
from tests.services.bookings.test_sending import DAY, NOW, THERE, Office

DEADLINE = datetime.fromisoformat("2026-11-30T18:00:00+01:00")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    built = Office(tmp_path)
    yield built
    built.store.close()


@pytest.mark.parametrize(
    ("until", "fee", "said"),
    [
        (None, None, "what cancelling costs is not known, until when it is possible neither"),
        (None, Money(0), "cancelling costs nothing"),
        (DEADLINE, Money(500), "can be cancelled until Mon 2026-11-30 18:00, cancelling costs 5.00 EUR"),
        (DEADLINE, None, "can be cancelled until Mon 2026-11-30 18:00, what cancelling costs is not known"),
    ],
)  # fmt: skip
def test_deadline_and_fee(until: datetime | None, fee: Money | None, said: str) -> None:
    assert orders.cancelling_words(until, fee) == said


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (Quote(Money(1500), tax="net"), "15.00 EUR plus VAT"),
        (Quote(Money(1500), tax="net", vat=Money(285)), "15.00 EUR plus 2.85 EUR VAT"),
        (Quote(Money(1500), tax="gross", vat=Money(239)), "15.00 EUR with 2.39 EUR VAT"),
        (Quote(None), "its price is not known"),
    ],
)
def test_a_price_and_its_tax(office: Office, quote: Quote, said: str) -> None:
    office.hafen.quotes["kai/1"] = quote
    (line,) = orders.terms_of(orders.Order((), ()), office.plan(THERE).steps)
    assert line.startswith(f'"Platz 1" Tue 2026-12-01 00:00–00:00: {said}; ')


def test_the_question_tells_that_the_price_of_the_next_desk_is_not_known(office: Office) -> None:
    office.hafen.quotes["kai/2"] = Quote(None)
    question = office.plan(THERE, "hafen:kai/2").question
    assert question is not None
    assert ", or another at a price that is not known if it is taken by then" in question


def test_nothing_there_can_be_booked_for_somebody_else(office: Office) -> None:
    with pytest.raises(
        Unsupported, match='at account "hafen" one books only for oneself'
    ) as refused:
        office.plan(THERE, person="Ada")
    assert refused.value.hint == "leave out `--for`"


def test_no_mail_is_written_for_what_a_platform_knows(office: Office) -> None:
    office.book(THERE)
    with pytest.raises(Unsupported, match="b-1 is booked at hafen, which needs no mail"):
        mailing.to_ask("b-1", office.store)
    assert office.states() == ["confirmed"]


def test_what_the_answer_says_of_cancelling_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = office.hafen.book

    def told(request: Any, *, key: str) -> ProviderBooking:
        return replace(book(request, key=key), cancel_until=DEADLINE, cancel_fee=Money(500))

    monkeypatch.setattr(office.hafen, "book", told)
    (made,) = office.book(THERE).bookings
    assert (made.cancel_until, made.cancel_fee) == (DEADLINE, Money(500))


def test_what_is_not_known_to_stand_is_not_cancelled(office: Office) -> None:
    office.hafen.failure = OutcomeUnknown("cut")
    with pytest.raises(OutcomeUnknown):
        office.book(THERE)
    (lost,) = bookings.listed(office.store)
    with pytest.raises(Conflict, match="what became of b-1 is not known yet") as refused:
        cancelling.refuse_late(lost, NOW)
    assert refused.value.hint == "ask with `cowork booking sync`"


def test_a_series_that_is_over_is_not_cancelled(office: Office) -> None:
    office.book("Desk 1", days=(DAY, date(2026, 12, 2)), series=True)
    later = datetime.fromisoformat("2026-12-03T09:00:00+01:00")
    with pytest.raises(Conflict, match="every booking of s-1 is over"):
        cancelling.meant("s-1", cancelling.ALL_DAYS, office.store, later)
    (left,) = cancelling.meant("s-1", cancelling.ALL_DAYS, office.store, later.replace(day=2))
    assert left.from_.date() == date(2026, 12, 2)


def test_what_is_booked_instead_and_does_not_stand_leaves_the_old_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.book("Desk 1")
    book = office.hafen.book

    def struck_out(request: Any, *, key: str) -> ProviderBooking:
        return replace(book(request, key=key), state="cancelled")

    monkeypatch.setattr(office.hafen, "book", struck_out)
    plans = moving.plan_moves(
        "b-1",
        moving.Change(desk=THERE),
        store=office.store,
        accounts=office.accounts,
        now=NOW,
    )
    outcome = moving.move_all(plans, store=office.store, accounts=office.accounts)
    assert outcome.notes[-1] == "b-1 stands as it was."
    assert sorted(office.states()) == ["cancelled", "confirmed"]


def test_a_desk_of_an_account_that_is_gone_keeps_its_id_as_its_name(office: Office) -> None:
    desk = syncing.desk_of(Ref("gone", "kai/7"), office.store, office.accounts)
    assert (desk.name, desk.space_ref) == ("7", Ref("gone", "kai"))
