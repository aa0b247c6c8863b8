"""Beyond this machine: encrypted, and only with a server that proves who it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.server import Server
from tests.postgresql.tls import HOST, Authority, Door


@pytest.fixture
def door(postgresql_server: Server) -> Iterator[Door]:
    door = Door(postgresql_server)
    yield door
    door.close()


def test_a_server_that_proves_itself_and_each_that_does_not(
    cowork: Cowork, new_database: NewDatabase, door: Door, tmp_path: Path
) -> None:
    database = new_database().partition("@/")[2].partition("?")[0]
    ours, other = Authority(tmp_path, "ours"), Authority(tmp_path, "other")
    right = {"COWORK_STORE": door.url(database, sslrootcert=ours.file)}
    door.shows = ours.issued()
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", env=right).code == 0
    assert cowork("data", "status", "--json", env=right).data["encrypted"] is True

    def refused(url: str, says: str, hints: str) -> None:
        answer = cowork("client", "add", "zeta", "--name", "Zeta AG", env={"COWORK_STORE": url})
        assert answer.code == 7, str(answer)
        assert says in answer.err and hints in answer.err
        assert "nothing was sent to it" in answer.err

    elsewhere = door.url(database, "db2.example.org", sslrootcert=ours.file)
    refused(elsewhere, "a certificate of another name", "`cowork config set store.url")
    refused(door.url(database, sslrootcert=other.file), "no authority known here", "sslrootcert")
    refused(door.url(database), "no authority known here", "sslrootcert")
    refused(door.url(database, sslrootcert=tmp_path / "gone"), "is not there", "sslrootcert")
    door.shows = ours.issued(days=-1)
    refused(right["COWORK_STORE"], "that has ended", "look at its dates")
    door.shows = None
    refused(right["COWORK_STORE"], "offers no encryption", "`ssl = on`")
    refused(door.url(database, sslmode="require"), "offers no encryption", "`ssl = on`")
    assert (
        len(cowork("client", "list", "--json", env={"COWORK_STORE": new_url(door, database)}).data)
        == 1
    )


def new_url(door: Door, database: str) -> str:
    """The same machine under its own name: no certificate is asked for."""
    return door.url(database, "localhost")


def test_hours_go_on_from_the_copy_and_say_why(
    cowork: Cowork, new_database: NewDatabase, door: Door, tmp_path: Path
) -> None:
    database = new_database().partition("@/")[2].partition("?")[0]
    ours = Authority(tmp_path, "ours")
    env = {"COWORK_STORE": door.url(database, sslrootcert=ours.file)}
    door.shows = ours.issued()
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", env=env).code == 0
    door.shows = Authority(tmp_path, "other").issued()
    listed = cowork("client", "list", env=env)
    assert listed.code == 0
    assert "no authority known here vouches for" in listed.err
    assert "this is your copy" in listed.err


def test_a_certificate_is_not_asked_for_by_require(
    cowork: Cowork, new_database: NewDatabase, door: Door, tmp_path: Path
) -> None:
    database = new_database().partition("@/")[2].partition("?")[0]
    door.shows = Authority(tmp_path, "unknown").issued(HOST)
    env = {"COWORK_STORE": door.url(database, sslmode="require")}
    assert cowork("data", "status", "--json", env=env).data["encrypted"] is True
