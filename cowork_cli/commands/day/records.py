"""Looking at the day log, and taking a day out of it."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import DayArgument, app, day_of
from cowork_cli.context import Context
from cowork_cli.domain.day import Day
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "show", data=Day, short="cowork day show yesterday")
def show(context: Context, day: DayArgument = None, person: options.OwnPerson = None) -> Result:
    """Show the record of a day: its places, its class, the way."""
    from cowork_cli.services.days import recording

    return Result(recording.find(options.log_of(context, person), day_of(context, day)))


@verb(app, "list", data=Day, many=True, short="cowork day list --in 2026-11")
def list_(
    context: Context,
    period: Annotated[Period, options.period_options("month")],
    place: Annotated[
        str | None, Option("--place", metavar="P", help="Only days at this place.")
    ] = None,
    person: options.OwnPerson = None,
) -> Result:
    """List the logged days; without a period, those of this month."""
    from cowork_cli.services.days.looking import days_of
    from cowork_cli.store import days

    store = options.log_of(context, person)
    logged = days_of(store, period.from_, period.to)
    if place is not None:
        from cowork_cli.services.days.places import Places

        name = Places(store).named(place)
        logged = [day for day in logged if any(stay.place == name for stay in day.stays)]
    outside = days.count_outside(store, period.from_, period.to)
    days_out = f"{outside} logged {'day' if outside == 1 else 'days'} outside"
    note = f"Range: {period}; {days_out}{options.only_of(person)}."
    return Result(logged, notes=[note], empty="No day is logged. Begin with `cowork day log`.")


@verb(app, "remove", data=Day, short="cowork day remove 2026-11-24")
def remove(context: Context, day: DayArgument = None, dry_run: options.DryRun = False) -> Result:
    """Take the record of a day out; the hours stay."""
    from cowork_cli.services.days import recording

    when = day_of(context, day)
    if dry_run:
        return Result(recording.find(context.store, when), notes=["Nothing was removed."])
    gone = recording.remove(context.store, when)
    return Result(gone, notes=[f"Removed the record of {when}. Take it back with `cowork undo`."])
