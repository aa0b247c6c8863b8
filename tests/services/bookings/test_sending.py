"""Booking: once for each request, written down before it is sent, settled by what came of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk
from cowork_cli.errors import (
    BadInput,
    Conflict,
    NotFound,
    OutcomeUnknown,
    PriceAboveLimit,
    ProviderUnavailable,
    SlotTaken,
    exit_code_of,
)
from cowork_cli.paths import Paths
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.bookings import cancelling as booking_cancel
from cowork_cli.services.bookings import moving, orders
from cowork_cli.services.bookings import planning as booking_plan
from cowork_cli.services.bookings import sending as booking
from cowork_cli.services.bookings import syncing as booking_sync
from cowork_cli.services.spaces import desks, directory
from cowork_cli.store import bookings, spaces
from cowork_cli.store.engine import undo
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

BERLIN = ZoneInfo("Europe/Berlin")

NOW = datetime.fromisoformat("2026-11-25T18:00:00+01:00")
DAY = date(2026, 12, 1)


class Hafen:
    """A platform elsewhere: keeps bookings, charges for them, fails as it is told."""

    def __init__(self) -> None:
        self.price: Money | None = Money(1500)
        self.failure: Exception | None = None
        self.commits_before_failing = False
        self.made: dict[str, ProviderBooking] = {}
        self.keys: dict[str, str] = {}
        self.calls: list[str] = []
        self.watch: Any = None
        self.quotes: dict[str, Quote] = {}
        self.taken_when_booked: set[str] = set()

    @property
    def booked(self) -> list[str]:
        return [one.desk.id for one in self.made.values()]

    def quote(self, request: BookingRequest) -> Quote:
        return self.quotes.get(request.desk.id, Quote(self.price))

    def desks(self, space: Ref) -> list[Desk]:
        return [Desk(Ref("hafen", f"{space.id}/{n}"), space, f"Platz {n}") for n in (1, 2, 3)]

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        self.calls.append(key)
        if self.watch:
            self.watch()
        if request.desk.id in self.taken_when_booked:
            raise SlotTaken(f"{request.desk.id} is taken")
        if self.failure and not self.commits_before_failing:
            raise self.failure
        ref = Ref("hafen", f"h{len(self.made) + 1}")
        made = ProviderBooking(ref, request.desk, request.window, "confirmed", self.price)
        self.made[ref.id] = made
        if self.failure:
            raise self.failure
        return made

    def booking(self, ref: Ref) -> ProviderBooking:
        return self.made[ref.id]

    def bookings(self, window: Window) -> list[ProviderBooking]:
        return [
            one
            for one in self.made.values()
            if one.window.from_ < window.to and one.window.to > window.from_
        ]

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        if self.failure:
            raise self.failure
        self.made[ref.id] = replace(self.made[ref.id], state="cancelled")
        return self.made[ref.id]


class Office:
    """A home with a space of its own, and an account at Hafen."""

    def __init__(self, folder: Path) -> None:
        paths = Paths(*(folder / part for part in ("config", "data", "cache", "state")))
        self.store: Store = open_store(
            paths,
            now_ms=int(NOW.timestamp() * 1000),
            command="test",
            expected=False,
            note=lambda line: None,
        )
        self.hafen = Hafen()
        self.accounts = _Accounts(
            self.hafen, {}, store=lambda: self.store, environ={}, state=folder, home_zone=BERLIN
        )
        facts = directory.SpaceFacts(
            name="Mühle", postcode="14827", city="Wiesenburg", hours="Mo-Fr 08:00-18:00"
        )
        directory.add(facts, store=self.store)
        self.desk("Desk 1", price=Price(Money(1800), "day", "net"))

    def desk(self, name: str, **facts: Any) -> Desk:
        return desks.add_desk("Mühle", desks.DeskFacts(name, **facts), store=self.store)

    def plan(self, *wanted: str, days: tuple[date, ...] = (DAY,), **more: Any) -> orders.Plan:
        order = orders.Order(wanted or ("Desk 1",), days, **more)
        return booking_plan.plan(order, store=self.store, accounts=self.accounts, now=NOW)

    def book(self, *wanted: str, days: tuple[date, ...] = (DAY,), **more: Any) -> orders.Outcome:
        plan = self.plan(*wanted, days=days, **more)
        return booking.carry_out(plan, store=self.store, accounts=self.accounts)

    def cancel(self, number: str) -> Any:
        (found,) = booking_cancel.meant(number, booking_cancel.ALL_DAYS, self.store, NOW)
        return booking_cancel.cancel(found, store=self.store, accounts=self.accounts)

    def sync(self) -> list[Any]:
        return booking_sync.sync(store=self.store, accounts=self.accounts, account=None, now=NOW)[0]

    def states(self) -> list[str]:
        return [one.state for one in bookings.listed(self.store)]

    def intents(self) -> list[str]:
        return [state for (state,) in self.store.rows("SELECT state FROM intents ORDER BY id")]


class _Accounts(Accounts):
    def __init__(self, hafen: Hafen, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._hafen = hafen

    def provider(self, name: str) -> Any:
        return self._hafen if name == "hafen" else super().provider(name)

    def can(self, name: str, capability: str) -> bool:
        if name == "hafen":
            return capability in ("availability", "booking")
        return super().can(name, capability)

    def enabled(self, capability: str, chosen: Any = ()) -> list[str]:
        return ["local", "hafen"] if capability == "booking" else []


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    built = Office(tmp_path)
    yield built
    built.store.close()


THERE = "hafen:kai/1"


def test_a_day_is_the_hours_of_the_space(office: Office) -> None:
    (one,) = office.book().bookings
    assert (one.id, one.state, one.existing) == ("b-1", "confirmed", False)
    assert (one.from_.isoformat(), one.to.isoformat()) == (
        "2026-12-01T08:00:00+01:00",
        "2026-12-01T18:00:00+01:00",
    )
    assert one.price == Price(Money(1800), "once", "net")
    assert office.intents() == ["done"]


def test_the_same_request_is_booked_once(office: Office) -> None:
    office.book()
    again = office.book()
    assert [(one.id, one.existing) for one in again.bookings] == [("b-1", True)]
    assert again.notes == ["Already booked as b-1."]
    assert office.intents() == ["done"]


@pytest.mark.parametrize("key", [None, "k"])
def test_of_two_that_plan_at_once_one_books(office: Office, key: str | None) -> None:
    first, second = office.plan(key=key), office.plan(key=key)
    booking.carry_out(first, store=office.store, accounts=office.accounts)
    outcome = booking.carry_out(second, store=office.store, accounts=office.accounts)
    assert [(one.id, one.existing) for one in outcome.bookings] == [("b-1", True)]
    assert outcome.notes == ["Already booked as b-1."]
    assert office.intents() == ["done"]


def test_any_of_the_wanted_desks_counts_as_the_same(office: Office) -> None:
    office.desk("Desk 2")
    office.book("Desk 1", "Desk 2")
    assert [one.id for one in office.book("Desk 2", "Desk 1").bookings] == ["b-1"]
    assert [one.id for one in office.book("Desk 1").bookings] == ["b-1"]


def test_another_person_is_another_request_and_the_desk_is_taken(office: Office) -> None:
    office.book()
    with pytest.raises(SlotTaken, match="taken from 08:00 to 18:00"):
        office.book(from_=time(10), to=time(12), person="Max")
    assert office.intents() == ["done"]


def test_the_next_desk_is_taken_in_order_of_preference(office: Office) -> None:
    office.desk("Desk 2")
    office.book(person="Max")
    (one,) = office.book("Desk 1", "Desk 2").bookings
    assert one.desk_name == "Desk 2"


def test_another_desk_of_the_kind_will_do(office: Office) -> None:
    office.desk("Desk 2")
    office.desk("Saal", kind="room")
    office.book(person="Max")
    (one,) = office.book("Desk 1", any_desk=True).bookings
    assert one.desk_name == "Desk 2"
    assert office.book("Desk 1", any_desk=True).bookings[0].existing


def test_several_units_are_booked_by_several(office: Office) -> None:
    office.desk("Flex", units=2)
    office.book("Flex", person="Ada")
    office.book("Flex", person="Max")
    with pytest.raises(SlotTaken):
        office.book("Flex", person="Eva")


def test_a_cancelled_one_does_not_count(office: Office) -> None:
    office.book()
    assert office.cancel("b-1").state == "cancelled"
    (one,) = office.book().bookings
    assert (one.id, one.existing) == ("b-2", False)


def test_a_key_replaces_the_request(office: Office) -> None:
    office.book(key="k")
    assert office.book(key="k").bookings[0].existing
    with pytest.raises(Conflict, match="another request"):
        office.book(key="k", person="Max")
    office.cancel("b-1")
    (one,) = office.book(key="k").bookings
    assert (one.id, one.existing, one.state) == ("b-2", False, "confirmed")


def test_of_several_days_what_succeeds_stays(office: Office) -> None:
    office.book(person="Max", days=(date(2026, 12, 2),))
    outcome = office.book(days=(DAY, date(2026, 12, 2), date(2026, 12, 6)))
    assert [one.id for one in outcome.bookings] == ["b-2"]
    assert [problem.code for problem in outcome.problems] == ["slot-taken", "conflict"]
    assert "2026-12-02" in outcome.problems[0].message


def test_a_series_is_one_booking_a_day(office: Office) -> None:
    outcome = office.book(days=(DAY, date(2026, 12, 2)), series=True)
    assert [one.series for one in outcome.bookings] == ["s-1", "s-1"]


@pytest.mark.parametrize(
    "more",
    [
        {"days": (date(2026, 11, 24),)},
        {"days": ()},
        {"from_": time(12), "to": time(10)},
        {"from_": time(12)},
        {"all_day": True, "from_": time(9), "to": time(10)},
        {"days": (date(2026, 11, 25),), "from_": time(9), "to": time(10)},
        {"days": (date(2026, 11, 25),)},
    ],
)
def test_what_cannot_be_booked_at_all(office: Office, more: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        office.book(**more)
    assert office.states() == []


def test_a_room_without_times_is_refused(office: Office) -> None:
    office.desk("Saal", kind="room")
    with pytest.raises(BadInput, match="room"):
        office.book("Saal")
    assert office.book("Saal", from_=time(10), to=time(12)).bookings[0].state == "confirmed"


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_time_that_the_clocks_skip_or_double_is_refused(office: Office, day: date) -> None:
    with pytest.raises(BadInput):
        office.book(days=(day,), from_=time(2, 30), to=time(5))


def test_a_day_on_which_the_clocks_change_keeps_its_times(office: Office) -> None:
    (one,) = office.book(days=(date(2027, 3, 28),), from_=time(1), to=time(5)).bookings
    assert (one.from_.isoformat(), one.to.isoformat()) == (
        "2027-03-28T01:00:00+01:00",
        "2027-03-28T05:00:00+02:00",
    )


# ---- elsewhere, where it costs money and answers get lost


def test_money_is_asked_about_only_elsewhere(office: Office) -> None:
    assert office.plan().question is None
    assert "15.00 EUR" in (office.plan(THERE).question or "")
    office.hafen.price = None
    assert "not known" in (office.plan(THERE).question or "")
    office.hafen.price = Money(0)
    assert office.plan(THERE).question is None


def test_a_limit_replaces_the_question_or_refuses(office: Office) -> None:
    assert office.plan(THERE, max_price=Money(1500)).question is None
    with pytest.raises(PriceAboveLimit):
        office.plan(THERE, max_price=Money(1499))
    office.hafen.price = None
    with pytest.raises(PriceAboveLimit, match="not known"):
        office.plan(THERE, max_price=Money(9999))
    assert office.hafen.calls == []


SECOND = "hafen:kai/2"


def quicker_at_the_first(office: Office, second: Quote, first: Quote = Quote(Money(1500))) -> None:
    """Both desks are free when asked, and somebody else is quicker at the first."""
    office.hafen.quotes = {"kai/1": first, "kai/2": second}
    office.hafen.taken_when_booked = {"kai/1"}


def test_a_limit_holds_for_the_desk_that_is_booked_instead(office: Office) -> None:
    quicker_at_the_first(office, Quote(Money(9900)))
    with pytest.raises(Conflict) as refused:
        office.book(THERE, SECOND, max_price=Money(1500))
    assert "99.00 EUR, above the limit of 15.00 EUR" in refused.value.message
    assert office.hafen.booked == []
    assert office.states() == ["refused"]


@pytest.mark.parametrize("price", [None, Money(100, "CHF")])
def test_instead_nothing_is_booked_at_a_price_that_no_limit_covers(
    office: Office, price: Money | None
) -> None:
    quicker_at_the_first(office, Quote(price))
    with pytest.raises(Conflict):
        office.book(THERE, SECOND, max_price=Money(1500))
    assert office.hafen.booked == []


def test_below_the_limit_the_next_desk_is_booked(office: Office) -> None:
    quicker_at_the_first(office, Quote(Money(1500)))
    (booked,) = office.book(THERE, SECOND, max_price=Money(1500)).bookings
    assert (booked.desk_ref.id, booked.state) == ("kai/2", "confirmed")


def test_a_dearer_desk_between_is_passed_over(office: Office) -> None:
    quicker_at_the_first(office, Quote(Money(9900)))
    office.hafen.quotes["kai/3"] = Quote(Money(1200))
    (booked,) = office.book(THERE, SECOND, "hafen:kai/3", max_price=Money(1500)).bookings
    assert booked.desk_ref.id == "kai/3"


def test_a_first_desk_above_the_limit_leaves_the_next_one(office: Office) -> None:
    office.hafen.quotes = {"kai/1": Quote(Money(9900)), "kai/2": Quote(Money(1500))}
    (booked,) = office.book(THERE, SECOND, max_price=Money(1500)).bookings
    assert booked.desk_ref.id == "kai/2"


@pytest.mark.parametrize("limit", [Money(1500), None])
def test_the_next_desk_is_asked_for_its_price_once_more(
    office: Office, limit: Money | None
) -> None:
    quicker_at_the_first(office, Quote(Money(1500)))
    plan = office.plan(THERE, SECOND, max_price=limit)
    office.hafen.quotes["kai/2"] = Quote(Money(1501))
    with pytest.raises(Conflict) as refused:
        booking.carry_out(plan, store=office.store, accounts=office.accounts)
    assert "15.01 EUR" in refused.value.message
    assert office.hafen.booked == []
    office.hafen.quotes["kai/2"] = Quote(Money(1400))
    (booked,) = booking.carry_out(plan, store=office.store, accounts=office.accounts).bookings
    assert (booked.desk_ref.id, str(booked.price and booked.price.money)) == ("kai/2", "15.00 EUR")


def test_the_question_names_what_may_be_booked_instead(office: Office) -> None:
    quicker_at_the_first(office, Quote(Money(9900), consent="the house rules"))
    plan = office.plan(THERE, SECOND)
    assert plan.question == (
        'Book "Platz 1" at kai on Tue 2026-12-01 for 15.00 EUR, or another for up to 99.00 EUR '
        "if it is taken by then, accepting the house rules?"
    )
    assert [line.split(":")[0] for line in orders.terms_of(plan.order, plan.steps)] == [
        '"Platz 1" Tue 2026-12-01 00',
        "If that is taken by then",
    ]
    quicker_at_the_first(office, Quote(Money(1200)))
    assert office.plan(THERE, SECOND).question == (
        'Book "Platz 1" at kai on Tue 2026-12-01 for 15.00 EUR?'
    )


def test_a_paid_desk_behind_one_of_the_own_book_is_asked_about(office: Office) -> None:
    office.hafen.quotes = {"kai/1": Quote(Money(1500))}  # less than the price of Desk 1
    assert "15.00 EUR" in (office.plan("Desk 1", THERE).question or "")
    office.hafen.quotes = {"kai/1": Quote(Money(0))}
    assert office.plan("Desk 1", THERE).question is None


def test_terms_of_a_desk_behind_are_agreed_to_also_under_a_limit(office: Office) -> None:
    quicker_at_the_first(office, Quote(Money(1500), consent="the house rules"))
    question = office.plan(THERE, SECOND, max_price=Money(1500)).question
    assert question is not None
    assert "accepting the house rules" in question
    office.hafen.quotes["kai/2"] = Quote(Money(9900), consent="the house rules")
    assert office.plan(THERE, SECOND, max_price=Money(1500)).question is None


def test_a_series_that_is_moved_in_two_steps_stays_one(office: Office) -> None:
    days = (DAY, date(2026, 12, 2))
    office.book(THERE, days=days, series=True)
    change = moving.Change(desk=SECOND, max_price=Money(1500))
    plans = moving.plan_moves("s-1", change, store=office.store, accounts=office.accounts, now=NOW)
    assert plans.question is None
    outcome = moving.move_all(plans, store=office.store, accounts=office.accounts)
    assert [(one.desk_ref.id, one.series) for one in outcome.bookings] == [("kai/2", "s-1")] * 2
    states = {one.id: one.state for one in bookings.of_series(office.store, "s-1")}
    assert sorted(states.values()) == ["cancelled", "cancelled", "confirmed", "confirmed"]


def test_the_limit_holds_for_each_date_that_is_moved(office: Office) -> None:
    office.book(THERE, days=(DAY, date(2026, 12, 2)), series=True)
    sent = len(office.hafen.calls)
    office.hafen.quotes["kai/2"] = Quote(Money(1501))

    def planned(limit: Money | None) -> moving.MovePlans:
        change = moving.Change(desk=SECOND, max_price=limit)
        return moving.plan_moves(
            "s-1", change, store=office.store, accounts=office.accounts, now=NOW
        )

    with pytest.raises(PriceAboveLimit):
        planned(Money(1500))
    question = planned(None).question
    assert question == 'Move 2 bookings of s-1? Book "Platz 2" at kai on 2 days for 30.02 EUR?'
    assert len(office.hafen.calls) == sent


def test_it_is_written_down_before_it_is_sent(office: Office) -> None:
    seen: list[Any] = []
    office.hafen.watch = lambda: seen.append((office.states(), office.intents()))
    office.book(THERE)
    assert seen == [(["asked"], ["open"])]
    assert (office.states(), office.intents()) == (["confirmed"], ["done"])


def test_a_refusal_is_settled(office: Office) -> None:
    office.hafen.failure = ProviderUnavailable("no connection")
    with pytest.raises(ProviderUnavailable):
        office.book(THERE)
    assert (office.states(), office.intents()) == (["refused"], ["refused"])


@pytest.mark.parametrize("commits", [True, False])
def test_a_lost_answer_is_settled_by_asking(office: Office, commits: bool) -> None:
    office.hafen.failure, office.hafen.commits_before_failing = OutcomeUnknown("cut"), commits
    with pytest.raises(OutcomeUnknown) as raised:
        office.book(THERE)
    assert "booking sync" in (raised.value.hint or "")
    assert (office.states(), office.intents()) == (["unknown"], ["unknown"])
    office.hafen.failure = None
    assert office.book(THERE).bookings[0].existing
    assert len(office.hafen.calls) == 1
    office.sync()
    expected = (["confirmed"], ["done"]) if commits else (["refused"], ["refused"])
    assert (office.states(), office.intents()) == expected
    assert office.sync() == []


def test_a_kill_in_between_is_settled_by_asking(office: Office) -> None:
    office.hafen.failure, office.hafen.commits_before_failing = KeyboardInterrupt(), True  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        office.book(THERE)
    assert (office.states(), office.intents()) == (["asked"], ["open"])
    office.hafen.failure = None
    office.sync()
    assert (office.states(), office.intents()) == (["confirmed"], ["done"])


def test_a_booking_made_there_is_found_and_not_booked_again(office: Office) -> None:
    window = desks.window_of(DAY, time(9), time(17), NOW.tzinfo)  # type: ignore[arg-type]
    there = ProviderBooking(Ref("hafen", "h9"), Ref("hafen", "kai/1"), window, "confirmed")
    office.hafen.made["h9"] = there
    (one,) = office.book(THERE, from_=time(9), to=time(17)).bookings
    assert (one.ref, one.existing) == (Ref("hafen", "h9"), True)
    assert office.hafen.calls == []


def test_sync_brings_in_and_follows(office: Office) -> None:
    window = Window(NOW.replace(day=27), NOW.replace(day=28))
    there = ProviderBooking(Ref("hafen", "h9"), Ref("hafen", "kai/1"), window, "confirmed")
    office.hafen.made["h9"] = there
    assert [one.state for one in office.sync()] == ["confirmed"]
    assert office.sync() == []
    office.hafen.made["h9"] = replace(there, state="cancelled")
    assert [one.state for one in office.sync()] == ["cancelled"]
    assert office.states() == ["cancelled"]


def test_a_lost_cancellation_is_settled_by_asking(office: Office) -> None:
    office.book(THERE)
    office.hafen.failure = OutcomeUnknown("cut")
    with pytest.raises(OutcomeUnknown):
        office.cancel("b-1")
    assert office.intents() == ["done", "unknown"]
    office.hafen.failure = None
    office.sync()
    assert (office.states(), office.intents()) == (["confirmed"], ["done", "refused"])


def test_what_was_sent_cannot_be_undone(office: Office) -> None:
    office.book(THERE)
    with pytest.raises(Conflict, match="hafen"):
        undo.undo(office.store.journal, 1)


def test_cancelling_takes_no_guess(office: Office) -> None:
    office.book()
    with pytest.raises(NotFound):
        office.cancel("desk")


def test_what_is_booked_is_not_removed(office: Office) -> None:
    office.book()
    with pytest.raises(Conflict, match="1 booking"):
        desks.remove_desk("Desk 1", store=office.store, dry_run=False)
    with pytest.raises(Conflict, match="1 booking"):
        directory.remove("Mühle", store=office.store, dry_run=False)
    office.cancel("b-1")
    directory.remove("Mühle", store=office.store, dry_run=False)
    assert spaces.every(office.store) == []
    assert office.states() == ["cancelled"]


# ---- planning reads and never writes


def _elsewhere(office: Office) -> None:
    window = desks.window_of(DAY, time(9), time(17), NOW.tzinfo)  # type: ignore[arg-type]
    there = ProviderBooking(Ref("hafen", "h9"), Ref("hafen", "kai/1"), window, "confirmed")
    office.hafen.made["h9"] = there


def test_a_dry_run_leaves_nothing_behind(office: Office) -> None:
    """Also not a booking that it found at the provider."""
    _elsewhere(office)
    before = office.store.row("SELECT count(*), max(id) FROM journal")
    plan = office.plan(THERE, from_=time(9), to=time(17))
    shown = booking.preview(plan, office.accounts)
    (row,) = shown.bookings
    assert (row.id, row.ref, row.existing, row.state) == ("", Ref("hafen", "h9"), True, "confirmed")
    assert shown.notes[-2:] == ["Already booked at hafen.", "Nothing was booked (--dry-run)."]
    assert office.states() == []
    assert office.store.row("SELECT count(*), max(id) FROM journal") == before
    (made,) = booking.carry_out(plan, store=office.store, accounts=office.accounts).bookings
    assert (made.id, made.existing, office.states()) == ("b-1", True, ["confirmed"])
    assert office.hafen.calls == []


@pytest.mark.parametrize("wanted", ["Desk 1", THERE])
def test_planning_never_writes(
    office: Office, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: Any) -> None:
        raise AssertionError("a plan opened a transaction")

    _elsewhere(office)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", no)
        for times in ((time(9), time(17)), (time(10), time(11))):
            assert office.plan(wanted, from_=times[0], to=times[1]).steps[0].problem is None


def test_a_found_booking_of_another_time_or_state_is_not_the_same(office: Office) -> None:
    _elsewhere(office)
    office.hafen.made["h9"] = replace(office.hafen.made["h9"], state="cancelled")
    assert office.plan(THERE, from_=time(9), to=time(17)).steps[0].elsewhere is None
    _elsewhere(office)
    assert office.plan(THERE, from_=time(9), to=time(16)).steps[0].elsewhere is None
    assert office.plan("hafen:kai/2", from_=time(9), to=time(17)).steps[0].elsewhere is None


# ---- several problems


def test_an_unknown_outcome_beats_what_succeeded_and_what_was_refused(office: Office) -> None:
    """Day one is booked, day two is taken, the answer to day three is lost."""
    second, third = date(2026, 12, 2), date(2026, 12, 3)
    plan = office.plan(THERE, days=(DAY, second, third))
    outcomes: list[Exception | None] = [None, SlotTaken("taken"), OutcomeUnknown("cut")]

    def next_one() -> None:
        office.hafen.failure = outcomes.pop(0)

    office.hafen.watch = next_one
    outcome = booking.carry_out(plan, store=office.store, accounts=office.accounts)
    assert [row.state for row in outcome.bookings] == ["confirmed", "unknown"]
    assert [problem.code for problem in outcome.problems] == ["outcome-unknown", "slot-taken"]
    assert "2026-12-03" in outcome.problems[0].message
    assert exit_code_of(outcome.problems, done=True) == 9


def test_with_nothing_done_the_unknown_outcome_is_raised(office: Office) -> None:
    plan = office.plan(THERE, days=(DAY, date(2026, 12, 2)))
    outcomes: list[Exception] = [SlotTaken("taken"), OutcomeUnknown("cut")]

    def next_one() -> None:
        office.hafen.failure = outcomes.pop(0)

    office.hafen.watch = next_one
    with pytest.raises(OutcomeUnknown):
        booking.carry_out(plan, store=office.store, accounts=office.accounts)
    assert office.states() == ["refused", "unknown"]


# ---- whose booking it is


def test_sync_settles_by_the_person_too(office: Office) -> None:
    """Two people at one desk and time: the answer to Ada's was lost, Max has his."""
    flex = office.desk("Flex", units=2)
    office.book("Flex", person="Max")
    (lost,) = office.book("Flex", person="Ada").bookings
    with office.store.transaction() as journal:
        number = int(lost.id.removeprefix("b-"))
        journal.update("bookings", number, {"state": "unknown", "identity": None})
        intent = office.store.row("SELECT max(id) FROM intents")[0]
        journal.update("intents", intent, {"state": "unknown"})
        theirs = office.store.row("SELECT max(id) FROM local_bookings")[0]
        journal.update("local_bookings", theirs, {"state": "cancelled"})
    (settled,) = office.sync()
    assert (settled.id, settled.person, settled.state) == (lost.id, "Ada", "refused")
    assert flex.units == 2


