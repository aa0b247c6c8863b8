"""The own directory and the own booking book, as a provider like any other.

Its "server" is the store: the tables `spaces`, `desks`, `local_bookings`. Nobody is charged and
nothing is sent. A desk with several units can be booked as often at the same time. Opening hours
are read by `hours`, zones told by `zone_of` (both handed in, because they belong to services); free
time is shown within them where they are known, a booking outside of them is taken: members often hold a key.

Refs: `local:SPACE`, `local:SPACE/DESK`, a booking is `local:booking-12`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.place import distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Slot, Space, SpaceQuery
from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict, NotFound, SlotTaken
from cowork_cli.records import replace
from cowork_cli.store import bookings, spaces
from cowork_cli.store.bookings import LocalRow
from cowork_cli.store.engine.store import Store

# (hours, day, zone[, region]) -> the open stretches, None where they are not known
OpenSpans = Callable[..., list[tuple[datetime, datetime]] | None]
ZoneOf = Callable[[Space], ZoneInfo]
_BOOKING = "booking-"
_LONGEST_DAY_S = 25 * 3600  # the one on which the clocks go back
_HALF_DAY_S = 4 * 3600


def stated_zone(space: Space) -> ZoneInfo:
    """The zone that a space states, else UTC; what a space leaves open is decided by a service."""
    return zone_named(space.timezone or "UTC")


class LocalProvider:
    """The account `local`. Satisfies CanSearch, CanCheckAvailability, CanBook."""

    def __init__(
        self,
        account: str,
        settings: Mapping[str, object],
        *,
        store: Store,
        hours: OpenSpans | None = None,
        region: Callable[[Space], object] | None = None,
        zone_of: ZoneOf = stated_zone,
    ):
        self._account = account
        self._settings = settings
        self._store = store
        self._hours = hours
        self._region = region
        self._zone_of = zone_of

    # ---- search

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Own spaces in the circle, nearest first."""
        found: list[tuple[float, Space]] = []
        for space in spaces.within(self._store, query.lat, query.lon, query.radius_km):
            if space.ref.account != self._account or space.lat is None or space.lon is None:
                continue
            far = distance_km(query.lat, query.lon, space.lat, space.lon)
            if far <= query.radius_km:
                found.append((far, space))
        found.sort(key=lambda pair: (pair[0], pair[1].ref))
        return (replace(space, distance_km=round(far, 2)) for far, space in found)

    def space(self, ref: Ref) -> Space:
        """One space. Raises NotFound."""
        found = spaces.by_ref(self._store, ref)
        if found is None or ref.account != self._account:
            raise NotFound(f'there is no space "{ref}"', "see them with `cowork space search`")
        return found

    # ---- availability

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The desks of a space in the order they were added. Raises NotFound."""
        self.space(space)
        return spaces.desks(self._store, space)

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """Where at least one unit is free, within the opening hours where they are known."""
        desk_id, found = self._desk(desk)
        space = self.space(found.space_ref)
        zone = self._zone_of(space)
        busy = _busy(
            bookings.taken(self._store, desk_id, *_ends(window)), found.units, *_ends(window)
        )
        slots: list[Slot] = []
        for from_at, to_at in self._opened(space, window, zone):
            for free_from, free_to in _gaps(from_at, to_at, busy):
                slots.append(Slot(at(free_from, zone), at(free_to, zone)))
        return slots

    def _opened(self, space: Space, window: Window, zone: ZoneInfo) -> list[tuple[int, int]]:
        """The window, cut to the opening hours of each of its days where they are known."""
        first, last = _ends(window)
        where = (self._region(space),) if self._region else ()  # whose holidays count
        found: list[tuple[int, int]] = []
        day = window.from_.astimezone(zone).date()
        while (start := seconds_of(datetime(day.year, day.month, day.day, tzinfo=zone))) < last:
            following = day + timedelta(days=1)
            end = seconds_of(datetime(following.year, following.month, following.day, tzinfo=zone))
            opened = self._hours(space.hours.text, day, zone, *where) if self._hours else None
            ends = (
                [(start, end)]
                if opened is None
                else [(seconds_of(begin), seconds_of(close)) for begin, close in opened]
            )
            found += [(max(a, first), min(b, last)) for a, b in ends if a < last and b > first]
            day = following
        return _joined(found)

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """What the desk's price says. Raises NotFound, SlotTaken if it is taken now."""
        desk_id, desk = self._desk(request.desk)
        self._refuse_taken(desk_id, desk, request.window)
        return Quote(
            price_of(desk.price, request.window, self._zone_of(self.space(desk.space_ref)))
        )

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Writes into the book, and with the same key only once.

        Raises NotFound, SlotTaken; Conflict if the key was used for something else.
        """
        desk_id, desk = self._desk(request.desk)
        from_at, to_at = _ends(request.window)
        if to_at <= from_at:
            raise BadInput("a booking must end after it begins", "give `--from` and `--to`")
        with self._store.transaction() as journal:
            known = bookings.local_by_key(self._store, key)
            if known is not None:
                if (known.desk, known.from_at, known.to_at) != (request.desk, from_at, to_at):
                    raise Conflict(
                        f'the key "{key}" was used for another booking', "give another `--key`"
                    )
                return self._booking(known)
            self._refuse_taken(desk_id, desk, request.window)
            row_id = bookings.add_local(
                journal,
                {
                    "desk_id": desk_id,
                    "from_at": from_at,
                    "to_at": to_at,
                    "person": request.person,
                    "title": request.title,
                    "key": key,
                },
            )
        return self.booking(Ref(self._account, f"{_BOOKING}{row_id}"))

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        start, _, digits = ref.id.partition("-")
        number = whole_number(digits) if f"{start}-" == _BOOKING else None
        row = bookings.local_by_id(self._store, number) if number is not None else None
        if row is None or row.desk.account != self._account:
            raise NotFound(f'there is no booking "{ref}"', "see them with `cowork booking list`")
        return self._booking(row)

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """Bookings that touch `window`, by their start."""
        rows = bookings.local_between(self._store, self._account, *_ends(window))
        return [self._booking(row) for row in rows]

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Another desk or time, in one step. Raises NotFound, SlotTaken, Conflict if cancelled."""
        booking = self.booking(ref)
        if booking.state != "confirmed":
            raise Conflict(f"{ref} is {booking.state}", "book anew with `cowork book`")
        row_id = int(ref.id.removeprefix(_BOOKING))
        with self._store.transaction() as journal:
            desk_id, desk = self._desk(request.desk)
            self._refuse_taken(desk_id, desk, request.window, but=row_id)
            bookings.move_local(journal, row_id, desk_id, *_ends(request.window))
        return self.booking(ref)

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Strikes it out; struck out twice is harmless. Raises NotFound."""
        booking = self.booking(ref)
        if booking.state != "cancelled":
            with self._store.transaction() as journal:
                row_id = int(ref.id.removeprefix(_BOOKING))
                bookings.strike_out_local(journal, row_id)
        return self.booking(ref)

    # ---- ready?

    def check(self, capability: str) -> str:
        """What there is of it in the store, which has been opened when this is asked."""
        own = spaces.identities(self._store, self._account, "")
        if not own:
            return "no space of your own yet"
        return f"{len(own)} {'space' if len(own) == 1 else 'spaces'} of your own"

    # ---- parts

    def _desk(self, ref: Ref) -> tuple[int, Desk]:
        found = spaces.desk_named(self._store, ref)
        if found is None or ref.account != self._account:
            raise NotFound(f'there is no desk "{ref}"', "see them with `cowork desk list SPACE`")
        return found

    def _refuse_taken(
        self, desk_id: int, desk: Desk, window: Window, *, but: int | None = None
    ) -> None:
        """Raises SlotTaken where other bookings than `but` fill all units."""
        from_at, to_at = _ends(window)
        held = bookings.taken(self._store, desk_id, from_at, to_at)
        rows = [row for row in held if row.id != but]
        busy = _busy(rows, desk.units, from_at, to_at)
        if not busy:
            return
        zone = self._zone_of(self.space(desk.space_ref))
        if desk.units == 1:
            busy = _joined([(row.from_at, row.to_at) for row in rows])  # also what lies outside
        stretches = [(at(begin, zone), at(end, zone)) for begin, end in busy]
        taken = " and ".join(_stretch(from_, to) for from_, to in stretches)
        day = f"{stretches[0][0]:%Y-%m-%d}"
        raise SlotTaken(
            f'{desk.kind} "{desk.name}" is taken {taken}',
            f"see free desks with `cowork desk free {shell_word(str(desk.space_ref))} --on {day}`",
        )

    def _booking(self, row: LocalRow) -> ProviderBooking:
        space = spaces.space_of_desk(self._store, row.desk)
        zone = self._zone_of(space) if space else zone_named("UTC")
        window = Window(at(row.from_at, zone), at(row.to_at, zone))
        found = spaces.desk_named(self._store, row.desk)
        return ProviderBooking(
            ref=Ref(self._account, f"{_BOOKING}{row.id}"),
            desk=row.desk,
            window=window,
            state=row.state,
            price=price_of(found[1].price, window, zone) if found else None,
            person=row.person,
            title=row.title,
        )


def price_of(price: Price | None, window: Window, zone: ZoneInfo) -> Money | None:
    """What a stretch of time costs at a price; None where the price does not tell."""
    if price is None:
        return None
    seconds = seconds_of(window.to) - seconds_of(window.from_)
    if price.per == "hour":
        return Money.of(price.money.amount * Decimal(seconds) / 3600, price.money.currency)
    if price.per == "half-day":
        return Money(price.money.minor * -(-seconds // _HALF_DAY_S), price.money.currency)
    if price.per == "day":
        last = at(seconds_of(window.to) - 1, zone).date()
        days = (last - window.from_.astimezone(zone).date()).days + 1
        return Money(price.money.minor * days, price.money.currency)
    return price.money if price.per == "once" else None


def _ends(window: Window) -> tuple[int, int]:
    return seconds_of(window.from_), seconds_of(window.to)


def _busy(rows: Sequence[LocalRow], units: int, from_at: int, to_at: int) -> list[tuple[int, int]]:
    """The stretches in which all units are taken, in order."""
    changes = sorted(
        [(max(row.from_at, from_at), 1) for row in rows]
        + [(min(row.to_at, to_at), -1) for row in rows]
    )
    found: list[tuple[int, int]] = []
    count, since = 0, 0
    for moment, step in changes:
        if step > 0 and count + 1 == units:
            since = moment
        if step < 0 and count == units and moment > since:
            found.append((since, moment))
        count += step
    return _joined(found)


def _gaps(from_at: int, to_at: int, busy: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in busy:
        if begin > from_at:
            yield from_at, min(begin, to_at)
        from_at = max(from_at, end)
        if from_at >= to_at:
            return
    yield from_at, to_at


def _joined(ends: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch become one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(ends):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > begin:
            found.append((begin, end))
    return found


def _stretch(from_: datetime, to: datetime) -> str:
    if to.date() == from_.date():
        return f"from {from_:%H:%M} to {to:%H:%M}"
    if seconds_of(to) - seconds_of(from_) <= _LONGEST_DAY_S and f"{to:%H:%M}" == "00:00":
        return f"from {from_:%H:%M} to 24:00"
    return f"from {from_:%Y-%m-%d %H:%M} to {to:%Y-%m-%d %H:%M}"
