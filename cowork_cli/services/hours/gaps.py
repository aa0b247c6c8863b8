"""Working hours for which nothing is recorded. Public holidays are not known here: they show."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cowork_cli.domain.tracking import Gap, Gaps
from cowork_cli.domain.zones import at, seconds_of
from cowork_cli.errors import BadInput, ConfigError
from cowork_cli.services.calendar import opening
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store


def gaps(store: Store, period: Period, week: str, now: datetime, zone: ZoneInfo) -> Gaps:
    """Gaps of at least a minute in the working hours `week` (OSM syntax), up to now.

    Raises ConfigError if `week` cannot be understood, BadInput for a period without a beginning.
    """
    if not opening.parses(week):
        raise ConfigError(
            f'hours.week "{week}" cannot be understood',
            'set it with `cowork config set hours.week "Mo-Fr 09:00-17:00"`',
        )
    if period.from_ is None:
        raise BadInput("gaps need a first day", "give `--week`, `--month` or `--from DATE`")
    found: list[Gap] = []
    for day in _days(period.from_, min(period.to or now.date(), now.date())):
        for first, last in opening.spans(week, day, zone) or ():
            found += _between(
                store, seconds_of(first), min(seconds_of(last), seconds_of(now)), zone
            )
    return Gaps(tuple(found), sum(gap.duration_s for gap in found))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _between(store: Store, begin: int, end: int, zone: ZoneInfo) -> list[Gap]:
    """The free stretches between two instants."""
    free, position = [], begin
    for from_at, to_at in entries.spans_between(store, begin, end):
        free.append((position, from_at))
        position = max(position, end if to_at is None else to_at)
    free.append((position, end))
    return [Gap(at(a, zone), at(b, zone), b - a) for a, b in free if b - a >= 60]
