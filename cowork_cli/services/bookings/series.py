"""The days of a series, without those that are public holidays."""

from collections.abc import Sequence
from datetime import date

from cowork_cli.domain.place import land_code
from cowork_cli.errors import BadInput
from cowork_cli.services.calendar.holidays import UNKNOWN, Region, in_region


def without_holidays(
    days: Sequence[date], land: str, parish: str | None
) -> tuple[tuple[date, ...], list[str]]:
    """The days that are no holiday in a Land, and a sentence for each that is left out or in doubt.

    Raises BadInput for a Land that does not exist, and where no day is left.
    """
    code = land_code(land)
    if code is None:
        raise BadInput(
            f'"{land}" is not a Land', "write it as `NW`, `NRW` or `Nordrhein-Westfalen`"
        )
    kept: list[date] = []
    notes: list[str] = []
    for day in days:
        name = in_region(day, Region("DE", code, parish))
        if isinstance(name, str):
            notes.append(f"Left out {day:%a %Y-%m-%d}: {name}.")
            continue
        kept.append(day)
        if name is UNKNOWN:
            notes.append(f"Whether {day:%a %Y-%m-%d} is a holiday in {code} is not known: kept.")
    if not kept:
        raise BadInput("every day asked for is a public holiday", "give other days")
    return tuple(kept), notes
