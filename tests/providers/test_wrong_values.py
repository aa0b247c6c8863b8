"""Documents of Cobot and Nexudus with a wrong value in any one place: read, or our error; never a crash."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.booking import Window
from cowork_cli.errors import BadAnswer, CoworkError
from cowork_cli.providers import cobot_wire, librebooking, nexudus_wire
from cowork_cli.providers.base import parse_instant

ZONE = ZoneInfo("Europe/Berlin")
WINDOW = Window(datetime(2026, 12, 1, 9, tzinfo=ZONE), datetime(2026, 12, 1, 12, tzinfo=ZONE))
WRONG: tuple[Any, ...] = (
    None, True, -1, 10**30, Decimal("1E+999999"), Decimal("0.5"), "", "x", "\x1b[2J", "../../x",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "NaN", "Infinity", [], [None], ["x"], [[]],
    {}, {"x": None}, {"id": []},
)  # fmt: skip


def mutants(document: Any) -> Iterator[Any]:
    """The document with each of its places replaced by each wrong value."""
    yield from WRONG
    if isinstance(document, dict):
        for name, part in document.items():
            for other in mutants(part):
                yield document | {name: other}
    elif isinstance(document, list):
        for number, part in enumerate(document):
            for other in mutants(part):
                yield [*document[:number], other, *document[number + 1 :]]


PRICE = {"net": "10.0", "gross": "11.9", "currency": "EUR"}
SPACE = {"id": "s", "attributes": {"name": "Hafen", "timeZone": "Europe/Berlin", "email": "a@b.c",
                                   "countryCode": "DE", "priceDisplay": "net"}}  # fmt: skip
PLACE = cobot_wire.Place("s", "hafen", SPACE, ZONE, "m")
PROFILE = {
    "structuredAddress": {"street": "Kai 1", "postCode": "1", "city": "L", "latitude": 53.8, "longitude": "10"},
    "openHours": [{"weekday": 1, "from": "09:00", "to": "17:00"}], "phone": "1", "contactEmail": "a@b.c",
}  # fmt: skip
RESOURCE = {"id": "r", "attributes": {"name": "R", "resourceType": "room", "capacity": 4, "units": 1,
                                      "pricing": {"pricePerHour": PRICE}, "cancellationPeriod": 24}}  # fmt: skip
BOOKING = {
    "id": "b", "attributes": {"from": "2026-12-01T08:00:00Z", "to": "2026-12-01T09:00:00Z", "title": "T",
        "comments": "cowork:1", "cancellationPeriod": 24, "price": PRICE, "status": "approved",
        "bookingCredits": {"estimatedMinutesUsed": 60}},
    "relationships": {"resource": {"data": {"id": "r"}}},
}  # fmt: skip
TIMES = {
    "data": {
        "attributes": {
            "availableTimes": [{"from": "2026-12-01T08:00:00Z", "to": "2026-12-01T09:00:00Z"}]
        }
    }
}
BUSINESS = {
    "Name": "S", "Address": "K", "TownCity": "L", "Country": {"TwoDigitsCode": "DE"}, "Latitude": 53.8,
    "Longitude": 10.6, "SimpleTimeZone": "Europe/Berlin", "Phone": "1", "EmailContact": "e", "WebContact": "w",
}  # fmt: skip
SLOT = {"DateTime": "2026-12-01T09:00Z", "Available": True, "BookedCount": 0, "Capacity": 1}
CALENDAR = {"id": 1, "resourceId": 2, "start": "2026-12-01T09:00Z", "end": "2026-12-01T10:00Z", "notes": "n",
            "coworkerId": "1", "tentative": False}  # fmt: skip
RECORD = {"Id": 1, "ResourceId": 2, "Resource": {"Id": 2}, "FromTime": "2026-12-01T09:00Z",
          "ToTime": "2026-12-01T10:00Z", "Notes": "n"}  # fmt: skip
PREVIEW = {
    "TotalAmount": Decimal("11.9"),
    "TaxAmount": Decimal("1.9"),
    "Currency": {"Code": "EUR"},
    "LinesRaw": [{"SubTotal": 10}],
}
FEE = {"hasCancellationFee": True, "cancellationFee": 5}


def as_row(document: Any) -> Any:
    return document if isinstance(document, dict) else {}


READERS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "cobot profile": (PROFILE, lambda d: cobot_wire.space_from_wire(PLACE, as_row(d), "a")),
    "cobot zone": (SPACE, lambda d: cobot_wire.zone_of(d, "a")),
    "cobot desk": (RESOURCE, lambda d: cobot_wire.desk_from_wire(d, PLACE, "a")),
    "cobot times": (TIMES, lambda d: cobot_wire.slots_from_wire(d, WINDOW, ZONE, "a")),
    "cobot booking": (BOOKING, lambda d: cobot_wire.booking_from_wire(d, PLACE, "a")),
    "cobot visit": (BOOKING, lambda d: cobot_wire.visit_from_wire(d, PLACE, "a")),
    "cobot quote": (
        RESOURCE, lambda d: cobot_wire.quote_from_preview({"price": d}, WINDOW, as_row(d), ()),
    ),
    "cobot mark": (BOOKING, lambda d: cobot_wire.key_in(cobot_wire.attributes(d).get("comments"))),
    "nexudus space": (BUSINESS, lambda d: nexudus_wire.space_from_wire(as_row(d), "s", ZONE, "a")),
    "nexudus zone": (BUSINESS, lambda d: nexudus_wire.zone_of(as_row(d), "a")),
    "nexudus desk": ({"Id": 1, "Name": "R", "Allocation": 4, "ResourceTypeName": "Desk"},
                     lambda d: nexudus_wire.desk_from_wire(as_row(d), "s", "a")),
    "nexudus slots": ([SLOT], lambda d: nexudus_wire.slots_from_wire(
        d if isinstance(d, list) else [], WINDOW, ZONE, 15, "a")),
    "nexudus calendar": (CALENDAR, lambda d: nexudus_wire.feed_booking(as_row(d), "s", ZONE, "a")),
    "nexudus record": (RECORD, lambda d: nexudus_wire.booking_from_wire(as_row(d), "s", ZONE, "a")),
    "nexudus preview": (PREVIEW, lambda d: nexudus_wire.quote_from_wire(as_row(d), "a")),
    "nexudus fee": (FEE, lambda d: nexudus_wire.fee_of(as_row(d), "EUR")),
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_wrong_value_in_any_place_is_read_or_our_error(name: str) -> None:
    document, read = READERS[name]
    read(document)
    for other in mutants(document):
        try:
            told = read(other)
        except CoworkError:
            continue
        for text in ("title", "phone", "email"):
            shown = None if isinstance(told, str) else getattr(told, text, None)
            assert isinstance(shown, str | None), (text, other)


@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59"]
)
def test_a_time_at_the_end_of_the_calendar_is_no_time(text: str) -> None:
    for zone in (ZONE, ZoneInfo("America/New_York")):
        with pytest.raises(BadAnswer, match="is not a time"):
            parse_instant(text, zone)


def test_what_nexudus_does_not_say_is_free_is_not() -> None:
    for wrong in ({"Available": None}, {"BookedCount": "many"}, {"BookedCount": 1}):
        assert nexudus_wire.slots_from_wire([SLOT | wrong], WINDOW, ZONE, 15, "a") == []
    assert nexudus_wire.slots_from_wire([SLOT], WINDOW, ZONE, 15, "a")


def test_a_move_at_librebooking_says_again_who_is_invited() -> None:
    before = {
        "allowParticipation": 1, "participants": [{"userId": "3"}], "invitees": ["4", None],
        "invitedGuests": ["a@b.c", 7], "participatingGuests": [],
        "accessories": [
            {"id": "2", "name": "Beamer", "quantityReserved": "1", "quantityAvailable": 3},
            {"id": "3", "name": "Chair", "quantityReserved": 0}, {"id": "x"}, None,
        ],
    }  # fmt: skip
    assert librebooking._kept(before) == {
        "allowParticipation": True, "participants": [3], "invitees": [4], "invitedGuests": ["a@b.c"],
        "accessories": [{"accessoryId": 2, "quantityRequested": 1}],
    }  # fmt: skip
