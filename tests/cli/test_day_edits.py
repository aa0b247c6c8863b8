"""Days as they are corrected: what was said before stays, what cannot be is refused to the word."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cowork_cli.errors import Conflict, NotFound
from cowork_cli.services.days import recording
from tests.cli.test_days import logged, track
from tests.conftest import Cowork
from tests.stores import opened

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def bar(acme: Cowork) -> Cowork:
    words = ("day", "place", "bar", "--kind", "space", "--km", "12", "--mode", "car")
    assert acme(*words, "--country", "DE").code == 0
    return acme


def stays(cowork: Cowork, *words: str) -> list[tuple[str, int]]:
    done = cowork("day", *words, "--json")
    assert done.code == 0, str(done)
    return [(stay["place"], stay["duration_s"]) for stay in done.data["stays"]]


def refused(cowork: Cowork, *words: str) -> str:
    before = cowork("day", "list", "--json").out
    done = cowork("day", *words)
    assert (done.code, done.out) == (2, ""), str(done)
    assert cowork("day", "list", "--json").out == before
    return done.err.splitlines()[0].removeprefix("error: ")


def test_hours_that_have_a_place_are_not_said_to_be_elsewhere(bar: Cowork) -> None:
    track(bar, "2026-11-23", "9:00", "12:00", "--place", "home")
    assert refused(bar, "log", "2026-11-23", "--at", "bar") == (
        "all hours of 2026-11-23 have a place already: home"
    )
    assert stays(bar, "log", "2026-11-23", "--at", "home") == [("home", 10_800)]


def test_the_rest_of_the_hours_is_at_the_place_without_a_length(bar: Cowork) -> None:
    track(bar, "2026-11-23", "9:00", "12:00")
    assert refused(bar, "log", "2026-11-23", "--at", "home=3h", "--at", "bar") == (
        "nothing is left of the 3 h of 2026-11-23 for bar"
    )
    there = stays(bar, "log", "2026-11-23", "--at", "home=1h", "--at", "bar")
    assert there == [("home", 3600), ("bar", 7200)]


def test_two_places_one_after_the_other_and_a_round_that_is_forgotten(bar: Cowork) -> None:
    words = ("log", "2026-11-23", "--at", "bar=13:00-15:00", "--at", "home=9:00-12:00")
    assert sorted(stays(bar, *words)) == [("bar", 7200), ("home", 10_800)]

    def driven(*more: str) -> str | None:
        kept: str | None = bar("day", "edit", "2026-11-23", *more, "--json").data["driven_km"]
        return kept

    assert (driven("--driven", "30"), driven("--note", "x"), driven("--driven", "none")) == (
        "30",
        "30",
        None,
    )
    assert refused(
        bar, "log", "2026-11-20", "--at", "client=2h", "--at", "bar=3h", "--km", "5"
    ) == ("on a day with several places it is not clear which way is meant")


def test_a_day_without_work_takes_a_note_and_the_hours_that_come_later(bar: Cowork) -> None:
    logged(bar, "2026-11-20", "--no-work")
    assert stays(bar, "edit", "2026-11-20", "--note", "Sick") == []
    track(bar, "2026-11-20", "9:00", "12:00", "--place", "home")
    assert stays(bar, "edit", "2026-11-20", "--note", "Well") == [("home", 10_800)]
    logged(bar, "2026-11-19", "--at", "home=2h")
    assert stays(bar, "edit", "2026-11-19", "--no-work") == []


def test_what_another_process_logged_or_removed_meanwhile(bar: Cowork, home: Path) -> None:
    logged(bar, "2026-11-20", "--at", "home=2h")
    store = opened(home, expected=True)
    day = recording.find(store, date(2026, 11, 20))
    with pytest.raises(Conflict, match="2026-11-20 is logged already"):
        recording.log(store, day)
    with pytest.raises(NotFound, match="2026-11-19 is not logged"):
        recording.change(store, replace(day, date=date(2026, 11, 19)))
    store.close()


def test_a_period_that_is_ahead_has_no_day_to_log(bar: Cowork) -> None:
    done = bar("day", "log", "--in", "2027-01")
    assert (done.code, done.err) == (0, "No day of 2027-01-01 to 2027-01-31 is left to log.\n")


def test_a_place_is_said_to_last(bar: Cowork) -> None:
    def lasting(word: str) -> bool | None:
        said: bool | None = bar("day", "place", "bar", "--lasting", word, "--json").data["lasting"]
        return said

    assert [lasting(word) for word in ("yes", "No", "unknown")] == [True, False, None]


def test_a_week_that_is_written_by_hand_and_cannot_be_read(acme: Cowork, home: Path) -> None:
    (home / "config" / "config.toml").write_text('[hours]\nweek = "nonsense"\n', encoding="utf-8")
    done = acme("day", "reminder")
    assert done.code == 3
    assert "hours.week" in done.err


def test_hours_that_run_are_not_told_to_differ(bar: Cowork) -> None:
    track(bar, "2026-11-25", "9:00", "12:00", "--place", "home")
    logged(bar, "2026-11-25")
    track(bar, "2026-11-25", "13:00", "14:00", "--place", "home")
    assert bar("track", "start", "acme/site", "--at", "17:00").code == 0

    def lacks(now: str) -> list[str]:
        env = {"COWORK_NOW": f"2026-11-25T{now}:00+01:00"}
        found = bar("report", "days", "--in", "2026-11", "--json", env=env).json["lacks"]
        return [row["lack"] for row in found]

    assert "hours-changed" not in lacks("18:00")
    assert bar("track", "stop").code == 0
    assert "hours-changed" in lacks("18:01")


def test_days_alone_are_counted_back_to_the_last_one_among_people(bar: Cowork) -> None:
    for day, words in (
        ("2026-11-19", ("--at", "home=8h")), ("2026-11-20", ("--at", "bar=8h")),
        ("2026-11-23", ("--at", "home=8h")), ("2026-11-24", ("--no-work",)),
        ("2026-11-25", ("--at", "home=8h")),
    ):  # fmt: skip
        logged(bar, day, *words)
    assert bar("config", "set", "day.alone", "2").code == 0
    assert "2 working days at home in a row." in bar("report", "places").err


def test_a_trial_ends_on_a_day_that_has_come_and_counts_days_with_a_way(bar: Cowork) -> None:
    logged(bar, "2026-11-23", "--at", "home=8h")
    logged(bar, "2026-11-24", "--at", "bar=8h")
    logged(bar, "2026-11-25", "--at", "bar=8h", "--away", "all")
    assert bar("trial", "start", "Bar", "--on", "2026-11-23").code == 0
    done = bar("trial", "stop", "Bar", "--on", "2026-12-16")
    assert (done.code, done.err) == (
        2, "error: 2026-12-16 is in the future\nhint: stop the trial on its last day\n",
    )  # fmt: skip
    (trial,) = bar("trial", "list", "--json").data
    assert (trial["to"], trial["during"]["days"], trial["during"]["commute_km"]) == (None, 3, "24")
