"""Cobot's JSON:API documents → domain values: pure functions, nothing is asked from here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Hours, Slot, Source, Space
from cowork_cli.domain.zones import elapsed, plus, zone_named
from cowork_cli.errors import BadAnswer, BadInput
from cowork_cli.providers import wire as lenient
from cowork_cli.providers.base import parse_instant, required
from cowork_cli.records import dataclass

GUEST = "guest/"
"""What a visitor's bookings begin with: they are kept apart from those of members."""
VISIT_STATES = {"approved": "confirmed", "pending": "pending", "canceled": "cancelled"}
AN_HOUR = Window(datetime(2026, 1, 1, 0, tzinfo=UTC), datetime(2026, 1, 1, 1, tzinfo=UTC))
"""The least that one can ask bookings of, to see whether they may be read."""
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MARK = "cowork:"
_MOST_HOURS = 24 * 366 * 10  # of a deadline before a booking; what is above is none

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One space as this account meets it; `membership` None: as a visitor."""

    id: str
    subdomain: str
    row: Row
    zone: ZoneInfo
    membership: str | None


def rows_of(document: object, account: str) -> list[Row]:
    """The rows of a list. Raises BadAnswer if there is none."""
    rows = required(document, "data", account)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        what = f'account "{account}" answered with a "data" that is no list'
        raise BadAnswer(what, account=account)
    return rows


def first_of(document: object) -> Row:
    """The first row of a document that holds one or a list of them; empty if there is none."""
    data = document.get("data") if isinstance(document, Mapping) else None
    row = data[0] if isinstance(data, list) and data else data
    return row if isinstance(row, Mapping) else {}


def attributes(row: object) -> Row:
    """The attributes of a row; empty if it has none."""
    found = row.get("attributes") if isinstance(row, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def related(row: object, name: str) -> str | None:
    """The id that a row relates to under `name`, None if it names none."""
    value: object = row
    for part in ("relationships", name, "data", "id"):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value) if value else None


def relation(kind: str, identity: str) -> dict[str, object]:
    """How a row names another one."""
    return {"data": {"type": kind, "id": identity}}


def zulu(moment: datetime) -> str:
    """An instant as Cobot reads it: UTC, no fractions."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def key_in(comments: object) -> str | None:
    """Our key, if a booking's comments hold one."""
    for word in comments.split() if isinstance(comments, str) else ():
        if word.startswith(_MARK):
            return word.removeprefix(_MARK)
    return None


def comments_with(key: str) -> str:
    """The comments that make a booking known again."""
    return _MARK + "-".join(key.split())


# ---- spaces and desks


def zone_of(row: object, account: str) -> ZoneInfo:
    """The zone of a space. Raises BadAnswer if it is not given or does not exist."""
    name = str(required(row, "attributes.timeZone", account))
    try:
        return zone_named(name)
    except BadInput:
        raise BadAnswer(
            f'account "{account}" names a time zone "{name}"', account=account
        ) from None


def space_from_wire(place: Place, profile: Row, account: str) -> Space:
    """A space with what its profile adds."""
    ref = Ref(account, place.subdomain)
    known, address = attributes(place.row), profile.get("structuredAddress")
    address = address if isinstance(address, Mapping) else {}
    return Space(
        ref=ref,
        name=str(required(place.row, "attributes.name", account)),
        address=PostalAddress(
            lenient.text(address, "street"),
            lenient.text(address, "postCode"),
            lenient.text(address, "city"),
            lenient.text(address, "countryCode") or lenient.text(known, "countryCode"),
        ),
        lat=lenient.degrees(address, "latitude", 90),
        lon=lenient.degrees(address, "longitude", 180),
        hours=Hours(_hours(profile.get("openHours"))),
        phone=lenient.text(profile, "phone"),
        email=lenient.text(profile, "contactEmail") or lenient.text(known, "email"),
        timezone=place.zone.key,
        sources=(Source(account, ref),),
    )


