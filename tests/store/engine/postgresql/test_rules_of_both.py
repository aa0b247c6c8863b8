"""What one schema refuses the other refuses too, by the same rule of ours; what one takes the other takes.

Every statement is run on both: on a file, and on a server. All begin with the same records: two or three of
each table, made from the catalogue.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from cowork_cli.store.engine import failures, migrate
from cowork_cli.store.engine.postgresql import failures as of_server
from cowork_cli.store.engine.rules import OF_TRIGGERS, OF_UNIQUE, Rule
from tests.postgresql.catalogues import Table, of_postgresql
from tests.postgresql.fixtures import NewDatabase

ALLOWED = "allowed"  # no rule was broken

# ---- the same on both


@dataclass
class Both:
    """A file and a server with the same records."""

    file: sqlite3.Connection
    server: psycopg.Connection[Any]
    tables: dict[str, Table]
    broken: set[str] = field(
        default_factory=set
    )  # constraints of the server that refused something

    def run(self, *statements: str) -> None:
        """Statements that both take."""
        for statement in statements:
            self.file.execute(statement)
        self.server.execute("; ".join(statements).encode())

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is run inside is not there afterwards."""
        self.file.execute("SAVEPOINT before")
        with self.server.transaction(force_rollback=True):
            yield
        self.file.execute("ROLLBACK TO before")
        self.file.execute("RELEASE before")

    def verdict(self, statement: str) -> str:
        """The name of the rule by which both refuse it, or `allowed`; what it did is taken back."""
        there, here = self._of_the_file(statement), self._of_the_server(statement)
        assert here == there, statement
        return here

    def _of_the_file(self, statement: str) -> str:
        self.file.execute("SAVEPOINT tried")
        try:
            self.file.execute(statement)
        except sqlite3.IntegrityError as error:
            return str(failures.broken(error).rule)
        finally:
            self.file.execute("ROLLBACK TO tried")
            self.file.execute("RELEASE tried")
        return ALLOWED

    def _of_the_server(self, statement: str) -> str:
        try:
            with self.server.transaction(force_rollback=True):
                self.server.execute(statement.encode())
        except psycopg.Error as error:
            self.broken.add(error.diag.constraint_name or "")
            return str(of_server.broken(error).rule)
        return ALLOWED


def _constraint(columns: str) -> str:
    """`invoices.number` → the name that PostgreSQL gives the constraint by itself."""
    table = columns.partition(".")[0]
    return "_".join([table, *re.findall(r"\.(\w+)", columns), "key"])


@pytest.fixture
def both(new_database: NewDatabase) -> Iterator[Both]:
    file = sqlite3.connect(":memory:", isolation_level=None)
    migrate.create(file)
    file.execute("PRAGMA foreign_keys = ON")
    file.execute("PRAGMA recursive_triggers = ON")
    with psycopg.connect(new_database()) as server:
        server.execute("SET search_path = cowork")
        pair = Both(file, server, of_postgresql(server))
        pair.run(
            *(
                _insert(name, _row(pair.tables, name, n))
                for name in _parents_first(pair.tables)
                for n in _numbers(pair.tables, name)
            )
        )
        yield pair
        server.rollback()
    file.close()


# ---- records


def _row(tables: dict[str, Table], name: str, n: int) -> dict[str, Any]:
    """The values of the `n`th record of a table, all different from those of the others."""
    table = tables[name]
    parents = {one.column: one for one in table.references}
    alone = {column for columns in table.unique | {table.key} for column in columns}
    row = {}
    for column in table.columns:
        if not column.required and column.name not in alone:
            continue
        if column.name in parents:
            row[column.name] = _value(tables, parents[column.name].table, n)
        elif choice := _choice(table, column.name):
            row[column.name] = choice
        elif column.type == "bigint":
            row[column.name] = n
        else:
            row[column.name] = f"x{n}"
    return {**row, **_special(name, n)}


def _special(name: str, n: int) -> dict[str, Any]:
    """What the catalogue does not say of the values of a table."""
    return {
        "entries": {"from_at": 100 * n, "to_at": 100 * n + 50, "person": "anna"},
        "bookings": {"to_at": n + 1},
        "local_bookings": {"to_at": n + 1},
        "rates": {"project_id": None},
        "bank_links": {"payment_id" if n == 2 else "expense_id": None},
        "invoices": {"cancels_id": 2 if n == 3 else None},
        "expenses": {"receipt_name": "x"},
    }.get(name, {})


