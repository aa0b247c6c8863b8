"""`report profit`: income less expenses of a year by the cash method, on the lines of the form EÜR.

What came from clients counts on the day of the payment; an expense on the day on which the bank booked it,
where a booking is matched with it, else on its own date. What recurs and was paid within ten days of the turn of the
year counts in the year it belongs to (`domain.cash_year`). A typing aid, no tax return.
"""

from collections.abc import Iterable
from datetime import date

from cowork_cli.data import eur_lines as form
from cowork_cli.data.artists_levy import RATES, REPORT_BY
from cowork_cli.data.artists_levy import SOURCE as LEVY_SOURCE
from cowork_cli.data.tax import CASES
from cowork_cli.domain.artists_levy import levy
from cowork_cli.domain.cash_year import FIRST_BEFORE, LAST_AFTER, cash_year
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period, months
from cowork_cli.domain.profit import ProfitRow
from cowork_cli.domain.vat_report import Charged, in_euro, received
from cowork_cli.records import dataclass
from cowork_cli.store import books, expenses
from cowork_cli.store.engine.store import Store

_SMALL = (CASES["small-business"].text_de, CASES["small-business"].text_en)
_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Profit:
    """The lines of a year, and the sentences that belong to them."""

    rows: tuple[ProfitRow, ...]
    notes: tuple[str, ...]


def report(store: Store, year: int, *, small_business: bool) -> Profit:
    """Income and expenses of a year. Raises BadInput for a year whose form is not known."""
    form.check_year(year)
    notes: list[str] = []
    spent, refunds = _spent(store, year, small_business, notes)
    income = _income(store, year, notes)
    if refunds.minor:
        income["vat-refund"] = income.get("vat-refund", _NOTHING) + refunds
    rows = [*_income_rows(income, year), *_expense_rows(spent, year)]
    profit = _sum(rows, "income") - _sum(rows, "expense")
    if rows:
        source = form.SOURCE.format(year=year)
        rows += [
            _row(form.income("total", year), _sum(rows, "income"), "total"),
            _row(form.total(year), _sum(rows, "expense"), "total"),
            ProfitRow(None, "income less expenses", profit, year, source, None, "total"),
        ]
    if rows and not form.income("total", year).code_certain:
        notes.append(f"The codes (Kz) are those of {form.CODES_OF}, those of {year} were not seen.")
    notes.append(f"Left out: {'; '.join(form.LEFT_OUT)}.")
    if any(row.label == form.CATEGORIES["gifts"][0] for row in rows):
        notes.append(
            f"Gifts are deducted in full here: above {form.GIFTS_EUR} EUR for a person and year nothing of them is "
            "(§ 4 (5) no. 1 EStG), and whose they were is not known."
        )
    if not small_business:  # whose sums have VAT in them, the levy has not
        notes += _artists(spent.get("advertising", (_NOTHING, _NOTHING))[0], year)
    return Profit(tuple(rows), tuple(notes))


def _artists(advertising: Money, year: int) -> list[str]:
    """What the levy would be, were all that was paid for advertising fees of artists."""
    owed = levy(advertising, year)
    if owed is None or not owed.minor:
        return []
    percent, above = RATES[year]
    return [
        f"If the {advertising} for advertising were fees of self-employed artists (designers, photographers, writers), "
        f"more than {above} EUR in {year}: a levy of {percent} %, {owed}, to be reported by "
        f"{date(year + 1, *REPORT_BY)} ({LEVY_SOURCE.format(year=year)})."
    ]


# ---- income


def _income(store: Store, year: int, notes: list[str]) -> dict[str, Money]:
    """What was received, by line; VAT apart."""
    period = months(year, 1, 12)
    sums: dict[str, Money] = {}
    plain, others = books.plain_sums(store, period, "paid")
    for (category, _, reason), (minor, tax) in plain.items():
        name = _line(category, reason)
        sums[name] = sums.get(name, _NOTHING) + Money(minor)
        sums["vat"] = sums.get("vat", _NOTHING) + Money(tax)
    unknown: list[str] = []
    abroad: list[str] = []
    credit = _NOTHING
    for _, _, invoice in books.charged(store, others):
        if not invoice.known:
            unknown += [invoice.number] if received(invoice, period) else []
            continue
        came = _NOTHING
        if invoice.gross.currency != "EUR" and received(invoice, period):
            abroad.append(invoice.number)
        for row in received(invoice, period):
            base, vat = invoice.euro(row.base), invoice.euro(row.amount)
            came += base + vat
            name = _line(row.category, row.reason)
            sums[name] = sums.get(name, _NOTHING) + base
            if vat.minor:
                sums["vat"] = sums.get("vat", _NOTHING) + vat
        credit += _credit(invoice, period) - came
    if unknown:
        notes.append(f"Not included, as no rate to EUR is recorded: {', '.join(unknown)}.")
    if abroad:
        notes.append(
            f"By the rate on the invoice, not by what arrived in euro: {', '.join(abroad)}."
        )
    if credit.minor:
        notes.append(
            f"Not included: {credit} that was paid beyond what was owed, or given back of it."
        )
    return {name: money for name, money in sums.items() if money.minor}


