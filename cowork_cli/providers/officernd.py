"""OfficeRnD Flex, asked as an operator: the space itself has to give out the application.

API: version 2, `https://app.officernd.com/api/v2/organizations/ORG`, described at
developer.officernd.com. Compared on 2026-11-21, by the documents; no request was made to the live service.

Quirks:
- Client id and secret are made by an administrator of the organization; a member cannot get any. One
  scope that the application does not own refuses the whole token. Tokens live an hour, and about five
  may be asked for in a minute.
- A space is a location. Bookings are told as series; occurrences tell when something is taken. A
  resource, its parents and its children block each other.
- Lists hold at most 50 rows and go on with `$cursorNext`.
- Broken rules and malformed ids are often answered with a 500.
- What a new booking looks like and what is answered to one that comes too late is not published.
  Booking is therefore off unless the account says `book_by_api`; then it is tried at
  `bookings/validate` first, and read back whatever is answered.
- What a booking costs is not told before it is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.errors import (
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    SlotTaken,
    Unsupported,
)
from cowork_cli.http_client import Answer, Auth, HttpClient
from cowork_cli.http_client.message import form_body, json_body, segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import Session, once, parse_instant, required
from cowork_cli.providers.writes import Memory, doubt, login_rejected, refused

PAGE_SIZE = 50
LAST_PAGE = 200
READING = (
    "flex.space.locations.read",
    "flex.space.resources.read",
    "flex.space.bookings.read",
)
CANCELLING = ("flex.space.bookings.cancel",)
BOOKING = ("flex.space.bookings.validate", "flex.space.bookings.create")
KINDS = {
    "meeting_room": "room",
    "team_room": "office",
    "desk": "desk",
    "desk_tr": "desk",
    "desk_na": "desk",
    "hotdesk": "desk",
}


class OfficeRnD:
    """One operator's application. Satisfies CanCheckAvailability, CanBook, KnowsItsSpaces."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings, self._session = account, settings, session
        self._door = http.adapted(translate=self._refusal_of_login)
        kept = session.token()
        self._http = http.adapted(
            translate=_meaning, refresh=self._log_in, auth=Auth(kept) if kept else None
        )
        self._memory = Memory()
        self._locations: dict[str, Mapping[str, object]] = {}
        self._taken: dict[tuple[str, datetime, datetime], list[object]] = {}

    # ---- logging in

    def _log_in(self) -> Auth:
        """A token for the scopes of the setting, kept before it is used. Raises AuthRejected."""
        form = {
            "client_id": self._setting("client_id", "the id of the application"),
            "client_secret": self._session.secret().reveal(),
            "grant_type": "client_credentials",
            "scope": " ".join(self._scopes()),
        }
        url = f"{str(self._settings.get('identity_url')).rstrip('/')}/oauth/token"
        answer = self._door.request("POST", url, body=form_body(form), read=True).json()
        return Auth(self._session.keep(str(required(answer, "access_token", self._account))))

    def _scopes(self) -> Sequence[str]:
        """Those of the setting, else the least: one too many would refuse them all."""
        given = self._settings.get("scopes")
        if isinstance(given, list | tuple) and given:
            return [str(scope) for scope in given]
        booking = BOOKING if self._settings.get("book_by_api") is True else ()
        return (*READING, *CANCELLING, *booking)

    def _refusal_of_login(self, answer: Answer) -> CoworkError | None:
        if answer.status < 400:
            return None
        error = login_rejected(self._account, _words(answer))
        error.hint = (
            f"{error.hint}; the application must own these scopes: {', '.join(self._scopes())}"
            f" (others: `cowork account add {self._account} --set scopes=A,B`)"
        )
        return error

    def _setting(self, name: str, what: str) -> str:
        value = wire.text(self._settings, name)
        if value is None:
            raise ConfigError(
                f'account "{self._account}" does not say {what}',
                f"set it with `cowork account add {self._account} --set {name}=VALUE`",
                account=self._account,
            )
        return value

    # ---- ready?

    def check(self, capability: str) -> str:
        """One page of locations; the bookings of one hour, and whether new ones are switched on."""
        if capability == "booking":
            now = datetime.now(UTC)
            self._occurrences({}, Window(now, now + timedelta(hours=1)))
            switched = self._settings.get("book_by_api") is True
            return "may list bookings" + ("" if switched else "; new ones are off (book_by_api)")
        count = len(self._all_locations())
        return f"{count:,} {'location' if count == 1 else 'locations'}"

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """The locations."""
        return [self._space_from_wire(row) for row in self._all_locations().values()]

    def space(self, ref: Ref) -> Space:
        """One location. Raises NotFound."""
        return self._space_from_wire(self._location(ref.id, ref))

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The resources of a location. Raises NotFound."""
        self._location(space.id, space)
        return [self._desk_from_wire(row, space) for row in self._resources(space)]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What is left of the window between what blocks the desk. Raises NotFound.

        Opening hours are not told here: `book` is held to them by the policy of the operator.
        """
        zone = self._zone(desk)
        shown = Window(window.from_.astimezone(zone), window.to.astimezone(zone))
        rows = self._blocking(desk, shown)
        return wire.gaps(shown, [self._ends(row, zone) for row in rows])

    def _blocking(self, desk: Ref, window: Window) -> list[object]:
        """The occurrences that take a desk: its own, and those of what it is part of or is made of."""
        space, resource = self._parts(desk)
        related = {resource}
        known = False
        for row in self._resources(Ref(self._account, space)):
            identity = wire.identity(row, "_id") or ""
            parents = {str(parent) for parent in wire.members(row, "parents")}
            known = known or identity == resource
            if identity == resource:
                related |= parents
            elif resource in parents:
                related.add(identity)
        if not known:
            raise self._missing(desk)
        kept = (space, window.from_.astimezone(UTC), window.to.astimezone(UTC))
        if kept not in self._taken:
            self._taken[kept] = self._occurrences({"location": space}, window)
        return [
            row
            for row in self._taken[kept]
            if wire.identity(row, "resource") in related
            and wire.get(row, "isCancelled") is not True
        ]

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """Tried at `validate`; what it costs is not told. Raises SlotTaken, Conflict, Unsupported."""
        self._refuse_unless_switched_on()
        body = self._body(request, "quote")
        self._refuse_taken(request)
        self._http.request("POST", self._path("bookings/validate"), body=json_body(body), read=True)
        return Quote(None)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books if that is switched on. Read back whatever is answered, and never sent twice."""
        self._refuse_unless_switched_on()
        known = self._memory.booked(key)
        if known is not None:
            return known
        body = self._body(request, key)

        def send() -> ProviderBooking:
            answer = self._http.request("POST", self._path("bookings"), body=json_body(body))
            told = answer.json()
            if wire.identity(told, "_id") is None:
                raise doubt("POST", self._account)
            return self._from_wire(told)

        self._taken.clear()
        try:
            # Whether it would refuse a second one is not published: it is not tried.
            booking = once(send, lambda: self._mine_at(request, key), again=False)
        except (OutcomeUnknown, _Refusal) as error:
            raise self._why(error, request) from None
        return self._memory.keep(key, booking)

    def _refuse_unless_switched_on(self) -> None:
        if self._settings.get("book_by_api") is True:
            return
        organization = self._setting("organization", "whose spaces these are")
        raise Unsupported(
            f'account "{self._account}" makes no bookings: how OfficeRnD wants a new one is not'
            " published",
            f"book at https://{organization}.officernd.com, or try it with"
            f" `cowork account add {self._account} --set book_by_api=true`",
            account=self._account,
        )

    def _why(self, error: CoworkError, request: BookingRequest) -> CoworkError:
        """What a refusal, or an answer that says nothing, turns out to be: taken, or what it was."""
        try:
            self._refuse_taken(request)
        except SlotTaken as taken:
            return taken
        except CoworkError:
            pass
        if isinstance(error, OutcomeUnknown):
            return error
        return refused(error.message, self._account)

    def _refuse_taken(self, request: BookingRequest) -> None:
        zone = self._zone(request.desk)
        for row in self._blocking(request.desk, request.window):
            begins, ends = self._ends(row, zone)
            if wire.overlaps(request.window, begins, ends):
                raise SlotTaken(
                    f'"{request.desk}" is taken from {begins:%H:%M} to {ends:%H:%M}',
                    f'see when it is free with `cowork desk free "{request.desk}"'
                    f" --on {begins:%Y-%m-%d}`",
                    account=self._account,
                )

    def _mine_at(self, request: BookingRequest, key: str) -> ProviderBooking | None:
        """The booking of this request: whoever made it, it bears the key."""
        for row in self._occurrences(self._owner(), request.window):
            there = self._from_wire(row)
            same = there.desk == request.desk and wire.same_window(there.window, request.window)
            if same and wire.text(row, "description") == _mark(key) and there.state != "cancelled":
                return there
        return None

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        return self._from_wire(self._one(ref))

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """Those of the member or company of this account that touch the window."""
        rows = [self._from_wire(row) for row in self._occurrences(self._owner(), window)]
        touching = [row for row in rows if wire.overlaps(window, row.window.from_, row.window.to)]
        return sorted(touching, key=lambda row: row.window.from_.astimezone(UTC))

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Cancels by the policy of the operator, which may cost a fee; read back in any case.

        Raises NotFound, OutcomeUnknown, Conflict for a series: it would be cancelled whole.
        """
        before = self._one(ref)
        if wire.get(before, "isCancelled") is True:
            return self._from_wire(before)
        if wire.text(before, "recurrence.rrule"):
            raise Conflict(
                f'"{ref}" is a series, which would be cancelled whole',
                f"take this day out of it at https://{self._setting('organization', 'its name')}"
                ".officernd.com",
                account=self._account,
            )
        self._taken.clear()

        def send() -> ProviderBooking:
            self._http.request("POST", self._path("bookings", ref.id, "cancel"))
            there = look()
            if there is None:
                raise doubt("POST", self._account)
            return there

        def look() -> ProviderBooking | None:
            try:
                there = self._from_wire(self._one(ref))
            except CoworkError:
                raise doubt("POST", self._account) from None
            return there if there.state == "cancelled" else None

        try:
            return once(send, look, again=False)
        except _Refusal as refusal:
            raise refused(refusal.message, self._account) from None

    # ---- what is sent

    def _body(self, request: BookingRequest, key: str) -> dict[str, object]:
        """A new booking, held to the operator's policy: without that an operator may do anything."""
        return {
            "resource": self._parts(request.desk)[1],
            "start": _sent(request.window.from_),
            "end": _sent(request.window.to),
            **self._owner(),
            "title": request.title or "",
            "description": _mark(key),
            "enforceBookingPolicy": True,
        }

    def _owner(self) -> dict[str, str]:
        """For whom bookings are made. Raises ConfigError where nobody is named."""
        member, company = wire.text(self._settings, "member"), wire.text(self._settings, "company")
        if member is None and company is None:
            self._setting("member", "for which member or company it books")
        named = {"member": member, "company": company}
        return {name: identity for name, identity in named.items() if identity is not None}

    def _path(self, *segments: str) -> str:
        organization = segment(self._setting("organization", "whose spaces these are"))
        first, *ids = segments
        return "/".join(["organizations", organization, first, *map(segment, ids)])

    # ---- what comes back

    def _pages(self, path: str, filters: Mapping[str, str]) -> Iterator[object]:
        """The rows of all pages. A cursor that comes again ends the list."""
        cursor: str | None = None
        seen: set[str] = set()
        for _ in range(LAST_PAGE):
            params = {**filters, "$limit": PAGE_SIZE, "$cursorNext": cursor}
            answer = self._http.get_json(self._path(path), params)
            yield from wire.listed(answer, "results", self._account)
            cursor = wire.text(answer, "cursorNext")
            if cursor is None or cursor in seen:
                return
            seen.add(cursor)

    def _occurrences(self, filters: Mapping[str, str], window: Window) -> list[object]:
        ends = {"start": _sent(window.from_), "end": _sent(window.to)}
        return list(self._pages("bookings/occurrences", {**filters, **ends}))

    def _resources(self, space: Ref) -> list[object]:
        rows = self._pages("resources", {"location": space.id})
        return [row for row in rows if wire.identity(row, "location") in (space.id, None)]

    def _all_locations(self) -> dict[str, Mapping[str, object]]:
        """Asked once."""
        if not self._locations:
            self._locations = {
                str(required(row, "_id", self._account)): row
                for row in self._pages("locations", {})
                if isinstance(row, Mapping)
            }
        return self._locations

    def _location(self, identity: str, ref: Ref) -> Mapping[str, object]:
        row = self._all_locations().get(identity)
        if row is None:
            raise self._missing(ref)
        return row

    def _zone(self, desk: Ref) -> ZoneInfo:
        row = self._location(desk.id.rpartition("/")[0], desk)
        return wire.zone_from_wire(required(row, "timezone", self._account), self._account)

    def _one(self, ref: Ref) -> object:
        try:
            return self._http.get_json(self._path("bookings", ref.id))
        except (NotFound, _Refusal):
            raise self._missing(ref) from None

    def _from_wire(self, row: object) -> ProviderBooking:
        location = str(required(row, "location", self._account))
        resource = str(required(row, "resource", self._account))
        desk = Ref(self._account, f"{location}/{resource}")
        zone = wire.zone_from_wire(wire.text(row, "timezone") or "UTC", self._account)
        state = "pending" if wire.get(row, "isTentative") is True else "confirmed"
        begins, ends = self._ends(row, zone)
        return ProviderBooking(
            ref=Ref(self._account, str(required(row, "_id", self._account))),
            desk=desk,
            window=Window(begins, ends),
            state="cancelled" if wire.get(row, "isCancelled") is True else state,
            title=wire.text(row, "title"),
        )

    def _ends(self, row: object, zone: ZoneInfo) -> tuple[datetime, datetime]:
        begins, ends = (str(required(row, name, self._account)) for name in ("start", "end"))
        return (
            parse_instant(begins, zone, account=self._account),
            parse_instant(ends, zone, account=self._account),
        )

    def _parts(self, desk: Ref) -> tuple[str, str]:
        space, _, resource = desk.id.rpartition("/")
        if not _is_id(space) or not _is_id(resource):
            raise self._missing(desk)
        return space, resource

    def _space_from_wire(self, row: Mapping[str, object]) -> Space:
        ref = Ref(self._account, str(required(row, "_id", self._account)))
        return Space(
            ref=ref,
            name=str(required(row, "name", self._account)),
            timezone=wire.text(row, "timezone"),
            sources=(Source(self._account, ref),),
        )

    def _desk_from_wire(self, row: object, space: Ref) -> Desk:
        name = str(required(row, "name", self._account))
        kind = wire.text(row, "type")
        return Desk(
            Ref(self._account, f"{space.id}/{required(row, '_id', self._account)}"),
            space,
            name,
            KINDS.get(kind or "") or wire.kind_of(kind, name) or "desk",
            wire.whole(row, "size"),
        )

    def _missing(self, ref: Ref) -> NotFound:
        return NotFound(
            f'account "{self._account}" knows no "{ref}"',
            f"see what there is with `cowork desk list {self._account}`, or your bookings with"
            " `cowork booking list`",
            account=self._account,
        )


class _Refusal(Conflict):
    """A 4xx in the platform's own words."""


def _meaning(answer: Answer) -> CoworkError | None:
    return _Refusal(_words(answer)) if answer.status in (400, 409, 418, 422) else None


def _words(answer: Answer) -> str:
    """`message` may be a text or a list of texts."""
    told = answer.json()
    lines = [line for line in wire.members(told, "message") if isinstance(line, str)]
    words = "; ".join(lines) or wire.text(told, "message") or f"HTTP {answer.status}"
    return " ".join(words[: wire.LONGEST_TEXT].split())


def _mark(key: str) -> str:
    return f"cowork {key}"


def _sent(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _is_id(text: str) -> bool:
    """24 hexadecimal digits."""
    return len(text) == 24 and all(char in "0123456789abcdef" for char in text)
