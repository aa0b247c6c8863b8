"""Each row of the table of `http_client`, against a real server on loopback."""

import gzip
import json
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from cowork_cli import __version__, redaction
from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    ProviderUnavailable,
    RateLimited,
    SecretInConfig,
    SlotTaken,
)
from cowork_cli.http_client import (
    Answer,
    Auth,
    HttpClient,
    Limits,
    RetryPolicy,
)
from cowork_cli.redaction import redact, remember
from cowork_cli.secrets_store import Secret
from tests.fakes.server import FakeServer, Reply, Request

SECRET = "top/secret+value=4711"


class FakeDesks(FakeServer):
    """Books whatever is posted; with a key it knows, it answers as it did before."""

    def __init__(self) -> None:
        self.booked: list[Any] = []
        self.keys: dict[str, Any] = {}
        self.raw: dict[str, Reply] = {}
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        if request.path in self.raw:
            return self.raw[request.path]
        if request.path != "/v1/bookings":
            return None
        if request.method == "GET":
            return Reply(200, {"data": self.booked, "asked": dict(request.query)})
        if request.method == "DELETE":
            self.booked.clear()
            return Reply(200, {"deleted": True})
        key = request.headers.get("idempotency-key")
        if key in self.keys:
            return Reply(200, self.keys[key])
        self.booked.append(request.json())
        made = {"id": len(self.booked), "body": request.json()}
        if key:
            self.keys[key] = made
        return Reply(201, made)


class Desk:
    """A client with everything that a test wants to see."""

    def __init__(self, fake: FakeDesks) -> None:
        self.fake = fake
        self.waits: list[float] = []
        self.debug: list[str] = []
        self.now = 1_000_000_000.0
        self.clients: list[HttpClient] = []
        self.http = self.client()

    def client(self, url: str | None = None, **more: Any) -> HttpClient:
        given: dict[str, Any] = {
            "auth": Auth(Secret(SECRET)),
            "limits": Limits(connect_s=5, read_s=5),
            "debug": self.debug.append,
            "sleep": self.waits.append,
            "jitter": lambda: 0.0,
            "unix_time": lambda: self.now,
        }
        made = HttpClient("hafen", url or f"{self.fake.url}/v1", **given | more)
        self.clients.append(made)
        return made


@pytest.fixture(autouse=True)
def _no_secret_is_known_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", set())


@pytest.fixture
def desk() -> Iterator[Desk]:
    with FakeDesks() as fake:
        made = Desk(fake)
        yield made
        for client in made.clients:
            client.close()


def caught(call: Callable[[], object], kind: type[CoworkError]) -> CoworkError:
    with pytest.raises(kind) as info:
        call()
    assert type(info.value) is kind
    return info.value


def read(http: HttpClient) -> object:
    return http.get_json("bookings")


def write(http: HttpClient) -> object:
    return http.post_json("/bookings", {"desk": "fenster"})


# What is sent ────────────────────────────────────────────────────────────────────────────────────


def test_a_request_says_who_asks(desk: Desk) -> None:
    client = desk.client(contact="office@example.org")
    client.get_json("bookings", {"von": "Lübeck & Umland", "leer": None, "n": 3})
    (request,) = desk.fake.log
    assert request.query == {"von": "Lübeck & Umland", "n": "3"}
    assert request.headers["authorization"] == f"Bearer {SECRET}"
    assert request.headers["user-agent"] == f"cowork/{__version__} (office@example.org)"


def test_basic_and_plain_authentication(desk: Desk) -> None:
    read(desk.client(auth=Auth.basic("ada", Secret("pässword:1"))))
    read(desk.client(auth=Auth.plain("X-Api-Key", Secret("abc"))))
    read(desk.client(auth=None))
    basic, plain, none = (request.headers for request in desk.fake.log)
    assert basic["authorization"] == "Basic YWRhOnDDpHNzd29yZDox"
    assert plain["x-api-key"] == "abc"
    assert "authorization" not in plain
    assert "authorization" not in none


def test_json_keeps_decimals_and_umlauts(desk: Desk) -> None:
    made = desk.http.post_json("bookings", {"name": "Größe", "price": 12.5})
    assert made == {"id": 1, "body": {"name": "Größe", "price": Decimal("12.5")}}
    assert "Größe".encode() in desk.fake.log[0].body


