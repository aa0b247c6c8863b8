"""Owns the look-up of place names and postcodes: in the gazetteer of Germany, which ships with us, and
in those of other countries that a person fetched (``more``, written by ``gazetteer_file``).

A file is read-only SQLite, that of Germany made by ``tools/build_gazetteer.py``; every question is
answered by an indexed key, the file is never read whole. Names are compared folded, see
:func:`cowork_cli.domain.place.fold`. Source of the data: OpenStreetMap contributors, ODbL 1.0,
and others, see ``data/gazetteer-de.NOTICE.md``.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cowork_cli import DISTRIBUTION
from cowork_cli.domain.place import (
    Place,
    distance_km,
    fold,
    full_keys,
    land_code,
    loose_key,
    short_keys,
)
from cowork_cli.domain.place_spelling import (
    abbreviates,
    districts,
    other_spellings,
    parted,
    parted_abroad,
    postcode_key,
)
from cowork_cli.errors import Failed
from cowork_cli.records import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GERMANY = "DE"
DATA_FILE = Path(__file__).resolve().parents[1] / "data" / "gazetteer-de.sqlite"

# How well a name fits, best first. Villages are names which only the list of parts of
# municipalities knows; they come behind every town of the same name.
_WHOLE, _SHORT, _VILLAGE, _PREFIX, _VILLAGE_PREFIX = range(5)

# From this many times the postcodes of the next place of the same name on, the bigger one is meant.
_MUCH_BIGGER = 10

_COLUMNS = "p.id, p.name, p.land, p.lat, p.lon, p.postcode, p.postcodes, p.village"


class _Row(NamedTuple):
    id: int
    name: str
    land: str
    lat: float
    lon: float
    postcode: str
    postcodes: int
    village: int


class _Match(NamedTuple):
    fit: int
    row: _Row

    @property
    def place(self) -> Place:
        row = self.row
        return Place(row.name, row.postcode, row.land or None, row.lat, row.lon)


class _District(NamedTuple):
    part: str
    place: Place


class _Answers(NamedTuple):
    """What one query fits, over all files: by its postcode (``coded``, a list for each file that has
    it), as a district, by name. ``by_code``: some file reads a postcode in the query."""

    by_code: bool
    coded: list[list[Place]]
    parts: list[_District]
    matches: list[_Match]


def find(
    query: str, limit: int = 20, *, path: Path = DATA_FILE, more: Sequence[Path] = ()
) -> list[Place]:
    """Return the places a query fits, best first, at most ``limit``; [] when there is none.

    Five digits are a postcode, alone or beside a town (``10115 Berlin``, ``D-10115``), and the
    postcode decides: its places, that town or the main one first, each with the point of that
    postcode. Otherwise a name, with or without its addition, ``Münster, Hessen`` or the
    beginning of the words of a name; a town of many postcodes is one place with the mean of
    their points. Order: whole name, short name, part of a municipality, beginnings; then by
    number of postcodes descending, then name.
    Raises Failed when the data file is missing or damaged.
    """
    answers = _ask(query, (path, *more))
    if answers.by_code:
        return [place for places in answers.coded for place in places][:limit]
    parts = [part.place for part in answers.parts]
    return [*parts, *(match.place for match in answers.matches)][:limit]


def resolve(
    query: str, *, path: Path = DATA_FILE, more: Sequence[Path] = ()
) -> tuple[Place | None, list[Place]]:
    """Return the one place meant and what else fits: ``(place, all)`` or ``(None, candidates)``.

    ``(None, [])``: nothing fits. A postcode means its main place, one that several countries have
    none. Of several places of one
    name the one is taken which has at least ten times the postcodes of the next; a town of
    several postcodes is never passed over like that (``Frankfurt`` asks, ``Münster`` does not).
    Raises Failed like :func:`find`.
    """
    answers = _ask(query, (path, *more))
    if answers.by_code:
        # All places of one postcode share its point, so within a country there is nothing to ask.
        mains = [places[0] for places in answers.coded]
        whole = answers.coded[0] if len(mains) == 1 else mains
        return (mains[0] if len(mains) == 1 else None), whole
    parts, matches = answers.parts, answers.matches
    if parts and (not matches or matches[0].fit >= _VILLAGE or fold(query) != fold(parts[0].part)):
        villages = [match.place for match in matches if match.fit == _VILLAGE]
        known = [part.place for part in parts] + villages
        return (known[0] if len(known) == 1 else None), known
    chosen = _choose(_abbreviated(matches, query))
    return (chosen.place if chosen else None), [match.place for match in matches[:20]]


def _ask(query: str, files: Iterable[Path]) -> _Answers:
    coded: list[list[Place]] = []
    parts: list[_District] = []
    matches: list[_Match] = []
    by_code = False
    for file in files:
        with _open(file) as base:
            country = _country(base)
            postcode, town = parted(query) if country == GERMANY else parted_abroad(query, country)
            if postcode:
                places = _of_town(_by_postcode(base, postcode), town, strict=country != GERMANY)
                by_code = by_code or bool(places) or country == GERMANY
                coded += [places] if places else []
                if places or country == GERMANY:
                    continue
            parts += _districts(base, query) if country == GERMANY else []
            matches += _by_name(base, query, lands=country == GERMANY)
    return _Answers(by_code, coded, parts, sorted(matches, key=_order))


def nearest_names(
    query: str, n: int = 3, *, path: Path = DATA_FILE, more: Sequence[Path] = ()
) -> list[str]:
    """Return up to ``n`` names spelled like the query, the most alike first, for "did you mean".

    Only names with the same first letter and about the same length are compared, to stay quick.
    Raises Failed like :func:`find`.
    """
    from cowork_cli.domain.spelling import nearest

    wanted = fold(parted(query)[1])
    if not wanted:
        return []
    rows: list[tuple[str, str]] = []
    for file in (*more, path):
        with _open(file) as base:
            rows += base.execute(
                "SELECT k.folded, p.name FROM name_key k JOIN place p ON p.id = k.place"
                " WHERE k.folded >= ? AND k.folded < ? AND length(k.folded) BETWEEN ? AND ?"
                " AND p.village = 0 ORDER BY p.postcodes, p.name DESC",
                (wanted[0], _after(wanted[0]), len(wanted) - 2, len(wanted) + 2),
            ).fetchall()
    # Sorted so that of two places with one key the bigger gives the spelling.
    names: dict[str, str] = dict(rows)
    close = nearest(wanted, sorted(names), 2 * n)
    return list(dict.fromkeys(names[key] for key in close))[:n]


def land_at(lat: float, lon: float, *, path: Path = DATA_FILE) -> str | None:
    """The Land of a point in Germany (degrees): that of the nearest places around it.

    None if they lie in different Länder, or none lies within some 5 km.
    """
    with _open(path) as base:
        rows = base.execute(
            "SELECT land, lat, lon FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?",
            (lat - 0.05, lat + 0.05, lon - 0.08, lon + 0.08),
        ).fetchall()
    nearest = sorted((distance_km(lat, lon, north, east), land) for land, north, east in rows)[:3]
    lands = {land for _, land in nearest}
    return lands.pop() if len(lands) == 1 else None


def towns_within(
    south: float,
    north: float,
    west: float,
    east: float,
    limit: int,
    *,
    path: Path = DATA_FILE,
    more: Sequence[Path] = (),
) -> list[tuple[str, float, float]]:
    """Return name, latitude and longitude of towns in a box of degrees, the largest first.

    Villages are left out. Raises Failed like :func:`find`.
    """
    rows: list[tuple[int, str, float, float]] = []
    for file in (path, *more):
        with _open(file) as base:
            rows += base.execute(
                "SELECT -postcodes, name, lat, lon FROM place WHERE village = 0"
                " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY 1, 2 LIMIT ?",
                (south, north, west, east, limit),
            ).fetchall()
    return [(name, lat, lon) for _, name, lat, lon in sorted(rows)[:limit]]


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    # as_uri() escapes "?", "#" and "%" in folder names; immutable: no lock file is looked for,
    # which lets the package live on a read-only disk.
    base: sqlite3.Connection | None = None
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        yield base
    except sqlite3.Error as error:
        if path.parent == DATA_FILE.parent:
            raise Failed(
                f"the list of places that comes with cowork cannot be read: {path} ({error})",
                f"install cowork again, for example with `pipx reinstall {DISTRIBUTION}`",
            ) from error
        raise Failed(
            f"a list of places cannot be read: {path} ({error})",
            f"fetch it again with `cowork place update {path.stem.upper()}`",
        ) from error
    finally:
        if base is not None:
            base.close()


def _country(base: sqlite3.Connection) -> str:
    row = base.execute("SELECT value FROM meta WHERE key = 'country'").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("it names no country")
    (country,) = row
    return str(country)


def _districts(base: sqlite3.Connection, query: str) -> list[_District]:
    """Districts of larger towns, each with the point of a postcode in its middle."""
    return [
        _District(part, replace(place, name=f"{part}, {town}"))
        for town, part, postcode in districts(query)
        for place in _by_postcode(base, postcode)[:1]
    ]


def _abbreviated(matches: list[_Match], query: str) -> list[_Match]:
    """Of several, those whose words were shortened, if there are any: `Frankfurt a. M.`"""
    return [match for match in matches if abbreviates(query, match.row.name)] or matches


def _of_town(places: list[Place], town: str, *, strict: bool) -> list[Place]:
    """The postcode decides; of its places those of that name come first, if `strict` alone."""
    keys = {fold(town), loose_key(fold(town)), *short_keys(town)} - {""}
    if not keys:
        return places

    def other(place: Place) -> bool:
        return not keys & (full_keys(place.name) | short_keys(place.name))

    ordered = sorted(places, key=other)
    return [place for place in ordered if not other(place)] if strict else ordered


def _by_postcode(base: sqlite3.Connection, postcode: str) -> list[Place]:
    for known in dict.fromkeys((postcode, postcode_key(postcode), postcode.split(" ")[0].upper())):
        rows = base.execute(
            "SELECT p.name, p.land, c.lat, c.lon FROM postcode c JOIN place p ON p.id = c.place"
            " WHERE c.postcode = ? ORDER BY c.position",
            (known,),
        ).fetchall()
        if rows:
            return [Place(name, postcode, land or None, lat, lon) for name, land, lat, lon in rows]
    return []


def _by_name(base: sqlite3.Connection, query: str, *, lands: bool) -> list[_Match]:
    """`lands`: what stands behind a comma may be a Land."""
    before, comma, after = query.partition(",")
    land = land_code(after) if comma and lands else None
    if land is not None:
        return [match for match in _by_name(base, before, lands=True) if match.row.land == land]
    folded = fold(query)
    if not folded:
        return []
    matches = _named(base, {folded, loose_key(folded)})
    if not any(match.fit <= _SHORT for match in matches):
        # An official name can bear an addition which our source leaves out: "Dortmund, Stadt".
        matches += _named(base, short_keys(query))
    if not matches:
        for spelling in other_spellings(query):
            matches = _named(base, {spelling, loose_key(spelling)} | short_keys(spelling))
            if matches:
                break
    matches += _beginning(base, folded.split())
    best: dict[int, _Match] = {}
    for match in sorted(matches, key=_order):
        best.setdefault(match.row.id, match)
    return list(best.values())


def _order(match: _Match) -> tuple[int, int, str, str]:
    return match.fit, -match.row.postcodes, fold(match.row.name), match.row.postcode


def _named(base: sqlite3.Connection, keys: Iterable[str]) -> list[_Match]:
    matches: list[_Match] = []
    for key in sorted(keys):
        found = base.execute(
            f"SELECT k.short, {_COLUMNS} FROM name_key k JOIN place p ON p.id = k.place"
            " WHERE k.folded = ?",
            (key,),
        )
        for short, *values in found:
            row = _Row._make(values)
            matches.append(_Match(_VILLAGE if row.village else short, row))
    return matches


def _beginning(base: sqlite3.Connection, words: list[str]) -> list[_Match]:
    # The longest word is the rarest; the others are compared on the few rows it leaves.
    longest = max(words, key=len)
    rows = base.execute(
        f"SELECT DISTINCT {_COLUMNS} FROM word w JOIN place p ON p.id = w.place"
        " WHERE w.word >= ? AND w.word < ?",
        (longest, _after(longest)),
    )
    return [
        _Match(_VILLAGE_PREFIX if row.village else _PREFIX, row)
        for row in (_Row(*values) for values in rows)
        if len(words) == 1 or _all_begin(words, fold(row.name).split())
    ]


def _all_begin(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in typed)


def _after(start: str) -> str:
    """Return the upper end of the range of all texts that begin with ``start``."""
    return start + "\U0010ffff"


def _choose(matches: list[_Match]) -> _Match | None:
    if not matches:
        return None
    first = matches[0]
    if first.fit >= _PREFIX:
        return first if len(matches) == 1 else None
    if first.fit == _VILLAGE:
        alike = [match for match in matches if match.fit == _VILLAGE]
        return first if len(alike) == 1 else None
    return _choose_town([match for match in matches if match.fit <= _SHORT])


def _choose_town(named: list[_Match]) -> _Match | None:
    if len(named) == 1:
        return named[0]
    first, second = sorted(named, key=lambda match: -match.row.postcodes)[:2]
    if second.row.postcodes == 1 and first.row.postcodes >= _MUCH_BIGGER:
        return first
    whole = [match for match in named if match.fit == _WHOLE]
    # Oldenburg is Oldenburg, not Oldenburg in Holstein, unless the other one is as big.
    if whole == [first] and first.row.postcodes > second.row.postcodes:
        return first
    return None
