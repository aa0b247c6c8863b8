"""What tests get of PostgreSQL: a server for the run, databases that are theirs alone, and their store on it.

A test marked `both_stores` is run twice, with its store in a file and on the server. With the variable
COWORK_TEST_STORE=postgresql all of `ON_BOTH` are run on the server alone, but for what is about the file
itself (`file_store`).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cowork_cli.paths import locate
from tests import stores
from tests.postgresql.server import Server, missing, served

if TYPE_CHECKING:
    from tests.postgresql.databases import Databases

NewDatabase = Callable[..., str]

ALL_ON_SERVER = os.environ.get("COWORK_TEST_STORE") == stores.POSTGRESQL
TESTS = Path(__file__).parents[1]
ON_BOTH = ("store", "services", "cli")
ITS_OWN = ("store/engine/postgresql", "store/engine/offline")


def kinds_of_store(test: pytest.Item) -> list[str]:
    """Where a test keeps its store, one run for each; none for a test that this run leaves out."""
    folder = test.path.relative_to(TESTS).as_posix() if test.path.is_relative_to(TESTS) else ""
    of_file = test.get_closest_marker("file_store") is not None
    if folder.startswith(ITS_OWN) or not folder.startswith(ON_BOTH):
        return [stores.FILE]
    if ALL_ON_SERVER:
        return [] if of_file else [stores.POSTGRESQL]
    if test.get_closest_marker("both_stores") and not of_file:
        return [stores.FILE, stores.POSTGRESQL]
    return [stores.FILE]


@pytest.fixture(autouse=True)
def kind_of_store(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """`file` or `postgresql`, and every store that the test opens is there."""
    kind = getattr(request, "param", stores.FILE)
    if kind == stores.FILE:
        yield kind
        return
    with stores.on_server(request.getfixturevalue("new_database")):
        if "cowork" in request.fixturenames:  # also for processes that the test starts
            monkeypatch.setenv(
                "COWORK_STORE", stores.url_of(locate({"COWORK_HOME": str(home)})) or ""
            )
        yield kind


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this run, shared by all its workers; tests are skipped where there can be none."""
    if reason := missing():
        pytest.skip(reason)
    from tests.postgresql.databases import prepare

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with served(shared, prepare) as server:
        yield server


@pytest.fixture(scope="session")
def _databases(postgresql_server: Server) -> Iterator["Databases"]:
    from tests.postgresql.databases import Databases

    databases = Databases(postgresql_server, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield databases
    databases.close()


@pytest.fixture
def new_database(_databases: "Databases") -> Iterator[NewDatabase]:
    """Makes databases for one test and says their URLs: with the schema of this version, `empty=True` without.

    Roles are the whole server's: a test that makes one gives it a name of its own and drops it.
    """
    taken: list[str] = []

    def new(*, empty: bool = False) -> str:
        taken.append(_databases.take(empty=empty))
        return _databases.server.url(taken[-1])

    yield new
    for name in taken:
        _databases.give_back(name)
