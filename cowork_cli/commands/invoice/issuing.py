"""Documents: issue, cancel, export."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import exemption_warnings
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import (
    NumberArgument,
    OnDate,
    app,
    dates_of,
    press,
    write_copies,
)
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice, total
from cowork_cli.errors import CoworkError, ExitCode
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices.issuing import Dates


@verb(app, "issue", data=Invoice, short="cowork invoice issue draft-1")
def issue(
    context: Context,
    draft: Annotated[list[str], Argument(metavar="DRAFT…", help="For example draft-1.")] = [],  # noqa: B006
    all_: Annotated[bool, Option("--all", help="All drafts.")] = False,
    date: OnDate = None,
    due: Annotated[
        str | None, Option("--due", metavar="D", help="Due date; default: after the terms.")
    ] = None,
    force: Annotated[bool, Option("--force", help="Also with a date before the last one.")] = False,
    timesheet: Annotated[
        bool, Option("--timesheet", help="Add the list of hours, in PDF and XML.")
    ] = False,
    service: Annotated[
        str | None,
        Option("--in", metavar="PERIOD", help="When it was done, of a draft without hours."),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Issue drafts: number, frozen snapshot, PDF and XML; their hours become billed."""

    dates = dates_of(context, date, due, force, timesheet, service)
    chosen = _chosen(context, draft, all_)
    if dry_run:
        return _dry_run(context, chosen, dates)
    concerns = _ask_each(context, chosen, dates)
    issued, problems, interrupted = _issue_each(context, chosen, dates)
    if problems and not issued and not interrupted:
        raise problems[0]
    problems += write_copies(context)
    notes = [f"Issued {made.number}: {context.paths.invoices / made.files[0]}" for made in issued]
    notes += [*concerns, *exemption_warnings(context)]
    one = len(chosen) == 1 and len(issued) == 1 and not all_
    partly = ExitCode.PARTIAL if problems else ExitCode.DONE
    return Result(
        issued[0] if one else issued,
        notes=notes,
        problems=problems,
        exit_code=ExitCode.INTERRUPTED if interrupted else partly,
        empty="There are no drafts.",
    )


@verb(app, "cancel", data=Invoice, short='cowork invoice cancel 2026-0001 --reason "Wrong rate"')
def cancel(
    context: Context,
    invoice: NumberArgument,
    reason: Annotated[
        str | None, Option("--reason", metavar="R", help="Printed on the document.")
    ] = None,
    date: OnDate = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Cancel an issued invoice by a second document; its hours are free again."""
    from cowork_cli.services.invoices import issuing
    from cowork_cli.services.invoices.drafts import find_invoice

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
        dates_of(context, date, None, False),
        context.config.get,
        press(context),
    )
    problems = write_copies(context)
    path = context.paths.invoices / made.files[0]
    notes = [f"Cancelled {found.number} by {made.number}: {path}"]
    received = found.paid - total(tuple(part.amount for part in found.prepaid), found.currency)
    if received.minor > 0:
        notes.append(f"{received} was paid on {found.number}: give it back, or count it elsewhere.")
    drafted = issuing.drafts_that_deduct(context.store, invoice)
    notes += [
        f"{draft} deducts it; take it out with "
        f"`cowork invoice prepaid {draft} --invoice {found.number} --remove`."
        for draft in drafted
    ]
    return Result(
        made,
        notes=notes,
        problems=problems,
        exit_code=ExitCode.PARTIAL if problems else ExitCode.DONE,
    )


@verb(
    app, "export", data=Invoice, short="cowork invoice export 2026-0001 --format pdf --out bill.pdf"
)
def export(
    context: Context,
    invoice: NumberArgument,
    format_: Annotated[
        str, Option("--format", metavar="F", help="pdf, xrechnung, cii, html or json.")
    ] = "pdf",
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write an issued invoice to a file or to stdout."""
    from cowork_cli.services.invoices.drafts import find_invoice
    from cowork_cli.services.invoices.exporting import exported, file_name

    content = exported(context.store, invoice, format_, context.today)
    _, exported_invoice = find_invoice(context.store, invoice, context.today)
    place = destination(
        context, out, force, file_name(exported_invoice, format_), text=format_ != "pdf"
    )
    place.write(content)
    return place.result(content, Result(exported_invoice, notes=place.wrote()))


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


def _ask_each(context: Context, chosen: list[str], dates: "Dates") -> list[str]:
    """What is missing for a payable, lawful invoice; on a terminal each draft is asked about first.

    Nothing is issued before the last answer. Raises Declined, and what `issuing.preview` raises where
    somebody can be asked.
    """
    from cowork_cli.services.invoices import checks, issuing

    told: list[str] = []
    for text in chosen:
        try:
            document = issuing.preview(
                context.store, text, dates, context.config.get, context.paths.invoices
            )
        except CoworkError:
            if context.interactive and len(chosen) == 1:
                raise
            continue  # it is told with the others, when it is its turn
        concerns = [f"{text}: {line}" for line in checks.concerns(document)]
        if not context.interactive:
            told += concerns
            continue
        for line in [*concerns, *checks.printed_notes(document)]:
            context.note(line)
        shown = document.invoice
        context.confirm(
            f"Issue {shown.id} to {shown.client}: {shown.net} net, {shown.gross} in all? "
            "It cannot be undone, only cancelled by another document."
        )
    return told


def _issue_each(
    context: Context, chosen: list[str], dates: "Dates"
) -> tuple[list[Invoice], list[CoworkError], bool]:
    """Issues one after another: those that exist, why others do not, whether it was interrupted."""
    from cowork_cli.services.invoices import issuing

    issued: list[Invoice] = []
    problems: list[CoworkError] = []
    for text in chosen:
        try:
            issued.append(
                issuing.issue(context.store, text, dates, context.config.get, press(context))
            )
        except CoworkError as error:
            problems.append(error)
        except KeyboardInterrupt:
            if not issued:
                raise
            return issued, problems, True
    return issued, problems, False


def _dry_run(context: Context, chosen: list[str], dates: "Dates") -> Result:
    from cowork_cli.paths import write_private
    from cowork_cli.services.invoices import checks, issuing

    shown, notes, told = [], [], list[str]()
    for text in chosen:
        document = issuing.preview(
            context.store, text, dates, context.config.get, context.paths.invoices
        )
        path = context.paths.invoices / f"ENTWURF-{text}.pdf"
        write_private(path, press(context).set(document)[0])
        shown.append(document.invoice)
        told += [f"{text}: {line}" for line in checks.concerns(document)]
        notes.append(f"Would issue {text}: {document.invoice.gross}. A look at it: {path}")
    return Result(
        shown[0] if len(shown) == 1 else shown, notes=[*notes, *told], empty="There are no drafts."
    )
