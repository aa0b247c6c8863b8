"""What the records in the journal are called, also those that are gone by now."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cowork_cli.domain.digits import whole_number
from cowork_cli.store.engine import dialect
from cowork_cli.store.engine.journal import JournalRow
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.words import ID_PREFIX, WORDS

_TABLES = {prefix.removesuffix("-"): table for table, prefix in ID_PREFIX.items()}
# What hangs on an invoice, a booking or a client is shown with it, not beside it.
_INNER = frozenset(
    [
        "invoice_lines",
        "invoice_entries",
        "invoice_expenses",
        "intents",
        "local_bookings",
        "rates",
        "quote_lines",
        "invoice_plan_lines",
        "invoice_plan_prices",
        "job_parts",
        "job_hours",
        "job_invoices",
        "erasures",
    ]
)

# What is looked at with a record: the tables of its parts, and their column that holds its id.
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "addresses": (("address_uses", "address_id"), ("address_dossier", "address_id")),
    "bank_bookings": (("bank_links", "booking_id"),),
    "clients": (("rates", "client_id"),),
    "days": (("day_stays", "day_id"),),
    "invoice_plan_lines": (("invoice_plan_prices", "line_id"),),
    "invoice_plans": (("invoice_plan_lines", "plan_id"), ("invoice_plan_periods", "plan_id")),
    "invoices": (
        ("invoice_lines", "invoice_id"),
        ("payments", "invoice_id"),
        ("invoice_prepayments", "invoice_id"),
        ("reminders", "invoice_id"),
        ("mailings", "invoice_id"),
    ),
    "jobs": (("job_parts", "job_id"), ("job_hours", "job_id"), ("job_invoices", "job_id")),
    "memberships": (("membership_ledger", "membership_id"),),
    "moves": (("move_rows", "move_id"),),
    "people": (("talks", "person_id"),),
    "projects": (("rates", "project_id"),),
    "quotes": (("quote_lines", "quote_id"), ("mailings", "quote_id"), ("invoices", "quote_id")),
    "standing_orders": (("standing_dates", "order_id"),),
}


class Touched(NamedTuple):
    """What a change did to one record: its kind, its id, and `added`, `changed` or `removed`."""

    thing: str
    id: str
    action: str


def touched(store: Store, rows: Sequence[JournalRow]) -> list[Touched]:
    """Each record once, whatever was done to it in between; inner rows only if nothing else is there."""
    first: dict[tuple[str, int], JournalRow] = {}
    last: dict[tuple[str, int], JournalRow] = {}
    for row in rows:
        first.setdefault((row.table, row.row_id), row)
        last[row.table, row.row_id] = row
    records = []
    for table, row_id in [key for key in first if key[0] not in _INNER] or list(first):
        before, after = first[table, row_id].before, last[table, row_id].after
        if before is None and after is None:
            continue
        action = "added" if before is None else "removed" if after is None else "changed"
        thing, name = _called(store, table, row_id, after or before or {})
        records.append(Touched(thing, name, action))
    return records


def find(store: Store, text: str) -> tuple[str, int] | None:
    """The record that people know as `text`, in the journal's terms; also one that is gone by now.

    An id (`e-12`, `draft-3`), a client, `CLIENT/PROJECT` or the number of an invoice.
    """
    if match := re.fullmatch(r"([a-z]+)-(\d+)", text):
        table = _TABLES.get(match[1])
        number = whole_number(match[2])
        if table and number is not None and _is_known(store, table, number):
            return table, number
    return _named(store, text)


def parts(store: Store, table: str, row_id: int) -> list[tuple[str, str, int]]:
    """What hangs on a record, as `Journal.history` takes it; also parts that are gone by now."""
    found = []
    for part, column in _PARTS.get(table, ()):
        found.append((part, column, row_id))
        if part in _PARTS:
            held = dialect.json_number("coalesce(after, before)", column)
            for (own,) in store.rows(
                f"SELECT DISTINCT row_id FROM journal WHERE table_name = ? AND {held} = ?",
                part,
                row_id,
            ):
                found += parts(store, part, own)
    return found


def _called(store: Store, table: str, row_id: int, row: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of a record and the id people know it by."""
    thing = WORDS.get(table, table.replace("_", " "))
    if table == "clients":
        return thing, str(row["slug"])
    if table == "projects":
        return thing, f"{_client(store, row['client_id'])}/{row['slug']}"
    if table == "invoices":
        return thing, str(row.get("number") or f"draft-{row_id}")
    if table == "quotes":
        return thing, str(row["number"])
    if table == "mailings":
        of_quote = row["invoice_id"] is None
        return thing, _quote(store, row["quote_id"]) if of_quote else _invoice(
            store, row["invoice_id"]
        )
    if table in ("payments", "reminders", "invoice_prepayments"):
        return thing, _invoice(store, row["invoice_id"])
    if table == "rates":
        owner = row.get("client_id")
        return thing, _client(store, owner) if owner else _project(store, row["project_id"])
    if table == "spaces":
        return thing, f"{row['account']}:{row['identity']}"
    if table == "desks":
        return thing, f"{_space(store, row['space_id'])}/{row['identity']}"
    prefix = ID_PREFIX.get(table)
    return thing, f"{prefix}{row_id}" if prefix else str(row.get("name") or row_id)


