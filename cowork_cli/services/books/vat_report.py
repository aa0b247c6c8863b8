"""`report vat`: the figures of a VAT return and of the EC sales list, from invoices and expenses."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cowork_cli.data.eur_lines import WITHOUT_VAT
from cowork_cli.data.tax import EU, case_named
from cowork_cli.data.vat_return import NOT_COVERED
from cowork_cli.domain.expense import Cost
from cowork_cli.domain.invoice import VatRow, vat_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.nouns import count
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import (
    KINDS,
    PERFORMED,
    REVERSE_CHARGE,
    Charged,
    VatLine,
    VatReportRow,
    counted,
    in_euro,
    total,
    within,
)
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.services.books.eu_sales import perhaps_goods
from cowork_cli.services.books.vat_lines import lines
from cowork_cli.store import books, expenses
from cowork_cli.store.engine.store import Store

_NOTHING = Money(0, "EUR")
_SHOWN = 5  # invoices that a note names
# Case, category, rate, VAT id and client, printed reason.
_Key = tuple[str, str, Decimal, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class VatReport:
    """The rows of a period, the sentences that belong to them, and the lines of the VAT return."""

    rows: tuple[VatReportRow, ...]
    notes: tuple[str, ...]
    lines: tuple[VatLine, ...] = ()


def report(store: Store, period: Period, basis: str, *, small_business: bool) -> VatReport:
    """VAT of a period by invoice (`issued`), by the end of the work (`performed`) or by payment (`paid`), and the sum.

    Input VAT counts by the date of the expense whatever the basis; a small business deducts none, but
    owes the VAT of purchases under § 13b UStG as others do.
    """
    plain, others = books.plain_sums(store, period, basis)
    invoices = [invoice for _, _, invoice in books.charged(store, others)]
    costs = expenses.costs(store, period)
    spent = [item for item in costs if item.category not in WITHOUT_VAT]
    rows = [*_turnover(plain, invoices, period, basis)]
    bought = [item for item in spent if item.reverse_charge]
    rows += _purchases(bought, "purchase")
    if not small_business:
        rows += [*_input(item for item in spent if not item.reverse_charge)]
        rows += _purchases(bought, "input")
    rows += [*_left_out(invoices, bought if small_business else spent, period, basis)]
    if rows:
        rows.append(_payable(rows))
    notes = [f"Range: {_range_line(store, period, basis)}."]
    left_out = [row.document or "" for row in rows if row.kind == "not-included"]
    if left_out:
        notes.append(f"Not included, as no rate to EUR is recorded: {', '.join(left_out)}.")
    if any(row.kind == "reverse-charge" for row in rows):
        notes += perhaps_goods(store, invoices, [period])
    if basis == "paid" and any(row.kind == "reverse-charge" for row in rows):
        notes.append("Reverse charge counts by invoice, not by payment (§ 18b UStG).")
    notes += _no_input(item for item in costs if item.category in WITHOUT_VAT)
    notes += _done_elsewhere(store, period, basis)
    if any(invoice.advance for invoice in invoices) and basis != "paid":
        notes.append("An invoice for an advance counts by its payments (§ 13 (1) no. 1 a UStG).")
    if small_business and any(not item.reverse_charge for item in spent):
        notes.append("A small business deducts no input VAT (§ 19 UStG); expenses are left out.")
    notes += _changed_over(rows, small_business=small_business)
    if bought:
        notes.append(
            "Purchases under § 13b UStG count by the date of the expense; due is the VAT of a service "
            "from the EU for the time in which it was rendered."
        )
    made, more = _form(rows, period, small_business=small_business, bought=bool(bought))
    notes += more
    order = {kind: place for place, kind in enumerate(KINDS)}
    return VatReport(tuple(sorted(rows, key=lambda row: order[row.kind])), tuple(notes), made)


def _no_input(costs: Iterable[Cost]) -> list[str]:
    """What was spent and is no purchase: the VAT that was paid to the tax office, allowances."""
    left_out = list(costs)
    paid = [item.net for item in left_out if item.category == "vat" and item.net.currency == "EUR"]
    notes = []
    if paid:
        notes.append(f"VAT paid to the tax office is no input VAT: {total(paid)} is left out.")
    if any(item.category != "vat" for item in left_out):
        notes.append("Allowances and mileage hold no input VAT, and are left out.")
    return notes


def _done_elsewhere(store: Store, period: Period, basis: str) -> list[str]:
    """The invoices that another period has by the end of their work, where they are counted by their date."""
    if basis == PERFORMED:
        return []
    rows = books.done_elsewhere(store, period)
    if basis == "paid":  # of which only services abroad go by the work
        rows = [row for row in rows if row.abroad]
    if not rows:
        return []
    told = [
        f"{row.number} ({'dated' if within(date.fromisoformat(row.done), period) else 'done'} "
        f"{row.date if within(date.fromisoformat(row.done), period) else row.done})"
        for row in rows[:_SHOWN]
    ]
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return [
        f"Warning: of another period by the end of the work, which decides where VAT is due by agreed amounts "
        f"(§ 13 (1) no. 1 a UStG): {', '.join(told)}{more}. See it so with `--basis {PERFORMED}`."
    ]


def _changed_over(rows: Iterable[VatReportRow], *, small_business: bool) -> list[str]:
    """A warning where the range has invoices of the other kind: input VAT goes by what you are set up as now."""
    kinds = {row.case if row.case == "small-business" else row.category for row in rows if row.case}
    if small_business and "S" in kinds:
        return [
            "Warning: VAT was charged in this range, and you are set up as a small business: input VAT of "
            "the time in which you were none is left out."
        ]
    if (
        not small_business
        and "small-business" in kinds
        and any(row.kind == "input" for row in rows)
    ):
        return [
            "Warning: this range has invoices under § 19 UStG: input VAT of what was bought while you were a "
            "small business is not deductible (§ 19 (1) UStG), and is counted here; report the time "
            "after the change alone, as in `--from DATE --to DATE`."
        ]
    return []


def _form(
    rows: list[VatReportRow], period: Period, *, small_business: bool, bought: bool
) -> tuple[tuple[VatLine, ...], list[str]]:
    """The lines of the form of the year that the period lies in, and why there are none."""
    if small_business and not bought:
        return (), [
            "Nothing is due: a small business files no advance VAT return (§ 19 (1) UStG), unless the tax "
            "office asks, or for purchases under § 13b UStG."
        ]
    if not rows:
        return (), []
    if period.from_ is None or period.to is None or period.from_.year != period.to.year:
        return (), ["The lines of the VAT return are those of a period within one year."]
    missing = "; ".join(f"{codes} {what}" for codes, what in NOT_COVERED.items())
    try:
        return lines(rows, period.from_.year), [
            f"Not covered by the lines: {missing}.",
        ]
    except BadInput as error:
        return (), [f"No lines of the VAT return: {error.message}."]


def case_of(row: VatRow) -> str:
    """The name of the VAT case of a row."""
    return case_named(row.category, row.rate, row.reason)


def _turnover(
    plain: dict[books.VatKey, tuple[int, int]],
    invoices: Iterable[Charged],
    period: Period,
    basis: str,
) -> Iterable[VatReportRow]:
    """Output VAT by rate and case; reverse charge by the VAT id of the customer."""
    sums: dict[_Key, tuple[Money, Money]] = {
        (
            case_named(category, Decimal(rate), reason),
            category,
            Decimal(rate),
            None,
            None,
            reason,
        ): (
            Money(base),
            Money(vat),
        )
        for (category, rate, reason), (base, vat) in plain.items()
    }
    for invoice in invoices:
        if not invoice.known:
            continue
        for row in counted(invoice, period, basis):
            by_customer = row.category == REVERSE_CHARGE
            who = (invoice.vat_id, invoice.client) if by_customer else (None, None)
            key = (case_of(row), row.category, row.rate, *who, row.reason)
            base, vat = sums.get(key, (_NOTHING, _NOTHING))
            sums[key] = base + invoice.euro(row.base), vat + invoice.euro(row.amount)
    for key in sorted(sums, key=_place):
        case, category, rate, vat_id, client, reason = key
        kind = "reverse-charge" if category == REVERSE_CHARGE else "output"
        yield VatReportRow(kind, case, category, rate, *sums[key], vat_id, client, None, reason)


def _place(key: _Key) -> tuple[object, ...]:
    """Highest rate first, then by case, customer and text."""
    case, _, rate, *names = key
    return -rate, case, *(name or "" for name in names)


def _input(spent: Iterable[Cost]) -> Iterable[VatReportRow]:
    sums: dict[Decimal, tuple[Money, Money]] = {}
    for item in spent:
        if _told(item):
            base, vat = sums.get(item.vat_rate, (_NOTHING, _NOTHING))
            sums[item.vat_rate] = (
                base + in_euro(item.net, item.eur_rate),
                vat + in_euro(item.vat, item.eur_rate),
            )
    for rate in sorted(sums, reverse=True):
        yield VatReportRow("input", None, None, rate, *sums[rate])


def _purchases(bought: Iterable[Cost], kind: str) -> list[VatReportRow]:
    """§ 13b UStG: of suppliers in other EU states and of others, by rate."""
    sums: dict[tuple[str, Decimal], tuple[Money, Money]] = {}
    for item in bought:
        if _told(item):
            eu = item.country in EU and item.country != "DE"
            key = ("eu-purchase" if eu else "other-purchase", item.vat_rate)
            base, vat = sums.get(key, (_NOTHING, _NOTHING))
            net = in_euro(item.net, item.eur_rate)
            sums[key] = base + net, vat + vat_amount(net, item.vat_rate)
    return [
        VatReportRow(kind, case, REVERSE_CHARGE, rate, *sums[case, rate])
        for case, rate in sorted(sums)
    ]


def _left_out(
    invoices: Iterable[Charged], spent: Iterable[Cost], period: Period, basis: str
) -> Iterable[VatReportRow]:
    """What cannot be told in euro, each document with its own currency."""
    for invoice in invoices:
        for row in [] if invoice.known else counted(invoice, period, basis):
            yield VatReportRow(
                "not-included", case_of(row), row.category, row.rate, row.base, row.amount,
                invoice.vat_id, invoice.client, invoice.number,
            )  # fmt: skip
    for item in spent:
        if not _told(item):
            yield VatReportRow(
                "not-included", None, None, item.vat_rate, item.net, item.vat, None, None, item.ids
            )


def _told(item: Cost) -> bool:
    return item.net.currency == "EUR" or item.eur_rate is not None


def _payable(rows: Iterable[VatReportRow]) -> VatReportRow:
    signs = {"output": 1, "reverse-charge": 1, "purchase": 1, "input": -1}
    due = sum(signs.get(row.kind, 0) * row.vat.minor for row in rows)
    return VatReportRow("payable", None, None, None, None, Money(due, "EUR"))


def _range_line(store: Store, period: Period, basis: str) -> str:
    how = {"paid": "by payment", PERFORMED: "by the end of the work"}.get(basis, "by invoice date")
    if period.from_ is None and period.to is None:
        return f"{period}, {how}"
    parts = []
    if basis == "paid":
        parts.append(_counted(books.payments_outside(store, period), "payment"))
    else:
        parts.append(_counted(books.invoices_outside(store, period, basis), "invoice"))
    parts.append(_counted(expenses.outside(store, period), "expense"))
    lying = " and ".join(part for part in parts if part)
    return f"{period}, {how}; {lying + ' outside' if lying else 'nothing lies outside'}"


def _counted(number: int, noun: str) -> str:
    return count(number, noun) if number else ""