def test_sync_takes_a_booking_of_another_person_for_another(office: Office) -> None:
    """A booking at the provider for somebody else is not the one whose answer was lost."""
    office.hafen.failure = OutcomeUnknown("cut")
    with pytest.raises(OutcomeUnknown):
        office.book(THERE)
    office.hafen.failure = None
    lost = bookings.listed(office.store)[0]
    window = Window(lost.from_, lost.to)
    there = ProviderBooking(Ref("hafen", "h9"), lost.desk_ref, window, "confirmed", person="Max")
    office.hafen.made["h9"] = there
    states = {row.id: (row.state, row.person) for row in office.sync()}
    assert states == {"b-1": ("refused", None), "b-2": ("confirmed", "Max")}


@pytest.mark.parametrize(
    "change",
    [
        {"desk": Ref("hafen", "kai/2")},
        {"state": "cancelled"},
        {"state": "refused"},
        {"shift": 1},
        {"longer": 1},
    ],
)
def test_sync_takes_nothing_else_for_the_lost_one(office: Office, change: dict[str, Any]) -> None:
    from datetime import timedelta

    office.hafen.failure = OutcomeUnknown("cut")
    with pytest.raises(OutcomeUnknown):
        office.book(THERE)
    office.hafen.failure = None
    lost = bookings.listed(office.store)[0]
    start = lost.from_ + timedelta(hours=change.pop("shift", 0))
    window = Window(start, lost.to + timedelta(hours=change.pop("longer", 0)))
    there = ProviderBooking(Ref("hafen", "h9"), lost.desk_ref, window, "confirmed")
    office.hafen.made["h9"] = replace(there, **change)
    assert office.sync()[0].state == "refused"


