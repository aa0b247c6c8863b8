"""What is due in the office as a calendar file with alarms."""

import zlib
from collections.abc import Iterable

from cowork_cli.documents.ics import DayEvent, calendar
from cowork_cli.domain.contract import WARN_DAYS, Contract
from cowork_cli.domain.overview import Deadline
from cowork_cli.domain.post import Post

POST_ALARMS = (14, 7, 3, 1)


def contract_events(rows: Iterable[Contract]) -> list[DayEvent]:
    """The last days to send, with alarms 30, 14 and 3 days before."""
    return [
        DayEvent(
            uid=f"{row.id}-{row.last_day_to_send}",
            day=row.last_day_to_send,
            summary=f"Notice has to arrive: {row.name} ({row.id})",
            description=f"Ends {row.next_end}. Under the contract: {row.rule}. Source: {row.source}.",
            alarms=WARN_DAYS,
        )
        for row in rows
        if row.last_day_to_send is not None
    ]


def post_events(rows: Iterable[Post]) -> list[DayEvent]:
    """The open deadlines of post, with alarms 14, 7, 3 and 1 days before."""
    return [
        DayEvent(
            uid=f"{row.id}-{row.deadline}",
            day=row.deadline,
            summary=f"Deadline: {row.sender}, {row.kind} ({row.id})",
            description=f"Under {row.rule}. Source: {row.source}.",
            alarms=POST_ALARMS,
        )
        for row in rows
        if row.deadline is not None
    ]


def deadline_events(rows: Iterable[Deadline]) -> list[DayEvent]:
    """Every kind of deadline as one calendar."""
    return [
        DayEvent(
            uid=f"{row.kind}-{row.ref or ''}-{row.due}-{zlib.crc32(row.what.encode()):08x}",
            day=row.due,
            summary=f"{row.what} ({row.ref})" if row.ref else row.what,
            description=f"Under {row.rule}. Source: {row.source}.",
            alarms=WARN_DAYS if row.kind == "contract" else POST_ALARMS,
        )
        for row in rows
    ]


def written(events: Iterable[DayEvent], name: str) -> bytes:
    """The file."""
    return calendar(events, name)
