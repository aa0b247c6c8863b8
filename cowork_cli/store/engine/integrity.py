"""Looking for what cannot be true in a store: each check is a function that returns findings.

No check writes. An empty list is a clean bill; a finding is one short sentence part for people.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cowork_cli.errors import CoworkError, StoreDamaged
from cowork_cli.store.engine import database, migrate
from cowork_cli.store.engine.chain import header, link
from cowork_cli.store.engine.connection import Connection, schema_version
from cowork_cli.store.engine.invoice_checks import billed, documents, each_document, numbers, sums
from cowork_cli.store.engine.journal import same
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.schema_check import schema
from cowork_cli.store.engine.sealed import held
from cowork_cli.store.engine.words import ID_PREFIX, WORDS

MOST = 5
# What a backup says it holds.
COUNTED = ("entries", "clients", "invoices", "bookings", "addresses", "spaces")
_UNJOURNALLED = frozenset(["changes"])


def pages(connection: Connection) -> list[str]:
    """The database's own look at every page and index."""
    found: list[str] = connection.catalogue.damage(connection)
    return found


def references(connection: Connection) -> list[str]:
    """Records that refer to one that is not there."""
    return [
        f"{table} {row_id} refers to a missing row of {parent}"
        for table, row_id, parent in connection.catalogue.missing_parents(connection)
    ]


def chain(connection: Connection) -> list[str]:
    """The journal's hashes: nothing in it was changed, taken out or cut off."""
    return [f"journal row {row_id} does not fit its hash" for row_id in broken_links(connection)]


def erased(connection: Connection) -> list[str]:
    """What is missing in the journal was taken out at somebody's wish: an erasure says of which record."""
    if not _knows(connection, "erasures"):
        return []
    return [
        f"journal row {row_id} was emptied, and no erasure says so"
        for (row_id,) in connection.rows(
            "SELECT j.id FROM journal j WHERE (substr(j.before, 1, 11) = ? OR "
            "substr(j.after, 1, 11) = ?) AND NOT EXISTS (SELECT 1 FROM erasures e "
            "WHERE e.table_name = j.table_name AND e.row_id = j.row_id)",
            '{"erased":"',
            '{"erased":"',
        )
    ]


def broken_links(connection: Connection) -> list[int]:
    """Ids of journal rows whose content, or whose place in the row, does not fit the chain.

    A row that is missing shows at the one after it; missing at the end, as the id that the table
    has given out last.
    """
    broken, chain, last = [], "", 0
    person = "c.person" if _has_persons(connection, "changes") else "''"
    while rows := connection.rows(
        f"SELECT j.id, {person} AS person, c.at, c.command, c.kind, j.change_id, j.table_name, j.row_id, j.before, "
        "j.after, j.chain FROM journal j LEFT JOIN changes c ON c.id = j.change_id "
        "WHERE j.id > ? ORDER BY j.id LIMIT 1000",
        last,
    ):
        for row_id, by, at, command, kind, change_id, table, record, before, after, written in rows:
            who = header(at, command, kind, by)
            place = (change_id, table, record)
            if link(chain, *who, *place, *held(table, before, after)) != written:
                broken.append(row_id)
            chain, last = written, row_id
    given = connection.catalogue.last_id_given(connection, "journal")
    if given > last:
        broken.append(given)
    return broken


def replay(connection: Connection) -> list[str]:
    """Every record is what the journal last wrote of it, and every record has been written there."""
    found: list[str] = []
    for table in _journalled_tables(connection):
        found += _replay_table(connection, table)
        if len(found) > MOST * 4:
            break
    return found


def receipts(connection: Connection) -> list[str]:
    """The bytes of each receipt of an expense against the hash by which it is kept."""
    return _changed_content(connection, "receipts", "the receipt")


def letters(connection: Connection) -> list[str]:
    """The bytes of each letter of a reminder against the hash by which it is kept."""
    if not _knows(connection, "letters"):
        return []
    others = (
        "WHERE sha256 NOT IN (SELECT letter FROM quotes WHERE letter IS NOT NULL)"
        if _knows(connection, "quotes")
        else ""
    )
    return _changed_content(connection, "letters", "the letter of a reminder", others)


def quotes(connection: Connection) -> list[str]:
    """The page of each quote that was sent: it is there, and its bytes are those of its hash."""
    if not _knows(connection, "quotes"):
        return []
    found = []
    for number, digest in connection.rows(
        "SELECT number, letter FROM quotes WHERE state <> 'draft' ORDER BY id"
    ):
        page = connection.value("SELECT content FROM letters WHERE sha256 = ?", digest)
        if page is None or hashlib.sha256(page).hexdigest() != digest:
            found.append(f"the page of quote {number} is not what was sent")
    return found


def overlaps(connection: Connection) -> list[str]:
    """Entries that begin before an earlier one has ended."""
    return [
        f"entry e-{row_id} overlaps an earlier one"
        for (row_id,) in connection.rows(
            "SELECT id FROM (SELECT id, from_at, max(coalesce(to_at, 253402300800)) OVER "
            f"({_by_person(connection, 'entries')} ORDER BY from_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy "
            "FROM entries) AS lived WHERE busy > from_at"
        )
    ]


