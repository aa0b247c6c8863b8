"""What has to agree to the cent: invoices, payments, bank, VAT, profit, DATEV and the ledgers."""

from cowork_cli.domain.period import Period
from cowork_cli.services.books import datev, ledger, profit, vat_report
from cowork_cli.store import bank, books, expenses, invoices
from tests.services.books.random_year import FIRST, LAST, Year

PERIOD = Period(FIRST, LAST)
BESIDE = ("AE",)  # told by invoice, whatever the basis


def check(year: Year) -> None:
    """Raises AssertionError where two sums differ."""
    _bank(year)
    _invoices(year)
    _vat_and_profit(year)
    _datev(year)
    _ledger(year)


def _payments(year: Year) -> list[tuple[int, int]]:
    return [(row.invoice_id, row.amount) for row in bank.payments(year.store)]


def _paid(year: Year) -> int:
    return sum(amount for _, amount in _payments(year))


def _skonto(year: Year) -> int:
    return sum(
        paid.skonto.minor for _, _, one in books.charged(year.store) for paid in one.payments
    )


def _bank(year: Year) -> None:
    rows = bank.bookings(year.store, PERIOD)
    assert len(rows) == len(year.entries), "each booking once"
    assert sum(row.amount.minor for row in rows) == year.moved
    linked = {}
    for row in rows:
        links = bank.links(year.store, int(row.id.removeprefix(bank.PREFIX)))
        assert row.rest.minor == row.amount.minor - sum(link.amount for link in links)
        for link in links:
            if link.payment is not None:
                linked[link.payment] = link.amount
    amounts = {row.id: row.amount for row in bank.payments(year.store)}
    assert linked == {payment: amounts[payment] for payment in linked}


def _invoices(year: Year) -> None:
    shown = invoices.invoices(year.store, PERIOD, LAST.isoformat())
    assert sum(one.gross.minor for one in shown) == sum(one.gross for one in year.billed)
    assert sum(one.paid.minor for one in shown) == _paid(year)


def _vat_and_profit(year: Year) -> None:
    by_invoice = vat_report.report(year.store, PERIOD, "issued", small_business=False).rows
    told = [row for row in by_invoice if row.kind in ("output", "reverse-charge")]
    charged = sum(row.vat.minor + (row.base.minor if row.base else 0) for row in told)
    granted = _skonto_of_counting(year)
    assert charged == sum(one.gross for one in year.billed) - granted

    bases = [_charged(year, basis) for basis in ("issued", "performed")]
    assert bases[0] == bases[1], "over all time it does not matter which day decides"

    rows = profit.report(year.store, 2026, small_business=False).rows
    income = sum(row.amount.minor for row in rows if row.kind == "income")
    assert income == _paid(year) - _credit(year)
    by_payment = vat_report.report(year.store, PERIOD, "paid", small_business=False).rows
    output = [row for row in by_payment if row.kind == "output"]
    received = sum(row.vat.minor + (row.base.minor if row.base else 0) for row in output)
    assert received == income - _reverse_charge(year)
    (vat,) = [row.amount.minor for row in rows if row.label == "VAT received"] or [0]
    assert vat == sum(row.vat.minor for row in output)
    spent = sum(row.amount.minor for row in rows if row.kind == "expense")
    assert spent == year.spent
    deducted = sum(row.vat.minor for row in by_payment if row.kind == "input")
    (input_vat,) = [row.amount.minor for row in rows if row.label == "input VAT paid"] or [0]
    assert input_vat == deducted


def _charged(year: Year, basis: str) -> int:
    """Base and VAT of all time."""
    rows = vat_report.report(year.store, Period(None, None), basis, small_business=False).rows
    return sum(
        row.vat.minor + (row.base.minor if row.base else 0)
        for row in rows
        if row.kind in ("output", "reverse-charge")
    )


def _skonto_of_counting(year: Year) -> int:
    """Skonto of invoices that count; that of a cancelled one was taken back with it."""
    cancelled = {one.number for one in year.billed if one.cancelled}
    return sum(
        paid.skonto.minor
        for _, _, one in books.charged(year.store)
        if one.number not in cancelled
        for paid in one.payments
    )


def _credit(year: Year) -> int:
    """Payments beyond what was owed, and all that came for what is cancelled."""
    paid: dict[int, int] = {}
    for invoice, amount in _payments(year):
        paid[invoice] = paid.get(invoice, 0) + amount
    granted = {
        row: sum(one.skonto.minor for one in charged.payments)
        for row, _, charged in books.charged(year.store)
    }
    credit = 0
    for one in year.billed:
        came = paid.get(one.row, 0)
        credit += came if one.cancelled else max(0, came - (one.gross - granted[one.row]))
    return credit


def _reverse_charge(year: Year) -> int:
    """What was received for rows of which the customer owes the VAT."""
    from cowork_cli.domain.vat_report import received

    return sum(
        row.base.minor + row.amount.minor
        for _, _, one in books.charged(year.store)
        for row in received(one, PERIOD)
        if row.category in BESIDE
    )


def _datev(year: Year) -> None:
    rows = [(client, invoice) for _, client, invoice in books.charged(year.store)]
    account = datev.account_of(29098, 55003, "SKR03")
    batch = datev.batch(
        rows, expenses.expenses(year.store, PERIOD), PERIOD, account, small_business=False
    )
    assert batch.problems == ()
    bank_account = datev.data.CHART["SKR03"].bank
    came = owed = spent = 0
    for row in batch.bookings:
        minor = row.amount.minor * (1 if row.debit else -1) * (-1 if row.reversal else 1)
        debtor = datev.data.FIRST_DEBTOR
        if row.account >= debtor:
            owed += minor
        elif row.against >= debtor:
            owed -= minor
            came += minor if row.account == bank_account else 0
        else:
            assert row.against == bank_account
            spent += minor
    assert came == _paid(year)
    assert spent == year.spent
    assert owed == sum(one.gross for one in year.billed) - _paid(year) - _skonto(year)


def _ledger(year: Year) -> None:
    charged = [invoice for _, _, invoice in books.charged(year.store)]
    spent = expenses.expenses(year.store, PERIOD)
    for basis in ("issued", "paid"):
        made = ledger.transactions(charged, spent, PERIOD, basis, small_business=False)
        balances: dict[tuple[str, ...], int] = {}
        for one in made:
            assert sum(side.amount.minor for side in one.postings) == 0, one
            for side in one.postings:
                key = side.account[:2]
                balances[key] = balances.get(key, 0) + side.amount.minor
        shown = invoices.invoices(year.store, PERIOD, LAST.isoformat())
        assert balances.get(("assets", "receivable"), 0) == sum(one.open.minor for one in shown)
        assert balances.get(("assets", "bank"), 0) == _paid(year) - year.spent
        assert ("income", "rounding") not in balances or not balances["income", "rounding"]
