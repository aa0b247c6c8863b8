"""Names for TAB in one small file, so that completion needs neither Typer nor SQLite.

`state/names.tsv`: the first line is the stamp of the store it was made from, each other line is kind,
id, description and, where people may type it instead of the id, the name. It is written after the commit,
and again whenever its stamp differs from the store's. `store/completing.py` reads it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from cowork_cli.store.engine.store import Store

NAMED_TABLES = {
    "spaces", "desks", "plans", "visits", "bookings", "addresses", "clients", "contracts", "posts",
    "projects", "invoices", "quotes", "invoice_plans", "absences", "standing_orders", "expenses",
    "people", "jobs", "members", "feedback",
    "bank_bookings", "memberships", "events",
}  # fmt: skip
LAST_SEEN = 500
_FORM = 2  # of the file: another one is written anew

_QUERIES = {
    "client": "SELECT slug, name FROM clients WHERE archived = 0 ORDER BY slug",
    "project": """
        SELECT c.slug || '/' || p.slug, coalesce(p.name, '') FROM projects p
        JOIN clients c ON c.id = p.client_id WHERE p.archived = 0 AND c.archived = 0 ORDER BY 1""",
    "space": f"""
        SELECT account || ':' || identity, name, name FROM spaces
        ORDER BY account <> 'local', id DESC LIMIT {LAST_SEEN}""",
    "desk": f"""
        SELECT s.account || ':' || s.identity || '/' || d.identity, d.name || ', ' || s.name, d.name
        FROM desks d JOIN spaces s ON s.id = d.space_id ORDER BY d.id DESC LIMIT {LAST_SEEN}""",
    "plan": """
        SELECT 'plan-' || id, name || ', ' || space_name FROM plans ORDER BY id""",
    "visit": f"""
        SELECT 'v-' || id, space_name || ', ' || day FROM visits
        ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "booking": f"""
        SELECT 'b-' || id, from_at, to_at, timezone, desk_name || ', ' || space_name FROM bookings
        WHERE state NOT IN ('cancelled', 'refused') ORDER BY from_at DESC LIMIT {LAST_SEEN}""",
    "absence": """
        SELECT 'off-' || id, from_day || CASE from_day WHEN to_day THEN '' ELSE '..' || to_day END
        || coalesce(', ' || text, '') FROM absences ORDER BY from_day DESC""",
    "standing": "SELECT name, state || ', from ' || next_day FROM standing_orders ORDER BY name",
    "address": "SELECT 'a-' || id, name FROM addresses ORDER BY id",
    "contract": "SELECT 'c-' || id, name FROM contracts ORDER BY id",
    "membership": "SELECT 'ms-' || id, name || ', ' || space_name FROM memberships ORDER BY id",
    "event": f"""
        SELECT 'ev-' || id, name FROM events ORDER BY starts DESC LIMIT {LAST_SEEN}""",
    "post": f"""
        SELECT 'p-' || id, sender || ', ' || kind || coalesce(', ' || received, '')
        FROM posts WHERE state <> 'destroyed' ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "expense": f"""
        SELECT 'x-' || id, day || ', ' || text FROM expenses ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "people": f"""
        SELECT 'person-' || id, name, name FROM people ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "job": "SELECT name, 'job-' || id FROM jobs WHERE closed_on IS NULL ORDER BY id DESC",
    "team": "SELECT name, coalesce(cost_centre, '') FROM members ORDER BY name",
    "feedback": f"""
        SELECT 'feedback-' || id, space_name || ', ' || day FROM feedback
        ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "bank": f"""
        SELECT 'bank-' || id, booked || ', ' || coalesce(name, text) FROM bank_bookings
        ORDER BY booked DESC, id DESC LIMIT {LAST_SEEN}""",
    "draft": """
        SELECT 'draft-' || i.id, c.name FROM invoices i JOIN clients c ON c.id = i.client_id
        WHERE i.state = 'draft' ORDER BY i.id""",
    "invoice": f"""
        SELECT i.number, c.name || ', ' || i.date FROM invoices i JOIN clients c ON c.id = i.client_id
        WHERE i.state = 'issued' ORDER BY i.id DESC LIMIT {LAST_SEEN}""",
    "quote": f"""
        SELECT q.number, c.name FROM quotes q JOIN clients c ON c.id = q.client_id
        ORDER BY q.id DESC LIMIT {LAST_SEEN}""",
    "recurring": """
        SELECT 'r-' || p.id, c.name FROM invoice_plans p JOIN clients c ON c.id = p.client_id
        ORDER BY p.id""",
}


KINDS = (*_QUERIES, "place", "entry", "tag", "workplace", "person", "account", "backup")
"""What can be completed: things of the store, places of the gazetteer, accounts, backups."""


def refresh(store: "Store", path: str) -> None:
    """Writes the file again where the store has changed since. A failure is nobody's concern."""
    from cowork_cli.errors import StoreError
    from cowork_cli.paths import write_private

    try:
        stamp = _stamp(store)
        if _written_stamp(path) != stamp:
            from pathlib import Path

            write_private(Path(path), "\n".join([stamp, *_lines(store), ""]).encode())
    except (OSError, StoreError):
        pass


def _stamp(store: "Store") -> str:
    """The last journal rows of the tables with names: one index step each, however long it is."""
    newest = " UNION ALL ".join(
        f"SELECT max(id) AS id FROM journal WHERE table_name = '{table}'"
        for table in sorted(NAMED_TABLES)
    )
    last = store.value(f"SELECT coalesce(max(id), 0) FROM ({newest}) AS newest")
    return f"{_FORM}.{last}"


def _written_stamp(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.readline().rstrip("\n")
    except (OSError, ValueError):  # none, or one that something else has written to
        return None


def _lines(store: "Store") -> "Iterator[str]":
    for kind, query in _QUERIES.items():
        for row in store.rows(query):
            cells = _booking(*row) if kind == "booking" else tuple(row)
            yield "\t".join(map(printable, (kind, *cells)))


def _booking(id_: str, from_at: int, to_at: int, zone: str, where: str) -> "tuple[str, str]":
    from cowork_cli.errors import BadInput

    try:
        return id_, f"{when(from_at, to_at, zone)}, {where}"
    except (BadInput, ValueError, OverflowError):  # a platform's idea of a zone or of a year
        return id_, where


def when(from_at: int, to_at: int | None, zone: str) -> str:
    """`Wed 25 Nov 2026 09:00-10:30` of two instants, seconds since 1970, where they were lived."""
    from cowork_cli.domain.zones import at, zone_named

    begin = at(from_at, zone_named(zone))
    end = "now" if to_at is None else f"{at(to_at, zone_named(zone)):%H:%M}"
    return f"{DAYS[begin.weekday()]} {begin.day} {MONTHS[begin.month - 1]} {begin:%Y %H:%M}-{end}"


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def printable(text: "Any") -> str:
    """A cell of the file: on one line, without signs that would steer a terminal or end a line."""
    shown = "" if text is None else str(text)
    if shown.isprintable():
        return shown
    return "".join(sign if sign.isprintable() else " " for sign in shown)
