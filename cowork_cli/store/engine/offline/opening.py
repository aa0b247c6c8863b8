"""Opening a store on a server, or its local copy where the server is out of reach; and what keeps the copy up."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from datetime import UTC, datetime

from cowork_cli.errors import (
    CoworkError,
    ServerUnreachable,
    ServerUntrusted,
    StoreDamaged,
    StoreError,
)
from cowork_cli.store.engine import store as stores
from cowork_cli.store.engine import whose
from cowork_cli.store.engine.offline import away

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.paths import Paths
    from cowork_cli.store.engine.connection import Connection
    from cowork_cli.store.engine.offline.sending import Sent
    from cowork_cli.store.engine.store import Server, Store

WORKS = (
    "hours can be recorded without it (`cowork track start`, `cowork track add`), and read: `cowork status`, "
    "`cowork track list`, `cowork report hours`, `cowork booking list`, `cowork client list`"
)


def open_or_copy(
    paths: Paths,
    server: Server,
    *,
    offline: bool,
    opened: Callable[[], Store],
    now_ms: int,
    command: str,
    person: str,
    zone: ZoneInfo,
    note: Callable[[str], None],
) -> Store:
    """The store on its server, with what waited sent up; else its copy, if the command can do with it.

    Raises what `opened` does, ServerUnreachable where the command needs the server or there is no copy.
    """
    if offline and away.is_known(paths, server.url):
        gone = ServerUnreachable(
            f"the server of the store {server.url} did not answer a moment ago", WORKS
        )
        return _copy_of(paths, server, gone, now_ms, command, person, zone, note)
    begun = time.monotonic()
    try:
        store = opened()
    except ServerUnreachable as error:
        away.note(paths, server.url, time.monotonic() - begun)
        if not offline:
            raise ServerUnreachable(error.message, f"{error.hint}; {WORKS}") from error
        return _copy_of(paths, server, error, now_ms, command, person, zone, note)
    away.forget(paths)
    try:
        _send(store, paths, server, note)
    except ServerUnreachable as error:
        store.close()
        if not offline:
            raise
        return _copy_of(paths, server, error, now_ms, command, person, zone, note)
    except BaseException:
        store.close()
        raise
    return store


def _copy_of(
    paths: Paths,
    server: Server,
    gone: ServerUnreachable,
    now_ms: int,
    command: str,
    person: str,
    zone: ZoneInfo,
    note: Callable[[str], None],
) -> Store:
    from cowork_cli.store.engine import connection as sqlite
    from cowork_cli.store.engine.offline import local_copy
    from cowork_cli.store.engine.offline.journals import OutboxJournal

    path = away.copy_path(paths, server.url)
    if not os.path.exists(path):
        raise ServerUnreachable(
            f"{gone.message}, and there is no local copy yet",
            "the first command that reaches the server makes one",
        ) from gone
    connection = sqlite.opened(path)
    if not local_copy.is_current(connection):
        connection.close()
        raise ServerUnreachable(
            f"{gone.message}, and the local copy is of another version of cowork",
            "the next command that reaches the server brings it up to date; what waits in it is kept",
        ) from gone
    at = local_copy.refreshed_at(connection)
    needed = ServerUnreachable(f"{gone.message}; this needs it", WORKS)
    key = whose.key_of(person, connection)
    journal = OutboxJournal(connection, command, now_ms, key, needed)
    when = f"{datetime.fromtimestamp(at, UTC).astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(gone, ServerUntrusted):  # not to be overlooked, though the copy serves
        note(f"{gone.message[:1].upper()}{gone.message[1:]}.")
    note(f"The server is out of reach: this is your copy of {when}.")
    store = stores.Store(connection, journal, now_ms, paths.issuing_lock_path, key)
    store.is_copy = True
    return store


# ---- with the server there


def _send(store: Store, paths: Paths, server: Server, note: Callable[[str], None]) -> None:
    """Sends what waits, before the command does its own work. Most of the time nothing does."""
    path = away.copy_path(paths, server.url)
    if not os.path.exists(path):
        return
    from cowork_cli.store.engine.offline import local_copy, outbox

    with ExitStack() as stack:
        try:
            copy = stack.enter_context(local_copy.opened(path))
        except StoreError as error:
            _lay_aside(path, error, note)
            return
        waits = outbox.waiting(copy)
        if not waits:
            return
        from cowork_cli.store.engine.offline.sending import send

        connection: Any = store.connection
        asked, connection.unsettled = connection.unsettled, lambda turn: None  # its UUID tells
        sent = send(connection, waits)
        connection.unsettled = asked
        _keep_up(paths, server, store, copy, sent)
    _tell(sent, {change.uuid for change in waits if change.held}, note)


def _lay_aside(path: str, error: StoreError, note: Callable[[str], None]) -> None:
    """A copy that cannot be read holds up no command; what waited in it may be read by somebody yet."""
    if not isinstance(error, StoreDamaged):
        note(f"The copy for when the server is away cannot be used: {error.message}.")
        return
    from pathlib import Path

    from cowork_cli.store.engine import files

    aside = Path(f"{path}.damaged")
    files.remove_store(aside)
    Path(path).rename(aside)
    files.remove_store(Path(path))  # its log
    note(
        f"The copy for when the server is away was damaged, and lies in {aside}; a new one is made."
    )


def _tell(sent: Sent, known: set[str], note: Callable[[str], None]) -> None:
    if sent.arrived:
        note(
            f"{_counted(len(sent.arrived))} made without the server went up: "
            + ", ".join(f"`cowork {change.command}`" for change in sent.arrived[:3])
            + (" …" if len(sent.arrived) > 3 else "")
            + "."
        )
    if sent.held.keys() - known:
        there = "does" if len(sent.held) == 1 else "do"
        note(
            f"{_counted(len(sent.held))} made without the server {there} not fit what was recorded "
            "meanwhile, and wait: see both sides with `cowork data outbox`."
        )


def _counted(number: int) -> str:
    return "1 change" if number == 1 else f"{number} changes"


def keep_up(store: Store, paths: Paths, server: Server, note: Callable[[str], None]) -> None:
    """Brings the copy to where the server is, after a command is done; failing at that fails nothing."""
    try:
        path = away.copy_path(paths, server.url)
        if os.path.exists(path):
            from cowork_cli.store.engine.offline import local_copy

            with local_copy.opened(path) as copy:
                _keep_up(paths, server, store, copy)
        else:
            _make(store, path)
        away.point(paths, server.url, server.source, store.person)
    except (CoworkError, OSError) as error:
        said = error.message if isinstance(error, CoworkError) else str(error)
        note(f"The copy for when the server is away could not be brought up to date: {said}.")


def _keep_up(
    paths: Paths, server: Server, store: Store, copy: Connection, sent: Sent | None = None
) -> None:
    from cowork_cli.store.engine.offline import local_copy

    if local_copy.is_current(copy):
        local_copy.refresh(copy, store.connection, store.now_s, sent.held if sent else None)
    else:
        _make(store, away.copy_path(paths, server.url), copy, sent)


def _make(
    store: Store, path: str, older: Connection | None = None, sent: Sent | None = None
) -> None:
    from pathlib import Path

    from cowork_cli.locking import locked
    from cowork_cli.store.engine.offline import local_copy

    place = Path(path)
    with locked(place.with_name(f".{place.name}.lock")):
        if older is None and place.exists():
            return  # another command was quicker
        local_copy.made(place, store.connection, store.now_s, older, sent.held if sent else None)
