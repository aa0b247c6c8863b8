"""Correcting hours: edit, split, join, gaps, a forgotten timer, the place of work."""

from contextlib import closing
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.services.hours.forgotten import forgotten
from tests import stores
from tests.conftest import Cowork

pytestmark = pytest.mark.both_stores


@pytest.fixture
def day(acme: Cowork) -> Cowork:
    """Three entries of one day: 9–10, 10–12, 14–16."""
    for first, last, note in (
        ("9:00", "10:00", "a"),
        ("10:00", "12:00", "b"),
        ("14:00", "16:00", "c"),
    ):
        assert acme("track", "add", "acme/site", note, "--from", first, "--to", last).code == 0
    return acme


def times(cowork: Cowork) -> list[tuple[str, str, str]]:
    """Id, start and end of every entry, as lived."""
    rows = cowork("track", "list", "--json").data
    return [(row["id"], row["from"][11:16], (row["to"] or "")[11:16]) for row in rows]


def test_edit_several_at_once(day: Cowork) -> None:
    day("project", "add", "acme/app")
    outcome = day("track", "edit", "e-1", "-1", "--project", "acme/app", "--tag", "x", "--json")
    assert outcome.code == 0
    assert [(row["id"], row["project"], row["tags"]) for row in outcome.data] == [
        ("e-1", "acme/app", ["x"]),
        ("e-3", "acme/app", ["x"]),
    ]
    assert day("undo").code == 0
    assert {row["project"] for row in day("track", "list", "--json").data} == {"acme/site"}


def test_edit_times_note_tags_place(day: Cowork) -> None:
    edited = day(
        "track",
        "edit",
        "e-3",
        "--from",
        "13:30",
        "--to",
        "15:45",
        "--note",
        "neu",
        "--place",
        "home",
        "--json",
    )
    assert edited.data["duration_s"] == 8100
    assert (edited.data["note"], edited.data["place"]) == ("neu", "home")
    day("track", "edit", "e-3", "--tag", "a", "--tag", "b")
    tags = day("track", "edit", "e-3", "--no-tag", "a", "--note", "", "--place", "", "--json").data
    assert (tags["tags"], tags["note"], tags["place"]) == (["b"], None, None)


def test_edit_moves_to_another_day_with_the_same_local_times(acme: Cowork) -> None:
    """Over a clock change too: 9 o'clock stays 9 o'clock."""
    acme("track", "add", "acme/site", "--on", "2026-10-24", "--from", "9:00", "--to", "10:00")
    moved = acme("track", "edit", "-1", "--on", "2026-10-26", "--json").data
    assert (moved["from"], moved["duration_s"]) == ("2026-10-26T09:00:00+01:00", 3600)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("track", "edit", "e-1"), 2, "nothing to change"),
        (("track", "edit", "e-9", "--note", "x"), 5, "no entry e-9"),
        (("track", "edit", "e-1", "--to", "8:00"), 2, "not after its start"),
        (("track", "edit", "e-1", "--to", "10:30"), 6, "overlaps e-2"),
        (("track", "edit", "e-3", "--to", "23:00"), 2, "later than now"),
        (("track", "edit", "e-1", "--project", "nope/x"), 5, "nope/x"),
        (("track", "split", "e-1", "--at", "11:00"), 2, "does not lie inside e-1"),
        (("track", "split", "e-1", "--at", "9:00"), 2, "does not lie inside e-1"),
        (("track", "join", "e-1", "e-1"), 2, "with itself"),
        (("track", "join", "e-1", "e-3"), 6, "overlaps e-2"),
        (("track", "gaps", "--in", "2026-W99"), 2, "does not exist"),
    ],
)
def test_refused_with_nothing_changed(
    day: Cowork, words: tuple[str, ...], code: int, says: str
) -> None:
    before = day("track", "list", "--json").data
    outcome = day(*words)
    assert outcome.code == code, str(outcome)
    assert says in outcome.err
    assert day("track", "list", "--json").data == before


def test_one_bad_edit_of_several_changes_none(day: Cowork) -> None:
    assert day("track", "edit", "e-3", "e-1", "--to", "15:00").code == 6
    assert times(day) == [
        ("e-1", "09:00", "10:00"),
        ("e-2", "10:00", "12:00"),
        ("e-3", "14:00", "16:00"),
    ]


def test_adjust_trims_and_splits_the_neighbours(day: Cowork) -> None:
    outcome = day("track", "add", "acme/site", "--from", "9:30", "--to", "10:30", "--adjust")
    assert outcome.code == 0
    assert "Adjusted e-1, e-2" in outcome.err
    assert times(day) == [
        ("e-1", "09:00", "09:30"), ("e-4", "09:30", "10:30"), ("e-2", "10:30", "12:00"), ("e-3", "14:00", "16:00"),
    ]  # fmt: skip
    assert day("undo").code == 0
    day("track", "add", "acme/site", "--from", "14:30", "--to", "15:00", "--adjust")
    assert times(day)[2:] == [
        ("e-3", "14:00", "14:30"),
        ("e-6", "14:30", "15:00"),
        ("e-5", "15:00", "16:00"),
    ]


