"""The two journals of an outbox: the one that writes into it, and the one that writes on the server what waited."""

from __future__ import annotations

from cowork_cli.errors import ServerUnreachable
from cowork_cli.store.engine.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.connection import Connection
    from cowork_cli.store.engine.offline.outbox import Waiting

WRITABLE = frozenset(["entries"])
"""What can be recorded without the server."""


class OutboxJournal(Journal):
    """Writes what waits. Raises ServerUnreachable for anything else but hours."""

    def __init__(
        self,
        connection: Connection,
        command: str,
        now_ms: int,
        person: str,
        away: ServerUnreachable,
    ):
        super().__init__(connection, command, now_ms, person)
        self._away = away

    def refuse_many(self) -> None:
        """Many at once need the server."""
        raise self._away

    def bar_undo(self, reason: str, remedy: str) -> None:
        """As do facts about a change."""
        raise self._away

    def unattended(self) -> None:
        """As do programs that work by themselves."""
        raise self._away

    def _write(
        self, table: str, row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        if table not in WRITABLE:
            raise self._away
        super()._write(table, row_id, before, after)


class ArrivingJournal(Journal):
    """Writes a change that waited as it was made: by its command, at its time, under its UUID."""

    def __init__(self, connection: Connection, change: Waiting):
        super().__init__(connection, change.command, change.at * 1000, change.person)
        self._uuid = change.uuid

    def arrive(self) -> None:
        """The change is one of the store, whether or not a record had to be written for it."""
        self._change()