def test_an_empty_answer_to_a_write_is_none(desk: Desk) -> None:
    desk.fake.raw["/v1/bookings/1"] = Reply(204)
    assert desk.http.delete("bookings/1") is None


def test_a_form_can_be_a_read(desk: Desk) -> None:
    desk.fake.raw["/v1/query"] = Reply(200, {"elements": []})
    desk.fake.fail_next(503)
    assert desk.http.ask_form("query", {"data": "a b&c"}) == {"elements": []}
    assert desk.fake.log[1].body == b"data=a+b%26c"


def test_a_whole_url_of_the_same_place_is_asked_and_another_is_not(desk: Desk) -> None:
    desk.http.get_json(f"{desk.fake.url}/v1/bookings?page=2")
    error = caught(lambda: desk.http.get_json("https://other.example/v1/bookings"), BadAnswer)
    assert "other.example" in error.message
    assert len(desk.fake.log) == 1


def test_a_second_place_can_be_named(desk: Desk) -> None:
    with FakeDesks() as other:
        client = desk.client(also=[other.url])
        client.get_json(f"{other.url}/v1/bookings")
        assert len(other.log) == 1


def test_the_path_may_be_empty_and_then_the_address_is_kept(desk: Desk) -> None:
    desk.fake.raw["/feed/"] = Reply(200, b"BEGIN:VCALENDAR")
    assert desk.client(f"{desk.fake.url}/feed/").get_text("")


def test_a_key_that_no_header_can_hold_is_encoded(desk: Desk) -> None:
    desk.http.post_json("bookings", {}, key="für\nmich")
    assert desk.fake.log[0].headers["idempotency-key"] == "f%C3%BCr%0Amich"


# No connection ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("call", [read, write])
def test_no_connection_is_tried_again_because_nothing_was_sent(
    desk: Desk, call: Callable[[HttpClient], object]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    client = desk.client(f"http://127.0.0.1:{port}")
    error = caught(lambda: call(client), ProviderUnavailable)
    assert error.account == "hafen"
    assert desk.waits == [0.5, 1.0]


def test_jitter_takes_off_up_to_half(desk: Desk) -> None:
    desk.fake.fail_next(500, times=3)
    caught(lambda: read(desk.client(jitter=lambda: 1.0)), ProviderUnavailable)
    assert desk.waits == [0.25, 0.5]


# Throttled ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("call", [read, write])
@pytest.mark.parametrize("status", [429, 409])
def test_throttled_waits_as_long_as_told(
    desk: Desk, call: Callable[[HttpClient], object], status: int
) -> None:
    desk.fake.fail_next(status, headers={"Retry-After": "3"}, times=3)
    call(desk.http)
    assert desk.waits == [3, 3, 3]
    assert len(desk.fake.log) == 4


def test_throttled_for_good(desk: Desk) -> None:
    desk.fake.fail_next(429, headers={"Retry-After": "3"}, times=4)
    caught(lambda: read(desk.http), RateLimited)
    assert len(desk.fake.log) == 4


def test_a_minute_is_waited_and_more_is_not(desk: Desk) -> None:
    desk.fake.fail_next(429, headers={"Retry-After": "60"})
    read(desk.http)
    desk.fake.fail_next(429, headers={"Retry-After": "61"})
    error = caught(lambda: read(desk.http), RateLimited)
    assert desk.waits == [60]
    assert "61 s" in (error.hint or "")


def test_retry_after_may_be_a_date(desk: Desk) -> None:
    # 2001-09-09 01:46:40 UTC is second 1,000,000,000.
    desk.fake.fail_next(429, headers={"Retry-After": "Sun, 09 Sep 2001 01:47:10 GMT"})
    read(desk.http)
    assert desk.waits == [30]


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "", "٣", "Sun, 99 Sep 2001 01:47:10 GMT"])
def test_a_retry_after_that_is_none_counts_as_absent(desk: Desk, value: str) -> None:
    desk.fake.fail_next(429, headers={"Retry-After": value.encode().decode("latin-1")})
    read(desk.http)
    assert desk.waits == [5]


