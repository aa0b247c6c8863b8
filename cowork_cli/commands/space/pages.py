"""`cowork space show`: all that is known of a space."""

from cowork_cli.commands._asking import asking
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import SpaceArgument, app
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import SpaceDetails


@verb(app, "show", data=SpaceDetails, short="cowork space show wiesenburg")
def show(context: Context, ref: SpaceArgument) -> Result:
    """Show all that is known of a space."""
    from cowork_cli.services.spaces import search as searching

    with asking(context) as (accounts, cache):
        space = searching.details(
            ref, store=context.store, accounts=accounts, cache=cache, now=context.now
        )
        notes = [*accounts.zones.said(), *searching.attributions([space], accounts)]
    return Result(space, notes=notes)
