"""Tours: the order of several spaces on one day, within their opening hours, as a list, a calendar, a page."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.data.travel import BASIS, DETOUR, SPEEDS
from cowork_cli.domain.place import distance_km
from cowork_cli.domain.space import DayHours, Space
from cowork_cli.domain.tour import MOST_STOPS, Tour, TourStop, Windows, best_order
from cowork_cli.domain.zones import instant_of, plus
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass, replace
from cowork_cli.services.calendar import regions
from cowork_cli.services.calendar.space_zone import SpaceZones
from cowork_cli.services.calendar.week import days_from

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The day of a tour: when it may begin and must end, how long a stop takes, how one gets about."""

    day: date
    from_: time
    to: time
    stay: timedelta
    mode: str
    start: Point | None = None


def spaces_of(queries: Sequence[str], *, store: "Store", cache: "Cache") -> list[Space]:
    """The spaces meant, each once. Raises NotFound, Ambiguous, BadInput for too many."""
    from cowork_cli.services.identifiers import naming

    found = [naming.find_space(store, query, cache=cache) for query in queries]
    spaces = list({space.ref: space for space in found}.values())
    if len(spaces) > MOST_STOPS:
        raise BadInput(
            f"{len(spaces)} spaces are too many for one day", f"give at most {MOST_STOPS}"
        )
    return [_placed(space) for space in spaces]


def planned(spaces: Sequence[Space], frame: Frame, home: ZoneInfo) -> tuple[Tour, list[str]]:
    """The tour, and what to say of it. Raises BadInput for a mode that is none, Conflict for no tour at all."""
    if frame.mode not in SPEEDS:
        raise BadInput(f'--mode "{frame.mode}" is none of these', f"choose of {', '.join(SPEEDS)}")
    if frame.to <= frame.from_:
        raise BadInput(
            f"the tour ends at {frame.to:%H:%M}, before it begins at {frame.from_:%H:%M}",
            "swap `--from` and `--to`",
        )
    zones = SpaceZones(home)
    zone = zones.of(spaces[0])
    begin, until = instant_of(frame.day, frame.from_, zone), instant_of(frame.day, frame.to, zone)
    hours = [_hours(space, frame.day, zones.of(space)) for space in spaces]
    closed = [place for place, day in enumerate(hours) if day is not None and day.state == "closed"]
    open_ = [place for place in range(len(spaces)) if place not in closed]
    left_out = [f"{spaces[place].name} is closed on {frame.day:%a %Y-%m-%d}" for place in closed]
    tour = _tour([spaces[p] for p in open_], [hours[p] for p in open_], frame, begin, until)
    seen = {stop.space_ref for stop in tour.stops} if tour else set()
    left_out += [
        f"there is no time for {spaces[place].name} within {frame.from_:%H:%M}-{frame.to:%H:%M}"
        for place in open_
        if spaces[place].ref not in seen
    ]
    if tour is None:
        raise Conflict(
            "no tour fits: " + "; ".join(left_out), "take another day, or a longer one with `--to`"
        )
    return replace(tour, left_out=tuple(left_out)), list(_notes(tour, zones))


def _tour(
    spaces: Sequence[Space],
    hours: Sequence[DayHours | None],
    frame: Frame,
    begin: datetime,
    until: datetime,
) -> Tour | None:
    windows = [_windows(day, begin, until) for day in hours]
    way = _way(spaces, frame)
    found = best_order(windows, begin, until, frame.stay, lambda a, b: way(a, b)[0])
    if found is None:
        return None
    stops, before = [], None
    for number, (place, start) in enumerate(zip(*found, strict=True), 1):
        space, day = spaces[place], hours[place]
        seconds, km = way(before, place)
        known = before is not None or frame.start is not None
        zone = start.tzinfo
        stops.append(
            TourStop(
                number,
                space.ref,
                space.name,
                start.astimezone(zone),
                plus(start, frame.stay).astimezone(zone),
                "open"
                if day is not None and day.state == "open" and not day.doubtful
                else "unknown",
                seconds if known else None,
                f"{km:.1f}" if known else None,
                _address(space),
                space.hours.text,
                space.phone,
            )
        )
        before = place
    return Tour(
        frame.day, frame.mode, BASIS, tuple(stops), sum(stop.way_s or 0 for stop in stops), ()
    )


def _way(spaces: Sequence[Space], frame: Frame) -> Callable[[int | None, int], tuple[int, Decimal]]:
    """Seconds and kilometres from one stop to another; from None: from the start, nothing without one."""
    speed, more = SPEEDS[frame.mode]

    def way(a: int | None, b: int) -> tuple[int, Decimal]:
        here = frame.start if a is None else _point(spaces[a])
        if here is None:
            return 0, Decimal(0)
        km = distance_km(*here, *_point(spaces[b])) * DETOUR
        return int(-(-(km / speed * 3600 + more) // 60) * 60), Decimal(str(round(km, 1)))

    return way


def _hours(space: Space, day: date, zone: ZoneInfo) -> DayHours | None:
    found = days_from(space.hours.text, day, 1, zone, regions.of_space(space))
    return found[0] if found else None


def _windows(day: DayHours | None, begin: datetime, until: datetime) -> Windows:
    """When one can be there; where the hours are not known, the whole time of the tour."""
    if day is None or day.state == "unknown":
        return [(begin, until)]
    return [
        (slot.from_.astimezone(begin.tzinfo), slot.to.astimezone(begin.tzinfo))
        for slot in day.slots
    ]


def _notes(tour: Tour, zones: SpaceZones) -> Sequence[str]:
    notes = [f"Ways are estimates ({tour.mode}): {tour.estimate}."]
    unknown = [stop.space_name for stop in tour.stops if stop.open == "unknown"]
    if unknown:
        notes.append(
            f"Whether it is open then is not known: {', '.join(unknown)}. Ask before you go."
        )
    return [*notes, *zones.said()]


def _placed(space: Space) -> Space:
    """The space with a point: its own, else the middle of its postcode. Raises BadInput for none."""
    if space.lat is not None and space.lon is not None:
        return space
    from cowork_cli.store import gazetteer

    if space.address.postcode and space.address.country in (None, "DE"):
        for place in gazetteer.find(space.address.postcode):
            if place.postcode == space.address.postcode:
                return replace(space, lat=place.lat, lon=place.lon)
    raise BadInput(
        f"where {space.name} lies is not known",
        f"say it with `cowork space edit {space.ref} --lat 52.1 --lon 12.4`",
    )


def _point(space: Space) -> Point:
    assert space.lat is not None, "every stop was given a point"
    assert space.lon is not None, "every stop was given a point"
    return space.lat, space.lon


def _address(space: Space) -> str | None:
    town = " ".join(filter(None, (space.address.postcode, space.address.city)))
    return ", ".join(filter(None, (space.address.street, town))) or None


def calendar(tour: Tour, now: datetime) -> bytes:
    """The stops as an iCalendar file."""
    from cowork_cli.domain.calendars.writing import Event, document

    return document(
        (
            Event(
                uid=f"tour-{tour.date}-{stop.space_ref}@cowork.invalid",
                from_=stop.arrive,
                to=stop.leave,
                summary=f"Look at {stop.space_name}",
                stamp=now,
                location=stop.address,
                description=f"Keep what you find with: cowork space visit {stop.space_ref}",
            )
            for stop in tour.stops
        ),
        name=f"Tour {tour.date}",
    )
