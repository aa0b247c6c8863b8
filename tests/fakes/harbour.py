"""A fake of a booking service that does not exist: the template for those of real platforms.

It has what most of them have: spaces in pages, desks, free times, bookings with an idempotency key,
a token in a header, times in the zone of the space, prices in minor units, problems with a code.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.fakes.server import FakeServer, Reply, Request

PAGE = 20


class FakeHarbour(FakeServer):
    """Holds spaces, desks and bookings by id. `token`: what it demands, None: nothing.

    `forbidden`: paths that this token has no right to.
    """

    def __init__(self, token: str | None = None) -> None:
        self.token = token
        self.forbidden: str | None = None
        self.spaces: dict[str, dict[str, Any]] = {}
        self.desks: dict[str, dict[str, Any]] = {}
        self.bookings: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, str] = {}
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return Reply(401, {"code": "unauthorized"})
        if self.forbidden and request.path.startswith(self.forbidden):
            return Reply(403, {"code": "forbidden"})
        for method, pattern, reply in (
            ("GET", r"/spaces", self._list_spaces),
            ("GET", r"/spaces/([^/]+)", self._space),
            ("GET", r"/spaces/([^/]+)/desks", self._desks_of),
            ("GET", r"/desks/([^/]+)/busy", self._busy),
            ("GET", r"/bookings", self._list_bookings),
            ("POST", r"/bookings", self._book),
            ("GET", r"/bookings/([^/]+)", self._booking),
            ("DELETE", r"/bookings/([^/]+)", self._cancel),
        ):
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                return reply(request, *match.groups())
        return None

    def add_booking(self, desk: str, begins: str, ends: str, **fields: Any) -> str:
        """A booking; its new id."""
        identity = str(len(self.bookings) + 1)
        given = {"id": identity, "desk": desk, "begins": begins, "ends": ends}
        self.bookings[identity] = given | {"mine": True, "state": "booked", "title": None} | fields
        return identity

    def _list_spaces(self, request: Request) -> Reply:
        page = int(request.query.get("page", 1))
        lat, lon, km = (float(request.query.get(name, 0)) for name in ("lat", "lon", "km"))
        by_distance = sorted(
            (_km(row, lat, lon), row["id"], row) for row in self.spaces.values() if row["lat"]
        )
        rows = [{**row, "km": far} for far, _, row in by_distance if far <= km or not km]
        chosen = rows[(page - 1) * PAGE : page * PAGE]
        return Reply(200, {"data": chosen, "more": page * PAGE < len(rows)})

    def _space(self, request: Request, space: str) -> Reply:
        return Reply(200, {"data": self.spaces[space]}) if space in self.spaces else missing()

    def _desks_of(self, request: Request, space: str) -> Reply:
        if space not in self.spaces:
            return missing()
        return Reply(200, {"data": [row for row in self.desks.values() if row["space"] == space]})

    def _busy(self, request: Request, desk: str) -> Reply:
        if desk not in self.desks:
            return missing()
        taken = [row for row in self.bookings.values() if self._live(row) and row["desk"] == desk]
        times = [{"begins": row["begins"], "ends": row["ends"]} for row in taken]
        return Reply(200, {"data": times, "zone": self._zone(desk)})

    def _list_bookings(self, request: Request) -> Reply:
        begins, ends = request.query["after"], request.query["before"]
        mine = [
            self._shown(row)
            for row in self.bookings.values()
            if row["mine"] and overlap(row, begins, ends)
        ]
        return Reply(200, {"data": mine})

    def _book(self, request: Request) -> Reply:
        asked = request.json()
        key = request.headers.get("idempotency-key")
        if key in self.keys:
            return Reply(200, {"data": self._shown(self.bookings[self.keys[key]])})
        if asked["desk"] not in self.desks:
            return missing()
        for row in self.bookings.values():
            clash = overlap(row, asked["begins"], asked["ends"])
            if self._live(row) and row["desk"] == asked["desk"] and clash:
                return Reply(409, {"code": "taken", "message": "The desk is taken."})
        identity = self.add_booking(
            asked["desk"], asked["begins"], asked["ends"], title=asked.get("title")
        )
        if key:
            self.keys[key] = identity
        return Reply(201, {"data": self._shown(self.bookings[identity])})

    def _booking(self, request: Request, identity: str) -> Reply:
        if identity not in self.bookings:
            return missing()
        return Reply(200, {"data": self._shown(self.bookings[identity])})

    def _cancel(self, request: Request, identity: str) -> Reply:
        if identity not in self.bookings:
            return missing()
        self.bookings[identity]["state"] = "cancelled"
        return Reply(200, {"data": self._shown(self.bookings[identity])})

    def _shown(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "zone": self._zone(row["desk"]), "space": self.desks[row["desk"]]["space"]}

    def _zone(self, desk: str) -> str:
        zone: str = self.spaces[self.desks[desk]["space"]]["zone"]
        return zone

    @staticmethod
    def _live(row: Mapping[str, Any]) -> bool:
        return bool(row["state"] == "booked")


def _km(row: Mapping[str, Any], lat: float, lon: float) -> float:
    # Flat earth is near enough for a fake, and not the formula under test.
    north, east = (row["lat"] - lat) * 111.195, (row["lon"] - lon) * 111.195
    return math.hypot(north, east * math.cos(math.radians(lat)))


def missing() -> Reply:
    """The service's 404."""
    return Reply(404, {"code": "missing", "message": "No such thing."})


def overlap(row: Mapping[str, Any], begins: str, ends: str) -> bool:
    """Whether two stretches share an instant, the ends not included."""
    first, last = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    return datetime.fromisoformat(row["begins"]) < last and first < datetime.fromisoformat(
        row["ends"]
    )
