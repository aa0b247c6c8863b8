"""Lengths of time as people type them: `1h30`, `90m`, `eine halbe stunde`, `14d`."""

import re
from decimal import Decimal

from cowork_cli.domain.spoken import folded, number
from cowork_cli.errors import BadInput

DURATION_HINT = "write it as `1h30`, `90m` or `1:30`"

_UNITS = {
    "s": 1, "sec": 1, "secs": 1, "sek": 1, "second": 1, "seconds": 1, "sekunde": 1, "sekunden": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minuten": 60, "minutes": 60,
    "h": 3600, "hr": 3600, "hrs": 3600, "std": 3600, "hour": 3600, "hours": 3600,
    "stunde": 3600, "stunden": 3600,
}  # fmt: skip
_MOST_S = 100 * 366 * 86_400
_ONE = r"(\d{1,9}(?:[.,]\d{1,9})?) ?([a-z]+)\.?"
_WORDS = {
    "viertelstunde": "15 min", "dreiviertelstunde": "45 min", "halbe stunde": "30 min",
    "halben stunde": "30 min", "half an hour": "30 min", "half hour": "30 min",
    "quarter of an hour": "15 min", "anderthalb": "1.5", "eineinhalb": "1.5",
}  # fmt: skip


def parse_duration(text: str) -> int:
    """Seconds: `1h30`, `1h30m`, `90m`, `2 std`, `1:30`, `1.5h`. Raises BadInput; zero is none.

    Minutes and seconds behind a larger unit are below 60 (`1h99` is refused), and so is a number
    that can be read in two ways (`1.500 h`).
    """
    word = folded(text)
    for spoken, plain in _WORDS.items():
        word = re.sub(rf"\b(?:(?:eine?r?|a) )?{spoken}\b", plain, word)
    seconds = _by_clock(word)
    if seconds is None:
        seconds = _by_units(word)
    if seconds is None or not 1 <= seconds <= _MOST_S:
        raise BadInput(f'"{text}" is not a duration', DURATION_HINT)
    return round(seconds)


def _by_clock(word: str) -> Decimal | None:
    match = re.fullmatch(r"(\d{1,3}):(\d{2})", word, re.ASCII)
    match = match or re.fullmatch(r"(\d{1,3}) ?h ?(\d{1,2})", word, re.ASCII)
    if match is None or int(match[2]) > 59:
        return None
    return Decimal(int(match[1]) * 3600 + int(match[2]) * 60)


def _by_units(word: str) -> Decimal | None:
    words = word.split(" ")
    if len(words) == 2 and (count := number(words[0])) is not None:
        word = f"{count} {words[1]}"  # `eine stunde`, `zwei stunden`
    if not re.fullmatch(rf"{_ONE}(?: ?(?:und |and )?{_ONE})*", word, re.ASCII):
        return None
    total, above = Decimal(0), 0
    for digits, unit in re.findall(_ONE, re.sub(r"\b(?:und|and)\b", " ", word), re.ASCII):
        size = _UNITS.get(unit)
        if size is None or re.search(r"[.,]\d{3}$", digits):
            return None
        amount = Decimal(digits.replace(",", "."))
        if above and (size >= above or amount >= 60):
            return None
        total, above = total + amount * size, size
    return total


def parse_days(text: str, what: str = "term") -> int:
    """A count of days: `14d`, `2w`, `14`. Raises BadInput."""
    match = re.fullmatch(
        r"(\d{1,4}) ?(d|w|days?|tagen?|tage|weeks?|wochen?|)", folded(text), re.ASCII
    )
    if not match:
        raise BadInput(f'{what} "{text}" is not a number of days', "write it as `14d`")
    return int(match[1]) * (7 if match[2].startswith("w") else 1)
