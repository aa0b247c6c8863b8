"""Spaces as a web page with a map: their points, their hours as a pattern, what links to them."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.documents.space_map import Spot, phone_address, render, web_address
from cowork_cli.domain.geonames import ATTRIBUTION
from cowork_cli.domain.osm_tags import OSM
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.errors import BadInput
from cowork_cli.services.calendar import regions, week

if TYPE_CHECKING:
    from cowork_cli.services.calendar.space_zone import SpaceZones

# The page says of a later day that its hours are not known: holidays and seasons end with a year.
DAYS_AHEAD = 366
TOWNS = 400
_ABROAD = re.compile(r", [A-Z]{2}$")


def page(
    spaces: Sequence[Space],
    *,
    title: str,
    zones: "SpaceZones",
    now: datetime,
    credits_: Iterable[str],
    tiles: str | None,
    countries: Sequence[Path] = (),
) -> bytes:
    """The page of these spaces, as UTF-8. Raises BadInput for a strange `tiles`.

    `countries`: gazetteers beside that of Germany, for the names of towns abroad.
    """
    spots = [_spot(space, zones, now) for space in spaces]
    towns = _towns(spots, countries)
    abroad = any(_ABROAD.search(name) for name, _, _ in towns)
    return render(
        spots,
        [(_shown(name), lat, lon) for name, lat, lon in towns],
        title=title,
        made=now.date(),
        credits_=(*credits_, *([f"{ATTRIBUTION}."] if abroad else [])),
        tiles=_checked(tiles) if tiles else None,
    )


def _checked(tiles: str) -> str:
    whole = all(f"{{{part}}}" in tiles for part in "zxy")
    if not whole or web_address(tiles) != tiles or any(sign in tiles for sign in "'\";,"):
        raise BadInput(
            f'--tiles "{tiles}" is no address of map images',
            "write it as `https://HOST/{z}/{x}/{y}.png`, or `--tiles none`",
        )
    return tiles


def _spot(space: Space, zones: "SpaceZones", now: datetime) -> Spot:
    address = str(space.address)
    far = "" if space.distance_km is None else f"{space.distance_km:.1f} km"
    amenities = [name for name, there in space.amenities.items() if there]
    price = f"from {space.price_from}" if space.price_from else ""
    lines = (
        " · ".join(filter(None, (address, far))),
        space.hours.text or "",
        " · ".join(filter(None, (price, ", ".join(space.kinds)))),
        ", ".join(amenities),
        f"might fit: {', '.join(space.unknown)} not known" if space.unknown else "",
    )
    return Spot(
        name=space.name,
        ref=str(space.ref),
        lat=space.lat,
        lon=space.lon,
        details=lines,
        hours=_hours(space, zones, now),
        links=_links(space),
    )


def _hours(space: Space, zones: "SpaceZones", now: datetime) -> dict[str, Any] | None:
    """The pattern as the script reads it: days from Monday, minutes since midnight."""
    if not space.hours.text:
        return None
    zone = zones.of(space)
    first = now.astimezone(zone).date()
    found = week.pattern(space.hours.text, first, DAYS_AHEAD, zone, regions.of_space(space))
    if found is None or all(day is None for day in found.days):
        return None
    return {
        "zone": found.zone,
        "days": found.days,
        "exceptions": {day.isoformat(): spans for day, spans in found.exceptions.items()},
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
    }


def _links(space: Space) -> dict[str, str]:
    element = next((ref for ref in _refs(space) if ref.account == OSM), None)
    links = {
        "Web site": web_address(space.website),
        "Call": phone_address(space.phone),
        "OpenStreetMap": f"https://www.openstreetmap.org/{element.id}" if element else None,
        "Directions": None
        if space.lat is None
        else f"geo:{space.lat:.6f},{space.lon:.6f}?q={space.lat:.6f},{space.lon:.6f}",
    }
    return {label: address for label, address in links.items() if address}


def _refs(space: Space) -> list[Ref]:
    return [space.ref, *(source.ref for source in space.sources)]


def _towns(spots: Sequence[Spot], countries: Sequence[Path]) -> list[tuple[str, float, float]]:
    """Names to find one's way by, the largest first, around all points."""
    from cowork_cli.store import gazetteer

    points = [
        (spot.lat, spot.lon) for spot in spots if spot.lat is not None and spot.lon is not None
    ]
    if not points:
        return []
    lats, lons = zip(*points, strict=True)
    edge = max(0.3, max(lats) - min(lats), (max(lons) - min(lons)) / 2)
    sides = min(lats) - edge, max(lats) + edge, min(lons) - 2 * edge, max(lons) + 2 * edge
    return gazetteer.towns_within(*sides, TOWNS, more=countries)


def _shown(name: str) -> str:
    """The German name of a town with two, without its country: `Cottbus - Chóśebuz`, `Wien, AT`."""
    return _ABROAD.sub("", name.partition(" - ")[0])
