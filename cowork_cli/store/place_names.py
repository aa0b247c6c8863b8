"""Places for TAB: the beginning of a name looked up in one sorted file, without reading it whole.

`data/places-de.tsv` is made from the gazetteer by `tools/build_place_names.py`: a line for each word
that a name can be remembered by, `key, 0 for the whole name and 1 for a
word inside, number of postcodes, what to type, Land`, sorted by key. This module is
loaded at every TAB after `--near`, so it imports nothing that the interpreter has not loaded already.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

DATA_FILE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "places-de.tsv")
MOST = 40

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def key_of(text: str) -> str:
    """The form that names are compared in here: small letters, `ue` for `ü`, one blank for the rest."""
    folded = text.casefold().translate(_LETTERS)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded).split())


def beginning(prefix: str, file: str = DATA_FILE) -> "list[tuple[str, str]]":
    """What to type and the Land of the places that so begin; at most MOST, the largest first.

    Places with a later word that begins so come behind: `homb` is Homberg before Bad Homburg.

    Raises OSError where the file is missing.
    """
    key = key_of(prefix).encode()
    if not key:
        return []
    places: dict[bytes, tuple[bytes, int, bytes]] = {}
    with open(file, "rb") as lines:
        _seek(lines, key)
        for line in lines:
            if not line.startswith(key):
                break
            _, inside, weight, typed, land = line.rstrip(b"\n").split(b"\t")
            rank = (inside, -int(weight), land)
            places[typed] = min(rank, places.get(typed, rank))
    ordered = sorted(places.items(), key=lambda item: (item[1][:2], item[0]))[:MOST]
    return [(typed.decode(), land.decode()) for typed, (_, _, land) in ordered]


def lines_of(places: "Iterable[tuple[str, int, str]]") -> bytes:
    """The file of a country's places, each with its number of postcodes and the two letters behind."""
    lines = set()
    for name, weight, country in places:
        words = key_of(name).split()
        for at in range(len(words)):
            if at == 0 or len(words[at]) > 2:
                key, inside = " ".join(words[at:]), min(at, 1)
                lines.add(f"{key}\t{inside}\t{weight}\t{name}, {country}\t{country}\n".encode())
    return b"".join(sorted(lines))


def _seek(lines: "BinaryIO", key: bytes) -> None:
    """Goes to the first line that is not below `key`: a search by halves over the bytes."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        half = (low + high) // 2
        lines.seek(half)
        if half:
            lines.readline()  # the rest of a line that began before
        line = lines.readline()
        if line and line < key:
            low = half + 1
        else:
            high = half
    lines.seek(low)
    if low:
        lines.readline()
