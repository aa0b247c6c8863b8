"""`cowork project`: what you work on for a client."""

from cowork_cli.commands._fields import Rename, Since, field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.client import Project
from cowork_cli.domain.fields import PROJECT
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

app = new_app()

ProjectArgument = Annotated[str, Argument(metavar="CLIENT/ID", help="For example acme/site.")]


@verb(app, "add", data=Project, short="cowork project add acme/site --budget 40h")
def add(
    context: Context,
    project: ProjectArgument,
    *,
    fields: Annotated["dict[str, Any]", field_options(PROJECT)],
) -> Result:
    """Add a project to a client."""
    from cowork_cli.services.clients import clients

    added, told = clients.add_project(context.store, project, fields, context.today)
    return Result(added, notes=[*told, f"Next: `cowork start {added.id}`."])


@verb(app, "edit", data=Project, short="cowork project edit acme/site --rate 105 --from 2027-01-01")
def edit(
    context: Context,
    project: ProjectArgument,
    since: Since = None,
    rename: Rename = None,
    *,
    fields: Annotated["dict[str, Any]", field_options(PROJECT)],
) -> Result:
    """Change a project; a rate counts from a day on."""
    from cowork_cli.services.clients import clients

    changed = clients.change_project(
        context.store, project, fields, context.today, since=since, rename=rename
    )
    return Result(changed)


@verb(app, "list", data=Project, many=True, short="cowork project list --client acme", offline=True)
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


@verb(app, "show", data=Project, short="cowork project show acme/site")
def show(context: Context, project: ProjectArgument) -> Result:
    """Show one project."""
    from cowork_cli.services.clients.clients import find_project
    from cowork_cli.store import clients

    row = find_project(context.store, project)
    return Result(clients.project(context.store, row, context.today.isoformat()))


@verb(app, "archive", data=Project, short="cowork project archive acme/site")
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
