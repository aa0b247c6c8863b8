"""`cowork client`: who pays you."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking_tax, home_of
from cowork_cli.commands._fields import Rename, Since, field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.client import Client, ClientImport
from cowork_cli.domain.fields import CLIENT
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

app = new_app()

IdArgument = Annotated[
    str, Argument(metavar="ID", help="Your short name for it, for example acme.")
]


@verb(app, "add", data=Client, short='cowork client add acme --name "ACME GmbH" --rate 95')
def add(
    context: Context,
    client: Annotated[
        str,
        Argument(
            metavar="ID", help='Your short name for it, or its name: acme, "Müller & Söhne GmbH".'
        ),
    ],
    *,
    fields: Annotated["dict[str, Any]", field_options(CLIENT)],
) -> Result:
    """Add a client; of a name alone the id is made."""
    from cowork_cli.services.clients import clients

    if fields["name"] is None and not clients.is_name(client):
        fields["name"] = context.ask("Name on the invoice", flag="--name")
    told = asking_tax(
        context,
        fields,
        lambda: clients.add_client(context.store, client, fields, context.today, home_of(context)),
    )
    following = f"Next: `cowork project add {told.client.id}/NAME`."
    return Result(told.client, notes=[*told.notes, following])


@verb(app, "edit", data=Client, short="cowork client edit acme --rate 105 --from 2027-01-01")
def edit(
    context: Context,
    client: IdArgument,
    since: Since = None,
    rename: Rename = None,
    *,
    fields: Annotated["dict[str, Any]", field_options(CLIENT)],
) -> Result:
    """Change a client; a rate counts from a day on."""
    from cowork_cli.services.clients import clients

    told = asking_tax(
        context,
        fields,
        lambda: clients.change_client(
            context.store, client, fields, context.today, home=home_of(context), since=since,
            rename=rename,
        ),
    )  # fmt: skip
    return Result(told.client, notes=list(told.notes))


@verb(app, "list", data=Client, many=True, short="cowork client list --all", offline=True)
def list_(
    context: Context,
    all_: Annotated[bool, Option("--all", help="Also archived ones.")] = False,
) -> Result:
    """List clients."""
    from cowork_cli.store import clients

    found = clients.clients(context.store, context.today.isoformat(), archived=all_)
    return Result(found, empty="No clients yet. Add one with `cowork client add ID --name NAME`.")


@verb(app, "show", data=Client, short="cowork client show acme")
def show(context: Context, client: IdArgument) -> Result:
    """Show one client."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    row = find_client(context.store, client)
    return Result(clients.client(context.store, row, context.today.isoformat()))


@verb(app, "archive", data=Client, short="cowork client archive acme")
def archive(
    context: Context,
    client: IdArgument,
    undo: Annotated[bool, Option("--undo", help="Bring it back.")] = False,
) -> Result:
    """Hide a client that is done with; its history stays."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    row = find_client(context.store, client)
    today = context.today.isoformat()
    clients.change_client(context.store, row, {"archived": int(not undo)}, None, today)
    return Result(clients.client(context.store, row, today))


@verb(app, "import", data=ClientImport, short="cowork client import clients.csv --dry-run")
def import_(
    context: Context,
    file: Annotated[
        str,
        Argument(
            metavar="FILE", help="CSV; its columns are the options of `client add`; - is stdin."
        ),
    ],
    dry_run: options.DryRun = False,
) -> Result:
    """Bring a file of clients in, all or nothing; again, it updates."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.services.clients.importing import import_clients

    report, told = import_clients(
        context.store, file_of(context, file), context.today, home_of(context), dry_run=dry_run
    )
    notes = [*told, "Nothing was changed (--dry-run)."] if dry_run else list(told)
    return Result(report, notes=notes)
