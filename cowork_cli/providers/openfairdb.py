"""OpenFairDB, the database of Karte von morgen: places that people recommend. Search only, off by default.

API: github.com/kartevonmorgen/openfairdb, `openapi.yaml` 0.12.12 and `doc/src/api_usage.md`. Compared on
2026-11-21, by the documents; no request was made to the live service.

Quirks:
- Its makers ask projects that use it to write to them first; that is why it is off by default.
- A list holds no addresses: details are asked for fifty at a time. It comes ordered by rating and in a
  box, so the circle and the order are made here; at most 2,000.
- `text` also finds places that only mention coworking: kept are those whose title or tags say it.
- `opening_hours` are in the syntax of OpenStreetMap, not validated.
- Each entry names its own licence; the database is under ODbL 1.0.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cowork_cli.data.countries import COUNTRIES
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import box, distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import AMENITIES, Hours, Source, Space, SpaceQuery
from cowork_cli.errors import BadAnswer, NotFound
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.base import required
from cowork_cli.records import replace

AT_MOST = 2000
DETAILS_AT_ONCE = 50
GAP_S = 1.0
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_WORDS = ("cowork", "co-work", "co work")
_COUNTRIES = {fold(name): code for code, name in COUNTRIES.items()} | {
    "deutschland": "DE",
    "oesterreich": "AT",
    "schweiz": "CH",
}
_AMENITIES = {"wifi": "wifi", "wlan": "wifi", "kitchen": "kitchen", "kueche": "kitchen"}


class OpenFairDB:
    """One account at OpenFairDB. Satisfies CanSearch."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account = account
        self._http = http.adapted(gap_s=GAP_S)

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Spaces in the circle, nearest first; the details of fifty are asked for at a time."""
        south, north, west, east = box(query.lat, query.lon, query.radius_km)
        answer = self._http.get_json(
            "/search",
            {
                "bbox": f"{south:.6f},{west:.6f},{north:.6f},{east:.6f}",
                "text": "coworking",
                "limit": AT_MOST,
            },
        )
        near = sorted(self._near(answer, query), key=lambda row: (row[0], row[1]))
        for start in range(0, len(near), DETAILS_AT_ONCE):
            some = {
                identity: distance for distance, identity in near[start : start + DETAILS_AT_ONCE]
            }
            spaces = {space.ref.id: space for space in self._entries(list(some))}
            for identity, distance in some.items():
                if identity in spaces:
                    yield replace(spaces[identity], distance_km=distance)

    def space(self, ref: Ref) -> Space:
        """One entry. Raises NotFound."""
        for space in self._entries([ref.id]) if _ID.fullmatch(ref.id) else ():
            if space.ref.id == ref.id:
                return space
        raise NotFound(
            f'there is no space "{ref}"',
            "find one with `cowork space search`",
            account=self._account,
        )

    def check(self, capability: str) -> str:
        """How many entries there are."""
        count = self._http.get_text("/count/entries").strip()
        if not (count.isascii() and count.isdigit() and len(count) < 12):
            raise BadAnswer(
                f'account "{self._account}" answered with something else than a count of entries',
                account=self._account,
            )
        return f"{count} entries"

    def _near(self, answer: object, query: SpaceQuery) -> Iterator[tuple[float, str]]:
        """Distance and id of what is called a coworking space and lies in the circle."""
        for row in _rows(required(answer, "visible", self._account), self._account):
            identity = str(required(row, "id", self._account))
            if not _ID.fullmatch(identity):
                continue  # no id that can be asked for
            lat, lon = _number(row, "lat"), _number(row, "lng")
            if lat is None or lon is None or not _says_coworking(row):
                continue
            distance = distance_km(query.lat, query.lon, lat, lon)
            if distance <= query.radius_km:
                yield distance, identity

    def _entries(self, identities: Sequence[str]) -> list[Space]:
        path = "/entries/" + ",".join(identities)
        try:
            answer = self._http.get_json(path)
        except NotFound:
            return []
        return [_space_from_wire(row, self._account) for row in _rows(answer, self._account)]


def _rows(value: object, account: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise BadAnswer(
            f'account "{account}" answered with something else than a list of entries',
            account=account,
        )
    return value


def _says_coworking(row: Mapping[str, Any]) -> bool:
    words = [str(row.get("title") or ""), *_tags(row)]
    return any(word in text.lower() for text in words for word in _WORDS)


def _tags(row: Mapping[str, Any]) -> list[str]:
    tags = row.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _space_from_wire(row: Mapping[str, Any], account: str) -> Space:
    """An entry. Raises BadAnswer if `id` or `title` is missing."""
    ref = Ref(account, str(required(row, "id", account)))
    lat, lon = _number(row, "lat"), _number(row, "lng")
    return Space(
        ref=ref,
        name=str(required(row, "title", account)),
        address=PostalAddress(
            _text(row, "street"), _text(row, "zip"), _text(row, "city"), _land(row)
        ),
        lat=lat if lon is not None else None,
        lon=lon if lat is not None else None,
        amenities={tag: True for tag in map(_amenity, _tags(row)) if tag},
        hours=Hours(_text(row, "opening_hours")),
        website=_text(row, "homepage"),
        phone=_text(row, "telephone"),
        email=_text(row, "email"),
        sources=(Source(account, ref, _text(row, "license"), _day(row)),),
    )


def _amenity(tag: str) -> str | None:
    """Tags say anything; only those whose meaning leaves no doubt are amenities."""
    plain = fold(tag).replace(" ", "-")
    return _AMENITIES.get(plain, plain if plain in AMENITIES else None)


def _land(row: Mapping[str, Any]) -> str | None:
    """Written by people, as a name or a code; a code is what we can hold."""
    country = _text(row, "country")
    if country is None or len(country) == 2:
        return country and country.upper()
    return _COUNTRIES.get(fold(country))


def _day(row: Mapping[str, Any]) -> str | None:
    """The day of this version: milliseconds or seconds since 1970."""
    created = _number(row, "created")
    if created is None:
        return None
    seconds = created / 1000 if created > 1e11 else created
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value)
