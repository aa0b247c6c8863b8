"""Standing orders at a platform: what the consent covers, what is not known, what a dry run says."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.booking import Quote
from cowork_cli.domain.money import Money
from cowork_cli.errors import OutcomeUnknown
from cowork_cli.services.bookings import absences, standing
from cowork_cli.services.bookings.orders import Outcome
from cowork_cli.services.bookings.standing_run import World, run
from cowork_cli.store import standing as stored
from tests.services.bookings.test_sending import NOW, Office

KAI = ("hafen:kai/1",)
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def office(tmp_path: Path) -> Any:
    built = Office(tmp_path)
    yield built
    built.store.close()


def given(office: Office, *, ahead: int = 1, now: datetime = NOW, **more: Any) -> str | None:
    """An order for every working day from nine to five; what a person agreed to."""
    wish = standing.Wish(
        "office", KAI, frozenset(range(5)), time(9), time(17), ahead, time(0), **more
    )
    drawn = standing.draft(wish, store=office.store, accounts=office.accounts, now=now)
    standing.add(drawn, store=office.store)
    return drawn.question


def ran(
    office: Office, *, now: datetime = NOW, at_once: bool = False, dry_run: bool = False
) -> Outcome:
    return run(World(office.store, office.accounts, now, None, dry_run), at_once=at_once)


def dates(office: Office) -> list[tuple[str, str]]:
    (order,) = stored.every(office.store)
    states = ("waiting", "unknown", "booked", "skipped", "cancelled", "failed", "refused")
    return [
        (f"{row.day}", row.state)
        for row in sorted(stored.dates(office.store, order.id, *states), key=lambda each: each.day)
    ]


def test_terms_that_were_not_agreed_to_are_not_accepted(office: Office) -> None:
    office.hafen.quotes["kai/1"] = Quote(Money(1500), consent="the house rules")
    question = given(office, max_price=Money(1500))
    assert question == (
        'Book "Platz 1" every mon, tue, wed, thu, fri without asking again,'
        " for at most 15.00 EUR each, accepting the house rules?"
    )
    office.hafen.quotes["kai/1"] = Quote(Money(1500), consent="a film of you")
    (problem,) = ran(office).problems
    assert problem.message == (
        'office, Thu 2026-11-26: "Platz 1" asks to accept a film of you, which was not agreed to'
    )
    assert (dates(office), office.hafen.booked) == ([(f"{THURSDAY}", "refused")], [])


def test_what_was_free_is_booked_as_long_as_it_is(office: Office) -> None:
    office.hafen.price = Money(0)
    assert given(office, ahead=2) == (
        'Book "Platz 1" every mon, tue, wed, thu, fri without asking again, as long as it is free?'
    )
    assert [made.from_.date() for made in ran(office).bookings] == [THURSDAY, date(2026, 11, 27)]
    office.hafen.price = Money(1)
    later = NOW.replace(day=28)
    (problem,) = ran(office, now=later).problems
    assert '"Platz 1" costs 0.01 EUR; the consent given goes to what is free' in problem.message


def test_a_day_that_is_over_is_not_tried_again(office: Office) -> None:
    given(office, max_price=Money(1000))
    assert dates(office) == []
    assert len(ran(office).problems) == 1
    after = NOW.replace(day=27, hour=20)
    office.hafen.price = Money(900)
    ran(office, now=after, at_once=True)
    assert dates(office)[0] == (f"{THURSDAY}", "refused")
    assert {made.window.from_.date() for made in office.hafen.made.values()}.isdisjoint({THURSDAY})


def test_a_dry_run_names_days_off_and_what_was_cancelled(office: Office) -> None:
    given(office, ahead=2, max_price=Money(1500))
    absences.add("2026-11-26", "Dentist", today=NOW.date(), store=office.store)
    office.book(*KAI, days=(date(2026, 11, 27),), from_=time(9), to=time(17))
    office.cancel("b-1")
    looked = ran(office, dry_run=True)
    assert (looked.bookings, looked.problems) == ([], [])
    assert looked.notes == ["office: left out Thu 2026-11-26: Dentist."]
    assert dates(office) == []


def test_a_holiday_of_some_parishes_is_kept_and_said(office: Office) -> None:
    eve = datetime.fromisoformat("2027-05-26T18:00:00+02:00")  # of Corpus Christi
    given(office, now=eve, max_price=Money(1500), land="TH")
    told = ran(office, now=eve)
    assert told.notes == ["office: whether Thu 2027-05-27 is a holiday in TH is not known: kept."]
    assert [made.from_.date() for made in told.bookings] == [date(2027, 5, 27)]


def test_what_was_settled_by_hand_is_noted_and_not_asked_for_again(office: Office) -> None:
    given(office, max_price=Money(1500))
    office.hafen.failure, office.hafen.commits_before_failing = OutcomeUnknown("cut"), True
    assert ran(office).bookings == []
    assert dates(office) == [(f"{THURSDAY}", "unknown")]
    office.hafen.failure = None
    office.sync()
    assert ran(office, at_once=True).problems == []
    assert dates(office) == [(f"{THURSDAY}", "booked")]
    assert office.hafen.booked == ["kai/1"]


def test_where_nobody_can_tell_it_stays_unknown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(office, max_price=Money(1500))
    office.hafen.failure = OutcomeUnknown("cut")
    ran(office)
    office.hafen.failure = None
    monkeypatch.setattr("cowork_cli.services.bookings.syncing._may_stand", lambda *_: True)
    assert ran(office, at_once=True).bookings == []
    assert dates(office) == [(f"{THURSDAY}", "unknown")]
    assert office.hafen.booked == []


def test_a_request_of_ones_own_whose_answer_was_lost_is_not_booked_beside(office: Office) -> None:
    office.hafen.failure = OutcomeUnknown("cut")
    with pytest.raises(OutcomeUnknown):
        office.book(*KAI, days=(THURSDAY,), from_=time(9), to=time(17))
    office.hafen.failure = None
    given(office, max_price=Money(1500))
    assert ran(office).bookings == []
    assert dates(office) == [(f"{THURSDAY}", "unknown")]
    assert len(office.hafen.calls) == 1
