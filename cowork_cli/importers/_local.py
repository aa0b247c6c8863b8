"""Rows of text formats: local times, what a heading or a tag calls a project, and how they fail."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from cowork_cli.importers import _cells
from cowork_cli.importers._cells import Local


def local_of(zone: ZoneInfo, options: Mapping[str, str]) -> Local:
    """Where the times of a file were lived. Raises BadInput for an unknown `clock-change`."""
    return Local(
        zone, _cells.chosen(options.get("clock-change"), _cells.CLOCK_CHANGE, "clock change")
    )


def moment(day: date, clock: str, what: str = "start") -> _cells.Moment:
    """A day and a time of day as typed. Raises BadInput."""
    return _cells.moment(clock, day, "dmy", what)
