"""Cancelling bookings, and finding out what became of those whose answer was lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import LIVE_STATES, Booking, ProviderBooking, Window
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk
from cowork_cli.domain.zones import plus
from cowork_cli.errors import (
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    by_gravity,
    raise_if_all_failed,
)
from cowork_cli.records import dataclass, replace
from cowork_cli.services.bookings.orders import Outcome
from cowork_cli.services.bookings.records import answer_of, bring_in, space_of
from cowork_cli.store import bookings, spaces
from cowork_cli.store.bookings import Intent

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
LOOK_BACK = timedelta(days=1)
LOOK_AHEAD = timedelta(days=366)


# ---- cancelling


def to_cancel(query: str, *, store: "Store", now: datetime) -> Booking:
    """The booking meant, by id, ref or exact name only.

    Raises NotFound, Ambiguous; Conflict if it is over or its outcome is not known yet.
    """
    booking = _meant(query, store)
    _refuse_late(booking, now)
    return booking


def _meant(query: str, store: "Store") -> Booking:
    from cowork_cli.services.identifiers import naming

    return naming.find_booking(store, query, strict=True)


def _refuse_late(booking: Booking, now: datetime) -> None:
    if booking.state in ("cancelled", "refused"):
        return
    if booking.ref is None:
        raise Conflict(
            f"what became of {booking.id} is not known yet", "ask with `cowork booking sync`"
        )
    if booking.to <= now:
        raise Conflict(f"{booking.id} is over since {booking.to:%a %Y-%m-%d %H:%M}")


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


def cancel(booking: Booking, *, store: "Store", accounts: "Accounts") -> Booking:
    """Cancels at the provider and in the own records. Raises Conflict, OutcomeUnknown."""
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
        there = accounts.booker(booking.account).cancel(booking.ref, key=key)
    except OutcomeUnknown as error:
        _settle(store, intent, "unknown", error.message)
        error.hint = error.hint or "ask what became of it with `cowork booking sync`"
        raise
    except CoworkError as error:
        _settle(store, intent, "refused", error.message)
        raise
    with store.transaction() as journal:
        bookings.settle(journal, intent, "done", store.now_s)
        bookings.change(journal, number, {"state": there.state})
    cancelled = bookings.own(store, number)
    assert cancelled is not None
    return cancelled


def _settle(store: "Store", intent: int, state: str, detail: str | None = None) -> None:
    with store.transaction() as journal:
        bookings.settle(journal, intent, state, store.now_s, detail)


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


def plan_cancel(queries: Sequence[str], *, store: "Store", now: datetime) -> CancelPlan:
    """What cancelling these would do, nothing sent yet.

    Raises NotFound, Ambiguous for a name that fits none or several: then nothing is cancelled. One
    that cannot be cancelled is a problem beside the others, and raised if there are none.
    """
    named = {booking.id: booking for booking in (_meant(query, store) for query in queries)}
    chosen: list[tuple[Booking, str]] = []
    settled: list[Booking] = []
    problems: list[CoworkError] = []
    for booking in named.values():
        try:
            _refuse_late(booking, now)
        except Conflict as problem:
            problems.append(problem)
            continue
        if booking.state in ("cancelled", "refused"):
            settled.append(booking)
        else:
            chosen.append((booking, terms(booking, now)))
    raise_if_all_failed(problems, done=bool(chosen or settled))
    return CancelPlan(tuple(chosen), tuple(settled), tuple(by_gravity(problems)))


def cancel_all(plan: CancelPlan, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Cancels one after the other; what succeeds stays. Raises the gravest if none did."""
    done = list(plan.settled)
    notes, problems = list(plan.notes), list(plan.problems)
    for booking, _ in plan.open:
        try:
            done.append(cancel(booking, store=store, accounts=accounts))
            notes.append(f"Cancelled {booking.id}.")
        except CoworkError as problem:
            if booking.id not in problem.message and len(plan.open) > 1:
                problem.message = f"{booking.id}: {problem.message}"
            problems.append(problem)
    raise_if_all_failed(problems, done=bool(done))
    return Outcome(done, by_gravity(problems), notes)


# ---- asking what became of them


