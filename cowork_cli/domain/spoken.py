"""The words for days, months and numbers that people type, in German and English.

Everything is looked up folded: case and blanks do not count, `ä` is `ae`.
"""

import unicodedata

from cowork_cli.domain.digits import whole_number

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _numbered(*rows: str, first: int = 0) -> dict[str, int]:
    return {name: number for number, names in enumerate(rows, first) for name in names.split()}


WEEKDAYS = _numbered(
    "mon monday mo montag",
    "tue tues tuesday di dienstag",
    "wed wednesday mi mittwoch",
    "thu thur thurs thursday do donnerstag",
    "fri friday fr freitag",
    "sat saturday sa samstag sonnabend",
    "sun sunday so sonntag",
)
MONTHS = _numbered(
    "january januar jaenner jan",
    "february februar feb",
    "march maerz mar mrz",
    "april apr",
    "may mai",
    "june juni jun",
    "july juli jul",
    "august aug",
    "september sep sept",
    "october oktober oct okt",
    "november nov",
    "december dezember dec dez",
    first=1,
)
NUMBERS = {
    **_numbered(
        "zero null", "one ein eins eine einer einem einen a an", "two zwei", "three drei",
        "four vier", "five fuenf", "six sechs", "seven sieben", "eight acht", "nine neun",
        "ten zehn", "eleven elf", "twelve zwoelf",
    ),
    "twenty": 20, "zwanzig": 20,
}  # fmt: skip
LAST = frozenset(
    [
        "last",
        "previous",
        "past",
        "letzten",
        "letzter",
        "letzte",
        "letztes",
        "letztem",
        "vergangenen",
        "vergangener",
        "vergangene",
        "vergangenes",
        "vorigen",
        "voriger",
        "vorige",
        "voriges",
    ]
)
NEXT = frozenset(
    [
        "next",
        "coming",
        "naechsten",
        "naechster",
        "naechste",
        "naechstes",
        "kommenden",
        "kommender",
        "kommende",
        "kommendes",
    ]
)
THIS = frozenset(
    ["this", "diesen", "dieser", "diese", "dieses", "current", "aktuellen", "aktueller", "aktuelle"]
)


def folded(text: str) -> str:
    """`Nächsten  MONTAG` as `naechsten montag`. Digits of other scripts stay what they are."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(composed.translate(_UMLAUTS).split())


def number(word: str) -> int | None:
    """`9` and `neun` as 9; None for another word and for more than nine digits."""
    counted = whole_number(word) if len(word) < 10 else None
    return NUMBERS.get(word) if counted is None else counted
