"""`cowork desk`: what can be booked in a space."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import DESK_KINDS, Desk
from cowork_cli.errors import BadInput, UsageError, by_gravity, exit_code_of, raise_if_all_failed
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import Removed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.spaces.desks import DeskFacts

app = new_app()

NEAR_KM = 10.0

SpaceArgument = Annotated[
    str, Argument(metavar="SPACE", help="Ref or name of a space, or the start of its words.")
]
DeskArgument = Annotated[
    str, Argument(metavar="DESK", help="Ref or name of a desk, or the start of its words.")
]
Kind = Annotated[str | None, Option("--kind", metavar="K", help=f"{', '.join(DESK_KINDS)}.")]
Units = Annotated[
    int | None, Option("--units", metavar="N", help="How many there are of the same.")
]
Capacity = Annotated[int | None, Option("--capacity", metavar="N", help="How many people fit.")]
PriceOption = Annotated[
    str | None, Option("--price", metavar="P", help="day=18, hour=12net, day=20gross.")
]


@verb(app, "list", data=Desk, many=True, short="cowork desk list wiesenburg")
def list_(context: Context, space: SpaceArgument, kind: Kind = None) -> Result:
    """List the desks, rooms and booths of a space."""
    from cowork_cli.services.spaces import elsewhere

    with asking(context) as (accounts, cache):
        named, rows = elsewhere.listed(
            space, store=context.store, accounts=accounts, cache=cache, kind=kind
        )
    return Result(rows, empty=f"No desk of {named.name} is known. Add one with `cowork desk add`.")


@verb(app, "add", data=Desk, short='cowork desk add wiesenburg "Desk 1" --price day=18')
def add(
    context: Context,
    space: SpaceArgument,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    kind: Kind = None,
    units: Units = None,
    capacity: Capacity = None,
    price: PriceOption = None,
) -> Result:
    """Add a desk or a room to a space of your own."""
    from cowork_cli.services.spaces import desks

    facts = _facts(name, kind, units, capacity, price)
    added = desks.add_desk(space, facts, store=context.store)
    times = " --from 10:00 --to 12:00" if added.kind in ("room", "booth") else ""
    return Result(
        added, notes=[f"Next: `cowork book {shell_word(added.name)} --on tomorrow{times}`."]
    )


@verb(app, "edit", data=Desk, short='cowork desk edit "Desk 1" --price day=20')
def edit(
    context: Context,
    desk: DeskArgument,
    name: Annotated[str | None, Option("--name", help="What it is called.")] = None,
    kind: Kind = None,
    units: Units = None,
    capacity: Capacity = None,
    price: PriceOption = None,
) -> Result:
    """Change what is given of a desk."""
    from cowork_cli.services.spaces import desks

    facts = _facts(name, kind, units, capacity, price)
    if facts == desks.DeskFacts():
        raise UsageError("nothing to change was given", "see `cowork desk edit --help`")
    return Result(desks.edit_desk(desk, facts, store=context.store))


@verb(app, "remove", data=Removed, short="cowork desk remove local:alte-muehle/desk-1")
def remove(
    context: Context,
    desk: Annotated[str, Argument(metavar="DESK", help="Its ref or its exact name.")],
    dry_run: options.DryRun = False,
) -> Result:
    """Take a desk out of a space of your own."""
    from cowork_cli.services.spaces import desks

    leaving = desks.remove_desk(desk, store=context.store, dry_run=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    context.confirm(f"Remove {leaving.name} ({leaving.ref})?")
    removed = desks.remove_desk(str(leaving.ref), store=context.store, dry_run=False)
    return Result(removed, notes=[f"Removed {removed.name}. Bring it back with `cowork undo`."])


@verb(app, "free", data=Desk, many=True, short="cowork desk free wiesenburg --on tomorrow")
def free(
    context: Context,
    things: Annotated[
        list[str] | None, Argument(metavar="SPACE|DESK…", help="Spaces or desks.")
    ] = None,
    near: Annotated[
        str | None, Option("--near", metavar="PLACE", help="All known ones within 10 km.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="The day.")] = None,
    from_: Annotated[str | None, Option("--from", metavar="HH:MM", help="Free from then.")] = None,
    to: Annotated[str | None, Option("--to", metavar="HH:MM", help="Free until then.")] = None,
    capacity: Capacity = None,
    kind: Kind = None,
) -> Result:
    """Show when desks are free on a day, in the time of their space."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.spaces import availability
    from cowork_cli.services.spaces.where import Finder, around

    if not things and near is None:
        raise UsageError("no space or desk was named", "name one, or give `--near PLACE`")
    if capacity is not None and capacity < 1:
        raise BadInput(f"--capacity {capacity} is not a count", "give `--capacity` as `1` or more")
    query = availability.FreeQuery(
        tuple(things or ()),
        parse_date(on or "today", context.today, planned=True),
        options.clock(from_),
        options.clock(to, end=True),
        capacity,
        kind,
        around(near, NEAR_KM, Finder(countries=context.paths.gazetteers())) if near else None,
    )
    with asking(context) as (accounts, cache):
        answer = availability.free(query, store=context.store, accounts=accounts, cache=cache)
    raise_if_all_failed(answer.problems, done=bool(answer.desks))
    credit = query.around.credit if query.around else None
    return Result(
        answer.desks,
        notes=[*answer.notes, *([credit] if credit else [])],
        problems=by_gravity(answer.problems),
        exit_code=exit_code_of(answer.problems, done=True),
        empty="No such desk is known. Add one with `cowork desk add SPACE NAME`.",
    )


def _facts(
    name: str | None,
    kind: str | None,
    units: int | None,
    capacity: int | None,
    price: str | None,
) -> "DeskFacts":
    from cowork_cli.domain import texts
    from cowork_cli.domain.amounts import parse_price
    from cowork_cli.services.spaces.desks import DeskFacts

    name = None if name is None else texts.line(name, "the name") or ""
    if price is not None and price.strip().lower() in ("", "none"):
        return DeskFacts(name, kind, units, capacity, without_price=True)
    return DeskFacts(name, kind, units, capacity, parse_price(price) if price else None)
