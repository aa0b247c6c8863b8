"""A timer that was left running over the boundary of a day, and when it may have ended."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cowork_cli.domain.zones import at, day_start, elapsed, seconds_of, spelled, working_day
from cowork_cli.records import dataclass
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.tracking import Entry
    from cowork_cli.store.engine.store import Store

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The timer, and the ends that can be offered: a reason and an instant each, at least one."""

    entry: Entry
    ends: tuple[tuple[str, datetime], ...]


def forgotten(
    store: Store, now: datetime, zone: ZoneInfo, boundary: time, week: str
) -> Forgotten | None:
    """The running timer if its working day is over, else None.

    Work before `boundary` belongs to the day before. Offered are the last thing that was done here
    on that day, and the end of the working hours `week`; where neither is known, the end of that day.
    Every end lies after its start and not after now.
    """
    running = entries.running(store, seconds_of(now))
    if running is None:
        return None
    day = working_day(running.from_, zone, boundary)
    if working_day(now, zone, boundary) <= day:
        return None
    begin, over = seconds_of(running.from_), seconds_of(day_start(day + _DAY, zone, boundary))
    ends: list[tuple[str, datetime]] = []
    active = entries.last_activity(store, begin, over)
    if active is not None and active > begin:
        ends.append(("your last command that day", at(active, zone)))
    from cowork_cli.services.calendar import opening

    spans = opening.spans(week, day, zone)
    if spans and begin < seconds_of(spans[-1][1]) <= seconds_of(now):
        ends.append(("the end of your working hours", spans[-1][1]))
    if not ends:
        ends.append(("the end of that day", at(over, zone)))
    return Forgotten(running, tuple(ends))


def sentence(found: Forgotten, now: datetime) -> str:
    """What is said of a forgotten timer."""
    entry = found.entry
    hours = int(elapsed(entry.from_, now).total_seconds()) // 3600
    return (
        f"The timer of {entry.project} runs since {entry.from_:%a %Y-%m-%d %H:%M}, {hours} hours."
    )


def remedy(found: Forgotten) -> str:
    """The command that ends it where nobody can be asked."""
    return f'End it with `cowork stop --at "{spelled(found.ends[-1][1])}"`.'
