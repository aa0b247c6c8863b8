"""Runs command lines in forks of one loaded program, each killed at a chosen call; started by `machine`.

    LD_PRELOAD=filecalls.so python -m tests.torture.forking

Reads one JSON object a line: `home`, `words`, `env`, `at` (0: not killed), `error` (0, or what calls from
there on fail with) and `log` (a file, or none).
Answers with `code` (negative: the signal), `calls` that touched the home, `out` and `err`.
"""

import ctypes
import json
import os
import sys
import tempfile
from typing import Any

from cowork_cli import main as program
from cowork_cli.app import all_verbs


def run(order: dict[str, Any]) -> dict[str, Any]:
    """One command in a fork."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _live(order, out.fileno(), err.fileno(), writing)
        os.close(writing)
        with os.fdopen(reading) as counted:
            seen = counted.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return {
            "code": code,
            "calls": int(seen or 0),
            "out": out.read().decode(errors="replace"),
            "err": err.read().decode(errors="replace"),
        }


def _live(order: dict[str, Any], out: int, err: int, count: int) -> None:
    """The whole life of the fork."""
    code = 70
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.environ.clear()
        os.environ.update(order["env"])
        log = order["log"]
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        to = os.open(log, flags, 0o600) if log else -1
        library = ctypes.CDLL(None)
        place = ctypes.c_long(order["at"])
        library.filecalls_arm(os.fsencode(order["home"]), place, to, order["error"])
        code = program.run(order["words"])
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(count, str(library.filecalls_seen()).encode())
    finally:
        os._exit(code)


def main() -> None:
    """Answers until standard input ends."""
    list(all_verbs())  # every module is loaded before the first fork
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
