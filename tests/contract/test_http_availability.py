"""What every provider on the web makes of a bad day when it is asked for desks and free time."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    CoworkError,
    ProviderUnavailable,
    RateLimited,
)
from tests.contract.rig import SECRET, HttpRig, caught, given_desk, window

pytestmark = pytest.mark.needs("availability", uses="http")

WHEN = window("2026-12-01T09:00", 4)


def reads(rig: HttpRig) -> dict[str, Callable[[], Any]]:
    """What is asked of a provider that has a desk."""
    desk = given_desk(rig)
    rig.fake.log.clear()

    def free() -> list[Any]:
        return list(rig.provider.free(desk.ref, WHEN))

    def desks() -> list[Any]:
        return list(rig.provider.desks(desk.space_ref))

    return {"free": free, "desks": desks if rig.asks_for_desks else free}


READS = ("desks", "free")


@pytest.mark.parametrize("what", READS)
def test_a_failing_server_is_asked_again_and_then_unavailable(rig: HttpRig, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.fail_next(503, "<h1>oops</h1>", times=60)
    error = caught(ask, ProviderUnavailable)
    assert not isinstance(error, RateLimited)
    assert error.account == rig.account
    assert rig.waits


@pytest.mark.parametrize("what", READS)
def test_a_failure_that_passes_is_not_noticed(rig: HttpRig, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.fail_next(502)
    rig.fake.cut()
    assert len(ask()) == 1


@pytest.mark.parametrize("what", READS)
def test_throttled_waits_as_told(rig: HttpRig, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.fail_next(429, headers={"Retry-After": "7"})
    assert len(ask()) == 1
    assert rig.waits == [7]


@pytest.mark.parametrize("what", READS)
@pytest.mark.parametrize("status", [401, 403])
def test_rejected(rig: HttpRig, status: int, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.fail_next(status, {"error": "no"}, times=9)
    caught(ask, AuthRejected)
    assert rig.waits == []


@pytest.mark.parametrize("what", READS)
def test_a_web_page_is_a_bad_answer(rig: HttpRig, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.fail_next(200, "<html><title>Log in to the café</title></html>", times=9)
    caught(ask, BadAnswer)


@pytest.mark.parametrize("what", READS)
def test_half_a_body_is_a_bad_answer(rig: HttpRig, what: str) -> None:
    ask = reads(rig)[what]
    rig.fake.truncate_next(times=9)
    caught(ask, BadAnswer)


@pytest.mark.parametrize("what", READS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"7",
        b'"x"',
        b"[7]",
        b"[[]]",
        b'[{"id": null}]',
        b'{"data": 7}',
        b"[null]",
    ],
)
def test_an_answer_of_another_shape_is_a_bad_answer_or_nothing(
    rig: HttpRig, body: bytes, what: str
) -> None:
    """Never a bug, and never a desk or free time that nobody told."""
    ask = reads(rig)[what]
    rig.fake.fail_next(200, body, times=40)
    with suppress(CoworkError):
        assert ask() == []


@pytest.mark.parametrize("what", READS)
@pytest.mark.parametrize("status", [400, 404, 409, 422, 429, 500])
def test_no_secret_in_any_message(rig: HttpRig, status: int, what: str) -> None:
    ask = reads(rig)[what]
    body = {"message": SECRET, "detail": SECRET, "errors": [{"detail": SECRET}], "error": SECRET}
    rig.fake.fail_next(status, body, times=40)
    error = caught(ask, CoworkError)
    told = f"{error.message} {error.hint} {error!r} {rig.provider!r} {' '.join(rig.debug)}"
    assert SECRET not in told