def test_a_conflict_is_no_throttling(desk: Desk) -> None:
    desk.fake.fail_next(409, {"error": "taken"}, headers={"Retry-After": "1"})
    caught(lambda: write(desk.http), Conflict)
    desk.fake.fail_next(409)
    caught(lambda: write(desk.http), Conflict)
    assert desk.waits == []


def test_an_adapter_states_its_own_policy(desk: Desk) -> None:
    patient = desk.http.adapted(retry=RetryPolicy(failures=0, throttled=1, throttled_wait_s=30))
    desk.fake.fail_next(429, times=2)
    caught(lambda: read(patient), RateLimited)
    assert desk.waits == [30]
    desk.fake.fail_next(500)
    caught(lambda: read(patient), ProviderUnavailable)
    assert len(desk.fake.log) == 3


# Failures on a read ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_5xx_on_a_read(desk: Desk, status: int) -> None:
    desk.fake.fail_next(status, times=2)
    assert read(desk.http)
    desk.fake.fail_next(status, times=3)
    caught(lambda: read(desk.http), ProviderUnavailable)
    assert len(desk.fake.log) == 6


def test_503_may_say_when(desk: Desk) -> None:
    desk.fake.fail_next(503, headers={"Retry-After": "9"})
    read(desk.http)
    desk.fake.fail_next(503, headers={"Retry-After": "600"})
    caught(lambda: read(desk.http), ProviderUnavailable)
    assert desk.waits == [9]


def test_a_cut_line_on_a_read(desk: Desk) -> None:
    desk.fake.cut(times=2)
    assert read(desk.http)
    desk.fake.cut(times=3)
    caught(lambda: read(desk.http), ProviderUnavailable)


def test_no_answer_in_time_on_a_read_is_not_tried_again(desk: Desk) -> None:
    desk.fake.hang()
    client = desk.client(limits=Limits(connect_s=5, read_s=0.05))
    caught(lambda: read(client), ProviderUnavailable)
    assert desk.waits == []


def test_an_answer_in_drops_ends_at_the_limit_of_the_whole(desk: Desk) -> None:
    client = desk.client(limits=Limits(connect_s=5, read_s=5, whole_s=0))
    caught(lambda: read(client), ProviderUnavailable)


# Failures on a write ─────────────────────────────────────────────────────────────────────────────

LOST: dict[str, Callable[[FakeDesks], None]] = {
    "cut before": lambda fake: fake.cut(),
    "cut after": lambda fake: fake.cut_after_commit(),
    "half an answer": lambda fake: fake.truncate_next(),
    "500 before": lambda fake: fake.fail_next(500),
    "502 after": lambda fake: fake.fail_after_commit(502),
    "503 with a time": lambda fake: fake.fail_next(503, headers={"Retry-After": "1"}),
}


@pytest.mark.parametrize("how", LOST)
def test_a_lost_answer_to_a_write_is_an_unknown_outcome(desk: Desk, how: str) -> None:
    LOST[how](desk.fake)
    error = caught(lambda: write(desk.http), OutcomeUnknown)
    assert "cowork booking sync" in (error.hint or "")
    assert len(desk.fake.log) == 1
    assert desk.waits == []


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("method", ["put_json", "patch_json", "delete"])
def test_no_write_is_repeated_without_a_key(desk: Desk, how: str, method: str) -> None:
    LOST[how](desk.fake)
    arguments = ("bookings",) if method == "delete" else ("bookings", {"a": 1})
    caught(lambda: getattr(desk.http, method)(*arguments), OutcomeUnknown)
    assert len(desk.fake.log) == 1


@pytest.mark.parametrize("how", LOST)
def test_a_key_makes_a_write_safe_to_repeat(desk: Desk, how: str) -> None:
    LOST[how](desk.fake)
    made = desk.http.post_json("bookings", {"desk": "fenster"}, key="k-1")
    assert made == {"id": 1, "body": {"desk": "fenster"}}
    assert len(desk.fake.booked) == 1
    assert {request.headers["idempotency-key"] for request in desk.fake.log} == {"k-1"}


def test_with_a_key_too_the_outcome_can_stay_unknown(desk: Desk) -> None:
    desk.fake.cut_after_commit(times=9)
    caught(lambda: desk.http.post_json("bookings", {}, key="k-1"), OutcomeUnknown)
    assert len(desk.fake.log) == 3


