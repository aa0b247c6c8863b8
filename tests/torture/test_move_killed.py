"""`data move` killed before each message that it sends to the server, there and back: nothing is switched half.

After a kill the home works, or names the line to type; that line, typed again, ends the move, and every record is
there once.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.server import Server
from tests.postgresql.test_move import facts
from tests.torture.strength import cases
from tests.tried import Tried

pytestmark = pytest.mark.torture

MESSAGES = 1_620  # about so many are sent there and back
STEP = MESSAGES // cases(40, of=540)


@pytest.fixture
def line(postgresql_server: Server) -> Iterator[Line]:
    line = Line(postgresql_server)
    yield line
    line.close()


class Moves:
    """Processes that move the store of a home, each killed before a message of its own."""

    def __init__(self, line: Line, home: Path) -> None:
        self._line, self._home, self._left = line, home, 0
        self._process: subprocess.Popen[bytes] | None = None
        line.before_each = self._count

    def killed_at(self, message: int, to: str) -> bool:
        """Whether a move was killed before that message; False: it ended first."""
        self._left = message
        words = [sys.executable, "-m", "cowork_cli", "data", "move", "--to", to]
        env = {**os.environ, "COWORK_HOME": str(self._home)}
        self._process = subprocess.Popen(
            words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, said = self._process.communicate(timeout=120)
        code, self._process = self._process.returncode, None
        assert code in (0, -signal.SIGKILL), said.decode()
        return code != 0

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0 and self._process is not None:
            self._process.kill()


def works(cowork: Cowork, before: list[Any]) -> None:
    """All of it is read as before, or the line to type is named and is the move."""
    listed = cowork("client", "list", "--json")
    if listed.code == 0:
        assert facts(cowork) == before
        return
    assert "cowork data move --to" in listed.err, str(listed)


def test_killed_before_each_message_there_and_back(
    acme: Cowork, home: Path, tmp_path: Path, new_database: NewDatabase, line: Line, tried: Tried
) -> None:
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Löten"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1"),
        ("track", "add", "acme/site", "--from", "12:00", "--to", "12:45", "Prüfen"),
    ):
        assert acme(*words).code == 0
    before = facts(acme)
    moves, message, kills = Moves(line, home), 0, 0
    while True:
        kept = tmp_path / "kept"
        shutil.copytree(home, kept)
        url = line.url(new_database(empty=True))
        there = moves.killed_at(message, url)
        if there:
            kills += 1
            works(acme, before)
            assert not moves.killed_at(1_000_000, url)
        assert facts(acme) == before, f"there, before message {message}"
        back = moves.killed_at(message, "file")
        if back:
            kills += 1
            works(acme, before)
            assert not moves.killed_at(1_000_000, "file")
        assert facts(acme) == before, f"back, before message {message}"
        verified = acme("data", "verify")
        assert verified.code == 0, f"message {message}: {verified}"
        if not there and not back:
            break
        shutil.rmtree(home)
        shutil.move(kept, home)
        message += STEP
    assert kills > 40 // STEP, f"{kills} kills in {message} messages"
    tried(kills=kills, messages=message)
