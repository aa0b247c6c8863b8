"""What comes over the line byte by byte, packed a thousandfold, or under a wrong flag: bounded, and never half of it."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cowork_cli.errors import (
    BadAnswer,
    CoworkError,
    OutcomeUnknown,
    ProviderError,
    ProviderUnavailable,
)
from cowork_cli.http_client import HttpClient, Limits
from cowork_cli.http_client.terms import Answer
from cowork_cli.http_client.unpacking import CannotUnpack, Unpacker
from cowork_cli.http_client.validators import Validators
from tests.fakes.dying_line import DyingLine, Fate
from tests.fakes.server import FakeServer, Reply, Request

BODY = b'{"data": [1, 2, 3]}'


class Small(FakeServer):
    """One document, counted."""

    def answer(self, request: Request) -> Reply | None:
        return Reply(200, BODY, {"ETag": '"v1"'})


@pytest.fixture
def line() -> Iterator[DyingLine]:
    with Small() as fake, DyingLine(fake.url) as built:
        yield built


def client(line: DyingLine, whole_s: float = 20, **more: object) -> HttpClient:
    limits = Limits(connect_s=5, read_s=5, whole_s=whole_s, answer_bytes=100_000)
    return HttpClient("hafen", line.url, limits=limits, sleep=lambda _: None, **more)  # type: ignore[arg-type]


def fails(call: Callable[[], object], kind: type[CoworkError]) -> CoworkError:
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.hint
    return caught.value


DRIPS = {
    "head": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 400,
    "continues": b"HTTP/1.1 100 Continue\r\n\r\n" * 200,
    "body": b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b" " * 4000,
}


@pytest.mark.parametrize("what", DRIPS)
def test_what_drips_ends_with_the_time_for_the_whole(line: DyingLine, what: str) -> None:
    """Each byte comes long before `read_s` is over: only the whole exchange ends it before the line is cut."""
    line.fate = lambda request: Fate(instead=DRIPS[what], drips=True)
    with client(line, whole_s=0.1) as http:
        error = fails(lambda: http.get_json("x"), ProviderUnavailable)
        assert "no answer in time" in error.message
        assert "in time" in fails(lambda: http.post_json("x", {}), OutcomeUnknown).message
    assert len(line.seen) <= 2, "who waited that long does not ask again"


def test_the_time_begins_anew_with_each_exchange(line: DyingLine) -> None:
    with client(line) as http:
        http.get_json("x")
        line.fate = lambda request: Fate(instead=DRIPS["head"], drips=True)
        hurried = http.adapted(limits=Limits(whole_s=0.05))
        assert "in time" in fails(lambda: hurried.get_json("x"), ProviderUnavailable).message
        line.fate = lambda request: None
        assert http.get_json("x") == {"data": [1, 2, 3]}


def packed(coding: bytes, content: bytes) -> Fate:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    return Fate(instead=head % (coding, len(content)) + content)


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        (b"gzip", gzip.compress(BODY)),
        (b"x-gzip", gzip.compress(BODY)),
        (b"GZIP, identity", gzip.compress(BODY)),
        (b"gzip", gzip.compress(BODY[:5]) + gzip.compress(BODY[5:]) + b"\0" * 8),
        (b"deflate", zlib.compress(BODY)),
        (b"deflate", zlib.compress(BODY)[2:-4]),
        (b"identity", BODY),
        (b"utf-8", BODY),
        (b"", BODY),
    ],
)
def test_what_is_packed_as_it_says_is_read(line: DyingLine, coding: bytes, content: bytes) -> None:
    line.fate = lambda request: packed(coding, content)
    with client(line) as http:
        assert http.get_json("x") == {"data": [1, 2, 3]}
    assert line.seen[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("coding", "content", "said"),
    [
        (b"gzip", gzip.compress(b" " * 10_000_000), "more than 100000 bytes"),
        (b"deflate", zlib.compress(b" " * 10_000_000), "more than 100000 bytes"),
        (b"gzip", b"".join([gzip.compress(b" " * 90_000)] * 9), "more than 100000 bytes"),
        (b"gzip, gzip", gzip.compress(gzip.compress(BODY)), "cannot be unpacked"),
        (b"br", BODY, "cannot be unpacked"),
        (b"zstd", BODY, "cannot be unpacked"),
        (b"gzip", BODY, "cannot be unpacked"),
        (b"gzip", gzip.compress(BODY)[:-9], "cannot be unpacked"),
        (b"gzip", gzip.compress(BODY) + b"x", "cannot be unpacked"),
        (b"deflate", BODY, "cannot be unpacked"),
    ],
)
def test_what_is_packed_otherwise_is_refused(
    line: DyingLine, coding: bytes, content: bytes, said: str
) -> None:
    line.fate = lambda request: packed(coding, content)
    with client(line) as http:
        assert said in fails(lambda: http.get_json("x"), BadAnswer).message
        assert said in fails(lambda: http.post_json("x", {}), OutcomeUnknown).message


def test_no_more_is_unpacked_than_is_wanted() -> None:
    """A piece of 64 KiB may hold 64 MiB: it is not unpacked to be counted."""
    piece = gzip.compress(b" " * 60_000_000)
    assert len(Unpacker("gzip").feed(piece, 1000)) == 1001
    with pytest.raises(CannotUnpack):
        Unpacker("gzip, deflate")


@pytest.mark.parametrize("status", [b"101 Switching Protocols", b"304 Not Modified", b"300 Some"])
def test_a_status_that_says_neither_yes_nor_no(line: DyingLine, status: bytes) -> None:
    line.fate = lambda request: Fate(instead=b"HTTP/1.1 " + status + b"\r\nUpgrade: x\r\n\r\n")
    with client(line) as http:
        fails(lambda: http.post_json("x", {}), OutcomeUnknown)
        fails(lambda: http.delete("x"), OutcomeUnknown)
        fails(lambda: http.get_json("x"), ProviderError)


def test_a_place_that_is_none_does_not_hide_that_it_was_sent(line: DyingLine) -> None:
    for place in (b"data:text/plain,x", b"//[::1", b"file:///etc/passwd", b"/\x01"):
        said = b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n"
        line.fate = lambda request, said=said: Fate(instead=said)  # type: ignore[misc]
        with client(line) as http:
            fails(lambda: http.post_json("x", {}), OutcomeUnknown)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '[{"b": {"data": [1], "data": []}}]'])
def test_a_name_that_is_said_twice_is_no_json(text: str) -> None:
    assert Answer(200, {}, text.encode(), "GET", "/x").json() is None


def test_nonsense_with_an_etag_does_not_stay(line: DyingLine, tmp_path: Path) -> None:
    said = b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nContent-Length: 4\r\n\r\nnope'
    with client(line, validators=Validators(tmp_path)) as built:
        http = built.adapted(revalidated=True)
        assert http.get_json("x") == {"data": [1, 2, 3]}
        line.fate = lambda request: Fate(instead=said)
        fails(lambda: http.get_json("x"), BadAnswer)
        line.fate = lambda request: None
        assert http.get_json("x") == {"data": [1, 2, 3]}
    assert "if-none-match" not in line.seen[-1].headers