def _hours(rows: object) -> str | None:
    """Opening hours in OSM's words; None where none are given, or one of them cannot be read."""
    told = []
    for row in rows if isinstance(rows, list) else ():
        day = lenient.whole(row, "weekday") or 0
        begins, ends = lenient.text(row, "from"), lenient.text(row, "to")
        if not 1 <= day <= len(_DAYS) or begins is None or ends is None:
            return None
        told.append(f"{_DAYS[day - 1]} {begins}-{ends}")
    return "; ".join(told) or None


def desk_from_wire(row: Row, place: Place, account: str) -> Desk:
    """A resource, or an external one, as a desk."""
    known = attributes(row)
    space = Ref(account, place.subdomain)
    return Desk(
        Ref(account, f"{place.subdomain}/{required(row, 'id', account)}"),
        space,
        str(required(row, "attributes.name", account)),
        kind=str(known.get("resourceType") or "other"),
        capacity=lenient.whole(known, "capacity"),
        units=lenient.whole(known, "units") or 1,
        price=_per_hour(
            known.get("pricing"), net=attributes(place.row).get("priceDisplay") == "net"
        ),
    )


def _per_hour(pricing: object, *, net: bool) -> Price | None:
    """The price per hour, shown as the space shows it. Fixed rates replace it: then it is not said."""
    if not isinstance(pricing, Mapping) or pricing.get("fixedRates"):
        return None
    end = "net" if net else "gross"
    money = _money(pricing.get("pricePerHour"), end)
    return Price(money, "hour", end) if money else None


def _money(price: object, end: str) -> Money | None:
    """One end of a price object, whose numbers are decimal strings."""
    return lenient.amount(price, end, lenient.text(price, "currency") or "EUR")


def slots_from_wire(document: object, window: Window, zone: ZoneInfo, account: str) -> list[Slot]:
    """The free stretches within a window."""
    slots = []
    for row in lenient.listed(document, "data.attributes.availableTimes", account):
        begin = max(instant(row, "from", zone, account), window.from_, key=_utc)
        end = min(instant(row, "to", zone, account), window.to, key=_utc)
        if _utc(begin) < _utc(end):
            slots.append(Slot(begin.astimezone(zone), end.astimezone(zone)))
    return sorted(slots, key=lambda slot: _utc(slot.from_))


def covers(slots: Sequence[Slot], window: Window) -> bool:
    """Whether one free stretch holds the whole window."""
    return any(
        _utc(slot.from_) <= _utc(window.from_) and _utc(window.to) <= _utc(slot.to)
        for slot in slots
    )


def instant(row: object, field: str, zone: ZoneInfo, account: str) -> datetime:
    """A time of a row, in the zone of its space."""
    return parse_instant(str(required(row, field, account)), zone, account=account)


def _utc(moment: datetime) -> datetime:
    """Compared in UTC: two times of one zone are compared by their clocks."""
    return moment.astimezone(UTC)


def touches(window: Window, other: Window) -> bool:
    """Whether two stretches share an instant, the ends not included."""
    return _utc(window.from_) < _utc(other.to) and _utc(other.from_) < _utc(window.to)


# ---- bookings


def booking_from_wire(row: Row, place: Place, account: str) -> ProviderBooking:
    """A member's booking. One that is there stands: Cobot forgets a cancelled one."""
    known = attributes(row)
    window = Window(
        instant(known, "from", place.zone, account), instant(known, "to", place.zone, account)
    )
    resource = required({"id": related(row, "resource")}, "id", account)
    paid = known.get("estimatedPayablePrice") or known.get("price")
    return ProviderBooking(
        ref=Ref(account, str(required(row, "id", account))),
        desk=Ref(account, f"{place.subdomain}/{resource}"),
        window=window,
        state="confirmed",
        title=lenient.text(known, "title"),
        cancel_until=deadline(window, known.get("cancellationPeriod")),
        credits=credits_of(known),
        **money_of(paid),
    )


