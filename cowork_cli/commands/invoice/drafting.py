"""Drafts: make, look at, list, drop."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import ask_tax, exemption_warnings
from cowork_cli.commands._lines import one_line_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import DraftArgument, NumberArgument, app, write_copies
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.period import Period
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices import drafts
    from cowork_cli.services.invoices.typed_lines import Typed


@verb(app, "draft", data=Invoice, short="cowork invoice draft acme --month")
def draft(
    context: Context,
    period: Annotated[Period, options.period_options()],
    client: Annotated[str, Argument(metavar="CLIENT", help="Whose hours.")],
    project: Annotated[
        list[str], Option("--project", metavar="P", help="Only this one; again for more.")
    ] = [],  # noqa: B006
    group: Annotated[
        str, Option("--group", metavar="KEY", help="project, day, entry or tag.")
    ] = "project",
    series: Annotated[str, Option("--series", metavar="S", help="Number series.")] = "invoice",
    order_ref: Annotated[
        str | None, Option("--order-ref", metavar="R", help="The client's order number.")
    ] = None,
    note: Annotated[
        str | None, Option("--note", metavar="T", help="Printed below the totals.")
    ] = None,
    replaces: Annotated[
        str | None,
        Option("--replaces", metavar="NUMBER", help="A cancelled invoice, made anew."),
    ] = None,
    empty: Annotated[bool, Option("--empty", help="Without hours, for own lines.")] = False,
    advance: Annotated[
        bool, Option("--advance", help="For work to come, in the period given.")
    ] = False,
    quote: Annotated[
        str | None, Option("--quote", metavar="NUMBER", help="What an accepted quote leaves.")
    ] = None,
    share: Annotated[
        str | None, Option("--share", metavar="30%", help="Of the quote, as an advance.")
    ] = None,
) -> Result:
    """Draft an invoice from unbilled hours and expenses that are billed on, or from a quote."""
    from cowork_cli.domain.phrases import parse_period
    from cowork_cli.services.invoices import drafts, parties

    parties.logo(context.config.get)  # what cannot be printed is said before there is a draft
    if advance and not replaces and period == Period(None, None) and context.interactive:
        period = parse_period(context.ask("When will it be done, as in 2026-12", flag="--in"))
    wanted = drafts.Wanted(
        client, project, period, group, series, order_ref, note, replaces, empty, advance
    )
    ask_tax(context, client)
    if quote is not None:
        return _from_quote(context, quote, wanted, share)
    if share is not None:
        raise UsageError("--share is of a quote", "give `--quote NUMBER` too, or leave it out")
    drafted = drafts.draft(context.store, wanted, context.today, context.config.get)
    made = drafted.invoice
    if not made.lines:
        return Result(made, notes=[f"Add lines with `cowork invoice line {made.id} --text …`."])
    return _drafted(context, made, drafted.nothing, ())


def _from_quote(
    context: Context, number: str, wanted: "drafts.Wanted", share: str | None
) -> Result:
    from cowork_cli.services.invoices import quote_drafts

    made = quote_drafts.draft(
        context.store, number, wanted, share, context.today, context.config.get
    )
    return _drafted(context, made.invoice, made.nothing, made.notes)


def _drafted(
    context: Context, made: Invoice, nothing: tuple[str, ...], more: tuple[str, ...]
) -> Result:
    """A new draft, and what is told of it."""
    from cowork_cli.services.invoices.quote_limits import billed_twice

    told = [f"How VAT is treated: {made.tax_case}.", *more, *exemption_warnings(context)]
    told += billed_twice(context.store, made.id)
    if nothing:
        told.append(
            f"Not billed, as they round to nothing: {', '.join(nothing)}; they stay unbilled."
        )
    return Result(made, notes=[*told, f"Issue it with `cowork invoice issue {made.id}`."])


@verb(
    app,
    "line",
    data=Invoice,
    short='cowork invoice line draft-1 --text "Hosting" --qty 2 --unit month --price 15',
)
def line(
    context: Context,
    draft: DraftArgument,
    *,
    typed: Annotated["Typed", one_line_options()],
) -> Result:
    """Add a line to a draft, change one or remove it."""
    from cowork_cli.services.invoices import editing as draft_edit

    changed, place = draft_edit.edit_line(
        context.store, draft, typed, context.today, context.config.get
    )
    sums = f"{changed.id} is {changed.net} net, {changed.gross} in all."
    return Result(changed, notes=[f"{typed.done} line {place}; {sums}"])


@verb(app, "prepaid", data=Invoice, short="cowork invoice prepaid draft-2 --invoice 2026-0001")
def prepaid(
    context: Context,
    draft: DraftArgument,
    invoice: Annotated[
        str, Option("--invoice", metavar="NUMBER", help="A paid invoice of this client.")
    ],
    remove: Annotated[bool, Option("--remove", help="Deduct it no more.")] = False,
) -> Result:
    """Deduct a paid invoice from a draft, for a final invoice after part invoices."""
    from cowork_cli.services.invoices import editing as draft_edit

    found = draft_edit.deduct(context.store, draft, invoice, context.today, remove=remove)
    left = f"{found.gross - found.paid} of {found.gross} is left to pay."
    done = f"{invoice} is deducted no more" if remove else f"{invoice} is deducted"
    return Result(found, notes=[f"{done}; {left}"])


@verb(
    app,
    "rate",
    data=Invoice,
    short="cowork invoice rate draft-1 --to EUR 0.9231 --on 2026-11-25",
)
def rate(
    context: Context,
    draft: DraftArgument,
    rate: Annotated[
        str, Argument(metavar="RATE", help="Euro for one unit of the invoice's currency.")
    ],
    to: Annotated[str, Option("--to", metavar="EUR", help="Only EUR.")] = "EUR",
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="Day of the rate; default: today.")
    ] = None,
) -> Result:
    """Show the VAT total of a draft in euro too."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.invoices import editing as draft_edit

    day = parse_date(on, context.today, planned=False) if on else context.today
    found = draft_edit.set_rate(context.store, draft, to, rate, day, context.today)
    assert found.exchange is not None
    return Result(found, notes=[f"The VAT of {found.id} is {found.exchange.vat}."])


