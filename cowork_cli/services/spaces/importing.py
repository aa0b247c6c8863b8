"""Bringing files of spaces into the own directory: Overpass JSON, GeoJSON, CSV.

A space keeps the ref of its source (`osm:node/123`), so the same file imported again updates and
never doubles. The whole file lands in one transaction. What has no name is skipped and reported.

OSM tags are read as they are used on real coworking spaces: `office=coworking` and
`amenity=coworking_space` side by side, `website|contact:website|url`, values split by `;`. There are
no tags for desks, rooms, booths or printers, so those stay unknown. Licence: ODbL 1.0.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.amounts import parse_decimal, parse_price
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.domain.spreadsheet import as_it_was
from cowork_cli.errors import BadInput, CoworkError, NotFound
from cowork_cli.services.identifiers.contacts import check_postcode
from cowork_cli.services.spaces.results import ImportReport, Skipped
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

OSM = "osm"
ODBL = "ODbL-1.0"
LOCAL = "local"
FIELDS = (
    "ref", "name", "street", "postcode", "city", "country", "lat", "lon", "email", "phone",
    "website", "hours", "kinds", "amenities", "prices", "licence", "as_of",
)  # fmt: skip


def import_file(path: Path, *, store: "Store", dry_run: bool) -> ImportReport:
    """Reads a file into the directory. Raises NotFound, BadInput; then nothing was changed."""
    form, rows = read(path)
    wanted = [row for row in rows if isinstance(row, Space)]
    skipped = [row for row in rows if isinstance(row, Skipped)]
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    with store.transaction() as journal:
        known = {
            account: spaces.of_account(store, account)
            for account in {space.ref.account for space in wanted}
        }
        for space in _with_refs(wanted, known.get(LOCAL, {})):
            there = known[space.ref.account].get(space.ref.id)
            what = _outcome(there[1] if there else None, space)
            counts[what] += 1
            if there is None:
                known[space.ref.account][space.ref.id] = (0, space)
            if dry_run or (there is not None and there[0] == 0):
                continue
            if there is None:
                spaces.add(journal, space)
            else:
                spaces.change(journal, there[0], space)
    return ImportReport(str(path), form, **counts, skipped=tuple(skipped), dry_run=dry_run)


def read(path: Path) -> tuple[str, list[Space | Skipped]]:
    """The format of a file and its rows. Raises NotFound, BadInput."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", "check the path") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", "give a file") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(path, text)
    if text.lstrip()[:1] == "<":
        raise BadInput(
            f"{path} is a web page or XML, not data", "ask Overpass for JSON: `[out:json]`"
        )
    return "csv", _read_csv(path, text)


def _outcome(known: Space | None, space: Space) -> str:
    """A newer date of the same facts is no change worth counting."""
    if known is None:
        return "added"
    old, new = spaces.space_values(known), spaces.space_values(space)
    return "unchanged" if {**old, "as_of": None} == {**new, "as_of": None} else "updated"


def _with_refs(found: Sequence[Space], own: Mapping[str, tuple[int, Space]]) -> Iterator[Space]:
    """Gives a ref to those whose source has none: the one they got last time, or a new one."""
    from cowork_cli.services.spaces.directory import free_slug

    known = {(fold(one.name), fold(str(one.address))): slug for slug, (_, one) in own.items()}
    taken = set(own)
    for space in found:
        if space.ref.id:
            yield space
            continue
        key = fold(space.name), fold(str(space.address))
        slug = known.get(key) or free_slug(fold(space.name).replace(" ", "-"), lambda _: taken)
        known[key] = slug
        taken.add(slug)
        ref = Ref(LOCAL, slug)
        yield replace(space, ref=ref, sources=(replace(space.sources[0], ref=ref),))


# ---- JSON


