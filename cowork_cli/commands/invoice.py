"""`cowork invoice`: from hours to an issued invoice."""

from typing import Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import new_app, office, verb
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice, InvoiceDocument
from cowork_cli.errors import CoworkError, ExitCode, Failed
from cowork_cli.output.result import Result

app = new_app()

DraftArgument = Annotated[str, typer.Argument(metavar="DRAFT", help="For example draft-1.")]
NumberArgument = Annotated[str, typer.Argument(metavar="ID", help="An invoice number, or draft-1.")]
OnDate = Annotated[
    str | None, typer.Option("--date", metavar="D", help="Invoice date; default: today.")
]


@verb(app, "draft", data=Invoice, short="cowork invoice draft acme --month")
def draft(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Whose hours.")],
    project: Annotated[
        list[str], typer.Option("--project", metavar="P", help="Only this one; again for more.")
    ] = [],  # noqa: B006
    in_: options.In = None,
    from_: options.From = None,
    to: options.To = None,
    today: options.Today = False,
    week: options.Week = False,
    month: options.Month = False,
    quarter: options.Quarter = False,
    year: options.Year = False,
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
    flags = {"today": today, "week": week, "month": month, "quarter": quarter, "year": year}
    period = options.chosen_period(context, in_, from_, to, flags)
    wanted = drafts.Wanted(client, project, period, group, series, order_ref, note)
    small = bool(context.config.get("seller.small_business"))
    made = drafts.draft(context.store, wanted, context.today, small_business=small)
    return Result(made, notes=[f"Issue it with `cowork invoice issue {made.id}`."])


@verb(app, "issue", data=Invoice, short="cowork invoice issue draft-1")
def issue(
    ctx: typer.Context,
    draft: Annotated[list[str], typer.Argument(metavar="DRAFT…", help="For example draft-1.")] = [],  # noqa: B006
    all_: Annotated[bool, typer.Option("--all", help="All drafts.")] = False,
    date: OnDate = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="D", help="Due date; default: after the terms.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also with a date before the last one.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Issue drafts: number, frozen snapshot and PDF; their hours become billed."""
    from cowork_cli.services import issuing

    context = office(ctx)
    dates = _dates(context, date, due, force)
    chosen = _chosen(context, draft, all_)
    if dry_run:
        return _dry_run(context, chosen, dates)
    for text in chosen if context.interactive else ():
        shown = issuing.preview(context.store, text, dates, context.config.get).invoice
        question = f"Issue {shown.id} to {shown.client}: {shown.net} net, {shown.gross} in all?"
        context.confirm(question, default=True)
    issued = [
        issuing.issue(context.store, text, dates, context.config.get, _renderer(context))
        for text in chosen
    ]
    problems = _write_copies(context)
    notes = [f"Issued {made.number}: {context.paths.invoices / made.files[0]}" for made in issued]
    one = len(issued) == 1 and not all_
    return Result(
        issued[0] if one else issued,
        notes=notes,
        problems=problems,
        exit_code=ExitCode.PARTIAL if problems else ExitCode.DONE,
        empty="There are no drafts.",
    )


@verb(app, "list", data=Invoice, many=True)
def list_(
    ctx: typer.Context,
    in_: options.In = None,
    from_: options.From = None,
    to: options.To = None,
    today: options.Today = False,
    week: options.Week = False,
    month: options.Month = False,
    quarter: options.Quarter = False,
    year: options.Year = False,
    unpaid: Annotated[bool, typer.Option("--unpaid", help="Only with something open.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only overdue ones.")] = False,
) -> Result:
    """List invoices and drafts."""
    from cowork_cli.store import invoices

    context = office(ctx)
    flags = {"today": today, "week": week, "month": month, "quarter": quarter, "year": year}
    period = options.chosen_period(context, in_, from_, to, flags)
    problems = _write_copies(context)
    found = invoices.invoices(context.store, period, context.today.isoformat())
    if unpaid:
        found = [row for row in found if row.open.minor > 0]
    if overdue:
        found = [row for row in found if row.state == "overdue"]
    return Result(
        found, problems=problems, empty="No invoices. Draft one with `cowork invoice draft CLIENT`."
    )


@verb(app, "show", data=Invoice)
def show(ctx: typer.Context, invoice: NumberArgument) -> Result:
    """Show a draft or an issued invoice."""
    from cowork_cli.services.drafts import find_invoice

    context = office(ctx)
    return Result(find_invoice(context.store, invoice, context.today)[1])


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


@verb(app, "cancel", data=Invoice, short='cowork invoice cancel 2026-0001 --reason "Wrong rate"')
def cancel(
    ctx: typer.Context,
    invoice: NumberArgument,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="R", help="Printed on the document.")
    ] = None,
    date: OnDate = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Cancel an issued invoice by a second document; its hours are free again."""
    from cowork_cli.services import issuing
    from cowork_cli.services.drafts import find_invoice

    context = office(ctx)
    _, found = find_invoice(context.store, invoice, context.today)
    if not reason:
        reason = context.ask("Reason, printed on the document", flag="--reason")
    if dry_run:
        return Result(
            found, notes=[f"Would cancel {found.id} ({found.gross}). Nothing was changed."]
        )
    context.confirm(f"Cancel invoice {found.id} to {found.client} ({found.gross})?")
    made = issuing.cancel(
        context.store,
        invoice,
        reason,
        _dates(context, date, None, False),
        context.config.get,
        _renderer(context),
    )
    problems = _write_copies(context)
    path = context.paths.invoices / made.files[0]
    return Result(
        made,
        notes=[f"Cancelled {found.number} by {made.number}: {path}"],
        problems=problems,
        exit_code=ExitCode.PARTIAL if problems else ExitCode.DONE,
    )


@verb(app, "pay", data=Invoice, short="cowork invoice pay 2026-0001 --amount 120.50")
def pay(
    ctx: typer.Context,
    invoice: NumberArgument,
    amount: Annotated[
        str, typer.Option("--amount", metavar="A", help="Money received; negative takes back.")
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="D", help="Day; default: today.")
    ] = None,
) -> Result:
    """Record a payment."""
    from cowork_cli.domain.money import Money, parse_decimal
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services import payments
    from cowork_cli.services.drafts import find_invoice

    context = office(ctx)
    day = parse_date(on, context.today, planned=False) if on else context.today
    _, found = find_invoice(context.store, invoice, context.today)
    money = Money.of(parse_decimal(amount, "amount", digits=2), found.currency)
    paid = payments.pay(context.store, invoice, money, day, context.today)
    if paid.open.minor < 0:
        return Result(paid, notes=[f"{-paid.open} more than open was paid; it is kept as credit."])
    left = f"{paid.open} is open." if paid.open.minor else "It is paid."
    return Result(paid, notes=[f"Recorded {money} for {paid.number}. {left}"])


@verb(
    app, "export", data=Invoice, short="cowork invoice export 2026-0001 --format pdf --out bill.pdf"
)
def export(
    ctx: typer.Context,
    invoice: NumberArgument,
    format_: Annotated[str, typer.Option("--format", metavar="F", help="pdf or json.")] = "pdf",
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="A file; - is stdout.")
    ] = None,
) -> Result:
    """Write an issued invoice to a file or to stdout."""
    from pathlib import Path

    from cowork_cli.errors import UsageError
    from cowork_cli.services.drafts import find_invoice
    from cowork_cli.services.exporting import exported

    context = office(ctx)
    content = exported(context.store, invoice, format_, context.today)
    if out is None or out == "-":
        if context.options.output == "json":
            raise UsageError("an export to stdout is no JSON document", "give `--out FILE`")
        return Result(content=content)
    Path(out).write_bytes(content)
    _, found = find_invoice(context.store, invoice, context.today)
    return Result(found, notes=[f"Wrote {out}."])


def _write_copies(context: Context) -> list[CoworkError]:
    """Copies of issued documents that are missing; the store holds the originals, so nothing is lost."""
    from cowork_cli.services.issuing import restore_copies

    try:
        restore_copies(context.store, context.paths.invoices)
    except OSError as error:
        return [
            Failed(
                f"a copy could not be written to {context.paths.invoices}: {error.strerror}",
                "the document itself is kept; the next `cowork invoice list` writes the copy",
            )
        ]
    return []


def _dates(context: Context, date: str | None, due: str | None, force: bool) -> "Dates":
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.issuing import Dates

    return Dates(
        context.today,
        parse_date(date, context.today, planned=False) if date else None,
        parse_date(due, context.today, planned=True) if due else None,
        force,
    )


def _chosen(context: Context, drafts: list[str], all_: bool) -> list[str]:
    from cowork_cli.domain.period import Period
    from cowork_cli.errors import UsageError
    from cowork_cli.store import invoices

    if bool(drafts) == all_:
        raise UsageError("name drafts, or give --all", "for example `cowork invoice issue draft-1`")
    if not all_:
        return list(dict.fromkeys(drafts))
    found = invoices.invoices(context.store, Period(None, None), context.today.isoformat())
    return [row.id for row in found if row.state == "draft"]


def _renderer(context: Context) -> "Renderer":
    from cowork_cli.documents.invoice_pdf import check_letters, render_invoice

    def render(document: InvoiceDocument) -> bytes:
        check_letters(document)
        return render_invoice(document, created=context.now)

    return render


def _dry_run(context: Context, chosen: list[str], dates: "Dates") -> Result:
    from cowork_cli.paths import write_private
    from cowork_cli.services import issuing

    shown, notes = [], []
    for text in chosen:
        document = issuing.preview(context.store, text, dates, context.config.get)
        path = context.paths.invoices / f"ENTWURF-{text}.pdf"
        write_private(path, _renderer(context)(document))
        shown.append(document.invoice)
        notes.append(f"Would issue {text}: {document.invoice.gross}. A look at it: {path}")
    return Result(shown[0] if len(shown) == 1 else shown, notes=notes, empty="There are no drafts.")


TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.issuing import Dates, Renderer
