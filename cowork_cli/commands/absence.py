"""`cowork absence`: days off, which no series and no standing order books."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.standing import Absence
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "add", data=Absence, short="cowork absence add 2026-12-23..2027-01-03 --text Holidays")
def add(
    context: Context,
    days: Annotated[str, Argument(metavar="DATE..DATE", help="First and last day, or one day.")],
    text: Annotated[str | None, Option("--text", metavar="T", help="What for.")] = None,
) -> Result:
    """Note days off; what is booked for them already stays, and is named."""
    from cowork_cli.services.bookings import absences

    absence, notes = absences.add(days, text, today=context.today, store=context.store)
    return Result(absence, notes=notes)


@verb(app, "list", data=Absence, many=True, short="cowork absence list")
def list_(context: Context) -> Result:
    """List the days off."""
    from cowork_cli.store import standing

    hint = "No days off. Note some with `cowork absence add FIRST..LAST`."
    return Result(standing.absences(context.store), empty=hint)


@verb(app, "edit", data=Absence, short="cowork absence edit off-1 --days 2026-12-23..2027-01-05")
def edit(
    context: Context,
    absence: Annotated[str, Argument(metavar="ID", help="off-1, its text, or its first day.")],
    days: Annotated[str | None, Option("--days", metavar="DATE..DATE", help="Other days.")] = None,
    text: Annotated[str | None, Option("--text", metavar="T", help="What for.")] = None,
) -> Result:
    """Change days off; what is booked for the new ones stays, and is named."""
    from cowork_cli.services.bookings import absences

    changed, notes = absences.edit(absence, days, text, today=context.today, store=context.store)
    return Result(changed, notes=notes)


@verb(app, "remove", data=Absence, short="cowork absence remove off-1")
def remove(
    context: Context,
    absence: Annotated[str, Argument(metavar="ID", help="off-1, its text, or its first day.")],
) -> Result:
    """Remove days off."""
    from cowork_cli.services.bookings import absences

    gone = absences.remove(absence, store=context.store)
    return Result(gone, notes=[f"Removed {gone.id}."])
