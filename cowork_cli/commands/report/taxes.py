"""What the tax office and oneself want to know: profit, the EC sales list, what each client brings."""

from cowork_cli.commands import _options as options
from cowork_cli.commands import _out
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.profit import ClientRow, ProfitRow
from cowork_cli.domain.vat_report import SalesListRow
from cowork_cli.output.result import Result


@verb(app, "profit", data=ProfitRow, many=True, short="cowork report profit --in 2026")
def profit(
    context: Context,
    in_: Annotated[str | None, Option("--in", metavar="YEAR", help="Default: this year.")] = None,
) -> Result:
    """Income less expenses of a year by payment, on the lines of the form EÜR."""
    from cowork_cli.domain.phrases import parse_period
    from cowork_cli.errors import BadInput
    from cowork_cli.services.books import profit as books

    year = context.today.year
    if in_ is not None:
        period = parse_period(in_, context.today)
        if period.from_ is None or period.to is None or _days(period) not in (365, 366):
            raise BadInput(f"{in_} is not a year", "profit is told by the year: `--in 2026`")
        year = period.from_.year
    small = bool(context.config.get("seller.small_business"))
    found = books.report(context.store, year, small_business=small)
    notes = [f"Range: {year}, by payment (§ 11 EStG). A typing aid, no tax return.", *found.notes]
    return Result(found.rows, notes=notes, empty="Nothing was paid in this year.")


def _days(period: Period) -> int:
    assert period.from_ is not None
    assert period.to is not None
    return (period.to - period.from_).days + 1


@verb(app, "zm", data=SalesListRow, many=True, short="cowork report zm --last-quarter")
def zm(
    context: Context,
    period: Annotated[Period, options.period_options("quarter")],
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """EC sales list (ZM): services to businesses in other EU states; default: this quarter."""
    from cowork_cli.services.books import sales_list
    from cowork_cli.services.calendar.working import due_day

    if context.config.get("seller.small_business"):
        return Result(
            [],
            notes=["A small business files no EC sales list (§ 19 UStG)."],
            empty="Nothing is due.",
        )
    rows, unknown = sales_list.rows(
        context.store, period, lambda day: due_day(day, context.config.get)[0]
    )
    notes = [
        f"Range: {period}, by invoice date, whole quarters; services only, goods are not covered."
    ]
    if unknown:
        notes.append(f"Not included, as no rate to EUR is recorded: {', '.join(unknown)}.")
    notes.append("Sums are cut to whole euro, as Kz 21 is; whether the form rounds is not settled.")
    listed = Result(
        rows, notes=notes, empty="Nothing to tell: no services to the EU in this range."
    )
    if out is None:
        return listed
    quarters = {row.quarter for row in rows}
    if len(quarters) > 1:
        from cowork_cli.errors import BadInput

        raise BadInput(
            f"the file is of one quarter, this range has {len(quarters)}", "as in `--in 2026-Q4`"
        )
    place = _out.destination(context, out, force, "zm.csv", text=True)
    content = sales_list.written(rows)
    place.write(content)
    return place.result(content, Result(rows, notes=[*notes, *place.wrote()]))


@verb(app, "clients", data=ClientRow, many=True, short="cowork report clients --year")
def clients(
    context: Context,
    period: Annotated[Period, options.period_options()],
    by: Annotated[str, Option("--by", metavar="KEY", help="client or project.")] = "client",
) -> Result:
    """Hours, money, days to pay and net per hour of each client; without a period, of all time."""
    from cowork_cli.errors import BadInput
    from cowork_cli.services.books import client_report

    if by not in client_report.KEYS:
        raise BadInput(f'cannot report by "{by}"', f"choose one of {', '.join(client_report.KEYS)}")
    found = client_report.report(context.store, period, by)
    return Result(
        found.rows,
        notes=[f"Range: {period}.", *found.notes],
        empty="No hours and no invoices in this range.",
        beside={"desk": [found.desk]} if found.rows else {},
    )
