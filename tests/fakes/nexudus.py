"""A fake of Nexudus as a customer meets it: the members' portal of each space, and its token.

Written from the published interface and what was observed of it, quirks included: HTTP 200 with
`Status: 500`, an empty success, the wall clock with a false `Z`, `Available` that does not mean free,
`coworkerId` as text in the calendar, a web page without `Accept`, 409 for slow down, the `client_id`
header of a refresh. Switches: `expires_in`, `basket_fails`, `two_factor`, `password_expired`.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.server import FakeServer, Reply, Request

COWORKER = 289024940


class FakeNexudus(FakeServer):
    """Holds resources and bookings of spaces, each at `/SPACE/…`, by id."""

    def __init__(self, username: str = "erika@example.com", password: str = "geheim") -> None:
        self.username, self.password = username, password
        self.two_factor: str | None = None
        self.password_expired = False
        self.expires_in = 86400
        self.tokens: set[str] = set()
        self.refreshers: dict[str, str] = {}
        self.resources: dict[int, dict[str, Any]] = {}
        self.bookings: dict[int, dict[str, Any]] = {}
        self.basket_fails = 0
        self.preview_wraps = False
        self.benefits: list[dict[str, Any]] = []
        self.credits_used: list[dict[str, Any]] = []
        self.fee: float | None = None
        self.businesses: dict[str, dict[str, Any]] = {}
        self.passport: list[Any] | None = None
        self.plans: dict[str, list[dict[str, Any]]] = {}
        super().__init__()

    def add_space(self, space: str, **fields: Any) -> str:
        """A location of that address; the address."""
        self.businesses[space] = {
            "Id": len(self.businesses) + 1, "Name": space, "WebAddress": space,
            "Address": "Am Kai 1", "TownCity": "Lübeck", "Currency": {"Code": "EUR"},
            "Country": {"Id": 1, "Name": "Germany", "TwoDigitsCode": "DE"},
            "SimpleTimeZone": "Europe/Berlin", "Latitude": 53.8655, "Longitude": 10.6866,
        } | fields  # fmt: skip
        return space

    def add_resource(self, space: str, name: str, **fields: Any) -> int:
        """Something bookable; its number."""
        identity = 287977694 + len(self.resources)
        self.resources[identity] = {
            "Id": identity, "UniqueId": f"00000000-0000-4000-8000-{identity:012d}", "Name": name,
            "ResourceTypeName": "Desks", "GroupName": "Small", "Description": "<p>quiet</p>",
            "BusinessId": self.businesses[space]["Id"], "BusinessName": space, "Allocation": 1, "Price": 12.0,
            "PriceFormatted": "€12.00", "MinBookingLength": 30, "MaxBookingLength": None,
            "LateCancellationLimit": 24, "IntervalLimit": None, "AllowMultipleBookings": False,
            "RequiresConfirmation": False, "Shifts": [], "IsAvailable": True, "ErrorCode": None,
        } | fields  # fmt: skip
        return identity

    def add_booking(self, resource: int, begins: str, ends: str, **fields: Any) -> int:
        """A standing booking at the wall clock of the space; its number."""
        identity = 917876995 + len(self.bookings)
        self.bookings[identity] = {
            "id": identity, "resource": resource, "from": wall(begins), "to": wall(ends),
            "coworker": COWORKER, "notes": None, "uid": f"uid-{identity}", "gone": False,
            "invoiced": False, "tentative": False,
        } | fields  # fmt: skip
        return identity

    def standing(self) -> list[dict[str, Any]]:
        """What is not cancelled."""
        return [row for row in self.bookings.values() if not row["gone"]]

    def answer(self, request: Request) -> Reply | None:
        if request.path == "/api/passport/map" and self.passport is not None:
            assert "authorization" not in request.headers
            return Reply(200, self.passport)
        space, path = self._split(request.path)
        if path == "/api/public/plans/published" and space in self.businesses:
            assert "authorization" not in request.headers
            return Reply(200, {"Plans": self.plans.get(space, [])})
        if space not in self.businesses:
            return Reply(404, b'"Not found"')
        if path == "/api/token" and request.method == "POST":
            return self._token(request)
        for method, pattern, reply in (
            ("GET", r"/api/public/businesses/current", self._business),
            ("GET", r"/en/publicresources", self._resources),
            ("GET", r"/en/profile", self._profile),
            ("GET", r"/en/bookings/GetAvailabilityAt(?:WithUser)?", self._availability),
            ("POST", r"/en/basket/PreviewInvoice", self._preview),
            ("POST", r"/en/basket/CreateInvoice", self._create),
            ("GET", r"/en/bookings/fullCalendarBookings", self._calendar),
            ("GET", r"/api/public/bookings/my", self._mine),
            ("GET", r"/en/bookings/BookingJson/(\d+)", self._booking),
            ("POST", r"/en/bookings", self._update),
            ("POST", r"/en/bookings/deletejson/(\d+)", self._delete),
            ("GET", r"/en/bookings/getCancellationFee", self._fee),
            ("GET", r"/api/public/coworkers/profiles/current/benefits", self._benefits),
        ):
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                if request.headers.get("accept") != "application/json":
                    return Reply(200, "<html><title>Speicher</title></html>")
                token = request.headers.get("authorization", "").removeprefix("Bearer ")
                if token not in self.tokens and "businesses/current" not in path:
                    return Reply(401, {"Message": "Authorization has been denied."})
                return reply(request, *match.groups())
        return None

    @staticmethod
    def _split(path: str) -> tuple[str, str]:
        """The space's address, which stands for its host here, and the path there."""
        _, space, rest = path.split("/", 2)
        return space, f"/{rest}"

    # The token.

    def _token(self, request: Request) -> Reply:
        if "x-www-form-urlencoded" not in request.headers.get("content-type", ""):
            return problem("unsupported_grant_type", "send a form")
        form = dict(parse_qsl(request.body.decode()))
        client = request.headers.get("client_id")
        if form.get("grant_type") == "refresh_token":
            expected = self.refreshers.pop(form.get("refresh_token", ""), None)
            if expected is None or client != expected:
                return problem("invalid_grant", "The refresh token is not valid.")
            return self._won(expected)
        if form.get("grant_type") != "password":
            return problem("unsupported_grant_type", "no such grant")
        if (form.get("username"), form.get("password")) != (self.username, self.password):
            return problem("invalid_grant", "The user name or password is incorrect.")
        if self.password_expired:
            return problem("must_reset_password", "Choose a new password.")
        if self.two_factor and form.get("totp") != self.two_factor:
            return problem("two_factor_auth_check", "Enter your code.")
        return self._won(client or self.username)

    def _won(self, client: str) -> Reply:
        number = len(self.tokens) + 1
        token, refresh = f"access-{number}", f"refresh-{number}"
        self.tokens.add(token)
        self.refreshers = {refresh: client}
        return Reply(
            200,
            {"access_token": token, "token_type": "bearer", "expires_in": self.expires_in,
             "refresh_token": refresh},
        )  # fmt: skip

    # What there is.

    def _business(self, request: Request) -> Reply:
        return Reply(200, self.businesses[self._split(request.path)[0]])

    def _resources(self, request: Request) -> Reply:
        types = [{"Id": 7, "Name": "Desks"}]
        business = self.businesses[self._split(request.path)[0]]["Id"]
        rows = [row for row in self.resources.values() if row["BusinessId"] == business]
        return Reply(200, {"ResourceTypes": types, "AllShifts": [], "Resources": rows})

    def _profile(self, request: Request) -> Reply:
        user = {"Id": 5, "Email": self.username, "FullName": "Erika Muster"}
        if request.query.get("_resource") == "User":
            return Reply(200, user)
        return Reply(200, {"Id": COWORKER, "FullName": "Erika Muster", "Email": self.username})

    def _availability(self, request: Request) -> Reply:
        for row in self.resources.values():
            if row["UniqueId"] == request.query["guid"]:
                return Reply(200, {"Resource": row, "AvailableSlots": self._slots(row, request)})
        return Reply(500, {"Message": "An error has occurred."})

    def _slots(self, row: dict[str, Any], request: Request) -> list[dict[str, Any]]:
        step = timedelta(minutes=int(request.query.get("interval", 30)))
        moment = wall(request.query["startTime"][:10])
        last = moment + timedelta(days=int(request.query.get("days", 1)))
        slots = []
        while moment < last:
            booked = [
                one for one in self.standing()
                if one["resource"] == row["Id"] and one["from"] < moment + step and moment < one["to"]
            ]  # fmt: skip
            slots.append(
                {
                    "DateTime": f"{moment:%Y-%m-%dT%H:%M}", "Date": f"{moment:%Y-%m-%d}",
                    "Time": f"{moment:%H:%M}", "Available": row.get("Open", True),
                    "AllowMultipleBookings": row["AllowMultipleBookings"],
                    "Capacity": 1, "BookedCount": len(booked), "BookedDesks": [],
                    "Booked": bool(booked),
                }
            )  # fmt: skip
            moment += step
        return slots

    # Booking.

    def _basket(self, request: Request) -> list[dict[str, Any]]:
        items = request.json()
        if isinstance(items, dict):
            items = items["basket"]
        for item in items:
            assert item["Type"] == "booking"
            for end in ("FromTime", "ToTime"):
                text = item["Booking"][end]
                assert not re.search(r"[+-]\d\d:\d\d$", text), f"{text} would be shifted"
        return [item["Booking"] for item in items]

    def _preview(self, request: Request) -> Reply:
        if self.basket_fails:
            self.basket_fails -= 1
            return Reply(200, refusal("Could not load your basket."))
        lines, total, tax = [], 0.0, 0.0
        for booking in self._basket(request):
            row = self.resources.get(booking["ResourceId"])
            if row is None:
                return Reply(200, refusal("The resource does not exist."))
            hours = (wall(booking["ToTime"]) - wall(booking["FromTime"])) / timedelta(hours=1)
            net = round(row["Price"] * hours, 2)
            lines.append(
                {"BookingUniqueId": booking["UniqueId"], "UnitPrice": net, "SubTotal": net,
                 "TaxAmount": round(net * 0.19, 2), "Description": row["Name"]}
            )  # fmt: skip
            total, tax = total + net * 1.19, tax + net * 0.19
        if self.credits_used:
            total = tax = 0.0
        return Reply(
            200,
            {
                "TotalAmount": round(total, 2), "TaxAmount": round(tax, 2),
                "Currency": {"Code": "EUR", "Format": "€0.00"},
                "UsedBookingCredits": self.credits_used, "UsedExtraServices": [], "LinesRaw": lines,
                "Errors": None, "Message": None, "WasSuccessful": True, "Status": 200,
            },
        )  # fmt: skip

    def _create(self, request: Request) -> Reply:
        for booking in self._basket(request):
            begins, ends = wall(booking["FromTime"]), wall(booking["ToTime"])
            if booking["ResourceId"] not in self.resources:
                return Reply(200, refusal("The resource does not exist."))
            clash = self._clash(booking["ResourceId"], begins, ends)
            if clash:
                return Reply(200, self._taken(clash))
        for booking in self._basket(request):
            self.add_booking(
                booking["ResourceId"], booking["FromTime"], booking["ToTime"],
                coworker=booking["CoworkerId"], notes=booking["Notes"], uid=booking["UniqueId"],
                tentative=self.resources[booking["ResourceId"]]["RequiresConfirmation"],
            )  # fmt: skip
        return Reply(200, b"")

    def _clash(
        self, resource: int, begins: datetime, ends: datetime, ignored: int | None = None
    ) -> dict[str, Any] | None:
        for row in self.standing():
            if (
                row["id"] != ignored
                and row["resource"] == resource
                and row["from"] < ends
                and begins < row["to"]
            ):
                return row
        return None  # fmt: skip

    @staticmethod
    def _taken(row: dict[str, Any]) -> dict[str, Any]:
        message = "This resource is already booked. Please choose a different start and end times."
        detail = json.dumps({"ConflictingUniqueId": row["uid"]})
        return {"Status": 500, "Message": message, "Errors": [{"Message": detail}],
                "WasSuccessful": False}  # fmt: skip

    def _calendar(self, request: Request) -> Reply:
        if "start" not in request.query or "end" not in request.query:
            return Reply(500, {"Message": "An error has occurred."})
        begins, ends = wall(request.query["start"]), wall(request.query["end"])
        rows = []
        for row in self.standing():
            # The window is loose: a day more on each side.
            day = timedelta(days=1)
            business = self.businesses[self._split(request.path)[0]]["Id"]
            if self.resources[row["resource"]]["BusinessId"] != business:
                continue
            if row["from"] < ends + day and begins - day < row["to"]:
                rows.append(self._feed_row(row))
        return Reply(200, rows)

    def _feed_row(self, row: dict[str, Any]) -> dict[str, Any]:
        mine = row["coworker"] == COWORKER
        name = self.resources[row["resource"]]["Name"]
        return {
            "id": row["id"], "resourceId": row["resource"], "resourceName": name, "title": name,
            "start": f"{row['from']:%Y-%m-%dT%H:%MZ}", "end": f"{row['to']:%Y-%m-%dT%H:%MZ}",
            "allDay": False, "notes": row["notes"] if mine else None, "editable": mine,
            "teamBooking": False, "groupName": "Small",
            "coworkerId": str(row["coworker"]) if mine else None,
            "coworkerEmail": self.username if mine else None,
            "coworkerFullName": "Erika Muster" if mine else None, "coworkerCompanyName": None,
            "private": True, "event": False, "ignoreTimezone": True,
            "tentative": row["tentative"], "invoiced": row["invoiced"],
        }  # fmt: skip

    def _mine(self, request: Request) -> Reply:
        rows = [self._record(row) for row in self.standing() if row["coworker"] == COWORKER]
        return Reply(
            200,
            {"Records": rows, "CurrentPage": 1, "PageSize": 25, "TotalItems": len(rows),
             "TotalPages": 1, "HasNextPage": False, "CurrentSortDirection": "ASC"},
        )  # fmt: skip

    def _record(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "Id": row["id"], "UniqueId": row["uid"], "ResourceId": row["resource"],
            "ResourceName": self.resources[row["resource"]]["Name"], "CoworkerId": row["coworker"],
            "FromTime": f"{row['from']:%Y-%m-%dT%H:%M:%S}", "ToTime": f"{row['to']:%Y-%m-%dT%H:%M:%S}",
            "Notes": row["notes"], "Tentative": row["tentative"], "Invoiced": row["invoiced"],
        }  # fmt: skip

    def _booking(self, request: Request, identity: str) -> Reply:
        row = self.bookings.get(int(identity))
        if row is None or row["gone"]:
            return Reply(404, b'"Not found"')
        return Reply(200, {"Value": self._record(row), "Resource": self.resources[row["resource"]]})

    def _update(self, request: Request) -> Reply:
        given = request.json()["Booking"]
        row = self.bookings.get(given["Id"])
        if row is None or row["gone"]:
            return Reply(404, b'"Not found"')
        begins, ends = wall(given["FromTime"]), wall(given["ToTime"])
        if self._clash(given["Resource"]["Id"], begins, ends, row["id"]):
            what = "This resource is not available to be booked at this time."
            return Reply(
                200,
                refusal(f"{what} Please choose other start and end times for the booking."),
            )
        row |= {"from": begins, "to": ends, "resource": given["Resource"]["Id"],
                "notes": given["Notes"]}  # fmt: skip
        return Reply(
            200,
            {"Status": 200, "Message": "Your booking has been updated", "WasSuccessful": True},
        )

    def _delete(self, request: Request, identity: str) -> Reply:
        row = self.bookings.get(int(identity))
        if row is None or row["gone"]:
            return Reply(404, b'"Not found"')
        if row["invoiced"]:
            return Reply(200, refusal("This booking has already been invoiced."))
        row["gone"] = True
        return Reply(200, {"Status": 200, "Message": "", "WasSuccessful": True})

    def _fee(self, request: Request) -> Reply:
        return Reply(200, {"hasCancellationFee": self.fee is not None, "cancellationFee": self.fee})

    def _benefits(self, request: Request) -> Reply:
        return Reply(200, {"Personal": {"BookingCredits": self.benefits}, "Team": None})


def wall(text: str) -> datetime:
    """A time of the space's clock; a `Z` behind it means nothing."""
    return datetime.fromisoformat(text.removesuffix("Z"))


def refusal(message: str) -> dict[str, Any]:
    """How the portal refuses, in an answer of status 200."""
    return {"Status": 500, "Message": message, "Errors": None, "WasSuccessful": False}


def problem(error: str, description: str) -> Reply:
    """How the token endpoint refuses."""
    return Reply(400, {"error": error, "error_description": description})
