"""Profit of a year, and what each client brings."""

from datetime import date

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.profit import ClientRow, ProfitRow
from cowork_cli.output.result import Result


@verb(
    app, "profit", data=ProfitRow, many=True, short="cowork report profit --in 2026", offline=True
)
def profit(
    context: Context,
    in_: Annotated[str | None, Option("--in", metavar="YEAR", help="Default: this year.")] = None,
) -> Result:
    """Income less expenses of a year by payment, on the lines of the form EÜR."""
    from cowork_cli.services.books import profit as books

    year = context.today.year if in_ is None else _year(context, in_)
    small = bool(context.config.get("seller.small_business"))
    found = books.report(context.store, year, small_business=small)
    notes = [f"Range: {year}, by payment (§ 11 EStG). A typing aid, no tax return.", *found.notes]
    return Result(found.rows, notes=notes, empty="Nothing was paid in this year.")


def _year(context: Context, text: str) -> int:
    """A year as it is typed, also `last year`. Raises BadInput for another period."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    from cowork_cli.domain.phrases import parse_period
    from cowork_cli.errors import BadInput

    period = parse_period(text, context.today)
    if period != Period(*_ends(period)):
        raise BadInput(f"{text} is not a year", "profit is told by the year: `--in 2026`")
    assert period.from_ is not None
    return period.from_.year


def _ends(period: Period) -> tuple[date | None, date | None]:
    """The first and the last day of the year in which a period begins."""
    from cowork_cli.domain.period import months

    if period.from_ is None:
        return date.min, date.max
    year = months(period.from_.year, 1, 12)
    return year.from_, year.to


@verb(app, "clients", data=ClientRow, many=True, short="cowork report clients --year", offline=True)
def clients(
    context: Context,
    period: Annotated[Period, options.period_options()],
    by: Annotated[str, Option("--by", metavar="KEY", help="client or project.")] = "client",
    basis: Annotated[
        str,
        Option("--basis", metavar="B", help="Turnover by invoice, issued, or by payment, paid."),
    ] = "issued",
) -> Result:
    """Hours, money, days to pay and net per hour of each client; without a period, of all time."""
    from cowork_cli.domain.vat_report import BASES
    from cowork_cli.errors import BadInput
    from cowork_cli.services.books import client_report

    if by not in client_report.KEYS:
        raise BadInput(f'cannot report by "{by}"', f"choose one of {', '.join(client_report.KEYS)}")
    if basis not in BASES:
        raise BadInput(f'there is no turnover by "{basis}"', f"choose one of {', '.join(BASES)}")
    found = client_report.report(context.store, period, by, basis)
    return Result(
        found.rows,
        notes=[f"Range: {period}.", *found.notes],
        empty="No hours and no invoices in this range.",
        beside={"desk": [found.desk] if found.desk.cost.minor else []},
    )
