"""Many homes that write to one server, which is killed in between: nothing lost, nothing twice, no number twice."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.postgresql.databases import prepare
from tests.postgresql.restarting import Restarting
from tests.postgresql.server import missing
from tests.torture import arena

HOMES = 20
WRITES = 20  # of each
KILLED_AFTER = (90, 200, 310)  # writes of all
ATTEMPTS = 60  # to issue an invoice while the server comes and goes
DATABASE = "office"
FIRST = date(2026, 3, 2)  # no clock change in the days after it

pytestmark = [pytest.mark.torture, pytest.mark.alone]


@pytest.fixture
def office() -> Iterator[Restarting]:
    if reason := missing():
        pytest.skip(reason)
    server = Restarting()
    server.start()
    prepare(server.server)
    with psycopg.connect(server.server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE} TEMPLATE cowork_template".encode())
    yield server
    server.remove()


class Crowd:
    """The homes, what each of them was told, and the server that goes away after some writes."""

    def __init__(self, folder: Path, office: Restarting):
        self.folder, self.office = folder, office
        self.url = office.server.url(DATABASE)
        self.done: dict[str, arena.Played] = {}
        self.issued: dict[str, arena.Played] = {}
        self._writes = 0
        self._turn = threading.Lock()
        self.due = threading.Semaphore(0)

    def run(self, home: str, *words: str) -> arena.Played:
        """A command of a home, as a process."""
        return arena.finish(arena.spawn(self.folder / home, *words, COWORK_STORE=self.url))

    def set_up(self) -> None:
        """One home makes client and project; every home knows who works there."""
        for words in (arena.INIT, arena.CLIENT, arena.PROJECT):
            assert (made := self.run("h00", *words)).code == 0, str(made)
        for number in range(1, HOMES + 1):
            line = ("invoice", "line", f"draft-{number}", "--text", "Fee", "--price", "100")
            for words in (("invoice", "draft", "acme", "--empty"), line):
                assert (made := self.run("h00", *words)).code == 0, str(made)

    def work(self, number: int) -> None:
        """What one home writes: hours under its own name, and half way an invoice."""
        home = f"h{number:02}"
        self.run(home, *arena.INIT)
        assert self.run(home, "config", "set", "profile.person", home).code == 0
        for turn in range(WRITES):
            note = f"{home}-{turn:02}"
            day = (FIRST + timedelta(days=turn)).isoformat()
            self.done[note] = self.run(
                home,
                "track",
                "add",
                "acme/site",
                note,
                "--on",
                day,
                "--from",
                "09:00",
                "--to",
                "10:00",
            )
            if turn == WRITES // 2:
                self.issued[home] = self._issue(home, f"draft-{number + 1}")
            self._count()

    def _issue(self, home: str, draft: str) -> arena.Played:
        for _ in range(ATTEMPTS):
            played = self.run(home, "invoice", "issue", draft, "--no-input", "--yes", "--json")
            if played.code == 0 or "is issued" in played.err + played.out:
                return played
        return played

    def _count(self) -> None:
        with self._turn:
            self._writes += 1
            if self._writes in KILLED_AFTER:
                self.due.release()

    def disturb(self) -> None:
        """Kills the server after so many writes and starts it again, while all go on.

        By the thread that stays: a server goes with the thread that has started it.
        """
        for _ in KILLED_AFTER:
            self.due.acquire()
            self.office.kill()
            self.office.start()


def test_twenty_homes_write_while_the_server_is_killed(tmp_path: Path, office: Restarting) -> None:
    crowd = Crowd(tmp_path, office)
    crowd.set_up()
    with ThreadPoolExecutor(HOMES) as pool:
        working = pool.map(crowd.work, range(HOMES))
        crowd.disturb()
        list(working)
    for number in range(HOMES):  # what waited in an outbox goes up, and not only in half a minute
        (tmp_path / f"h{number:02}" / "state" / "away").unlink(missing_ok=True)
        seen = crowd.run(f"h{number:02}", "track", "list", "--json")
        assert seen.code == 0, str(seen)

    with psycopg.connect(crowd.url) as connection:
        rows = connection.execute("SELECT note, person, from_at FROM cowork.entries").fetchall()
        numbers = connection.execute(
            "SELECT number FROM cowork.invoices WHERE number IS NOT NULL ORDER BY number"
        ).fetchall()
        (given,) = connection.execute("SELECT last FROM cowork.number_series").fetchall()
        journal = connection.execute("SELECT count(*), max(id) FROM cowork.journal").fetchone()
    kept = Counter(note for note, _, _ in rows)
    assert max(kept.values()) == 1, "an entry is there twice"
    lost = {
        note: str(done) for note, done in crowd.done.items() if done.code == 0 and not kept[note]
    }
    assert not lost, json.dumps(lost, indent=1)
    for note, done in crowd.done.items():
        if done.code != 0:
            arena.assert_clean_failure(done)
            told = "is not known" in done.err or "what was recorded stands" in done.err
            assert told or not kept[note], f"{note} is there\n{done}"
    assert all(person == note.partition("-")[0] for note, person, _ in rows)
    assert [number for (number,) in numbers] == [f"2026-{n:04}" for n in range(1, HOMES + 1)]
    assert given == (HOMES,)
    assert journal is not None and journal[0] == journal[1], "a row of the journal is missing"
    assert (sound := crowd.run("h00", "data", "verify")).code == 0, str(sound)
