"""What every provider on the web makes of a bad day: the table of `http_client`, seen from above."""

import socket
from collections.abc import Callable

import pytest

from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    CoworkError,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.http_client import Limits
from tests.contract.rig import SECRET, HttpRig, a_space, around, caught

pytestmark = pytest.mark.needs("search", uses="http")


def search(rig: HttpRig) -> list[object]:
    return list(rig.provider.search(around()))


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_no_connection(rig: HttpRig) -> None:
    provider = rig.connect(f"http://127.0.0.1:{closed_port()}")
    error = caught(lambda: list(provider.search(around())), ProviderUnavailable)
    assert error.account == rig.account
    assert rig.waits


def test_no_answer_in_time(rig: HttpRig) -> None:
    provider = rig.connect(rig.fake.url, Limits(connect_s=5, read_s=0.05))
    rig.fake.hang()
    caught(lambda: list(provider.search(around())), ProviderUnavailable)
    assert len(rig.fake.log) <= 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failing_server_is_asked_again_and_then_unavailable(rig: HttpRig, status: int) -> None:
    rig.fake.fail_next(status, "<h1>oops</h1>", times=20)
    error = caught(lambda: search(rig), ProviderUnavailable)
    assert not isinstance(error, RateLimited)
    assert len(rig.fake.log) == len(rig.waits) + 1 > 1


def test_a_failure_that_passes_is_not_noticed(rig: HttpRig) -> None:
    rig.given(a_space(rig))
    rig.fake.fail_next(503)
    rig.fake.cut()
    assert len(search(rig)) == 1


def test_throttled_waits_as_told(rig: HttpRig) -> None:
    rig.given(a_space(rig))
    rig.fake.fail_next(429, headers={"Retry-After": "7"})
    assert len(search(rig)) == 1
    assert rig.waits[:1] == [max(7, rig.least_wait_s)]
    assert len(rig.waits) == rig.requests_for_a_page


def test_throttled_for_good(rig: HttpRig) -> None:
    rig.fake.fail_next(429, headers={"Retry-After": "1"}, times=20)
    caught(lambda: search(rig), RateLimited)
    assert len(rig.fake.log) <= 4


@pytest.mark.parametrize("status", [401, 403])
def test_rejected(rig: HttpRig, status: int) -> None:
    rig.fake.fail_next(status, {"error": "no"}, times=9)
    error = caught(lambda: search(rig), AuthRejected)
    assert f"cowork account login {rig.account}" in error.hint
    assert rig.waits == []


def test_a_web_page_is_a_bad_answer(rig: HttpRig) -> None:
    rig.given(a_space(rig))
    rig.fake.fail_next(200, "<html><title>Log in to the café</title></html>")
    caught(lambda: search(rig), BadAnswer)
    assert len(rig.fake.log) == 1


def test_half_a_body_is_a_bad_answer(rig: HttpRig) -> None:
    rig.given(a_space(rig))
    rig.fake.truncate_next()
    caught(lambda: search(rig), BadAnswer)
    assert len(rig.fake.log) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[1,", b"nonsense", b'{"data": NaN}'])
def test_no_json_is_a_bad_answer(rig: HttpRig, body: bytes) -> None:
    rig.fake.fail_next(200, body)
    caught(lambda: search(rig), BadAnswer)


@pytest.mark.parametrize("body", [b"null", b"[]", b"{}", b"7", b'"x"', b'{"data": 7}'])
def test_json_of_another_shape_is_a_bad_answer(rig: HttpRig, body: bytes) -> None:
    rig.fake.fail_next(200, body)
    caught(lambda: search(rig), BadAnswer)


def test_a_missing_field_is_a_bad_answer_that_names_it(rig: HttpRig) -> None:
    field = rig.given_incomplete(a_space(rig))
    error = caught(lambda: search(rig), BadAnswer)
    assert f'"{field}"' in error.message


def test_another_host_is_not_followed(rig: HttpRig) -> None:
    rig.fake.fail_next(302, headers={"Location": "https://elsewhere.example/x"})
    error = caught(lambda: search(rig), CoworkError)
    assert isinstance(error, BadAnswer | ProviderUnavailable)
    assert "elsewhere.example" in error.message


BAD_DAYS: dict[str, Callable[[HttpRig], None]] = {
    "401": lambda rig: rig.fake.fail_next(401, {"detail": f"token {SECRET} is old"}),
    "400": lambda rig: rig.fake.fail_next(
        400, {"code": "VALIDATION_FAILED", "title": SECRET, "detail": SECRET, "message": SECRET}
    ),
    "404": lambda rig: rig.fake.fail_next(404, {"code": "NOT_FOUND", "detail": SECRET}),
    "409": lambda rig: rig.fake.fail_next(409, {"detail": SECRET}),
    "422": lambda rig: rig.fake.fail_next(422, {"errors": [{"detail": SECRET}]}),
    "429": lambda rig: rig.fake.fail_next(429, {"detail": SECRET}, times=9),
    "500": lambda rig: rig.fake.fail_next(500, SECRET, times=9),
    "page": lambda rig: rig.fake.fail_next(200, f"<p>{SECRET}</p>"),
    "redirect": lambda rig: rig.fake.fail_next(
        302, headers={"Location": f"https://x.example/?token={SECRET.replace(' ', '%20')}"}
    ),
    "cut": lambda rig: rig.fake.cut(times=9),
    "truncated": lambda rig: rig.fake.truncate_next(),
}


@pytest.mark.parametrize("day", BAD_DAYS)
def test_no_secret_in_any_message(rig: HttpRig, day: str) -> None:
    BAD_DAYS[day](rig)
    error = caught(lambda: search(rig), CoworkError)
    told = " ".join(
        [error.message, error.hint or "", repr(error), str(error), repr(rig.provider), *rig.debug]
    )
    assert SECRET not in told
    assert rig.debug
    assert error.account == rig.account
