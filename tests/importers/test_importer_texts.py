"""Reading Kimai, klog, timetrap, hamster, Org mode and timeclock, as these programs write them."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Unreadable, reader_of

BERLIN = ZoneInfo("Europe/Berlin")


def read(
    form: str, path: Path, text: str, said: list[str] | None = None, **options: str
) -> list[Row]:
    file = path / "file"
    file.write_text(text, newline="")
    say = said.append if said is not None else lambda line: None
    asked = {name.replace("_", "-"): value for name, value in options.items()}
    return list(reader_of(form)[0](file, BERLIN, asked, say))


def shown(row: Row) -> tuple[Any, ...]:
    if isinstance(row, Unreadable):
        return row.line, row.reason
    assert isinstance(row, ImportedEntry)
    times = f"{row.from_:%m-%d %H:%M}-" + (f"{row.to:%H:%M}" if row.to else "")
    project = f"{row.client}/{row.project}" if row.client else row.project
    return row.line, times, project, row.note, row.tags


KIMAI = (
    "Date,From,To,Duration,Rate,Internal rate,User,Customer,Project,Activity,Description,Exported,Billable,Tags,Hourly rate,Fixed rate,Type\n"
    '2018-03-24,08:00,09:30,1:30,142.50,142.50,erika,ACME,Website,Design,"Logo, second",No,Yes,"deep, logo",95,,timesheet\n'
    "2018-03-24,22:00,01:00,3:00,0,0,erika,ACME,Website,Design,,No,No,,95,,timesheet\n"
    "2018-03-26,08:00,09:00,0.50,0,0,erika,ACME,Website,Design,,No,No,,95,,timesheet\n"
)


def test_kimai(tmp_path: Path) -> None:
    said: list[str] = []
    rows = read("kimai", tmp_path, KIMAI, said)
    assert [shown(row) for row in rows] == [
        (2, "03-24 08:00-09:30", "ACME/Website", "Logo, second", ("deep", "logo")),
        (3, "03-24 22:00-01:00", "ACME/Website", None, ()),
        (4, 'its times make 1:00, its duration says "0.50"'),
    ]
    assert said == [
        "not used: Rate, Internal rate, Activity, Exported, Hourly rate, Fixed rate, Type"
    ]
    assert isinstance(rows[1], ImportedEntry)
    assert rows[1].to is not None
    assert rows[1].to.isoformat() == "2018-03-25T01:00:00+01:00"
    assert rows[1].billable is False


KLOG = """\
2018-03-24 (8h!)
Work on the site #project="acme/site"
    8:00 - 9:30 Logo #deep
    10:00am-1:00pm Talked about
        the second try #call #note="two words"
    -45m Lunch
    <23:30 - 0:30
    23:00 - 1:15> #project="acme/app" Deploy
    2h Reading
    17:00 - ? Open

2018/03/25
\t8:00 - 9:00 #later Note with #hash inside
\t9:00 - 25:00
\tsome words

