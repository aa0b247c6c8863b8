"""OpenStreetMap as it describes coworking spaces: tags, positions, and what is closed for good.

`office=coworking` and `amenity=coworking_space` are used side by side, so are `website`,
`contact:website` and `url`; values are split by `;`. There are no tags for desks, rooms, booths or
printers, so those stay unknown. Life cycle: https://wiki.openstreetmap.org/wiki/Lifecycle_prefix.
Licence of the data: ODbL 1.0.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.data.currencies import CURRENCIES
from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Skipped, Source, Space

OSM = "osm"
ODBL = "ODbL-1.0"
CLOSED = "tagged as closed for good"
NOWHERE = "has no position"

_LIVING = {"office": ("coworking", "coworking_space"), "amenity": ("coworking_space",)}
_OFFICES = ("company", "yes")
NAMED = (
    "cowork|co-work|business ?cent(er|re)"
    "|design ?offices|impact ?hub|mindspace|regus|techspace|wework"
)
"""What says in a name that an office is one: the word, or a brand that has nothing else in Germany.

Read alike by Python and by an Overpass server (POSIX). Brands: github.com/osmlab/name-suggestion-index,
2026-08, without those whose name is a plain word.
"""
_NAMED = re.compile(NAMED, re.IGNORECASE)
_GONE = ("disused", "abandoned", "was", "removed", "demolished", "razed", "destroyed", "ruins")
_NEVER_OPEN = frozenset(["off", "closed", "geschlossen", "mo-su off", "24/7 off", "24/7 closed"])


def space_from_tags(
    identity: str,
    tags: Mapping[str, str],
    lat: float | None,
    lon: float | None,
    base: str | None,
    today: date | None = None,
    *,
    account: str = OSM,
    any_office: bool = False,
) -> Space | Skipped:
    """A space from OSM tags; `identity` is `node/123`, `base` the date of the snapshot.

    `today` decides whether an `end_date` has passed; None leaves such dates unread. With `any_office`
    an office whose name alone says that it is one counts too, and one without a name is called by its
    operator, brand or street.
    """
    ref = Ref(account, identity)
    name = first(tags, "name")
    if closed_for_good(tags, today):
        return Skipped(str(ref), name, CLOSED)
    if not _living(tags) and not (any_office and _near_miss(tags)):
        return Skipped(str(ref), name, "not tagged as a coworking space")
    if not name and any_office:
        name = first(tags, "operator", "brand", "addr:street") or "without a name"
    if not name:
        return Skipped(str(ref), None, "has no name")
    price = _charge(tags.get("charge"))
    return Space(
        ref=ref,
        name=name,
        address=_address(tags),
        lat=lat,
        lon=lon,
        amenities=_amenities(tags),
        hours=Hours(tags.get("opening_hours") or None),
        website=first(tags, "website", "contact:website", "url"),
        phone=first(tags, "phone", "contact:phone"),
        email=first(tags, "email", "contact:email"),
        price_from=price,
        prices=(price,) if price else (),
        sources=(Source(account, ref, ODBL, base or first(tags, "check_date", "survey:date")),),
    )


def _living(tags: Mapping[str, str]) -> bool:
    return any(tags.get(key) in values for key, values in _LIVING.items())


def _near_miss(tags: Mapping[str, str]) -> bool:
    """A coworking or business centre that is tagged as an office of any kind."""
    return tags.get("office") in _OFFICES and bool(_NAMED.search(tags.get("name", "")))


def first(tags: Mapping[str, str], *names: str) -> str | None:
    """The first value of the first of these tags that is there."""
    for name in names:
        value = str(tags.get(name) or "").partition(";")[0].strip()
        if value:
            return value
    return None


def closed_for_good(tags: Mapping[str, str], today: date | None) -> bool:
    """Whether the tags say that the coworking space is no more."""
    for key, values in _LIVING.items():
        if any(tags.get(f"{prefix}:{key}") in values for prefix in _GONE):
            return True
    if any(tags.get(prefix) == "yes" for prefix in _GONE):
        return True
    hours = str(tags.get("opening_hours") or "").strip().strip(";").lower()
    if re.sub(r'\s*".*"$', "", hours).strip() in _NEVER_OPEN:
        return True
    if str(tags.get("operational_status") or "").lower() in ("closed", "abandoned"):
        return True
    ended = _last_day(str(tags.get("end_date") or ""))
    return today is not None and ended is not None and ended < today


def _last_day(text: str) -> date | None:
    """The last day that an `end_date` can mean: `2023`, `2023-05`, `2023-05-14`; None for others."""
    match = re.fullmatch(r"\s*(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\s*", text)
    if match is None:
        return None
    from calendar import monthrange

    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3] or monthrange(year, month)[1]))
    except ValueError:  # month 13, 30 February
        return None


def _address(tags: Mapping[str, str]) -> PostalAddress:
    street = (first(tags, "addr:street", "addr:place"), first(tags, "addr:housenumber"))
    country = first(tags, "addr:country")
    return PostalAddress(
        " ".join(part for part in street if part) or None,
        first(tags, "addr:postcode"),
        first(tags, "addr:city"),
        country.upper() if country else None,
    )


_YES_NO = {"yes": True, "no": False}


def _amenities(tags: Mapping[str, str]) -> dict[str, bool | None]:
    """`wheelchair=limited`, `internet_access=wired` and the like say neither yes nor no."""
    answers = {
        "wifi": {**_YES_NO, "wlan": True}.get(tags.get("internet_access", "")),
        "step-free": _YES_NO.get(tags.get("wheelchair", "")),
        "dogs": _YES_NO.get(tags.get("dog", "")),
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


def _charge(text: str | None) -> Price | None:
    """`15 EUR/day`; a charge is what the guest pays, VAT included or not it does not say."""
    match = re.fullmatch(
        r"\s*(\d+(?:[.,]\d{1,2})?)\s*([A-Z]{3}|€)\s*(?:/|per)\s*(hour|day|week|month|year)\s*",
        text or "",
    )
    if match is None or (match[2] != "€" and match[2] not in CURRENCIES):
        return None
    currency = "EUR" if match[2] == "€" else match[2]
    return Price(Money.of(parse_decimal(match[1], "charge"), currency), match[3])


# ---- Overpass JSON


def spaces_of_overpass(
    document: Mapping[str, Any],
    today: date | None,
    *,
    account: str = OSM,
    any_office: bool = False,
) -> Iterator[Space | Skipped]:
    """The spaces among the elements of an answer, each object once.

    A way or relation has its position from `center`, `bounds`, `geometry`, or from the nodes and ways
    of the same answer; what has none is skipped and said.
    """
    head = document.get("osm3s")
    base = head.get("timestamp_osm_base") if isinstance(head, dict) else None
    # An object printed by two `out` statements comes twice, perhaps with its position once only.
    elements: dict[str, dict[str, Any]] = {}
    for element in document["elements"]:
        if isinstance(element, dict):
            identity = f"{element.get('type')}/{element.get('id')}"
            elements[identity] = {**element, **elements.get(identity, {})}
    for identity, element in elements.items():
        tags = _texts(element.get("tags"))
        if not tags:
            continue  # a bare corner of something else
        lat, lon = middle(_points(element, elements, depth=3))
        space = space_from_tags(
            identity, tags, lat, lon, base, today, account=account, any_office=any_office
        )
        if isinstance(space, Space) and lat is None:
            yield Skipped(str(space.ref), space.name, NOWHERE)
        else:
            yield space


def _texts(tags: object) -> dict[str, str]:
    """Tags as OpenStreetMap has them: text for text; a list or an object is none."""
    given = tags if isinstance(tags, dict) else {}
    return {
        name: str(value) for name, value in given.items() if isinstance(value, str | int | float)
    }


def _points(
    element: Mapping[str, Any], elements: Mapping[str, Mapping[str, Any]], depth: int
) -> list[tuple[float, float]]:
    """All points that tell where an element lies, from the first source that has any."""
    own = _pairs([element, element.get("center")])
    corners = own or _corners(element.get("bounds")) or _pairs(_list(element.get("geometry")))
    if corners or depth == 0:
        return corners
    members = [part for part in _list(element.get("members")) if isinstance(part, dict)]
    inline = [point for part in members for point in _points({**part, "members": ()}, {}, 0)]
    if inline:
        return inline
    named = [f"node/{number}" for number in _list(element.get("nodes"))]
    named += [f"{part.get('type')}/{part.get('ref')}" for part in members]
    parts = [elements[identity] for identity in named if identity in elements]
    return [point for part in parts for point in _points(part, elements, depth - 1)]


def _pairs(places: Iterable[object]) -> list[tuple[float, float]]:
    pairs = []
    for place in places:
        if isinstance(place, Mapping):
            lat, lon = number(place.get("lat")), number(place.get("lon"))
            if lat is not None and lon is not None:
                pairs.append((lat, lon))
    return pairs


def _corners(bounds: object) -> list[tuple[float, float]]:
    if not isinstance(bounds, Mapping):
        return []
    low = {"lat": bounds.get("minlat"), "lon": bounds.get("minlon")}
    high = {"lat": bounds.get("maxlat"), "lon": bounds.get("maxlon")}
    corners = _pairs([low, high])
    return corners if len(corners) == 2 else []


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def middle(points: Iterable[tuple[float, float]]) -> tuple[float | None, float | None]:
    """The middle of the box around points (latitude, longitude); two times None for none.

    In seven digits, as OpenStreetMap keeps them: a centimetre. Points off the globe do not count.
    """
    real = [(lat, lon) for lat, lon in points if -90 <= lat <= 90 and -180 <= lon <= 180]
    if not real:
        return None, None
    lats, lons = [lat for lat, _ in real], [lon for _, lon in real]
    return round((min(lats) + max(lats)) / 2, 7), round((min(lons) + max(lons)) / 2, 7)


def number(value: object) -> float | None:
    """A JSON number; None for anything else."""
    numeric = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(value) if numeric else None  # type: ignore[arg-type]
