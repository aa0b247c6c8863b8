"""Bookings: what is asked of a provider, and what came of it."""

from datetime import datetime
from decimal import Decimal

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass

STATES = ("asked", "requested", "pending", "confirmed", "cancelled", "refused", "unknown")
LIVE_STATES = ("asked", "requested", "pending", "confirmed", "unknown")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time at a space: aware instants in the space's own zone, `to` not included."""

    from_: datetime
    to: datetime


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One desk, one window, one person (None is the user)."""

    desk: Ref
    window: Window
    person: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who books without being a member: what a platform must be told of them."""

    name: str
    company: str | None
    address: PostalAddress
    email: str | None
    phone: str | None = None
    vat_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a request would cost now. `price` None: the provider does not say.

    `price` is what is left to pay after credits, `tax` whether VAT is in it (`net`, `gross`,
    `unknown`), `vat` how much of it is VAT. `credits` is what is used of them, `credit_hours` whether the
    platform counts hours and not pieces. `remarks` are sentences to be read before the question; `consent` is what
    one agrees to by booking, so that it is asked for also where nothing costs money.
    """

    price: Money | None
    credits: Decimal | None = None
    cancel_until: datetime | None = None
    cancel_fee: Money | None = None
    tax: str | None = None
    vat: Money | None = None
    remarks: tuple[str, ...] = ()
    consent: str | None = None
    credit_hours: bool = False


@dataclass(frozen=True, slots=True)
class CancelTerms:
    """Until when a booking can be cancelled and for what; None: the provider does not say."""

    until: datetime | None = None
    fee: Money | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderBooking:
    """A booking as its provider knows it; `state` is one of `STATES`.

    `check_in_by`: until when one has to check in, None where that is not wanted or not told; `checked_in`:
    it was done, at `checked_in_at` where that is told.
    """

    ref: Ref
    desk: Ref
    window: Window
    state: str
    price: Money | None = None
    person: str | None = None
    title: str | None = None
    cancel_until: datetime | None = None
    cancel_fee: Money | None = None
    tax: str | None = None
    vat: Money | None = None
    credits: Decimal | None = None
    check_in_by: datetime | None = None
    checked_in: bool = False
    checked_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking in the user's own records. `existing`: this command found it and booked nothing.

    `check_in_by`: until when one still has to check in; None where that is done or not wanted. `checked_in`: when
    one did, None where that is not known.
    """

    id: str
    ref: Ref | None
    account: str
    desk_ref: Ref
    desk_name: str
    space_name: str
    from_: datetime
    to: datetime
    timezone: str
    state: str
    existing: bool
    series: str | None
    price: Price | None
    credits: Decimal | None
    cancel_until: datetime | None
    cancel_fee: Money | None
    project: str | None
    person: str | None
    created_at: datetime
    key: str | None
    title: str | None = None
    vat: Money | None = None
    check_in_by: datetime | None = None
    checked_in: datetime | None = None
