"""What PostgreSQL says otherwise than SQLite, statement by statement.

Most of what the aggregates say is understood by both. The functions that SQLite has and PostgreSQL has
not are made by the schema itself under the same names (`migrations/postgresql/`); what is left is form.
"""

from __future__ import annotations

import re
from functools import cache

_TEXT_OR_MARK = re.compile(r"'[^']*'|\?")
_FORMS = (
    (re.compile(r"\bIS NOT \?"), "IS DISTINCT FROM ?"),
    (re.compile(r"\bIS \?"), "IS NOT DISTINCT FROM ?"),
    (re.compile(r"\? IS NULL"), "?::TEXT IS NULL"),
    (re.compile(r"\bjson_array\("), "json_build_array("),
    (re.compile(r"\bCREATE INDEX temp\."), "CREATE INDEX "),
)
# The columns of the schema are as wide, and are compared byte by byte.
_OF_TABLES = (
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
)


@cache
def translated(sql: str) -> str:
    """A statement as PostgreSQL has it, its values numbered: `$1`."""
    for form, theirs in _OF_TABLES if sql.startswith("CREATE TEMPORARY") else _FORMS:
        sql = form.sub(theirs, sql)
    number = 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        if match[0] != "?":
            return match[0]
        number += 1
        return f"${number}"

    return _TEXT_OR_MARK.sub(numbered, sql)