def test_adjust_never_swallows_an_entry(day: Cowork) -> None:
    outcome = day("track", "add", "acme/site", "--from", "8:30", "--to", "10:30", "--adjust")
    assert outcome.code == 6
    assert "e-1" in outcome.err
    assert "lies wholly inside" in outcome.err
    assert len(times(day)) == 3


def test_adjust_never_touches_a_billed_entry(day: Cowork) -> None:
    day("invoice", "draft", "acme")
    day("invoice", "issue", "draft-1")
    outcome = day("track", "add", "acme/site", "--from", "9:30", "--to", "10:30", "--adjust")
    assert outcome.code == 6
    assert "2026-0001" in outcome.err
    for words in (
        ("edit", "e-1", "--note", "x"),
        ("split", "e-1", "--at", "9:30"),
        ("join", "e-1", "e-2"),
        ("remove", "e-1", "-y"),
    ):
        locked = day("track", *words)
        assert locked.code == 6
        assert "2026-0001" in locked.err


def test_split_and_join(day: Cowork) -> None:
    pair = day("track", "split", "e-2", "--at", "11:00", "--json").data["entries"]
    assert [(row["id"], row["duration_s"], row["note"]) for row in pair] == [
        ("e-2", 3600, "b"),
        ("e-4", 3600, "b"),
    ]
    joined = day("track", "join", "e-4", "e-2", "--json").data
    assert (joined["id"], joined["duration_s"], joined["note"]) == ("e-2", 7200, "b")
    assert len(times(day)) == 3


def test_split_a_running_timer(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "16:00")
    acme("track", "split", "e-1", "--at", "17:00")
    assert times(acme) == [("e-1", "16:00", "17:00"), ("e-2", "17:00", "")]


def test_split_over_midnight(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "2026-11-23T22:00", "--to", "2026-11-24T02:00")
    pair = acme("track", "split", "e-1", "--at", "1:00", "--json").data["entries"]
    assert pair[1]["from"] == "2026-11-24T01:00:00+01:00"


def test_join_keeps_what_both_say(day: Cowork) -> None:
    day("track", "edit", "e-1", "--tag", "x")
    day("track", "edit", "e-2", "--tag", "y")
    joined = day("track", "join", "e-1", "e-2", "--json").data
    assert (joined["note"], joined["tags"], joined["duration_s"]) == ("a; b", ["x", "y"], 3 * 3600)


def test_join_needs_one_project(day: Cowork) -> None:
    day("project", "add", "acme/app")
    day("track", "edit", "e-2", "--project", "acme/app")
    outcome = day("track", "join", "e-1", "e-2")
    assert outcome.code == 6
    assert "track edit e-2 --project acme/site" in outcome.err


def test_gaps_against_the_working_hours(day: Cowork) -> None:
    outcome = day("track", "gaps", "--today", "--json")
    assert [(gap["from"][11:16], gap["to"][11:16]) for gap in outcome.data["gaps"]] == [
        ("12:00", "14:00"), ("16:00", "17:00"),
    ]  # fmt: skip
    assert outcome.data["duration_s"] == 3 * 3600
    assert len(day("track", "gaps").rows) == 4, "two whole days and two stretches of today"
    day("config", "set", "hours.week", "Mo-Fr 09:00-12:00")
    assert day("track", "gaps", "--today", "--json").data["gaps"] == []


NEXT_DAY = {"COWORK_NOW": "2026-11-26T09:30:00+01:00"}


def test_a_forgotten_timer_is_only_warned_of_without_a_terminal(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "14:00")
    for words in (("client", "list"), ("track", "status"), ("status",), ("report", "hours")):
        outcome = acme(*words, env=NEXT_DAY)
        assert outcome.code == 0
        assert "runs since Wed 2026-11-25 14:00, 19 hours" in outcome.err, words
        assert "cowork stop --at" in outcome.err
    assert acme("track", "status", "--json", env=NEXT_DAY).data["running"] is True


