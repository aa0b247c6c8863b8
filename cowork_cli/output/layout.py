"""How a table is laid out in the width there is: how wide each column is, what of a cell is shown in it.

The order of what gives way: long cells wrap (or are shortened in their middle), then the least important
columns go, then cells wrap harder, then the blanks between the columns, and at last the records stand one
under another. A column that says what a row is about (`Column.about`) never goes. Widths are those of a
terminal: East Asian letters are two cells wide, combining marks none.
"""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns import ABOUT
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cowork_cli.output.columns import Column

# One cell wide on every terminal: Latin and Cyrillic, and the few signs that are ours.
NARROW = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x300)))) | (
    frozenset(map(chr, range(0x400, 0x483))) | frozenset("–—…€·×’")
)
GAP, TIGHT = 3, 2
# Cells are this wide before a column is left out for them, and never narrower than the other.
_COMFORT, _NARROWEST = 20, 10
# A word as long as this is not broken before all else was tried.
_WORD = 20
_DAY = 14  # `Wed 2026-11-25`, below it the time
_SAMPLE = 200  # cells of a column that are wrapped to see how much of its width they take
_LINES = 5
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Layout:
    """`shown` are the indexes of the columns; `widths` theirs, None where every cell has its own room.

    `gap` are the blanks between two columns; 0: no table, the records stand one under another.
    """

    shown: tuple[int, ...]
    widths: tuple[int, ...] | None
    gap: int


def cell_width(text: str) -> int:
    """Cells that the widest line of `text` takes on a terminal."""
    if text.isascii() or NARROW.issuperset(text) or NARROW.issuperset(text.replace("\n", "")):
        return len(text) if "\n" not in text else max(map(len, text.split("\n")))
    from rich.cells import cell_len  # 40 ms: only where letters are not all ASCII and not all known

    return max(map(cell_len, text.split("\n")))


def lay_out(columns: Sequence[Column], lines: Sequence[Sequence[str]], room: int) -> Layout:
    """The layout of the cells of `lines` in `room`; a column without anything in it goes first."""
    shown = [
        index
        for index, column in enumerate(columns)
        if column.keep > ABOUT or any(line[index] for line in lines)
    ]
    texts = {index: [columns[index].title, *(line[index] for line in lines)] for index in shown}
    full = {index: max(map(cell_width, texts[index])) for index in shown}
    while True:
        if sum(full[index] for index in shown) + GAP * len(shown) - 1 <= room:
            return Layout(tuple(shown), None, GAP)
        comfort = {
            index: full[index] if columns[index].right else min(full[index], _COMFORT)
            for index in shown
        }
        floors = {
            index: _floor(columns[index], texts[index], full[index], _WORD) for index in shown
        }
        least = {index: max(comfort[index], floors[index]) for index in shown}
        widths = _shared(least, full, texts, shown, room - GAP * len(shown) + 1)
        if widths:
            return Layout(tuple(shown), widths, GAP)
        spare = [index for index in shown if not columns[index].about]
        if not spare or len(shown) <= 2:
            return _tight(columns, full, texts, shown, room)
        shown.remove(min(spare, key=lambda index: (columns[index].keep, index)))


def _tight(
    columns: Sequence[Column],
    full: dict[int, int],
    texts: dict[int, list[str]],
    shown: list[int],
    room: int,
) -> Layout:
    """Cells that wrap as hard as they can, then less blank between them, then words that break."""
    for word in (_WORD, _NARROWEST):
        floors = {index: _floor(columns[index], texts[index], full[index], word) for index in shown}
        for gap in (GAP, TIGHT):
            widths = _shared(floors, full, texts, shown, room - gap * len(shown) + gap - 2)
            if widths:
                return Layout(tuple(shown), widths, gap)
    return Layout(tuple(shown), None, 0)


def _shared(
    least: dict[int, int],
    full: dict[int, int],
    texts: dict[int, list[str]],
    shown: list[int],
    room: int,
) -> tuple[int, ...] | None:
    """Widths that fit into `room`: everybody has the least, what is left is shared as evenly as possible.

    What a column cannot use, since its words break earlier, goes to the one that lacks most.
    """
    widths = {index: least[index] for index in shown}
    left = room - sum(widths.values())
    if left < 0:
        return None
    wanting = [index for index in shown if widths[index] < full[index]]
    while left > 0 and wanting:
        index = min(wanting, key=lambda each: (widths[each], each))
        widths[index] += 1
        left -= 1
        if widths[index] == full[index]:
            wanting.remove(index)
    for index in wanting:
        used = max(_used(text, widths[index]) for text in texts[index][:_SAMPLE])
        left += widths[index] - max(used, least[index])
        widths[index] = max(used, least[index])
    if wanting and left:
        poorest = max(wanting, key=lambda index: full[index] - widths[index])
        widths[poorest] = min(full[poorest], widths[poorest] + left)
    return tuple(widths[index] for index in shown)


def _used(text: str, width: int) -> int:
    """What a cell takes of its width once it is wrapped."""
    return max(map(cell_width, wrapped(text, width)), default=0)


def _floor(column: Column, texts: Sequence[str], full: int, word: int) -> int:
    """The narrowest a column may be: figures whole, words unbroken that are no longer than `word`."""
    if column.right:
        return full
    if word == _WORD and column.cell in (text.moment, text.day):
        return min(full, _DAY)
    longest = max((cell_width(part) for cell in texts for part in cell.split()), default=1)
    return min(full, max(cell_width(column.title), min(longest, word)))


def fitted(text: str, width: int, *, one_line: bool = False, breaks: bool = False) -> str:
    """`text` in lines no wider than `width`; one that has no room is shortened in its middle.

    `breaks`: everything is kept, however many lines it takes (ids: one must be able to type them).
    """
    if cell_width(text) <= width:
        return text
    if one_line:
        return shortened(" ".join(text.split()), width)
    lines = wrapped(text, width)
    if breaks or len(lines) <= _LINES:
        return "\n".join(lines)
    cut = width * _LINES
    while len(lines) > _LINES:
        lines = wrapped(shortened(" ".join(text.split()), cut), width)
        cut -= max(1, width // 4)
    return "\n".join(lines)


def shortened(text: str, width: int) -> str:
    """`text` with its middle left out, `width` cells wide at most: how it begins and ends tells most."""
    if cell_width(text) <= width:
        return text
    if width < 2:
        return ELLIPSIS[:width]
    head = (width - 1 + 1) // 2
    return _first(text, head).rstrip() + ELLIPSIS + _last(text, width - 1 - head).lstrip()


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells: broken between words, within one only if it is longer than a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if cell_width(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            line = word
            while cell_width(line) > width:
                piece = _piece(line, width)
                lines.append(piece)
                line = line[len(piece) :]
        lines.append(line)
    return lines


def _piece(word: str, width: int) -> str:
    """The first part of a word that has no room in a line: behind a sign of an address, else anywhere."""
    piece = _first(word, width) or word[:1]
    for end in range(len(piece), len(piece) // 2, -1):
        if piece[end - 1] in "/:-_@,.;":
            return piece[:end]
    return piece


def _first(text: str, width: int) -> str:
    end = min(len(text), width)
    while end and cell_width(text[:end]) > width:
        end -= 1
    while end < len(text) and cell_width(text[: end + 1]) <= width:
        end += 1  # marks that take no room stay with their letter
    return text[:end]


def _last(text: str, width: int) -> str:
    if width <= 0:
        return ""
    start = max(0, len(text) - width)
    while start < len(text) and (cell_width(text[start:]) > width or not cell_width(text[start])):
        start += 1
    return text[start:]
