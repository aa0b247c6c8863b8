"""A look into the store for what a keystroke waits for: the prompt and TAB.

Nothing is created, migrated or written; where there is no store, or one of another schema, there is
nothing to see.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def rows(env: "Mapping[str, str]", query: str, *values: object) -> "list[tuple[Any, ...]]":
    """The rows of a query; none without a store of our schema. Raises sqlite3.Error."""
    from cowork_cli.paths import locate

    path = locate(env).store_path
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
