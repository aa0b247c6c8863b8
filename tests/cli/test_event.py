"""Events and tours through the whole funnel."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cowork_cli.redaction import redact
from cowork_cli.services.events import events
from tests.conftest import Cowork

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:fest@x
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:20261204T180000
DTEND;TZID=Europe/Berlin:20261204T200000
SUMMARY:Coworking festival\\, opening
LOCATION:Basislager
GEO:51.34;12.37
END:VEVENT
BEGIN:VEVENT
UID:weekly@x
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:20261201T090000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
TRANSP:TRANSPARENT
SUMMARY:Breakfast
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    file = tmp_path / "fest.ics"
    file.write_text(CALENDAR.replace("\n", "\r\n"))
    return file


def test_a_calendar_is_brought_in_once_and_brought_up_to_date(
    cowork: Cowork, calendar: Path
) -> None:
    first = cowork("event", "import", str(calendar), "--json")
    assert [(row["name"], row["from"]) for row in first.data] == [
        ("Breakfast", "2026-12-01T09:00:00+01:00"), ("Coworking festival, opening", "2026-12-04T18:00:00+01:00"),
        ("Breakfast", "2026-12-08T09:00:00+01:00"), ("Breakfast", "2026-12-15T09:00:00+01:00"),
    ]  # fmt: skip
    dry = cowork("event", "import", str(calendar), "--dry-run")
    assert "0 dates would be brought in from fest.ics, 4 are there already" in dry.err
    cowork("event", "edit", "ev-2", "--note", "with Rosa")
    calendar.write_text(calendar.read_text().replace("opening", "first evening").replace(
        "UID:weekly@x", "UID:weekly@x\r\nSTATUS:CANCELLED"))  # fmt: skip
    assert cowork("event", "import", str(calendar)).code == 0
    (row,) = cowork("event", "list", "--json").data
    assert (row["id"], row["name"], row["note"]) == (
        "ev-2",
        "Coworking festival, first evening",
        "with Rosa",
    )
    cowork("undo", "--yes")
    assert len(cowork("event", "list", "--json").data) == 4


def test_near_and_in_a_period(cowork: Cowork, calendar: Path) -> None:
    cowork("event", "import", str(calendar))
    near = cowork("event", "list", "--near", "Leipzig", "--json")
    assert [(row["name"], row["distance_km"] < 5) for row in near.data] == [
        ("Coworking festival, opening", True)
    ]
    assert "3 more have no place on the map" in near.err
    assert len(cowork("event", "list", "--in", "2026-W50", "--json").data) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "holds no event"),
        (CALENDAR.replace("DTSTART", "X-START"), "holds no date that can be used"),
        ("<html>", "a web page"),
        (CALENDAR[:200], "only a part of a calendar"),
    ],
)
def test_a_calendar_without_dates_is_an_error(
    cowork: Cowork, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "odd.ics").write_text(text)
    answer = cowork("event", "import", str(tmp_path / "odd.ics"))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert cowork("event", "list", "--past", "--json").data == []


def test_an_address_is_asked_and_what_leaves_is_said(cowork: Cowork) -> None:
    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar")
            self.end_headers()
            self.wfile.write(CALENDAR.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Feed)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/secret-token/feed.ics"
        answer = cowork("event", "import", url, "--json")
    finally:
        server.shutdown()
        server.server_close()
    assert len(answer.data) == 4
    assert f"asks 127.0.0.1:{server.server_port}: the address of the calendar" in answer.err
    assert "secret-token" not in answer.out + answer.err
    assert "secret-token" not in cowork("history").out
    refused = cowork("event", "import", "http://calendar.example/feed.ics")
    assert refused.code == 3


def test_a_trial_day_with_a_day_to_decide(cowork: Cowork) -> None:
    cowork("space", "add", "Dorfbüro", "--country", "DE")
    made = cowork("event", "add", "Trial", "--kind", "trial-day", "--on", "2026-12-05", "--space", "Dorfbüro",
                  "--decide-by", "2026-12-08", "--json").data  # fmt: skip
    assert (made["all_day"], made["space_name"], made["decide_by"]) == (
        True,
        "Dorfbüro",
        "2026-12-08",
    )
    due = [row for row in cowork("deadlines", "--json").data if row["kind"] == "event"]
    assert [(row["due"], row["ref"]) for row in due] == [("2026-12-08", "ev-1")]
    cowork("event", "edit", "ev-1", "--decided", "yes, from January")
    assert cowork("deadlines", "--json").data == []
    assert cowork("event", "edit", "ev-1", "--decide-by", "2026-12-01").code == 2
    assert (
        cowork("event", "add", "Odd", "--on", "2026-12-05", "--from", "12", "--to", "10").code == 2
    )
    assert cowork("event", "remove", "ev-1", "--yes").code == 0
    assert cowork("event", "list", "--json").data == []


@pytest.fixture
def three(cowork: Cowork) -> None:
    for name, lat, lon, hours in (
        ("Nord", "51.38", "12.37", "Mo-Fr 14:00-18:00"), ("Mitte", "51.34", "12.37", "Mo-Fr 09:00-18:00"),
        ("Süd <b>", "51.31", "12.37", "Mo-Fr 09:00-10:00"),
    ):  # fmt: skip
        cowork(
            "space", "add", name, "--lat", lat, "--lon", lon, "--country", "DE", "--hours", hours
        )


def test_of_a_series_that_cannot_be_read_the_first_time_is_taken(
    cowork: Cowork, calendar: Path
) -> None:
    broken = calendar.read_text().replace("RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=SOMETIMES")
    calendar.write_text(broken)
    done = cowork("event", "import", str(calendar), "--json")
    assert done.code == 0, str(done)
    assert [row["from"] for row in done.data if row["name"] == "Breakfast"] == [
        "2026-12-01T09:00:00+01:00"
    ]
    assert "A series cannot be read; only its first time is known." in done.err


@pytest.mark.usefixtures("three")
def test_a_tour_goes_where_it_is_open(cowork: Cowork) -> None:
    answer = cowork("tour", "plan", "Nord", "Mitte", "Süd", "--on", "2026-12-04", "--json")
    stops = answer.data["stops"]
    assert [(stop["space_name"], stop["arrive"][11:16]) for stop in stops] == [
        ("Süd <b>", "09:00"), ("Mitte", "10:07"), ("Nord", "14:00"),
    ]  # fmt: skip
    # 3.3 km of air line × 1.3 at 22 km/h and ten minutes for getting going, rounded up
    assert (stops[1]["way_km"], stops[1]["way_s"]) == ("4.3", 22 * 60)
    assert "Ways are estimates (transit)" in answer.err


@pytest.mark.usefixtures("three")
def test_what_is_closed_or_does_not_fit_is_left_out(cowork: Cowork) -> None:
    short = cowork(
        "tour", "plan", "Nord", "Mitte", "Süd", "--on", "2026-12-04", "--to", "13:00", "--json"
    )
    assert short.code == 8
    assert [stop["space_name"] for stop in short.data["stops"]] == ["Süd <b>", "Mitte"]
    closed = cowork("tour", "plan", "Nord", "Süd", "--on", "2026-12-05")
    assert (closed.code, "Nord is closed on Sat 2026-12-05" in closed.err) == (6, True)


@pytest.mark.usefixtures("three")
def test_a_tour_sees_the_most_spaces(cowork: Cowork) -> None:
    """One that is open all day, and far: two that are near are more than it alone."""
    assert cowork("space", "add", "Fern", "--lat", "48.1", "--lon", "11.6", "--country", "DE", "--hours",
                  "Mo-Su 00:00-24:00").code == 0  # fmt: skip
    answer = cowork("tour", "plan", "Fern", "Nord", "Mitte", "--on", "2026-12-04", "--json")
    assert [stop["space_name"] for stop in answer.data["stops"]] == ["Mitte", "Nord"]
    assert [problem["message"] for problem in answer.json["problems"]] == [
        "there is no time for Fern within 09:00-18:00"
    ]


@pytest.mark.usefixtures("three")
def test_a_tour_as_calendar_and_as_page(cowork: Cowork, tmp_path: Path) -> None:
    words = ("tour", "plan", "Mitte", "Süd", "--on", "2026-12-04")
    assert cowork(*words, "--out", str(tmp_path / "tour.ics")).code == 0
    text = (tmp_path / "tour.ics").read_text()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261204T080000Z" in text
    assert cowork(*words, "--out", str(tmp_path / "tour.html")).code == 0
    page = (tmp_path / "tour.html").read_text()
    assert "1. Süd &lt;b&gt;" in page
    assert "<b>" not in page
    assert "cowork space visit local:mitte" in page
    assert "<script" not in page
    assert cowork(*words, "--out", str(tmp_path / "tour.doc")).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--on", "2026-12-04", "--mode", "rocket"), "none of these"),
        (("--on", "2026-12-04", "--from", "18", "--to", "9"), "before it begins"),
        ((), "a tour has a day"),
        (("--on", "2025-12-04"), "2025-12-04 is over"),
    ],
)
@pytest.mark.usefixtures("three")
def test_a_tour_that_cannot_be(cowork: Cowork, words: tuple[str, ...], said: str) -> None:
    answer = cowork("tour", "plan", "Mitte", *words)
    assert (answer.code, said in answer.err) == (2, True), answer


def _one(*lines: str) -> str:
    body = "\r\n".join(("BEGIN:VEVENT", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n"


def test_a_date_that_moved_is_moved_and_not_doubled(cowork: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "one.ics"
    file.write_text(_one("UID:m@x", "DTSTART:20261204T180000Z", "SUMMARY:Talk"))
    cowork("event", "import", str(file))
    cowork("event", "edit", "ev-1", "--note", "with Rosa")
    file.write_text(_one("UID:m@x", "DTSTART:20261205T180000Z", "SUMMARY:Talk"))
    again = cowork("event", "import", str(file))
    assert "1 moved to another time." in again.err
    (row,) = cowork("event", "list", "--json").data
    assert (row["id"], row["from"], row["note"]) == (
        "ev-1",
        "2026-12-05T19:00:00+01:00",
        "with Rosa",
    )
    series = ("UID:s@x", "DTSTART:20261207T180000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Weekly")
    file.write_text(_one(*series))
    cowork("event", "import", str(file))
    file.write_text(_one(*series, "EXDATE:20261214T180000Z"))
    assert "Taken out, since no longer in it: 1." in cowork("event", "import", str(file)).err
    assert [row["id"] for row in cowork("event", "list", "--json").data] == ["ev-1", "ev-2", "ev-4"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("UID:a", "DTSTART:20261204T180000Z", "RRULE:FREQ=MONTHLY"), "read up to 2028-11-26"),
        (("UID:a", "DTSTART:20261204T180000Z", "DTEND:20261204T170000Z"), "ends before it begins"),
        (
            ("UID:a", "DTSTART:20261204T180000Z", "END:VEVENT", "BEGIN:VEVENT", "UID:b",
             "DTSTAMP:20261101T000000Z", "DTSTART:20201204T180000Z"),
            "1 event was not taken: no date between 2025-11-24 and 2028-11-26",
        ),
    ],
)  # fmt: skip
def test_what_of_a_calendar_is_not_taken_is_said(
    cowork: Cowork, tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.ics").write_text(_one(*lines))
    answer = cowork("event", "import", str(tmp_path / "a.ics"), "--dry-run")
    assert (answer.code, said in answer.err) == (0, True), str(answer)


def test_the_same_event_is_kept_once(cowork: Cowork) -> None:
    words = ("event", "add", "Open day", "--on", "2026-12-05")
    assert cowork(*words).code == 0
    again = cowork("event", "add", "open DAY", "--on", "2026-12-05")
    assert (again.code, "kept already, as ev-1" in again.err) == (6, True)
    assert cowork(*words, "--from", "18:00").code == 0


def test_a_circle_of_events_is_one(cowork: Cowork) -> None:
    for radius in ("0", "-3", "3000", "nan"):
        answer = cowork("event", "list", "--near", "Leipzig", "--radius", radius)
        assert (answer.code, "not between 0 and 1000 km" in answer.err) == (2, True)


def test_a_calendar_that_is_away_is_no_account(cowork: Cowork) -> None:
    answer = cowork("event", "import", "https://calendar.example/x.ics", "--json")
    (problem,) = answer.json["problems"]
    assert (answer.code, problem["account"]) == (7, None)
    assert "account" not in problem["message"] + problem["hint"]
    assert "--offline" not in answer.err
    again = cowork("event", "import", "https://calendar.example/x.ics")
    assert "For the first time" not in again.err


def test_a_calendar_out_of_a_pipe(cowork: Cowork) -> None:
    done = cowork("event", "import", "-", stdin=CALENDAR.replace("\n", "\r\n"))
    assert (done.code, "Read 4 dates from standard input." in done.err) == (0, True), str(done)


def test_events_near_a_place_are_those_within_the_circle(cowork: Cowork, calendar: Path) -> None:
    assert cowork("event", "import", str(calendar)).code == 0
    for place, names in (("Leipzig", ["Coworking festival, opening"]), ("Hamburg", [])):
        near = cowork("event", "list", "--near", place, "--radius", "20", "--json")
        assert [row["name"] for row in near.data] == names
        assert "3 more have no place on the map: whether they are near is not known." in near.err


def test_what_is_called_off_and_was_never_kept_is_no_event(cowork: Cowork, calendar: Path) -> None:
    calendar.write_text(calendar.read_text().replace("UID:fest@x", "UID:fest@x\nSTATUS:CANCELLED"))
    done = cowork("event", "import", str(calendar), "--json")
    assert [row["name"] for row in done.data] == ["Breakfast"] * 3
    assert "called off" not in done.err


def test_a_calendar_that_is_too_large_is_not_read(cowork: Cowork, calendar: Path) -> None:
    with calendar.open("ab") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    done = cowork("event", "import", str(calendar))
    assert (done.code, done.err) == (
        2, f"error: {calendar} is larger than 16 MB\nhint: give a shorter calendar\n",
    )  # fmt: skip


def test_an_address_without_a_path_hides_nothing_that_others_need() -> None:
    events.hide("https://example.org/")
    assert redact("https://example.org/") == "https://example.org/"
    events.hide("https://example.org/private/abc?key=1")
    assert "abc" not in redact("https://example.org/private/abc")


def test_a_tour_of_too_many_spaces_and_of_one_that_lies_nowhere(
    cowork: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "ref,name,postcode,country\nelse:1,Seen,10119,DE\nelse:2,Odd,99999,DE\nelse:3,Wien,1010,AT\n"
    (tmp_path / "seen.csv").write_text(rows, encoding="utf-8")
    assert cowork("space", "import", str(tmp_path / "seen.csv")).code == 0
    tour = ("tour", "plan", "--on", "2026-12-01")
    stops = cowork(*tour, "Seen", "--json")
    assert [stop["space_name"] for stop in stops.data["stops"]] == ["Seen"]
    assert "Whether it is open then is not known: Seen. Ask before you go." in stops.err
    for name in ("Odd", "Wien"):
        nowhere = cowork(*tour, "Seen", name)
        assert (nowhere.code, nowhere.err.splitlines()[0]) == (
            2,
            f"error: where {name} lies is not known",
        )
    monkeypatch.setattr("cowork_cli.services.events.tours.MOST_STOPS", 1)
    many = cowork(*tour, "Seen", "Odd")
    assert (many.code, many.err) == (
        2, "error: 2 spaces are too many for one day\nhint: give at most 1\n",
    )  # fmt: skip
