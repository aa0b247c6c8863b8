"""A fake of anny's Customer API, as its guides describe it: anonymous, JSON:API, organizations by slug.

`bare`: interval lists hold start times alone, and each possible end is asked for by itself.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.server import FakeServer, Reply, Request

ZONE = ZoneInfo("Europe/Berlin")
STEP = timedelta(minutes=30)


class FakeAnny(FakeServer):
    """Holds organizations by slug, resources by slug, and what is taken of them."""

    def __init__(self) -> None:
        self.organizations: dict[str, str] = {}
        self.resources: dict[str, dict[str, Any]] = {}
        self.taken: list[tuple[str, datetime, datetime]] = []
        self.services: dict[str, list[str]] = {}
        self.bare = False
        super().__init__()

    def add_resource(self, organization: str, name: str, slug: str) -> str:
        identity = str(8000 + len(self.resources))
        self.resources[slug] = {
            "organization": organization, "id": identity, "name": name, "slug": slug,
        }  # fmt: skip
        self.services[identity] = ["601"]
        return slug

    def answer(self, request: Request) -> Reply | None:
        path = request.path.removeprefix("/api/v1")
        for pattern, reply in (
            (r"/organizations/([^/]+)/all-resources", self._all),
            (r"/resources/([^/]+)", self._resource),
            (r"/intervals/start", self._starts),
            (r"/intervals/end", self._ends),
        ):
            match = re.fullmatch(pattern, path)
            if match and request.method == "GET":
                return reply(request, *match.groups())
        return None

    def _all(self, request: Request, organization: str) -> Reply:
        if organization not in self.organizations:
            return missing()
        rows = [row for row in self.resources.values() if row["organization"] == organization]
        rows.sort(key=lambda row: str(row["name"]))
        size, number = int(request.query["page[size]"]), int(request.query["page[number]"])
        chosen = rows[(number - 1) * size : number * size]
        return Reply(200, {"data": [self._shown(row) for row in chosen]})

    def _resource(self, request: Request, slug: str) -> Reply:
        row = self.resources.get(slug)
        return missing() if row is None else Reply(200, {"data": self._shown(row)})

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        services = [{"type": "services", "id": one} for one in self.services[row["id"]]]
        return {
            "type": "resources", "id": row["id"],
            "attributes": {"name": row["name"], "slug": row["slug"]},
            "relationships": {"services": {"data": services}},
        }  # fmt: skip

    def _free(self, resource: str, begin: datetime, end: datetime) -> bool:
        return not any(
            resource == held and begin < until and since < end for held, since, until in self.taken
        )

    def _starts(self, request: Request) -> Reply:
        query = request.query
        assert query[f"service_id[{self.services[query['resource_id']][0]}]"] == "1"
        zone = ZoneInfo(query["timezone"])
        day = date.fromisoformat(query["date"])
        begin = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        nextday = day + timedelta(days=1)
        last = datetime(nextday.year, nextday.month, nextday.day, tzinfo=zone).astimezone(UTC)
        rows: list[Any] = []
        while begin < last:
            end = begin + STEP
            if self._free(query["resource_id"], begin, end):
                rows.append(_atom(begin, zone) if self.bare else {
                    "start_date": _atom(begin, zone), "end_date": _atom(end, zone),
                    "available": True,
                })  # fmt: skip
            elif not self.bare:
                rows.append({
                    "start_date": _atom(begin, zone), "end_date": _atom(end, zone),
                    "available": False,
                })  # fmt: skip
            begin = end
        return Reply(200, rows)

    def _ends(self, request: Request) -> Reply:
        query = request.query
        zone = ZoneInfo(query["timezone"])
        begin = datetime.fromisoformat(query["date_time"]).astimezone(UTC)
        rows, end = [], begin + STEP
        while end - begin <= timedelta(hours=24) and self._free(query["resource_id"], begin, end):
            rows.append(_atom(end, zone))
            end += STEP
        return Reply(200, rows)


def missing() -> Reply:
    """Its 404."""
    return Reply(404, {"errors": [{"status": "404", "title": "Not Found"}]})


def _atom(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds")