no date
"""


def test_klog(tmp_path: Path) -> None:
    rows = read("klog", tmp_path, KLOG)
    assert [shown(row) for row in rows] == [
        (3, "03-24 08:00-09:30", "acme/site", "Logo", ("deep",)),
        (4, "03-24 10:00-12:15", "acme/site", "Talked about\nthe second try", ("call", "note=two words")),
        (7, "03-23 23:30-00:30", "acme/site", None, ()),
        (8, "03-24 23:00-01:15", "acme/app", "Deploy", ()),
        (9, "03-24 00:00-", "acme/site", "Reading", ()),
        (10, "03-24 17:00-", "acme/site", "Open", ()),
        (13, "03-25 08:00-09:00", "later", "#later Note with #hash inside", ("hash",)),
        (14, '"25:00" is not a time'),
        (15, "it is neither `8:00 - 9:00` nor a length such as `1h30m`"),
        (17, "its record does not begin with a date such as `2026-11-24`"),
    ]  # fmt: skip
    second, length = rows[1], rows[4]
    assert isinstance(second, ImportedEntry)
    assert isinstance(length, ImportedEntry)
    assert (second.pause_s, length.length_s) == (2700, 7200)


def test_klog_with_a_default_project_keeps_its_first_tag(tmp_path: Path) -> None:
    text = "2018-03-24\n  8:00 - 9:00 Logo #deep\n"
    (row,) = read("klog", tmp_path, text, default_project="acme/site")
    assert shown(row) == (2, "03-24 08:00-09:00", "", "Logo", ("deep",))


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ("  -45m\n", "it is a pause, and no entry with an end stands before it"),
        ("  8:00 - ?\n  -45m\n", "it is a pause, and no entry with an end stands before it"),
        ("  8:00 - 8:45\n  -45m\n", "it is a pause as long as the entry on line 2"),
    ],
)
def test_a_klog_pause_of_nothing(tmp_path: Path, entries: str, says: str) -> None:
    rows = read("klog", tmp_path, f"2018-03-24\n{entries}")
    assert [row.reason for row in rows if isinstance(row, Unreadable)] == [says]


def test_timetrap(tmp_path: Path) -> None:
    text = (
        "start,end,note,sheet\n"
        '"2018-03-24 09:00:00","2018-03-24 10:30:12","say ""hi""",acme/site\n'
        '"2018-03-24 11:00:00","","-",default\n'
    )
    assert [shown(row) for row in read("timetrap", tmp_path, text)] == [
        (2, "03-24 09:00-10:30", "acme/site", 'say "hi"', ()),
        (3, "03-24 11:00-", "default", "-", ()),
    ]


HAMSTER = (
    "activity\tstart time\tend time\tduration minutes\tcategory\tdescription\ttags\r\n"
    "site\t2018-03-24 09:00:00\t2018-03-24 10:30:00\t90.0\tacme\tLogo\tdeep, call\r\n"
    "mail\t2018-03-24 11:00:00\t2018-03-24 11:15:00\t15\tUnsorted\t\t\r\n"
    "site\t2018-03-24 12:00:00\tNone\t30.0\tacme\t\t\r\n"
)
HAMSTER_XML = (
    '<?xml version="1.0" ?><activities>'
    '<activity category="acme" description="Logo" duration_minutes="90.0" end_time="2018-03-24 10:30:00" name="site" start_time="2018-03-24 09:00:00" tags="deep, call"/>'
    '<activity category="Unsorted" description="" duration_minutes="15" end_time="2018-03-24 11:15:00" name="mail" start_time="2018-03-24 11:00:00" tags=""/>'
    '<activity category="acme" description="" duration_minutes="30.0" end_time="None" name="site" start_time="2018-03-24 12:00:00" tags=""/>'
    "</activities>"
)
HAMSTER_LIB = (
    "start time\tend time\tactivity\tcategory\tdescription\tduration minutes\r\n"
    "2018-03-24 09:00:00\t2018-03-24 10:30:00\tsite\tacme\tLogo\t01:30\r\n"
)


def test_hamster(tmp_path: Path) -> None:
    facts = [
        ("03-24 09:00-10:30", "acme/site", "Logo", ("deep", "call")),
        ("03-24 11:00-11:15", "mail", None, ()),
        ("03-24 12:00-", "acme/site", None, ()),
    ]
    assert [shown(row)[1:] for row in read("hamster", tmp_path, HAMSTER)] == facts
    assert [shown(row)[1:] for row in read("hamster", tmp_path, HAMSTER_XML)] == facts
    assert [shown(row)[1:] for row in read("hamster", tmp_path, HAMSTER_LIB)] == [
        ("03-24 09:00-10:30", "acme/site", "Logo", ())
    ]


@pytest.mark.parametrize("text", ["<activities>", "<calendar/>", "a\tb\n1\t2\n"])
def test_what_is_not_hamster(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput):
        read("hamster", tmp_path, text)


