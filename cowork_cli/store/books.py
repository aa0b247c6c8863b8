"""What the books ask of the store: issued invoices with their payments, and the journal as it is."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cowork_cli.domain import settlement
from cowork_cli.domain.billing import parse_skonto
from cowork_cli.domain.invoice import ADVANCE, PUBLIC_ADVANCE, VatRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import PERFORMED, Charged, Paid, in_euro
from cowork_cli.records import dataclass, replace
from cowork_cli.store.engine import dialect
from cowork_cli.store.engine.store import Store

_REVERSE = '"AE"'
_ADVANCES = f"({ADVANCE}, {PUBLIC_ADVANCE})"
_DONE = "coalesce(i.period_to, i.date)"  # when the work ended: as it is said, else as it is dated
JOURNAL = ("id", "change", "at", "command", "kind", "table", "row", "before", "after", "chain")


VatKey = tuple[str, str, str | None]  # category, rate, printed reason


def plain_sums(
    store: Store, period: Period, basis: str
) -> tuple[dict[VatKey, tuple[int, int]], list[int]]:
    """Base and VAT in cent of the plain invoices, summed, and the rows of all the others.

    About a plain one nothing is to be worked out: it counts whole in the period (`_plain`).
    """
    condition, values = _plain(period, basis)
    sums: dict[VatKey, tuple[int, int]] = {}
    others = {row_id for (row_id,) in store.rows("SELECT id FROM invoices WHERE state = 'issued'")}
    for row_id, vat in store.rows(f"SELECT i.id, i.vat FROM invoices i WHERE {condition}", *values):
        others.remove(row_id)
        for rate, category, base, amount, reason in json.loads(vat):
            key = (category, rate, reason)
            before = sums.get(key, (0, 0))
            sums[key] = before[0] + base, before[1] + amount
    return sums, sorted(others)


def _plain(period: Period, basis: str) -> tuple[str, list[str]]:
    """The condition on `invoices i` of those about which nothing is to be worked out, and its values.

    In euro, not cancelled, without Skonto, prepayments and reverse charge. By invoice (`issued`): dated in the
    period, no advance. By the end of the work (`performed`): that is in the period, and nothing was paid before it. By
    payment (`paid`): paid in it, all of it and no more.
    """
    first = period.from_.isoformat() if period.from_ else ""
    last = period.to.isoformat() if period.to else "9999-12-31"
    simple = (
        "i.state = 'issued' AND i.currency = 'EUR' AND i.skonto IS NULL AND i.cancels_id IS NULL AND i.gross > 0 "
        f"AND NOT ({dialect.holds('i.vat', _REVERSE)}) "
        "AND NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id) "
        "AND i.id NOT IN (SELECT invoice_id FROM invoice_prepayments UNION "
        "SELECT prepaid_id FROM invoice_prepayments) "
    )
    if basis != "paid":
        day = _DONE if basis == PERFORMED else "i.date"
        simple += f"AND i.type NOT IN {_ADVANCES} "
        if basis == PERFORMED:
            simple += f"AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.invoice_id = i.id AND p.day < {_DONE}) "
        return f"{simple} AND {day} BETWEEN ? AND ?", [first, last]
    paid = (
        "i.id IN (SELECT p.invoice_id FROM payments p JOIN invoices q ON q.id = p.invoice_id "
        "GROUP BY p.invoice_id HAVING sum(p.amount) = max(q.gross) "
        "AND min(p.day) >= ? AND max(p.day) <= ?)"
    )
    return f"{simple} AND {paid}", [first, last]


def charged(store: Store, only: Sequence[int] | None = None) -> list[tuple[int, int, Charged]]:
    """Row, client row and the VAT of every issued invoice, the first first.

    `only` are the rows of those that are asked for. What an invoice deducts as prepaid counted on the invoice that asked for it, so it is taken off
    here; a cancellation takes back what its original came to.
    """
    if only is not None and not only:
        return []
    where = "1 = 1" if only is None else f"i.id IN ({', '.join(map(str, only))})"
    paid = _payments(store, where)
    rows = store.rows(
        "SELECT i.id, i.client_id, i.cancels_id, i.skonto, i.number, i.date, c.slug AS client, "
        "coalesce(o.type, i.type) AS type, "
        f"{dialect.json_value('i.document', 'buyer.vat_id')} AS vat_id, i.currency, i.gross, i.vat, "
        "o.number AS cancels, by.date AS cancelled_on, "
        "CASE i.vat_currency WHEN 'EUR' THEN i.exchange_rate END AS eur_rate, "
        "CASE WHEN i.cancels_id IS NULL THEN i.period_to WHEN EXISTS (SELECT 1 FROM invoices r "
        "WHERE r.replaces = o.number AND r.state = 'issued') THEN coalesce(o.period_to, o.date) END AS performed "
        "FROM invoices i JOIN clients c ON c.id = i.client_id "
        "LEFT JOIN invoices o ON o.id = i.cancels_id "
        "LEFT JOIN invoices by ON by.cancels_id = i.id AND by.state = 'issued' "
        f"WHERE i.state = 'issued' AND {where} ORDER BY i.date, i.id"
    )
    invoices = {row.id: _charged(row, tuple(paid.get(row.id, ()))) for row in rows}
    whole = dict(invoices)
    for invoice_id, prepaid_id, amount in store.rows(
        "SELECT invoice_id, prepaid_id, amount FROM invoice_prepayments ORDER BY id"
    ):
        if invoice_id in invoices and prepaid_id in whole:
            invoices[invoice_id] = _without(invoices[invoice_id], whole[prepaid_id], amount)
    for row in rows:
        original = row.cancels_id
        if original in invoices and invoices[original].rows != whole[original].rows:
            taken = invoices[original]
            invoices[row.id] = replace(
                invoices[row.id],
                gross=-taken.gross,
                rows=tuple(replace(vat, base=-vat.base, amount=-vat.amount) for vat in taken.rows),
            )
        elif row.skonto:
            invoices[row.id] = _with_skonto(invoices[row.id], row.skonto)
    return [(row.id, row.client_id, invoices[row.id]) for row in rows]


def by_the_piece(store: Store, category: str) -> list[tuple[str, str]]:
    """Number of the invoice and text of each line of that VAT category which is sold by the piece.

    Of issued invoices, the first first; those that were cancelled, and what cancels them, are not in it.
    """
    return [
        (str(number), str(text))
        for number, text in store.rows(
            "SELECT i.number, l.text FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id "
            "WHERE i.state = 'issued' AND i.cancels_id IS NULL AND l.unit = 'piece' "
            "AND l.vat_category = ? AND NOT EXISTS (SELECT 1 FROM invoices c WHERE c.cancels_id = i.id "
            "AND c.state = 'issued') ORDER BY i.date, i.id, l.position",
            category,
        )
    ]


def documents(store: Store, invoice_id: int) -> list[tuple[str, bytes]]:
    """Name and bytes of the documents of one invoice."""
    return [
        (name, bytes(content))
        for name, content in store.rows(
            "SELECT name, content FROM invoice_files WHERE invoice_id = ? ORDER BY name", invoice_id
        )
    ]


def journal(store: Store) -> Iterator[tuple[Any, ...]]:
    """Every row of the journal, a thousand at a time: its hashes can only be checked whole."""
    last = 0
    while rows := store.rows(
        "SELECT j.id, j.change_id, c.at, c.command, c.kind, j.table_name, j.row_id, j.before, "
        "j.after, j.chain FROM journal j JOIN changes c ON c.id = j.change_id "
        "WHERE j.id > ? ORDER BY j.id LIMIT 1000",
        last,
    ):
        yield from rows
        last = rows[-1].id


@dataclass(frozen=True, slots=True)
class Hours:
    """The recorded seconds of a project, and the billable ones among them."""

    client: str
    project: str
    seconds: int
    billable: int


def hours(store: Store, period: Period) -> list[Hours]:
    """What was recorded in a period, by project."""
    where, values = _days("e.day", period)
    return [
        Hours(*row)
        for row in store.rows(
            "SELECT c.slug, p.slug, sum(e.to_at - e.from_at), sum((e.to_at - e.from_at) * e.billable) "
            "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
            f"WHERE e.to_at IS NOT NULL AND {where} GROUP BY c.slug, p.slug",
            *values,
        )
    ]


@dataclass(frozen=True, slots=True)
class BilledHours:
    """What of an invoice's line is of one project, net in euro."""

    client: str
    project: str
    net: Money