def _value(tables: dict[str, Table], name: str, n: int) -> Any:
    return n if tables[name].key[0].endswith("id") else f"x{n}"


def _choice(table: Table, column: str) -> str | None:
    for check in table.checks:
        if said := re.search(rf"\({column} = ANY \(ARRAY\['([^']*)'", check):
            return said[1]
    return None


def _numbers(tables: dict[str, Table], name: str) -> tuple[int, ...]:
    """Those of the records that all begin with; one that nobody refers to leaves a third of its parents free."""
    return (1, 2, 3) if _is_referred_to(tables, name) else (1, 2)


def _is_referred_to(tables: dict[str, Table], name: str) -> bool:
    return any(one.table == name for table in tables.values() for one in table.references)


def _parents_first(tables: dict[str, Table]) -> list[str]:
    order: list[str] = []
    while len(order) < len(tables):
        order += [
            name
            for name, table in tables.items()
            if name not in order and {one.table for one in table.references} <= {*order, name}
        ]
    return order


def _insert(name: str, row: dict[str, Any]) -> str:
    return (
        f"INSERT INTO {name} ({', '.join(row)}) VALUES ({', '.join(map(_literal, row.values()))})"
    )


def _literal(value: Any) -> str:
    return "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"


# ---- values


VALUES = {
    "bigint": (None, 0, -1, 4, 999_999),
    "text": (None, "", "zz"),
    "bytea": (None,),
    "double precision": (None,),
}
# Two of its columns are never both set, and nothing is not the same as nothing.
NEVER_BROKEN = {"rates.client_id, rates.project_id, rates.valid_from"}
# Columns of which both are nothing, or just one is.
TOGETHER = {
    "expenses.receipt": ("receipt_name",),
    "bank_links.payment_id": ("expense_id",),
    "bank_links.expense_id": ("payment_id",),
}
# SQLite takes a key that is nothing, or makes one up; docs/decisions/0031.
KEYS_OF_NOTHING = {
    ("meta", "key", None),
    ("receipts", "sha256", None),
    ("unattended", "change_id", None),
}


def test_each_value_and_each_constraint(both: Both) -> None:
    """A further record of each table with one value that may be wrong, and with each key that is there already."""
    verdicts: set[str] = set()
    for name, table in both.tables.items():
        row = _new_row(both.tables, name)
        assert both.verdict(_insert(name, row)) == ALLOWED
        for column in table.columns:
            for value in VALUES[column.type]:
                if (name, column.name, value) not in KEYS_OF_NOTHING and column.name != "id":
                    verdicts.add(both.verdict(_insert(name, {**row, column.name: value})))
        rows = [_row(both.tables, name, n) for n in _numbers(both.tables, name)]
        for key in sorted(table.unique | {table.key} - {()}):
            named = ", ".join(f"{name}.{column}" for column in key)
            there = next(
                (one for one in rows if None not in (one.get(part) for part in key)), rows[0]
            )
            same = {column: there.get(column) for column in (*key, *TOGETHER.get(named, ()))}
            twice = _insert(name, {**row, **same})
            expected = ALLOWED if named in NEVER_BROKEN else OF_UNIQUE.get(named, Rule.TAKEN).name
            assert both.verdict(twice) == expected, named
    for statement in TWICE:
        assert both.verdict(statement) == Rule.TAKEN.name, statement
    for (name, rule), changes in WRONG_TOGETHER.items():
        wrong = _insert(name, {**_new_row(both.tables, name), **changes})
        assert both.verdict(wrong) == rule, wrong
    assert verdicts >= {ALLOWED, "REFERRED", "IMPOSSIBLE", "MISSING", "ENTRIES_OVERLAP"}
    constraints = _constraints(both.server)
    never = {_constraint(columns) for columns in NEVER_BROKEN}
    assert constraints - both.broken == never | {"one_running_timer", "one_schema_version"}


def _new_row(tables: dict[str, Table], name: str) -> dict[str, Any]:
    """A further record that is right: it refers to records that are there."""
    if not _is_referred_to(tables, name):
        return _row(tables, name, 3)
    table, row = tables[name], _row(tables, name, 4)
    required = {column.name for column in table.columns if column.required}
    for one in table.references:
        if one.column in row:
            row[one.column] = _value(tables, one.table, 3) if one.column in required else None
    return {**row, "receipt_name": None} if name == "expenses" else row


