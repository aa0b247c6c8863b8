"""Checking in to a booking, where its platform takes that word."""

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.identity import new_uuid
from cowork_cli.errors import Conflict
from cowork_cli.services.bookings.records import answer_of
from cowork_cli.store import bookings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def plan(query: str, *, store: "Store", accounts: "Accounts") -> Booking:
    """The booking meant, nothing sent. Raises NotFound, Conflict, and Unsupported where it lacks."""
    from cowork_cli.services.identifiers import naming

    booking = naming.find_booking(store, query)
    if booking.ref is None or booking.state in ("cancelled", "refused", "unknown"):
        raise Conflict(f"{booking.id} is {booking.state}", "see `cowork booking show`")
    accounts.receiver(booking.account)
    return booking


def check_in(booking: Booking, *, store: "Store", accounts: "Accounts") -> Booking:
    """Checks in; what the platform answers goes into the own record. Raises OutcomeUnknown."""
    assert booking.ref is not None
    receiver = accounts.receiver(booking.account)
    there = receiver.check_in(booking.ref, key=new_uuid(store.now_ms))
    number = int(booking.id.removeprefix("b-"))
    with store.transaction() as journal:
        if booking.account != "local":
            journal.bar_undo(f"{booking.id} was checked in", f"booking show {booking.id}")
        bookings.change(journal, number, {**answer_of(there, None), "check_in_by": None})
    checked = bookings.own(store, number)
    assert checked is not None
    return checked
