"""Rows of a table: delimiter, header, whose rows they are, and what each row says."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, say_nothing
from cowork_cli.importers import _cells as cells_of
from cowork_cli.importers._cells import Local, Stated
from cowork_cli.importers._files import LIMIT, checked, distinct, text_of, wrong_shape
from cowork_cli.importers._persons import own_rows

FIELDS = (
    "from", "to", "date", "to-date", "duration", "pause", "project", "client", "note", "task", "tags",
    "place", "billable", "timezone", "id", "user", "client-name", "project-name", "date-format",
    "duration-unit", "pause-unit", "believe",
)  # fmt: skip
_WORDS = ("date-format", "duration-unit", "pause-unit", "believe")
_SEVERAL = ("note", "task", "tags", "user")
_NAMES = ("project", "client", "client-name", "project-name")
ORDERS = {"dmy": "dmy", "mdy": "mdy", "dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy"}
_YES = {"yes": True, "ja": True, "true": True, "1": True, "y": True, "x": True,
        "no": False, "nein": False, "false": False, "0": False, "n": False}  # fmt: skip
_DASHES = frozenset(["-", "–", "—", "--"])
_NOBODY = re.compile(
    r"\(?(no|without|ohne|kein|keine|keinen) (project|client|customer|projekt|kunde|kunden)\)?"
    r"|n/a|\((none|keine?|unassigned)\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a program writes its table: the names of its columns by field, and what stands for nothing.

    `dashes`: a cell with only a dash is empty, whichever it is; else only where a dash can be no
    value. `open_end`: a row without an end is running, whatever its length so far.
    """

    called: str
    columns: Mapping[str, Sequence[str]]
    dashes: bool = True
    open_end: bool = False
    empty: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cells of a row hold which field, and in which unit its lengths are."""

    layout: Layout
    header: Sequence[str]
    places: Mapping[str, tuple[int, ...]]
    units: Mapping[str, str | None] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], name: str) -> str:
        """What a field holds, without what only stands for nothing."""
        joined = {"tags": ",", "user": "\n"}.get(name, ": ")
        return joined.join(filter(None, self.cells(cells, name)))

    def cells(self, cells: Sequence[str], name: str) -> list[str]:
        """The cells of a field, empty where they stand for nothing."""
        return [self._value(cells[place], name) for place in self.places.get(name, ())]

    def _value(self, text: str, name: str) -> str:
        word = text.strip()
        if word in self.layout.empty or (name in _NAMES and _NOBODY.fullmatch(word)):
            return ""
        exact = not self.layout.dashes and name in ("note", "tags", "place", "task")
        return "" if word in _DASHES and not exact else text


def read_table(
    path: Path,
    zone: ZoneInfo,
    options: Mapping[str, str],
    layout: Layout,
    say: Say = say_nothing,
) -> Iterator[Row]:
    """The rows of a CSV file. `say` gets a line for what is not used.

    Raises NotFound, and BadInput where the file as a whole cannot be read.
    """
    return read_lines(path, lines_of(path, layout), zone, options, layout, say)


def read_lines(
    path: Path,
    lines: Sequence[tuple[int, Sequence[str]]],
    zone: ZoneInfo,
    options: Mapping[str, str],
    layout: Layout,
    say: Say = say_nothing,
) -> Iterator[Row]:
    """The same for records that were read already; the first one is the header."""
    columns = _columns(path, lines[0][1], options, layout)
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    unused = _unused(columns)
    if unused:
        say(f"not used: {', '.join(unused)}")
    width = len(columns.header)
    rows = own_rows(
        path,
        [
            (line, cells, columns.cells(cells, "user") if len(cells) == width else [])
            for line, cells in rows
        ],
        [_plain(columns.header[place]) for place in columns.places.get("user", ())],
        options.get("person"),
        say,
    )
    whole = [cells for _, cells in rows if len(cells) == width]
    reader = _Reader(
        columns,
        zone,
        _date_order(path, columns, whole, options.get("date-format")),
        cells_of.chosen(options.get("clock-change"), cells_of.CLOCK_CHANGE, "clock change"),
        cells_of.chosen(options.get("believe"), cells_of.BELIEVE, "believe"),
    )
    for line, cells in rows:
        yield reader.row(line, cells)


def lines_of(path: Path, layout: Layout) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins on. Raises NotFound, BadInput."""
    text = text_of(path)
    head = text.partition("\n")[0].rstrip("\r")
    declared = re.fullmatch(r"sep=(.)", head)
    delimiter = declared[1] if declared else _delimiter(head)
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{path} is not whole CSV: {error} (in the record that begins on line {begins})",
            "check the quotes there",
        ) from None
    records = records[1:] if declared else records
    if not records:
        raise wrong_shape(path, f"{layout.called}: it is empty")
    return records


