"""Booking what standing orders have due: once each, late rather than never, without a person.

A date is taken up when its window opens, and is `waiting` until it is booked, skipped or given up; what
failed is tried again after 1, 5, 15 and 60 minutes and said once, when that is over. A lost answer is
settled by asking (`syncing`), never by booking again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.booking import LIVE_STATES, Booking
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.standing import (
    RETRY_MINUTES,
    TO_DO,
    WEEK,
    StandingDate,
    StandingOrder,
    next_on,
    opening,
)
from cowork_cli.domain.zones import seconds_of, zone_named
from cowork_cli.errors import BadInput, CoworkError, OutcomeUnknown, PriceAboveLimit
from cowork_cli.records import dataclass, field, replace
from cowork_cli.services.bookings import planning, sending, syncing
from cowork_cli.services.bookings.orders import LOCAL, Choice, Order, Outcome, Placed, Plan
from cowork_cli.services.bookings.records import space_of
from cowork_cli.services.spaces.elsewhere import find_desk
from cowork_cli.store import bookings, persons, standing

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class World:
    """What a run works with: the store, who is asked, what time it is, whose holidays count."""

    store: Store
    accounts: Accounts
    now: datetime
    parish: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a run so far."""

    made: list[Booking] = field(default_factory=list)
    problems: list[CoworkError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def run(world: World, *, at_once: bool = False) -> Outcome:
    """Books what is due at `world.now`; `at_once` also what failed, though it waits or was given up."""
    told = Told()
    orders = standing.due(world.store, seconds_of(world.now))
    if at_once:
        named = {order.name for order in orders}
        active = [order for order in standing.every(world.store) if order.state == "active"]
        orders += [order for order in active if order.name not in named]
    for order in orders:
        _OrderRun(world, order, told).work(at_once=at_once)
    return Outcome(told.made, told.problems, told.notes)


class _OrderRun:
    """One order, date by date; each is written down before the next is begun."""

    def __init__(self, world: World, order: StandingOrder, told: Told) -> None:
        self._world, self._order, self._told = world, order, told
        self._store = world.store.about(persons.key_of_shown(world.store, order.person))
        self._now_s = seconds_of(world.now)

    def work(self, *, at_once: bool) -> None:
        """All that is due of the order."""
        self._say_cancelled()
        for day in self._days(at_once=at_once):
            if self._world.dry_run:
                self._look(day)
            else:
                self._take(day)
        if not self._world.dry_run:
            self._note_next()

    # ---- which dates

    def _days(self, *, at_once: bool) -> Iterator[StandingDate]:
        today = self._world.now.astimezone(zone_named(self._order.timezone)).date()
        states = (*TO_DO, "failed", "refused") if at_once else TO_DO
        for known in standing.dates(self._store, self._order.id, *states):
            given_up = known.state not in TO_DO
            if (at_once and not (given_up and known.day < today)) or (
                not given_up and (known.next_at or 0) <= self._now_s
            ):
                yield known
        for day in self._opened():
            opened = self._opens(day)
            if self._world.dry_run:
                yield StandingDate(0, self._order.id, day, "waiting", 0, opened, None, None)
                continue
            after = next_on(day + timedelta(days=1), self._weekdays)
            with self._written() as journal:
                number = standing.take_up(journal, self._order.id, day, opened)
                standing.change(
                    journal,
                    self._order.id,
                    {
                        "next_day": after.isoformat(),
                        "next_at": min(self._now_s, self._opens(after)),
                    },
                )
            yield StandingDate(number, self._order.id, day, "waiting", 0, opened, None, None)

    def _opened(self) -> Iterator[date]:
        day = self._order.next_day
        while self._opens(day) <= self._now_s:
            yield day
            day = next_on(day + timedelta(days=1), self._weekdays)

    def _opens(self, day: date) -> int:
        order = self._order
        return opening(day, order.ahead_days, order.opens, order.timezone)

    @property
    def _weekdays(self) -> frozenset[int]:
        return frozenset(WEEK.index(name) for name in self._order.every)

    def _note_next(self) -> None:
        """When the order is looked at again: the next window, or the next try before it."""
        (order,) = [row for row in standing.every(self._store) if row.id == self._order.id]
        tries = [row.next_at or 0 for row in standing.dates(self._store, order.id, *TO_DO)]
        with self._written() as journal:
            standing.change(
                journal, order.id, {"next_at": min([self._opens(order.next_day), *tries])}
            )

    # ---- one date

    def _take(self, date_: StandingDate) -> None:
        if self._left_out(date_):
            return
        with self._written():
            pass  # noted first, so that undo passes over the booking however this ends
        try:
            if date_.state == "unknown" and not self._asked_again(date_):
                return
            booking = self._booked(date_.day)
        except PriceAboveLimit as problem:
            self._give_up(date_, "refused", problem)
        except BadInput as problem:
            self._give_up(date_, "failed", problem)
        except OutcomeUnknown as problem:
            self._again(date_, "unknown", problem)
        except CoworkError as problem:
            self._again(date_, "waiting", problem)
        else:
            self._note(date_, booking)

    def _look(self, date_: StandingDate) -> None:
        """`--dry-run`: what would be booked."""
        if self._left_out(date_):
            return
        try:
            plan = self._plan(date_.day)
            if plan is not None:
                self._told.made.extend(sending.preview(plan, self._world.accounts).bookings)
        except CoworkError as problem:
            self._told.problems.append(self._named(problem, date_.day))

    def _left_out(self, date_: StandingDate) -> bool:
        """Whether it is a day off or a holiday: said, and not looked at again."""
        reason = self._reason(date_.day)
        if reason is None or date_.state == "unknown":
            return False
        self._told.notes.append(f"{self._order.name}: left out {date_.day:%a %Y-%m-%d}: {reason}.")
        self._set(date_, state="skipped", next_at=None, detail=reason)
        return True

    def _reason(self, day: date) -> str | None:
        off = standing.absence_on(self._store, day)
        if off is not None:
            return off.text or "a day off"
        if self._order.skip_holidays is None:
            return None
        from cowork_cli.services.calendar.holidays import UNKNOWN, Region, in_region

        land = self._order.skip_holidays
        name = in_region(day, Region("DE", land, self._world.parish))
        if name is UNKNOWN:
            note = f"whether {day:%a %Y-%m-%d} is a holiday in {land} is not known: kept"
            self._told.notes.append(f"{self._order.name}: {note}.")
        return name if isinstance(name, str) else None

    def _asked_again(self, date_: StandingDate) -> bool:
        """Asks what became of a booking whose answer was lost; False if that is settled, or not to be known."""
        booking = bookings.own(self._store, date_.booking or 0)
        if booking is not None and booking.state in ("unknown", "asked"):
            _, problems, _ = syncing.sync(
                store=self._store,
                accounts=self._world.accounts,
                account=booking.account,
                now=self._world.now,
            )
            if problems:
                raise problems[0]
            booking = bookings.own(self._store, date_.booking or 0)
        if booking is None or booking.state == "refused":
            return True
        if booking.state in ("unknown", "asked"):
            text = f"what became of {booking.id} is not known"
            self._again(date_, "unknown", OutcomeUnknown(text, "ask with `cowork booking sync`"))
        else:
            self._note(date_, booking)
        return False

    # ---- booking

    def _booked(self, day: date) -> Booking | None:
        """The booking that stands now; None for one that was cancelled before, and is left so."""
        plan = self._plan(day)
        if plan is None:
            return None
        outcome = sending.carry_out(plan, store=self._store, accounts=self._world.accounts)
        return outcome.bookings[0]

    def _plan(self, day: date) -> Plan | None:
        order = Order(
            self._order.desks,
            (day,),
            self._order.from_,
            self._order.to,
            self._order.from_ is None,
            any_desk=self._order.any_desk,
            person=self._order.person if _are_own(self._order.desks) else None,
        )
        world = self._world
        if self._cancelled_before(order, day):
            return None
        plan = planning.plan(order, store=self._store, accounts=world.accounts, now=world.now)
        (step,) = plan.steps
        if not step.choices:
            return plan
        allowed = tuple(choice for choice in step.choices if self._allowed(choice))
        if not allowed:
            raise self._too_small(step.choices[0])
        return replace(plan, steps=(replace(step, choices=allowed),), question=None)

    def _allowed(self, choice: Choice) -> bool:
        """Whether the consent that was given once covers this desk at its price of today."""
        quote, limit = choice.quote, self._order.max_price
        local = choice.desk.ref.account == LOCAL
        if quote.consent and quote.consent not in self._order.consent:
            return False
        if quote.price is None:
            return local
        if limit is None:
            return local or quote.price.minor == 0
        return quote.price.currency == limit.currency and quote.price.minor <= limit.minor

    def _too_small(self, choice: Choice) -> PriceAboveLimit:
        quote, limit = choice.quote, self._order.max_price
        if quote.consent and quote.consent not in self._order.consent:
            what = f'"{choice.desk.name}" asks to accept {quote.consent}, which was not agreed to'
        else:
            cost = f"costs {quote.price}" if quote.price else "has no price that is known"
            bound = f"up to {limit}" if limit else "to what is free"
            what = f'"{choice.desk.name}" {cost}; the consent given goes {bound}'
        name = shell_word(self._order.name)
        return PriceAboveLimit(
            what,
            f"give it anew: `cowork standing remove {name}`, then `cowork standing add {name} …`",
        )

    def _cancelled_before(self, order: Order, day: date) -> bool:
        """Whether this date was booked and cancelled, here or at the provider, and nothing stands instead."""
        accounts = self._world.accounts
        desks = [find_desk(query, store=self._store, accounts=accounts) for query in order.desks]
        placed = [(desk, space_of(desk, self._store, accounts)) for desk in desks]
        timed = [
            Placed(desk, space, planning.window_at(desk, space, day, order, accounts))
            for desk, space in placed
        ]
        request = planning.canonical(desks, timed[0].window, order)
        if bookings.live_requests(self._store, request):
            return False
        if bookings.cancelled_requests(self._store, request):
            return True
        states = {
            there.state
            for one in timed
            if one.desk.ref.account != LOCAL
            for there in accounts.booker(one.desk.ref.account).bookings(one.window)
            if (there.desk, there.window) == (one.desk.ref, one.window)
        }
        return "cancelled" in states and not states & set(LIVE_STATES)

    # ---- what came of it

    def _note(self, date_: StandingDate, booking: Booking | None) -> None:
        if booking is None or booking.state == "cancelled":
            self._say_left_cancelled(date_, booking)
            return
        number = int(booking.id.removeprefix("b-"))
        if booking.state == "unknown" or (booking.state == "asked" and booking.ref is None):
            self._set(date_, booking=number)
            text = f"what became of {booking.id} is not known"
            problem = OutcomeUnknown(text, "ask with `cowork booking sync`")
            self._again(replace(date_, booking=number), "unknown", problem)
            return
        if not booking.existing:
            self._told.made.append(booking)
        self._set(date_, state="booked", booking=number, next_at=None, detail=None)

    def _again(self, date_: StandingDate, state: str, problem: CoworkError) -> None:
        """Tries a date again later; after the last time it is given up and said.

        The first answer that is lost starts the count anew: asking what became of it is no try.
        """
        if state == "unknown" and date_.booking is None:
            date_ = replace(date_, attempts=0)
        if date_.attempts >= len(RETRY_MINUTES):
            self._give_up(date_, "failed", problem)
            return
        values: dict[str, Any] = {"state": state, "attempts": date_.attempts + 1}
        if state == "unknown" and date_.booking is None:
            values["booking"] = self._lost(date_.day)
        next_at = self._now_s + RETRY_MINUTES[date_.attempts] * 60
        self._set(date_, **values, next_at=next_at, detail=problem.message)

    def _lost(self, day: date) -> int | None:
        """The number of the own record whose answer was lost just now."""
        lost = bookings.listed(self._store, states=("unknown", "asked"))
        fitting = [row for row in lost if row.from_.date() == day and self._is_ours(row)]
        return int(fitting[-1].id.removeprefix("b-")) if fitting else None

    def _is_ours(self, booking: Booking) -> bool:
        wanted = self._order.desks
        spaces = {ref.rpartition("/")[0] for ref in wanted}
        desk = str(booking.desk_ref)
        return desk in wanted or (self._order.any_desk and desk.rpartition("/")[0] in spaces)

    def _give_up(self, date_: StandingDate, state: str, problem: CoworkError) -> None:
        self._set(date_, state=state, next_at=None, detail=problem.message)
        self._told.problems.append(self._named(problem, date_.day))

    def _named(self, problem: CoworkError, day: date) -> CoworkError:
        problem.message = f"{self._order.name}, {day:%a %Y-%m-%d}: {problem.message}"
        return problem

    def _say_cancelled(self) -> None:
        """Dates whose booking was cancelled since: said once, and left so."""
        for date_ in standing.cancelled_since(self._store, self._order.id):
            self._say_left_cancelled(date_, bookings.own(self._store, date_.booking or 0))

    def _say_left_cancelled(self, date_: StandingDate, booking: Booking | None) -> None:
        named = f"{booking.id} was" if booking else "it was"
        self._told.notes.append(
            f"{self._order.name}: not booked again on {date_.day:%a %Y-%m-%d}: {named} cancelled."
        )
        self._set(date_, state="cancelled", next_at=None, detail=f"{named} cancelled")

    def _set(self, date_: StandingDate, **values: Any) -> None:
        if self._world.dry_run:
            return
        with self._written() as journal:
            standing.change_date(journal, date_.id, values)

    @contextmanager
    def _written(self) -> Iterator[Journal]:
        """A transaction of a program at its time, which undo passes over."""
        with self._store.transaction() as journal:
            journal.unattended()
            yield journal


def _are_own(desks: tuple[str, ...]) -> bool:
    """Whether all are desks of one's own list: elsewhere one books only for oneself, unnamed."""
    return all(desk.startswith(f"{LOCAL}:") for desk in desks)
