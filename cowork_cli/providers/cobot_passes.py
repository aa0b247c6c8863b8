"""Day tickets at Cobot (“drop-in passes”): shown as a desk that is booked by the day.

No operation lists the tickets of a space: their ids are copied from its web page into the account's
setting `day_passes`, as `SUBDOMAIN/ID`, or the id alone where the account is at one space. A ticket
is bought from here only where the space lets one pay later, or where it is free.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot
from cowork_cli.domain.zones import plus
from cowork_cli.errors import BadAnswer, Conflict, NotFound, SlotTaken, Unsupported
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import cobot_wire as wire
from cowork_cli.providers import wire as lenient
from cowork_cli.providers.base import required
from cowork_cli.providers.writes import said

if TYPE_CHECKING:
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.providers.cobot_spaces import CobotSpaces

PASS = "pass-"


class DayPasses:
    """The tickets that an account's settings name."""

    def __init__(
        self,
        account: str,
        settings: Mapping[str, object],
        http: HttpClient,
        spaces: "CobotSpaces",
        visitor: "Visitor | None",
    ):
        self._account = account
        self._http = http
        self._at = spaces
        self._visitor = visitor
        given = settings.get("day_passes")
        self._named = [str(name) for name in given] if isinstance(given, list | tuple) else []

    def desks(self, place: wire.Place) -> list[Desk]:
        """The tickets of a space. Raises NotFound for one that is not there."""
        desks = []
        for name in self._named:
            subdomain, _, identity = name.rpartition("/")
            if subdomain in ("", place.subdomain):
                known = wire.attributes(self._template(identity))
                money = wire.money_of(known.get("price"))
                price = Price(money["price"], "day", money["tax"]) if money else None
                ref = Ref(self._account, f"{place.subdomain}/{PASS}{identity}")
                space = Ref(self._account, place.subdomain)
                name = str(known.get("name") or "Day ticket")
                desks.append(Desk(ref, space, name, "desk", price=price))
        return desks

    def free(self, resource: str, window: Window) -> Sequence[Slot]:
        """The window, cut to the times of the ticket, if one is left for that day."""
        if not self._left(resource, window.from_.date()):
            return []
        template = wire.attributes(self._template(resource.removeprefix(PASS)))
        zone = window.from_.tzinfo
        assert isinstance(zone, ZoneInfo)
        times = lenient.rows(template, "timeAvailability", self._account)
        return _within(times, window, zone, self._account)

    def quote(self, place: wire.Place, resource: str, request: BookingRequest) -> Quote:
        """The price of the ticket. Raises SlotTaken, Conflict; Unsupported where a card is wanted."""
        window = request.window
        if plus(window.to, timedelta(seconds=-1)).date() != window.from_.date():
            raise Conflict("a day ticket is for one day", "book each day by itself")
        known = wire.attributes(self._template(resource.removeprefix(PASS)))
        money = wire.money_of(known.get("price"))
        self._pays(place, money)
        if not self._left(resource, window.from_.date()):
            raise SlotTaken(
                f'no "{known.get("name")}" is left on {window.from_:%a %Y-%m-%d}',
                account=self._account,
            )
        from cowork_cli.providers.cobot_guest import details

        details(self._visitor, self._account)
        terms = self._at.url_named(place, "space:terms")
        return Quote(
            **{"price": None, **money},
            remarks=("only the space can cancel a day ticket",),
            consent=f"the terms of the space ({terms})" if terms else "the terms of the space",
        )

    def book(self, place: wire.Place, resource: str, request: BookingRequest) -> ProviderBooking:
        """Buys it; a lost answer stays unknown, as nothing lists what was bought."""
        from cowork_cli.providers.cobot_guest import details

        template = resource.removeprefix(PASS)
        known = wire.attributes(self._template(template))
        method = self._pays(place, wire.money_of(known.get("price")))
        wanted = {
            "type": "dropInPasses",
            "attributes": {
                "validOn": request.window.from_.date().isoformat(),
                "numberOfPasses": 1,
            },
            "relationships": {"dropInPassTemplate": wire.relation("dropInPassTemplates", template)},
        }
        given = {"dropInPasses": [wanted], **details(self._visitor, self._account)}
        relations = {"paymentMethod": wire.relation("paymentMethods", method)} if method else {}
        body = {"type": "dropInPassPurchases", "attributes": given, "relationships": relations}
        answer = self._http.post_json("drop_in_pass_purchases", {"data": body})
        bought = said(lambda: required(answer, "data", self._account), "POST", self._account)
        identity = said(lambda: required(bought, "id", self._account), "POST", self._account)
        return ProviderBooking(
            ref=Ref(self._account, f"{PASS}{identity}"),
            desk=request.desk,
            window=request.window,
            state="confirmed",
            title=request.title,
            **wire.money_of(wire.attributes(bought).get("price")),
        )

    # ---- parts

    def _pays(self, place: wire.Place, money: Mapping[str, object]) -> str | None:
        """The way to pay later, None if it is free. Raises Unsupported with the web address."""
        price = money.get("price")
        if price is not None and getattr(price, "minor", 1) == 0:
            return None
        from cowork_cli.providers.cobot_guest import pay_later

        method = pay_later(self._at, place, "payment_methods", "dropInPasses")
        if method is None:
            raise self._at.with_page(
                Unsupported("a day ticket is paid when it is bought, which takes a browser"), place
            )
        return method

    def _template(self, identity: str) -> wire.Row:
        try:
            document = self._http.get_json(f"drop_in_pass_templates/{segment(identity)}")
        except NotFound:
            raise NotFound(
                f'there is no day ticket "{identity}"',
                "its id stands in the address of the space's page; set it with "
                f"`cowork account add {self._account} --set day_passes=SUBDOMAIN/ID`",
                account=self._account,
            ) from None
        row = required(document, "data", self._account)
        if not isinstance(row, Mapping):
            raise BadAnswer('"data" of a day ticket is no object', account=self._account)
        return row

    def _left(self, resource: str, day: date) -> int:
        """How many are left for a day."""
        path = f"drop_in_pass_templates/{segment(resource.removeprefix(PASS))}/availability"
        asked = {"filter[from]": day.isoformat(), "filter[to]": day.isoformat()}
        try:
            document = self._http.get_json(path, asked)
        except NotFound:
            raise NotFound(f'there is no day ticket "{resource}"', account=self._account) from None
        dates = "data.attributes.availableDates"
        for row in lenient.listed(document, dates, self._account):
            first = lenient.text(row, "from") or ""
            last = lenient.text(row, "to") or first
            if first and first <= day.isoformat() <= last:
                return lenient.whole(row, "numberOfPasses") or 0
        return 0


def _within(times: Sequence[wire.Row], window: Window, zone: ZoneInfo, account: str) -> list[Slot]:
    """The parts of a window in which a ticket holds; no times: all of it."""
    day = window.from_.date()
    rows = [
        row
        for row in times
        if (not row.get("weekdays") or day.isoweekday() in lenient.members(row, "weekdays"))
    ]
    if not rows:
        return [] if times else [Slot(window.from_, window.to)]
    slots = []
    for row in rows:
        begin, end = (_at(day, str(row.get(name)), zone, account) for name in ("from", "to"))
        begin, end = max(begin, window.from_), min(end, window.to)
        if begin < end:
            slots.append(Slot(begin, end))
    return slots


def _at(day: date, clock: str, zone: ZoneInfo, account: str) -> datetime:
    if clock == "24:00":
        return datetime.combine(day + timedelta(days=1), time(), zone)
    try:
        return datetime.combine(day, time.fromisoformat(clock).replace(tzinfo=None), zone)
    except ValueError:
        raise BadAnswer(f'"{clock}" is not a time of day', account=account) from None
