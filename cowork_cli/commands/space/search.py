"""`cowork space search`: spaces around a place, or of a name."""

from cowork_cli.commands._asking import asking, check_radius, disclosure_of, euro, finder_of
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import ASKED, Asked, app
from cowork_cli.context import Context
from cowork_cli.domain.space import Space
from cowork_cli.errors import BadInput, UsageError, exit_code_of
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.spaces.narrowing import Filters
    from cowork_cli.services.spaces.request import SearchRequest


@verb(
    app,
    "search",
    data=Space,
    many=True,
    rows="ListedSpace",
    short="cowork space search --near Hamburg --radius 5",
)
def search(
    context: Context,
    where: Annotated[
        list[str] | None,
        Argument(metavar="WHERE", help="A place, or the name of a space; words are joined."),
    ] = None,
    sort: Annotated[
        str, Option("--sort", metavar="BY", help="distance, price or name.")
    ] = "distance",
    limit: Annotated[int, Option("--limit", metavar="N", help="Show at most N.")] = 20,
    refresh: Annotated[
        bool,
        Option(
            "--refresh",
            help="Ask online again, however fresh the last answer is (7 days).",
        ),
    ] = False,
    *,
    asked: Annotated[Asked, ASKED],
) -> Result:
    """Find spaces around a place, or of a name."""
    from cowork_cli.services.spaces import search as searching
    from cowork_cli.services.spaces.request import SearchRequest
    from cowork_cli.services.spaces.where import resolve

    typed = " ".join(where).strip() if where else None
    _check(typed, asked, limit, sort)
    if asked.offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "give one of them")
    filters = _filters(context, asked)
    with asking(context) as (accounts, cache):
        request = SearchRequest(
            where=resolve(
                typed,
                asked.near,
                asked.radius,
                store=context.store,
                cache=cache,
                finder=finder_of(context, accounts, offline=asked.offline),
            ),
            filters=filters,
            accounts=tuple(asked.account or ()),
            sort=sort,
            limit=limit,
            offline=asked.offline,
            refresh=refresh,
        )
        answer = searching.search(
            request,
            store=context.store,
            accounts=accounts,
            cache=cache,
            today=context.today,
            disclosure=disclosure_of(context),
        )
        rows = _listed(context, answer.spaces, accounts)
    return Result(
        answer.spaces,
        rows=rows,
        notes=answer.notes,
        problems=answer.problems,
        exit_code=exit_code_of(answer.problems, done=True),
        truncated=answer.truncated,
        empty=_nothing(request),
    )


def _listed(
    context: Context, spaces: "Sequence[Space]", accounts: "Accounts"
) -> "Sequence[Space] | None":
    """For a table each with its hours in words; for programs nothing is reckoned."""
    if context.form != "table" or not spaces:
        return None
    from cowork_cli.services.spaces.opening_words import listed

    return listed(spaces, context.now, accounts.zones.of)


def _filters(context: Context, asked: Asked) -> "Filters":
    from cowork_cli.records import replace
    from cowork_cli.services.spaces.narrowing import Filters

    filters = Filters(max_price=euro(asked.max_price, "--max-price"), per=asked.per)
    if asked.kind or asked.amenity:
        from cowork_cli.services.spaces.facts import amenity_named, check_kinds

        amenities = tuple(dict.fromkeys(amenity_named(word) for word in asked.amenity or ()))
        filters = replace(filters, kinds=check_kinds(asked.kind or ()), amenities=amenities)
    if asked.open_on or asked.at:
        from cowork_cli.domain.phrases import parse_clock, parse_date

        day = parse_date(asked.open_on, context.today, planned=True) if asked.open_on else None
        clock = parse_clock(asked.at) if asked.at else None
        filters = replace(filters, open_on=day, at=clock)
    return filters


def _check(typed: str | None, asked: Asked, limit: int, sort: str) -> None:
    from cowork_cli.services.spaces.narrowing import SORTS

    near, per = asked.near, asked.per
    if typed is not None and near is not None:
        whole = near if typed == near else f"{near} {typed}"
        raise UsageError(
            "WHERE and --near were both given", f'give one place, as in `--near "{whole}"`'
        )
    check_radius(asked.radius)
    if limit < 1:
        raise BadInput(f"--limit {limit} shows nothing", "give `--limit 20`")
    if per not in (None, "hour", "day", "month"):
        raise BadInput(f'--per "{per}" is not a unit', "choose of hour, day, month")
    if sort not in SORTS:
        raise BadInput(f'--sort "{sort}" is not an order', f"choose of {', '.join(SORTS)}")


def _nothing(request: "SearchRequest") -> str:
    from cowork_cli.services.spaces.where import Around

    where = request.where
    if not isinstance(where, Around):
        return (
            "Your directory holds no such space. Add one with `cowork space add NAME`, bring in a "
            "file with `cowork space import FILE`, or name a place: `cowork space search Hamburg`."
        )
    such = "such space" if request.filters.narrow else "space"
    return (
        f"No {such} is known within {where.radius_km:g} km of {where.name}. "
        f"Look further with `--radius {min(1000, where.radius_km * 3):g}`, or bring in a file with "
        "`cowork space import FILE`."
    )
