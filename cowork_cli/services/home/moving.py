"""`data move`: the store of this home into a database on a server, or back into its file.

Copied, compared and only then used: the setting `store.url` is written when all of it lies at its new
place. What was here before stays as a backup that nobody takes for the store.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cowork_cli.config import Config
from cowork_cli.domain.identity import new_uuid
from cowork_cli.errors import UsageError
from cowork_cli.paths import Paths, make_private, write_private
from cowork_cli.records import dataclass
from cowork_cli.store.engine.store import MOVING_TO_FILE, Server, Store

FILE = "file"


@dataclass(frozen=True, slots=True)
class Moved:
    """What `data move` did. `rows` counts those of each table that has some; `backup` is what stayed behind."""

    source: str
    target: str
    rows: dict[str, int]
    journal_rows: int
    journal_hash: str
    backup: str | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Home:
    """The home whose store is moved, who is told of the progress, and what closes the store."""

    paths: Paths
    config: Config
    now: datetime
    tell: Callable[[str], None]
    close_store: Callable[[], None]

    @property
    def stamp(self) -> str:
        """The time in the names of backups."""
        return f"{self.now:%Y%m%d-%H%M%S}"


def refuse_variable(env_url: str | None) -> None:
    """Raises UsageError: with COWORK_STORE set, a move would change nothing that a command sees."""
    if env_url:
        raise UsageError(
            "COWORK_STORE is set, and wins over store.url: where the store is would not change",
            "run it without, as in `env -u COWORK_STORE cowork data move --to …`",
        )


def to_server(home: Home, store: Store, server: Server, *, dry_run: bool) -> Moved:
    """Moves the file of this home into the database of `server`.

    Raises Conflict where another store lies there, StoreError, ServerUnreachable, AuthRejected, NotAllowed.
    """
    from cowork_cli.store.engine import left_behind, moving

    identity = home.config.text("store.id") or new_uuid(store.now_ms)
    names = moving.Names(identity, home.config.text("profile.person"))
    copied = moving.to_server(
        store.connection, server, home.paths.backups_path, names, home.tell, keep=not dry_run
    )
    backup: Path | None = None
    if not dry_run:
        home.config.write({"store.url": server.url, "store.id": identity})
        home.close_store()
        _forget_names(home.paths)
        backup = left_behind.put_away(home.paths.store, home.paths.backups, home.stamp)
    head = copied.head
    return Moved(
        str(home.paths.store), server.url, copied.tables, head.row, head.chain,
        str(backup) if backup else None, dry_run,
    )  # fmt: skip


def tidy(home: Home) -> Path | None:
    """Where a move ended before it was done: the file that was left joins the backups.

    None where there is no such file; one with a store of its own is left alone.
    """
    from cowork_cli.store.engine import left_behind

    if not home.paths.store.is_file() or not left_behind.has_moved(home.paths.store):
        return None
    return left_behind.put_away(home.paths.store, home.paths.backups, home.stamp)


def to_file(home: Home, store: Store, server: Server, *, dry_run: bool) -> Moved:
    """Moves the store of `server` into the file of this home; the server keeps it under another name.

    Raises Conflict where another store lies there, StoreError, ServerUnreachable, NotAllowed.
    """
    from cowork_cli.services.home import outbox
    from cowork_cli.store.engine import comparing, left_behind, moving

    outbox.refuse_unsent(home.paths, server)
    identity = comparing.said(store.connection, comparing.IDENTITY)

    def keep() -> None:
        left_behind.put_away(home.paths.store, home.paths.backups, home.stamp)
        make_private(home.paths.state)
        write_private(home.paths.state / MOVING_TO_FILE, f"{server.url}\t{identity}\n".encode())

    copied, left = moving.to_file(
        store.connection,  # type: ignore[arg-type]  # it is on a server
        home.paths.store,
        home.paths.backups_path,
        home.tell,
        keep=None if dry_run else keep,
    )
    if not dry_run:
        _use_file(home, identity)
    head = copied.head
    return Moved(
        server.url, str(home.paths.store), copied.tables, head.row, head.chain, left, dry_run
    )


def finish_to_file(home: Home, server: Server) -> bool:
    """Ends a move that was broken off after the server had let go of the store; False where there is none."""
    from cowork_cli.store.engine import moving

    try:
        url, identity = (
            (home.paths.state / MOVING_TO_FILE).read_text(encoding="utf-8").rstrip("\n").split("\t")
        )
    except (OSError, ValueError):
        return False
    if url != server.url or not home.paths.store.is_file():
        return False
    if moving.is_there(server, home.paths.backups_path):
        return False  # it has not let go: the move begins again
    _use_file(home, identity)
    return True


def stay(store: Store) -> bool:
    """A file whose move was broken off takes changes again; False where it takes them."""
    from cowork_cli.store.engine import left_behind

    if not left_behind.is_marked(store.connection):
        return False
    left_behind.unmark(store.connection)
    return True


def _use_file(home: Home, identity: str | None) -> None:
    home.close_store()
    home.config.write({"store.url": None, "store.id": identity or new_uuid(0)})
    if home.config.text("store.url"):  # it stands in config.toml, which is not ours to change
        home.config.write({"store.url": ""})
    (home.paths.state / MOVING_TO_FILE).unlink(missing_ok=True)
    _forget_names(home.paths)


def _forget_names(paths: Paths) -> None:
    """Names for TAB are those of the store that was here before."""
    paths.names.unlink(missing_ok=True)
