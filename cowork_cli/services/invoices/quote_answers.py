"""What the client says to a quote: yes, which makes a project and its budget of it, or no."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.domain.client import Client, Project
from cowork_cli.domain.money import Money
from cowork_cli.domain.quote import Quote, agreed
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import checked_slug
from cowork_cli.services.clients.fields import project_columns
from cowork_cli.services.identifiers.slugs import free_slug, slug_of
from cowork_cli.services.invoices.quotes import find, line_row
from cowork_cli.store import clients, quotes
from cowork_cli.store.engine.store import Store

_HOURS = "hour"


@dataclass(frozen=True, slots=True)
class Yes:
    """An acceptance. `on` is the client's day; `with_` and `without` are numbers of lines.

    `project` is the id of one that exists or is new; None: that of the quote, or a new one. Without
    `makes_project` there is none, and no budget.
    """

    on: dt.date
    project: str | None = None
    with_: Sequence[int] = ()
    without: Sequence[int] = ()
    makes_project: bool = True


def check_answerable(quote: Quote) -> None:
    """Raises Conflict for a quote that waits for no answer."""
    see = f"see it with `cowork quote show {quote.number}`"
    if quote.state == "draft":
        raise Conflict(
            f"quote {quote.number} was not sent yet", f"send it: `cowork quote send {quote.number}`"
        )
    if quote.state in ("accepted", "declined"):
        raise Conflict(f"quote {quote.number} was {quote.state} on {quote.decided}", see)


def too_late(quote: Quote, on: dt.date) -> bool:
    """Whether an answer of that day came after the last day of the quote."""
    return on > quote.valid_until


def accept(store: Store, text: str, yes: Yes, today: dt.date) -> tuple[Quote, tuple[str, ...]]:
    """Notes the client's yes; returns the quote and what is to be told.

    One transaction: the lines agreed on, the project with its budget, the state. Raises NotFound,
    BadInput, and Conflict for a quote that waits for no answer; then nothing is changed.
    """
    with store.transaction():
        quote_id, found = find(store, text, today)
        check_answerable(found)
        _check_day(found, yes.on, today)
        _take_lines(store, quote_id, found, yes)
        chosen = quotes.quote(store, quote_id, today.isoformat())
        sum_agreed = agreed(chosen.lines, chosen.currency)
        if sum_agreed.minor <= 0:
            raise Conflict(
                f"of quote {found.number} nothing would be agreed", "leave a line in: `--with N`"
            )
        told: tuple[str, ...] = ()
        changes: dict[str, object] = {"state": "accepted", "decided": yes.on.isoformat()}
        if yes.makes_project:
            project_id, told = _project(store, quote_id, chosen, sum_agreed, yes, today)
            changes["project_id"] = project_id
        quotes.change(store, quote_id, changes)
        return quotes.quote(store, quote_id, today.isoformat()), told


def decline(store: Store, text: str, on: dt.date, reason: str | None, today: dt.date) -> Quote:
    """Notes the client's no. Raises as `accept` does."""
    with store.transaction():
        quote_id, found = find(store, text, today)
        check_answerable(found)
        _check_day(found, on, today)
        quotes.change(
            store,
            quote_id,
            {"state": "declined", "decided": on.isoformat(), "reason": reason or None},
        )
        return quotes.quote(store, quote_id, today.isoformat())


def _check_day(quote: Quote, on: dt.date, today: dt.date) -> None:
    if on > today:
        raise BadInput(f"the day of the answer ({on}) is in the future", "give another `--on`")
    if on < quote.date:
        raise Conflict(
            f"the answer of {on} is older than quote {quote.number} ({quote.date})",
            "give a later `--on`",
        )


def _take_lines(store: Store, quote_id: int, quote: Quote, yes: Yes) -> None:
    ids = quotes.line_ids(store, quote_id)
    both = sorted({*yes.with_} & {*yes.without})
    if both:
        raise BadInput(f"line {both[0]} is given with and without", "leave one of them out")
    for number in yes.with_:
        row = line_row(quote, ids, number)
        if quote.lines[number - 1].choice is None:
            raise Conflict(
                f"line {number} of quote {quote.number} is no choice, it is agreed anyway",
                "leave `--with` out",
            )
        quotes.take_line(store, row, taken=True)
    for number in yes.without:
        quotes.take_line(store, line_row(quote, ids, number), taken=False)


# ---- the project


