"""However many hours there are: what a command that is typed all day asks of them goes by an index.

A sum over all time reads all hours, and is the faster for reading them in a row: those statements are named.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from cowork_cli.store.engine.postgresql.connection import Connection
from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase

MANY = 8_000
HOURS = f"""
INSERT INTO cowork.entries (uuid, project_id, from_at, to_at, timezone, day, billable, person)
SELECT 'u' || i, 1, i * 3600, i * 3600 + 1800, 'UTC', to_char(to_timestamp(i * 3600), 'YYYY-MM-DD'),
       CASE WHEN i % 50 = 0 THEN 1 ELSE 0 END, CASE i % 2 WHEN 0 THEN 'anna' ELSE 'ben' END
FROM generate_series(1, {MANY}) AS made (i);
ANALYZE cowork.entries;
"""
LINES = (
    ("track", "start", "acme/site"),
    ("track", "status"),
    ("track", "stop"),
    ("track", "add", "acme/site", "--from", "07:00", "--to", "08:00"),
    ("track", "list"),
    ("status",),
    ("report", "hours", "--week"),
    ("report", "unbilled"),
    ("report", "unbilled", "--person", "anna"),
    ("day", "log", "--at", "home=1h"),
    ("invoice", "draft", "acme"),
    ("booking", "list"),
    ("undo",),
)
OF_ALL_TIME = re.compile(r"^SELECT count\(\*\) AS count, coalesce\(sum\(to_at - from_at\), 0\)")
"""How much lies outside of what is shown: counted over all there is."""


@pytest.fixture
def asked(
    november: None, cowork: Cowork, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[tuple[str, str]]]:
    """The statements about hours that commands ask, each with the plan of the server."""
    import psycopg

    url = new_database()
    monkeypatch.setenv("COWORK_STORE", url)
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", "--rate", "90").code == 0
    assert cowork("project", "add", "acme/site").code == 0
    assert cowork("config", "set", "profile.person", "anna").code == 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(HOURS.encode())
    plans: list[tuple[str, str]] = []
    ask: Any = Connection._ask

    def noted(self: Connection, sql: str, values: tuple[object, ...]) -> Any:
        if "entries" in sql and sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            told = ask(self, f"EXPLAIN {sql}", values)
            plans.append((sql, "\n".join(row[0] for row in told)))
        return ask(self, sql, values)

    monkeypatch.setattr(Connection, "_ask", noted)
    yield plans


def test_hours_are_found_by_an_index(cowork: Cowork, asked: list[tuple[str, str]]) -> None:
    scans = []
    for line in LINES:
        asked.clear()
        done = cowork(*line)
        assert done.code == 0, f"{line}: {done}"
        for sql, plan in asked:
            if "Seq Scan on entries" in plan and not OF_ALL_TIME.match(sql):
                scans.append(f"{line}\n{sql}\n{plan}")
        assert asked or line[0] in ("booking", "undo"), f"{line} asked nothing of hours"
    assert not scans, "\n\n".join(scans)
