"""The disposable store: spaces seen at providers, and which circles they were asked about.

A search that was asked before is answered from here, and so is one inside a circle that `space sync`
has fetched. Never precious: a file of another version, a damaged one, one that cannot be opened is
deleted and made new, or done without. Nothing here raises for a reason of the file.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import box, distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Offer, Source, Space
from cowork_cli.paths import make_private
from cowork_cli.records import dataclass, replace
from cowork_cli.store.spaces import price_from_json, price_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path
    from typing import Any

VERSION = 3
_DETAILS = """
CREATE TABLE details (
    account TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    identity TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (account, endpoint, identity)
) WITHOUT ROWID;
"""
_SCHEMA = f"""
BEGIN;
{_DETAILS}
CREATE TABLE spaces (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    lat REAL,
    lon REAL,
    seen_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (account, identity)
);
CREATE VIRTUAL TABLE spaces_at USING rtree (id, south, north, west, east);
CREATE TRIGGER spaces_placed AFTER INSERT ON spaces WHEN new.lat IS NOT NULL AND new.lon IS NOT NULL
BEGIN
    INSERT INTO spaces_at VALUES (new.id, new.lat, new.lat, new.lon, new.lon);
END;
CREATE TRIGGER spaces_moved AFTER UPDATE ON spaces BEGIN
    DELETE FROM spaces_at WHERE id = old.id;
    INSERT INTO spaces_at SELECT new.id, new.lat, new.lat, new.lon, new.lon
        WHERE new.lat IS NOT NULL AND new.lon IS NOT NULL;
END;
CREATE TRIGGER spaces_gone AFTER DELETE ON spaces BEGIN
    DELETE FROM spaces_at WHERE id = old.id;
END;
CREATE TABLE answers (
    account TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    kinds TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    radius_km REAL NOT NULL,
    at_most INTEGER,
    identities TEXT,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (account, endpoint, kinds, lat, lon, radius_km)
) WITHOUT ROWID;
CREATE TABLE parts (
    account TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    area TEXT NOT NULL,
    part INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (account, endpoint, area, part)
) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
COMMIT;
"""
_FROM_2 = f"""
BEGIN;
{_DETAILS}
PRAGMA user_version = {VERSION};
COMMIT;
"""
WITHIN = (
    "SELECT s.id, s.account, s.lat, s.lon FROM spaces_at p JOIN spaces s ON s.id = p.id"
    " WHERE p.south <= ? AND p.north >= ? AND p.west <= ? AND p.east >= ?"
)
"""What lies in a box, answered by the R*Tree: north, south, east, west."""

SAME_PLACE_KM = 0.05
"""Two searches of one place: nearer than that, a typed point and the place of that name are one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One account, asked about a circle. `at_most`: no more spaces were taken; None: all there are."""

    account: str
    endpoint: str
    lat: float
    lon: float
    radius_km: float
    kinds: tuple[str, ...] = ()
    at_most: int | None = None

    def holds(self, other: Asked) -> bool:
        """Whether the answer to this one answers `other`, of the same account and kinds, too."""
        away = distance_km(self.lat, self.lon, other.lat, other.lon)
        if self.at_most is None:
            return away + other.radius_km <= self.radius_km + SAME_PLACE_KM
        same = away <= SAME_PLACE_KM and abs(self.radius_km - other.radius_km) <= SAME_PLACE_KM
        return same and other.at_most is not None and other.at_most <= self.at_most

    def whole(self) -> Asked:
        """The same, all spaces taken."""
        return replace(self, at_most=None)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer on the disk: when it was given, in seconds since 1970.

    `identities`: the spaces it named; None where all that lie in its circle are meant. `cut`: there
    were more than were taken.
    """

    asked_s: int
    identities: frozenset[str] | None
    cut: bool


Point = tuple[int, str, float, float]
"""Row, account, latitude and longitude of a space."""


