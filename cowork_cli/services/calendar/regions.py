"""Whose holidays count: of the person by the settings, of a space by its country and postcode."""

from collections.abc import Callable
from functools import lru_cache

from cowork_cli.domain.space import Space
from cowork_cli.services.calendar.holidays import Region


def of_person(setting: Callable[[str], str | None]) -> Region:
    """The region that `seller.country`, `land` and `holidays.parish` name."""
    country = setting("seller.country")
    if country != "DE":
        return Region(country)
    return Region(country, setting("land"), setting("holidays.parish"))


def of_space(space: Space) -> Region:
    """The region of a space. Its Land is that of its postcode, else of the place nearest to it.

    In Augsburg the city's own holiday counts; of other parishes nothing is known.
    """
    address = space.address
    country = address.country.upper() if address.country else None
    if country != "DE":
        return Region(country)
    land = _land(address.postcode) if address.postcode else None
    if land is None and space.lat is not None and space.lon is not None:
        land = _land_at(round(space.lat, 3), round(space.lon, 3))
    in_augsburg = land == "BY" and (address.city or "").strip().casefold() == "augsburg"
    return Region(country, land, "augsburg" if in_augsburg else None)


@lru_cache(maxsize=1024)
def _land(postcode: str) -> str | None:
    """The Land of a German postcode; None where it is not known, or lies in two."""
    from cowork_cli.store import gazetteer

    lands = {place.land for place in gazetteer.find(postcode) if place.postcode == postcode}
    return lands.pop() if len(lands) == 1 else None


@lru_cache(maxsize=1024)
def _land_at(lat: float, lon: float) -> str | None:
    from cowork_cli.store import gazetteer

    return gazetteer.land_at(lat, lon)
