"""Rows whose values have the names of their columns: `row.from_at`, not `row[6]`.

A row is a tuple still: it can be taken apart, and is equal to a plain one. `sqlite3.Row` is neither,
and looks a name up in the whole list of columns each time, which a list of 100,000 entries feels.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


@cache
def row_class(columns: tuple[str, ...]) -> type[tuple[Any, ...]]:
    """The class of rows with these columns. A name that two of them bear is no name of either."""
    names = {
        name: property(itemgetter(place))
        for place, name in enumerate(columns)
        if columns.count(name) == 1
    }
    return type("Row", (tuple,), {"__slots__": (), **names, "_columns": columns})


def named(description: Iterable[Sequence[Any]], values: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Rows of `values`; `description` is what PEP 249 says of the columns, the name first."""
    return list(map(row_class(tuple(column[0] for column in description)), values))


def as_dict(row: Any) -> dict[str, Any]:
    """Column → value, in the order of the columns."""
    return dict(zip(type(row)._columns, row, strict=True))
