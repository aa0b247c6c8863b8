"""Owns a line of TCP between a client and a fake server, cut at any byte, or taken over by somebody hostile.

Whole exchanges are passed on until `fate` names one that is not. What the server behind it has done is real.
Nothing here sleeps: what drips waits for the client to go away, a millisecond at a time.
"""

import select
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.server import Request

_LINGER_NONE = struct.pack("ii", 1, 0)
_MOST_DRIPPED = 4_000


@dataclass(frozen=True)
class Fate:
    """What becomes of one exchange.

    `request_bytes`: the server reads no further and has not heard of it; without it, it is asked if
    `commits`. `answer_bytes`: so much of the answer gets through. `instead`: the bytes that come in its
    place, or what makes them of it. Then the line is cut, by a reset if `reset`, or stays open if `stays`; `drips`: a byte at a time.
    """

    request_bytes: int | None = None
    commits: bool = True
    answer_bytes: int | None = None
    instead: bytes | Callable[[bytes], bytes] | None = None
    reset: bool = False
    stays: bool = False
    drips: bool = False


class DyingLine:
    """A line to the server at `url`. Use it in a `with`. `fate` is asked at each request.

    `seen` holds the requests, `answers` how many bytes each answer had, `sizes` each request.
    """

    def __init__(self, url: str) -> None:
        self.fate: Callable[[Request], Fate | None] = lambda request: None
        self.seen: list[Request] = []
        self.answers: list[int] = []
        self.sizes: list[int] = []
        self._behind = (urlsplit(url).hostname, urlsplit(url).port)
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._waiting = threading.Thread(target=self._wait, daemon=True)
        self._waiting.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        with self._lock:
            for line in self._open:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        self._waiting.join()
        for thread in self._threads:
            thread.join()

    def _wait(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(line)
                self._threads = [one for one in self._threads if one.is_alive()]
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        behind: socket.socket | None = None
        try:
            behind = socket.create_connection(self._behind, timeout=30)
            behind.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while self._exchange(line, behind):
                pass
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(line)
            line.close()
            if behind is not None:
                behind.close()

    def _exchange(self, line: socket.socket, behind: socket.socket) -> bool:
        head, rest = _head(line)
        if not head:
            return False
        request = _request(head)
        fate = self.fate(request)
        size = int(request.headers.get("content-length", 0))
        stop = fate.request_bytes if fate else None
        if fate and stop is not None and stop < len(head) + size:
            while len(head) + len(rest) < stop and (part := line.recv(65536)):
                rest += part
            self._note(request, 0, len(head) + size)
            return _cut(line, fate)
        while len(rest) < size and (part := line.recv(65536)):
            rest += part
        request = Request(request.method, request.path, request.query, request.headers, rest)
        answer = b""
        if fate is None or (fate.commits and stop is None):
            behind.sendall(head + rest)
            answer = _answer(behind, request.method)
        self._note(request, len(answer), len(head) + size)
        if fate is None:
            line.sendall(answer)
            return True
        told = fate.instead(answer) if callable(fate.instead) else fate.instead
        told = answer if told is None else told
        told = told if fate.answer_bytes is None else told[: fate.answer_bytes]
        self._tell(line, told if stop is None else b"", fate)
        return _cut(line, fate)

    def _note(self, request: Request, answered: int, size: int) -> None:
        self.seen.append(request)
        self.answers.append(answered)
        self.sizes.append(size)

    def _tell(self, line: socket.socket, told: bytes, fate: Fate) -> None:
        """Sends as the fate wants; what stays is over when the client goes away."""
        if fate.drips:
            for at in range(min(len(told), _MOST_DRIPPED)):
                line.sendall(told[at : at + 1])
                if _is_left(line, 1):
                    return
        else:
            line.sendall(told)
        while fate.stays and not self._over.is_set():
            if _is_left(line, 20):
                return


def _is_left(line: socket.socket, wait_ms: int) -> bool:
    """Whether the client hangs up, or says something out of turn, within so many milliseconds."""
    looking = select.poll()  # `select` itself knows no more than 1,024 files
    looking.register(line, select.POLLIN | select.POLLHUP)
    return bool(looking.poll(wait_ms))


def _head(line: socket.socket) -> tuple[bytes, bytes]:
    """The head of a message with its empty line, and what came after it; empty where nothing comes."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = line.recv(65536)
        if not part:
            return b"", b""
        got += part
    head, _, rest = got.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", rest


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    parts = urlsplit(target)
    headers = {
        name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    return Request(method, unquote(parts.path), dict(parse_qsl(parts.query)), headers, b"")


def _answer(behind: socket.socket, method: str) -> bytes:
    head, body = _head(behind)
    size = int(_lengths(head))
    while method != "HEAD" and len(body) < size and (part := behind.recv(65536)):
        body += part
    return head + body


def _lengths(head: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return value
    return b"0"


def _cut(line: socket.socket, fate: Fate) -> bool:
    if fate.reset:
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NONE)
    return False
