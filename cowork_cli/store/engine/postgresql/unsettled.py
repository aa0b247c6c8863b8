"""Changes of which nobody could say whether they arrived: written down, and asked for by the next command.

`state/unsettled.json`: for each the URL, the transaction as its server counts it, the command and its time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from cowork_cli.locking import locked
from cowork_cli.paths import write_private
from cowork_cli.store.engine.postgresql.connection import Connection, Turn, became_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FILE, _LOCK = "unsettled.json", ".unsettled.lock"


def note_down(state: Path, url: str, turn: Turn, command: str, now_ms: int) -> None:
    """Keeps a change that has to be asked for."""
    with locked(state / _LOCK):
        change = {"url": url, "xid": turn.xid, "command": command, "at": now_ms // 1000}
        _write(state, [*_read(state), change])


def settle(connection: Connection, state: Path, note: Callable[[str], None]) -> None:
    """Asks the server what became of each change that is to be asked for there, and says so."""
    if not (state / _FILE).exists():
        return
    with locked(state / _LOCK):
        changes = _read(state)
        open_still = [
            change
            for change in changes
            if change["url"] != connection.url or not _settled(connection, change, note)
        ]
        if open_still != changes:
            _write(state, open_still)


def _settled(connection: Connection, change: dict[str, Any], note: Callable[[str], None]) -> bool:
    try:
        state = became_of(connection.raw, change["xid"])
    except psycopg.DataError:  # a transaction that this server has not had: it is another one
        state = None
    if state == "in progress":
        return False
    at = datetime.fromtimestamp(change["at"], UTC).astimezone()
    which = f"`cowork {change['command']}` of {at:%Y-%m-%d %H:%M}, whose answer was lost"
    if state == "committed":
        note(f"{which}, did arrive")
    elif state == "aborted":
        note(f"{which}, did not arrive: run it again")
    else:
        note(f"{which}: the server cannot say any more, look for it with `cowork history`")
    return True


def _read(state: Path) -> list[dict[str, Any]]:
    """What is written down; a file that cannot be read holds nothing."""
    try:
        changes = json.loads((state / _FILE).read_bytes())
    except (OSError, ValueError):
        return []
    kinds = (("url", str), ("xid", str), ("command", str), ("at", int))
    return [
        change
        for change in changes
        if isinstance(change, dict)
        and all(isinstance(change.get(name), kind) for name, kind in kinds)
    ]


def _write(state: Path, changes: list[dict[str, Any]]) -> None:
    if changes:
        write_private(state / _FILE, json.dumps(changes, indent=2).encode() + b"\n")
    else:
        (state / _FILE).unlink(missing_ok=True)
