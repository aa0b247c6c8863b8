"""How numbers and amounts are written where, by language and territory of a POSIX locale.

Source: Unicode CLDR 47 (as in Babel 2.19), `decimal`, `group` and the standard currency pattern of each
locale, read 2026-11-28. What CLDR sets as a no-break blank is a blank here: a cell of money never breaks.
A locale that is not here is written as a plain number with the code of the currency.
"""

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Habit:
    """`group` parts thousands, `point` stands before decimals; `before`: the sign stands before the figures.

    `blank` stands between both, `signs` are the currencies that have a sign of their own: only those
    that it means everywhere, and the dollar where it is the only one.
    """

    group: str
    point: str
    before: bool
    blank: str
    signs: dict[str, str]


SIGNS = {"EUR": "€", "GBP": "£"}
# What no locale says: as programs write it, the code behind.
PLAIN = Habit(",", ".", False, " ", {})
_GERMAN = Habit(".", ",", False, " ", SIGNS)
_AUSTRIAN = Habit(".", ",", True, " ", SIGNS)
_SWISS = Habit("’", ".", True, " ", SIGNS)
_ENGLISH = Habit(",", ".", True, "", SIGNS)
_AMERICAN = Habit(",", ".", True, "", {**SIGNS, "USD": "$"})
_FRENCH = Habit(" ", ",", False, " ", SIGNS)

HABITS: dict[str, Habit] = {
    **dict.fromkeys(("de", "it", "es", "da", "el", "hr", "sl", "ro", "ca", "sr", "is"), _GERMAN),
    **dict.fromkeys(("nl", "de_AT", "pt_BR", "en_AT", "en_NL"), _AUSTRIAN),
    **dict.fromkeys(("de_CH", "de_LI", "it_CH", "en_CH"), _SWISS),
    **dict.fromkeys(("en", "ga", "mt"), _ENGLISH),
    "en_US": _AMERICAN,
    **dict.fromkeys(("en_DE", "en_BE", "en_DK"), _GERMAN),
    **dict.fromkeys(
        ("fr", "pt", "pl", "cs", "sk", "hu", "bg", "sv", "nb", "nn", "no", "fi", "et", "lv", "lt",
         "uk", "ru"),
        _FRENCH,
    ),
}  # fmt: skip