def billed_hours(store: Store, period: Period) -> list[BilledHours]:
    """The lines with hours of invoices that count, dated in a period, by project.

    A line with hours of several projects counts for each by its seconds.
    """
    where, values = _days("i.date", period)
    lines: dict[int, list[Any]] = {}
    for row in store.rows(
        "SELECT l.id AS line, l.net, i.currency, "
        "CASE i.vat_currency WHEN 'EUR' THEN i.exchange_rate END AS rate, c.slug AS client, "
        "p.slug AS project, sum(ie.seconds) AS seconds FROM invoice_entries ie "
        "JOIN invoice_lines l ON l.id = ie.line_id JOIN invoices i ON i.id = ie.invoice_id "
        "JOIN entries e ON e.uuid = ie.entry_uuid JOIN projects p ON p.id = e.project_id "
        "JOIN clients c ON c.id = p.client_id LEFT JOIN invoices o ON o.cancels_id = i.id "
        f"WHERE i.state = 'issued' AND i.cancels_id IS NULL AND o.id IS NULL AND {where} "
        "GROUP BY l.id, l.net, i.currency, i.vat_currency, i.exchange_rate, c.slug, p.id, p.slug "
        "ORDER BY l.id, p.id",
        *values,
    ):
        lines.setdefault(row.line, []).append(row)
    found = []
    for rows in lines.values():
        first = rows[0]
        if first.currency != "EUR" and first.rate is None:
            continue
        rate = None if first.rate is None else Decimal(first.rate)
        net = in_euro(Money(first.net, first.currency), rate)
        parts = settlement.shares(net.minor, [row.seconds for row in rows])
        found += [
            BilledHours(row.client, row.project, Money(part))
            for row, part in zip(rows, parts, strict=True)
        ]
    return found


