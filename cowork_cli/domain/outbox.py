"""What was recorded without the server and waits to go up."""

from datetime import datetime

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class WaitingHours:
    """One side of a change: an entry as it would be, or as it is on the server. None for what is not known."""

    id: str | None
    project: str | None
    from_: datetime | None
    to: datetime | None
    note: str | None
    person: str | None
    billed_on: str | None
    removed: bool


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """All that one command recorded. `state` is `waiting`, `held` (it does not fit), `sent` or `dropped`.

    `mine` are the entries as they would be with it, `theirs` is what stands against it on the server.
    """

    id: str
    at: datetime
    command: str
    state: str
    reason: str | None
    mine: tuple[WaitingHours, ...]
    theirs: WaitingHours | None
