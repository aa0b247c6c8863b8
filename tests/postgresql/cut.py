"""A way to a server that can be cut: a socket of its own in front of that of the tests' PostgreSQL."""

import contextlib
import selectors
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from tests.postgresql.server import Server

PORT = 5432


class Line:
    """What a home sees of the server. `cut` takes it away, `mend` brings it back.

    `lose_answer_of`: the next message that holds these bytes is passed on, and the line is cut before the
    answer to it comes back. `cut_at`: so many messages are passed on, the next one is lost with the line.
    `before_each` is called before a message of a client is passed on.
    """

    def __init__(self, server: Server):
        self._target = str(server.folder / f".s.PGSQL.{PORT}")
        self.folder = Path(tempfile.mkdtemp(prefix="cowork-line-"))
        self._path = self.folder / f".s.PGSQL.{PORT}"
        self._listener: socket.socket | None = None
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self.lose_answer_of = b""
        self.cut_at: int | None = None
        self.before_each: Callable[[], None] = lambda: None
        self.mend()

    def url(self, url: str) -> str:
        """The same database by this way."""
        return f"{url.partition('?')[0]}?host={self.folder}"

    def mend(self) -> None:
        """The server can be reached."""
        assert self._listener is None
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._path))
        listener.listen()
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Nobody answers any more, and who was connected is cut off."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            self._path.unlink()
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    with contextlib.suppress(OSError):  # the other side has gone already
                        end.shutdown(socket.SHUT_RDWR)
            self._pairs = set()

    def close(self) -> None:
        """Gone for good."""
        self.cut()
        self.folder.rmdir()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._target)
            with self._lock:
                if self._listener is not listener:  # cut between the two lines above
                    client.close()
                    server.close()
                    return
                self._pairs.add((client, server))
            threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        with client, server, selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            try:
                self._pass_on(client, selector)
            except OSError:
                pass
            finally:  # before they are closed: `cut` shuts only what is open
                with self._lock:
                    self._pairs.discard((client, server))

    def _pass_on(self, client: socket.socket, selector: selectors.BaseSelector) -> None:
        """Every message to the other side, until one side ends or the line is cut."""
        lost = False
        while True:
            for key, _ in selector.select():
                source: socket.socket = key.fileobj  # type: ignore[assignment]
                said = source.recv(65536)
                if source is client and self.lose_answer_of and self.lose_answer_of in said:
                    lost, self.lose_answer_of = True, b""
                if source is client:
                    self.before_each()
                if self._is_last() if source is client else lost:
                    self.cut()
                    return
                if not said:
                    return
                key.data.sendall(said)

    def _is_last(self) -> bool:
        """Whether this message of the client is the one that is lost with the line; counts it."""
        if self.cut_at is None:
            return False
        if self.cut_at == 0:
            self.cut_at = None
            return True
        self.cut_at -= 1
        return False
