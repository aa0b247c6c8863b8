"""Checking in to a booking: told to its platform where it takes that word, and kept with the booking."""

from datetime import datetime

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import Conflict
from cowork_cli.services.bookings.records import answer_of
from cowork_cli.store import bookings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store

LOCAL = "local"


def plan(query: str, now: datetime, *, store: "Store", accounts: "Accounts") -> Booking:
    """The booking meant, nothing sent. Raises NotFound, Conflict, and Unsupported where it lacks."""
    from cowork_cli.services.identifiers import naming

    booking = naming.find_booking(store, query)
    if booking.ref is None or booking.state in ("cancelled", "refused", "unknown"):
        raise Conflict(
            f"{booking.id} is {booking.state}", f"see `cowork booking show {booking.id}`"
        )
    if booking.account != LOCAL:
        accounts.receiver(booking.account)
    else:
        _refuse_another_day(booking, now)
    return booking


def _refuse_another_day(booking: Booking, now: datetime) -> None:
    """Nobody is asked of the own book: one comes on a day of the booking, by the clock of its place."""
    today = now.astimezone(zone_named(booking.timezone)).date()
    if today < booking.from_.date():
        raise Conflict(
            f"{booking.id} is on {booking.from_:%a %Y-%m-%d}", "check in on that day, when you come"
        )
    if today > booking.to.date():
        raise Conflict(
            f"{booking.id} was over on {booking.to:%a %Y-%m-%d}",
            f"where a day was spent is said with `cowork day log {booking.from_:%Y-%m-%d} --at PLACE`",
        )


def check_in(booking: Booking, *, store: "Store", accounts: "Accounts") -> tuple[Booking, bool]:
    """Checks in; the booking as it is then, and whether that is new. Raises OutcomeUnknown.

    What the platform answers goes into the own record, with the instant. Again it changes nothing in the own book.
    """
    number = int(booking.id.removeprefix("b-"))
    came = {"check_in_by": None, "checked_in_at": store.now_s}
    if booking.account == LOCAL:
        if booking.checked_in is not None:
            return booking, False
        values = came
    else:
        assert booking.ref is not None
        receiver = accounts.receiver(booking.account)
        there = receiver.check_in(booking.ref, key=new_uuid(store.now_ms))
        values = {**came, **answer_of(there, None), "check_in_by": None}
    with store.transaction() as journal:
        if booking.account != LOCAL:
            journal.bar_undo(f"{booking.id} was checked in", f"booking show {booking.id}")
        bookings.change(journal, number, values)
    checked = bookings.own(store, number)
    assert checked is not None
    return checked, True
