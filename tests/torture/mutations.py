"""Files as they come damaged or meant badly: a mutant of a sample for each number, the same in every run.

Every mutant keeps most of its sample, so that it gets past the head of a reader. Sizes are bounded: a
mutant has at most `LONGEST` bytes more than its sample.
"""

import json
import re
from random import Random
from typing import Any

LONGEST = 70_000
# What one finds in fields that somebody filled in to do harm, or a program by mistake.
ODD_TEXTS = (
    "", " ", "0", "-1", "1e999", "NaN", "9" * 40, "9" * 5000, "-0", "٣", "²", "1,5", "1.234,56", "null", "true",
    "{}", "[]", "=1+1", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "\x85", "é", "e\u0301", "👩‍💻", "ß", "A" * 3000,
    "0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "25:00", "24:00:00", "2026-10-25T02:30:00", "../../x", "%00",
    "<a>", "&amp;", "]]>", "';--", "$(true)", "`true`", "\\", '"', "''", ";", ",", "\t", "\r", "\n\n", "\r\n",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**30, -(10**30), "", "x", "9" * 5000, "2026-13-45", "\x1b[2J\u202e", "A" * 3000,
    [], [None], [[[[[[]]]]]], {}, {"id": None}, {"": {"": {}}}, [{}, 7, "x", None], "@1E+999999@", "@-1e-999999@", "@1E400@",
)  # fmt: skip
"""Between `@` a number that only a reader of exact ones takes: `encoded` writes it as one."""
ODD_BYTES = (
    b"", b"\0", b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80", b"\x80", b"\r", b"\n", b"\x1a", b"<!--", b"-->", b"<", b">", b"%",
    b"(" * 500, b"[" * 3000, b"{" * 3000, b'"', b"<a>" * 3000, b"BEGIN:VEVENT\r\n" * 40, b"A" * 60_000,
)  # fmt: skip


def mutant(sample: bytes, number: int) -> bytes:
    """One to three changes to a sample: to its bytes, its words and lines, or the values of its JSON."""
    chance = Random(f"{number}/{len(sample)}")
    content = sample
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice((_bytes, _words, _words, _lines, _values, _values))(content, chance)
    return content[: len(sample) + LONGEST]


def wrong_values(document: Any) -> int:
    """How many single changes `with_wrong_value` knows for a document of JSON."""
    return len(_places(document)) * (len(ODD_VALUES) + 2)


def with_wrong_value(document: Any, number: int) -> Any:
    """A copy of a document of JSON in which one value is odd, doubled or missing."""
    changed = {"": json.loads(json.dumps(document))}
    places = _places(changed)[1:]
    holder, key = places[number // (len(ODD_VALUES) + 2) % len(places)]
    what = number % (len(ODD_VALUES) + 2)
    if what < len(ODD_VALUES):
        holder[key] = json.loads(json.dumps(ODD_VALUES[what]))
    elif what == len(ODD_VALUES) and holder is not changed:
        del holder[key]
    else:
        holder[key] = [holder[key], holder[key]]
    return changed[""]


def encoded(document: Any) -> bytes:
    """A document with its wrong value as JSON, numbers between `@` as they are."""
    return re.sub(r'"@([-+.0-9eE]+)@"', r"\1", json.dumps(document)).encode()


def is_of_another_kind(document: Any, number: int) -> bool:
    """Whether the wrong value stands where rows, or one of them, were due, and is something else, not nothing."""
    places = _places({"": document})[1:]
    holder, key = places[number // (len(ODD_VALUES) + 2) % len(places)]
    what = number % (len(ODD_VALUES) + 2)
    if what >= len(ODD_VALUES) or ODD_VALUES[what] is None:
        return False
    was = holder[key]
    rows = isinstance(was, list) and bool(was) and isinstance(was[0], dict)
    row = isinstance(was, dict) and isinstance(holder, list)
    return (rows or row) and type(ODD_VALUES[what]) is not type(was)


def _places(document: Any) -> list[tuple[Any, Any]]:
    """Every value of a document, as what holds it and where; the first is the document itself."""
    found: list[tuple[Any, Any]] = [({"": document}, "")]
    waiting = [document]
    while waiting:
        holder = waiting.pop()
        keys = (
            list(holder)
            if isinstance(holder, dict)
            else range(len(holder))
            if isinstance(holder, list)
            else ()
        )
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found


def _bytes(content: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(content))
    return (
        content[:at]
        + chance.choice(ODD_BYTES)
        + content[at + chance.choice((0, 0, 1, 4, 60, 10**9)) :]
    )


def _words(content: bytes, chance: Random) -> bytes:
    """One word, as far as separators go, becomes an odd one or another word of the same file."""
    text = content.decode("utf-8", "surrogateescape")
    signs = chance.choice((",;\t\n", "<>", "\"'", " \r\n", ":=", "|[]() "))
    cuts = [-1, *(at for at, sign in enumerate(text) if sign in signs), len(text)]
    if len(cuts) < 3:
        return content
    one, other = chance.randrange(len(cuts) - 1), chance.randrange(len(cuts) - 1)
    put = chance.choice((*ODD_TEXTS, text[cuts[other] + 1 : cuts[other + 1]]))
    return (text[: cuts[one] + 1] + put + text[cuts[one + 1] :]).encode("utf-8", "surrogateescape")


def _lines(content: bytes, chance: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = lines[at] * 200
        case _:
            chance.shuffle(lines)
    return b"".join(lines)


def _values(content: bytes, chance: Random) -> bytes:
    """One value of JSON is changed; what is no JSON gets an odd word."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _words(content, chance)
    return json.dumps(with_wrong_value(document, chance.randrange(10**6))).encode()
