"""A way to a server that can be cut: a socket of its own in front of that of the tests' PostgreSQL."""

import selectors
import socket
import tempfile
import threading
from pathlib import Path

from tests.postgresql.server import Server

PORT = 5432


class Line:
    """What a home sees of the server. `cut` takes it away, `mend` brings it back.

    `lose_answer_of`: the next message that holds these bytes is passed on, and the line is cut before the
    answer to it comes back. `cut_at`: so many messages are passed on, the next one is lost with the line.
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
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            self._path.unlink()
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            for end in pair:
                end.shutdown(socket.SHUT_RDWR)

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
                self._pairs.add((client, server))
            threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        lost = False
        with client, server, selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in selector.select():
                    source, target = key.fileobj, key.data
                    try:
                        said = source.recv(65536)
                        if source is client and self.lose_answer_of and self.lose_answer_of in said:
                            lost, self.lose_answer_of = True, b""
                        if source is client and self.cut_at is not None:
                            if self.cut_at == 0:
                                self.cut_at = None
                                self.cut()
                                return
                            self.cut_at -= 1
                        if lost and source is server:
                            self.cut()
                            return
                        if not said:
                            return
                        target.sendall(said)
                    except OSError:
                        return
                    finally:
                        with self._lock:
                            if (lost and source is server) or not said:
                                self._pairs.discard((client, server))
