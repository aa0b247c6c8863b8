"""Bookings as files: exported and read by others, asked for by mail, settled by the answer."""

import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import Cowork

TITLE = 'Größe; "Kunde", A\\B — ' + "sehr lang " * 12


@pytest.fixture
def mill(seller: Cowork) -> Cowork:
    for words in (
        ("space", "add", "Alte Mühle", "--country", "DE", "--email", "hallo@muehle.example"),
        ("desk", "add", "mühle", "Desk 1"),
        ("book", "Desk 1", "--on", "2026-12-01", "--from", "09:00", "--to", "17:00", "--title", TITLE),
        ("book", "Desk 1", "--on", "2026-12-02", "--from", "09:00", "--to", "17:00"),
    ):  # fmt: skip
        outcome = seller(*words)
        assert outcome.code == 0, str(outcome)
    return seller


def exported(mill: Cowork, path: Path, *words: str) -> dict[str, Any]:
    outcome = mill("booking", "export", "--out", str(path), "--force", *words)
    assert outcome.code == 0, str(outcome)
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["DESCRIPTION"]).partition(" ")[0]: event for event in events}


def test_it_is_written_as_calendars_want_it(mill: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "b.ics"
    event = exported(mill, path)["b-1"]
    raw = path.read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"PRODID:-//cowork//bookings//EN\r\n" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert event["DTSTART"].to_ical() == b"20261201T080000Z"
    assert event["DTSTAMP"].to_ical().endswith(b"Z")
    assert str(event["SUMMARY"]).startswith(TITLE.strip())
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert exported(mill, path)["b-1"] == event
    assert path.read_bytes() == raw


def test_what_is_cancelled_keeps_its_uid_and_raises_its_sequence(
    mill: Cowork, tmp_path: Path
) -> None:
    before = exported(mill, tmp_path / "b.ics")["b-1"]
    assert mill("booking", "cancel", "b-1", "--yes").code == 0
    after = exported(mill, tmp_path / "b.ics")["b-1"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (after["STATUS"], after["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_a_period_chooses(mill: Cowork, tmp_path: Path) -> None:
    assert set(exported(mill, tmp_path / "b.ics", "--from", "2026-12-02")) == {"b-2"}
    nothing = mill(
        "booking",
        "export",
        "--out",
        str(tmp_path / "n.ics"),
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-31",
    )
    assert nothing.code == 0
    assert "Wrote 0 bookings" in nothing.err


def test_khal_reads_it_back(mill: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "b.ics"
    exported(mill, path)
    for folder in ("cal", "khal-home", "data"):
        (tmp_path / folder).mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[cowork]]\npath = {tmp_path / 'cal'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
    )
    env = os.environ | {
        "HOME": str(tmp_path / "khal-home"), "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "data"), "LC_ALL": "C.UTF-8",
    }  # fmt: skip

    def khal(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(config), *words],
            capture_output=True, text=True, check=True, timeout=60, env=env,
        )  # fmt: skip
        return done.stdout

    khal("import", "--batch", str(path))
    listed = khal("list", "--format", "{start}|{end}|{title}|{location}", "2026-12-01", "3d")
    assert "2026-12-01 09:00|2026-12-01 17:00|" in listed
    assert TITLE.strip() in listed
    assert "Desk 1, Alte Mühle" in listed


# By mail ─────────────────────────────────────────────────────────────────────────────────────────


def asked(mill: Cowork, tmp_path: Path) -> Any:
    """The event of the request that is inside the mail."""
    path = tmp_path / "request.eml"
    outcome = mill("booking", "mail", "b-1", "--out", str(path), "--force", "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["state"] == "asked"
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert mail["X-Unsent"] == "1"
    assert "hallo@muehle.example" in mail["To"]
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert parts[0].get_param("method") == "REQUEST"
    calendar = icalendar.Calendar.from_ical(parts[0].get_payload(decode=True))
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    return event


def answer(event: Any, method: str, status: str, *more: str, sequence: int | None = None) -> str:
    number = event["SEQUENCE"] if sequence is None else sequence
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{method}", "BEGIN:VEVENT",
        f"UID:{event['UID']}", "DTSTAMP:20261129T000000Z", f"SEQUENCE:{number}",
        f"ATTENDEE;PARTSTAT={status}:mailto:hallo@muehle.example", *more, "END:VEVENT", "END:VCALENDAR", "",
    ])  # fmt: skip


def confirmed(mill: Cowork, tmp_path: Path, text: str | bytes, booking: str = "b-1") -> Any:
    path = tmp_path / "answer"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return mill("booking", "confirm", booking, "--from", str(path), "--json")


def state(mill: Cowork, booking: str = "b-1") -> Any:
    return mill("booking", "show", booking, "--json").data["state"]


def test_a_request_is_asked_until_it_is_confirmed(mill: Cowork, tmp_path: Path) -> None:
    event = asked(mill, tmp_path)
    assert event["STATUS"] == "TENTATIVE"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert mill("booking", "sync").code == 0
    assert state(mill) == "asked"
    assert mill("booking", "confirm", "b-1").code == 0
    assert state(mill) == "confirmed"
    assert mill("booking", "confirm", "b-1").code == 0


def test_the_same_mail_twice_is_the_same_file(mill: Cowork, tmp_path: Path) -> None:
    asked(mill, tmp_path)
    first = (tmp_path / "request.eml").read_bytes()
    asked(mill, tmp_path)
    assert (tmp_path / "request.eml").read_bytes() == first


@pytest.mark.parametrize(
    ("method", "status", "more", "expected"),
    [
        ("REPLY", "ACCEPTED", (), "confirmed"),
        ("REPLY", "DECLINED", (), "refused"),
        ("REPLY", "TENTATIVE", (), "asked"),
        ("CANCEL", "NEEDS-ACTION", (), "refused"),
        ("COUNTER", "TENTATIVE", ("DTSTART:20261203T080000Z", "DTEND:20261203T160000Z"), "asked"),
    ],
)  # fmt: skip
def test_an_answer_settles_it(
    mill: Cowork, tmp_path: Path, method: str, status: str, more: tuple[str, ...], expected: str
) -> None:
    event = asked(mill, tmp_path)
    outcome = confirmed(mill, tmp_path, answer(event, method, status, *more))
    assert (outcome.code, outcome.data["state"]) == (0, expected), str(outcome)
    if method == "COUNTER":
        assert "cowork booking move b-1 --on 2026-12-03 --from 09:00 --to 17:00" in outcome.err
    if expected == "refused":
        again = mill("book", "Desk 1", "--on", "2026-12-01", "--from", "09:00", "--to", "17:00")
        assert again.code == 0, "a desk that was declined is free in the own book"


def test_an_answer_in_a_mail_settles_it(mill: Cowork, tmp_path: Path) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"] = "Accepted: Desk 1"
    mail.set_content("Ja, gern.")
    text = answer(asked(mill, tmp_path), "REPLY", "ACCEPTED")
    mail.add_attachment(text.encode(), maintype="text", subtype="calendar", filename="a.ics")
    assert confirmed(mill, tmp_path, mail.as_bytes()).data["state"] == "confirmed"


def test_an_answer_to_something_else_settles_nothing(mill: Cowork, tmp_path: Path) -> None:
    event = asked(mill, tmp_path)
    text = answer(event, "REPLY", "ACCEPTED")
    assert confirmed(mill, tmp_path, text, "b-2").code == 6
    old = confirmed(mill, tmp_path, answer(event, "REPLY", "ACCEPTED", sequence=0))
    assert old.code == 6
    assert "older request" in old.err
    assert (state(mill), state(mill, "b-2")) == ("asked", "confirmed")


def test_an_answer_that_comes_twice_is_said_and_one_that_contradicts_is_refused(
    mill: Cowork, tmp_path: Path
) -> None:
    event = asked(mill, tmp_path)
    assert confirmed(mill, tmp_path, answer(event, "REPLY", "ACCEPTED")).code == 0
    again = confirmed(mill, tmp_path, answer(event, "REPLY", "ACCEPTED"))
    assert (again.code, "b-1 is confirmed already." in again.err) == (0, True)
    other = confirmed(mill, tmp_path, answer(event, "REPLY", "DECLINED"))
    assert (other.code, "b-1 is confirmed; it waits for no answer" in other.err) == (6, True)
    assert state(mill) == "confirmed"


@pytest.mark.parametrize(
    "text",
    ["", "Ja, gern.", "<html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"],
)  # fmt: skip
def test_what_is_no_answer_is_one_line(mill: Cowork, tmp_path: Path, text: str) -> None:
    asked(mill, tmp_path)
    outcome = confirmed(mill, tmp_path, text)
    assert outcome.code == 2
    assert "cowork booking confirm ID" in outcome.err
    assert state(mill) == "asked"


def test_a_missing_file_and_a_missing_address(cowork: Cowork, tmp_path: Path) -> None:
    cowork("space", "add", "Hof")
    cowork("desk", "add", "hof", "Desk 1")
    cowork("book", "Desk 1", "--on", "2026-12-01", "--from", "09:00", "--to", "17:00")
    path = str(tmp_path / "a.eml")
    assert cowork("booking", "mail", "b-1", "--out", path).code == 2
    nobody = cowork("booking", "mail", "b-1", "--to", "hof@example.org", "--out", path)
    assert (nobody.code, "who asks is not known: seller.name is not set" in nobody.err) == (2, True)
    assert cowork("booking", "mail", "b-1", "--to", "no address", "--out", path).code == 2
    assert cowork("booking", "confirm", "b-1", "--from", path).code == 5, "as every missing file"
    assert not Path(path).exists()
    assert state(cowork) == "confirmed"
