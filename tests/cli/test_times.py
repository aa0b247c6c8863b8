"""Time as people meet it: clock changes, what is typed, the zone of the machine, holidays, reports."""

import pytest

from tests.conftest import Cowork

AUTUMN = {"COWORK_NOW": "2026-10-25T12:00:00+01:00"}
FIXED = {"COWORK_NOW": "2026-11-25T18:00:00+01:00"}


def at(instant: str) -> dict[str, str]:
    """The frozen clock."""
    return {"COWORK_NOW": instant}


def started(cowork: Cowork, text: str, now: str) -> str:
    """When a timer starts that is told so at an instant."""
    outcome = cowork("start", "acme/site", "--at", text, "--json", env=at(now))
    assert outcome.code == 0, outcome
    return str(outcome.data["from"])


# ---- elapsed time


@pytest.mark.parametrize(
    ("now", "text", "begin"),
    [
        ("2026-10-25T12:00:00+01:00", "vor 11 std", "2026-10-25T02:00:00+02:00"),  # 00:00Z
        ("2026-10-25T03:10:00+01:00", "-30m", "2026-10-25T02:40:00+01:00"),
        ("2026-10-25T02:10:00+01:00", "-30m", "2026-10-25T02:40:00+02:00"),
        ("2026-03-29T03:15:00+02:00", "30m ago", "2026-03-29T01:45:00+01:00"),
        ("2026-10-25T12:00:00+01:00", "2026-10-25T2:30+02:00", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_so_long_ago_is_elapsed_time(acme: Cowork, now: str, text: str, begin: str) -> None:
    assert started(acme, text, now) == begin


def test_what_is_echoed_is_elapsed_time(acme: Cowork) -> None:
    outcome = acme("start", "acme/site", "--at", "vor 11 std", env=AUTUMN)
    assert "02:00 today, 11 h ago" in outcome.err


def test_a_length_over_the_clock_change_is_elapsed_time(acme: Cowork) -> None:
    words = ("track", "add", "acme/site", "--from", "1:30", "--for", "3h", "--json")
    entry = acme(*words, env=AUTUMN).data
    assert (entry["duration_s"], entry["to"]) == (3 * 3600, "2026-10-25T03:30:00+01:00")


def test_a_timer_forgotten_over_the_clock_change(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "2026-10-24T22:00", env=at("2026-10-24T22:00:00+02:00"))
    outcome = acme("track", "status", env=at("2026-10-25T10:00:00+01:00"))
    assert "13 hours" in outcome.err


def suggestion(cowork: Cowork, now: str) -> str:
    """The end that is proposed where nobody can be asked."""
    line = next(
        line for line in cowork("track", "status", env=at(now)).err.splitlines() if "End it" in line
    )
    return line.partition('--at "')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("begin", "now", "end"),
    [
        # After the working hours and without another command: the end of that day.
        ("2026-11-24T20:00:00+01:00", "2026-11-25T09:00:00+01:00", "2026-11-25T04:00"),
        # The working hours end at a time that happens twice.
        ("2026-10-25T01:00:00+02:00", "2026-10-26T09:00:00+01:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_the_suggested_end_can_be_typed(acme: Cowork, begin: str, now: str, end: str) -> None:
    if "10-25" in begin:
        acme("config", "set", "hours.day_boundary", "00:00")
        acme("config", "set", "hours.week", "Mo-Su 01:00-02:30")
    acme("start", "acme/site", env=at(begin))
    told = suggestion(acme, now)
    assert told == end
    assert acme("stop", "--at", told, env=at(now)).code == 0


def test_the_last_command_in_the_minute_of_the_start_is_an_end_after_it(acme: Cowork) -> None:
    acme("start", "acme/site", env=at("2026-11-24T20:00:30+01:00"))
    acme("client", "edit", "acme", "--name", "Acme AG", env=at("2026-11-24T20:00:50+01:00"))
    now = "2026-11-25T09:00:00+01:00"
    assert suggestion(acme, now) == "2026-11-24T20:00:50"
    assert acme("stop", "--at", suggestion(acme, now), env=at(now)).code == 0


# ---- what is typed


@pytest.mark.parametrize(
    "words",
    [
        ("start", "acme/site", "--at", "2026-11-20T25:00Z"),
        ("start", "acme/site", "--at", "2026-11-20T09:00+25:00"),
        ("start", "acme/site", "--at", "2026-11-20T09:00+01:99"),
        ("start", "acme/site", "--at", "vor 99999999999 std"),
        ("start", "acme/site", "--at", "0001-01-01T00:00Z"),
        ("start", "acme/site", "--at", "9999-12-31T23:59+14:00"),
        ("start", "acme/site", "--at", "24:00"),
        ("track", "add", "acme/site", "--from", "9:00", "--for", "1:75"),
        ("track", "add", "acme/site", "--from", "9:00", "--for", "1h99"),
        ("track", "list", "--in", "9999-12"),
        ("track", "list", "--in", "0001"),
        ("track", "list", "--from", "9999-12-31"),
        ("track", "list", "--from", "+99999w"),
        ("track", "gaps", "--from", "0001-01-01"),
        ("track", "remove", "-²"),
        ("track", "remove", "e-²"),
        ("track", "show", "e-99999999999999999999"),
        ("history", "--limit", "²"),
        ("undo", "²"),
        ("invoice", "show", "draft-²"),
        ("expense", "show", "x-²"),
        ("booking", "show", "b-²"),
        ("booking", "list", "--in", "9999-12"),
        ("report", "vat", "--in", "9999-12"),
        ("report", "hours", "--in", "9999"),
        ("invoice", "draft", "acme", "--in", "9999-12"),
    ],
)
def test_no_typed_value_is_our_bug(acme: Cowork, words: tuple[str, ...]) -> None:
    outcome = acme(*words)
    assert outcome.code in (2, 5), outcome
    assert outcome.err.startswith("error: ")


@pytest.mark.parametrize(
    "now", ["2026-11-20T25:00Z", "9999-12-31T23:59:59Z", "2026-11-20T09:00+01:99", "²"]
)
def test_a_clock_that_cannot_be_frozen_so_is_named(cowork: Cowork, now: str) -> None:
    outcome = cowork("status", env=at(now))
    assert (outcome.code, "COWORK_NOW" in outcome.err) == (2, True)


@pytest.mark.parametrize("columns", ["²", "-1", "99999999999999999999", "0", "८०"])
def test_a_width_that_is_none_is_ignored(acme: Cowork, columns: str) -> None:
    assert acme("client", "list", "-o", "table", env={"COLUMNS": columns}).code == 0


def test_hours_alone_and_the_end_of_the_day(acme: Cowork) -> None:
    add = ("track", "add", "acme/site", "--json")
    morning = acme(*add, "--from", "9", "--to", "10").data
    assert (morning["from"][11:16], morning["to"][11:16]) == ("09:00", "10:00")
    night = acme(*add, "--from", "22", "--to", "24:00", "--on", "gestern").data
    assert night["to"] == "2026-11-25T00:00:00+01:00"


def test_a_spoken_time_is_echoed(acme: Cowork) -> None:
    assert "Started acme/site at 09:30 today" in acme("start", "acme/site", "--at", "halb zehn").err


@pytest.mark.parametrize(
    ("flag", "range_"),
    [
        (("--last-week",), "2026-11-16 to 2026-11-22"),
        (("--last-month",), "2026-10-01 to 2026-10-31"),
        (("--last-quarter",), "2026-07-01 to 2026-09-30"),
        (("--last-year",), "2025-01-01 to 2025-12-31"),
        (("--in", "november"), "2026-11-01 to 2026-11-30"),
        (("--in", "11.2026"), "2026-11-01 to 2026-11-30"),
        (("--in", "Q4"), "2026-10-01 to 2026-12-31"),
        (("--in", "november 2025"), "2025-11-01 to 2025-11-30"),
        (("--in", "KW48"), "2026-11-23 to 2026-11-29"),
    ],
)
def test_periods(acme: Cowork, flag: tuple[str, ...], range_: str) -> None:
    outcome = acme("report", "hours", *flag, env=FIXED)
    assert f"Range: {range_}" in outcome.err


# ---- the zone of the machine


@pytest.mark.parametrize(
    "zone", ["CET-1CEST,M3.5.0,M10.5.0/3", "localtime", "posixrules", "Factory", "posix/Europe/Berlin",
             "right/Europe/Berlin", "/etc/passwd", "/nowhere"],
)  # fmt: skip
def test_a_zone_that_names_no_place_is_told(cowork: Cowork, zone: str) -> None:
    outcome = cowork("track", "status", env={"TZ": zone})
    assert outcome.code == 2
    assert "TZ" in outcome.err
    assert "cowork config set timezone" in outcome.err


def test_the_hint_for_a_wrong_zone_works(cowork: Cowork) -> None:
    world = {"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}
    assert cowork("config", "set", "timezone", "Europe/Berlin", env=world).code == 0
    assert cowork("track", "status", env=world).code == 0


@pytest.mark.parametrize(
    "zone", [":Europe/Paris", "Europe/Paris", ":/usr/share/zoneinfo/Europe/Paris"]
)
def test_a_name_and_a_path_are_zones(zone: str, tmp_path: object) -> None:
    from cowork_cli.system_zone import system_zone

    assert system_zone({"TZ": zone}) == "Europe/Paris"


# ---- holidays and reports


def test_a_holiday_is_no_gap_and_that_is_said(acme: Cowork) -> None:
    acme("config", "set", "land", "BY")
    outcome = acme("track", "gaps", "--from", "2026-01-05", "--to", "2026-01-07", "--json")
    assert {gap["from"][:10] for gap in outcome.data["gaps"]} == {"2026-01-05", "2026-01-07"}
    assert outcome.data["holidays"] == [{"day": "2026-01-06", "name": "Heilige Drei Könige"}]
    assert "No gaps on public holidays: Tue 2026-01-06 Heilige Drei Könige." in outcome.err


def test_a_holiday_of_other_lands_is_a_gap(acme: Cowork) -> None:
    acme("config", "set", "land", "BE")
    outcome = acme("track", "gaps", "--from", "2026-01-06", "--to", "2026-01-06", "--json")
    assert (len(outcome.data["gaps"]), outcome.data["holidays"]) == (1, [])


def test_a_day_that_may_be_a_holiday_is_said(acme: Cowork) -> None:
    acme("config", "unset", "land")
    outcome = acme("track", "gaps", "--from", "2026-01-06", "--to", "2026-01-06")
    assert "may be a public holiday" in outcome.err
    assert "cowork config set land" in outcome.err


def test_a_report_says_that_it_leaves_the_timer_out(acme: Cowork) -> None:
    acme("start", "acme/site", "--at", "vor 2 std")
    for report in (("hours",), ("unbilled",)):
        outcome = acme("report", *report, "--json")
        line = "Running: the timer of acme/site (2 h 0 min so far) is left out."
        assert line in outcome.err
        assert line in outcome.json["notes"]
    assert "Running" not in acme("report", "hours", "--last-month").err


def test_what_lies_outside_is_in_the_document_too(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9", "--to", "10", "--on", "gestern")
    (line,) = acme("report", "hours", "--today", "--json").json["notes"]
    assert line == "Range: 2026-11-25; 1 entry (1 h 0 min) outside."
    acme("start", "acme/site", "--at", "vor 2 std")
    for span in (
        "--last-month",
        "--today",
    ):  # the timer lies outside of the one, inside of the other
        notes = acme("report", "hours", span, "--json").json["notes"]
        assert [note for note in notes if "; 1 entry (1 h 0 min) outside." in note]


def test_a_booking_on_a_holiday_has_a_note(acme: Cowork) -> None:
    acme(
        "space", "add", "Alm", "--street", "Weg 1", "--postcode", "80331", "--city", "München",
        "--country", "DE", "--hours", "Mo-Fr 09:00-18:00",
    )  # fmt: skip
    acme("desk", "add", "Alm", "Tisch")
    line = "Wed 2027-01-06 is a public holiday at Alm: Heilige Drei Könige."
    assert line in acme("desk", "free", "Alm", "--on", "2027-01-06").err
    assert line in acme("book", "Tisch", "--on", "2027-01-06", "--from", "9", "--to", "10").err
    assert "holiday" not in acme("book", "Tisch", "--on", "2027-01-07", "--all-day").err


def test_a_whole_day_at_hours_that_are_not_understood_asks_for_times(acme: Cowork) -> None:
    acme(
        "space", "add", "Alm", "--street", "Weg 1", "--postcode", "80331", "--city", "München",
        "--country", "DE", "--hours", "nach Vereinbarung",
    )  # fmt: skip
    acme("desk", "add", "Alm", "Tisch")
    outcome = acme("book", "Tisch", "--on", "2026-12-01", "--all-day")
    assert outcome.code == 2
    assert "--from 09:00 --to 17:00" in outcome.err
    assert acme("booking", "list").out == ""


@pytest.mark.parametrize("day", ["vorgestern", "letzten freitag", "23.11.26", "2026-11-23"])
def test_a_day_alone_is_told_what_it_lacks(acme: Cowork, day: str) -> None:
    refused = acme("start", "acme/site", "--at", day)
    assert refused.code == 2
    assert f'error: "{day}" is a day without a time' in refused.err
    assert f"hint: give the time too: `{day} 9:00`" in refused.err
    assert acme("start", "acme/site", "--at", f"{day} 9:00").code == 0
