"""What is done at every keystroke reads a few pages, however many hours there are."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.file_store(reason="plans of SQLite")


@pytest.mark.parametrize(
    "words", ["track status", "start acme/site", "client list", "booking list", "prompt", "status"]
)
def test_no_entries_are_read_through(
    acme: Cowork, home: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """SQLite prefers to count through a whole index where a statement asks for nothing else."""
    statements: list[str] = []
    whole = sqlite3.connect

    def connect(*places: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = whole(*places, **options)  # type: ignore[call-overload]
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect)
    assert acme(*words.split()).code in (0, 3)
    monkeypatch.undo()
    plain = sqlite3.connect(home / "data" / "cowork.db")
    plans = [
        row[3]
        for sql in statements
        if "entries" in sql and sql.lstrip().startswith("SELECT")
        for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    plain.close()
    assert plans, "nothing was asked of the entries"
    through = [step for step in plans if step.startswith(("SCAN entries", "SCAN e "))]
    # What is not billed yet is added up once; the sum is kept beside the store.
    whole_answers = ("one_running_timer", "entries_unbilled")
    assert [step for step in through if not step.endswith(whole_answers)] == []