@verb(app, "show", data=Invoice, short="cowork invoice show 2026-0001")
def show(context: Context, invoice: NumberArgument) -> Result:
    """Show a draft or an issued invoice."""
    from cowork_cli.services.invoices.drafts import find_invoice

    return Result(find_invoice(context.store, invoice, context.today)[1])


@verb(app, "list", data=Invoice, many=True, short="cowork invoice list --unpaid")
def list_(
    context: Context,
    period: Annotated[Period, options.period_options()],
    unpaid: Annotated[bool, Option("--unpaid", help="Only with something open.")] = False,
    overdue: Annotated[bool, Option("--overdue", help="Only overdue ones.")] = False,
) -> Result:
    """List invoices and drafts."""
    from cowork_cli.store import invoices

    problems = write_copies(context)
    found = invoices.invoices(context.store, period, context.today.isoformat())
    if unpaid:
        found = [row for row in found if row.open.minor > 0]
    if overdue:
        found = [row for row in found if row.state == "overdue"]
    return Result(
        found, problems=problems, empty="No invoices. Draft one with `cowork invoice draft CLIENT`."
    )


@verb(app, "discard", data=Invoice, short="cowork invoice discard draft-1")
def discard(context: Context, draft: DraftArgument, dry_run: options.DryRun = False) -> Result:
    """Drop a draft; its hours can be drafted again."""
    from cowork_cli.services.invoices import drafts

    _, found = drafts.find_draft(context.store, draft, context.today)
    if dry_run:
        return Result(found, notes=[f"Would drop {found.id}. Nothing was changed."])
    context.confirm(f"Drop {found.id} to {found.client} ({found.gross})?")
    dropped = drafts.discard(context.store, found.id, context.today)
    notes = [f"Dropped {dropped.id}. Take it back with `cowork undo`."]
    if dropped.plan:
        when = f"{dropped.period.from_} to {dropped.period.to}"
        notes.append(f"{dropped.plan} does not bill {when} again.")
    return Result(dropped, notes=notes)
