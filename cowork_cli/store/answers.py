"""What the own records say of how one works, for the answers of a survey."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def days(store: Store, first: str, last: str) -> list[tuple[str, str | None, int, int, str]]:
    """Day, place, begin and end (seconds since 1970) and zone of each finished entry of this person."""
    rows = store.rows(
        "SELECT day, place, from_at, to_at, timezone FROM entries WHERE to_at IS NOT NULL "
        "AND person = ? AND day >= ? AND day <= ? ORDER BY from_at",
        store.person,
        first,
        last,
    )
    return [tuple(row) for row in rows]


def desk_bookings(store: Store, from_at: int, to_at: int) -> list[tuple[str, int, int, str]]:
    """Kind of desk, begin, end and zone of each own live booking; the kind is empty where not known."""
    rows = store.rows(
        "SELECT coalesce((SELECT d.kind FROM desks d JOIN spaces s ON s.id = d.space_id "
        "WHERE s.account || ':' || s.identity || '/' || d.identity = b.desk_ref), '') AS kind, "
        "b.from_at, b.to_at, b.timezone FROM bookings b WHERE (b.person IS NULL OR b.person = ?) "
        "AND b.from_at >= ? AND b.from_at < ? AND b.state NOT IN ('cancelled', 'refused') "
        "ORDER BY b.from_at",
        store.called,
        from_at,
        to_at,
    )
    return [tuple(row) for row in rows]
