"""Standing orders, the dates that were taken up, and days off."""

from __future__ import annotations

from datetime import date, time

from cowork_cli.domain.money import Money
from cowork_cli.domain.standing import WEEK, Absence, StandingDate, StandingOrder
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.records import dataclass
from cowork_cli.store.persons import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Stuck:
    """A date to come that needs a person: its order, and why it was not booked."""

    day: date
    name: str
    state: str
    detail: str


_ORDER = f"""SELECT o.*, {shown("o.person")} AS whose,
    (SELECT count(*) FROM standing_dates d WHERE d.order_id = o.id AND d.state = 'booked') AS booked,
    (SELECT count(*) FROM standing_dates d
        WHERE d.order_id = o.id AND d.state IN ('failed', 'refused')) AS failed
    FROM standing_orders o"""


# ---- orders


def any_due(store: Store, now_s: int) -> bool:
    """Whether any active order has something to do now; reads one entry of an index."""
    return bool(
        store.value(
            "SELECT count(*) FROM (SELECT id FROM standing_orders "
            "WHERE state = 'active' AND next_at <= ? LIMIT 1) AS first",
            now_s,
        )
    )


def due(store: Store, now_s: int) -> list[StandingOrder]:
    """The active orders that have something to do now, the longest due first."""
    return _orders(store, "o.state = 'active' AND o.next_at <= ? ORDER BY o.next_at, o.id", now_s)


def every(store: Store) -> list[StandingOrder]:
    """All orders by name."""
    return _orders(store, "o.id > 0 ORDER BY o.name")


def named(store: Store, name: str) -> StandingOrder | None:
    """The order of that name, or None."""
    orders = _orders(store, "o.name = ?", name)
    return orders[0] if orders else None


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds an order and returns its number."""
    return journal.insert("standing_orders", {"person": journal.person, **values})


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes an order; False if it is that way already."""
    return journal.update("standing_orders", number, values)


def remove(journal: Journal, store: Store, number: int) -> None:
    """Removes an order with its dates; the bookings made stay."""
    for row in store.rows("SELECT id FROM standing_dates WHERE order_id = ?", number):
        journal.delete("standing_dates", row.id)
    journal.delete("standing_orders", number)


def _orders(store: Store, where: str, *values: object) -> list[StandingOrder]:
    return [_order(row) for row in store.rows(f"{_ORDER} WHERE {where}", *values)]


def _order(row: Any) -> StandingOrder:
    import json  # not above: cron asks every minute whether anything is due

    return StandingOrder(
        id=row.id,
        name=row.name,
        desks=tuple(json.loads(row.desk_refs)),
        every=tuple(WEEK[int(digit)] for digit in row.weekdays),
        from_=_clock(row.from_clock),
        to=_clock(row.to_clock),
        ahead_days=row.ahead_days,
        opens=time.fromisoformat(row.opens),
        timezone=row.timezone,
        skip_holidays=row.land,
        any_desk=bool(row.any_desk),
        max_price=Money(*json.loads(row.max_price)) if row.max_price else None,
        consent=tuple(json.loads(row.consent)),
        state=row.state,
        next_day=date.fromisoformat(row.next_day),
        next=at(row.next_at, zone_named(row.timezone)),
        booked=row.booked,
        failed=row.failed,
        person=row.whose,
    )


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


# ---- dates


def dates(store: Store, order: int, *states: str) -> list[StandingDate]:
    """The dates of an order in these states, by day; no states means all."""
    marks = ", ".join("?" * len(states))
    rows = store.rows(
        "SELECT id, order_id, day, state, attempts, next_at, booking, detail FROM standing_dates "
        f"WHERE order_id = ?{f' AND state IN ({marks})' if states else ''} ORDER BY day",
        order,
        *states,
    )
    return [
        StandingDate(
            row.id, row.order_id, date.fromisoformat(row.day), row.state, row.attempts, row.next_at,
            row.booking, row.detail,
        )
        for row in rows
    ]  # fmt: skip


def take_up(journal: Journal, order: int, day: date, next_at: int) -> int:
    """Adds a date whose window has opened; it is to be booked."""
    return journal.insert(
        "standing_dates",
        {"order_id": order, "day": day.isoformat(), "state": "waiting", "next_at": next_at},
    )


def change_date(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes a date; False if it is that way already."""
    return journal.update("standing_dates", number, values)


def cancelled_since(store: Store, order: int) -> list[StandingDate]:
    """Dates that count as booked while their booking is cancelled."""
    gone = {
        row.id
        for row in store.rows(
            "SELECT d.id FROM standing_dates d JOIN bookings b ON b.id = d.booking "
            "WHERE d.order_id = ? AND d.state = 'booked' AND b.state = 'cancelled'",
            order,
        )
    }
    return [row for row in dates(store, order, "booked") if row.id in gone] if gone else []


def stuck(store: Store, today: date, until: date) -> list[Stuck]:
    """Dates from today up to a day that were given up, by day."""
    rows = store.rows(
        "SELECT d.day, o.name, d.state, d.detail FROM standing_dates d "
        "JOIN standing_orders o ON o.id = d.order_id "
        "WHERE d.state IN ('failed', 'refused') AND d.day >= ? AND d.day <= ? ORDER BY d.day, o.name",
        today.isoformat(),
        until.isoformat(),
    )
    return [
        Stuck(date.fromisoformat(row.day), row.name, row.state, row.detail or "") for row in rows
    ]


# ---- days off


def absences(store: Store) -> list[Absence]:
    """All days off, by their first."""
    return _absences(store, "id > 0")


def absence_on(store: Store, day: date) -> Absence | None:
    """The days off that `day` is one of, or None."""
    text = day.isoformat()
    known = _absences(store, "to_day >= ? AND from_day <= ?", text, text)
    return known[0] if known else None


def absences_touching(store: Store, first: date, last: date) -> list[Absence]:
    """Days off that share a day with this stretch, by their first."""
    return _absences(store, "to_day >= ? AND from_day <= ?", first.isoformat(), last.isoformat())


def add_absence(journal: Journal, first: date, last: date, text: str | None) -> int:
    """Adds days off and returns their number."""
    values = {"from_day": first.isoformat(), "to_day": last.isoformat(), "text": text}
    return journal.insert("absences", values)


def change_absence(
    journal: Journal, number: int, first: date, last: date, text: str | None
) -> None:
    """Changes days off. Raises NotFound."""
    values = {"from_day": first.isoformat(), "to_day": last.isoformat(), "text": text}
    journal.update("absences", number, values)


def remove_absence(journal: Journal, number: int) -> None:
    """Removes days off. Raises NotFound."""
    journal.delete("absences", number)


def _absences(store: Store, where: str, *values: object) -> list[Absence]:
    rows = store.rows(
        f"SELECT id, from_day, to_day, text FROM absences WHERE {where} ORDER BY from_day, id",
        *values,
    )
    return [
        Absence(
            f"off-{row.id}", date.fromisoformat(row.from_day), date.fromisoformat(row.to_day),
            row.text,
        )
        for row in rows
    ]  # fmt: skip
