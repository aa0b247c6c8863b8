"""A fake of LibreBooking's web services, as version 2.8.6.2 answers them (`new_line`: as the Slim 4 line).

Strange ways kept: a refused login is a 200; ids are strings; an update is a POST; a body without one of
four fields is a page of HTML with status 500; a second DELETE is an empty page; the list is in UTC and
a single reservation in the zone of its user; `Resources/Availability` evaluates the present whatever is
asked. A reservation that was deleted is gone.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.server import FakeServer, Reply, Request

ROOT = "/Web/Services/index.php"
NEEDED = ("title", "description", "allowParticipation", "termsAccepted")


class FakeLibreBooking(FakeServer):
    """Holds schedules, resources and reservations by id. Users: name → id, password, zone.

    `required`: labels of custom attributes that a reservation needs, by id. `approval`: resources
    whose reservations wait for one. `now`: None allows the past.
    """

    def __init__(self) -> None:
        self.users: dict[str, dict[str, str]] = {
            "ada": {"id": "7", "password": "pw", "zone": "Europe/Berlin"},
            "bob": {"id": "8", "password": "pw", "zone": "Europe/London"},
        }
        self.sessions: dict[str, str] = {}
        self.schedules: dict[str, dict[str, Any]] = {}
        self.resources: dict[str, dict[str, Any]] = {}
        self.types: dict[str, str] = {}
        self.reservations: dict[str, dict[str, Any]] = {}
        self.required: dict[str, str] = {}
        self.now: datetime | None = None
        self.slot_minutes = 30
        self.new_line = False
        self.logins = 0
        self.german = False
        super().__init__()

    @property
    def base(self) -> str:
        """The address an account is set to."""
        return f"{self.url}{ROOT}"

    # What is told to it ──────────────────────────────────────────────────────────────────────────

    def add_schedule(self, name: str, zone: str = "Europe/Berlin", **fields: Any) -> str:
        identity = str(len(self.schedules) + 1)
        self.schedules[identity] = {
            "id": identity, "name": name, "isDefault": identity == "1", "daysVisible": 7,
            "weekdayStart": 0, "timezone": zone, "availabilityBegin": None, "availabilityEnd": None,
            "maxResourcesPerReservation": 0, "totalConcurrentReservationsAllowed": 0,
            "links": [], "opens": 0, "closes": 24,
        } | fields  # fmt: skip
        return identity

    def add_resource(self, schedule: str, name: str, **fields: Any) -> str:
        identity = str(len(self.resources) + 1)
        self.resources[identity] = {
            "resourceId": identity, "name": name, "location": None, "contact": None, "notes": None,
            "minLength": "", "maxLength": "", "requiresApproval": 0, "allowMultiday": "1",
            "maxParticipants": None, "minNoticeAdd": "", "minNoticeUpdate": "", "minNoticeDelete": "",
            "maxNotice": "", "description": None, "scheduleId": schedule, "icsUrl": None,
            "statusId": "1", "statusReasonId": None, "customAttributes": [], "typeId": None,
            "groupIds": [], "bufferTime": "", "autoReleaseMinutes": None, "requiresCheckIn": 0,
            "color": "", "creditsPerSlot": 0, "peakCreditsPerSlot": 0,
            "maxConcurrentReservations": 1, "links": [],
        } | fields  # fmt: skip
        return identity

    def add_reservation(
        self, resource: str, start: datetime, end: datetime, user: str = "8", **fields: Any
    ) -> str:
        reference = f"6b{len(self.log):08x}{len(self.reservations):012x}"
        pending = bool(self.resources[resource]["requiresApproval"])
        self.reservations[reference] = {
            "reference": reference, "resource": resource, "start": start.astimezone(UTC),
            "end": end.astimezone(UTC), "user": user, "title": "", "description": "",
            "pending": pending, "checked_in": None, "sent": {},
        } | fields  # fmt: skip
        return reference

    def open_session(self, user: str = "ada") -> str:
        """A session that a user won before."""
        token = f"session-{len(self.sessions) + 1}-{user}"
        self.sessions[token] = self.users[user]["id"]
        return token

    # What it answers ─────────────────────────────────────────────────────────────────────────────

    def answer(self, request: Request) -> Reply | None:
        path = request.path.removeprefix(ROOT)
        if path == "/Authentication/Authenticate" and request.method == "POST":
            return self._authenticate(request)
        for method, pattern, reply in (
            ("POST", r"/Authentication/SignOut", self._sign_out),
            ("GET", r"/Schedules/", self._list_schedules),
            ("GET", r"/Schedules/([^/]+)/Slots", self._slots),
            ("GET", r"/Resources/", self._list_resources),
            ("GET", r"/Resources/Types", self._list_types),
            ("GET", r"/Resources/([^/]+)", self._resource),
            ("GET", r"/Reservations/", self._list_reservations),
            ("POST", r"/Reservations/", self._create),
            ("GET", r"/Reservations/([^/]+)", self._single),
            ("POST", r"/Reservations/([^/]+)", self._update),
            ("DELETE", r"/Reservations/([^/]+)", self._delete),
            ("POST", r"/Reservations/([^/]+)/CheckIn", self._check_in),
        ):
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                user = self._user(request)
                if user is None:
                    body = {"message": "Unauthorized", "links": []}
                    return Reply(401, body if self.new_line else "Unauthorized")
                return reply(request, user, *match.groups())
        return None

    def _user(self, request: Request) -> str | None:
        token = request.headers.get("x-booked-sessiontoken", "")
        user = self.sessions.get(token)
        return user if user and user == request.headers.get("x-booked-userid") else None

    def _authenticate(self, request: Request) -> Reply:
        self.logins += 1
        asked = request.json()
        known = self.users.get(asked["username"])
        if known is None or known["password"] != asked["password"]:
            return Reply(
                200,
                {"links": [], "message": "Login failed. Invalid username or password.",
                 "sessionToken": None, "sessionExpires": None, "userId": None,
                 "isAuthenticated": False, "version": "2.9"},
            )  # fmt: skip
        token = self.open_session(asked["username"])
        return Reply(
            200,
            {"links": [{"href": "…/Authentication/SignOut", "title": "logout"}], "message": None,
             "sessionToken": token, "sessionExpires": "2026-11-21T23:34:00+0000",
             "userId": known["id"], "isAuthenticated": True, "version": "2.9"},
        )  # fmt: skip

    def _sign_out(self, request: Request, user: str) -> Reply:
        self.sessions.pop(request.json()["sessionToken"], None)
        return Reply(200, {"links": [], "message": None, "signedOut": True})

    def _list_schedules(self, request: Request, user: str) -> Reply:
        hidden = ("opens", "closes")
        rows = [
            {name: value for name, value in row.items() if name not in hidden}
            for row in self.schedules.values()
        ]
        return Reply(200, {"links": [], "message": None, "schedules": rows})

    def _list_resources(self, request: Request, user: str) -> Reply:
        rows = list(self.resources.values())
        return Reply(200, {"links": [], "message": None, "resources": rows})

    def _resource(self, request: Request, user: str, identity: str) -> Reply:
        row = self.resources.get(identity)
        return missing() if row is None else Reply(200, {"links": [], "message": None} | row)

    def _list_types(self, request: Request, user: str) -> Reply:
        if not self.new_line:
            return missing()
        rows = [{"id": key, "description": "", "name": name} for key, name in self.types.items()]
        return Reply(200, {"links": [], "message": None, "types": rows})

    def _slots(self, request: Request, user: str, schedule: str) -> Reply:
        if schedule not in self.schedules:
            return missing()
        zone = ZoneInfo(self.schedules[schedule]["timezone"])
        first = moment(request.query["startDateTime"]).astimezone(zone).date()
        last = moment(request.query["endDateTime"]).astimezone(zone).date()
        wanted = request.query.get("resourceId")
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        dates = [
            {
                "date": f"{day}T00:00:00+0000",
                "resources": [
                    {"links": [{"href": f"{self.base}/Resources/{key}", "title": "get_resource"}],
                     "slots": self._slots_of(key, day, zone, schedule)}
                    for key, row in self.resources.items()
                    if row["scheduleId"] == schedule and wanted in (None, key)
                ],
            }
            for day in days
        ]  # fmt: skip
        return Reply(200, {"links": [], "message": None, "dates": dates})

    def _slots_of(self, resource: str, day: date, zone: ZoneInfo, schedule: str) -> list[Any]:
        opens, closes = (self.schedules[schedule][name] for name in ("opens", "closes"))
        slots: list[dict[str, Any]] = []
        for begin in range(0, 24 * 60, self.slot_minutes):
            start, end = (_wall(day, begin + n, zone) for n in (0, self.slot_minutes))
            if end <= start:
                continue
            held = [
                row
                for row in self.reservations.values()
                if row["resource"] == resource and row["start"] < end and start < row["end"]
            ]
            open_ = opens * 60 <= begin < closes * 60
            if held and slots and slots[-1]["held"] == held[0]["reference"]:
                slots[-1]["slotSpan"] += 1
                slots[-1]["endDateTime"] = shown(end, zone)
                continue
            slots.append({
                "slotSpan": 1, "isReserved": bool(held), "isReservable": open_ and not held,
                "label": "", "color": "", "startDateTime": shown(start, zone),
                "endDateTime": shown(end, zone),
                "reservation": self._item(held[0]) if held else None,
                "held": held[0]["reference"] if held else None,
            })  # fmt: skip
        return [{key: value for key, value in slot.items() if key != "held"} for slot in slots]

    def _list_reservations(self, request: Request, user: str) -> Reply:
        query = request.query
        start, end = moment(query["startDateTime"]), moment(query["endDateTime"])
        rows = [
            self._item(row)
            for row in self.reservations.values()
            # Both ends count here: what only touches is told too.
            if row["start"] <= end and start <= row["end"]
            and query.get("userId") in (None, row["user"])
            and query.get("resourceId") in (None, row["resource"])
        ]  # fmt: skip
        ends = {"startDateTime": shown(start, UTC), "endDateTime": shown(end, UTC)}
        return Reply(200, {"links": [], "message": None, "reservations": rows} | ends)

    def _item(self, row: Mapping[str, Any]) -> dict[str, Any]:
        resource = self.resources[row["resource"]]
        return {
            "referenceNumber": row["reference"], "startDate": shown(row["start"], UTC),
            "endDate": shown(row["end"], UTC), "firstName": "User", "lastName": "User",
            "resourceName": resource["name"], "title": row["title"],
            "description": row["description"], "requiresApproval": row["pending"],
            "isRecurring": False, "scheduleId": resource["scheduleId"], "userId": row["user"],
            "resourceId": row["resource"], "duration": "2 hours", "bufferTime": "",
            "bufferedStartDate": shown(row["start"], UTC), "bufferedEndDate": shown(row["end"], UTC),
            "participants": [], "invitees": [], "participatingGuests": [], "invitedGuests": [],
            "startReminder": None, "endReminder": None, "color": "", "textColor": "",
            "checkInDate": row["checked_in"] or "", "checkOutDate": "", "originalEndDate": "",
            "isCheckInEnabled": bool(resource["requiresCheckIn"]),
            "autoReleaseMinutes": resource["autoReleaseMinutes"],
            "resourceStatusId": "1", "creditsConsumed": None,
        }  # fmt: skip

    def _single(self, request: Request, user: str, reference: str) -> Reply:
        row = self.reservations.get(reference)
        if row is None:
            return missing()
        zone = ZoneInfo(next(u["zone"] for u in self.users.values() if u["id"] == user))
        resource = self.resources[row["resource"]]
        item = self._item(row)
        del item["userId"], item["resourceName"], item["firstName"], item["lastName"]
        return Reply(200, item | {
            "links": [], "message": None, "startDate": shown(row["start"], zone),
            "endDate": shown(row["end"], zone),
            "owner": {"userId": row["user"], "firstName": "User", "lastName": "User",
                      "emailAddress": "user@example.org"},
            "resources": {row["resource"]: {"id": row["resource"], "name": resource["name"]}},
            "accessories": row.get("accessories", []), "attachments": [],
            "customAttributes": row.get("customAttributes", []),
            "recurrenceRule": {"type": "none", "interval": None},
            "allowParticipation": False, "isCheckInAvailable": True, "isCheckoutAvailable": False,
        })  # fmt: skip

    def _create(self, request: Request, user: str) -> Reply:
        asked = request.json()
        if not all(name in asked for name in NEEDED):
            return Reply(500, "<h1>Slim Application Error</h1>")
        refused = self._refusal(asked, None)
        if refused:
            return refused
        resource = str(asked["resourceId"])
        reference = self.add_reservation(
            resource, moment(asked["startDateTime"]), moment(asked["endDateTime"]), user,
            title=asked["title"], description=asked["description"], sent=asked,
        )  # fmt: skip
        links = [{"href": f"{self.base}/Reservations/{reference}", "title": "get_reservation"}]
        return Reply(
            201,
            {"links": links, "message": "The reservation was created",
             "referenceNumber": reference,
             "isPendingApproval": self.reservations[reference]["pending"]},
        )  # fmt: skip

    def _update(self, request: Request, user: str, reference: str) -> Reply:
        row, asked = self.reservations.get(reference), request.json()
        if not all(name in asked for name in NEEDED):
            return Reply(500, "<h1>Slim Application Error</h1>")
        if row is None:
            return missing()
        refused = self._refusal(asked, reference)
        if refused:
            return refused
        row |= {
            "resource": str(asked["resourceId"]), "start": moment(asked["startDateTime"]),
            "end": moment(asked["endDateTime"]), "title": asked["title"],
            "description": asked["description"], "sent": asked | dict(request.query),
        }  # fmt: skip
        body = {"links": [], "message": "The reservation was updated"}
        return Reply(200, body | {"referenceNumber": reference, "isPendingApproval": False})

    def _refusal(self, asked: Mapping[str, Any], own: str | None) -> Reply | None:
        start, end = moment(asked["startDateTime"]), moment(asked["endDateTime"])
        resource = self.resources.get(str(asked["resourceId"]))
        if resource is None:
            return refusal("You must have permission to access this resource")
        given = {str(one["attributeId"]) for one in asked.get("customAttributes", ())}
        if lacking := [label for key, label in self.required.items() if key not in given]:
            return refusal(*(f"{label} is required." for label in lacking))
        if self.now is not None and start < self.now:
            return refusal("The start date and time cannot be in the past.")
        if start.minute % self.slot_minutes or end.minute % self.slot_minutes:
            return refusal("The start date and time requested is not valid for this schedule.")
        clashes = [
            row
            for row in self.reservations.values()
            if row["resource"] == resource["resourceId"] and row["reference"] != own
            and row["start"] < end and start < row["end"]
        ]  # fmt: skip
        if len(clashes) < int(resource["maxConcurrentReservations"]):
            return None
        what = "There are conflicting reservations on the following dates:"
        if self.german:
            what = "Es gibt Konflikte mit Reservierungen an folgenden Tagen:"
        return refusal(f"{what}\n{start:%m/%d/%Y} - {resource['name']}\n")

    def _delete(self, request: Request, user: str, reference: str) -> Reply:
        row = self.reservations.get(reference)
        if row is None:
            return Reply(200, "")
        if row["user"] != user:
            return Reply(401, "Unauthorized")
        del self.reservations[reference]
        return Reply(200, {"links": [], "message": "The item was deleted"})

    def _check_in(self, request: Request, user: str, reference: str) -> Reply:
        row = self.reservations.get(reference)
        if row is None:
            return missing()
        row["checked_in"] = shown(row["start"], UTC)
        return Reply(200, {"links": [], "message": "The reservation was updated"})


def missing() -> Reply:
    """Its 404."""
    return Reply(404, {"links": [], "message": "The requested resource was not found"})


def refusal(*errors: str) -> Reply:
    """Its 400."""
    message = "There were errors processing your request"
    return Reply(400, {"links": [], "message": message, "errors": list(errors)})


def moment(text: str) -> datetime:
    """ISO 8601 with an offset; a `+` that was not encoded arrives as a blank and is no offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def shown(instant: datetime, zone: Any) -> str:
    """As PHP writes it: `2026-11-30T09:00:00+0100`."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S%z")


def _wall(day: date, minute: int, zone: ZoneInfo) -> datetime:
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    return naive.replace(tzinfo=zone).astimezone(UTC)