TWICE = (
    "UPDATE bookings SET account = 'a', identity = 'i'",
    "UPDATE events SET source_uid = 'u', source_at = 1",
)
# Where one value alone breaks another rule first.
WRONG_TOGETHER: dict[tuple[str, str], dict[str, Any]] = {
    ("bank_links", "REFERRED"): {"payment_id": None, "expense_id": 999_999},
    ("expenses", "REFERRED"): {"receipt": "zz", "receipt_name": "x"},
    ("rates", "REFERRED"): {"client_id": None, "project_id": 999_999},
    ("invoices", "IMPOSSIBLE"): {"state": "zz", "number": "N", "date": "d", "document": "{}"},
}


def _constraints(server: psycopg.Connection[Any]) -> set[str]:
    rows = server.execute(
        """
        SELECT conname FROM pg_constraint
        WHERE connamespace = 'cowork'::regnamespace AND contype NOT IN ('n', 't')
        AND conrelid::regclass::text NOT IN ('removed_ids', 'schema_version')
        UNION SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid
        WHERE relnamespace = 'cowork'::regnamespace AND indisunique
        AND indrelid::regclass::text <> 'removed_ids'
        """
    )
    return {name for (name,) in rows}


# ---- hours


def test_hours_overlap_alike(both: Both) -> None:
    """Beside one that ends and one that runs: where one ends another may begin."""
    both.run(
        "DELETE FROM entries",
        _insert("entries", {**_row(both.tables, "entries", 1), "from_at": 10, "to_at": 20}),
        _insert("entries", {**_row(both.tables, "entries", 2), "from_at": 40, "to_at": None}),
    )
    verdicts = {}
    for start in range(5, 50, 5):
        for end in (*range(start + 5, 60, 5), None):
            entry = {**_row(both.tables, "entries", 3), "from_at": start, "to_at": end}
            verdicts[start, end] = both.verdict(_insert("entries", entry))
            moved = f"UPDATE entries SET from_at = {start}, to_at = {_literal(end)} WHERE id = "
            for one in (1, 2):
                verdicts[one, start, end] = both.verdict(f"{moved}{one}")
    free = {one for one, verdict in verdicts.items() if verdict == ALLOWED}
    assert {one for one in free if len(one) == 2} == {
        (5, 10), (20, 25), (20, 30), (20, 35), (20, 40), (25, 30), (25, 35), (25, 40), (30, 35), (30, 40), (35, 40),
    }  # fmt: skip
    assert {(1, 5, 40), (1, 10, 40), (1, 35, 40), (2, 20, None), (2, 5, 10), (2, 45, None)} <= free
    assert not {(1, 5, 45), (1, 45, None), (2, 15, None), (2, 5, 15)} & free
    assert set(verdicts.values()) == {ALLOWED, "ENTRIES_OVERLAP"}


def test_persons_work_beside_each_other(both: Both) -> None:
    """Two at the same time, each with a timer; what is another's cannot become mine where I worked."""
    theirs = {**_row(both.tables, "entries", 3), "from_at": 120, "to_at": None, "person": "ben"}
    mine = {**theirs, "id": 4, "uuid": "x4"}
    assert both.verdict(_insert("entries", theirs)) == ALLOWED
    both.run(_insert("entries", theirs))
    assert both.verdict(_insert("entries", mine)) == Rule.ENTRIES_OVERLAP.name
    moved = "UPDATE entries SET person = 'anna' WHERE id = 3"
    assert both.verdict(moved) == Rule.ENTRIES_OVERLAP.name
    assert both.verdict(_insert("entries", {**mine, "from_at": 260, "person": "anna"})) == ALLOWED
    both.run("UPDATE entries SET invoice_id = 1 WHERE id = 1")
    given = "UPDATE entries SET person = 'eve' WHERE id = 1"
    assert both.verdict(given) == Rule.ENTRY_BILLED.name


def test_a_second_timer_where_nothing_else_says_so(both: Both) -> None:
    """What the overlap refuses first: the index is there all the same."""
    for when in ("new", "changed"):
        both.file.execute(f"DROP TRIGGER entries_do_not_overlap_{when}")
    both.server.execute("ALTER TABLE entries DROP CONSTRAINT entries_do_not_overlap")
    both.run("UPDATE entries SET to_at = NULL WHERE id = 1")
    entry = {**_row(both.tables, "entries", 3), "to_at": None}
    assert both.verdict(_insert("entries", entry)) == Rule.ONE_TIMER.name


# ---- what stays as it is

