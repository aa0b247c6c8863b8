"""Bringing files of spaces into the own directory: Overpass JSON, GeoJSON, CSV.

A space keeps the ref of its source (`osm:node/123`), so the same file imported again updates and
never doubles. The whole file lands in one transaction. What is left out is reported: rows with their
reason, columns that nothing reads, amenities that nobody knows.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.osm_tags import (
    CLOSED,
    OSM,
    middle,
    number,
    space_from_tags,
    spaces_of_overpass,
)
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import NotedSpace, Skipped, Space
from cowork_cli.domain.texts import may_hold_halves, without_halves
from cowork_cli.errors import BadInput
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass, field, replace
from cowork_cli.services.spaces import notes as noting
from cowork_cli.services.spaces.facts import free_slug, strange_amenities
from cowork_cli.services.spaces.results import ImportReport, StrangeAmenity
from cowork_cli.services.spaces.tables import Columns, from_cells, read_csv, understood
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

__all__ = ["OSM", "import_file", "read", "space_from_tags"]

LOCAL = "local"
Row = Space | Skipped
Known = dict[str, dict[str, tuple[int, Space]]]


@dataclass(frozen=True, slots=True)
class FileOfSpaces:
    """What a file holds: its format, its rows, and for tables how its headings were read."""

    format: str
    rows: list[Row]
    columns: Columns = field(default_factory=Columns)


def import_file(
    path: Path, *, store: "Store", dry_run: bool, keep_amenities: Collection[str] = ()
) -> ImportReport:
    """Reads a file into the directory. Raises NotFound, BadInput; then nothing was changed.

    An amenity that nobody knows is stored only if it is in `keep_amenities` or held already.
    """
    file = read(path, today=datetime.fromtimestamp(store.now_s, UTC).date())
    arriving = [row for row in file.rows if isinstance(row, Space)]
    held = {name for space in spaces.every(store) for name in space.amenities}
    arriving, strange = _without_strange(arriving, held | set(keep_amenities))
    accounts = {space.ref.account for space in arriving}
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    with store.transaction() as journal:
        known = {account: spaces.of_account(store, account) for account in accounts}
        noted = noting.by_ref(store)
        for space in _with_refs(arriving, known.get(LOCAL, {})):
            row_id, there = known[space.ref.account].get(space.ref.id, (None, None))
            space = _completed(space, there)
            counts[_outcome(there, space, noted.get(space.ref, ()))] += 1
            if row_id is None:
                known[space.ref.account][space.ref.id] = (0, space)
            if dry_run or row_id == 0:
                continue
            if row_id is None:
                spaces.add(journal, space)
            else:
                spaces.change(journal, row_id, space)
            noting.write(space, _notes(space), (), store=store, journal=journal)
    return ImportReport(
        str(path),
        file.format,
        **counts,
        skipped=tuple(_still_there(row, store) for row in file.rows if isinstance(row, Skipped)),
        dry_run=dry_run,
        used=file.columns.used,
        not_used=tuple(file.columns.unused),
        unknown_amenities=tuple(strange),
    )


def _notes(space: Space) -> tuple[str, ...]:
    return space.notes if isinstance(space, NotedSpace) else ()


def _outcome(known: Space | None, space: Space, noted: Collection[str]) -> str:
    """A newer date of the same facts is no change worth counting."""
    if known is None:
        return "added"
    if not set(_notes(space)) <= set(noted):
        return "updated"
    old, new = spaces.space_values(known), spaces.space_values(space)
    return "unchanged" if {**old, "as_of": None} == {**new, "as_of": None} else "updated"


def _completed(space: Space, there: Space | None) -> Space:
    """A space of one's own keeps what the file says nothing of; elsewhere the source is the truth."""
    if there is None or space.ref.account != LOCAL:
        return space
    address = replace(
        space.address,
        **{
            part: getattr(space.address, part) or getattr(there.address, part)
            for part in ("street", "postcode", "city", "country")
        },
    )
    empty = ("lat", "lon", "kinds", "website", "phone", "email", "timezone")
    kept: dict[str, Any] = {
        name: getattr(there, name) for name in empty if not getattr(space, name)
    }
    prices = {price.per: price for price in (*there.prices, *space.prices)}
    return replace(
        space,
        **kept,
        address=address,
        amenities={**there.amenities, **space.amenities},
        hours=space.hours if space.hours.text else there.hours,
        prices=tuple(prices.values()),
    )


def _without_strange(
    arriving: Iterable[Space], known: Collection[str]
) -> tuple[list[Space], list[StrangeAmenity]]:
    """The spaces without amenities that nobody knows, and those, each with how often it stood there."""
    counts: dict[str, int] = {}
    nearest: dict[str, str | None] = {}
    kept = []
    for space in arriving:
        strange = strange_amenities(space.amenities, known)
        nearest |= strange
        for name in strange:
            counts[name] = counts.get(name, 0) + 1
        amenities = {
            name: is_there for name, is_there in space.amenities.items() if name not in strange
        }
        kept.append(replace(space, amenities=amenities))
    return kept, [StrangeAmenity(name, nearest[name], count) for name, count in counts.items()]


