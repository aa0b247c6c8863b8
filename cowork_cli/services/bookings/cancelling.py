"""Cancelling bookings: deadline and fee first, several at once, part of a series."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import LIVE_STATES, Booking
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.zones import elapsed
from cowork_cli.errors import (
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    by_gravity,
    raise_if_all_failed,
)
from cowork_cli.records import dataclass, replace
from cowork_cli.services.bookings.orders import LOCAL, Outcome
from cowork_cli.store import bookings

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """What is to be cancelled: `open` bookings with their terms; `settled` ones are so already."""

    open: tuple[tuple[Booking, str], ...]
    settled: tuple[Booking, ...]
    problems: tuple[CoworkError, ...]

    @property
    def bookings(self) -> list[Booking]:
        """All that were named and understood."""
        return [*(booking for booking, _ in self.open), *self.settled]

    @property
    def notes(self) -> list[str]:
        """What is said of those that need nothing."""
        return [f"{booking.id} is {booking.state} already." for booking in self.settled]

    def lines(self, verb: str = "") -> list[str]:
        """Each booking with its terms, fee and deadline first."""
        joined = f" {verb}" if verb else ": "
        return [f"{_described(booking)}{joined}{told}" for booking, told in self.open]


def _described(booking: Booking) -> str:
    return f"{booking.id}, {booking.desk_name} on {booking.from_:%a %Y-%m-%d %H:%M}"


# ---- which


@dataclass(frozen=True, slots=True)
class Days:
    """Which days of a series are meant; each of `named` must have a booking, one of a stretch need not."""

    every: tuple[date, ...] = ()
    named: tuple[date, ...] = ()


ALL_DAYS = Days()


def plan_cancel(
    queries: Sequence[str],
    *,
    store: "Store",
    now: datetime,
    days: Days = ALL_DAYS,
    accounts: "Accounts | None" = None,
) -> CancelPlan:
    """What cancelling these would do, nothing sent yet; `days` picks of a series.

    Raises NotFound, Ambiguous for a name that fits none or several: then nothing is cancelled. One
    that cannot be cancelled is a problem beside the others, and raised if there are none. The
    platforms are asked for their terms of today if `accounts` are given.
    """
    named = {row.id: row for query in queries for row in meant(query, days, store, now)}
    chosen: list[tuple[Booking, str]] = []
    settled: list[Booking] = []
    problems: list[CoworkError] = []
    for booking in named.values():
        try:
            refuse_late(booking, now)
        except Conflict as problem:
            problems.append(problem)
            continue
        if booking.state in ("cancelled", "refused"):
            settled.append(booking)
        else:
            chosen.append((booking, _terms_now(booking, now, accounts)))
    raise_if_all_failed(problems, done=bool(chosen or settled))
    return CancelPlan(tuple(chosen), tuple(settled), tuple(by_gravity(problems)))


def meant(query: str, days: Days, store: "Store", now: datetime) -> list[Booking]:
    """The booking, or those of a series that are still to come, or on these days.

    Raises NotFound, Ambiguous; Conflict for a series that is over.
    """
    from cowork_cli.services.identifiers import naming

    series = bookings.of_series(store, query.strip())
    if not series:
        booking = naming.find_booking(store, query, strict=True)
        if not days.every:
            return [booking]
        series = bookings.of_series(store, booking.series) if booking.series else [booking]
    if days.every:
        return _on_days(query, days, series)
    ahead = [booking for booking in series if elapsed(now, booking.to).total_seconds() > 0]
    if not ahead:
        raise Conflict(
            f"every booking of {query} is over", f"see them with `cowork booking show {query}`"
        )
    return ahead


def _on_days(query: str, days: Days, series: Sequence[Booking]) -> list[Booking]:
    """Those on the days; where one stands, what was cancelled of the same day is not meant."""
    chosen = [booking for booking in series if booking.from_.date() in days.every]
    there = {booking.from_.date() for booking in chosen}
    missing = [f"{day:%a %Y-%m-%d}" for day in days.named if day not in there]
    if missing or not chosen:
        raise NotFound(
            f"{query} has no booking on {', '.join(missing) or 'these days'}",
            f"see its days with `cowork booking show {query}`",
        )
    live = {booking.from_.date() for booking in chosen if booking.state in LIVE_STATES}
    return [
        booking
        for booking in chosen
        if booking.state in LIVE_STATES or booking.from_.date() not in live
    ]


def refuse_late(booking: Booking, now: datetime) -> None:
    """Raises Conflict for a booking that is over, or of which nobody knows what became of it."""
    if booking.state in ("cancelled", "refused"):
        return
    if booking.ref is None:
        raise Conflict(
            f"what became of {booking.id} is not known yet", "ask with `cowork booking sync`"
        )
    if booking.to <= now:
        raise Conflict(
            f"{booking.id} is over since {booking.to:%a %Y-%m-%d %H:%M}",
            "see what is ahead with `cowork booking list`",
        )


# ---- on which terms


def terms(booking: Booking, now: datetime) -> str:
    """Fee and deadline of a cancellation, in one line."""
    if booking.cancel_fee is not None and booking.cancel_fee.minor:
        fee = f"cancelling costs {booking.cancel_fee}"
    elif booking.cancel_fee is not None or booking.account == LOCAL:
        fee = "cancelling costs nothing"
    else:
        fee = "what cancelling costs is not known"
    if booking.cancel_until is None:
        return fee
    late = " (that has passed)" if booking.cancel_until < now else ""
    return f"{fee}, possible until {booking.cancel_until:%a %Y-%m-%d %H:%M}{late}"


def _terms_now(booking: Booking, now: datetime, accounts: "Accounts | None") -> str:
    """The terms as the platform tells them now; what was noted when it was booked, if it does not."""
    if accounts is None or booking.account == LOCAL or booking.ref is None:
        return terms(booking, now)
    try:
        teller = accounts.teller(booking.account)
        told = teller.terms(booking.ref) if teller is not None else None
    except CoworkError as problem:
        return f"{terms(booking, now)}; asking for today's terms failed: {problem.message}"
    if told is None:
        return terms(booking, now)
    fresh = replace(
        booking,
        cancel_fee=told.fee if told.fee is not None else booking.cancel_fee,
        cancel_until=told.until or booking.cancel_until,
    )
    return "; ".join([terms(fresh, now), *told.remarks])


# ---- cancelling


def cancel(booking: Booking, *, store: "Store", accounts: "Accounts") -> Booking:
    """Cancels at the provider and in the own records. Raises Conflict, OutcomeUnknown.

    One that its provider no longer has is cancelled. `requested` comes back where the provider has
    only sent a mail: it stands until the person follows that.
    """
    assert booking.ref is not None
    number = int(booking.id.removeprefix("b-"))
    key = new_uuid(store.now_ms)
    with store.transaction() as journal:
        intent = bookings.intend(
            journal, "cancellation", booking.account, key, {"booking": number}, store.now_s
        )
        if booking.account != LOCAL:
            journal.bar_undo(f"{booking.id} was cancelled at {booking.account}", "booking add")
    try:
        state = accounts.booker(booking.account).cancel(booking.ref, key=key).state
    except NotFound:
        state = "cancelled"
    except OutcomeUnknown as error:
        _settle(store, intent, "unknown", error.message)
        error.hint = error.hint or "ask what became of it with `cowork booking sync`"
        raise
    except CoworkError as error:
        _settle(store, intent, "refused", error.message)
        raise
    with store.transaction() as journal:
        bookings.settle(journal, intent, "done", store.now_s)
        bookings.change(journal, number, {"state": state})
    cancelled = bookings.own(store, number)
    assert cancelled is not None
    return cancelled


def told(booking: Booking) -> str:
    """What is said after a cancellation."""
    if booking.state == "requested":
        return (
            f"{booking.id} is not cancelled yet: its cancellation is requested, and the space has"
            " sent you a mail with the link that does it."
        )
    return f"Cancelled {booking.id}."


def _settle(store: "Store", intent: int, state: str, detail: str | None = None) -> None:
    with store.transaction() as journal:
        bookings.settle(journal, intent, state, store.now_s, detail)


def cancel_all(plan: CancelPlan, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Cancels one after the other; what succeeds stays. Raises the gravest if none did."""
    done = list(plan.settled)
    notes, problems = list(plan.notes), list(plan.problems)
    for booking, _ in plan.open:
        try:
            done.append(cancel(booking, store=store, accounts=accounts))
            notes.append(told(done[-1]))
        except CoworkError as problem:
            if booking.id not in problem.message and len(plan.open) > 1:
                problem.message = f"{booking.id}: {problem.message}"
            problems.append(problem)
    raise_if_all_failed(problems, done=bool(done))
    return Outcome(done, by_gravity(problems), notes)
