"""A fake of Seatsurfing's server, as version 1.125.0 answers.

Strange ways kept: the clock digits of the UTC form of `enter` and `leave` are the wall clock of the
location; answers carry the true offset; a success is an empty 201 with the id in a header; the meaning
of a refusal is a number in `X-Error-Code`; a refresh token is good once; a wrong password is an empty
400; a deleted booking is gone.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.fakes.server import FakeServer, Reply, Request

ORGANIZATION = "5b1d0f3e-0000-4000-8000-000000000001"


class FakeSeatsurfing(FakeServer):
    """Holds locations, spaces and bookings by id. Users: e-mail → id, password.

    `single`: whether the server has one organization. `domain`: the one that it is found by.
    `must_change`, `second_factor`: e-mails. `refusals`: spaces → code that booking there gets.
    """

    def __init__(self) -> None:
        self.users = {
            "ada@example.org": {"id": str(uuid4()), "password": "Fahrrad-77"},
            "bob@example.org": {"id": str(uuid4()), "password": "Fahrrad-77"},
        }
        self.single, self.domain = True, "example.org"
        self.must_change: set[str] = set()
        self.second_factor: dict[str, str] = {}
        self.access: dict[str, str] = {}
        self.refresh: dict[str, str] = {}
        self.locations: dict[str, dict[str, Any]] = {}
        self.spaces: dict[str, dict[str, Any]] = {}
        self.bookings: dict[str, dict[str, Any]] = {}
        self.refusals: dict[str, int] = {}
        self.settings: dict[str, str] = {"default_timezone": "Europe/Berlin"}
        self.too_late: set[str] = set()
        self.logins = 0
        super().__init__()

    # What is told to it ──────────────────────────────────────────────────────────────────────────

    def add_location(self, name: str, zone: str = "Europe/Berlin", **fields: Any) -> str:
        identity = str(uuid4())
        self.locations[identity] = {
            "id": identity, "organizationId": ORGANIZATION, "name": name, "description": "",
            "maxConcurrentBookings": 0, "timezone": zone, "enabled": True, "mapWidth": 0,
            "mapHeight": 0, "mapMimeType": "", "mapScale": 1, "mapType": "",
            "allowedBookerGroupIds": None, "bookableDays": None,
        } | fields  # fmt: skip
        return identity

    def add_space(self, location: str, name: str, **fields: Any) -> str:
        identity = str(uuid4())
        self.spaces[identity] = {
            "id": identity, "locationId": location, "name": name, "x": 0, "y": 0, "width": 10,
            "height": 10, "rotation": 0, "requireSubject": False, "enabled": True,
            "kioskEnabled": False, "shape": "rect", "fontSize": "normal", "attributes": None,
            "approverGroupIds": None, "allowedBookerGroupIds": None, "approval": False,
        } | fields  # fmt: skip
        return identity

    def add_booking(
        self, space: str, enter: datetime, leave: datetime, email: str, **fields: Any
    ) -> str:
        identity = str(uuid4())
        self.bookings[identity] = {
            "id": identity, "space": space, "enter": enter.astimezone(UTC),
            "leave": leave.astimezone(UTC), "email": email, "subject": "",
            "approved": not self.spaces[space]["approval"],
        } | fields  # fmt: skip
        return identity

    def open_session(self, email: str = "ada@example.org") -> tuple[str, str]:
        """Tokens that a user won before: access, refresh."""
        access, refresh = f"access-{uuid4()}", f"refresh-{uuid4()}"
        self.access[access] = email
        self.refresh[refresh] = email
        return access, refresh

    # What it answers ─────────────────────────────────────────────────────────────────────────────

    def answer(self, request: Request) -> Reply | None:
        for method, pattern, reply in (
            ("GET", r"/auth/singleorg", self._single_org),
            ("GET", r"/auth/org/([^/]+)", self._org),
            ("POST", r"/auth/login", self._login),
            ("POST", r"/auth/refresh", self._refresh),
            ("POST", r"/auth/updatepw", self._update_password),
        ):
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                return reply(request, *match.groups())
        for method, pattern, known in (
            ("GET", r"/auth/logout/current", self._logout),
            ("GET", r"/user/me", self._me),
            ("GET", r"/setting/", self._settings),
            ("GET", r"/location/", self._list_locations),
            ("GET", r"/location/([^/]+)/space/", self._list_spaces),
            ("GET", r"/location/([^/]+)/space/availability", self._available),
            ("GET", r"/location/([^/]+)/space/([^/]+)/availability", self._available),
            ("POST", r"/booking/precheck/", self._precheck),
            ("GET", r"/booking/", self._list_bookings),
            ("POST", r"/booking/", self._book),
            ("GET", r"/booking/([^/]+)", self._booking),
            ("PUT", r"/booking/([^/]+)", self._change),
            ("DELETE", r"/booking/([^/]+)", self._delete),
        ):
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                token = request.headers.get("authorization", "").removeprefix("Bearer ")
                email = self.access.get(token)
                return Reply(401) if email is None else known(request, email, *match.groups())
        return None

    def _single_org(self, request: Request) -> Reply:
        return self._organization() if self.single else Reply(404)

    def _org(self, request: Request, domain: str) -> Reply:
        return self._organization() if domain == self.domain else Reply(404)

    def _organization(self) -> Reply:
        return Reply(200, {
            "organization": {"id": ORGANIZATION, "name": "Hafen"}, "authProviders": [],
            "requirePassword": True, "disablePasswordLogin": False, "domain": self.domain,
        })  # fmt: skip

    def _login(self, request: Request) -> Reply:
        self.logins += 1
        asked = request.json()
        email = asked["email"]
        user = self.users.get(email)
        right = user is not None and user["password"] == asked["password"]
        if not right or asked.get("organizationId") != ORGANIZATION:
            return Reply(400)
        if email in self.must_change:
            return refused(401, 5001)
        if email in self.second_factor and asked.get("code") != self.second_factor[email]:
            return Reply(401)
        return self._tokens(email)

    def _update_password(self, request: Request) -> Reply:
        asked = request.json()
        user = self.users.get(asked["email"])
        if user is None or user["password"] != asked["password"]:
            return Reply(400)
        if not 8 <= len(asked["newPassword"]) <= 64:
            return Reply(400)
        user["password"] = asked["newPassword"]
        self.must_change.discard(asked["email"])
        return self._tokens(asked["email"])

    def _tokens(self, email: str) -> Reply:
        access, refresh = self.open_session(email)
        body = {"accessToken": access, "refreshToken": refresh}
        return Reply(200, body | {"logoutUrl": "", "profilePageUrl": ""})

    def _refresh(self, request: Request) -> Reply:
        email = self.refresh.pop(request.json()["refreshToken"], None)
        return Reply(404) if email is None else self._tokens(email)

    def _logout(self, request: Request, email: str) -> Reply:
        self.access.clear()
        self.refresh.clear()
        return Reply(204)

    def _me(self, request: Request, email: str) -> Reply:
        return Reply(200, {"id": self.users[email]["id"], "email": email})

    def _settings(self, request: Request, email: str) -> Reply:
        return Reply(200, [{"name": name, "value": value} for name, value in self.settings.items()])

    def _list_locations(self, request: Request, email: str) -> Reply:
        return Reply(200, list(self.locations.values()))

    def _list_spaces(self, request: Request, email: str, location: str) -> Reply:
        if location not in self.locations:
            return Reply(404)
        rows = [row for row in self.spaces.values() if row["locationId"] == location]
        return Reply(200, [{k: v for k, v in row.items() if k != "approval"} for row in rows])

    def _available(
        self, request: Request, email: str, location: str, space: str | None = None
    ) -> Reply:
        if location not in self.locations or (space and space not in self.spaces):
            return Reply(404)
        enter, leave = self._window(location, request.query)
        if leave < enter:
            return Reply(400)
        rows = []
        for key, row in self.spaces.items():
            if row["locationId"] != location or space not in (None, key):
                continue
            held = [one for one in self.bookings.values() if clash(one, key, enter, leave)]
            rows.append({name: value for name, value in row.items() if name != "approval"} | {
                "available": not held and row["enabled"], "allowed": key not in self.refusals,
                "approvalRequired": row["approval"],
                "bookings": [self._shown(one) for one in held],
            })  # fmt: skip
        return Reply(200, rows)

    def _window(self, location: str, asked: Mapping[str, Any]) -> tuple[datetime, datetime]:
        zone = ZoneInfo(self.locations[location]["timezone"] or self.settings["default_timezone"])
        enter, leave = (
            datetime.fromisoformat(asked[name]).astimezone(UTC).replace(tzinfo=zone)
            for name in ("enter", "leave")
        )
        return enter.astimezone(UTC), leave.astimezone(UTC)

    def _precheck(self, request: Request, email: str) -> Reply:
        location = request.json()["locationId"]
        if location not in self.locations:
            return Reply(404)
        code = self.refusals.get(location)
        return Reply(204) if code is None else refused(400, code)

    def _list_bookings(self, request: Request, email: str) -> Reply:
        mine = [row for row in self.bookings.values() if row["email"] == email]
        return Reply(200, [self._whole(row) for row in mine])

    def _book(self, request: Request, email: str) -> Reply:
        asked = request.json()
        refusal = self._refusal(asked, None)
        if refusal:
            return refusal
        space = asked["spaceId"]
        enter, leave = self._window(self.spaces[space]["locationId"], asked)
        identity = self.add_booking(space, enter, leave, email, subject=asked.get("subject", ""))
        limits = {"X-Ratelimit-Limit": "250", "X-Ratelimit-Remaining": "246"}
        return Reply(201, headers={"X-Object-Id": identity} | limits)

    def _refusal(self, asked: Mapping[str, Any], own: str | None) -> Reply | None:
        row = self.spaces.get(asked["spaceId"])
        if row is None:
            return Reply(404)
        enter, leave = self._window(row["locationId"], asked)
        if leave <= enter:
            return Reply(400)
        if code := self.refusals.get(row["id"]):
            return refused(400, code)
        subject = asked.get("subject", "")
        if row["requireSubject"] and not subject:
            return refused(400, 1010)
        if subject and (len(subject) < 3 or "@@@" in subject):
            return refused(400, 1012)
        others = [one for one in self.bookings.values() if one["id"] != own]
        if any(clash(one, row["id"], enter, leave) for one in others):
            return refused(409, 1001)
        return None

    def _booking(self, request: Request, email: str, identity: str) -> Reply:
        row = self.bookings.get(identity)
        if row is None:
            return Reply(404)
        return Reply(200, self._whole(row)) if row["email"] == email else Reply(403)

    def _change(self, request: Request, email: str, identity: str) -> Reply:
        row, asked = self.bookings.get(identity), request.json()
        if row is None:
            return Reply(404)
        refusal = self._refusal(asked, identity)
        if refusal:
            return refusal
        space = asked["spaceId"]
        enter, leave = self._window(self.spaces[space]["locationId"], asked)
        row |= {"space": space, "enter": enter, "leave": leave, "subject": asked.get("subject", "")}
        return Reply(204)

    def _delete(self, request: Request, email: str, identity: str) -> Reply:
        row = self.bookings.get(identity)
        if row is None:
            return Reply(404)
        if row["email"] != email:
            return Reply(403)
        if identity in self.too_late:
            return refused(403, 1008)
        del self.bookings[identity]
        return Reply(204)

    def _shown(self, row: Mapping[str, Any]) -> dict[str, Any]:
        space = self.spaces[row["space"]]
        zone = ZoneInfo(self.locations[space["locationId"]]["timezone"] or "Europe/Berlin")
        return {
            "id": row["id"], "recurringId": "", "userId": self.users[row["email"]]["id"],
            "userEmail": row["email"], "userFirstname": "", "userLastname": "",
            "enter": row["enter"].astimezone(zone).isoformat(),
            "leave": row["leave"].astimezone(zone).isoformat(),
            "subject": row["subject"], "approved": row["approved"],
        }  # fmt: skip

    def _whole(self, row: Mapping[str, Any]) -> dict[str, Any]:
        space = self.spaces[row["space"]]
        location = self.locations[space["locationId"]]
        part = {"id": space["id"], "locationId": space["locationId"], "name": space["name"],
                "location": {"id": location["id"], "name": location["name"], "timezone": ""}}  # fmt: skip
        return self._shown(row) | {"spaceId": space["id"], "space": part}


def refused(status: int, code: int) -> Reply:
    """A refusal: an empty body, and a number in a header."""
    return Reply(status, headers={"X-Error-Code": str(code)})


def clash(row: Mapping[str, Any], space: str, enter: datetime, leave: datetime) -> bool:
    """Whether a booking holds a space at some instant between."""
    return bool(row["space"] == space and row["enter"] < leave and enter < row["leave"])
