"""Names for TAB in one small file, so that completion needs neither Typer nor SQLite.

`state/names.tsv`: the first line is the stamp of the store it was made from, each other line is
kind, name and a description. It is written after the commit, and again whenever its stamp differs
from the store's.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cowork_cli.store.engine.store import Store

NAMED_TABLES = {
    "spaces", "desks", "plans", "visits", "bookings", "addresses", "clients", "contracts", "posts",
    "projects", "invoices", "quotes", "invoice_plans",
}  # fmt: skip
LAST_SEEN = 500
SHORTEST_INSIDE = 3  # two letters stand inside of nearly every name

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
    "quote": f"""
        SELECT q.number, c.name FROM quotes q JOIN clients c ON c.id = q.client_id
        ORDER BY q.id DESC LIMIT {LAST_SEEN}""",
    "recurring": """
        SELECT 'r-' || p.id, c.name FROM invoice_plans p JOIN clients c ON c.id = p.client_id
        ORDER BY p.id""",
}


KINDS = (*_QUERIES, "place")
"""What can be completed: things of the store, and the places of the gazetteer."""


def print_names(words: "list[str]", env: "Mapping[str, str]") -> int:
    """`_names KIND [PREFIX]`: prints the matching names for a completion script. Never fails."""
    kinds = words[0].split(",") if words else []
    prefix = words[1] if len(words) > 1 else ""
    for kind in (_own, _places):
        try:
            for name, description in kind(kinds, prefix, env):
                sys.stdout.write(f"{name}\t{description}\n")
        except (OSError, ValueError):
            continue  # a missing or odd file must not break somebody's shell line
    sys.stdout.flush()
    return 0


def _places(
    kinds: "list[str]", prefix: str, env: "Mapping[str, str]"
) -> "Iterable[tuple[str, str]]":
    if "place" not in kinds:
        return []
    from cowork_cli.paths import locate
    from cowork_cli.store.place_names import beginning

    known = beginning(prefix)
    folder = locate(env).places_path
    abroad = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in abroad:
        if name.endswith(".tsv") and not name.startswith("."):
            known += beginning(prefix, os.path.join(folder, name))
    return known


def _own(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Iterable[tuple[str, str]]":
    """The things of one's own: those whose id begins so, then those whose name does, then inside it.

    A space is offered by its name where the name was begun, if no other bears it; else by its ref.
    """
    from cowork_cli.paths import locate

    with open(locate(env).names_path, encoding="utf-8") as file:
        lines = file.read().splitlines()[1:]
    rows = [line.split("\t", 2) for line in lines]
    mine = [(kind, name, said) for kind, name, said in rows if kind in kinds]
    start = prefix.casefold()
    ranked = [(0, name, said) for _, name, said in mine if name.casefold().startswith(start)]
    if start:
        ranked += _by_name(mine, prefix, {name for _, name, _ in ranked})
    return [(name, said) for now in RANKS for rank, name, said in ranked if rank == now]


def _by_name(
    mine: "list[tuple[str, str, str]]", prefix: str, taken: "set[str]"
) -> "Iterator[tuple[int, str, str]]":
    from cowork_cli.store.place_names import key_of

    key = key_of(prefix)
    bearers: dict[str, int] = {}
    for kind, _, said in mine:
        bearers[said] = bearers.get(said, 0) + (kind == "space")
    for kind, name, said in mine:
        folded = key_of(said)
        rank = _rank(folded, key)
        if not rank or name in taken:
            continue
        # A shell drops what does not hold the letters typed; the ref of `Mühle` holds `muehle`.
        begun = prefix.casefold() in said.casefold() and said.isprintable()
        if kind == "space" and bearers[said] == 1 and begun:
            yield rank, said, name
        else:
            yield rank, name, said


RANKS = range(4)


def _rank(folded: str, key: str) -> int:
    """1: the name begins so; 2: a word of it does; 3: it stands inside; 0: not at all."""
    if not key:
        return 0
    if folded.startswith(key):
        return 1
    if f" {key}" in folded:
        return 2
    return 3 if len(key) >= SHORTEST_INSIDE and key in folded else 0


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
