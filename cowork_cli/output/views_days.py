"""Hours by day as blocks on the terminal: a calendar for a month or so, a map of weeks for longer.

How much it is can be told without colour: a bar is longer, a block is darker.
"""

from datetime import date, timedelta
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from cowork_cli.output import text
from cowork_cli.output.table_cells import blocks

_LONGEST_CALENDAR = 62  # days
_NARROWEST_BOX, _WIDEST_BOX = 6, 12
_SHADES = "·░▒▓█"
_PLAIN_SHADES = ".-+*#"
_STEPS = (2, 4, 6)  # hours above which the next shade counts
_WEEK = 7


def days_view(picture: Any, width: int) -> RenderableType:
    """The picture of a `DayPicture`, with its sum below."""
    days = (picture.to - picture.from_).days + 1
    drawn = _calendar(picture, width) if days <= _LONGEST_CALENDAR else _maps(picture, width)
    total = sum(picture.seconds.values())
    found = text.count(len(picture.seconds), "day")
    return Group(drawn, Text(f"{text.duration(total)} {picture.what} on {found}", style="bold"))


# ---- a calendar: a row for each week, a bar for each day


def _calendar(picture: Any, width: int) -> RenderableType:
    box = max(_NARROWEST_BOX, min(_WIDEST_BOX, (width - 5) // _WEEK - 1))
    most = max(picture.seconds.values(), default=0)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
    table.add_column("", width=4, style="dim")
    monday = picture.from_ - timedelta(days=picture.from_.weekday())
    for number in range(_WEEK):
        table.add_column(f"{monday + timedelta(days=number):%a}", width=box)
    while monday <= picture.to:
        week = [monday + timedelta(days=number) for number in range(_WEEK)]
        inside = [day for day in week if picture.from_ <= day <= picture.to]
        month = next((day for day in inside if day.day == 1 or day == picture.from_), None)
        label = f"W{monday.isocalendar().week:02}" + (f"\n{month:%b}" if month else "")
        table.add_row(label, *(_box(picture, day, most, box) for day in week))
        monday += timedelta(days=_WEEK)
    return table


def _box(picture: Any, day: date, most: int, box: int) -> RenderableType:
    if not picture.from_ <= day <= picture.to:
        return ""
    number = Text(f"{day.day:2} ", style="reverse" if day == picture.today else "dim")
    seconds = picture.seconds.get(day, 0)
    if not seconds:
        return Group(number, Text(""), Text(""))
    eighths = max(1, (box - 3) * 8 * seconds // most)
    hours = text.clock_duration(seconds).rjust(min(box, 8))
    return Group(_Line(number, eighths), Text(hours), Text(""))


class _Line:
    """A day and its bar; `#` where the terminal has no blocks."""

    def __init__(self, number: Text, eighths: int):
        self._number, self._eighths = number, eighths

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = "#" * max(1, self._eighths // 8) if options.ascii_only else blocks(self._eighths)
        yield Text.assemble(self._number, (bar, "green"))


# ---- a map: a column for each week, a row for each weekday


def _maps(picture: Any, width: int) -> RenderableType:
    """One map for each year; one that has no room is parted, its weeks go on below."""
    parts: list[RenderableType] = []
    room = max(4, width - 5)
    for year in range(picture.from_.year, picture.to.year + 1):
        first, last = max(picture.from_, date(year, 1, 1)), min(picture.to, date(year, 12, 31))
        monday = first - timedelta(days=first.weekday())
        mondays = [monday + timedelta(days=n) for n in range(0, (last - monday).days + 1, _WEEK)]
        parts += [
            _Map(picture, mondays[start : start + room], year)
            for start in range(0, len(mondays), room)
        ]
    return Group(*parts, _Legend())


class _Map:
    def __init__(self, picture: Any, mondays: list[date], year: int):
        self._picture, self._mondays, self._year = picture, mondays, year

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shades = _PLAIN_SHADES if options.ascii_only else _SHADES
        yield Text(f"{self._year:<5}{self._months()}", style="bold")
        for weekday in range(_WEEK):
            name = f"{self._mondays[0] + timedelta(days=weekday):%a}" if weekday % 2 == 0 else ""
            cells = "".join(
                self._cell(monday + timedelta(days=weekday), shades) for monday in self._mondays
            )
            yield Text.assemble((f"{name:<5}", "dim"), (cells, "green"))
        yield Text("")

    def _months(self) -> str:
        """The name of each month above the week in which it begins."""
        line = ""
        for number, monday in enumerate(self._mondays):
            days = [monday + timedelta(days=day) for day in range(_WEEK)]
            own = [day for day in days if self._holds(day)]
            begins = next(
                (day for day in own if day.day == 1), own[0] if own and not line else None
            )
            if begins is not None and cell_len(line) <= number:
                line = line.ljust(number) + f"{begins:%b} "
        return line.rstrip()

    def _holds(self, day: date) -> bool:
        return bool(self._picture.from_ <= day <= self._picture.to and day.year == self._year)

    def _cell(self, day: date, shades: str) -> str:
        if not self._holds(day):
            return " "
        seconds = self._picture.seconds.get(day, 0)
        return shades[0] if not seconds else shades[1 + _step(seconds)]


def _step(seconds: int) -> int:
    """Which of the four shades: up to 2 hours, up to 4, up to 6, more."""
    return len([hours for hours in _STEPS if seconds > hours * 3600])


class _Legend:
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shades = _PLAIN_SHADES if options.ascii_only else _SHADES
        said = ("none", "up to 2 h", "up to 4 h", "up to 6 h", "more")
        yield Text(
            "   ".join(f"{shade} {word}" for shade, word in zip(shades, said, strict=True)),
            style="dim",
        )
