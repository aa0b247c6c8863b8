"""Lengths that offers are written in: a term (`12m`, `4w`), a notice (`3m to month-end`).

The words for units and ends are also those of a contract (`domain.notice`), whose notice has to say to
which day.
"""

import re

from cowork_cli.domain.spoken import folded
from cowork_cli.errors import BadInput

UNITS = {
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen"), "d"),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen"), "w"),
    **dict.fromkeys(("m", "month", "months", "monat", "monate", "monaten"), "m"),
    **dict.fromkeys(("y", "year", "years", "jahr", "jahre", "jahren"), "y"),
}
ENDS = {
    "any": "any", "any day": "any", "month-end": "month-end", "month end": "month-end",
    "end of month": "month-end", "monatsende": "month-end", "term-end": "term-end",
    "term end": "term-end", "end of term": "term-end", "laufzeitende": "term-end",
}  # fmt: skip
# Nobody lets a desk for longer: more is a typing error.
_MOST = {"d": 36_500, "w": 5_200, "m": 1_200, "y": 100}


def parse_term(text: str, what: str) -> str:
    """`12m` of `12m`, `12 months`, `12 Monate`; units d, w, m, y. Raises BadInput, for none too."""
    match = re.fullmatch(r"(\d{1,5}) ?([a-z]+)", folded(text), re.ASCII)
    unit = UNITS.get(match[2]) if match else None
    if match is None or unit is None or not 1 <= int(match[1]) <= _MOST[unit]:
        raise BadInput(
            f'{what} "{text}" is not a length of time', "write it as `12m`, `4w` or `30d`"
        )
    return f"{int(match[1])}{unit}"


def parse_notice(text: str, what: str) -> str:
    """`3m to month-end` of that, or `3 Monate zum Monatsende`; the end may be left out.

    Ends: `any`, `month-end`, `term-end`, `day-15`. Raises BadInput.
    """
    length, to, end = re.sub(r"\bzum\b", "to", folded(text)).partition(" to ")
    day = re.fullmatch(r"day[- ](\d{1,2})", end, re.ASCII)
    known = f"day-{int(day[1])}" if day and 1 <= int(day[1]) <= 31 else ENDS.get(end)
    if to and known is None:
        raise BadInput(
            f'{what} "{text}" is not a term of notice',
            "write it as `3m to month-end`; also `to any`, `to term-end`, `to day-15`",
        )
    term = parse_term(length, what)
    return f"{term} to {known}" if known else term
