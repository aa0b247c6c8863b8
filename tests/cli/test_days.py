"""The day log: filled from what is known, asked once, refused whole where it cannot be."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Cowork


@pytest.fixture
def mill(acme: Cowork) -> Cowork:
    """A client in Germany, and a space with a way to it."""
    for words in (
        (
            "space",
            "add",
            "Mühle",
            "--postcode",
            "14827",
            "--city",
            "Wiesenburg/Mark",
            "--country",
            "DE",
        ),
        ("day", "place", "Mühle", "--km", "12.4", "--minutes", "25", "--mode", "car"),
    ):
        assert acme(*words).code == 0
    return acme


def track(cowork: Cowork, day: str, begin: str, end: str, *more: str) -> None:
    done = cowork("track", "add", "acme/site", "--on", day, "--from", begin, "--to", end, *more)
    assert done.code == 0, str(done)


def logged(cowork: Cowork, *words: str) -> dict[str, object]:
    done = cowork("day", "log", *words, "--json")
    assert done.code == 0, str(done)
    data: dict[str, object] = done.data
    return data


def test_a_day_is_filled_from_its_hours(mill: Cowork) -> None:
    track(mill, "2026-11-24", "8:00", "13:00", "--place", "home")
    track(mill, "2026-11-24", "14:00", "17:00", "--place", "mühle")
    day = logged(mill, "2026-11-24")
    assert (day["class"], day["kind"], day["duration_s"], day["home_s"]) == (
        "HC", "mixed", 28_800, 18_000,
    )  # fmt: skip
    home, space = day["stays"]  # type: ignore[misc]
    assert (home["place"], home["from"], home["to"], home["source"]) == (
        "home",
        "08:00",
        "13:00",
        "hours",
    )
    assert (space["title"], space["way_km"], space["way_s"], space["mode"]) == (
        "Mühle",
        "12.4",
        1500,
        "car",
    )
    assert mill("day", "log", "2026-11-24").code == 6
    assert mill("undo", "--yes").code == 0
    assert mill("day", "show", "2026-11-24").code == 5
    assert mill("redo").code == 0
    assert mill("day", "show", "2026-11-24", "--json").data == day
    assert mill("data", "verify").code == 0


def test_work_over_midnight_belongs_to_both_days(acme: Cowork) -> None:
    done = acme(
        "track", "add", "acme/site", "--from", "2026-11-23T22:00", "--to", "2026-11-24T01:30",
        "--place", "home",
    )  # fmt: skip
    assert done.code == 0, str(done)
    assert logged(acme, "2026-11-23")["duration_s"] == 2 * 3600
    after = logged(acme, "2026-11-24")
    assert after["duration_s"] == 5400
    first, second = (
        acme("day", "show", day, "--json").data["stays"][0] for day in ("2026-11-23", "2026-11-24")
    )
    assert (first["to"], second["from"], second["to"]) == ("24:00", "00:00", "01:30")


def test_the_night_the_clocks_go_back_is_as_long_as_it_was(acme: Cowork) -> None:
    track(acme, "2026-10-25", "00:30", "04:30", "--place", "home")
    assert logged(acme, "2026-10-25")["duration_s"] == 5 * 3600


def test_a_day_abroad_is_cut_by_the_clock_it_was_lived_in(acme: Cowork) -> None:
    tokyo = {"COWORK_NOW": "2026-11-24T20:00:00+01:00"}
    assert acme("config", "set", "timezone", "Asia/Tokyo").code == 0
    done = acme(
        "track", "add", "acme/site", "--from", "2026-11-24T22:00", "--to", "2026-11-25T02:00",
        "--place", "home", env=tokyo,
    )  # fmt: skip
    assert done.code == 0, str(done)
    assert acme("config", "set", "timezone", "Europe/Berlin").code == 0
    assert logged(acme, "2026-11-24")["duration_s"] == 7200
    assert logged(acme, "2026-11-25")["duration_s"] == 7200


def test_hours_of_another_program_name_a_space_as_people_do(mill: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("date,start,end,client,project,place\n2026-11-24,9:00,12:00,acme,site,mühle\n")
    assert mill("track", "import", "--format", "csv", str(file)).code == 0
    day = logged(mill, "2026-11-24")
    assert day["stays"][0]["place"] == "local:muehle"  # type: ignore[index]
    assert day["stays"][0]["way_km"] == "12.4"  # type: ignore[index]


def test_a_client_is_a_place_of_its_own(acme: Cowork) -> None:
    track(acme, "2026-11-24", "9:00", "12:00", "--place", "client")
    day = logged(acme, "2026-11-24")
    assert day["class"] == "M"
    assert day["stays"][0]["place"] == "client/acme"  # type: ignore[index]


def test_a_booking_tells_the_place_of_hours_without_one(mill: Cowork) -> None:
    assert mill("desk", "add", "mühle", "Desk 1").code == 0
    booked = mill(
        "book", "Desk 1", "--on", "2026-11-24", "--from", "9:00", "--to", "12:00", "--json",
        env={"COWORK_NOW": "2026-11-20T09:00:00+01:00"},
    )  # fmt: skip
    assert booked.code == 0, str(booked)
    assert mill("config", "set", "timezone", "Europe/Berlin").code == 0
    for begin, end in (("9:00", "11:00"), ("11:30", "13:00")):
        track(mill, "2026-11-24", begin, end, "--place", "")
    missing = mill("day", "log", "2026-11-24")
    assert missing.code == 2
    assert "is not known for 1 h; booked was Mühle" in missing.err
    day = logged(mill, "2026-11-24", "--at", "home")
    stays = {stay["place"]: (stay["duration_s"], stay["source"]) for stay in day["stays"]}  # type: ignore[attr-defined]
    assert stays == {"local:muehle": (9000, "booking"), "home": (3600, "said")}


def test_where_one_checked_in_wins_over_what_was_only_booked(mill: Cowork) -> None:
    """Two desks of one morning, booked by mistake: the day was spent where one came."""
    assert mill("space", "add", "Hof", "--postcode", "14827", "--country", "DE").code == 0
    for space, name in (("mühle", "Desk 1"), ("Hof", "Desk 2")):
        assert mill("desk", "add", space, name).code == 0
        then = {"COWORK_NOW": "2026-11-20T09:00:00+01:00"}
        words = ("book", name, "--on", "2026-11-24", "--from", "9:00", "--to", "12:00")
        assert mill(*words, env=then).code == 0
    came = {"COWORK_NOW": "2026-11-24T09:05:00+01:00"}
    assert mill("booking", "checkin", "b-2", env=came).code == 0
    nothing = mill("day", "log", "2026-11-24", "--json")
    assert "how long you worked at local:hof is not known" in nothing.err
    track(mill, "2026-11-24", "9:00", "13:00", "--place", "")
    missing = mill("day", "log", "2026-11-24")
    assert "is not known for 1 h; you checked in at Hof" in missing.err
    day = logged(mill, "2026-11-24", "--at", "home")
    assert {stay["place"]: stay["duration_s"] for stay in day["stays"]} == {  # type: ignore[attr-defined]
        "local:hof": 10800, "home": 3600,
    }  # fmt: skip


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_booking_that_waits_for_its_check_in_tells_no_place(mill: Cowork, home: Path) -> None:
    assert mill("desk", "add", "mühle", "Desk 1").code == 0
    then = {"COWORK_NOW": "2026-11-20T09:00:00+01:00"}
    assert mill("book", "Desk 1", "--on", "2026-11-24", env=then).code == 0
    track(mill, "2026-11-24", "9:00", "12:00", "--place", "")
    by_booking = mill("day", "log", "2026-11-24", "--dry-run", "--json")
    assert by_booking.data["stays"][0]["source"] == "booking"
    store = sqlite3.connect(home / "data" / "cowork.db")
    with store:
        store.execute("UPDATE bookings SET check_in_by = 1795500000")
    store.close()
    missing = mill("day", "log", "2026-11-24")
    assert missing.code == 2
    assert "is not known for 3 h" in missing.err


def test_a_terminal_is_asked_once_and_a_script_told_the_flag(acme: Cowork) -> None:
    track(acme, "2026-11-24", "9:00", "12:00")
    refused = acme("day", "log", "2026-11-24", "--no-input", terminal=True)
    assert refused.code == 2
    assert "cowork day log 2026-11-24 --at PLACE" in refused.err
    asked = acme("day", "log", "2026-11-24", stdin="Café Nord\nspace\n3\n\nbike\n", terminal=True)
    assert asked.code == 0, str(asked)
    track(acme, "2026-11-23", "9:00", "12:00", "--place", "Café Nord")
    day = logged(acme, "2026-11-23")
    assert day["stays"][0]["way_km"] == "3"  # type: ignore[index]
    assert acme("day", "place", "Café Nord", "--json").data["mode"] == "bike"


def test_each_day_of_a_period_that_is_known_whole(mill: Cowork) -> None:
    track(mill, "2026-11-23", "9:00", "17:00", "--place", "home")
    track(mill, "2026-11-24", "9:00", "17:00", "--place", "mühle")
    track(mill, "2026-11-25", "9:00", "17:00")
    done = mill("day", "log", "--in", "2026-11", "--json")
    assert done.code == 8
    assert [day["date"] for day in done.data] == ["2026-11-23", "2026-11-24"]
    assert [problem["code"] for problem in done.json["problems"]] == ["place-missing"]
    assert mill("day", "log", "--in", "2026-11", "--at", "home").code == 0
    assert [row[1] for row in mill("day", "list", "--in", "2026-11").rows] == ["H", "C", "H"]
    assert mill("undo", "2", "--yes").code == 0
    assert mill("day", "list", "--in", "2026-11").rows == []


REFUSED = [
    (("--at", "home", "--at", "mühle"), "cannot be spent wholly"),
    (("--at", "home=13h", "--at", "mühle=12h"), "more than 2026-11-24 has"),
    (("--at", "mühle=8h", "--minutes", "800"), "more than 2026-11-24 has"),
    (("--at", "mühle=8h", "--minutes", "1500"), "longer than a day"),
    (("--at", "mühle=8h", "--km", "-4"), "cannot be"),
    (("--at", "mühle=8h", "--mode", "rocket"), "no way to go"),
    (("--at", "mühle=8h", "--away", "8:00..14:00"), "you worked 8 h away"),
    (("--at", "mühle=8h", "--away", "18:00..8:00"), "ends before it begins"),
    (("--at", "mühle=8h", "--away", "8:00"), "when you left"),
    (("--at", "home=8h", "--away", "8:00..18:00"), "needs a place away"),
    (("--at", "home=8h", "--km", "12"), "has no way"),
    (("--at", "mühle=17:00-9:00"), "ends before it begins"),
    (("--at", "home=9:00-13:00", "--at", "mühle=12:00-14:00"), "cannot have been"),
    (("--at", "home=2h", "--at", "home=3h"), "named twice"),
    (("--at", "=3h"), "no name of a place"),
    (("--at", "nowhere=3h"), "what kind of place"),
    (("--at", "client/nobody=3h"), "there is no client"),
    (("--at", "home=8h", "--driven", "12"), "has no way"),
    (("--at", "mühle=8h", "--km", ""), "is not a number"),
    (("--no-work", "--at", "home=3h"), "no places"),
    (("--at", "home=a lot"), "not a duration"),
    ((), "nothing is known"),
    (("--at", "home"), "how long you worked at home is not known"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED, ids=lambda value: " ".join(value)[:40])
def test_a_day_that_cannot_have_been_is_refused_whole(
    mill: Cowork, words: tuple[str, ...], message: str
) -> None:
    words = (words,) if isinstance(words, str) else words
    before = mill("history", "--json").data
    done = mill("day", "log", "2026-11-24", *words)
    assert done.code in (2, 5), str(done)
    assert message in done.err
    assert "hint:" in done.err
    assert mill("history", "--json").data == before
    assert mill("day", "list", "--in", "2026").rows == []


def test_a_day_to_come_is_not_logged(acme: Cowork) -> None:
    done = acme("day", "log", "2026-11-26", "--at", "home=3h")
    assert done.code == 2
    assert "in the future" in done.err


def test_no_work_where_hours_are_is_refused(acme: Cowork) -> None:
    track(acme, "2026-11-24", "9:00", "12:00")
    assert acme("day", "log", "2026-11-24", "--no-work").code == 2
    assert logged(acme, "2026-11-23", "--no-work", "--note", "ill")["class"] == "0"


def test_who_leaves_for_a_trip_has_work_on_that_day(acme: Cowork) -> None:
    done = acme("day", "log", "2026-11-06", "--no-work", "--away", "16:00..")
    assert done.code == 2
    assert "--at travel=3h --away 16:00.." in done.err
    assert acme("day", "show", "2026-11-06").code == 5


def test_an_edit_changes_what_is_said_and_nothing_else(mill: Cowork) -> None:
    logged(mill, "2026-11-24", "--at", "home=5h", "--at", "mühle=3h", "--purpose", "Plan")
    done = mill("day", "edit", "2026-11-24", "--away", "12:00..18:00", "--json")
    assert (done.data["away_s"], done.data["purpose"], done.data["class"]) == (21_600, "Plan", "HC")
    done = mill("day", "edit", "2026-11-24", "--at", "home=3h", "--at", "mühle=3h", "--json")
    assert (done.data["class"], done.data["exactly_half"], done.data["away_from"]) == (
        "C",
        True,
        "12:00",
    )
    assert "It says so already." in mill("day", "edit", "2026-11-24", "--purpose", "Plan").err
    bad = mill("day", "edit", "2026-11-24", "--at", "mühle=9h")
    assert bad.code == 2, "longer than the time away"
    assert mill("day", "show", "2026-11-24", "--json").data["duration_s"] == 21_600
    assert mill("day", "edit", "2026-11-24").code == 2
    cleared = mill("day", "edit", "2026-11-24", "--away", "none", "--purpose", "", "--json").data
    assert (cleared["away_from"], cleared["away_s"], cleared["purpose"]) == (None, None, None)
    assert mill("undo", "--yes").code == 0
    assert mill("undo", "2", "--yes").code == 0
    assert mill("day", "show", "2026-11-24", "--json").data["away_from"] is None


def test_hours_that_differ_from_the_log_are_told(acme: Cowork) -> None:
    track(acme, "2026-11-24", "9:00", "12:00")
    done = acme("day", "log", "2026-11-24", "--at", "home=5h")
    assert "The hours of 2026-11-24 say 3 h, the log 5 h." in done.err


def test_a_dry_run_writes_nothing(acme: Cowork) -> None:
    assert acme("day", "log", "2026-11-24", "--at", "home=5h", "--dry-run").code == 0
    assert acme("day", "show", "2026-11-24").code == 5


def test_a_removed_day_is_gone_and_its_hours_stay(acme: Cowork) -> None:
    track(acme, "2026-11-24", "9:00", "12:00", "--place", "home")
    logged(acme, "2026-11-24")
    assert acme("day", "remove", "2026-11-24").code == 0
    assert acme("day", "show", "2026-11-24").code == 5
    assert len(acme("track", "list", "--in", "2026-11").rows) == 1


def test_a_place_says_its_kind_once(acme: Cowork) -> None:
    assert acme("day", "place", "Café").code == 5
    assert acme("day", "place", "Café", "--km", "3").code == 2
    assert acme("day", "place", "Café", "--kind", "palace").code == 2
    assert acme("day", "place", "home", "--km", "3").code == 2
    assert acme("day", "place", "Café", "--kind", "space", "--instead-of", "Café").code == 2
    assert acme("day", "place", "Café", "--kind", "space", "--from", "2026-07-01").code == 2
    assert acme("day", "places").rows == []
    assert acme("day", "place", "Café", "--kind", "space", "--km", "3,5").code == 0
    assert acme("day", "place", "Café", "--json").data["way_km"] == "3.5"
    assert acme("day", "place", "Café", "--remove").code == 0
    assert acme("day", "places").rows == []


def test_a_month_says_whether_another_workplace_was_at_hand(acme: Cowork) -> None:
    assert len(acme("day", "month", "2026", "--other-workplace", "no").rows) == 12
    assert acme("day", "month", "2026-11", "--other-workplace", "maybe").code == 2
    assert acme("day", "month", "2026-W48", "--other-workplace", "no").code == 2
    assert acme("day", "month", "2026-11", "--other-workplace", "yes").rows == [["2026-11", "yes"]]
    assert len(acme("day", "month").rows) == 12


def test_the_reminder_is_quiet_when_there_is_nothing_to_say(acme: Cowork) -> None:
    found = acme("day", "reminder")
    assert (found.code, found.rows, found.err) == (
        0,
        [["2026-11-25", "0", "cowork day log 2026-11-25"]],
        "",
    )
    assert acme("day", "reminder", "--exit-code").code == 6
    logged(acme, "--at", "home=5h")
    quiet = acme("day", "reminder", "--exit-code")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    back = acme("day", "reminder", "--back", "4")
    assert [row[0] for row in back.rows] == ["2026-11-23", "2026-11-24"], "no weekend"
    holiday = {"COWORK_NOW": "2026-12-25T18:00:00+01:00"}
    assert acme("day", "reminder", env=holiday).rows == []
    assert acme("day", "reminder", "--back", "-1").code == 2
