"""Records as the journal writes them: JSON as `json` would have it, which takes longer to load than a timer takes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any


def compact(row: Mapping[str, Any]) -> str:
    """The record as JSON."""
    return "{" + ",".join([f'"{name}":{json_value(value)}' for name, value in row.items()]) + "}"


def compact_many(names: Sequence[str], records: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """`compact` of each of many records; what all of them share is put into their form once."""
    from json.encoder import encode_basestring as quoted

    if not records:
        return iter(())
    form: list[str] = []
    cells: list[Iterable[Any]] = []
    for name, column in zip(names, zip(*records, strict=True), strict=True):
        kinds = set(map(type, column))
        if len(kinds) == 1 and len(set(column)) == 1:
            form.append(f'"{name}":{json_value(column[0])}'.replace("%", "%%"))
            continue
        form.append(f'"{name}":%s')
        plain = kinds == {int}
        cells.append(
            column
            if plain
            else [quoted(cell) if type(cell) is str else json_value(cell) for cell in column]
        )
    filled = "{" + ",".join(form) + "}"
    if not cells:
        return iter([filled % ()] * len(records))
    return map(filled.__mod__, zip(*cells, strict=True))


# RFC 8259 §7: what must not stand in a text as it is.
_ESCAPED = {
    **{code: f"\\u{code:04x}" for code in range(32)},
    **{ord(char): f"\\{name}" for char, name in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)},
}


def json_value(value: object) -> str:
    """A value as JSON."""
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    if type(value) is str:
        if value.isprintable() and '"' not in value and "\\" not in value:
            return f'"{value}"'
        return f'"{value.translate(_ESCAPED)}"'
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
