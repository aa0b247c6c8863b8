"""The page of one space: all that is known of it, seen from a place, on a day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import bearing_deg, distance_km
from cowork_cli.records import dataclass, replace
from cowork_cli.services.calendar import regions, week
from cowork_cli.services.spaces.facts import german_point
from cowork_cli.services.spaces.results import SpaceDetails
from cowork_cli.services.spaces.where import Finder, around

if TYPE_CHECKING:
    from cowork_cli.services.spaces.detailing import Details

DAYS = 7


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one looks from: a point in degrees, its name, and the line that is due for it."""

    lat: float
    lon: float
    name: str
    credit: str | None = None


def origin(
    typed: str | None, setting: Callable[[str], str | None], countries: Sequence[Path] = ()
) -> Origin | None:
    """The place typed, else the seller's own town as far as the gazetteer knows it; None without one.

    `countries` are gazetteers beside that of Germany. Raises Ambiguous, NotFound, BadInput for what was
    typed.
    """
    if typed is not None:
        place = around(typed, 1.0, Finder(countries=countries, flag="--from"))
        return Origin(place.lat, place.lon, place.name, place.credit)
    postcode, city = setting("seller.postcode"), setting("seller.city")
    point = german_point(PostalAddress(None, postcode, city, setting("seller.country")))
    if point is None:
        return None
    return Origin(*point, " ".join(part for part in (postcode, city) if part))


def details(
    query: str, seen_from: Origin | None, asker: "Details", *, now: datetime
) -> SpaceDetails:
    """The page of the space meant. Raises NotFound, Ambiguous."""
    from cowork_cli.services.spaces import search

    known = search.details(query, asker, now=now)
    zone = asker.accounts.zones.of(known)
    today = now.astimezone(zone).date()
    days = week.days_from(known.hours.text, today, DAYS, zone, regions.of_space(known))
    return placed(replace(known, week=days, today=today), seen_from)


def placed(space: SpaceDetails, seen_from: Origin | None) -> SpaceDetails:
    """The space with its distance and direction, where both points are known."""
    if seen_from is None or space.lat is None or space.lon is None:
        return space
    ends = (seen_from.lat, seen_from.lon, space.lat, space.lon)
    distance = round(distance_km(*ends), 2)
    bearing = bearing_deg(*ends) if distance else None
    return replace(space, distance_km=distance, seen_from=seen_from.name, bearing_deg=bearing)
