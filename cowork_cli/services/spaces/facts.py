"""What is said of a space, checked: kinds, amenities, countries; and how counts are said.

The lowest module of the room: the directory, imports and exports stand on it.
"""

from collections.abc import Callable, Iterable, Sequence

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold
from cowork_cli.domain.space import AMENITIES, KINDS
from cowork_cli.errors import BadInput

# The columns of our own files of spaces, in their order.
FIELDS = (
    "ref", "name", "street", "postcode", "city", "country", "lat", "lon", "email", "phone",
    "website", "hours", "kinds", "amenities", "prices", "licence", "as_of", "timezone",
    "notes",
)  # fmt: skip


# ---- amenities

_ANSWERS = {
    **dict.fromkeys(("yes", "true", "1", "ja", "y", "j", "x"), True),
    **dict.fromkeys(("no", "false", "0", "nein", "n"), False),
}


_AMENITY_HINT = "write it as `wifi` or `wifi=no`"


def amenity_named(text: str) -> str:
    """Our name for an amenity, where the word is known (`wlan`, `Drucker`); else the word itself.

    Raises BadInput for one without a letter or a figure.
    """
    from cowork_cli.data.amenities import SAME

    word = text.strip().lower()
    folded = fold(word)
    if not folded:
        raise BadInput(f'"{text}" is not an amenity', _AMENITY_HINT)
    by_folded = {fold(name): name for name in AMENITIES}
    return by_folded.get(folded) or SAME.get(folded) or word


def parse_amenities(texts: Iterable[str]) -> dict[str, bool]:
    """`wifi` is there, `wifi=no` is not; `wlan` is `wifi`. Raises BadInput for another value."""
    amenities: dict[str, bool] = {}
    for text in texts:
        name, equals, value = text.strip().lower().partition("=")
        answer = _ANSWERS.get(value.strip()) if equals else True
        if answer is None:
            raise BadInput(f'"{text}" is not an amenity', _AMENITY_HINT)
        amenities[amenity_named(name)] = answer
    return amenities


def strange_amenities(names: Iterable[str], used: Iterable[str]) -> dict[str, str | None]:
    """The amenities nobody knows yet, each with the known one it resembles.

    `used` are those the directory holds already: what was wanted once is not asked about again.
    """
    known = {*AMENITIES, *used}
    return {name: nearest_amenity(name) for name in names if name not in known}


def nearest_amenity(name: str) -> str | None:
    """The amenity that a mistyped word resembles, by our names and the usual other ones."""
    from cowork_cli.data.amenities import SAME
    from cowork_cli.domain.spelling import nearest

    spellings = {**SAME, **{fold(known): known for known in AMENITIES}}
    near = nearest(fold(name), spellings, alike=0.7)
    return spellings[near[0]] if near else None


# ---- kinds and countries


def check_kinds(kinds: Iterable[str], known: Sequence[str] = KINDS) -> tuple[str, ...]:
    """The kinds, once each. Raises BadInput naming those there are."""
    from cowork_cli.domain.spelling import guess

    named = tuple(dict.fromkeys(kinds))
    for kind in named:
        if kind not in known:
            raise BadInput(
                f'"{kind}" is not a kind{guess(kind, known)}', f"choose of {', '.join(known)}"
            )
    return named


def country_code(text: str) -> str:
    """The two letters of a country given by them or by its name. Raises BadInput."""
    from cowork_cli.data.countries import COUNTRIES, GERMAN

    code = text.strip().upper()
    if code in COUNTRIES:
        return code
    names = (*COUNTRIES.items(), *GERMAN.items())
    by_name = {fold(name): letters for letters, name in names} | _SHORT_FORMS
    if fold(text) in by_name:
        return by_name[fold(text)]
    raise BadInput(f'"{text}" is not a country', "give two letters such as `DE`")


# Short forms that stand in files; the names stand in `data.countries`.
_SHORT_FORMS = {"d": "DE", "a": "AT", "uk": "GB", "usa": "US", "grossbritannien": "GB"}


def german_country(postcode: str | None, city: str | None) -> str | None:
    """`DE` where postcode and town are those of a German place, else None: not known.

    A postcode of five digits alone may be Spanish, French or Italian just as well, so a town that
    is given must be that postcode's; a town alone must be one of the gazetteer's, by its whole name.
    """
    from cowork_cli.domain.place import full_keys, short_keys
    from cowork_cli.store import gazetteer

    by_postcode = gazetteer.find(postcode) if postcode else []
    if postcode and not by_postcode:
        return None
    if not city:
        return "DE" if by_postcode else None
    town = {fold(city), *short_keys(city)}
    places = by_postcode or gazetteer.find(city)
    fits = any(town & (full_keys(place.name) | short_keys(place.name)) for place in places)
    return "DE" if fits else None


def german_point(address: PostalAddress) -> tuple[float, float] | None:
    """The point of the postcode, else of the town, for an address in Germany; None if not known."""
    from cowork_cli.store import gazetteer

    if address.country != "DE":
        return None
    for text in (address.postcode, address.city):
        place, _ = gazetteer.resolve(text) if text else (None, [])
        if place:
            return place.lat, place.lon
    return None


# ---- names and counts


def free_slug(slug: str, taken: Callable[[str], set[str]]) -> str:
    """`slug`, or the first of `slug-2`, `slug-3` … that is not taken."""
    slug = slug or "space"
    used = taken(slug)
    number, free = 1, slug
    while free in used:
        number += 1
        free = f"{slug}-{number}"
    return free
