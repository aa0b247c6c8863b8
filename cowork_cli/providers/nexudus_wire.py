"""Nexudus' portal → domain values: pure functions, nothing is asked from here.

Times are the clock on the space's wall, whatever `Z` stands behind them (observed 2026-09).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.data.zones import COUNTRY_ZONES
from cowork_cli.domain.booking import ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.domain.zones import plus, zone_named
from cowork_cli.errors import BadAnswer, BadInput, Conflict, CoworkError, SlotTaken
from cowork_cli.providers import wire
from cowork_cli.providers.base import YEARS, required

Row = Mapping[str, Any]

TAKEN_CODES = ("BOOKING_CONFLICT", "EVENT_CONFLICT", "RESOURCE_FULL", "AREA_FULL", "NOT_AVAILABLE")
_KINDS = (("booth", "booth"), ("room", "room"), ("office", "office"), ("desk", "desk"))


# ---- times


def wall_text(moment: datetime, zone: ZoneInfo) -> str:
    """An instant as the clock on the wall shows it. Raises Conflict for an hour that comes twice."""
    local = moment.astimezone(zone)
    clock = local.replace(tzinfo=None, fold=0)
    if clock.replace(tzinfo=zone).utcoffset() != clock.replace(tzinfo=zone, fold=1).utcoffset():
        raise Conflict(
            f"{local:%Y-%m-%d %H:%M} comes twice that day, and this platform books by the clock alone",
            "begin or end outside of the hour that the clocks repeat",
        )
    return f"{clock:%Y-%m-%dT%H:%M}"


def clock_of(text: str, account: str) -> datetime:
    """The clock that a text names; offset and `Z` behind it mean nothing."""
    try:
        clock = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        clock = None
    if clock is None or clock.year not in YEARS:
        raise BadAnswer(f'"{text}" is not a time', account=account)
    return clock


def instant_of_clock(clock: datetime, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The instant of a clock time; `fold` 1 is the later one of an hour that comes twice."""
    return clock.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone)


def window_of(row: Row, first: str, last: str, zone: ZoneInfo, account: str) -> Window:
    """The stretch of a row."""
    begin, end = (clock_of(str(required(row, name, account)), account) for name in (first, last))
    return Window(instant_of_clock(begin, zone), instant_of_clock(end, zone, fold=1))


def touches(window: Window, other: Window) -> bool:
    """Whether two stretches share an instant, the ends not included."""
    ends = [m.astimezone(UTC) for m in (window.from_, window.to, other.from_, other.to)]
    return ends[0] < ends[3] and ends[2] < ends[1]


# ---- spaces and desks


def zone_of(business: Row, account: str) -> ZoneInfo | None:
    """The zone of a space: as it states it, else that of its country; None if neither tells.

    Which form `SimpleTimeZone` has is not published: only an IANA name is believed.
    """
    stated = business.get("SimpleTimeZone")
    names = list(stated.values()) if isinstance(stated, Mapping) else [stated]
    for name in names:
        if isinstance(name, str) and "/" in name:
            try:
                return zone_named(name)
            except BadInput:
                continue
    country = _country(business)
    return zone_named(COUNTRY_ZONES[country]) if country in COUNTRY_ZONES else None


def _country(business: Row) -> str | None:
    return wire.text(business, "Country.TwoDigitsCode")


def currency_of(business: Row) -> str:
    """The currency of a space. Raises KeyError if it states none."""
    currency = business["Currency"]
    return str(currency["Code"] if isinstance(currency, Mapping) else currency)


def space_from_wire(business: Row, space: str, zone: ZoneInfo | None, account: str) -> Space:
    """A location as a space."""
    ref = Ref(account, space)
    return Space(
        ref=ref,
        name=str(required(business, "Name", account)),
        address=PostalAddress(
            wire.text(business, "Address"),
            None,
            wire.text(business, "TownCity"),
            _country(business),
        ),
        lat=wire.degrees(business, "Latitude", 90),
        lon=wire.degrees(business, "Longitude", 180),
        phone=wire.text(business, "Phone"),
        email=wire.text(business, "EmailContact"),
        website=wire.text(business, "WebContact"),
        timezone=zone.key if zone else None,
        sources=(Source(account, ref),),
    )


def desk_from_wire(row: Row, space: str, account: str) -> Desk:
    """A resource as a desk. Its price is that of an extra service, whose unit is not told."""
    return Desk(
        Ref(account, f"{space}/{required(row, 'Id', account)}"),
        Ref(account, space),
        str(required(row, "Name", account)),
        kind=_kind(str(row.get("ResourceTypeName") or "other")),
        capacity=wire.whole(row, "Allocation"),
        price=None,
    )


def _kind(name: str) -> str:
    """The kind that the name of a type says: spaces name their types as they like."""
    lower = name.lower()
    return next((kind for word, kind in _KINDS if word in lower), name)


def slots_from_wire(
    rows: Iterable[Row], window: Window, zone: ZoneInfo, step_minutes: int, account: str
) -> list[Slot]:
    """The free stretches of a window. Free is open (`Available`) and not full (`BookedCount`)."""
    clocks = sorted(
        (clock_of(str(required(row, "DateTime", account)), account), _is_free(row)) for row in rows
    )
    length = timedelta(minutes=min(_minutes_between(clocks), default=step_minutes))
    joined: list[list[datetime]] = []
    for clock, free in clocks:
        if not free:
            continue
        # A sum of the wall clock is right here: the slots are cut by it.
        end = plus(clock.replace(tzinfo=UTC), length).replace(tzinfo=None)
        if joined and joined[-1][1] == clock:
            joined[-1][1] = end
        else:
            joined.append([clock, end])
    slots = []
    for begin, end in joined:
        first = max(instant_of_clock(begin, zone, fold=1), window.from_, key=_utc)
        last = min(instant_of_clock(end, zone), window.to, key=_utc)
        if _utc(first) < _utc(last):
            slots.append(Slot(first.astimezone(zone), last.astimezone(zone)))
    return slots


