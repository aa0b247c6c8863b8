"""Whether a postcode, a town and a Land belong together, by the gazetteer of Germany."""

from collections.abc import Sequence

from cowork_cli.domain.place import LANDS, Place, fold, full_keys, short_keys
from cowork_cli.records import dataclass
from cowork_cli.store import gazetteer


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not fit: a sentence, and the places that the postcode is of, the main one first."""

    sentence: str
    places: tuple[Place, ...]


def places_of(postcode: str | None, country: str) -> list[Place]:
    """The places of a German postcode; none for another country and for one that is not known."""
    return gazetteer.find(postcode) if postcode and country.upper() == "DE" else []


def town_doubt(postcode: str | None, city: str | None, country: str) -> Doubt | None:
    """Whether the postcode is of another town. None where they fit, or where nobody can tell."""
    places = places_of(postcode, country)
    if not places or not city or _is_one_of(city, places):
        return None
    towns = list(dict.fromkeys(place.name for place in places))
    return Doubt(f"{postcode} is {' or '.join(towns[:3])}, not {city}", tuple(places))


def land_doubt(postcode: str | None, land: str | None, country: str) -> Doubt | None:
    """Whether the postcode lies in another Land. None where they fit, or where nobody can tell."""
    places = [place for place in places_of(postcode, country) if place.land]
    lands = list(dict.fromkeys(place.land for place in places if place.land))
    if not lands or not land or land in lands:
        return None
    shown = " or ".join(f"{LANDS[code]} ({code})" for code in lands)
    return Doubt(f"{postcode} lies in {shown}, not in {LANDS[land]}", tuple(places))


def land_of(postcode: str | None, country: str) -> str | None:
    """The Land of a postcode, None if it is not known or if it lies in several."""
    lands = {place.land for place in places_of(postcode, country)}
    return lands.pop() if len(lands) == 1 else None


def doubts(postcode: str | None, city: str | None, land: str | None, country: str) -> list[str]:
    """Both questions as sentences, for who cannot be asked."""
    found = (town_doubt(postcode, city, country), land_doubt(postcode, land, country))
    return [doubt.sentence for doubt in found if doubt]


def _is_one_of(city: str, places: Sequence[Place]) -> bool:
    """Whether a town as typed is one of them: also its short name, and with a part of it behind."""
    typed = fold(city)
    keys = {key for place in places for key in (*full_keys(place.name), *short_keys(place.name))}
    return any(typed == key or f"{typed} ".startswith(f"{key} ") for key in keys) or any(
        f"{key} ".startswith(f"{typed} ") for key in keys
    )