def _project(
    store: Store, quote_id: int, quote: Quote, worth: Money, yes: Yes, today: dt.date
) -> tuple[int, tuple[str, ...]]:
    client_row = quotes.client_of(store, quote_id)
    client = clients.client(store, client_row, today.isoformat())
    if client.currency != quote.currency:
        raise Conflict(
            f"quote {quote.number} is in {quote.currency}, but {client.id} pays in {client.currency} now: "
            "no project of it can have that budget",
            f"leave the project out, `cowork quote accept {quote.number} --no-project`, or "
            f"`cowork client edit {client.id} --currency {quote.currency}`",
        )
    row_id, planned = quotes.project_of(store, quote_id)
    named = yes.project or planned
    if named is not None:
        named = named if "/" in named else f"{client.id}/{named}"
        owner, _, slug = named.partition("/")
        if owner != client.id:
            raise Conflict(
                f"{named} is a project of {owner}, but quote {quote.number} was made to {client.id}",
                f"name one of `cowork project list --client {client.id}`",
            )
        row_id = clients.project_id_of(store, client.id, slug)
    if row_id is not None:
        return row_id, (_more_budget(store, row_id, quote, worth, today),)
    slug = named.partition("/")[2] if named else _free_slug(store, client, quote, today)
    return _new_project(store, (client_row, client), slug, quote, worth, today)


def _new_project(
    store: Store, whose: tuple[int, Client], slug: str, quote: Quote, worth: Money, today: dt.date
) -> tuple[int, tuple[str, ...]]:
    client_row, client = whose
    rate = _one_rate(quote)
    fields: dict[str, object] = {"billable": True, "budget": _as_budget(worth)}
    if rate:
        fields["rate" if rate[0] == _HOURS else "day_rate"] = f"{rate[1]:f}"
    columns, new_rate = project_columns(fields, client.currency, {})
    row = {
        "client_id": client_row,
        "slug": checked_slug(slug, "project"),
        "name": quote.title or quote.lines[0].text.partition("\n")[0],
        **columns,
    }
    project_id = clients.insert_project(store, row, new_rate)
    said = f"Made the project {client.id}/{slug} with a budget of {worth}"
    return project_id, (f"{said}{f' and a rate of {rate[1]:f}' if rate else ''}.",)


def _more_budget(store: Store, project_id: int, quote: Quote, worth: Money, today: dt.date) -> str:
    """Adds what was agreed to the budget of a project; returns what is to be told."""
    project = clients.project(store, project_id, today.isoformat())
    if project.archived:
        raise Conflict(
            f"the project {project.id} is archived",
            f"bring it back with `cowork project archive {project.id} --undo`",
        )
    if project.budget_s is not None:
        hours = _hours_of(quote)
        if hours is None:
            return (
                f"The budget of {project.id} is in hours and stays as it is; `cowork project edit "
                f"{project.id} --budget {worth.amount:f}{worth.currency.lower()}` makes it money."
            )
        more = int(hours * 3600)
        changes: dict[str, object] = {"budget_s": project.budget_s + more}
        clients.update_project(store, project_id, changes, None, today.isoformat())
        return f"The budget of {project.id} grew by {hours.normalize():f} h."
    after = worth if project.budget is None else project.budget + worth
    columns, _ = project_columns({"budget": _as_budget(after)}, quote.currency, {})
    clients.update_project(store, project_id, columns, None, today.isoformat())
    if project.budget is None:
        return _first_budget(project, after)
    return f"The budget of {project.id} grew from {project.budget} to {after}."


def _first_budget(project: Project, budget: Money) -> str:
    return f"{project.id} has a budget of {budget} now."


def _as_budget(worth: Money) -> str:
    return f"{worth.amount:f}{worth.currency.lower()}"


def _one_rate(quote: Quote) -> tuple[str, Decimal] | None:
    """Unit and price of the hours or days agreed on, if there is just one."""
    rates = {
        (row.unit, row.price) for row in quote.lines if row.taken and row.unit in ("hour", "day")
    }
    return rates.pop() if len(rates) == 1 else None


def _hours_of(quote: Quote) -> Decimal | None:
    """The hours agreed on; None where something else than hours is."""
    taken = [row for row in quote.lines if row.taken]
    if any(row.unit != _HOURS for row in taken):
        return None
    return sum((row.quantity for row in taken), Decimal(0))


def _free_slug(store: Store, client: Client, quote: Quote, today: dt.date) -> str:
    """An id for the new project, of the title or the number of the quote."""
    known = clients.projects(store, today.isoformat(), archived=True, client=client.id)
    taken = {row.id.partition("/")[2] for row in known}
    return free_slug(slug_of(quote.title or "") or slug_of(quote.number) or "project", taken)
