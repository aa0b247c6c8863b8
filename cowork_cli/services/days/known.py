"""What is known of a day before anybody is asked: its hours, each at the place that they or a booking name.

Work over midnight belongs to both days, each with its part, by the clock of the entry's own zone; a part
is what elapses, whatever the clocks do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cowork_cli.domain.zones import at, day_start, seconds_of, zone_named
from cowork_cli.records import dataclass
from cowork_cli.store import day_places, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store

_MARGIN_S = 86_400  # an entry lived in another zone may begin a day apart


@dataclass(frozen=True, slots=True)
class Piece:
    """Work at one place (None: not said), in seconds since 1970. `source` is `hours` or `booking`."""

    place: str | None
    from_at: int
    to_at: int
    timezone: str
    source: str
    client: str
    billable: bool

    @property
    def seconds(self) -> int:
        """How long it took."""
        return self.to_at - self.from_at


@dataclass(frozen=True, slots=True)
class Known:
    """The work of a day, in order, and the places that were booked for it; `came`: those of a check-in."""

    date: date
    pieces: tuple[Piece, ...]
    booked: tuple[str, ...]
    came: tuple[str, ...] = ()

    @property
    def tracked_s(self) -> int:
        """Seconds of recorded hours."""
        return sum(piece.seconds for piece in self.pieces)


def known_day(store: Store, day: date, zone: ZoneInfo, now_s: int) -> Known:
    """What is known of a day."""
    return known_days(store, day, day, zone, now_s)[day]


def known_days(
    store: Store, first: date, last: date, zone: ZoneInfo, now_s: int
) -> dict[date, Known]:
    """What is known of each day of a stretch."""
    begin = seconds_of(day_start(first, zone))
    end = seconds_of(day_start(last + timedelta(days=1), zone))
    booked = _booked(store, begin, end)
    pieces: dict[date, list[Piece]] = {}
    for day, piece in pieces_between(store, begin - _MARGIN_S, end + _MARGIN_S, now_s):
        pieces.setdefault(day, []).extend(_at_bookings(piece, booked))
    known = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        start, after = (
            seconds_of(day_start(each, zone)) for each in (day, day + timedelta(days=1))
        )
        stays = [stay for stay in booked if stay.from_at < after and stay.to_at > start]
        known[day] = Known(
            day,
            tuple(pieces.get(day, ())),
            tuple(dict.fromkeys(stay.place for stay in stays)),
            tuple(dict.fromkeys(stay.place for stay in stays if stay.came)),
        )
    return known


def pieces_between(store: Store, begin: int, end: int, now_s: int) -> Iterator[tuple[date, Piece]]:
    """The hours that touch a stretch, each cut at the midnights of its own zone."""
    names = _spaces_by_name(store)
    for row in days.tracked(store, begin, end, now_s):
        zone = zone_named(row.timezone)
        start = row.from_at
        while start < row.to_at:
            day = at(start, zone).date()
            midnight = seconds_of(day_start(day + timedelta(days=1), zone))
            stop = min(row.to_at, midnight)
            yield (
                day,
                Piece(
                    _place(row, names),
                    start,
                    stop,
                    row.timezone,
                    "hours",
                    row.client,
                    bool(row.billable),
                ),
            )
            start = stop


def changed_hours(store: Store, period: Period, now_s: int) -> Iterator[tuple[date, int, int]]:
    """The logged days whose hours are other ones by now: the day, seconds when it was logged, seconds now.

    A timer that runs is not done yet: its day is left aside.
    """
    for text, logged in days.not_as_tracked(store, period.from_, period.to):
        day = date.fromisoformat(text)
        begin = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
        pieces = [
            piece for each, piece in pieces_between(store, begin - _MARGIN_S, begin + 2 * _MARGIN_S, now_s)
            if each == day
        ]  # fmt: skip
        seconds = sum(piece.seconds for piece in pieces)
        if seconds != logged and not any(piece.to_at == now_s for piece in pieces):
            yield day, logged, seconds


def _place(row: Any, names: Mapping[str, str]) -> str | None:
    """The key of an entry's place. `client` is the one of its own client; hours of another program name
    a space as people do."""
    if row.place == "client":
        return f"client/{row.client}"
    return names.get((row.place or "").casefold(), row.place) or None


def _spaces_by_name(store: Store) -> dict[str, str]:
    """Name → ref of each space whose name is its own and no word of the day log."""
    words = {name.casefold() for name in (*day_places.every(store), "home", "client", "travel")}
    refs: dict[str, list[str]] = {}
    for ref, (name, _) in day_places.titles(store).items():
        if not ref.startswith("client/"):
            refs.setdefault(name.casefold(), []).append(ref)
    return {name: known[0] for name, known in refs.items() if len(known) == 1 and name not in words}


@dataclass(frozen=True, slots=True)
class _Stay:
    """A place that was booked, from and to in seconds since 1970; `came`: one checked in."""

    place: str
    from_at: int
    to_at: int
    came: bool


def _booked(store: Store, begin: int, end: int) -> list[_Stay]:
    """One's own confirmed bookings that touch a stretch; those that one checked in to come first.

    One that still waits for a check-in tells of no presence.
    """
    from cowork_cli.store import bookings, spaces

    stays = []
    for booking in bookings.listed(store, from_at=begin, to_at=end, states=("confirmed",)):
        if bookings.is_own(store, booking) and booking.check_in_by is None:
            space = spaces.space_of_desk(store, booking.desk_ref)
            place = str(space.ref) if space else booking.space_name
            times = seconds_of(booking.from_), seconds_of(booking.to)
            stays.append(_Stay(place, *times, booking.checked_in is not None))
    return sorted(stays, key=lambda stay: not stay.came)


def _at_bookings(piece: Piece, booked: list[_Stay]) -> list[Piece]:
    """A piece without a place, cut where a booking tells one."""
    if piece.place is not None:
        return [piece]
    for stay in booked:
        begin, end = max(piece.from_at, stay.from_at), min(piece.to_at, stay.to_at)
        if begin < end:
            parts = [
                _part(piece, piece.from_at, begin, None),
                _part(piece, begin, end, stay.place),
                _part(piece, end, piece.to_at, None),
            ]
            return [
                each
                for part in parts
                if part.seconds
                for each in (_at_bookings(part, booked) if part.place is None else [part])
            ]
    return [piece]


def _part(piece: Piece, from_at: int, to_at: int, place: str | None) -> Piece:
    source = "hours" if place is None else "booking"
    return Piece(place, from_at, to_at, piece.timezone, source, piece.client, piece.billable)
