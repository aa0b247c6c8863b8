"""When a calendar is busy: what RFC 5545 says, and what the libraries would make of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.calendars.reading import NoCalendar, Reading, busy_times, length, parsed

BERLIN = ZoneInfo("Europe/Berlin")


def feed(*events: list[str], before: tuple[str, ...] = ()) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *before]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z"]
        lines += [] if any(line.startswith("UID") for line in event) else [f"UID:{number}"]
        lines += [*event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def read(text: str) -> Reading:
    start, end = datetime(2026, 10, 19, tzinfo=BERLIN), datetime(2026, 11, 3, tzinfo=BERLIN)
    return busy_times(text, start, end, BERLIN)


def spans(text: str) -> list[str]:
    """`2026-10-20T09:00+02:00/10:00+02:00` in the time of the space, in order."""
    shown = []
    for busy in read(text).busy:
        begin, end = busy.from_.astimezone(BERLIN), busy.to.astimezone(BERLIN)
        shown.append(f"{begin.isoformat(timespec='minutes')}/{end.isoformat(timespec='minutes')}")
    return shown


def one(*lines: str, before: tuple[str, ...] = ()) -> list[str]:
    return spans(feed(list(lines), before=before))


TEN = ["2026-10-20T09:00+02:00/2026-10-20T10:00+02:00"]
CASES: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "UTC": (("DTSTART:20261020T070000Z", "DTEND:20261020T080000Z"), TEN),
    "zone": (
        ("DTSTART;TZID=Europe/Berlin:20261020T090000", "DTEND;TZID=Europe/Berlin:20261020T100000"),
        TEN,
    ),
    "a name of Outlook": (
        (
            "DTSTART;TZID=W. Europe Standard Time:20261020T090000",
            "DTEND;TZID=W. Europe Standard Time:20261020T100000",
        ),
        TEN,
    ),
    "a path that ends in a zone": (
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261020T090000",
            "DTEND;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261020T100000",
        ),
        TEN,
    ),
    "no zone is the space's": (("DTSTART:20261020T090000", "DTEND:20261020T100000"), TEN),
    "a day is a day of the space": (
        ("DTSTART;VALUE=DATE:20261025",),
        ["2026-10-25T00:00+02:00/2026-10-26T00:00+01:00"],
    ),
    "no end and no length takes no time": (("DTSTART:20261020T070000Z",), []),
    "a DURATION in hours is elapsed": (
        ("DTSTART;TZID=Europe/Berlin:20261025T003000", "DURATION:PT4H"),
        ["2026-10-25T00:30+02:00/2026-10-25T03:30+01:00"],
    ),
    "24 hours are no day": (
        ("DTSTART;TZID=Europe/Berlin:20261024T123000", "DURATION:PT24H"),
        ["2026-10-24T12:30+02:00/2026-10-25T11:30+01:00"],
    ),
    "a day is one of the wall": (
        ("DTSTART;TZID=Europe/Berlin:20261024T123000", "DURATION:P1D"),
        ["2026-10-24T12:30+02:00/2026-10-25T12:30+01:00"],
    ),
    "a DURATION in a series": (
        ("DTSTART;TZID=Europe/Berlin:20261025T003000", "DURATION:PT4H", "RRULE:FREQ=DAILY;COUNT=2"),
        [
            "2026-10-25T00:30+02:00/2026-10-25T03:30+01:00",
            "2026-10-26T00:30+01:00/2026-10-26T04:30+01:00",
        ],
    ),
    "cancelled": (("DTSTART:20261020T070000Z", "DTEND:20261020T080000Z", "STATUS:CANCELLED"), []),
    "transparent": (
        ("DTSTART:20261020T070000Z", "DTEND:20261020T080000Z", "TRANSP:TRANSPARENT"),
        [],
    ),
    "outside": (("DTSTART:20261120T070000Z", "DTEND:20261120T080000Z"), []),
    "an end before its start": (("DTSTART:20261020T070000Z", "DTEND:20261020T060000Z"), []),
    "a series keeps its clock": (
        (
            "DTSTART;TZID=Europe/Berlin:20261019T090000",
            "DTEND;TZID=Europe/Berlin:20261019T100000",
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=Europe/Berlin:20261102T090000",
        ),
        [
            "2026-10-19T09:00+02:00/2026-10-19T10:00+02:00",
            "2026-10-26T09:00+01:00/2026-10-26T10:00+01:00",
        ],
    ),
    "a day that never is": (
        (
            "DTSTART:20261020T070000Z",
            "DTEND:20261020T080000Z",
            "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        ),
        TEN,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_taken(case: str) -> None:
    lines, expected = CASES[case]
    assert one(*lines) == expected


def test_the_zone_of_a_calendar_does_not_move_a_series_in_utc() -> None:
    lines = ("DTSTART:20261019T070000Z", "DTEND:20261019T080000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert one(*lines, before=("X-WR-TIMEZONE:Europe/Berlin",)) == [
        "2026-10-19T09:00+02:00/2026-10-19T10:00+02:00",
        "2026-10-26T08:00+01:00/2026-10-26T09:00+01:00",
    ]


def test_the_zone_of_a_calendar_is_that_of_starts_without_one() -> None:
    lines = ("DTSTART:20261020T030000", "DTEND:20261020T040000")
    assert one(*lines, before=("X-WR-TIMEZONE:America/New_York",)) == TEN


def test_an_unknown_zone_is_the_time_of_the_space_and_said() -> None:
    told = read(
        feed(
            ["DTSTART;TZID=Mars/Olympus:20261020T090000", "DTEND;TZID=Mars/Olympus:20261020T100000"]
        )
    )
    assert len(told.busy) == 1
    assert told.busy[0].from_ == datetime(2026, 10, 20, 9, tzinfo=BERLIN)
    assert told.notes == (
        'The zone "Mars/Olympus" is not known: the time of the space is taken, Europe/Berlin.',
    )


def test_a_zone_that_is_written_in_the_file() -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Ours", "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    lines = ("DTSTART;TZID=Ours:20261020T100000", "DTEND;TZID=Ours:20261020T110000")
    assert one(*lines, before=zone) == TEN


def test_one_instance_is_moved_and_one_cancelled() -> None:
    series = [
        "UID:s",
        "DTSTART:20261020T070000Z",
        "DTEND:20261020T080000Z",
        "RRULE:FREQ=DAILY;COUNT=3",
    ]
    moved = [
        "UID:s",
        "RECURRENCE-ID:20261021T070000Z",
        "DTSTART:20261021T120000Z",
        "DTEND:20261021T130000Z",
    ]
    gone = [
        "UID:s", "RECURRENCE-ID:20261022T070000Z", "DTSTART:20261022T070000Z", "DTEND:20261022T080000Z",
        "STATUS:CANCELLED",
    ]  # fmt: skip
    assert spans(feed(series, moved, gone)) == [
        *TEN, "2026-10-21T14:00+02:00/2026-10-21T15:00+02:00",
    ]  # fmt: skip


def test_the_highest_sequence_of_one_uid_wins() -> None:
    old = ["UID:x", "SEQUENCE:1", "DTSTART:20261021T070000Z", "DTEND:20261021T080000Z"]
    new = ["UID:x", "SEQUENCE:2", "DTSTART:20261020T070000Z", "DTEND:20261020T080000Z"]
    assert spans(feed(old, new)) == TEN
    assert spans(feed(new, old)) == TEN


def test_clashing_uids_count_each() -> None:
    first = ["UID:x", "DTSTART:20261020T070000Z", "DTEND:20261020T080000Z"]
    second = ["UID:x", "DTSTART:20261021T070000Z", "DTEND:20261021T080000Z"]
    told = read(feed(first, second))
    assert len(told.busy) == 2
    assert told.notes == ("2 events share one UID; each of them counts.",)


def test_free_busy_in_the_place_of_events() -> None:
    text = "\r\n".join([
        "BEGIN:VCALENDAR", "BEGIN:VFREEBUSY", "FREEBUSY;FBTYPE=FREE:20261021T070000Z/PT1H",
        "FREEBUSY:20261020T070000Z/PT1H,20261022T070000Z/20261022T080000Z",
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261023T070000Z/PT1H", "END:VFREEBUSY", "END:VCALENDAR", "",
    ])  # fmt: skip
    told = read(text)
    assert [busy.from_.day for busy in told.busy] == [20, 22, 23]
    assert [busy.tentative for busy in told.busy] == [False, False, True]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;COUNT=5", "FREQ=DAILY;BYSETPOS=5",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,1,2,3,4;BYSECOND=1,2,3",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=DAILY;BYYEARDAY=366;BYMONTH=1",
    ],
)  # fmt: skip
def test_a_rule_without_end_or_sense_is_busy_all_the_time_and_said(rule: str) -> None:
    told = read(feed(["DTSTART:19700101T090000Z", "DTEND:19700101T091500Z", f"RRULE:{rule}"]))
    assert len(told.busy) == 1
    assert told.busy[0].from_ == datetime(2026, 10, 19, tzinfo=BERLIN)
    assert "too often" in told.notes[0]


@pytest.mark.parametrize("rule", ["FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "nonsense"])
def test_a_rule_that_cannot_be_read_is_said(rule: str) -> None:
    told = read(feed(["DTSTART:20261020T070000Z", "DTEND:20261020T080000Z", f"RRULE:{rule}"]))
    assert len(told.busy) == 1
    assert told.notes == ("A series cannot be read; only its first time is known.",)


@pytest.mark.parametrize("start", ["DTEND:20261019T100000Z", "DTSTART:2026-10-19"])
def test_an_event_that_cannot_be_read_is_said(start: str) -> None:
    assert "the time taken is not known" in read(feed([start])).notes[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!doctype html><p>log in", "a web page"), ("", "no calendar"), ("{}", "no calendar"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "end is missing"),
        ("BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_calendar(text: str, why: str) -> None:
    with pytest.raises(NoCalendar, match=why):
        parsed(text)


@pytest.mark.parametrize("text", ["PT", "1H", "-PT1H", "P1Y", "PT1.5H"])
def test_what_is_no_length(text: str) -> None:
    if text == "PT":
        assert length(text)[0] == 0
        return
    with pytest.raises(ValueError):
        length(text)
