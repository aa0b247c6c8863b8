"""Real servers of calendars on loopback, ended with the test, and a line to them with its bad days on order.

`Radicale` and `Xandikos` run as processes of their own on a port that the system chooses; `DavLine` is a fake
server that passes everything on to one, so that what fails is ordered and what is answered is real.
"""

import atexit
import base64
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from tests.fakes.server import FakeServer, Reply, Request

USER = "ada"


class DavServer:
    """A server of calendars with its data in `folder`. Use it in a `with`."""

    def __init__(self, folder: Path, password: str) -> None:
        self.folder, self.password = folder, password
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            self.port = int(chosen.getsockname()[1])
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, start_new_session=True, env=dict(os.environ)
            )

    def command(self) -> list[str]:
        raise NotImplementedError

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return self
        raise AssertionError(f"{type(self).__name__} did not start: {self.log.read_text()[-2000:]}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def ask(
        self, method: str, path: str, body: bytes | str = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One exchange with the server itself, as its user."""
        login = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            given = {"Authorization": f"Basic {login}"} | (headers or {})
            line.request(method, path, body, given)
            answer = line.getresponse()
            kept = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, kept, answer.read()
        finally:
            line.close()

    def make_space(self, path: str) -> None:
        """A collection for calendars, if it is not there."""
        self.ask("MKCOL", f"/{quote(path)}/")

    def make_calendar(self, path: str) -> None:
        """An empty calendar in a space that is there."""
        status, _, said = self.ask("MKCALENDAR", f"/{quote(path)}/")
        assert status == 201, (status, said)

    def put(self, path: str, text: str) -> int:
        """Puts an event, as another client of calendars would."""
        return self.ask("PUT", path, text.encode(), {"Content-Type": "text/calendar"})[0]


class Radicale(DavServer):
    """Refuses everyone until it is told how to authenticate (3.9)."""

    def command(self) -> list[str]:
        users = self.folder / "users"
        users.write_text(f"{USER}:{self.password}\n")
        rights = self.folder / "rights"
        rights.write_text("[all]\nuser: .+\ncollection: .*\npermissions: RrWw\n")
        config = self.folder / "config"
        config.write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[rights]\ntype = from_file\nfile = {rights}\n"
            f"[storage]\nfilesystem_folder = {self.folder / 'data'}\n"
            "[web]\ntype = none\n"
        )
        return [sys.executable, "-m", "radicale", "--config", str(config)]


class Xandikos(DavServer):
    """Asks nobody who they are; its collections are git repositories."""

    def command(self) -> list[str]:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        return [
            sys.executable, "-m", "xandikos", "serve", "-d", str(data), "-l", "127.0.0.1",
            "-p", str(self.port), "--metrics-port", "0",
        ]  # fmt: skip

    def make_space(self, path: str) -> None:
        (self.folder / "data" / path).mkdir(exist_ok=True)


_running: dict[type[DavServer], DavServer] = {}
_numbers = count(1)


def shared(kind: type[DavServer], password: str) -> tuple[DavServer, str]:
    """The one server of its kind in this run, and the path of a fresh collection at it.

    Starting one takes a second, so it serves all tests of a process and ends with it.
    """
    if kind not in _running:
        folder = Path(tempfile.mkdtemp(prefix="dav-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        server = kind(folder, password).__enter__()
        atexit.register(server.__exit__, None, None, None)
        _running[kind] = server
    space = f"t{next(_numbers)}"
    _running[kind].make_space(space)
    return _running[kind], space


class DavLine(FakeServer):
    """Passes requests on to a real server; bad days are those of the line."""

    def __init__(self, server: DavServer, token: str) -> None:
        self.server, self.token = server, token
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        passed = ("depth", "content-type", "if-match", "if-none-match", "authorization", "accept")
        headers = {name: request.headers[name] for name in passed if name in request.headers}
        login = base64.b64encode(f"{USER}:{self.token}".encode()).decode()
        if headers.get("authorization") != f"Basic {login}":
            return Reply(401, b"")
        status, kept, body = self.server.ask(
            request.method, quote(request.path), request.body, headers
        )
        shown = ("content-type", "etag", "location", "last-modified")
        return Reply(status, body, {name: kept[name] for name in shown if name in kept})
