"""Giving standing orders: `cowork standing add`, `list`, `show`, `remove`, `pause`, `resume`."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.standing._app import app
from cowork_cli.context import Context
from cowork_cli.domain.standing import StandingOrder, TakenDate
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result
from cowork_cli.records import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.bookings.standing import Wish

Name = Annotated[str, Argument(metavar="NAME", help="The name it was given.")]


@verb(
    app,
    "add",
    data=StandingOrder,
    short='cowork standing add office "Desk 1" --every mon-fri --ahead 14d',
)
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What to call it.")],
    desks: Annotated[list[str], Argument(metavar="DESK…", help="Desks, the best one first.")],
    every: Annotated[str, Option("--every", metavar="DAYS", help="mon,wed or mon-fri.")],
    ahead: Annotated[
        str, Option("--ahead", metavar="14d", help="How long before a day it can be booked.")
    ],
    from_: Annotated[
        str | None, Option("--from", metavar="HH:MM", help="Start, in the space's time.")
    ] = None,
    to: Annotated[
        str | None, Option("--to", metavar="HH:MM", help="End, in the space's time.")
    ] = None,
    opens: Annotated[
        str, Option("--opens", metavar="HH:MM", help="When booking opens, in the space's time.")
    ] = "00:00",
    skip_holidays: Annotated[
        str | None, Option("--skip-holidays", metavar="LAND", help="Leave out its public holidays.")
    ] = None,
    fallback: Annotated[
        str | None, Option("--fallback", metavar="any", help="Another of its kind will do.")
    ] = None,
    max_price: Annotated[
        str | None, Option("--max-price", metavar="EUR", help="What each booking may cost.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Book desks on the same days of every week, the moment that is possible; asks once."""
    from cowork_cli.services.bookings import standing

    words = (every, ahead, from_, to, opens, skip_holidays, fallback, max_price)
    wish = _wish(context, name, desks, *words)
    with asking(context) as (accounts, _):
        drawn = standing.draft(wish, store=context.store, accounts=accounts, now=context.now)
    told = [*drawn.notes]
    if dry_run:
        told += [drawn.question] if drawn.question else []
        return Result(None, notes=[*told, "Nothing was kept (--dry-run)."])
    if drawn.question:
        context.confirm(drawn.question)
    order = standing.add(drawn, store=context.store)
    when = "at once" if order.next <= context.now else f"on {order.next:%a %Y-%m-%d at %H:%M}"
    told.append(
        f"Its first date is due {when}; `cowork standing run` books it, from cron or by hand."
    )
    return Result(order, notes=told)


def _wish(
    context: Context,
    name: str,
    desks: list[str],
    every: str,
    ahead: str,
    from_: str | None,
    to: str | None,
    opens: str,
    land: str | None,
    fallback: str | None,
    max_price: str | None,
) -> "Wish":
    from cowork_cli.domain.clocks import parse_clock
    from cowork_cli.domain.lengths import parse_days
    from cowork_cli.domain.weekdays import parse_weekdays
    from cowork_cli.services.bookings.series import land_named
    from cowork_cli.services.bookings.standing import Wish

    if fallback not in (None, "any"):
        raise BadInput(f'--fallback "{fallback}" is not known', "give `--fallback any`")
    return Wish(
        name=name,
        desks=tuple(dict.fromkeys(desks)),
        weekdays=parse_weekdays(every, context.today),
        from_=options.clock(from_),
        to=options.clock(to, end=True),
        ahead_days=parse_days(ahead, "--ahead"),
        opens=parse_clock(opens, bare=True),
        land=land_named(land) if land is not None else None,
        any_desk=fallback is not None,
        max_price=euro(max_price, "--max-price"),
    )


@verb(app, "list", data=StandingOrder, many=True, short="cowork standing list")
def list_(context: Context) -> Result:
    """List the standing orders, and when each has something to do."""
    from cowork_cli.store import standing

    hint = "No standing orders. Give one with `cowork standing add NAME DESK --every mon-fri --ahead 14d`."
    return Result(standing.every(context.store), empty=hint)


@verb(app, "show", data=StandingOrder, short="cowork standing show office")
def show(context: Context, name: Name) -> Result:
    """Show one standing order; beside it the dates it has taken up."""
    from cowork_cli.services.bookings import standing
    from cowork_cli.store import standing as stored

    order = standing.find(name, context.store)
    dates = tuple(
        TakenDate(one.day, one.state, f"b-{one.booking}" if one.booking else None, one.detail)
        for one in stored.dates(context.store, order.id)
    )
    lines = [
        "  ".join(filter(None, (f"{one.date:%a %Y-%m-%d}", one.state, one.booking, one.detail)))
        for one in dates
        if one.date >= context.today
    ]
    return Result(replace(order, dates=dates), notes=lines)


@verb(app, "edit", data=StandingOrder, short="cowork standing edit office --max-price 20")
def edit(
    context: Context,
    name: Name,
    rename: Annotated[
        str | None, Option("--rename", metavar="NEW", help="Another name; all else stays.")
    ] = None,
    max_price: Annotated[
        str | None, Option("--max-price", metavar="EUR", help="What each booking may cost.")
    ] = None,
    skip_holidays: Annotated[
        str | None,
        Option("--skip-holidays", metavar="LAND", help="Leave out its public holidays, or none."),
    ] = None,
    fallback: Annotated[
        str | None, Option("--fallback", metavar="any|none", help="Whether another will do.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Change a standing order; a higher price asks again.

    For other desks, days or times remove it and add it anew: what it booked stays, and is not booked twice.
    """
    from cowork_cli.services.bookings import standing
    from cowork_cli.services.bookings.series import land_named

    if fallback not in (None, "any", "none"):
        raise BadInput(f'--fallback "{fallback}" is not known', "give `any` or `none`")
    land = "" if skip_holidays == "none" else skip_holidays and land_named(skip_holidays)
    change = standing.Change(
        rename,
        euro(max_price, "--max-price"),
        land,
        None if fallback is None else fallback == "any",
    )
    question = standing.question_of(name, change, store=context.store)
    if dry_run:
        told = [question] if question else []
        present = standing.find(name, context.store)
        return Result(present, notes=[*told, "Nothing was changed (--dry-run)."])
    if question:
        context.confirm(question)
    order = standing.edit(name, change, store=context.store)
    return Result(order, notes=[f"Changed {order.name}. Take it back with `cowork undo`."])


@verb(app, "remove", data=StandingOrder, short="cowork standing remove office")
def remove(context: Context, name: Name) -> Result:
    """Remove a standing order; what it booked stays booked."""
    from cowork_cli.services.bookings import standing

    order = standing.remove(name, store=context.store)
    return Result(order, notes=[f"Removed {order.name}; its bookings stand."])


@verb(app, "pause", data=StandingOrder, short="cowork standing pause office")
def pause(context: Context, name: Name) -> Result:
    """Book nothing for a while."""
    return _turned(context, name, "paused")


@verb(app, "resume", data=StandingOrder, short="cowork standing resume office")
def resume(context: Context, name: Name) -> Result:
    """Go on; what opened meanwhile is booked late."""
    return _turned(context, name, "active")


def _turned(context: Context, name: str, state: str) -> Result:
    from cowork_cli.services.bookings import standing

    order, changed = standing.turn(name, state, store=context.store)
    word = "" if changed else " already"
    return Result(order, notes=[f"{order.name} is {order.state}{word}."])
