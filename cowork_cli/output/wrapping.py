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

    What stands in backticks is one piece where a line holds it, since people copy it; where none does, it is
    cut as a shell reads on (`\\`). Words that no line holds, with all that stands between them, are left to
    the terminal: what is copied from there is as it was.
    """
    lines: list[str] = []
    now, used = "", first
    for piece, goes_on, more in _pieces(text, columns):
        size = _cells(piece)
        room = columns - (2 if more else 0)
        if now and used + 1 + size > room:
            lines.append(f"{now} \\" if goes_on else now)
            now, used = piece, size
        else:
            used += size + (1 if now else 0)
            now = f"{now} {piece}" if now else piece
    return "\n".join([*lines, now])


def _pieces(text: str, columns: int) -> Iterator[tuple[str, bool, bool]]:
    """What stays together; whether it goes on with the command of the piece before, and more follows."""
    words = text.split(" ")
    too_long = [at for at, word in enumerate(words) if _cells(word) > columns]
    if too_long:
        begin, end = too_long[0], too_long[-1] + 1
        yield from _commands(words[:begin], columns)
        yield " ".join(words[begin:end]), False, False
        words = words[end:]
    yield from _commands(words, columns)


def _commands(words: list[str], columns: int) -> Iterator[tuple[str, bool, bool]]:
    """Words; a command in backticks, with what clings to it, is one of them if a line holds it."""
    held: list[str] = []
    for word in words:
        held.append(word)
        whole = " ".join(held)
        if whole.count("`") % 2:
            continue
        if _cells(whole) <= columns:
            yield whole, False, False
        else:
            parts = _SHELL_WORD.findall(whole)
            yield from ((part, at > 0, at + 1 < len(parts)) for at, part in enumerate(parts))
        held = []
    yield from ((word, False, False) for word in held)


# What a shell takes for one word, so that no quoted one is cut.
_SHELL_WORD = re.compile(r"(?:'[^']*'|\"[^\"]*\"|[^\s'\"]|['\"])+")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def _cells(text: str) -> int:
    """The columns that a text takes, without its colours."""
    plain = _COLOUR.sub("", text)
    if plain.isascii():
        return len(plain)
    from rich.cells import cell_len

    return cell_len(plain)
