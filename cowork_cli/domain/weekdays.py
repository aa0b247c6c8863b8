"""Days of the week as people type them: `mon,wed`, `mon-fri`, `montag`."""

from datetime import date

from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.standing import WEEK
from cowork_cli.errors import BadInput

_HINT = "write it as `mon,wed` or `mon-fri`"


def parse_weekdays(text: str, today: date) -> frozenset[int]:
    """The days of the week, Monday is 0. Raises BadInput."""
    try:
        days = [parse_date(word.strip(), today, planned=True) for word in _spelled_out(text)]
    except BadInput as problem:
        if problem.hint == _HINT:
            raise
        raise BadInput(f'"{text}" names no days of the week', _HINT) from None
    return frozenset(day.weekday() for day in days)


def _spelled_out(text: str) -> list[str]:
    """`mon-fri` as five days, `mon,wed` as two."""
    names: list[str] = []
    for part in text.lower().split(","):
        first, dash, last = part.strip().partition("-")
        if dash and first in WEEK and last in WEEK:
            begin, end = WEEK.index(first), WEEK.index(last)
            names += [WEEK[n % 7] for n in range(begin, (end if end >= begin else end + 7) + 1)]
        elif dash or first.isdigit() or first[:1] in "+0123456789":
            raise BadInput(f'"{part}" is not a weekday', _HINT)
        else:
            names.append(first)
    return names


def spelled(weekdays: frozenset[int]) -> str:
    """`mon,wed`: the form that is kept."""
    return ",".join(WEEK[number] for number in sorted(weekdays))


def from_spelled(text: str) -> frozenset[int]:
    """The reverse of `spelled`."""
    return frozenset(WEEK.index(word) for word in text.split(","))
