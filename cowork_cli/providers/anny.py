"""anny: rooms and desks of coworking spaces, libraries and town halls. What is free, and where to book it.

API: the Customer API, `https://b.anny.co/api/v1`, described at developers.anny.co. Compared on
2026-11-21, by the documents; no request was made to the live service.

Quirks:
- JSON:API with a media type of its own. Organizations, resources and services go by their slugs;
  times are asked of a resource by its number. Most of it is open to everybody.
- A space is an organization; the account names it, since there is no list of them.
- `availability/periods` are opening hours: bookings are not taken out of them. What is free is told as
  starts that are possible (`intervals/start`), and as ends for one start (`intervals/end`).
- How a customer cancels, and what is answered where a slot is gone, is not established; an order needs
  a checkout on the web. So nothing is booked here: the page of the resource is handed over.
- In which unit an amount is, is not established either: no price is shown.
- 150 requests in 60 s, and no more than 4 of the same in one second.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import NotFound, Unsupported
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import paged, parse_instant, required

MEDIA = "application/vnd.api+json"
PAGE_SIZE = 50
MOST_SERVICES = 5
"""A resource may be booked in several ways; so many of them are looked at."""

MOST_STRETCHES = 12
"""Ends are asked for one start after the other; a day in more pieces is told in part."""


class Anny:
    """One account at anny. Satisfies CanCheckAvailability, KnowsItsSpaces, HasBookingPage."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account, self._settings = account, settings
        self._http = http.adapted(media=MEDIA)

    def check(self, capability: str) -> str:
        """The resources of the first space."""
        names = self._names()
        if not names:
            return f"no space yet: `cowork account add {self._account} --set spaces=NAME`"
        count = len(list(self._resources(Ref(self._account, names[0]))))
        return f"{count:,} {'resource' if count == 1 else 'resources'} at {names[0]}"

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """The organizations that the account names."""
        return [self.space(Ref(self._account, name)) for name in self._names()]

    def space(self, ref: Ref) -> Space:
        """One organization: what it is called is its slug. Raises NotFound."""
        rows = list(self._resources(ref))
        zones = [wire.text(row, "attributes.timezone") for row in rows]
        return Space(
            ref=ref,
            name=ref.id,
            timezone=next((zone for zone in zones if zone), None),
            sources=(Source(self._account, ref),),
        )

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The resources of an organization. Raises NotFound."""
        return [self._desk_from_wire(row, space) for row in self._resources(space)]

    def _resources(self, space: Ref) -> Iterator[object]:
        path = f"organizations/{segment(space.id)}/all-resources"

        def fetch(number: int) -> tuple[Sequence[object], bool]:
            params: dict[str, str | int] = {
                "page[number]": number,
                "page[size]": PAGE_SIZE,
                "sort": "name",
                "stateless": 1,
            }
            try:
                answer = self._http.get_json(path, params)
            except NotFound:
                raise self._missing(space) from None
            rows = wire.listed(answer, "data", self._account)
            return rows, len(rows) >= PAGE_SIZE

        return paged(fetch)

    # ---- what is free

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """The stretches in which it can be booked, in any of its ways. Raises NotFound, Unsupported."""
        resource = self._resource(desk)
        number = str(required(resource, "id", self._account))
        services = [
            str(required(one, "id", self._account))
            for one in wire.rows(resource, "relationships.services.data", self._account)
        ]
        if not services:
            raise Unsupported(
                f'account "{self._account}" does not tell when "{desk.id}" is free',
                f"see {self.booking_page(desk)}",
                account=self._account,
            )
        free: list[tuple[datetime, datetime]] = []
        for service in services[:MOST_SERVICES]:
            free += self._stretches(number, service, window)
        return wire.joined(window, free)

    def _stretches(
        self, resource: str, service: str, window: Window
    ) -> list[tuple[datetime, datetime]]:
        zone = _zone(window)
        asked: dict[str, str | int] = {
            "resource_id": resource,
            f"service_id[{service}]": 1,
            "timezone": zone.key,
        }
        starts: list[tuple[datetime, datetime | None]] = []
        for day in _days(window, zone):
            answer = self._http.get_json("intervals/start", {"date": day.isoformat(), **asked})
            starts += self._intervals(answer, zone)
        whole = [(begins, ends) for begins, ends in starts if ends is not None]
        if len(whole) == len(starts):
            return whole
        return self._by_ends([begins for begins, _ in starts], asked, window)

    def _by_ends(
        self, starts: Sequence[datetime], asked: Mapping[str, str | int], window: Window
    ) -> list[tuple[datetime, datetime]]:
        """Where only starts are told: the latest end of one, then on from the first start after it."""
        zone = _zone(window)
        found: list[tuple[datetime, datetime]] = []
        cursor = window.from_.astimezone(UTC)
        for begins in sorted(moment.astimezone(UTC) for moment in starts):
            if begins < cursor or begins >= window.to.astimezone(UTC):
                continue
            if len(found) >= MOST_STRETCHES:
                break
            text = begins.astimezone(zone).isoformat(timespec="seconds")
            answer = self._http.get_json("intervals/end", {"date_time": text, **asked})
            ends = [ends or begins_ for begins_, ends in self._intervals(answer, zone)]
            latest = max((moment.astimezone(UTC) for moment in ends), default=begins)
            if latest > begins:
                found.append((begins, latest))
                cursor = latest
        return found

    def _intervals(self, answer: object, zone: ZoneInfo) -> list[tuple[datetime, datetime | None]]:
        """The intervals that are available; a text alone is a time."""
        rows = answer if isinstance(answer, list) else wire.listed(answer, "data", self._account)
        found: list[tuple[datetime, datetime | None]] = []
        for row in rows:
            if isinstance(row, str):
                found.append((parse_instant(row, zone, account=self._account), None))
            elif wire.get(row, "available") is not False:
                begins = str(required(row, "start_date", self._account))
                ends = wire.text(row, "end_date")
                found.append(
                    (
                        parse_instant(begins, zone, account=self._account),
                        parse_instant(ends, zone, account=self._account) if ends else None,
                    )
                )
        return found

    # ---- booking is done elsewhere

    def booking_page(self, desk: Ref) -> str:
        """The web page where a resource is booked."""
        template = wire.text(self._settings, "page_url") or ""
        return template.replace("{resource}", segment(desk.id.rpartition("/")[2]))

    # ---- parts

    def _names(self) -> list[str]:
        given = self._settings.get("spaces")
        return [str(name) for name in given] if isinstance(given, list | tuple) else []

    def _resource(self, desk: Ref) -> object:
        try:
            answer = self._http.get_json(
                f"resources/{segment(desk.id.rpartition('/')[2])}", {"include": "services"}
            )
        except NotFound:
            raise self._missing(desk) from None
        return required(answer, "data", self._account)

    def _desk_from_wire(self, row: object, space: Ref) -> Desk:
        name = str(required(row, "attributes.name", self._account))
        slug = wire.text(row, "attributes.slug") or str(required(row, "id", self._account))
        return Desk(
            Ref(self._account, f"{space.id}/{slug}"), space, name, wire.kind_of(name) or "desk"
        )

    def _missing(self, ref: Ref) -> NotFound:
        return NotFound(
            f'account "{self._account}" knows no "{ref}"',
            "a space is named as in its address at anny.co:"
            f" `cowork account add {self._account} --set spaces=NAME`",
            account=self._account,
        )


def _zone(window: Window) -> ZoneInfo:
    zone = window.from_.tzinfo
    return zone if isinstance(zone, ZoneInfo) else zone_named("UTC")


def _days(window: Window, zone: ZoneInfo) -> list[date]:
    """The days of the place that a window touches."""
    first, last = window.from_.astimezone(zone).date(), window.to.astimezone(zone).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
