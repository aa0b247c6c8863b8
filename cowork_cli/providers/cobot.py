"""Cobot: desks and rooms of coworking spaces, for their members and for visitors.

API 2 (JSON:API), https://dev.cobot.me/api2 and its OpenAPI document, compared 2026-09; the one
anonymous read of API 1 that leads from a subdomain to a space. Quirks:
- A space has a subdomain for people and an id for API 2. Our refs are `SUBDOMAIN/RESOURCE`.
- Resources are for members; a visitor sees `external_resources`, and 402 where the space has not
  bought the add-on (`cobot_guest`).
- A deleted booking is gone: 404, like one that never was. What was cancelled here is remembered.
- How an overlap is refused is not published: every 400, 409, 422 is a refusal, and whether the desk
  was taken is asked afterwards. No idempotency key: ours stands in the comments of a booking.
- `units` above 1: a desk with bookings can still be free.

Past 400 lines because it holds all that a member can do; visitors, day tickets, spaces, logging in
and the reading of documents have modules of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import (
    BookingRequest,
    CancelTerms,
    ProviderBooking,
    Quote,
    Window,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Slot, Space, SpaceQuery
from cowork_cli.errors import (
    AuthRejected,
    Conflict,
    CoworkError,
    LoginRequired,
    NotFound,
    RateLimited,
    SlotTaken,
    Unsupported,
)
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import cobot_wire as wire
from cowork_cli.providers.base import once, required
from cowork_cli.providers.cobot_passes import PASS, DayPasses
from cowork_cli.providers.cobot_spaces import MEDIA, CobotSpaces
from cowork_cli.providers.nearby import in_circle
from cowork_cli.providers.writes import doubt, said
from cowork_cli.records import replace

if TYPE_CHECKING:
    from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.providers.cobot_addresses import CobotAddresses
    from cowork_cli.providers.cobot_guest import Guest


class Cobot:
    """One account at Cobot: a user with memberships, or without."""

    def __init__(
        self,
        account: str,
        settings: Mapping[str, object],
        *,
        http: HttpClient,
        visitor: "Visitor | None" = None,
    ):
        self._account, self._settings, self._plain = account, settings, http
        self._http = http.adapted(translate=self._meaning, media=MEDIA)
        self._at = CobotSpaces(account, settings, self._http, http)
        self._passes = DayPasses(account, settings, self._http, self._at, visitor)
        self._visitor = visitor
        self._resources: dict[str, dict[str, wire.Row]] = {}
        self._slots: dict[tuple[str, Window], dict[str, list[Slot]]] = {}
        self._gone: dict[str, ProviderBooking] = {}
        self._visits: Guest | None = None

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """Those of the settings; without any, those that the user is a member of."""
        return self._at.spaces()

    def space(self, ref: Ref) -> Space:
        """One space with its profile. Raises NotFound."""
        return self._at.space(ref)

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """The account's spaces in the circle: Cobot has no directory to search in."""
        known = [self.space(Ref(self._account, place.subdomain)) for place in self._at.places()]
        yield from in_circle(known, query)

    # ---- addresses

    def plans(self, query: SpaceQuery | None = None) -> "Iterator[AddressPlan]":
        """Virtual offices of the account's spaces, known by their words."""
        yield from self._addresses().plans(query)

    def register(self, request: "AddressRequest", *, key: str) -> "AddressRegistration":
        """Orders one. Raises Unsupported without `register_by_api`, OutcomeUnknown."""
        return self._addresses().register(request)

    def registration(self, ref: Ref) -> "AddressRegistration":
        """How an order stands. Raises NotFound."""
        return self._addresses().registration(ref)

    def registrations(self) -> "Iterator[AddressRegistration]":
        """Every membership at the account's spaces, so that an order whose answer was lost is found."""
        yield from self._addresses().registrations()

    def _addresses(self) -> "CobotAddresses":
        from cowork_cli.providers.cobot_addresses import CobotAddresses

        return CobotAddresses(self._account, self._settings, self._plain, self._at, self._visitor)

    # ---- desks

    def desks(self, space: Ref) -> Sequence[Desk]:
        """What a member, or a visitor, can book there, and the day tickets that are set."""
        place = self._at.place(space.id)
        rows = self._rows(place)
        desks = [wire.desk_from_wire(row, place, self._account) for row in rows.values()]
        return [*desks, *self._passes.desks(place)]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """Its free stretches. Raises NotFound."""
        place, resource = self._parts(desk)
        if resource.startswith(PASS):
            return self._passes.free(resource, window)
        if place.membership and len(self._resources.get(place.id, ())) > 1:
            together = self._free_together(place, window)
            if resource in together:
                return together[resource]
        kind = "resources" if place.membership else "external_resources"
        path = f"{kind}/{segment(resource)}/availability"
        document = self._found(path, f'there is no desk "{desk}"', _span(window))
        return wire.slots_from_wire(document, window, place.zone, self._account)

    def _free_together(self, place: wire.Place, window: Window) -> dict[str, list[Slot]]:
        """All desks of a space in one request: Cobot allows sixty a minute."""
        asked = (place.id, window)
        if asked not in self._slots:
            ids = ",".join(self._resources[place.id])
            params = {**_span(window), "filter[resource_ids]": ids}
            try:
                rows = self._at.pages(f"spaces/{segment(place.id)}/resource_availabilities", params)
            except (NotFound, AuthRejected, Conflict):
                rows = []
            self._slots[asked] = {
                wire.related(row, "resource") or str(row.get("id")): wire.slots_from_wire(
                    {"data": row}, window, place.zone, self._account
                )
                for row in rows
            }
        return self._slots[asked]

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """Price, credits and terms now. Raises SlotTaken, Conflict, NotFound, Unsupported."""
        place, resource = self._parts(request.desk)
        if resource.startswith(PASS):
            return self._passes.quote(place, resource, request)
        if place.membership is None:
            return self._guest().quote(place, self._row(place, resource), request)
        row = self._row(place, resource)
        if wire.attributes(row).get("canBook") is False:
            name = wire.attributes(row).get("name")
            raise Conflict(f'"{name}" cannot be booked by members', account=self._account)
        if not self._is_available(place, resource, request.window):
            raise self._taken(row, request)
        return self._previewed(place, row, request)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books, once per key. Raises SlotTaken, Conflict, NotFound, OutcomeUnknown."""
        self._slots.clear()
        place, resource = self._parts(request.desk)
        if resource.startswith(PASS):
            return self._passes.book(place, resource, request)
        row = self._row(place, resource)
        if place.membership is None:
            return self._guest().book(place, row, request)
        mark = wire.key_in(wire.comments_with(key))
        before = self._own_rows(place.membership, request.window)
        for own in before:
            if wire.key_in(wire.attributes(own).get("comments")) == mark:
                return self._booking(own)
        known = {str(own.get("id")) for own in before}
        body = _booking_body(request, resource, place.membership, key)

        def send() -> ProviderBooking:
            path = f"memberships/{segment(place.membership or '')}/bookings"
            answer = self._http.post_json(path, body)
            return said(lambda: self._booking(answer), "POST", self._account)

        def look() -> ProviderBooking | None:
            return self._made(place.membership or "", request, mark, known)

        alone = wire.attributes(row).get("units", 1) == 1
        try:
            return once(send, look, again=alone)
        except Conflict as refused:
            raise self._judged(refused, place, row, request) from None

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking. Raises NotFound also for one that was cancelled elsewhere."""
        if ref.id in self._gone:
            return self._gone[ref.id]
        if ref.id.startswith(wire.GUEST):
            return self._guest().booking(ref)
        return self._booking(self._found(f"bookings/{segment(ref.id)}", f'no booking "{ref}"'))

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings as a member, in order. A visitor's cannot be listed (`sees`)."""
        rows: dict[str, wire.Row] = {}
        for membership in self._at.memberships().values():
            for row in self._own_rows(membership, window):
                rows[str(row.get("id"))] = row  # a network's come with each of its memberships
        known = [self._booking({"data": row}) for row in rows.values()]
        within = [booking for booking in known if wire.touches(booking.window, window)]
        return sorted(within, key=lambda booking: wire.zulu(booking.window.from_))

    def sees(self, desk: Ref) -> bool:
        """Whether `bookings` would show a booking of that desk: only those of members."""
        place, resource = self._parts(desk)
        return place.membership is not None and not resource.startswith(PASS)

    def terms(self, ref: Ref) -> CancelTerms:
        """Deadline of a cancellation; what a late one costs is not published."""
        if ref.id.startswith(wire.GUEST):
            return CancelTerms(remarks=("the space sends a mail with a link, which cancels it",))
        return CancelTerms(until=self.booking(ref).cancel_until)

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Deletes it; of a visitor's booking it asks for the mail that does: state `requested`."""
        if ref.id in self._gone:
            return self._gone[ref.id]
        if ref.id.startswith(wire.GUEST):
            return self._guest().cancel(ref)
        self._slots.clear()
        path = f"bookings/{segment(ref.id)}"
        row = self._found(path, f'there is no booking "{ref}"')
        booking = self._booking(row)
        if wire.attributes(_data(row)).get("canUpdate") is False:
            what = f'account "{self._account}" says that the booking can no longer be cancelled'
            raise Conflict(what, "ask the space", account=self._account)

        def send() -> bool:
            if self._http.delete(path) is not None:
                raise doubt("DELETE", self._account)  # the yes to it is a 204
            return True

        once(send, lambda: True if self._is_gone(path) else None, again=True)
        self._gone[ref.id] = replace(booking, state="cancelled")
        return self._gone[ref.id]

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Another time at the same desk, in one step. Raises Unsupported for another desk."""
        if ref.id.startswith((wire.GUEST, PASS)):
            raise Unsupported("a visitor's booking cannot be moved in one step")
        self._slots.clear()
        booking = self.booking(ref)
        if booking.desk != request.desk:
            raise Unsupported("Cobot moves a booking only in time, not to another desk")
        path = f"bookings/{segment(ref.id)}"
        ends = {"from": wire.zulu(request.window.from_), "to": wire.zulu(request.window.to)}
        body = {"data": {"id": ref.id, "type": "bookings", "attributes": ends}}

        def send() -> ProviderBooking:
            answer = self._http.patch_json(path, body)
            return said(lambda: self._booking(answer), "PATCH", self._account)

        def look() -> ProviderBooking | None:
            there = self.booking(ref)
            return there if there.window == request.window else None

        try:
            return once(send, look, again=True)
        except Conflict as refused:
            place, resource = self._parts(request.desk)
            raise self._judged(refused, place, self._row(place, resource), request) from None

    # ---- ready?

    def check(self, capability: str) -> str:
        """What works at each space; for bookings, those of one hour as a member.

        Raises the gravest error of the spaces, after the others were asked too, in the words of all.
        """
        if capability == "address":
            return self._addresses().check()
        said: list[str] = []
        errors: list[CoworkError] = []
        for name, find in self._at.each():
            try:
                place = find()
                shown = wire.attributes(place.row).get("name") or place.subdomain
                said.append(f"{shown}: {self._checked(place, capability)}")
            except (LoginRequired, RateLimited):
                raise  # the next space would be asked with the same
            except CoworkError as error:
                said.append(f"{name}: {error.message}")
                errors.append(error)
        words = "; ".join(said) or "member of no space; name one with `--set spaces=SUBDOMAIN`"
        if errors:
            gravest = max(errors, key=lambda error: error.exit_code)
            if len(said) > 1:
                gravest.message = words
            raise gravest
        return words

    def _checked(self, place: wire.Place, capability: str) -> str:
        """What works at one space."""
        if capability == "search":
            self.space(Ref(self._account, place.subdomain))
            return "its details"
        if capability == "availability":
            return f"{len(self._rows(place))} desks and rooms"
        if place.membership is None:
            self._rows(place)
            return "as a visitor, paying later or free only"
        self._own_rows(place.membership, wire.AN_HOUR)
        return "as a member"

    # ---- parts

    def _guest(self) -> "Guest":
        if self._visits is None:
            from cowork_cli.providers.cobot_guest import Guest

            self._visits = Guest(self._account, self._http, self._at, self._visitor)
        return self._visits

    def _parts(self, desk: Ref) -> tuple[wire.Place, str]:
        space, _, resource = desk.id.rpartition("/")
        if not space:
            hint = "see them with `cowork desk list SPACE`"
            raise NotFound(f'there is no desk "{desk}"', hint, account=self._account)
        return self._at.place(space), resource

    def _rows(self, place: wire.Place) -> dict[str, wire.Row]:
        """Resources by id, asked once."""
        if place.id not in self._resources:
            kind = "resources" if place.membership else "external_resources"
            try:
                rows = self._at.pages(f"spaces/{segment(place.id)}/{kind}")
            except Unsupported as error:
                raise self._at.with_page(error, place) from None
            self._resources[place.id] = {str(required(r, "id", self._account)): r for r in rows}
        return self._resources[place.id]

    def _row(self, place: wire.Place, resource: str) -> wire.Row:
        row = self._rows(place).get(resource)
        if row is None:
            hint = f"see them with `cowork desk list {self._account}:{place.subdomain}`"
            what = f'there is no desk "{self._account}:{place.subdomain}/{resource}"'
            raise NotFound(what, hint, account=self._account)
        return row

    def _own_rows(self, membership: str, window: Window) -> list[wire.Row]:
        return self._at.pages(f"memberships/{segment(membership)}/bookings", _span(window))

    def _made(
        self, membership: str, request: BookingRequest, mark: str | None, known: set[str]
    ) -> ProviderBooking | None:
        """The booking that a lost answer was about: ours by its key, or else the new one there."""
        for row in self._own_rows(membership, request.window):
            theirs = wire.key_in(wire.attributes(row).get("comments"))
            if theirs == mark:
                return self._booking(row)
            if theirs is None and str(row.get("id")) not in known:
                booking = self._booking(row)
                if (booking.desk, booking.window) == (request.desk, request.window):
                    return booking
        return None

    def _booking(self, document: object) -> ProviderBooking:
        row = _data(document)
        space = required({"id": wire.related(row, "space")}, "id", self._account)
        place = self._at.by_id(str(space))
        return wire.booking_from_wire(row, place, self._account)

    def _found(self, path: str, missing: str, params: Mapping[str, str] | None = None) -> object:
        try:
            return self._http.get_json(path, params)
        except NotFound:
            raise NotFound(missing, account=self._account) from None

    def _is_gone(self, path: str) -> bool:
        try:
            self._http.get_json(path)
        except NotFound:
            return True
        return False

    def _is_available(self, place: wire.Place, resource: str, window: Window) -> bool:
        params = {**_span(window), "filter[resourceIds]": resource}
        rows = self._at.pages(f"spaces/{segment(place.id)}/resources/available", params)
        return any(row.get("id") == resource for row in rows)

    def _previewed(self, place: wire.Place, row: wire.Row, request: BookingRequest) -> Quote:
        """The documented way to ask beforehand. Where it is refused, the price is not known."""
        resource = str(required(row, "id", self._account))
        body = {
            "data": {
                "type": "bookingPreviews",
                "attributes": {
                    "from": wire.zulu(request.window.from_),
                    "to": wire.zulu(request.window.to),
                },
                "relationships": {
                    "resources": {"data": [{"type": "resources", "id": resource}]},
                    "membership": wire.relation("memberships", place.membership or ""),
                },
            }
        }
        try:
            document = self._http.ask_json("bookings_preview", body)
        except (NotFound, AuthRejected, Unsupported):
            return wire.quote_from_preview({}, request.window, row, ())
        known = wire.attributes(wire.first_of(document))
        problems = wire.preview_problems(known)
        if problems:
            what = (
                f'"{wire.attributes(row).get("name")}" cannot be booked then: {"; ".join(problems)}'
            )
            raise Conflict(what, account=self._account)
        return wire.quote_from_preview(
            known, request.window, row, self._credits(place, resource, known)
        )

    def _credits(self, place: wire.Place, resource: str, known: wire.Row) -> list[str]:
        """What is left of the credits that a booking uses, where the account may read that."""
        used = wire.credits_of(known)
        if used is None:
            return []
        try:
            rows = self._at.pages(f"memberships/{segment(place.membership or '')}/booking_credits")
        except (AuthRejected, NotFound):
            return []
        left = [
            wire.attributes(row).get("hoursRemaining")
            for row in rows
            if wire.related(row, "resource") in (None, resource)
        ]
        return [f"{left[0]} h of credit are left before it"] if left and left[0] else []

    def _taken(self, row: wire.Row, request: BookingRequest) -> SlotTaken:
        name, window = wire.attributes(row).get("name"), request.window
        space = request.desk.id.rpartition("/")[0]
        return SlotTaken(
            f'"{name}" is not free from {window.from_:%a %Y-%m-%d %H:%M} to {window.to:%H:%M}',
            f"see free desks with `cowork desk free {shell_word(f'{self._account}:{space}')} "
            f"--on {window.from_:%Y-%m-%d}`",
            account=self._account,
        )

    def _judged(
        self, refused: Conflict, place: wire.Place, row: wire.Row, request: BookingRequest
    ) -> CoworkError:
        """What a refusal was about: Cobot does not say whether somebody else was quicker."""
        self._slots.clear()  # what was free before the refusal says nothing
        try:
            free = wire.covers(self.free(request.desk, request.window), request.window)
        except CoworkError:
            return refused
        if free:
            return refused
        taken = self._taken(row, request)
        taken.message = f"{taken.message} ({refused.message})"
        return taken

    def _meaning(self, answer: Answer) -> CoworkError | None:
        if answer.status not in (400, 402, 403, 409, 422):
            return None
        said = "; ".join(wire.details(answer.json()))
        why = f": {said}" if said else f" (HTTP {answer.status})"
        if answer.status == 402:
            what = f'account "{self._account}": the space takes no bookings of visitors this way'
            return Unsupported(what)
        if answer.status == 403:
            hint = f"log in with more rights: `cowork account login {self._account}`"
            return AuthRejected(f'account "{self._account}" has no right to that{why}', hint)
        return Conflict(f'account "{self._account}" refused{why}')


def _data(document: object) -> wire.Row:
    """The one row of a document, or the row itself."""
    row = document.get("data", document) if isinstance(document, Mapping) else {}
    return row if isinstance(row, Mapping) else {}


def _span(window: Window) -> dict[str, str]:
    return {"filter[from]": wire.zulu(window.from_), "filter[to]": wire.zulu(window.to)}


def _booking_body(
    request: BookingRequest, resource: str, membership: str, key: str
) -> dict[str, object]:
    given = {
        "from": wire.zulu(request.window.from_),
        "to": wire.zulu(request.window.to),
        "title": request.title,
        "comments": wire.comments_with(key),
    }
    relations = {
        "resource": wire.relation("resources", resource),
        "membership": wire.relation("memberships", membership),
    }
    return {"data": {"type": "bookings", "attributes": given, "relationships": relations}}
