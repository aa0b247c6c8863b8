"""Many processes at once: nothing is lost, nothing happens twice, and who loses says so."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.torture import arena


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "crowd"
    arena.play_all(folder, [arena.CLIENT, arena.PROJECT])
    return folder


def add_at_once(home: Path, count: int, day: str) -> None:
    """`count` processes add an hour of their own each: an exit 0 is an entry that is there."""
    before = len(arena.state(home)["entries"])
    crowd = [
        arena.spawn(
            home, "track", "add", "acme/site", f"nr {number}", "--on", day,
            "--from", f"{number:02}:00", "--to", f"{number:02}:45",
        )
        for number in range(count)
    ]  # fmt: skip
    done = [arena.finish(process) for process in crowd]
    kept = [entry[2] for entry in arena.state(home)["entries"]][before:]
    promised = [f"nr {number}" for number, played in enumerate(done) if played.code == 0]
    assert sorted(kept) == sorted(promised)
    for played in done:
        if played.code:
            arena.assert_clean_failure(played)
    assert promised, "nobody got through"
    arena.assert_sound(home)


def stop_at_once(home: Path, count: int) -> None:
    arena.play_all(home, [("start", "acme/site", "--at", "17:00")])
    done = [arena.finish(process) for process in [arena.spawn(home, "stop") for _ in range(count)]]
    assert sorted(played.code for played in done) == [0] + [5] * (count - 1), "\n".join(
        map(str, done)
    )
    arena.assert_sound(home)
    arena.play_all(home, [("undo",), ("track", "cancel")])


def create_at_once(folder: Path, count: int) -> None:
    crowd = [
        arena.spawn(folder, "client", "add", f"client-{number}", "--name", f"Nr. {number}")
        for number in range(count)
    ]
    done = [arena.finish(process) for process in crowd]
    assert [played.code for played in done] == [0] * count, "\n".join(map(str, done))
    state = arena.state(folder)
    assert state is not None
    assert {row[1] for row in state["clients"]} == {f"client-{n}" for n in range(count)}
    arena.assert_sound(folder)


def issue_at_once(folder: Path, count: int) -> None:
    """Of processes that issue the same draft one does, and one number is used."""
    arena.play_all(
        folder,
        [arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD, ("invoice", "draft", "acme")],
    )
    crowd = [
        arena.spawn(folder, "invoice", "issue", "draft-1", "--no-input", "--yes")
        for _ in range(count)
    ]
    done = [arena.finish(process) for process in crowd]
    state = arena.state(folder)
    assert state is not None
    assert [row[1] for row in state["invoices"]] == ["issued"]
    assert len(state["numbers"]) == 1
    assert state["numbers"][0][2] == 1
    assert sum(played.code == 0 for played in done) == 1, "\n".join(map(str, done))
    for played in done:
        if played.code:
            arena.assert_clean_failure(played)
    arena.assert_sound(folder)


def issue_side_by_side(folder: Path, count: int) -> None:
    """Of processes that issue a draft each, all do, with one number after another."""
    arena.play_all(folder, [arena.INIT, arena.CLIENT, arena.PROJECT])
    for number in range(1, count + 1):
        line = ("invoice", "line", f"draft-{number}", "--text", "Fee", "--price", "100")
        arena.play_all(folder, [("invoice", "draft", "acme", "--empty"), line])
    crowd = [
        arena.spawn(folder, "invoice", "issue", f"draft-{number}", "--no-input", "--yes")
        for number in range(1, count + 1)
    ]
    done = [arena.finish(process) for process in crowd]
    assert [played.code for played in done] == [0] * count, "\n".join(map(str, done))
    state = arena.state(folder)
    assert state is not None
    assert state["numbers"][0][2] == count
    arena.assert_sound(folder)


# ---- a thin slice, in every run


def test_eight_processes_add_at_once(home: Path) -> None:
    add_at_once(home, 8, "2026-11-24")


def test_two_processes_stop_the_same_timer(home: Path) -> None:
    stop_at_once(home, 2)


def test_two_processes_make_the_store(tmp_path: Path) -> None:
    create_at_once(tmp_path / "new", 2)


def test_two_processes_issue_the_same_draft(tmp_path: Path) -> None:
    issue_at_once(tmp_path / "office", 2)


def test_three_processes_issue_a_draft_each(tmp_path: Path) -> None:
    issue_side_by_side(tmp_path / "office", 3)


# ---- the whole attack


@pytest.mark.torture
@pytest.mark.alone
@pytest.mark.parametrize("part", range(5))
def test_fifty_rounds_of_twenty_processes_that_add_at_once(home: Path, part: int) -> None:
    first = date(2026, 7, 1) + timedelta(days=10 * part)  # no clock change in these fifty days
    for number in range(10):
        add_at_once(home, 20, (first + timedelta(days=number)).isoformat())


@pytest.mark.torture
@pytest.mark.alone
def test_many_rounds_of_stopping_the_same_timer(home: Path) -> None:
    for count in (2, 4) * 10:
        stop_at_once(home, count)


@pytest.mark.torture
@pytest.mark.alone
def test_many_rounds_of_making_the_store(tmp_path: Path) -> None:
    for number in range(10):
        create_at_once(tmp_path / f"new-{number}", 2 * (os.cpu_count() or 2))


@pytest.mark.torture
@pytest.mark.alone
def test_many_rounds_of_issuing_the_same_draft(tmp_path: Path) -> None:
    for number in range(5):
        issue_at_once(tmp_path / f"office-{number}", 4)


@pytest.mark.torture
@pytest.mark.alone
def test_fifty_processes_issue_a_draft_each(tmp_path: Path) -> None:
    issue_side_by_side(tmp_path / "office", 50)
