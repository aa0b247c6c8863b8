"""Other clocks: winter, summer, both nights of the change, and zones far from here.

A core flow is played at each of them, and a chosen part of the suite runs with its clock moved.
"""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.torture import arena

ROOT = Path(__file__).parents[2]

# Each is an instant with the offset that is right there and then.
CLOCKS = {
    "winter": ("2026-01-14T18:00:00+01:00", "Europe/Berlin"),
    "summer": ("2026-07-15T18:00:00+02:00", "Europe/Berlin"),
    "before the spring change": ("2026-03-29T01:30:00+01:00", "Europe/Berlin"),
    "after the spring change": ("2026-03-29T03:30:00+02:00", "Europe/Berlin"),
    "02:30 the first time": ("2026-10-25T02:30:00+02:00", "Europe/Berlin"),
    "02:30 the second time": ("2026-10-25T02:30:00+01:00", "Europe/Berlin"),
    "new year's eve": ("2026-12-31T23:59:30+01:00", "Europe/Berlin"),
    "leap day": ("2028-02-29T12:00:00+01:00", "Europe/Berlin"),
    "Los Angeles": ("2026-11-01T01:30:00-08:00", "America/Los_Angeles"),
    "Kathmandu": ("2026-11-25T18:00:00+05:45", "Asia/Kathmandu"),
    "Kiritimati": ("2026-01-01T00:30:00+14:00", "Pacific/Kiritimati"),
    "given in UTC": ("2026-07-15T22:30:00+00:00", "Europe/Berlin"),
}
# The parts whose expectations are not written for one day.
PART_OF_THE_SUITE = (
    "tests/domain",
    "tests/store",
    "tests/services",
    "tests/importers",
    "tests/einvoice",
)
# The instant and the zone of the machine; an empty one is a machine that says none.
TEST_CLOCKS = {
    "January": ("2026-01-14T18:00:00+01:00", "Europe/Berlin"),
    "July": ("2026-07-15T18:00:00+02:00", "Europe/Berlin"),
    "the night in spring": ("2026-03-29T03:15:00+02:00", "Europe/Berlin"),
    "the night in autumn": ("2026-10-25T02:30:00+01:00", "Europe/Berlin"),
    "29 February": ("2028-02-29T12:00:00+01:00", "Europe/Berlin"),
    "Auckland": ("2026-11-26T06:00:00+13:00", "Pacific/Auckland"),
    "Honolulu": ("2026-11-25T07:00:00-10:00", "Pacific/Honolulu"),
    "no TZ": ("2026-11-25T18:00:00+01:00", ""),
}


def ask(home: Path, now: datetime, zone: str, *words: str) -> Any:
    """The data of a command that has to succeed."""
    done = arena.play(home, *words, "--json", COWORK_NOW=now.isoformat(), TZ=zone)
    assert done.code == 0, f"{now} {zone} {words}\n{done}"
    return json.loads(done.out)["data"]


@pytest.mark.parametrize("clock", list(CLOCKS))
def test_hours_are_right_at_any_clock(tmp_path: Path, clock: str) -> None:
    """A timer over five hours, stopped, listed, summed up and taken back."""
    instant, zone = CLOCKS[clock]
    home, now = tmp_path / "home", datetime.fromisoformat(instant)
    begin = now - timedelta(hours=5)
    arena.play_all(home, [arena.CLIENT, arena.PROJECT])

    started = ask(home, begin, zone, "start", "acme/site")
    assert datetime.fromisoformat(started["from"]) == begin
    assert ask(home, now, zone, "track", "status")["duration_s"] == 5 * 3600

    stopped = ask(home, now, zone, "stop")
    assert datetime.fromisoformat(stopped["to"]) == now
    assert stopped["duration_s"] == 5 * 3600
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert datetime.fromisoformat(stopped["to"]).utcoffset() == offset

    later = now + timedelta(days=200)  # the other half of the year changes nothing
    listed = ask(home, later, zone, "track", "list", "--from", "2020-01-01")
    assert [(row["from"], row["to"]) for row in listed] == [(stopped["from"], stopped["to"])]
    day = begin.astimezone(ZoneInfo(zone)).date().isoformat()
    by_day = ask(home, now, zone, "report", "hours", "--by", "day")
    assert [(row["key"], row["duration_s"]) for row in by_day] == [(day, 5 * 3600)]
    assert ask(home, now, zone, "report", "hours", "--from", day, "--to", day)

    ask(home, now, zone, "undo")
    assert ask(home, now, zone, "track", "status")["running"] is True
    arena.assert_sound(home)


@pytest.mark.parametrize(
    ("day", "begin", "end", "hours"),
    [("2026-03-29", "01:30", "03:30", 1), ("2026-10-25", "01:30", "03:30", 3)],
)
def test_a_night_of_the_change_is_as_long_as_it_was(
    tmp_path: Path, day: str, begin: str, end: str, hours: int
) -> None:
    home = tmp_path / "home"
    arena.play_all(home, [arena.CLIENT, arena.PROJECT])
    words = ("track", "add", "acme/site", "--on", day, "--from", begin, "--to", end)
    added = ask(home, datetime.fromisoformat(arena.NOW), "Europe/Berlin", *words)
    assert added["duration_s"] == hours * 3600


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_a_time_that_is_not_or_is_twice_is_refused(tmp_path: Path, text: str) -> None:
    home = tmp_path / "home"
    arena.play_all(home, [arena.CLIENT, arena.PROJECT])
    done = arena.play(home, "track", "add", "acme/site", "--from", text, "--for", "20m")
    assert done.code == 2, str(done)
    arena.assert_clean_failure(done)
    assert arena.state(home)["entries"] == ()


@pytest.mark.torture
@pytest.mark.parametrize("clock", TEST_CLOCKS)
def test_part_of_the_suite_runs_with_another_clock(clock: str, tmp_path: Path) -> None:
    now, zone = TEST_CLOCKS[clock]
    parts = [part for part in PART_OF_THE_SUITE if (ROOT / part).exists()]
    inner = tmp_path / "inner"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--basetemp={inner}",
            *parts,
        ],
        cwd=ROOT,
        env={**os.environ, "COWORK_TEST_NOW": now, "COWORK_TEST_ZONE": zone},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    print(f"{clock}: {done.stdout.splitlines()[-1]}")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
