"""Runs a command line and ends the process the hard way at a chosen moment; started by test_killed.

    python killed.py N WORD…

Moments are file events of Python (open, rename, link, remove, mkdir, truncate) inside COWORK_HOME
and every `STRIDE` steps of SQLite's machine. At the N-th the process kills itself; N = 0 counts them
and prints the number as the last line of standard error.
"""

import os
import signal
import sqlite3
import sys
from typing import Any

STRIDE = 40
_EVENTS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate"}


def main() -> int:
    """Returns the exit code of the command, if it lives that long."""
    fatal, words = int(sys.argv[1]), sys.argv[2:]
    home = os.environ["COWORK_HOME"]
    seen = 0

    def step() -> int:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event in _EVENTS and details and str(details[0]).startswith(home):
            step()

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = plain(*arguments, **options)
        connection.set_progress_handler(step, STRIDE)
        return connection

    plain, sqlite3.connect = sqlite3.connect, connect

    from cowork_cli import main as program

    sys.addaudithook(watch)
    code = program.run(words)
    if not fatal:
        sys.stderr.write(f"\n{seen}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
