"""`cowork membership`: what a membership includes, what was used of it, and what ends soon."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.fields import Field
from cowork_cli.domain.membership import Membership
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result

app = new_app()

MembershipArgument = Annotated[str, Argument(metavar="ID", help="ms-1, or the start of its words.")]
Includes = Annotated[
    list[str] | None,
    Option(
        "--includes",
        metavar="W=N",
        help='days=10/month, prints=100, "credits=50 until DATE", "room=4 for 3m"; again for more.',
    ),
]
FIELDS = (
    Field("starts", "date", "First day; default: today.", "DATE"),
    Field("ends", "date", "Last day.", "DATE"),
    Field("plan", "text", "The plan it is of: plan-1.", "PLAN"),
    Field("contract", "text", "The contract it is under: c-1.", "ID"),
    Field("note", "text", "For yourself.", "T"),
)


@verb(app, "list", data=Membership, many=True, short="cowork membership list")
def list_(
    context: Context,
    space: Annotated[str | None, Argument(metavar="[SPACE]", help="Only those of it.")] = None,
) -> Result:
    """List the memberships and what is left of each."""
    from cowork_cli.services.tariffs import memberships

    with asking(context) as (_, cache):
        known = memberships.listed(space, store=context.store, cache=cache, today=context.today)
    return Result(
        known,
        empty="No membership is kept. Add one with"
        " `cowork membership add SPACE NAME --includes days=10/month`.",
    )


@verb(
    app,
    "add",
    data=Membership,
    short="cowork membership add wiesenburg Flex --includes days=10/month",
)
def add(
    context: Context,
    space: Annotated[str, Argument(metavar="SPACE", help="Ref or name of a space.")],
    name: Annotated[str, Argument(metavar="NAME", help="What the space calls it.")],
    includes: Includes = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Keep a membership and what it includes."""
    from cowork_cli.services.tariffs import memberships

    with asking(context) as (_, cache):
        added = memberships.add(
            space,
            name,
            fields,
            includes or (),
            store=context.store,
            cache=cache,
            today=context.today,
        )
    notes = [f"Kept as {added.id}."]
    if added.holdings:
        what = shell_word(added.holdings[0].what)
        notes = [f"Kept as {added.id}. Use it with `cowork membership use {added.id} {what}`."]
    return Result(added, notes=notes)


@verb(app, "edit", data=Membership, short="cowork membership edit ms-1 --ends 2027-03-31")
def edit(
    context: Context,
    membership: MembershipArgument,
    name: Annotated[str | None, Option("--name", help="What the space calls it.")] = None,
    includes: Includes = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Change what is kept of a membership; --includes adds to it."""
    from cowork_cli.services.tariffs import memberships

    if name is None and not includes and all(value is None for value in fields.values()):
        raise UsageError("nothing to change was given", "see `cowork membership edit --help`")
    changed = memberships.edit(
        membership, name, fields, includes or (), store=context.store, today=context.today
    )
    return Result(changed)


@verb(app, "use", data=Membership, short="cowork membership use ms-1 prints 12")
def use(
    context: Context,
    membership: MembershipArgument,
    what: Annotated[str, Argument(metavar="WHAT", help="days, prints, guests, room, credits …")],
    amount: Annotated[str, Argument(metavar="[N]", help="How many; of a room, hours.")] = "1",
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="Day of use; default: today.")
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="T", help="For yourself.")] = None,
) -> Result:
    """Write down what was used; what ends first is used first."""
    from cowork_cli.services.tariffs import memberships

    used = memberships.use(
        membership, what, amount, on, note, store=context.store, today=context.today
    )
    left = ", ".join(str(held) for held in used.holdings) or "nothing"
    return Result(used, notes=[f"Left: {left}."])


@verb(app, "remove", data=Membership, short="cowork membership remove ms-1")
def remove(
    context: Context, membership: MembershipArgument, dry_run: options.DryRun = False
) -> Result:
    """Take a membership out with its ledger; `undo` brings it back."""
    from cowork_cli.services.tariffs import memberships

    leaving = memberships.find(membership, store=context.store, today=context.today, strict=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    context.confirm(f"Remove the membership {leaving.name} at {leaving.space_name} ({leaving.id})?")
    memberships.remove(leaving, store=context.store)
    return Result(leaving, notes=[f"Removed {leaving.id}. Bring it back with `cowork undo`."])
