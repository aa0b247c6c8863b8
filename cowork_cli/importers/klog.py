"""klog: records that begin with a date, entries indented below it; times are of whole minutes.

`8:00 - 9:30 Text #tag` is an entry, `<22:00` of the day before, `1:00>` of the day after, `8:00 - ?`
runs, `1h30m` is a length without a start, `-45m` a pause of the entry before it. A line indented twice
goes on with the text. `#tag="two words"` is a tag that klog has no other word for. The project is the
value of `#project` in the entry or in the summary of its record (`#project="acme/site"`), else the
first tag, unless a default project is given. The other tags stay, and leave the end of the note.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, _cells, say_nothing
from cowork_cli.importers._cells import Local, Moment
from cowork_cli.importers._files import checked, distinct, text_of, wrong_shape
from cowork_cli.importers._local import local_of, moment

OPTIONS: tuple[str, ...] = ()
_HEAD = re.compile(r"(\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)(?:\s+\(.*\))?\s*")
_TIME = r"<?\d{1,2}:\d\d(?:am|pm)?>?"
_RANGE = re.compile(rf"({_TIME})\s*-\s*({_TIME}|\?+)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_LENGTH = re.compile(r"([+-]?)(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:\s+(.*))?", re.DOTALL)
_TAG = re.compile(r"""(?<!\S)#([\w-]+)(?:=("[^"]*"|'[^']*'|[\w-]+))?""")

_PROJECT = re.compile(r"""(?<!\S)#project=("[^"]*"|'[^']*'|[\w-]+)\s*""")


@dataclass(slots=True)
class _Record:
    """A day with its summary and its entries: the line each begins on, and its text."""

    line: int
    day: date | None
    summary: str = ""
    indent: str = ""
    entries: list[tuple[int, str]] = field(default_factory=list)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The entries of all records. Raises NotFound, BadInput."""
    records = list(_records(text_of(path)))
    if all(record.day is None for record in records):
        raise wrong_shape(path, "a klog file: no line is a date such as `2026-11-24`")
    local = local_of(zone, options)
    tag_names_project = "default-project" not in options
    return (row for record in records for row in _rows(record, local, tag_names_project))


def _records(text: str) -> Iterator[_Record]:
    """Records are set apart by blank lines."""
    record: _Record | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            record = None
        elif record is None:
            match = _HEAD.fullmatch(line)
            record = _Record(number, _day(match[1]) if match else None)
            if record.day is None:
                record.entries.append((number, line))
            yield record
        elif not line[0].isspace():
            record.summary += f"{line} "
        else:
            record.indent = record.indent or line[: len(line) - len(line.lstrip())]
            if record.entries and line.startswith(2 * record.indent):
                first, said = record.entries[-1]
                record.entries[-1] = (first, f"{said}\n{line.strip()}")
            else:
                record.entries.append((number, line.strip()))


def _day(text: str) -> date | None:
    try:
        return _cells.day(text, "dmy")
    except BadInput:
        return None


def _rows(record: _Record, local: Local, tag_names_project: bool) -> Iterator[Row]:
    """The entries of a record; a pause shortens the one before it."""
    rows: list[Row] = []
    for line, text in record.entries:
        try:
            pause = _pause(text)
            if pause:
                rows[-1:] = [_shortened(line, rows, pause, local)]
            else:
                rows.append(checked(_entry(line, text, record, local, tag_names_project)))
        except BadInput as error:
            rows.append(Unreadable(line, error.message))
    yield from rows


def _entry(
    line: int, text: str, record: _Record, local: Local, tag_names_project: bool
) -> ImportedEntry:
    if record.day is None:
        raise BadInput("its record does not begin with a date such as `2026-11-24`")
    length = end = None
    if match := _RANGE.fullmatch(text):
        start = local.instant(_moment(match[1], record.day))
        if not match[2].startswith("?"):
            end = local.instant(_moment(match[2], record.day, "end"))
        said = match[3]
    else:
        found = _length(text)
        if found is None:
            raise BadInput("it is neither `8:00 - 9:00` nor a length such as `1h30m`")
        length, said = found
        start = local.instants((record.day, _cells.clock("0:00")))[0]
    project, tags = _project_and_tags(said or "", record.summary, tag_names_project)
    return ImportedEntry(
        line=line,
        from_=start,
        to=end,
        zone=None,
        project=project,
        note=_note(said or ""),
        tags=tags,
        length_s=length,
    )


def _moment(text: str, day: date, what: str = "start") -> Moment:
    shift = -1 if text.startswith("<") else 1 if text.endswith(">") else 0
    try:
        return moment(day + timedelta(days=shift), text.strip("<>"), what)
    except OverflowError:
        raise BadInput(f'"{text}" is not a time') from None


def _length(text: str) -> tuple[int, str | None] | None:
    """Seconds, negative for a pause, and the text behind a length."""
    match = _LENGTH.fullmatch(text)
    if (
        match is None
        or not (match[2] or match[3])
        or len(match[2] or "") > 4
        or len(match[3] or "") > 6
    ):
        return None
    seconds = int(match[2] or 0) * 3600 + int(match[3] or 0) * 60
    return (-seconds if match[1] == "-" else seconds), match[4]


def _pause(text: str) -> int:
    found = _length(text)
    return -found[0] if found and found[0] < 0 else 0


def _shortened(line: int, rows: list[Row], pause: int, local: Local) -> Row:
    before = rows[-1] if rows else None
    if not isinstance(before, ImportedEntry) or before.to is None:
        raise BadInput("it is a pause, and no entry with an end stands before it")
    if before.to.timestamp() - before.from_.timestamp() <= pause:
        raise BadInput(f"it is a pause as long as the entry on line {before.line}")
    end = _cells.after(before.to, -pause, local.zone)
    return before._replace(to=end, pause_s=before.pause_s + pause)


def _project_and_tags(
    text: str, summary: str, tag_names_project: bool
) -> tuple[str, tuple[str, ...]]:
    pairs = [(tag[1], (tag[2] or "").strip("\"'")) for tag in _TAG.finditer(f"{text} {summary}")]
    project = next((value for name, value in pairs if name == "project" and value), "")
    tags = [
        value if name == "tag" and value else f"{name}={value}" if value else name
        for name, value in pairs
        if (name, bool(value)) != ("project", True)
    ]
    if not project and tag_names_project and tags:
        project = tags.pop(0)
    return project, distinct(tags)


def _note(text: str) -> str | None:
    """The text without its project and without the tags at its end."""
    text = _PROJECT.sub("", text)
    end = len(text.rstrip())
    for tag in reversed(list(_TAG.finditer(text))):
        if tag.end() != end:
            break
        end = len(text[: tag.start()].rstrip())
    return text[:end] or None
