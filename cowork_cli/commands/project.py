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


@verb(app, "add", data=Project, short="cowork project add acme/site")
def add(
    ctx: typer.Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    non_billable: Annotated[
        bool, typer.Option("--non-billable", help="Hours are never billed.")
    ] = False,
) -> Result:
    """Add a project to a client."""
    from cowork_cli.domain.money import parse_rate
    from cowork_cli.services import clients

    context = office(ctx)
    money = parse_rate(rate) if rate is not None else None
    added = clients.add_project(
        context.store, project, name, money, not non_billable, context.today
    )
    return Result(added, notes=[f"Next: `cowork start {added.id}`."])


@verb(app, "edit", data=Project)
def edit(
    ctx: typer.Context,
    project: ProjectArgument,
    name: Name = None,
    rate: Rate = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of the rate.")
    ] = None,
    billable: Annotated[
        bool | None, typer.Option("--billable/--non-billable", help="Counts for new entries.")
    ] = None,
) -> Result:
    """Change a project; a rate counts from a day on."""
    from cowork_cli.domain.money import parse_rate
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.errors import BadInput
    from cowork_cli.services.clients import find_project
    from cowork_cli.store import clients

    context = office(ctx)
    row = find_project(context.store, project)
    fields: dict[str, object] = {}
    if name is not None:
        fields["name"] = name
    if billable is not None:
        fields["billable"] = int(billable)
    money = parse_rate(rate) if rate is not None else None
    if not fields and money is None:
        raise BadInput("nothing to change was given", "see `cowork project edit --help`")
    start = parse_date(since, context.today, planned=True).isoformat() if since else clients.ALWAYS
    clients.change_project(context.store, row, fields, money, start)
    return Result(clients.project(context.store, row, context.today.isoformat()))


@verb(app, "list", data=Project, many=True)
def list_(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Option("--client", metavar="C", help="Only of this client.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also archived ones.")] = False,
) -> Result:
    """List projects."""
    from cowork_cli.services.clients import find_client
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
    from cowork_cli.services.clients import find_project
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
    from cowork_cli.services.clients import find_project
    from cowork_cli.store import clients

    context = office(ctx)
    row = find_project(context.store, project)
    today = context.today.isoformat()
    clients.change_project(context.store, row, {"archived": int(not undo)}, None, today)
    return Result(clients.project(context.store, row, today))
