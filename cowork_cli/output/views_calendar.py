"""A month on the terminal: a column for each weekday, a box for each day."""

from datetime import date, timedelta
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

_WIDEST = 24
_NARROWEST = 62  # seven boxes in which hours and the name of a day keep one line


def calendar_view(month: Any, width: int) -> RenderableType:
    """Weeks from Monday to Sunday; each day with its bookings, hours worked, and its holiday."""
    if width < _NARROWEST:
        return _list(month)
    room = min(_WIDEST, (width - 7) // 7)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
    monday = month.from_ - timedelta(days=month.from_.weekday())
    for number in range(7):
        day = monday + timedelta(days=number)
        table.add_column(f"{day:%a}", width=room, overflow="fold")
    days = {day.date: day for day in month.days}
    while monday <= month.to:
        week = [monday + timedelta(days=number) for number in range(7)]
        table.add_row(*(_box(days.get(day), day, month) for day in week))
        monday += timedelta(days=7)
    return table


def _list(month: Any) -> RenderableType:
    """Where seven boxes have no room: a line for each day that has something."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(width=11)
    table.add_column(overflow="fold")
    for day in month.days:
        box = _box(day, day.date, month)
        _number, *rest = [line for line in box.split() if line.plain]
        if rest or day.date == month.today:
            today = " today" if day.date == month.today else ""
            table.add_row(Text(f"{day.date:%a %d}{today}", style="bold"), Text("\n").join(rest))
    return table


def _box(day: Any, when: date, month: Any) -> Text:
    if day is None:
        return Text("")
    several_months = (month.from_.year, month.from_.month) != (month.to.year, month.to.month)
    first = when.day == 1 or when == month.from_
    number = f"{when:%d %b}" if several_months and first else f"{when:%d}"
    today = when == month.today
    weekend = when.weekday() >= 5 or day.holiday
    style = "bold reverse" if today else "dim" if weekend else "bold"
    lines = [Text(f"{number}{' today' if today else ''}", style=style)]
    if day.holiday:
        lines.append(Text(day.holiday, style="magenta"))
    lines += [Text(name, style="cyan") for name in day.booked]
    if day.worked_s:
        hours, minutes = divmod(day.worked_s // 60, 60)
        lines.append(Text(f"{hours}:{minutes:02} h", style="green"))
    return Text("\n").join([*lines, Text("")])
