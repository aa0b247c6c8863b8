"""Owns what a provider can be asked: one small Protocol for each capability.

There is no base class. A provider that cannot book has no `book`. What adapters share are the
functions below. Adapters return domain values and raise only errors of `cowork_cli.errors`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable
from zoneinfo import ZoneInfo

from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest
from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Space, SpaceQuery
from cowork_cli.domain.zones import written_instant
from cowork_cli.errors import BadAnswer

if TYPE_CHECKING:
    from cowork_cli.http_client import Masked

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

    def token(self) -> "Masked | None":
        """The token won last, if it could be kept."""
        ...

    def keep(self, token: str) -> "Masked":
        """Keeps a new token where the secret came from, before it is used; gives it back masked."""
        ...


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


def parse_instant(text: str, zone: ZoneInfo, *, account: str | None = None) -> datetime:
    """An ISO 8601 time as an instant in `zone`.

    Without an offset it is local time there. Raises BadAnswer for anything else, also for a local
    time that the change of the clocks skips or doubles: it is never moved silently.
    """
    value = written_instant(text)
    if value is not None:
        return value.astimezone(zone)
    try:
        value = datetime.fromisoformat(text) if ":" in text else None
    except ValueError:
        value = None
    if value is None or value.tzinfo is not None:
        raise BadAnswer(f'"{text}" is not a time', account=account)
    local = value.replace(tzinfo=zone)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != value or local.utcoffset() != local.replace(fold=1).utcoffset():
        raise BadAnswer(f'"{text}" does not name one instant in {zone.key}', account=account)
    return local