@pytest.mark.parametrize("status", [401, 429, 400])
def test_a_repeat_that_is_turned_away_settles_nothing(desk: Desk, status: int) -> None:
    desk.fake.cut_after_commit()
    desk.fake.fail_next(status, {}, times=9)
    caught(lambda: desk.http.post_json("bookings", {}, key="k-1"), OutcomeUnknown)
    assert len(desk.fake.booked) == 1


def test_a_repeat_that_finds_nobody_settles_nothing(desk: Desk) -> None:
    desk.fake.cut_after_commit()
    client = desk.client(sleep=lambda _: desk.fake.close())
    caught(lambda: client.post_json("bookings", {}, key="k-1"), OutcomeUnknown)


def test_a_repeat_that_is_refused_is_refused(desk: Desk) -> None:
    # The platform honours the key: had the first attempt done it, it would say so now.
    desk.fake.cut()
    desk.fake.fail_next(409, {"error": "taken"})
    client = desk.http.adapted(translate=meaning)
    caught(lambda: client.post_json("bookings", {}, key="k-1"), SlotTaken)


def test_no_answer_in_time_on_a_write(desk: Desk) -> None:
    desk.fake.hang()
    client = desk.client(limits=Limits(connect_s=5, read_s=0.05))
    caught(lambda: write(client), OutcomeUnknown)


@pytest.mark.parametrize("body", ["<html>welcome</html>", b"{", b"yes"])
def test_a_success_in_words_that_cannot_be_read(desk: Desk, body: object) -> None:
    desk.fake.fail_after_commit(200, body)
    caught(lambda: write(desk.http), OutcomeUnknown)
    assert len(desk.fake.log) == 1


def test_the_header_of_the_key_is_the_platforms(desk: Desk) -> None:
    desk.http.adapted(key_header="X-Request-Id").post_json("bookings", {}, key="k-1")
    assert desk.fake.log[0].headers["x-request-id"] == "k-1"


# Rejected, and statuses with a meaning ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("call", [read, write])
def test_rejected(desk: Desk, status: int, call: Callable[[HttpClient], object]) -> None:
    desk.fake.fail_next(status, {"detail": "no"})
    error = caught(lambda: call(desk.http), AuthRejected)
    assert error.hint == "log in with `cowork account login hafen`"
    assert len(desk.fake.log) == 1


def test_one_token_refresh(desk: Desk) -> None:
    tokens = iter(["new-token", "newer-token"])
    client = desk.http.adapted(refresh=lambda: Auth(Secret(next(tokens))))
    desk.fake.fail_next(401)
    write(client)
    assert [request.headers["authorization"] for request in desk.fake.log] == [
        f"Bearer {SECRET}",
        "Bearer new-token",
    ]
    desk.fake.fail_next(401, times=2)
    caught(lambda: write(client), AuthRejected)
    assert len(desk.fake.booked) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, NotFound), (410, NotFound), (409, Conflict), (408, ProviderUnavailable)]
    + [(status, BadAnswer) for status in (400, 406, 418, 422)],
)
def test_what_a_status_means_by_itself(desk: Desk, status: int, kind: type[CoworkError]) -> None:
    desk.fake.fail_next(status, {"detail": "so"})
    caught(lambda: read(desk.http), kind)
    assert desk.waits == []


def meaning(answer: Answer) -> CoworkError | None:
    told = answer.json()
    if isinstance(told, Mapping) and told.get("error") == "taken":
        return SlotTaken(f"desk is taken, says {told.get('by', 'nobody')}")
    if isinstance(told, Mapping) and told.get("error") == "slow":
        return RateLimited("slow down")
    return None


@pytest.mark.parametrize("status", [200, 400, 401, 404, 409, 418, 422])
def test_an_adapter_says_what_an_answer_means(desk: Desk, status: int) -> None:
    desk.fake.fail_next(status, {"error": "taken", "by": SECRET})
    client = desk.http.adapted(translate=meaning)
    error = caught(lambda: write(client), SlotTaken)
    assert error.account == "hafen"
    assert error.message == "desk is taken, says ***"
    assert len(desk.fake.log) == 1


def test_an_adapter_may_call_an_answer_throttling(desk: Desk) -> None:
    desk.fake.fail_next(400, {"error": "slow"})
    read(desk.http.adapted(translate=meaning))
    assert desk.waits == [5]


