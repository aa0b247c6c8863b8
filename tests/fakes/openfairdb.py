"""A fake of OpenFairDB, written from its `openapi.yaml` 0.12.12.

True to the wire: a box `south,west,north,east`, `visible` and at most five `invisible`, lists without
addresses, details by ids with commas, an error as `{"message": …}`.
"""

import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.server import FakeServer, Reply, Request

LISTED = ("id", "status", "lat", "lng", "title", "description", "categories", "tags", "ratings")


class FakeOpenFairDB(FakeServer):
    """Holds entries by id, each in the form of a detail answer."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        super().__init__()

    def add(self, identity: str, title: str, lat: float, lng: float, **fields: Any) -> None:
        """An entry; `tags` are `coworking` unless others are given."""
        self.entries[identity] = {
            "id": identity,
            "status": "created",
            "title": title,
            "description": "",
            "lat": lat,
            "lng": lng,
            "categories": ["2cd00bebec0c48ba9db761da48678134"],
            "tags": ["coworking"],
            "ratings": {"total": 0.0},
            "license": "ODbL-1.0",
            "version": 1,
            "created": 1_760_000_000,
        } | fields

    def answer(self, request: Request) -> Reply | None:
        if request.method != "GET":
            return None
        if request.path == "/count/entries":
            return Reply(200, str(len(self.entries)).encode())
        if request.path == "/search":
            return self._search(request.query)
        entries = re.fullmatch(r"/entries/(.+)", request.path)
        return self._entries(entries[1].split(",")) if entries else None

    def _search(self, query: Mapping[str, str]) -> Reply:
        corners = query.get("bbox", "").split(",")
        if len(corners) != 4:
            return Reply(400, {"message": "Invalid bbox"})
        south, west, north, east = map(float, corners)
        word = query.get("text", "").lower()
        visible, invisible = [], []
        for row in self.entries.values():
            texts = [row.get("title", ""), row["description"], *row["tags"]]
            if word not in " ".join(texts).lower():
                continue
            listed = {name: row[name] for name in LISTED if name in row}
            inside = south <= row["lat"] <= north and west <= row["lng"] <= east
            (visible if inside else invisible).append(listed)
        limit = min(int(query.get("limit", 100)), 2000)
        return Reply(200, {"visible": visible[:limit], "invisible": invisible[:5]})

    def _entries(self, identities: list[str]) -> Reply:
        return Reply(200, [self.entries[one] for one in identities if one in self.entries])
