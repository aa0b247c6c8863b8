"""Owns what a provider can be asked: one small Protocol for each capability.

There is no base class. A provider that cannot book has no `book`. What adapters share are the
functions below. Adapters return domain values and raise only errors of `cowork_cli.errors`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable
from zoneinfo import ZoneInfo

from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest
from cowork_cli.domain.booking import (
    BookingRequest,
    CancelTerms,
    ProviderBooking,
    Quote,
    Window,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Space, SpaceQuery
from cowork_cli.domain.zones import written_instant
from cowork_cli.errors import BadAnswer, Conflict, CoworkError, OutcomeUnknown
from cowork_cli.records import dataclass, field

if TYPE_CHECKING:
    from cowork_cli.http_client import HttpClient, Masked

T = TypeVar("T")


@runtime_checkable
class CanSearch(Protocol):
    """Knows spaces."""

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Spaces in the circle, nearest first, read page by page as the caller goes on.

        What a list does not tell stays unknown: the caller narrows by kinds and amenities, a
        provider may narrow where its service does so reliably.
        """
        ...

    def space(self, ref: Ref) -> Space:
        """All that is known of one space. Raises NotFound."""
        ...


@runtime_checkable
class CanCheckAvailability(Protocol):
    """Knows desks and when they are free."""

    def desks(self, space: Ref) -> Sequence[Desk]:
        """What can be booked in a space. Raises NotFound."""
        ...

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """The free stretches of a desk within `window`, in order. Raises NotFound."""
        ...


@runtime_checkable
class CanBook(Protocol):
    """Takes bookings."""

    def quote(self, request: BookingRequest) -> Quote:
        """What it would cost now; nothing is booked."""
        ...

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books, and with the same `key` only once.

        Raises SlotTaken, Conflict for any other refusal, OutcomeUnknown if the answer was lost.
        """
        ...

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        ...

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings that touch `window`, in order of their start."""
        ...

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Cancels; a cancelled one stays cancelled. Raises NotFound, Conflict if it is too late."""
        ...


@runtime_checkable
class CanRegisterAddress(Protocol):
    """Sells virtual-office addresses."""

    def plans(self, query: SpaceQuery | None = None) -> Iterator[AddressPlan]:
        """Offers, in the circle of `query` if one is given."""
        ...

    def register(self, request: AddressRequest, *, key: str) -> AddressRegistration:
        """Orders an address, and with the same `key` only once. Raises OutcomeUnknown."""
        ...

    def registration(self, ref: Ref) -> AddressRegistration:
        """How an order stands. Raises NotFound."""
        ...


@runtime_checkable
class ListsRegistrations(Protocol):
    """Lists the addresses that this account has ordered: an order whose answer was lost is found there."""

    def registrations(self) -> Iterator[AddressRegistration]:
        """All of them, also those that have ended."""
        ...


# ---- what a booking service may have beside its capability: asked for with `isinstance`


@runtime_checkable
class KnowsItsSpaces(Protocol):
    """Knows the spaces that this account is at."""

    def spaces(self) -> Sequence[Space]:
        """All of them."""
        ...

    def space(self, ref: Ref) -> Space:
        """All that is known of one. Raises NotFound."""
        ...


@runtime_checkable
class CanMove(Protocol):
    """Moves a booking in one step. Who cannot: the new one is booked, then the old one cancelled."""

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """To another time, another desk. Raises SlotTaken, Conflict, NotFound, OutcomeUnknown.

        Raises Unsupported, before anything is sent, for a move that this platform cannot make.
        """
        ...


@runtime_checkable
class TellsTerms(Protocol):
    """Tells what cancelling a booking costs now."""

    def terms(self, ref: Ref) -> CancelTerms:
        """Deadline and fee of one booking. Raises NotFound."""
        ...


@runtime_checkable
class SeesInPart(Protocol):
    """Lists my bookings, but not of every desk: what is missing there may still stand."""

    def sees(self, desk: Ref) -> bool:
        """Whether `bookings` would show a booking of that desk. Raises NotFound."""
        ...


@runtime_checkable
class CanCheckIn(Protocol):
    """Takes the word that one has come."""

    def check_in(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Checks in to a booking. Raises NotFound, Conflict, OutcomeUnknown."""
        ...


@runtime_checkable
class HasBookingPage(Protocol):
    """Takes no bookings from here, but names the web page where one books."""

    def booking_page(self, desk: Ref) -> str:
        """The address of that page. Raises NotFound."""
        ...


@runtime_checkable
class CanCheck(Protocol):
    """Knows whether it can be asked. Every provider does; it is no capability of its own."""

    def check(self, capability: str) -> str:
        """Asks the service for the least that shows `capability` to work with this account's rights.

        Changes nothing there. The answer in words ("1,204 spaces"); raises the error that using it
        would raise.
        """
        ...


