"""timeclock of ledger and hledger: lines `i DATE TIME ACCOUNT  NOTE  ; TAGS` and `o DATE TIME`.

An account `client:project` is a project. Tags stand in the comment of the `i` line, `deep:, call:`
as hledger has them; a comment without a colon is part of nothing and is said.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, _cells, say_nothing
from cowork_cli.importers._cells import Local
from cowork_cli.importers._files import checked, distinct, text_of, wrong_shape
from cowork_cli.importers._local import local_of, moment

OPTIONS: tuple[str, ...] = ()
_LINE = re.compile(
    r"([io])\s+(\d{4}[/-]\d\d?[/-]\d\d?)\s+(\d\d?:\d\d(?::\d\d)?)\s*(.*)", re.IGNORECASE
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The stretches between each `i` and `o`. Raises NotFound, BadInput."""
    lines = [(n, line.rstrip()) for n, line in enumerate(text_of(path).splitlines(), 1)]
    lines = [(n, line) for n, line in lines if line and line[0] not in ";#*"]
    if not any(line[0] in "iIoO" for _, line in lines):
        raise wrong_shape(path, "a timeclock file: no line begins with `i` or `o`")
    return _stretches(lines, local_of(zone, options))


def _stretches(lines: list[tuple[int, str]], local: Local) -> Iterator[Row]:
    opened: ImportedEntry | None = None
    for number, line in lines:
        try:
            match = _LINE.fullmatch(line)
            if match is None:
                raise BadInput("it is neither `i DATE TIME ACCOUNT` nor `o DATE TIME`")
            instant = local.instant(moment(_cells.day(match[2], "dmy"), match[3]))
            if match[1] in "iI":
                if opened is not None:
                    yield Unreadable(opened.line, f"line {number} begins another before it ended")
                opened = _opened(number, instant, match[4])
            elif opened is None:
                raise BadInput("it ends what was not begun")
            else:
                ended, opened = opened._replace(to=instant), None
                yield checked(ended)
        except BadInput as error:
            yield Unreadable(number, error.message)
    if opened is not None:
        yield checked(opened)


def _opened(number: int, instant: datetime, rest: str) -> ImportedEntry:
    text, _, comment = rest.partition(";")
    account, _, note = text.strip().partition("  ")
    # A word is looked at from its beginning alone: else a long one without a colon takes the square of its length.
    tags = [tag.strip() for tag in re.findall(r"(?<![^\s,:])([^\s,:]+):(?=[,\s]|$)", comment)]
    return ImportedEntry(
        line=number,
        from_=instant,
        to=None,
        zone=None,
        project="/".join(account.split(":")),
        note=note.strip() or None,
        tags=distinct(tags),
    )
