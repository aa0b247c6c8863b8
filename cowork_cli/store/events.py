"""Events, trial days and open days."""

from datetime import date
from typing import Any

from cowork_cli.domain.event import Event
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

_EVENT = """
    SELECT e.id, e.name, e.kind, e.starts, e.ends, e.timezone, e.all_day, e.account, e.identity,
    coalesce(s.name, e.space_name) AS space_name, e.location, coalesce(e.lat, s.lat) AS lat,
    coalesce(e.lon, s.lon) AS lon, e.decide_by, e.decided, e.url, e.note, e.source, e.source_uid
    FROM events e LEFT JOIN spaces s ON s.account = e.account AND s.identity = e.identity"""


def listed(store: Store, from_at: int | None, to_at: int | None) -> list[Event]:
    """The events that touch a stretch of time, by their start."""
    rows = store.rows(
        f"{_EVENT} WHERE (? IS NULL OR e.ends > ? OR (e.ends = e.starts AND e.ends >= ?))"
        " AND (? IS NULL OR e.starts < ?) ORDER BY e.starts, e.id",
        from_at, from_at, from_at, to_at, to_at,
    )  # fmt: skip
    return [_event(row) for row in rows]


def of_source(store: Store, uid: str, starts: int) -> Event | None:
    """The event that was imported of a UID at an instant."""
    row = store.row(f"{_EVENT} WHERE e.source_uid = ? AND e.source_at = ?", uid, starts)
    return None if row is None else _event(row)


def of_uid(store: Store, uid: str) -> list[Event]:
    """All that was imported of a UID, by its start."""
    rows = store.rows(f"{_EVENT} WHERE e.source_uid = ? ORDER BY e.starts, e.id", uid)
    return [_event(row) for row in rows]


def undecided(store: Store, until: date) -> list[tuple[int, str, date]]:
    """Number, name and day of what is to be decided up to a day."""
    rows = store.rows(
        "SELECT id, name, decide_by FROM events"
        " WHERE decide_by <= ? AND decided IS NULL ORDER BY decide_by, id",
        until.isoformat(),
    )
    return [(row.id, row.name, date.fromisoformat(row.decide_by)) for row in rows]


def add(journal: Journal, event: Event) -> int:
    """Adds an event and returns its number."""
    return journal.insert("events", _values(event))


def change(journal: Journal, event: Event) -> bool:
    """Makes the event of that id what is given; False if it is that way already."""
    return journal.update("events", row_of(event), _values(event))


def remove(journal: Journal, event: Event) -> None:
    """Removes an event."""
    journal.delete("events", row_of(event))


def row_of(event: Event) -> int:
    """The row of an event that came from the store."""
    return int(event.id.removeprefix("ev-"))


def _values(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "kind": event.kind,
        "starts": seconds_of(event.from_),
        "ends": seconds_of(event.to),
        "timezone": event.timezone,
        "all_day": int(event.all_day),
        "account": event.space_ref.account if event.space_ref else None,
        "identity": event.space_ref.id if event.space_ref else None,
        "space_name": event.space_name,
        "location": event.location,
        "lat": event.lat,
        "lon": event.lon,
        "decide_by": event.decide_by.isoformat() if event.decide_by else None,
        "decided": event.decided,
        "url": event.url,
        "note": event.note,
        "source": event.source,
        "source_uid": event.source_uid,
        "source_at": seconds_of(event.from_) if event.source_uid else None,
    }


def _event(row: Any) -> Event:
    zone = zone_named(row.timezone)
    return Event(
        id=f"ev-{row.id}",
        name=row.name,
        kind=row.kind,
        from_=at(row.starts, zone),
        to=at(row.ends, zone),
        timezone=row.timezone,
        all_day=bool(row.all_day),
        space_ref=Ref(row.account, row.identity) if row.account else None,
        space_name=row.space_name,
        location=row.location,
        lat=row.lat,
        lon=row.lon,
        decide_by=date.fromisoformat(row.decide_by) if row.decide_by else None,
        decided=row.decided,
        url=row.url,
        note=row.note,
        source=row.source,
        source_uid=row.source_uid,
    )
