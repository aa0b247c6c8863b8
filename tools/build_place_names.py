"""Writes `cowork_cli/data/places-de.tsv`, the names of places for TAB, from the gazetteer that ships.

Run by hand after `tools/build_gazetteer.py`; it takes a minute. A name that several places bear is
offered with its Land (`Bergheim, NW`) or its postcode, so that a search understands what TAB wrote.
"""

import sqlite3
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cowork_cli.store import gazetteer  # noqa: E402
from cowork_cli.store.place_names import DATA_FILE, key_of  # noqa: E402

GAZETTEER = ROOT / "cowork_cli" / "data" / "gazetteer-de.sqlite"
# Words that nobody begins to type when looking for a place.
NO_KEYS = frozenset(
    ["a", "am", "an", "auf", "b", "d", "dem", "den", "der", "die", "i", "im", "in", "l", "o",
     "ob", "u", "und", "v", "vor", "vorm"]
)  # fmt: skip

ENDS = frozenset(["bei", "gem", "b"])  # what follows is the name of another place


def made() -> bytes:
    """The whole file."""
    base = sqlite3.connect(f"{GAZETTEER.as_uri()}?mode=ro&immutable=1", uri=True)
    rows = base.execute(
        "SELECT name, land, max(postcodes), min(postcode) FROM place GROUP BY name, land"
    ).fetchall()
    base.close()
    lines = set()
    for name, land, weight, postcode in rows:
        typed = _typed(name, land, postcode)
        for inside, key in enumerate(_keys(name)):
            lines.add(f"{key}\t{min(inside, 1)}\t{weight}\t{typed}\t{land}\n".encode())
    return b"".join(sorted(lines))


def _typed(name: str, land: str, postcode: str) -> str:
    """The shortest that a search takes for this place: its name, with its Land, with its postcode."""
    for typed in (name, f"{name}, {land}"):
        place, _ = gazetteer.resolve(typed)
        if place is not None and (place.name, place.land) == (name, land):
            return typed
    return f"{postcode} {name}"


def _keys(name: str) -> list[str]:
    """The whole name, and what follows each word of it but `bei` and its like: `homburg …`."""
    words = key_of(name).split()
    keys = [" ".join(words)]
    for at, word in enumerate(words[1:], 1):
        if words[at - 1] in ENDS:
            break
        if word not in NO_KEYS | ENDS:
            keys.append(" ".join(words[at:]))
    return keys


if __name__ == "__main__":
    Path(DATA_FILE).write_bytes(made())
