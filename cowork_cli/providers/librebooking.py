"""LibreBooking (once Booked Scheduler): rooms and desks of clubs, universities and shared offices.

API: the web services of an installation, `…/Web/Services/index.php`, documented by the installation
itself. Compared on 2026-11-21 with version 2.8.6.2 (Slim 2) as it answers, and with the source of
today's line (Slim 4).

Quirks:
- A refused login is a 200 with `isAuthenticated: false`. The session lives for 30 minutes after its
  last use; its token goes with the id of its user. A bad one is a 401, as HTML in the older line.
- A space is a schedule: it has the time zone and the hours. Ids are strings.
- Without one of `title`, `description`, `allowParticipation`, `termsAccepted` a new reservation is
  answered with a 500.
- `Resources/Availability` evaluates the present whatever is asked: free time is read of `Slots`,
  where a reservation is one entry over several slots and closed hours are neither reserved nor free.
- The list of reservations is in UTC, a single one in the zone of its user.
- The words of a refusal are in the language of the user: after one the slots tell whether it was a
  conflict.
- An update is a POST. Each occurrence of a series has its own reference; only this one is changed.
- A second DELETE is an empty 200; a reservation that was deleted is gone.
- No prices: a reservation costs credits, or nothing that it tells.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.domain.zones import elapsed, plus
from cowork_cli.errors import (
    AuthRejected,
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    ProviderError,
    SlotTaken,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.providers import wire
from cowork_cli.providers.base import Session, once, required
from cowork_cli.providers.librebooking_server import (
    NUMBER,
    Installation,
    Refusal,
    Stretch,
    check_in_by,
    sent,
)
from cowork_cli.providers.writes import Memory, doubt, refused, said

AVAILABLE = ("1", None)
ONLY_THIS = {"updateScope": "this"}


class LibreBooking:
    """One account at an installation. Satisfies CanCheckAvailability, CanBook, CanMove, CanCheckIn, KnowsItsSpaces."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings = account, settings
        self._there = Installation(account, settings, http=http, session=session)
        self._memory = Memory()
        self._shared: dict[str, int] = {}
        self._resources: dict[str, object] = {}

    # ---- ready?

    def check(self, capability: str) -> str:
        """The schedules; the resources; my reservations of one hour."""
        if capability == "booking":
            now = datetime.now(UTC)
            self._there.rows(Window(now, plus(now, timedelta(hours=1))))
            return "may list reservations"
        if capability == "availability":
            count = len(self._there.resources())
            return f"{count:,} {'resource' if count == 1 else 'resources'}"
        count = len(self._there.schedules())
        return f"{count:,} {'schedule' if count == 1 else 'schedules'}"

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """The schedules."""
        return [self._space_from_wire(row) for row in self._there.schedules().values()]

    def space(self, ref: Ref) -> Space:
        """One schedule. Raises NotFound."""
        return self._space_from_wire(self._there.schedule(ref.id, ref))

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The resources of a schedule that are in use. Raises NotFound."""
        self._there.schedule(space.id, space)
        types = self._there.types()
        return [
            self._desk_from_wire(row, types)
            for row in self._there.resources()
            if wire.identity(row, "scheduleId") == space.id
            and wire.identity(row, "statusId") in AVAILABLE
        ]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """The slots that may be reserved, those that follow each other as one. Raises NotFound."""
        zone = self._there.zone(desk)
        slots = [
            (begins, ends)
            for begins, ends, row in self._there.slots(desk, window)
            if wire.yes(row, "isReservable") and not wire.yes(row, "isReserved")
        ]
        shown = Window(window.from_.astimezone(zone), window.to.astimezone(zone))
        return wire.joined(shown, slots)

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """Credits, where it tells them; a price it never tells.

        Raises NotFound, SlotTaken, Conflict for hours that are closed or times off the grid.
        """
        _, resource = self._there.parts(request.desk)
        row = self._there.read(f"Resources/{resource}", request.desk)
        self._resources[resource] = row
        self._shared[resource] = wire.whole(row, "maxConcurrentReservations") or 1
        slots = self._there.slots(request.desk, request.window)
        if self._shared[resource] == 1:
            self._refuse_taken(request, slots)
            self._refuse_closed(request, slots)
        return Quote(None, _credits(row, slots))

    def _refuse_taken(
        self,
        request: BookingRequest,
        slots: Sequence[Stretch],
    ) -> None:
        for begins, ends, row in slots:
            if wire.yes(row, "isReserved"):
                raise SlotTaken(
                    f'"{request.desk}" is taken from {begins:%H:%M} to {ends:%H:%M}',
                    f"see when it is free with `cowork desk free {shell_word(str(request.desk))}"
                    f" --on {request.window.from_:%Y-%m-%d}`",
                    account=self._account,
                )

    def _refuse_closed(
        self,
        request: BookingRequest,
        slots: Sequence[Stretch],
    ) -> None:
        free = [(a, b) for a, b, row in slots if wire.yes(row, "isReservable")]
        if not wire.covered(request.window, wire.joined(request.window, free)):
            raise Conflict(
                f'"{request.desk}" is not open all that time',
                f"see when it is free with `cowork desk free {shell_word(str(request.desk))}"
                f" --on {request.window.from_:%Y-%m-%d}`",
                account=self._account,
            )
        edges = {moment for begins, ends, _ in slots for moment in (begins, ends)}
        known = {moment.astimezone(UTC) for moment in edges}
        for asked in (request.window.from_, request.window.to):
            if asked.astimezone(UTC) not in known:
                near = sorted(known, key=lambda moment: abs(elapsed(asked, moment)))[:2]
                grid = " or ".join(f"{one.astimezone(asked.tzinfo):%H:%M}" for one in sorted(near))
                raise Conflict(
                    f'"{request.desk}" is booked in whole slots: {asked:%H:%M} is within one',
                    f"give {grid} instead",
                    account=self._account,
                )

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Reserves; a lost answer is read back. Raises NotFound, SlotTaken, Conflict, OutcomeUnknown."""
        known = self._memory.booked(key)
        if known is not None:
            return known
        schedule, resource = self._there.parts(request.desk)
        body = self._body(resource, request.window, request.title, _mark(key))

        def send() -> ProviderBooking:
            answer = self._there.write("POST", "Reservations/", body, 201)
            return ProviderBooking(
                ref=Ref(self._account, self._reference(answer)),
                desk=Ref(self._account, f"{schedule}/{resource}"),
                window=request.window,
                state="pending" if wire.yes(answer, "isPendingApproval") else "confirmed",
                title=request.title,
                check_in_by=self._check_in_by(resource, request.window),
            )

        # A resource that takes several at a time could be reserved twice.
        alone = self._shared.get(resource, 1) == 1
        try:
            booking = once(send, lambda: self._mine_at(request, key), again=alone)
        except Refusal as refusal:
            raise self._told(refusal, request) from None
        return self._memory.keep(key, booking)

    def _check_in_by(self, resource: str, window: Window) -> datetime | None:
        """As the resource says that was asked for the quote; None where it was not."""
        return check_in_by(self._resources.get(resource), "requiresCheckIn", window)

    def _mine_at(self, request: BookingRequest, key: str) -> ProviderBooking | None:
        """My reservation of this request; where several can be, the one that bears the key."""
        shared = self._shared.get(self._there.parts(request.desk)[1], 1) > 1
        for row in self._there.rows(request.window):
            there = self._there.from_wire(row)
            same = there.desk == request.desk and wire.same_window(there.window, request.window)
            if same and (not shared or wire.text(row, "description") == _mark(key)):
                return there
        return None

    def _told(self, refusal: "Refusal", request: BookingRequest) -> CoworkError:
        """A refusal in words of any language: the slots tell whether somebody was quicker."""
        try:
            slots = self._there.slots(request.desk, request.window)
        except (ProviderError, AuthRejected, NotFound):
            return refused(refusal.message, self._account)
        if any(wire.yes(row, "isReserved") for _, _, row in slots):
            hint = (
                f"see when it is free with `cowork desk free {shell_word(str(request.desk))}"
                f" --on {request.window.from_:%Y-%m-%d}`"
            )
            words = refused(refusal.message, self._account).message
            return SlotTaken(words, hint, account=self._account)
        return refused(refusal.message, self._account)

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Changes time or resource of this occurrence in one step; refused, it stays as it was.

        Raises NotFound, SlotTaken, Conflict, OutcomeUnknown.
        """
        before = self._there.one(ref)
        schedule, resource = self._there.parts(request.desk)
        title = request.title or wire.text(before, "title")
        body = self._body(
            resource, request.window, title, wire.text(before, "description") or _mark(key)
        )
        body |= _kept(before)
        if answers := _answers(before, body.get("customAttributes")):
            body["customAttributes"] = answers
        path = self._there.path(ref)

        def send() -> ProviderBooking:
            answer = self._there.write("POST", path, body, 200, ONLY_THIS)
            return ProviderBooking(
                ref=ref,
                desk=Ref(self._account, f"{schedule}/{resource}"),
                window=request.window,
                state="pending" if wire.yes(answer, "isPendingApproval") else "confirmed",
                title=title,
                check_in_by=self._check_in_by(resource, request.window),
            )

        def look() -> ProviderBooking | None:
            there = self._there.from_wire(self._there.one(ref))
            moved = there.desk == request.desk and wire.same_window(there.window, request.window)
            return there if moved else None

        try:
            return self._memory.see(once(send, look, again=True))
        except Refusal as refusal:
            raise self._told(refusal, request) from None

    def check_in(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Says that one is there. Raises NotFound, Conflict where it is not wanted, OutcomeUnknown."""
        path = f"{self._there.path(ref)}/CheckIn"

        def look() -> bool | None:
            return True if wire.text(self._there.one(ref), "checkInDate") else None

        def send() -> bool:
            self._there.write("POST", path, {}, 200)
            return True

        try:
            once(send, look, again=False)
        except Refusal as refusal:
            raise refused(refusal.message, self._account) from None
        return said(lambda: self.booking(ref), "POST", self._account)  # it happened

    def booking(self, ref: Ref) -> ProviderBooking:
        """One reservation; of those that were deleted only what this process cancelled itself."""
        return self._memory.gone(ref) or self._memory.see(
            self._there.from_wire(self._there.one(ref))
        )

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My reservations that touch the window, in order of their start."""
        found = [self._memory.see(self._there.from_wire(row)) for row in self._there.rows(window)]
        return sorted(found, key=lambda row: row.window.from_.astimezone(UTC))

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Deletes this occurrence; a second time changes nothing. Raises NotFound, OutcomeUnknown."""
        gone = self._memory.gone(ref)
        if gone is not None:
            return gone
        known = self._memory.seen(ref) or self.booking(ref)
        path = self._there.path(ref)

        def send() -> bool:
            answer = self._there.http.request("DELETE", path, params=ONLY_THIS)
            # "The item was deleted"; an empty page where it was gone already.
            if answer.body.strip() and wire.text(answer.json(), "message") is None:
                raise doubt("DELETE", self._account)
            return True

        def look() -> bool | None:
            try:
                self._there.one(ref)
            except NotFound:
                return True
            return None

        try:
            once(send, look, again=True)
        except Refusal as refusal:
            raise refused(refusal.message, self._account) from None
        return self._memory.forget(known)

    # ---- what is sent

    def _body(
        self, resource: str, window: Window, title: str | None, description: str
    ) -> dict[str, object]:
        """The four fields it cannot do without, and what the account adds to each reservation."""
        zone = window.from_.tzinfo
        body: dict[str, object] = {
            "resourceId": int(resource),
            "startDateTime": sent(window.from_.astimezone(zone)),
            "endDateTime": sent(window.to.astimezone(zone)),
            "title": title or "",
            "description": description,
            "allowParticipation": False,
            "termsAccepted": True,
        }
        if attributes := self._attributes():
            body["customAttributes"] = attributes
        if guests := _texts(self._settings.get("guests")):
            body["invitedGuests"] = guests
        return body

    def _attributes(self) -> list[dict[str, object]]:
        """The custom attributes of the setting, `ID=VALUE`."""
        attributes: list[dict[str, object]] = []
        for pair in _texts(self._settings.get("attributes")):
            number, equals, value = pair.partition("=")
            if not equals or not NUMBER.fullmatch(number.strip()):
                raise ConfigError(
                    f'account "{self._account}": "{pair}" is no attribute',
                    f"write it as `cowork account add {self._account} --set attributes=3=Text`",
                    account=self._account,
                )
            attributes.append({"attributeId": int(number), "attributeValue": value})
        return attributes

    def _reference(self, answer: object) -> str:
        reference = wire.text(answer, "referenceNumber")
        if reference is None:
            raise doubt("POST", self._account)
        return reference

    # ---- what comes back

    # ---- schedules and resources

    def _space_from_wire(self, row: Mapping[str, object]) -> Space:
        ref = Ref(self._account, str(required(row, "id", self._account)))
        return Space(
            ref=ref,
            name=str(required(row, "name", self._account)),
            timezone=wire.text(row, "timezone"),
            sources=(Source(self._account, ref),),
        )

    def _desk_from_wire(self, row: object, types: Mapping[str, str]) -> Desk:
        schedule = str(required(row, "scheduleId", self._account))
        resource = str(required(row, "resourceId", self._account))
        name = str(required(row, "name", self._account))
        of_type = types.get(wire.identity(row, "typeId") or "")
        return Desk(
            ref=Ref(self._account, f"{schedule}/{resource}"),
            space_ref=Ref(self._account, schedule),
            name=name,
            kind=wire.kind_of(of_type, name) or "desk",
            capacity=wire.whole(row, "maxParticipants"),
            units=wire.whole(row, "maxConcurrentReservations") or 1,
        )


