"""Expenses, their receipts, and the lines that bill them in the store."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.domain.expense import Cost, Expense
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import Conflict, RuleBroken
from cowork_cli.records import dataclass
from cowork_cli.store.engine.store import Store

_EXPENSE = """
    SELECT x.id, x.day, x.text, x.currency, x.net, x.vat, x.vat_rate, x.eur_rate, x.booking_id,
           x.receipt_name, x.receipt, c.slug AS client, x.rebill, x.markup, l.invoice_id, i.number,
           x.category, x.reverse_charge, x.country, x.belongs_to, x.due
    FROM expenses x LEFT JOIN clients c ON c.id = x.client_id
    LEFT JOIN invoice_expenses l ON l.expense_id = x.id LEFT JOIN invoices i ON i.id = l.invoice_id"""


def add(store: Store, row: Mapping[str, Any], receipt: bytes | None) -> int:
    """Adds an expense and keeps its receipt, in a transaction of the caller."""
    _keep(store, row, receipt)
    return store.journal.insert("expenses", row)


def change(store: Store, expense_id: int, row: Mapping[str, Any], receipt: bytes | None) -> bool:
    """Changes an expense, in a transaction of the caller; the bytes of an earlier receipt stay."""
    _keep(store, row, receipt)
    return store.journal.update("expenses", expense_id, row)


def _keep(store: Store, row: Mapping[str, Any], receipt: bytes | None) -> None:
    if receipt is not None:
        store.connection.run(
            "INSERT INTO receipts (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            row["receipt"],
            receipt,
        )


def remove(store: Store, expense_id: int) -> None:
    """Removes an expense in a transaction of the caller; the bytes of its receipt stay."""
    store.journal.delete("expenses", expense_id)


def expense(store: Store, expense_id: int) -> Expense | None:
    """The expense `x-EXPENSE_ID`, or None."""
    row = store.row(f"{_EXPENSE} WHERE x.id = ?", expense_id)
    return None if row is None else _expense(row)


def expenses(store: Store, period: Period) -> list[Expense]:
    """The expenses of a period, the first first."""
    rows = store.rows(
        f"{_EXPENSE} WHERE (? IS NULL OR x.day >= ?) AND (? IS NULL OR x.day <= ?) "
        "ORDER BY x.day, x.id",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return [_expense(row) for row in rows]


def outside(store: Store, period: Period) -> int:
    """How many expenses lie outside a period."""
    count = store.value(
        "SELECT count(*) FROM expenses WHERE NOT ((? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?))",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return int(count)


def costs(store: Store, period: Period) -> list[Cost]:
    """What was spent in a period: in euro summed by rate and category, all else one by one.

    What is taxed under § 13b UStG stays apart too: its VAT is rounded for each of them.
    """
    days = (*(_text(period.from_),) * 2, *(_text(period.to),) * 2)
    within = "(? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?)"
    summed = store.rows(
        "SELECT sum(net) AS net, sum(vat) AS vat, vat_rate, category, count(*) AS number FROM expenses "
        f"WHERE currency = 'EUR' AND reverse_charge = 0 AND {within} "
        "GROUP BY vat_rate, category ORDER BY category NULLS FIRST, vat_rate",
        *days,
    )
    single = store.rows(
        "SELECT id, day, net, vat, currency, vat_rate, eur_rate, category, reverse_charge, country "
        f"FROM expenses WHERE (currency <> 'EUR' OR reverse_charge = 1) AND {within} ORDER BY day, id",
        *days,
    )
    return [
        *(
            Cost(
                Money(row.net), Money(row.vat), Decimal(row.vat_rate), None, row.category, False, None,
                f"{row.number} expenses",
            )
            for row in summed
        ),
        *(
            Cost(
                Money(row.net, row.currency), Money(row.vat, row.currency), Decimal(row.vat_rate),
                None if row.eur_rate is None else Decimal(row.eur_rate), row.category,
                bool(row.reverse_charge), row.country, f"x-{row.id}", date.fromisoformat(row.day),
            )
            for row in single
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaidCost:
    """What was paid: many expenses of a category in euro together, or one by its `number`.

    `day` is that on which the bank booked it, else its own; `belongs_to` the year of a recurring one, `due` its day.
    `refund`: below zero.
    """

    category: str | None
    net: Money
    vat: Money
    refund: bool
    number: int | None
    day: date
    eur_rate: Decimal | None
    belongs_to: int | None
    due: date | None


# The day of an expense, and that of the booking which paid it.
_UNLINKED = "x.id NOT IN (SELECT expense_id FROM bank_links WHERE expense_id IS NOT NULL)"
_LINKED = "FROM bank_links l JOIN expenses x ON x.id = l.expense_id JOIN bank_bookings b ON b.id = l.booking_id"


def paid(store: Store, year: Period, around: Period) -> list[PaidCost]:
    """What was paid in a year, summed; one by one what is in no euro, or recurs and was paid `around` it."""
    plain = "x.currency = 'EUR' AND x.belongs_to IS NULL"
    sums = (
        "x.category, sum(x.net) AS net, sum(x.vat) AS vat, "
        "sum(CASE WHEN x.net < 0 THEN x.net ELSE 0 END) AS below"
    )
    within = (_text(year.from_), _text(year.to))
    # By category, in the order of the index that holds all of it: `+` keeps the day from choosing another.
    summed = [
        *store.rows(
            f"SELECT {sums} FROM expenses x WHERE {plain} AND x.day || '' BETWEEN ? AND ? AND {_UNLINKED} "
            "GROUP BY x.category",
            *within,
        ),
        *store.rows(
            f"SELECT {sums} {_LINKED} WHERE {plain} AND b.booked BETWEEN ? AND ? GROUP BY x.category",
            *within,
        ),
    ]
    single_one = "(x.currency <> 'EUR' OR x.belongs_to IS NOT NULL)"
    told = "x.id, x.category, x.net, x.vat, x.currency, x.eur_rate, x.belongs_to, x.due"
    days = (_text(around.from_), _text(around.to))
    single = [
        *store.rows(
            f"SELECT {told}, x.day AS paid FROM expenses x WHERE {single_one} "
            f"AND x.day BETWEEN ? AND ? AND {_UNLINKED} ORDER BY x.day, x.id",
            *days,
        ),
        *store.rows(
            f"SELECT {told}, b.booked AS paid {_LINKED} WHERE {single_one} "
            "AND b.booked BETWEEN ? AND ? ORDER BY b.booked, x.id",
            *days,
        ),
    ]
    first = year.from_ or date.min
    return [
        *(
            PaidCost(row.category, Money(net), Money(vat), refund, None, first, None, None, None)
            for row in summed
            for net, vat, refund in ((row.net - row.below, row.vat, False), (row.below, 0, True))
        ),
        *(
            PaidCost(
                row.category, Money(row.net, row.currency), Money(row.vat, row.currency), row.net < 0,
                row.id, date.fromisoformat(row.paid),
                None if row.eur_rate is None else Decimal(row.eur_rate),
                None if row.belongs_to is None else int(row.belongs_to[:4]),
                None if row.due is None else date.fromisoformat(row.due),
            )
            for row in single
        ),
    ]  # fmt: skip


def desk_cost(store: Store, period: Period) -> int:
    """What desks and rooms cost in a period, net, in cent: of a booking or of the category `rent`, in euro."""
    cost = store.value(
        "SELECT sum(net) FROM expenses WHERE currency = 'EUR' AND (category = 'rent' OR "
        "(category IS NULL AND booking_id IS NOT NULL)) "
        "AND (? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?)",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return int(cost or 0)


def with_receipt(store: Store, sha256: str) -> int | None:
    """The expense that has this receipt."""
    row_id: int | None = store.value("SELECT id FROM expenses WHERE receipt = ?", sha256)
    return row_id


def of_booking(store: Store, booking_id: int) -> int | None:
    """The expense of a booking."""
    row_id: int | None = store.value("SELECT id FROM expenses WHERE booking_id = ?", booking_id)
    return row_id


def receipt(store: Store, expense_id: int) -> bytes | None:
    """The bytes of the receipt of an expense."""
    content = store.value(
        "SELECT r.content FROM expenses x JOIN receipts r ON r.sha256 = x.receipt WHERE x.id = ?",
        expense_id,
    )
    return None if content is None else bytes(content)


def receipt_names(store: Store) -> list[tuple[int, str]]:
    """Every expense with a receipt, and the name of the file."""
    return store.rows("SELECT id, receipt_name FROM expenses WHERE receipt IS NOT NULL ORDER BY id")


# ---- billing


def rebilled(store: Store, client_row: int, currency: str) -> list[tuple[int, str, int]]:
    """Row, text and price of what a client is to be billed and no draft or invoice bills yet."""
    return store.rows(
        "SELECT x.id, x.text, x.rebill FROM expenses x WHERE x.client_id = ? AND x.currency = ? "
        "AND x.rebill IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM invoice_expenses l WHERE l.expense_id = x.id) "
        "ORDER BY x.day, x.id",
        client_row,
        currency,
    )


def link(store: Store, invoice_id: int, line_id: int, expense_id: int) -> None:
    """Notes the line that bills an expense, in a transaction of the caller. Raises Conflict."""
    try:
        store.journal.insert(
            "invoice_expenses",
            {"invoice_id": invoice_id, "line_id": line_id, "expense_id": expense_id},
        )
    except RuleBroken as broken:
        raise Conflict(
            f"expense x-{expense_id} is billed already, or gone ({broken.message})",
            f"see it with `cowork expense show x-{expense_id}`",
        ) from broken


def release(store: Store, invoice_id: int, line_id: int | None = None) -> int:
    """Frees the expenses of an invoice, or of one line, in a transaction of the caller."""
    links = store.rows(
        "SELECT id FROM invoice_expenses WHERE invoice_id = ? AND (? IS NULL OR line_id = ?)",
        invoice_id,
        line_id,
        line_id,
    )
    for (link_id,) in links:
        store.journal.delete("invoice_expenses", link_id)
    return len(links)


def _expense(row: Any) -> Expense:
    currency = row.currency
    net, vat = Money(row.net, currency), Money(row.vat, currency)
    return Expense(
        id=f"x-{row.id}",
        date=date.fromisoformat(row.day),
        text=row.text,
        net=net,
        vat_rate=Decimal(row.vat_rate),
        vat=vat,
        gross=net + vat,
        eur_rate=None if row.eur_rate is None else Decimal(row.eur_rate),
        booking=None if row.booking_id is None else f"b-{row.booking_id}",
        receipt=row.receipt_name,
        sha256=row.receipt,
        client=row.client,
        rebill=None if row.rebill is None else Money(row.rebill, currency),
        markup=None if row.markup is None else Decimal(row.markup),
        billed_on=None if row.invoice_id is None else row.number or f"draft-{row.invoice_id}",
        category=row.category,
        reverse_charge=bool(row.reverse_charge),
        country=row.country,
        belongs_to=_period(row.belongs_to),
        due=date.fromisoformat(row.due) if row.due else None,
    )


def _period(text: str | None) -> Period | None:
    """`2025-12-01/2025-12-31` as a period."""
    if text is None:
        return None
    first, _, last = text.partition("/")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
