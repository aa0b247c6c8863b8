"""The end of a login in a browser: a page on this machine that takes its answer (RFC 8252, 7.3)."""

import base64
import hashlib
import secrets
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self

PAGE = (
    "<!doctype html><meta charset=utf-8><title>cowork</title><p>Logged in. You can close this page."
)


class Loopback:
    """Listens on 127.0.0.1, port chosen by the system. Use it in a `with`."""

    def __init__(self) -> None:
        self._caught: str | None = None
        self._there = threading.Event()
        self._server = HTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/callback"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, seconds: float) -> str | None:
        """The address that was asked for, None if nobody came in time."""
        self._there.wait(seconds)
        return self._caught

    def catch(self, path: str) -> bool:
        """Keeps the first answer; False for anything that is none."""
        if not path.startswith("/callback?"):
            return False
        if self._caught is None:
            self._caught = f"{self.url.removesuffix('/callback')}{path}"
            self._there.set()
        return True


def _handler_of(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handling(BaseHTTPRequestHandler):
        timeout = 10

        def log_message(self, format: str, *args: object) -> None:
            """The address holds a code: it is written nowhere."""

        def do_GET(self) -> None:
            taken = loopback.catch(self.path)
            body = PAGE.encode() if taken else b""
            self.send_response(200 if taken else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handling


def new_text() -> str:
    """43 characters that nobody guesses: a verifier, a state."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """What is shown of a verifier beforehand (RFC 7636, 4.2, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
