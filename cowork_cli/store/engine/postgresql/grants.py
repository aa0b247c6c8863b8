"""What a role may do with the store, by the database's own grants.

A member records: hours, bookings, clients, expenses, days. What becomes an invoice, and what numbers
are given out, is the owner's; a member reads it.
https://www.postgresql.org/docs/18/ddl-priv.html
"""

from __future__ import annotations

from cowork_cli.errors import BadInput, NotAllowed, NotFound
from cowork_cli.store.engine.postgresql import catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.postgresql.connection import Connection

KINDS = ("member", "owner")
OF_THE_OWNER = (
    "invoice_entries", "invoice_expenses", "invoice_files", "invoice_lines", "invoice_plan_lines",
    "invoice_plan_periods", "invoice_plan_prices", "invoice_plans", "invoice_prepayments", "invoices",
    "job_invoices", "letters", "mailings", "number_series", "payments", "quote_lines", "quotes",
    "reminders",
)  # fmt: skip
"""Tables that a member reads: what is billed, offered, reminded of and paid."""
_ONLY_ADDED_TO = ("journal", "changes", "reversals", "barriers", "unattended", "erasures")
_BILLED = "invoice_id"
_KIND = (
    "SELECT rolname, has_table_privilege(pg_roles.oid, 'cowork.invoices', 'INSERT') "
    "FROM pg_roles WHERE NOT rolsuper AND pg_roles.oid <> (SELECT nspowner FROM pg_namespace "
    "WHERE nspname = 'cowork') AND EXISTS (SELECT FROM pg_namespace, aclexplode(nspacl) AS given "
    "WHERE nspname = 'cowork' AND given.grantee = pg_roles.oid)"
)


def statements(connection: Connection, role: str, kind: str) -> list[str]:
    """The SQL that gives `role` what `kind` (one of KINDS) may do, and takes from it what it may not.

    Raises BadInput for another kind.
    """
    if kind not in KINDS:
        raise BadInput(f'"{kind}" is no kind of role', "choose `--as member` or `--as owner`")
    name = _quoted(role)
    said = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA cowork FROM {name};",
        f"GRANT USAGE ON SCHEMA cowork TO {name};",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA cowork TO {name};",
        f"GRANT INSERT, UPDATE ON cowork.removed_ids TO {name};",
    ]
    of_tables = [
        (table, _of_table(connection, table, kind)) for table in catalogue.tables(connection)
    ]
    said += [f"GRANT {given} ON cowork.{table} TO {name};" for table, given in of_tables if given]
    return said


def _of_table(connection: Connection, table: str, kind: str) -> str:
    if kind == "owner":
        return "INSERT, UPDATE, DELETE"
    if table in OF_THE_OWNER or table == "meta":
        return ""
    if table in _ONLY_ADDED_TO:
        return "INSERT"
    columns = catalogue.columns(connection, table)
    if table in ("entries", "expenses") and _BILLED in columns:
        changed = ", ".join(column for column in columns if column != _BILLED)
        return f"INSERT, DELETE, UPDATE ({changed})"
    return "INSERT, UPDATE, DELETE"


def grant(connection: Connection, role: str, kind: str) -> list[str]:
    """Gives a role what its kind may do, in one transaction, and returns the SQL."""
    said = statements(connection, role, kind)
    with connection.transaction():
        for statement in said:
            connection.run(statement.rstrip(";"))
    return said


def renew(connection: Connection) -> None:
    """Whoever was given something is given it for new tables too, in the transaction that is open."""
    for role, may_issue in connection.rows(_KIND):
        for statement in statements(connection, role, "owner" if may_issue else "member"):
            connection.run(statement.rstrip(";"))


def may(connection: Connection) -> tuple[bool, bool]:
    """Whether the role of this connection may record, and whether it may issue."""
    row = connection.row(
        "SELECT (has_table_privilege('cowork.changes', 'INSERT') AND "
        "has_table_privilege('cowork.entries', 'INSERT'))::INT AS record, "
        "(has_table_privilege('cowork.invoices', 'INSERT') AND "
        "has_table_privilege('cowork.number_series', 'INSERT'))::INT AS issue"
    )
    return bool(row.record), bool(row.issue)


def refuse(connection: Connection, role: str) -> None:
    """Raises NotAllowed for who did not make the store, NotFound, BadInput for a role not to be changed."""
    keeper, may_grant = connection.row(
        "SELECT pg_get_userbyid(nspowner), pg_has_role(nspowner, 'USAGE')::INT FROM pg_namespace "
        "WHERE nspname = 'cowork'"
    )
    if not may_grant:
        raise NotAllowed(
            f'only "{keeper}", who made the store, may say what others may do; nothing was changed',
            f"ask {keeper} to do it",
        )
    if role == keeper:
        raise BadInput(f'"{role}" made the store and may do everything', "name another role")
    _refuse_unknown(connection, role)


def _refuse_unknown(connection: Connection, role: str) -> None:
    if connection.value("SELECT count(*) FROM pg_roles WHERE rolname = ?", role):
        return
    rows = connection.rows(
        "SELECT rolname FROM pg_roles WHERE NOT starts_with(rolname, 'pg_') ORDER BY rolname LIMIT 20"
    )
    there = ", ".join(name for (name,) in rows)
    raise NotFound(
        f'the server has no role "{role}" (there are: {there})',
        f"whoever runs the server makes one, as in `createuser --pwprompt {role}`",
    )


def _quoted(role: str) -> str:
    """A name as SQL has it."""
    doubled = role.replace('"', '""')
    return f'"{doubled}"'
