"""Harbour: a booking service that does not exist, and an adapter to start others from.

Quirks, as a real adapter would list them with the date they were compared:
- Desks are numbered over all spaces; our refs are `SPACE/DESK`, as the rest of cowork expects.
- Times are sent and answered with their offset; the zone stands beside them.
- `Idempotency-Key` is honoured for bookings, so a lost answer is asked for again.
"""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Source, Space, SpaceQuery
from cowork_cli.errors import CoworkError, NotFound, SlotTaken
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import paged, parse_instant, required
from cowork_cli.providers.registry import BOOKABLE, ProviderInfo, SettingSpec
from cowork_cli.providers.writes import said

ROW = ProviderInfo(
    name="harbour",
    title="Harbour, desks by the water",
    target="tests.fakes.harbour_provider:Harbour",
    capabilities=frozenset({"search", "availability", "booking"}),
    settings=(SettingSpec("url", None, "address of the service", "url"),),
    secret="token",
    uses="http",
    built_in=False,
    enabled=True,
    rank=BOOKABLE,
    attribution="Data: Harbour (harbour.example)",
    docs="docs/guides/providers.md",
)
STATES = {"booked": "confirmed", "cancelled": "cancelled"}


class Harbour:
    """One account at Harbour."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account = account
        self._http = http.adapted(translate=_meaning)

    def check(self, capability: str) -> str:
        """A page of spaces; my bookings of one hour."""
        if capability == "booking":
            hour = {"after": "2026-01-01T00:00:00+00:00", "before": "2026-01-01T01:00:00+00:00"}
            self._rows(self._http.get_json("bookings", hour))
            return "may list bookings"
        answer = self._http.get_json("spaces", {"page": 1})
        return f"{len(self._rows(answer))} spaces on the first page"

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Spaces in the circle, nearest first, as the service sorts them."""
        around = {"lat": f"{query.lat:.6f}", "lon": f"{query.lon:.6f}", "km": query.radius_km}

        def fetch(page: int) -> tuple[Sequence[Space], bool]:
            answer = self._http.get_json("spaces", {**around, "page": page})
            rows = [_space_from_wire(row, self._account) for row in self._rows(answer)]
            return rows, bool(required(answer, "more", self._account))

        return paged(fetch)

    def space(self, ref: Ref) -> Space:
        """One space. Raises NotFound."""
        answer = self._get(("spaces", ref.id), f'there is no space "{ref}"')
        return _space_from_wire(required(answer, "data", self._account), self._account)

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The desks of a space. Raises NotFound."""
        answer = self._get(("spaces", space.id, "desks"), f'there is no space "{space}"')
        return [_desk_from_wire(row, space) for row in self._rows(answer)]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What is left of the window between the busy times. Raises NotFound."""
        answer = self._get(("desks", _desk_id(desk), "busy"), f'there is no desk "{desk}"')
        zone = wire.zone_from_wire(required(answer, "zone", self._account), self._account)
        busy = [_window(row, zone, self._account) for row in self._rows(answer)]
        slots = wire.gaps(window, [(time.from_, time.to) for time in busy])
        return [Slot(slot.from_.astimezone(zone), slot.to.astimezone(zone)) for slot in slots]

    def quote(self, request: BookingRequest) -> Quote:
        """What the desk's price says. Raises NotFound."""
        space = Ref(self._account, request.desk.id.rpartition("/")[0])
        for desk in self.desks(space):
            if desk.ref == request.desk:
                return Quote(desk.price.money if desk.price else None)
        raise NotFound(f'there is no desk "{request.desk}"', account=self._account)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books, once per key. Raises SlotTaken, NotFound, OutcomeUnknown."""
        body = {
            "desk": _desk_id(request.desk),
            "begins": request.window.from_.isoformat(),
            "ends": request.window.to.isoformat(),
            "title": request.title,
        }
        answer = self._http.post_json("bookings", body, key=key)
        return said(lambda: self._booking(answer), "POST", self._account)

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking. Raises NotFound."""
        return self._booking(self._get(("bookings", ref.id), f'there is no booking "{ref}"'))

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings that touch the window."""
        ends = {"after": window.from_.isoformat(), "before": window.to.isoformat()}
        answer = self._http.get_json("bookings", ends)
        rows = [_booking_from_wire(row, self._account) for row in self._rows(answer)]
        return sorted(rows, key=lambda row: row.window.from_)

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Cancels; a second time changes nothing. Raises NotFound, OutcomeUnknown."""
        answer = self._http.delete(f"bookings/{segment(ref.id)}")
        return said(lambda: self._booking(answer), "DELETE", self._account)

    def _booking(self, answer: object) -> ProviderBooking:
        return _booking_from_wire(required(answer, "data", self._account), self._account)

    def _get(self, path: Sequence[str], missing: str) -> object:
        try:
            return self._http.get_json("/".join(map(segment, path)))
        except NotFound:
            hint = "find one with `cowork space search`"
            raise NotFound(missing, hint, account=self._account) from None

    def _rows(self, answer: object) -> list[wire.Row]:
        return wire.listed(answer, "data", self._account)


