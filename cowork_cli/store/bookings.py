"""Bookings: the book kept for spaces without software, one's own records, and intents.

`local_bookings` is what a provider's server would hold; `bookings` are the user's records of
bookings anywhere; `intents` say what is about to be sent, so that nothing sent is ever forgotten.
"""

from __future__ import annotations

import json
from decimal import Decimal

from cowork_cli.domain.booking import LIVE_STATES, Booking
from cowork_cli.domain.money import Money
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.records import dataclass
from cowork_cli.store.engine import dialect
from cowork_cli.store.persons import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from cowork_cli.domain.money import Price
    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_LIVE = ", ".join(f"'{state}'" for state in LIVE_STATES)


# ---- the local book


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One line of the local book; times are seconds since 1970 UTC."""

    id: int
    desk: Ref
    from_at: int
    to_at: int
    person: str | None
    title: str | None
    state: str
    key: str


# For whom a desk is booked: where nobody is named, for who booked it.
_FOR_WHOM = f"coalesce(nullif(b.person, ''), {shown('b.made_by')})"
_LOCAL = """SELECT b.id, s.account, s.identity || '/' || d.identity AS desk, b.from_at, b.to_at, b.person,
    b.title, b.state, b.key FROM local_bookings b
    JOIN desks d ON d.id = b.desk_id JOIN spaces s ON s.id = d.space_id"""


def taken(store: Store, desk_id: int, from_at: int, to_at: int) -> list[LocalRow]:
    """Standing bookings of a desk that touch a stretch of time, in order."""
    return _local(
        store,
        "b.desk_id = ? AND b.state = 'confirmed' AND b.from_at < ? AND b.to_at > ?",
        desk_id,
        to_at,
        from_at,
    )


def local_by_key(store: Store, key: str) -> LocalRow | None:
    """The line made with `key`, or None."""
    rows = _local(store, "b.key = ?", key)
    return rows[0] if rows else None


def local_by_id(store: Store, row_id: int) -> LocalRow | None:
    """One line, or None."""
    rows = _local(store, "b.id = ?", row_id)
    return rows[0] if rows else None


def local_between(store: Store, account: str, from_at: int, to_at: int) -> list[LocalRow]:
    """All lines that touch a stretch of time, also cancelled ones, in order."""
    return _local(store, "s.account = ? AND b.from_at < ? AND b.to_at > ?", account, to_at, from_at)


def standing_at_desk(store: Store, desk_id: int, now_s: int) -> int:
    """How many standing bookings of a desk end after now."""
    return _standing(store, "b.desk_id = ?", desk_id, now_s)


def standing_at_space(store: Store, space_id: int, now_s: int) -> int:
    """How many standing bookings end after now, at all desks of a space."""
    return _standing(store, "s.id = ?", space_id, now_s)


def add_local(journal: Journal, values: Mapping[str, Any]) -> int:
    """Writes a line into the local book, standing, and returns its id."""
    return journal.insert("local_bookings", {**values, "state": "confirmed"})


def move_local(journal: Journal, row_id: int, desk_id: int, from_at: int, to_at: int) -> None:
    """Another desk, another time for a line of the local book."""
    journal.update(
        "local_bookings", row_id, {"desk_id": desk_id, "from_at": from_at, "to_at": to_at}
    )


def strike_out_local(journal: Journal, row_id: int) -> None:
    """Cancels a line of the local book; it stays readable."""
    journal.update("local_bookings", row_id, {"state": "cancelled"})


def _standing(store: Store, where: str, row_id: int, now_s: int) -> int:
    return len(_local(store, f"{where} AND b.state = 'confirmed' AND b.to_at > ?", row_id, now_s))


def _local(store: Store, where: str, *values: object) -> list[LocalRow]:
    rows = store.rows(f"{_LOCAL} WHERE {where} ORDER BY b.from_at, b.id", *values)
    return [
        LocalRow(
            row.id,
            Ref(row.account, row.desk),
            row.from_at,
            row.to_at,
            row.person,
            row.title,
            row.state,
            row.key,
        )
        for row in rows
    ]


# ---- own records


_OWN = """SELECT b.id, b.account, b.identity, b.desk_ref, b.desk_name, b.space_name, b.from_at,
    b.to_at, b.timezone, b.state, b.series, b.price, b.vat, b.credits_used, b.cancel_until, b.cancel_fee,
    c.slug || '/' || p.slug AS project, b.person, b.created_at, b.key, b.title, b.request,
    b.check_in_by, b.checked_in_at
    FROM bookings b LEFT JOIN projects p ON p.id = b.project_id
    LEFT JOIN clients c ON c.id = p.client_id"""


def own(store: Store, number: int) -> Booking | None:
    """The booking `b-NUMBER`, or None."""
    rows = _bookings(store, "b.id = ?", number)
    return rows[0] if rows else None


def own_by_ref(store: Store, ref: Ref) -> Booking | None:
    """The booking with that ref at its provider, or None."""
    rows = _bookings(store, "b.account = ? AND b.identity = ?", ref.account, ref.id)
    return rows[0] if rows else None


def listed(
    store: Store,
    *,
    from_at: int | None = None,
    to_at: int | None = None,
    account: str | None = None,
    states: Sequence[str] = (),
    person: str | None = None,
) -> list[Booking]:
    """Bookings that touch a stretch of time, by their start; no states means all, `person` only of one."""
    marks = ", ".join("?" * len(states))
    return _bookings(
        store,
        "(? IS NULL OR b.to_at > ?) AND (? IS NULL OR b.from_at < ?) AND (? IS NULL OR b.account = ?)"
        + (f" AND b.state IN ({marks})" if states else "")
        + ("" if person is None else f" AND {_FOR_WHOM} = ?"),
        *(from_at, from_at, to_at, to_at, account, account),
        *states,
        *([] if person is None else [person]),
    )


def is_own(store: Store, booking: Booking) -> bool:
    """Whether it is for the one who sits at this machine: they are named, or nobody is and they booked it."""
    if booking.person is not None:
        return booking.person == (store.called or store.owner)
    number = int(booking.id.removeprefix("b-"))
    made_by: str = store.value("SELECT made_by FROM bookings WHERE id = ?", number)
    return made_by == store.person


def persons(store: Store) -> tuple[str, ...]:
    """Everyone for whom a desk was booked by name."""
    rows = store.rows(
        "SELECT DISTINCT person FROM bookings WHERE person IS NOT NULL ORDER BY person"
    )
    return tuple(person for (person,) in rows)


def of_series(store: Store, series: str) -> list[Booking]:
    """All bookings of a series, by their start."""
    return _bookings(store, "b.series = ?", series)


def live_requests(store: Store, request: str) -> list[Booking]:
    """Live bookings that were asked for in exactly these words."""
    return _bookings(store, f"b.request = ? AND b.state IN ({_LIVE})", request)


def cancelled_requests(store: Store, request: str) -> list[Booking]:
    """Cancelled bookings that were asked for in exactly these words."""
    return _bookings(store, "b.request = ? AND b.state = 'cancelled'", request)


def live_on(
    store: Store, desks: Sequence[Ref], from_at: int, to_at: int, person: str | None
) -> list[Booking]:
    """Live bookings of one person on any of these desks for exactly this time."""
    marks = ", ".join("?" * len(desks))
    return _bookings(
        store,
        f"b.desk_ref IN ({marks}) AND b.from_at = ? AND b.to_at = ?"
        f" AND {dialect.same('b.person')} AND b.state IN ({_LIVE})",
        *(*map(str, desks), from_at, to_at, person),
    )


def with_key(store: Store, key: str) -> list[tuple[Booking, str]]:
    """Bookings made with `key` and the request of each, the newest first."""
    rows = store.rows(f"{_OWN} WHERE b.key = ? ORDER BY b.id DESC", key)
    return [(_booking(row), row.request) for row in rows]


def days_with_key(store: Store, key: str) -> list[tuple[int, str]]:
    """Bookings of a request of several days that was given `key`: the number and the day of each."""
    start = f"{key}:"
    rows = store.rows(
        "SELECT id, key FROM bookings WHERE substr(key, 1, ?) = ? AND length(key) = ? ORDER BY id",
        len(start), start, len(start) + len("2026-12-01"),
    )  # fmt: skip
    return [(row.id, row.key.removeprefix(start)) for row in rows]


def request_of(store: Store, number: int) -> str:
    """The request behind a booking."""
    return str(store.value("SELECT request FROM bookings WHERE id = ?", number) or "")


def _bookings(store: Store, where: str, *values: object) -> list[Booking]:
    rows = store.rows(f"{_OWN} WHERE {where} ORDER BY b.from_at, b.id", *values)
    return [_booking(row) for row in rows]


def _booking(row: Any) -> Booking:
    zone = zone_named(row.timezone)
    desk = Ref.parse(row.desk_ref)
    assert desk is not None
    return Booking(
        id=f"b-{row.id}",
        ref=None if row.identity is None else Ref(row.account, row.identity),
        account=row.account,
        desk_ref=desk,
        desk_name=row.desk_name,
        space_name=row.space_name,
        from_=at(row.from_at, zone),
        to=at(row.to_at, zone),
        timezone=row.timezone,
        state=row.state,
        existing=False,
        series=row.series,
        price=None if row.price is None else _price(row.price),
        credits=None if row.credits_used is None else Decimal(row.credits_used),
        cancel_until=None if row.cancel_until is None else at(row.cancel_until, zone),
        cancel_fee=None if row.cancel_fee is None else Money(*json.loads(row.cancel_fee)),
        project=row.project,
        person=row.person,
        created_at=at(row.created_at, zone),
        key=row.key,
        title=row.title,
        vat=None if row.vat is None else Money(*json.loads(row.vat)),
        check_in_by=None if row.check_in_by is None else at(row.check_in_by, zone),
        checked_in=None if row.checked_in_at is None else at(row.checked_in_at, zone),
    )


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a booking this is: its UUID, how often it was changed, and when last (seconds)."""

    uuid: str
    changes: int
    at: int


