"""`cowork space sync`: a region fetched to this machine."""

from cowork_cli.commands._asking import asking, check_radius, disclosure_of, finder_of
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import Radius, app
from cowork_cli.context import Context
from cowork_cli.errors import exit_code_of
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import Region


@verb(app, "sync", data=Region, short="cowork space sync --near Berlin --radius 50")
def sync(
    context: Context,
    near: Annotated[str, Option("--near", metavar="PLACE", help="A place, postcode or LAT,LON.")],
    radius: Radius = 50.0,
    account: Annotated[
        list[str] | None, Option("--account", metavar="NAME", help="Fetch only from this account.")
    ] = None,
    refresh: Annotated[
        bool, Option("--refresh", help="Fetch again also what is there already.")
    ] = False,
) -> Result:
    """Fetch a region to this machine; interrupted, it goes on where it stopped."""
    from cowork_cli.services.spaces.syncing import sync as fetch
    from cowork_cli.services.spaces.where import around

    check_radius(radius)
    with asking(context) as (accounts, cache):
        region = around(near, radius, finder_of(context, accounts))
        done, problems = fetch(
            region,
            tuple(account or ()),
            accounts=accounts,
            cache=cache,
            now_s=context.store.now_s,
            tell=context.note,
            disclosure=disclosure_of(context),
            anew=refresh,
        )
        lines = [accounts.attribution(row.account) for row in done if row.spaces]
        lines.append(region.credit)
    held = Region(
        region.name, region.lat, region.lon, radius, sum(row.spaces for row in done), tuple(done)
    )
    notes = list(dict.fromkeys(line for line in lines if line))
    if problems:
        notes.append("Type the same line again later: it goes on where it stopped.")
    return Result(held, notes=notes, problems=problems, exit_code=exit_code_of(problems, done=True))
