"""A server that several share: lost answers, turns to issue, roles, passwords, and what must not be loaded."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cowork_cli.store.engine.postgresql import grants, opening
from cowork_cli.store.engine.postgresql.address import address
from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.server import Server

ENTRY = ("track", "add", "--from", "9:00", "--to", "10:00")


@pytest.fixture
def line(postgresql_server: Server) -> Iterator[Line]:
    line = Line(postgresql_server)
    yield line
    line.close()


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        (found,) = connection.execute(f"SELECT count(*) FROM cowork.{table}".encode()).fetchone()
    return int(found)


# ---- a lost answer


def test_cut_at_each_message_the_outcome_is_what_the_store_says(
    cowork: Cowork, home: Path, new_database: NewDatabase, line: Line
) -> None:
    url = new_database()
    env = {"COWORK_STORE": line.url(url)}
    assert cowork("client", "list", env=env).code == 0
    seen = set()
    for message in range(60):
        before, line.cut_at = count(url, "clients"), message
        done = cowork("client", "add", f"c{message}", "--name", "X", env=env)
        reached, line.cut_at = line.cut_at is not None, None
        if line._listener is None:
            line.mend()
        arrived = count(url, "clients") - before
        assert done.code in (0, 7, 9), str(done)
        if done.code == 9:
            assert arrived == 1 or "is not known" in done.err, f"{message}: {done}"
        else:
            assert arrived == (done.code == 0), f"{message}: {done}"
        seen.add(done.code)
        if reached:
            break
    asked = cowork("data", "status", env=env)
    assert asked.code == 0
    assert not (home / "state" / "unsettled.json").exists()
    assert {0, 7} <= seen
    assert reached, "more messages than were cut"


def test_what_nobody_could_say_is_asked_for_by_the_next_command(
    cowork: Cowork, home: Path, new_database: NewDatabase, line: Line
) -> None:
    url = new_database()
    env = {"COWORK_STORE": line.url(url)}
    assert cowork("client", "list", env=env).code == 0
    line.lose_answer_of = b"COMMIT\x00"
    unknown = cowork("client", "add", "acme", "--name", "ACME GmbH", env=env)
    assert unknown.code == 9, str(unknown)
    assert (home / "state" / "unsettled.json").exists()
    line.mend()
    asked = cowork("data", "status", env=env)
    assert "did arrive" in asked.err
    assert "client add acme" in asked.err
    assert not (home / "state" / "unsettled.json").exists()
    assert count(url, "clients") == 1
    assert "arrive" not in cowork("data", "status", env=env).err


def test_the_status_says_who_is_connected_and_what_waits(
    cowork: Cowork, new_database: NewDatabase
) -> None:
    env = {"COWORK_STORE": new_database()}
    alone = cowork("data", "status", "--json").data
    assert (alone["engine"], alone["role"], alone["connected"]) == ("sqlite", None, [])
    assert (alone["copy_behind"], alone["waiting"]) == (None, None)
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", env=env).code == 0
    there = cowork("data", "status", "--json", env=env).data
    assert (there["engine"], there["role"]) == ("postgresql", "postgres")
    assert there["rights"] == "may record and issue"
    assert there["encrypted"] is False
    assert [session["user"] for session in there["connected"]] == ["postgres"]
    assert there["records"]["clients"] == 1
    assert (there["copy_behind"], there["waiting"]) == (0, 0)


# ---- turns


def test_two_machines_take_turns_to_issue(
    cowork: Cowork, tmp_path: Path, new_database: NewDatabase
) -> None:
    from cowork_cli.paths import locate
    from cowork_cli.store.engine.store import Server as Named
    from cowork_cli.store.engine.store import open_store

    url = new_database()
    stores = [
        open_store(
            locate({"COWORK_HOME": str(tmp_path / name)}), now_ms=0, command="", expected=False,
            note=print, server=Named(url, lambda: None, "test"),
        )
        for name in ("laptop", "desktop")
    ]  # fmt: skip
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with stores[1].issuing():
            order.append("desktop")

    with stores[0].issuing():
        thread = threading.Thread(target=second)
        thread.start()
        begun.wait(10)
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while not stores[0].value(waiting):
            pass
        with stores[0].transaction():  # who issues writes meanwhile
            order.append("laptop")
    thread.join(10)
    assert order == ["laptop", "desktop"]
    for store in stores:
        store.close()


# ---- roles


@pytest.fixture
def anna(postgresql_server: Server) -> Iterator[str]:
    """A role of the server that may do nothing yet."""
    name = f"anna_{Path(__file__).stat().st_ino}"
    admin = psycopg.connect(postgresql_server.url("postgres"), autocommit=True)
    admin.execute(f"CREATE ROLE {name} LOGIN".encode())
    yield name
    admin.close()


def given_for_a_later_table(url: str, role: str) -> tuple[bool, bool]:
    """Whether a role may read a table that a newer schema brings, and write into one about invoices."""
    connection, _ = opening.reach(address(url, "store.url"), None, "")
    with connection.rehearsal():
        connection.run("DROP TABLE letters CASCADE")
        connection.run("CREATE TABLE letters (id BIGINT)")
        grants.renew(connection)
        (said,) = connection.rows(
            "SELECT has_table_privilege(?, 'cowork.letters', 'SELECT'), "
            "has_table_privilege(?, 'cowork.letters', 'INSERT')",
            role,
            role,
        )
    connection.close()
    return bool(said[0]), bool(said[1])


def test_a_member_records_and_does_not_issue(
    acme: Cowork, home: Path, new_database: NewDatabase, anna: str, postgresql_server: Server
) -> None:
    url = new_database()
    assert acme("data", "move", "--to", url).code == 0
    hers = {"COWORK_STORE": url.replace("postgres@", f"{anna}@")}
    try:
        assert acme("client", "list", env=hers).code in (3, 6)
        sql = acme("data", "grant", anna, "--as", "member", "--dry-run", "--json").data["sql"]
        assert any("GRANT INSERT ON cowork.journal" in line for line in sql)
        assert acme("client", "list", env=hers).code in (3, 6)
        assert acme("data", "grant", anna, "--as", "member").code == 0
        # She may not give a store an identity that has none.
        for key, other in (("store", "away"), ("away", "store")):
            with psycopg.connect(url) as connection:
                connection.execute("UPDATE cowork.meta SET key = %s WHERE key = %s", (other, key))
            assert acme("client", "list", env=hers).code == 0
        hours = ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00")
        added = acme(*hours, env=hers)
        assert added.code == 0, str(added)
        assert acme("undo", env=hers).code == 0
        assert acme(*hours, env=hers).code == 0
        status = acme("data", "status", "--json", env=hers).data
        assert (status["role"], status["rights"]) == (anna, "may record, not issue")
        assert acme("invoice", "draft", "acme", env=hers).code == 6
        assert acme("invoice", "draft", "acme").code == 0
        refused = acme("invoice", "issue", "draft-1", env=hers)
        assert refused.code == 6
        assert "may not do that" in refused.err
        assert acme("data", "grant", anna, "--as", "owner", env=hers).code == 6
        assert acme("data", "grant", anna, "--as", "owner").code == 0
        issued = acme("invoice", "issue", "draft-1", env=hers)
        assert issued.code == 0, str(issued)
        assert acme("data", "grant", "nobody-here", "--as", "member").code == 5
        assert acme("data", "grant", anna, "--as", "king").code == 2
        keeper = acme("data", "grant", "postgres", "--as", "member")
        assert (keeper.code, keeper.err) == (
            2,
            'error: "postgres" made the store and may do everything\nhint: name another role\n',
        )
        assert given_for_a_later_table(url, anna) == (True, True)
        assert acme("data", "grant", anna, "--as", "member").code == 0
        assert given_for_a_later_table(url, anna) == (True, False)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {anna}".encode())
            connection.execute(f"DROP ROLE {anna}".encode())


def test_what_is_billed_is_the_owners(cowork: Cowork, new_database: NewDatabase) -> None:
    """Each table about invoices, quotes and payments stands in the list, also one that is made later."""
    with psycopg.connect(new_database()) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'cowork'::regnamespace"
            )
        }
    money = {name for name in tables if "invoice" in name or "quote" in name or "payment" in name}
    assert money <= set(grants.OF_THE_OWNER) <= tables


# ---- password, driver


def test_the_password_is_kept_like_that_of_any_account(cowork: Cowork, home: Path) -> None:
    assert cowork("account", "login", "store", "--password-stdin", stdin="geheim\n").code == 3
    url = "postgresql://me@db.example.org/office"
    assert cowork("config", "set", "store.url", url).code == 0
    kept = cowork(
        "--yes", "account", "login", "store", "--password-stdin", "--json", stdin="geheim\n"
    )
    assert kept.code == 0, str(kept)
    assert kept.data["login"] == "file"
    assert "geheim" not in str(kept)
    assert 'password = "geheim"' in (home / "state" / "secrets.toml").read_text()
    assert cowork("account", "logout", "store", "--json").data["login"] == "missing"


def test_without_the_driver_the_line_to_type_is_named(
    cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for words, env in (
        (("client", "list"), {"COWORK_STORE": "postgresql://me@localhost/x"}),
        (("data", "move", "--to", "postgresql://me@localhost/x"), {}),
    ):
        refused = cowork(*words, env=env)
        assert refused.code == 3, str(refused)
        assert "pipx install 'cowork-office[postgresql]'" in refused.err
    assert cowork("client", "list").code == 0
