"""Where hours lie of which only the length is known: behind the last entry, or at the day's start."""

from bisect import insort
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import at, instant_of, seconds_of
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.store import entries
from cowork_cli.store.engine.store import Store


def behind_the_last(
    store: Store, day: date, week: str, now: datetime, zone: ZoneInfo
) -> tuple[datetime, str]:
    """The start of a length on a day, and the reason in words.

    Raises Conflict behind a running timer, BadInput where nothing tells a start.
    """
    last = entries.last_of_day(store, day.isoformat(), seconds_of(now))
    if last is None:
        return _start_of_work(day, week, zone), ", from the start of your working hours"
    if last.to is None:
        raise Conflict(
            f"{last.id} ({last.project}) is running since {last.from_:%Y-%m-%d %H:%M}",
            "give a start with `--from TIME`, or stop it first with `cowork stop`",
        )
    begin = at(seconds_of(last.to), zone)
    if begin.date() != day:
        raise BadInput(
            f"the last entry of {day}, {last.id}, ends on {begin:%Y-%m-%d} at {begin:%H:%M}",
            "give a start with `--from TIME`",
        )
    return begin, f", behind {last.id}"


def _start_of_work(day: date, week: str, zone: ZoneInfo) -> datetime:
    """When work begins on a day; on a day off, when it does on the next one that has hours."""
    from cowork_cli.services.calendar import opening

    for ahead in range(7):
        spans = opening.spans(week, day + timedelta(days=ahead), zone)
        if spans:
            return instant_of(day, spans[0][0].timetz().replace(tzinfo=None), zone)
    raise BadInput(
        f'your working hours "{week}" do not tell when a day begins',
        "give a start with `--from TIME`, or set them: `cowork config set hours.week TEXT`",
    )


class Stack:
    """Lays lengths of a day one behind the other from a time of day on, where nothing else lies."""

    def __init__(self, store: Store, clock: time, zone: ZoneInfo):
        self._store, self._clock, self._zone = store, clock, zone
        self._kept: list[tuple[int, int]] = []
        self._reached: dict[date, int] = {}
        self._busy: dict[date, list[tuple[int, int]]] = {}

    def keep_free(self, from_at: int, to_at: int) -> None:
        """Takes a stretch for something else; to be told before anything is placed."""
        insort(self._kept, (from_at, to_at))

    def place(self, day: date, length_s: int) -> int | None:
        """The start of a length on a day, in seconds; None where the day has no room left.

        Raises BadInput where the clock change of that day skips the time of day.
        """
        if day not in self._busy:
            self._open(day)
        start, midnight = self._reached[day], self._midnight(day + timedelta(days=1))
        for begin, end in self._busy[day]:
            if end > start and begin < start + length_s:
                start = end
        if start + length_s > midnight:
            return None
        self._reached[day] = start + length_s
        return start

    def _open(self, day: date) -> None:
        from cowork_cli.store import entry_transfer

        first, last = self._midnight(day), self._midnight(day + timedelta(days=1))
        there = [(row[0], row[1]) for row in entry_transfer.busy(self._store, first, last)]
        own = [(begin, end) for begin, end in self._kept if begin < last and end > first]
        self._busy[day] = sorted([*there, *own])
        self._reached[day] = seconds_of(instant_of(day, self._clock, self._zone))

    def _midnight(self, day: date) -> int:
        return seconds_of(datetime(day.year, day.month, day.day, tzinfo=self._zone))
