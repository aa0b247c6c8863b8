"""Results on a terminal: the view of its type, else a table of the rows or a card. Loads Rich."""

from __future__ import annotations

import os
import re

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.text import Text

from cowork_cli.domain.steering import BREAKING, TURNING
from cowork_cli.output.tables import card_of, table_of
from cowork_cli.output.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from cowork_cli.output.result import Result

_SIZES = ("COLUMNS", "LINES")
_STEERING = re.compile(rf"(?!\n)[{BREAKING}{TURNING}]")


def write_table(result: Result, stdout: TextIO, *, colour: bool, width: int | None) -> None:
    """Writes `result` as people like it."""
    console = Console(
        file=stdout,
        force_terminal=colour,
        no_color=not colour,
        width=width,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
        # The width was read already; rich would stumble over `COLUMNS=²` and `LINES=²`.
        _environ={name: value for name, value in os.environ.items() if name not in _SIZES},
    )
    if result.title:
        console.print(Text(result.title, style="bold"))
    for part in renderables(result, console.width):
        console.print(_harmless(console, part), end="")


def _harmless(console: Console, part: RenderableType) -> Segments:
    """The lines of `part` without what steers: a name must not move the cursor nor turn a line."""
    lines = console.render_lines(part, pad=False, new_lines=True)
    return Segments(
        Segment(_STEERING.sub("", segment.text), segment.style)
        for line in lines
        for segment in line
        if not segment.control
    )


def renderables(result: Result, width: int) -> list[RenderableType]:
    """What is printed for `result`, also used for the picture in the README.

    An address has a view of its own, but where its use matrix is asked for, that is the table.
    """
    if result.picture is not None and result.records:
        return [VIEWS[type(result.picture).__name__](result.picture, width)]
    view = VIEWS.get(type(result.data).__name__)
    if view and not (result.rows and type(result.rows[0]).__name__ == "UseRow"):
        return [view(result.data, width)]
    if (
        result.rows is None
        and result.data is not None
        and not isinstance(result.data, list | tuple)
    ):
        return [card_of(result.data, width)]
    shown: list[RenderableType] = (
        [table_of(result.records, width)] if result.records else [Text(result.empty)]
    )
    return shown + [table_of(rows, width) for rows in result.beside.values() if rows]
