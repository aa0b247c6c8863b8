"""A server that means harm, or has lost its mind: bounded, said in one line, nothing followed."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from cowork_cli.errors import AuthRejected, BadAnswer, CoworkError, NotFound, ProviderUnavailable
from cowork_cli.http_client import Auth, HttpClient, Limits
from cowork_cli.http_client.message import Body, form_body, json_body, segment, xml_body
from cowork_cli.output.diagnostics import Diagnostics
from cowork_cli.secrets_store import Secret
from tests.conftest import _Stream
from tests.fakes.server import FakeServer, Reply, Request


class Hostile(FakeServer):
    """Answers each path with what was put there."""

    def __init__(self) -> None:
        self.raw: dict[str, Reply] = {}
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        return self.raw.get(request.path)


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as fake:
        yield fake


def client(server: Hostile, **more: Any) -> HttpClient:
    given: dict[str, Any] = {"sleep": lambda _: None, "limits": Limits(connect_s=5, read_s=5)}
    return HttpClient("hafen", server.url, **given | more)


def refused(call: Callable[[], object], kind: type[CoworkError] = BadAnswer) -> CoworkError:
    with pytest.raises(kind) as info:
        call()
    return info.value


def test_an_endless_body_ends_at_the_limit(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, b"[" + b'"x",' * 1_000_000)
    with client(server, limits=Limits(answer_bytes=100_000)) as http:
        error = refused(lambda: http.get_json("x"))
    assert "more than 100000 bytes" in error.message


def test_a_body_without_an_announced_end_ends_at_the_limit(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, b"x" * 10_000, {"Content-Length": "99999999"})
    with client(server, limits=Limits(connect_s=5, read_s=0.05)) as http:
        refused(lambda: http.get_text("x"), ProviderUnavailable)


def test_ten_megabytes_of_json_are_read(server: Hostile) -> None:
    rows = [{"id": number, "name": "x" * 90} for number in range(90_000)]
    server.raw["/x"] = Reply(200, json.dumps(rows).encode())
    with client(server) as http:
        assert len(http.get_json("x")) == 90_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"1" * 100_000,
        b'"\xed\xa0\x80"',
        b"Infinity",
        b"-Infinity",
    ],
    ids=["lists", "objects", "digits", "surrogate", "infinity", "minus infinity"],
)
def test_json_that_breaks_readers(server: Hostile, body: bytes) -> None:
    server.raw["/x"] = Reply(200, body)
    with client(server) as http:
        refused(lambda: http.get_json("x"))


def test_half_a_character_is_replaced(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, b'{"a\\ud83d": ["\\ude00 x", "\\uD83D\\uDE00", 1.5]}')
    with client(server) as http:
        assert http.get_json("x") == {"a\ufffd": ["\ufffd x", "\U0001f600", Decimal("1.5")]}


XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)


@pytest.mark.parametrize(
    "body",
    [
        XML_BOMB,
        XML_BOMB.decode().encode("utf-16"),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>",
        b"",
        b"{}",
        b"<a></b>",
    ],
)
def test_xml_that_is_refused(server: Hostile, body: bytes) -> None:
    server.raw["/x"] = Reply(200, body)
    with client(server) as http:
        assert http.request("PROPFIND", "x").xml() is None


def test_xml_that_is_read(server: Hostile) -> None:
    text = (
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<d:a xmlns:d="DAV:"><d:b>Größe</d:b></d:a>'
    )
    server.raw["/x"] = Reply(207, text.encode())
    with client(server) as http:
        root = http.request("REPORT", "x", body=xml_body(b"<q/>")).xml()
    assert root is not None
    assert [child.text for child in root] == ["Größe"]
    assert server.log[0].headers["content-type"] == "application/xml; charset=utf-8"
    assert server.log[0].body == b"<q/>"


def test_what_steers_a_terminal_is_shown_without_its_power(server: Hostile) -> None:
    from cowork_cli.errors import Conflict

    server.raw["/x"] = Reply(409, {"message": "no\x1b]0;owned\x07\x1b[2J\r\nerror: all is well"})

    def meaning(answer: Any) -> CoworkError:
        return Conflict(f"it says {answer.json()['message']}")

    with client(server) as http:
        error = refused(lambda: http.adapted(translate=meaning).get_json("x"), Conflict)
    err = _Stream()
    Diagnostics(err, _Stream(), quiet=False, colour=False).error(error)
    assert err.text().count("\n") == 1
    assert not set(err.text()) & set("\x1b\x07\r")


@pytest.mark.parametrize("identity", ["", ".", "..", "a/b", "../x", "a\\b", "a\nb", "\x00"])
def test_an_id_that_leads_elsewhere_is_not_found(identity: str) -> None:
    refused(lambda: segment(identity), NotFound)


@pytest.mark.parametrize(
    ("identity", "quoted"),
    [
        ("a4a9-11", "a4a9-11"),
        ("x?y=1#z", "x%3Fy%3D1%23z"),
        ("%2e%2e", "%252e%252e"),
        ("ü", "%C3%BC"),
    ],
)
def test_an_id_is_one_segment(identity: str, quoted: str) -> None:
    assert segment(identity) == quoted


# What a client keeps to itself ───────────────────────────────────────────────────────────────────


def test_cookies_are_neither_kept_nor_sent(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, [], {"Set-Cookie": "session=abc; Path=/"})
    with client(server) as http:
        for _ in range(2):
            assert http.get_json("x") == []
        assert http.request("GET", "x").headers["set-cookie"].startswith("session=abc")
    assert not any("cookie" in request.headers for request in server.log)


def test_all_requests_of_a_client_share_one_line(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, [])
    with client(server) as http:
        other = http.adapted(auth=Auth(Secret("another-token")))
        for asked in (http, other, http):
            asked.get_json("x")
            asked.post_json("x", {})
    assert server.lines == 1
    assert len(server.log) == 6


def test_a_line_that_the_server_closed_is_opened_again(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, [], {"Connection": "close"})
    with client(server) as http:
        http.get_json("x")
        http.post_json("x", {})
    assert server.lines == 2
    assert len(server.log) == 2


# Bodies and headers ──────────────────────────────────────────────────────────────────────────────


def test_what_an_answer_says_beside_its_body(server: Hostile) -> None:
    server.raw["/x"] = Reply(201, None, {"X-Object-Id": "42", "ETag": '"v1"'})
    with client(server) as http:
        answer = http.request("POST", "x", body=json_body({"ü": 1}), headers={"If-Match": '"v0"'})
    assert (answer.headers["x-object-id"], answer.headers["etag"]) == ("42", '"v1"')
    (request,) = server.log
    assert request.headers["if-match"] == '"v0"'
    assert request.json() == {"ü": 1}


def test_what_has_not_changed_is_an_answer(server: Hostile) -> None:
    server.raw["/x"] = Reply(304, None, {"ETag": '"v1"'})
    with client(server) as http:
        assert http.request("GET", "x", headers={"If-None-Match": '"v1"'}).status == 304
    assert server.log[0].headers["if-none-match"] == '"v1"'


def test_a_form_is_written(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, {"access_token": "t"})
    with client(server) as http:
        assert http.post_form("x", {"user": "a b", "p": "ü&"}) == {"access_token": "t"}
    assert (
        server.log[0].body
        == b"user=a+b&p=%C3%BC%26"
        == form_body({"user": "a b", "p": "ü&"}).content
    )
    assert Body().content is None


# A new token ─────────────────────────────────────────────────────────────────────────────────────


def test_a_client_without_a_token_wins_one_before_it_asks(server: Hostile) -> None:
    server.raw["/x"] = Reply(200, [])
    tokens = iter(["first-token", "second-token", "third-token"])
    with client(server) as http:
        asking = http.adapted(refresh=lambda: Auth(Secret(next(tokens))))
        asking.get_json("x")
        asking.get_json("x")
        server.fail_next(401)
        asking.get_json("x")
        server.fail_next(401, times=2)
        refused(lambda: asking.get_json("x"), AuthRejected)
    sent = [request.headers["authorization"].removeprefix("Bearer ") for request in server.log]
    assert sent == ["first-token"] * 3 + ["second-token"] * 2 + ["third-token"]


def test_no_right_is_no_reason_for_a_new_token(server: Hostile) -> None:
    server.raw["/x"] = Reply(403)
    asked = []

    def refresh() -> Auth:
        asked.append(1)
        return Auth(Secret("new-token"))

    with client(server, auth=Auth(Secret("old-token"))) as http:
        refused(lambda: http.adapted(refresh=refresh).get_json("x"), CoworkError)
    assert asked == []
    assert len(server.log) == 1
