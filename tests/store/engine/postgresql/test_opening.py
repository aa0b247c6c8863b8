"""Where a store on a server is, and what opening it needs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.errors import BadInput, SecretInConfig, StoreNewer
from cowork_cli.store.engine.postgresql import opening
from cowork_cli.store.engine.postgresql.address import address
from cowork_cli.store.engine.version import VERSION
from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase


def test_the_setting_names_the_server(
    cowork: Cowork, new_database: NewDatabase, home: Path
) -> None:
    assert cowork("config", "set", "store.url", new_database()).code == 0
    assert cowork("client", "add", "acme", "--name", "ACME GmbH").code == 0
    assert cowork("data", "status", "--json").data["engine"] == "postgresql"
    assert [client["id"] for client in cowork("client", "list", "--json").data] == ["acme"]
    assert not (home / "data" / "cowork.db").exists()


def test_the_variable_wins(cowork: Cowork, new_database: NewDatabase) -> None:
    assert cowork("client", "add", "acme", "--name", "ACME GmbH").code == 0
    env = {"COWORK_STORE": new_database()}
    assert cowork("client", "list", "--json", env=env).data == []
    assert len(cowork("client", "list", "--json").data) == 1


def test_a_database_without_a_schema_gets_one(cowork: Cowork, new_database: NewDatabase) -> None:
    env = {"COWORK_STORE": new_database(empty=True)}
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", env=env).code == 0
    assert cowork("data", "verify", env=env).code == 0


def test_the_password_comes_from_where_secrets_do(
    cowork: Cowork, new_database: NewDatabase, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    cowork("config", "set", "store.url", new_database())
    cowork("config", "set", "store.password_command", f"sh -c 'touch {asked}; echo secret'")
    assert cowork("client", "list").code == 0
    assert asked.exists()


def test_beyond_this_machine_the_connection_is_encrypted() -> None:
    far = address("postgresql://me@db.example.org/office", "store.url").parameters
    assert (far["sslmode"], far["sslrootcert"]) == ("verify-full", "system")
    near = address("postgresql://me@127.0.0.1:5433/office", "store.url").parameters
    assert near == {"dbname": "office", "host": "127.0.0.1", "port": "5433", "user": "me"}
    with pytest.raises(BadInput, match="sslmode=disable"):
        address("postgresql://me@db.example.org/office?sslmode=disable", "store.url")


@pytest.mark.parametrize("url", ["postgresql://me@host/", "mysql://me@host/x", "postgresql://[x/y"])
def test_what_is_no_address_is_refused(cowork: Cowork, url: str) -> None:
    with pytest.raises(BadInput):
        address(url, "store.url")
    assert cowork("config", "set", "store.url", url).code == 2


@pytest.mark.parametrize(
    "url", ["postgresql://me:Fahrrad77@host/x", "postgresql://me@host/x?password=Fahrrad77"]
)
def test_a_password_is_no_part_of_it(cowork: Cowork, url: str) -> None:
    with pytest.raises(SecretInConfig):
        address(url, "store.url")
    outcome = cowork("config", "set", "store.url", url)
    assert outcome.code == 3
    assert "Fahrrad77" not in str(outcome)


@pytest.mark.parametrize(
    ("url", "env", "local"),
    [
        ("postgresql://me@localhost/office", {}, True),
        ("postgresql://me@127.0.0.2/office", {}, True),
        ("postgresql://me@[::1]/office", {}, True),
        ("postgresql://me@/office", {}, True),
        ("postgresql://me@/office?host=/run/postgresql", {}, True),
        ("postgresql://me@localhost/office?hostaddr=192.0.2.7", {}, False),
        ("postgresql://me@db.example.org/office?hostaddr=127.0.0.1", {}, False),
        ("postgresql://me@/office?host=localhost,db.example.org", {}, False),
        ("postgresql://me@/office", {"PGHOST": "db.example.org"}, False),
        ("postgresql://me@localhost/office", {"PGHOSTADDR": "192.0.2.7"}, False),
        ("postgresql://me@/office?service=far", {}, False),
        ("postgresql://me@/office", {"PGSERVICE": "far"}, False),
    ],
)
def test_only_this_machine_is_spoken_to_in_the_open(
    url: str, env: dict[str, str], local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    read = address(url, "store.url")
    assert read.is_local is local
    assert read.parameters.get("sslmode") == (None if local else "verify-full")


def test_the_authorities_of_the_system_vouch_for_a_name_or_for_nothing() -> None:
    with pytest.raises(BadInput) as raised:
        address("postgresql://db.example.org/x?sslmode=require&sslrootcert=system", "store.url")
    assert raised.value.message == (
        "store.url asks for sslmode=require with the authorities of the system, which vouch for anybody"
    )
    named = address("postgresql://db.example.org/x?sslmode=require", "store.url").parameters
    assert named == {"dbname": "x", "host": "db.example.org", "sslmode": "require"}


def test_an_older_schema_is_brought_to_this_one_once(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    """A backup takes no place of another; who finds that somebody was quicker says nothing, or that they are newer."""
    url = new_database(empty=True)
    where = address(url, "store.url")
    connection, there = opening.reach(where, None, str(tmp_path))
    assert not there
    opening.create(connection.raw, VERSION - 1)
    connection.raw.execute(
        "INSERT INTO clients (uuid, slug, name, type, currency) VALUES ('u', 'acme', 'ACME', 'business', 'EUR')"
    )
    connection.close()
    backups = opening.Backups(str(tmp_path), "20261125-180000")
    taken = tmp_path / f"cowork-schema-{VERSION - 1}-20261125-180000.db"
    taken.write_text("another one")
    notes: list[str] = []
    opened = opening.open_connection(where, None, backups=backups, known=None, note=notes.append)
    made = tmp_path / f"cowork-schema-{VERSION - 1}-20261125-180000-2.db"
    assert notes == [
        f"the store {opened.url} was brought to schema {VERSION}; a backup lies at {made}"
    ]
    assert taken.read_text() == "another one"
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (VERSION - 1,)
        assert copy.execute("SELECT slug FROM clients").fetchall() == [("acme",)]
    opening._bring_up_to_date(opened, VERSION - 1, backups, notes.append)
    assert len(notes) == 1
    opened.raw.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreNewer, match="schema 99, this one knows"):
        opening._bring_up_to_date(opened, VERSION - 1, backups, notes.append)
    assert sorted(tmp_path.glob("cowork-schema-*.db")) == sorted([taken, made])
    opened.close()
