"""The disposable store: spaces seen at providers, so that a search works without network.

Never precious: a file of another version, a damaged one, one that cannot be opened is deleted and
made new, or done without. Nothing here raises for a reason of the file.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.store.spaces import box, price_from_json, price_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

VERSION = 1
_SCHEMA = f"""
BEGIN;
CREATE TABLE spaces (
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    lat REAL,
    lon REAL,
    seen_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (account, identity)
) WITHOUT ROWID;
CREATE INDEX spaces_by_lat ON spaces (lat, lon);
PRAGMA user_version = {VERSION};
COMMIT;
"""


class Cache:
    """The cache of one home, opened on first use. `as_of` of a space is kept as its source said."""

    def __init__(self, path: Path):
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._given_up = False

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
                "INSERT OR REPLACE INTO spaces (account, identity, name, lat, lon, seen_at, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def within(self, lat: float, lon: float, radius_km: float) -> list[Space]:
        """Spaces in the box around a circle."""
        return self._spaces(
            "WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY account, identity",
            *box(lat, lon, radius_km),
        )

    def by_ref(self, ref: Ref) -> Space | None:
        """The space of that ref, or None."""
        found = self._spaces("WHERE account = ? AND identity = ?", ref.account, ref.id)
        return found[0] if found else None

    def names(self) -> list[tuple[Ref, str]]:
        """Ref and name of every space seen."""
        rows = self._rows("SELECT account, identity, name FROM spaces ORDER BY seen_at DESC, 1, 2")
        return [(Ref(account, identity), name) for account, identity, name in rows]

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
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._path.exists():
            self._path.touch(mode=0o600)
        connection = sqlite3.connect(self._path, timeout=2)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if version != VERSION and tables:
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
        sources=tuple(
            Source(account, Ref(owner, identity), licence, as_of)
            for account, owner, identity, licence, as_of in content["sources"]
        ),
    )
