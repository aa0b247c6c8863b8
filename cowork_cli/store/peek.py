"""A look into the store for what a keystroke waits for: the prompt and TAB.

Nothing is created, migrated or written; where there is no store, or one of another schema, there is
nothing to see.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.paths import Paths


def rows(env: "Mapping[str, str]", query: str, *values: object) -> "list[tuple[Any, ...]]":
    """The rows of a query; none without a store of our schema, or a copy of one on a server. Raises sqlite3.Error."""
    from cowork_cli.paths import locate

    path = _path(locate(env), env.get("COWORK_STORE"))
    if not os.path.isfile(path):
        return []
    import sqlite3

    from cowork_cli.paths import uri_of
    from cowork_cli.store.engine.version import VERSION

    # "rw" without "c": reading a WAL store needs its shared memory, but nothing may be created.
    connection = sqlite3.connect(f"{uri_of(path)}?mode=rw", uri=True, timeout=0.2)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return connection.execute(query, values).fetchall() if version == VERSION else []
    finally:
        connection.close()


def whose(env: "Mapping[str, str]") -> str | None:
    """What the records of this machine's person bear in a copy; None where the store is a file."""
    from cowork_cli.paths import locate

    copy = _copy(locate(env), env.get("COWORK_STORE"))
    return copy[1] if copy else None


def _path(paths: "Paths", named: str | None) -> str:
    """The file of this home; of a store on a server its local copy. Empty where that is not known."""
    copy = _copy(paths, named)
    return copy[0] if copy else "" if named else paths.store_path


def _copy(paths: "Paths", named: str | None) -> "tuple[str, str] | None":
    """Path and person of the copy, as the last command noted it; None where the store is a file.

    The settings are not read for that: `named` is what the environment says, and wins over them.
    """
    try:
        with open(paths.pointer_path, encoding="utf-8") as file:
            source, url, path, person = file.read().rstrip("\n").split("\t")
    except (OSError, ValueError):
        return None
    return (path, person) if (url == named if named else source == "store.url") else None
