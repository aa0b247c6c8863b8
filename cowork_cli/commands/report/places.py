"""Hours by the place where they were worked."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.day_report import PlaceRow
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "places", data=PlaceRow, many=True, short="cowork report places --quarter", offline=True)
def places(context: Context, period: Annotated[Period, options.period_options()]) -> Result:
    """What each place does: hours, billable share, length of a session, late days."""
    from cowork_cli.domain.clocks import parse_clock
    from cowork_cli.services.days import by_place
    from cowork_cli.services.hours import reports

    store = context.store
    late = parse_clock(str(context.config.get("day.late")))
    rows = by_place.places(store, period, late, store.now_s)
    notes = [f"Range: {reports.range_line(store, period)}."]
    least = context.config.get("day.alone")
    if least:
        line = by_place.alone(store, context.today, context.now, int(least))
        notes += [line] if line else []
    return Result(rows, notes=notes, empty="No hours in this range.")