ISSUED = (
    "UPDATE invoices SET state = 'issued', number = 'N', date = 'd', document = '{}' WHERE id = 1"
)
CANCELLED = "UPDATE invoices SET cancels_id = 1 WHERE id = 2"
SENT = "UPDATE quotes SET state = 'sent' WHERE id = 1"
BILLED = "UPDATE entries SET invoice_id = 1 WHERE id = 1"
SEAL = '{"erased":"' + 64 * "0" + '"}'

# Trigger → what comes before, and what it refuses then. What comes before is allowed, and without it so is the rest.
REFUSED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "changes_stay": ((), ("UPDATE changes SET command = 'y' WHERE id = 1",)),
    "changes_remain": ((), ("DELETE FROM changes",)),
    "barriers_stay": ((), ("UPDATE barriers SET reason = 'y'",)),
    "barriers_remain": ((), ("DELETE FROM barriers",)),
    "reversals_stay": ((), ("UPDATE reversals SET by_change_id = 3",)),
    "reversals_remain": ((), ("DELETE FROM reversals",)),
    "journal_stays": ((), ("UPDATE journal SET after = 'y'", "UPDATE journal SET chain = chain")),
    "journal_remains": ((), ("DELETE FROM journal",)),
    "letters_stay": ((), ("UPDATE letters SET content = content",)),
    "letters_remain": ((), ("DELETE FROM letters",)),
    "receipts_stay": ((), ("UPDATE receipts SET content = content",)),
    "receipts_remain": ((), ("DELETE FROM receipts",)),
    "invoice_files_stay": ((), ("UPDATE invoice_files SET name = 'y' WHERE name = 'x1'",)),
    "invoice_files_remain": ((), ("DELETE FROM invoice_files",)),
    "numbers_only_grow": ((), ("UPDATE number_series SET last = last", "UPDATE number_series SET last = last - 1")),
    "numbers_remain": ((), ("DELETE FROM number_series",)),
    "billed_entries_stay": ((BILLED,), ("UPDATE entries SET note = 'y' WHERE id = 1",)),
    "billed_entries_remain": ((BILLED,), ("DELETE FROM entries WHERE id = 1",)),
    "issued_invoices_stay": ((ISSUED,), ("UPDATE invoices SET note = 'y' WHERE id = 1",)),
    "issued_invoices_remain": ((ISSUED,), ("DELETE FROM invoices WHERE id = 1",)),
    "issued_lines_stay": ((ISSUED,), ("UPDATE invoice_lines SET text = 'y' WHERE id = 1",)),
    "issued_lines_remain": ((ISSUED,), ("DELETE FROM invoice_lines WHERE id = 1",)),
    "issued_lines_are_whole": ((ISSUED,), ("INSERT INTO invoice_lines SELECT * FROM invoice_lines WHERE id = 1",)),
    "issued_entries_stay": ((ISSUED,), ("UPDATE invoice_entries SET seconds = 9 WHERE id = 1",)),
    "issued_entries_remain": ((ISSUED,), ("DELETE FROM invoice_entries WHERE id = 1",)),
    "issued_expenses_stay": ((ISSUED,), ("UPDATE invoice_expenses SET expense_id = 3 WHERE id = 1",)),
    "issued_expenses_remain": ((ISSUED,), ("DELETE FROM invoice_expenses WHERE id = 1",)),
    "issued_expenses_are_whole": (
        (ISSUED,), ("INSERT INTO invoice_expenses (id, uuid, invoice_id, line_id, expense_id) VALUES (9, 'y', 1, 1, 3)",),
    ),
    "billed_expenses_stay": ((ISSUED,), ("UPDATE expenses SET text = 'y' WHERE id = 1",)),
    "issued_prepayments_are_whole": (
        (ISSUED,),
        ("INSERT INTO invoice_prepayments (id, uuid, invoice_id, prepaid_id, amount, vat) VALUES (9, 'y', 1, 3, 1, 1)",),
    ),
    "issued_prepayments_stay": ((ISSUED,), ("UPDATE invoice_prepayments SET amount = 9 WHERE id = 1",)),
    "issued_prepayments_remain": ((ISSUED,), ("DELETE FROM invoice_prepayments WHERE id = 1",)),
    "sent_quotes_stay": ((SENT,), ("UPDATE quotes SET net = 9 WHERE id = 1", "UPDATE quotes SET state = 'draft' WHERE id = 1")),
    "sent_quotes_remain": ((SENT,), ("DELETE FROM quotes WHERE id = 1",)),
    "sent_quote_lines_stay": ((SENT,), ("UPDATE quote_lines SET text = 'y' WHERE id = 1",)),
    "sent_quote_lines_remain": ((SENT,), ("DELETE FROM quote_lines WHERE id = 1",)),
    "sent_quote_lines_are_whole": ((SENT,), ("INSERT INTO quote_lines SELECT * FROM quote_lines WHERE id = 1",)),
}  # fmt: skip


