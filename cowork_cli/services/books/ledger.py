"""The books as transactions of two sides: what `report vat` and `invoice list` say, as balances.

    assets:receivable:CLIENT     `open` of the client's invoices, in their own currency
    liabilities:credit:CLIENT    money that came for an invoice which was cancelled then
    income:CASE[:RATE]:CLIENT    base of `report vat`
    liabilities:vat:…            output, purchases under § 13b UStG, input: together `payable`
    income|liabilities:unpaid:…  the same, invoiced and not received yet, where VAT is due by payment
    expenses:CATEGORY            net, or gross where no VAT is deducted
    assets:bank                  payments and expenses; what else the bank saw is not known here

What counts, and on which day, is decided by `domain.vat_report.counted` for both. An amount in another
currency counts in euro by the rate that is recorded; without one it stays as it is on every side.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.data.tax import EU
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.invoice import VatRow, vat_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import INVOICED, Charged, counted, in_euro, within
from cowork_cli.records import dataclass
from cowork_cli.services.books.vat_report import case_of

BANK = ("assets", "bank")
ROUNDING = ("income", "rounding")
OPENING = ("equity", "opening")
Account = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount on an account, debit above zero. `worth` is what all of it is in another currency."""

    account: Account
    amount: Money
    worth: Money | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """What happened on a day. `document` is the number of the invoice or the id of the expense."""

    day: date
    document: str
    payee: str
    text: str
    postings: tuple[Posting, ...]


def transactions(
    invoices: Sequence[Charged],
    spent: Iterable[Expense],
    period: Period,
    basis: str,
    *,
    small_business: bool,
) -> list[Transaction]:
    """All of a period by day, after what was open when it began. `spent` are its expenses."""
    every = [made for invoice in invoices for made in _events(invoice, basis)]
    found = [made for made in every if within(made.day, period)]
    found += [_expense(item, small_business=small_business) for item in spent]
    found = [made for made in found if made.postings]
    if period.from_ is not None:
        first = period.from_
        found += _opening([made for made in every if made.day < first], first)
    return sorted(found, key=lambda made: (made.day, made.document != ""))


# ---- invoices


def _events(invoice: Charged, basis: str) -> Iterator[Transaction]:
    """What an invoice brings about on each of its days."""
    days = {invoice.date, *(paid.day for paid in invoice.payments)}
    if invoice.cancelled_on is not None:
        days.add(invoice.cancelled_on)
    for day in sorted(days):
        yield Transaction(
            day, invoice.number, invoice.client, _text(invoice, day), _postings(invoice, day, basis)
        )


def _text(invoice: Charged, day: date) -> str:
    if day == invoice.cancelled_on:
        return f"Invoice {invoice.number} is cancelled"
    if day != invoice.date:
        return f"Payment of {invoice.number}"
    if invoice.cancels is not None:
        return f"Cancellation {invoice.number} of {invoice.cancels}"
    return f"Invoice {invoice.number}"


def _postings(invoice: Charged, day: date, basis: str) -> tuple[Posting, ...]:
    """What the client owes from the day on, income and VAT of it, and the money of the day."""
    before, until = Period(None, day - timedelta(days=1)), Period(None, day)
    income = list(_income(invoice, before, until, basis))
    worth = _sum((-side.amount for side in income), _currency(invoice))
    charged = _owed(invoice, until) - _owed(invoice, before)
    receivable = ("assets", "receivable", invoice.client)
    if charged.currency == worth.currency:
        owed = [Posting(receivable, charged), Posting(ROUNDING, worth - charged)]
    else:
        owed = [Posting(receivable, charged, worth) if charged.minor else Posting(ROUNDING, worth)]
    sides = (*owed, *income, *_settled(invoice, day))
    return tuple(side for side in sides if side.amount.minor)


def _income(invoice: Charged, before: Period, until: Period, basis: str) -> Iterator[Posting]:
    """What was added to income and VAT, and to what is invoiced but not received yet."""
    due = _grown(invoice, before, until, basis)
    by_invoice = basis == "issued" and not invoice.advance
    issued = due if by_invoice else _grown(invoice, before, until, INVOICED)
    for row in invoice.rows:
        key = _key(row)
        places = (_place(row, invoice), ("vat", "output", _rate(row.rate)))
        for top, place, now, whole in zip(
            ("income", "liabilities"), places, due[key], issued[key], strict=True
        ):
            yield Posting((top, *place), -now)
            yield Posting((top, "unpaid", *place), now - whole)


_Key = tuple[str, Decimal, str | None]


def _key(row: VatRow) -> _Key:
    return row.category, row.rate, row.reason


