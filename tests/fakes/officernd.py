"""A fake of OfficeRnD Flex, version 2 of its interface, as an operator's application sees it.

What the vendor does not publish is adjustable here: `conflict` is the status of a booking that comes
too late. Strange ways kept: one scope that the application does not own refuses the whole token; a
field or filter that it does not know is a 400; both cursors at once are a 504; lists hold at most 50
rows; bookings are told as series, occurrences one by one.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.server import FakeServer, Reply, Request

SCOPES = (
    "flex.space.locations.read flex.space.resources.read flex.space.bookings.read"
    " flex.space.bookings.cancel flex.space.bookings.validate flex.space.bookings.create"
)
CREATE = {
    "resource", "start", "end", "member", "company", "title", "description", "isTentative",
    "isFree", "isSilent", "members", "visitors", "enforceBookingPolicy",
}  # fmt: skip
LISTED = {"$limit", "$cursorNext", "$cursorPrev", "$select", "$sort", "_id", "name", "location"}
OCCURRENCES = LISTED | {
    "member",
    "company",
    "resource[]",
    "isCancelled",
    "isTentative",
    "start",
    "end",
}


class FakeOfficeRnD(FakeServer):
    """Holds locations, resources and bookings by id. `secret`: of the application `app-1`."""

    def __init__(self, secret: str = "operator-secret-1") -> None:
        self.secret = secret
        self.scopes = set(SCOPES.split())
        self.tokens: set[str] = set()
        self.locations: dict[str, dict[str, Any]] = {}
        self.resources: dict[str, dict[str, Any]] = {}
        self.bookings: dict[str, dict[str, Any]] = {}
        self.conflict = 400
        self.page = 50
        self.policy: str | None = None
        super().__init__()

    # What is told to it ──────────────────────────────────────────────────────────────────────────

    def identity(self, kind: int, number: int) -> str:
        return f"{kind:08x}{number:016x}"

    def add_location(self, name: str, zone: str = "Europe/Berlin", **fields: Any) -> str:
        identity = self.identity(1, len(self.locations) + 1)
        self.locations[identity] = {
            "_id": identity, "name": name, "address": "", "timezone": zone, "isOpen": True,
            "isPublic": True, "image": None, "code": None, "properties": {},
        } | fields  # fmt: skip
        return identity

    def add_resource(self, location: str, name: str, **fields: Any) -> str:
        identity = self.identity(2, len(self.resources) + 1)
        self.resources[identity] = {
            "_id": identity, "name": name, "description": "", "type": "hotdesk", "rate": None,
            "location": location, "floor": None, "price": 0, "deposit": 0, "size": None,
            "parents": [], "availability": {"startDate": None, "endDate": None}, "images": [],
            "amenities": [], "privacy": "full",
        } | fields  # fmt: skip
        return identity

    def add_booking(
        self, resource: str, start: datetime, end: datetime, member: str, **fields: Any
    ) -> str:
        identity = self.identity(3, len(self.bookings) + 1)
        self.bookings[identity] = {
            "_id": identity, "timezone": "Europe/Berlin", "start": wire(start), "end": wire(end),
            "recurrence": None, "location": self.resources[resource]["location"],
            "company": None, "member": member, "resource": resource, "title": "",
            "description": "", "reference": identity[-6:], "rate": None, "fees": [],
            "isCancelled": False, "isTentative": False, "isFree": False, "source": "api",
        } | fields  # fmt: skip
        return identity

    def open_session(self) -> str:
        token = f"token-{len(self.tokens) + 1}-of-the-app"
        self.tokens.add(token)
        return token

    # What it answers ─────────────────────────────────────────────────────────────────────────────

    def answer(self, request: Request) -> Reply | None:
        if (request.method, request.path) == ("POST", "/oauth/token"):
            return self._token(request)
        path = request.path.removeprefix("/api/v2/organizations/hafen")
        for method, pattern, reply in (
            ("GET", r"/locations", self._locations),
            ("GET", r"/resources", self._resources),
            ("GET", r"/bookings/occurrences", self._occurrences),
            ("POST", r"/bookings/validate", self._validate),
            ("POST", r"/bookings", self._create),
            ("GET", r"/bookings/([^/]+)", self._booking),
            ("POST", r"/bookings/([^/]+)/cancel", self._cancel),
        ):
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                token = request.headers.get("authorization", "").removeprefix("Bearer ")
                if token not in self.tokens:
                    return problem(401, "Unauthorized access")
                return reply(request, *match.groups())
        return None

    def _token(self, request: Request) -> Reply:
        form = dict(parse_qsl(request.body.decode()))
        if (form.get("client_id"), form.get("client_secret")) != ("app-1", self.secret):
            return problem(401, "invalid_client")
        if not set(form.get("scope", "").split()) <= self.scopes:
            return problem(400, "invalid_scope")
        if form.get("grant_type") != "client_credentials":
            return problem(400, "unsupported_grant_type")
        body = {"access_token": self.open_session(), "token_type": "Bearer", "expires_in": 3599}
        return Reply(200, body | {"scope": form["scope"]})

    def _locations(self, request: Request) -> Reply:
        return self._listed(request, list(self.locations.values()), LISTED)

    def _resources(self, request: Request) -> Reply:
        wanted = request.query.get("location")
        rows = [row for row in self.resources.values() if wanted in (None, row["location"])]
        return self._listed(request, rows, LISTED | {"type[]"})

    def _occurrences(self, request: Request) -> Reply:
        query = request.query
        start, end = moment(query["start"]), moment(query["end"])
        rows = [
            row
            for row in self.bookings.values()
            if all(query.get(name) in (None, row[name]) for name in ("member", "company", "location"))
            and query.get("resource[]") in (None, row["resource"])
            and moment(row["start"]) < end and start < moment(row["end"])
        ]  # fmt: skip
        return self._listed(request, rows, OCCURRENCES)

    def _listed(self, request: Request, rows: list[Any], known: set[str]) -> Reply:
        if strange := sorted(set(request.query) - known):
            return problem(400, [f"property {name} should not exist" for name in strange])
        if {"$cursorNext", "$cursorPrev"} <= set(request.query):
            return problem(504, "both cursors")
        first = int(request.query.get("$cursorNext", "c0")[1:])
        size = min(int(request.query.get("$limit", 50)), self.page)
        chosen = rows[first : first + size]
        more = f"c{first + size}" if first + size < len(rows) else None
        return Reply(200, {
            "rangeStart": first + 1, "rangeEnd": first + len(chosen), "cursorNext": more,
            "cursorPrev": None, "results": chosen,
        })  # fmt: skip

    def _refusal(self, asked: Mapping[str, Any]) -> Reply | None:
        if strange := sorted(set(asked) - CREATE):
            return problem(400, [f"property {name} should not exist" for name in strange])
        if asked.get("resource") not in self.resources:
            return problem(404, "Resource not found")
        if not (asked.get("member") or asked.get("company")):
            return problem(400, ["member or company is required"])
        if self.policy and asked.get("enforceBookingPolicy"):
            return problem(400, self.policy)
        start, end = moment(asked["start"]), moment(asked["end"])
        blocked = {asked["resource"], *self.resources[asked["resource"]]["parents"]}
        blocked |= {k for k, row in self.resources.items() if asked["resource"] in row["parents"]}
        for row in self.bookings.values():
            clash = moment(row["start"]) < end and start < moment(row["end"])
            if row["resource"] in blocked and clash and not row["isCancelled"]:
                return problem(self.conflict, "The resource is not available")
        return None

    def _validate(self, request: Request) -> Reply:
        return self._refusal(request.json()) or Reply(201, {})

    def _create(self, request: Request) -> Reply:
        asked = request.json()
        refusal = self._refusal(asked)
        if refusal:
            return refusal
        fields = {name: asked.get(name) for name in ("company", "title", "description")}
        identity = self.add_booking(
            asked["resource"], moment(asked["start"]), moment(asked["end"]),
            asked.get("member"), isTentative=bool(asked.get("isTentative")), **fields,
        )  # fmt: skip
        return Reply(201, self.bookings[identity])

    def _booking(self, request: Request, identity: str) -> Reply:
        row = self.bookings.get(identity)
        return problem(404, "Booking not found") if row is None else Reply(200, row)

    def _cancel(self, request: Request, identity: str) -> Reply:
        row = self.bookings.get(identity)
        if row is None:
            return problem(404, "Booking not found")
        row["isCancelled"] = True
        return Reply(201, row)


def problem(status: int, message: str | list[str]) -> Reply:
    """Its errors."""
    return Reply(status, {"statusCode": status, "message": message, "error": "Error"})


def moment(text: str) -> datetime:
    """UTC with milliseconds."""
    return datetime.fromisoformat(text).astimezone(UTC)


def wire(instant: datetime) -> str:
    """As it writes times."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
