"""What a hostile or mad server sends in the place of a good answer: bytes of HTTP, made of what the real one said.

Each takes the whole good answer and gives what is sent. Bounded: the largest unpacks to 60 MB, and nobody who keeps
the limits of these tests (`MOST`) unpacks it.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Mapping

MOST = 200_000
"""The largest body, in bytes, that the clients of these tests take."""

Answering = Callable[[bytes], bytes]


def _parts(answer: bytes) -> tuple[bytes, bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


def _kind(answer: bytes) -> bytes:
    """The line that says what the body is."""
    lines = _parts(answer)[0].split(b"\r\n")
    return next((one for one in lines if one.lower().startswith(b"content-type:")), b"X-None: 1")


def _of(
    *headers: bytes, body: bytes | Callable[[bytes], bytes] = b"", status: bytes = b"200 OK"
) -> Answering:
    """An answer with these headers; `body` may be made of the good one. No length is said by itself."""

    def made(answer: bytes) -> bytes:
        content = body(_parts(answer)[1]) if callable(body) else body
        return b"\r\n".join((b"HTTP/1.1 " + status, _kind(answer), *headers, b"", content))

    return made


def _sized(
    body: bytes | Callable[[bytes], bytes], *headers: bytes, status: bytes = b"200 OK"
) -> Answering:
    """The same with the right length."""

    def made(answer: bytes) -> bytes:
        content = body(_parts(answer)[1]) if callable(body) else body
        length = b"Content-Length: %d" % len(content)
        return b"\r\n".join((b"HTTP/1.1 " + status, _kind(answer), length, *headers, b"", content))

    return made


def _same(body: bytes) -> bytes:
    return body


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _json(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """A change to a document of JSON; what is none becomes half of itself."""

    def made(body: bytes) -> bytes:
        try:
            json.loads(body)
        except ValueError:
            return _half(body)
        return change(body.decode()).encode()

    return made


def _said_twice(text: str) -> str:
    """A name twice in the outermost object, first as it was, then as nothing; a list becomes such an object."""
    document = json.loads(text)
    if not isinstance(document, dict) or not document:
        return '{"a": [], "a": []}'
    return text.rstrip()[:-1] + "".join(f", {json.dumps(name)}: []" for name in document) + "}"


def _gzip_of_gzip(body: bytes) -> bytes:
    return gzip.compress(gzip.compress(b"\0" * 60_000_000, 6), 6)


LENGTHS: Mapping[str, Answering] = {
    "no length, half": _of(b"Connection: close", body=_half),
    "length too long": _of(b"Content-Length: 999999", body=_same),
    "length too short": _of(b"Content-Length: 7", body=_same),
    "length zero": _of(b"Content-Length: 0", body=_same),
    "length negative": _of(b"Content-Length: -1", body=_same),
    "length plus": _of(b"Content-Length: +5", body=_same),
    "length of letters": _of(b"Content-Length: many", body=_same),
    "length huge": _of(b"Content-Length: " + b"9" * 40, body=_same),
    "two lengths": _of(b"Content-Length: 5", b"Content-Length: 6", body=_same),
    "chunks of garbage": _of(b"Transfer-Encoding: chunked", body=b"zz\r\n{}\r\n0\r\n\r\n"),
    "chunk negative": _of(b"Transfer-Encoding: chunked", body=b"-5\r\n{}\r\n0\r\n\r\n"),
    "chunk huge": _of(b"Transfer-Encoding: chunked", body=b"ffffffffffffffffff\r\n{}"),
    "chunk without end": _of(b"Transfer-Encoding: chunked", body=lambda b: b"%x\r\n%s\r\n" % (len(b) or 1, b or b" ")),
    "chunk cut": _of(b"Transfer-Encoding: chunked", body=lambda b: b"%x\r\n%s" % (len(b) + 9, b)),
    "chunks unknown": _of(b"Transfer-Encoding: magic", body=_half),
    "endless trailers": _of(b"Transfer-Encoding: chunked", body=b"0\r\n" + b"X-A: b\r\n" * 40_000),
}  # fmt: skip
HEADS: Mapping[str, Answering] = {
    "nothing": lambda answer: b"",
    "zeros": lambda answer: b"\0" * 200,
    "another protocol": lambda answer: b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
    "status of letters": lambda answer: b"HTTP/1.1 abc OK\r\n\r\n",
    "status of two digits": lambda answer: b"HTTP/1.1 20 OK\r\n\r\n",
    "switched protocols": lambda answer: b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n[]",
    "continues for ever": lambda answer: b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000,
    "only early hints": lambda answer: b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n",
    "status 599": _sized(_same, status=b"599 Odd"),
    "status 999": _sized(_same, status=b"999 Odd"),
    "a header without a colon": _of(b"Content-Length: 2", b"no colon here", body=b"[]"),
    "a header of controls": _of(b"Content-Length: 2", b"X\x00Y: z", body=b"[]"),
    "a header of 200 KB": _of(b"X-Long: " + b"a" * 200_000, b"Content-Length: 2", body=b"[]"),
    "headers without end": _of(*[b"X-%d: y" % number for number in range(20_000)], body=b""),
    "folded for ever": _of(b"X-A: b" + b"\r\n c" * 40_000, b"Content-Length: 2", body=b"[]"),
}  # fmt: skip
BODIES: Mapping[str, Answering] = {
    "empty": _sized(b""),
    "blank": _sized(b" \r\n\t "),
    "half": _sized(_half),
    "a web page": _of(b"Content-Length: 22", body=b"<html>Log in!</html>  "),
    "huge": _sized(b"[" + b" " * (MOST + 1) + b"]"),
    "huge without length": _of(b"Connection: close", body=b"[" + b"1," * MOST),
    "bomb": _sized(gzip.compress(b" " * 30_000_000, 9), b"Content-Encoding: gzip"),
    "bomb in a bomb": _sized(_gzip_of_gzip, b"Content-Encoding: gzip, gzip"),
    "bomb of zlib": _sized(zlib.compress(b" " * 30_000_000, 9), b"Content-Encoding: deflate"),
    "half of a gzip": _sized(lambda b: _half(gzip.compress(b or b"[]")), b"Content-Encoding: gzip"),
    "gzip without its end": _sized(lambda b: gzip.compress(b or b"[]")[:-8], b"Content-Encoding: gzip"),
    "gzip and garbage": _sized(lambda b: gzip.compress(b or b"[]") + b"more", b"Content-Encoding: gzip"),
    "no gzip": _sized(_same, b"Content-Encoding: gzip"),
    "no zlib": _sized(_same, b"Content-Encoding: deflate"),
    "brotli": _sized(_same, b"Content-Encoding: br"),
    "deep lists": _sized(b"[" * 60_000 + b"]" * 60_000),
    "deep objects": _sized(b'{"data":' * 20_000 + b"[]" + b"}" * 20_000),
    "deep elements": _sized(b"<a>" * 30_000 + b"</a>" * 30_000),
    "an entity": _sized(b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
    "NaN": _sized(b'{"data": NaN}'),
    "Infinity": _sized(b"[-Infinity]"),
    "digits": _sized(b"1" * 100_000),
    "no UTF-8": _sized(b'{"data": "\xff\xfe"}'),
    "said twice": _sized(_json(_said_twice)),
    "a number": _sized(b"7"),
    "a text": _sized(b'"x"'),
    "yes": _sized(b"true"),
    "a number in a list": _sized(b"[[[7]]]"),
    "wrong data": _sized(b'{"data": 7, "items": 7, "elements": 7, "results": 7, "message": 7}'),
    "cut calendar": _of(b"Connection: close", body=lambda b: b.partition(b"END:")[0] if b"BEGIN:V" in b else _half(b)),
}  # fmt: skip


def redirects(thief: str) -> dict[str, Answering]:
    """Answers that lead elsewhere: in a circle, to the server at `thief`, to what is no web address."""
    places = {
        "in a circle": b"?again=1", "to a thief": f"{thief}/take".encode(), "without encryption": b"http://127.0.0.1:9/x",
        "to a file": b"file:///etc/passwd", "to data": b"data:application/json,[]", "to nowhere": b"//[::1",
        "to controls": b"/\x01\x02", "to a name that is none": "http://ü\u202e.example/".encode(), "to ftp": b"ftp://127.0.0.1/x",
    }  # fmt: skip
    made: dict[str, Answering] = {}
    for status in (b"301 M", b"302 F", b"303 S", b"307 T", b"308 P"):
        for name, where in places.items():
            made[f"{status.decode()[:3]} {name}"] = _sized(
                b"", b"Location: " + where, status=status
            )
        made[f"{status.decode()[:3]} without a place"] = _sized(_same, status=status)
    made["300 with a choice"] = _sized(_same, status=b"300 Multiple")
    return made
