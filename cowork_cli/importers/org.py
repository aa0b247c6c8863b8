"""Org mode: `CLOCK: [2026-11-20 Fri 09:00]--[2026-11-20 Fri 10:30] =>  1:30` under headings.

The project is the property `PROJECT` of the nearest heading that has it, else the nearest heading
that reads `client/project`, else the outermost heading. The heading of the clock is the note, the
tags of all headings above it are its tags.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, _cells, say_nothing
from cowork_cli.importers._cells import Local, Stated
from cowork_cli.importers._files import checked, distinct, text_of, wrong_shape
from cowork_cli.importers._local import local_of, moment

OPTIONS: tuple[str, ...] = ("believe",)
_HEADING = re.compile(r"(\*+)\s+(.*?)(?:\s+(:[\w@#%:]+:))?\s*")
_PROPERTY = re.compile(r"\s*:PROJECT:\s+(\S.*?)\s*", re.IGNORECASE)
_STAMP = r"\[(\d{4}-\d\d-\d\d)(?:\s+[^\W\d]+\.?)?\s+(\d{1,2}:\d\d)\]"
_CLOCK = re.compile(rf"\s*CLOCK:\s*{_STAMP}(?:--{_STAMP})?(?:\s*=>\s*(-?\d+:\d\d))?\s*")
_STATES = re.compile(r"(?:[A-Z]{3,}\s+)?(?:\[#[A-Z0-9]\]\s*)?")
_COOKIE = re.compile(r"\s*\[\d*(?:%|/\d*)\]")
_LINK = re.compile(r"\[\[[^\]]*\](?:\[([^\]]*)\])?\]")


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    tags: list[str]
    project: str | None = None


@dataclass(slots=True)
class _Outline:
    """The headings above a line, the outermost first."""

    headings: list[_Heading] = field(default_factory=list)

    def enter(self, heading: _Heading) -> None:
        """Goes on under a heading; those that it ends are left."""
        self.headings = [one for one in self.headings if one.level < heading.level] + [heading]

    def project(self) -> tuple[str, bool]:
        """The project of a clock here, and whether the heading of the clock is that project."""
        for heading in reversed(self.headings):
            if heading.project:
                return heading.project, False
        named = [
            one for one in self.headings if re.fullmatch(r"[^/\s][^/]*/[^/]*[^/\s]", one.title)
        ]
        chosen = named[-1] if named else self.headings[0]
        return chosen.title, chosen is self.headings[-1]


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The clocks of a file. Raises NotFound, BadInput."""
    lines = text_of(path).splitlines()
    if not any(line.lstrip().startswith("CLOCK:") for line in lines):
        raise wrong_shape(path, "an Org file with clocks: no line begins with `CLOCK:`")
    local = local_of(zone, options)
    believe = _cells.chosen(options.get("believe"), _cells.BELIEVE, "believe")
    return _clocks(lines, local, believe)


def _clocks(lines: list[str], local: Local, believe: str | None) -> Iterator[Row]:
    outline = _Outline()
    for number, line in enumerate(lines, 1):
        if match := _HEADING.fullmatch(line):
            tags = [tag for tag in (match[3] or "").split(":") if tag]
            outline.enter(_Heading(len(match[1]), _title(match[2]), tags))
        elif (match := _PROPERTY.fullmatch(line)) and outline.headings:
            outline.headings[-1].project = match[1]
        elif line.lstrip().startswith("CLOCK:"):
            try:
                yield _clock(number, line, outline, local, believe)
            except BadInput as error:
                yield Unreadable(number, error.message)


def _title(text: str) -> str:
    plain = _COOKIE.sub("", _STATES.sub("", text, count=1))
    return _LINK.sub(lambda link: link[1] or link[0].strip("[]"), plain).strip()


def _clock(number: int, line: str, outline: _Outline, local: Local, believe: str | None) -> Row:
    match = _CLOCK.fullmatch(line)
    if match is None:
        raise BadInput("it is not a clock `[DATE TIME]--[DATE TIME] => H:MM`")
    if not outline.headings:
        raise BadInput("it stands under no heading")
    begin = moment(_day(match[1]), match[2])
    end = None
    if match[3]:
        stated = Stated(
            begin, moment(_day(match[3]), match[4], "end"), False, match[5] or "",
            _cells.lengths(match[5] or "", None, "duration"), "", (),
        )  # fmt: skip
        start, end, _ = _cells.agreed(stated, local, believe)
    else:
        start = local.instant(begin)
    project, is_own = outline.project()
    return checked(
        ImportedEntry(
            line=number,
            from_=start,
            to=end,
            zone=None,
            project=project,
            note=None if is_own else outline.headings[-1].title or None,
            tags=distinct([tag for heading in outline.headings for tag in heading.tags]),
        )
    )


def _day(text: str) -> date:
    return _cells.day(text, "dmy")
