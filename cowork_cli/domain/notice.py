"""The grammar of a notice: how long before, and to which day. Pure.

`30d to month-end`, `1m to term-end`, `2w to any`, `14d to day-15`: the form that is typed, kept and
shown. `day-15` ends a contract on the 15th of a month; in a month without that day, on its last.
"""

import re

from cowork_cli.domain.calendar_days import Length, parse_length
from cowork_cli.domain.spoken import folded
from cowork_cli.domain.terms import ENDS
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

TO = ("any", "month-end", "term-end", "day-N")
RENEWALS = ("none", "same", "month")
FORMS = ("text", "written", "portal")
NOTICE_HINT = "write it as `30d to month-end`, `1m to term-end`, `2w to any` or `14d to day-15`"
_TARGETS = {word.replace("-", " "): end for word, end in ENDS.items()} | {
    "anytime": "any", "jederzeit": "any",
}  # fmt: skip
_WORDS = {"any": "any day", "month-end": "the end of a month", "term-end": "the end of the term"}


@dataclass(frozen=True, slots=True)
class Notice:
    """The length of a notice, and what it ends to: a word of TO, `day_of_month` for `day-N`."""

    length: Length
    to: str
    day_of_month: int | None = None

    def __str__(self) -> str:
        target = f"day-{self.day_of_month}" if self.day_of_month else self.to
        return f"{self.length} to {target}"

    @property
    def words(self) -> str:
        """`30 days to the end of a month`."""
        target = f"day {self.day_of_month} of a month" if self.day_of_month else _WORDS[self.to]
        return f"{self.length.words} to {target}"


def parse_notice(text: str) -> Notice:
    """A notice as typed. Raises BadInput; nothing is assumed of a target that is not named."""
    length, found, target = re.sub(r"\s+", " ", text.strip()).partition(" to ")
    if not found:
        length, found, target = re.sub(r"\s+", " ", text.strip()).partition(" zum ")
    if not found:
        raise BadInput(f'the notice "{text}" does not say to which day', NOTICE_HINT)
    try:
        before = parse_length(length, "the notice")
    except BadInput as error:
        raise BadInput(error.message, NOTICE_HINT) from None
    word = folded(target).replace("-", " ")
    if match := re.fullmatch(r"day (\d{1,2})", word, re.ASCII):
        number = int(match[1])
        if not 1 <= number <= 31:
            raise BadInput(f"no month has a day {number}", NOTICE_HINT)
        return Notice(before, "day-N", number)
    if word not in _TARGETS:
        raise BadInput(f'the notice "{text}" ends to "{target}", which is no day', NOTICE_HINT)
    return Notice(before, _TARGETS[word])
