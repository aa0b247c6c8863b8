"""`cowork project`: what you work on for a client."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.client import Project
from cowork_cli.output.result import Result

app = new_app()

ProjectArgument = Annotated[str, Argument(metavar="CLIENT/ID", help="For example acme/site.")]
Name = Annotated[str | None, Option("--name", metavar="N", help="Long name, for invoices.")]
Rate = Annotated[
    str | None, Option("--rate", metavar="R", help="Money an hour; default: the client's.")
]
DayRate = Annotated[
    str | None, Option("--day-rate", metavar="R", help="Money a day, instead of an hour.")
]
HoursPerDay = Annotated[
    str | None,
    Option("--hours-per-day", metavar="H", help="Hours of a full day; default: 8."),
]
HalfDay = Annotated[
    str | None,
    Option(
        "--half-day-from", metavar="4h", help="From here half a day is billed, below by the hour."
    ),
]
Budget = Annotated[
    str | None, Option("--budget", metavar="40h|4000eur", help="In hours or money, or none.")
]
Rounding = Annotated[
    str | None,
    Option(
        "--rounding", metavar="RULE", help="As 15m:up:day, none, or client for the client's rule."
    ),
]
Note = Annotated[str | None, Option("--note", metavar="T", help="For yourself.")]


@verb(app, "add", data=Project, short="cowork project add acme/site --budget 40h")
def add(
    context: Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    day_rate: DayRate = None,
    hours_per_day: HoursPerDay = None,
    half_day_from: HalfDay = None,
    budget: Budget = None,
    rounding: Rounding = None,
    note: Note = None,
    non_billable: Annotated[bool, Option("--non-billable", help="Hours are never billed.")] = False,
) -> Result:
    """Add a project to a client."""
    from cowork_cli.services.clients import clients

    fields = {
        "name": name, "rate": rate, "day_rate": day_rate, "hours_per_day": hours_per_day,
        "half_day_from": half_day_from, "budget": budget, "rounding": rounding, "note": note,
        "billable": not non_billable,
    }  # fmt: skip
    added = clients.add_project(context.store, project, fields, context.today)
    return Result(added, notes=[f"Next: `cowork start {added.id}`."])


@verb(app, "edit", data=Project, short="cowork project edit acme/site --rate 105 --from 2027-01-01")
def edit(
    context: Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    day_rate: DayRate = None,
    since: Annotated[
        str | None, Option("--from", metavar="DATE", help="First day of the rate.")
    ] = None,
    hours_per_day: HoursPerDay = None,
    half_day_from: HalfDay = None,
    budget: Budget = None,
    rounding: Rounding = None,
    note: Note = None,
    billable: Annotated[
        bool | None, Option("--billable/--non-billable", help="Counts for new entries.")
    ] = None,
    rename: Annotated[
        str | None, Option("--rename", metavar="NEWID", help="Another id; all else stays.")
    ] = None,
) -> Result:
    """Change a project; a rate counts from a day on."""
    from cowork_cli.services.clients import clients

    fields = {
        "name": name, "rate": rate, "day_rate": day_rate, "hours_per_day": hours_per_day,
        "half_day_from": half_day_from, "budget": budget, "rounding": rounding, "note": note,
        "billable": billable,
    }  # fmt: skip
    changed = clients.change_project(
        context.store, project, fields, context.today, since=since, rename=rename
    )
    return Result(changed)


@verb(app, "list", data=Project, many=True)
def list_(
    context: Context,
    client: Annotated[
        str | None, Option("--client", metavar="C", help="Only of this client.")
    ] = None,
    all_: Annotated[bool, Option("--all", help="Also archived ones.")] = False,
) -> Result:
    """List projects."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    today = context.today.isoformat()
    if client:
        client = clients.client(context.store, find_client(context.store, client), today).id
    found = clients.projects(context.store, today, archived=all_, client=client)
    return Result(found, empty="No projects yet. Add one with `cowork project add CLIENT/ID`.")


@verb(app, "show", data=Project)
def show(context: Context, project: ProjectArgument) -> Result:
    """Show one project."""
    from cowork_cli.services.clients.clients import find_project
    from cowork_cli.store import clients

    row = find_project(context.store, project)
    return Result(clients.project(context.store, row, context.today.isoformat()))


@verb(app, "archive", data=Project)
def archive(
    context: Context,
    project: ProjectArgument,
    undo: Annotated[bool, Option("--undo", help="Bring it back.")] = False,
) -> Result:
    """Hide a project that is done with; its history stays."""
    from cowork_cli.services.clients.clients import find_project
    from cowork_cli.store import clients

    row = find_project(context.store, project)
    today = context.today.isoformat()
    clients.change_project(context.store, row, {"archived": int(not undo)}, None, today)
    return Result(clients.project(context.store, row, today))
