"""Owns the base of the fake services: a real HTTP server on loopback, with its bad days on order.

A fake is written from the description of a service, before the adapter, and keeps state like the
real one. Nothing in it sleeps: what hangs is released when the server closes. A request to a path
that the fake does not know is answered 501 and fails the test in `close()`, because it means that
the adapter and the description differ.
"""

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    """What arrived. Header names are in lower case; of a repeated parameter the last counts."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What is sent back. A `body` that is not text or bytes is sent as JSON."""

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return b"" if self.body is None else json.dumps(self.body).encode()

    def content_type(self) -> str:
        return "text/html" if isinstance(self.body, str) else "application/json"


Handler = Callable[[Request], Reply | None]


class FakeServer:
    """Answers on 127.0.0.1, port chosen by the system. Use it in a `with`.

    A subclass overrides `answer`, which returns None for a path it does not know. `lines` counts the
    connections that were opened.
    """

    def __init__(self) -> None:
        self.log: list[Request] = []
        self.unknown: list[str] = []
        self.lines = 0
        self._orders: deque[tuple[str, Reply | None]] = deque()
        self._spared: Callable[[Request], bool] | None = None
        self._released = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    def answer(self, request: Request) -> Reply | None:
        """What the service says; None if it knows no such path."""
        return None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    # Bad days, each for the next request (or the next `times`), in the order in which they were given.

    def fail_next(
        self,
        status: int,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """Answers with this instead of asking the service: nothing is changed there."""
        reply = Reply(status, body, dict(headers or {}))
        self._orders.extend([("instead", reply)] * times)

    def fail_after_commit(self, status: int, body: object = None, times: int = 1) -> None:
        """The service does what was asked and then answers with this."""
        self._orders.extend([("after", Reply(status, body))] * times)

    def hang(self, times: int = 1) -> None:
        """Gives no answer until the server closes; nothing is changed."""
        self._orders.extend([("hang", None)] * times)

    def cut(self, times: int = 1) -> None:
        """Cuts the line before the service has seen the request."""
        self._orders.extend([("cut", None)] * times)

    def cut_after_commit(self, times: int = 1) -> None:
        """The service does what was asked, then the line is cut without an answer."""
        self._orders.extend([("cut-after", None)] * times)

    def truncate_next(self, times: int = 1) -> None:
        """Sends the head and half of the body, of a reply without one half of the head; then cuts the line."""
        self._orders.extend([("truncate", None)] * times)

    def spare_until(self, begins: Callable[[Request], bool]) -> None:
        """The bad days begin with the first request of which this is true, and go on from there."""
        self._spared = lambda request: not begins(request)

    def forget_orders(self) -> None:
        """The bad days are over."""
        with self._lock:
            self._orders.clear()

    def keep_orders(self, count: int) -> None:
        """Only so many bad requests are left."""
        with self._lock:
            while len(self._orders) > count:
                self._orders.pop()

    # What the handler thread does.

    def _take(self, request: Request) -> tuple[str, Reply | None]:
        with self._lock:
            if self._spared is not None and self._spared(request):
                return "", None
            self._spared = None
            return self._orders.popleft() if self._orders else ("", None)

    def _respond(self, request: Request) -> tuple[Reply | None, bool]:
        """The reply, None to cut the line; and whether only half of it is sent."""
        order, ordered = self._take(request)
        with self._lock:
            self.log.append(request)
        if order == "instead":
            return ordered, False
        if order == "hang":
            self._released.wait()
        if order in ("hang", "cut"):
            return None, False
        with self._lock:
            reply = self.answer(request)
            if reply is None:
                self.unknown.append(f"{request.method} {request.path}")
                reply = Reply(501, {"error": "the fake knows no such path"})
        if order == "cut-after":
            return None, False
        return (ordered if order == "after" else reply), order == "truncate"

    def close(self) -> None:
        """Ends every line and thread. Raises AssertionError if an unknown path was asked."""
        if self._released.is_set():
            return
        self._released.set()
        self._server.shutdown()
        with self._lock:
            for line in self._open:
                _cut(line)
        self._server.server_close()
        self._thread.join()
        assert not self.unknown, f"the fake was asked for paths it does not know: {self.unknown}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    # Joined in `close()`, so that no thread outlives its test.
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that the client or the test has cut is no news; anything else is."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _handler_of(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handling(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            with fake._lock:
                fake._open.add(self.connection)
                fake.lines += 1

        def finish(self) -> None:
            with fake._lock:
                fake._open.discard(self.connection)
            super().finish()

        def log_message(self, format: str, *args: object) -> None:
            """The log is a list, not stderr."""

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            request = Request(
                self.command,
                unquote(parts.path),
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(size),
            )
            reply, half = fake._respond(request)
            if reply is None:
                self.close_connection = True
                _cut(self.connection)
                return
            self.send_whole(reply, half)

        def send_whole(self, reply: Reply, half: bool) -> None:
            body = reply.encoded()
            if half and not body:
                self.close_connection = True
                self.wfile.write(b"HTTP/1.1 2")
                _cut(self.connection)
                return
            self.send_response(reply.status)
            headers = {"Content-Type": reply.content_type(), "Content-Length": str(len(body))}
            for name, value in (headers | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if half else body)
            if half:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_REPORT = do_PROPFIND = handle_any

    return Handling
