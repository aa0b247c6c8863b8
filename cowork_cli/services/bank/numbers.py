"""Numbers of invoices in the text of a booking, as people and banks write them.

`RE-2025-0017` is written `re 2025 17`, `RE20250017`, `2025/17`, cut in `RE-2025- 0017`. They are compared
by their groups of figures without leading zeros, or by all their figures in a row; but only whole numbers
count: `17` is in `2017` and in every date. Looked up in a table, so that 10,000 bookings and 2,000
invoices do not meet each.
"""

import re
from collections.abc import Iterable

_RUN = re.compile(r"\d+")
_DASHES = r"\-\u2010-\u2015\u2212"
_BETWEEN = rf"[\s{_DASHES}/._:]{{0,4}}"
# Between the numbers of a list, where those behind the first are cut to what differs: `2026-0001, -0002`.
_AND = re.compile(rf"\s*(?:[,/+&;]|und|and|u\.|sowie)\s*[{_DASHES}]?\s*", re.IGNORECASE)
_GOES_ON_BEHIND = re.compile(r"[-.]?\d|[A-Za-z]\d|,\d{2}\s*(?:€|eur)", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_INSIDE = re.compile(r"(?<=\d)[\s\-/._]*([A-Za-z]+)[\s\-/._]*(?=\d)")
_GOES_ON, _LISTED = re.compile(r"[-./,]?\d|[A-Za-z]\d"), re.compile(r"[,/] ?\d{4}")
_WENT_ON, _LISTED_BEFORE = re.compile(r"\d[-./,]$"), re.compile(r"\d{2,}[,/]$")
_NO_LETTER = re.compile(r"[^a-z]")
_MOST_RUNS = 5  # that make one number
_NAMED = re.compile(
    r"(?:\b(?:re|rg|rnr|rgnr|rech|rechnung|rechnungs|rechnungen|invoice|invoices|inv|nr|no|bill|beleg)|r ?g|r ?e)"
    r"[\s\-/._:#]*(?:nr|no|nummer|number)?[\s\-/._:#]*$",
    re.IGNORECASE,
)


_Run = tuple[str, int, int]  # the figures, where they begin and where they end


class Numbers:
    """The numbers of the invoices that a text may name."""

    def __init__(self, numbers: Iterable[str]):
        self._by_groups: dict[tuple[str, ...], list[str]] = {}
        self._by_figures: dict[str, list[str]] = {}
        self._beginnings: set[str] = set()  # of their figures, and their first groups
        inside: set[str] = set()
        for number in numbers:
            inside.update(_INSIDE.findall(number))
            runs = _RUN.findall(number)
            if runs:
                groups, figures = tuple(map(_bare, runs)), "".join(runs)
                self._by_groups.setdefault(groups, []).append(number)
                self._by_figures.setdefault(figures, []).append(number)
                self._beginnings.add(groups[0])
                self._beginnings.update(figures[:end] for end in range(1, len(figures) + 1))
        letters = f"(?:(?:{'|'.join(map(re.escape, sorted(inside)))}){_BETWEEN})?" if inside else ""
        self._between = re.compile(_BETWEEN + letters, re.IGNORECASE)

    def of(self, *texts: str | None) -> tuple[str, ...]:
        """The numbers that the texts name, in their order, each once."""
        found: dict[str, None] = {}
        for text in texts:
            if text:
                found.update(dict.fromkeys(self._of(text)))
        return tuple(found)

    def _of(self, text: str) -> list[str]:
        text = _IBAN.sub(" ", text)
        runs = [(match[0], match.start(), match.end()) for match in _RUN.finditer(text)]
        found: list[str] = []
        start = 0
        while start < len(runs):
            run = runs[start][0]
            if run in self._beginnings or _bare(run) in self._beginnings:
                numbers, used = self._at(text, runs, start)
                found += numbers
                start += used
                if len(numbers) == 1:
                    more = self._listed(text, runs, start, numbers[0])
                    found += more
                    start += len(more)
            else:
                start += 1
        return found

    def _listed(self, text: str, runs: list[_Run], at: int, first: str) -> list[str]:
        """The numbers behind `first` in a list, of which only the last figures are written."""
        *head, _ = map(_bare, _RUN.findall(first))
        found: list[str] = []
        while at < len(runs) and _AND.fullmatch(text, runs[at - 1][2], runs[at][1]):
            run, _, ends = runs[at]
            before = runs[at - 1][0]
            alike = len(run) == len(before) or "0" not in (run[0], before[0])
            if not alike or _GOES_ON_BEHIND.match(text, ends) or self._at(text, runs, at)[0]:
                break
            named = [
                number
                for number in self._by_groups.get((*head, _bare(run)), ())
                if _letters(number) == _letters(first)
            ]
            if not named:
                break
            found += named
            at += 1
        return found

    def _at(self, text: str, runs: list[_Run], start: int) -> tuple[list[str], int]:
        """The numbers that begin with a run of figures, and how many runs they take."""
        groups: tuple[str, ...] = ()
        figures = ""
        best: list[str] = []
        used, first = 1, runs[start][1]
        for end in range(start, min(start + _MOST_RUNS, len(runs))):
            run, begins, ends = runs[end]
            if end > start and not self._between.fullmatch(text, runs[end - 1][2], begins):
                break
            groups += (_bare(run),)
            figures += run
            there = self._by_groups.get(groups) or self._by_figures.get(figures)
            if there and _whole(text, (first, ends), figures, there):
                best, used = _by_letters(there, text[:first]), end + 1 - start
        return best, used


def _whole(text: str, span: tuple[int, int], figures: str, numbers: list[str]) -> bool:
    """Whether nothing before or behind makes it a part of another number or of a date.

    A number of less than four figures is one only where a word or its own letters say so.
    """
    first, last = span
    before, behind = text[max(0, first - 24) : first], text[last : last + 6]
    if _GOES_ON.match(behind) and not _LISTED.match(behind):
        return False
    if _WENT_ON.search(before) and not _LISTED_BEFORE.search(before):
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
    return _NO_LETTER.sub("", text.lower())


def _bare(run: str) -> str:
    return run.lstrip("0") or "0"