def test_what_is_adapted_leaves_the_client_as_it_was(desk: Desk) -> None:
    desk.http.adapted(translate=meaning, auth=Auth(Secret("other-token")))
    desk.fake.fail_next(418, {"error": "taken"})
    caught(lambda: read(desk.http), BadAnswer)
    assert desk.fake.log[0].headers["authorization"] == f"Bearer {SECRET}"


# Answers that are none ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "<html></html>",
        b"  <?xml?>",
        b"",
        b"{",
        b"\xff\xfe\xfa",
        b"[" * 100_000,
        b"1" * 10_000,
        b"NaN",
    ],
)
def test_no_json(desk: Desk, body: object) -> None:
    desk.fake.fail_next(200, body)
    caught(lambda: read(desk.http), BadAnswer)
    assert len(desk.fake.log) == 1


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/json"])
def test_a_web_page_is_called_one(desk: Desk, content_type: str) -> None:
    desk.fake.fail_next(200, "\n<!doctype html>", headers={"Content-Type": content_type})
    assert "web page" in caught(lambda: read(desk.http), BadAnswer).message


def test_a_truncated_body(desk: Desk) -> None:
    desk.fake.truncate_next()
    error = caught(lambda: read(desk.http), BadAnswer)
    assert "broke off" in error.message
    assert len(desk.fake.log) == 1


def test_a_body_that_cannot_be_unpacked(desk: Desk) -> None:
    desk.fake.fail_next(200, b"plain", headers={"Content-Encoding": "gzip"})
    caught(lambda: read(desk.http), BadAnswer)


@pytest.mark.parametrize("packed", [False, True])
def test_the_size_of_an_answer_is_limited(desk: Desk, packed: bool) -> None:
    body = json.dumps("x" * 100_000).encode()
    headers = {"Content-Encoding": "gzip"} if packed else {}
    sent = gzip.compress(body) if packed else body
    small = desk.client(limits=Limits(answer_bytes=50_000))
    desk.fake.fail_next(200, sent, headers=headers)
    caught(lambda: read(small), BadAnswer)
    desk.fake.fail_next(200, sent, headers=headers)
    assert read(desk.http) == "x" * 100_000


# Where it may go ─────────────────────────────────────────────────────────────────────────────────


def test_a_redirect_to_another_host_is_not_followed(desk: Desk) -> None:
    with FakeDesks() as thief:
        for status in (301, 302, 303, 307, 308):
            desk.fake.fail_next(status, headers={"Location": f"{thief.url}/v1/bookings"})
            error = caught(lambda: read(desk.http), ProviderUnavailable)
            assert thief.url in error.message
            assert "`cowork account add hafen --set url=URL`" in (error.hint or "")
        assert thief.log == []


def test_a_redirect_within_the_host_is_followed_by_reads(desk: Desk) -> None:
    desk.fake.fail_next(302, headers={"Location": "/v1/bookings?page=1"})
    assert read(desk.http) == {"data": [], "asked": {"page": "1"}}


@pytest.mark.parametrize("target", ["//[::1", "ftp://127.0.0.1/x", "https://127.0.0.1/x", "//x:y"])
def test_a_redirect_to_nowhere_is_not_followed(desk: Desk, target: str) -> None:
    desk.fake.fail_next(302, headers={"Location": target}, times=9)
    caught(lambda: read(desk.http), ProviderUnavailable)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 305, 307, 308, 399])
@pytest.mark.parametrize("to", ["/v1/bookings", "https://elsewhere.example/x", None])
def test_a_redirect_of_a_write_is_never_followed(desk: Desk, status: int, to: str | None) -> None:
    desk.fake.fail_next(status, headers={"Location": to} if to else {})
    error = caught(lambda: write(desk.http), OutcomeUnknown)
    assert f"HTTP {status}" in error.message
    assert ("elsewhere.example" in error.message) == (to is not None and "//" in to)
    assert (len(desk.fake.booked), len(desk.fake.log)) == (0, 1)


def test_a_redirect_after_a_write_leaves_doubt(desk: Desk) -> None:
    write(desk.http)
    desk.fake.fail_after_commit(303)
    desk.fake.raw["/v1/done"] = Reply(303, headers={"Location": "/v1/bookings"})
    for _ in range(2):
        caught(lambda: desk.http.post_json("done", {}), OutcomeUnknown)