def _still_there(row: Skipped, store: "Store") -> Skipped:
    ref = Ref.parse(row.ref)
    if row.reason != CLOSED or ref is None or spaces.by_ref(store, ref) is None:
        return row
    return replace(row, reason=f"{CLOSED}, and still in your directory")


def _with_refs(arriving: Sequence[Space], own: Mapping[str, tuple[int, Space]]) -> Iterator[Space]:
    """Gives a ref to those whose source has none: the one they got last time, or a new one."""
    known = {(fold(space.name), fold(str(space.address))): slug for slug, (_, space) in own.items()}
    taken = set(own)
    for space in arriving:
        if space.ref.id:
            yield space
            continue
        key = fold(space.name), fold(str(space.address))
        slug = known.get(key) or free_slug(fold(space.name).replace(" ", "-"), lambda _: taken)
        known[key] = slug
        taken.add(slug)
        ref = Ref(LOCAL, slug)
        yield replace(space, ref=ref, sources=(replace(space.sources[0], ref=ref),))


# ---- reading


def read(path: Path, *, today: date | None = None) -> FileOfSpaces:
    """The format of a file and its rows. Raises NotFound, BadInput."""
    content = bytes_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(path, text, today)
    if text.lstrip()[:1] == "<":
        raise BadInput(
            f"{path} is a web page or XML, not data", "ask Overpass for JSON: `[out:json]`"
        )
    columns, rows = read_csv(path.name, text)
    return FileOfSpaces("csv", rows, columns)


def _read_json(path: Path, text: str, today: date | None) -> FileOfSpaces:
    import json

    try:
        document: Any = json.loads(text)
        if may_hold_halves(text):
            document = without_halves(document)
    except ValueError as error:
        raise BadInput(f"{path} is not whole JSON: {error}", "fetch the file again") from None
    except RecursionError:
        raise BadInput(f"{path} is nested too deep", "fetch the file again") from None
    if isinstance(document, dict) and isinstance(document.get("elements"), list):
        _refuse_failed_query(path, document)
        return FileOfSpaces("overpass", list(spaces_of_overpass(document, today)))
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return _read_geojson(path, document, today)
    raise BadInput(
        f"{path} is JSON of a kind that is not known here",
        "give Overpass JSON, a GeoJSON FeatureCollection, or CSV",
    )


def _refuse_failed_query(path: Path, document: Mapping[str, Any]) -> None:
    """Overpass reports a timeout inside HTTP 200, with a part of the elements or none."""
    remark = str(document.get("remark") or "")
    if remark.startswith("runtime error"):
        raise BadInput(
            f"{path} is the answer of a query that failed: {remark.rstrip('.')}",
            "run the query again with a longer `[timeout:…]` or for a smaller area",
        )


def _read_geojson(path: Path, document: Mapping[str, Any], today: date | None) -> FileOfSpaces:
    rows: list[Row] = []
    base = document.get("timestamp")
    features = document.get("features")
    if not isinstance(features, list):
        raise BadInput(
            f'{path} holds no list of "features"', "export it again as a GeoJSON FeatureCollection"
        )
    tables = []
    for position, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            where = f"{path.name}, feature {position}"
            rows.append(Skipped(where, None, "has neither geometry nor properties"))
            continue
        properties = feature.get("properties")
        fields = dict(properties) if isinstance(properties, dict) else {}
        points = _coordinates(feature.get("geometry"))
        lat, lon = middle(points)
        identity = str(fields.get("@id") or "")  # as overpass turbo writes it
        if re.fullmatch(r"(node|way|relation)/\d+", identity):
            tags = {key: str(value) for key, value in fields.items()}
            rows.append(space_from_tags(identity, tags, lat, lon, base, today))
            continue
        where = f"{path.name}, feature {position}"
        if points and lat is None:
            off = f"{points[0][0]:g}, {points[0][1]:g}"
            name = str(fields.get("name") or "") or None
            rows.append(Skipped(where, name, f"has a point that is not on earth: {off}"))
            continue
        if lat is not None:
            fields |= {"lat": lat, "lon": lon}
        tables.append((fields, where))
    columns = understood(dict.fromkeys(name for fields, _ in tables for name in fields))
    rows += [from_cells(fields, columns, where) for fields, where in tables]
    return FileOfSpaces("geojson", rows, columns)


def _coordinates(geometry: object) -> list[tuple[float, float]]:
    """The points of a geometry, latitude first."""
    points: list[tuple[float, float]] = []
    waiting: list[Any] = [geometry.get("coordinates") if isinstance(geometry, dict) else None]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list) and len(part) >= 2 and all(number(n) is not None for n in part):
            points.append((part[1], part[0]))
        elif isinstance(part, list):
            waiting.extend(reversed(part))
    return points
