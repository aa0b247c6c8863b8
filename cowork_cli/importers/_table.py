"""Rows of a table: delimiter, header, whose rows they are, and what each row says."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, say_nothing
from cowork_cli.importers import _cells as cells_of
from cowork_cli.importers._cells import Local, Stated
from cowork_cli.importers._columns import Columns, Layout, columns_of, date_order, plain, unused
from cowork_cli.importers._files import checked, distinct, text_of, wrong_shape
from cowork_cli.importers._persons import own_rows
from cowork_cli.in_files import LIMIT
from cowork_cli.records import dataclass

_YES = {"yes": True, "ja": True, "true": True, "1": True, "y": True, "x": True,
        "no": False, "nein": False, "false": False, "0": False, "n": False}  # fmt: skip


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
    return read_lines(path, Records(path, layout), zone, options, layout, say)


def read_lines(
    path: Path,
    lines: Iterable[tuple[int, Sequence[str]]],
    zone: ZoneInfo,
    options: Mapping[str, str],
    layout: Layout,
    say: Say = say_nothing,
) -> Iterator[Row]:
    """The same for records that can be gone through again; the first one is the header."""
    header = next(iter(lines))[1]
    columns = columns_of(path, header, options, layout)
    if unused(columns):
        say(f"not used: {', '.join(unused(columns))}")
    width = len(columns.header)

    def filled() -> Iterator[tuple[int, Sequence[str]]]:
        for number, (line, cells) in enumerate(lines):
            if number and any(map(str.strip, cells)):
                yield line, cells

    def persons(cells: Sequence[str]) -> Sequence[str]:
        return columns.cells(cells, "user") if len(cells) == width else []

    people = [plain(columns.header[place]) for place in columns.places.get("user", ())]
    own = own_rows(path, filled, persons, people, options.get("person"), say)
    reader = _Reader(
        columns,
        zone,
        date_order(
            path, columns, (c for _, c in own() if len(c) == width), options.get("date-format")
        ),
        cells_of.chosen(options.get("clock-change"), cells_of.CLOCK_CHANGE, "clock change"),
        cells_of.chosen(options.get("believe"), cells_of.BELIEVE, "believe"),
    )
    for line, cells in own():
        yield reader.row(line, cells)


class Records:
    """The records of a CSV file, each with the line it begins on; taken apart anew on each way through.

    So a long file is held as its text, not as a million cells.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        """Raises NotFound, BadInput."""
        self._path, self._text = path, text_of(path)
        head = self._text.partition("\n")[0].rstrip("\r")
        declared = re.fullmatch(r"sep=(.)", head)
        self._skipped = 1 if declared else 0
        self._delimiter = declared[1] if declared else _delimiter(head)
        csv.field_size_limit(LIMIT)
        if not sum(1 for _ in self):  # to the end: a broken record is found before any is taken
            raise wrong_shape(path, f"{layout.called}: it is empty")

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(_lines(self._text), delimiter=self._delimiter, strict=True)
        begins = 1
        try:
            for number, cells in enumerate(reader):
                if number >= self._skipped:
                    yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(
                f"{self._path} is not whole CSV: {error} "
                f"(in the record that begins on line {begins})",
                "check the quotes there",
            ) from None


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, as a file opened with `newline=""` gives them."""
    return (match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))


def _delimiter(head: str) -> str:
    def count(delimiter: str) -> int:
        try:
            return len(next(csv.reader([head], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(",;\t", key=count)


# ---- one row


class _Times(NamedTuple):
    """When a row was: from start to end, or a length on a day (`from_` is its midnight then)."""

    from_: datetime
    to: datetime | None
    length_s: int | None = None
    pause_s: int = 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes entries of records."""

    columns: Columns
    zone: ZoneInfo
    order: str
    clock_change: str | None
    believe: str | None

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """One record as an entry, or the reason why it is none."""
        columns = self.columns
        if len(cells) != len(columns.header):
            return Unreadable(line, f"it has {len(cells)} cells, the header {len(columns.header)}")

        said = columns.said(cells)
        try:
            named = said["timezone"].strip() or None
            times = self._times(said, _local(named or "", self.zone, self.clock_change))
            return checked(
                # By place, which is several times as fast as by name.
                ImportedEntry(
                    line,
                    times.from_,
                    times.to,
                    named,
                    said["project"].strip(),
                    said["client"].strip() or None,
                    _note(said["task"].strip(), said["note"]),
                    _tags(said["tags"]),
                    said["place"] or None,
                    _billable(said["billable"].strip()),
                    said["id"].strip() or None,
                    said["client-name"] or None,
                    said["project-name"] or None,
                    "line",
                    None,
                    times.length_s,
                    times.pause_s,
                )
            )
        except BadInput as error:
            return Unreadable(line, error.message)

    def _times(self, said: Mapping[str, str], local: Local) -> _Times:
        date_text, from_text, to_text = (
            said["date"].strip(),
            said["from"].strip(),
            said["to"].strip(),
        )
        end_text, duration = said["to-date"].strip(), said["duration"].strip()
        pause = said["pause"].strip()
        on = cells_of.day(date_text, self.order) if date_text else None
        durations = cells_of.lengths(duration, self.columns.units["duration"], "duration")
        pauses = cells_of.lengths(pause, self.columns.units["pause"], "pause")
        if not from_text:
            if to_text:
                raise BadInput("it has no start")
            return self._length_only(duration, on, durations, local)
        begin = cells_of.moment(from_text, on, self.order, "start")
        if not to_text:
            return self._without_end(duration, begin, durations, pauses, local)
        end_day = cells_of.day(end_text, self.order) if end_text else None
        own_day = begin[0] if isinstance(begin, tuple) else on
        same_day = end_day is None and not cells_of.has_date(to_text)
        end = cells_of.moment(to_text, end_day or own_day, self.order, "end")
        stated = Stated(begin, end, same_day, duration, durations, pause, pauses)
        from_, to, pause_s = cells_of.agreed(stated, local, self.believe)
        return _Times(from_, to, None, pause_s)

    def _without_end(
        self,
        duration: str,
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
        length = cells_of.the_one(durations, duration, "duration")
        return _Times(start, cells_of.after(start, length, local.zone))

    def _length_only(
        self,
        duration: str,
        on: date | None,
        durations: tuple[cells_of.Length, ...],
        local: Local,
    ) -> _Times:
        if on is None or not durations:
            raise BadInput("it has no start")
        length = cells_of.the_one(durations, duration, "duration")
        return _Times(datetime(on.year, on.month, on.day, tzinfo=local.zone), None, length)


@lru_cache(maxsize=256)
def _local(named: str, here: ZoneInfo, clock_change: str | None) -> Local:
    """Where the times of a row were lived: in the zone it names, "" for none. Raises BadInput."""
    return Local(zone_named(named) if named else here, clock_change)


@lru_cache(maxsize=4096)
def _tags(text: str) -> tuple[str, ...]:
    return distinct(text.split(","))


def _note(task: str, note: str) -> str | None:
    return f"{task}: {note.strip()}" if task and note.strip() else task or note or None


def _billable(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() in _YES:
        return _YES[text.lower()]
    raise BadInput(f'"{text[:40]}" is neither yes nor no')
