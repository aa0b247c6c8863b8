"""Bank accounts, their bookings, and what each booking pays, in the store."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.domain.bank import BankBooking, Part
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass
from cowork_cli.store.engine import dialect, many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from cowork_cli.store.engine.many import Batch, Landing
    from cowork_cli.store.engine.store import Store

PREFIX = "bank-"
_LINKED = dialect.json_list(
    "l.amount, i.number, l.expense_id",
    "bank_links l LEFT JOIN payments p ON p.id = l.payment_id "
    "LEFT JOIN invoices i ON i.id = p.invoice_id WHERE l.booking_id = b.id",
)
_COLUMNS = (
    "b.id, a.name AS account, b.booked, b.valued, b.amount, b.currency, b.name, b.iban, b.text, "
    "b.glued, b.reference, b.returned, b.parts, b.ignored"
)
_BOOKING = (
    f"SELECT {_COLUMNS}, {_LINKED} AS links "
    "FROM bank_bookings b JOIN bank_accounts a ON a.id = b.account_id"
)


# ---- accounts


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its row, its name, and its IBAN or number, where one is known."""

    row: int
    name: str
    number: str | None


def accounts(store: Store) -> list[Account]:
    """All accounts by name."""
    rows = store.rows("SELECT id, name, number FROM bank_accounts ORDER BY name")
    return [Account(row.id, row.name, row.number) for row in rows]


def add_account(store: Store, name: str, number: str | None, uuid: str) -> int:
    """Adds an account, in a transaction of the caller."""
    row = {"uuid": uuid, "name": name, "number": number, "created_at": store.now_s}
    return store.journal.insert("bank_accounts", row)


def change_account(store: Store, account_id: int, changes: Mapping[str, Any]) -> bool:
    """Changes columns of an account, in a transaction of the caller."""
    return store.journal.update("bank_accounts", account_id, changes)


