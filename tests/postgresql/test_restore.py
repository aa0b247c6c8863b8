"""Backup, restore, export, import and verify where the store is on a server."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase


@pytest.fixture
def url(cowork: Cowork, new_database: NewDatabase) -> str:
    """A home whose store is on a server, with one client."""
    url = new_database()
    assert cowork("config", "set", "store.url", url).code == 0
    assert cowork("client", "add", "acme", "--name", "ACME GmbH").code == 0
    return url


def clients(cowork: Cowork, **world: str) -> list[str]:
    return [client["id"] for client in cowork("client", "list", "--json", env=world).data]


def test_a_backup_goes_back_to_where_it_came_from(cowork: Cowork, home: Path, url: str) -> None:
    file = cowork("data", "backup", "--json").data["file"]
    assert cowork("client", "add", "zeta", "--name", "Zeta AG").code == 0
    done = cowork("data", "restore", file, "--yes", "--json")
    assert done.code == 0, str(done)
    assert done.data["store"] == url
    assert clients(cowork) == ["acme"]
    assert cowork("data", "verify").code == 0
    assert not (home / "data" / "cowork.db").exists()
    # what was there before is a backup as well
    assert cowork("data", "restore", done.data["previous"], "--yes").code == 0
    assert clients(cowork) == ["acme", "zeta"]


def test_a_backup_of_a_server_is_one_of_a_file_and_the_other_way_round(
    cowork: Cowork, tmp_path: Path, url: str
) -> None:
    file = cowork("data", "backup", "--json").data["file"]
    alone = {"COWORK_HOME": str(tmp_path / "alone")}
    assert cowork("data", "restore", file, "--yes", env=alone).code == 0
    # where the store is kept is of the machine, not of the backup
    assert cowork("config", "get", "store.url", "--json", env=alone).data["value"] is None
    assert cowork("client", "add", "solo", "--name", "Solo", env=alone).code == 0
    assert clients(cowork) == ["acme"]
    back = cowork("data", "backup", "--json", env=alone).data["file"]
    assert cowork("data", "restore", back, "--yes").code == 0
    assert clients(cowork) == ["acme", "solo"]
    assert cowork("config", "get", "store.url", "--json").data["value"] == url


def test_a_store_that_is_gone_comes_back(cowork: Cowork, url: str) -> None:
    import psycopg

    file = cowork("data", "backup", "--json").data["file"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA cowork CASCADE")
    lost = cowork("client", "list")
    assert lost.code == 3
    assert "is gone, but there was one" in lost.err
    assert cowork("data", "restore", file, "--yes").code == 0
    assert clients(cowork) == ["acme"]


def test_an_export_is_imported_into_an_empty_store_of_a_server(
    cowork: Cowork, tmp_path: Path, new_database: NewDatabase, url: str
) -> None:
    out = str(tmp_path / "all.zip")
    assert cowork("data", "export", "--out", out).code == 0
    assert cowork("data", "import", out).code == 6
    other = {"COWORK_STORE": new_database(), "COWORK_HOME": str(tmp_path / "other")}
    assert cowork("data", "import", out, "--dry-run", env=other).code == 0
    assert clients(cowork, **other) == []
    done = cowork("data", "import", out, env=other)
    assert done.code == 0, str(done)
    assert clients(cowork, **other) == ["acme"]
    assert cowork("data", "verify", env=other).code == 0


def test_another_store_under_the_same_url_is_named_as_such(cowork: Cowork, url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE cowork.meta SET value = 'another' WHERE key = 'store'")
    other = cowork("client", "list")
    assert other.code == 3
    assert "another one than this home has used" in other.err
    assert "1 client" in other.err
    assert cowork("config", "set", "store.url", url).code == 0
    assert clients(cowork) == ["acme"]


def test_an_older_program_refuses_also_in_the_middle(
    cowork: Cowork, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer one has changed the schema since this command opened the store."""
    import psycopg

    from cowork_cli.store.engine.journal import Journal

    begin = Journal.transaction

    def after_a_newer_one(journal: Journal) -> object:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE cowork.schema_version SET version = version + 1")
        return begin(journal)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "transaction", after_a_newer_one)
        refused = cowork("client", "add", "zeta", "--name", "Zeta AG")
    assert refused.code == 3, str(refused)
    assert "newer cowork" in refused.err
    again = cowork("client", "list")
    assert again.code == 3
    assert "update cowork" in again.err.lower()


def test_an_older_store_is_brought_up_to_date_after_a_backup(
    cowork: Cowork, home: Path, new_database: NewDatabase
) -> None:
    """The server has schema 17, made by an older cowork; it keeps its records."""
    import sqlite3

    import psycopg

    from cowork_cli.store.engine.postgresql import opening

    url = new_database(empty=True)
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.transaction():
            connection.execute("SET LOCAL search_path = cowork")
            opening.make(connection, 17)
        connection.execute("INSERT INTO cowork.meta VALUES ('note', 'old')")
    opened = cowork("client", "list", env={"COWORK_STORE": url})
    assert opened.code == 0, str(opened)
    assert "was brought to schema" in opened.err
    (backup,) = (home / "data" / "backups").glob("cowork-schema-17-*.db")
    with sqlite3.connect(backup) as file:
        assert file.execute("SELECT value FROM meta WHERE key = 'note'").fetchone() == ("old",)
        assert file.execute("PRAGMA user_version").fetchone() == (17,)
    file.close()
    assert cowork("data", "verify", env={"COWORK_STORE": url}).code == 0


@pytest.mark.parametrize(
    ("statement", "check", "detail"),
    [
        ("ALTER TABLE entries DISABLE TRIGGER USER", "schema", " is not what this program makes"),
        ("DROP TRIGGER journal_stays ON journal", "schema", "the rule journal_stays is missing"),
        ("ALTER TABLE clients ADD COLUMN extra text", "schema", "the table clients is not what"),
        ("CREATE TABLE more (id bigint)", "schema", "the table more is not of this program"),
        (
            "UPDATE projects SET client_id = 99",
            "references",
            "projects 1 refers to a missing row of clients",
        ),
        (
            "UPDATE clients SET name = 'x'",
            "journal-replay",
            "client 1 is not what the journal says",
        ),
        ("DELETE FROM clients", "journal-replay", "client 1 is missing"),
        ("UPDATE journal SET after = '{}' WHERE id = 1", "journal-chain", "journal row 1"),
        ("DELETE FROM journal WHERE id = 1", "journal-chain", "row 2 does not fit its hash"),
        ("DELETE FROM journal WHERE id = 2", "journal-replay", "project 1 is not in the journal"),
        (
            "INSERT INTO receipts (sha256, content) VALUES ('abc', '')",
            "receipts",
            "abc is not what",
        ),
        ("INSERT INTO letters (sha256, content) VALUES ('abc', '')", "letters", "abc is not what"),
    ],
)
def test_what_was_done_to_it_by_hand_is_named(
    cowork: Cowork, url: str, statement: str, check: str, detail: str
) -> None:
    import psycopg

    assert cowork("project", "add", "acme/site").code == 0
    assert cowork("data", "verify").code == 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = cowork")
        if statement.startswith(("UPDATE", "DELETE", "INSERT")):
            connection.execute("SET session_replication_role = replica")  # no rule is asked
        connection.execute(statement.encode())
    outcome = cowork("data", "verify", "--json")
    assert outcome.code == 3, str(outcome)
    wrong = {one["name"]: one["detail"] for one in outcome.data["checks"] if not one["ok"]}
    assert detail in wrong[check]
    assert "cowork data restore" in outcome.err
