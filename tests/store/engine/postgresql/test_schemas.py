"""The schema of a store on a server says what that of a file says."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from cowork_cli.store.engine import migrate
from tests.postgresql.catalogues import OVERLAP, Table, conditions, of_postgresql, of_sqlite
from tests.postgresql.fixtures import NewDatabase


@pytest.fixture
def server(new_database: NewDatabase) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(new_database(), autocommit=True) as connection:
        connection.execute("SET search_path = cowork")
        yield connection


@pytest.fixture
def file() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate.create(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def test_the_catalogues_say_the_same(
    file: sqlite3.Connection, server: psycopg.Connection[Any]
) -> None:
    there, here = of_sqlite(file, server), of_postgresql(server)
    assert sorted(there) == sorted(here)
    for name in there:
        for part in Table.__dataclass_fields__:
            assert getattr(here[name], part) == getattr(there[name], part), f"{name}: {part}"


def test_the_catalogue_is_read_whole(
    file: sqlite3.Connection, server: psycopg.Connection[Any]
) -> None:
    """Two empty lists are the same too: some of each kind is there."""
    tables = of_sqlite(file, server)
    kinds = ("columns", "unique", "references", "checks", "indexes", "triggers")
    found = {kind: sum(len(getattr(table, kind)) for table in tables.values()) for kind in kinds}
    words = [sql for (sql,) in file.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")]
    assert found["triggers"] == sum(sql.startswith("CREATE TRIGGER") for sql in words) - 2
    assert found["indexes"] == sum(" INDEX " in sql for sql in words)
    assert found["checks"] == sum(sql.count("CHECK (") for sql in words)
    assert found["references"] == sum(sql.count(" REFERENCES ") for sql in words if "TABLE" in sql)
    assert tables["entries"].checks == ["CHECK ((to_at > from_at))"]
    assert tables["letters"].key == ("sha256",)
    assert tables["entries"].numbered and not tables["unattended"].numbered


def test_text_is_compared_byte_by_byte(server: psycopg.Connection[Any]) -> None:
    others = server.execute(
        """
        SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'cowork'::regnamespace AND relkind = 'r' AND attnum > 0
        AND atttypid = 'text'::regtype AND attcollation <> '"C"'::regcollation
        """
    ).fetchall()
    assert others == []


def test_hours_exclude_each_other(server: psycopg.Connection[Any]) -> None:
    row = server.execute(
        "SELECT contype, condeferrable FROM pg_constraint WHERE conname = %s", (OVERLAP,)
    ).fetchone()
    assert row == ("x", False)


def test_a_condition_ends_where_its_parenthesis_does() -> None:
    assert list(conditions("a CHECK (a IN ('x', 'y')),\n CHECK ((a) <> (b))")) == [
        "(a IN ('x', 'y'))",
        "((a) <> (b))",
    ]


def test_a_schema_has_one_version(server: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        server.execute("INSERT INTO schema_version (version) VALUES (1)")


def test_what_stays_cannot_be_emptied_at_once(server: psycopg.Connection[Any]) -> None:
    """A server has a statement for it that asks no rule of a row."""
    kept = {
        name: words
        for name, table in of_postgresql(server).items()
        for _, event, words in table.triggers.values()
        if event == "DELETE"
    }
    assert {"journal", "invoices", "entries", "receipts"} <= set(kept)
    for name, words in kept.items():
        with pytest.raises(psycopg.Error) as refused:
            server.execute(f"TRUNCATE {name} CASCADE".encode())
        assert (refused.value.sqlstate, refused.value.diag.message_primary) in {
            ("CW001", said) for said in kept.values()
        }
        row = server.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgtype & 32 > 0 "
            "AND tgargs = convert_to(%s, 'UTF8') || '\\x00'::bytea",
            (name, words),
        ).fetchone()
        assert row == (1,), name
