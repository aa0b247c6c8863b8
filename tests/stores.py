"""Where a test keeps its store: in a file of its home, or in a database that stands for that file.

A test that is run on PostgreSQL gets one database for each home it uses. `cowork` (the fixture) and
`open_store` find it by the path that the file would have; nothing of the program is changed for that.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cowork_cli.paths import Paths, locate
from cowork_cli.store.engine import store as engine
from cowork_cli.store.engine.store import Server, Store

FILE = "file"
POSTGRESQL = "postgresql"

_new: list[Callable[[], str]] = []
_urls: dict[str, str] = {}
_kept: dict[Path, Any] = {}


@contextmanager
def on_server(new_database: Callable[[], str]) -> Iterator[None]:
    """Inside, the stores of all homes are on the server that `new_database` makes databases on."""
    _new.append(new_database)
    try:
        yield
    finally:
        _new.clear()
        _urls.clear()


def kind() -> str:
    """Where the running test keeps its stores."""
    return POSTGRESQL if _new else FILE


def url_of(paths: Paths) -> str | None:
    """The URL of the database that stands for the store of a home; None where that is a file."""
    if not _new:
        return None
    path = str(paths.store_path)
    if path not in _urls:
        _urls[path] = _new[0]()
    return _urls[path]


def is_ours(url: str | None) -> bool:
    """Whether that is a database that stands for a home, and none that a test has named by itself."""
    return url in _urls.values()


def open_store(paths: Paths, **named: Any) -> Store:
    """The store of a home, as a command opens it."""
    url = url_of(paths)
    server = Server(url, lambda: None, "COWORK_STORE") if url else None
    return engine.open_store(paths, server=server, **named)


def opened(
    home: Path, command: str = "test", *, now_ms: int = 1_764_090_000_000, expected: bool = False
) -> Store:
    """The store of a home as `command` opens it, which says nothing; it is made unless it is `expected`."""
    paths = locate({"COWORK_HOME": str(home)})
    return open_store(
        paths, now_ms=now_ms, command=command, expected=expected, note=lambda line: None
    )


def insert(store: Store, table: str, **row: Any) -> int:
    """Adds a record in a change of its own; its id."""
    with store.transaction() as journal:
        return journal.insert(table, row)


def keep(home: Path, kept: Path) -> None:
    """Copies a home, and what its store holds, for `bring_back`."""
    shutil.copytree(home, kept)
    if url := _url_of(home):
        from tests.postgresql import databases

        _kept[kept] = databases.records(url)


def bring_back(kept: Path, home: Path) -> None:
    """Makes a home what `keep` has copied, whatever is there."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    if url := _url_of(home):
        from tests.postgresql import databases

        databases.put_back(url, _kept[kept])


def _url_of(home: Path) -> str | None:
    return url_of(locate({"COWORK_HOME": str(home)}))
