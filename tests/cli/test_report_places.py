"""`report places` and `trial`: what a place does, and what a trial changed."""

from tests.cli.test_days import logged, track
from tests.conftest import Cowork


def rows(cowork: Cowork, *words: str) -> dict[str, dict[str, object]]:
    done = cowork("report", "places", *words, "--json")
    assert done.code == 0, str(done)
    return {row["place"]: row for row in done.data}


def test_hours_share_and_sessions_by_place(acme: Cowork) -> None:
    track(acme, "2026-11-24", "8:00", "10:00", "--place", "home")
    track(acme, "2026-11-24", "10:15", "11:15", "--place", "home", "--non-billable")
    track(acme, "2026-11-24", "11:31", "12:31", "--place", "home")
    track(acme, "2026-11-25", "9:00", "10:00", "--place", "client")
    found = rows(acme)
    home = found["home"]
    assert (home["duration_s"], home["billable_s"], home["share"]) == (14_400, 10_800, "75.0")
    assert (home["sessions"], home["session_s"], home["days"]) == (2, 7200, 1), (
        "15 min are no break, 16 are"
    )
    assert found["ACME GmbH"]["kind"] == "client"
    assert set(rows(acme, "--from", "2026-11-25")) == {"ACME GmbH"}


def test_a_late_day_is_one_with_work_after_the_hour(acme: Cowork) -> None:
    track(acme, "2026-11-23", "18:00", "20:00", "--place", "home")
    track(acme, "2026-11-24", "18:00", "20:01", "--place", "home")
    assert rows(acme)["home"]["late_days"] == 1
    assert acme("config", "set", "day.late", "19:00").code == 0
    assert rows(acme)["home"]["late_days"] == 2


def test_days_alone_are_spoken_of_only_if_it_is_switched_on(acme: Cowork) -> None:
    for day in ("2026-11-20", "2026-11-23", "2026-11-24"):
        logged(acme, day, "--at", "home=8h")
    assert "in a row" not in acme("report", "places").err
    assert acme("config", "set", "day.alone", "3").code == 0
    assert "3 working days at home in a row." in acme("report", "places").err
    assert acme("space", "add", "Mühle", "--country", "DE").code == 0
    assert acme("desk", "add", "mühle", "Desk 1").code == 0
    assert acme("book", "Desk 1", "--on", "2026-12-01").code == 0
    assert "Your next booked day: Tue 2026-12-01, Mühle." in acme("report", "places").err
    assert acme("event", "add", "Barcamp", "--on", "2026-12-05", "--location", "Leipzig").code == 0
    assert "The next event: Sat 2026-12-05, Barcamp, Leipzig." in acme("report", "places").err
    assert acme("config", "set", "day.alone", "4").code == 0
    assert "in a row" not in acme("report", "places").err


def test_the_ways_of_a_trial_are_those_that_were_gone(acme: Cowork) -> None:
    for name, km in (("Mühle", "12"), ("Hof", "30")):
        way = ("--km", km, "--minutes", "25", "--fare", "3")
        assert acme("day", "place", name, "--kind", "space", *way).code == 0
    logged(acme, "2026-11-20", "--at", "Mühle=8h", "--away", "07:00..")
    logged(acme, "2026-11-21", "--at", "Mühle=8h", "--away", "..18:00")
    logged(acme, "2026-11-23", "--at", "Mühle=3h", "--at", "Hof=3h", "--driven", "50")
    assert acme("trial", "start", "Mill", "--on", "2026-11-20").code == 0
    (trial,) = acme("trial", "list", "--json").data
    since = trial["during"]
    assert (since["commute_km"], since["commute_s"], since["commute_money"]["amount"]) == (
        "74",
        3000,
        "6.00",
    )


def test_a_trial_compares_as_many_days_before(acme: Cowork) -> None:
    assert (
        acme("day", "place", "Mühle", "--kind", "space", "--km", "12", "--minutes", "25").code == 0
    )
    track(acme, "2026-11-20", "9:00", "12:00", "--place", "home", "--non-billable")
    track(acme, "2026-11-24", "9:00", "15:00", "--place", "Mühle")
    logged(acme, "2026-11-24")
    cost = (
        "expense",
        "add",
        "--text",
        "Day ticket",
        "--net",
        "15",
        "--category",
        "rent",
        "--date",
        "2026-11-24",
    )
    assert acme(*cost).code == 0
    assert acme("trial", "start", "Mill", "--on", "2026-11-23").code == 0
    assert acme("trial", "start", "Mill").code == 6
    assert acme("trial", "start", "Later", "--on", "2026-12-01").code == 2
    (trial,) = acme("trial", "list", "--json").data
    before, during = trial["before"], trial["during"]
    assert (before["from"], before["to"]) == ("2026-11-20", "2026-11-22")
    assert (before["duration_s"], before["share"], before["cost"]["amount"]) == (
        10_800,
        "0.0",
        "0.00",
    )
    assert (during["duration_s"], during["share"], during["cost"]["amount"]) == (
        21_600,
        "100.0",
        "15.00",
    )
    assert (during["commute_km"], during["commute_s"]) == ("24", 3000)
    assert acme("trial", "stop", "Mill", "--on", "2026-11-20").code == 2
    assert acme("trial", "stop", "Mill", "--on", "2026-11-24", "--json").data["to"] == "2026-11-24"
    assert acme("trial", "stop", "Mill").code == 6
    assert acme("trial", "stop", "Nothing").code == 5
    assert acme("undo", "2", "--yes").code == 0
    assert acme("trial", "list").rows == []
