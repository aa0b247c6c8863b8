"""`cowork space show` and `cowork space compare`: all that is known of one space, or of several."""

from collections.abc import Callable

from cowork_cli.commands._asking import asking, disclosure_of
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import Offline, SpaceArgument, app
from cowork_cli.context import Context
from cowork_cli.errors import UsageError, exit_code_of
from cowork_cli.output.result import Result
from cowork_cli.records import replace
from cowork_cli.services.spaces.results import SpaceDetails

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.spaces.detailing import Details
    from cowork_cli.services.spaces.showing import Origin

From = Annotated[
    str | None,
    Option("--from", metavar="PLACE", help="Distance from there; default: your own town."),
]
Refresh = Annotated[
    bool, Option("--refresh", help="Ask online again, however fresh the last answer is (7 days).")
]


@verb(app, "show", data=SpaceDetails, short="cowork space show wiesenburg")
def show(
    context: Context,
    ref: SpaceArgument,
    from_: From = None,
    offline: Offline = False,
    refresh: Refresh = False,
) -> Result:
    """Show all that is known of a space."""
    from cowork_cli.services.spaces import showing

    page = _shown(
        context,
        from_,
        offline,
        refresh,
        lambda seen_from, asker: [showing.details(ref, seen_from, asker, now=context.now)],
    )
    return replace(page, data=page.records[0])


@verb(app, "compare", data=SpaceDetails, many=True, short="cowork space compare hafen dorf basis")
def compare(
    context: Context,
    refs: Annotated[list[str], Argument(metavar="REF…", help="Two or more, each a ref or a name.")],
    from_: From = None,
    offline: Offline = False,
    refresh: Refresh = False,
) -> Result:
    """Put spaces side by side: plans, hours, amenities, what was measured."""
    from cowork_cli.services.spaces import comparing

    return _shown(
        context,
        from_,
        offline,
        refresh,
        lambda seen_from, asker: comparing.compared(refs, seen_from, asker, now=context.now),
    )


def _shown(
    context: Context,
    from_: str | None,
    offline: bool,
    refresh: bool,
    read: "Callable[[Origin | None, Details], list[SpaceDetails]]",
) -> Result:
    from cowork_cli.services.spaces import search, showing
    from cowork_cli.services.spaces.detailing import Details

    if offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "give one of them")
    seen_from = showing.origin(from_, context.config.text, context.paths.gazetteers())
    with asking(context) as (accounts, cache):
        asker = Details(
            store=context.store,
            accounts=accounts,
            cache=cache,
            offline=offline,
            refresh=refresh,
            disclosure=disclosure_of(context),
        )
        spaces = read(seen_from, asker)
        notes = [*asker.notes, *accounts.zones.said(), *search.attributions(spaces, accounts)]
        notes += [seen_from.credit] if seen_from and seen_from.credit else []
    return Result(
        spaces,
        notes=notes,
        problems=asker.problems,
        exit_code=exit_code_of(asker.problems, done=True),
    )
