"""What the attacks share: homes, commands as processes and as calls, and a store seen as plain data."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from cowork_cli import main

NOW = "2026-11-25T18:00:00+01:00"
COWORK = (sys.executable, "-m", "cowork_cli")
TIMEOUT_S = 120

CLIENT = (
    "client", "add", "acme", "--name", "ACME GmbH", "--street", "Ring 5", "--postcode", "50667",
    "--city", "Köln", "--country", "DE", "--rate", "95",
)  # fmt: skip
PROJECT = ("project", "add", "acme/site")
INIT = (
    "init", "--no-input", "--name", "Erika Muster", "--street", "Hauptstr. 1", "--postcode", "10115",
    "--city", "Berlin", "--tax-number", "27/123/45678", "--iban", "DE02120300000000202051",
    "--email", "erika@example.org", "--phone", "+49 30 1234567", "--timezone", "Europe/Berlin",
    "--land", "BE",
)  # fmt: skip
ADD = ("track", "add", "acme/site", "--on", "2026-11-24", "--from", "09:00", "--to", "11:00")

# Everything a command can have changed; not the UUIDs, which differ from run to run, nor the bytes
# of documents, whose hashes `data verify` checks.
_STATE = {
    "clients": "SELECT id, slug, name FROM clients ORDER BY id",
    "projects": "SELECT id, client_id, slug FROM projects ORDER BY id",
    "rates": "SELECT id, client_id, project_id, valid_from, rate FROM rates ORDER BY id",
    "entries": "SELECT id, project_id, note, tags, from_at, to_at, billable, invoice_id, place FROM entries ORDER BY id",
    "invoices": "SELECT id, state, number, date, net, gross FROM invoices ORDER BY id",
    "lines": "SELECT id, invoice_id, text, quantity, net FROM invoice_lines ORDER BY id",
    "hours": "SELECT id, invoice_id, entry_id, seconds FROM invoice_entries ORDER BY id",
    "files": "SELECT invoice_id, name FROM invoice_files ORDER BY name",
    "numbers": "SELECT series, year, last FROM number_series ORDER BY 1, 2",
}

State = Mapping[str, tuple[tuple[object, ...], ...]]


@dataclass(frozen=True)
class Played:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The `error:` lines."""
        return [line for line in self.err.split("\n") if line.startswith("error:")]

    def __str__(self) -> str:
        return f"exit {self.code}\n--- stdout\n{self.out}--- stderr\n{self.err}"


def world(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command: this home, a frozen clock, nothing of the tester's own."""
    kept = ("PATH", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HOME": str(home),
        "COWORK_HOME": str(home),
        "COWORK_NOW": NOW,
        "TZ": "Europe/Berlin",
        "COLUMNS": "100",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(Path(main.__file__).parents[1]),
        **more,
    }


def play(home: Path, *words: str, **more: str) -> Played:
    """Runs a command line in this process, over streams like those of a pipe."""
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(), encoding="utf-8"),
        "stdout": io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n"),
        "stderr": io.TextIOWrapper(
            io.BytesIO(), encoding="utf-8", newline="\n", errors="backslashreplace"
        ),
    }
    with mock.patch.multiple(sys, **streams):
        code = main.run(list(words), world(home, **more))
    return Played(code, _text(streams["stdout"]), _text(streams["stderr"]))


def play_all(home: Path, lines: Iterable[Sequence[str]]) -> None:
    """Runs command lines that have to succeed."""
    for words in lines:
        done = play(home, *words)
        assert done.code == 0, f"{words}\n{done}"


def spawn(
    home: Path, *words: str, before: Sequence[str] = (), **more: str
) -> subprocess.Popen[str]:
    """Starts a command as a process; `before` are words in front of it, of a tracer for example."""
    return subprocess.Popen(
        [*before, *COWORK, *words],
        env=world(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> Played:
    """Waits for a process, and kills it if it hangs."""
    with process:
        try:
            out, err = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Played(process.returncode, out, err)


def copied(base: Path, home: Path) -> Path:
    """A fresh copy of a home at `home`."""
    if home.exists():
        shutil.rmtree(home)
    shutil.copytree(base, home)
    return home


def state(home: Path) -> State | None:
    """The records of a home as they are read back from its store; None where there is no store."""
    path = home / "data" / "cowork.db"
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        return {name: tuple(connection.execute(sql)) for name, sql in _STATE.items()}


def changes(home: Path) -> int:
    """How many changes the journal knows."""
    with closing(sqlite3.connect(home / "data" / "cowork.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM changes").fetchone()[0])


def assert_journal_replays(home: Path) -> None:
    """The journal, played from its first row to its last, gives every record as the store holds it."""
    with closing(sqlite3.connect(home / "data" / "cowork.db")) as connection:
        connection.row_factory = sqlite3.Row
        tables: dict[str, dict[int, object]] = {"entries": {}, "projects": {}, "clients": {}}
        for table, row_id, after in connection.execute(
            "SELECT table_name, row_id, after FROM journal ORDER BY id"
        ):
            records = tables.setdefault(table, {})
            if after is None:
                del records[row_id]
            else:
                records[row_id] = json.loads(after)
        for table, records in tables.items():
            held = {row["id"]: dict(row) for row in connection.execute(f"SELECT * FROM {table}")}
            assert held == records, table


def assert_sound(home: Path) -> None:
    """`data verify` finds nothing."""
    found = play(home, "data", "verify")
    assert found.code == 0, str(found)


def assert_clean_failure(done: Played) -> None:
    """One line says what went wrong, and there is no traceback."""
    assert done.code not in (0, 70), str(done)
    assert "Traceback" not in done.err + done.out, str(done)
    assert len(done.errors) == 1, str(done)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8", errors="replace")