def _minutes_between(clocks: Sequence[tuple[datetime, bool]]) -> list[int]:
    """How far apart the slots are; equal ones do not count."""
    marks = [clock.toordinal() * 1440 + clock.hour * 60 + clock.minute for clock, _ in clocks]
    return [b - a for a, b in pairwise(marks) if b > a]


def _is_free(row: Row) -> bool:
    """Not where a count cannot be read: what is not known is not free."""
    booked = 0 if row.get("BookedCount") is None else wire.number(row, "BookedCount")
    capacity = 1 if row.get("Capacity") is None else wire.number(row, "Capacity")
    if booked is None or capacity is None:
        return False
    return row.get("Available") is True and booked < (capacity or 1)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def covers(slots: Sequence[Slot], window: Window) -> bool:
    """Whether one free stretch holds the whole window."""
    return any(
        _utc(slot.from_) <= _utc(window.from_) and _utc(window.to) <= _utc(slot.to)
        for slot in slots
    )


# ---- bookings


def feed_booking(row: Row, space: str, zone: ZoneInfo, account: str) -> ProviderBooking:
    """A row of the calendar."""
    return ProviderBooking(
        ref=Ref(account, f"{space}/{required(row, 'id', account)}"),
        desk=Ref(account, f"{space}/{required(row, 'resourceId', account)}"),
        window=window_of(row, "start", "end", zone, account),
        state="pending" if row.get("tentative") is True else "confirmed",
        title=wire.text(row, "notes"),
    )


def booking_from_wire(row: Row, space: str, zone: ZoneInfo, account: str) -> ProviderBooking:
    """One booking record."""
    resource = row.get("ResourceId") or required(row, "Resource.Id", account)
    return ProviderBooking(
        ref=Ref(account, f"{space}/{required(row, 'Id', account)}"),
        desk=Ref(account, f"{space}/{resource}"),
        window=window_of(row, "FromTime", "ToTime", zone, account),
        state="pending" if row.get("Tentative") is True else "confirmed",
        title=wire.text(row, "Notes"),
    )


def quote_from_wire(document: Row, account: str) -> Quote:
    """What a preview says. Whether `TotalAmount` holds the VAT follows from its lines, if at all."""
    total = _amount(required(document, "TotalAmount", account), "TotalAmount", account)
    vat = _amount(document.get("TaxAmount") or 0, "TaxAmount", account)
    currency = str(required(document, "Currency.Code", account))
    if wire.amount({"it": 0}, "it", currency) is None:
        raise BadAnswer(f'"{currency[:80]}" is no currency', account=account)
    rows = document.get("LinesRaw")
    lines = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    net = sum((_amount(row.get("SubTotal") or 0, "SubTotal", account) for row in lines), Decimal())
    remarks: tuple[str, ...] = ()
    price, tax = total, "unknown"
    if not vat or (lines and net + vat == total):
        tax = "gross"
    elif lines and net == total:
        price, tax = total + vat, "gross"
    else:
        remarks = (f"whether VAT of {Money.of(vat, currency)} is in the price is not said",)
    if document.get("UsedBookingCredits"):
        remarks = (*remarks, "it uses booking credits")
    return Quote(
        Money.of(price, currency), tax=tax, vat=Money.of(vat, currency) if vat else None,
        remarks=remarks,
    )  # fmt: skip


def _amount(value: object, field: str, account: str) -> Decimal:
    amount = wire.number({"it": value}, "it")
    if amount is None or abs(amount) > wire.MOST:
        raise BadAnswer(f'"{field}" is no amount: {str(value)[:80]}', account=account)
    return amount


def fee_of(document: Row, currency: str) -> Money | None:
    """The fee of a cancellation; None where it is said in words we cannot read."""
    if document.get("hasCancellationFee") is False:
        return wire.amount({"it": 0}, "it", currency)
    return wire.amount(document, "cancellationFee", currency)


# ---- refusals


def is_refusal(document: object) -> bool:
    """HTTP 200 with `Status: 500` inside is a no; `WasSuccessful` decides where it stands."""
    if not isinstance(document, Mapping):
        return False
    if "WasSuccessful" in document:
        return document["WasSuccessful"] is False
    status = document.get("Status")
    return isinstance(status, int) and status >= 400


def is_done(document: object) -> bool:
    """Whether an answer says yes: silence, or something else, is no yes."""
    if not isinstance(document, Mapping):
        return False
    return document.get("WasSuccessful") is True or document.get("Status") == 200


def is_number(text: str) -> bool:
    """Whether an id is one of their numbers."""
    return text.isascii() and text.isdigit() and len(text) < 19


def refusal(document: Row, account: str) -> CoworkError:
    """What a refusal means: taken, or any other no."""
    message = str(document.get("Message") or "without a reason").strip().rstrip(".")
    problems = document.get("Errors")
    texts = [str(row.get("Message")) for row in problems if isinstance(row, Mapping)] if (
        isinstance(problems, list)
    ) else []  # fmt: skip
    taken = (
        any(_conflicts(text) for text in texts)
        or document.get("ErrorCode") in TAKEN_CODES
        or "already booked" in message.lower()
        or "not available to be booked" in message.lower()
    )
    kind = SlotTaken if taken else Conflict
    return kind(f'account "{account}" refused: {message}', account=account)


def _conflicts(text: str) -> bool:
    try:
        detail = json.loads(text)
    except ValueError:
        return False
    return isinstance(detail, dict) and "ConflictingUniqueId" in detail
