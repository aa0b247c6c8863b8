"""`cowork plan`: what spaces charge, kept by hand."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.plan import PLAN_FIELDS, PLAN_KINDS, Plan
from cowork_cli.domain.plan_mix import PlanMix
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result

app = new_app()

SpaceArgument = Annotated[
    str, Argument(metavar="SPACE", help="Ref or name of a space, or the start of its words.")
]
Extras = Annotated[
    list[str] | None,
    Option(
        "--extra",
        metavar="E",
        help="NAME=PRICE, such as phone=month=10net; again for more, NAME= takes one out.",
    ),
]


@verb(app, "list", data=Plan, many=True, short="cowork plan list wiesenburg")
def list_(
    context: Context,
    space: Annotated[
        str | None, Argument(metavar="[SPACE]", help="Only those of this space.")
    ] = None,
    kind: Annotated[
        str | None, Option("--kind", metavar="K", help=f"{', '.join(PLAN_KINDS)}.")
    ] = None,
) -> Result:
    """List the plans that you keep; of one space, or all."""
    from cowork_cli.services.spaces import plans

    with asking(context) as (_, cache):
        known, name = plans.listed(space, kind, store=context.store, cache=cache)
    of = f" of {name}" if name else ""
    such = f" of the kind {kind}" if kind else ""
    return Result(
        known,
        empty=f"No plan{of}{such} is kept. Add one with"
        " `cowork plan add SPACE NAME --kind day --price 18`.",
    )


@verb(
    app, "add", data=Plan, short='cowork plan add wiesenburg "Ten days" --kind bundle --count 10 --price 150net'
)  # fmt: skip
def add(
    context: Context,
    space: SpaceArgument,
    name: Annotated[str, Argument(metavar="NAME", help="What the space calls it.")],
    extra: Extras = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(PLAN_FIELDS)],
) -> Result:
    """Keep what a space charges: a day, a bundle of days, a month, an address."""
    from cowork_cli.services.spaces import plans

    with asking(context) as (_, cache):
        added = plans.add(
            space, name, fields, extra or (), store=context.store, cache=cache, today=context.today
        )
    notes = [
        f"Kept as {added.id}. See it beside the others with `cowork space show {added.space_ref}`."
    ]
    if added.price is not None and added.price.tax == "unknown":
        notes.append(
            "Whether VAT is in the price is not known; say it as in"
            f" `cowork plan edit {added.id} --price {added.price.money.amount:f}net`."
        )
    return Result(added, notes=notes)


@verb(app, "edit", data=Plan, short="cowork plan edit plan-1 --price 19.50net --valid-from 1.1.")
def edit(
    context: Context,
    plan: Annotated[str, Argument(metavar="PLAN", help="plan-1, or the start of its words.")],
    name: Annotated[str | None, Option("--name", help="What the space calls it.")] = None,
    extra: Extras = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(PLAN_FIELDS)],
) -> Result:
    """Change what is kept of a plan; an empty value takes one back."""
    from cowork_cli.services.spaces import plans

    if name is None and not extra and all(value is None for value in fields.values()):
        raise UsageError("nothing to change was given", "see `cowork plan edit --help`")
    changed = plans.edit(plan, name, fields, extra or (), store=context.store, today=context.today)
    return Result(changed)


@verb(app, "remove", data=Plan, short="cowork plan remove plan-1")
def remove(
    context: Context,
    plan: Annotated[str, Argument(metavar="PLAN", help="plan-1, or its exact name.")],
    dry_run: options.DryRun = False,
) -> Result:
    """Take a plan out; `undo` brings it back."""
    from cowork_cli.services.spaces import plans

    leaving = plans.find(plan, store=context.store, strict=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    context.confirm(f"Remove the plan {leaving.name} of {leaving.space_name} ({leaving.id})?")
    plans.remove(leaving, store=context.store)
    return Result(leaving, notes=[f"Removed {leaving.id}. Bring it back with `cowork undo`."])


@verb(
    app,
    "optimise",
    data=PlanMix,
    short="cowork plan optimise wiesenburg --days mon,wed --horizon 6m",
)
def optimise(
    context: Context,
    spaces: Annotated[list[str], Argument(metavar="SPACE…", help="One space, or several.")],
    days: Annotated[
        str | None, Option("--days", metavar="DAYS", help="Days of the week: mon,wed.")
    ] = None,
    dates: Annotated[
        list[str] | None,
        Option(
            "--dates", metavar="DATE", help="Single days, with commas, or A..B; again for more."
        ),
    ] = None,
    from_log: Annotated[
        str | None,
        Option("--from-log", metavar="PERIOD", help="The days you were there: hours and bookings."),
    ] = None,
    start: Annotated[
        str | None, Option("--start", metavar="DATE", help="First day of --days; default: today.")
    ] = None,
    horizon: Annotated[str, Option("--horizon", metavar="6m", help="How far --days go.")] = "3m",
    skip_holidays: Annotated[
        bool, Option("--skip-holidays", help="Leave out the public holidays at the first space.")
    ] = False,
    way: Annotated[
        list[str] | None,
        Option(
            "--way",
            metavar="SPACE=WAY",
            help="There and back: SPACE=24km,50min,7.20; again for more.",
        ),
    ] = None,
    rooms: Annotated[
        list[str] | None,
        Option(
            "--room",
            metavar="DAY=TIME",
            help="A room on each of these days: wed=2h; again for more.",
        ),
    ] = None,
    room_price: Annotated[
        list[str] | None,
        Option(
            "--room-price",
            metavar="SPACE=P",
            help="An hour of a room: SPACE=12net; again for more.",
        ),
    ] = None,
    paid: Annotated[
        str | None, Option("--paid", metavar="AMOUNT", help="What the days of --from-log did cost.")
    ] = None,
    tax: Annotated[
        str | None,
        Option("--tax", metavar="T", help="net or gross; default: by seller.small_business."),
    ] = None,
    vat_rate: Annotated[
        str | None, Option("--vat-rate", metavar="R", help="VAT in percent, outside of Germany.")
    ] = None,
    team: Annotated[
        bool, Option("--team", help="Plans that are sold to teams alone, too.")
    ] = False,
) -> Result:
    """Find the cheapest mix of plans for the days you need, over one space or several."""
    from cowork_cli.commands._plan_wish import Asked, optimise_asked

    asked = Asked(
        spaces, days, dates, from_log, start, horizon, skip_holidays, way or [], rooms or [],
        room_price or [], paid, tax, vat_rate, team,
    )  # fmt: skip
    return optimise_asked(context, asked)
