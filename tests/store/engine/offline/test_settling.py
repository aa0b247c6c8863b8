"""What a person decides about a change that does not fit: what is written on the server then, and what is not."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cowork_cli.errors import BadInput, RuleBroken
from cowork_cli.paths import Paths
from cowork_cli.services.home.outbox import Answer, settle
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.offline import outbox, sending
from cowork_cli.store.engine.store import Server, Store
from tests.store.engine.offline.two_files import NOON, URL, entry, hours, refresh, states

NOW = datetime.fromtimestamp(NOON + 7200, UTC)
Here = Callable[[], Journal]
Settle = Callable[..., None]


@pytest.fixture
def settled(server: Store, paths: Paths, copy: Connection) -> Settle:
    """Sends what waits, of which `ref` is held, and settles that."""

    def run(ref: str, *, by: Store = server, **answer: int) -> None:
        sent = sending.send(server.connection, outbox.waiting(copy))
        refresh(copy, server, sent.held)
        assert ref in [shown for shown, reason in states(copy) if reason]
        settle(by, paths, Server(URL, lambda: None, "store.url"), ref, Answer(**answer), NOW)

    return run


def _until(journal: Journal, minute: int) -> None:
    journal.update("entries", 1, {"to_at": NOON + minute * 60})


def _everywhere(server: Store, copy: Connection, minute: int) -> None:
    """The entry ends then on the server, and the copy has heard of it."""
    with server.transaction() as theirs:
        _until(theirs, minute)
    refresh(copy, server)


def test_other_times_are_written_though_the_entry_had_them_before(
    server: Store, copy: Connection, here: Here, settled: Settle
) -> None:
    """What is answered is written, not only what differs from how the entry once was."""
    _everywhere(server, copy, 30)
    with (journal := here()).transaction():
        _until(journal, 20)
    with server.transaction() as theirs:
        _until(theirs, 40)
    with pytest.raises(BadInput) as raised:
        settled("o-1", from_at=NOON + 600, to_at=NOON + 600)
    assert raised.value.message == "the end is not after the start"
    assert raised.value.hint == "give both with `--from T --to T`"
    assert hours(server) == [(0, 40, None)]
    settled("o-1", to_at=NOON + 1800)
    assert hours(server) == hours(copy) == [(0, 30, None)]
    assert states(copy) == []


def test_mine_is_what_it_came_to_here_though_that_is_what_it_was_before(
    server: Store, copy: Connection, here: Here, settled: Settle
) -> None:
    _everywhere(server, copy, 30)
    for minute in (20, 30):
        with (journal := here()).transaction():
            _until(journal, minute)
    with server.transaction() as theirs:
        _until(theirs, 40)
        theirs.update("entries", 1, {"note": "theirs"})
    settled("o-1")
    assert hours(server) == [(0, 30, "theirs")]
    assert states(copy) == []


@pytest.mark.parametrize(
    ("begun", "meanwhile", "there"),
    [
        (20, None, []),  # it was removed there
        (20, 10, [(0, 10, None)]),
        (0, 10, [(0, 10, None)]),  # here it is removed, as nothing of it is left
        (0, None, []),
    ],
)
def test_another_entry_of_the_change_stays_as_it_is_there(
    server: Store, copy: Connection, here: Here, settled: Settle,
    begun: int, meanwhile: int | None, there: list[tuple[int, int, None]],
) -> None:  # fmt: skip
    """A timer that took the place of another one, which went on otherwise there."""
    with (journal := here()).transaction():
        if begun:
            _until(journal, begun)
        else:
            journal.delete("entries", 1)
        journal.insert("entries", entry(NOON + begun * 60, None, note="next"))
    with server.transaction() as theirs:
        if meanwhile is None:
            theirs.delete("entries", 1)
        else:
            _until(theirs, meanwhile)
        theirs.insert("entries", entry(NOON + 1500, NOON + 1800, note="theirs"))
    settled("o-1", from_at=NOON + 1800)
    assert hours(server) == [*there, (25, 30, "theirs"), (30, None, "next")]
    assert states(copy) == []


def test_hours_of_another_person_are_not_looked_at_as_mine(
    server: Store, copy: Connection, here: Here, settled: Settle
) -> None:
    """Two of one laptop: mine may lie beside theirs; whether theirs overlap the schema says."""
    with (journal := here()).transaction():
        _until(journal, 20)
    with server.transaction() as theirs:
        _until(theirs, 40)
        theirs.insert("entries", entry(NOON + 2400, NOON + 3000))
        theirs.insert("entries", entry(NOON, NOON + 3000, person="ben", note="of ben"))
    ben = server.about("ben")
    with pytest.raises(RuleBroken, match="entries overlap"):
        settled("o-1", by=ben, to_at=NOON + 2700)
    settled("o-1", by=ben, to_at=NOON + 1800)
    assert server.rows("SELECT to_at, person FROM entries WHERE id = 1") == [(NOON + 1800, "")]