def version(store: Store, number: int) -> Version:
    """What a calendar must know of a booking to tell a newer one from an older."""
    (row,) = store.rows(
        "SELECT b.uuid, count(j.id) - 1 AS changes, max(c.at) AS last FROM bookings b "
        "JOIN journal j ON j.table_name = 'bookings' AND j.row_id = b.id "
        "JOIN changes c ON c.id = j.change_id WHERE b.id = ? GROUP BY b.uuid",
        number,
    )
    return Version(row.uuid, row.changes, row.last)


def project_of(store: Store, number: int) -> int | None:
    """The row of the project a booking belongs to."""
    found = store.value("SELECT project_id FROM bookings WHERE id = ?", number)
    return None if found is None else int(found)


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds an own record and returns its number."""
    return journal.insert("bookings", {"made_by": journal.person, **values})


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes an own record; False if it is that way already."""
    return journal.update("bookings", number, values)


# ---- intents


@dataclass(frozen=True, slots=True)
class Intent:
    """What was about to be sent. `booking` is the number of the own record it is about.

    `moved`: a booking that stands was to become this: `desk` (a ref), `from`, `to` (seconds since
    1970 UTC); None for one that is new, and for a cancellation.
    """

    id: int
    kind: str
    account: str
    key: str
    state: str
    booking: int
    moved: Mapping[str, Any] | None = None


