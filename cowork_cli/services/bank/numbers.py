"""Numbers of invoices in the text of a booking, as people and banks write them.

`RE-2025-0017` is written `re 2025 17`, `RE20250017`, `2025/17`, cut in `RE-2025- 0017`. They are compared
by their groups of figures without leading zeros, or by all their figures in a row; but only whole numbers
count: `17` is in `2017` and in every date. Looked up in a table, so that 10,000 bookings and 2,000
invoices do not meet each.
"""

import re
from collections.abc import Iterable

_RUN = re.compile(r"\d+")
_BETWEEN = r"[\s\-/._]{0,4}"
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_MOST_RUNS = 5  # that make one number
_NAMED = re.compile(
    r"(?:\b(?:re|rg|rnr|rgnr|rech|rechnung|rechnungs|invoice|inv|nr|no|bill|beleg)|r ?g|r ?e)"
    r"[\s\-/._:#]*(?:nr|no|nummer|number)?[\s\-/._:#]*$",
    re.IGNORECASE,
)


class Numbers:
    """The numbers of the invoices that a text may name."""

    def __init__(self, numbers: Iterable[str]):
        self._by_groups: dict[tuple[str, ...], list[str]] = {}
        self._by_figures: dict[str, list[str]] = {}
        inside: set[str] = set()
        for number in numbers:
            inside |= set(re.findall(r"(?<=\d)[\s\-/._]*([A-Za-z]+)[\s\-/._]*(?=\d)", number))
            groups = tuple(_bare(run) for run in _RUN.findall(number))
            if groups:
                self._by_groups.setdefault(groups, []).append(number)
                self._by_figures.setdefault("".join(_RUN.findall(number)), []).append(number)
        letters = f"(?:(?:{'|'.join(map(re.escape, sorted(inside)))}){_BETWEEN})?" if inside else ""
        self._between = re.compile(_BETWEEN + letters, re.IGNORECASE)

    def of(self, *texts: str | None) -> tuple[str, ...]:
        """The numbers that the texts name, in their order, each once."""
        found: dict[str, None] = {}
        for text in texts:
            if text:
                for number in self._of(text):
                    found[number] = None
        return tuple(found)

    def _of(self, text: str) -> list[str]:
        text = _IBAN.sub(" ", text)
        runs = list(_RUN.finditer(text))
        found: list[str] = []
        start = 0
        while start < len(runs):
            numbers, used = self._at(text, runs, start)
            found += numbers
            start += used
        return found

    def _at(self, text: str, runs: list[re.Match[str]], start: int) -> tuple[list[str], int]:
        """The numbers that begin with a run of figures, and how many runs they take."""
        end, groups, figures = start, list[str](), ""
        best: list[str] = []
        used = 1
        while end < len(runs) and end - start < _MOST_RUNS:
            if end > start and not self._between.fullmatch(
                text, runs[end - 1].end(), runs[end].start()
            ):
                break
            groups.append(_bare(runs[end][0]))
            figures += runs[end][0]
            end += 1
            there = self._by_groups.get(tuple(groups)) or self._by_figures.get(figures)
            if there and _whole(text, (runs[start].start(), runs[end - 1].end()), figures, there):
                best, used = _by_letters(there, text[: runs[start].start()]), end - start
        return best, used


def _whole(text: str, span: tuple[int, int], figures: str, numbers: list[str]) -> bool:
    """Whether nothing before or behind makes it a part of another number or of a date.

    A number of less than four figures is one only where a word or its own letters say so.
    """
    first, last = span
    before, behind = text[max(0, first - 24) : first], text[last : last + 6]
    if re.match(r"[-./,]?\d|[A-Za-z]\d", behind) and not re.match(r"[,/] ?\d{4}", behind):
        return False
    if re.search(r"\d[-./,]$", before) and not re.search(r"\d{2,}[,/]$", before):
        return False
    if len(figures.lstrip("0")) >= 4 or _NAMED.search(before) or before.rstrip().endswith("#"):
        return True
    plain = _letters(before)
    return any(own and plain.endswith(own) for own in map(_letters, numbers))


def _by_letters(numbers: list[str], before: str) -> list[str]:
    """Of numbers with the same figures those whose letters stand before them, if any do."""
    plain = _letters(before[-24:])
    lettered = [(_letters(number), number) for number in numbers]
    fits = [number for letters, number in lettered if letters and plain.endswith(letters)]
    bare = [number for letters, number in lettered if not letters]
    return fits or (bare if bare and len(numbers) > 1 else numbers)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _bare(run: str) -> str:
    return run.lstrip("0") or "0"
