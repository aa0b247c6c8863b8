"""`report zm`: services to businesses in other EU states, by VAT id and quarter (§ 18a UStG).

By the date of the invoice, as Kz 21 is, whatever the basis of the VAT return; each sum is cut to whole
euro once, so that both agree.
"""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date

from cowork_cli.data import sales_list as data
from cowork_cli.domain.calendar_days import add_months
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period, months
from cowork_cli.domain.vat_report import Charged, SalesListRow, within
from cowork_cli.services.books.eu_sales import eu_services, perhaps_goods
from cowork_cli.store import books
from cowork_cli.store.engine.store import Store

Moved = Callable[[date], date]


def rows(store: Store, period: Period, moved: Moved) -> tuple[list[SalesListRow], list[str]]:
    """The lines of each quarter that the period touches, and what is not in them or is doubtful, as notes.

    `moved` is the working day for a day on which something is due.
    """
    invoices = [invoice for _, _, invoice in books.charged(store)]
    unknown: list[str] = []
    found: list[SalesListRow] = []
    quarters = _quarters(invoices, period)
    for quarter in quarters:
        sums: dict[str, tuple[str, Money]] = {}
        for invoice in invoices:
            net = eu_services(invoice, quarter)
            if net is None:
                continue
            if not invoice.known:
                unknown.append(invoice.number)
                continue
            assert invoice.vat_id is not None
            client, before = sums.get(invoice.vat_id, (invoice.client, Money(0)))
            sums[invoice.vat_id] = client, before + invoice.euro(net)
        found += [
            SalesListRow(
                _name(quarter), vat_id, client, Money(int(base.amount) * 100), data.SERVICES,
                moved(due(quarter)), data.SOURCE,
            )
            for vat_id, (client, base) in sorted(sums.items())
        ]  # fmt: skip
    notes = []
    if unknown:
        left_out = ", ".join(dict.fromkeys(unknown))
        notes.append(f"Not included, as no rate to EUR is recorded: {left_out}.")
    return found, [
        *notes,
        *_done_elsewhere(invoices, quarters),
        *perhaps_goods(store, invoices, quarters),
    ]


def _done_elsewhere(invoices: Iterable[Charged], quarters: Iterable[Period]) -> list[str]:
    """A warning that names what was rendered in another quarter than its invoice is dated in."""
    told = dict.fromkeys(
        f"{invoice.number} (done {invoice.performed}, dated {invoice.date})"
        for quarter in quarters
        for invoice in invoices
        if invoice.performed is not None
        and within(invoice.performed, quarter) != within(invoice.date, quarter)
        and eu_services(invoice, Period(None, None)) is not None
    )
    if not told:
        return []
    return [
        "Warning: services are told in the quarter in which they were rendered (§ 18a (8) UStG), here by the date "
        f"of the invoice: {', '.join(told)}."
    ]


def due(quarter: Period) -> date:
    """The 25th after a quarter, before weekends and holidays move it."""
    assert quarter.from_ is not None
    return add_months(quarter.from_, 3).replace(day=data.DAY_OF_MONTH)


def written(lines: Iterable[SalesListRow]) -> bytes:
    """The file for the form: a line for each VAT id; UTF-8 without a mark."""
    text = io.StringIO()
    text.write(f"{data.VERSION}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(data.HEAD)
    for row in lines:
        writer.writerow((row.vat_id, f"{row.base.amount:.0f}", row.kind))
    return text.getvalue().encode()


def _quarters(invoices: Iterable[Charged], period: Period) -> list[Period]:
    days = [invoice.date for invoice in invoices]
    if not days:
        return []
    first, last = period.from_ or min(days), period.to or max(days)
    start = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    found = []
    while start <= last:
        found.append(months(start.year, start.month, 3))
        start = add_months(start, 3)
    return found


def _name(quarter: Period) -> str:
    assert quarter.from_ is not None
    return f"{quarter.from_.year}-Q{(quarter.from_.month + 2) // 3}"


def has_services(store: Store, quarter: Period) -> bool:
    """Whether there is something to tell of a quarter: there is no statement of nothing."""
    return any(eu_services(invoice, quarter) is not None for _, _, invoice in books.charged(store))