def _delimiter(head: str) -> str:
    def count(delimiter: str) -> int:
        try:
            return len(next(csv.reader([head], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(",;\t", key=count)


# ---- the columns


def _columns(
    path: Path, header: Sequence[str], options: Mapping[str, str], layout: Layout
) -> _Columns:
    names = [_plain(name) for name in header]
    places: dict[str, tuple[int, ...]] = {}
    for name, usual in layout.columns.items():
        known = [names.index(one) for one in usual if one in names]
        if known:
            places[name] = tuple(known) if name == "user" else (known[0],)
    for name, asked in options.items():
        if name in FIELDS and name not in _WORDS:
            places[name] = _asked(path, name, asked, header, names)
    _refuse_a_stray_pause(path, header, places, options)
    _refuse_without_times(path, layout, places, options)
    return _Columns(layout, header, places, _units(header, places, options))


def _asked(
    path: Path, name: str, asked: str, header: Sequence[str], names: Sequence[str]
) -> tuple[int, ...]:
    """The places of the columns that `--map` names; several for what can hold them; `-` is none."""
    wanted = asked.split("\n")
    if len(wanted) > 1 and name not in _SEVERAL:
        raise BadInput(
            f"{name} was mapped to {len(wanted)} columns",
            f"only {', '.join(_SEVERAL)} take several",
        )
    places = []
    for column in wanted:
        if column == "-" and "-" not in names:
            continue
        if _plain(column) not in names:
            shown = ", ".join(one.strip() for one in header)[:200]
            raise BadInput(f'{path} has no column "{column}"', f"its columns are: {shown}")
        places.append(names.index(_plain(column)))
    return tuple(places)


def _refuse_a_stray_pause(
    path: Path,
    header: Sequence[str],
    places: Mapping[str, tuple[int, ...]],
    options: Mapping[str, str],
) -> None:
    """A pause that is not understood would be billed as work."""
    used = {place for own in places.values() for place in own}
    for place, name in enumerate(header):
        if (
            place not in used
            and re.search(r"\b(pausen?|breaks?)\b", _plain(name))
            and "pause" not in options
        ):
            raise BadInput(
                f'{path} has a column "{name.strip()}" for pauses beside the one that is read',
                "name the column with their length: `--map pause=COLUMN`, or `--map pause=-` for none",
            )


def _refuse_without_times(
    path: Path,
    layout: Layout,
    places: Mapping[str, tuple[int, ...]],
    options: Mapping[str, str],
) -> None:
    if "from" in places and ("to" in places or "duration" in places):
        return
    if "from" not in places and "date" in places and "duration" in places:
        if "start" in options:
            return
        raise BadInput(
            f"{path} is not {layout.called} with times: no column for the start, only lengths",
            "lay them one behind the other from a time of day: `--start 09:00`",
        )
    missing = "start" if "from" not in places else "end or duration"
    raise BadInput(
        f"{path} is not {layout.called}: no column for the {missing}",
        "name the columns: `--map from=COLUMN --map to=COLUMN --map project=COLUMN`",
    )


def _units(
    header: Sequence[str], places: Mapping[str, tuple[int, ...]], options: Mapping[str, str]
) -> dict[str, str | None]:
    units = {}
    for name in ("duration", "pause"):
        asked = options.get(f"{name}-unit")
        known = places.get(name)
        units[name] = cells_of.chosen(asked, tuple(cells_of.UNITS), f"{name}-unit") or (
            cells_of.unit_of(header[known[0]]) if known else None
        )
    return units


def _unused(columns: _Columns) -> list[str]:
    used = {place for places in columns.places.values() for place in places}
    return [
        name.strip()
        for place, name in enumerate(columns.header)
        if place not in used and name.strip()
    ]


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split())


def _date_order(
    path: Path, columns: _Columns, rows: Sequence[Sequence[str]], asked: str | None
) -> str:
    """`dmy` or `mdy` for dates such as 05/11/2026: as asked, else what the whole file shows."""
    if asked is not None:
        if asked.lower() not in ORDERS:
            raise BadInput(f'"{asked}" is not a date format', f"choose of {', '.join(ORDERS)}")
        return ORDERS[asked.lower()]
    unclear = False
    seen = set()
    for cells in rows:
        for name in ("date", "to-date", "from", "to"):
            match = re.match(r"(\d{1,2})([/-])(\d{1,2})\2\d{4}", columns.cell(cells, name).strip())
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


# ---- one row


@dataclass(frozen=True, slots=True)
class _Times:
    """When a row was: from start to end, or a length on a day (`from_` is its midnight then)."""

    from_: datetime
    to: datetime | None
    length_s: int | None = None
    pause_s: int = 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes entries of records."""

    columns: _Columns
    zone: ZoneInfo
    order: str
    clock_change: str | None
    believe: str | None

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """One record as an entry, or the reason why it is none."""
        columns = self.columns
        if len(cells) != len(columns.header):
            return Unreadable(line, f"it has {len(cells)} cells, the header {len(columns.header)}")

        def cell(name: str) -> str:
            return columns.cell(cells, name).strip()

        try:
            named = cell("timezone") or None
            times = self._times(
                cell, Local(zone_named(named) if named else self.zone, self.clock_change)
            )
            return checked(
                ImportedEntry(
                    line=line,
                    from_=times.from_,
                    to=times.to,
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
                    length_s=times.length_s,
                    pause_s=times.pause_s,
                )
            )
        except BadInput as error:
            return Unreadable(line, error.message)

    def _times(self, cell: Callable[[str], str], local: Local) -> _Times:
        on = cells_of.day(cell("date"), self.order) if cell("date") else None
        durations = cells_of.lengths(cell("duration"), self.columns.units["duration"], "duration")
        pauses = cells_of.lengths(cell("pause"), self.columns.units["pause"], "pause")
        if not cell("from"):
            return self._length_only(cell, on, durations, local)
        begin = cells_of.moment(cell("from"), on, self.order, "start")
        if not cell("to"):
            return self._without_end(cell, begin, durations, pauses, local)
        end_day = cells_of.day(cell("to-date"), self.order) if cell("to-date") else None
        own_day = begin[0] if isinstance(begin, tuple) else on
        same_day = end_day is None and not cells_of.has_date(cell("to"))
        end = cells_of.moment(cell("to"), end_day or own_day, self.order, "end")
        stated = Stated(begin, end, same_day, cell("duration"), durations, cell("pause"), pauses)
        from_, to, pause = cells_of.agreed(stated, local, self.believe)
        return _Times(from_, to, pause_s=pause)

    def _without_end(
        self,
        cell: Callable[[str], str],
        begin: cells_of.Moment,
        durations: tuple[cells_of.Length, ...],
        pauses: tuple[cells_of.Length, ...],
        local: Local,
    ) -> _Times:
        start = local.instant(begin)
        if not durations or self.columns.layout.open_end:
            return _Times(start, None)
        if any(pause.seconds for pause in pauses):
            raise BadInput(
                "it has a length and a pause but no end: nothing tells if one holds the other"
            )
        length = cells_of.the_one(durations, cell("duration"), "duration")
        return _Times(start, cells_of.after(start, length, local.zone))

    def _length_only(
        self,
        cell: Callable[[str], str],
        on: date | None,
        durations: tuple[cells_of.Length, ...],
        local: Local,
    ) -> _Times:
        if on is None or not durations or cell("to"):
            raise BadInput("it has no start")
        length = cells_of.the_one(durations, cell("duration"), "duration")
        return _Times(datetime(on.year, on.month, on.day, tzinfo=local.zone), None, length)


def _note(task: str, note: str) -> str | None:
    return f"{task}: {note.strip()}" if task and note.strip() else task or note or None


def _billable(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() in _YES:
        return _YES[text.lower()]
    raise BadInput(f'"{text[:40]}" is neither yes nor no')