class Cache:
    """The cache of one home, opened on first use. `as_of` of a space is kept as its source said."""

    def __init__(self, path: Path):
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._given_up = False

    # ---- spaces

    def remember(self, spaces: Iterable[Space], now_s: int) -> None:
        """Keeps spaces as they were seen now; a space seen again replaces what was known."""
        rows = [(s.ref.account, s.ref.id, s.name, s.lat, s.lon, now_s, _content(s)) for s in spaces]
        if not rows:
            return
        connection = self._open(create=True)
        if connection is None:
            return
        with suppress(sqlite3.Error), connection:
            connection.executemany(
                "INSERT INTO spaces (account, identity, name, lat, lon, seen_at, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, identity) DO UPDATE SET"
                " name = excluded.name, lat = excluded.lat, lon = excluded.lon,"
                " seen_at = excluded.seen_at, content = excluded.content",
                rows,
            )

    def points(self, lat: float, lon: float, radius_km: float) -> list[Point]:
        """Where the spaces in the box around a circle lie; what they are is read by `of_rows`."""
        south, north, west, east = box(lat, lon, radius_km)
        return [tuple(row) for row in self._rows(WITHIN, north, south, east, west)]

    def of_rows(self, ids: Sequence[int]) -> list[Space]:
        """The spaces of these rows, in no order."""
        found = []
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ", ".join("?" * len(some))
            found += self._spaces(f"WHERE id IN ({marks})", *some)
        return found

    def within(self, lat: float, lon: float, radius_km: float) -> list[Space]:
        """Spaces in the box around a circle."""
        return self.of_rows([point[0] for point in self.points(lat, lon, radius_km)])

    def count_within(self, account: str, lat: float, lon: float, radius_km: float) -> int:
        """How many spaces of an account lie in a circle."""
        return sum(
            owner == account and distance_km(lat, lon, row_lat, row_lon) <= radius_km
            for _, owner, row_lat, row_lon in self.points(lat, lon, radius_km)
        )

    def by_ref(self, ref: Ref) -> Space | None:
        """The space of that ref, or None."""
        found = self._spaces("WHERE account = ? AND identity = ?", ref.account, ref.id)
        return found[0] if found else None

    def names(self) -> list[tuple[Ref, str]]:
        """Ref and name of every space seen."""
        rows = self._rows("SELECT account, identity, name FROM spaces ORDER BY seen_at DESC, 1, 2")
        return [(Ref(account, identity), name) for account, identity, name in rows]

    # ---- single spaces, asked for by themselves

    def detailed(self, space: Space, endpoint: str, now_s: int) -> None:
        """Keeps all that an account told of one space; a later search tells less and leaves it alone."""
        self._write(
            "INSERT OR REPLACE INTO details VALUES (?, ?, ?, ?, ?)",
            space.ref.account,
            endpoint,
            space.ref.id,
            now_s,
            _content(space),
        )

    def details(self, ref: Ref, endpoint: str) -> tuple[Space, int] | None:
        """What was told of a space by itself, and when, in seconds since 1970; None where nothing was."""
        for content, asked_s in self._rows(
            "SELECT content, asked_at FROM details"
            " WHERE account = ? AND endpoint = ? AND identity = ?",
            ref.account,
            endpoint,
            ref.id,
        ):
            with suppress(ValueError, KeyError, TypeError):
                return _space(ref, json.loads(content)), asked_s
        return None

    # ---- what was asked

    def kept(self, wanted: Asked, since_s: int) -> Kept | None:
        """The newest answer that holds this one too, None if none was given since then."""
        rows = self._rows(
            "SELECT lat, lon, radius_km, at_most, identities, asked_at FROM answers"
            " WHERE account = ? AND endpoint = ? AND kinds = ? AND asked_at >= ?"
            " ORDER BY asked_at DESC",
            wanted.account,
            wanted.endpoint,
            _words(wanted.kinds),
            since_s,
        )
        for lat, lon, radius_km, at_most, identities, asked_s in rows:
            if Asked("", "", lat, lon, radius_km, (), at_most).holds(wanted):
                named = None if identities is None else frozenset(json.loads(identities))
                return Kept(asked_s, named, at_most is not None)
        return None

    def answered(self, asked: Asked, spaces: Sequence[Space], now_s: int) -> None:
        """Keeps an answer. Of one that is whole, what it no longer names is forgotten."""
        if asked.at_most is None and not asked.kinds:
            named = {space.ref.id for space in spaces}
            self._forget(asked, lambda identity, seen_at: identity not in named)
        self.remember(spaces, now_s)
        # Of kinds that were asked for, a space that was not named has none, whatever else is known.
        named_only = asked.kinds or asked.at_most is not None
        self._note_answer(asked, now_s, [space.ref.id for space in spaces] if named_only else None)

    def _note_answer(self, asked: Asked, now_s: int, named: list[str] | None = None) -> None:
        self._write(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            asked.account,
            asked.endpoint,
            _words(asked.kinds),
            round(asked.lat, 4),
            round(asked.lon, 4),
            round(asked.radius_km, 3),
            asked.at_most,
            None if named is None else json.dumps(named),
            now_s,
        )

    def _forget(self, asked: Asked, gone: Callable[[str, int], bool]) -> None:
        """Takes out what lies in the circle and is `gone`, by its identity and when it was seen."""
        south, north, west, east = box(asked.lat, asked.lon, asked.radius_km)
        sql = WITHIN.replace("s.account,", "s.identity, s.seen_at,") + " AND s.account = ?"
        rows = self._rows(sql, north, south, east, west, asked.account)
        for row_id, identity, seen_at, lat, lon in rows:
            inside = distance_km(asked.lat, asked.lon, lat, lon) <= asked.radius_km
            if inside and gone(identity, seen_at):
                self._write("DELETE FROM spaces WHERE id = ?", row_id)

    # ---- fetching a region in parts

    def parts_fetched(self, asked: Asked, since_s: int) -> dict[int, int]:
        """Part → when it was fetched, of the region that is being fetched."""
        rows = self._rows(
            "SELECT part, fetched_at FROM parts"
            " WHERE account = ? AND endpoint = ? AND area = ? AND fetched_at >= ?",
            asked.account,
            asked.endpoint,
            _area(asked),
            since_s,
        )
        return dict(rows)

    def part_fetched(self, asked: Asked, part: int, spaces: Sequence[Space], now_s: int) -> None:
        """Keeps one part of a region."""
        self.remember(spaces, now_s)
        values = asked.account, asked.endpoint, _area(asked), part, now_s
        self._write("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)", *values)

    def region_fetched(self, asked: Asked, begun_s: int) -> None:
        """All parts are there: the region answers searches, and what was not seen again is gone."""
        self._forget(asked, lambda identity, seen_at: seen_at < begun_s)
        self._note_answer(asked, begun_s)
        self._write(
            "DELETE FROM parts WHERE account = ? AND endpoint = ? AND area = ?",
            asked.account,
            asked.endpoint,
            _area(asked),
        )

    # ---- the file

    def close(self) -> None:
        """Ends the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _spaces(self, where: str, *values: object) -> list[Space]:
        found = []
        for account, identity, content in self._rows(
            f"SELECT account, identity, content FROM spaces {where}", *values
        ):
            with suppress(ValueError, KeyError, TypeError):  # a row of an odd hand is no answer
                found.append(_space(Ref(account, identity), json.loads(content)))
        return found

    def _rows(self, sql: str, *values: object) -> list[Any]:
        connection = self._open(create=False)
        if connection is None:
            return []
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError:
            self._discard()
            return []

    def _write(self, sql: str, *values: object) -> None:
        connection = self._open(create=True)
        if connection is not None:
            with suppress(sqlite3.Error), connection:
                connection.execute(sql, values)

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._connection is not None or self._given_up:
            return self._connection
        if not create and not self._path.exists():
            return None
        try:
            return self._connect()
        except (sqlite3.Error, OSError):
            self._discard()
        try:
            return self._connect()
        except (sqlite3.Error, OSError):
            self._given_up = True
            return None

    def _connect(self) -> sqlite3.Connection:
        make_private(self._path.parent)
        if not self._path.exists():
            self._path.touch(mode=0o600)
        connection = sqlite3.connect(self._path, timeout=2)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if version == 2:
                connection.executescript(_FROM_2)
            elif version != VERSION and tables:
                raise sqlite3.DatabaseError("another version")
            if not tables:
                connection.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _discard(self) -> None:
        self.close()
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)


def _words(kinds: Collection[str]) -> str:
    return " ".join(sorted(kinds))


def _area(asked: Asked) -> str:
    return f"{asked.lat:.3f},{asked.lon:.3f} {asked.radius_km:g}"


def _content(space: Space) -> str:
    address = space.address
    return json.dumps(
        {
            "name": space.name,
            "address": [address.street, address.postcode, address.city, address.country],
            "point": [space.lat, space.lon],
            "kinds": space.kinds,
            "amenities": space.amenities,
            "hours": space.hours.text,
            "price_from": space.price_from and price_to_json(space.price_from),
            "prices": [price_to_json(price) for price in space.prices],
            "offers": [
                [o.kind, o.name, o.price and price_to_json(o.price), o.min_people, o.max_people]
                for o in space.offers
            ],
            "website": space.website,
            "phone": space.phone,
            "email": space.email,
            "timezone": space.timezone,
            "sources": [
                [s.account, s.ref.account, s.ref.id, s.licence, s.as_of] for s in space.sources
            ],
        },
        ensure_ascii=False,
    )


def _space(ref: Ref, content: dict[str, Any]) -> Space:
    lat, lon = content["point"]
    price = content["price_from"]
    return Space(
        ref=ref,
        name=content["name"],
        address=PostalAddress(*content["address"]),
        lat=lat,
        lon=lon,
        kinds=tuple(content["kinds"]),
        amenities=content["amenities"],
        hours=Hours(content["hours"]),
        price_from=price_from_json(price) if price else None,
        website=content["website"],
        phone=content["phone"],
        email=content["email"],
        timezone=content["timezone"],
        prices=tuple(price_from_json(row) for row in content["prices"]),
        offers=tuple(
            Offer(kind, name, price_from_json(price) if price else None, *people)
            for kind, name, price, *people in content.get("offers", ())
        ),
        sources=tuple(
            Source(account, Ref(owner, identity), licence, as_of)
            for account, owner, identity, licence, as_of in content["sources"]
        ),
    )
