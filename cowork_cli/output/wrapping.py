"""Lines for a terminal that break between words, and never inside a command that fits in one."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


def columns_of(stream: TextIO) -> int | None:
    """The columns of the terminal behind `stream`; None where there is none, or it does not know."""
    import os

    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError, AttributeError):
        return None


def wrapped(text: str, columns: int, first: int = 0) -> str:
    """`text` in lines of at most `columns`; `first` columns of the first one are taken already.

    What stands in backticks is one piece where a line holds it, since people copy it; a piece that no
    line holds is left to the terminal.
    """
    lines, now, used = [], "", first
    for piece in _pieces(text, columns):
        size = _cells(piece)
        if now and used + 1 + size > columns:
            lines.append(now)
            now, used = piece, size
        else:
            used += size + (1 if now else 0)
            now = f"{now} {piece}" if now else piece
    return "\n".join([*lines, now])


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Words; a command in backticks, with what clings to it, is one of them."""
    held: list[str] = []
    for word in text.split(" "):
        held.append(word)
        if " ".join(held).count("`") % 2:
            continue
        whole = " ".join(held)
        yield from ([whole] if _cells(whole) <= columns else held)
        held = []
    yield from held


_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def _cells(text: str) -> int:
    """The columns that a text takes, without its colours."""
    plain = _COLOUR.sub("", text)
    if plain.isascii():
        return len(plain)
    from rich.cells import cell_len

    return cell_len(plain)
