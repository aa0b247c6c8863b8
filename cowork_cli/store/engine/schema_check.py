"""What a store is made of, against what the scripts of its schema make: tables, columns, indexes, rules.

A rule that is gone is no damage that anybody notices: what it refused is simply taken from then on.
"""

from cowork_cli.store.engine import as_made, catalogue
from cowork_cli.store.engine.connection import Connection

_MOVED = "rule moved"  # of a file that `data move` has left behind


def schema(connection: Connection) -> list[str]:
    """Parts that are not of this program, that were changed, and that are missing; what is worse first."""
    wanted = _wanted(connection)
    present: dict[str, str] = connection.catalogue.parts(connection)
    extra = sorted(present.keys() - wanted.keys() - {_MOVED})
    found = [f"the {part} is not of this program" for part in extra]
    found += [
        f"the {part} is not what this program makes"
        for part in sorted(wanted.keys() & present.keys())
        if wanted[part] != present[part]
    ]
    return found + [f"the {part} is missing" for part in sorted(wanted.keys() - present.keys())]


def _wanted(connection: Connection) -> dict[str, str]:
    if connection.catalogue is catalogue:
        return as_made.parts(connection.schema)
    from cowork_cli.store.engine.postgresql import as_made as on_server

    return on_server.parts(connection.schema)
