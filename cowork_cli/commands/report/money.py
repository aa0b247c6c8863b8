"""What can be billed, budgets, VAT."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import exemption_warnings
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.report import BudgetRow, UnbilledRow
from cowork_cli.domain.vat_report import VatReportRow
from cowork_cli.output.result import Result


@verb(app, "unbilled", data=UnbilledRow, many=True, short="cowork report unbilled", offline=True)
def unbilled(context: Context, person: options.Person = None) -> Result:
    """Hours that can be billed, real and as billed, and what a draft of them would net."""
    from cowork_cli.services.hours import reports

    rows = reports.unbilled(context.store, options.person_key(context, person))
    held = reports.drafted_line(context.store)
    running = reports.running_line(context.store, context.now)
    notes = [
        f"Range: all time{options.only_of(person)}.",
        *([f"{held}."] if held else []),
        *([f"Running: {running}."] if running else []),
    ]
    if rows:
        notes.append(
            "Amounts as `cowork invoice draft CLIENT` bills them: a line for each project and rate, "
            "its hours rounded to two decimals. Grouped otherwise (`cowork invoice draft CLIENT --group entry`) each line is rounded."
        )
    return Result(rows, notes=notes, empty="Everything is billed.")


@verb(app, "budget", data=BudgetRow, many=True, short="cowork report budget", offline=True)
def budget(context: Context, person: options.Person = None) -> Result:
    """Projects with a budget, and how much of it is used."""
    from cowork_cli.services.hours import budgets

    notes = [f"Range: all time{options.only_of(person)}."]
    if person is not None:
        notes.append("The state looks at the hours of everybody.")
    return Result(
        budgets.budgets(context.store, options.person_key(context, person)),
        notes=notes,
        empty="No project has a budget. Set one with `cowork project edit CLIENT/ID --budget 40h`.",
    )


@verb(
    app, "vat", data=VatReportRow, many=True, short="cowork report vat --in 2026-Q4", offline=True
)
def vat(
    context: Context,
    period: Annotated[Period, options.period_options("quarter")],
    basis: Annotated[
        str | None,
        Option("--basis", metavar="B", help="issued, paid or performed; default: tax.basis."),
    ] = None,
    out: Annotated[
        str | None, Option("--out", metavar="FILE", help="The lines of the form as CSV.")
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace the file if it is there.")] = False,
) -> Result:
    """VAT by rate and case, input VAT, reverse charge by VAT id; default: this quarter."""
    from cowork_cli.domain.vat_report import BASES, PERFORMED
    from cowork_cli.errors import BadInput
    from cowork_cli.services.books import vat_filing, vat_report

    chosen, bases = basis or str(context.config.get("tax.basis")), (*BASES, PERFORMED)
    if chosen not in bases:
        raise BadInput(f'cannot report VAT by "{chosen}"', f"choose one of {', '.join(bases)}")
    small = bool(context.config.get("seller.small_business"))
    found = vat_report.report(context.store, period, chosen, small_business=small)
    notes = [*found.notes, *vat_filing.next_year(found.lines, period, context.config.get)]
    notes += exemption_warnings(context)
    result = Result(
        found.rows, notes=notes, empty="No VAT in this range.", beside={"lines": found.lines}
    )
    return result if out is None else _written(context, result, out, force)


def _written(context: Context, result: Result, out: str, force: bool) -> Result:
    """The lines of the form as CSV, beside what was found. Raises Conflict where there are none."""
    from cowork_cli.commands import _out
    from cowork_cli.errors import Conflict
    from cowork_cli.records import replace
    from cowork_cli.services.books.vat_lines import written

    lines = result.beside["lines"]
    if not lines:
        raise Conflict("there are no lines of the VAT return to write", "see `cowork report vat`")
    place = _out.destination(context, out, force, "vat.csv", text=True)
    content = written(lines)
    place.write(content)
    return place.result(content, replace(result, notes=[*result.notes, *place.wrote()]))