def _meaning(answer: Answer) -> CoworkError | None:
    problem = answer.json()
    code = problem.get("code") if isinstance(problem, Mapping) else None
    return SlotTaken("Harbour: the desk is taken at that time") if code == "taken" else None


def _space_from_wire(row: object, account: str) -> Space:
    ref = Ref(account, str(required(row, "id", account)))
    distance = wire.number(row, "km")
    return Space(
        ref=ref,
        name=str(required(row, "name", account)),
        address=PostalAddress(*(wire.text(row, part) for part in ("street", "postcode", "city"))),
        distance_km=round(float(distance), 2) if distance is not None else None,
        lat=wire.degrees(row, "lat", 90),
        lon=wire.degrees(row, "lon", 180),
        timezone=wire.zone_from_wire(required(row, "zone", account), account).key,
        kinds=tuple(map(str, wire.members(row, "kinds"))),
        amenities=dict.fromkeys(map(str, wire.members(row, "amenities")), True),
        price_from=_price(row),
        sources=(Source(account, ref, licence=None, as_of=None),),
    )


def _desk_from_wire(row: object, space: Ref) -> Desk:
    identity = str(required(row, "id", space.account)).partition("~")[2]
    return Desk(
        Ref(space.account, f"{space.id}/{identity}"),
        space,
        str(required(row, "name", space.account)),
        kind=str(required(row, "kind", space.account)),
        capacity=wire.whole(row, "seats"),
        price=_price(row),
    )


def _price(row: object) -> Price | None:
    """What stands as `price`, in cents; without all of its parts there is none."""
    cents, per = wire.whole(row, "price.cents"), wire.text(row, "price.per")
    currency = wire.text(row, "price.currency")
    return Price(Money(cents, currency), per) if cents is not None and per and currency else None


def _booking_from_wire(row: object, account: str) -> ProviderBooking:
    zone = wire.zone_from_wire(required(row, "zone", account), account)
    space, _, desk = str(required(row, "desk", account)).partition("~")
    return ProviderBooking(
        ref=Ref(account, str(required(row, "id", account))),
        desk=Ref(account, f"{space}/{desk}"),
        window=_window(row, zone, account),
        state=STATES.get(str(required(row, "state", account)), "unknown"),
        title=wire.text(row, "title"),
    )


def _desk_id(desk: Ref) -> str:
    """Their id of a desk: `SPACE~DESK`."""
    return "~".join(desk.id.rsplit("/", 1))


def _window(row: object, zone: ZoneInfo, account: str) -> Window:
    begins, ends = (
        parse_instant(str(required(row, field, account)), zone, account=account)
        for field in ("begins", "ends")
    )
    return Window(begins, ends)