def _read_json(path: Path, text: str) -> tuple[str, list[Space | Skipped]]:
    import json

    try:
        document = json.loads(text)
    except ValueError as error:
        raise BadInput(f"{path} is not whole JSON: {error}", "fetch the file again") from None
    if isinstance(document, dict) and isinstance(document.get("elements"), list):
        return "overpass", _read_overpass(path, document)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return "geojson", _read_geojson(path, document)
    raise BadInput(
        f"{path} is JSON of a kind that is not known here",
        "give Overpass JSON, a GeoJSON FeatureCollection, or CSV",
    )


def _read_overpass(path: Path, document: Mapping[str, Any]) -> list[Space | Skipped]:
    remark = str(document.get("remark") or "")
    if remark.startswith("runtime error"):
        # Overpass reports a timeout inside HTTP 200, with a part of the elements or none.
        raise BadInput(
            f"{path} is the answer of a query that failed: {remark.rstrip('.')}",
            "run the query again with a longer `[timeout:…]` or for a smaller area",
        )
    head = document.get("osm3s")
    base = head.get("timestamp_osm_base") if isinstance(head, dict) else None
    rows: dict[str, Space | Skipped] = {}
    for element in document["elements"]:
        if isinstance(element, dict):
            identity = f"{element.get('type')}/{element.get('id')}"
            # An object printed by two `out` statements comes twice.
            rows.setdefault(identity, _from_osm(identity, element, base))
    return list(rows.values())


def _from_osm(identity: str, element: Mapping[str, Any], base: str | None) -> Space | Skipped:
    tags = element.get("tags")
    tags = tags if isinstance(tags, dict) else {}
    point = element.get("center") if isinstance(element.get("center"), dict) else element
    assert isinstance(point, Mapping)
    return space_from_tags(
        identity, tags, _number(point.get("lat")), _number(point.get("lon")), base
    )


def space_from_tags(
    identity: str,
    tags: Mapping[str, str],
    lat: float | None,
    lon: float | None,
    base: str | None,
) -> Space | Skipped:
    """A space from OSM tags; `identity` is `node/123`, `base` the date of the snapshot."""
    ref = Ref(OSM, identity)
    name = _first(tags, "name")
    if tags.get("office") != "coworking" and tags.get("amenity") != "coworking_space":
        return Skipped(str(ref), name, "not tagged as a coworking space")
    if not name:
        return Skipped(str(ref), None, "has no name")
    street = " ".join(
        part for part in (_first(tags, "addr:street", "addr:place"), _first(tags, "addr:housenumber"))
        if part
    )  # fmt: skip
    country = _first(tags, "addr:country")
    price = _charge(tags.get("charge"))
    return Space(
        ref=ref,
        name=name,
        address=PostalAddress(
            street or None, _first(tags, "addr:postcode"), _first(tags, "addr:city"), country
        ),
        lat=lat,
        lon=lon,
        amenities=_amenities(tags),
        hours=Hours(tags.get("opening_hours") or None),
        website=_first(tags, "website", "contact:website", "url"),
        phone=_first(tags, "phone", "contact:phone"),
        email=_first(tags, "email", "contact:email"),
        prices=(price,) if price else (),
        timezone=spaces.zone_name(country),
        sources=(Source(OSM, ref, ODBL, base or _first(tags, "check_date", "survey:date")),),
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
        r"\s*(\d+(?:[.,]\d{1,2})?)\s*(?:EUR|€)\s*(?:/|per)\s*(hour|day|week|month|year)\s*",
        text or "",
    )
    return Price(Money.of(parse_decimal(match[1], "charge")), match[2]) if match else None


def _first(tags: Mapping[str, str], *names: str) -> str | None:
    """The first value of the first of these tags that is there."""
    for name in names:
        value = str(tags.get(name) or "").partition(";")[0].strip()
        if value:
            return value
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


# ---- GeoJSON and CSV


