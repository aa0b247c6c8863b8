"""Public holidays by country and Land. The only reader of `cowork_cli/data/holidays/`.

One file for each country, written by `tools/build_holidays.py`; a day is searched for in its text, so
that a lookup reads one file of some 15 KB and takes nothing apart. What no table tells (another
country, another year, a Land or parish that is not known) is `UNKNOWN`, never "no holiday".
"""

from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from cowork_cli.records import dataclass

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "holidays"
PARISHES = ("catholic", "augsburg", "other")


class Unknown(Enum):
    """An answer that nobody here can give."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Region:
    """Where holidays are asked for.

    ``country``: two letters, None where it is not known. ``land``: a Land or canton by its code.
    ``parish``: one of PARISHES, in Bavaria, Saxony and Thuringia, where some days are holidays of the
    catholic parishes (Art. 1 FTG Bayern, § 1 SächsSFG, § 2 ThürFtG) or of the city of Augsburg alone.
    """

    country: str | None
    land: str | None = None
    parish: str | None = None


def is_holiday(
    day: date, country: str | None, land: str | None = None, parish: str | None = None
) -> str | Unknown | None:
    """The German name of the holiday on `day`, None if there is none, UNKNOWN if that is not known."""
    table = _table(country or "")
    if table is None or not table.first <= day.year <= table.last:
        return UNKNOWN
    doubtful = False
    for where, name in table.rows(day):
        holds = _holds(where, land, parish)
        if holds:
            return name
        doubtful = doubtful or holds is None
    return UNKNOWN if doubtful else None


def in_region(day: date, region: Region) -> str | Unknown | None:
    """`is_holiday` of a region."""
    return is_holiday(day, region.country, region.land, region.parish)


def note(day: date, region: Region, place: str) -> str | None:
    """What a person should know before going to `place` on `day`; None on any other day."""
    name = in_region(day, region)
    if isinstance(name, str):
        return f"{day:%a %Y-%m-%d} is a public holiday at {place}: {name}."
    if name is UNKNOWN and of_year(day.year, region) is not None:
        return f"{day:%a %Y-%m-%d} may be a public holiday at {place}: it is one in parts of the country."
    return None


def of_year(year: int, region: Region) -> tuple[frozenset[date], frozenset[date]] | None:
    """The holidays of a year and the days that may be some; None beyond what is known."""
    table = _table(region.country or "")
    if table is None or not table.first <= year <= table.last:
        return None
    known = {day: in_region(day, region) for day in table.days(year)}
    return (
        frozenset(day for day, name in known.items() if isinstance(name, str)),
        frozenset(day for day, name in known.items() if name is UNKNOWN),
    )


def source(country: str) -> str | None:
    """`holidays 0.109 (MIT), made 2026-11-28, years 2015-2036`; None without a table."""
    table = _table(country)
    return table.source if table else None


def _holds(where: str, land: str | None, parish: str | None) -> bool | None:
    """Whether a row counts at a place, None where that is not known."""
    if where == "*":
        return True
    if where == "?":
        return None
    kind, _, only = where.rpartition(":")
    if land is None:
        return None
    if land not in only.split(","):
        return False
    if not kind:
        return True
    if parish is None:
        return None
    return parish == kind or (kind == "catholic" and parish == "augsburg")


@dataclass(frozen=True, slots=True)
class _Table:
    text: str
    source: str
    first: int
    last: int

    def rows(self, day: date) -> list[tuple[str, str]]:
        """Where and what, of one day."""
        return [(where, name) for _, where, name in self._starting(f"\n{day}\t")]

    def days(self, year: int) -> list[date]:
        """The days of a year that are a holiday anywhere in the country."""
        return sorted({date.fromisoformat(day) for day, _, _ in self._starting(f"\n{year}-")})

    def _starting(self, key: str) -> list[list[str]]:
        found, position = [], self.text.find(key)
        while position >= 0:
            end = self.text.find("\n", position + 1)
            found.append(self.text[position + 1 : end].split("\t"))
            position = self.text.find(key, end)
        return found


@cache
def _table(country: str) -> _Table | None:
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        return None
    try:
        text = (_FOLDER / f"{country.upper()}.tsv").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    head = text.partition("\n")[0].removeprefix("# ")
    first, _, last = head.rpartition(" ")[2].partition("-")
    return _Table(text, head, int(first), int(last))
