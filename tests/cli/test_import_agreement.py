"""`track import` of files that say more than start and end: pauses, lengths, several people."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cowork, Outcome


@pytest.fixture
def take(acme: Cowork, tmp_path: Path) -> Any:
    """Imports a text: `take("csv", text, *options)`; the file is written once for each call."""

    def run(form: str, text: str, *options: str) -> Outcome:
        path = tmp_path / "file"
        path.write_text(text)
        words = ("track", "import", "--format", form, str(path), "--client", "acme")
        return acme(*words, *options, "--json")

    return run


def lived(acme: Cowork) -> list[str]:
    rows = acme("track", "list", "--from", "2025-01-01", "--to", "2026-12-31", "--json").data
    return [
        f"{row['from'][5:16]} {(row['to'] or '-----------open')[11:16]} {row['project']}"
        for row in rows
    ]


def seconds(acme: Cowork) -> list[int]:
    rows = acme("track", "list", "--from", "2025-01-01", "--to", "2026-12-31", "--json").data
    return [row["duration_s"] for row in rows]


# ---- pauses


@pytest.mark.parametrize(
    ("header", "pause", "length"),
    [
        ("Pause", "0:45", 26100),
        ("Pause", "00:45:00", 26100),
        ("Pause", "0,75", 26100),
        ("Pause", "45 min", 26100),
        ("Pause", "45", 26100),
        ("Break", "45m", 26100),
        ("Pause (min)", "5", 28500),
        ("break (h)", "1", 25200),
        ("Pausen", "", 28800),
        ("Pause", "-", 28800),
        ("Pause", "0", 28800),
    ],
)
def test_a_pause_is_subtracted(
    acme: Cowork, take: Any, header: str, pause: str, length: int
) -> None:
    text = f"Datum;Von;Bis;{header};Projekt\n24.11.2026;9:00;17:00;{pause};site\n"
    outcome = take("csv", text)
    assert outcome.code == 0, str(outcome)
    assert seconds(acme) == [length]
    assert lived(acme)[0].startswith("11-24T09:00")
    assert ("1 row holds pauses of" in outcome.err) == (length < 28800)
    assert "not used" not in outcome.err


@pytest.mark.parametrize(
    ("header", "pause", "says"),
    [
        ("Pause", "1", 'its pause "1" has no unit'),
        ("Pause", "8:00", "leaves nothing of it"),
        ("Pause", "kurz", 'its pause "kurz" is not a length'),
    ],
)
def test_a_pause_that_is_not_understood_stops_the_row(
    acme: Cowork, take: Any, header: str, pause: str, says: str
) -> None:
    outcome = take("csv", f"Datum;Von;Bis;{header};Projekt\n24.11.2026;9:00;17:00;{pause};site\n")
    assert outcome.code == 6
    assert says in outcome.err
    assert lived(acme) == []


def test_the_length_tells_the_unit_of_a_pause(acme: Cowork, take: Any) -> None:
    text = "date,from,to,pause,duration,project\n2026-11-24,9:00,17:00,1,{},site\n"
    assert take("csv", text.format("7:59")).code == 0
    assert seconds(acme) == [7 * 3600 + 59 * 60]


def test_pauses_in_columns_of_their_own_are_refused(acme: Cowork, take: Any) -> None:
    text = "date,from,to,Pause von,Pause bis,project\n2026-11-24,9:00,17:00,12:00,12:45,site\n"
    refused = take("csv", text)
    assert refused.code == 2
    assert 'a column "Pause von" for pauses' in refused.err
    told = take("csv", text, "--map", "pause=-")
    assert told.code == 0
    assert "not used: Pause von, Pause bis" in told.err


# ---- start, end and length


@pytest.mark.parametrize("length", ["1:30", "01:30:00", "1.5", "1,50", "90m", "1h30", "90", "5400"])
@pytest.mark.parametrize("form", ["csv", "toggl", "clockify", "kimai"])
def test_a_row_is_taken_where_its_times_agree(
    acme: Cowork, take: Any, length: str, form: str
) -> None:
    assert take(form, rows_of(form, f"09:00;10:30;{length}")).code == 0
    assert seconds(acme) == [5400]


def rows_of(form: str, *rows: str) -> str:
    times = (
        "Date;From;To;Duration"
        if form in ("csv", "kimai")
        else "Start date;Start time;End time;Duration"
    )
    return f"{times};Project\n" + "".join(f"2026-11-24;{row};site\n" for row in rows)


@pytest.mark.parametrize("form", ["csv", "toggl", "clockify", "kimai"])
def test_a_differing_length_is_listed(acme: Cowork, take: Any, form: str) -> None:
    text = rows_of(form, "09:00;10:30;1:30", "11:00;13:00;1:15", "14:00;15:00;0:45")
    refused = take(form, text)
    assert refused.code == 6
    assert 'line 3: its times make 2:00, its duration says "1:15"' in refused.err
    assert 'line 4: its times make 1:00, its duration says "0:45"' in refused.err
    assert "--map believe=times" in refused.err
    assert lived(acme) == []
    assert take(form, text, "--map", "believe=duration").code == 0
    assert seconds(acme) == [5400, 4500, 2700]
    assert acme("undo").code == 0
    assert take(form, text, "--map", "believe=times").code == 0
    assert seconds(acme) == [5400, 7200, 3600]
    assert take(form, text, "--map", "believe=me").code == 2


def test_a_length_over_midnight_makes_the_end_of_the_next_day(acme: Cowork, take: Any) -> None:
    assert take("csv", rows_of("csv", "22:00;01:30;3:30")).code == 0
    (row,) = acme("track", "list", "--json").data
    assert (row["from"], row["to"]) == ("2026-11-24T22:00:00+01:00", "2026-11-25T01:30:00+01:00")


@pytest.mark.parametrize("length", ["", "3:00"])
def test_without_a_length_that_says_so_midnight_is_not_crossed(
    acme: Cowork, take: Any, length: str
) -> None:
    refused = take("csv", rows_of("csv", f"22:00;01:30;{length}"))
    assert refused.code == 6
    assert "is before its start" in refused.err


def test_over_midnight_with_a_pause(acme: Cowork, take: Any) -> None:
    text = "date,from,to,pause,duration,project\n2026-11-23,20:00,04:00,0:30,7:30,site\n"
    assert take("csv", text).code == 0
    assert seconds(acme) == [27000]


def test_24_00_ends_a_day(acme: Cowork, take: Any) -> None:
    assert take("csv", rows_of("csv", "22:00;24:00;")).code == 0
    assert acme("track", "list", "--json").data[0]["to"] == "2026-11-25T00:00:00+01:00"


def test_a_bare_number_alone_needs_its_unit(acme: Cowork, take: Any) -> None:
    text = "date;from;duration;project\n2026-11-24;9:00;2;site\n"
    refused = take("csv", text)
    assert refused.code == 6
    assert "--map duration-unit=hours|minutes" in refused.err
    assert take("csv", text, "--map", "duration-unit=hours").code == 0
    assert seconds(acme) == [7200]


# ---- lengths only

HARVEST = (
    "Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name\n"
    "2026-11-23,ACME GmbH,site,Design,Logo,2.5,Yes,Erika,Muster\n"
    "2026-11-23,ACME GmbH,site,Design,Logo,1,Yes,Erika,Muster\n"
    "2026-11-24,ACME GmbH,site,Design,Logo,0.75,No,Erika,Muster\n"
)


def test_lengths_are_laid_behind_one_another(acme: Cowork, take: Any) -> None:
    refused = take("csv", HARVEST)
    assert refused.code == 2
    assert "--start 09:00" in refused.err
    outcome = take("csv", HARVEST, "--start", "08:30")
    assert outcome.code == 0, str(outcome)
    assert lived(acme) == [
        "11-23T08:30 11:00 acme/site", "11-23T11:00 12:00 acme/site", "11-24T08:30 09:15 acme/site",
    ]  # fmt: skip
    assert "3 rows have no start: laid one behind the other from 08:30 on." in outcome.err
    assert "not used: Task" in outcome.err
    assert [row["billable"] for row in acme("track", "list", "--json").data] == [True, True, False]
    again = take("csv", HARVEST, "--start", "08:30")
    assert (again.data["unchanged"], again.data["taken"]) == (3, 0)
    more = take(
        "csv", HARVEST + "2026-11-24,ACME GmbH,site,,,1.25,,Erika,Muster\n", "--start", "08:30"
    )
    assert (more.data["unchanged"], more.data["taken"]) == (3, 1)
    assert lived(acme)[-1] == "11-24T09:15 10:30 acme/site"


def test_lengths_lie_around_what_is_there(acme: Cowork, take: Any) -> None:
    acme("track", "add", "acme/site", "--on", "2026-11-23", "--from", "9:00", "--to", "10:00")
    assert take("csv", HARVEST, "--start", "08:30").code == 0
    assert lived(acme)[:3] == [
        "11-23T09:00 10:00 acme/site", "11-23T10:00 12:30 acme/site", "11-23T12:30 13:30 acme/site",
    ]  # fmt: skip


def test_a_day_that_is_full(acme: Cowork, take: Any) -> None:
    refused = take("csv", HARVEST, "--start", "21:00")
    assert refused.code == 6
    assert "its day has no room for it behind 21:00" in refused.err


def test_toggl_without_start_times(acme: Cowork, take: Any) -> None:
    text = "Project,Description,Start date,Duration\nsite,one,2026-11-24,01:30:00\nsite,two,2026-11-24,00:15:00\n"
    assert take("toggl", text, "--start", "09:00").code == 0
    assert lived(acme) == ["11-24T09:00 10:30 acme/site", "11-24T10:30 10:45 acme/site"]


def test_start_says_when_it_changes_nothing(acme: Cowork, take: Any) -> None:
    outcome = take("csv", rows_of("csv", "09:00;10:30;"), "--start", "08:00")
    assert "`--start` changes nothing" in outcome.err
    assert take("csv", HARVEST, "--start", "25:00").code == 2


# ---- placeholders, unused columns, people

TOGGL_2025 = (
    "Description,Duration,Member,Email,Project,Tags,Start date,Start time,Stop date,Stop time\n"
    'Logo,01:30:00,Erika,e@example.org,site,"deep, logo",2026-11-24,09:00:00,2026-11-24,10:30:00\n'
    "-,00:30:00,Erika,e@example.org,site,-,2026-11-24,11:00:00,2026-11-24,11:30:00\n"
)


def test_the_layout_of_toggl_in_2025(acme: Cowork, take: Any) -> None:
    assert take("toggl", TOGGL_2025).code == 0
    rows = acme("track", "list", "--json").data
    assert [(row["note"], row["tags"]) for row in rows] == [("Logo", ["deep", "logo"]), (None, [])]


@pytest.mark.parametrize("form", ["toggl", "clockify", "csv", "kimai"])
@pytest.mark.parametrize(
    "nothing", ["-", "–", "(No Project)", "Without project", "ohne Projekt", "n/a"]
)
def test_a_placeholder_is_no_project(acme: Cowork, take: Any, form: str, nothing: str) -> None:
    outcome = take(form, rows_of(form, "09:00;10:30;").replace("site", nothing))
    assert outcome.code == 6, str(outcome)
    assert "it names no project" in outcome.err
    assert acme("project", "list", "--json").data[0]["id"] == "acme/site"


def test_a_note_of_a_dash_comes_back_from_our_own_export(acme: Cowork, tmp_path: Path) -> None:
    acme("track", "add", "acme/site", "2h", "--on", "2026-11-24", "--", "-")
    path = tmp_path / "own.csv"
    assert acme("track", "export", "--out", str(path)).code == 0
    acme("undo")
    outcome = acme("track", "import", "--format", "csv", str(path))
    assert outcome.code == 0, str(outcome)
    assert "not used" not in outcome.err
    assert acme("track", "list", "--json").data[0]["note"] == "-"


def test_columns_that_are_not_used_are_named_in_one_line(acme: Cowork, take: Any) -> None:
    text = "Date,From,To,Project,Activity,Rate\n2026-11-24,9:00,10:00,site,Design,95\n"
    outcome = take("kimai", text)
    assert [line for line in outcome.err.splitlines() if "not used" in line] == [
        "not used: Activity, Rate"
    ]
    assert acme("undo").code == 0
    assert "not used: Rate\n" in take("kimai", text, "--map", "tags=Activity").err
    assert acme("track", "list", "--json").data[0]["tags"] == ["Design"]
    assert acme("undo").code == 0
    assert take("kimai", text, "--map", "task=Activity", "--map", "note=Rate").code == 0
    assert acme("track", "list", "--json").data[0]["note"] == "Design: 95"


def test_several_columns_make_tags(acme: Cowork, take: Any) -> None:
    text = 'Date,From,To,Project,Task,Activity,Tags\n2026-11-24,9:00,10:00,site,A,B,"c,d"\n'
    words = ("--map", "tags=Tags", "--map", "tags=Task", "--map", "tags=Activity")
    assert "not used" not in take("csv", text, *words).err
    assert acme("track", "list", "--json").data[0]["tags"] == ["c", "d", "A", "B"]
    twice = take("csv", text, "--map", "from=From", "--map", "from=To")
    assert (twice.code, "mapped twice" in twice.err) == (2, True)


PEOPLE = {
    "csv": "Date,From,To,Project,Mitarbeiter\n{}",
    "kimai": "Date,From,To,Project,User\n{}",
    "toggl": "Start date,Start time,End time,Project,Member\n{}",
    "clockify": "Start Date,Start Time,End Time,Project,User\n{}",
}
TWO = "2026-11-24,9:00,10:00,site,Erika\n2026-11-24,9:30,11:00,site,Max\n2026-11-24,11:00,12:00,site,Erika\n"


@pytest.mark.parametrize("form", PEOPLE)
def test_hours_of_several_people_need_a_choice(acme: Cowork, take: Any, form: str) -> None:
    text = PEOPLE[form].format(TWO)
    refused = take(form, text)
    assert refused.code == 2
    assert "the hours of 2 people: Erika, Max" in refused.err
    assert "--person NAME" in refused.err
    mine = take(form, text, "--person", "erika")
    assert mine.code == 0, str(mine)
    assert "left out 1 row that is not of erika" in mine.err
    assert [line[6:] for line in lived(acme)] == ["09:00 10:00 acme/site", "11:00 12:00 acme/site"]
    nobody = take(form, text, "--person", "Moritz")
    assert (nobody.code, "holds no hours of" in nobody.err) == (2, True)


def test_a_person_by_first_and_last_name(acme: Cowork, take: Any) -> None:
    text = HARVEST.replace("No,Erika,Muster", "No,Max,Muster")
    assert "2 people: Erika Muster, Max Muster" in take("csv", text, "--start", "9:00").err
    assert take("csv", text, "--start", "9:00", "--person", "Max Muster").data["taken"] == 1


@pytest.mark.parametrize("form", ["watson", "timewarrior", "json", "klog", "org"])
def test_a_person_where_a_format_has_none(acme: Cowork, take: Any, form: str) -> None:
    assert take(form, "x", "--person", "Erika").code == 2


# ---- the hour that comes twice


@pytest.mark.parametrize(("which", "offset"), [("first", "+02:00"), ("second", "+01:00")])
def test_an_ambiguous_time_is_resolved(acme: Cowork, take: Any, which: str, offset: str) -> None:
    text = "date,from,to,project\n2025-10-26,02:15,02:45,site\n2025-10-26,04:00,05:00,site\n"
    refused = take("csv", text)
    assert refused.code == 6
    assert "--clock-change first" in refused.err
    assert take("csv", text, "--clock-change", which).code == 0
    first = acme("track", "list", "--in", "2025", "--json").data[0]
    assert (first["from"], first["to"]) == (
        f"2025-10-26T02:15:00{offset}",
        f"2025-10-26T02:45:00{offset}",
    )
    assert take("csv", text, "--clock-change", "third").code == 2


# ---- room


def test_adjust_splits_around_what_is_there(acme: Cowork, take: Any) -> None:
    acme(
        "track",
        "add",
        "acme/site",
        "Call",
        "--on",
        "2026-11-24",
        "--from",
        "12:00",
        "--to",
        "13:00",
    )
    text = "date,from,to,project,note,tags,billable,place\n2026-11-24,9:00,17:00,site,All day,deep,no,home\n"
    outcome = take("csv", text, "--adjust")
    assert outcome.code == 0, str(outcome)
    assert lived(acme) == [
        "11-24T09:00 12:00 acme/site", "11-24T12:00 13:00 acme/site", "11-24T13:00 17:00 acme/site",
    ]  # fmt: skip
    first, _, last = acme("track", "list", "--json").data
    for name in ("note", "tags", "billable", "place", "timezone"):
        assert (
            first[name] == last[name] != acme("track", "list", "--json").data[1][name]
            or name == "timezone"
        )
    assert "Took 1 of 1 rows; 1 adjusted." in outcome.err
    assert "09:00-17:00 became 09:00-12:00 and 13:00-17:00, 1 h less" in outcome.err
    assert take("csv", text, "--adjust").data["unchanged"] == 1
    assert acme("data", "verify").code == 0


# ---- running timers


def test_a_running_timer_is_listed_where_one_runs_here(acme: Cowork, take: Any) -> None:
    acme("start", "acme/site", "--at", "15:00")
    text = "inc 20261124T080000Z - 20261124T090000Z # site\ninc 20261125T160000Z # site\n"
    outcome = take("timewarrior", text)
    assert outcome.code == 0, str(outcome)
    assert outcome.data["taken"] == 1
    assert outcome.data["skipped"][0]["reason"] == "it is still running, and so is e-1 (acme/site)"


def test_a_running_timer_is_taken_and_ends_with_the_next_import(acme: Cowork, take: Any) -> None:
    first = "inc 20261124T080000Z - 20261124T090000Z # site\n"
    outcome = take("timewarrior", first + "inc 20261125T150000Z # site\n")
    assert (outcome.code, outcome.data["taken"]) == (0, 2)
    assert acme("track", "status", "--json").data["from"] == "2026-11-25T16:00:00+01:00"
    again = take("timewarrior", first + "inc 20261125T150000Z # site\n")
    assert again.data["unchanged"] == 2
    ended = take("timewarrior", first + "inc 20261125T150000Z - 20261125T163000Z # site\n")
    assert (ended.data["taken"], ended.data["unchanged"]) == (1, 1)
    assert lived(acme)[-1] == "11-25T16:00 17:30 acme/site"
    last = take("timewarrior", first + "inc 20261125T150000Z - 20261125T163000Z # site\n")
    assert (last.data["taken"], last.data["unchanged"]) == (0, 2)


def test_a_timer_that_began_before_a_later_entry_is_listed(acme: Cowork, take: Any) -> None:
    text = "inc 20261125T080000Z # site\ninc 20261125T100000Z - 20261125T110000Z # site\n"
    outcome = take("timewarrior", text)
    assert (outcome.code, outcome.data["taken"]) == (0, 1)
    assert "since then there is line 2" in re.sub(r"\s+", " ", outcome.err)


def test_lengths_lie_around_rows_of_the_same_file_that_have_a_start(
    acme: Cowork, take: Any
) -> None:
    text = (
        "date,from,to,duration,project\n"
        "2026-11-24,,,2:00,site\n2026-11-24,10:00,11:00,1:00,site\n2026-11-24,,,0:30,site\n"
    )
    refused = take("csv", text)
    assert refused.code == 6
    assert "line 2: it has a length and no start" in refused.err
    assert "`--start 09:00`" in refused.err
    assert take("csv", text, "--start", "09:00").code == 0
    assert lived(acme) == [
        "11-24T10:00 11:00 acme/site", "11-24T11:00 13:00 acme/site", "11-24T13:00 13:30 acme/site",
    ]  # fmt: skip
