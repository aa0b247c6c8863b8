"""Spaces without software: a booking is asked for by mail, and settled by what the space answers.

It stays in the own book meanwhile, so that nothing else takes its desk; `asked` says that nobody has agreed
yet. Declined, it is struck out there.
"""

from typing import TYPE_CHECKING

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.calendars import writing
from cowork_cli.domain.calendars.answers import Answer
from cowork_cli.domain.identity import new_uuid
from cowork_cli.errors import BadInput, Conflict, Unsupported
from cowork_cli.records import dataclass
from cowork_cli.services.bookings.exporting import event_of, uid_of
from cowork_cli.services.bookings.orders import LOCAL
from cowork_cli.services.identifiers import naming
from cowork_cli.services.identifiers.contacts import sender
from cowork_cli.store import bookings, spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a name and an e-mail address."""

    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What an answer made of a booking, and what to say of it."""

    booking: Booking
    notes: tuple[str, ...]


def to_ask(query: str, store: "Store") -> Booking:
    """The booking that is to be asked for. Raises Unsupported, Conflict, BadInput; writes nothing."""
    booking = naming.find_booking(store, query)
    if booking.account != LOCAL:
        raise Unsupported(
            f"{booking.id} is booked at {booking.account}, which needs no mail",
            f"see it with `cowork booking show {booking.id}`",
        )
    if booking.state not in ("confirmed", "asked"):
        raise Conflict(f"{booking.id} is {booking.state}", "book again with `cowork book`")
    return booking


def letter(
    booking: Booking, person: Person, to: str | None, language: str, store: "Store"
) -> bytes:
    """The mail as a file. Raises BadInput where an address is missing or is none."""
    from cowork_cli.documents.booking_mail import BookingMail, eml

    space = spaces.space_of_desk(store, booking.desk_ref)
    address = to or (space.email if space else None)
    if not address:
        raise BadInput(
            f"the e-mail address of {booking.space_name} is not known",
            f"give it with `--to`, or keep it: `cowork space edit {booking.desk_ref.id.partition('/')[0]}"
            " --email ADDRESS`",
        )
    name, email = sender(person.name, person.email, "who asks")
    event = event_of(
        booking, store, organizer=(name, email), attendee=(booking.space_name, address)
    )  # fmt: skip
    request = writing.document([event], method="REQUEST")
    return eml(BookingMail(booking, language, name, email, booking.space_name, address, request))


def mark_asked(booking: Booking, store: "Store") -> Booking:
    """Nobody has agreed yet: until `confirm` it is `asked`."""
    return _changed(booking, "asked", store)


def confirm(query: str, store: "Store") -> Settled:
    """The space has agreed. Raises Conflict for a booking that was not asked for."""
    booking = naming.find_booking(store, query)
    if booking.state == "confirmed":
        return Settled(booking, (f"{booking.id} is confirmed already.",))
    if booking.state != "asked" or booking.account != LOCAL:
        raise Conflict(
            f"{booking.id} is {booking.state}, and was not asked for by mail",
            "see what became of it with `cowork booking sync`",
        )
    return Settled(_changed(booking, "confirmed", store), ())


def settle(query: str, answer: Answer, store: "Store", accounts: "Accounts") -> Settled:
    """What the space answered. Raises Conflict for an answer to something else, or to an older request."""
    booking = naming.find_booking(store, query)
    version = bookings.version(store, int(booking.id.removeprefix("b-")))
    if answer.uid != uid_of(version.uuid):
        raise Conflict(
            f"the file does not answer the request of {booking.id}",
            "give the booking that it answers: `cowork booking list --state asked`",
        )
    if booking.state != "asked":
        done = {"accepted": "confirmed", "declined": "refused"}.get(answer.said)
        if booking.state == done:
            return Settled(booking, (f"{booking.id} is {booking.state} already.",))
        raise Conflict(
            f"{booking.id} is {booking.state}; it waits for no answer",
            "see what does: `cowork booking list --state asked`",
        )
    if answer.sequence is not None and answer.sequence < version.changes:
        raise Conflict(
            f"the answer is to an older request of {booking.id}",
            f"ask again with `cowork booking mail {booking.id}`",
        )
    return _settled(booking, answer, store, accounts)


def _settled(booking: Booking, answer: Answer, store: "Store", accounts: "Accounts") -> Settled:
    if answer.said == "accepted":
        return Settled(_changed(booking, "confirmed", store), ())
    if answer.said == "declined":
        assert booking.ref is not None
        accounts.booker(LOCAL).cancel(booking.ref, key=new_uuid(store.now_ms))
        return Settled(
            _changed(booking, "refused", store), (f"{booking.space_name} has declined.",)
        )
    if answer.said == "tentative" or answer.from_ is None or answer.to is None:
        return Settled(
            booking, (f"{booking.space_name} has not decided; {booking.id} stays asked.",)
        )
    zone = booking.from_.tzinfo
    begin, end = answer.from_.astimezone(zone), answer.to.astimezone(zone)
    return Settled(
        booking,
        (
            f"{booking.space_name} proposes {begin:%a %Y-%m-%d %H:%M}–{end:%H:%M} instead. Take it with"
            f" `cowork booking move {booking.id} --on {begin:%Y-%m-%d} --from {begin:%H:%M}"
            f" --to {end:%H:%M}`.",
        ),
    )


def _changed(booking: Booking, state: str, store: "Store") -> Booking:
    number = int(booking.id.removeprefix("b-"))
    with store.transaction() as journal:
        bookings.change(journal, number, {"state": state})
    changed = bookings.own(store, number)
    assert changed is not None
    return changed