def test_each_trigger_refuses_what_it_is_there_for(both: Both) -> None:
    words = {
        name: said[2] for table in both.tables.values() for name, said in table.triggers.items()
    }
    assert set(REFUSED) == set(words)
    for name, (before, statements) in REFUSED.items():
        with both.taken_back():
            if before:
                assert all(
                    both.verdict(one) != OF_TRIGGERS[words[name]].name for one in statements
                ), name
            both.run(*before)
            for statement in statements:
                assert both.verdict(statement) == OF_TRIGGERS[words[name]].name, statement


# Table → what makes its first record stay as it is.
FROZEN = {
    "entries": (BILLED,),
    "quotes": (SENT,),
    "quote_lines": (SENT,),
    "invoices": (ISSUED,),
    "invoice_lines": (ISSUED,),
    "invoice_entries": (ISSUED,),
    "invoice_expenses": (CANCELLED, ISSUED),
    "invoice_prepayments": (ISSUED,),
    "expenses": (ISSUED,),
}


def test_each_column_of_what_stays(both: Both) -> None:
    """What may change of it, a release or an answer, may change on both."""
    for name, before in FROZEN.items():
        with both.taken_back():
            both.run(*before)
            for column in both.tables[name].columns:
                for value in VALUES[column.type]:
                    if (column.name, value) != ("id", None):
                        changed = f"{column.name} = {_literal(value)}"
                        both.verdict(f"UPDATE {name} SET {changed} WHERE id = 1")
                        if name == "entries" and column.name != "invoice_id":
                            released = f"invoice_id = NULL, {changed}"
                            both.verdict(f"UPDATE entries SET {released} WHERE id = 1")
            both.verdict(f"DELETE FROM {name} WHERE id = 1")


def test_what_is_allowed_of_what_stays(both: Both) -> None:
    allowed = {
        (BILLED,): ("UPDATE entries SET invoice_id = NULL WHERE id = 1",),
        (CANCELLED, ISSUED): ("DELETE FROM invoice_expenses WHERE id = 1",),
        (SENT,): (
            "UPDATE quotes SET state = 'accepted', decided = 'd' WHERE id = 1",
            "UPDATE quote_lines SET taken = 0 WHERE id = 1",
        ),
        (): ("UPDATE number_series SET last = last + 1", "UPDATE invoice_lines SET text = 'y'"),
    }
    for before, statements in allowed.items():
        with both.taken_back():
            both.run(*before)
            assert [both.verdict(one) for one in statements] == [ALLOWED] * len(statements)


def test_an_image_gives_way_to_its_hash_where_an_erasure_is_written(both: Both) -> None:
    seal = f"UPDATE journal SET before = '{SEAL}', after = '{SEAL}' WHERE id = 3"
    both.run(
        _insert("journal", {
            "id": 3, "change_id": 1, "table_name": "people", "row_id": 7, "before": "{}", "after": "{}", "chain": "c",
        }),
    )  # fmt: skip
    assert both.verdict(seal) == Rule.JOURNAL_GROWS.name
    both.run(
        "INSERT INTO erasures (id, uuid, table_name, row_id, day) VALUES (8, 'y', 'people', 7, 'd')"
    )
    assert both.verdict(seal) == ALLOWED
    for other in (
        seal.replace("WHERE", ", chain = 'd' WHERE"),
        seal.replace("WHERE", ", row_id = 8 WHERE"),
        seal.replace('"erased"', '"arased"'),
        seal.replace("0000", "000"),
        "UPDATE journal SET before = NULL WHERE id = 3",
        "UPDATE journal SET after = NULL WHERE id = 3",
    ):
        assert both.verdict(other) == Rule.JOURNAL_GROWS.name, other
    both.run(
        _insert("erasures", {"id": 9, "uuid": "z", "table_name": "clients", "row_id": 1, "day": "d"}),
        _insert("journal", {
            "id": 4, "change_id": 1, "table_name": "clients", "row_id": 1, "before": "{}", "after": "{}", "chain": "c",
        }),
    )  # fmt: skip
    assert both.verdict(seal.replace("id = 3", "id = 4")) == Rule.JOURNAL_GROWS.name
