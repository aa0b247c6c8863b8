"""What people type as a time: understood, or refused with BadInput; nothing else ever leaves a parser."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cowork_cli.domain import digits, phrases, zones
from cowork_cli.errors import BadInput

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 18, 0, tzinfo=BERLIN)


def moment(text: str, *, end: bool = False) -> str:
    return phrases.parse_moment(text, NOW, BERLIN, bare=True, end=end).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14.30", "14:30"), ("um 9 uhr", "09:00"), ("Um 9 Uhr 30", "09:30"), ("halb zehn", "09:30"),
        ("um halb 10", "09:30"), ("viertel nach 9", "09:15"), ("viertel vor 10", "09:45"),
        ("dreiviertel zehn", "09:45"), ("viertel zehn", "09:15"), ("zehn nach neun", "09:10"),
        ("fünf vor halb zehn", "09:25"), ("FUENF VOR HALB ZEHN", "09:25"), ("9am", "09:00"),
        ("9 a.m.", "09:00"), ("9:30 pm", "21:30"), ("12am", "00:00"), ("12pm", "12:00"),
        ("noon", "12:00"), ("mittags", "12:00"), ("midnight", "00:00"), ("half past nine", "09:30"),
        ("quarter to ten", "09:45"), ("9 o'clock", "09:00"), ("9 uhr abends", "21:00"),
        ("halb eins", "12:30"), ("viertel vor eins", "12:45"), ("3 uhr nachts", "03:00"), ("9", "09:00"),
        ("zwölf uhr", "12:00"), ("zwo\u0308lf uhr", "12:00"),
    ],
)  # fmt: skip
def test_clocks(text: str, clock: str) -> None:
    assert moment(text) == f"2026-11-25T{clock}+01:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vor 2 tagen", "2026-11-23T18:00"), ("2 days ago", "2026-11-23T18:00"),
        ("vor einer stunde", "2026-11-25T17:00"), ("half an hour ago", "2026-11-25T17:30"),
        ("vor zwei tagen um halb zehn", "2026-11-23T09:30"), ("vorgestern 9:00", "2026-11-23T09:00"),
        ("letzten freitag 9 uhr", "2026-11-20T09:00"), ("last friday 9:30", "2026-11-20T09:30"),
        ("25.11.26 9:30", "2026-11-25T09:30"), ("9 uhr gestern", "2026-11-24T09:00"),
        ("gestern um 9 uhr", "2026-11-24T09:00"), ("2026-11-20T9:00+01:00", "2026-11-20T09:00"),
        ("2026-11-20T24:00", "2026-11-21T00:00"), ("2026-11-20 08:00Z", "2026-11-20T09:00"),
    ],
)  # fmt: skip
def test_moments(text: str, expected: str) -> None:
    assert moment(text) == f"{expected}+01:00"


def test_an_end_may_be_midnight() -> None:
    assert moment("24:00", end=True) == moment("midnight", end=True) == "2026-11-26T00:00+01:00"
    for text in ("24:00", "24 uhr"):
        with pytest.raises(BadInput):
            moment(text)


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T25:00Z", "2026-11-20T24:00Z", "2026-11-20T10:00+25:00", "2026-11-20T10:00+01:99",
     "2026-11-20T10:00-12:30", "vor 99999999999 std", "-99999999h", "0001-01-01T00:00",
     "0001-01-01T00:00+14:00", "9999-12-31T23:59", "9999-12-31T23:59Z", "1:75 ago", "-1h99", "-²m",
     "９:00", "9²:00", "half nine", "kurz vor 9", "yesterday", "13pm", "0am", "halb 26"],
)  # fmt: skip
def test_moments_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        moment(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "recorded", "planned"),
    [
        ("vorgestern", "2026-11-23", "2026-11-23"), ("übermorgen", "2026-11-27", "2026-11-27"),
        ("UEBERMORGEN", "2026-11-27", "2026-11-27"), ("letzten freitag", "2026-11-20", "2026-11-20"),
        ("last wednesday", "2026-11-18", "2026-11-18"), ("nächsten montag", "2026-11-30", "2026-11-30"),
        ("naechsten mittwoch", "2026-12-02", "2026-12-02"), ("25.11.26", "2026-11-25", "2026-11-25"),
        ("1. dezember", "2025-12-01", "2026-12-01"), ("december 1", "2025-12-01", "2026-12-01"),
        ("in 3 tagen", "2026-11-28", "2026-11-28"), ("vor 2 tagen", "2026-11-23", "2026-11-23"),
        ("am freitag", "2026-11-20", "2026-11-27"), ("+2w", "2026-12-09", "2026-12-09"),
    ],
)  # fmt: skip
def test_dates(text: str, recorded: str, planned: str) -> None:
    assert phrases.parse_date(text, TODAY, planned=False).isoformat() == recorded
    assert phrases.parse_date(text, TODAY, planned=True).isoformat() == planned


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("november", "2026-11-01", "2026-11-30"), ("dezember", "2025-12-01", "2025-12-31"),
        ("11.2026", "2026-11-01", "2026-11-30"), ("Q4", "2026-10-01", "2026-12-31"),
        ("q3 2025", "2025-07-01", "2025-09-30"), ("november 2025", "2025-11-01", "2025-11-30"),
        ("KW48", "2026-11-23", "2026-11-29"), ("kw 49", "2025-12-01", "2025-12-07"),
        ("last week", "2026-11-16", "2026-11-22"), ("letzten monat", "2026-10-01", "2026-10-31"),
        ("W53", "2020-12-28", "2021-01-03"), ("2026-03..2026-05", "2026-03-01", "2026-05-31"),
        ("märz..mai", "2026-03-01", "2026-05-31"), ("2026-11-03..heute", "2026-11-03", "2026-11-25"),
    ],
)  # fmt: skip
def test_periods(text: str, first: str, last: str) -> None:
    found = phrases.parse_period(text, TODAY)
    assert (str(found.from_), str(found.to)) == (first, last)


def test_a_month_to_come_is_the_next_one() -> None:
    assert str(phrases.parse_period("dezember", TODAY, planned=True).from_) == "2026-12-01"


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("last-week", "2026-11-16", "2026-11-22"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("last-year", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods_before(unit: str, first: str, last: str) -> None:
    found = phrases.current_period(unit, TODAY)
    assert (str(found.from_), str(found.to)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12",
        "9999",
        "0001",
        "0000-01",
        "13.2026",
        "KW54",
        "Q5",
        "2026-W00",
        "2026-05..2026-03",
        "2026-05..",
        "..2026",
        "2026-01..2026-02..2026-03",
    ],
)
def test_periods_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        phrases.parse_period(text, TODAY)


@pytest.mark.parametrize(
    "text", ["1:75", "1h99", "1h 90m", "1.500 h", "999999999999h", "９h", "9" * 500 + "h"]
)
def test_durations_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        phrases.parse_duration(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("eine stunde", 3600), ("anderthalb stunden", 5400), ("eine halbe stunde", 1800), ("2 std 15 min", 8100)],
)  # fmt: skip
def test_durations_in_words(text: str, seconds: int) -> None:
    assert phrases.parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["²", "३", "", "-1", "1_0", "9" * 30, str(2**63), " 1"])
def test_what_is_no_count(text: str) -> None:
    assert digits.whole_number(text) is None


PARSERS: dict[str, Callable[[str], object]] = {
    "date": lambda text: phrases.parse_date(text, TODAY, planned=False),
    "planned date": lambda text: phrases.parse_date(text, TODAY, planned=True),
    "dates": lambda text: phrases.parse_dates([text], TODAY),
    "clock": phrases.parse_clock,
    "moment": lambda text: phrases.parse_moment(text, NOW, BERLIN),
    "end": lambda text: phrases.parse_moment(text, NOW, BERLIN, bare=True, end=True),
    "duration": phrases.parse_duration,
    "days": phrases.parse_days,
    "period": lambda text: phrases.parse_period(text, TODAY),
    "planned period": lambda text: phrases.parse_period(text, TODAY, planned=True),
    "instant": zones.typed_instant,
    "written": zones.written_instant,
    "zone": zones.zone_named,
    "count": digits.whole_number,
}
WORDS = st.sampled_from(
    [
        "vor",
        "ago",
        "in",
        "um",
        "at",
        "am",
        "halb",
        "viertel",
        "nach",
        "dreiviertel",
        "last",
        "next",
        "letzten",
        "nächsten",
        "freitag",
        "mon",
        "tagen",
        "days",
        "std",
        "h",
        "min",
        "m",
        "9",
        "24",
        "25",
        "99999999999",
        "²",
        "９",
        "0001",
        "9999",
        "2026",
        "-12",
        "-31",
        "-W53",
        "Q4",
        "KW",
        "11.",
        "31.4.",
        "T24:00",
        "T9:00",
        "Z",
        "+01:99",
        "+25:00",
        ":",
        "-",
        "+",
        "..",
        ",",
        "pm",
        "am",
        "uhr",
        "noon",
        "heute",
        "november",
        "dezember",
        "0",
        "e5",
        "inf",
        "nan",
    ]
)
TYPED = st.one_of(
    st.text(max_size=30),
    st.lists(WORDS, max_size=6).map(" ".join),
    st.lists(WORDS, max_size=6).map("".join),
    st.text(alphabet="0123456789²٣:.-+TZhmdwQ ", max_size=24),
)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=250, deadline=None)
@example("2026-11-20T25:00Z")
@example("9999-12-31T23:59:59+14:00")
@example("0001-01-01T00:00:00-12:00")
@example("vor 99999999999 std")
@example("+9999w")
@example("-²")
@given(text=TYPED)
def test_nothing_but_bad_input_leaves_a_parser(name: str, text: str) -> None:
    try:
        PARSERS[name](text)
    except BadInput as refused:
        assert refused.message
