"""Recorded hours."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of work. `to` is None while it runs; `billed_on` is the invoice number."""

    id: str
    project: str
    client: str
    note: str | None
    tags: tuple[str, ...]
    place: str | None
    from_: datetime
    to: datetime | None
    timezone: str
    duration_s: int
    billable: bool
    rate: Decimal | None
    billed_on: str | None
    running: bool
