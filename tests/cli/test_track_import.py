"""`track import`, through the funnel."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cowork, Outcome

HEADER = "from,to,project,note,tags\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hours.csv"


def take(cowork: Cowork, file: Path, *rows: str, more: tuple[str, ...] = ()) -> Outcome:
    """Imports `9-10` as hours of 24 November: `9-10,project,note,tags`."""
    lines = []
    for row in rows:
        times, _, rest = row.partition(",")
        begin, _, end = times.partition("-")
        lines.append(f"2026-11-24 {begin}:00,{f'2026-11-24 {end}:00' if end else ''},{rest}\n")
    lines = [line.rstrip("\n") + "," * (4 - line.count(",")) + "\n" for line in lines]
    file.write_text(HEADER + "".join(lines))
    return cowork("track", "import", "--format", "csv", str(file), "--json", *more)


def listed(cowork: Cowork) -> list[tuple[str, str, str]]:
    rows = cowork("track", "list", "--in", "2026", "--json").data
    return [(row["from"][11:16], row["to"][11:16], row["project"]) for row in rows]


def test_everything_is_taken_in_one_change(acme: Cowork, file: Path) -> None:
    outcome = take(acme, file, '9-10,acme/site,Konzept,"a,b"', "10-11,Müller & Söhne/Web App")
    assert outcome.code == 0, str(outcome)
    assert outcome.data == {
        "file": str(file), "format": "csv", "dry_run": False, "rows": 2, "taken": 2, "unchanged": 0,
        "adjusted": [], "skipped": [], "clients": ["mueller-soehne"],
        "projects": ["mueller-soehne/web-app"], "not_billable": 0,
    }  # fmt: skip
    first, second = acme("track", "list", "--json").data
    assert (first["note"], first["tags"], first["billable"]) == ("Konzept", ["a", "b"], True)
    assert (second["project"], second["timezone"]) == ("mueller-soehne/web-app", "Europe/Berlin")
    assert acme("client", "show", "mueller-soehne", "--json").data["name"] == "Müller & Söhne"
    assert acme("project", "show", "mueller-soehne/web-app", "--json").data["name"] == "Web App"
    assert acme("data", "verify").code == 0
    assert acme("undo").code == 0
    assert acme("track", "list", "--json").data == []
    assert acme("client", "show", "mueller-soehne").code == 5
    assert acme("redo").code == 0
    assert len(acme("track", "list", "--json").data) == 2


def test_the_same_file_again_changes_nothing(acme: Cowork, file: Path) -> None:
    rows = ("9-10,acme/site,Konzept", "10-11,Web/App")
    take(acme, file, *rows)
    history = acme("history", "--json").data
    again = take(acme, file, *rows)
    assert (again.data["taken"], again.data["unchanged"]) == (0, 2)
    assert acme("history", "--json").data == history
    more = take(acme, file, *rows, "11-12,acme/site")
    assert (more.data["taken"], more.data["unchanged"]) == (1, 2)


def test_an_edited_entry_is_not_taken_again(acme: Cowork, file: Path) -> None:
    take(acme, file, "9-10,acme/site,Konzept")
    changed = acme("track", "edit", "e-1", "--note", "better", "--from", "2026-11-24T09:30")
    assert changed.code == 0, str(changed)
    assert take(acme, file, "9-10,acme/site,Konzept").data["unchanged"] == 1
    assert listed(acme) == [("09:30", "10:00", "acme/site")]


def test_a_dry_run_changes_nothing(acme: Cowork, file: Path) -> None:
    history = acme("history", "--json").data
    outcome = take(acme, file, "9-10,New/Thing", more=("--dry-run",))
    assert outcome.data["taken"] == 1
    assert outcome.data["clients"] == ["new"]
    assert "Nothing was changed" in outcome.err
    assert acme("history", "--json").data == history
    assert take(acme, file, "9-10,acme/site", "9-11,acme/site", more=("-n",)).code == 6


BAD = {
    "zero": ("13-13,acme/site", "it has no length"),
    "open": ("13,acme/site", "it is still running"),
    "backwards": ("14-13,acme/site", "is before its start"),
    "no project": ("13-14,", "it names no project"),
    "unreadable": ("13-25,acme/site", "not a time"),
    "overlap": ("9-10,acme/site,other", "it overlaps line 2 (acme/site)"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_rows_stop_the_import(acme: Cowork, file: Path, name: str) -> None:
    row, says = BAD[name]
    rows = ("9-11,acme/site", row, "15-16,acme/site")
    history = acme("history", "--json").data
    outcome = take(acme, file, *rows)
    assert outcome.code == 6, str(outcome)
    assert outcome.data is None
    assert outcome.err.splitlines()[-2].startswith("error: line 3 of hours.csv cannot be taken: ")
    assert says in outcome.err
    assert "nothing was changed" in outcome.err
    assert "--skip-bad" in outcome.err
    assert acme("history", "--json").data == history
    skipped = take(acme, file, *rows, more=("--skip-bad",))
    assert skipped.code == 0, str(skipped)
    assert skipped.data["taken"] == 2
    ((line, reason),) = [(row["line"], row["reason"]) for row in skipped.data["skipped"]]
    assert line == 3
    assert says in reason
    assert f"Skipped 3: {reason}." in skipped.err


@pytest.mark.parametrize("hours", ["17:59:00 19", "19-20"])
def test_the_future_stops_the_import(acme: Cowork, file: Path, hours: str) -> None:
    begin, _, end = hours.replace(" ", "-").partition("-")
    text = f"2026-11-25 {begin[:5]}{':00' if ':' not in begin else ''},2026-11-25 {end}:00,acme/site,,\n"
    file.write_text(HEADER + text)
    outcome = acme("track", "import", "--format", "csv", str(file))
    assert outcome.code == 6, str(outcome)
    assert "in the future" in outcome.err


def test_every_bad_line_is_named(acme: Cowork, file: Path) -> None:
    outcome = take(acme, file, "9-9,acme/site", "10-11,acme/site", "12,acme/site")
    assert outcome.code == 6
    assert "line 2: it has no length\nline 4: it is still running\n" in outcome.err
    assert "error: 2 of 3 rows of hours.csv cannot be taken (line 2, line 4); " in outcome.err


def test_overlaps_with_what_is_there(acme: Cowork, file: Path) -> None:
    for first, last in (("10:00", "11:00"), ("13:00", "14:00")):
        acme("track", "add", "acme/site", "--on", "2026-11-24", "--from", first, "--to", last)
    outcome = take(acme, file, "9-12,acme/site")
    assert outcome.code == 6
    assert "it overlaps e-1 (acme/site)" in outcome.err
    trimmed = take(acme, file, "9-12,acme/site", more=("--adjust",))
    assert trimmed.code == 0, str(trimmed)
    assert trimmed.data["taken"] == 1
    assert trimmed.data["adjusted"] == [
        {
            "line": 2, "file": None, "project": "acme/site",
            "from": f"2026-11-24T{first}:00+01:00", "to": f"2026-11-24T{last}:00+01:00",
            "was_from": "2026-11-24T09:00:00+01:00", "was_to": "2026-11-24T12:00:00+01:00",
            "reason": "it overlaps e-1 (acme/site)",
        }
        for first, last in (("09:00", "10:00"), ("11:00", "12:00"))
    ]  # fmt: skip
    assert (
        "Adjusted 2: 2026-11-24 09:00-12:00 became 09:00-10:00 and 11:00-12:00, 1 h less: "
        "it overlaps e-1 (acme/site)."
    ) in trimmed.err
    assert [row[:2] for row in listed(acme)] == [
        ("09:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00"), ("13:00", "14:00"),
    ]  # fmt: skip
    assert take(acme, file, "9-12,acme/site").data["unchanged"] == 1


def test_adjust_trims_the_later_one(acme: Cowork, file: Path) -> None:
    outcome = take(
        acme, file, "11-13,acme/site", "9-12,acme/site", "10-11,acme/site", more=("--adjust",)
    )
    assert outcome.code == 0, str(outcome)
    assert (outcome.data["rows"], outcome.data["taken"]) == (3, 2)
    assert [row["line"] for row in outcome.data["adjusted"]] == [2]
    assert outcome.data["skipped"] == [
        {"line": 4, "file": None, "reason": "it overlaps line 3 (acme/site), nothing is left of it"}
    ]
    assert listed(acme) == [("09:00", "12:00", "acme/site"), ("12:00", "13:00", "acme/site")]
    assert take(acme, file, "8-8,acme/site", more=("--adjust",)).code == 6


def test_a_running_timer_is_in_the_way_of_what_came_after(acme: Cowork, file: Path) -> None:
    acme("start", "acme/site", "--at", "2026-11-24T12:00")
    assert take(acme, file, "11-12,acme/site").code == 0
    assert take(acme, file, "12-13,acme/site").code == 6


def test_projects_without_a_client_need_one(acme: Cowork, file: Path) -> None:
    rows = ("9-10,site", "10-11,Relaunch", "11-12,other/x")
    outcome = take(acme, file, *rows)
    assert outcome.code == 2
    assert "2 projects have no client: site, Relaunch" in outcome.err
    assert "--client C" in outcome.err
    outcome = take(acme, file, *rows, more=("--client", "acme"))
    assert outcome.data["projects"] == ["acme/relaunch", "other/x"]
    assert [project for _, _, project in listed(acme)] == ["acme/site", "acme/relaunch", "other/x"]


def test_a_default_project_for_rows_without_one(acme: Cowork, file: Path) -> None:
    outcome = take(acme, file, "9-10,", more=("--map", "default-project=acme/site"))
    assert outcome.code == 0, str(outcome)
    assert listed(acme) == [("09:00", "10:00", "acme/site")]


def test_names_are_found_again_and_never_mixed(acme: Cowork, file: Path) -> None:
    rows = ("8-9,ACME/Site", "9-10,ACME GmbH/C++", "10-11,acme/C#", "11-12,acme/c++")
    outcome = take(acme, file, *rows)
    assert outcome.data["clients"] == []
    assert outcome.data["projects"] == ["acme/c", "acme/c-2"]
    assert [project for _, _, project in listed(acme)] == [
        "acme/site", "acme/c", "acme/c-2", "acme/c",
    ]  # fmt: skip
    assert take(acme, file, "12-13,acme/C#").data["projects"] == []


def test_watson(acme: Cowork, tmp_path: Path) -> None:
    frames = [
        [1764057600, 1764061200, "acme/site", "a" * 32, ["deep"], 1764061200],
        [1764061200, 1764064800, "acme/site", "b" * 32, [], 1764061200],
    ]
    (tmp_path / "frames").write_text(json.dumps(frames))
    (tmp_path / "state").write_text(json.dumps({"project": "acme/site", "start": 1764070000}))
    outcome = acme("track", "import", "--format", "watson", str(tmp_path), "--json")
    assert (outcome.data["taken"], outcome.data["skipped"]) == (3, [])
    assert "Frame 1 of state is the running timer now." in outcome.err
    assert acme("track", "status", "--json").data["project"] == "acme/site"
    frames[0][:2] = [1764043200, 1764046800]
    (tmp_path / "frames").write_text(json.dumps([*frames, frames[1]]))
    again = acme("track", "import", "--format", "watson", str(tmp_path / "frames"), "--json")
    assert again.data["unchanged"] == 3, "a frame goes by its id"


def test_the_same_identity_twice_in_a_file(acme: Cowork, tmp_path: Path) -> None:
    frames = [
        [1764057600, 1764061200, "acme/site", "a"],
        [1764061200, 1764064800, "acme/site", "a"],
    ]
    (tmp_path / "frames").write_text(json.dumps(frames))
    outcome = acme("track", "import", "--format", "watson", str(tmp_path / "frames"))
    assert outcome.code == 6
    assert "frame 2 of frames cannot be taken: it is frame 1 once more" in outcome.err


def test_billable_is_what_the_file_says(acme: Cowork, file: Path) -> None:
    acme("project", "add", "acme/free", "--non-billable")
    file.write_text(
        "from,to,project,billable\n"
        "2026-11-24 9:00,2026-11-24 10:00,acme/site,no\n"
        "2026-11-24 10:00,2026-11-24 11:00,acme/free,\n"
        "2026-11-24 11:00,2026-11-24 12:00,acme/free,yes\n"
    )
    outcome = acme("track", "import", "--format", "csv", str(file), "--json")
    assert outcome.data["not_billable"] == 1
    assert "The file calls 1 of them not billable." in outcome.err
    rows = acme("track", "list", "--json").data
    assert [row["billable"] for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--format", "excel", "FILE"), 2, "cannot import"),
        (("FILE",), 2, "--format"),
        (("--format", "csv", "FILE", "--map", "from"), 2, "is not FIELD=COLUMN"),
        (("--format", "csv", "FILE", "--map", "moon=Start"), 2, 'no field "moon"'),
        (("--format", "watson", "FILE", "--map", "from=Start"), 2, 'no field "from"'),
        (("--format", "csv", "FILE", "--map", "default-billable=so"), 2, "neither yes nor no"),
        (("--format", "csv", "/nowhere.csv"), 5, "there is no file"),
        (("--format", "csv", "/"), 2, "is a folder"),
    ],
)
def test_bad_command_lines(
    acme: Cowork, file: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    file.write_text(HEADER)
    outcome = acme("track", "import", *(str(file) if word == "FILE" else word for word in words))
    assert outcome.code == code, str(outcome)
    assert outcome.out == ""
    first, hint = outcome.err.splitlines()
    assert first.startswith("error: ")
    assert says in first
    assert hint.startswith("hint: ")


def test_plain_is_one_line_and_a_terminal_gets_a_card(acme: Cowork, file: Path) -> None:
    take(acme, file, "9-10,acme/site", "9-9,acme/site", more=("-n", "--skip-bad"))
    words: tuple[Any, ...] = ("track", "import", "--format", "csv", str(file), "--skip-bad")
    plain = acme(*words, "-n")
    assert plain.rows == [[str(file), "csv", "2", "1", "0", "0", "1", "", ""]]
    card = acme(*words, terminal=True)
    assert "it has no length" in card.out
    assert "taken" in card.out


def table(cowork: Cowork, file: Path, text: str, *more: str) -> Outcome:
    file.write_text(text, encoding="utf-8")
    return cowork("track", "import", "--format", "csv", str(file), *more)


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize(
    ("row", "start", "reason"),
    [
        ("2026-11-25,0:00,acme/site", "09:00", "it has no length"),
        ("2026-11-25,1:01,acme/site", "17:00", "it would end in the future"),
        ("2026-11-24,1:01,acme/site", "23:00", "its day has no room for it behind 23:00"),
        ("2026-11-24,1:00,/ /", "09:00", "it names no project"),
        ("2026-11-24,1:00,\t", "09:00", "it names no project"),
    ],
)
def test_a_length_that_lies_nowhere(
    acme: Cowork, file: Path, row: str, start: str, reason: str
) -> None:
    refused = table(acme, file, f"date,duration,project\n{row}\n", "--start", start)
    told = f"error: line 2 of hours.csv cannot be taken: {reason}; nothing was changed\n"
    assert (refused.code, refused.err.startswith(told)) == (6, True), refused.err
    assert acme("track", "list", "--json").data == []


def test_a_default_project_that_names_none(acme: Cowork, file: Path) -> None:
    row = "from,to,project\n2026-11-24 09:00,2026-11-24 10:00,\n"
    refused = table(acme, file, row, "--map", "default-project=/")
    assert (refused.code, "it names no project" in refused.err) == (6, True)
    assert table(acme, file, row, "--map", "default-project=/acme/site/").code == 0
    assert listed(acme) == [("09:00", "10:00", "acme/site")]


def test_of_many_rows_that_cannot_be_taken_twenty_are_shown(acme: Cowork, file: Path) -> None:
    row = "2026-11-24 09:00,2026-11-24 10:00,\n"
    refused = table(acme, file, "from,to,project\n" + row * 20)
    assert "more; see them all" not in refused.err
    refused = table(acme, file, "from,to,project\n" + row * 22)
    assert refused.err.splitlines()[19:21] == [
        "line 21: it names no project",
        "… and 2 more; see them all with `--skip-bad -n --json`",
    ]


def test_which_of_two_times_is_no_question_where_there_are_instants(
    acme: Cowork, tmp_path: Path
) -> None:
    file = tmp_path / "frames"
    file.write_text('[[1764000000, 1764003600, "acme/site", "a1b2", [], 1764003600]]')
    taken = acme("track", "import", "--format", "watson", str(file), "--clock-change", "first")
    assert taken.code == 0, str(taken)
    said = "`--clock-change` changes nothing: watson has instants."
    assert said in taken.err


@pytest.mark.parametrize(("word", "billable"), [("no", False), ("Yes", True)])
def test_what_rows_are_that_do_not_say_whether_they_are_billed(
    acme: Cowork, file: Path, word: str, billable: bool
) -> None:
    take(acme, file, "9-10,acme/site", more=("--map", f"default-billable={word}"))
    [entry] = acme("track", "list", "--in", "2026-11", "--json").data
    assert entry["billable"] is billable
