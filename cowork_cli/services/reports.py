"""Sums over recorded hours. Every report tells its range, and how much lies outside of it."""

from collections.abc import Iterable
from decimal import Decimal

from cowork_cli.domain.invoice import hours_of
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.report import HoursRow, UnbilledRow
from cowork_cli.store import clients, entries
from cowork_cli.store.store import Store

KEYS = {
    "day": "day",
    "project": "project_id",
    "client": "project_id",
    "tag": "tags",
    "place": "place",
}


def hours(store: Store, period: Period, by: str) -> tuple[HoursRow, ...]:
    """One row for each day, project, client, tag or place with hours in the period.

    Amounts are hours with two decimals times the rate valid on their day, as an invoice without a
    rounding rule would have them. An entry with two tags counts under both.
    """
    facts = clients.project_facts(store)
    book = clients.rates(store)
    rows: dict[str, _Sum] = {}
    for key, project, first_day, seconds, billable, billed in entries.sums(
        store, KEYS[by], period, _steps(book, facts)
    ):
        full, client, client_id, currency = facts[project]
        rate = book.on(project, client_id, first_day)
        for name in _names(by, key, full, client):
            rows.setdefault(name, _Sum()).add(seconds, billable, billed, rate, currency)
    return tuple(
        HoursRow(key, row.seconds, row.billable, row.billed, row.amount())
        for key, row in sorted(rows.items())
    )


def unbilled(store: Store) -> tuple[UnbilledRow, ...]:
    """What could be billed today, by project."""
    facts = clients.project_facts(store)
    book = clients.rates(store)
    rows: dict[int, _Sum] = {}
    for project, first_day, seconds in entries.unbilled_sums(store, _steps(book, facts)):
        _, _, client_id, currency = facts[project]
        rate = book.on(project, client_id, first_day)
        rows.setdefault(project, _Sum()).add(seconds, seconds, 0, rate, currency)
    named = sorted((facts[project][1], facts[project][0], row) for project, row in rows.items())
    return tuple(
        UnbilledRow(client, full, row.seconds, row.amount()) for client, full, row in named
    )


def range_line(store: Store, period: Period) -> str:
    """`2026-11-23 to 2026-11-29; 12 entries (31 h 5 min) lie outside`."""
    count, seconds = entries.outside(store, period)
    shown = str(period)
    if not count:
        return f"{shown}; nothing lies outside" if period.from_ or period.to else shown
    minutes = seconds // 60
    return f"{shown}; {count} {'entry' if count == 1 else 'entries'} ({minutes // 60} h {minutes % 60} min) outside"


class _Sum:
    """Adds up seconds, and money where every rate is known and the currency is one."""

    def __init__(self) -> None:
        self.seconds = self.billable = self.billed = 0
        self._parts: dict[tuple[Decimal, str], int] = {}
        self._unknown = False

    def add(
        self, seconds: int, billable: int, billed: int, rate: Decimal | None, currency: str
    ) -> None:
        self.seconds += seconds
        self.billable += billable
        self.billed += billed
        if rate is None:
            self._unknown = self._unknown or billable > 0
        elif billable:
            self._parts[rate, currency] = self._parts.get((rate, currency), 0) + billable

    def amount(self) -> Money | None:
        currencies = {currency for _, currency in self._parts}
        if self._unknown or len(currencies) > 1:
            return None
        currency = currencies.pop() if currencies else "EUR"
        return Money.of(
            sum(
                (hours_of(seconds) * rate for (rate, _), seconds in self._parts.items()), Decimal(0)
            ),
            currency,
        )


def _names(by: str, key: str | None, project: str, client: str) -> Iterable[str]:
    if by == "project":
        return (project,)
    if by == "client":
        return (client,)
    if by == "tag":
        return (key or "").split(",") if key else ("(none)",)
    return (key or "(none)",)


def _steps(book: clients.Rates, facts: dict[int, tuple[str, str, int, str]]) -> list[str]:
    """Days on which any rate changes, without the beginning of time."""
    days = {day for project, fact in facts.items() for day in book.steps(project, fact[2])}
    return sorted(days - {clients.ALWAYS})
