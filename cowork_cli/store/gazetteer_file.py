"""Writes the gazetteer of another country, in the form that `gazetteer` and `place_names` read.

Two files beside each other: `at.sqlite` for look-ups, `at.tsv` for TAB. Made in memory and put in their
place whole, so that an interrupted update leaves the list from before.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from cowork_cli.domain.geonames import ATTRIBUTION, Listed
from cowork_cli.domain.place import distance_km, fold, full_keys, short_keys
from cowork_cli.domain.place_spelling import postcode_key
from cowork_cli.paths import write_private
from cowork_cli.records import dataclass, field
from cowork_cli.store.place_names import lines_of

SAME_PLACE_KM = 40.0
"""As far as the postcodes of one large town lie apart; villages of one name lie further."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, land TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, postcode TEXT NOT NULL,
    postcodes INTEGER NOT NULL, village INTEGER NOT NULL);
CREATE TABLE postcode (
    postcode TEXT NOT NULL, position INTEGER NOT NULL, place INTEGER NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, PRIMARY KEY (postcode, position)) WITHOUT ROWID;
CREATE TABLE name_key (
    folded TEXT NOT NULL, short INTEGER NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (folded, short, place)) WITHOUT ROWID;
CREATE TABLE word (
    word TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (word, place)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class _Town:
    """A place with the points of its postcodes. `part`: its name is only that of a part of a town."""

    name: str
    part: bool
    points: dict[str, tuple[float, float]] = field(default_factory=dict)


def write(folder: Path, country: str, rows: Iterable[Listed], as_of: str) -> tuple[int, int]:
    """Writes both files of a country; returns how many places and how many postcodes they know.

    `as_of` is the day of the list, ISO. Raises OSError where the folder cannot be written.
    """
    towns = _towns(rows)
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.executescript(_SCHEMA)
        _fill(base, country, towns, as_of)
        content = base.serialize()
        (codes,) = base.execute("SELECT count(DISTINCT postcode) FROM postcode").fetchone()
    finally:
        base.close()
    names = [(town.name, len(town.points), country) for town in towns if not town.part]
    write_private(folder / f"{country.lower()}.tsv", lines_of(names))
    write_private(folder / f"{country.lower()}.sqlite", content)
    return len(towns), codes


def _towns(rows: Iterable[Listed]) -> list[_Town]:
    """Rows of one name near each other are one place; so are those of one town: Wien has them all."""
    known: dict[tuple[bool, str, str], list[_Town]] = {}
    for row in rows:
        if row.lat is None or row.lon is None:
            continue
        before = row.place.partition(",")[0].strip()
        whole = {fold(name): name for name in (before, row.town) if fold(name)}
        named = [(name, False) for name in whole.values()]
        named += [(row.place, True)] if fold(row.place) not in whole else []
        for name, part in named:
            group = known.setdefault((part, row.region, fold(name)), [])
            _near(group, name, part, row.lat, row.lon).points[row.postcode] = (row.lat, row.lon)
    every = [town for group in known.values() for town in group]
    return sorted(every, key=lambda town: (town.part, fold(town.name), sorted(town.points)))


def _near(group: list[_Town], name: str, part: bool, lat: float, lon: float) -> _Town:
    """The place of that name that begins near this point, a new one where none does."""
    for town in group:
        first = next(iter(town.points.values()))
        if distance_km(*first, lat, lon) <= SAME_PLACE_KM:
            return town
    group.append(_Town(name, part))
    return group[-1]


def _fill(base: sqlite3.Connection, country: str, towns: list[_Town], as_of: str) -> None:
    base.execute("BEGIN")
    meta = {"country": country, "as_of": as_of, "licence": "CC-BY-4.0", "attribution": ATTRIBUTION}
    base.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    numbered = list(enumerate(towns, 1))
    shown = {number: f"{town.name}, {country}" for number, town in numbered}
    base.executemany(
        "INSERT INTO place VALUES (?, ?, '', ?, ?, ?, ?, ?)",
        (_row(number, shown[number], town) for number, town in numbered),
    )
    base.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?, ?)", _postcodes(numbered))
    keys = {
        (key, short, number)
        for number, town in numbered
        for short, known in enumerate(_keys(town.name, shown[number]))
        for key in known
    }
    base.executemany("INSERT INTO name_key VALUES (?, ?, ?)", sorted(keys))
    words = {(word, number) for number, town in numbered for word in fold(town.name).split()}
    base.executemany("INSERT INTO word VALUES (?, ?)", sorted(words))
    base.execute("COMMIT")


def _keys(name: str, shown: str) -> tuple[set[str], set[str]]:
    """Whole names and short ones; `Wien, AT` is as whole as `Wien`, `Leopoldstadt` as `Wien, Leopoldstadt`."""
    whole = full_keys(name) | full_keys(shown)
    town, comma, part = name.partition(",")
    if comma and fold(part):
        return whole | full_keys(part.strip()) | {fold(f"{part} {town}")}, set()
    return whole, short_keys(name) - whole


def _row(number: int, shown: str, town: _Town) -> tuple[object, ...]:
    points = list(town.points.values())
    lat, lon = (round(sum(point[axis] for point in points) / len(points), 5) for axis in (0, 1))
    return number, shown, lat, lon, min(town.points), len(points), int(town.part)


def _postcodes(
    numbered: Iterable[tuple[int, _Town]],
) -> Iterator[tuple[str, int, int, float, float]]:
    """The largest place of a postcode first, parts of towns behind."""
    known: dict[str, list[tuple[int, _Town, str]]] = {}
    for number, town in numbered:
        for code in town.points:
            known.setdefault(postcode_key(code), []).append((number, town, code))
    for key, bearers in known.items():
        bearers.sort(key=lambda bearer: (bearer[1].part, -len(bearer[1].points), bearer[0]))
        for position, (number, town, code) in enumerate(bearers):
            yield key, position, number, *town.points[code]
