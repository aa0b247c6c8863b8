"""What the contract suite does not ask of CalDAV: rivals, other clients, series, rights."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.booking import BookingRequest
from cowork_cli.domain.calendars import writing
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import BadAnswer, Conflict, OutcomeUnknown, SlotTaken
from tests.contract.caldav_rig import CalDavRig, XandikosRig
from tests.contract.rig import a_request, caught, given_desk, window


@pytest.fixture(params=[CalDavRig, XandikosRig], ids=["radicale", "xandikos"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CalDavRig]:
    with request.param(tmp_path) as built:
        yield built


def put_rival(rig: CalDavRig, desk: str, uid: str, start: str = "2026-12-01T10:00") -> None:
    when = window(start, 1)
    event = writing.Event(uid, when.from_, when.to, "Rival", when.from_)
    assert rig.server.put(f"/{rig.place}/{desk}/{uid}.ics", writing.document([event]).decode()) in (
        201,
        204,
    )


def after_the_put(rig: CalDavRig, act: Any) -> None:
    """Does `act` between our PUT and our reading again."""
    passed = rig.fake.answer

    def answer(request: Any) -> Any:
        reply = passed(request)
        if request.method == "PUT":
            rig.fake.answer = passed  # type: ignore[method-assign]
            act()
        return reply

    rig.fake.answer = answer  # type: ignore[method-assign]


def event_of(rig: CalDavRig, ref: Ref) -> Any:
    import icalendar

    _, _, body = rig.server.ask("GET", f"/{rig.place}/{ref.id}.ics")
    (event,) = icalendar.Calendar.from_ical(body.decode()).walk("VEVENT")
    return event


def test_who_meets_a_rival_that_stays_withdraws(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    # A larger UID than any of ours: it should withdraw, but it is no client that does.
    after_the_put(rig, lambda: put_rival(rig, desk.ref.id, "zzz"))
    caught(lambda: rig.provider.book(a_request(desk), key="k-1"), SlotTaken)
    assert list(rig.provider.bookings(window("2026-12-01T00:00", 24))) == []
    assert len(rig.waits) == 4
    # What was withdrawn is gone, and the desk is taken by the rival alone.
    taken = rig.provider.free(desk.ref, window("2026-12-01T09:00", 4))
    assert [slot.from_.hour for slot in taken] == [9, 11]


def test_the_smaller_uid_withdraws_nothing_if_the_rival_does(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    after_the_put(rig, lambda: put_rival(rig, desk.ref.id, "zzz"))
    path = f"/{rig.place}/{desk.ref.id}/zzz.ics"
    rig.provider.sleep = lambda seconds: rig.server.ask("DELETE", path)
    booked = rig.provider.book(a_request(desk), key="k-1")
    assert rig.provider.booking(booked.ref).state == "confirmed"


def test_the_larger_uid_withdraws_at_once(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    after_the_put(rig, lambda: put_rival(rig, desk.ref.id, "000"))
    caught(lambda: rig.provider.book(a_request(desk), key="k-1"), SlotTaken)
    assert rig.waits == []


def test_what_cannot_be_read_again_is_an_unknown_outcome(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    after_the_put(rig, lambda: setattr(rig.fake, "token", "another"))
    error = caught(lambda: rig.provider.book(a_request(desk), key="k-1"), OutcomeUnknown)
    assert "cowork booking sync" in error.hint


def test_a_series_of_another_is_busy_at_its_clock_over_the_change(rig: CalDavRig) -> None:
    """Also without the VTIMEZONE, where Radicale expands it an hour wrong."""
    desk = given_desk(rig)
    rig.server.put(
        f"/{rig.place}/{desk.ref.id}/s.ics",
        "\r\n".join([
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:s", "SUMMARY:Weekly",
            "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20261019T090000",
            "DTEND;TZID=Europe/Berlin:20261019T110000", "RRULE:FREQ=WEEKLY", "END:VEVENT", "END:VCALENDAR", "",
        ]),
    )  # fmt: skip
    for day, offset in (("2026-10-19", "+02:00"), ("2026-10-26", "+01:00")):
        free = rig.provider.free(desk.ref, window(f"{day}T08:00", 4))
        assert [slot.to.isoformat() for slot in free] == [
            f"{day}T09:00:00{offset}", f"{day}T12:00:00{offset}",
        ]  # fmt: skip


def test_an_event_of_another_is_none_of_my_bookings(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    put_rival(rig, desk.ref.id, "theirs")
    assert list(rig.provider.bookings(window("2026-12-01T00:00", 24))) == []


def test_a_key_is_not_for_another_time(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    rig.provider.book(a_request(desk), key="k-1")
    later = a_request(desk, "2026-12-03T09:00")
    caught(lambda: rig.provider.book(later, key="k-1"), Conflict)


def test_a_booking_is_written_in_utc_and_a_cancelled_one_stays(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    request = BookingRequest(desk.ref, window("2026-12-01T09:00", 2), title="Workshop")
    booked = rig.provider.book(request, key="k-1")
    event = event_of(rig, booked.ref)
    uid = event["UID"]
    assert event["DTSTART"].to_ical() == b"20261201T080000Z"
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (0, "CONFIRMED", "OPAQUE")
    rig.provider.cancel(booked.ref, key="c-1")
    event = event_of(rig, booked.ref)
    assert (event["UID"], event["SEQUENCE"]) == (uid, 1)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_what_was_changed_in_between_is_not_cancelled(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    booked = rig.provider.book(a_request(desk), key="k-1")
    uid = booked.ref.id.rpartition("/")[2]
    passed = rig.fake.answer

    def answer(request: Any) -> Any:
        if request.method == "PUT":
            put_rival(rig, desk.ref.id, uid, "2026-12-02T10:00")
        return passed(request)

    rig.fake.answer = answer  # type: ignore[method-assign]
    error = caught(lambda: rig.provider.cancel(booked.ref, key="c-1"), Conflict)
    assert "changed in between" in error.message


def test_it_is_checked_without_reading_events(rig: CalDavRig) -> None:
    given_desk(rig)
    assert rig.provider.check("booking") == "1 calendar"
    assert {one.method for one in rig.fake.log} == {"PROPFIND"}


@pytest.mark.parametrize("place", ["/raum-1", "/raum-1/desk-1", "/raum-1/desk-1/"])
def test_the_address_may_be_a_space_or_one_calendar(rig: CalDavRig, place: str) -> None:
    desk = given_desk(rig)
    rig.place += place
    near = rig.connect(rig.fake.url)
    assert [row.ref for row in near.desks(Ref(rig.account, "raum-1"))] == [desk.ref]
    booked = near.book(a_request(desk), key="k-1")
    assert [row.ref for row in near.bookings(window("2026-12-01T00:00", 24))] == [booked.ref]


# ---- what is kept of a calendar


def requests_of(rig: CalDavRig, act: Any) -> list[str]:
    """The methods of what is sent while `act` does something."""
    rig.debug.clear()
    act()
    return [line.split()[0] for line in rig.debug]


def weekly(rig: CalDavRig, desk: str, uid: str, clock: str) -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261103T{clock}00Z\r\n"
        "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert rig.server.put(f"/{rig.place}/{desk}/{uid}.ics", text) in (201, 204)


def test_a_calendar_that_has_not_changed_is_not_expanded_again(
    rig: CalDavRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cowork_cli.domain.calendars import reading

    desk = given_desk(rig)
    weekly(rig, desk.ref.id, "w", "0900")
    expanded: list[str] = []
    real = reading.busy_times
    monkeypatch.setattr(
        reading, "busy_times", lambda *given: (expanded.append(""), real(*given))[1]
    )

    def starts(day: str) -> list[int]:
        return [slot.from_.hour for slot in rig.provider.free(desk.ref, window(f"{day}T08:00", 6))]

    assert starts("2026-12-01") == [8, 11]
    assert len(expanded) == 1
    methods = requests_of(rig, lambda: starts("2026-12-08"))
    assert methods == ["PROPFIND"], "one small question, no event is read"
    assert starts("2027-01-05") == [8, 11]
    assert len(expanded) == 1
    assert starts("2027-09-07") == [8, 12], "beyond what was expanded; an hour later in summer"
    assert len(expanded) == 2


def test_what_changed_is_read_anew(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    weekly(rig, desk.ref.id, "w", "0900")
    day = window("2026-12-01T08:00", 6)
    assert [slot.from_.hour for slot in rig.provider.free(desk.ref, day)] == [8, 11]
    put_rival(rig, desk.ref.id, "r", "2026-12-01T12:00")
    assert [slot.from_.hour for slot in rig.provider.free(desk.ref, day)] == [8, 11, 13]
    rig.server.ask("DELETE", f"/{rig.place}/{desk.ref.id}/w.ics")
    assert [slot.from_.hour for slot in rig.provider.free(desk.ref, day)] == [8, 13]


# A server that says odd things ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "outcome"), [(403, OutcomeUnknown), (412, OutcomeUnknown), (404, SlotTaken)]
)
def test_an_event_that_cannot_be_withdrawn_is_an_unknown_outcome(
    rig: CalDavRig, status: int, outcome: type[Exception]
) -> None:
    desk = given_desk(rig)
    after_the_put(rig, lambda: put_rival(rig, desk.ref.id, "000"))
    rig.fake.spare_until(lambda request: request.method == "DELETE")
    rig.fake.fail_next(status, b"")
    error = caught(lambda: rig.provider.book(a_request(desk), key="k-1"), outcome)
    assert error.hint


def changed(rig: CalDavRig, old: str, new: str) -> None:
    """From now on what the server says of its events is said in another way."""
    passed = rig.fake.answer

    def answer(request: Any) -> Any:
        reply = passed(request)
        if reply is not None and request.method in ("REPORT", "GET"):
            reply.body = reply.encoded().replace(old.encode(), new.encode())
        return reply

    rig.fake.answer = answer  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BEGIN:VEVENT", "BEGIN:VEVENTS"),
        ("END:VCALENDAR", ""),
        ("DTSTART", "X-START"),
        ("X-COWORK-TIMEZONE:Europe/Berlin", "X-COWORK-TIMEZONE:Nowhere/Land"),
        ("calendar-data", "calendar-nothing"),
    ],
)
def test_a_booking_of_mine_that_cannot_be_read_is_not_left_out(
    rig: CalDavRig, old: str, new: str
) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    changed(rig, old, new)
    day = window("2026-12-01T00:00", 24)
    error = caught(lambda: list(rig.provider.bookings(day)), BadAnswer)
    assert f"cowork account check {rig.account}" in error.hint
    if "calendar-" not in old:
        caught(lambda: rig.provider.booking(booked.ref), BadAnswer)


def test_an_event_that_is_not_shown_leaves_nothing_free(rig: CalDavRig) -> None:
    desk = given_desk(rig)
    rig.provider.book(a_request(desk), key="k-1")
    changed(rig, "calendar-data", "calendar-nothing")
    caught(lambda: rig.provider.free(desk.ref, window("2026-12-01T09:00", 4)), BadAnswer)


def test_a_revision_that_is_no_number_is_none(rig: CalDavRig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    changed(rig, "BEGIN:VEVENT", "BEGIN:VEVENT\r\nSEQUENCE:many")
    assert rig.provider.cancel(booked.ref, key="c-1").state == "cancelled"