def _grown(
    invoice: Charged, before: Period, until: Period, basis: str
) -> dict[_Key, tuple[Money, Money]]:
    first, last = _counted(invoice, before, basis), _counted(invoice, until, basis)
    return {key: (base - first[key][0], vat - first[key][1]) for key, (base, vat) in last.items()}


def _counted(invoice: Charged, until: Period, basis: str) -> dict[_Key, tuple[Money, Money]]:
    """Base and VAT of each row so far, in euro where its rate is known."""
    nothing = Money(0, _currency(invoice))
    sums = {_key(row): (nothing, nothing) for row in invoice.rows}
    for row in counted(invoice, until, basis):
        base, vat = sums[_key(row)]
        sums[_key(row)] = base + _told(invoice, row.base), vat + _told(invoice, row.amount)
    return sums


def _owed(invoice: Charged, until: Period) -> Money:
    """What the client was to pay for it so far: its total less the Skonto, until it is cancelled."""
    owed = Money(0, invoice.gross.currency)
    if within(invoice.date, until):
        owed = invoice.gross
    if invoice.cancelled_on is None or not within(invoice.cancelled_on, until):
        for paid in invoice.payments:
            if within(paid.day, until):
                owed -= paid.skonto
    return owed


def _settled(invoice: Charged, day: date) -> Iterator[Posting]:
    """Money received, and on the day of a cancellation what is to be paid back."""
    cancelled = invoice.cancelled_on
    receivable = ("assets", "receivable", invoice.client)
    credit = ("liabilities", "credit", invoice.client)
    for paid in invoice.payments:
        late = cancelled is not None and paid.day > cancelled
        if paid.day == day:
            yield Posting(BANK, paid.amount)
            yield Posting(credit if late else receivable, -paid.amount)
        if cancelled == day and not late:
            yield Posting(receivable, paid.amount)
            yield Posting(credit, -paid.amount)


def _place(row: VatRow, invoice: Charged) -> Account:
    case = case_of(row)
    return (case, _rate(row.rate), invoice.client) if row.rate else (case, invoice.client)


# ---- expenses


def _expense(item: Expense, *, small_business: bool) -> Transaction:
    """A purchase: paid by the bank on its day, its VAT where it can be deducted or is owed (§ 13b UStG)."""
    rate = item.eur_rate
    known = item.net.currency == "EUR" or rate is not None
    net = in_euro(item.net, rate) if known else item.net
    vat = in_euro(item.vat, rate) if known else item.vat
    paid = net + vat
    if item.reverse_charge:
        vat = vat_amount(net, item.vat_rate)
        owed = [Posting(("liabilities", "vat", "purchase", *_origin(item)), -vat)]
    else:
        owed = []
    input_vat = Posting(("liabilities", "vat", "input", *_origin(item)), vat)
    cost = net
    if small_business:
        cost, input_vat = net + vat, Posting(input_vat.account, vat - vat)
    foreign = item.gross.currency != paid.currency
    sides = (
        Posting(("expenses", item.category or ("desk" if item.booking else "unsorted")), cost),
        input_vat,
        *owed,
        Posting(BANK, -item.gross, -paid) if foreign else Posting(BANK, -paid),
    )
    postings = tuple(side for side in sides if side.amount.minor)
    return Transaction(item.date, item.id, "", item.text, postings)


def _origin(item: Expense) -> Account:
    """The rate, and for a purchase under § 13b UStG whether its seller sits in another EU state."""
    if not item.reverse_charge:
        return (_rate(item.vat_rate),)
    eu = item.country in EU and item.country != "DE"
    return ("eu" if eu else "other", _rate(item.vat_rate))


# ---- the beginning of a period


def _opening(earlier: Iterable[Transaction], first: date) -> list[Transaction]:
    """What clients owed, what they were owed, and what was not received yet, when a period began."""
    sums: dict[tuple[Account, str], Money] = {}
    for made in earlier:
        for side in made.postings:
            if side.account[:2] in _CARRIED or side.account[1] == "unpaid":
                key = side.account, side.amount.currency
                sums[key] = sums.get(key, Money(0, side.amount.currency)) + side.amount
    open_ = [(account, money) for (account, _), money in sorted(sums.items()) if money.minor]
    if not open_:
        return []
    postings = [Posting(account, money) for account, money in open_]
    postings += [Posting(OPENING, -money) for _, money in open_]
    return [Transaction(first, "", "", "Open when the period began", tuple(postings))]


_CARRIED = (("assets", "receivable"), ("liabilities", "credit"))


# ---- small things


def _rate(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _currency(invoice: Charged) -> str:
    return "EUR" if invoice.known else invoice.gross.currency


def _told(invoice: Charged, money: Money) -> Money:
    return invoice.euro(money) if invoice.known else money


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum(money.minor for money in amounts), currency)
