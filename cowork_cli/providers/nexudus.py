"""Nexudus: the members' portal of a space, as one of its customers.

`https://{space}.spaces.nexudus.com`, https://developers.nexudus.com (public API) and the portal as
it was observed in 2026-09. Quirks:
- The clock on the space's wall everywhere, with a `Z` that means nothing: never converted, and the
  hour that comes twice in autumn is refused, as it cannot be named.
- HTTP 200 with `Status: 500` is a refusal. A success of `CreateInvoice` is empty: the id of a
  booking is found by reading the calendar back. It is never sent again without having looked.
- `Available` means open, not free; `IsAvailable` of a resource means nothing for a time.
- No idempotency key, but we choose the `UniqueId` of a booking: it is made of our key.
- 409 with Retry-After and an empty body is "slow down", which the client knows.
- A deleted booking is gone. What was cancelled here is remembered.

Past 400 lines because every write is sent and read back in one place; logging in and the reading of
answers have modules of their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import (
    BookingRequest,
    CancelTerms,
    ProviderBooking,
    Quote,
    Window,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Space, SpaceQuery
from cowork_cli.domain.zones import plus, zone_named
from cowork_cli.errors import (
    BadAnswer,
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    SlotTaken,
    Unsupported,
)
from cowork_cli.http_client import Answer, HttpClient, Params
from cowork_cli.http_client.message import segment
from cowork_cli.providers import nexudus_login as login
from cowork_cli.providers import nexudus_wire as wire
from cowork_cli.providers import wire as lenient
from cowork_cli.providers.base import Session, once, required
from cowork_cli.providers.nearby import in_circle
from cowork_cli.providers.writes import doubt
from cowork_cli.records import replace

if TYPE_CHECKING:
    from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest

STEP_MINUTES = 15
AN_HOUR = Window(datetime(2026, 1, 1, 0, tzinfo=UTC), datetime(2026, 1, 1, 1, tzinfo=UTC))
_BASKET = "Could not load your basket"


class Nexudus:
    """One account at Nexudus: a customer of one or several spaces."""

    def __init__(
        self,
        account: str,
        settings: Mapping[str, object],
        *,
        http: HttpClient,
        session: Session,
    ):
        self._account = account
        self._settings = settings
        self._open = http  # without the login: for what everybody may read
        username = str(settings.get("username") or "")
        self._http = http.adapted(
            translate=self._meaning,
            auth=login.known(session),
            refresh=lambda: login.winner(
                session,
                login.TokenDesk(account, username, http, login.token_url(account, settings)),
            )(),
        )
        self._businesses: dict[str, wire.Row] = {}
        self._resources: dict[str, dict[str, wire.Row]] = {}
        self._coworkers: dict[str, str] = {}
        self._gone: dict[str, ProviderBooking] = {}

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """Those of the settings."""
        return [self.space(Ref(self._account, name)) for name in self._names()]

    def space(self, ref: Ref) -> Space:
        """One space. Raises NotFound."""
        business = self._business(ref.id)
        return wire.space_from_wire(business, ref.id, self._stated_zone(ref.id), self._account)

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """The account's own spaces in the circle, and those that the directory of Nexudus knows."""
        from cowork_cli.providers import nexudus_places as places

        known = {space.ref.id: space for space in self.spaces()}
        if address := places.passport_of(self._settings):
            for there in places.directory(address, query, self._open, self._account):
                known.setdefault(there.ref.id, there)
        yield from in_circle(known.values(), query)

    # ---- addresses

    def plans(self, query: SpaceQuery | None = None) -> "Iterator[AddressPlan]":
        """Virtual offices of the account's spaces, of those in the circle where one is given."""
        from cowork_cli.providers import nexudus_places as places

        known = self.spaces()
        for space in in_circle(known, query) if query else known:
            yield from places.plans(
                self._url(space.ref.id, "")[:-1], space, self._open, self._account
            )

    def register(self, request: "AddressRequest", *, key: str) -> "AddressRegistration":
        """Nothing is ordered from here: raises Unsupported with the page where it is."""
        from cowork_cli.providers import nexudus_places as places

        space, _, number = request.plan.id.rpartition("/")
        page = places.checkout(self._url(space, "")[:-1], segment(number))
        raise Unsupported(
            f'account "{self._account}" orders no addresses: a new contract takes a browser',
            f"order it at {page}, then note it with `cowork address add`",
            account=self._account,
        )

    def registration(self, ref: Ref) -> "AddressRegistration":
        """None was ordered from here. Raises NotFound."""
        raise NotFound(
            f'account "{self._account}" knows no order "{ref}"',
            "look at it in the portal of the space",
            account=self._account,
        )

    # ---- desks

    def desks(self, space: Ref) -> Sequence[Desk]:
        """What can be booked there. Raises NotFound."""
        rows = self._rows(space.id).values()
        return [wire.desk_from_wire(row, space.id, self._account) for row in rows]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """Its free stretches, in steps of a quarter of an hour. Raises NotFound."""
        space, row = self._resource(desk)
        zone = self._zone(space)
        first = window.from_.astimezone(zone).date()
        last = plus(window.to, timedelta(seconds=-1)).astimezone(zone).date()
        asked: Params = {
            "guid": str(required(row, "UniqueId", self._account)),
            "startTime": first.isoformat(),
            "days": (last - first).days + 1,
            "interval": STEP_MINUTES,
        }
        answer = self._http.get_json(self._url(space, "en/bookings/GetAvailabilityAt"), asked)
        rows = required(answer, "AvailableSlots", self._account)
        if not isinstance(rows, list):
            raise BadAnswer('"AvailableSlots" is no list', account=self._account)
        return wire.slots_from_wire(rows, window, zone, STEP_MINUTES, self._account)

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """What an invoice would say now. Raises SlotTaken, Conflict, NotFound."""
        space, row = self._resource(request.desk)
        booking = self._basket_row(space, row, request, key="quote")
        if not wire.covers(self.free(request.desk, request.window), request.window):
            raise self._taken(row, request)
        return wire.quote_from_wire(self._previewed(space, booking), self._account)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books, once per key. Raises SlotTaken, Conflict, NotFound, OutcomeUnknown."""
        space, row = self._resource(request.desk)
        booking = self._basket_row(space, row, request, key=key)
        before = self._same(request)
        for known in before:
            if self._record(known.ref).get("UniqueId") == booking["UniqueId"]:
                return known
        refs = {known.ref for known in before}
        path = self._url(space, "en/basket/CreateInvoice?createZeroValueInvoice=true")

        def look() -> ProviderBooking | None:
            new = [known for known in self._same(request) if known.ref not in refs]
            return new[0] if new else None

        def send() -> None:
            self._http.post_json(path, [{"Type": "booking", "Booking": booking}])

        return self._written(send, look, again=row.get("AllowMultipleBookings") is False)

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking. Raises NotFound also for one that was cancelled elsewhere."""
        if ref.id in self._gone:
            return self._gone[ref.id]
        space, _ = self._parts(ref)
        return wire.booking_from_wire(self._record(ref), space, self._zone(space), self._account)

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings, in order, of all spaces of the settings."""
        found = [booking for name in self._names() for booking in self._mine(name, window)]
        return sorted(found, key=lambda booking: booking.window.from_.astimezone(UTC))

    def terms(self, ref: Ref) -> CancelTerms:
        """What cancelling costs now; until when it is possible is not told."""
        space, number = self._parts(ref)
        answer = self._http.get_json(
            self._url(space, "en/bookings/getCancellationFee"), {"bookingId": number}
        )
        required(answer, "hasCancellationFee", self._account)
        document = answer if isinstance(answer, Mapping) else {}
        try:
            currency = wire.currency_of(self._business(space))
        except (KeyError, TypeError):
            return CancelTerms()
        fee = wire.fee_of(document, currency)
        return CancelTerms(fee=fee)

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Deletes it. Raises NotFound, Conflict for one that is invoiced or too late."""
        if ref.id in self._gone:
            return self._gone[ref.id]
        booking = self.booking(ref)
        space, number = self._parts(ref)

        def send() -> bool:
            path = self._url(space, f"en/bookings/deletejson/{number}")
            if not wire.is_done(self._http.post_json(path, {})):
                raise doubt("POST", self._account)
            return True

        once(send, lambda: True if self._is_gone(ref) else None, again=True)
        self._gone[ref.id] = replace(booking, state="cancelled")
        return self._gone[ref.id]

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Another time, another desk of the same space, in one step."""
        space, number = self._parts(ref)
        target, row = self._resource(request.desk)
        if target != space:
            raise Unsupported("Nexudus moves a booking only within its space")
        zone = self._zone(space)
        record = self._record(ref)
        body = {
            "Booking": {
                "Id": int(number),
                "Resource": {"Id": required(row, "Id", self._account)},
                "FromTime": wire.wall_text(request.window.from_, zone),
                "ToTime": wire.wall_text(request.window.to, zone),
                "Tentative": bool(record.get("Tentative")),
                "Notes": record.get("Notes"),
                "BookingVisitors": [],
            },
            "Products": [],
        }

        def look() -> ProviderBooking | None:
            there = self.booking(ref)
            same = (there.desk, there.window) == (request.desk, request.window)
            return there if same else None

        def send() -> None:
            self._http.post_json(self._url(space, "en/bookings"), body)

        return self._written(send, look, again=True)

    # ---- ready?

    def check(self, capability: str) -> str:
        """Desks of each space; for bookings, those of one hour."""
        words = []
        if capability == "address":
            count = len(list(self.plans()))
            return f"{count} {'offer' if count == 1 else 'offers'}, ordered on the web page"
        for name in self._names():
            if capability == "search":
                words.append(str(self.space(Ref(self._account, name)).name))
            elif capability == "availability":
                words.append(f"{name}: {len(self._rows(name))} desks and rooms")
            else:
                self._mine(name, AN_HOUR)
                words.append(f"{name}: as a customer")
        return "; ".join(words)

    # ---- parts

    def _names(self) -> list[str]:
        login.first_space(self._account, self._settings)
        given = self._settings["spaces"]
        return [str(name) for name in given] if isinstance(given, list | tuple) else []

    def _url(self, space: str, path: str) -> str:
        if space not in self._names():
            raise NotFound(
                f'account "{self._account}" is not at a space "{space}"',
                f"add it with `cowork account add {self._account} --set spaces={space}`",
                account=self._account,
            )
        return f"{login.base_of(self._account, self._settings, space)}/{path}"

    def _business(self, space: str) -> wire.Row:
        if space not in self._businesses:
            answer = self._http.get_json(self._url(space, "api/public/businesses/current"))
            required(answer, "Name", self._account)
            self._businesses[space] = answer if isinstance(answer, Mapping) else {}
        return self._businesses[space]

    def _stated_zone(self, space: str) -> ZoneInfo | None:
        given = self._settings.get("timezone")
        return wire.zone_of(self._business(space), self._account) or (
            zone_named(str(given)) if given else None
        )

    def _zone(self, space: str) -> ZoneInfo:
        zone = self._stated_zone(space)
        if zone is None:
            raise ConfigError(
                f'in which time zone "{space}" lives is not known',
                f"set it with `cowork account add {self._account} --set timezone=ZONE`",
                account=self._account,
            )
        return zone

    def _rows(self, space: str) -> dict[str, wire.Row]:
        """Resources by their number, asked once."""
        if space not in self._resources:
            answer = self._http.get_json(self._url(space, "en/publicresources"), {"_depth": 3})
            rows = required(answer, "Resources", self._account)
            if not isinstance(rows, list):
                raise BadAnswer('"Resources" is no list', account=self._account)
            self._resources[space] = {str(required(row, "Id", self._account)): row for row in rows}
        return self._resources[space]

    def _resource(self, desk: Ref) -> tuple[str, wire.Row]:
        space, _, number = desk.id.rpartition("/")
        row = self._rows(space).get(number) if space else None
        if row is None:
            hint = f"see them with `cowork desk list {self._account}:{space or 'SPACE'}`"
            raise NotFound(f'there is no desk "{desk}"', hint, account=self._account)
        return space, row

    def _parts(self, ref: Ref) -> tuple[str, str]:
        """Space and number of a booking. Raises NotFound for what is none of ours."""
        space, _, number = ref.id.rpartition("/")
        names = self._names()
        space = space or names[0]  # numbers are of all of Nexudus, not of one space
        if space not in names or not (number.isascii() and number.isdigit()):
            hint = "see them with `cowork booking list`"
            raise NotFound(f'there is no booking "{ref}"', hint, account=self._account)
        return space, number

    def _record(self, ref: Ref) -> wire.Row:
        space, number = self._parts(ref)
        missing = NotFound(f'there is no booking "{ref}"', account=self._account)
        try:
            answer = self._http.get_json(self._url(space, f"en/bookings/BookingJson/{number}"))
        except (NotFound, Conflict):
            raise missing from None
        if not isinstance(answer, Mapping) or "Value" not in answer:
            # It says nothing of the booking, so not that it is gone either.
            what = f'account "{self._account}" answered without the field "Value"'
            raise BadAnswer(what, account=self._account)
        row = answer["Value"]
        if row is None:
            raise missing
        if not isinstance(row, Mapping):
            raise BadAnswer("a booking is no object", account=self._account)
        return row

    def _is_gone(self, ref: Ref) -> bool:
        try:
            self._record(ref)
        except NotFound:
            return True
        return False

    def _coworker(self, space: str) -> str:
        """The number of the customer in this space."""
        if space not in self._coworkers:
            asked = {"_resource": "Coworker"}
            answer = self._http.get_json(self._url(space, "en/profile"), asked)
            inner = answer.get("Coworker") if isinstance(answer, Mapping) else None
            self._coworkers[space] = str(required(inner or answer, "Id", self._account))
        return self._coworkers[space]

    def _mine(self, space: str, window: Window) -> list[ProviderBooking]:
        """My bookings of one space that touch a window; the calendar's own window is loose."""
        zone, me = self._zone(space), self._coworker(space)
        first = window.from_.astimezone(zone).date()
        last = window.to.astimezone(zone).date() + timedelta(days=1)
        asked = {"start": first.isoformat(), "end": last.isoformat()}
        answer = self._http.get_json(self._url(space, "en/bookings/fullCalendarBookings"), asked)
        mine = [
            wire.feed_booking(row, space, zone, self._account)
            for row in lenient.listed(answer, None, self._account)
            if str(row.get("coworkerId")) == me
        ]
        return [booking for booking in mine if wire.touches(booking.window, window)]

    def _same(self, request: BookingRequest) -> list[ProviderBooking]:
        """My bookings of exactly this desk and time."""
        space = request.desk.id.rpartition("/")[0]
        wanted = (request.desk, request.window)
        mine = self._mine(space, request.window)
        return [booking for booking in mine if (booking.desk, booking.window) == wanted]

    def _basket_row(
        self, space: str, row: wire.Row, request: BookingRequest, *, key: str
    ) -> dict[str, Any]:
        zone = self._zone(space)
        begins, ends = (wire.wall_text(m, zone) for m in (request.window.from_, request.window.to))
        coworker = self._coworker(space)
        return {
            "Id": 0,
            "UniqueId": str(uuid5(NAMESPACE_URL, f"cowork:{key}")),
            "ResourceId": required(row, "Id", self._account),
            "CoworkerId": int(coworker) if wire.is_number(coworker) else coworker,
            "FromTime": begins,
            "ToTime": ends,
            "ChargeNow": True,
            "Notes": request.title,
            "BookingVisitors": [],
            "BookingProducts": [],
            "CustomFields": {"Data": []},
        }

    def _written(
        self,
        send: Callable[[], None],
        look: Callable[[], ProviderBooking | None],
        *,
        again: bool,
    ) -> ProviderBooking:
        """A write whose success says nothing of what was written: it is read back.

        Raises OutcomeUnknown for one that was accepted and does not show: it is not sent again.
        """

        def sent() -> ProviderBooking | None:
            send()
            return None

        found = once(sent, look, again=again)
        if found is not None:
            return found
        why = "its calendar does not show it"
        try:
            found = look()
        except CoworkError as problem:
            why = problem.message
        if found is None:
            raise OutcomeUnknown(
                f'account "{self._account}" accepted it, but {why}',
                "ask what became of it with `cowork booking sync`",
                account=self._account,
            )
        return found

    def _previewed(self, space: str, booking: Mapping[str, Any]) -> wire.Row:
        """The preview of an invoice; a basket that could not be loaded is asked for once more."""
        path = self._url(space, "en/basket/PreviewInvoice?createZeroValueInvoice=true")
        basket = [{"Type": "booking", "Booking": booking}]
        try:
            answer = self._http.ask_json(path, basket)
        except Conflict as refused:
            if _BASKET not in refused.message:
                raise
            answer = self._http.ask_json(path, basket)
        if not isinstance(answer, Mapping):
            raise BadAnswer("the preview of an invoice is no object", account=self._account)
        return answer

    def _taken(self, row: wire.Row, request: BookingRequest) -> SlotTaken:
        window, space = request.window, request.desk.id.rpartition("/")[0]
        return SlotTaken(
            f'"{row.get("Name")}" is not free from {window.from_:%a %Y-%m-%d %H:%M} to {window.to:%H:%M}',
            f"see free desks with `cowork desk free {self._account}:{space} "
            f"--on {window.from_:%Y-%m-%d}`",
            account=self._account,
        )

    def _meaning(self, answer: Answer) -> CoworkError | None:
        if answer.status >= 300 and answer.status != 400:
            return None
        document = answer.json()
        if isinstance(document, Mapping) and (answer.status == 400 or wire.is_refusal(document)):
            return wire.refusal(document, self._account)
        return None
