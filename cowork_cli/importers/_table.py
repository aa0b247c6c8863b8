"""Rows of CSV: delimiter, header, dates as people write them, local times and what they stand for."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.domain.phrases import parse_duration
from cowork_cli.domain.zones import instant_of, zone_named
from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Unreadable
from cowork_cli.importers._files import LIMIT, checked, distinct, text_of, wrong_shape
from cowork_cli.records import dataclass

FIELDS = (
    "from", "to", "date", "to-date", "duration", "project", "client", "note", "task", "tags",
    "place", "billable", "timezone", "id", "user", "client-name", "project-name", "date-format",
)  # fmt: skip
ORDERS = {"dmy": "dmy", "mdy": "mdy", "dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy"}
_YES = {"yes": True, "ja": True, "true": True, "1": True, "y": True, "x": True,
        "no": False, "nein": False, "false": False, "0": False, "n": False}  # fmt: skip
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)\d{4}"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_MOMENT = re.compile(rf"(?P<day>{_DATE})(?:[T ,]+(?P<clock>.+))?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.0+)?)?\s*(?:([ap])\.?m\.?|uhr)?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell of a row holds which field."""

    places: Mapping[str, int]
    count: int

    def cell(self, cells: Sequence[str], field: str) -> str:
        place = self.places.get(field)
        return "" if place is None else cells[place]


