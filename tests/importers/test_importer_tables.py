"""Reading CSV: Toggl, Clockify, and columns that the person names."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Unreadable, reader_of

BERLIN = ZoneInfo("Europe/Berlin")

TOGGL = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)
Erika,e@example.org,Acme,Website,Design,"Logo, second try",Yes,2026-11-23,09:00:00,2026-11-23,10:30:00,01:30:00,"deep, logo",142.50
Erika,e@example.org,,Inbox,,,No,2026-11-23,23:00:00,2026-11-24,00:30:00,01:30:00,,
"""
CLOCKIFY = """\
"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (EUR)","Billable Amount (EUR)"
"App","Acme","Fix","","Erika","","e@example.org","bug","Yes","{first}","09:00:00 AM","{first}","01:15:00 PM","04:15:00","4.25","95","403.75"
"App","Acme","","","Erika","","e@example.org","","No","{second}","12:00:00 AM","{second}","12:30:00 PM","12:30:00","12.50","95","0"
"""


def read(
    form: str, path: Path, text: str | bytes, options: Mapping[str, str] | None = None
) -> list[Row]:
    path /= "file.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(reader_of(form)[0](path, BERLIN, options or {}))


def entries(rows: list[Row]) -> list[ImportedEntry]:
    assert all(isinstance(row, ImportedEntry) for row in rows), rows
    return [row for row in rows if isinstance(row, ImportedEntry)]


def times(rows: list[Row]) -> list[tuple[str, str | None]]:
    return [
        (row.from_.isoformat(), row.to.isoformat() if row.to else None) for row in entries(rows)
    ]


def reasons(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows if isinstance(row, Unreadable)]


def test_toggl(tmp_path: Path) -> None:
    rows = read("toggl", tmp_path, TOGGL)
    assert times(rows) == [
        ("2026-11-23T09:00:00+01:00", "2026-11-23T10:30:00+01:00"),
        ("2026-11-23T23:00:00+01:00", "2026-11-24T00:30:00+01:00"),
    ]
    first, second = entries(rows)
    assert (first.client, first.project, first.note, first.tags, first.billable) == (
        "Acme", "Website", "Design: Logo, second try", ("deep", "logo"), True,
    )  # fmt: skip
    assert (second.client, second.note, second.tags, second.billable) == (None, None, (), False)
    assert [row.line for row in rows] == [2, 3]


def test_other_spellings_of_toggl(tmp_path: Path) -> None:
    text = TOGGL.replace("Start date", "Start Date").replace("End date", "STOP DATE")
    text = text.replace("End time", "Stop Time").replace("Description", " description ")
    assert read("toggl", tmp_path, "\ufeff" + text.replace("\n", "\r\n")) == read(
        "toggl", tmp_path, TOGGL
    )


def test_a_note_over_several_lines_keeps_the_line_numbers(tmp_path: Path) -> None:
    text = TOGGL.replace("Logo, second try", "one\ntwo\nthree") + "too,short\n"
    rows = read("toggl", tmp_path, text)
    assert [row.line for row in rows] == [2, 5, 6]
    assert reasons(rows) == [(6, "it has 2 cells, the header 14")]


def test_hours_of_several_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="hours of 2 people"):
        read("toggl", tmp_path, TOGGL.replace("e@example.org,,Inbox", "x@example.org,,Inbox"))


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("05/11/2026", "25/11/2026", ["2026-11-05", "2026-11-25"]),
        ("11/05/2026", "11/25/2026", ["2026-11-05", "2026-11-25"]),
        ("2026-11-05", "2026-11-06", ["2026-11-05", "2026-11-06"]),
        ("05.11.2026", "06.11.2026", ["2026-11-05", "2026-11-06"]),
        ("05/05/2026", "06/06/2026", ["2026-05-05", "2026-06-06"]),
    ],
)
def test_clockify_dates(tmp_path: Path, first: str, second: str, days: list[str]) -> None:
    rows = entries(read("clockify", tmp_path, CLOCKIFY.format(first=first, second=second)))
    assert [f"{row.from_:%Y-%m-%d}" for row in rows] == days
    assert [f"{row.from_:%H:%M} {row.to:%H:%M}" for row in rows] == ["09:00 13:15", "00:00 12:30"]


def test_ambiguous_dates_are_refused_until_said(tmp_path: Path) -> None:
    text = CLOCKIFY.format(first="05/11/2026", second="06/11/2026")
    with pytest.raises(BadInput) as refused:
        read("clockify", tmp_path, text)
    assert "--map date-format=" in (refused.value.hint or "")
    for order, day in (("dd/mm/yyyy", "2026-11-05"), ("mdy", "2026-05-11")):
        row = entries(read("clockify", tmp_path, text, {"date-format": order}))[0]
        assert f"{row.from_:%Y-%m-%d}" == day
    with pytest.raises(BadInput, match="not a date format"):
        read("clockify", tmp_path, text, {"date-format": "ymd"})


