"""Drafts: make, look at, list, drop."""

from typing import Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import office, verb
from cowork_cli.commands.invoice._app import DraftArgument, NumberArgument, app, write_copies
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "draft", data=Invoice, short="cowork invoice draft acme --month")
@options.with_period()
def draft(
    ctx: typer.Context,
    period: Period,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Whose hours.")],
    project: Annotated[
        list[str], typer.Option("--project", metavar="P", help="Only this one; again for more.")
    ] = [],  # noqa: B006
    group: Annotated[
        str, typer.Option("--group", metavar="KEY", help="project, day, entry or tag.")
    ] = "project",
    series: Annotated[
        str, typer.Option("--series", metavar="S", help="Number series.")
    ] = "invoice",
    order_ref: Annotated[
        str | None, typer.Option("--order-ref", metavar="R", help="The client's order number.")
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="T", help="Printed below the totals.")
    ] = None,
) -> Result:
    """Draft an invoice from unbilled hours."""
    from cowork_cli.services import drafts

    context = office(ctx)
    wanted = drafts.Wanted(client, project, period, group, series, order_ref, note)
    small = bool(context.config.get("seller.small_business"))
    made = drafts.draft(context.store, wanted, context.today, small_business=small)
    return Result(made, notes=[f"Issue it with `cowork invoice issue {made.id}`."])


@verb(app, "show", data=Invoice)
def show(ctx: typer.Context, invoice: NumberArgument) -> Result:
    """Show a draft or an issued invoice."""
    from cowork_cli.services.drafts import find_invoice

    context = office(ctx)
    return Result(find_invoice(context.store, invoice, context.today)[1])


@verb(app, "list", data=Invoice, many=True)
@options.with_period()
def list_(
    ctx: typer.Context,
    period: Period,
    unpaid: Annotated[bool, typer.Option("--unpaid", help="Only with something open.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only overdue ones.")] = False,
) -> Result:
    """List invoices and drafts."""
    from cowork_cli.store import invoices

    context = office(ctx)
    problems = write_copies(context)
    found = invoices.invoices(context.store, period, context.today.isoformat())
    if unpaid:
        found = [row for row in found if row.open.minor > 0]
    if overdue:
        found = [row for row in found if row.state == "overdue"]
    return Result(
        found, problems=problems, empty="No invoices. Draft one with `cowork invoice draft CLIENT`."
    )


@verb(app, "discard", data=Invoice)
def discard(ctx: typer.Context, draft: DraftArgument, dry_run: options.DryRun = False) -> Result:
    """Drop a draft; its hours can be drafted again."""
    from cowork_cli.services import drafts

    context = office(ctx)
    _, found = drafts.find_draft(context.store, draft, context.today)
    if dry_run:
        return Result(found, notes=[f"Would drop {found.id}. Nothing was changed."])
    context.confirm(f"Drop {found.id} to {found.client} ({found.gross})?")
    dropped = drafts.discard(context.store, found.id, context.today)
    return Result(dropped, notes=[f"Dropped {dropped.id}. Take it back with `cowork undo`."])
