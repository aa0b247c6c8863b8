"""Amounts in the reader's habit: `1.419,08 €` where the locale is German, `€1,419.08` where it is English.

For people alone, and one form on one screen: tables, notes, questions. What programs read (plain, CSV,
JSON) never comes here. Days stay ISO 8601.
"""

from __future__ import annotations

from itertools import pairwise

from cowork_cli.data.number_habits import HABITS, PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from cowork_cli.data.number_habits import Habit

_LOCALE = ("LC_ALL", "LC_MONETARY", "LANG")
_SENTENCE = (
    r"(`[^`]*`)|(?<![\w.,/-])(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)? ([A-Z]{3})(?![\w-])"
    r"(?! \d{4}-\d\d)"
)


class _Reader:
    """Who reads this command's screen: in which habit, and whether it is a person."""

    habit: Habit = PLAIN
    person = False


def read_by(environ: Mapping[str, str] | None) -> None:
    """From now on a person reads whose locale `environ` holds; None for a program."""
    _Reader.habit = PLAIN if environ is None else habit_of(environ)
    _Reader.person = environ is not None


def habit_of(environ: Mapping[str, str]) -> Habit:
    """The habit of the first of LC_ALL, LC_MONETARY and LANG that is set (POSIX, XBD 8.2)."""
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    name = locale.partition(".")[0].partition("@")[0]
    return HABITS.get(name) or HABITS.get(name.partition("_")[0]) or PLAIN


def figures(value: Decimal | int) -> str:
    """A number as it is, with the reader's signs: `1.234,5`."""
    return signed(f"{value:,f}" if not isinstance(value, int) else f"{value:,}")


def signed(text: str) -> str:
    """A number written as programs do (`1,234.5`) with the reader's signs."""
    habit = _Reader.habit
    if (habit.group, habit.point) == (",", "."):
        return text
    return text.translate({ord(","): habit.group, ord("."): habit.point})


def amount(value: Decimal, currency: str) -> str:
    """An amount of money with its currency."""
    habit = _Reader.habit
    minus, text = ("-", -value) if value < 0 else ("", value)
    number, sign = figures(text), habit.signs.get(currency, currency)
    if not habit.before:
        return f"{minus}{number}{habit.blank}{sign}"
    blank = habit.blank or (" " if sign == currency else "")
    return f"{minus}{sign}{blank}{number}"


def _may_hold_one(text: str) -> bool:
    """Whether a number stands before three capitals: where none does, `re` is not loaded."""
    words = text.split(" ")
    return any(
        number[-1:].isdigit() and sign[:3].isupper() and len(sign) > 2
        for number, sign in pairwise(words)
    )


def sentence(text: str) -> str:
    """`text` with its amounts (`1,419.08 EUR`) in the reader's habit; a command to type stays as it is."""
    if not (_Reader.person and _may_hold_one(text)):
        return text
    import re

    from cowork_cli.data.currencies import CURRENCIES

    def set_anew(match: re.Match[str]) -> str:
        command, minus, whole, decimals, currency = match.groups()
        if command or currency not in CURRENCIES:
            return match[0]
        from decimal import Decimal

        return amount(Decimal(minus + whole.replace(",", "") + (decimals or "")), currency)

    return re.sub(_SENTENCE, set_anew, text)
