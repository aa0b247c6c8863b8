"""Spaces, what they offer and what is asked of them."""

from datetime import date, datetime

from cowork_cli.domain.money import Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass, field

KINDS = ("day", "flex", "fixed", "office", "room", "booth", "virtual", "event")
AMENITIES = (
    "wifi",
    "printer",
    "kitchen",
    "booth",
    "step-free",
    "childcare",
    "parking",
    "bike",
    "shower",
    "locker",
    "screen",
    "coffee",
    "dogs",
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours as written (OSM syntax where it parses) and what they say of one instant.

    `state` is `open`, `closed` or `unknown`, and None where nobody asked about an instant.
    """

    text: str | None = None
    state: str | None = None
    next_change: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts about a space come from; `as_of` is an ISO date or instant, as the source says."""

    account: str
    ref: Ref
    licence: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a space sells, as its source tells it. `price` None: on request, or not said.

    `kind` is one of `KINDS`, or the word of the source; for how many people is None where it is not said.
    """

    kind: str
    name: str
    price: Price | None = None
    min_people: int | None = None
    max_people: int | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """A place to work. What is not known is None, and an amenity not named is unknown.

    `timezone` is stated by the space itself or its provider; what follows where it is not stated
    says `services/calendar/space_zone.py`. `unknown` names the filters of a search that could not
    be answered. `field_sources` says of each field that is known which account told it, an amenity as
    `amenities.wifi`, a part of the address as `address.street`; it is there where spaces are searched for
    or shown. `offers` is all that a source says it sells, and empty where none has told all.
    """

    ref: Ref
    name: str
    address: PostalAddress = field(default_factory=PostalAddress)
    lat: float | None = None
    lon: float | None = None
    distance_km: float | None = None
    kinds: tuple[str, ...] = ()
    amenities: dict[str, bool | None] = field(default_factory=dict)
    hours: Hours = field(default_factory=Hours)
    price_from: Price | None = None
    website: str | None = None
    phone: str | None = None
    email: str | None = None
    timezone: str | None = None
    prices: tuple[Price, ...] = ()
    sources: tuple[Source, ...] = ()
    unknown: tuple[str, ...] = ()
    field_sources: dict[str, str] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class NotedSpace(Space):
    """A space with what the person notes of it, a line each."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row of a source that is no space to show, and why; `ref` as far as it is known."""

    ref: str
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class SpaceQuery:
    """What `space search` asks: a circle, and what a space must have.

    `radius_km` is the air line. `kinds` and `amenities` narrow: a space must offer one of the kinds
    and all of the amenities. `limit` is the number of spaces the caller can use.
    """

    lat: float
    lon: float
    radius_km: float
    kinds: tuple[str, ...] = ()
    amenities: tuple[str, ...] = ()
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Slot:
    """A free stretch of time, as instants with the offset of the space."""

    from_: datetime
    to: datetime


@dataclass(frozen=True, slots=True)
class DayHours:
    """What the opening hours say of one day, in the zone of the space.

    `state` is `open` (in the stretches of `slots`), `closed` or `unknown`; `holiday` is the name of
    the public holiday. A day is `doubtful` where the hours do not speak of its holiday.
    """

    date: date
    state: str
    slots: tuple[Slot, ...] = ()
    holiday: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Anything bookable in a space. `kind` is `desk`, `room`, `booth` or `office`."""

    ref: Ref
    space_ref: Ref
    name: str
    kind: str = "desk"
    capacity: int | None = None
    units: int = 1
    free: bool | None = None
    slots: tuple[Slot, ...] = ()
    price: Price | None = None


DESK_KINDS = ("desk", "room", "booth", "office")
