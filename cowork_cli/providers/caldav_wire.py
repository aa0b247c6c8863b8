"""What CalDAV says on the wire: the questions of RFC 4791, and what an event is as a booking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import ProviderBooking, Window
from cowork_cli.domain.calendars.reading import NoCalendar
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.zones import plus, zone_named
from cowork_cli.errors import BadInput

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
BY, ZONE = "X-COWORK-BY", "X-COWORK-TIMEZONE"

UNREADABLE = (NoCalendar, BadInput, KeyError, ValueError, AttributeError, TypeError, OverflowError)
"""What reading an event may raise."""

STATES = {"CONFIRMED": "confirmed", "TENTATIVE": "pending", "CANCELLED": "cancelled"}
PROPFIND = b"""<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:resourcetype/>
<D:displayname/><C:supported-calendar-component-set/></D:prop></D:propfind>"""
STATE = b"""<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:" xmlns:S="http://calendarserver.org/ns/"><D:prop><S:getctag/><D:sync-token/>
</D:prop></D:propfind>"""
EVENTS = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>
<C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{}" end="{}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""
FREEBUSY = """<?xml version="1.0" encoding="utf-8"?>
<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav"><C:time-range start="{}" end="{}"/>
</C:free-busy-query>"""


@dataclass(frozen=True, slots=True)
class Collection:
    """One row of a listing: the last segment of its address, and what it is."""

    path: str
    name: str
    shown: str
    is_calendar: bool


def collections(responses: Iterable[Any]) -> list[Collection]:
    """The collections of a listing, calendars or not."""
    rows = []
    for response in responses:
        href = unquote(urlsplit(response.findtext(f"{DAV}href") or "").path)
        kinds = response.find(f".//{DAV}resourcetype")
        if kinds is None or kinds.find(f"{DAV}collection") is None:
            continue
        components = [row.get("name") for row in response.iter(f"{CAL}comp")]
        calendar = kinds.find(f"{CAL}calendar") is not None
        name = href.rstrip("/").rpartition("/")[2]
        shown = (response.findtext(f".//{DAV}displayname") or "").strip() or name
        holds_events = calendar and (not components or "VEVENT" in components)
        rows.append(Collection(href.rstrip("/"), name, shown, holds_events))
    return rows


def booking_from_event(event: Any, desk: Ref, zone: ZoneInfo) -> ProviderBooking:
    """An event as a booking, in the zone that it names. Raises what `UNREADABLE` lists."""
    known = str(event.get(ZONE) or "")
    zone = zone_named(known) if known else zone
    begin, end = event["DTSTART"].dt, event["DTEND"].dt
    status = str(event.get("STATUS") or "CONFIRMED").upper()
    title = str(event.get("SUMMARY") or "") or None
    return ProviderBooking(
        Ref(desk.account, f"{desk.id}/{event['UID']}"),
        desk,
        Window(begin.astimezone(zone), end.astimezone(zone)),
        STATES.get(status, "unknown"),
        title=title,
    )


def touch(booking: ProviderBooking, window: Window) -> bool:
    """Whether they share an instant; the ends are not included."""
    begin, end = booking.window.from_.astimezone(UTC), booking.window.to.astimezone(UTC)
    return begin < window.to.astimezone(UTC) and end > window.from_.astimezone(UTC)


def stamp(moment: datetime, more: timedelta = timedelta()) -> str:
    """An instant, and so much later, as RFC 5545 writes it in UTC."""
    return f"{plus(moment, more).astimezone(UTC):%Y%m%dT%H%M%SZ}"
