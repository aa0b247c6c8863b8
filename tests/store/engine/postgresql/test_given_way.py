"""How often a change is done again that a server ends, and what becomes of one whose answer is lost.

The server is told by itself when to end one: a function that a statement, a trigger or the view of the version
asks, and a sequence that counts how often it was asked, which no rollback takes back.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cowork_cli.errors import (
    BadInput,
    DiskFull,
    OutcomeUnknown,
    RuleBroken,
    ServerUnreachable,
    StoreBusy,
)
from cowork_cli.paths import locate
from cowork_cli.store.engine.postgresql import connection as of_server
from cowork_cli.store.engine.store import Server, Store, open_store
from tests.postgresql import server as servers
from tests.postgresql.cut import Line
from tests.postgresql.fixtures import NewDatabase

CLIENT = {"slug": "mine", "name": "Mine", "type": "business", "currency": "EUR"}
BUSY = "other commands stood in the way again and again, nothing was changed"
EVER = 1000  # times, and so ever again
SCRIPT = """
CREATE SEQUENCE cowork.asked;
CREATE FUNCTION cowork.gives_way(after INT, until INT, state TEXT) RETURNS INT LANGUAGE plpgsql AS $$
DECLARE n BIGINT := nextval('cowork.asked');
BEGIN
  IF n > after AND n <= until THEN RAISE 'ended' USING ERRCODE = state; END IF;
  RETURN 1;
END $$;
CREATE FUNCTION cowork.gives_way_at_the_end() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN PERFORM cowork.gives_way(TG_ARGV[0]::INT, TG_ARGV[1]::INT, TG_ARGV[2]); RETURN NULL; END $$;
"""
DEADLOCK = "40P01"


@pytest.fixture
def url(new_database: NewDatabase) -> str:
    return new_database()


@pytest.fixture
def by_hand(url: str) -> Iterator[Callable[[str], list[Any]]]:
    """SQL of whoever runs the server."""
    with psycopg.connect(url, autocommit=True) as admin:

        def run(sql: str) -> list[Any]:
            cursor = admin.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

        yield run


def _opened(url: str, folder: Path) -> Store:
    return open_store(
        locate({"COWORK_HOME": str(folder)}), now_ms=1_764_090_000_000, command="client add mine",
        expected=False, note=print, server=Server(url, lambda: None, "COWORK_STORE"),
    )  # fmt: skip


@pytest.fixture
def store(url: str, tmp_path: Path, by_hand: Callable[[str], list[Any]]) -> Iterator[Store]:
    opened = _opened(url, tmp_path)
    by_hand(SCRIPT)
    yield opened
    opened.close()


def _asked(by_hand: Callable[[str], list[Any]]) -> int:
    ((times,),) = by_hand("SELECT last_value FROM cowork.asked")
    return int(times)


def _gives_way(store: Store, after: int, until: int) -> None:
    store.rows("SELECT gives_way(?, ?, ?)", after, until, DEADLOCK)


def test_what_is_only_read_is_asked_once(store: Store, by_hand: Callable[[str], list[Any]]) -> None:
    with pytest.raises(StoreBusy) as raised:
        _gives_way(store, 0, EVER)
    assert raised.value.message == BUSY
    assert _asked(by_hand) == 1


def test_a_statement_that_is_ended_again_and_again_is_given_up(
    store: Store, by_hand: Callable[[str], list[Any]]
) -> None:
    with pytest.raises(StoreBusy) as raised, store.transaction() as journal:
        journal.insert("clients", CLIENT)
        _gives_way(store, 0, EVER)
    assert raised.value.message == BUSY
    assert _asked(by_hand) == 4
    assert store.value("SELECT count(*) FROM clients") == 0
    with store.transaction() as journal:
        _gives_way(store, 4, 7)  # three times of four
        journal.insert("clients", CLIENT)
    assert store.value("SELECT count(*) FROM journal") == 1


def test_what_went_before_may_be_ended_too_while_it_is_done_again(
    store: Store, by_hand: Callable[[str], list[Any]]
) -> None:
    """The first statement goes well, the second is ended; then the first is, three times of four, or ever."""
    with store.transaction() as journal:
        journal.insert("clients", CLIENT)
        _gives_way(store, 1, 5)
        _gives_way(store, 1, 5)
    assert _asked(by_hand) == 7
    assert store.value("SELECT count(*) FROM clients") == 1
    with pytest.raises(StoreBusy), store.transaction() as journal:
        journal.insert("clients", {**CLIENT, "slug": "more"})
        _gives_way(store, 8, EVER)
        _gives_way(store, 8, EVER)
    assert _asked(by_hand) == 7 + 2 + 4
    assert store.value("SELECT count(*) FROM clients") == 1


def test_of_a_very_long_change_nothing_is_done_again(
    store: Store, by_hand: Callable[[str], list[Any]]
) -> None:
    with pytest.raises(StoreBusy) as raised, store.transaction():
        store.connection.run_many("INSERT INTO meta (key, value) VALUES (?, ?)", [("a", "b")])
        _gives_way(store, 0, EVER)
    assert raised.value.message == BUSY
    assert _asked(by_hand) == 1
    assert store.value("SELECT count(*) FROM meta WHERE key = 'a'") == 0


@pytest.mark.parametrize("times", [3, EVER])
def test_the_turn_itself_is_asked_for_again(
    store: Store, by_hand: Callable[[str], list[Any]], times: int
) -> None:
    by_hand("ALTER TABLE cowork.schema_version RENAME TO known_version")
    by_hand(
        "CREATE VIEW cowork.schema_version AS SELECT version FROM cowork.known_version "
        f"WHERE cowork.gives_way(0, {times}, '{DEADLOCK}') = 1"
    )
    if times == EVER:
        with pytest.raises(StoreBusy), store.transaction():
            pytest.fail("its turn has not come")
    else:
        with store.transaction() as journal:
            journal.insert("clients", CLIENT)
    assert _asked(by_hand) == 4
    assert store.value("SELECT count(*) FROM clients") == (times == 3)


def _at_the_end(by_hand: Callable[[str], list[Any]], until: int, state: str) -> None:
    by_hand(
        "CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON cowork.clients "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f"EXECUTE FUNCTION cowork.gives_way_at_the_end(0, {until}, '{state}')"
    )


@pytest.mark.parametrize(
    ("state", "until", "kind", "asked"),
    [
        (DEADLOCK, 3, None, 4),
        (DEADLOCK, EVER, StoreBusy, 4),
        ("53100", EVER, DiskFull, 1),  # the disk is full just when it is to be kept
        ("23514", EVER, RuleBroken, 1),
    ],
)
def test_what_the_server_says_at_the_very_end(
    store: Store, by_hand: Callable[[str], list[Any]], state: str, until: int, kind: Any, asked: int
) -> None:
    _at_the_end(by_hand, until, state)
    if kind is None:
        with store.transaction() as journal:
            journal.insert("clients", CLIENT)
    else:
        with pytest.raises(kind), store.transaction() as journal:
            journal.insert("clients", CLIENT)
    assert _asked(by_hand) == asked
    assert store.value("SELECT count(*) FROM clients") == (kind is None)
    assert store.value("SELECT count(*) FROM journal") == (kind is None)
    assert not store.connection.in_transaction


def test_a_text_that_no_text_can_hold(store: Store) -> None:
    """Half of a pair of UTF-16, as a name of a file may have it that is no UTF-8."""
    with pytest.raises(BadInput) as raised, store.transaction() as journal:
        journal.insert("clients", {**CLIENT, "name": "\udcff"})
    assert raised.value.message == "a text holds something that no text can hold"
    assert store.value("SELECT count(*) FROM clients") == 0


# ---- the answer to the end is lost


@pytest.fixture
def line(postgresql_server: servers.Server) -> Iterator[Line]:
    line = Line(postgresql_server)
    yield line
    line.close()


@pytest.fixture
def far(url: str, line: Line, tmp_path: Path) -> Iterator[Store]:
    """A store behind a line that comes back as soon as somebody connects again."""
    opened = _opened(line.url(url), tmp_path)
    server: Any = opened.connection
    again = server._again

    def mended() -> Any:
        if line._listener is None:
            line.mend()
        return again()

    server._again = mended
    yield opened
    opened.close()


def _add(store: Store) -> None:
    with store.transaction() as journal:
        journal.insert("clients", CLIENT)


def test_a_change_that_arrived_is_done(far: Store, line: Line) -> None:
    line.lose_answer_of = b"COMMIT\0"
    _add(far)
    assert far.value("SELECT count(*) FROM clients") == 1
    assert not far.connection.in_transaction


def _cut_at_the_end(line: Line, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a change is lost before the server has it."""
    commit = of_server.Connection._commit

    def cut(self: of_server.Connection) -> None:
        line.cut_at = 0
        commit(self)

    monkeypatch.setattr(of_server.Connection, "_commit", cut)


