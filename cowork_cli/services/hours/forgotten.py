"""A timer that was left running over the boundary of a day, and when it may have ended."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cowork_cli.domain.zones import at, seconds_of
from cowork_cli.records import dataclass
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.tracking import Entry
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The timer, and the ends that can be offered: a reason and an instant each."""

    entry: Entry
    ends: tuple[tuple[str, datetime], ...]


def forgotten(
    store: Store, now: datetime, zone: ZoneInfo, boundary: time, week: str
) -> Forgotten | None:
    """The running timer if its working day is over, else None.

    Work before `boundary` belongs to the day before. Offered are the last thing that was done here
    on that day, and the end of the working hours `week`.
    """
    running = entries.running(store, seconds_of(now))
    if running is None:
        return None
    shift = timedelta(hours=boundary.hour, minutes=boundary.minute)
    day = (running.from_.astimezone(zone) - shift).date()
    if (now.astimezone(zone) - shift).date() <= day:
        return None
    midnight = datetime.combine(day, time(), zone)
    ends: list[tuple[str, datetime]] = []
    active = entries.last_activity(
        store, seconds_of(running.from_), seconds_of(midnight + timedelta(days=1) + shift)
    )
    if active is not None:
        ends.append(("your last command that day", at(active, zone)))
    from cowork_cli.services.calendar import opening

    spans = opening.spans(week, day, zone)
    if spans and spans[-1][1] > running.from_:
        ends.append(("the end of your working hours", spans[-1][1]))
    return Forgotten(running, tuple(ends))


def sentence(found: Forgotten, now: datetime) -> str:
    """What is said of a forgotten timer."""
    entry = found.entry
    hours = int((now - entry.from_).total_seconds()) // 3600
    return (
        f"The timer of {entry.project} runs since {entry.from_:%a %Y-%m-%d %H:%M}, {hours} hours."
    )


def remedy(found: Forgotten) -> str:
    """The command that ends it where nobody can be asked."""
    end = found.ends[-1][1].strftime("%Y-%m-%dT%H:%M") if found.ends else "TIME"
    return f'End it with `cowork stop --at "{end}"`.'
