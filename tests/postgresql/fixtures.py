"""What tests get of PostgreSQL: a server for the run, and databases that are theirs alone."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.postgresql.server import Server, missing, served

if TYPE_CHECKING:
    from tests.postgresql.databases import Databases

NewDatabase = Callable[..., str]


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