def test_a_booking_that_is_known_already_settles_no_second_one(office: Office) -> None:
    office.book(THERE)
    known = bookings.listed(office.store)[0]
    office.hafen.failure = OutcomeUnknown("cut")
    with office.store.transaction() as journal:
        journal.update("bookings", 1, {"request": "another"})
    with pytest.raises(OutcomeUnknown):
        office.book(THERE, key="second")
    office.hafen.failure = None
    states = {row.id: row.state for row in office.sync()}
    assert states == {"b-2": "refused"}
    assert known.ref == bookings.own(office.store, 1).ref  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("desk", "name"), [("kai/1", "Platz 1"), ("kai/2", "Platz 2"), ("kai/9", "9")]
)
def test_what_is_brought_in_has_the_name_of_its_desk(office: Office, desk: str, name: str) -> None:
    """One that its provider no longer lists keeps its id as its name."""
    window = Window(NOW.replace(day=27), NOW.replace(day=28))
    there = ProviderBooking(Ref("hafen", "h9"), Ref("hafen", desk), window, "confirmed")
    office.hafen.made["h9"] = there
    assert [row.desk_name for row in office.sync()] == [name]


def test_a_limit_in_one_currency_bounds_no_other(office: Office) -> None:
    office.hafen.price = Money(100, "CHF")
    with pytest.raises(PriceAboveLimit):
        office.plan(THERE, max_price=Money(1500))


def test_of_several_cancellations_the_failed_one_is_named(office: Office) -> None:
    office.book(THERE)
    office.book()
    plan = booking_cancel.plan_cancel(["b-1", "b-2"], store=office.store, now=NOW)
    office.hafen.failure = ProviderUnavailable("no connection")
    outcome = booking_cancel.cancel_all(plan, store=office.store, accounts=office.accounts)
    assert [row.id for row in outcome.bookings] == ["b-2"]
    assert [problem.message for problem in outcome.problems] == ["b-1: no connection"]


def test_a_desk_is_removed_by_no_guess(office: Office) -> None:
    with pytest.raises(NotFound):
        desks.remove_desk("desk", store=office.store, dry_run=True)