def visit_from_wire(row: Row, place: Place, account: str) -> ProviderBooking:
    """A visitor's booking."""
    known = attributes(row)
    ends = (instant(known, end, place.zone, account) for end in ("from", "to"))
    resource = required({"id": related(row, "resource")}, "id", account)
    return ProviderBooking(
        ref=Ref(account, f"{GUEST}{place.subdomain}/{required(row, 'id', account)}"),
        desk=Ref(account, f"{place.subdomain}/{resource}"),
        window=Window(*ends),
        state=VISIT_STATES.get(str(known.get("status")), "unknown"),
        title=lenient.text(known, "title"),
        **money_of(known.get("totalPrice") or known.get("price")),
    )


def money_of(price: object) -> dict[str, Any]:
    """What a price object says: the amount with VAT if it is given, and how much of it is VAT."""
    net, gross = _money(price, "net"), _money(price, "gross")
    if gross is not None:
        return {"price": gross, "tax": "gross", "vat": gross - net if net else None}
    return {"price": net, "tax": "net"} if net is not None else {}


def credits_of(known: Row) -> Decimal | None:
    """Hours of credit that a booking uses; None if it uses none or does not say."""
    minutes = lenient.number(known, "bookingCredits.estimatedMinutesUsed")
    if not minutes or not 0 < minutes < 1_000_000:
        return None
    return (minutes / 60).quantize(Decimal("0.01")).normalize()


def deadline(window: Window, hours: object) -> datetime | None:
    """Until when it can be cancelled: so many hours before the start."""
    if isinstance(hours, bool) or not isinstance(hours, int | Decimal):
        return None
    if not 0 <= hours <= _MOST_HOURS:
        return None
    return plus(window.from_, timedelta(hours=-float(hours)))


def quote_from_preview(known: Row, window: Window, resource: Row, remarks: Sequence[str]) -> Quote:
    """What a preview says of the price. Which fields it has is not published: what is not there is
    not known."""
    names = ("estimatedPayablePrice", "price", "finalPrice", "totalPrice")
    money = money_of(next((known[name] for name in names if known.get(name)), None))
    if not money:
        money = _by_the_hour(attributes(resource).get("pricing"), window)
        remarks = [*remarks, "the price is that of its hours, before credits"] if money else remarks
    until = deadline(window, attributes(resource).get("cancellationPeriod"))
    return Quote(
        **{"price": None, **money},
        credits=credits_of(known),
        credit_hours=True,
        cancel_until=until,
        remarks=tuple(remarks),
    )


def _by_the_hour(pricing: object, window: Window) -> dict[str, Any]:
    """Price per hour times hours; nothing where discounts, caps or fixed rates make it another."""
    if not isinstance(pricing, Mapping) or any(
        pricing.get(name) for name in ("fixedRates", "discounts", "priceCaps", "priceCap")
    ):
        return {}
    hour = money_of(pricing.get("pricePerHour"))
    hours = Decimal(int(elapsed(window.from_, window.to).total_seconds())) / 3600
    return {
        name: Money.of(value.amount * hours, value.currency) if isinstance(value, Money) else value
        for name, value in hour.items()
    }


# ---- refusals


def details(document: object) -> list[str]:
    """Every sentence of an error document, with the field it is about."""
    errors = document.get("errors") if isinstance(document, Mapping) else None
    return [line for row in errors if (line := _detail(row))] if isinstance(errors, list) else []


def _detail(row: object) -> str | None:
    if not isinstance(row, Mapping):
        return None
    said = str(row.get("detail") or row.get("title") or "").strip().rstrip(".")
    source = row.get("source")
    pointer = source.get("pointer") if isinstance(source, Mapping) else None
    field = str(pointer or "").rpartition("/")[2]
    return f"{field} {said}" if said and field not in ("", "base", "data") else said or None


def preview_problems(known: Row) -> list[str]:
    """What a preview has against a booking; its `errors` is `{}` when it is fine."""
    problems = known.get("errors")
    if not isinstance(problems, Mapping | list):
        return []
    return list(_texts(problems))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif value:
        yield str(value)
