"""Income by where it came from: the people who brought a lead or an order, beside what membership costs.

The net of each line of an issued invoice is counted once: for whom brought its project, else for whom brought its
client; of several, for the one who was noted first. What nobody is noted for stands as one row of its own.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cowork_cli.domain.money import Money
from cowork_cli.domain.nouns import count
from cowork_cli.domain.people import OriginRow
from cowork_cli.domain.period import Period
from cowork_cli.store import contracts, origin
from cowork_cli.store import people as kept

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_MONTHS = {"month": 1, "year": 12}


def report(store: "Store", period: Period, today: date) -> tuple[list[OriginRow], list[str]]:
    """A row for each person and currency, one for the rest, one for each contract; also what to say."""
    by_project: dict[int, str] = {}
    by_client: dict[int, str] = {}
    for person, _, client, project in kept.brought(store):
        if project is not None:
            by_project.setdefault(project, person)
        elif client is not None:
            by_client.setdefault(client, person)
    sums: dict[tuple[str, str], int] = {}
    numbers: dict[tuple[str, str], set[int]] = {}
    for line in origin.lines(store, period):
        person = next((by_project[one] for one in line.projects if one in by_project), "")
        key = person or by_client.get(line.client, ""), line.currency
        sums[key] = sums.get(key, 0) + line.net
        numbers.setdefault(key, set()).add(line.invoice)
    rows = [
        OriginRow(
            person or "nobody noted", "person" if person else "none", "order or lead" if person else "",
            len(numbers[person, currency]), Money(net, currency),
        )
        for (person, currency), net in sorted(sums.items(), key=lambda item: (not item[0][0], -item[1]))
    ]  # fmt: skip
    cost, notes = _costs(store, period, today)
    return [*rows, *cost], notes


def _costs(store: "Store", period: Period, today: date) -> tuple[list[OriginRow], list[str]]:
    """What the contracts with spaces cost in the period, by their price; those without one are said."""
    rows, notes = [], []
    for agreed in contracts.every(store):
        first = max(filter(None, (period.from_, agreed.terms.starts)))
        last = min(filter(None, (period.to, agreed.ends, today)))
        if last < first:
            continue
        per = agreed.price.per if agreed.price else None
        if agreed.price is None or per not in _MONTHS:
            why = "has no price" if agreed.price is None else f"has a price a {per}"
            notes.append(
                f"c-{agreed.number} ({agreed.name}) {why}: what it cost is not in the rows."
            )
            continue
        months = _months(first, last)
        amount = agreed.price.money.amount * Decimal(months) / _MONTHS[per or "month"]
        tax = "" if agreed.price.tax == "unknown" else f" {agreed.price.tax}"
        rows.append(
            OriginRow(
                agreed.name, "cost", f"{_begun(months)}, c-{agreed.number}{tax}", 0,
                -Money.of(amount, agreed.price.money.currency),
            )
        )  # fmt: skip
    more, said = _memberships(store, period, today)
    return [*rows, *more], [*notes, *said]


def _memberships(store: "Store", period: Period, today: date) -> tuple[list[OriginRow], list[str]]:
    """What memberships cost by the price of their plan; one with a contract is in the row of that."""
    from cowork_cli.store import memberships, plans

    prices = {plan.id: plan.price for plan in plans.every(store)}
    rows, notes = [], []
    for held in memberships.every(store):
        first = max(filter(None, (period.from_, held.starts)))
        last = min(filter(None, (period.to, held.ends, today)))
        if held.contract or last < first:
            continue
        price = prices.get(held.plan) if held.plan else None
        if price is None or price.per not in (*_MONTHS, "once"):
            why = (
                f"has {held.plan}, without a price a month"
                if held.plan
                else "names no plan and no contract"
            )
            notes.append(f"{held.id} ({held.name}) {why}: what it cost is not in the rows.")
            continue
        tax = "" if price.tax == "unknown" else f" {price.tax}"
        amount, span = price.money.amount, "bought once"
        if price.per == "once" and held.starts < first:
            continue
        if price.per in _MONTHS:
            months = _months(first, last)
            amount = amount * Decimal(months) / _MONTHS[price.per]
            span = _begun(months)
        rows.append(
            OriginRow(
                held.name, "cost", f"{span}, {held.id}, {held.plan}{tax}", 0,
                -Money.of(amount, price.money.currency),
            )
        )  # fmt: skip
    return rows, notes


def _months(first: date, last: date) -> int:
    """Calendar months that have begun."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _begun(months: int) -> str:
    return f"{count(months, 'month')} begun"
