"""Opening hours: the corrections, unknown stays unknown, and the days of a change of the clocks."""

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.services.calendar import opening

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
    assert len(broken) <= 15, broken
