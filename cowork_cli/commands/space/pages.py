"""`cowork space show` and `cowork space compare`: all that is known of one space, or of several."""

from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import SpaceArgument, app
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import SpaceDetails

From = Annotated[
    str | None,
    Option("--from", metavar="PLACE", help="Distance from there; default: your own town."),
]


@verb(app, "show", data=SpaceDetails, short="cowork space show wiesenburg")
def show(context: Context, ref: SpaceArgument, from_: From = None) -> Result:
    """Show all that is known of a space."""
    from cowork_cli.services.spaces import search, showing

    seen_from = showing.origin(from_, context.config.text, context.paths.gazetteers())
    with asking(context) as (accounts, cache):
        space = showing.details(
            ref, seen_from, store=context.store, accounts=accounts, cache=cache, now=context.now
        )
        notes = [*accounts.zones.said(), *search.attributions([space], accounts)]
    return Result(space, notes=notes)


@verb(app, "compare", data=SpaceDetails, many=True, short="cowork space compare hafen dorf basis")
def compare(
    context: Context,
    refs: Annotated[list[str], Argument(metavar="REF…", help="Two or more, each a ref or a name.")],
    from_: From = None,
) -> Result:
    """Put spaces side by side: plans, hours, amenities, what was measured."""
    from cowork_cli.services.spaces import comparing, search, showing

    seen_from = showing.origin(from_, context.config.text, context.paths.gazetteers())
    with asking(context) as (accounts, cache):
        spaces = comparing.compared(
            refs, seen_from, store=context.store, accounts=accounts, cache=cache, now=context.now
        )
        notes = [*accounts.zones.said(), *search.attributions(spaces, accounts)]
    return Result(spaces, notes=notes)
