"""`report clients`: hours, money and days to pay of each client or project, and what a desk costs an hour.

Billed is net by the date of the invoice, a cancellation on its own; paid is gross by the day of the payment; turnover,
which shares and rates are of, is either of both, net. Hours are those of the days. All in euro: an invoice in a currency without a recorded rate is named and left out.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cowork_cli.data import pension
from cowork_cli.domain.money import Money, round_half_up
from cowork_cli.domain.period import Period
from cowork_cli.domain.profit import ClientRow, DeskCost
from cowork_cli.domain.vat_report import Charged, received, within
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.store import books, expenses
from cowork_cli.store.engine.store import Store

KEYS = ("client", "project")
_BY = {
    "issued": "Turnover is net by the date of the invoice (`--basis paid`: by payment).",
    "paid": "Turnover is net by the day of the payment (`--basis issued`: by invoice).",
}
_WHAT = {"issued": "what was billed", "paid": "what was paid"}
_NOTHING = Money(0)
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class ClientReport:
    """The rows, the largest first; what desks cost; and the sentences that belong to them."""

    rows: tuple[ClientRow, ...]
    desk: DeskCost
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Money:
    """What a client was billed and paid, of that the turnover, and the days that each closed invoice took."""

    billed: Money
    paid: Money
    turnover: Money
    days: tuple[int, ...]


_NONE = _Money(_NOTHING, _NOTHING, _NOTHING, ())


def report(store: Store, period: Period, by: str, basis: str) -> ClientReport:
    """The rows of a period, by `client` or by `project`; turnover by invoice (`issued`) or by payment (`paid`).

    Raises BadInput for payments by project.
    """
    if by == "project" and basis == "paid":
        raise BadInput("a payment is of no project", "leave out `--by project` or `--basis paid`")
    hours = books.hours(store, period)
    money, unknown = _money(store, period, basis)
    total = sum((row.turnover.minor for row in money.values()), 0)
    rows = (
        _clients(hours, money, total) if by == "client" else _projects(store, hours, period, total)
    )
    notes = [_BY[basis]] if rows else []
    if unknown:
        notes.append(f"Not included, as no rate to EUR is recorded: {', '.join(unknown)}.")
    if by == "project":
        notes.append("Lines without hours, and cancelled invoices, are of no project.")
    ordered = tuple(
        sorted(rows, key=lambda row: (-row.turnover.minor, row.client, row.project or ""))
    )
    notes += _share(money, total, _WHAT[basis])
    billable = sum(row.billable for row in hours)
    desk = _desk(store, period, billable)
    if desk.per_hour is not None and desk.cost.minor:
        notes.append(f"Desks cost {desk.cost}, {desk.per_hour} for each billable hour.")
    return ClientReport(ordered, desk, tuple(notes))


def _money(store: Store, period: Period, basis: str) -> tuple[dict[str, _Money], list[str]]:
    found: dict[str, _Money] = {}
    unknown: list[str] = []
    for _, _, invoice in books.charged(store):
        payments = [paid for paid in invoice.payments if within(paid.day, period)]
        dated = within(invoice.date, period)
        came_in = received(invoice, period) if basis == "paid" else []
        if not (dated or payments or came_in):
            continue
        if not invoice.known:
            unknown.append(invoice.number)
            continue
        net = sum((invoice.euro(row.base) for row in invoice.rows), _NOTHING) if dated else _NOTHING
        came = sum((invoice.euro(paid.amount) for paid in payments), _NOTHING)
        turnover = net
        if basis == "paid":
            turnover = sum((invoice.euro(row.base) for row in came_in), _NOTHING)
        closed = _closed(invoice)
        days = ((closed - invoice.date).days,) if closed and within(closed, period) else ()
        before = found.get(invoice.client, _NONE)
        found[invoice.client] = _Money(
            before.billed + net, before.paid + came, before.turnover + turnover, before.days + days
        )
    return found, unknown


def _closed(invoice: Charged) -> date | None:
    """The day of the payment with which nothing was open any more."""
    left = invoice.gross.minor
    if left <= 0 or invoice.cancelled_on is not None:
        return None
    for paid in invoice.payments:
        left -= paid.amount.minor + paid.skonto.minor
        if left <= 0:
            return paid.day
    return None


def _clients(hours: Iterable[books.Hours], money: dict[str, _Money], total: int) -> list[ClientRow]:
    spent: dict[str, tuple[int, int]] = {}
    for row in hours:
        seconds, billable = spent.get(row.client, (0, 0))
        spent[row.client] = seconds + row.seconds, billable + row.billable
    rows = []
    for client in sorted({*spent, *money}):
        told = money.get(client, _NONE)
        seconds, billable = spent.get(client, (0, 0))
        rows.append(
            ClientRow(
                client,
                None,
                seconds,
                billable,
                told.billed,
                told.paid,
                _mean(told.days),
                _rate(told.turnover, seconds),
                _percent(told.turnover.minor, total),
                told.turnover,
            )
        )
    return rows


def _projects(
    store: Store, hours: Iterable[books.Hours], period: Period, total: int
) -> list[ClientRow]:
    billed: dict[tuple[str, str], Money] = {}
    for row in books.billed_hours(store, period):
        key = (row.client, row.project)
        billed[key] = billed.get(key, _NOTHING) + row.net
    spent = {(row.client, row.project): row for row in hours}
    rows = []
    for key in sorted({*spent, *billed}):
        net, own = billed.get(key, _NOTHING), spent.get(key)
        seconds, billable = (own.seconds, own.billable) if own else (0, 0)
        rows.append(
            ClientRow(
                key[0],
                f"{key[0]}/{key[1]}",
                seconds,
                billable,
                net,
                None,
                None,
                _rate(net, seconds),
                _percent(net.minor, total),
                net,
            )
        )
    return rows


def _mean(days: tuple[int, ...]) -> int | None:
    return int(round_half_up(Decimal(sum(days)) / len(days), 0)) if days else None


def _rate(net: Money, seconds: int) -> Money | None:
    return Money.of(net.amount * _HOUR / seconds) if seconds else None


def _percent(part: int, total: int) -> Decimal | None:
    return round_half_up(Decimal(part) * 100 / total, 1) if total > 0 else None


def _share(money: dict[str, _Money], total: int, what: str) -> list[str]:
    """The share of the largest client, and the rule where it may matter; no verdict."""
    if total <= 0 or not money:
        return []
    client, largest = max(money.items(), key=lambda item: item[1].turnover.minor)
    percent = _percent(largest.turnover.minor, total)
    told = [f"The largest client is {client} with {percent} % of {what}."]
    part, whole = pension.SHARE
    if largest.turnover.minor * whole >= total * part:
        told.append(f"{pension.RULE}: {pension.MEANING}.")
    return told


def _desk(store: Store, period: Period, billable: int) -> DeskCost:
    """What was spent on rooms and desks: the category `rent`, and what a booking cost."""
    cost = Money(expenses.desk_cost(store, period))
    return DeskCost(cost, billable, _rate(cost, billable))
