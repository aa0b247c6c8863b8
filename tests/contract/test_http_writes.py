"""What every provider on the web makes of a bad day while it books or cancels: it never acts twice."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from cowork_cli.domain.booking import LIVE_STATES, ProviderBooking
from cowork_cli.errors import (
    AuthRejected,
    CoworkError,
    OutcomeUnknown,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.http_client import Limits
from tests.contract.rig import SECRET, HttpRig, a_request, caught, given_desk, window
from tests.fakes.server import FakeServer

pytestmark = pytest.mark.needs("booking", uses="http")

THE_DAY = window("2026-12-01T00:00", 24)
WRITES = ("book", "cancel")


class Writing:
    """One write of a rig, made ready, and a look at what became of it."""

    def __init__(self, rig: HttpRig, kind: str) -> None:
        self.rig, self.kind = rig, kind
        self.request = a_request(given_desk(rig))
        self.booked = rig.provider.book(self.request, key="k-0") if kind == "cancel" else None
        rig.fake.log.clear()
        rig.waits.clear()
        # What is asked before the write goes well: these tests are about the write.
        rig.fake.spare_until(rig.is_write)

    def __call__(self, provider: Any = None) -> ProviderBooking:
        provider = provider or self.rig.provider
        done: ProviderBooking = (
            provider.cancel(self.booked.ref, key="c-1")
            if self.booked
            else provider.book(self.request, key="k-1")
        )
        return done

    def sent(self) -> int:
        return len([one for one in self.rig.fake.log if self.rig.is_write(one)])

    def live(self) -> int:
        self.rig.fake.forget_orders()
        rows = self.rig.provider.bookings(THE_DAY)
        return len([row for row in rows if row.state in LIVE_STATES])


@pytest.fixture(params=WRITES)
def write(rig: HttpRig, request: pytest.FixtureRequest) -> Writing:
    return Writing(rig, request.param)


LOST: dict[str, Callable[[HttpRig], None]] = {
    "cut before": lambda rig: rig.fake.cut(times=20),
    "cut after": lambda rig: rig.fake.cut_after_commit(times=20),
    "half an answer": lambda rig: rig.fake.truncate_next(times=20),
    "500": lambda rig: rig.fake.fail_next(500, "<h1>oops</h1>", times=20),
    "502 after": lambda rig: rig.fake.fail_after_commit(502, times=20),
    "a page after": lambda rig: rig.fake.fail_after_commit(200, "<p>hello</p>", times=20),
    "no JSON after": lambda rig: rig.fake.fail_after_commit(200, b"{", times=20),
}


@pytest.mark.parametrize("how", LOST)
def test_a_lost_answer_is_an_unknown_outcome_and_nothing_is_done_twice(
    write: Writing, how: str
) -> None:
    LOST[how](write.rig)
    error = caught(write, OutcomeUnknown)
    assert "cowork booking sync" in error.hint
    assert error.account == write.rig.account
    done = "after" in how or how == "half an answer"
    if write.kind == "book":
        assert write.live() == (1 if done else 0)
    else:
        assert write.live() == (0 if done else 1)


@pytest.mark.parametrize("how", LOST)
def test_after_one_lost_answer_it_has_happened_at_most_once(write: Writing, how: str) -> None:
    LOST[how](write.rig)
    write.rig.fake.keep_orders(1)
    try:
        write()
    except OutcomeUnknown:
        assert write.sent() == 1, "who repeats must know in the end"
    assert write.live() <= 1


def test_no_answer_in_time_is_an_unknown_outcome(write: Writing) -> None:
    slow = write.rig.connect(write.rig.fake.url, Limits(connect_s=5, read_s=0.3))
    if write.booked:  # known to whoever cancels it
        slow.booking(write.booked.ref)
    write.rig.fake.log.clear()
    write.rig.fake.hang(times=20)
    caught(lambda: write(slow), OutcomeUnknown)
    assert write.sent() <= 3


def test_no_connection_is_no_doubt(write: Writing) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    nobody = write.rig.connect(f"http://127.0.0.1:{port}")
    caught(lambda: write(nobody), ProviderUnavailable)
    assert write.rig.waits


def test_throttled_waits_as_told_and_then_does_it_once(write: Writing) -> None:
    write.rig.fake.fail_next(429, headers={"Retry-After": "7"})
    done = write()
    assert write.rig.waits == [7]
    assert (done.state == "cancelled") == (write.kind == "cancel")
    assert write.live() == (1 if write.kind == "book" else 0)


def test_throttled_for_good_is_no_doubt(write: Writing) -> None:
    write.rig.fake.fail_next(429, headers={"Retry-After": "1"}, times=20)
    caught(write, RateLimited)
    assert write.sent() <= 4


@pytest.mark.parametrize("status", [401, 403])
def test_rejected_is_no_doubt(write: Writing, status: int) -> None:
    write.rig.fake.fail_next(status, {"detail": SECRET}, times=9)
    error = caught(write, AuthRejected)
    assert f"cowork account login {write.rig.account}" in error.hint
    assert write.rig.waits == []


@pytest.mark.parametrize("status", [400, 404, 409, 418, 422])
def test_a_refusal_is_one_and_is_not_repeated(write: Writing, status: int) -> None:
    write.rig.fake.fail_next(status, {"message": f"no, {SECRET}"})
    error = caught(write, CoworkError)
    assert not isinstance(error, OutcomeUnknown | ProviderUnavailable)
    assert SECRET not in f"{error.message} {error.hint} {error!r} {write.rig.debug}"
    assert write.sent() == 1


@pytest.mark.parametrize("status", [303, 307])
def test_a_write_is_not_sent_on(write: Writing, status: int) -> None:
    """Who redirects may have done it before: nobody is told a second time, here or elsewhere."""
    with FakeServer() as thief:
        write.rig.fake.fail_next(status, headers={"Location": f"{thief.url}/x"})
        write.rig.fake.fail_next(status, headers={"Location": "/x"}, times=9)
        error = caught(write, OutcomeUnknown)
        assert thief.url in error.message
        assert thief.log == []
    write.rig.fake.unknown.clear()  # what is read there may be read elsewhere on the same server
    assert not any(one.path == "/x" for one in write.rig.fake.log if write.rig.is_write(one))
    assert write.live() == (0 if write.kind == "book" else 1)


@pytest.mark.parametrize(
    "identity", ["../desks", "1/../../x", "..", "a\\b", "x\ny", "x?y=1", "%2e"]
)
def test_an_id_is_never_a_path(rig: HttpRig, identity: str) -> None:
    """Whatever stands in an id, nothing but that id is asked for, or nothing at all."""
    given_desk(rig)
    rig.fake.log.clear()
    caught(lambda: rig.provider.cancel(rig.booking_ref("999999"), key="c-0"), CoworkError)
    usual = [(one.path, one.query) for one in rig.fake.log]
    end = rig.booking_path
    assert not usual or any(path.endswith(end.format("999999")) for path, _ in usual)
    rig.fake.log.clear()
    try:
        rig.provider.cancel(rig.booking_ref(identity), key="c-1")
    except CoworkError as error:
        assert not isinstance(error, OutcomeUnknown)
    for request in rig.fake.log:
        asked = request.path.removesuffix(end.format(identity)) + end.format("999999")
        assert (asked, request.query) in usual or (request.path, request.query) in usual
