"""However many hours a store holds: what a timer asks of its neighbours is one step in an index."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.store import entries
from cowork_cli.store.engine.store import Server, Store, open_store
from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase

pytestmark = pytest.mark.file_store(reason="each test says where its store is")
MANY = 10_000
_NUMBERS = {
    "file": f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) ",
    "server": f"WITH n(i) AS (SELECT * FROM generate_series(1, {MANY})) ",
}
_HOURS = (
    "INSERT INTO entries (uuid, project_id, from_at, to_at, timezone, day, billable, person) "
    "{numbers}SELECT 'u' || i, 1, i * 3600, i * 3600 + 1800, 'UTC', '2026-01-01', 1, "
    "CASE i % 2 WHEN 0 THEN 'anna' ELSE 'ben' END FROM n"
)


@pytest.fixture(params=["file", "server"])
def crowded(
    request: pytest.FixtureRequest, home: Path, cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> Store:
    """A store with the hours of two people, opened by one of them."""
    server = None
    if request.param == "server":
        make: NewDatabase = request.getfixturevalue("new_database")
        server = Server(make(), lambda: None, "COWORK_STORE")
        monkeypatch.setenv("COWORK_STORE", server.url)
    cowork("client", "add", "acme", "--name", "ACME GmbH")
    cowork("project", "add", "acme/site")
    store = open_store(
        locate(dict(os.environ)), now_ms=0, command="x", expected=True, note=print,
        server=server, person="anna",
    )  # fmt: skip
    request.addfinalizer(store.close)
    with store.transaction():
        store.connection.run(_HOURS.format(numbers=_NUMBERS[request.param]))
        store.connection.run("ANALYZE entries")
    return store


_ASKED: dict[str, Callable[[Store], object]] = {
    "colliding": lambda store: entries.colliding(store, MANY * 1800, MANY * 1800 + 60, 0),
    "besides": lambda store: entries.colliding(store, MANY * 1800, MANY * 1800 + 60, 0, besides=7),
    "running": lambda store: entries.running(store, 0),
    "is_running": entries.is_running,
    "last": lambda store: entries.nth_last(store, 1, 0),
}


def test_what_a_timer_asks_is_one_step(crowded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    row = crowded.row

    def noted(sql: str, *values: object) -> object:
        asked.append((sql, values))
        return row(sql, *values)

    monkeypatch.setattr(crowded, "row", noted)
    for name, ask in _ASKED.items():
        asked.clear()
        ask(crowded)
        sql, values = next(each for each in asked if "entries" in each[0])
        plan = _plan(crowded, sql, values)
        assert "Seq Scan on entries" not in plan and "SCAN e" not in plan, (name, plan)
        assert "Sort" not in plan and "TEMP B-TREE" not in plan, (name, plan)


def _plan(store: Store, sql: str, values: tuple[object, ...]) -> str:
    on_server = type(store.connection).__module__.endswith("postgresql.connection")
    explain = "EXPLAIN" if on_server else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row[-1]) for row in store.connection.rows(f"{explain} {sql}", *values))
