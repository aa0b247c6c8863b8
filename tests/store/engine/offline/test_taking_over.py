"""What comes from a server into its copy while changes wait there that were not sent yet.

That is so where one command records without the server while another one has reached it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from cowork_cli.errors import ServerUnreachable
from cowork_cli.paths import locate
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.offline import away, local_copy, opening, outbox, sending
from cowork_cli.store.engine.offline.outbox import Held
from cowork_cli.store.engine.store import Store
from tests.store.engine.offline.two_files import (
    AWAY,
    CLIENT,
    NOON,
    entry,
    hours,
    refresh,
    states,
)


def test_what_waits_is_put_on_top_of_what_came(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    with (journal := here()).transaction():
        journal.update("entries", 1, {"to_at": NOON + 600})
        journal.insert("entries", entry(NOON + 600, None, note="next"))
    with server.transaction() as journal:
        journal.update("entries", 1, {"note": "theirs"})
    refresh(copy, server)
    assert hours(copy) == [(0, 10, "theirs"), (10, None, "next")]
    assert states(copy) == [("o-1", None)]
    sent = sending.send(server.connection, outbox.waiting(copy))
    refresh(copy, server, sent.held)
    assert hours(copy) == hours(server) == [(0, 10, "theirs"), (10, None, "next")]
    assert states(copy) == []


def test_what_does_not_fit_leaves_the_server_s_records_as_they_are(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    """The half of a change that went well is taken back too; what hangs on it waits, all else is done."""
    with (journal := here()).transaction():
        journal.update("entries", 1, {"to_at": NOON + 600})
        added = journal.insert("entries", entry(NOON + 600, None, note="next"))
    with (journal := here()).transaction():
        journal.update("entries", added, {"note": "more"})
    with (journal := here()).transaction():
        journal.insert("entries", entry(NOON - 600, NOON - 300, note="early"))
    with server.transaction() as journal:
        journal.update("entries", 1, {"to_at": NOON + 300, "note": "theirs"})
        journal.insert("entries", entry(NOON + 300, None, note="running"))
    refresh(copy, server)
    theirs = [(0, 5, "theirs"), (5, None, "running")]
    assert hours(copy) == [(-10, -5, "early"), *theirs]
    assert states(copy) == [("o-1", "another timer runs"), ("o-2", None), ("o-3", None)]
    sent = sending.send(server.connection, outbox.waiting(copy))
    refresh(copy, server, sent.held)
    assert [change.ref for change in sent.arrived] == ["o-3"]
    assert hours(copy) == hours(server) == [(-10, -5, "early"), *theirs]
    assert states(copy) == [
        ("o-1", "the entry was changed there meanwhile"),
        ("o-2", "it waits for o-1"),
    ]


def test_what_was_changed_here_is_the_server_s_again_when_it_is_held(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    """Nothing here goes back to what it was once: the timer would run beside the one that was begun there."""
    with (journal := here()).transaction():
        journal.update("entries", 1, {"to_at": NOON + 600})
    with server.transaction() as journal:
        journal.update("entries", 1, {"to_at": NOON + 300})
        journal.insert("entries", entry(NOON + 300, None))
    refresh(copy, server)
    assert hours(copy) == [(0, 10, None), (5, None, None)]
    sent = sending.send(server.connection, outbox.waiting(copy))
    refresh(copy, server, sent.held)
    assert hours(copy) == hours(server) == [(0, 5, None), (5, None, None)]
    assert states(copy) == [("o-1", "the entry was changed there meanwhile")]


def test_what_was_removed_here_is_there_again_when_it_is_held(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    with (journal := here()).transaction():
        journal.delete("entries", 1)
    refresh(copy, server)
    assert hours(copy) == []
    with server.transaction() as journal:
        journal.update("entries", 1, {"note": "theirs"})
    sent = sending.send(server.connection, outbox.waiting(copy))
    refresh(copy, server, sent.held)
    assert hours(copy) == [(0, None, "theirs")]


def test_of_a_change_that_is_settled_by_now_nothing_is_held(
    copy: Connection, here: Callable[[], Journal]
) -> None:
    with (journal := here()).transaction():
        journal.update("entries", 1, {"note": "mine"})
    with copy.transaction():
        outbox.hold(copy, {"another": Held("it was settled by another command")})
    assert states(copy) == [("o-1", None)]
    assert copy.value("SELECT count(*) FROM meta WHERE substr(key, 1, 5) = 'held.'") == 0


def test_a_change_is_noted_as_settled_once(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    with (journal := here()).transaction():
        journal.update("entries", 1, {"note": "mine"})
    (change,) = outbox.waiting(copy)
    with server.transaction():
        sending.note_settled(server.connection, change)
        sending.note_settled(server.connection, change)
    assert server.value("SELECT count(*) FROM changes WHERE uuid = ?", change.uuid) == 1


def test_a_new_copy_knows_what_was_held_in_the_older_one(
    server: Store, copy: Connection, here: Callable[[], Journal], tmp_path: Path
) -> None:
    with (journal := here()).transaction():
        journal.update("entries", 1, {"note": "mine"})
    (change,) = outbox.waiting(copy)
    with copy.transaction():
        outbox.hold(copy, {change.uuid: Held("it was changed there", {"id": 1})})
    local_copy.made(tmp_path / "new.db", server.connection, NOON, copy)
    with local_copy.opened(tmp_path / "new.db") as new:
        (carried,) = outbox.waiting(new)
        assert carried == outbox.waiting(copy)[0]
        assert carried.held == Held("it was changed there", {"id": 1})
        assert hours(new) == [(0, None, None)]


def test_a_table_of_which_much_is_new_is_read_whole(
    server: Store, copy: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_copy, "_MANY", 2)
    with server.transaction() as journal:
        journal.update("entries", 1, {"to_at": NOON + 60})
        for minute in (1, 2):
            journal.insert("entries", entry(NOON + 60 * minute, NOON + 60 * minute + 60))
    with copy.transaction():
        copy.run("UPDATE projects SET slug = 'odd'")  # a table that is not read again
    refresh(copy, server)
    assert hours(copy) == [(0, 1, None), (1, 2, None), (2, 3, None)]
    assert copy.value("SELECT slug FROM projects") == "odd"


def test_who_is_late_does_not_take_the_copy_back(server: Store, copy: Connection) -> None:
    """Another command of this home has brought the copy further while this one asked."""
    old = local_copy._snapshot(server.connection, local_copy.stamp(copy), [])
    with server.transaction() as journal:
        journal.update("entries", 1, {"note": "newer"})
    refresh(copy, server)
    stamp = local_copy.stamp(copy)
    with copy.transaction():
        copy.run("UPDATE entries SET note = 'as it is'")
    local_copy._take_over(copy, server.connection, old, NOON, None)
    assert hours(copy) == [(0, None, "as it is")]
    assert local_copy.stamp(copy) == stamp


def test_a_copy_that_another_command_has_made_meanwhile_stays(server: Store, path: Path) -> None:
    before = path.read_bytes()
    with server.transaction() as journal:
        journal.update("entries", 1, {"note": "newer"})
    opening._make(server, str(path))
    assert path.read_bytes() == before


def test_only_hours_are_recorded_here(here: Callable[[], Journal], copy: Connection) -> None:
    with pytest.raises(ServerUnreachable) as raised, (journal := here()).transaction():
        journal.insert("clients", {**CLIENT, "slug": "nova"})
    assert raised.value is AWAY
    assert copy.value("SELECT count(*) FROM clients") == 1
    assert states(copy) == []


def test_what_is_known_of_a_server_is_forgotten_when_it_answers(home: Path) -> None:
    paths = locate({"COWORK_HOME": str(home)})
    away.forget(paths)
    away.point_nowhere(paths)  # neither was noted: nothing happens
    away.note(paths, "postgresql://h/x", 0.1)
    assert not away.is_known(paths, "postgresql://h/x")  # nobody waited
    away.note(paths, "postgresql://h/x", 5.0)
    assert away.is_known(paths, "postgresql://h/x")
    assert not away.is_known(paths, "postgresql://h/y")
    away.forget(paths)
    assert not away.is_known(paths, "postgresql://h/x")
    away.point(paths, "postgresql://h/x", "store.url", "anna")
    assert (
        Path(paths.pointer_path)
        .read_text(encoding="utf-8")
        .startswith("store.url\tpostgresql://h/x\t")
    )
    away.point_nowhere(paths)
    assert not Path(paths.pointer_path).exists()


def _sent(server: Store, copy: Connection) -> list[str]:
    sent = sending.send(server.connection, outbox.waiting(copy))
    refresh(copy, server, sent.held)
    return [change.ref for change in sent.arrived]


def test_what_was_removed_here_and_left_alone_there_is_gone(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    with (journal := here()).transaction():
        journal.delete("entries", 1)
    assert _sent(server, copy) == ["o-1"]
    assert hours(server) == hours(copy) == []


def test_what_was_added_and_removed_here_is_in_nobodys_way(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    """The adding would not fit; what it came to does."""
    with (journal := here()).transaction():
        added = journal.insert("entries", entry(NOON - 120, NOON))
    with (journal := here()).transaction():
        journal.delete("entries", added)
    with server.transaction() as theirs:
        theirs.insert("entries", entry(NOON - 180, NOON - 60))
    assert _sent(server, copy) == ["o-1", "o-2"]
    assert hours(server) == [(-3, -1, None), (0, None, None)]


def test_a_rule_of_whoever_runs_the_server(
    server: Store, copy: Connection, here: Callable[[], Journal]
) -> None:
    with server.transaction():
        server.connection.run(
            "CREATE TRIGGER of_theirs BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'not here'); END"
        )
    with (journal := here()).transaction():
        journal.insert("entries", entry(NOON - 60, NOON))
    assert _sent(server, copy) == []
    (change,) = outbox.waiting(copy)
    assert change.held == Held("a value cannot be right (not here) there")
