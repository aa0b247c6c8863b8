"""Databases for tests: each starts with the schema of this version and no record in it.

Making one costs some 25 ms, dropping it as much again; so one that comes back unharmed is emptied, which costs
a fifth of that, and given out again. An event trigger notes where a test has changed the schema, also by
switching a trigger off or granting something: such a database is dropped.
"""

import re
from pathlib import Path

import psycopg

import cowork_cli.store
from cowork_cli.store.engine.version import VERSION
from tests.postgresql.server import Server

SCRIPTS = Path(cowork_cli.store.__file__).parent / "migrations" / "postgresql"
SCHEMA = "cowork"
TEMPLATE = "cowork_template"
EMPTY = "template0"
USES = 20  # then one has collected enough dead rows
LARGE = 4 << 20  # bytes of records, beyond which emptying costs more than a new one

WATCH = """
CREATE SCHEMA watch;
CREATE TABLE watch.altered ();
CREATE FUNCTION watch.note() RETURNS EVENT_TRIGGER LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_EVENT = 'sql_drop' THEN
        PERFORM FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary;
    ELSE
        PERFORM FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp';
    END IF;
    IF FOUND THEN
        INSERT INTO watch.altered DEFAULT VALUES;
    END IF;
END;
$$;
GRANT USAGE ON SCHEMA watch TO PUBLIC;
CREATE EVENT TRIGGER watch_changes ON ddl_command_end EXECUTE FUNCTION watch.note();
CREATE EVENT TRIGGER watch_drops ON sql_drop EXECUTE FUNCTION watch.note();
"""

# Rules of rows do not fire for a replica, so that the journal and what is issued can go too.
REPLICA = "SET session_replication_role = replica"
FILLED = f"""
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r' AND relname <> 'schema_version'
AND pg_relation_size(oid) > 0
"""
RESTART = f"""
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
WHERE schemaname = '{SCHEMA}' AND last_value IS NOT NULL
"""
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def prepare(server: Server) -> None:
    """Makes the template that every database is a copy of."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE {EMPTY}")
    with psycopg.connect(server.url(TEMPLATE)) as connection:
        load(connection)
        connection.execute(WATCH.encode())


def load(connection: "psycopg.Connection") -> None:
    """The schema of this version, by its scripts, in the transaction of a connection."""
    connection.execute(f"CREATE SCHEMA {SCHEMA}")
    connection.execute(f"SET LOCAL search_path = {SCHEMA}")
    for script in sorted(SCRIPTS.glob("[0-9]*.sql")):
        connection.execute(script.read_bytes())


Records = dict[str, bytes]
"""What each table holds, as `COPY` writes it; tables without a record are left out."""


def records(url: str) -> Records:
    """All that a store holds, to be put back later."""
    with psycopg.connect(url, autocommit=True) as connection:
        held = {}
        for table, _ in connection.execute(FILLED).fetchall():
            with connection.cursor().copy(
                f"COPY {SCHEMA}.{table} TO STDOUT (FORMAT binary)"
            ) as copy:
                held[table] = b"".join(copy)
    return held


def put_back(url: str, held: Records) -> None:
    """Makes a store hold just that, whatever it held before."""
    with psycopg.connect(url) as connection:
        connection.execute(REPLICA)
        for table, _ in connection.execute(FILLED).fetchall():
            connection.execute(f"DELETE FROM {SCHEMA}.{table}")
        for table, content in held.items():
            with connection.cursor().copy(
                f"COPY {SCHEMA}.{table} FROM STDIN (FORMAT binary)"
            ) as copy:
                copy.write(content)


class Databases:
    """Gives out databases of a server under names that no other worker has."""

    def __init__(self, server: Server, prefix: str):
        self.server = server
        self._prefix = re.sub(r"\W", "_", prefix).lower()
        self._made = 0
        self._uses: dict[str, int] = {}
        self._idle: list[str] = []
        self._admin = psycopg.connect(server.url("postgres"), autocommit=True)

    def close(self) -> None:
        """Ends the connection that makes databases; they go with the server."""
        self._admin.close()

    def take(self, *, empty: bool = False) -> str:
        """The name of a database without a record; `empty`: without the schema either."""
        if self._idle and not empty:
            name = self._idle.pop()
        else:
            self._made += 1
            name = f"cowork_{self._prefix}_{self._made}"
            source = EMPTY if empty else TEMPLATE
            self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        if not empty:
            self._uses[name] = self._uses.get(name, 0) + 1
        return name

    def give_back(self, name: str) -> None:
        """Ends who is still connected, and keeps the database for the next one, or drops it."""
        if 0 < self._uses.get(name, 0) < USES and self._emptied(name):
            self._idle.append(name)
        else:
            self._uses.pop(name, None)
            self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _emptied(self, name: str) -> bool:
        try:
            connection = psycopg.connect(self.server.url(name), autocommit=True)
        except psycopg.OperationalError:
            return False  # the test has dropped it
        with connection:
            if connection.execute("SELECT FROM watch.altered LIMIT 1").fetchone() is not None:
                return False
            if connection.execute(f"SELECT version FROM {SCHEMA}.schema_version").fetchone() != (
                VERSION,
            ):
                return False  # a test has played a program of another time
            filled = connection.execute(FILLED).fetchall()
            if sum(size for _, size in filled) > LARGE:
                return False
            connection.execute(OTHERS)
            connection.execute(REPLICA)
            deletions = "; ".join(f"DELETE FROM {SCHEMA}.{table}" for table, _ in filled)
            connection.execute(f"{deletions or 'SELECT'}".encode())
            connection.execute(RESTART)
        return True