def read_table(
    path: Path,
    zone: ZoneInfo,
    options: Mapping[str, str],
    known: Mapping[str, Sequence[str]],
    wanted: str,
) -> Iterator[Row]:
    """The rows of a CSV file; `known` are the names that a column may have.

    Raises NotFound, and BadInput where the file as a whole cannot be read.
    """
    lines = _lines(path)
    if not lines:
        raise wrong_shape(path, f"{wanted}: it is empty")
    columns = _columns(path, lines[0][1], options, known, wanted)
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    whole = [cells for _, cells in rows if len(cells) == columns.count]
    _refuse_users(path, columns, whole)
    order = _date_order(path, columns, whole, options.get("date-format"))
    for line, cells in rows:
        yield _row(line, cells, columns, zone, order)


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins on."""
    text = text_of(path)
    head = text.partition("\n")[0].rstrip("\r")
    declared = re.fullmatch(r"sep=(.)", head)
    delimiter = declared[1] if declared else _delimiter(head)
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, begins = [], 1
    try:
        for cells in reader:
            found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{path} is not whole CSV: {error} (in the record that begins on line {begins})",
            "check the quotes there",
        ) from None
    return found[1:] if declared else found


def _delimiter(head: str) -> str:
    def count(delimiter: str) -> int:
        try:
            return len(next(csv.reader([head], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(",;\t", key=count)


def _columns(
    path: Path,
    header: Sequence[str],
    options: Mapping[str, str],
    known: Mapping[str, Sequence[str]],
    wanted: str,
) -> _Columns:
    names = [_plain(name) for name in header]
    places = {}
    for field, usual in known.items():
        place = next((names.index(name) for name in usual if name in names), None)
        if place is not None:
            places[field] = place
    for field, column in options.items():
        if field == "date-format" or field not in FIELDS:
            continue
        if _plain(column) not in names:
            shown = ", ".join(name.strip() for name in header)[:200]
            raise BadInput(f'{path} has no column "{column}"', f"its columns are: {shown}")
        places[field] = names.index(_plain(column))
    if "from" not in places or not ("to" in places or "duration" in places):
        missing = "start" if "from" not in places else "end or duration"
        raise BadInput(
            f"{path} is not {wanted}: no column for the {missing}",
            "name the columns: `--map from=COLUMN --map to=COLUMN --map project=COLUMN`",
        )
    return _Columns(places, len(header))


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split())


def _refuse_users(path: Path, columns: _Columns, rows: Sequence[Sequence[str]]) -> None:
    """Hours of several people overlap, and are not ours to bill."""
    users = {columns.cell(cells, "user").strip() for cells in rows} - {""}
    if len(users) > 1:
        raise BadInput(
            f"{path} holds the hours of {len(users)} people", "export your own hours only"
        )


# ---- dates and times


def _date_order(
    path: Path, columns: _Columns, rows: Sequence[Sequence[str]], wanted: str | None
) -> str:
    """`dmy` or `mdy` for dates such as 05/11/2026: as asked, else what the whole file shows."""
    if wanted is not None:
        if wanted.lower() not in ORDERS:
            raise BadInput(f'"{wanted}" is not a date format', f"choose of {', '.join(ORDERS)}")
        return ORDERS[wanted.lower()]
    unclear = False
    seen = set()
    for cells in rows:
        for field in ("date", "to-date", "from", "to"):
            match = re.match(r"(\d{1,2})([/-])(\d{1,2})\2\d{4}", columns.cell(cells, field).strip())
            if match:
                first, second = int(match[1]), int(match[3])
                seen |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
                unclear = unclear or first != second
    if len(seen) > 1:
        raise BadInput(
            f"{path} has dates with the day first and dates with the month first",
            "say which is meant: `--map date-format=dd/mm/yyyy`",
        )
    if unclear and not seen:
        raise BadInput(
            f"{path} does not show whether the day or the month comes first in its dates",
            "say which: `--map date-format=dd/mm/yyyy` or `--map date-format=mm/dd/yyyy`",
        )
    return seen.pop() if seen else "dmy"


@lru_cache(maxsize=4096)
def _day(text: str, order: str) -> date:
    if re.fullmatch(_DATE, text, re.ASCII):
        parts = [int(part) for part in re.split("[./-]", text)]
        if parts[0] > 31:
            year, month, day = parts
        else:
            day, month, year = parts
            if order == "mdy" and "." not in text:
                day, month = month, day
        try:
            return date(year, month, day)
        except ValueError:
            raise BadInput(f"the date {text} does not exist") from None
    raise BadInput(f'"{text[:40]}" is not a date')


@lru_cache(maxsize=4096)
def _clock(text: str) -> time:
    match = _CLOCK.fullmatch(text)
    if match:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        half = (match[4] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise BadInput(f'"{text[:40]}" is not a time')


def _seconds(text: str) -> int | None:
    """A length: `1:30`, `01:30:00`, `1.5` hours, `1h30`; None for nothing."""
    if not text:
        return None
    if match := re.fullmatch(r"(\d{1,4}):(\d\d)(?::(\d\d))?", text):
        return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    if match := re.fullmatch(r"(\d{1,4})[.,](\d{1,6})", text):
        return round(float(f"{match[1]}.{match[2]}") * 3600)
    return parse_duration(text)


_Moment = datetime | tuple[date, time]


def _moment(text: str, day: date | None, order: str, what: str) -> _Moment:
    """An instant where the cell has an offset, else a local day and time."""
    if _INSTANT.fullmatch(text):
        try:
            found = datetime.fromisoformat(text)
            found.timestamp()
        except (ValueError, OverflowError):
            raise BadInput(f'"{text[:40]}" is not a time') from None
        return found
    match = _MOMENT.fullmatch(text)
    if match:
        if not match["clock"]:
            raise BadInput(f'its {what} "{text[:40]}" has no time of day')
        return _day(match["day"], order), _clock(match["clock"].strip())
    clock = _clock(text)
    if day is None:
        raise BadInput(f'its {what} "{text[:40]}" has no date')
    return day, clock


def _lived(
    begin: _Moment, end: _Moment, zone: ZoneInfo, length: int | None
) -> tuple[datetime, datetime]:
    """The instants of both; a time that happened twice is known where the length tells which."""
    try:
        return _instant(begin, zone), _instant(end, zone)
    except BadInput:
        fits = [
            (first, last)
            for first in _instants(begin, zone)
            for last in _instants(end, zone)
            if length and last.timestamp() - first.timestamp() == length
        ]
        if len(fits) != 1:
            raise
        return fits[0]


def _instant(moment: _Moment, zone: ZoneInfo) -> datetime:
    return moment if isinstance(moment, datetime) else instant_of(*moment, zone)


def _instants(moment: _Moment, zone: ZoneInfo) -> list[datetime]:
    """Every instant that a local time stands for: none, one or two."""
    if isinstance(moment, datetime):
        return [moment]
    earlier = datetime.combine(*moment, tzinfo=zone)
    both = (earlier, earlier.replace(fold=1))
    real = [one for one in both if one.astimezone(UTC).astimezone(zone).time() == moment[1]]
    return real if len({one.timestamp() for one in real}) == 2 else real[:1]


# ---- one row


def _row(line: int, cells: Sequence[str], columns: _Columns, zone: ZoneInfo, order: str) -> Row:
    if len(cells) != columns.count:
        return Unreadable(line, f"it has {len(cells)} cells, the header {columns.count}")

    def cell(field: str) -> str:
        return columns.cell(cells, field).strip()

    try:
        named = cell("timezone") or None
        here = zone_named(named) if named else zone
        begin, end = _times(cell, here, order)
        return checked(
            ImportedEntry(
                line=line,
                from_=begin,
                to=end,
                zone=named,
                project=cell("project"),
                client=cell("client") or None,
                note=_note(cell("task"), columns.cell(cells, "note")),
                tags=distinct([tag.strip() for tag in cell("tags").split(",")]),
                place=columns.cell(cells, "place") or None,
                billable=_billable(cell("billable")),
                source_id=cell("id") or None,
                client_name=columns.cell(cells, "client-name") or None,
                project_name=columns.cell(cells, "project-name") or None,
            )
        )
    except BadInput as error:
        return Unreadable(line, error.message)


def _times(
    cell: Callable[[str], str], zone: ZoneInfo, order: str
) -> tuple[datetime, datetime | None]:
    day = _day(cell("date"), order) if cell("date") else None
    if not cell("from"):
        raise BadInput("it has no start")
    begin = _moment(cell("from"), day, order, "start")
    try:
        length = _seconds(cell("duration"))
    except BadInput:
        if not cell("to"):
            raise
        length = None  # the end says it all
    if not cell("to"):
        start = _instant(begin, zone)
        if length is None:
            return start, None
        return start, (start.astimezone(UTC) + timedelta(seconds=length)).astimezone(zone)
    own_day = _day(cell("to-date"), order) if cell("to-date") else None
    if own_day is None and not isinstance(begin, datetime):
        own_day = begin[0]
    end = _moment(cell("to"), own_day or day, order, "end")
    return _lived(begin, end, zone, length)


def _note(task: str, note: str) -> str | None:
    return f"{task}: {note.strip()}" if task and note.strip() else task or note or None


def _billable(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() in _YES:
        return _YES[text.lower()]
    raise BadInput(f'"{text[:40]}" is neither yes nor no')