CHECKS: tuple[tuple[str, str, Callable[[Connection], list[str]]], ...] = (
    ("integrity", "every page and index is readable", pages),
    ("schema", "every table and rule is what this program makes", schema),
    ("references", "every record refers to one that is there", references),
    ("journal-chain", "nothing in the journal was changed or taken out", chain),
    ("journal-erased", "what was taken out of the journal was to be forgotten", erased),
    ("journal-replay", "every record is what the journal says", replay),
    ("documents", "every issued document is there, and what was issued", documents),
    ("receipts", "every receipt is what was kept", receipts),
    ("letters", "every letter of a reminder is what was kept", letters),
    ("quotes", "every quote that was sent is what was kept", quotes),
    ("entries", "no two entries overlap", overlaps),
    ("billed", "every billed entry is on an issued invoice, and on one", billed),
    ("numbers", "invoice numbers are used once", numbers),
    ("sums", "the lines of every invoice come to what it says", sums),
)


def run(connection: Connection, check: Callable[[Connection], list[str]]) -> list[str]:
    """The findings of one check; a store too damaged for it is a finding as well."""
    try:
        return check(connection)
    except Exception as error:  # whatever a value makes of a check that is no value of ours
        return [not_carried_out(error)]


def not_carried_out(error: Exception) -> str:
    """The finding where a check itself stumbles."""
    if isinstance(error, CoworkError):
        return error.message
    return f"the check could not be carried out: {error}"


def document_copies(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each issued document whose hash is right."""
    for name, content, digest in each_document(connection):
        if hashlib.sha256(content).hexdigest() == digest:
            yield name, content


def examine_copy(path: Path, *, newer: bool = False) -> int:
    """Looks through a store that is a copy of ours, and returns its schema version.

    Raises StoreError, StoreNewer too unless `newer` is fine; the file is not changed.
    """
    raw = database.open_as_it_is(path, path.parent)
    try:
        connection = Connection(raw, path, path.parent)
        if not newer:
            migrate.refuse_newer(raw, path)
        for check in (pages, references):
            found = run(connection, check)
            if found:
                raise StoreDamaged(f"it is damaged: {found[0]}")
        return schema_version(raw)
    finally:
        raw.close()


def contents(path: Path) -> dict[str, int]:
    """How many records of each kind a store holds, for people to recognise it by."""
    with database.looking(path) as connection:
        return counted(connection)


def counted(connection: Connection) -> dict[str, int]:
    """How many records there are of each of `COUNTED`."""
    there = connection.catalogue.tables(connection)
    return {
        table: int(connection.value(f"SELECT count(*) FROM {table}"))
        for table in COUNTED
        if table in there
    }


# ---- parts


def _has_persons(connection: Connection, table: str) -> bool:
    """Whether the schema knows who recorded what: an export may be of an older one."""
    return "person" in connection.catalogue.columns(connection, table)


def _by_person(connection: Connection, table: str) -> str:
    return "PARTITION BY person" if _has_persons(connection, table) else ""


def _knows(connection: Connection, table: str) -> bool:
    """Whether the schema has a table: an export may be of an older one, and is looked through first."""
    return table in connection.catalogue.tables(connection)


def _changed_content(connection: Connection, table: str, what: str, where: str = "") -> list[str]:
    """One at a time: all of them may be more than the memory holds."""
    found = []
    for (digest,) in connection.rows(f"SELECT sha256 FROM {table} {where} ORDER BY sha256"):
        row = connection.row(f"SELECT content FROM {table} WHERE sha256 = ?", digest)
        if hashlib.sha256(row.content).hexdigest() != digest:
            found.append(f"{what} {digest[:16]} is not what was kept")
    return found


def _journalled_tables(connection: Connection) -> list[str]:
    """Tables whose records carry a UUID: all of them are written through the journal."""
    return [
        table
        for table in connection.catalogue.tables(connection)
        if table not in _UNJOURNALLED and "uuid" in connection.catalogue.columns(connection, table)
    ]


def _replay_table(connection: Connection, table: str) -> list[str]:
    """Compares the records of a table with the newest journal row of each, a thousand at a time."""
    found: list[str] = []
    last = -1
    while rows := connection.rows(
        f"SELECT t.*, (SELECT max(j.id) FROM journal j WHERE j.table_name = '{table}' "
        f"AND j.row_id = t.id) AS journal_id FROM {table} t WHERE t.id > ? ORDER BY t.id LIMIT 1000",
        last,
    ):
        for row in rows:
            record = as_dict(row)
            journal_id, last = record.pop("journal_id"), row.id
            if journal_id is None:
                found.append(f"{_name(table, last)} is not in the journal")
                continue
            after = connection.value("SELECT after FROM journal WHERE id = ?", journal_id)
            if not same(_parsed(after), record):
                found.append(f"{_name(table, last)} is not what the journal says")
    found += [
        f"{_name(table, row_id)} is missing: the journal knows of no removal"
        for (row_id,) in connection.rows(
            "SELECT row_id FROM journal WHERE id IN (SELECT max(id) FROM journal "
            f"WHERE table_name = ? GROUP BY row_id) AND after IS NOT NULL "
            f"AND row_id NOT IN (SELECT id FROM {table})",
            table,
        )
    ]
    return found


def _parsed(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None


def _name(table: str, row_id: int) -> str:
    return f"{WORDS.get(table, table)} {ID_PREFIX.get(table, '')}{row_id}"
