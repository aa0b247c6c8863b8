"""What a person typed as the place of a search, resolved once: `Named`, `Around` or `Everything`.

Everything below is handed the value and never looks at the words again.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from cowork_cli.domain.place import (
    Place,
    distance_km,
    fold,
    full_keys,
    parse_point,
    short_keys,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.errors import Ambiguous, NotFound
from cowork_cli.records import dataclass, replace
from cowork_cli.store import spaces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

SHOWN = 6
FETCH = "fetch its country with `cowork place update COUNTRY`, such as AT"
_ABROAD = re.compile(r", [A-Z]{2}$")


@dataclass(frozen=True, slots=True)
class Named:
    """The spaces that bear the name typed, or have the ref typed."""

    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A circle: its middle in degrees, its radius as the crow flies, and the name of its middle.

    `credit` is the line that the licence of whoever placed the middle asks for, None where none does.
    """

    lat: float
    lon: float
    radius_km: float
    name: str
    credit: str | None = None

    def holds(self, space: Space) -> bool:
        """Whether a space that was `placed` lies in the circle; one without a point may."""
        return space.distance_km is None or space.distance_km <= self.radius_km

    def names(self, space: Space) -> bool:
        """Whether a space lies in the town or the postcode that the middle is called by."""
        town = fold(_ABROAD.sub("", self.name))
        return bool(town) and town in (fold(space.address.city or ""), space.address.postcode)

    def placed(self, space: Space) -> Space:
        """The space with its distance from the middle, where it has a point."""
        if space.lat is None or space.lon is None:
            return space
        distance = distance_km(self.lat, self.lon, space.lat, space.lon)
        return replace(space, distance_km=round(distance, 2))


@dataclass(frozen=True, slots=True)
class Everything:
    """No place was typed: the whole own directory."""


Where = Named | Around | Everything


def resolve(
    typed: str | None,
    near: str | None,
    radius_km: float,
    *,
    store: "Store",
    cache: "Cache",
    finder: "Finder | None" = None,
) -> Where:
    """What the words mean. `near` is a place and nothing else, `typed` a place or a space.

    Raises Ambiguous, NotFound, BadInput for a place that is none.
    """
    if near is not None:
        return around(near, radius_km, finder)
    if typed is None:
        return Everything()
    named = _named(typed, store, cache, finder or Finder())
    return Named(tuple(named)) if named else around(typed, radius_km, finder)


@dataclass(frozen=True, slots=True)
class Finder:
    """Who helps where the gazetteer does not tell.

    `geocode`: a geocoder that is switched on; `choose`: a person, asked which of several is meant;
    `countries`: the gazetteers of other countries that are there; `flag`: the option that was typed.
    """

    geocode: Callable[[str], list[Place]] | None = None
    choose: Callable[[str, Sequence[Place]], Place] | None = None
    countries: Sequence[Path] = ()
    flag: str = "--near"


def around(text: str, radius_km: float, finder: Finder | None = None) -> Around:
    """The circle around a point, a place of the gazetteer, or what a geocoder finds.

    Raises Ambiguous, NotFound, BadInput.
    """
    point = parse_point(text)
    if point is not None:
        return Around(*point, radius_km, text)
    from cowork_cli.store import gazetteer

    helper = finder or Finder()
    place, others = gazetteer.resolve(text, more=helper.countries)
    if place is None and helper.geocode is not None and not _bears(text, others):
        found = helper.geocode(text)
        if found:
            from cowork_cli.providers.registry import OSM_ATTRIBUTION

            return _middle(found[0], radius_km, OSM_ATTRIBUTION)
    if place is None and others:
        if helper.choose is None:
            raise _ambiguous(text, others, helper.flag)
        place = helper.choose(text, others[:SHOWN])
    if place is None:
        raise _unknown(text, helper)
    return _middle(place, radius_km, credit_of([place]))


def _middle(place: Place, radius_km: float, credit: str | None) -> Around:
    return Around(place.lat, place.lon, radius_km, place.name, credit)


def credit_of(places: Sequence[Place]) -> str | None:
    """The line for places of a gazetteer: those abroad, which are in no Land, are of GeoNames."""
    if all(place.land is not None for place in places):
        return None
    from cowork_cli.domain.geonames import ATTRIBUTION

    return f"{ATTRIBUTION}."


def _bears(text: str, places: Sequence[Place]) -> bool:
    """Whether one of them is called so, and does not only begin so: Wien is not Wiendorf."""
    key = fold(text)
    return any(key in full_keys(place.name) | short_keys(place.name) for place in places)


def _ambiguous(text: str, others: Sequence[Place], flag: str) -> Ambiguous:
    named = titles(others[:SHOWN])
    shown = "; ".join(named)
    more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
    abroad = "" if _bears(text, others) else f"; a town abroad: {FETCH}"
    return Ambiguous(
        f'"{text}" may be {shown}{more}',
        f'say which, as in `{flag} "{named[0]}"`, or give a postcode{abroad}',
    )


def titles(places: Sequence[Place]) -> list[str]:
    """Places as they can be typed: each name with its Land, with its postcode where two are called so."""
    named = [f"{place.name}, {place.land}" if place.land else place.name for place in places]
    often = Counter(named)
    return [
        f"{place.postcode} {name}" if often[name] > 1 and place.postcode else name
        for place, name in zip(places, named, strict=True)
    ]


def _unknown(text: str, helper: Finder) -> NotFound:
    from cowork_cli.store import gazetteer

    near = ", ".join(gazetteer.nearest_names(text, more=helper.countries))
    abroad = (
        ""
        if helper.geocode is not None
        else (
            f"; a town or a postcode abroad: {FETCH}; a street address needs a geocoder, switched on with"
            " `cowork account add osm --set geocoder=photon`"
        )
    )
    return NotFound(
        f'no place is called "{text}"' + (f", did you mean {near}?" if near else ""),
        f"look it up with `cowork place find`, or give `{helper.flag} LAT,LON`{abroad}",
    )


def _named(typed: str, store: "Store", cache: "Cache", finder: Finder) -> list[Space]:
    """Spaces by ref, by exact name, or by the words of a name that no place bears."""
    exact = _by_ref(Ref.parse(typed), store, cache)
    if exact is not None:
        return [exact]
    same_name = spaces.by_name(store, typed)
    if same_name or parse_point(typed):
        return same_name
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import gazetteer

    if gazetteer.resolve(typed, more=finder.countries) != (None, []):
        return []
    own = [naming.Candidate(str(ref), name) for ref, name in spaces.names(store)]
    seen = [naming.Candidate(str(ref), name) for ref, name in cache.names()]
    chosen = naming.fitting(typed, own) or naming.fitting(typed, seen)
    fitting = [_by_ref(Ref.parse(candidate.id), store, cache) for candidate in chosen]
    return [space for space in fitting if space is not None]


def _by_ref(ref: Ref | None, store: "Store", cache: "Cache") -> Space | None:
    if ref is None:
        return None
    return spaces.by_ref(store, ref) or cache.by_ref(ref)
