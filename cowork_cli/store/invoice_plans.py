"""Recurring invoices in the store: what is written again, at which price from when, and what was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.invoice_plan import PlanPeriod, PlanPrice
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """The row of a plan, of which no sum is taken yet."""

    id: int
    client_id: int
    client: str
    every: str
    from_: date
    until: date | None
    issue: bool
    arrears: bool
    currency: str
    order_ref: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it was typed, with all its prices."""

    id: int
    text: str
    quantity: str
    unit: str
    vat: str | None
    discount: str | None
    prices: tuple[PlanPrice, ...]


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """A period that was billed; `invoice` is the row of its invoice, `unissued` whether that is still to issue."""

    id: int
    from_: date
    to: date
    invoice: int | None
    shown: str | None
    unissued: bool


def find(store: Store, text: str) -> int | None:
    """The row of `r-N`, or None."""
    number = whole_number(text[2:]) if text.startswith("r-") else None
    if number is None:
        return None
    row_id: int | None = store.value("SELECT id FROM invoice_plans WHERE id = ?", number)
    return row_id


def one(store: Store, plan_id: int) -> StoredPlan:
    """One plan."""
    return _plans(store, "WHERE p.id = ?", plan_id)[0]


def every(store: Store) -> list[StoredPlan]:
    """All plans in the order they were made."""
    return _plans(store, "ORDER BY p.id")


def any_plan(store: Store) -> bool:
    """Whether there is one."""
    return bool(store.value("SELECT count(*) FROM (SELECT id FROM invoice_plans LIMIT 1) AS one"))


def to_client(store: Store, client: str) -> list[tuple[str, str]]:
    """The plans of a client, by its id, each with its currency."""
    return [
        (f"r-{plan.id}", plan.currency)
        for plan in _plans(store, "WHERE c.slug = ? ORDER BY p.id", client)
    ]


def lines(store: Store, plan_id: int) -> list[StoredLine]:
    """The lines of a plan in their order."""
    return [
        StoredLine(
            row.id, row.text, row.quantity, row.unit, row.vat, row.discount, _prices(store, row.id)
        )
        for row in store.rows(
            "SELECT * FROM invoice_plan_lines WHERE plan_id = ? ORDER BY position", plan_id
        )
    ]


def periods(store: Store, plan_id: int) -> list[StoredPeriod]:
    """The periods that were billed, the oldest first."""
    return [
        StoredPeriod(
            row.id,
            date.fromisoformat(row.from_day),
            date.fromisoformat(row.to_day),
            row.invoice_id,
            row.number or (f"draft-{row.invoice_id}" if row.invoice_id else None),
            bool(row.issue) and row.state == "draft",
        )
        for row in store.rows(
            "SELECT d.*, i.number, i.state FROM invoice_plan_periods d "
            "LEFT JOIN invoices i ON i.id = d.invoice_id WHERE d.plan_id = ? ORDER BY d.from_day",
            plan_id,
        )
    ]


def shown(rows: list[StoredPeriod]) -> tuple[PlanPeriod, ...]:
    """Periods as they are shown."""
    return tuple(PlanPeriod(row.from_, row.to, row.shown) for row in rows)


# ---- writing, in a transaction of the caller


def add(store: Store, row: dict[str, Any]) -> int:
    """Adds a plan and returns its row."""
    return store.journal.insert("invoice_plans", {"created_at": store.now_s, **row})


def change(store: Store, plan_id: int, changes: dict[str, Any]) -> bool:
    """Changes a plan; False if it is that way already."""
    return store.journal.update("invoice_plans", plan_id, changes)


def add_line(store: Store, plan_id: int, row: dict[str, Any], price: Decimal, from_: date) -> int:
    """Adds a line with its price."""
    last = store.value(
        "SELECT coalesce(max(position), 0) FROM invoice_plan_lines WHERE plan_id = ?", plan_id
    )
    line_id = store.journal.insert(
        "invoice_plan_lines", {"plan_id": plan_id, "position": last + 1, **row}
    )
    set_price(store, line_id, price, from_)
    return line_id


def change_line(store: Store, line_id: int, changes: dict[str, Any]) -> bool:
    """Changes a line, not its price."""
    return store.journal.update("invoice_plan_lines", line_id, changes)


def set_price(store: Store, line_id: int, price: Decimal, from_: date) -> bool:
    """What one costs from a day on; False if it is that way already."""
    row_id = store.value(
        "SELECT id FROM invoice_plan_prices WHERE line_id = ? AND from_day = ?",
        line_id,
        from_.isoformat(),
    )
    if row_id is not None:
        return store.journal.update("invoice_plan_prices", row_id, {"price": f"{price:f}"})
    store.journal.insert(
        "invoice_plan_prices",
        {"line_id": line_id, "from_day": from_.isoformat(), "price": f"{price:f}"},
    )
    return True


def bill_period(store: Store, plan_id: int, period: Period, invoice_id: int, *, issue: bool) -> int:
    """Notes that a period is billed by a draft. Raises RuleBroken for one that is billed already."""
    assert period.from_ is not None
    assert period.to is not None
    return store.journal.insert(
        "invoice_plan_periods",
        {
            "plan_id": plan_id,
            "from_day": period.from_.isoformat(),
            "to_day": period.to.isoformat(),
            "issue": int(issue),
            "invoice_id": invoice_id,
        },
    )


def remove_line(store: Store, line_id: int) -> None:
    """Removes a line with its prices; the invoices that have it stay."""
    for (row_id,) in store.rows("SELECT id FROM invoice_plan_prices WHERE line_id = ?", line_id):
        store.journal.delete("invoice_plan_prices", row_id)
    store.journal.delete("invoice_plan_lines", line_id)


def remove(store: Store, plan_id: int) -> None:
    """Removes a plan with all that hangs on it; its invoices stay."""
    for line in lines(store, plan_id):
        remove_line(store, line.id)
    for period in periods(store, plan_id):
        store.journal.delete("invoice_plan_periods", period.id)
    store.journal.delete("invoice_plans", plan_id)


# ---- parts


def _plans(store: Store, where: str, *values: object) -> list[StoredPlan]:
    return [
        StoredPlan(
            row.id,
            row.client_id,
            row.client,
            row.every,
            date.fromisoformat(row.from_day),
            date.fromisoformat(row.until_day) if row.until_day else None,
            bool(row.issue),
            bool(row.arrears),
            row.currency,
            row.order_ref,
            row.note,
        )
        for row in store.rows(
            "SELECT p.*, c.slug AS client FROM invoice_plans p JOIN clients c ON c.id = p.client_id "
            f"{where}",
            *values,
        )
    ]


def _prices(store: Store, line_id: int) -> tuple[PlanPrice, ...]:
    return tuple(
        PlanPrice(date.fromisoformat(row.from_day), Decimal(row.price))
        for row in store.rows(
            "SELECT from_day, price FROM invoice_plan_prices WHERE line_id = ? ORDER BY from_day",
            line_id,
        )
    )
