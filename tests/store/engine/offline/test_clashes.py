"""What was recorded without the server and does not fit what is there: both sides, and a word to settle it."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.store.engine.offline.conftest import Entries

HERE = ("track", "add", "acme/site", "--from", "09:00", "--to", "11:00", "Here")
THERE = ("track", "add", "acme/site", "--from", "10:00", "--to", "12:00", "There")
TAX = ("--tax-number", "22/123/45678", "--iban", "DE02120300000000202051")
LATER = ("track", "add", "acme/site", "--from", "14:00", "--to", "15:00")


@pytest.fixture
def clash(laptop: Cowork, desktop: Cowork, line: Line) -> None:
    """Hours that overlap on both machines, and some behind them that fit."""
    line.cut()
    assert laptop(*HERE).code == 0
    assert laptop(*LATER).code == 0
    assert desktop(*THERE).code == 0
    line.mend()
    told = laptop("client", "list")
    assert "does not fit" in told.err and "cowork data outbox" in told.err


@pytest.mark.usefixtures("clash")
def test_both_sides_are_shown_and_nothing_else_waits(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    (row,) = laptop("data", "outbox", "--json").data
    assert (row["id"], row["state"]) == ("o-1", "held")
    assert row["reason"] == "another entry is there at that time"
    assert [(side["note"], side["from"][11:16]) for side in row["mine"]] == [("Here", "09:00")]
    assert (row["theirs"]["note"], row["theirs"]["id"]) == ("There", "e-1")
    assert hours(desktop) == [("e-1", "10:00", "12:00"), ("e-2", "14:00", "15:00")]
    line.cut()
    assert hours(laptop) == hours(desktop)
    assert laptop("data", "outbox", "--json").data == [row]
    line.mend()
    shown = laptop("data", "outbox")
    assert "cowork data settle o-1" in shown.err
    assert "does not fit" not in shown.err  # said once


@pytest.mark.usefixtures("clash")
def test_with_other_times(laptop: Cowork, desktop: Cowork, hours: Entries) -> None:
    refused = laptop("data", "settle", "o-1", "--mine")
    assert refused.code == 6
    assert "it overlaps e-1" in refused.err
    done = laptop("data", "settle", "o-1", "--to", "10:00")
    assert done.code == 0, str(done)
    assert sorted(hours(desktop)) == [
        ("e-1", "10:00", "12:00"),
        ("e-2", "14:00", "15:00"),
        ("e-3", "09:00", "10:00"),
    ]
    assert laptop("data", "outbox", "--json").data == []
    assert laptop("undo").code == 0
    assert len(hours(desktop)) == 2
    assert desktop("data", "verify").code == 0


@pytest.mark.usefixtures("clash")
def test_dropped(laptop: Cowork, desktop: Cowork, hours: Entries) -> None:
    dropped = laptop("data", "settle", "o-1", "--drop")
    assert dropped.code == 0
    kept = Path(dropped.err.partition("is kept in ")[2].strip().removesuffix("."))
    (line,) = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    assert line["command"].startswith("track add")
    assert line["records"][0]["after"]["project_id"] == 1
    assert kept.stat().st_mode & 0o077 == 0
    assert hours(desktop) == [("e-1", "10:00", "12:00"), ("e-2", "14:00", "15:00")]
    assert laptop("data", "outbox", "--json").data == []
    assert laptop("data", "settle", "o-1", "--drop").code == 5


@pytest.mark.usefixtures("clash")
def test_it_goes_up_by_itself_when_it_fits_again(
    laptop: Cowork, desktop: Cowork, hours: Entries
) -> None:
    assert desktop("track", "edit", "e-1", "--from", "11:00").code == 0
    assert "went up" in laptop("client", "list").err
    assert ("e-3", "09:00", "11:00") in hours(desktop)


def test_changed_on_both_sides(laptop: Cowork, desktop: Cowork, line: Line, hours: Entries) -> None:
    assert laptop("start", "acme/site", "--at", "13:00").code == 0
    line.cut()
    assert laptop("stop", "--at", "14:00").code == 0
    assert laptop("track", "edit", "e-1", "--note", "Mine").code == 0
    assert desktop("stop", "--at", "15:00").code == 0
    line.mend()
    first, second = laptop("data", "outbox", "--json").data
    assert first["reason"] == "the entry was changed there meanwhile"
    assert (first["mine"][0]["to"][11:16], first["theirs"]["to"][11:16]) == ("14:00", "15:00")
    assert second["reason"] == "it waits for o-1"
    assert laptop("data", "settle", "o-2", "--drop").code == 6
    assert laptop("data", "settle", "o-1", "--mine").code == 0
    assert hours(desktop) == [("e-1", "13:00", "14:00")]
    assert desktop("track", "list", "--in", "2026", "--json").data[0]["note"] == "Mine"
    assert laptop("data", "outbox", "--json").data == []


def test_billed_meanwhile(laptop: Cowork, desktop: Cowork, line: Line) -> None:
    assert laptop(*HERE).code == 0
    line.cut()
    assert laptop("track", "edit", "e-1", "--to", "10:00").code == 0
    for words in (
        (
            *[
                "init",
                "--name",
                "Ada",
                "--street",
                "Weg",
                "--postcode",
                "23552",
                "--city",
                "Bonn",
                "--country",
                "DE",
            ],
            *TAX,
        ),
        ("client", "edit", "acme", "--street", "Weg 2", "--postcode", "23552", "--city", "Lübeck"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "--all"),
    ):
        outcome = desktop(*words)
        assert outcome.code == 0, str(outcome)
    line.mend()
    (row,) = laptop("data", "outbox", "--json").data
    assert row["reason"] == "the entry was billed there meanwhile"
    assert row["theirs"]["billed_on"] == "2026-0001"
    refused = laptop("data", "settle", "o-1", "--mine")
    assert refused.code == 6
    assert "billed" in refused.err
    assert laptop("data", "settle", "o-1", "--drop").code == 0


def test_removed_there(laptop: Cowork, desktop: Cowork, line: Line, hours: Entries) -> None:
    assert laptop(*HERE).code == 0
    line.cut()
    assert laptop("track", "edit", "e-1", "--note", "Kept").code == 0
    assert desktop("track", "remove", "e-1", "--yes").code == 0
    line.mend()
    (row,) = laptop("data", "outbox", "--json").data
    assert row["reason"] == "the entry was removed there meanwhile"
    assert row["theirs"] is None
    assert laptop("data", "settle", "o-1", "--mine").code == 0
    assert [times for _, *times in hours(desktop)] == [["09:00", "11:00"]]


def test_removed_here_and_changed_there(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    assert laptop(*HERE).code == 0
    line.cut()
    assert laptop("track", "remove", "e-1", "--yes").code == 0
    assert desktop("track", "edit", "e-1", "--note", "Kept").code == 0
    line.mend()
    (row,) = laptop("data", "outbox", "--json").data
    assert row["mine"][0]["removed"] is True
    assert hours(laptop) == [("e-1", "09:00", "11:00")]
    assert laptop("data", "settle", "o-1", "--from", "08:00").code == 2
    assert laptop("data", "settle", "o-1", "--mine").code == 0
    assert hours(desktop) == []


def test_a_project_that_is_gone(
    laptop: Cowork, desktop: Cowork, line: Line, hours: Entries
) -> None:
    assert desktop("project", "add", "acme/app").code == 0
    laptop("client", "list")
    line.cut()
    assert laptop("track", "add", "acme/app", "1h").code == 0
    assert desktop("undo").code == 0
    line.mend()
    (row,) = laptop("data", "outbox", "--json").data
    assert row["reason"] == "its project is gone there"
    assert laptop("data", "settle", "o-1", "--project", "acme/site").code == 0
    assert len(hours(desktop)) == 1


def test_what_has_no_server_has_nothing_that_waits(cowork: Cowork) -> None:
    assert cowork("client", "list").code == 0
    assert cowork("data", "outbox", "--json").data == []
    refused = cowork("data", "settle", "o-1", "--drop")
    assert refused.code == 5
    assert refused.err == (
        "error: nothing waits here, so there is no o-1\n"
        "hint: list what waits with `cowork data outbox`\n"
    )