# ---- bookings


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a booking from another of its day and amount."""

    id: int
    name: str | None
    iban: str | None
    text: str
    reference: str | None
    parts: str | None
    format: str


def known(
    store: Store, account_id: int, first: date, last: date
) -> dict[tuple[Any, ...], list[Known]]:
    """The bookings of an account from `first` to `last`, by day, amount in minor units and currency."""
    found: dict[tuple[Any, ...], list[Known]] = {}
    for booked, amount, currency, *values in store.rows(
        "SELECT booked, amount, currency, id, name, iban, text, reference, parts, format "
        "FROM bank_bookings WHERE account_id = ? AND booked BETWEEN ? AND ? ORDER BY id",
        account_id,
        first.isoformat(),
        last.isoformat(),
    ):
        found.setdefault((booked, amount, currency), []).append(Known(*values))
    return found


BOOKING_COLUMNS = (
    "account_id", "booked", "valued", "amount", "currency", "name", "iban", "text", "glued", "reference",
    "returned", "parts", "format", "ignored",
)  # fmt: skip


def landing(store: Store) -> Landing:
    """Where bookings that are added next come to stand, inside a transaction or a rehearsal."""
    return many.landing(store.journal, "bank_bookings")


def batch(store: Store, landing: Landing, rows: Sequence[tuple[Any, ...]]) -> Batch:
    """Bookings, each by `BOOKING_COLUMNS`, ready to be added there; nobody has to wait meanwhile."""
    return many.batch(store.journal, landing, BOOKING_COLUMNS, rows)


def add_bookings(store: Store, batch: Batch) -> range:
    """Adds bookings where they were to land, in a transaction of the caller; returns their rows."""
    return many.add(store.journal, batch)


def booking(store: Store, booking_id: int) -> BankBooking | None:
    """The booking `bank-BOOKING_ID`, or None."""
    row = store.row(f"{_BOOKING} WHERE b.id = ?", booking_id)
    return None if row is None else _booking(row)


def bookings(store: Store, period: Period) -> list[BankBooking]:
    """The bookings of a period, the first first."""
    where, values = _within(period)
    rows = store.rows(f"{_BOOKING} WHERE {where} ORDER BY b.booked, b.id", *values)
    return [_booking(row) for row in rows]


_REST = "b.amount - coalesce(l.amount, 0)"
_OPEN = (
    "FROM bank_bookings b LEFT JOIN "
    "(SELECT booking_id, sum(amount) AS amount FROM bank_links GROUP BY booking_id) l "
    "ON l.booking_id = b.id WHERE b.ignored = 0 AND b.amount <> coalesce(l.amount, 0)"
)
_MOST_AMOUNTS = 500  # that a query names


def unexplained(
    store: Store, until: date | None = None, left: Collection[int] | None = None
) -> list[Any]:
    """What neither an invoice nor an expense explains, and nobody ignores: rows in plain values.

    They have the columns of a booking, and `rest`: what nothing explains, in minor units. `until` is the
    last day. `left`: of money that left, only returns, batches and rests that are one of these (below zero) are
    wanted; where those are many, all are given.
    """
    where = ""
    values: list[Any] = []
    if until is not None:
        where, values = " AND b.booked <= ?", [until.isoformat()]
    if left is not None and len(left) <= _MOST_AMOUNTS:
        marks = ", ".join("?" * len(left)) or "0"
        where += f" AND ({_REST} > 0 OR b.returned IS NOT NULL OR b.parts IS NOT NULL OR {_REST} IN ({marks}))"
        values += left
    return store.rows(
        "SELECT b.id, b.booked, b.amount, b.currency, b.name, b.iban, b.text, b.glued, b.reference, "
        f"b.returned, b.parts, {_REST} AS rest {_OPEN}{where} ORDER BY b.booked, b.id",
        *values,
    )


def rests(store: Store) -> dict[int, int]:
    """What nothing explains of each booking that is open, in minor units."""
    return dict(store.rows(f"SELECT b.id, {_REST} {_OPEN}"))


def change(store: Store, booking_id: int, changes: Mapping[str, Any]) -> bool:
    """Changes columns of a booking, in a transaction of the caller."""
    return store.journal.update("bank_bookings", booking_id, changes)


def _within(period: Period) -> tuple[str, list[str]]:
    where, values = ["1 = 1"], []
    if period.from_:
        where.append("b.booked >= ?")
        values.append(period.from_.isoformat())
    if period.to:
        where.append("b.booked <= ?")
        values.append(period.to.isoformat())
    return " AND ".join(where), values


def _booking(row: Any) -> BankBooking:
    links = json.loads(row.links)
    rest = row.amount - sum(amount for amount, _, _ in links)
    expense = next((f"x-{expense_id}" for _, _, expense_id in links if expense_id), None)
    return BankBooking(
        id=f"{PREFIX}{row.id}",
        account=row.account,
        booked=date.fromisoformat(row.booked),
        valued=date.fromisoformat(row.valued) if row.valued else None,
        amount=Money(row.amount, row.currency),
        currency=row.currency,
        name=row.name,
        iban=row.iban,
        text=row.text,
        reference=row.reference,
        state="ignored" if row.ignored else "open" if rest else "matched",
        invoices=tuple(dict.fromkeys(number for _, number, _ in links if number)),
        expense=expense,
        rest=Money(rest, row.currency),
        returned=row.returned,
        parts=parts_of(row.parts, row.currency),
    )


def parts_of(text: str | None, currency: str) -> tuple[Part, ...]:
    """The transfers of a batch."""
    rows = json.loads(text) if text else ()
    return tuple(Part(Money(minor, currency), *rest) for minor, *rest in rows)


def parts_json(parts: Iterable[Part]) -> str | None:
    """The transfers of a batch as they are kept; None for none."""
    rows = [[one.amount.minor, one.name, one.iban, one.text, one.reference] for one in parts]
    return json.dumps(rows, ensure_ascii=False) if rows else None


# ---- links


@dataclass(frozen=True, slots=True)
class Link:
    """What a booking pays, in minor units: a payment or an expense. `own`: made by the match."""

    id: int
    payment: int | None
    expense: int | None
    amount: int
    own: bool
    number: str | None


def links(store: Store, booking_id: int) -> list[Link]:
    """What a booking pays."""
    return [
        Link(row.id, row.payment_id, row.expense_id, row.amount, bool(row.own), row.number)
        for row in store.rows(
            "SELECT l.id, l.payment_id, l.expense_id, l.amount, l.own, i.number FROM bank_links l "
            "LEFT JOIN payments p ON p.id = l.payment_id LEFT JOIN invoices i ON i.id = p.invoice_id "
            "WHERE l.booking_id = ? ORDER BY l.id",
            booking_id,
        )
    ]


def pay(store: Store, rows: Sequence[tuple[int, int, str, int]]) -> None:
    """Records payments and what booking each is from, in a transaction of the caller.

    A row is (booking, invoice, day, amount in minor units).
    """
    payments = many.insert(
        store.journal,
        "payments",
        ("invoice_id", "day", "amount"),
        [(invoice, day, amount) for _, invoice, day, amount in rows],
    )
    many.insert(
        store.journal,
        "bank_links",
        ("booking_id", "payment_id", "expense_id", "amount", "own"),
        [
            (booking_id, payment, None, amount, 1)
            for payment, (booking_id, _, _, amount) in zip(payments, rows, strict=True)
        ],
    )


def link_payment(store: Store, booking_id: int, payment_id: int, amount: int) -> None:
    """Notes that a payment which was recorded by hand is this booking."""
    store.journal.insert("bank_links", _link(booking_id, payment_id, None, amount, own=False))


def link_expense(store: Store, booking_id: int, expense_id: int, amount: int) -> None:
    """Notes that this booking paid an expense; `amount` is below zero for money that left."""
    store.journal.insert("bank_links", _link(booking_id, None, expense_id, amount, own=False))


def _link(
    booking_id: int, payment: int | None, expense: int | None, amount: int, *, own: bool
) -> dict[str, Any]:
    return {
        "booking_id": booking_id,
        "payment_id": payment,
        "expense_id": expense,
        "amount": amount,
        "own": int(own),
    }


def unlink(store: Store, link: Link) -> None:
    """Takes a link back, and the payment that it made, in a transaction of the caller."""
    store.journal.delete("bank_links", link.id)
    if link.own and link.payment is not None:
        store.journal.delete("payments", link.payment)


def of_expense(store: Store, expense_id: int) -> str | None:
    """The booking that paid an expense, or None."""
    row = store.row("SELECT booking_id FROM bank_links WHERE expense_id = ?", expense_id)
    return None if row is None else f"{PREFIX}{row.booking_id}"


def paid_days(store: Store) -> dict[int, str]:
    """The day on which the bank booked an expense, by the row of the expense."""
    return dict(
        store.rows(
            "SELECT l.expense_id, b.booked FROM bank_links l JOIN bank_bookings b "
            "ON b.id = l.booking_id WHERE l.expense_id IS NOT NULL"
        )
    )


# ---- what there is to match with


_COUNTS = (
    "LEFT JOIN invoices o ON o.cancels_id = i.id AND o.state = 'issued' "
    "WHERE i.state = 'issued' AND i.cancels_id IS NULL AND o.id IS NULL"
)


def open_invoices(store: Store) -> list[Any]:
    """Issued invoices that count: row, number, client, its name, date, currency, gross, prepaid, paid, Skonto.

    `paid` is what came by payments alone; amounts are minor units.
    """
    return store.rows(
        "SELECT i.id, i.number, i.client_id, c.name AS client, i.date, i.currency, i.gross, i.skonto, "
        "coalesce(q.amount, 0) AS prepaid, coalesce(p.amount, 0) AS paid "
        "FROM invoices i JOIN clients c ON c.id = i.client_id "
        "LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM payments GROUP BY invoice_id) p "
        "ON p.invoice_id = i.id "
        "LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM invoice_prepayments GROUP BY invoice_id) q "
        f"ON q.invoice_id = i.id {_COUNTS} ORDER BY i.date, i.id"
    )


def invoice_rows(store: Store) -> dict[str, int]:
    """The row of each issued invoice that counts, by its number."""
    return dict(store.rows(f"SELECT i.number, i.id FROM invoices i {_COUNTS}"))


def payments(store: Store) -> list[Any]:
    """Every payment of an invoice that counts, by day: its row, invoice, day, amount, booking (or None)."""
    return store.rows(
        "SELECT p.id, p.invoice_id, p.day, p.amount, l.booking_id FROM payments p "
        "LEFT JOIN bank_links l ON l.payment_id = p.id ORDER BY p.day, p.id"
    )


def payers(store: Store) -> dict[str, set[int]]:
    """Which clients an IBAN has paid for, by what was matched before."""
    found: dict[str, set[int]] = {}
    for iban, client_id in store.rows(
        "SELECT DISTINCT b.iban, i.client_id FROM bank_links l JOIN bank_bookings b ON b.id = l.booking_id "
        "JOIN payments p ON p.id = l.payment_id JOIN invoices i ON i.id = p.invoice_id "
        "WHERE b.iban IS NOT NULL AND b.amount > 0"
    ):
        found.setdefault(iban, set()).add(client_id)
    return found


def unpaid_expenses(store: Store) -> list[Any]:
    """Expenses that no booking has paid: row, day, currency, gross in minor units."""
    return store.rows(
        "SELECT x.id, x.day, x.currency, x.net + x.vat AS gross FROM expenses x "
        "WHERE NOT EXISTS (SELECT 1 FROM bank_links l WHERE l.expense_id = x.id) ORDER BY x.day, x.id"
    )


# ---- mappings


def mappings(store: Store) -> dict[tuple[str, ...], dict[str, list[str]]]:
    """What `--map` said, by the heading for which it did."""
    return {
        tuple(json.loads(head)): json.loads(mapping)
        for head, mapping in store.rows("SELECT head, mapping FROM bank_mappings")
    }


def keep_mapping(store: Store, head: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> None:
    """Keeps a mapping for files with this heading, in a transaction of the caller."""
    key = json.dumps(list(head), ensure_ascii=False)
    values = {"mapping": json.dumps({k: list(v) for k, v in mapping.items()}, ensure_ascii=False)}
    row_id = store.value("SELECT id FROM bank_mappings WHERE head = ?", key)
    if row_id is None:
        store.journal.insert("bank_mappings", {"head": key, **values})
    else:
        store.journal.update("bank_mappings", row_id, values)


def movements(store: Store, period: Period) -> Iterator[tuple[str, int, str, bool]]:
    """Currency, amount in minor units, day and whether all of it is explained, of each booking."""
    where, values = _within(period)
    yield from store.connection.stream(
        f"SELECT b.currency, b.amount, b.booked, b.ignored FROM bank_bookings b WHERE {where}",
        *values,
    )
