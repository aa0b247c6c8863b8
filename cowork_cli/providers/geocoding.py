"""Street addresses and places abroad → coordinates: Photon or Nominatim, only where a person chose one.

APIs: github.com/komoot/photon `docs/api-v1.md`, nominatim.org/release-docs `api/Search` with the usage
policy of openstreetmap.org (2026-05). Compared on 2026-11-21, by the documents; no request was made.

Quirks:
- Nominatim wants at most one request a second, `format` given, and no personal data. Numbers are texts.
- Photon refuses parameters it does not know (400): an older server is then asked with the least.
- Both show data of OpenStreetMap, so its attribution is due.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from cowork_cli.domain.place import Place, land_code
from cowork_cli.errors import BadAnswer, CoworkError
from cowork_cli.http_client import Answer, HttpClient, RetryPolicy
from cowork_cli.providers import wire

GAP_S = 1.0
AT_MOST = 5
PHOTON, NOMINATIM, NONE = "photon", "nominatim", "none"
ADDRESSES = {
    PHOTON: "https://photon.komoot.io",
    NOMINATIM: "https://nominatim.openstreetmap.org",
}
_TOWN = ("city", "town", "village", "municipality", "hamlet")


def places(kind: str, text: str, http: HttpClient) -> list[Place]:
    """What the text may name, best first; empty for nothing. `kind` is one of `ADDRESSES`."""
    asked = _ASKED[kind]
    client = http.adapted(translate=_meaning, gap_s=GAP_S, retry=RetryPolicy(throttled=1))
    return asked(client, text)


def _photon(http: HttpClient, text: str) -> list[Place]:
    least: dict[str, str | int | float | None] = {"q": text, "lang": "de", "limit": AT_MOST}
    try:
        answer = http.get_json("/api", least | {"dedupe": 1})
    except BadAnswer:
        answer = http.get_json("/api", least)
    features = wire.listed(answer, "features", http.account)
    found = (_of_feature(feature) for feature in features)
    return [place for place in found if place is not None]


def _of_feature(feature: object) -> Place | None:
    facts = _part(feature, "properties")
    point = _part(_part(feature, "geometry"), "coordinates")
    if not isinstance(facts, Mapping) or not isinstance(point, list) or len(point) < 2:
        return None
    lon, lat = _number(point[0]), _number(point[1])
    if lat is None or lon is None:
        return None
    street = " ".join(_texts(facts, "street", "housenumber")) if facts.get("street") else ""
    town = next(iter(_texts(facts, "city", "district", "name")), "")
    name = next(iter(_texts(facts, "name")), "") or street
    return _place(_joined(name, town), facts, "postcode", "state", "countrycode", lat, lon)


def _nominatim(http: HttpClient, text: str) -> list[Place]:
    params: dict[str, str | int | float | None] = {
        "q": text,
        "format": "jsonv2",
        "limit": AT_MOST,
        "addressdetails": 1,
        "accept-language": "de",
    }
    answer = http.get_json("/search", params)
    found = (_of_row(row) for row in wire.listed(answer, None, http.account))
    return [place for place in found if place is not None]


def _of_row(row: object) -> Place | None:
    lat, lon = _number(_part(row, "lat")), _number(_part(row, "lon"))
    if lat is None or lon is None or not isinstance(row, Mapping):
        return None
    address = row.get("address")
    facts: Mapping[str, Any] = address if isinstance(address, Mapping) else {}
    street = " ".join(_texts(facts, "road", "house_number"))
    town = next(iter(_texts(facts, *_TOWN)), "")
    name = street or next(iter(_texts(row, "name", "display_name")), "")
    return _place(_joined(name, town), facts, "postcode", "state", "country_code", lat, lon)


def _place(
    name: str,
    facts: Mapping[str, Any],
    postcode: str,
    state: str,
    country: str,
    lat: float,
    lon: float,
) -> Place:
    in_germany = str(facts.get(country) or "").upper() == "DE"
    land = land_code(str(facts.get(state) or "")) if in_germany else None
    code = next(iter(_texts(facts, postcode)), None)
    abroad = "" if in_germany else str(facts.get(country) or "").upper()
    return Place(_joined(name, abroad), code, land, lat, lon)


def _joined(name: str, more: str) -> str:
    return f"{name}, {more}" if more and more != name else name


def _texts(facts: Mapping[str, Any], *names: str) -> list[str]:
    return [str(facts[name]) for name in names if isinstance(facts.get(name), str) and facts[name]]


def _part(row: object, name: str) -> object:
    return row.get(name) if isinstance(row, Mapping) else None


def _number(value: object) -> float | None:
    """Nominatim writes numbers as texts."""
    try:
        return (
            float(Decimal(str(value))) if isinstance(value, str | int | float | Decimal) else None
        )
    except (InvalidOperation, ValueError):
        return None


def _meaning(answer: Answer) -> CoworkError | None:
    """What an error body says, in either of their forms."""
    if answer.status != 400:
        return None
    body = answer.json()
    error = _part(body, "error")
    said = _part(error, "message") or error or _part(body, "message")
    return BadAnswer(
        f"the geocoder did not accept the request: {said or 'HTTP 400'}",
        "write the place in another way, or give its coordinates with `--near`",
    )


_ASKED: Mapping[str, Callable[[HttpClient, str], list[Place]]] = {
    PHOTON: _photon,
    NOMINATIM: _nominatim,
}
KINDS: Sequence[str] = (NONE, *_ASKED)
