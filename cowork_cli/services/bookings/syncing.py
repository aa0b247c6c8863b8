"""Finding out what became of bookings whose answer was lost, and what was done elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.booking import LIVE_STATES, Booking, ProviderBooking, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk
from cowork_cli.domain.zones import plus, seconds_of
from cowork_cli.errors import CoworkError, NotFound, Unsupported, by_gravity
from cowork_cli.records import replace
from cowork_cli.services.bookings.records import answer_of, arrival_of, bring_in, space_of
from cowork_cli.store import bookings, spaces
from cowork_cli.store.bookings import Intent

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
LOOK_BACK = timedelta(days=1)
LOOK_AHEAD = timedelta(days=366)


def _settle(store: "Store", intent: int, state: str, detail: str | None = None) -> None:
    with store.transaction() as journal:
        bookings.settle(journal, intent, state, store.now_s, detail)


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
    notes = [f"{left} still unknown; try again later, or ask the space."] if left else []
    return list(changed.values()), by_gravity(problems), notes


def _settle_all(name: str, store: "Store", accounts: "Accounts") -> list[Booking]:
    settled: list[Booking] = []
    for intent in bookings.unsettled(store, name):
        booking = bookings.own(store, intent.booking)
        if booking is None:
            _settle(store, intent.id, "refused", "its record is gone")
        elif intent.kind == "cancellation" or intent.moved is not None:
            settled.append(_settled_standing(intent, booking, store, accounts))
        else:
            there = _match(booking, _listed(booking, accounts), store)
            if there is None and _may_stand(booking, accounts):
                continue  # its provider lists no such bookings: nobody can tell from here
            settled.append(_settled(intent, booking, there, store))
    return settled


def _listed(booking: Booking, accounts: "Accounts") -> Sequence[ProviderBooking]:
    window = Window(booking.from_, booking.to)
    return accounts.booker(booking.account).bookings(window)


def _may_stand(booking: Booking, accounts: "Accounts") -> bool:
    """Whether a booking that is not listed may still be there; a desk that is free says no."""
    if booking.account == LOCAL or accounts.sees(booking.desk_ref):
        return False
    window = Window(booking.from_, booking.to)
    slots = accounts.availability(booking.account).free(booking.desk_ref, window)
    return not any(slot.from_ <= window.from_ and slot.to >= window.to for slot in slots)


def _settled_standing(
    intent: Intent, booking: Booking, store: "Store", accounts: "Accounts"
) -> Booking:
    """A cancellation or a move of a booking that had a ref: the booking itself tells."""
    assert booking.ref is not None
    try:
        there: ProviderBooking | None = accounts.booker(booking.account).booking(booking.ref)
    except NotFound:
        there = None
    gone = there is None or there.state == "cancelled"
    changes = {"state": "cancelled"} if gone or there is None else changes_of(there)
    if intent.moved is None:
        happened = gone
    else:
        happened = there is not None and (
            str(there.desk), seconds_of(there.window.from_), seconds_of(there.window.to)
        ) == (intent.moved["desk"], intent.moved["from"], intent.moved["to"])  # fmt: skip
    with store.transaction() as journal:
        detail = "found at the provider" if happened else "not found at the provider"
        bookings.settle(journal, intent.id, "done" if happened else "refused", store.now_s, detail)
        bookings.change(journal, intent.booking, changes)
    settled = bookings.own(store, intent.booking)
    assert settled is not None
    return settled


def changes_of(there: ProviderBooking) -> dict[str, Any]:
    """What a booking is at its provider: state, desk and times."""
    return {
        "state": there.state,
        "desk_ref": str(there.desk),
        "from_at": seconds_of(there.window.from_),
        "to_at": seconds_of(there.window.to),
        **arrival_of(there),
    }


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
    with store.transaction() as journal:
        detail = "not found at the provider" if there is None else "found at the provider"
        outcome = "refused" if there is None else "done"
        bookings.settle(journal, intent.id, outcome, store.now_s, detail)
        changes = {"state": "refused"} if there is None else answer_of(there, None)
        bookings.change(journal, intent.booking, changes)
    settled = bookings.own(store, intent.booking)
    assert settled is not None
    return settled


def _bring_in_all(name: str, store: "Store", accounts: "Accounts", now: datetime) -> list[Booking]:
    provider = accounts.booker(name)
    changed: list[Booking] = []
    seen: set[Ref] = set()
    for there in provider.bookings(Window(plus(now, -LOOK_BACK), plus(now, LOOK_AHEAD))):
        seen.add(there.ref)
        known = bookings.own_by_ref(store, there.ref)
        if known is not None:
            changed += _brought_up(known, there, store)
        elif there.state in LIVE_STATES:
            desk = desk_of(there.desk, store, accounts)
            space = space_of(desk, store, accounts)
            changed.append(bring_in(there, desk, space, accounts.zones.of(space), store))
    return changed + _gone(name, seen, store, accounts, now)


def _brought_up(known: Booking, there: ProviderBooking, store: "Store") -> list[Booking]:
    """The own record as its provider has the booking; nothing if it is so already."""
    same = (known.state, known.desk_ref, known.from_, known.to) == (
        there.state, there.desk, there.window.from_, there.window.to
    )  # fmt: skip
    arrival = arrival_of(there)
    if "check_in_by" in arrival:
        by = seconds_of(known.check_in_by) if known.check_in_by else None
        same = same and arrival["check_in_by"] == by
    if "checked_in_at" in arrival:
        came = seconds_of(known.checked_in) if known.checked_in else None
        same = same and arrival["checked_in_at"] == came
    # A cancellation that was asked for by mail stands as requested while the booking does.
    # What a space was asked by mail is settled by its answer, not by the own book.
    told = known.state == "requested" or (known.state == "asked" and known.account == LOCAL)
    if same or (told and there.state == "confirmed"):
        return []
    number = int(known.id.removeprefix("b-"))
    with store.transaction() as journal:
        bookings.change(journal, number, changes_of(there))
    changed = bookings.own(store, number)
    return [changed] if changed is not None else []


def _gone(
    name: str, seen: set[Ref], store: "Store", accounts: "Accounts", now: datetime
) -> list[Booking]:
    """Own bookings to come that were not listed: asked for one by one, cancelled if not there."""
    if name == LOCAL:
        return []
    changed: list[Booking] = []
    for known in bookings.listed(store, from_at=seconds_of(now), account=name, states=LIVE_STATES):
        if known.ref is None or known.ref in seen or known.state == "unknown":
            continue
        try:
            changed += _brought_up(known, accounts.booker(name).booking(known.ref), store)
        except Unsupported:
            continue  # its provider does not show bookings of that kind
        except NotFound:
            number = int(known.id.removeprefix("b-"))
            with store.transaction() as journal:
                bookings.change(journal, number, {"state": "cancelled"})
            changed.append(replace(known, state="cancelled"))
    return changed


def desk_of(ref: Ref, store: "Store", accounts: "Accounts") -> Desk:
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
