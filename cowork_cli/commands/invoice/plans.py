"""Recurring invoices: what is agreed, and the run that writes what is due."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import ask_tax
from cowork_cli.commands._lines import TypedLine, line_options, one_line_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import app, press, write_copies
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.invoice_plan import InvoicePlan
from cowork_cli.errors import CoworkError, UsageError, exit_code_of
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices.plan_run import Outcome
    from cowork_cli.services.invoices.typed_lines import Typed

PlanArgument = Annotated[str, Argument(metavar="PLAN", help="For example r-1.")]
Until = Annotated[
    str | None, Option("--until", metavar="DATE", help="The last period begins by then.")
]
OrderRef = Annotated[
    str | None, Option("--order-ref", metavar="R", help="The client's order number.")
]
Note = Annotated[str | None, Option("--note", metavar="T", help="Printed below the totals.")]


@verb(
    app,
    "plan add",
    data=InvoicePlan,
    short='cowork invoice plan add acme --every month --line "Retainer {period}" --price 1200 '
    "--from 2026-12-01",
)
def add(
    context: Context,
    client: Annotated[str, Argument(metavar="CLIENT", help="Who is billed.")],
    every: Annotated[str, Option("--every", metavar="PERIOD", help="month, quarter or year.")],
    from_: Annotated[
        str | None, Option("--from", metavar="DATE", help="First day; default: today.")
    ] = None,
    until: Until = None,
    issue: Annotated[
        bool, Option("--issue", help="Issue its invoices; else they stay drafts.")
    ] = False,
    arrears: Annotated[
        bool, Option("--arrears", help="Due when a period is over, not on its first day.")
    ] = False,
    order_ref: OrderRef = None,
    note: Note = None,
    *,
    lines: Annotated["list[TypedLine]", line_options()],
) -> Result:
    """Agree on an invoice that is written again in every period; {period} in a text is its time."""
    from cowork_cli.services.invoices import plans

    typed = [row.typed for row in lines]
    ask_tax(context, client)
    wanted = plans.Wanted(client, every, typed, from_, until, issue, arrears, order_ref, note)
    plan = plans.add(context.store, wanted, context.today, context.config.get)
    return Result(
        plan, notes=[*_told(plan), "`cowork invoice plan run` writes it, from cron or by hand."]
    )


def _told(plan: InvoicePlan) -> list[str]:
    """The first and the last period of a plan, in full."""
    from cowork_cli.domain.invoice_plan import next_period, period_of

    upcoming = next_period(plan.every, plan.from_, plan.until, {row.from_ for row in plan.periods})
    if upcoming is None:
        return [f"{plan.id} is over: nothing is due any more."]
    notes = [
        f"{plan.id}: {plan.net} net for {upcoming.from_} to {upcoming.to}, due on {plan.next}.",
        *_placeholders(plan),
    ]
    if plan.until:
        number = 0
        while (period_of(plan.every, plan.from_, number + 1).from_ or plan.until) <= plan.until:
            number += 1
        last = period_of(plan.every, plan.from_, number)
        whole = "" if last.to == plan.until else ", billed whole"
        notes.append(f"The last period is {last.from_} to {last.to}{whole}.")
    return notes


def _placeholders(plan: InvoicePlan) -> list[str]:
    """What stands in braces and is not filled in."""
    words = [word for line in plan.lines for word in line.text.replace("{", " {").split()]
    other = [word for word in words if word.startswith("{") and not word.startswith("{period}")]
    if not other:
        return []
    named = ", ".join(dict.fromkeys(word.partition("}")[0] + "}" for word in other))
    return [f"{named} is printed as it is: only {{period}} is filled in."]


@verb(app, "plan list", data=InvoicePlan, many=True, short="cowork invoice plan list")
def list_(context: Context) -> Result:
    """List recurring invoices, and when each is due."""
    from cowork_cli.services.invoices import plans

    rows = plans.every(context.store, context.today, context.config.get)
    hint = (
        "No recurring invoices. Agree on one with `cowork invoice plan add CLIENT --every month …`."
    )
    return Result(rows, empty=hint)


@verb(app, "plan show", data=InvoicePlan, short="cowork invoice plan show r-1")
def show(context: Context, plan: PlanArgument) -> Result:
    """Show a recurring invoice: its lines, its prices, the periods that were billed."""
    from cowork_cli.services.invoices import plans

    row = plans.find(context.store, plan)
    return Result(plans.show(context.store, row, context.today, context.config.get))


@verb(
    app,
    "plan edit",
    data=InvoicePlan,
    short="cowork invoice plan edit r-1 --price 1260 --from 2027-01-01",
)
def edit(
    context: Context,
    plan: PlanArgument,
    from_: Annotated[
        str | None,
        Option("--from", metavar="DATE", help="First day of the price; default: the next period."),
    ] = None,
    until: Annotated[
        str | None,
        Option("--until", metavar="DATE", help="The last period begins by then; or none."),
    ] = None,
    issue: Annotated[bool, Option("--issue", help="Issue its invoices from now on.")] = False,
    draft: Annotated[bool, Option("--draft", help="Leave them as drafts from now on.")] = False,
    order_ref: OrderRef = None,
    note: Note = None,
    *,
    typed: Annotated["Typed", one_line_options()],
) -> Result:
    """Change a recurring invoice or one of its lines, or remove a line; what was billed stays."""
    from cowork_cli.services.invoices import plans

    if issue and draft:
        raise UsageError("an invoice is issued or it stays a draft", "leave one of them out")
    changes = plans.Changes(
        typed,
        from_,
        until,
        True if issue else False if draft else None,
        order_ref,
        note,
    )
    changed = plans.edit(context.store, plan, changes, context.today, context.config.get)
    return Result(changed, notes=[*_told(changed), *_prices(changed)])


def _prices(plan: InvoicePlan) -> list[str]:
    """What is agreed of prices to come."""
    from cowork_cli.domain.invoice_plan import price_steps

    currency = plan.net.currency
    return [
        f"{text}: {row.price:f} {currency} from {row.from_} on." for text, row in price_steps(plan)
    ]


@verb(app, "plan remove", data=InvoicePlan, short="cowork invoice plan remove r-1")
def remove(context: Context, plan: PlanArgument, dry_run: options.DryRun = False) -> Result:
    """End a recurring invoice; what it wrote stays."""
    from cowork_cli.services.invoices import plans

    row = plans.find(context.store, plan)
    found = plans.show(context.store, row, context.today, context.config.get)
    if dry_run:
        return Result(found, notes=[f"Would remove {found.id}. Nothing was changed."])
    context.confirm(f"Remove {found.id} to {found.client} ({found.net} every {found.every})?")
    plans.remove(context.store, plan, context.today, context.config.get)
    return Result(
        found, notes=[f"Removed {found.id}; its invoices stay. `cowork undo` brings it back."]
    )


@verb(app, "plan run", data=Invoice, many=True, short="cowork invoice plan run")
def run(
    context: Context,
    plan: Annotated[str | None, Argument(metavar="[PLAN]", help="Only this one.")] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Write the invoices that are due; for cron: asks nothing, safe to repeat."""
    from cowork_cli.locking import tried
    from cowork_cli.services.invoices import plan_run

    if plan is None and not plan_run.any_due(context.store, context.today):
        return Result([], empty="")
    if dry_run:
        done = plan_run.dry_run(
            context.store, context.today, context.config.get, context.paths.invoices, plan
        )
        return _result(done, ["Nothing was changed (--dry-run)."], [])
    with tried(context.paths.state / "invoice-plans.lock") as alone:
        if not alone:
            return Result([], empty="")
        done = plan_run.run(context.store, context.today, context.config.get, press(context), plan)
        copies = write_copies(context) if done.invoices else []
    return _result(done, [], copies)


def _result(done: "Outcome", more: list[str], copies: list[CoworkError]) -> Result:
    return Result(
        done.invoices,
        notes=[*done.notes, *more],
        problems=[*done.problems, *copies],
        exit_code=exit_code_of(done.problems, done=bool(done.invoices)),
        empty="",
    )
