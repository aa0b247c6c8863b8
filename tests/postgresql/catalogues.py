"""What the schemas of both engines say, read from what was built, in words that can be compared.

A condition (of a check, of a partial index) is compared as PostgreSQL writes it: that of SQLite is given to
it, at a twin of the table.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import psycopg

TYPES = {
    "INTEGER": "bigint",
    "TEXT": "text",
    "REAL": "double precision",
    "BLOB": "bytea",
}
# What a server has beside the tables of a file: its version, and what SQLite keeps in tables of its own.
ONLY_ON_A_SERVER = ("schema_version", "removed_ids")
ACTIONS = {"a": "NO ACTION", "c": "CASCADE", "n": "SET NULL"}
OVERLAP = "entries_do_not_overlap"  # triggers there, an exclusion constraint here


@dataclass(frozen=True)
class Column:
    """One of a table: `type` in PostgreSQL's words, `default` as written."""

    name: str
    type: str
    required: bool
    default: str | None


@dataclass(frozen=True)
class Reference:
    """A foreign key of one column."""

    column: str
    table: str
    parent: str
    on_delete: str
    on_update: str


@dataclass
class Table:
    """What can be said about a table; `checks` and `indexes` as PostgreSQL writes them.

    `numbered`: the database gives the ids. `triggers`: when, at what, and the words.
    """

    columns: list[Column] = field(default_factory=list)
    key: tuple[str, ...] = ()
    unique: set[tuple[str, ...]] = field(default_factory=set)
    references: set[Reference] = field(default_factory=set)
    checks: list[str] = field(default_factory=list)
    indexes: dict[str, str] = field(default_factory=dict)
    numbered: bool = False
    triggers: dict[str, tuple[str, str, str]] = field(default_factory=dict)


# ---- SQLite


def of_sqlite(file: sqlite3.Connection, server: psycopg.Connection[Any]) -> dict[str, Table]:
    """The catalogue of a file; `server` has the same tables and writes its conditions anew."""
    return {
        name: _sqlite_table(file, server, name, sql)
        for name, sql in file.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    }


def _sqlite_table(
    file: sqlite3.Connection, server: psycopg.Connection[Any], name: str, sql: str
) -> Table:
    rows = file.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (name,)
    ).fetchall()
    table = Table(
        columns=[Column(n, TYPES[kind], bool(must or pk), default) for n, kind, must, default, pk in rows],
        key=tuple(row[0] for row in sorted((row for row in rows if row[4]), key=lambda row: row[4])),
        numbered="AUTOINCREMENT" in sql,
    )  # fmt: skip
    for (index,) in file.execute(
        "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", (name,)
    ).fetchall():
        columns = file.execute("SELECT name FROM pragma_index_info(?)", (index,)).fetchall()
        table.unique.add(tuple(column for (column,) in columns))
    for column, parent, to, deleted, updated in file.execute(
        'SELECT "from", "table", "to", on_delete, on_update FROM pragma_foreign_key_list(?)',
        (name,),
    ).fetchall():
        table.references.add(Reference(column, parent, to, deleted, updated))
    table.checks, table.indexes = _as_the_server_writes(file, server, name, sql)
    for trigger, text in file.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (name,)
    ).fetchall():
        said = re.search(
            r"(BEFORE|AFTER) (INSERT|UPDATE|DELETE).*RAISE\(ABORT, '(.*)'\)", text, re.DOTALL
        )
        assert said is not None
        if not trigger.startswith(OVERLAP):
            table.triggers[trigger] = (said[1], said[2], said[3])
    return table


def _as_the_server_writes(
    file: sqlite3.Connection, server: psycopg.Connection[Any], name: str, sql: str
) -> tuple[list[str], dict[str, str]]:
    made = file.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?",
        (name,),
    ).fetchall()
    with server.transaction(force_rollback=True):
        server.execute(f"CREATE TEMPORARY TABLE twin (LIKE {name})".encode())
        for condition in conditions(sql):
            server.execute(f"ALTER TABLE twin ADD CHECK {condition}".encode())
        for (index,) in made:
            server.execute(re.sub(r" ON \w+\s", " ON twin ", index, count=1).encode())
        return _checks(server, "twin"), _indexes(server, "twin")


