"""Recurring invoices: agreed on once, looked at, changed, ended. `plan_run` writes what is due."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Line, total
from cowork_cli.domain.invoice_plan import (
    MONTHS,
    InvoicePlan,
    PlanLine,
    due_day,
    first_from,
    next_period,
    price_on,
)
from cowork_cli.domain.period import Period
from cowork_cli.domain.phrases import parse_date
from cowork_cli.errors import BadInput, Conflict, NotFound, UsageError
from cowork_cli.records import dataclass, replace
from cowork_cli.services.clients.clients import find_client
from cowork_cli.services.invoices.drafts import Settings, refuse_unsaid_tax, tax_case
from cowork_cli.services.invoices.quotes import usable_client
from cowork_cli.services.invoices.typed_lines import Typed, new_line
from cowork_cli.store import clients, invoice_plans
from cowork_cli.store.engine.store import Store
from cowork_cli.store.invoice_plans import StoredLine, StoredPlan


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is agreed on; days as they were typed. `from_` None: today."""

    client: str
    every: str
    lines: Sequence[Typed]
    from_: str | None = None
    until: str | None = None
    issue: bool = False
    arrears: bool = False
    order_ref: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is changed; None is not given. `from_` is the day from which a new price counts."""

    line: Typed
    from_: str | None = None
    until: str | None = None
    issue: bool | None = None
    order_ref: str | None = None
    note: str | None = None


def add(store: Store, wanted: Wanted, today: dt.date, settings: Settings) -> InvoicePlan:
    """Keeps a plan. Raises NotFound, UsageError, BadInput, Conflict; then nothing is kept."""
    if wanted.every not in MONTHS:
        raise BadInput(f'every "{wanted.every}" is no period', f"choose one of {', '.join(MONTHS)}")
    if not wanted.lines:
        raise UsageError(
            "a recurring invoice needs a line", 'as in `--line "Retainer" --price 1200`'
        )
    first = parse_date(wanted.from_, today, planned=True) if wanted.from_ else today
    until = _until(wanted.until, first, today)
    with store.transaction():
        client_row = find_client(store, wanted.client)
        client = usable_client(store, client_row, today)
        refuse_unsaid_tax(store, client_row, client, settings)
        plan_id = invoice_plans.add(
            store,
            {
                "client_id": client_row,
                "every": wanted.every,
                "from_day": first.isoformat(),
                "until_day": until.isoformat() if until else None,
                "issue": int(wanted.issue),
                "arrears": int(wanted.arrears),
                "currency": client.currency,
                "order_ref": wanted.order_ref or None,
                "note": wanted.note or None,
            },
        )
        for typed in wanted.lines:
            _add_line(store, plan_id, typed, client, first, settings)
        return show(store, plan_id, today, settings)


def edit(
    store: Store, text: str, changes: Changes, today: dt.date, settings: Settings
) -> InvoicePlan:
    """Changes a plan; what was billed stays. Raises as `add` does."""
    with store.transaction():
        plan_id = find(store, text)
        plan = invoice_plans.one(store, plan_id)
        done = False
        row: dict[str, object] = {}
        if changes.until is not None:
            ends = None if changes.until == "none" else _until(changes.until, plan.from_, today)
            row["until_day"] = ends.isoformat() if ends else None
        if changes.issue is not None:
            row["issue"] = int(changes.issue)
        if changes.order_ref is not None:
            row["order_ref"] = changes.order_ref or None
        if changes.note is not None:
            row["note"] = changes.note or None
        if row:
            invoice_plans.change(store, plan_id, row)
            done = True
        if changes.line.given or changes.line.remove:
            _change_line(store, plan, changes, today, settings)
            done = True
        elif changes.from_ is not None:
            raise UsageError("--from is of a price", "give `--price` too, or leave it out")
        if not done:
            raise UsageError("there is nothing to change", "see `cowork invoice plan edit --help`")
        return show(store, plan_id, today, settings)


def remove(store: Store, text: str, today: dt.date, settings: Settings) -> InvoicePlan:
    """Ends a plan; its invoices stay. Raises NotFound."""
    with store.transaction():
        plan_id = find(store, text)
        plan = show(store, plan_id, today, settings)
        invoice_plans.remove(store, plan_id)
    return plan


def find(store: Store, text: str) -> int:
    """The row of a plan. Raises NotFound."""
    plan_id = invoice_plans.find(store, text)
    if plan_id is None:
        raise NotFound(f'there is no recurring invoice "{text}"', "see `cowork invoice plan list`")
    return plan_id


def show(store: Store, plan_id: int, today: dt.date, settings: Settings) -> InvoicePlan:
    """A plan as it stands, its lines as the next invoice will have them."""
    plan = invoice_plans.one(store, plan_id)
    client = clients.client(store, plan.client_id, today.isoformat())
    done = invoice_plans.periods(store, plan_id)
    upcoming = next_period(plan.every, plan.from_, plan.until, {row.from_ for row in done})
    when = upcoming.from_ if upcoming and upcoming.from_ else done[-1].from_ if done else plan.from_
    stored = invoice_plans.lines(store, plan_id)
    lines = lines_on(stored, when, replace(client, currency=plan.currency), settings)
    return InvoicePlan(
        id=f"r-{plan_id}",
        client=plan.client,
        every=plan.every,
        next=due_day(upcoming, arrears=plan.arrears) if upcoming else None,
        from_=plan.from_,
        until=plan.until,
        lines=tuple(
            PlanLine(
                line.text, line.quantity, line.unit, line.price, line.discount, line.vat_rate,
                line.vat_category, line.net, row.prices, line.discount_percent,
            )
            for line, row in zip(lines, stored, strict=True)
        ),
        issue=plan.issue,
        arrears=plan.arrears,
        net=total(
            tuple(
                line.net
                for line, row in zip(lines, stored, strict=True)
                if row in begun(stored, when)
            ),
            plan.currency,
        ),
        periods=invoice_plans.shown(done),
        order_ref=plan.order_ref,
        note=plan.note,
    )  # fmt: skip


def every(store: Store, today: dt.date, settings: Settings) -> list[InvoicePlan]:
    """All plans."""
    return [show(store, plan.id, today, settings) for plan in invoice_plans.every(store)]


def lines_on(
    stored: Sequence[StoredLine], day: dt.date, client: Client, settings: Settings
) -> list[Line]:
    """The lines of the period that begins on a day: its prices, and the client's VAT as it is now.

    A line that was added from a later day on is not billed yet: see `begun`. Raises Conflict for VAT that must not be charged any more.
    """
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    return [
        new_line(
            Typed(
                None, row.text, row.quantity, row.unit, f"{price_on(row.prices, day):f}", row.vat,
                row.discount,
            ),
            client.currency, client, case,
        )
        for row in stored
    ]  # fmt: skip


def begun(stored: Sequence[StoredLine], day: dt.date) -> list[StoredLine]:
    """The lines that are billed in the period that begins on a day: those agreed on by then."""
    return [row for row in stored if min(price.from_ for price in row.prices) <= day]


def upcoming(store: Store, plan: StoredPlan) -> Period | None:
    """The next period that is not billed; None at the end."""
    done = {row.from_ for row in invoice_plans.periods(store, plan.id)}
    return next_period(plan.every, plan.from_, plan.until, done)


# ---- parts


def _until(text: str | None, first: dt.date, today: dt.date) -> dt.date | None:
    if text is None:
        return None
    until = parse_date(text, today, planned=True)
    if until < first:
        raise BadInput(
            f"it would end on {until}, before it begins ({first})", "give a later `--until`"
        )
    return until


def _add_line(
    store: Store,
    plan_id: int,
    typed: Typed,
    client: Client,
    first: dt.date,
    settings: Settings,
) -> None:
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    line = new_line(typed, client.currency, client, case)
    if line.net.minor < 0 and not line.discount:
        raise Conflict(f'"{line.text}" would come to {line.net}', "an invoice cannot pay out")
    invoice_plans.add_line(store, plan_id, _row(line, typed.vat, typed.discount), line.price, first)


def _change_line(
    store: Store, plan: StoredPlan, changes: Changes, today: dt.date, settings: Settings
) -> None:
    stored = invoice_plans.lines(store, plan.id)
    number = changes.line.number
    if changes.line.remove:
        _remove_line(store, plan, changes, stored)
        return
    if number is None:
        if changes.line.text is not None and changes.line.price is not None:
            number = len(stored) + 1  # as of a draft: what has both is a line of its own
        elif len(stored) > 1:
            raise UsageError(
                f"r-{plan.id} has {len(stored)} lines", "say which, as in `--line 1 --price 130`"
            )
        else:
            number = 1
    client = clients.client(store, plan.client_id, today.isoformat())
    client = replace(client, currency=plan.currency)
    since = _since(store, plan, changes, today)
    if number == len(stored) + 1:
        _add_line(store, plan.id, changes.line, client, since, settings)
        return
    old, typed = _numbered(plan, stored, number), changes.line
    price = typed.price if typed.price is not None else f"{price_on(old.prices, since):f}"
    merged = Typed(
        None,
        typed.text if typed.text is not None else old.text,
        typed.quantity if typed.quantity is not None else old.quantity,
        typed.unit if typed.unit is not None else old.unit,
        price,
        typed.vat if typed.vat is not None else old.vat,
        typed.discount if typed.discount is not None else old.discount,
    )
    if typed.price is not None:
        _refuse_idle(store, plan, old, since)
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    line = new_line(merged, client.currency, client, case)
    invoice_plans.change_line(store, old.id, _row(line, merged.vat, merged.discount))
    if typed.price is not None:
        invoice_plans.set_price(store, old.id, line.price, since)


def _numbered(plan: StoredPlan, stored: Sequence[StoredLine], number: int) -> StoredLine:
    """The line of that number, from 1. Raises Conflict."""
    if not 1 <= number <= len(stored):
        raise Conflict(
            f"r-{plan.id} has no line {number}",
            f"see them with `cowork invoice plan show r-{plan.id}`",
        )
    return stored[number - 1]


def _remove_line(
    store: Store, plan: StoredPlan, changes: Changes, stored: Sequence[StoredLine]
) -> None:
    """Takes a line out of all that is written from now on. Raises UsageError, Conflict."""
    number = changes.line.number
    if number is None:
        raise UsageError("--remove needs --line", "say which, as in `--line 2 --remove`")
    if changes.line.given or changes.from_ is not None:
        raise UsageError("--remove takes nothing but --line", "leave the rest out")
    row = _numbered(plan, stored, number)
    if len(stored) == 1:
        raise Conflict(
            f'"{row.text}" is all that r-{plan.id} bills',
            f"end it with `cowork invoice plan remove r-{plan.id}`, or add another line first",
        )
    invoice_plans.remove_line(store, row.id)


def _since(store: Store, plan: StoredPlan, changes: Changes, today: dt.date) -> dt.date:
    """From when a price counts: the day that was named, else the next period that is not billed."""
    if changes.from_ is not None:
        if changes.line.price is None:
            raise UsageError("--from is of a price", "give `--price` too, or leave it out")
        return parse_date(changes.from_, today, planned=True)
    period = upcoming(store, replace(plan, until=None))
    return period.from_ if period and period.from_ else today


def _refuse_idle(store: Store, plan: StoredPlan, line: StoredLine, since: dt.date) -> None:
    """A price must count for a period to come, also of a plan that is over until it is prolonged.

    Raises Conflict.
    """
    period = upcoming(store, replace(plan, until=None))
    if period is None or period.from_ is None:
        return
    later = min((row.from_ for row in line.prices if row.from_ > since), default=None)
    if later is None or first_from(plan.every, plan.from_, max(since, period.from_)) < later:
        return
    raise Conflict(
        f"a price from {since} on would never count: the next period begins on {period.from_}, and "
        f"from {later} on another one holds",
        f"give a later day, as in `--from {max(later, period.from_)}`",
    )


def _row(line: Line, vat: str | None, discount: str | None) -> dict[str, object]:
    if discount is not None and parse_decimal(discount.strip().rstrip("% "), "discount") == Decimal(
        0
    ):
        discount = None
    return {
        "text": line.text,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "vat": vat,
        "discount": discount,
    }