def _read_geojson(path: Path, document: Mapping[str, Any]) -> list[Space | Skipped]:
    rows: list[Space | Skipped] = []
    base = document.get("timestamp")
    features = document.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        if not isinstance(feature, dict):
            continue
        properties = feature.get("properties")
        fields = dict(properties) if isinstance(properties, dict) else {}
        lat, lon = _middle(feature.get("geometry"))
        identity = str(fields.get("@id") or "")  # as overpass turbo writes it
        if re.fullmatch(r"(node|way|relation)/\d+", identity):
            tags = {key: str(value) for key, value in fields.items()}
            rows.append(space_from_tags(identity, tags, lat, lon, base))
            continue
        fields.setdefault("lat", lat)
        fields.setdefault("lon", lon)
        rows.append(_from_fields(fields, f"{path.name}, feature {number}"))
    return rows


def _middle(geometry: object) -> tuple[float | None, float | None]:
    """Latitude and longitude of a geometry: its point, or the middle of its box."""
    points: list[tuple[float, float]] = []

    def collect(part: Any) -> None:
        if isinstance(part, list) and len(part) >= 2 and all(_number(n) is not None for n in part):
            points.append((part[1], part[0]))
        elif isinstance(part, list):
            for inner in part:
                collect(inner)

    collect(geometry.get("coordinates") if isinstance(geometry, dict) else None)
    if not points:
        return None, None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def _read_csv(path: Path, text: str) -> list[Space | Skipped]:
    import csv
    import io

    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    headers = [str(name).strip().lower() for name in reader.fieldnames or []]
    if "name" not in headers:
        raise BadInput(
            f'{path} has no column "name"',
            f"columns are {', '.join(FIELDS)}; only name must be there",
        )
    rows = []
    for values in reader:
        fields = {
            str(key).strip().lower(): as_it_was(value) if isinstance(value, str) else value
            for key, value in values.items()
        }
        rows.append(_from_fields(fields, f"{path.name}, line {reader.line_num}"))
    return rows


def _from_fields(fields: Mapping[str, Any], where: str) -> Space | Skipped:
    """A space from named fields, as our own exports write them."""
    given = {
        name: str(fields[name]).strip()
        for name in FIELDS
        if isinstance(fields.get(name), str | int | float) and str(fields[name]).strip()
    }
    given |= {
        name: ",".join(map(str, fields[name]))
        for name in FIELDS
        if isinstance(fields.get(name), list)
    }
    name = given.get("name")
    if not name or not fold(name):
        return Skipped(given.get("ref") or where, None, "has no name")
    try:
        return _space(name, given)
    except CoworkError as error:
        return Skipped(given.get("ref") or where, name, error.message)


def _space(name: str, given: Mapping[str, str]) -> Space:
    from cowork_cli.services.spaces.directory import check_kinds, parse_amenities, parse_point

    ref = Ref.parse(given["ref"]) if "ref" in given else Ref(LOCAL, "")
    if ref is None:
        raise BadInput(f'"{given["ref"]}" is not a ref')
    point = None
    if "lat" in given and "lon" in given:
        point = parse_point(f"{given['lat'].replace(',', '.')},{given['lon'].replace(',', '.')}")
        if point is None:
            raise BadInput(f'"{given["lat"]}, {given["lon"]}" is not a point')
    prices = tuple(parse_price(text) for text in _parts(given.get("prices")))
    return Space(
        ref=ref,
        name=name,
        address=PostalAddress(
            given.get("street"),
            check_postcode(given["postcode"], given.get("country"))
            if "postcode" in given
            else None,
            given.get("city"),
            given.get("country"),
        ),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        kinds=check_kinds(_parts(given.get("kinds"))),
        amenities={**parse_amenities(_parts(given.get("amenities")))},
        hours=Hours(given.get("hours")),
        website=given.get("website"),
        phone=given.get("phone"),
        email=given.get("email"),
        prices=prices,
        timezone=spaces.zone_name(given.get("country")),
        sources=(Source(ref.account, ref, given.get("licence"), given.get("as_of")),),
    )


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in re.split("[,|]", text or "") if part.strip()]
