"""An end for a whole exchange: a server that sends a byte now and then holds nobody for longer.

httpx bounds each read alone, and reads a head, or any number of answers of 1xx, without looking at the
clock in between. So its sockets are wrapped where it opens them, and each use gets what time is left.
"""

from contextvars import ContextVar
from time import monotonic
from typing import Any

_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)


class Late(Exception):
    """The time for the whole exchange is over."""


def begins(seconds: float) -> None:
    """From now on, what this thread reads and writes must be over in so many seconds."""
    _ends_at.set(monotonic() + seconds)


def left(timeout: float | None) -> float | None:
    """The seconds that one use of a socket may take. Raises Late when none are left."""
    ends_at = _ends_at.get()
    if ends_at is None:
        return timeout
    rest = ends_at - monotonic()
    if rest <= 0:
        raise Late
    return rest if timeout is None else min(timeout, rest)


class TimedBackend:
    """Opens lines that keep the deadline: stands in for the backend of httpcore."""

    def __init__(self, backend: Any):
        self._backend = backend

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **more: Any
    ) -> "TimedStream":
        """A line to a machine."""
        return TimedStream(self._backend.connect_tcp(host, port, timeout=left(timeout), **more))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


class TimedStream:
    """A line that keeps the deadline."""

    def __init__(self, stream: Any):
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come. Raises Late."""
        content: bytes = self._stream.read(max_bytes, timeout=left(timeout))
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends. Raises Late."""
        self._stream.write(buffer, timeout=left(timeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "TimedStream":
        """The same line, encrypted."""
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout=left(timeout))
        return TimedStream(secured)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
