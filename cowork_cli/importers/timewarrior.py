r"""timewarrior: its data folder (`YYYY-MM.data`), one of these files, or `timew export`.

A line is `inc 20261125T080000Z - 20261125T100000Z # tag "tag two" # "annotation"`, in UTC. There are
no projects: the first tag with a slash is one (`client/project`), else a tag `project:NAME`, else the
first tag. The others stay tags. The ids of `timew export` count from the newest and change, so they
identify nothing.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, say_nothing
from cowork_cli.importers._files import (
    checked,
    distinct,
    is_folder,
    json_of,
    text_of,
    text_or_none,
    texts_of,
    wrong_shape,
)

OPTIONS: tuple[str, ...] = ()
_LINE = re.compile(r"inc(?: (\S+)(?: - (\S+))?)?((?: #.*)?)")
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|\S+)')
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z")


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The intervals of a folder, a month or an export. Raises NotFound, BadInput."""
    if not is_folder(path):
        return _file(path, None)
    folder = path / "data" if (path / "data").is_dir() else path
    months = sorted(
        file for file in folder.iterdir() if re.fullmatch(r"\d{4}-\d\d\.data", file.name)
    )
    if not months:
        raise BadInput(f"{path} holds no timewarrior data", "give the folder with `2026-11.data`")
    return (row for month in months for row in _file(month, month.name))


def _file(path: Path, name: str | None) -> Iterator[Row]:
    text = text_of(path)
    if text.lstrip()[:1] == "[":
        yield from _export(path, text)
        return
    lines = [
        (number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip(" \r\t")
    ]
    if lines and not any(line.startswith("inc") for _, line in lines):
        raise wrong_shape(path, "a timewarrior data file: no line begins with `inc`")
    for number, line in lines:
        yield _interval(number, line.rstrip("\r"), name)


def _interval(number: int, line: str, name: str | None) -> Row:
    try:
        match = _LINE.fullmatch(line.rstrip())
        if not match or not match[1]:
            raise BadInput("it is not an interval `inc START - END # TAGS`")
        tags, note = _tags_and_note(match[3])
        return _row(number, match[1], match[2], tags, note, "line", name)
    except BadInput as error:
        return Unreadable(number, error.message, "line", name)


def _tags_and_note(text: str) -> tuple[list[str], str | None]:
    """What stands behind the first `#`: tags, and behind a second one the annotation."""
    tags: list[str] = []
    place = text.find("#") + 1
    while place and (match := _TOKEN.match(text, place)):
        place = match.end()
        if match[1] == "#":
            return tags, _unquoted(text[place:].strip()) or None
        tags.append(_unquoted(match[1]))
    return tags, None


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    return text


def _export(path: Path, text: str) -> Iterator[Row]:
    document = json_of(path, text)
    if document and not any(isinstance(interval, dict) for interval in document):
        raise wrong_shape(path, "an export of timewarrior: a list of intervals")
    for number, interval in enumerate(document, 1):
        yield _exported(number, interval)


def _exported(number: int, interval: Any) -> Row:
    try:
        if not isinstance(interval, dict):
            raise BadInput("it is not an interval")
        return _row(
            number,
            text_or_none(interval.get("start"), "start") or "",
            text_or_none(interval.get("end"), "end"),
            list(texts_of(interval.get("tags"), "tags")),
            text_or_none(interval.get("annotation"), "annotation") or None,
            "interval",
            None,
        )
    except BadInput as error:
        return Unreadable(number, error.message, "interval")


def _row(
    number: int,
    start: str,
    end: str | None,
    tags: list[str],
    note: str | None,
    unit: str,
    name: str | None,
) -> Row:
    project, rest = _project_of(tags)
    return checked(
        ImportedEntry(
            line=number,
            from_=_instant(start),
            to=_instant(end) if end else None,
            zone=None,
            project=project,
            note=note,
            tags=distinct(rest),
            unit=unit,
            file=name,
        )
    )


def _project_of(tags: list[str]) -> tuple[str, list[str]]:
    chosen = next((tag for tag in tags if "/" in tag.strip("/")), None)
    chosen = chosen or next((tag for tag in tags if tag.startswith("project:")), None)
    chosen = chosen or (tags[0] if tags else "")
    return chosen.removeprefix("project:"), [tag for tag in tags if tag != chosen]


def _instant(text: str) -> datetime:
    match = _STAMP.fullmatch(text)
    if match:
        try:
            year, month, day, hour, minute, second = map(int, match.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            pass
    raise BadInput(f'"{text[:40]}" is not a time such as 20261125T080000Z')
