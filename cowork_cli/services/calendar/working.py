"""The working day on which something is due at the person's tax office."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    Settings = Callable[[str], Any]


def due_day(day: date, settings: Settings) -> tuple[date, str]:
    """The working day for `day`, and how it was moved in words (`, moved from …`).

    Where a holiday is not known, the day counts as none: the earlier one is safe, and it is said.
    """
    from cowork_cli.domain.deadlines import moved, working_day
    from cowork_cli.services.calendar import holidays

    region = holidays.Region("DE", settings("land"), settings("holidays.parish"))
    doubtful: list[date] = []

    def holiday(there: date) -> str | None:
        name = holidays.in_region(there, region)
        if name is holidays.UNKNOWN:
            doubtful.append(there)
        return name if isinstance(name, str) else None

    due = working_day(day, holiday)
    if doubtful:
        return due, f"; whether {doubtful[0]} is a public holiday there is not known"
    from cowork_cli.data.filing import MOVED

    return due, moved(day, due, holiday) + (f" ({MOVED})" if due != day else "")
