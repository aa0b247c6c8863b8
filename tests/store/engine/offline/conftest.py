"""Two homes on one server: `laptop` by a line that can be cut, `desktop` by one that cannot."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Cowork, Outcome
from tests.postgresql.cut import Line
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.server import Server
from tests.store.engine.offline.two_files import copy, here, path, paths, server  # noqa: F401


@pytest.fixture(autouse=True)
def _day(november: None) -> None:
    """Hours are added at times of that afternoon."""


@pytest.fixture
def line(postgresql_server: Server) -> Iterator[Line]:
    """The laptop's way to the server."""
    line = Line(postgresql_server)
    yield line
    line.close()


@pytest.fixture
def url(new_database: NewDatabase) -> str:
    return new_database()


def _home(cowork: Cowork, folder: Path, url: str) -> Cowork:
    def run(*words: str, env: dict[str, str] | None = None, **more: object) -> Outcome:
        world = {"COWORK_HOME": str(folder), "COWORK_STORE": url, **(env or {})}
        return cowork(*words, env=world, **more)

    return run


@pytest.fixture
def desktop(cowork: Cowork, tmp_path: Path, url: str) -> Cowork:
    run = _home(cowork, tmp_path / "desktop", url)
    assert run("client", "add", "acme", "--name", "ACME GmbH", "--rate", "95").code == 0
    assert run("project", "add", "acme/site").code == 0
    return run


@pytest.fixture
def laptop_home(tmp_path: Path) -> Path:
    return tmp_path / "laptop"


@pytest.fixture
def laptop(cowork: Cowork, laptop_home: Path, url: str, line: Line, desktop: Cowork) -> Cowork:
    run = _home(cowork, laptop_home, line.url(url))
    assert run("client", "list").code == 0
    return run


Entries = Callable[[Cowork], list[tuple[str, str, str]]]


@pytest.fixture
def hours() -> Entries:
    """Id, begin and end of all entries, as a home lists them."""

    def of(home: Cowork) -> list[tuple[str, str, str]]:
        rows = home("track", "list", "--in", "2026", "--json").data
        return [(row["id"], (row["from"] or "")[11:16], (row["to"] or "")[11:16]) for row in rows]

    return of
