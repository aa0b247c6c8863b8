"""The server is out of reach: what is read, what waits, what goes up, each once."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.store.engine.offline.conftest import Entries

ADD = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:30", "Concept")


def test_hours_wait_and_go_up_once(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    assert desktop(*ADD).code == 0
    laptop("client", "list")
    line.cut()
    assert hours(laptop) == [("e-1", "09:00", "10:30")]
    added = laptop("track", "add", "acme/site", "--from", "11:00", "--to", "12:00")
    assert added.code == 0, str(added)
    assert "waits here and goes up" in added.err
    assert laptop("start", "acme/site", "--at", "13:00").code == 0
    assert laptop("stop", "--at", "14:00").code == 0
    assert hours(laptop)[1:] == [
        ("e-1000000000", "11:00", "12:00"),
        ("e-1000000001", "13:00", "14:00"),
    ]
    assert hours(desktop) == [("e-1", "09:00", "10:30")]
    line.mend()
    sent = laptop("client", "list")
    assert "3 changes made without the server went up" in sent.err
    everywhere = [("e-1", "09:00", "10:30"), ("e-2", "11:00", "12:00"), ("e-3", "13:00", "14:00")]
    assert hours(desktop) == everywhere
    assert hours(laptop) == everywhere
    assert "went up" not in laptop("client", "list").err
    line.cut()
    assert hours(laptop) == everywhere
    assert desktop("data", "verify").code == 0


OTHERS = [
    ("client", "add", "nova", "--name", "Nova"),
    ("invoice", "draft", "acme"),
    ("undo",),
    ("history",),
    ("data", "verify"),
    ("track", "export"),
]


def test_all_else_says_that_it_needs_the_server(laptop: Cowork, line: Line) -> None:
    line.cut()
    for words in OTHERS:
        outcome = laptop(*words)
        assert outcome.code == 7, f"{words}: {outcome}"
        assert "cannot be reached" in outcome.err
        assert "cowork track start" in outcome.err
    for words in (("status",), ("track", "status"), ("report", "hours"), ("booking", "list")):
        outcome = laptop(*words)
        assert outcome.code == 0, f"{words}: {outcome}"
        assert "this is your copy of 2026-11-25 18:00" in outcome.err


def test_without_a_copy_there_is_nothing_to_read(
    cowork: Cowork, line: Line, url: str, desktop: Cowork, tmp_path: Path
) -> None:
    line.cut()
    env = {"COWORK_HOME": str(tmp_path / "new"), "COWORK_STORE": line.url(url)}
    outcome = cowork("track", "list", env=env)
    assert outcome.code == 7
    assert "there is no local copy yet" in outcome.err
    assert not (tmp_path / "new" / "data" / "cowork.db").exists()


def test_the_copy_follows_every_kind_of_record(laptop: Cowork, desktop: Cowork, line: Line) -> None:
    assert desktop("client", "edit", "acme", "--rate", "110").code == 0
    assert desktop("project", "add", "acme/app").code == 0
    assert desktop("client", "add", "gone", "--name", "Gone").code == 0
    laptop("client", "list")
    assert desktop("undo").code == 0
    assert desktop("space", "add", "Harbour", "--city", "Lübeck").code == 0
    assert desktop("desk", "add", "Harbour", "Desk 1").code == 0
    booked = ("booking", "add", "Desk 1", "--on", "2026-12-01")
    assert desktop(*booked).code == 0
    laptop("client", "list")
    line.cut()
    for words in (
        ("client", "list"),
        ("project", "list"),
        ("booking", "list"),
        ("status",),
        ("report", "unbilled"),
    ):
        assert laptop(*words, "--json").json == desktop(*words, "--json").json
    assert [row["id"] for row in laptop("client", "list", "--json").data] == ["acme"]


def test_a_lost_answer_is_settled_by_asking(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries, laptop_home: Path
) -> None:
    line.cut()
    assert laptop(*ADD).code == 0
    line.mend()
    line.lose_answer_of = b"COMMIT\0"
    late = laptop("track", "list")
    assert late.code == 0, str(late)
    assert "your copy" in late.err
    assert hours(desktop) == [("e-1", "09:00", "10:30")]
    assert hours(laptop) == [("e-1000000000", "09:00", "10:30")]
    line.mend()
    assert laptop("client", "list").code == 0
    assert hours(laptop) == hours(desktop) == [("e-1", "09:00", "10:30")]
    assert not list((laptop_home / "state").glob("unsettled*"))
    line.cut()  # and once more, before a command that cannot do with the copy
    assert laptop("track", "add", "acme/site", "--from", "11:00", "--to", "12:00").code == 0
    line.mend()
    line.lose_answer_of = b"COMMIT\0"
    gone = laptop("client", "add", "nova", "--name", "Nova")
    assert gone.code == 7
    assert "broke while the change was being written" in gone.err
    line.mend()
    assert [row["id"] for row in laptop("client", "list", "--json").data] == ["acme"]
    assert hours(laptop) == hours(desktop) == [("e-1", "09:00", "10:30"), ("e-2", "11:00", "12:00")]


def test_a_crash_between_going_up_and_being_noted(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cowork_cli.store.engine.offline import local_copy

    line.cut()
    assert laptop(*ADD).code == 0
    line.mend()

    def crash(*all: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(local_copy, "refresh", crash)
        assert laptop("client", "list").code == 130
    assert hours(desktop) == [("e-1", "09:00", "10:30")]
    assert hours(laptop) == hours(desktop)
    assert hours(desktop) == [("e-1", "09:00", "10:30")]


def test_what_was_started_here_and_stopped_without_the_server(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    assert laptop("start", "acme/site", "--at", "16:00").code == 0
    line.cut()
    assert laptop("stop", "--at", "17:00").code == 0
    assert laptop("track", "edit", "e-1", "--note", "Done").code == 0
    line.mend()
    assert laptop("track", "list").code == 0
    assert hours(desktop) == [("e-1", "16:00", "17:00")]
    assert desktop("track", "list", "--in", "2026", "--json").data[0]["note"] == "Done"
    commands = [row["command"] for row in desktop("history", "--json").data["changes"]][:3]
    assert commands == [
        "track edit e-1 --note Done",
        "track stop --at 17:00",
        "track start acme/site --at 16:00",
    ]


def test_a_timer_that_ended_in_the_meantime_fits_though_it_could_not_run_any_more(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    line.cut()
    assert laptop("start", "acme/site", "--at", "13:00").code == 0
    assert laptop("stop", "--at", "14:00").code == 0
    assert desktop("track", "add", "acme/site", "--from", "15:00", "--to", "16:00").code == 0
    line.mend()
    assert "went up" in laptop("client", "list").err
    assert sorted(hours(desktop)) == [("e-1", "15:00", "16:00"), ("e-2", "13:00", "14:00")]
    assert laptop("data", "outbox", "--json").data == []
    assert desktop("data", "verify").code == 0
