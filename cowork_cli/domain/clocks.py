"""Times of a day as people type them: `14:30`, `halb zehn`, `9:30 pm`, `viertel nach 9`."""

import re
from datetime import time

from cowork_cli.domain.spoken import folded, number
from cowork_cli.errors import BadInput

TIME_HINT = "write it as `14:30`, `9 uhr`, `yesterday 9:00` or `-15m`"

_NOON = frozenset(["noon", "midday", "mittag", "mittags"])
_MIDNIGHT = frozenset(["midnight", "mitternacht"])
_MORNING = frozenset(["morgens", "frueh", "vormittags"])
_LATER = frozenset(["nachmittags", "abends"])
_COUNTED = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?: ?uhr)?", re.ASCII)
_FULL = re.compile(r"(\w+) ?(?:uhr|o'?clock)(?: (\w+))?", re.ASCII)
_ENGLISH = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\.?", re.ASCII)
_PARTS = {"quarter": 15, "a quarter": 15, "viertel": 15, "half": 30}
_AFTER = ("nach", "past", "after")
_BEFORE = ("vor", "to", "before", "til")

Counted = tuple[int, int, int]


def parse_clock(text: str, *, bare: bool = False) -> time:
    """A time of day. `24:00` is not one; `9` alone is one where `bare`. Raises BadInput.

    What does not say which half of the day is the hour as a clock of 24 hours has it: `halb zehn`
    is 09:30, and between twelve and one it is noon (`halb eins` is 12:30).
    """
    found = clock_or_none(text, bare=bare)
    if found is None:
        raise BadInput(f'"{text}" is not a time', TIME_HINT)
    return found


def clock_or_none(text: str, *, bare: bool = False) -> time | None:
    """As `parse_clock`, None where it raises."""
    word = re.sub(r"^(um|at|gegen|@) ", "", folded(text))
    found = _counted(word, bare=bare) or _named(word) or _spoken(word) or _with_half(word)
    if found is None:
        return None
    hour, minute, second = found
    if not (hour < 24 and minute < 60 and second < 60):
        return None
    return time(hour, minute, second)


def is_end_of_day(text: str) -> bool:
    """Whether it is `24:00` in one of its forms, `midnight` among them: the end of a day."""
    word = re.sub(r"^(um|at) ", "", folded(text))
    ended = re.fullmatch(r"24([:.]00(:00)?)?( ?uhr)?", word) and word != "24"
    return bool(ended) or word in _MIDNIGHT


def _counted(word: str, *, bare: bool) -> Counted | None:
    if match := _COUNTED.fullmatch(word):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if match := _ENGLISH.fullmatch(word):
        hour = int(match[1])
        if not 1 <= hour <= 12:
            return None
        return hour % 12 + (12 if match[3] == "p" else 0), int(match[2] or 0), 0
    if match := _FULL.fullmatch(word):
        hours, minutes = number(match[1]), number(match[2]) if match[2] else 0
        if hours is not None and minutes is not None:
            return hours, minutes, 0
    if bare and re.fullmatch(r"\d{1,2}", word, re.ASCII):
        return int(word), 0, 0
    return None


def _named(word: str) -> Counted | None:
    if word in _NOON:
        return 12, 0, 0
    return (0, 0, 0) if word in _MIDNIGHT else None


def _spoken(word: str) -> Counted | None:
    """`halb zehn`, `dreiviertel 10`, `zehn nach neun`, `5 vor halb 10`, `half past nine`."""
    words = word.removesuffix(" uhr").split()
    if len(words) < 2:
        return None
    *lead, last = words
    hour = number(last)
    if hour is None or hour > 24:
        return None
    phrase = " ".join(lead)
    fixed = {"halb": -30, "dreiviertel": -15, "viertel": -45}.get(phrase)
    if fixed is not None:
        return _around(hour, fixed)
    match = re.fullmatch(r"(a quarter|\w+)( minuten| minutes| min)? (\w+)( halb)?", phrase)
    if match is None or match[3] not in (*_AFTER, *_BEFORE):
        return None
    minutes = _PARTS.get(match[1], number(match[1]))
    if minutes is None or not 0 < minutes < 60 or (match[1] == "half" and match[3] != "past"):
        return None
    return _around(hour, (minutes if match[3] in _AFTER else -minutes) - (30 if match[4] else 0))


def _around(hour: int, minutes: int) -> Counted:
    """So many minutes after (or before) an hour; what comes before one o'clock is noon."""
    total = hour * 60 + minutes
    if hour == 1 and minutes < 0:
        total += 12 * 60
    return total // 60 % 24, total % 60, 0


def _with_half(word: str) -> Counted | None:
    """`9 uhr abends`, `halb zehn abends`, `3 uhr nachts`."""
    head, _, half = word.rpartition(" ")
    if not head or half not in (*_MORNING, *_LATER, *_NOON, "nachts"):
        return None
    found = _counted(head, bare=False) or _spoken(head)
    if found is None or found[0] > 12:
        return found
    hour, minute, second = found
    if half in _LATER or (half in _NOON and hour < 11):
        return hour % 12 + 12, minute, second
    if half == "nachts":
        return (hour + 12 if 9 <= hour < 12 else hour % 12), minute, second
    return hour, minute, second
