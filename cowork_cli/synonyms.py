"""A word that is no command: done where it only shows something, else answered with the line to type.

The words stand in `data/words.py`. Nothing here is asked before a word was not found, and a mistyped word
is never done: it only gets its nearest one.
"""

import re

from cowork_cli import app
from cowork_cli.data import words as table
from cowork_cli.domain.shell_words import typed
from cowork_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = re.compile(r"[A-Z]+(?:[/.]+[A-Z]+)?")  # what the person puts in: NAME, CLIENT/ID


class Meant:
    """The line that a word stands for, whether it may be done at once, and what of the rest it took."""

    def __init__(self, line: str, *, done: bool, taken: int = 0, reason: str | None = None):
        self.line = line
        self.done = done
        self.taken = taken
        self.reason = reason


def of_root(word: str, rest: list[str] | None = None) -> Meant | None:
    """What a word in the place of a noun stands for, given `rest` behind it; None where nobody knows.

    A plural is its list, unless a verb stands behind it: then it is the noun.
    """
    said = word.casefold()
    if noun := singular(said):
        verbs = app.verbs_of(noun)
        if rest and rest[0] in verbs:
            return Meant(f"{noun} {rest[0]}", done=rest[0] in table.SHOWING, taken=1)
        if verb := _first(noun, ("list", "search")):
            return Meant(f"{noun} {verb}", done=True)
    for folded in (said, _with_umlauts(said)):
        if (line := table.READS.get(folded)) and _there(line):
            return Meant(line, done=True)
        if (line := table.WRITES.get(folded)) and _there(line):
            return Meant(line, done=False)
    return _verb_alone(word)


def _verb_alone(word: str) -> Meant | None:
    """What a verb without its noun (`list`, `rm`) is an example of: it is of many nouns."""
    for noun in ("client", "project", "track", "invoice"):
        if meant := of_noun(noun, word):
            return Meant(meant.line, done=False, reason=f'"{word}" wants a noun before it')
    return None


def every() -> "Iterator[tuple[str, str, bool]]":
    """Each word in the place of a noun, its line, and whether that is done at once."""
    for done, known in ((True, table.READS), (False, table.WRITES)):
        for word, line in known.items():
            if _there(line):
                yield word, line, done


def of_noun(noun: str, word: str) -> Meant | None:
    """What a word in the place of a verb stands for; None where nobody knows."""
    said = word.casefold()
    if said in table.RENAME:
        return _rename(noun)
    for folded in (said, _with_umlauts(said)):
        if verb := _first(noun, table.VERBS.get(folded, ())):
            return Meant(f"{noun} {verb}", done=verb in table.SHOWING)
    return None


def answer(word: str, meant: Meant, rest: list[str], *, noun: str = "") -> UsageError:
    """The error for a word whose line is not done: it names the line, with what was typed behind it."""
    behind = rest[meant.taken :]
    options = next((at for at, word in enumerate(behind) if word.startswith("-")), len(behind))
    line = f"{_filled(meant.line, behind[:options])} {typed(behind[options:])}".rstrip()
    if meant.reason:
        return UsageError(meant.reason, f"for that there is `cowork {meant.line}`")
    what = f"{noun} command" if noun else "command"
    return UsageError(f'there is no {what} "{word}"', f"type `cowork {line}`")


def _filled(line: str, given: list[str]) -> str:
    """The line with what was typed in its places, the rest of that behind it."""
    left = list(given)
    words = [
        typed([left.pop(0)]) if left and _PLACE.fullmatch(word) else word for word in line.split()
    ]
    return " ".join([*words, *(typed([word]) for word in left)])


def singular(word: str) -> str | None:
    """The noun that a word is the plural of: `invoices`, `addresses`."""
    for ending in ("s", "es"):
        if word.endswith(ending) and word.removesuffix(ending) in app.NOUNS:
            return word.removesuffix(ending)
    return None


def _rename(noun: str) -> Meant | None:
    verbs = app.verbs_of(noun)
    if "edit" in verbs:
        options = app.find((noun, "edit")).option_names
        for option in ("--rename", "--name"):
            if option in options:
                return Meant(f"{noun} edit THING {option} NEW", done=False)
    if noun not in table.KEEPS_ITS_NAME:
        return None
    reason, line = table.KEEPS_ITS_NAME[noun]
    return Meant(line, done=False, reason=reason)


def _first(noun: str, verbs: tuple[str, ...]) -> str | None:
    there = app.verbs_of(noun)
    return next((verb for verb in verbs if verb in there), None)


def _there(line: str) -> bool:
    """Whether this cowork has the command of a line."""
    first, _, rest = line.partition(" ")
    if first not in app.NOUNS:
        return first in app.VERBS or first in app.SHORTCUTS or first == "--version"
    words = rest.split()
    return not {words[0], " ".join(words[:2])}.isdisjoint(app.verbs_of(first))


def _with_umlauts(word: str) -> str:
    """`loeschen` as `löschen`, where a keyboard has none."""
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        word = word.replace(plain, umlaut)
    return word
