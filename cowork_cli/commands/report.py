"""`cowork report`: hours and money, summed up."""

from typing import Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import new_app, office, verb
from cowork_cli.domain.report import HoursRow, UnbilledRow
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "hours", data=HoursRow, many=True, short="cowork report hours --week --by day")
def hours(
    ctx: typer.Context,
    in_: options.In = None,
    from_: options.From = None,
    to: options.To = None,
    today: options.Today = False,
    week: options.Week = False,
    month: options.Month = False,
    quarter: options.Quarter = False,
    year: options.Year = False,
    by: Annotated[
        str, typer.Option("--by", metavar="KEY", help="day, project, client, tag or place.")
    ] = "project",
) -> Result:
    """Sum up recorded hours; without a period, of all time."""
    from cowork_cli.errors import BadInput
    from cowork_cli.services import reports

    context = office(ctx)
    if by not in reports.KEYS:
        raise BadInput(f'cannot report by "{by}"', f"choose one of {', '.join(reports.KEYS)}")
    flags = {"today": today, "week": week, "month": month, "quarter": quarter, "year": year}
    period = options.chosen_period(context, in_, from_, to, flags)
    rows = reports.hours(context.store, period, by)
    line = reports.range_line(context.store, period)
    return Result(rows, notes=[f"Range: {line}."], empty="No hours in this range.")


@verb(app, "unbilled", data=UnbilledRow, many=True)
def unbilled(ctx: typer.Context) -> Result:
    """Hours that can be billed, and what they are worth."""
    from cowork_cli.services import reports

    context = office(ctx)
    rows = reports.unbilled(context.store)
    return Result(rows, notes=["Range: all time."], empty="Everything is billed.")
