"""`data grant`: what another role of the server may do with the store, by the database's own grants."""

from cowork_cli.errors import Unsupported
from cowork_cli.records import dataclass
from cowork_cli.store.engine.store import Store

RIGHTS = {"member": "may record, not issue", "owner": "may record and issue"}


@dataclass(frozen=True, slots=True)
class Granted:
    """What a role may do from now on, and the SQL that says so to the database."""

    role: str
    kind: str
    rights: str
    sql: tuple[str, ...]
    dry_run: bool


def grant(store: Store, role: str, kind: str, *, dry_run: bool) -> Granted:
    """Gives `role` what a `kind` may do. Raises Unsupported for a file, BadInput, NotFound, NotAllowed."""
    if not store.on_server:
        raise Unsupported(
            "the store is a file, and a file knows no roles",
            "move it to a server first, with `cowork data move --to postgresql://USER@HOST/DB`",
        )
    sql = store.connection.grant(role, kind, keep=not dry_run)
    return Granted(role, kind, RIGHTS[kind], tuple(sql), dry_run)
