"""Opening hours as one says them: open now until 18:00, opens Mon 09:00, by appointment."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.space import Hours, Space
from cowork_cli.services.calendar import opening, regions
from cowork_cli.services.spaces.results import ListedSpace

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_APPOINTMENT = re.compile(
    r"appointment|vereinbarung|absprache|anmeldung|termin|auf anfrage", re.IGNORECASE
)


def listed(
    spaces: Iterable[Space], now: datetime, zone_of: Callable[[Space], ZoneInfo]
) -> list[ListedSpace]:
    """The rows of a table, each with what its hours say of `now`."""
    return [_listed(space, now, zone_of(space)) for space in spaces]


def _listed(space: Space, now: datetime, zone: ZoneInfo) -> ListedSpace:
    known = {part.name: getattr(space, part.name) for part in fields(Space)}
    if space.hours.text and space.hours.state is None:
        hours = opening.state_at(space.hours.text, now, zone, regions.of_space(space))
        return ListedSpace(**known, opening=words(hours, now.astimezone(zone)))
    return ListedSpace(**known, opening=space.hours.state or "")


def words(hours: Hours, now: datetime) -> str:
    """What hours say, `now` being the clock at the space; empty where nothing can be said.

    Text that cannot be read says nothing here: it is shown as written.
    """
    if hours.state == "open":
        until = f" until {_moment(hours.next_change, now)}" if hours.next_change else ""
        return f"open now{until}"
    if hours.state == "closed":
        return f"opens {_moment(hours.next_change, now)}" if hours.next_change else "closed now"
    return "by appointment" if _APPOINTMENT.search(hours.text or "") else ""


def _moment(change: datetime, now: datetime) -> str:
    """The time alone today, with the weekday within a week, else with the date."""
    there = change.astimezone(now.tzinfo)
    clock = f"{there:%H:%M}"
    days = there.date() - now.date()
    if days == timedelta(days=1) and clock == "00:00":
        return "24:00"
    if not days:
        return clock
    if days < timedelta(days=7):
        return f"{_WEEKDAYS[there.weekday()]} {clock}"
    return f"{there:%Y-%m-%d} {clock}"