def conditions(sql: str) -> Iterator[str]:
    """The conditions, in parentheses, that the statement of a table has after CHECK."""
    for piece in re.split(r"\bCHECK (?=\()", sql)[1:]:
        depths = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in piece)
        yield piece[: list(depths).index(0) + 1]


# ---- PostgreSQL


def of_postgresql(server: psycopg.Connection[Any]) -> dict[str, Table]:
    """The catalogue of a store on a server."""
    tables = {
        name: Table(key=_keys(server, name, "p").pop() if _keys(server, name, "p") else ())
        for (name,) in server.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'cowork'::regnamespace AND relkind = 'r'"
        )
        if name not in ONLY_ON_A_SERVER
    }
    for name, table in tables.items():
        table.columns = _columns(server, name)
        table.unique = _keys(server, name, "u")
        table.references = _references(server, name)
        table.checks = _checks(server, name)
        table.indexes = _indexes(server, name)
        table.numbered = _numbered(server, name)
        table.triggers = _triggers(server, name)
    return tables


def _columns(server: psycopg.Connection[Any], table: str) -> list[Column]:
    return [
        Column(name, kind, required, default and default.removesuffix("::text"))
        for name, kind, required, default in server.execute(
            """
            SELECT attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """,
            (table,),
        )
    ]


def _keys(server: psycopg.Connection[Any], table: str, kind: str) -> set[tuple[str, ...]]:
    rows = server.execute(
        """
        SELECT array_agg(attname ORDER BY place) FROM pg_constraint
        CROSS JOIN unnest(conkey) WITH ORDINALITY AS part (number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number
        WHERE conrelid = %s::regclass AND contype = %s GROUP BY pg_constraint.oid
        """,
        (table, kind),
    )
    return {tuple(columns) for (columns,) in rows}


def _references(server: psycopg.Connection[Any], table: str) -> set[Reference]:
    return {
        Reference(column, parent, to, ACTIONS[deleted], ACTIONS[updated])
        for column, parent, to, deleted, updated in server.execute(
            """
            SELECT own.attname, relname, its.attname, confdeltype, confupdtype FROM pg_constraint
            JOIN pg_class ON pg_class.oid = confrelid
            JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = conkey[1]
            JOIN pg_attribute its ON its.attrelid = confrelid AND its.attnum = confkey[1]
            WHERE conrelid = %s::regclass AND contype = 'f' AND cardinality(conkey) = 1
            AND NOT condeferred
            """,
            (table,),
        )
    }


def _checks(server: psycopg.Connection[Any], table: str) -> list[str]:
    rows = server.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
        (table,),
    )
    return sorted(condition for (condition,) in rows)


def _indexes(server: psycopg.Connection[Any], table: str) -> dict[str, str]:
    """Those that no constraint has made: name → what `CREATE INDEX` says of them."""
    rows = server.execute(
        """
        SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid
        WHERE indrelid = %s::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
        """,
        (table,),
    )
    return {name: re.sub(r" ON \S+ ", " ON … ", text, count=1) for name, text in rows}


def _numbered(server: psycopg.Connection[Any], table: str) -> bool:
    """Whether its ids are given by the database: by an identity, or by a trigger of the store."""
    row = server.execute(
        """
        SELECT EXISTS (SELECT FROM pg_attribute
                       WHERE attrelid = %(table)s::regclass AND attname = 'id' AND attidentity <> '')
        OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %(table)s::regclass AND tgname = 'give_id')
        """,
        {"table": table},
    ).fetchone()
    assert row is not None
    return bool(row[0])


def _triggers(server: psycopg.Connection[Any], table: str) -> dict[str, tuple[str, str, str]]:
    """Those that refuse a change of a row: name → when, at what, and the words."""
    events = {4: "INSERT", 8: "DELETE", 16: "UPDATE"}
    return {
        name: (
            "BEFORE" if kind & 2 else "AFTER",
            next(event for bit, event in events.items() if kind & bit),
            words.decode().removesuffix("\0"),
        )
        for name, kind, words in server.execute(
            """
            SELECT tgname, tgtype, tgargs FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgrelid = %s::regclass AND proname = 'refuse' AND tgtype & 1 = 1
            AND tgenabled = 'O'
            """,
            (table,),
        )
    }
