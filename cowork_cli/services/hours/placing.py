"""Where hours lie of which only the length is known: behind the last entry, or at the day's start."""

from datetime import date, datetime, timedelta
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
