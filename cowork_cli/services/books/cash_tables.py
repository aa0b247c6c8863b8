"""What of the adviser's folder is of the cash method: the bookings of the bank, and the lines of the form EÜR."""

from collections.abc import Iterator, Sequence

from cowork_cli.data import eur_lines
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput
from cowork_cli.services.books import profit
from cowork_cli.store import bank
from cowork_cli.store.engine.store import Store

BANK = (
    "id", "account", "booked", "valued", "amount", "currency", "name", "iban", "text", "reference",
    "state", "invoices", "expense", "rest",
)  # fmt: skip
PROFIT = ("year", "line", "kz", "label", "amount", "kind", "source")


def bank_rows(store: Store, period: Period) -> Iterator[Sequence[object]]:
    """The bookings of a period, with what they pay."""
    for one in bank.bookings(store, period):
        yield (
            one.id, one.account, one.booked, one.valued, one.amount.amount, one.currency, one.name,
            one.iban, one.text, one.reference, one.state, " ".join(one.invoices), one.expense,
            one.rest.amount,
        )  # fmt: skip


def profit_rows(
    store: Store, period: Period, *, small_business: bool
) -> Iterator[Sequence[object]]:
    """The lines of each calendar year that lies whole in the period and whose form is known."""
    if period.from_ is None or period.to is None:
        return
    for year in range(period.from_.year, period.to.year + 1):
        if (year, 1, 1) < period.from_.timetuple()[:3] or (year, 12, 31) > period.to.timetuple()[
            :3
        ]:
            continue
        try:
            eur_lines.check_year(year)
        except BadInput:
            continue
        for row in profit.report(store, year, small_business=small_business).rows:
            yield year, row.line, row.code, row.label, row.amount.amount, row.kind, row.source
