"""The time zone of a space: decided here, for desks, bookings and hours alike.

In this order: the zone that the space itself states (`space edit --timezone`, or its provider); the
zone of its country, where that has one, else of its coordinates; for Spain and Portugal, whose
islands have times of their own, the postcode; the `timezone` of its account; the person's own zone.
A zone that is only assumed is said once.

Coordinates are looked up with `tzfpy`: its data (5 MB) cost up to a second on first use, so it is
asked only where the country leaves a choice or is not known.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from cowork_cli.data.zones import COUNTRY_ZONES, ISLAND_TOWNS, POSTCODE_ZONES
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.domain.zones import zone_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# South, north, west, east: boxes inside Germany, no neighbour's land in any of them.
_SURELY_GERMAN = (
    (48.2, 53.4, 8.7, 11.7),
    (51.2, 53.8, 9.5, 14.0),
    (47.85, 49.0, 10.3, 12.6),
    (49.7, 51.5, 6.9, 8.7),
    (51.5, 53.4, 7.3, 8.7),
)


class SpaceZones:
    """Decides zones for one command. `home` is the person's zone, `account_zone` a setting.

    `assumed` collects the spaces whose zone could only be assumed, each with its sentence.
    """

    def __init__(
        self, home: ZoneInfo, account_zone: Callable[[str], str | None] = lambda account: None
    ):
        self.home = home
        self.account_zone = account_zone
        self.assumed: dict[Ref, str] = {}

    def of(self, space: Space) -> ZoneInfo:
        """The zone a space lives in. Raises BadInput for a zone stated that does not exist."""
        name = known_zone(space)
        if name is not None:
            return zone_named(name)
        name = self.account_zone(space.ref.account)
        if name is not None:
            return zone_named(name)
        self.assumed.setdefault(
            space.ref,
            f"Where {space.name} lies is not known well enough to tell its time: your own is taken,"
            f" {self.home.key}. {_remedy(space)}",
        )
        return self.home

    def said(self) -> list[str]:
        """What to say of the zones that were assumed, once for each space; few enough to read."""
        lines = list(self.assumed.values())
        if len(lines) <= 1:
            return lines
        return [
            f"The time zone of {len(lines)} spaces is not known: your own is taken,"
            f" {self.home.key}."
        ]


def known_zone(space: Space) -> str | None:
    """The IANA name of a space's zone, as far as its own facts tell it; None if they do not."""
    if space.timezone:
        return space.timezone
    country = (space.address.country or "").upper()
    if country in COUNTRY_ZONES:
        return COUNTRY_ZONES[country]
    if space.lat is not None and space.lon is not None:
        return zone_at(space.lat, space.lon)
    return _by_postcode(country, space.address.postcode, space.address.city)


def zone_at(lat: float, lon: float) -> str | None:
    """The zone of a point in degrees; None at sea and where the data do not reach."""
    for south, north, west, east in _SURELY_GERMAN:
        if south <= lat <= north and west <= lon <= east:
            return "Europe/Berlin"
    import tzfpy

    name: str = tzfpy.get_tz(lon, lat)
    # `Etc/GMT+3` is nautical time, which no office on land lives by.
    return None if not name or name.startswith("Etc/") else name


def _by_postcode(country: str, postcode: str | None, city: str | None) -> str | None:
    starts = POSTCODE_ZONES.get(country)
    if starts is None or not (postcode or city):
        return None
    digits = "".join(char for char in postcode or "" if char.isdigit())
    if digits:
        return starts.get(digits[:2], starts[""])
    return ISLAND_TOWNS.get(fold(city or ""), starts[""])


def _remedy(space: Space) -> str:
    return (
        f"Set it with `cowork space edit {space.ref} --timezone ZONE`."
        if space.ref.account == "local"
        else f"Set it with `cowork account add {space.ref.account} --set timezone=ZONE`."
    )