def sync(
    *, store: "Store", accounts: "Accounts", account: str | None, now: datetime
) -> tuple[list[Booking], list[CoworkError], list[str]]:
    """Settles unknown outcomes and brings in what was booked or cancelled elsewhere.

    Returns the bookings that changed, the accounts that failed, and what to say.
    """
    chosen = accounts.enabled("booking", [account] if account else [])
    changed: dict[str, Booking] = {}
    problems: list[CoworkError] = []
    for name in chosen:
        try:
            for booking in [
                *_settle_all(name, store, accounts),
                *_bring_in_all(name, store, accounts, now),
            ]:
                changed[booking.id] = booking
        except CoworkError as error:
            error.account = error.account or name
            problems.append(error)
    left = len(bookings.unsettled(store, account))
    notes = [f"{left} still unknown; try again later."] if left else []
    return list(changed.values()), by_gravity(problems), notes


def _settle_all(name: str, store: "Store", accounts: "Accounts") -> list[Booking]:
    provider = accounts.booker(name)
    settled: list[Booking] = []
    for intent in bookings.unsettled(store, name):
        booking = bookings.own(store, intent.booking)
        if booking is None:
            _settle(store, intent.id, "refused", "its record is gone")
            continue
        window = Window(booking.from_, booking.to)
        if intent.kind == "cancellation" and booking.ref is not None:
            there: ProviderBooking | None = provider.booking(booking.ref)
        else:
            there = _match(booking, provider.bookings(window), store)
        settled.append(_settled(intent, booking, there, store))
    return settled


def _match(
    booking: Booking, listed: Sequence[ProviderBooking], store: "Store"
) -> ProviderBooking | None:
    """The live booking at the provider that is this one: desk, time, person, and nobody else's."""
    for there in listed:
        if (there.desk, there.window.from_, there.window.to) != (
            booking.desk_ref,
            booking.from_,
            booking.to,
        ) or there.state not in LIVE_STATES:
            continue
        known = bookings.own_by_ref(store, there.ref)
        if there.person == booking.person and (known is None or known.id == booking.id):
            return there
    return None


def _settled(
    intent: Intent, booking: Booking, there: ProviderBooking | None, store: "Store"
) -> Booking:
    cancelling = intent.kind == "cancellation"
    happened = there is not None and (not cancelling or there.state == "cancelled")
    with store.transaction() as journal:
        detail = "found at the provider" if happened else "not found at the provider"
        bookings.settle(journal, intent.id, "done" if happened else "refused", store.now_s, detail)
        if there is not None:
            bookings.change(journal, intent.booking, answer_of(there, None))
        elif not cancelling:
            bookings.change(journal, intent.booking, {"state": "refused"})
    settled = bookings.own(store, intent.booking)
    assert settled is not None
    return settled


def _bring_in_all(name: str, store: "Store", accounts: "Accounts", now: datetime) -> list[Booking]:
    provider = accounts.booker(name)
    changed: list[Booking] = []
    for there in provider.bookings(Window(plus(now, -LOOK_BACK), plus(now, LOOK_AHEAD))):
        known = bookings.own_by_ref(store, there.ref)
        if known is not None:
            if known.state != there.state:
                number = int(known.id.removeprefix("b-"))
                with store.transaction() as journal:
                    bookings.change(journal, number, {"state": there.state})
                changed.append(replace(known, state=there.state))
        elif there.state in LIVE_STATES:
            desk = _desk_of(there.desk, store, accounts)
            space = space_of(desk, store, accounts)
            changed.append(bring_in(there, desk, space, accounts.zones.of(space), store))
    return changed


def _desk_of(ref: Ref, store: "Store", accounts: "Accounts") -> Desk:
    """The desk of a booking; one that its provider no longer lists keeps its id as its name."""
    row = spaces.desk_named(store, ref)
    if row is not None:
        return row[1]
    space = Ref(ref.account, ref.id.rpartition("/")[0] or ref.id)
    listed: Sequence[Desk] = ()
    if accounts.can(ref.account, "availability"):
        try:
            listed = accounts.availability(ref.account).desks(space)
        except NotFound:
            listed = ()
    named = [desk for desk in listed if desk.ref == ref]
    return named[0] if named else Desk(ref, space, ref.id.rpartition("/")[2])