def test_a_forgotten_timer_offers_its_end(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "14:00")
    late = {"COWORK_NOW": "2026-11-25T20:15:00+01:00"}
    acme("client", "edit", "acme", "--email", "x@example.org", env=late)
    outcome = acme("stop", terminal=True, stdin="1\n", env=NEXT_DAY)
    assert outcome.code == 0
    assert "20:15, your last command that day" in outcome.err
    assert times(acme) == [("e-1", "14:00", "20:15")]
    acme("undo")
    acme("stop", terminal=True, stdin="2\n", env=NEXT_DAY)
    assert times(acme) == [("e-1", "14:00", "17:00")], "the end of the working hours"
    acme("undo")
    acme("start", "acme/site", "next", terminal=True, stdin="18:30\n", env=NEXT_DAY)
    assert times(acme) == [("e-1", "14:00", "18:30"), ("e-2", "09:30", "")]


def test_before_the_day_boundary_a_timer_is_not_forgotten(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "17:00")
    night = {"COWORK_NOW": "2026-11-26T03:30:00+01:00"}
    assert "runs since" not in acme("track", "status", env=night).err
    morning = {"COWORK_NOW": "2026-11-26T04:30:00+01:00"}
    assert "runs since" in acme("track", "status", env=morning).err


def test_the_place_of_work(acme: Cowork) -> None:
    acme(
        "space",
        "add",
        "Dorfbüro",
        "--street",
        "A 1",
        "--postcode",
        "14827",
        "--city",
        "Wiesenburg/Mark",
    )
    acme("desk", "add", "dorf", "Desk 1")
    acme("book", "Desk 1", "--on", "2026-11-25", "--from", "19:00", "--to", "20:00")
    started = acme("start", "acme/site", "--place", "dorf", "--json").data
    assert started["place"] == "local:dorfbuero"
    acme("track", "cancel")
    offered = acme("start", "acme/site", "--at", "17:00")
    assert "--place local:dorfbuero" in offered.err
    acme("track", "cancel")
    assert acme("start", "acme/site", terminal=True, stdin="\n").code == 0
    assert acme("track", "status", "--json").data["place"] == "local:dorfbuero"
    assert [row[0] for row in acme("track", "list").rows] == ["e-3"]


def test_a_budget_warns_from_eighty_percent(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    assert (
        "budget"
        not in acme(
            "track", "add", "acme/site", "--on", "mon", "--from", "8:00", "--to", "15:00"
        ).err
    )
    outcome = acme("track", "add", "acme/site", "--on", "tue", "--from", "8:00", "--to", "9:30")
    assert "acme/site has used 8 h 30 min of its budget of 10 h" in outcome.err
    assert "budget" in acme("start", "acme/site", "--at", "16:00").err
    assert "over its budget" in acme("stop").err


def test_the_last_entry_after_two_dashes(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--on", "2026-11-24", "--from", "9:00", "--for", "1h")
    assert acme("track", "edit", "--note", "Logo", "--", "-1", "--json").code == 2  # all are words
    assert acme("--json", "track", "edit", "--note", "Logo", "--", "-1").code == 0


def test_an_edit_makes_room_for_itself(day: Cowork) -> None:
    assert day("track", "edit", "e-1", "--to", "11:00").code == 6
    assert day("track", "edit", "e-1", "--to", "11:00", "--adjust").code == 0
    assert times(day) == [
        ("e-1", "09:00", "11:00"),
        ("e-2", "11:00", "12:00"),
        ("e-3", "14:00", "16:00"),
    ]


@pytest.mark.usefixtures("november")
def test_a_timer_that_began_on_another_day(day: Cowork) -> None:
    assert day("start", "acme/site", "--at", "17:00").code == 0
    moved = day("track", "edit", "e-4", "--on", "2026-11-24", "--json")
    assert moved.code == 6, "it would run over the three entries of the day"
    for entry in ("e-1", "e-2", "e-3"):
        assert day("track", "remove", entry, "--yes").code == 0
    moved = day("track", "edit", "e-4", "--on", "2026-11-24", "--json")
    assert (moved.data["from"], moved.data["to"]) == ("2026-11-24T17:00:00+01:00", None)
    moved = day("track", "edit", "e-4", "--from", "2026-11-25 17:30", "--json")
    assert (moved.data["from"], moved.data["to"]) == ("2026-11-25T17:30:00+01:00", None)


def test_working_hours_that_nobody_understands(day: Cowork, home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.write_text(f'{file.read_text()}\n[hours]\nweek = "nonsense"\n', encoding="utf-8")
    refused = day("track", "gaps", "--today")
    assert (refused.code, refused.err) == (
        3,
        'error: hours.week "nonsense" cannot be understood\n'
        'hint: set it with `cowork config set hours.week "Mo-Fr 09:00-17:00"`\n',
    )
    assert day("track", "list").code == 0


def test_where_no_timer_runs_none_was_forgotten(day: Cowork, home: Path) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    with closing(stores.opened(home, expected=True)) as store:
        assert forgotten(store, now, ZoneInfo("Europe/Berlin"), time(4), "Mo-Fr 9-17") is None
