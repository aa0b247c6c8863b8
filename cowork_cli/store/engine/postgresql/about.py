"""What a server says of the store it keeps: who is connected, encrypted or not, and what this role may."""

from __future__ import annotations

from datetime import UTC

from cowork_cli.store.engine.about import About, Session
from cowork_cli.store.engine.postgresql import grants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.postgresql.connection import Connection


def ask(connection: Connection) -> About:
    """https://www.postgresql.org/docs/18/monitoring-stats.html (pg_stat_activity)"""
    row = connection.row(
        "SELECT current_setting('server_version') AS version, current_user AS role, "
        "(SELECT version FROM schema_version) AS schema"
    )
    sessions = connection.rows(
        "SELECT usename, host(client_addr) AS host, backend_start FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'cowork' "
        "ORDER BY backend_start, pid"
    )
    may_record, may_issue = grants.may(connection)
    return About(
        "postgresql",
        row.version,
        row.schema,
        row.role,
        may_record,
        may_issue,
        bool(connection.raw.pgconn.ssl_in_use),  # this end of it, also where a pooler is in between
        tuple(Session(user, host, since.astimezone(UTC)) for user, host, since in sessions),
    )
