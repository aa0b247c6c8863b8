"""Budgets of projects, in hours or in money, and how much of them is used.

Used is real time, also of the running timer, and what it is worth at the rates of its days: rules
of rounding wait until it is billed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cowork_cli.domain.money import Money, round_half_up
from cowork_cli.domain.report import BudgetRow
from cowork_cli.records import replace
from cowork_cli.services.hours.reports import Sum, rate_steps
from cowork_cli.store import clients, entries
from cowork_cli.store.engine.store import Store
from cowork_cli.store.rates import rates

WARN_FROM = 80  # percent


def budgets(store: Store, person: str | None = None) -> tuple[BudgetRow, ...]:
    """Every project with a budget that is not archived, by id.

    Used, and the percentage, by `person` alone where one is given; the state is of all hours either way.
    """
    known = clients.budgets(store)
    rows = _rows(store, known)
    if person is None:
        return rows
    own = _rows(store, known, person)
    return tuple(replace(one, state=row.state) for one, row in zip(own, rows, strict=True))


def warning(store: Store, project_id: int) -> str | None:
    """What to say when time is recorded for a project: from 80 percent on, else None.

    Sums nothing for a project without a budget.
    """
    rows = _rows(store, clients.budgets(store, project_id))
    if not rows or rows[0].state == "ok":
        return None
    row = rows[0]
    if row.budget is not None and row.used is not None:
        used, budget = str(row.used), str(row.budget)
    else:
        used, budget = _hours(row.used_s), _hours(row.budget_s or 0)
    percent = f"{row.percent:f} %"
    if row.state == "over":
        return f"{row.project} is over its budget: {used} of {budget} ({percent})"
    return f"{row.project} has used {used} of its budget of {budget} ({percent})"


def _rows(store: Store, known: Sequence[Any], person: str | None = None) -> tuple[BudgetRow, ...]:
    if not known:
        return ()
    facts = {row[0]: (row[1], "", row[2], row[3]) for row in known}
    used = _used(store, facts, person)
    return tuple(_row(row, used.get(row[0]) or Sum()) for row in known)


def _used(
    store: Store, facts: Mapping[int, tuple[str, str, int, str]], person: str | None
) -> dict[int, Sum]:
    book = rates(store)
    sums: dict[int, Sum] = {}
    rows = entries.used_sums(store, list(facts), rate_steps(book, facts), person)
    for project, first_day, seconds, billable in rows:
        _, _, client_id, currency = facts[project]
        rate = book.valid(project, client_id, first_day)
        sums.setdefault(project, Sum()).add(seconds, billable, 0, rate, currency)
    return sums


def _row(row: Sequence[Any], used: Sum) -> BudgetRow:
    _, full, _, currency, budget_s, budget_minor = row
    worth = used.amount()
    money = Money(worth.minor, currency) if worth else None
    budget = None if budget_minor is None else Money(budget_minor, currency)
    percent = None
    if budget_s is not None:
        percent = Decimal(100) * used.seconds / budget_s
    elif money is not None:
        percent = Decimal(100) * money.minor / budget_minor
    return BudgetRow(
        project=full,
        budget_s=budget_s,
        used_s=used.seconds,
        budget=budget,
        used=money,
        percent=None if percent is None else round_half_up(percent, 1),
        state=_state(percent),
    )


def _state(percent: Decimal | None) -> str:
    """Of the exact percentage. What cannot be known is no reason to warn."""
    if percent is None or percent < WARN_FROM:
        return "ok"
    return "over" if percent > 100 else "warning"


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
