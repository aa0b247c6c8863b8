"""Sums of recorded hours."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.report import HoursRow
from cowork_cli.output.result import Result


@verb(app, "hours", data=HoursRow, many=True, short="cowork report hours --week --by day")
def hours(
    context: Context,
    period: Annotated[Period, options.period_options()],
    by: Annotated[
        str, Option("--by", metavar="KEY", help="day, project, client, tag or place.")
    ] = "project",
) -> Result:
    """Sum up recorded hours; without a period, of all time."""
    from cowork_cli.errors import BadInput
    from cowork_cli.services.hours import reports

    if by not in reports.KEYS:
        raise BadInput(f'cannot report by "{by}"', f"choose one of {', '.join(reports.KEYS)}")
    rows = reports.hours(context.store, period, by)
    line = reports.range_line(context.store, period)
    running = reports.running_line(context.store, context.now, period)
    notes = [f"Range: {line}.", *([f"Running: {running}."] if running else [])]
    return Result(rows, notes=notes, empty="No hours in this range.")