def test_redirects_in_a_circle(desk: Desk) -> None:
    desk.fake.raw["/v1/round"] = Reply(302, headers={"Location": "/v1/round"})
    caught(lambda: desk.http.get_json("round"), BadAnswer)
    assert len(desk.fake.log) == 5


def test_a_proxy_is_not_asked_for_our_own_machine(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert read(desk.http)


def test_a_proxy_that_is_none_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    client = desk.client("https://api.example")
    error = caught(lambda: read(client), ConfigError)
    assert "ALL_PROXY" in (error.hint or "")


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "http://127.9.9.9", "http://[::1]:80/x", "https://api.example/v1"]
)
def test_addresses_that_may_be_asked(url: str) -> None:
    HttpClient("hafen", url)


@pytest.mark.parametrize(
    "url", ["http://api.example", "http://10.0.0.1", "http://localhost.example", "HTTP://A.example"]
)
def test_no_encryption_needs_consent(url: str) -> None:
    error = caught(lambda: HttpClient("hafen", url), ConfigError)
    assert "allow_insecure" in (error.hint or "")
    HttpClient("hafen", url, allow_insecure=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example",
        "ftp://api.example",
        "https://",
        "https://[x",
        "https://a:99999",
        "file:///etc",
    ],
)
def test_what_is_no_web_address(url: str) -> None:
    caught(lambda: HttpClient("hafen", url), ConfigError)


def test_a_password_in_the_address_is_refused_and_not_shown() -> None:
    error = caught(
        lambda: HttpClient("hafen", f"https://ada:{'x9' * 5}@api.example"), SecretInConfig
    )
    assert "x9x9" not in f"{error.message} {error.hint}"


@pytest.mark.parametrize("secret", ["abc\ndef-line", "schlüssel-für-alles"])
def test_a_secret_that_no_header_can_hold(secret: str) -> None:
    error = caught(
        lambda: HttpClient("hafen", "https://api.example", auth=Auth(Secret(secret))), ConfigError
    )
    assert secret not in f"{error.message} {error.hint}"


# Nothing secret is shown ─────────────────────────────────────────────────────────────────────────


def test_debug_tells_method_url_status_and_time(desk: Desk) -> None:
    desk.http.get_json("bookings", {"access_token": "abcdef", "page": 2})
    (line,) = desk.debug
    words = line.split()
    assert words[0] == "GET"
    assert words[1] == f"{desk.fake.url}/v1/bookings?access_token=***&page=2"
    assert words[2] == "200"
    assert words[3].isdigit()
    assert words[4] == "ms"


def test_a_secret_address_is_never_shown(desk: Desk) -> None:
    path = "/feed/private-9f8e7d6c/basic.ics"
    desk.fake.raw[path] = Reply(200, b"BEGIN:VCALENDAR")
    client = desk.client(auth=None, url=Secret(f"{desk.fake.url}{path}"))  # type: ignore[arg-type]
    assert client.get_text("") == "BEGIN:VCALENDAR"
    desk.fake.fail_next(404)
    error = caught(lambda: client.get_text(""), NotFound)
    shown = f"{error.message} {error.hint} {client!r} {desk.debug}"
    assert "9f8e7d6c" not in shown
    assert len(desk.debug) == 2


ERRORS: dict[str, Callable[[FakeDesks], None]] = {
    **LOST,
    **{
        f"status {status}": lambda fake, s=status: fake.fail_next(s, {"detail": SECRET}, times=9)  # type: ignore[misc]
        for status in (301, 400, 401, 403, 404, 409, 418, 422, 429, 500)
    },
    "redirect": lambda fake: fake.fail_next(
        302, headers={"Location": f"https://x.example/{SECRET}?token={SECRET}"}
    ),
    "echo": lambda fake: fake.fail_next(
        400, {"got": Auth.basic("ada", Secret(SECRET)).value().split()[1]}
    ),
    "page": lambda fake: fake.fail_next(200, f"<p>{SECRET}</p>"),
    "half": lambda fake: fake.truncate_next(),
}


def quoting(answer: Answer) -> CoworkError | None:
    """An adapter that quotes what the service says, as most do."""
    if answer.status < 300:
        return None
    return Conflict(f"it says {answer.body!r}", f"ask for {answer.body.decode()}")


