"""How else a typed place may be written: without umlauts, in English, with a title, abbreviated.

Pure. The gazetteer tries these where a name is not known as it was typed.
"""

import re
from itertools import product, takewhile

from cowork_cli.data.districts import DISTRICTS, ENGLISH
from cowork_cli.domain.place import LINK_WORDS, fold, land_code

_MOST_VOWELS = 6
_TITLES = frozenset(["gemeinde", "markt", "flecken", "stadt", "samtgemeinde"])


def other_spellings(query: str) -> list[str]:
    """Folded names that may be meant, the likeliest first; the one typed is not among them."""
    folded = fold(query)
    spellings = [fold(ENGLISH[folded])] if folded in ENGLISH else []
    plain = _without_title(folded)
    if plain != folded:
        spellings.append(plain)
    for name in (folded, plain):
        spellings += _with_umlauts(name)
    return list(dict.fromkeys(spelling for spelling in spellings if spelling != folded))


def _without_title(folded: str) -> str:
    """`Hanse- und Universitätsstadt Rostock`, `Hansestadt Lübeck`, `Stadt Dortmund`: the name alone."""
    words = folded.split()
    for index in range(len(words) - 1, 0, -1):
        title = words[index - 1]
        if title in _TITLES or title.endswith("stadt"):
            return " ".join(words[index:])
    return folded


def _with_umlauts(folded: str) -> list[str]:
    """`koln` → `koeln`: every way to have left out the dots, at most of six vowels."""
    places = [
        index
        for index, letter in enumerate(folded)
        if letter in "aou" and folded[index + 1 : index + 2] != "e"
    ]
    if not places or len(places) > _MOST_VOWELS:
        return []
    spellings = []
    for dots in sorted(product((False, True), repeat=len(places)), key=sum)[1:]:
        letters = list(folded)
        for index, dotted in zip(places, dots, strict=True):
            letters[index] += "e" if dotted else ""
        spellings.append("".join(letters))
    return spellings


def abbreviates(query: str, name: str) -> bool:
    """Whether words were shortened: `Frankfurt a. M.`, `Rothenburg o. d. T.`, `Halle/S.`

    The first word is whole, each other begins the next word of the name; link words of the name may
    be left out, nothing else.
    """
    typed, words = fold(query).split(), fold(name).split()
    if len(typed) < 2 or not words or typed[0] != words[0]:
        return False
    rest = words[1:]
    for start in typed[1:]:
        while rest and not rest[0].startswith(start) and rest[0] in LINK_WORDS:
            rest.pop(0)
        if not rest or not rest.pop(0).startswith(start):
            return False
    return not rest


def districts(query: str) -> list[tuple[str, str, str]]:
    """Town, district and postcode of the districts meant: `Kreuzberg`, `Berlin-Kreuzberg`."""
    before, comma, land = query.rpartition(",")
    asked = before if comma and land_code(land) else query
    folded = fold(asked).replace("st pauli", "sankt pauli")
    return [
        (town, district, postcode)
        for town, known in DISTRICTS.items()
        for district, postcode in known.items()
        if folded in _forms(town, district)
    ]


def _forms(town: str, district: str) -> tuple[str, ...]:
    part, whole = fold(district), fold(town)
    short = whole.partition(" ")[0]
    return part, f"{whole} {part}", f"{part} {whole}", f"{short} {part}", f"{part} {short}"


# `10115`, `D-10115`, `DE 10115 Berlin`, `Berlin 10115`. ASCII digits: those of other scripts are
# no German postcodes.
_POSTCODE = r"(?:(?:DE|D)[\s-]*)?([0-9]{5})"
_WITH_POSTCODE = (
    re.compile(rf"{_POSTCODE}(?:[\s,;]+(?P<town>\D.*))?", re.IGNORECASE),
    re.compile(rf"(?P<town>\D+?)[\s,;]+{_POSTCODE}", re.IGNORECASE),
)


def parted(query: str) -> tuple[str | None, str]:
    """The German postcode in a query, if there is one, and the rest: the town, or the whole query."""
    for form in _WITH_POSTCODE:
        match = form.fullmatch(query.strip())
        if match:
            return match[1] if form is _WITH_POSTCODE[0] else match[2], match["town"] or ""
    return None, query


def parted_abroad(query: str, country: str) -> tuple[str | None, str]:
    """The same for another country: words that hold a digit stand in front or behind the town.

    `1010 Wien`, `AT-1010`, `A-1010 Wien, AT`, `SW1A 1AA`; of two such words the first alone may be known.
    """
    text = re.sub(rf"[\s,]+{country}$", "", query.strip(), flags=re.IGNORECASE)
    text = re.sub(rf"^(?:{country}|{country[0]})[\s-]+(?=\S*[0-9])", "", text, flags=re.IGNORECASE)
    words = re.split(r"[\s,;]+", text)
    front = list(takewhile(_has_digit, words))
    behind = list(takewhile(_has_digit, reversed(words)))[::-1]
    code = front or behind
    town = words[len(front) :] if front else words[: len(words) - len(behind)]
    return (" ".join(code) or None), " ".join(town) if code else query


def _has_digit(word: str) -> bool:
    return any(sign in "0123456789" for sign in word)


def postcode_key(text: str) -> str:
    """A postcode as files of other countries are asked for it: capital letters and digits alone."""
    return "".join(sign for sign in text.upper() if sign.isalnum())