def _is_known(store: Store, table: str, row_id: int) -> bool:
    """Whether the journal has ever seen the record."""
    return bool(
        store.row(
            "SELECT 1 FROM journal WHERE table_name = ? AND row_id = ? LIMIT 1", table, row_id
        )
    )


def _named(store: Store, text: str) -> tuple[str, int] | None:
    """Table and row of a client, a project or an invoice number; what is there goes before what was."""
    client, _, project = text.partition("/")
    if project:
        owner = _row_called(store, "clients", "slug", client)
        return _newest(store, "projects", "slug", project, client_id=owner) if owner else None
    for table, column in (("invoices", "number"), ("quotes", "number"), ("clients", "slug")):
        row_id = _row_called(store, table, column, text)
        if row_id is not None:
            return table, row_id
    return None


def _row_called(store: Store, table: str, column: str, text: str) -> int | None:
    found = _newest(store, table, column, text)
    return found[1] if found else None


def _newest(
    store: Store, table: str, column: str, text: str, *, client_id: int | None = None
) -> tuple[str, int] | None:
    more, values = ("AND client_id = ?", [client_id]) if client_id is not None else ("", [])
    row_id = store.value(f"SELECT id FROM {table} WHERE {column} = ? {more}", text, *values)
    if row_id is None:
        # Every name a record ever had stands in the row that gave it, or in the one that removed it.
        name = dialect.json_value("coalesce(after, before)", column)
        client = dialect.json_number("coalesce(after, before)", "client_id")
        row_id = store.value(
            f"SELECT row_id FROM journal WHERE table_name = ? AND {name} = ? "
            f"AND (? IS NULL OR {client} = ?) ORDER BY id DESC LIMIT 1",
            table,
            text,
            client_id,
            client_id,
        )
    return None if row_id is None else (table, row_id)


def _client(store: Store, client_id: int) -> str:
    return str(_slug(store, "clients", client_id) or client_id)


def _project(store: Store, project_id: int) -> str:
    row = store.row("SELECT client_id, slug FROM projects WHERE id = ?", project_id)
    return f"{_client(store, row.client_id)}/{row.slug}" if row else str(project_id)


def _space(store: Store, space_id: int) -> str:
    """The ref of a space, also of one that is gone by now."""
    row = store.row("SELECT account, identity FROM spaces WHERE id = ?", space_id) or store.row(
        f"SELECT {dialect.json_value('before', 'account')} AS account, "
        f"{dialect.json_value('before', 'identity')} AS identity FROM journal WHERE table_name = 'spaces' AND row_id = ? AND before IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        space_id,
    )
    return f"{row.account}:{row.identity}" if row else str(space_id)


def _invoice(store: Store, invoice_id: int) -> str:
    number = store.value("SELECT number FROM invoices WHERE id = ?", invoice_id)
    return str(number or f"draft-{invoice_id}")


def _quote(store: Store, quote_id: int) -> str:
    number = store.value("SELECT number FROM quotes WHERE id = ?", quote_id)
    return str(number or f"q-{quote_id}")


def _slug(store: Store, table: str, row_id: int) -> str | None:
    """The name of a record, or the last one that the journal knows of a record that is gone."""
    slug = store.value(f"SELECT slug FROM {table} WHERE id = ?", row_id) or store.value(
        f"SELECT {dialect.json_value('before', 'slug')} FROM journal WHERE table_name = ? "
        "AND row_id = ? AND before IS NOT NULL ORDER BY id DESC LIMIT 1",
        table,
        row_id,
    )
    return None if slug is None else str(slug)
