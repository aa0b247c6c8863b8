"""The day log in the store: one record a day with its places, flags of months, figures in the books.

Each person has a log of their own: what is read is that of `store.person`, also through `Store.about`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.domain.day import Day, MonthFlag, Stay, day_class, home_seconds
from cowork_cli.domain.money import Money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

# (place, kind, seconds, km one way, minutes one way, mode, fare one way in cents, row of the day)
FactStay = tuple[str, str, int, str | None, int | None, str | None, int | None, int]
_DAYS = """
    SELECT d.id, d.day, d.work, d.tracked_s, d.away_from, d.away_to, d.away_s, d.driven_km, d.purpose,
           d.note, s.place, s.kind, s.seconds, s.from_clock, s.to_clock, s.source, s.km, s.minutes,
           s.mode, s.fare
    FROM days d LEFT JOIN day_stays s ON s.day_id = d.id"""

# Not by the index of persons: whose hours they are leaves nearly all of them, the day a few.
_PERSON = "person || ''"


def logged(
    store: Store,
    first: date | None,
    last: date | None,
    is_first_place: Callable[[str, date], bool] = lambda name, day: False,
) -> list[Day]:
    """The days of a stretch that are logged, in order. One query, whatever its length."""
    rows = store.rows(
        f"{_DAYS} WHERE d.person = ? AND (? IS NULL OR d.day >= ?) AND (? IS NULL OR d.day <= ?) "
        "ORDER BY d.day, s.id",
        store.person,
        *(_text(first),) * 2,
        *(_text(last),) * 2,
    )
    return _grouped(rows, is_first_place)


class Facts:
    """A logged day as the rules read it: plain values, ten years of them in a moment."""

    __slots__ = ("away_from", "away_s", "away_to", "day", "driven_km", "stays", "year")

    def __init__(
        self,
        day: str,
        away_from: str | None,
        away_to: str | None,
        away_s: int | None,
        driven: str | None,
        stays: list[FactStay],
    ):
        self.day = day
        self.year = int(day[:4])
        self.away_from, self.away_to, self.away_s, self.driven_km = (
            away_from,
            away_to,
            away_s,
            driven,
        )
        self.stays = stays


def facts(store: Store, last: date | None) -> list[Facts]:
    """Each logged day up to `last`, in order.

    Two queries and no join: each table is read through once in the order in which it lies.
    """
    stays: dict[int, list[FactStay]] = {}
    each: Any = store.connection.stream(
        "SELECT place, kind, seconds, km, minutes, mode, fare, day_id FROM day_stays ORDER BY id"
    )
    for stay in each:
        if stay[7] in stays:
            stays[stay[7]].append(stay)
        else:
            stays[stay[7]] = [stay]
    heads = store.connection.stream(
        "SELECT day, away_from, away_to, away_s, driven_km, id FROM days "
        "WHERE person = ? AND (? IS NULL OR day <= ?) ORDER BY day",
        store.person,
        *(_text(last),) * 2,
    )
    return [
        Facts(day, out, back, away_s, driven, stays.get(number, []))
        for day, out, back, away_s, driven, number in heads
    ]


def not_logged(store: Store, first: date | None, last: date | None) -> list[str]:
    """The days of a stretch on which hours of this person begin and that are not logged, in order."""
    rows = store.rows(
        "SELECT n.day FROM (SELECT DISTINCT e.day FROM entries e WHERE (? IS NULL OR e.day >= ?) "
        "AND (? IS NULL OR e.day <= ?) AND NOT EXISTS "
        "(SELECT 1 FROM days d WHERE d.day = e.day AND d.person = ?)) n "
        f"WHERE EXISTS (SELECT 1 FROM entries m WHERE m.day = n.day AND m.{_PERSON} = ?) ORDER BY n.day",
        *(_text(first),) * 2,
        *(_text(last),) * 2,
        *(store.person,) * 2,
    )
    return [day for (day,) in rows]


def not_as_tracked(store: Store, first: date | None, last: date | None) -> list[tuple[str, int]]:
    """This person's logged days, with the seconds they were logged with, whose entries come to another sum by now.

    An entry counts whole for the day that it begins on, so that one over midnight is among them either way.
    """
    rows = store.rows(
        "SELECT d.day, d.tracked_s FROM days d WHERE coalesce((SELECT sum(e.to_at - e.from_at) "
        f"FROM entries e WHERE e.day = d.day AND e.{_PERSON} = d.person AND e.to_at IS NOT NULL), 0) "
        "<> d.tracked_s AND d.person = ? AND (? IS NULL OR d.day >= ?) AND (? IS NULL OR d.day <= ?) ORDER BY d.day",
        store.person,
        *(_text(first),) * 2,
        *(_text(last),) * 2,
    )
    return [(day, seconds) for day, seconds in rows]


def row_of(store: Store, day: date) -> int | None:
    """The row of a day, None if it is not logged."""
    number: int | None = store.value(
        "SELECT id FROM days WHERE day = ? AND person = ?", day.isoformat(), store.person
    )
    return number


def dates(store: Store, first: date, last: date) -> set[date]:
    """The days of a stretch that are logged."""
    rows = store.rows(
        "SELECT day FROM days WHERE day BETWEEN ? AND ? AND person = ?",
        first.isoformat(),
        last.isoformat(),
        store.person,
    )
    return {date.fromisoformat(day) for (day,) in rows}


def count_outside(store: Store, first: date | None, last: date | None) -> int:
    """How many logged days lie outside a stretch."""
    count = store.value(
        "SELECT count(*) FROM days WHERE person = ? "
        "AND NOT ((? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?))",
        store.person,
        *(_text(first),) * 2,
        *(_text(last),) * 2,
    )
    return int(count)


def add(journal: Journal, day: Day, *, work: bool) -> None:
    """Adds a day with its places to the log of who writes."""
    head = {"day": day.date.isoformat(), "person": journal.person}
    number = journal.insert("days", {**head, **_values(day, work=work)})
    for stay in day.stays:
        journal.insert("day_stays", {"day_id": number, **_stay_values(stay)})


def change(store: Store, journal: Journal, number: int, day: Day, *, work: bool) -> bool:
    """Makes a day what `day` says; False if it is that way already. Places keep their rows."""
    changed = journal.update("days", number, _values(day, work=work))
    rows = store.rows("SELECT id, place FROM day_stays WHERE day_id = ?", number)
    known = {row.place: row.id for row in rows}
    kept = {stay.place for stay in day.stays}
    for place, stay_row in known.items():
        if place not in kept:
            journal.delete("day_stays", stay_row)
            changed = True
    for stay in day.stays:
        if stay.place in known:
            changed = journal.update("day_stays", known[stay.place], _stay_values(stay)) or changed
        else:
            journal.insert("day_stays", {"day_id": number, **_stay_values(stay)})
            changed = True
    return changed


def remove(store: Store, journal: Journal, number: int) -> None:
    """Removes a day with its places."""
    for (stay,) in store.rows("SELECT id FROM day_stays WHERE day_id = ?", number):
        journal.delete("day_stays", stay)
    journal.delete("days", number)


def tracked(store: Store, begin: int, end: int, now_s: int) -> list[Any]:
    """Rows (from_at, to_at, timezone, place, client, billable) of this person's hours that touch a stretch.

    A running timer counts up to now. Hours of one person never overlap: of those that began before the
    stretch only the last can reach into it, so that nothing older is read.
    """
    return store.rows(
        "SELECT e.from_at, coalesce(e.to_at, ?) AS to_at, e.timezone, e.place, c.slug AS client, "
        "e.billable FROM entries e JOIN projects p ON p.id = e.project_id "
        "JOIN clients c ON c.id = p.client_id "
        "WHERE e.person = ? AND e.from_at < ? AND e.from_at >= coalesce((SELECT max(o.from_at) "
        "FROM entries o WHERE o.person = ? AND o.from_at <= ?), ?) "
        "AND coalesce(e.to_at, ?) > ? ORDER BY e.from_at",
        now_s,
        store.person,
        end,
        store.person,
        *(begin,) * 2,
        now_s,
        begin,
    )


# ---- months


def month_flags(store: Store) -> list[MonthFlag]:
    """What is said of months, by month."""
    rows = store.rows(
        "SELECT month, other_workplace FROM day_months WHERE person = ? ORDER BY month",
        store.person,
    )
    return [MonthFlag(row.month, row.other_workplace) for row in rows]


def flag_month(store: Store, journal: Journal, month: str, other_workplace: str) -> None:
    """Says whether another workplace is at hand in a month."""
    person = journal.person
    number = store.value("SELECT id FROM day_months WHERE month = ? AND person = ?", month, person)
    if number is None:
        said = {"month": month, "other_workplace": other_workplace, "person": person}
        journal.insert("day_months", said)
    else:
        journal.update("day_months", number, {"other_workplace": other_workplace})


# ---- in the books


def claims(store: Store, rule: str, first: date, last: date) -> list[tuple[int, str, str]]:
    """Expense, first and last day of what the books hold of a rule and touches a stretch."""
    return store.rows(
        "SELECT c.expense_id, c.from_day, c.to_day FROM day_claims c "
        "JOIN expenses x ON x.id = c.expense_id "
        "WHERE c.rule = ? AND c.person = ? AND c.from_day <= ? AND c.to_day >= ? ORDER BY c.from_day",
        rule,
        store.person,
        last.isoformat(),
        first.isoformat(),
    )


def add_claim(journal: Journal, expense_id: int, rule: str, first: date, last: date) -> None:
    """Notes that an expense is what a rule gives for a stretch of days."""
    journal.insert(
        "day_claims",
        {
            "expense_id": expense_id,
            "rule": rule,
            "from_day": first.isoformat(),
            "to_day": last.isoformat(),
            "person": journal.person,
        },
    )


# ---- rows


def _grouped(rows: Sequence[Any], is_first_place: Callable[[str, date], bool]) -> list[Day]:
    known: list[Day] = []
    head: Any = None
    stays: list[Stay] = []
    for row in rows:
        if head is not None and row.id != head.id:
            known.append(_day(head, tuple(stays), is_first_place))
            stays = []
        head = row
        if row.place is not None:
            stays.append(_stay(row))
    if head is not None:
        known.append(_day(head, tuple(stays), is_first_place))
    return known


def _day(row: Any, stays: tuple[Stay, ...], is_first_place: Callable[[str, date], bool]) -> Day:
    day = date.fromisoformat(row.day)
    home_s, total = home_seconds(stays), sum(stay.duration_s for stay in stays)
    marked = any(is_first_place(stay.place, day) for stay in stays)
    code, word = day_class(stays, marked)
    return Day(
        date=day,
        class_=code,
        kind=word,
        duration_s=total,
        home_s=home_s,
        exactly_half=bool(total) and 2 * home_s == total,
        stays=stays,
        away_from=row.away_from,
        away_to=row.away_to,
        away_s=row.away_s,
        driven_km=_decimal(row.driven_km),
        purpose=row.purpose,
        note=row.note,
        tracked_s=row.tracked_s,
    )


def _stay(row: Any) -> Stay:
    return Stay(
        place=row.place,
        kind=row.kind,
        duration_s=row.seconds,
        from_=row.from_clock,
        to=row.to_clock,
        source=row.source,
        way_km=_decimal(row.km),
        way_s=None if row.minutes is None else 60 * row.minutes,
        mode=row.mode,
        fare=None if row.fare is None else Money(row.fare),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _values(day: Day, *, work: bool) -> Mapping[str, Any]:
    return {
        "work": int(work),
        "tracked_s": day.tracked_s,
        "away_from": day.away_from,
        "away_to": day.away_to,
        "away_s": day.away_s,
        "driven_km": None if day.driven_km is None else f"{day.driven_km:f}",
        "purpose": day.purpose,
        "note": day.note,
    }


def _stay_values(stay: Stay) -> Mapping[str, Any]:
    return {
        "place": stay.place,
        "kind": stay.kind,
        "seconds": stay.duration_s,
        "from_clock": stay.from_,
        "to_clock": stay.to,
        "source": stay.source,
        "km": None if stay.way_km is None else f"{stay.way_km:f}",
        "minutes": None if stay.way_s is None else stay.way_s // 60,
        "mode": stay.mode,
        "fare": None if stay.fare is None else stay.fare.minor,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
