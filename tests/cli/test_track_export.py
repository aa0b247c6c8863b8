"""`track export`, and the way back."""

import csv
import io
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Cowork

FORMATS = ("csv", "json", "timewarrior")


def fill(cowork: Cowork) -> None:
    for words in (
        ("project", "add", "acme/app", "--name", "Die App"),
        ("track", "add", "acme/site", 'say "hi", \\o/', "--from", "9:00", "--to", "10:00",
         "--tag", "deep", "--tag", "a/b", "--place", "home"),
        ("track", "add", "acme/app", "--from", "2025-10-26T01:30", "--to", "2025-10-26T03:30"),
    ):  # fmt: skip
        outcome = cowork(*words)
        assert outcome.code == 0, str(outcome)


def exported(cowork: Cowork, form: str, *more: str) -> str:
    outcome = cowork("track", "export", "--format", form, *more)
    assert outcome.code == 0, str(outcome)
    return outcome.out


def in_another_home(cowork: Cowork, tmp_path: Path, form: str, text: str) -> str:
    """What an empty home exports after it has imported `text`."""
    home, file = tmp_path / "other", tmp_path / "hours"
    shutil.rmtree(home, ignore_errors=True)
    file.write_text(text, newline="")
    env = {"COWORK_HOME": str(home)}
    outcome = cowork("track", "import", "--format", form, str(file), env=env)
    assert outcome.code == 0, str(outcome)
    outcome = cowork("track", "export", "--format", form, env=env)
    assert outcome.code == 0, str(outcome)
    return outcome.out


@pytest.mark.parametrize("form", FORMATS)
def test_out_and_in_again_is_identical(acme: Cowork, tmp_path: Path, form: str) -> None:
    fill(acme)
    text = exported(acme, form)
    assert in_another_home(acme, tmp_path, form, text) == text
    again = tmp_path / "again"
    again.write_text(text, newline="")
    same = acme("track", "import", "--format", form, str(again), "--json")
    if form == "timewarrior":
        assert same.code == 6, "it carries no identity, so it is the same time twice"
    else:
        assert same.data["unchanged"] == 2


def test_the_fields_of_an_export(acme: Cowork) -> None:
    fill(acme)
    document = json.loads(exported(acme, "json"))
    first, second = document["entries"]
    assert document["cowork"] == 1
    assert list(first) == [
        "from", "to", "timezone", "duration_s", "client", "project", "note", "tags", "place",
        "billable", "client_name", "project_name", "uuid",
    ]  # fmt: skip
    assert (first["project"], first["project_name"], first["duration_s"]) == (
        "acme/app", "Die App", 10800,
    )  # fmt: skip
    assert (second["client_name"], second["tags"], second["place"]) == (
        "ACME GmbH", ["deep", "a/b"], "home",
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(exported(acme, "csv"))))
    assert [row["uuid"] for row in rows] == [first["uuid"], second["uuid"]]
    assert rows[1]["note"] == second["note"] == 'say "hi", \\o/'
    assert exported(acme, "timewarrior").splitlines() == [
        "inc 20251025T233000Z - 20251026T023000Z # acme/app",
        'inc 20261125T080000Z - 20261125T090000Z # acme/site deep a/b # "say \\"hi\\", \\\\o/"',
    ]


def test_a_period_and_a_file(acme: Cowork, tmp_path: Path) -> None:
    fill(acme)
    file = tmp_path / "hours.json"
    outcome = acme(
        "track", "export", "--format", "json", "--in", "2025", "--out", str(file), "--json"
    )
    assert outcome.data == {"file": str(file), "format": "json", "entries": 1}
    assert "Wrote 1 entry" in outcome.err
    assert "1 entry (1 h 0 min) outside" in outcome.err
    assert len(json.loads(file.read_text())["entries"]) == 1


def test_timewarrior_into_a_folder_is_a_file_a_month(acme: Cowork, tmp_path: Path) -> None:
    fill(acme)
    folder = tmp_path / "data"
    folder.mkdir()
    assert acme("track", "export", "--format", "timewarrior", "--out", str(folder)).code == 0
    assert sorted(file.name for file in folder.iterdir()) == ["2025-10.data", "2026-11.data"]


def test_a_running_timer_is_written_without_an_end(acme: Cowork, tmp_path: Path) -> None:
    acme("start", "acme/site", "--at", "9:00")
    outcome = acme("track", "export", "--format", "json")
    assert json.loads(outcome.out)["entries"][0]["to"] is None
    assert "is running" in outcome.err
    assert exported(acme, "timewarrior") == "inc 20261125T080000Z # acme/site\n"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_export(acme: Cowork, form: str) -> None:
    text = exported(acme, form)
    assert text.count("\n") == {"csv": 1, "json": 3, "timewarrior": 0}[form]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "xlsx"), "cannot export"),
        (("--json",), "no JSON document"),
        (("--out", "/nowhere/at/all.csv"), "there is no folder"),
        (("--out", "/"), "is a folder"),
        (("--out", "x" * 5000), "too long"),
        (("--week", "--year"), "several periods"),
    ],
)
def test_exports_that_cannot_be(acme: Cowork, words: tuple[str, ...], says: str) -> None:
    outcome = acme("track", "export", *words)
    assert outcome.code == 2, str(outcome)
    assert says in outcome.err


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
TAG = st.text(st.characters(codec="utf-8", exclude_characters="\0,"), min_size=1, max_size=6)
ENTRY = st.fixed_dictionaries(
    {
        "gap": st.integers(0, 90_000),
        "length": st.integers(1, 90_000),
        "timezone": st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/New_York"]),
        "project": st.sampled_from(["acme/site", "acme/app", "x-1/y"]),
        "note": st.none() | TEXT,
        "tags": st.lists(TAG.map(str.strip).filter(bool), max_size=3, unique=True),
        "place": st.none() | TEXT,
        "billable": st.booleans(),
        "uuid": st.uuids().map(str),
    }
)


@pytest.mark.file_store(reason="a home for each format, and one variable names the server of all")
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example runs twelve commands
)
@given(entries=st.lists(ENTRY, max_size=6, unique_by=lambda entry: entry["uuid"]))
def test_any_entries_go_around_in_every_format(
    cowork: Cowork, tmp_path: Path, entries: list[dict[str, Any]]
) -> None:
    moment = datetime(2026, 3, 27, 20, tzinfo=ZoneInfo("UTC"))
    rows = []
    for entry in entries:
        begin = moment + timedelta(seconds=entry["gap"])
        moment = begin + timedelta(seconds=entry["length"])
        zone = ZoneInfo(entry["timezone"])
        rows.append(
            {
                "from": begin.astimezone(zone).isoformat(),
                "to": moment.astimezone(zone).isoformat(),
                "client": entry["project"].partition("/")[0],
                **{key: entry[key] for key in entry if key not in ("gap", "length")},
            }
        )
    text = in_another_home(cowork, tmp_path, "json", json.dumps({"cowork": 1, "entries": rows}))
    found = json.loads(text)["entries"]
    for row, back in zip(rows, found, strict=True):
        assert {key: back[key] for key in row} == row
    assert in_another_home(cowork, tmp_path, "json", text) == text
    env = {"COWORK_HOME": str(tmp_path / "other")}
    for form in ("csv", "timewarrior"):
        in_another_home(cowork, tmp_path, "json", text)
        first = cowork("track", "export", "--format", form, env=env).out
        assert in_another_home(cowork, tmp_path, form, first) == first
