"""A server that speaks as much of PostgreSQL's protocol as a login takes, and repeats the password in its refusal.

https://www.postgresql.org/docs/18/protocol-message-formats.html
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENCRYPTION = (80877103, 80877104)  # asked for by TLS, by GSSAPI
_CLEARTEXT = struct.pack("!cII", b"R", 8, 3)


class _Login(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        while (request := self._body()) and struct.unpack("!I", request[:4])[0] in _ENCRYPTION:
            self.wfile.write(b"N")
        self.wfile.write(_CLEARTEXT)
        if self.rfile.read(1) != b"p":
            return
        password = self._body().rstrip(b"\0")
        self.server.passwords.append(password.decode())
        fields = {
            "S": "FATAL",
            "V": "FATAL",
            "C": self.server.state,
            "M": f'"{password.decode()}" is not it',
        }
        said = b"".join(f"{key}{value}".encode() + b"\0" for key, value in fields.items()) + b"\0"
        self.wfile.write(b"E" + struct.pack("!I", len(said) + 4) + said)

    def _body(self) -> bytes:
        head = self.rfile.read(4)
        return self.rfile.read(struct.unpack("!I", head)[0] - 4) if len(head) == 4 else b""


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    state = "28P01"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Login)
        self.passwords: list[str] = []


@contextmanager
def asking() -> Iterator[_Server]:
    """Runs it; `passwords` are those that were tried, `state` the SQLSTATE that is answered."""
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
