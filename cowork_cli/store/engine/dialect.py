"""What only SQLite understands, in one place; every other statement is plain SQL.

A store on another database brings its own module with these names. The functions that take columns
and conditions return a piece of a statement; the others ask the database about itself.
"""

from __future__ import annotations

TYPE_CHECKING = False


# ---- pieces of statements


def json_list(fields: str, source: str) -> str:
    """A JSON list with one list of `fields` for each row of `source`: `payments p WHERE …`."""
    return f"(SELECT json_group_array(json_array({fields})) FROM {source})"


def json_value(document: str, path: str) -> str:
    """The value at `path` (`buyer.vat_id`) of a column that holds JSON."""
    return f"json_extract({document}, '$.{path}')"


def json_number(document: str, path: str) -> str:
    """The same, where it is a whole number."""
    return f"CAST({json_value(document, path)} AS BIGINT)"


def same(column: str) -> str:
    """Whether a column is the value given, where nothing is the same as nothing."""
    return f"{column} IS ?"


def number(condition: str) -> str:
    """1 where a condition holds, else 0."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def has_word(column: str) -> str:
    """Whether a column, words with commas between them, has exactly the word given among them."""
    return f"instr(',' || {column} || ',', ',' || ? || ',') > 0"


def holds(column: str, text: str) -> str:
    """Whether a column holds a piece of text, which is ours and without quotes."""
    return f"instr({column}, '{text}') > 0"


def entry_of(table: str, column: str) -> str:
    """The four bytes that a table of such has for a column that counts from 1."""
    return f"substr({table}, {column} * 4 - 3, 4)"
