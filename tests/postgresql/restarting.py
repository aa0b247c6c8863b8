"""A server that a test can kill and start again over the same data, on a socket of its own."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.in_memory import place
from tests.postgresql import guard
from tests.postgresql.server import Server, reachable

KEPT = {"synchronous_commit": "on"}  # what it has said yes to outlives its own end
TRIES = 100


class Restarting:
    """Runs between `start` and `kill`; what was committed is there again after the next `start`."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="cowork-pg-", dir=place()))
        if account := guard.account():
            os.chown(folder, account["user"], account["group"])
        self.server = Server(folder)
        self._binaries = reachable(folder)
        self._process: subprocess.Popen[bytes] | None = None
        guard.initialised(folder, self._binaries)

    def start(self) -> None:
        """Starts it; comes back when it takes connections. What it left of itself may need a moment to go."""
        for attempt in range(TRIES):
            try:
                self._process = guard.run(self.server.folder, self._binaries, **KEPT)
                return
            except RuntimeError:
                if attempt == TRIES - 1:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """Ends it and takes its folder away."""
        self.kill()
        shutil.rmtree(self.server.folder, ignore_errors=True)
