"""Working hours for which nothing is recorded. On a public holiday nothing is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cowork_cli.domain.tracking import DayOff, Gap, Gaps
from cowork_cli.domain.zones import at, seconds_of
from cowork_cli.errors import BadInput, ConfigError
from cowork_cli.services.calendar import holidays, opening
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.period import Period
    from cowork_cli.services.calendar.holidays import Region
    from cowork_cli.store.engine.store import Store


def gaps(
    store: Store, period: Period, week: str, now: datetime, zone: ZoneInfo, region: Region
) -> Gaps:
    """Gaps of at least a minute in the working hours `week` (OSM syntax), up to now.

    A holiday of the region is no gap, unless `week` itself speaks of holidays (`PH`). A day that may
    be one counts as a working day, and is told. Raises ConfigError if `week` cannot be understood,
    BadInput for a period without a beginning.
    """
    if not opening.parses(week):
        raise ConfigError(
            f'hours.week "{week}" cannot be understood',
            'set it with `cowork config set hours.week "Mo-Fr 09:00-17:00"`',
        )
    if period.from_ is None:
        raise BadInput("gaps need a first day", "give `--week`, `--month` or `--from DATE`")
    found: list[Gap] = []
    off: list[DayOff] = []
    for day in _days(period.from_, min(period.to or now.date(), now.date())):
        spans = opening.spans(week, day, zone, region) or []
        if spans and opening.doubt(week, day, region):
            name = holidays.in_region(day, region)
            off.append(DayOff(day, name if isinstance(name, str) else None))
            if off[-1].name:
                continue
        for first, last in spans:
            end = min(seconds_of(last), seconds_of(now))
            found += _between(store, seconds_of(first), end, zone)
    return Gaps(tuple(found), sum(gap.duration_s for gap in found), tuple(off))


def holiday_notes(found: Gaps) -> list[str]:
    """What the holidays of the period did to the gaps."""
    named = [f"{each.day:%a %Y-%m-%d} {each.name}" for each in found.holidays if each.name]
    unsure = [f"{each.day:%a %Y-%m-%d}" for each in found.holidays if not each.name]
    notes = [f"No gaps on public holidays: {', '.join(named)}."] if named else []
    if unsure:
        notes.append(
            f"{', '.join(unsure)} may be a public holiday where you are and counts as a working day; "
            "say where with `cowork config set land BY` (and `holidays.parish`)."
        )
    return notes


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
