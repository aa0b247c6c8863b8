"""What a server ends because of another session is done again, as long as it reads the same, and never shown raw."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from cowork_cli.errors import StoreBusy
from cowork_cli.paths import locate
from cowork_cli.store.engine.store import Server, Store, open_store
from tests.postgresql.fixtures import NewDatabase

CLIENT = {"type": "business", "currency": "EUR"}
MINE, OTHERS = 1, 2
"""Rows of two clients."""


@pytest.fixture
def url(new_database: NewDatabase) -> str:
    """A store with two clients, whose server looks for deadlocks at once."""
    url = new_database()
    with psycopg.connect(url, autocommit=True) as admin:
        name = admin.info.dbname
        admin.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '20ms'".encode())
        admin.execute(
            f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'".encode()
        )
    return url


@pytest.fixture
def store(url: str, tmp_path: Any) -> Iterator[Store]:
    opened = open_store(
        locate({"COWORK_HOME": str(tmp_path)}), now_ms=0, command="test", expected=False, note=print,
        server=Server(url, lambda: None, "COWORK_STORE"),
    )  # fmt: skip
    with opened.transaction() as journal:
        for slug in ("mine", "theirs"):
            journal.insert("clients", {**CLIENT, "slug": slug, "name": slug})
    yield opened
    opened.close()


@contextmanager
def holding(url: str, then: str) -> Iterator[None]:
    """Another session holds the client `OTHERS`; inside, it asks for `MINE` by `then` and gives way to nobody."""
    other = psycopg.connect(url)
    other.execute("SET deadlock_timeout = '1h'")  # so that it is never the one that is ended
    other.execute(b"SELECT FROM cowork.clients WHERE id = 2 FOR UPDATE")

    def ask() -> None:
        other.execute(then.encode())
        other.commit()

    asking = threading.Thread(target=ask)
    _threads.append(asking)
    try:
        yield
    finally:
        asking.join()
        other.close()
        _threads.clear()


_threads: list[threading.Thread] = []


def _until_it_waits(url: str) -> None:
    """Lets the other session ask, and comes back when it waits for us."""
    _threads[0].start()
    with psycopg.connect(url, autocommit=True) as admin:
        while not admin.execute(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        ).fetchall():
            pass


def test_after_a_deadlock_the_same_is_done_again(store: Store, url: str) -> None:
    with (
        holding(url, "UPDATE cowork.clients SET note = note WHERE id = 1"),
        store.transaction() as journal,
    ):
        journal.update("clients", MINE, {"name": "Mine"})
        _until_it_waits(url)
        journal.update("clients", OTHERS, {"name": "Theirs"})
    assert store.rows("SELECT name FROM clients ORDER BY id") == [("Mine",), ("Theirs",)]
    assert store.value("SELECT count(*) FROM journal") == 4, "nothing was journalled twice"
    assert store.rows("SELECT id FROM journal ORDER BY id") == [(1,), (2,), (3,), (4,)]


def test_where_it_would_read_something_else_nothing_is_changed(store: Store, url: str) -> None:
    with (
        holding(url, "UPDATE cowork.clients SET note = 'new' WHERE id = 1"),
        pytest.raises(StoreBusy, match="nothing was changed"),
        store.transaction() as journal,
    ):
        journal.update("clients", MINE, {"name": "Mine"})
        _until_it_waits(url)
        journal.update("clients", OTHERS, {"name": "Theirs"})
    assert store.rows("SELECT name FROM clients ORDER BY id") == [("mine",), ("theirs",)]
    assert store.value("SELECT count(*) FROM journal") == 2


def test_a_server_that_serialises_by_itself_takes_turns_too(store: Store, url: str) -> None:
    (told,) = store.rows("SHOW default_transaction_isolation")
    assert told == ("serializable",)
    with store.transaction():
        assert store.rows("SHOW transaction_isolation") == [("read committed",)]
