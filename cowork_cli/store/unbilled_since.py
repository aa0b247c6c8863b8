"""Of which projects the hours that can be billed may have changed since a row of the journal."""

from __future__ import annotations

from cowork_cli.records import dataclass
from cowork_cli.store.engine import dialect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_MANY = 500  # more rows than that are no quicker to look at than all hours
# Every table that a sum of what can be billed is made of; an issued invoice marks its entries.
_TERMS = ("clients", "projects", "rates")
_SINCE = f"""
    SELECT table_name, {dialect.json_number("before", "project_id")} AS old,
           {dialect.json_number("after", "project_id")} AS new,
           coalesce({dialect.json_number("before", "to_at")}, {dialect.json_number("after", "to_at")})
               IS NOT NULL AS ended
    FROM journal WHERE id > ? ORDER BY id LIMIT {_MANY + 1}"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The last row of the journal and its hash, which stands for all that was ever written."""

    row: int
    chain: str


def stamp(store: Store) -> Stamp:
    """Where the journal ends now; before the first row 0 and an empty hash."""
    last = store.row("SELECT id, chain FROM journal ORDER BY id DESC LIMIT 1")
    return Stamp(0, "") if last is None else Stamp(last.id, last.chain)


def is_any(store: Store) -> bool:
    """Whether any ended hours can be billed. Asked for a column of no index, as a timer that runs."""
    return bool(
        store.rows(
            "SELECT uuid FROM entries WHERE invoice_id IS NULL AND billable = 1 "
            "AND to_at IS NOT NULL LIMIT 1"
        )
    )


def touched_since(store: Store, kept: Stamp) -> frozenset[int] | None:
    """The rows of the projects whose ended hours were written to behind `kept`.

    None where everything may have changed: terms were written, or much, or `kept` is of another journal.
    """
    if kept.chain != store.value("SELECT chain FROM journal WHERE id = ?", kept.row):
        return None
    rows = store.rows(_SINCE, kept.row)
    if len(rows) > _MANY or any(row.table_name in _TERMS for row in rows):
        return None
    hours = [row for row in rows if row.table_name == "entries" and row.ended]
    return frozenset({row.old for row in hours} | {row.new for row in hours}) - {None}
