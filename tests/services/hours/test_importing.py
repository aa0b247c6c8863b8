"""An import among others who write: they do not wait for its plan, and it sees what they wrote."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.transfer import EntryImport
from cowork_cli.errors import Conflict
from cowork_cli.services.hours import importing
from cowork_cli.services.hours.import_plan import Plan, Planning
from cowork_cli.services.hours.import_reading import Days, Request
from cowork_cli.services.hours.importing import import_file
from cowork_cli.store import bank
from cowork_cli.store.engine import integrity, undo
from cowork_cli.store.engine.store import Store
from cowork_cli.store.import_stage import Stage
from tests import stores

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 18, tzinfo=ZONE)
FILE = """project,from,to
acme/site,2026-11-24 09:00,2026-11-24 10:00
acme/site,2026-11-24 10:00,2026-11-24 11:00
acme/site,2026-11-25 09:00,2026-11-25 10:00
"""
Meanwhile = Callable[[Store, int], None]


def _opened(home: Path, command: str) -> Store:
    return stores.opened(home, command, now_ms=int(NOW.timestamp() * 1000))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = _opened(tmp_path, "before")
    with opened.transaction() as journal:
        client = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        journal.insert("projects", {"client_id": journal.insert("clients", client), "slug": "site"})
    opened.close()
    opened = _opened(tmp_path, "track import")
    yield opened
    opened.close()


def add(store: Store, begin: str, end: str | None) -> None:
    """An entry on a day of November by another process."""
    stamps = [
        text and int(datetime.fromisoformat(f"2026-11-{text}+01:00").timestamp())
        for text in (begin, end)
    ]
    with store.transaction() as journal:
        journal.insert(
            "entries",
            {
                "project_id": 1, "from_at": stamps[0], "to_at": stamps[1],
                "timezone": "Europe/Berlin", "day": f"2026-11-{begin[:2]}", "billable": 1,
            },
        )  # fmt: skip


def imported(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: Meanwhile, **asked: bool
) -> tuple[EntryImport, int]:
    """Imports while another process does `meanwhile` after each plan; with how often was planned."""
    plans = 0
    whole = Planning.plan
    other = _opened(home, "track start")
    other.connection._connection.execute("PRAGMA busy_timeout = 0")

    def plan(self: Planning) -> Plan:
        nonlocal plans
        plans += 1
        planned = whole(self)
        meanwhile(other, plans)
        return planned

    monkeypatch.setattr(Planning, "plan", plan)
    file = home / "hours.csv"
    file.write_text(FILE, encoding="utf-8")
    request = Request(path=file, format="csv", **asked)  # type: ignore[arg-type]
    try:
        report = import_file(request, store=store, now=NOW, zone=ZONE, note=lambda line: None)
    finally:
        other.close()
    assert integrity.chain(store.connection) == []
    assert integrity.replay(store.connection) == []
    return report, plans


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_nobody_waits_for_reading_and_planning(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = importing.reader_of

    def reader_of(form: str) -> object:
        read, options = reader(form)

        def reading(*words: object) -> Iterator[object]:
            for number, row in enumerate(read(*words)):  # type: ignore[arg-type]
                with sqlite3.connect(tmp_path / "data" / "cowork.db", timeout=0) as other:
                    other.execute("BEGIN IMMEDIATE")  # fails at once if somebody writes
                    other.execute("ROLLBACK")
                other.close()
                assert number < 3
                yield row

        return reading, options

    monkeypatch.setattr(importing, "reader_of", reader_of)
    report, plans = imported(
        store, tmp_path, monkeypatch, lambda other, _: add(other, "02 09:00", "02 10:00")
    )
    assert (report.taken, plans) == (3, 1), "what lies elsewhere changes no plan"
    rows = store.rows("SELECT id, day FROM entries ORDER BY id")
    assert rows == [(1, "2026-11-02"), (2, "2026-11-24"), (3, "2026-11-24"), (4, "2026-11-25")]


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_what_was_written_meanwhile_stands_in_the_way(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(other: Store, plans: int) -> None:
        if plans == 1:
            add(other, "24 09:30", "24 09:45")

    with pytest.raises(Conflict, match=r"line 2 .*: it overlaps e-1 \(acme/site\); nothing"):
        imported(store, tmp_path, monkeypatch, meanwhile)
    assert store.value("SELECT count(*) FROM entries") == 1


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_what_is_of_no_hours_changes_no_plan(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(other: Store, _: int) -> None:
        with other.transaction():
            bank.add_account(other, "giro", None, new_uuid(other.now_ms))

    report, plans = imported(store, tmp_path, monkeypatch, meanwhile)
    assert (report.taken, plans) == (3, 1)


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_it_is_planned_again_and_taken_in_one_change(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(other: Store, plans: int) -> None:
        if plans == 1:
            add(other, "24 09:30", "24 09:45")

    report, plans = imported(store, tmp_path, monkeypatch, meanwhile, adjust=True)
    assert (report.taken, len(report.adjusted), plans) == (3, 2, 2)
    assert len(store.rows("SELECT 1 FROM entries")) == 5
    assert [change.command for change in undo.undo(store.journal, 1)] == ["track import"]
    assert store.rows("SELECT id FROM entries") == [(1,)]


@pytest.mark.file_store(reason="watches the statements of SQLite")
@pytest.mark.parametrize("table", ["clients", "projects"])
def test_names_that_changed_meanwhile_are_looked_up_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    def meanwhile(other: Store, plans: int) -> None:
        if plans == 1:
            with other.transaction() as journal:
                journal.update(table, 1, {"slug": "other", "name": "Other"})

    report, plans = imported(store, tmp_path, monkeypatch, meanwhile)
    assert plans == 2
    assert report.projects == ("acme/site",)


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_in_a_crowd_it_gets_through_in_the_end(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    def meanwhile(other: Store, plans: int) -> None:
        try:
            add(other, f"24 09:{plans:02}", f"24 09:{plans + 1:02}")
        except Exception as error:
            waited.append((plans, type(error).__name__))

    report, plans = imported(store, tmp_path, monkeypatch, meanwhile, adjust=True)
    assert (plans, waited) == (4, [(4, "StoreBusy")]), "the last plan is made while others wait"
    assert report.taken == 3


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_a_preview_locks_nobody_and_changes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, plans = imported(
        store, tmp_path, monkeypatch, lambda other, _: add(other, "24 09:30", "24 09:45"),
        dry_run=True,
    )  # fmt: skip
    assert (report.taken, plans) == (3, 1)
    assert store.rows("SELECT day FROM entries") == [("2026-11-24",)]


def linked(store: Store, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[int], None]) -> None:
    """Has another process do `meanwhile` each time the journal of an import was put together."""
    links = 0
    whole = Stage.link

    def link(self: Stage) -> None:
        nonlocal links
        links += 1
        whole(self)
        meanwhile(links)

    monkeypatch.setattr(Stage, "link", link)


@pytest.mark.file_store(reason="watches the statements of SQLite")
@pytest.mark.parametrize("times", [1, 9])
def test_who_writes_while_the_journal_is_put_together_stands_before_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    other = _opened(tmp_path, "track add")
    other.connection._connection.execute("PRAGMA busy_timeout = 0")

    def meanwhile(links: int) -> None:
        if links <= times:
            add(other, f"02 09:{links:02}", f"02 09:{links + 1:02}")

    linked(store, monkeypatch, meanwhile)
    report, plans = imported(store, tmp_path, monkeypatch, lambda *_: None)
    other.close()
    written = min(times, 2)  # rehearsed twice, then put together while others wait
    assert (report.taken, plans) == (3, 1)
    days = [day for (day,) in store.rows("SELECT day FROM entries ORDER BY id")]
    assert days == ["2026-11-02"] * written + ["2026-11-24", "2026-11-24", "2026-11-25"]
    changes = [change.command for change in undo.history(store.journal)]
    assert changes == ["track import", "track add", "before"]


@pytest.mark.file_store(reason="watches the statements of SQLite")
@pytest.mark.parametrize("before", [0, 1])
def test_what_was_written_while_it_was_put_together_stands_in_the_way(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    other = _opened(tmp_path, "track add")

    def meanwhile(links: int) -> None:
        if links <= before:
            add(other, "02 09:00", "02 10:00")
        elif links == before + 1:
            add(other, "24 09:30", "24 09:45")

    linked(store, monkeypatch, meanwhile)
    way = rf"line 2 .*: it overlaps e-{before + 1} \(acme/site\); nothing"
    with pytest.raises(Conflict, match=way):
        imported(store, tmp_path, monkeypatch, lambda *_: None)
    other.close()
    assert store.value("SELECT count(*) FROM entries") == before + 1


@pytest.mark.file_store(reason="watches the statements of SQLite")
def test_others_wait_for_a_few_statements_however_many_rows_there_are(tmp_path: Path) -> None:
    """With a new client and project, 2 entries or 200: the same statements while others wait."""
    waited = {rows: statements_while_others_wait(tmp_path, rows) for rows in (2, 200)}
    rehearsed, landed = waited[2]
    assert (len(rehearsed), len(landed)) == tuple(map(len, waited[200]))
    moved = [sql.split("FROM")[1].split()[0] for sql in landed if "SELECT" in sql[6:]]
    assert moved == ["import_parts", "import_links"]


def statements_while_others_wait(home: Path, rows: int) -> list[list[str]]:
    """The statements of each transaction that locks others out, of an import of so many rows."""
    store = _opened(home, "track import")
    transactions: list[list[str]] = []
    locks = False

    def traced(sql: str) -> None:
        nonlocal locks
        if sql.startswith("BEGIN"):
            locks = sql.startswith("BEGIN IMMEDIATE")
            transactions.extend([[]] if locks else [])
        elif locks and sql not in transactions[-1][-1:]:  # said once more for each trigger
            transactions[-1].append(sql)

    store.connection._connection.set_trace_callback(traced)
    begins = [f"2025-03-{rows % 7 + 1:02} {n // 12:02}:{n % 12 * 5:02}" for n in range(rows)]
    lines = [f"new-{rows}/site,{begin},{begin[:-1]}{int(begin[-1]) + 3}" for begin in begins]
    file = home / "hours.csv"
    file.write_text("\n".join(["project,from,to", *lines]), encoding="utf-8")
    request = Request(path=file, format="csv")
    report = import_file(request, store=store, now=NOW, zone=ZONE, note=lambda line: None)
    assert report.taken == rows
    assert integrity.chain(store.connection) == []
    assert integrity.replay(store.connection) == []
    store.close()
    return transactions


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "UTC"]
)
def test_the_day_of_an_instant_is_the_local_one(name: str) -> None:
    """Also where the clocks change at midnight (St John's, 0:01), or leave out a day (Apia, 2011)."""
    zone = ZoneInfo(name)
    days = Days(zone)
    changes = ("2006-10-29", "2010-03-28", "2011-04-03", "2011-12-30", "2026-10-25")
    for noon in (int(datetime.fromisoformat(f"{day}T12:00Z").timestamp()) for day in changes):
        for seconds in range(noon - 90_000, noon + 60_000, 59):
            assert days.day_of(seconds) == datetime.fromtimestamp(seconds, zone).date().isoformat()
