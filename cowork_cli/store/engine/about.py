"""What an engine says of the store it keeps, for who looks after it."""

from __future__ import annotations

from datetime import datetime

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """A cowork that is connected to the server now; `host` None where it runs on the server's machine."""

    user: str
    host: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class About:
    """The engine, its version and the store's schema; the rest is None or empty where there is no server.

    `role` is who we are on the server, `encrypted` whether this connection is.
    """

    engine: str
    version: str
    schema: int
    role: str | None = None
    may_record: bool = True
    may_issue: bool = True
    encrypted: bool | None = None
    sessions: tuple[Session, ...] = ()