def _price(text: str) -> Price:
    from cowork_cli.store.spaces import (
        price_from_json,
    )  # not above: without a price it is not needed

    return price_from_json(json.loads(text))


def unsettled(store: Store, account: str | None = None) -> list[Intent]:
    """Intents whose outcome is not known, the oldest first."""
    rows = store.rows(
        "SELECT id, kind, account, key, state, request FROM intents "
        "WHERE state IN ('open', 'unknown') AND kind IN ('booking', 'cancellation') "
        "AND (? IS NULL OR account = ?) ORDER BY id",
        account,
        account,
    )
    return [_intent(row, json.loads(row.request)) for row in rows]


def _intent(row: Any, request: Mapping[str, Any]) -> Intent:
    return Intent(
        row.id, row.kind, row.account, row.key, row.state, request["booking"], request.get("moved")
    )


def intend(
    journal: Journal, kind: str, account: str, key: str, request: Mapping[str, Any], now_s: int
) -> int:
    """Writes down what is about to be sent; returns the intent's id."""
    return journal.insert(
        "intents",
        {
            "kind": kind,
            "account": account,
            "key": key,
            "request": json.dumps(request, ensure_ascii=False),
            "state": "open",
            "created_at": now_s,
        },
    )


def settle(
    journal: Journal, intent: int, state: str, now_s: int, detail: str | None = None
) -> None:
    """Notes what came of an intent: `done`, `refused` or `unknown`."""
    journal.update("intents", intent, {"state": state, "settled_at": now_s, "detail": detail})


def key_uses(store: Store, key: str) -> int:
    """How many intents were sent with `key` or a later attempt of it (`key#2`)."""
    return int(
        store.value(
            "SELECT count(*) FROM intents WHERE kind = 'booking' AND (key = ? OR substr(key, 1, ?) = ?)",
            key,
            len(key) + 1,
            f"{key}#",
        )
    )


def count_for(store: Store, person: str) -> int:
    """How many bookings were made for somebody."""
    return int(store.value("SELECT count(*) FROM bookings WHERE person = ?", person))
