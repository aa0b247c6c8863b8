"""Sums over recorded hours. Every report tells its range, and how much lies outside of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.domain.report import HoursRow, UnbilledRow
from cowork_cli.domain.zones import seconds_of
from cowork_cli.store import entries
from cowork_cli.store import rates as rate_store
from cowork_cli.store.rates import ALWAYS, Rate, Rates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cowork_cli.domain.billing import Terms
    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store

KEYS = {
    "day": "day",
    "project": "project_id",
    "client": "project_id",
    "tag": "tags",
    "place": "place",
    "person": "person",
}


def hours(
    store: Store,
    period: Period,
    by: str,
    projects: frozenset[int] | None = None,
    person: str | None = None,
) -> tuple[HoursRow, ...]:
    """One row for each day, project, client, tag, place or person with hours in the period.

    `projects` are the rows of those that count, `person` whose hours do (as the store holds it), None
    for all.

    Amounts are hours with two decimals times the rate valid on their day (of a day rate: hours by
    the hours of a day), as an invoice without a rounding rule, travel factor and half days would
    have them. An entry with two tags counts under both.
    """
    facts = entries.project_facts(store)
    book = rate_store.rates(store)
    rows: dict[str, Sum] = {}
    steps = rate_steps(book, facts)
    owner = store.owner if by == "person" else None
    for key, project, first_day, seconds, billable, issued in entries.sums(
        store, KEYS[by], period, steps, _alike(book, facts, steps), projects=projects, person=person
    ):
        full, client, client_id, currency = facts[project]
        rate = book.valid(project, client_id, first_day)
        for name in _names(by, key or owner, full, client):
            rows.setdefault(name, Sum()).add(seconds, billable, issued, rate, currency)
    return tuple(
        HoursRow(key, row.seconds, row.billable, row.billed, row.amount())
        for key, row in sorted(rows.items())
    )


def projects_of(store: Store, client: str | None, project: str | None) -> frozenset[int] | None:
    """The rows of the projects that a client or a project names, by their ids; None where neither is given."""
    if client is None and project is None:
        return None
    return frozenset(
        row
        for row, (full, owner, *_) in entries.project_facts(store).items()
        if owner == (client or owner) and full == (project or full)
    )


def unbilled(store: Store, person: str | None = None) -> tuple[UnbilledRow, ...]:
    """What is on no issued invoice yet, by project: what a draft of all of it would net now.

    Of everybody, or of one `person`.

    One grouped sum, and single entries only for projects whose terms look at them.
    """
    rows = unbilled_by_row(store, person=person).values()
    return tuple(sorted(rows, key=lambda row: (row.client, row.project)))


def unbilled_by_row(
    store: Store, projects: frozenset[int] | None = None, person: str | None = None
) -> dict[int, UnbilledRow]:
    """The same by the row of the project; of `projects`, None for all."""
    facts, terms = entries.project_facts(store), _terms(store)
    single = [
        project
        for project, agreed in terms.items()
        if not _summable(agreed) and (projects is None or project in projects)
    ]
    summed = _summed(store, facts, frozenset(single), projects, person)
    return summed | _single(store, facts, terms, single, person)


def _terms(store: Store) -> dict[int, Terms]:
    """What was agreed for each project; none where nobody agreed on anything but a rate."""
    if not rate_store.is_more_agreed(store):
        return {}
    from cowork_cli.store import clients

    return clients.terms(store)


def drafted_line(store: Store) -> str | None:
    """`5 h 45 min of it are in draft-1`, None without drafts."""
    held = entries.drafted(store)
    if not held:
        return None
    minutes = sum(seconds for _, seconds in held) // 60
    drafts = ", ".join(f"draft-{draft}" for draft, _ in held)
    return f"{minutes // 60} h {minutes % 60} min of it are in {drafts}"


def range_line(store: Store, period: Period) -> str:
    """`2026-11-23 to 2026-11-29; 12 entries (31 h 5 min) lie outside`."""
    count, seconds = entries.outside(store, period)
    shown = str(period)
    if not count:
        return f"{shown}; nothing lies outside" if period.from_ or period.to else shown
    minutes = seconds // 60
    return f"{shown}; {count} {'entry' if count == 1 else 'entries'} ({minutes // 60} h {minutes % 60} min) outside"


def _alike(
    book: Rates, facts: Mapping[int, tuple[str, str, int, str]], steps: list[str]
) -> dict[int, int]:
    """For each project the first one whose hours are worth the same, on every day."""
    first: dict[tuple[object, ...], int] = {}
    return {
        project: first.setdefault(
            (currency, *(book.valid(project, client, day) for day in (ALWAYS, *steps))), project
        )
        for project, (_, _, client, currency) in facts.items()
    }


def running_line(store: Store, now: datetime, period: Period | None = None) -> str | None:
    """`the timer of acme/site (2 h 15 min so far) is left out`; None if none runs in the period."""
    running = entries.running(store, seconds_of(now)) if entries.is_running(store) else None
    if running is None:
        return None
    day = running.from_.date()
    if period and ((period.from_ and day < period.from_) or (period.to and day > period.to)):
        return None
    minutes = running.duration_s // 60
    length = f"{minutes // 60} h {minutes % 60} min"
    return f"the timer of {running.project} ({length} so far) is left out"


def rate_steps(book: Rates, facts: Mapping[int, tuple[str, str, int, str]]) -> list[str]:
    """Days on which any rate changes, without the beginning of time."""
    days = {day for project, fact in facts.items() for day in book.steps(project, fact[2])}
    return sorted(days - {ALWAYS})


class Sum:
    """Adds up seconds, and money where every rate is known and the currency is one.

    Each rate makes one amount, rounded as a line of an invoice is.
    """

    def __init__(self) -> None:
        self.seconds = self.billable = self.billed = 0
        self._parts: dict[tuple[Rate, str], int] = {}
        self._unknown = False

    def add(
        self, seconds: int, billable: int, billed: int, rate: Rate | None, currency: str
    ) -> None:
        """Adds seconds that have one rate."""
        self.seconds += seconds
        self.billable += billable
        self.billed += billed
        if rate is None:
            self._unknown = self._unknown or billable > 0
        elif billable:
            self._parts[rate, currency] = self._parts.get((rate, currency), 0) + billable

    def amount(self) -> Money | None:
        """The money, None where a rate is not known or the currencies differ."""
        currencies = {currency for _, currency in self._parts}
        if self._unknown or len(currencies) > 1:
            return None
        currency = currencies.pop() if currencies else "EUR"
        if not self._parts:
            return Money(0, currency)
        from cowork_cli.domain.money import line_net

        nets = [
            line_net(_quantity(seconds, rate), rate.money, None, currency)
            for (rate, _), seconds in self._parts.items()
        ]
        return Money(sum(amount.minor for amount in nets), currency)


def _quantity(seconds: int, rate: Rate) -> Decimal:
    if rate.hours_per_day is None:
        from cowork_cli.domain.money import hours_of

        return hours_of(seconds)
    from cowork_cli.domain.billing import days_of

    return days_of(seconds, rate.hours_per_day)


def _summable(terms: Terms) -> bool:
    return terms.plain and terms.half_day_from_s is None


def _summed(
    store: Store,
    facts: Mapping[int, tuple[str, str, int, str]],
    besides: frozenset[int],
    projects: frozenset[int] | None,
    person: str | None,
) -> dict[int, UnbilledRow]:
    """Rows of the projects whose billed time is their real time, from one grouped sum."""
    book = rate_store.rates(store)
    sums: dict[int, Sum] = {}
    steps = rate_steps(book, facts)
    for project, first_day, seconds in entries.unbilled_sums(store, steps, projects, person):
        if project not in besides:
            _, _, client_id, currency = facts[project]
            rate = book.valid(project, client_id, first_day)
            sums.setdefault(project, Sum()).add(seconds, seconds, 0, rate, currency)
    return {
        project: UnbilledRow(
            facts[project][1], facts[project][0], row.seconds, row.amount(), row.seconds
        )
        for project, row in sums.items()
    }


def _single(
    store: Store,
    facts: Mapping[int, tuple[str, str, int, str]],
    terms: Mapping[int, Terms],
    projects: list[int],
    person: str | None,
) -> dict[int, UnbilledRow]:
    """Rows of the other projects, from their entries as a draft takes them."""
    if not projects:
        return {}
    from cowork_cli.services.hours.billing import Work, billed, net

    book = rate_store.rates(store)
    work: dict[int, list[Work]] = {}
    without_rate = set()
    rates: dict[tuple[int, str], Rate | None] = {}
    for entry_id, uuid, project, day, seconds, tags in entries.unbilled_rows(
        store, projects, person
    ):
        if (project, day) not in rates:
            rates[project, day] = book.valid(project, facts[project][2], day)
        rate = rates[project, day]
        if rate is None:
            without_rate.add(project)
        item = Work(
            (entry_id, uuid), facts[project][0], date.fromisoformat(day), seconds,
            rate or Rate(Decimal(0)), terms[project], tags,
        )  # fmt: skip
        work.setdefault(project, []).append(item)
    rows = {}
    for project, own in work.items():
        full, client, _, currency = facts[project]
        done = billed(own)
        amount = None if project in without_rate else net(done, currency)
        real, counted = sum(item.seconds for item in own), sum(item.seconds for item in done)
        rows[project] = UnbilledRow(client, full, real, amount, counted)
    return rows


def _names(by: str, key: str | None, project: str, client: str) -> Iterable[str]:
    if by == "project":
        return (project,)
    if by == "client":
        return (client,)
    if by == "tag":
        return (key or "").split(",") if key else ("(none)",)
    return (key or "(none)",)
