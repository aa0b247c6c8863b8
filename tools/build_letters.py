"""Builds ``cowork_cli/documents/letters.py``, the characters the fonts inside Typst can show.

Run by hand when Typst is updated, never by the product: ``python tools/build_letters.py``. The
source is Typst itself. Under ``a-3b`` it refuses a page on which a character has no glyph and
lists every such character at once, so one page with all of Unicode gives the whole answer (some
15 seconds per weight). The same Typst and the same Python give the same bytes.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "cowork_cli" / "documents" / "letters.py"
WEIGHTS = (400, 600)  # the two that invoice.typ uses
# Characters that order text from right to left against its letters: on an invoice they could make
# a figure read differently from the data. Private use has no agreed meaning, surrogates no glyph.
REFUSED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
REFUSED_CATEGORIES = frozenset(["Cc", "Cn", "Co", "Cs"])
PAGE = """
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), weight: WEIGHT)
#for point in json(bytes(sys.inputs.points)) { box(str.from-unicode(point)); parbreak() }
"""
HEAD = '''"""Which characters the fonts inside Typst can show; written by `tools/build_letters.py`.

Owns the table only; do not edit it by hand. A test compares it with the Typst that is installed.
"""

from functools import cache

# First and last code point of each run, hexadecimal.
_RUNS = """
'''
TAIL = '''"""


@cache
def printable() -> frozenset[str]:
    """Every character that can stand on a page, also tab and line feed."""
    runs = (run.partition("-") for run in _RUNS.split())
    return frozenset("\\t\\n").union(
        chr(point)
        for first, _, last in runs
        for point in range(int(first, 16), int(last or first, 16) + 1)
    )
'''


def candidates(first: int = 0x20, last: int = 0x2FFFF) -> list[int]:
    """The assigned code points of a range that may stand on an invoice at all."""
    return [
        point
        for point in range(first, last + 1)
        if chr(point) not in REFUSED and unicodedata.category(chr(point)) not in REFUSED_CATEGORIES
    ]


def missing(points: list[int], weight: int) -> set[int]:
    """Which of these Typst cannot show in this weight."""
    import json

    page = PAGE.replace("WEIGHT", str(weight)).encode()
    try:
        typst.compile(
            page,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["a-3b"],
            sys_inputs={"points": json.dumps(points)},
            timestamp=0,
        )
    except typst.TypstError as error:
        found = set(
            re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic, re.DOTALL)
        )
        if not found:  # some other error
            raise
        return {_point(shown) for shown in found}
    return set()


def _point(shown: str) -> int:
    """The code point in a message of Typst, which writes some as `\\u{ad}`."""
    escaped = re.fullmatch(r"\\u\{([0-9a-f]+)\}", shown)
    if escaped:
        return int(escaped[1], 16)
    return ord(shown.removeprefix("\\") if len(shown) == 2 else shown)


def runs(points: list[int]) -> list[str]:
    """Code points in rising order as `20-7e a0 …`."""
    pairs: list[list[int]] = []
    for point in points:
        if pairs and pairs[-1][1] == point - 1:
            pairs[-1][1] = point
        else:
            pairs.append([point, point])
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in pairs]


def module(points: list[int]) -> str:
    """The text of letters.py."""
    lines: list[str] = [""]
    for run in runs(points):
        if len(lines[-1]) + len(run) + 1 > 96:
            lines.append("")
        lines[-1] = f"{lines[-1]} {run}".strip()
    return HEAD + "\n".join(lines) + "\n" + TAIL


def covered() -> list[int]:
    """The code points that Typst can show in every weight of the page, in order."""
    asked = candidates()
    lacking = set[int]().union(*(missing(asked, weight) for weight in WEIGHTS))
    return [point for point in asked if point not in lacking]


def main() -> int:
    """Asks Typst and writes the module."""
    found = covered()
    TARGET.write_text(module(found), encoding="utf-8")
    print(f"{len(found)} characters", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
