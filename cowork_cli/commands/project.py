"""`cowork project`: what you work on for a client."""

from typing import Annotated

import typer

from cowork_cli.commands._verb import new_app, office, verb
from cowork_cli.domain.client import Project
from cowork_cli.output.result import Result

app = new_app()

ProjectArgument = Annotated[str, typer.Argument(metavar="CLIENT/ID", help="For example acme/site.")]
Name = Annotated[str | None, typer.Option("--name", metavar="N", help="Long name, for invoices.")]
Rate = Annotated[
    str | None, typer.Option("--rate", metavar="R", help="Money an hour; default: the client's.")
]
DayRate = Annotated[
    str | None, typer.Option("--day-rate", metavar="R", help="Money a day, instead of an hour.")
]
HoursPerDay = Annotated[
    str | None,
    typer.Option("--hours-per-day", metavar="H", help="Hours of a full day; default: 8."),
]
HalfDay = Annotated[
    str | None,
    typer.Option(
        "--half-day-from", metavar="4h", help="From here half a day is billed, below by the hour."
    ),
]
Budget = Annotated[
    str | None, typer.Option("--budget", metavar="40h|4000eur", help="In hours or money, or none.")
]
Rounding = Annotated[
    str | None,
    typer.Option(
        "--rounding", metavar="RULE", help="As 15m:up:day, none, or client for the client's rule."
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar="T", help="For yourself.")]


@verb(app, "add", data=Project, short="cowork project add acme/site --budget 40h")
def add(
    ctx: typer.Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    day_rate: DayRate = None,
    hours_per_day: HoursPerDay = None,
    half_day_from: HalfDay = None,
    budget: Budget = None,
    rounding: Rounding = None,
    note: Note = None,
    non_billable: Annotated[
        bool, typer.Option("--non-billable", help="Hours are never billed.")
    ] = False,
) -> Result:
    """Add a project to a client."""
    from cowork_cli.services.clients import clients

    context = office(ctx)
    fields = {
        "name": name, "rate": rate, "day_rate": day_rate, "hours_per_day": hours_per_day,
        "half_day_from": half_day_from, "budget": budget, "rounding": rounding, "note": note,
        "billable": not non_billable,
    }  # fmt: skip
    added = clients.add_project(context.store, project, fields, context.today)
    return Result(added, notes=[f"Next: `cowork start {added.id}`."])


@verb(app, "edit", data=Project, short="cowork project edit acme/site --rate 105 --from 2027-01-01")
def edit(
    ctx: typer.Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    day_rate: DayRate = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of the rate.")
    ] = None,
    hours_per_day: HoursPerDay = None,
    half_day_from: HalfDay = None,
    budget: Budget = None,
    rounding: Rounding = None,
    note: Note = None,
    billable: Annotated[
        bool | None, typer.Option("--billable/--non-billable", help="Counts for new entries.")
    ] = None,
    rename: Annotated[
        str | None, typer.Option("--rename", metavar="NEWID", help="Another id; all else stays.")
    ] = None,
) -> Result:
    """Change a project; a rate counts from a day on."""
    from cowork_cli.services.clients import clients

    context = office(ctx)
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
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Option("--client", metavar="C", help="Only of this client.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also archived ones.")] = False,
) -> Result:
    """List projects."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    context = office(ctx)
    today = context.today.isoformat()
    if client:
        client = clients.client(context.store, find_client(context.store, client), today).id
    found = clients.projects(context.store, today, archived=all_, client=client)
    return Result(found, empty="No projects yet. Add one with `cowork project add CLIENT/ID`.")


@verb(app, "show", data=Project)
def show(ctx: typer.Context, project: ProjectArgument) -> Result:
    """Show one project."""
    from cowork_cli.services.clients.clients import find_project
    from cowork_cli.store import clients

    context = office(ctx)
    row = find_project(context.store, project)
    return Result(clients.project(context.store, row, context.today.isoformat()))


@verb(app, "archive", data=Project)
def archive(
    ctx: typer.Context,
    project: ProjectArgument,
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
) -> Result:
    """Hide a project that is done with; its history stays."""
    from cowork_cli.services.clients.clients import find_project
    from cowork_cli.store import clients

    context = office(ctx)
    row = find_project(context.store, project)
    today = context.today.isoformat()
    clients.change_project(context.store, row, {"archived": int(not undo)}, None, today)
    return Result(clients.project(context.store, row, today))
