"""Days that were worked and are not logged, for cron: no word when there are none."""

from __future__ import annotations

from datetime import date, timedelta

from cowork_cli.domain.day import Reminder
from cowork_cli.errors import ConfigError
from cowork_cli.services.calendar import holidays, opening
from cowork_cli.services.days.known import known_days
from cowork_cli.store import days, standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.services.calendar.holidays import Region
    from cowork_cli.store.engine.store import Store


def missing(
    store: Store, first: date, last: date, week: str, zone: ZoneInfo, region: Region, now_s: int
) -> list[Reminder]:
    """The days of a stretch that are not logged and have hours, or are working days (`week`, OSM syntax).

    A public holiday and a day off are none without hours. Raises ConfigError if `week` is not understood.
    """
    if not opening.parses(week):
        raise ConfigError(
            f'hours.week "{week}" cannot be understood',
            'set it with `cowork config set hours.week "Mo-Fr 09:00-17:00"`',
        )
    logged = days.dates(store, first, last)
    known = known_days(store, first, last, zone, now_s)
    found = []
    for day, facts in known.items():
        if day in logged:
            continue
        if facts.tracked_s or _is_working_day(store, day, week, zone, region):
            found.append(Reminder(day, facts.tracked_s, f"cowork day log {day}"))
    return found


def _is_working_day(store: Store, day: date, week: str, zone: ZoneInfo, region: Region) -> bool:
    if not opening.spans(week, day, zone, region):
        return False
    return not isinstance(holidays.in_region(day, region), str) and not standing.absence_on(
        store, day
    )


def stretch(today: date, back: int) -> tuple[date, date]:
    """Today and the `back` days before."""
    return today - timedelta(days=back), today