def test_a_change_that_did_not_arrive_is_not_done(
    far: Store, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_at_the_end(line, far, monkeypatch)
    with pytest.raises(ServerUnreachable) as raised:
        _add(far)
    assert "cannot be reached, nothing was changed" in raised.value.message
    assert far.value("SELECT count(*) FROM clients") == 0


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (None, "the server cannot say any more, look for it with `cowork history`"),
        ("in progress", None),
    ],
)
def test_a_change_of_which_the_server_does_not_say_it_is_asked_for_later(
    far: Store, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    state: str | None, told: str | None,
) -> None:  # fmt: skip
    """It answers, but says nothing of a transaction of long ago, or that it goes on still."""
    from cowork_cli.store.engine.postgresql import unsettled

    with monkeypatch.context() as patch:
        patch.setattr(of_server, "became_of", lambda raw, xid: state)
        line.lose_answer_of = b"COMMIT\0"
        with pytest.raises(OutcomeUnknown) as raised:
            _add(far)
    assert "broke while the change was being written" in raised.value.message
    monkeypatch.setattr(unsettled, "became_of", lambda raw, xid: state)
    notes: list[str] = []
    server: Any = far.connection
    unsettled.settle(server, tmp_path / "state", notes.append)
    file = tmp_path / "state" / "unsettled.json"
    if told is None:
        assert notes == []
        assert '"command": "client add mine"' in file.read_text(encoding="utf-8")
    else:
        (said,) = notes
        assert said.startswith("`cowork client add mine` of 2025-11-25")
        assert said.endswith(f"whose answer was lost: {told}")
        assert not file.exists()


def test_a_line_that_is_cut_within_a_change_is_named(far: Store, line: Line) -> None:
    with (
        pytest.raises(ServerUnreachable, match="nothing was changed"),
        far.transaction() as journal,
    ):
        journal.insert("clients", CLIENT)
        line.cut()
        journal.insert("clients", {**CLIENT, "slug": "more"})
