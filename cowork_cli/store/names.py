"""Names for TAB in one small file, so that completion needs neither Typer nor SQLite.

`state/names.tsv`: the first line is the stamp of the store it was made from, each other line is
kind, name and a description. It is written after the commit, and again whenever its stamp differs
from the store's.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cowork_cli.store.engine.store import Store

NAMED_TABLES = {
    "spaces", "desks", "plans", "visits", "bookings", "addresses", "clients", "contracts", "posts",
    "projects", "invoices",
}  # fmt: skip
LAST_SEEN = 500

_QUERIES = {
    "client": "SELECT slug, name FROM clients WHERE archived = 0 ORDER BY slug",
    "project": """
        SELECT c.slug || '/' || p.slug, coalesce(p.name, '') FROM projects p
        JOIN clients c ON c.id = p.client_id WHERE p.archived = 0 AND c.archived = 0 ORDER BY 1""",
    "space": f"""
        SELECT account || ':' || identity, name FROM spaces
        ORDER BY account <> 'local', id DESC LIMIT {LAST_SEEN}""",
    "desk": f"""
        SELECT s.account || ':' || s.identity || '/' || d.identity, d.name || ', ' || s.name
        FROM desks d JOIN spaces s ON s.id = d.space_id ORDER BY d.id DESC LIMIT {LAST_SEEN}""",
    "plan": """
        SELECT 'plan-' || id, name || ', ' || space_name FROM plans ORDER BY id""",
    "visit": f"""
        SELECT 'v-' || id, space_name || ', ' || day FROM visits
        ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "booking": f"""
        SELECT 'b-' || id, desk_name || ', ' || space_name FROM bookings
        WHERE state NOT IN ('cancelled', 'refused') ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "address": "SELECT 'a-' || id, name FROM addresses ORDER BY id",
    "contract": "SELECT 'c-' || id, name FROM contracts ORDER BY id",
    "post": f"""
        SELECT 'p-' || id, sender FROM posts WHERE state <> 'destroyed'
        ORDER BY id DESC LIMIT {LAST_SEEN}""",
    "draft": """
        SELECT 'draft-' || i.id, c.name FROM invoices i JOIN clients c ON c.id = i.client_id
        WHERE i.state = 'draft' ORDER BY i.id""",
    "invoice": f"""
        SELECT i.number, c.name FROM invoices i JOIN clients c ON c.id = i.client_id
        WHERE i.state = 'issued' ORDER BY i.id DESC LIMIT {LAST_SEEN}""",
}


def print_names(words: "list[str]", env: "Mapping[str, str]") -> int:
    """`_names KIND [PREFIX]`: prints the matching names for a completion script. Never fails."""
    from cowork_cli.paths import locate

    kinds = words[0].split(",") if words else []
    prefix = words[1].casefold() if len(words) > 1 else ""
    try:
        with open(locate(env).names_path, encoding="utf-8") as file:
            lines = file.read().splitlines()[1:]
        for line in lines:
            kind, name, description = line.split("\t", 2)
            if kind in kinds and name.casefold().startswith(prefix):
                sys.stdout.write(f"{name}\t{description}\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        pass  # a missing or odd file must not break somebody's shell line
    return 0


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
    return str(store.value(f"SELECT coalesce(max(id), 0) FROM ({newest}) AS newest"))


def _written_stamp(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.readline().rstrip("\n")
    except OSError:
        return None


def _lines(store: "Store") -> "Iterator[str]":
    for kind, query in _QUERIES.items():
        for name, description in store.rows(query):
            cells = (kind, name, description or "")
            yield "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells)
