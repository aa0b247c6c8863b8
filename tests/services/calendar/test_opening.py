"""Opening hours: the corrections, unknown stays unknown, and the days of a change of the clocks."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.services.calendar import opening, week
from cowork_cli.services.calendar.holidays import Region

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY, SUNDAY = date(2026, 12, 1), date(2026, 12, 6)
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def noon(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def clocks(text: str, day: date) -> list[str] | None:
    found = opening.spans(text, day, BERLIN)
    return None if found is None else [f"{a:%H:%M}-{b:%H:%M}" for a, b in found]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Mo-Fr 08:00-18:00", "open"),
        ("Mo,We 08:00-18:00", "closed"),
        ("24/7", "open"),
        ('"nach Vereinbarung"', "unknown"),
        ('Tu "nur mit Termin"', "unknown"),
        ('Mo-Fr 08:00-18:00 open "Empfang"', "open"),
        ('Sa 10:00-12:00 || "nach Vereinbarung"', "unknown"),
        ("werktags außer montags", "unknown"),
    ],
)
def test_the_state_of_a_tuesday_noon(text: str, state: str) -> None:
    hours = opening.state_at(text, noon(TUESDAY), BERLIN)
    assert (hours.text, hours.state) == (text, state)


def test_no_hours_are_unknown() -> None:
    assert opening.state_at(None, noon(TUESDAY), BERLIN).state == "unknown"
    assert opening.day_hours(None, TUESDAY, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Mo–Fr 09:00 – 18:00", "Mo-Fr 09:00-18:00"),
        ("Mo, Fr 10:00-16:00", "Mo,Fr 10:00-16:00"),
        ("Mo-Fr: 09.00-18.00 Uhr", "Mo-Fr 09:00-18:00"),
        ("Di-Do 9:00-12:00;", "Tu-Th 9:00-12:00"),
        ("Mo-Fr 09:00-18:00,Sa 10:00-12:00", "Mo-Fr 09:00-18:00, Sa 10:00-12:00"),
        ('Mo "Di – So, 9.00 Uhr"', 'Mo "Di – So, 9.00 Uhr"'),
    ],
)
def test_misspellings_are_mended_outside_of_quotes(text: str, mended: str) -> None:
    assert opening.normalised(text) == mended
    assert opening.parses(text)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Mo-Fr 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("Mon to Fri 9:30 a.m. to 5.30 p.m.", "Mo-Fr 09:30-17:30"),
        ("daily 12am-12pm", "Mo-Su 00:00-12:00"),
        ("Fr 5 PM – 12 AM", "Fr 17:00-24:00"),
        ("Weekdays 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("7-22h", "07:00-22:00"),
        ("Mo-So 0-24h", "Mo-Su 00:00-24:00"),
        ("Mo-Fr 9h30-18h", "Mo-Fr 09:30-18:00"),
        ("Mo-Fr 9.30h - 17.30h", "Mo-Fr 9:30-17:30"),
        ("Mo-Fr 9 Uhr 30 bis 17 Uhr", "Mo-Fr 09:30-17:00"),
        ("Mo-Fr 0900-1730", "Mo-Fr 09:00-17:30"),
        ("Mo-Fr ab 9 Uhr", "Mo-Fr 09:00+"),
        ("Mo-Sa 9-17 Uhr (außer an Feiertagen)", "Mo-Sa 09:00-17:00; PH off"),
        ("24h", "24/7"),
    ],
)
def test_what_has_one_meaning_is_read(text: str, mended: str) -> None:
    assert opening.normalised(text) == mended
    assert opening.parses(text)


@pytest.mark.parametrize(
    "text",
    [
        "werktags 9-17 Uhr",  # with Saturday by law (§ 3 Abs. 2 BUrlG), without it to most
        "wochentags 9-17 Uhr",
        "Mo-Fr 9-5",  # a working day to most, a night by the letter
        "Mo-Fr 9-5pm",
        "Mo-Fr 13pm-5pm",
        "Mo-Fr 0am-5pm",
        "Mo-Fr bis 18 Uhr",
    ],
)
def test_what_may_mean_two_things_is_not_read(text: str) -> None:
    assert not opening.parses(text)
    state = opening.state_at(text, datetime(2026, 11, 24, 10, tzinfo=BERLIN), BERLIN)
    assert (state.text, state.state) == (text, "unknown")


def test_a_blank_after_the_comma_does_not_open_all_monday() -> None:
    assert clocks("Mo, Fr 10:00-16:00", date(2026, 11, 30)) == ["10:00-16:00"]


def test_the_hours_of_a_day() -> None:
    assert clocks("Mo-Fr 08:00-12:00,13:00-18:00", TUESDAY) == ["08:00-12:00", "13:00-18:00"]
    assert clocks("Mo-Fr 08:00-18:00", SUNDAY) == []
    assert clocks("24/7", TUESDAY) == ["00:00-00:00"]
    assert clocks("what?", TUESDAY) is None
    whole = opening.day_hours("Mo-Fr 08:00-12:00,13:00-18:00", TUESDAY, BERLIN)
    assert whole is not None
    assert [f"{moment:%H:%M}" for moment in whole] == ["08:00", "18:00"]


def test_a_night_belongs_to_the_day_it_began_on() -> None:
    assert clocks("Mo-Tu 20:00-02:00", TUESDAY) == ["20:00-02:00"]
    assert clocks("Mo 20:00-02:00", TUESDAY) == []


def test_a_nationwide_holiday_closes() -> None:
    assert clocks("Mo-Fr 08:00-18:00; PH off", date(2026, 12, 25)) == []


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_hours_keep_their_clock_when_the_clocks_change(day: date) -> None:
    assert clocks("Mo-Su 08:00-18:00", day) == ["08:00-18:00"]


@pytest.mark.shared_data
def test_almost_all_real_values_parse() -> None:
    file = SHARED / "osm-opening-hours-values.tsv"
    if not file.exists():
        pytest.skip(f"the folder of real open data is absent: {SHARED}")
    with file.open(encoding="utf-8", newline="") as handle:
        rows = [row[1] for row in csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
    broken = [text for text in rows if not opening.parses(text)]
    assert len(rows) > 1200
    assert len(broken) * 100 <= len(rows), broken


MUNICH, LEIPZIG, BERLIN_LAND = (Region("DE", land) for land in ("BY", "SN", "BE"))
WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "region"),
    [
        (date(2026, 1, 6), MUNICH),
        (date(2026, 11, 18), LEIPZIG),
        (date(2027, 3, 8), BERLIN_LAND),
        (date(2026, 5, 1), Region("AT")),
    ],
)
def test_a_holiday_of_the_land_is_not_open_until_six(day: date, region: Region) -> None:
    said = opening.state_at("Mo-Fr 09:00-18:00; PH off", noon(day), BERLIN, region)
    unsaid = opening.state_at("Mo-Fr 09:00-18:00", noon(day), BERLIN, region)
    assert (said.state, unsaid.state) == ("closed", "unknown")
    assert opening.spans("Mo-Fr 09:00-18:00; PH off", day, BERLIN, region) == []
    assert opening.state_on("Mo-Fr 09:00-18:00", day, BERLIN, region).state == "unknown"


def test_where_the_land_is_not_known_a_holiday_of_some_is_unknown() -> None:
    day = date(2026, 1, 6)
    assert opening.spans("Mo-Fr 09:00-18:00; PH off", day, BERLIN, Region("DE")) is None
    assert opening.spans("Mo-Fr 09:00-18:00; PH off", day, BERLIN, BERLIN_LAND) != []
    assert opening.state_at("Mo-Fr 09:00-18:00", noon(day), BERLIN, BERLIN_LAND).state == "open"


def test_without_a_table_hours_that_name_holidays_are_not_sure() -> None:
    for region, day in ((Region("IT"), WEDNESDAY), (MUNICH, date(2040, 1, 4))):
        assert (
            opening.state_at("Mo-Fr 09:00-18:00; PH off", noon(day), BERLIN, region).state
            == "unknown"
        )
        assert (
            opening.state_at("Mo-Fr 09:00-18:00; PH off", noon(day, 20), BERLIN, region).state
            == "closed"
        )
        assert opening.state_at("Mo-Fr 09:00-18:00", noon(day), BERLIN, region).state == "open"


def test_holidays_with_hours_of_their_own() -> None:
    day = date(2026, 1, 6)  # a Tuesday
    assert clocks_in("Mo-Fr,PH 09:00-18:00; PH 10:00-12:00", day, MUNICH) == ["10:00-12:00"]
    assert clocks_in("PH Mo-Fr 10:00-12:00", day, MUNICH) == ["10:00-12:00"]
    assert clocks_in("PH Mo-Fr 10:00-12:00", date(2026, 1, 7), MUNICH) == []
    assert clocks_in("Nov-Feb Mo-Fr 09:00-17:00; Nov-Feb PH off", day, MUNICH) == []


@pytest.mark.parametrize(
    "text", ["Mo-Fr 09:00-18:00; SH off", "SH Mo-Fr 09:00-18:00", "SH,Mo 09:00-18:00"]
)
def test_school_holidays_are_not_known(text: str) -> None:
    assert opening.state_at(text, noon(WEDNESDAY), BERLIN, MUNICH).state == "unknown"
    assert opening.spans(text, WEDNESDAY, BERLIN, MUNICH) is None
    assert opening.state_at(text, noon(WEDNESDAY, 20), BERLIN, MUNICH).state == "closed"


def clocks_in(text: str, day: date, region: Region) -> list[str] | None:
    found = opening.spans(text, day, BERLIN, region)
    return None if found is None else [f"{a:%H:%M}-{b:%H:%M}" for a, b in found]


def test_a_day_off_keeps_the_tail_of_the_night_before_and_loses_its_own() -> None:
    text = "Mo-Su 22:00-02:00; Tu off"
    assert clocks(text, WEDNESDAY) == ["22:00-02:00"]
    assert clocks(text, date(2026, 11, 24)) == []
    states = [
        opening.state_at(text, datetime(2026, 11, day, 1, tzinfo=BERLIN), BERLIN).state
        for day in (24, 25, 26)
    ]
    assert states == ["open", "closed", "open"]
    assert clocks("Fr 18:00-26:00; Sa off", date(2026, 11, 27)) == ["18:00-02:00"]


def test_an_open_end_is_unknown_from_where_it_begins() -> None:
    assert opening.state_at("Mo-Fr 09:00+", noon(WEDNESDAY), BERLIN).state == "unknown"
    assert opening.state_at("Mo-Fr 09:00+", noon(WEDNESDAY, 8), BERLIN).state == "closed"
    known = opening.state_at("Mo-Fr 09:00-17:00+", noon(WEDNESDAY), BERLIN)
    assert (known.state, known.next_change) == ("open", noon(WEDNESDAY, 17))
    assert opening.state_at("Mo-Fr 09:00-17:00+", noon(WEDNESDAY, 18), BERLIN).state == "unknown"
    assert clocks("Mo-Fr 09:00+", WEDNESDAY) is None


@pytest.mark.parametrize("text", ["Mo-Su,PH 00:00-24:00", "24/7"])
def test_hours_without_an_end_are_sought_for_a_hundred_days(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    real = opening._head

    def counted(*words: Any) -> Any:
        asked.append(words[2])
        return real(*words)

    monkeypatch.setattr(opening, "_head", counted)
    hours = opening.state_at(text, noon(WEDNESDAY), BERLIN, BERLIN_LAND)
    assert (hours.state, hours.next_change) == ("open", None)
    assert len(asked) < 130


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Mo bis Fr 9-18", "Mo-Fr 09:00-18:00"),
        ("Montag-Freitag 9-18 Uhr", "Mo-Fr 09:00-18:00"),
        ("Montag bis Freitag: 9:00 - 18:00 Uhr", "Mo-Fr 9:00-18:00"),
        ("montags bis freitags von 9 bis 17 Uhr", "Mo-Fr 09:00-17:00"),
        ("9-12, 14-18", "09:00-12:00,14:00-18:00"),
        ("8-12 und 13-17 Uhr", "08:00-12:00,13:00-17:00"),
        ("Mo - Fr: 08.00 - 12.00 und 13.00 - 17.00 Uhr", "Mo-Fr 08:00-12:00,13:00-17:00"),
        ("Mo.-Fr. 9-17", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 9-17; Feiertage geschlossen", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo-Fr 9-17, Feiertags geschlossen", "Mo-Fr 09:00-17:00, PH off"),
        ("täglich 9-18", "Mo-Su 09:00-18:00"),
        ("09:00 bis 17:00", "09:00-17:00"),
        ("Sa-So: closed", "Sa-Su off"),
        ("Mo-Do 8.30-17 Uhr, Fr 8.30-14 Uhr", "Mo-Th 08:30-17:00, Fr 08:30-14:00"),
        ("Mo und Mi 9-12 Uhr", "Mo,We 09:00-12:00"),
        ("nach Vereinbarung", '"by appointment"'),
        ("Mo-Fr 9-17 Uhr, Sa nach Vereinbarung", 'Mo-Fr 09:00-17:00, Sa "by appointment"'),
        ("rund um die Uhr", "24/7"),
        ("Dec 24-26 off", "Dec 24-26 off"),
    ],
)
def test_german_ways_to_write_hours(text: str, mended: str) -> None:
    assert opening.normalised(text) == mended
    assert opening.parses(text)


def test_the_states_of_a_day_leave_no_gap_over_the_change_of_the_clocks() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for text in ("Mo-Su 22:00-05:00; Su off", "Mo-Su 01:00-04:00", "Mo-Su 22:00-02:30"):
            for minute in range(0, 26 * 60, 30):
                instant = datetime.combine(day, time(), BERLIN).astimezone(UTC) + timedelta(
                    minutes=minute
                )
                assert opening.state_at(text, instant, BERLIN, MUNICH).state in ("open", "closed")


def test_what_begins_while_the_night_before_lasts_is_open_all_along() -> None:
    hours = opening.state_at("Mo 20:00-03:00; Tu 00:00-01:00,10:00-18:00", noon(TUESDAY, 0), BERLIN)
    assert (hours.state, hours.next_change) == ("open", noon(TUESDAY, 3))


def test_a_night_that_may_be_longer_by_appointment_is_not_closed() -> None:
    text = 'Mo-Fr 20:00-02:00 || "by appointment"'
    night, midday = (opening.state_at(text, noon(TUESDAY, hour), BERLIN) for hour in (1, 12))
    assert (night.state, night.next_change) == ("open", noon(TUESDAY, 2))
    assert (midday.state, midday.next_change) == ("unknown", noon(TUESDAY, 20))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("nonsense", "unknown"),
        ('Mo-Fr 09:00-17:00 "until', "unknown"),
        ('Mo-Fr 09:00-17:00; Sa "until', "unknown"),
        (";", "unknown"),
        ("Mo-Fr 09:00-17:00\n", "open"),
        ("Mo-Fr 09:00-17:00;\n", "open"),
        ("off", "closed"),
        ("; Mo-Fr 09:00-17:00 ;; Sa off", "open"),
    ],
)
def test_what_is_no_rule_is_passed_over_or_not_read(text: str, state: str) -> None:
    assert opening.state_at(text, noon(TUESDAY), BERLIN).state == state


def test_the_first_year_of_the_table_needs_no_year_before_it() -> None:
    text = "Mo-Fr 09:00-17:00; PH off"
    states = [opening.state_on(text, date(2015, 1, day), BERLIN).state for day in (1, 2)]
    assert states == ["closed", "open"]


def test_without_a_table_a_season_of_holidays_leaves_the_rest_of_the_year_sure() -> None:
    nowhere = Region("XX", None, None)
    text = "Mo-Fr 09:00-17:00; Nov-Feb PH off"
    days = (date(2026, 12, 1), date(2026, 6, 1))
    assert [opening.state_on(text, day, BERLIN, nowhere).state for day in days] == [
        "unknown",
        "open",
    ]


def test_hours_that_cannot_be_read_have_no_week() -> None:
    assert week.pattern("nonsense", TUESDAY, 28, BERLIN, opening.GERMANY) is None
