"""The TOML that settings are nearly always written in, read without `tomllib`, which takes as long to
load as a timer takes.

Bare keys, tables of bare keys, and text without escapes, whole numbers and booleans, one on a line.
Whatever else a file holds is for `tomllib`, which knows it all and says what is wrong; a test holds both
ways equal.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def flat_values(text: str) -> dict[str, Any] | None:
    """Full name (`hours.week`) → value, or None where the text is not as plain as that."""
    values: dict[str, Any] = {}
    tables: set[str] = set()
    prefix = ""
    for line in text.split("\n"):
        line = line.strip(" ")
        if not line.isprintable():
            return None
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            table = line[1:-1]
            if line[-1] != "]" or table in tables or not all(map(_is_bare, table.split("."))):
                return None
            tables.add(table)
            prefix = table + "."
            continue
        key, equals, written = line.partition("=")
        key, value = key.rstrip(" "), _value(written.lstrip(" "))
        if not equals or value is None or not _is_bare(key) or prefix + key in values:
            return None
        values[prefix + key] = value
    return values if _fit(values, tables) else None


def _value(written: str) -> str | int | bool | None:
    if written[:1] == '"' == written[-1:] and len(written) > 1:
        inner = written[1:-1]
        return None if '"' in inner or "\\" in inner else inner
    if written in ("true", "false"):
        return written == "true"
    if written.isascii() and written.isdigit() and len(written) < 10:
        return int(written) if written == "0" or written[0] != "0" else None
    return None


def _is_bare(key: str) -> bool:
    return bool(key) and _BARE.issuperset(key)


def _fit(values: dict[str, Any], tables: set[str]) -> bool:
    """Whether no name is both a value and a table."""
    above = set(tables)
    for name in (*values, *tables):
        parts = name.split(".")
        above.update(".".join(parts[:count]) for count in range(1, len(parts)))
    return not above & set(values)