class Session(Protocol):
    """The login of an account whose platform trades a secret for a token (`session` in the registry)."""

    def secret(self) -> "Masked":
        """What the person gave: a password, a client secret. Raises LoginRequired."""
        ...

    def token(self, *, anew: bool = False) -> "Masked | None":
        """The token won last, if it could be kept; `anew`: also by another command, meanwhile."""
        ...

    def keep(self, token: str) -> "Masked":
        """Keeps a new token where the secret came from, before it is used; gives it back masked."""
        ...


class LoginDesk(Protocol):
    """The person who logs in: what they give, are shown, and are asked."""

    username: str | None
    register: bool
    """Whether they said that a client may be registered for them."""

    def secret(self, question: str) -> "Masked":
        """The password or token, from standard input or typed unseen. Raises EndOfInput."""
        ...

    def given(self) -> bool:
        """Whether the secret comes from standard input, so that nothing else is to be tried."""
        ...

    def ask(self, question: str) -> str:
        """An answer, typed or the next line of standard input. Raises EndOfInput."""
        ...

    def show(self, line: str) -> None:
        """A line to be read."""
        ...

    def open(self, url: str) -> bool:
        """Opens an address in a browser; False where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Login:
    """What logging in gave: the secret to keep, and the token that was won with it, if one was."""

    secret: str = field(repr=False)
    session: str | None = field(default=None, repr=False)


LogIn = Callable[[str, Mapping[str, object], "HttpClient", LoginDesk], Login]
"""How a provider logs in: account, settings, a client without a login, the person."""


CAPABILITIES: Mapping[str, type] = {
    "search": CanSearch,
    "availability": CanCheckAvailability,
    "booking": CanBook,
    "address": CanRegisterAddress,
}
"""The word for each capability, as in the registry and in `cowork provider list`."""

LACKING: Mapping[str, str] = {
    "search": "knows no spaces",
    "availability": "does not tell when desks are free",
    "booking": "takes no bookings",
    "address": "sells no addresses",
}
"""What is said of a provider without the capability."""


def once(
    send: Callable[[], T],
    look: Callable[[], T | None],
    *,
    again: bool = False,
) -> T:
    """What a write gave, or what `look` finds of it where its answer was lost.

    `look` reads back; None is "not there". With `again` it is then sent a second time: only where
    the platform itself refuses the same thing twice. Raises OutcomeUnknown where it stays unclear.
    """
    try:
        return send()
    except OutcomeUnknown as lost:
        doubt = lost
    there = _read_back(look, doubt)
    if there is not None:
        return there
    if not again:
        raise doubt
    try:
        return send()
    except CoworkError as second:
        # The first one may have arrived late, and stand in the way of the second.
        there = _read_back(look, doubt)
        if there is not None:
            return there
        # What did not get through this time says nothing of the first.
        raise second if isinstance(second, Conflict) else doubt from None


def _read_back(look: Callable[[], T | None], doubt: OutcomeUnknown) -> T | None:
    try:
        return look()
    except CoworkError:
        raise doubt from None


def paged(fetch: Callable[[int], tuple[Sequence[T], bool]]) -> Iterator[T]:
    """The rows of all pages, each page asked for only when its first row is wanted.

    `fetch(number)`, counted from 1, gives the rows of a page and whether more follow. An empty page
    ends the list whatever it says, so that a wrong count cannot ask for ever.
    """
    number, more = 1, True
    while more:
        rows, more = fetch(number)
        if not rows:
            return
        yield from rows
        number += 1


def required(row: object, field: str, account: str) -> object:
    """`row[field]`, dots going deeper. Raises BadAnswer naming the field if it is not there."""
    value = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        raise BadAnswer(
            f'account "{account}" answered without the field "{field}"',
            "its interface may have changed; look for a newer cowork",
            account=account,
        )
    return value


YEARS = range(1900, 3000)
"""What a platform can mean; at the ends of the calendar a change of zone has no value."""


def parse_instant(text: str, zone: ZoneInfo, *, account: str | None = None) -> datetime:
    """An ISO 8601 time as an instant in `zone`.

    Without an offset it is local time there. Raises BadAnswer for anything else, also for a local
    time that the change of the clocks skips or doubles: it is never moved silently.
    """
    value = written_instant(text)
    if value is not None and value.year in YEARS:
        return value.astimezone(zone)
    try:
        value = datetime.fromisoformat(text) if ":" in text else None
    except ValueError:
        value = None
    if value is None or value.tzinfo is not None or value.year not in YEARS:
        raise BadAnswer(f'"{text}" is not a time', account=account)
    local = value.replace(tzinfo=zone)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != value or local.utcoffset() != local.replace(fold=1).utcoffset():
        raise BadAnswer(f'"{text}" does not name one instant in {zone.key}', account=account)
    return local