def _kept(before: object) -> dict[str, object]:
    """What an update would take away if it did not say it again: who is invited or takes part, what is
    lent with it, and the answers to the operator's own questions."""
    kept: dict[str, object] = {}
    if wire.get(before, "allowParticipation") is not None:
        kept["allowParticipation"] = wire.yes(before, "allowParticipation")
    for field in ("participants", "invitees"):
        rows = wire.members(before, field)
        named = [wire.identity(row, "userId") or wire.identity({"it": row}, "it") for row in rows]
        if people := [int(one) for one in named if one and NUMBER.fullmatch(one)]:
            kept[field] = people
    for field in ("participatingGuests", "invitedGuests"):
        guests = [one for one in wire.members(before, field) if isinstance(one, str)]
        if guests:
            kept[field] = guests
    if lent := [one for row in wire.members(before, "accessories") if (one := _lent(row))]:
        kept["accessories"] = lent
    return kept


def _lent(row: object) -> dict[str, object] | None:
    """An accessory as it is asked for; it is told by other names."""
    number, quantity = wire.identity(row, "id"), wire.whole(row, "quantityReserved")
    if number is None or not NUMBER.fullmatch(number) or not quantity:
        return None
    return {"accessoryId": int(number), "quantityRequested": quantity}


def _answers(before: object, added: object) -> list[dict[str, object]]:
    """The custom attributes that a reservation has, and those of the account where it has none."""
    answers: dict[int, object] = {}
    for row in added if isinstance(added, list) else ():
        answers[row["attributeId"]] = row["attributeValue"]
    for row in wire.members(before, "customAttributes"):
        number, value = wire.identity(row, "id"), wire.text(row, "value")
        if number is not None and NUMBER.fullmatch(number) and value:
            answers[int(number)] = value
    return [{"attributeId": key, "attributeValue": value} for key, value in answers.items()]


def _mark(key: str) -> str:
    """What stands in the description: it must be there anyway, and tells which request it was."""
    return f"cowork {key}"


def _texts(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


def _credits(row: object, slots: Sequence[Stretch]) -> Decimal | None:
    """Credits for the slots of a reservation; None where peak hours cost something else."""
    each, peak = wire.number(row, "creditsPerSlot"), wire.number(row, "peakCreditsPerSlot")
    if each is None or (peak is not None and peak != each):
        return None
    return each * len(slots)