def _credit(invoice: Charged, period: Period) -> Money:
    """All that moved for an invoice in a period, in euro."""
    assert period.from_ is not None
    assert period.to is not None
    days = [p.amount for p in invoice.payments if period.from_ <= p.day <= period.to]
    return sum((invoice.euro(one) for one in days), _NOTHING)


def _line(category: str, reason: str | None) -> str:
    if category == "S":
        return "taxable"
    return "small-business" if category == "E" and reason in _SMALL else "exempt"


def _income_rows(sums: dict[str, Money], year: int) -> Iterable[ProfitRow]:
    for name in form.INCOME:
        if name in sums:
            yield _row(form.income(name, year), sums[name], "income")


# ---- expenses


def _spent(
    store: Store, year: int, small_business: bool, notes: list[str]
) -> tuple[dict[str | None, tuple[Money, Money]], Money]:
    """Net and VAT by category, and what the tax office gave back."""
    sums: dict[str | None, tuple[Money, Money]] = {}
    refunds = _NOTHING
    unknown: list[str] = []
    first, last = date(year - 1, 12, FIRST_BEFORE), date(year + 1, 1, LAST_AFTER)
    for row in expenses.paid(store, months(year, 1, 12), Period(first, last)):
        if row.number is not None:
            counted = cash_year(row.day, row.belongs_to, row.due)
            if counted.why and year in (counted.year, row.day.year, row.belongs_to):
                other = "; the other reading: " + str(row.belongs_to) if counted.disputed else ""
                notes.append(
                    f"x-{row.number} counts in {counted.year} (§ 11 EStG): {counted.why}{other}."
                )
            if counted.year != year:
                continue
            if row.net.currency != "EUR" and row.eur_rate is None:
                unknown.append(f"x-{row.number}")
                continue
        net, vat = (in_euro(money, row.eur_rate) for money in (row.net, row.vat))
        if small_business:
            net, vat = net + vat, _NOTHING
        if row.category == "vat" and row.refund:
            refunds += -net
            continue
        before = sums.get(row.category, (_NOTHING, _NOTHING))
        sums[row.category] = before[0] + net, before[1] + vat
    if unknown:
        notes.append(f"Not included, as no rate to EUR is recorded: {', '.join(unknown)}.")
    if None in sums:
        notes.append(
            "Expenses without a category stand on no line of the form: record them with `--category`, or they "
            f"may stand on line {form.line(form.OTHER, year).line}."
        )
    return sums, refunds


def _expense_rows(sums: dict[str | None, tuple[Money, Money]], year: int) -> Iterable[ProfitRow]:
    vat = sum((vat for _, vat in sums.values()), _NOTHING)
    rows = []
    for category in form.CATEGORIES:
        net = sums.get(category, (_NOTHING, _NOTHING))[0]
        if not net.minor:
            continue
        line = form.line(category, year)
        kept = Money.of(net.amount * form.MEALS_PERCENT / 100) if category == "meals" else net
        rows.append(_row(line, kept, "expense"))
        if kept != net:
            rows.append(
                ProfitRow(
                    line.line,
                    f"{line.label}, not deductible",
                    net - kept,
                    year,
                    line.source,
                    line.not_deducted,
                    "not-deducted",
                )
            )
    if vat.minor:
        rows.append(_row(form.input_vat(year), vat, "expense"))
    rows.sort(key=lambda row: row.line or 0)
    without = sums.get(None, (_NOTHING, _NOTHING))[0]
    if without.minor:
        source = form.SOURCE.format(year=year)
        rows.append(ProfitRow(None, "without a category", without, year, source, None, "expense"))
    return rows


# ---- rows


def _row(line: form.Line, amount: Money, kind: str) -> ProfitRow:
    return ProfitRow(line.line, line.label, amount, line.year, line.source, line.code, kind)


def _sum(rows: Iterable[ProfitRow], kind: str) -> Money:
    return sum((row.amount for row in rows if row.kind == kind), _NOTHING)
