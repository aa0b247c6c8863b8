"""Logging each day of a period that is known whole, in one change."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.day import Day
from cowork_cli.errors import CoworkError
from cowork_cli.services.days import recording
from cowork_cli.services.days.known import known_days
from cowork_cli.services.days.looking import days_of
from cowork_cli.store import days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.period import Period
    from cowork_cli.services.days.places import Places
    from cowork_cli.services.days.saying import Said
    from cowork_cli.store.engine.store import Store


def planned(
    store: Store, places: Places, period: Period, said: Said, today: date, zone: ZoneInfo
) -> tuple[list[Day], list[CoworkError]]:
    """The records of the days with hours that are not logged, and why others cannot be made."""
    first, last = period.from_ or today, min(period.to or today, today)
    made: list[Day] = []
    problems: list[CoworkError] = []
    if first > last:
        return made, problems
    logged = days.dates(store, first, last)
    for day, known in known_days(store, first, last, zone, store.now_s).items():
        if day in logged or not known.pieces:
            continue
        try:
            made.append(recording.made_of(known, places, said, zone))
        except CoworkError as problem:
            problems.append(problem)
    return made, problems


def log(store: Store, made: list[Day]) -> list[Day]:
    """Writes all of them in one change."""
    with store.transaction() as journal:
        for day in made:
            days.add(journal, day, work=bool(day.stays))
    wanted = {day.date for day in made}
    first, last = min(wanted), max(wanted)
    return [day for day in days_of(store, first, last) if day.date in wanted]