@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("call", [read, write])
@pytest.mark.parametrize("auth", ["bearer", "basic"])
def test_no_secret_in_any_error(
    desk: Desk, how: str, call: Callable[[HttpClient], object], auth: str
) -> None:
    secret = Secret(SECRET)
    given = Auth(secret) if auth == "bearer" else Auth.basic("ada", secret)
    client = desk.client(auth=given)
    value = given.value().split()[1]
    for asked in (client, client.adapted(translate=quoting)):
        desk.fake.forget_orders()
        ERRORS[how](desk.fake)
        try:
            call(asked)
        except CoworkError as error:
            chain = [error, error.__cause__, error.__context__]
            shown = " ".join([error.hint or "", *map(repr, chain), *map(str, chain), repr(asked)])
            assert SECRET not in shown
            assert value not in shown
    assert desk.debug
    assert not any(SECRET in line or value in line for line in desk.debug)


QUOTES = "\"'"


def test_redact_knows_every_form() -> None:
    secret = 'qu"ote/4711 ü'
    remember(secret)
    forms = (
        secret,
        "qu%22ote%2F4711%20%C3%BC",
        "qu%22ote%2F4711+%C3%BC",
        json.dumps(secret),
        json.dumps(secret, ensure_ascii=False),
        repr(secret),
        b64encode(secret.encode()).decode(),
    )
    for form in forms:
        assert redact(f"before {form.strip(QUOTES)} after") == "before *** after"


def test_redact_knows_what_looks_like_a_secret() -> None:
    assert redact("Authorization: Bearer abc.def-123") == "Authorization: Bearer ***"
    assert redact("https://ada:pw@host/x") == "https://***@host/x"
    assert redact('{"password": "hunter22", "a": 1}') == '{"password": "***", "a": 1}'
    assert redact("GET /x?token=abc&b=1") == "GET /x?token=***&b=1"
    assert redact("no token here, nothing to hide") == "no token here, nothing to hide"


def test_a_short_secret_blackens_no_other_word() -> None:
    remember("pw9")
    assert redact("pw9 stands alone, spw9x does not") == "*** stands alone, spw9x does not"


def test_nothing_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from cowork_cli.http_client import HttpClient;"
        "HttpClient('a', 'https://api.example'); print('httpx' in sys.modules, 'ssl' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["False", "False"]


# How long ───────────────────────────────────────────────────────────────────────────────────────


def test_jitter_lets_those_who_were_throttled_together_come_back_apart(desk: Desk) -> None:
    late = desk.client(jitter=lambda: 1.0)
    desk.fake.fail_next(429, headers={"Retry-After": "3"})
    read(late)
    desk.fake.fail_next(429)
    read(late)
    assert desk.waits == [4, 7.5]


def test_a_wait_doubles_up_to_the_longest(desk: Desk) -> None:
    steady = desk.http.adapted(retry=RetryPolicy(failures=6))
    desk.fake.fail_next(500, times=6)
    read(steady)
    assert desk.waits == [0.5, 1, 2, 4, 8, 8]


def test_a_date_that_has_passed_is_no_wait(desk: Desk) -> None:
    desk.fake.fail_next(429, headers={"Retry-After": "Sun, 09 Sep 2001 01:46:10 GMT"})
    read(desk.http)
    assert desk.waits == [0]


def test_a_number_of_any_length_is_a_wait_that_nobody_waits(desk: Desk) -> None:
    desk.fake.fail_next(429, headers={"Retry-After": "9" * 400})
    error = caught(lambda: read(desk.http), RateLimited)
    assert desk.waits == []
    assert error.hint == "try again in 999999999 s"


def test_a_request_loads_no_command_line_of_httpx(desk: Desk) -> None:
    """Where click and rich are installed, `import httpx` alone would bring them along."""
    desk.fake.raw["/v1/x"] = Reply(200, [])
    code = (
        "import sys; from cowork_cli.http_client import HttpClient;"
        f"HttpClient('a', '{desk.fake.url}/v1').get_json('x');"
        "print(*[name for name in ('httpx', 'click', 'rich', 'pygments') if name in sys.modules],"
        "'httpx._main' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["httpx", "False"]
