"""A fake of Cobot: API 2 (JSON:API), the two anonymous reads and OAuth of API 1, on one address.

Written from the published interface, quirks included: ids of a space differ from its subdomain,
resources are for members only, `units` lets several book, prices are strings, a deleted booking is
gone, a visitor's cancellation answers 204 and cancels nothing. What the interface does not publish
is a switch: `conflict_status` and `conflict_pointer`, `paging`, `external_addon`, `loopback_clients`.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.server import FakeServer, Reply, Request

MEDIA = "application/vnd.api+json"
SIZE = 72
CLIENT = "client-of-the-user"


class FakeCobot(FakeServer):
    """Holds everything by id. `members`: token → user id; a token not in it is 401."""

    def __init__(self, token: str = "t0ken") -> None:
        self.members: dict[str, str] = {token: "user-1"}
        self.scopes: dict[str, set[str]] = {}
        self.spaces: dict[str, dict[str, Any]] = {}
        self.memberships: dict[str, dict[str, Any]] = {}
        self.resources: dict[str, dict[str, Any]] = {}
        self.external: dict[str, dict[str, Any]] = {}
        self.bookings: dict[str, dict[str, Any]] = {}
        self.numbered = 0
        self.visits: dict[str, dict[str, Any]] = {}
        self.templates: dict[str, dict[str, Any]] = {}
        self.purchases: dict[str, dict[str, Any]] = {}
        self.credits: dict[str, list[dict[str, Any]]] = {}
        self.mails: list[str] = []
        self.external_addon = True
        self.paging = True
        self.page_size = SIZE
        self.conflict_status = 422
        self.conflict_pointer = "/data/attributes/base"
        self.preview_prices = True
        self.member_of = True
        self.plans: dict[str, list[dict[str, Any]]] = {}
        self.orders: dict[str, dict[str, str]] = {}
        self.clients: dict[str, tuple[str, ...]] = {}
        self.registers = True
        self.codes: dict[str, tuple[str, str, str]] = {}
        super().__init__()

    # What the test says is there.

    def add_space(self, subdomain: str, **fields: Any) -> str:
        """A space of that subdomain; its id."""
        identity = f"space{len(self.spaces) + 1:027d}"
        self.spaces[identity] = {
            "name": subdomain, "subdomain": subdomain, "countryCode": "DE", "locale": "de-DE",
            "timeZone": "Europe/Berlin", "hourFormat": 24, "priceDisplay": "gross", "inEu": True,
        } | fields  # fmt: skip
        return identity

    def add_membership(self, space: str, user: str = "user-1") -> str:
        """The user becomes a member; the membership's id."""
        identity = f"member{len(self.memberships) + 1:026d}"
        self.memberships[identity] = {"space": space, "user": user}
        return identity

    def add_resource(self, space: str, identity: str, **fields: Any) -> str:
        """Something bookable, for 12 EUR an hour; its id."""
        self.resources[identity] = {
            "space": space, "name": identity, "resourceType": "desk", "usage": "bookable",
            "units": 1, "capacity": 1, "canBook": True, "hidden": False, "onlyAdminsCanBook": False,
            "minBookingDuration": 30, "maxBookingDuration": None, "bookingCutoff": 0,
            "cancellationPeriod": 24, "bookingTimes": [], "pricing": pricing("10.0", "11.9"),
        } | fields  # fmt: skip
        return identity

    def add_external(self, resource: str, *, pay_later: bool = True, **fields: Any) -> str:
        """The resource as visitors see it; its id."""
        identity = f"ext-{resource}"
        self.external[identity] = {
            "resource": resource, "payLater": pay_later, "bookingsRequireApproval": False,
            "instructions": None, "effectiveBookingCutoff": 0,
        } | fields  # fmt: skip
        return identity

    def add_booking(self, resource: str, begins: str, ends: str, **fields: Any) -> str:
        """A standing booking; its id."""
        self.numbered += 1
        identity = f"b{self.numbered:031d}"
        self.bookings[identity] = {
            "resource": resource, "from": instant(begins), "to": instant(ends), "membership": None,
            "title": None, "comments": None, "units": 1,
        } | fields  # fmt: skip
        return identity

    # What it answers.

    def answer(self, request: Request) -> Reply | None:
        for method, pattern, reply in (*self._public(), *self._guarded()):
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                return reply(request, *match.groups())
        return None

    def _public(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("GET", r"/health", lambda request: Reply(204)),
            ("GET", r"/api/spaces/([^/]+)", self._space_of_subdomain),
            ("GET", r"/at/([^/]+)/api/plans", self._plans_of),
            ("POST", r"/at/([^/]+)/api/memberships", self._order),
            ("GET", r"/at/([^/]+)/api/memberships/([^/]+)", self._ordered),
            ("GET", r"/\.well-known/openid-configuration", self._discovery),
            ("POST", r"/oauth/register", self._register),
            ("GET", r"/oauth/authorize", self._authorize),
            ("POST", r"/oauth/access_token", self._access_token),
        )

    def _guarded(self) -> tuple[tuple[str, str, Any], ...]:
        return tuple(
            (method, pattern, self._checked(reply, scope))
            for method, pattern, scope, reply in (
                ("GET", r"/user", "read_user", self._user),
                ("GET", r"/spaces/([^/]+)", "read_spaces", self._space),
                ("GET", r"/space_profiles/([^/]+)", "read_space_profiles", self._profile),
                ("GET", r"/spaces/([^/]+)/urls", "read_urls", self._urls),
                ("GET", r"/spaces/([^/]+)/resources", "read_resources", self._resources_of),
                (
                    "GET",
                    r"/spaces/([^/]+)/resources/available",
                    "read_resources",
                    self._available,
                ),
                (
                    "GET",
                    r"/spaces/([^/]+)/resource_availabilities",
                    "read_resources",
                    self._free_all,
                ),
                ("GET", r"/resources/([^/]+)", "read_resources", self._resource),
                ("GET", r"/resources/([^/]+)/availability", "read_resources", self._free),
                ("POST", r"/bookings_preview", "read_resources", self._preview),
                ("POST", r"/memberships/([^/]+)/bookings", "write_bookings", self._book),
                ("GET", r"/memberships/([^/]+)/bookings", "read_bookings", self._mine),
                (
                    "GET",
                    r"/memberships/([^/]+)/booking_credits",
                    "read_booking_credits",
                    self._credits,
                ),
                ("GET", r"/bookings/([^/]+)", "read_bookings", self._booking),
                ("PATCH", r"/bookings/([^/]+)", "write_bookings", self._move),
                ("DELETE", r"/bookings/([^/]+)", "write_bookings", self._cancel),
                (
                    "GET",
                    r"/spaces/([^/]+)/external_resources",
                    "read_external_resources",
                    self._paid(self._externals),
                ),
                (
                    "GET",
                    r"/spaces/([^/]+)/external_resources/available",
                    "read_external_resources",
                    self._paid(self._externals_free),
                ),
                (
                    "GET",
                    r"/external_resources/([^/]+)",
                    "read_external_resources",
                    self._paid(self._external),
                ),
                (
                    "GET",
                    r"/external_resources/([^/]+)/availability",
                    "read_external_resources",
                    self._paid(self._external_free),
                ),
                (
                    "POST",
                    r"/external_bookings_preview",
                    "read_external_resources",
                    self._paid(self._external_preview),
                ),
                ("POST", r"/external_bookings", "write_external_bookings", self._paid(self._visit)),
                (
                    "GET",
                    r"/external_bookings/([^/]+)",
                    "read_external_bookings",
                    self._paid(self._visit_shown),
                ),
                (
                    "POST",
                    r"/external_bookings/([^/]+)/cancellation",
                    "write_external_bookings",
                    self._paid(self._visit_cancel),
                ),
                (
                    "GET",
                    r"/drop_in_pass_templates/([^/]+)",
                    "read_drop_in_pass_templates",
                    self._template,
                ),
                (
                    "GET",
                    r"/drop_in_pass_templates/([^/]+)/availability",
                    "read_drop_in_pass_templates",
                    self._template_dates,
                ),
                (
                    "POST",
                    r"/drop_in_pass_purchases",
                    "write_drop_in_pass_purchases",
                    self._purchase,
                ),
                (
                    "GET",
                    r"/spaces/([^/]+)/payment_methods",
                    "read_payment_methods",
                    self._payment_methods,
                ),
                (
                    "GET",
                    r"/spaces/([^/]+)/external_bookings_payment_methods",
                    "read_payment_methods",
                    self._payment_methods,
                ),
            )
        )

    def _checked(self, reply: Any, scope: str) -> Any:
        """Token, scope and media types first."""

        def guarded(request: Request, *parts: str) -> Reply:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            if token not in self.members:
                return errors(401, "A valid access token must be passed.", status="401")
            if scope in self.scopes.get(token, set()):  # the scopes that were taken away
                return errors(403, f"needs the scope {scope}")
            if request.headers.get("accept") != MEDIA:
                return errors(406, f"send Accept: {MEDIA}")
            if request.body and request.headers.get("content-type") != MEDIA:
                return errors(415, f"send Content-Type: {MEDIA}")
            answer: Reply = reply(request, *parts)
            answer.headers.setdefault("Content-Type", MEDIA)
            return answer

        return guarded

    def _paid(self, reply: Any) -> Any:
        def guarded(request: Request, *parts: str) -> Reply:
            if self.external_addon:
                answer: Reply = reply(request, *parts)
                return answer
            detail = "This API requires the space to have the external bookings subscription.\n"
            return Reply(402, {"errors": [{"title": "Payment required", "detail": detail}]})

        return guarded

    def _me(self, request: Request) -> str:
        return self.members[request.headers["authorization"].removeprefix("Bearer ")]

    def _listed(self, request: Request, rows: list[dict[str, Any]]) -> Reply:
        if not self.paging:
            return Reply(200, {"data": rows})
        number = int(request.query.get("page[number]", 1))
        size = min(int(request.query.get("page[size]", self.page_size)), 200)
        pages = max(1, -(-len(rows) // size))
        links = {"self": request.path, "prev": None, "next": None if number >= pages else "x"}
        return Reply(
            200,
            {
                "meta": {"totalPages": pages, "currentPage": number},
                "data": rows[(number - 1) * size : number * size],
                "links": links,
            },
        )

    # People and spaces.

    def _user(self, request: Request) -> Reply:
        mine = self._memberships_of(self._me(request))
        spaces = [self.memberships[one]["space"] for one in mine]
        include = request.query.get("include", "").split(",")
        relations: dict[str, Any] = {
            "memberships": {"data": [{"id": one, "type": "memberships"} for one in mine]}
        }
        included: list[dict[str, Any]] = []
        if "memberOf" in include and self.member_of:
            relations["memberOf"] = {"data": [{"id": one, "type": "spaces"} for one in spaces]}
            included += [self._space_row(one) for one in spaces]
        if "memberships" in include:
            included += [self._membership_row(one) for one in mine]
        row = {"id": self._me(request), "type": "users", "attributes": {"email": "joe@example.com"}}
        return Reply(200, {"data": {**row, "relationships": relations}, "included": included})

    def _memberships_of(self, user: str) -> list[str]:
        return [one for one, row in self.memberships.items() if row["user"] == user]

    def _membership_row(self, identity: str) -> dict[str, Any]:
        space = self.memberships[identity]["space"]
        return {"id": identity, "type": "memberships",
                "relationships": {"space": {"data": {"id": space, "type": "spaces"}}}}  # fmt: skip

    def _space_row(self, identity: str) -> dict[str, Any]:
        shown = {name: value for name, value in self.spaces[identity].items() if name != "profile"}
        link = f"https://api.cobot.me/spaces_profiles/{identity}-profile"
        relations = {"spaceProfile": {"links": {"related": link}}}
        return {"id": identity, "type": "spaces", "attributes": shown, "relationships": relations}

    def _space(self, request: Request, space: str) -> Reply:
        return Reply(200, {"data": self._space_row(space)}) if space in self.spaces else missing()

    def _profile(self, request: Request, profile: str) -> Reply:
        space = profile.removesuffix("-profile")
        if space not in self.spaces:
            return missing()
        shown = self.spaces[space].get("profile", {})
        return Reply(200, {"data": {"id": profile, "type": "spaceProfiles", "attributes": shown}})

    def _space_of_subdomain(self, request: Request, subdomain: str) -> Reply:
        for identity, row in self.spaces.items():
            if row["subdomain"] == subdomain:
                return Reply(
                    200,
                    {"id": identity, "name": row["name"], "subdomain": subdomain,
                     "time_zone_name": "Berlin", "time_zone_offset": 3600, "country": "Germany"},
                )  # fmt: skip
        return Reply(404, {"error": "not found"})

    # API 1: plans and memberships, at the address of the space.

    def _plans_of(self, request: Request, subdomain: str) -> Reply:
        return Reply(200, self.plans.get(subdomain, []))

    def _order(self, request: Request, subdomain: str) -> Reply:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.members:
            return Reply(401, {"error": "unauthorized"})
        form = dict(parse_qsl(request.body.decode()))
        missing_fields = {
            name: "can't be blank"
            for name in ("plan[id]", "address[name]", "address[country]")
            if not form.get(name)
        }
        if missing_fields:
            return Reply(422, {"errors": missing_fields})
        space = next(key for key, row in self.spaces.items() if row["subdomain"] == subdomain)
        identity = self.add_membership(space)
        self.orders[identity] = form
        return Reply(201, self._membership_of_order(identity))

    def _membership_of_order(self, identity: str) -> dict[str, Any]:
        form = self.orders[identity]
        return {
            "id": identity, "address": {"name": form["address[name]"], "address": "at home 1"},
            "plan": {"id": form["plan[id]"], "name": "Virtual Office"},
            "confirmed_at": None, "starts_at": "2026/12/01 00:00:00 +0000", "canceled_to": None,
        }  # fmt: skip

    def _ordered(self, request: Request, subdomain: str, identity: str) -> Reply:
        if identity not in self.orders and identity in self.memberships:
            self.orders[identity] = {"plan[id]": "desk-plan", "address[name]": "Erika Muster"}
            row = self._membership_of_order(identity)
            del self.orders[identity]
            return Reply(200, row | {"confirmed_at": "2026/01/01 00:00:00 +0000"})
        if identity not in self.orders:
            return Reply(404, {"error": "not found"})
        return Reply(200, self._membership_of_order(identity))

    def _urls(self, request: Request, space: str) -> Reply:
        subdomain = self.spaces[space]["subdomain"]
        home = f"https://{subdomain}.cobot.me"
        rows = [
            url_row("space:homepage", url=home),
            url_row("space:privacy-policy", url=None),
            url_row("space:terms", url=f"{home}/terms"),
            url_row("space:new-external-booking", urlTemplate=f"{home}/external_bookings/new{{?resource_id}}"),
        ]  # fmt: skip
        return Reply(200, {"data": rows})

    def _payment_methods(self, request: Request, space: str) -> Reply:
        return Reply(200, {"data": self.spaces[space].get("paymentMethods", [])})

    # Resources.

    def _sees(self, request: Request, space: str) -> bool:
        mine = self._memberships_of(self._me(request))
        return space in {self.memberships[one]["space"] for one in mine}

    def _resource_row(self, identity: str) -> dict[str, Any]:
        row = {name: value for name, value in self.resources[identity].items() if name != "space"}
        space = {"data": {"id": self.resources[identity]["space"], "type": "spaces"}}
        return {"id": identity, "type": "resources", "attributes": row,
                "relationships": {"space": space}}  # fmt: skip

    def _of_space(self, space: str) -> list[str]:
        return [one for one, row in self.resources.items() if row["space"] == space]

    def _resources_of(self, request: Request, space: str) -> Reply:
        if space not in self.spaces:
            return missing()
        if not self._sees(request, space):
            return errors(403, "You are no member of this space.")
        return self._listed(request, [self._resource_row(one) for one in self._of_space(space)])

    def _available(self, request: Request, space: str) -> Reply:
        if space not in self.spaces:
            return missing()
        if not self._sees(request, space):
            return errors(403, "You are no member of this space.")
        begins, ends = self._window(request)
        chosen = request.query.get("filter[resourceIds]")
        ignored = request.query.get("filter[ignoreBookingId]")
        rows = [
            self._resource_row(one)
            for one in self._of_space(space)
            if (not chosen or one in chosen.split(","))
            and self.is_free(one, begins, ends, ignored) and self.resources[one]["canBook"]
        ]  # fmt: skip
        return self._listed(request, rows)

    def _resource(self, request: Request, identity: str) -> Reply:
        if identity not in self.resources or not self._sees(
            request, self.resources[identity]["space"]
        ):
            return missing()
        return Reply(200, {"data": self._resource_row(identity)})

    def _free(self, request: Request, identity: str) -> Reply:
        if identity not in self.resources or not self._sees(
            request, self.resources[identity]["space"]
        ):
            return missing()
        return self._availability(identity, identity, request)

    def _free_all(self, request: Request, space: str) -> Reply:
        chosen = request.query["filter[resource_ids]"].split(",")
        rows = []
        for identity in self._of_space(space):
            if identity in chosen:
                body: Any = self._availability(identity, identity, request).body
                link = {"data": {"id": identity, "type": "resources"}}
                rows.append({**body["data"], "relationships": {"resource": link}})
        return Reply(200, {"data": rows})

    def _availability(self, shown: str, identity: str, request: Request) -> Reply:
        begins, ends = self._window(request)
        marks = sorted(
            {begins, ends}
            | {row[end] for row in self._taking(identity) for end in ("from", "to") if begins < row[end] < ends}
        )  # fmt: skip
        times: list[dict[str, Any]] = []
        for first, last in pairwise(marks):
            if not self.is_free(identity, first, last):
                continue
            if times and times[-1]["to"] == zulu(first):
                times[-1]["to"] = zulu(last)
            else:
                times.append({"from": zulu(first), "to": zulu(last)})
        row = {
            "id": shown,
            "type": "resourceAvailabilities",
            "attributes": {"availableTimes": times},
        }
        return Reply(200, {"data": row})

    def _taking(self, resource: str) -> list[dict[str, Any]]:
        visits = [
            row for row in self.visits.values()
            if self.external[row["external"]]["resource"] == resource and row["status"] != "canceled"
        ]  # fmt: skip
        return [row for row in self.bookings.values() if row["resource"] == resource] + visits

    def is_free(
        self, resource: str, begins: datetime, ends: datetime, ignored: str | None = None
    ) -> bool:
        """Whether fewer than `units` are taken at every instant of the stretch."""
        rows = [
            row for row in self._taking(resource)
            if row["from"] < ends and begins < row["to"]
            and (ignored is None or row is not self.bookings.get(ignored))
        ]  # fmt: skip
        moments = [begins, *(row["from"] for row in rows if row["from"] > begins)]
        units = self.resources[resource]["units"]
        return all(
            sum(row["from"] <= moment < row["to"] for row in rows) < units for moment in moments
        )

    @staticmethod
    def _window(request: Request) -> tuple[datetime, datetime]:
        return instant(request.query["filter[from]"]), instant(request.query["filter[to]"])

    # Bookings of members.

    def _preview(self, request: Request) -> Reply:
        data = request.json()["data"]
        begins, ends = instant(data["attributes"]["from"]), instant(data["attributes"]["to"])
        membership = data["relationships"]["membership"]["data"]["id"]
        rows = []
        for link in data["relationships"]["resources"]["data"]:
            identity = link["id"]
            if identity not in self.resources:
                return missing()
            problems = {} if self.is_free(identity, begins, ends) else {"base": ["is taken"]}
            shown: dict[str, Any] = {"from": zulu(begins), "to": zulu(ends), "errors": problems}
            if self.preview_prices:
                shown |= self._money(identity, membership, begins, ends)
            rows.append({"id": identity, "type": "bookingPreviews", "attributes": shown,
                         "relationships": {"resource": {"data": link}}})  # fmt: skip
        return Reply(200, {"data": rows})

    def _money(
        self, resource: str, membership: str | None, begins: datetime, ends: datetime
    ) -> dict[str, Any]:
        price = self.resources[resource]["pricing"]["pricePerHour"]
        minutes = int((ends - begins) / timedelta(minutes=1))
        held = [
            row for row in self.credits.get(membership or "", []) if row["resource"] == resource
        ]
        left = int(float(held[0]["hoursRemaining"]) * 60) if held else 0
        used = min(minutes, left)
        return {
            "price": priced(price, minutes),
            "estimatedPayablePrice": priced(price, minutes - used),
            "bookingCredits": {"estimatedMinutesUsed": used},
            "bookingPasses": {"estimatedMinutesUsed": 0},
        }

    def _book(self, request: Request, membership: str) -> Reply:
        if self.memberships.get(membership, {}).get("user") != self._me(request):
            return errors(403, "This is not your membership.")
        data = request.json()["data"]
        assert data["type"] == "bookings"
        resource = data["relationships"]["resource"]["data"]["id"]
        if resource not in self.resources:
            return missing()
        given = data["attributes"]
        refused = self._refusal(resource, instant(given["from"]), instant(given["to"]))
        if refused:
            return refused
        identity = self.add_booking(
            resource, given["from"], given["to"], membership=membership,
            title=given.get("title"), comments=given.get("comments"),
        )  # fmt: skip
        return Reply(201, {"data": self._booking_row(identity)})

    def _refusal(
        self, resource: str, begins: datetime, ends: datetime, ignored: str | None = None
    ) -> Reply | None:
        row = self.resources[resource]
        if not row["canBook"] or row["usage"] != "bookable":
            return errors(400, "Resource is not bookable.")
        if ends <= begins:
            return errors(422, "must be after the start", pointer="/data/attributes/to")
        if ends - begins < timedelta(minutes=row["minBookingDuration"] or 0):
            return errors(422, "is too short", pointer="/data/attributes/to")
        if not self.is_free(resource, begins, ends, ignored):
            detail = "Die Ressource ist in diesem Zeitraum bereits gebucht."
            return errors(self.conflict_status, detail, pointer=self.conflict_pointer)
        return None

    def _booking_row(self, identity: str) -> dict[str, Any]:
        row = self.bookings[identity]
        resource = self.resources[row["resource"]]
        shown = {
            "from": zulu(row["from"]), "to": zulu(row["to"]), "title": row["title"], "name": "Joe",
            "comments": row["comments"], "units": row["units"], "canUpdate": row.get("canUpdate", True),
            "cancellationPeriod": resource["cancellationPeriod"], "bookingExtras": [],
            "hasCustomPrice": False,
        } | self._money(row["resource"], row["membership"], row["from"], row["to"])  # fmt: skip
        member = row["membership"]
        return {
            "id": identity, "type": "bookings", "attributes": shown,
            "relationships": {
                "space": {"data": {"id": resource["space"], "type": "spaces"}},
                "resource": {"data": {"id": row["resource"], "type": "resources"}},
                "membership": {"data": {"id": member, "type": "memberships"} if member else None},
                "externalBooking": {"data": None},
            },
        }  # fmt: skip

    def _mine(self, request: Request, membership: str) -> Reply:
        begins, ends = self._window(request)
        rows = [
            self._booking_row(one)
            for one, row in self.bookings.items()
            if row["membership"] == membership and row["from"] < ends and begins < row["to"]
        ]
        return self._listed(request, rows)

    def _credits(self, request: Request, membership: str) -> Reply:
        rows = [
            {"id": f"credit-{number}", "type": "bookingCredits",
             "attributes": {name: value for name, value in row.items() if name != "resource"},
             "relationships": {"resource": {"data": {"id": row["resource"], "type": "resources"}}}}
            for number, row in enumerate(self.credits.get(membership, []))
        ]  # fmt: skip
        return Reply(200, {"data": rows})

    def _booking(self, request: Request, identity: str) -> Reply:
        if identity not in self.bookings:
            return missing()
        return Reply(200, {"data": self._booking_row(identity)})

    def _move(self, request: Request, identity: str) -> Reply:
        if identity not in self.bookings:
            return missing()
        row, data = self.bookings[identity], request.json()["data"]
        if row.get("event"):
            return errors(409, "The booking belongs to an event.")
        given = data.get("attributes", {})
        begins = instant(given["from"]) if "from" in given else row["from"]
        ends = instant(given["to"]) if "to" in given else row["to"]
        link = data.get("relationships", {}).get("resource", {}).get("data")
        resource = link["id"] if link else row["resource"]
        refused = self._refusal(resource, begins, ends, identity)
        if refused:
            return refused
        row |= {"from": begins, "to": ends, "resource": resource}
        return Reply(200, {"data": self._booking_row(identity)})

    def _cancel(self, request: Request, identity: str) -> Reply:
        if identity not in self.bookings:
            return missing()
        if self.bookings[identity].get("event"):
            return errors(409, "The booking belongs to an event.")
        if not self.bookings[identity].get("canUpdate", True):
            return errors(403, "The cancellation period is over.")
        del self.bookings[identity]
        return Reply(204)

    # Bookings of visitors.

    def _external_row(self, identity: str) -> dict[str, Any]:
        row = self.external[identity]
        resource = self.resources[row["resource"]]
        shown = {
            name: value
            for name, value in (resource | row).items()
            if name not in ("space", "resource")
        }
        return {"id": identity, "type": "externalResources", "attributes": shown,
                "relationships": {"resource": {"data": {"id": row["resource"], "type": "resources"}},
                                  "space": {"data": {"id": resource["space"], "type": "spaces"}}}}  # fmt: skip

    def _externals_of(self, space: str) -> list[str]:
        return [
            one
            for one, row in self.external.items()
            if self.resources[row["resource"]]["space"] == space
        ]

    def _externals(self, request: Request, space: str) -> Reply:
        if space not in self.spaces:
            return missing()
        return self._listed(request, [self._external_row(one) for one in self._externals_of(space)])

    def _externals_free(self, request: Request, space: str) -> Reply:
        begins, ends = self._window(request)
        rows = [
            self._external_row(one)
            for one in self._externals_of(space)
            if self.is_free(self.external[one]["resource"], begins, ends)
        ]
        return self._listed(request, rows)

    def _external(self, request: Request, identity: str) -> Reply:
        if identity not in self.external:
            return missing()
        return Reply(200, {"data": self._external_row(identity)})

    def _external_free(self, request: Request, identity: str) -> Reply:
        if identity not in self.external:
            return missing()
        return self._availability(identity, self.external[identity]["resource"], request)

    def _external_preview(self, request: Request) -> Reply:
        data = request.json()["data"]
        identity = data["relationships"]["resource"]["data"]["id"]
        if identity not in self.external:
            return missing()
        given = data["attributes"]
        minutes = int((instant(given["to"]) - instant(given["from"])) / timedelta(minutes=1))
        per_hour = self.resources[self.external[identity]["resource"]]["pricing"]["pricePerHour"]
        price = priced(per_hour, minutes)
        shown = {"finalPrice": price, "fullPrice": price, "totalPrice": price,
                 "appliedDiscounts": [], "appliedPriceCaps": []}  # fmt: skip
        return Reply(
            200, {"data": {"id": "preview", "type": "externalBookingPreviews", "attributes": shown}}
        )

    def _visit(self, request: Request) -> Reply:
        data = request.json()["data"]
        given = data["attributes"]
        identity = data["relationships"]["resource"]["data"]["id"]
        if identity not in self.external:
            return missing()
        row = self.external[identity]
        for field in ("from", "to", "numberOfVisitors", "name", "billingAddress", "email"):
            if not given.get(field):
                return errors(422, "can't be blank", pointer=f"/data/attributes/{field}")
        if given.get("acceptedTerms") is not True:
            return errors(422, "must be accepted", pointer="/data/attributes/acceptedTerms")
        if not row["payLater"]:
            return errors(422, "Payment could not be captured.")
        refused = self._refusal(row["resource"], instant(given["from"]), instant(given["to"]))
        if refused:
            return refused
        visit = f"v{len(self.visits) + 1:031d}"
        status = "pending" if row["bookingsRequireApproval"] else "approved"
        ends = {"from": instant(given["from"]), "to": instant(given["to"])}
        self.visits[visit] = {**given, **ends, "external": identity, "status": status}
        return Reply(201, {"data": self._visit_row(visit)})

    def _visit_row(self, identity: str) -> dict[str, Any]:
        row = self.visits[identity]
        minutes = int((row["to"] - row["from"]) / timedelta(minutes=1))
        per_hour = self.resources[self.external[row["external"]]["resource"]]["pricing"][
            "pricePerHour"
        ]
        shown = {name: value for name, value in row.items() if name != "external"} | {
            "from": zulu(row["from"]), "to": zulu(row["to"]), "price": priced(per_hour, minutes),
            "totalPrice": priced(per_hour, minutes), "canUpdate": False,
        }  # fmt: skip
        link = {"data": {"id": row["external"], "type": "externalResources"}}
        return {"id": identity, "type": "externalBookings", "attributes": shown,
                "relationships": {"resource": link, "invoices": {"data": []}}}  # fmt: skip

    def _visit_shown(self, request: Request, identity: str) -> Reply:
        if identity not in self.visits:
            return missing()
        return Reply(200, {"data": self._visit_row(identity)})

    def _visit_cancel(self, request: Request, identity: str) -> Reply:
        if identity not in self.visits:
            return missing()
        if self.visits[identity]["status"] == "canceled":
            return errors(409, "This external booking is already canceled.")
        self.mails.append(identity)
        return Reply(204)

    # Day tickets.

    def _template(self, request: Request, identity: str) -> Reply:
        if identity not in self.templates:
            return missing()
        shown = {
            name: value
            for name, value in self.templates[identity].items()
            if name not in ("dates", "space")
        }
        space = {"data": {"id": self.templates[identity]["space"], "type": "spaces"}}
        return Reply(200, {"data": {"id": identity, "type": "dropInPassTemplates", "attributes": shown,
                                    "relationships": {"space": space}}})  # fmt: skip

    def _template_dates(self, request: Request, identity: str) -> Reply:
        if identity not in self.templates:
            return missing()
        first, last = request.query["filter[from]"], request.query["filter[to]"]
        dates = [
            {"from": day, "to": day, "numberOfPasses": left}
            for day, left in self.templates[identity]["dates"].items()
            if first <= day <= last and left
        ]
        return Reply(200, {"data": {"id": identity, "type": "dropInPassTemplateAvailabilities",
                                    "attributes": {"availableDates": dates}}})  # fmt: skip

    def _purchase(self, request: Request) -> Reply:
        given = request.json()["data"]["attributes"]
        (wanted,) = given["dropInPasses"]
        template = wanted["relationships"]["dropInPassTemplate"]["data"]["id"]
        row = self.templates[template]
        day, count = wanted["attributes"]["validOn"], wanted["attributes"]["numberOfPasses"]
        for field in ("acceptedTerms", "name", "billingAddress", "email"):
            if not given.get(field):
                return errors(422, "can't be blank", pointer=f"/data/attributes/{field}")
        if row["dates"].get(day, 0) < count:
            return errors(422, "No passes left.", pointer="/data/attributes/base")
        row["dates"][day] -= count
        identity = f"p{len(self.purchases) + 1:031d}"
        self.purchases[identity] = {"template": template, "day": day, **given}
        passes = {"data": [{"id": f"pass-{identity}", "type": "dropInPasses"}]}
        return Reply(201, {"data": {"id": identity, "type": "dropInPassPurchases",
                                    "attributes": {"price": row["price"]},
                                    "relationships": {"dropInPasses": passes, "invoices": {"data": []}}}})  # fmt: skip

    # Logging in.

    def _discovery(self, request: Request) -> Reply:
        return Reply(
            200,
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/oauth/authorize",
                "token_endpoint": f"{self.url}/oauth/access_token",
                "registration_endpoint": f"{self.url}/oauth/register",
                "userinfo_endpoint": f"{self.url}/api/userinfo",
                "grant_types_supported": ["authorization_code"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
            },
        )

    def _register(self, request: Request) -> Reply:
        if not self.registers:
            return Reply(403, {"error": "access_denied", "error_description": "not here"})
        identity = f"registered-{len(self.clients) + 1}"
        self.clients[identity] = tuple(request.json()["redirect_uris"])
        return Reply(201, {"client_id": identity, **request.json()})

    def _authorize(self, request: Request) -> Reply:
        """What the browser sees after the person has said yes: a redirect with a code."""
        query = request.query
        if query.get("client_id") not in self.clients or query.get("response_type") != "code":
            return Reply(400, "<h1>unknown client</h1>")
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = (
            query["client_id"],
            query["redirect_uri"],
            query.get("code_challenge", ""),
        )
        target = f"{query['redirect_uri']}?code={code}&state={query['state']}"
        return Reply(302, None, {"Location": target})

    def _access_token(self, request: Request) -> Reply:
        form = dict(parse_qsl(request.body.decode()))
        known = self.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "")
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if known != (form.get("client_id"), form.get("redirect_uri"), challenge):
            return Reply(400, {"error": "invalid_grant", "error_description": "no such code"})
        token = f"won-{form['code']}-{verifier[:8]}"
        self.members[token] = "user-1"
        return Reply(200, {"access_token": token, "token_type": "bearer"})


def pricing(net: str, gross: str, currency: str = "EUR") -> dict[str, Any]:
    """A price per hour as a resource has it."""
    return {
        "currency": currency, "taxes": [{"name": "USt", "rate": "19.0"}],
        "pricePerHour": price(net, gross, currency), "discounts": [], "priceCaps": [],
    }  # fmt: skip


def price(net: str, gross: str, currency: str = "EUR") -> dict[str, Any]:
    """A price object: all numbers are strings."""
    return {
        "net": net, "gross": gross, "currency": currency, "taxes": [{"name": "USt", "rate": "19.0"}],
    }  # fmt: skip


def priced(per_hour: Mapping[str, Any], minutes: int) -> dict[str, Any]:
    """What so many minutes cost."""
    net, gross = (round(float(per_hour[end]) * minutes / 60, 2) for end in ("net", "gross"))
    return price(f"{net}", f"{gross}", per_hour["currency"])


def url_row(identifier: str, **target: Any) -> dict[str, Any]:
    """One address of a space."""
    return {"id": identifier, "type": "urls",
            "attributes": {"identifier": identifier, "label": identifier, **target}}  # fmt: skip


def errors(status: int, detail: str, *, pointer: str | None = None, **more: str) -> Reply:
    """A refusal as API 2 words it."""
    row: dict[str, Any] = {"detail": detail, **more}
    if pointer:
        row["source"] = {"pointer": pointer}
    return Reply(status, {"errors": [row]})


def missing() -> Reply:
    """404."""
    return errors(404, "Not found.")


def instant(text: str) -> datetime:
    """A time as it must be sent: with `Z` or an offset."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, f"{text} has no offset"
    return moment.astimezone(UTC)


def zulu(moment: datetime) -> str:
    """A time as it is answered."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
