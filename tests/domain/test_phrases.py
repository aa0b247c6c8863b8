"""Dates, times and durations as people type them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain import phrases
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 18, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "planned", "expected"),
    [
        ("2026-12-01", True, "2026-12-01"),
        ("1.12.2026", True, "2026-12-01"),
        ("1.12.", True, "2026-12-01"),
        ("1.12.", False, "2025-12-01"),
        ("24.11.", True, "2027-11-24"),
        ("24.11.", False, "2026-11-24"),
        ("29.2.", True, "2028-02-29"),
        ("today", True, "2026-11-25"),
        ("Heute", False, "2026-11-25"),
        ("morgen", True, "2026-11-26"),
        ("gestern", False, "2026-11-24"),
        ("+3d", True, "2026-11-28"),
        ("-2d", False, "2026-11-23"),
        ("wed", True, "2026-11-25"),
        ("wed", False, "2026-11-25"),
        ("tue", True, "2026-12-01"),
        ("tue", False, "2026-11-24"),
        ("Donnerstag", True, "2026-11-26"),
        ("do", False, "2026-11-19"),
    ],
)
def test_dates(text: str, planned: bool, expected: str) -> None:
    assert phrases.parse_date(text, TODAY, planned=planned).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["2026-02-30", "31.4.", "30.2.2026", "someday", "", "2026-13-01", "1.1", "0.0."]
)
def test_dates_that_do_not_exist(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        phrases.parse_date(text, TODAY, planned=True)
    assert text in caught.value.message
    assert caught.value.hint


def test_lists_and_ranges_of_dates() -> None:
    days = phrases.parse_dates(["tue,2026-12-03", "2026-12-05..2026-12-07"], TODAY)
    assert [day.day for day in days] == [1, 3, 5, 6, 7]
    with pytest.raises(BadInput, match="before it begins"):
        phrases.parse_dates(["2026-12-05..2026-12-01"], TODAY)
    with pytest.raises(BadInput, match="longer than a year"):
        phrases.parse_dates(["2026-12-05..2036-12-01"], TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", "2026-11-25T14:30:00+01:00"),
        ("9:05:07", "2026-11-25T09:05:07+01:00"),
        ("9 uhr", "2026-11-25T09:00:00+01:00"),
        ("9 Uhr 30", "2026-11-25T09:30:00+01:00"),
        ("2026-11-23T14:30", "2026-11-23T14:30:00+01:00"),
        ("2026-11-23 14:30", "2026-11-23T14:30:00+01:00"),
        ("yesterday 9:00", "2026-11-24T09:00:00+01:00"),
        ("gestern 9 uhr", "2026-11-24T09:00:00+01:00"),
        ("mon 8:15", "2026-11-23T08:15:00+01:00"),
        ("23.11. 8:15", "2026-11-23T08:15:00+01:00"),
        ("-15m", "2026-11-25T17:45:00+01:00"),
        ("15m ago", "2026-11-25T17:45:00+01:00"),
        ("vor 15 min", "2026-11-25T17:45:00+01:00"),
        ("vor 1 stunde", "2026-11-25T17:00:00+01:00"),
        ("now", "2026-11-25T18:00:00+01:00"),
        ("2026-07-01T12:00Z", "2026-07-01T14:00:00+02:00"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert phrases.parse_moment(text, NOW, BERLIN).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["25:00", "9", "noonish", "14:60", "24:00", "9 uhr 61", "--", "vor langem"]
)
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        phrases.parse_moment(text, NOW, BERLIN)


def test_a_time_inside_the_clock_change_does_not_exist() -> None:
    with pytest.raises(BadInput, match="does not exist"):
        phrases.parse_moment("2026-03-29T02:30", NOW, BERLIN)


def test_a_time_that_happens_twice_is_asked_for_and_can_be_told() -> None:
    with pytest.raises(BadInput, match="twice") as caught:
        phrases.parse_moment("2026-10-25T02:30", NOW, BERLIN)
    assert caught.value.hint is not None
    first = phrases.parse_moment("2026-10-25T02:30+02:00", NOW, BERLIN)
    second = phrases.parse_moment("2026-10-25T02:30+01:00", NOW, BERLIN)
    assert "2026-10-25T02:30+02:00" in caught.value.hint
    assert (second - first).total_seconds() == 0  # aware arithmetic in one zone is on the wall
    assert second.timestamp() - first.timestamp() == 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1h30", 5400), ("1h30m", 5400), ("90m", 5400), ("1:30", 5400), ("1.5h", 5400), ("1,5 std", 5400),
     ("2 std", 7200), ("45 min", 2700), ("30s", 30)],
)  # fmt: skip
def test_durations(text: str, seconds: int) -> None:
    assert phrases.parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "0m", "1x", "h", "-1h", "1:5", "12"])
def test_durations_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        phrases.parse_duration(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-q1", "2026-01-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-W48", "2026-11-23", "2026-11-29"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    assert phrases.parse_period(text) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2026-Q5", "2025-W53", "2026-13", "26", "last week"])
def test_periods_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        phrases.parse_period(text)


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("today", "2026-11-25", "2026-11-25"),
        ("week", "2026-11-23", "2026-11-29"),
        ("month", "2026-11-01", "2026-11-30"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_current_periods(unit: str, first: str, last: str) -> None:
    found = phrases.current_period(unit, TODAY)
    assert (str(found.from_), str(found.to)) == (first, last)