ORG = """\
#+TITLE: Work
* TODO [#A] acme/site                                             :deep:
  :LOGBOOK:
  CLOCK: [2026-11-20 Fri 09:00]--[2026-11-20 Fri 10:30] =>  1:30
  :END:
** DONE Logo [1/2] and [[https://example.org][more]]                 :call:
   CLOCK: [2026-11-20 Fri 22:00]--[2026-11-21 Sat 01:00] =>  3:00
   CLOCK: [2026-11-23 Mo 09:00]--[2026-11-23 Mo 10:00] =>  2:00
* House
  :PROPERTIES:
  :PROJECT: own/house
  :END:
*** Letters
    CLOCK: [2026-11-24 Di. 08:00]
    CLOCK: [2026-11-24 Tue 8:70]--[2026-11-24 Tue 09:00] => 0:10
* Reading
CLOCK: [2026-11-25 Wed 08:00]--[2026-11-25 Wed 08:30]
"""


def test_org(tmp_path: Path) -> None:
    assert [shown(row) for row in read("org", tmp_path, ORG)] == [
        (4, "11-20 09:00-10:30", "acme/site", None, ("deep",)),
        (7, "11-20 22:00-01:00", "acme/site", "Logo and more", ("deep", "call")),
        (8, 'its times make 1:00, its duration says "2:00"'),
        (14, "11-24 08:00-", "own/house", "Letters", ()),
        (15, '"8:70" is not a time'),
        (17, "11-25 08:00-08:30", "Reading", None, ()),
    ]
    believed = read("org", tmp_path, ORG, believe="duration")
    assert shown(believed[2])[1] == "11-23 09:00-11:00"


TIMECLOCK = """\
; a comment
i 2026/11/24 09:00:00 acme:site  Logo, second try  ; deep:, call: or not
o 2026/11/24 10:30:00
i 2026-11-24 11:00 mail
i 2026-11-24 12:00:00 acme:app
o 2026-11-24 13:00:00
o 2026-11-24 14:00:00
h 2026-11-24 15:00:00
i 2026-11-24 16:00:00 acme:app
"""


def test_timeclock(tmp_path: Path) -> None:
    assert [shown(row) for row in read("timeclock", tmp_path, TIMECLOCK)] == [
        (2, "11-24 09:00-10:30", "acme/site", "Logo, second try", ("deep", "call")),
        (4, "line 5 begins another before it ended"),
        (5, "11-24 12:00-13:00", "acme/app", None, ()),
        (7, "it ends what was not begun"),
        (8, "it is neither `i DATE TIME ACCOUNT` nor `o DATE TIME`"),
        (9, "11-24 16:00-", "acme/app", None, ()),
    ]


AMBIGUOUS = {
    "klog": "2025-10-26\n  2:15 - 2:45 #x\n",
    "org": "* x\nCLOCK: [2025-10-26 Sun 02:15]--[2025-10-26 Sun 02:45]\n",
    "timeclock": "i 2025-10-26 02:15:00 x\no 2025-10-26 02:45:00\n",
    "timetrap": "start,end,note,sheet\n2025-10-26 02:15:00,2025-10-26 02:45:00,,x\n",
    "hamster": "activity\tstart time\tend time\nx\t2025-10-26 02:15:00\t2025-10-26 02:45:00\n",
    "kimai": "Date,From,To,Project\n2025-10-26,02:15,02:45,x\n",
}


@pytest.mark.parametrize("form", AMBIGUOUS)
def test_the_hour_that_comes_twice(tmp_path: Path, form: str) -> None:
    assert any("happens twice" in str(shown(row)) for row in read(form, tmp_path, AMBIGUOUS[form]))
    for which, offset in (("first", "+02:00"), ("second", "+01:00")):
        (row,) = read(form, tmp_path, AMBIGUOUS[form], clock_change=which)
        assert isinstance(row, ImportedEntry)
        assert row.to is not None
        assert row.from_.isoformat() == f"2025-10-26T02:15:00{offset}"
        assert row.to.isoformat() == f"2025-10-26T02:45:00{offset}"


def test_a_row_of_the_last_day_that_there_is_has_no_next_one(tmp_path: Path) -> None:
    file = tmp_path / "kimai.csv"
    file.write_text(KIMAI.replace("2018-03-24,22:00,01:00", "9999-12-31,22:00,01:00"))
    rows = list(reader_of("kimai")[0](file, ZoneInfo("Europe/Berlin"), {}))
    assert len(rows) == 3
    assert isinstance(rows[1], ImportedEntry)
    assert rows[1].to is not None
    assert rows[1].to < rows[1].from_, "which the import refuses, by its line"
