"""`track export` for other programs: read back, and nothing dropped without a word."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.conftest import Cowork

KEPT = ("project", "note", "tags", "from", "to", "duration_s")


def fill(cowork: Cowork) -> list[dict[str, Any]]:
    for words in (
        ("track", "add", "acme/site", "Logo; second, try\nand a third", "--on", "2026-11-23", "--from",
         "9:00", "--to", "10:30", "--tag", "deep", "--tag", "a/b", "--place", "home"),
        ("track", "add", "acme/app", "--on", "2026-11-23", "--from", "22:00", "--to", "2026-11-24T01:15",
         "--non-billable"),
        ("track", "add", "acme/site", "Größe #x", "--on", "2026-11-24", "--from", "9:00", "--to", "10:00"),
    ):  # fmt: skip
        cowork("project", "add", "acme/app")
        outcome = cowork(*words)
        assert outcome.code == 0, str(outcome)
    rows: list[dict[str, Any]] = cowork("track", "list", "--json").data
    return rows


def read_back(cowork: Cowork, tmp_path: Path, form: str) -> list[dict[str, Any]]:
    file = tmp_path / f"hours.{form}"
    assert cowork("track", "export", "--format", form, "--out", str(file)).code == 0
    home = tmp_path / "other"
    shutil.rmtree(home, ignore_errors=True)
    env = {"COWORK_HOME": str(home)}
    outcome = cowork("track", "import", "--format", form, str(file), env=env)
    assert outcome.code == 0, str(outcome)
    rows: list[dict[str, Any]] = cowork("track", "list", "--json", env=env).data
    return rows


def test_klog_reads_back(acme: Cowork, tmp_path: Path) -> None:
    before = fill(acme)
    after = read_back(acme, tmp_path, "klog")
    before[2]["note"], before[2]["tags"] = "Größe", ["x"]  # in klog a tag is a word of the text
    assert [{name: row[name] for name in KEPT} for row in after] == [
        {name: row[name] for name in KEPT} for row in before
    ]
    text = (tmp_path / "hours.klog").read_text()
    assert text.startswith("2026-11-23\n    9:00 - 10:30 Logo; second, try\n        and a third ")
    assert '    22:00 - 1:15> #project="acme/app"\n\n2026-11-24\n' in text


def test_timeclock_reads_back(acme: Cowork, tmp_path: Path) -> None:
    before = fill(acme)
    before[0]["note"] = "Logo, second, try and a third"
    after = read_back(acme, tmp_path, "timeclock")
    assert [{name: row[name] for name in KEPT} for row in after] == [
        {name: row[name] for name in KEPT} for row in before
    ]
    assert (tmp_path / "hours.timeclock").read_text().splitlines()[2:] == [
        "i 2026-11-23 22:00:00 acme:app", "o 2026-11-24 01:15:00",
        "i 2026-11-24 09:00:00 acme:site  Größe #x", "o 2026-11-24 10:00:00",
    ]  # fmt: skip


def test_ical_is_read_by_a_library(acme: Cowork) -> None:
    before = fill(acme)
    acme("track", "add", "acme/site", "ü" * 200, "--from", "9:00", "--for", "1h")
    text = acme("track", "export", "--format", "ical").out
    assert all(len(line.encode()) <= 75 for line in text.replace("\r\n", "\n").split("\n"))
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == 4
    for event, row in zip(events, before, strict=False):
        assert event["DTSTART"].dt.timestamp() + row["duration_s"] == event["DTEND"].dt.timestamp()
        expected = f"{row['project']}: {row['note']}" if row["note"] else row["project"]
        assert str(event["SUMMARY"]) == expected
    assert [str(tag) for tag in events[0]["CATEGORIES"].cats] == ["deep", "a/b"]
    assert str(events[0]["LOCATION"]) == "home"
    assert str(events[3]["SUMMARY"]) == f"acme/site: {'ü' * 200}"


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        ("klog", "place (1 entry), non-billable (1 entry), uuid, client_name (3 entries)."),
        ("timeclock", "place (1 entry), non-billable (1 entry), uuid, client_name (3 entries)."),
        ("timewarrior", "place (1 entry), non-billable (1 entry), uuid, client_name (3 entries)."),
        ("ical", "non-billable (1 entry), client_name (3 entries)."),
    ],
)
def test_what_a_format_cannot_hold_is_named(acme: Cowork, form: str, lost: str) -> None:
    fill(acme)
    assert f"{form} does not hold: {lost}" in acme("track", "export", "--format", form).err


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_lossless_export_names_nothing(acme: Cowork, form: str) -> None:
    fill(acme)
    err = acme("track", "export", "--format", form).err
    assert not re.search("does not hold|Changed", err)


def test_what_a_format_changes_is_named_by_entry(acme: Cowork) -> None:
    fill(acme)
    acme(
        "track",
        "add",
        "acme/site",
        "--on",
        "2025-10-26",
        "--from",
        "2025-10-26T02:15+02:00",
        "--for",
        "20m",
    )
    acme(
        "track",
        "add",
        "acme/site",
        "--on",
        "2026-11-01",
        "--from",
        "9:00:05",
        "--to",
        "2026-11-04T10:00",
    )
    klog = acme("track", "export", "--format", "klog")
    assert "Changed in klog: 2025-10-26 02:15: 02:15 comes twice that day" in klog.err
    assert (
        "Changed in klog: 2026-11-01 09:00: its seconds are cut off and it is written by days."
        in klog.err
    )
    assert klog.out.count("    0:00 - 0:00>") == 1
    timeclock = acme("track", "export", "--format", "timeclock")
    assert "Changed in timeclock: 2026-11-23 09:00: its note" in timeclock.err


def test_a_running_timer_in_each_format(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "9:00")
    assert (
        acme("track", "export", "--format", "klog").out
        == '2026-11-25\n    9:00 - ? #project="acme/site"\n'
    )
    assert (
        acme("track", "export", "--format", "timeclock").out == "i 2026-11-25 09:00:00 acme:site\n"
    )
    assert "DTEND" not in acme("track", "export", "--format", "ical").out


def test_ical_names_what_it_leaves_out(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "1h", "ring\x07the bell", "--on", "2026-11-24")
    acme("track", "add", "acme/site", "1h", "no bell", "--on", "2026-11-24")
    outcome = acme("track", "export", "--format", "ical")
    assert "SUMMARY:acme/site: ringthe bell\r\n" in outcome.out.replace("\r\n", "\n").replace(
        "\n", "\r\n"
    )
    changed = [line for line in outcome.err.splitlines() if line.startswith("Changed in ical")]
    assert changed == [
        "Changed in ical: 2026-11-24 09:00: control characters in its note are left out."
    ]


def test_hledger_counts_the_hours_of_a_timeclock_in_hundredths(
    acme: Cowork, tmp_path: Path
) -> None:
    """Three times twenty minutes are 0.99 h there: the guide says what to use instead."""
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("hledger is not installed (Debian package hledger)")
    fill(acme)
    for hour in ("12:00", "13:00", "14:00"):
        acme("track", "add", "acme/app", "--on", "2026-11-20", "--from", hour, "--for", "20m")
    file = tmp_path / "hours.timeclock"
    assert acme("track", "export", "--format", "timeclock", "--out", str(file)).code == 0
    done = subprocess.run(
        [program, "-f", str(file), "balance", "--no-total", "--flat", "-O", "csv"],
        capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8", "HOME": str(tmp_path)},
    )  # fmt: skip
    there = dict(line.replace('"', "").split(",") for line in done.stdout.splitlines()[1:])
    here = {
        row["key"].replace("/", ":"): row["duration_s"]
        for row in acme("report", "hours", "--in", "2026-11", "--by", "project", "--json").data
    }
    assert here == {"acme:app": 3 * 1200 + 11700, "acme:site": 5400 + 3600}
    assert there == {"acme:app": "4.24h", "acme:site": "2.50h"}  # 4.25 h, in hundredths for each