def test_dates_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="day first and dates with the month first"):
        read("clockify", tmp_path, CLOCKIFY.format(first="25/11/2026", second="11/26/2026"))


GERMAN = "Tag;Beginn;Ende;Projekt;Notiz\n24.11.2026;9:00;10:30;acme/site;Übung\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_encodings_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = GERMAN.replace(";", delimiter).encode(encoding)
    rows = read("csv", tmp_path, text, {"date": "Tag", "project": "projekt"})
    assert times(rows) == [("2026-11-24T09:00:00+01:00", "2026-11-24T10:30:00+01:00")]
    assert entries(rows)[0].note == "Übung"


def test_excel_names_its_delimiter(tmp_path: Path) -> None:
    assert len(read("csv", tmp_path, "sep=;\n" + GERMAN, {"date": "Tag"})) == 1


@pytest.mark.parametrize(
    ("length", "end"),
    [("1:30", "10:30"), ("01:30:00", "10:30"), ("1,5", "10:30"), ("90m", "10:30"), ("", None)],
)
def test_a_length_instead_of_an_end(tmp_path: Path, length: str, end: str | None) -> None:
    text = f"from;duration;project\n2026-11-24 9:00;{length};a/b\n"
    row = entries(read("csv", tmp_path, text))[0]
    assert (f"{row.to:%H:%M}" if row.to else None) == end


@pytest.mark.parametrize(
    ("begin", "end", "says"),
    [
        ("2026-03-29 02:30", "2026-03-29 04:00", "does not exist"),
        ("2025-10-26 02:30", "2025-10-26 04:00", "happens twice"),
        ("2026-02-30 02:30", "2026-02-28 04:00", "does not exist"),
        ("2026-11-24", "2026-11-24 04:00", "no time of day"),
        ("9:00", "10:00", "has no date"),
        ("2026-11-24 25:00", "2026-11-24 26:00", "not a time"),
        ("2026-11-24 13:00 pm", "2026-11-24 26:00", "not a time"),
        ("soon", "2026-11-24 04:00", "not a time"),
        ("", "2026-11-24 04:00", "no start"),
        ("2026-11-24T09:00:00+99:00", "2026-11-24 04:00", "not a time"),
    ],
)
def test_odd_times_are_listed_by_line(tmp_path: Path, begin: str, end: str, says: str) -> None:
    rows = read("csv", tmp_path, f"from,to,project\n\n{begin},{end},a/b\n")
    ((line, reason),) = reasons(rows)
    assert line == 3
    assert says in reason


def test_the_length_tells_which_of_two_times_is_meant(tmp_path: Path) -> None:
    text = "from,to,duration,project\n2025-10-26 01:30,2025-10-26 02:30,{},a/b\n"
    one = entries(read("csv", tmp_path, text.format("1:00")))[0]
    two = entries(read("csv", tmp_path, text.format("2:00")))[0]
    assert one.to
    assert two.to
    assert two.to.timestamp() - one.to.timestamp() == 3600
    assert reasons(read("csv", tmp_path, text.format("3:00")))


def test_an_instant_with_its_offset_is_one(tmp_path: Path) -> None:
    text = "from,to,timezone,project\n2025-10-26T02:30:00+02:00,2025-10-26T02:30:00+01:00,Europe/Berlin,a/b\n"
    row = entries(read("csv", tmp_path, text))[0]
    assert row.to
    assert row.to.timestamp() - row.from_.timestamp() == 3600


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("a,b\n1,2\n", {}, "no column for the start"),
        ("from,b\n1,2\n", {}, "no column for the end"),
        ("from,to\n1,2\n", {"project": "Projekt"}, 'no column "Projekt"'),
        ('from,to\n"1,2\n', {}, "not whole CSV"),
        ('from,to\n"1"x,2\n', {}, "not whole CSV"),
    ],
)
def test_files_that_cannot_be_read_as_a_whole(
    tmp_path: Path, text: str, options: dict[str, str], says: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read("csv", tmp_path, text, options)
    assert says in refused.value.message
    assert refused.value.hint


def test_billable_words(tmp_path: Path) -> None:
    text = "from,to,project,billable\n" + "".join(
        f"2026-11-24 {hour}:00,2026-11-24 {hour}:30,a/b,{word}\n"
        for hour, word in enumerate(("yes", "Nein", "", "perhaps"))
    )
    rows = read("csv", tmp_path, text)
    assert [row.billable for row in entries(rows[:3])] == [True, False, None]
    assert reasons(rows) == [(5, '"perhaps" is neither yes nor no')]