def _days(column: str, period: Period) -> tuple[str, list[str]]:
    where, values = ["1 = 1"], []
    for day, sign in ((period.from_, ">="), (period.to, "<=")):
        if day is not None:
            where.append(f"{column} {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(where), values


def invoices_outside(store: Store, period: Period, basis: str = "issued") -> int:
    """How many issued invoices are dated outside of a period, or their work ended there (`performed`)."""
    where, values = _days(_DONE if basis == PERFORMED else "i.date", period)
    return int(
        store.value(
            f"SELECT count(*) FROM invoices i WHERE i.state = 'issued' AND NOT ({where})", *values
        )
    )


def done_elsewhere(store: Store, period: Period) -> list[Any]:
    """Invoices dated in a period whose work ended outside of it, or the other way round: number, date, day, whether it is reverse charge.

    Advances, invoices that were cancelled and what cancels them are not in it.
    """
    dated, values = _days("i.date", period)
    done, more = _days(_DONE, period)
    abroad = dialect.holds("i.vat", _REVERSE)
    return store.rows(
        f"SELECT i.number, i.date, i.period_to AS done, {abroad} AS abroad FROM invoices i "
        f"WHERE i.state = 'issued' AND i.period_to IS NOT NULL AND i.type NOT IN {_ADVANCES} "
        "AND i.cancels_id IS NULL AND NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id) "
        f"AND (({dated}) AND NOT ({done}) OR NOT ({dated}) AND ({done})) ORDER BY i.date, i.id",
        *values, *more, *values, *more,
    )  # fmt: skip


def payments_outside(store: Store, period: Period) -> int:
    """How many payments lie outside a period."""
    first, last = (day.isoformat() if day else None for day in (period.from_, period.to))
    outside = store.value(
        "SELECT count(*) FROM payments WHERE NOT ((? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?))",
        first,
        first,
        last,
        last,
    )
    return int(outside)


def _payments(store: Store, where: str) -> dict[int, list[Paid]]:
    found: dict[int, list[Paid]] = {}
    for invoice_id, day, amount, currency in store.rows(
        "SELECT p.invoice_id, p.day, p.amount, i.currency FROM payments p "
        f"JOIN invoices i ON i.id = p.invoice_id WHERE {where} ORDER BY p.day, p.id"
    ):
        paid = Paid(date.fromisoformat(day), Money(amount, currency), Money(0, currency))
        found.setdefault(invoice_id, []).append(paid)
    return found


def _charged(row: Any, payments: tuple[Paid, ...]) -> Charged:
    currency, cancelled_on = row.currency, row.cancelled_on
    return Charged(
        number=row.number,
        date=date.fromisoformat(row.date),
        client=row.client,
        vat_id=row.vat_id,
        gross=Money(row.gross, currency),
        rows=tuple(
            VatRow(Decimal(rate), category, Money(base, currency), Money(amount, currency), reason)
            for rate, category, base, amount, reason in json.loads(row.vat)
        ),
        payments=payments,
        cancels=row.cancels,
        cancelled_on=date.fromisoformat(cancelled_on) if cancelled_on else None,
        eur_rate=Decimal(row.eur_rate) if row.eur_rate else None,
        advance=row.type in (ADVANCE, PUBLIC_ADVANCE),
        performed=date.fromisoformat(row.performed) if row.performed else None,
    )


def _without(invoice: Charged, prepaid: Charged, amount: int) -> Charged:
    """An invoice less the part of another that it deducts, rate by rate."""
    rows = {(row.rate, row.category): row for row in invoice.rows}
    for row in prepaid.rows:
        base, vat = (
            Money.of(whole.amount * amount / prepaid.gross.minor, whole.currency)
            for whole in (row.base, row.amount)
        )
        key = (row.rate, row.category)
        known = rows.get(key, replace(row, base=base - base, amount=vat - vat))
        rows[key] = replace(known, base=known.base - base, amount=known.amount - vat)
    less = Money(amount, invoice.gross.currency)
    return replace(invoice, rows=tuple(rows.values()), gross=invoice.gross - less)


def _with_skonto(invoice: Charged, agreed: str) -> Charged:
    """The Skonto that was taken, on the payment that closed the invoice."""
    percent, days = parse_skonto(agreed)
    closing = settlement.closing_payment(
        percent,
        invoice.date + timedelta(days=days),
        invoice.gross,
        [settlement.Paid(paid.day, paid.amount.minor) for paid in invoice.payments],
    )
    if closing is None:
        return invoice
    position, taken = closing
    payments = list(invoice.payments)
    payments[position] = replace(payments[position], skonto=taken)
    return replace(invoice, payments=tuple(payments))
