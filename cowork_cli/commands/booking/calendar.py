"""The month on the terminal: `cowork booking calendar`."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated
from cowork_cli.commands._verb import verb
from cowork_cli.commands.booking._app import app
from cowork_cli.context import Context
from cowork_cli.domain.month import CalendarMonth
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(
    app,
    "calendar",
    data=CalendarMonth,
    rows="CalendarDay",
    short="cowork booking calendar --in december",
)
def calendar(
    context: Context, period: Annotated[Period, options.period_options("month", planned=True)]
) -> Result:
    """Show a month at a glance: what is booked, what was worked, what is a holiday."""
    from cowork_cli.services.bookings.month import days_of
    from cowork_cli.services.calendar.regions import of_person

    region = of_person(context.config.text)
    month, notes = days_of(
        period, store=context.store, zone=context.zone, region=region, today=context.today
    )
    return Result(month, rows=month.days, notes=notes)
