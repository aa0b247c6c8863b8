"""`cowork team`: for whom you pay desks."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.team import Member, TeamRow
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

app = new_app()

MemberArgument = Annotated[str, Argument(metavar="MEMBER", help="member-1, or a name.")]
Cap = Annotated[
    str | None, Option("--cap", metavar="EUR/month", help="The most a month: 200, or none.")
]
Centre = Annotated[
    str | None, Option("--cost-centre", metavar="C", help="As your books call it, or none.")
]
PersonOption = Annotated[
    str | None, Option("--person", metavar="PERSON", help="Who they are in `people`, or none.")
]


@verb(app, "add", data=Member, short='cowork team add "Ada Roth" --cap 200 --cost-centre 4711')
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="As `booking add --for` is given it.")],
    cap: Cap = None,
    centre: Centre = None,
    person: PersonOption = None,
) -> Result:
    """Add somebody for whom you pay desks, with a cap a month or without."""
    from cowork_cli.services.people import team

    member, notes = team.add(
        context.store, name, cap=cap, centre=centre, person=person, today=context.today,
        zone=context.zone,
    )  # fmt: skip
    return Result(member, notes=notes)


@verb(app, "edit", data=Member, short="cowork team edit ada --cap 250")
def edit(
    context: Context,
    member: MemberArgument,
    cap: Cap = None,
    centre: Centre = None,
    person: PersonOption = None,
) -> Result:
    """Change the cap or the cost centre of somebody."""
    from cowork_cli.services.people import team

    changed = team.edit(
        context.store, member, cap=cap, centre=centre, person=person, today=context.today,
        zone=context.zone,
    )  # fmt: skip
    return Result(changed)


@verb(app, "remove", data=Member, short="cowork team remove member-1")
def remove(context: Context, member: MemberArgument) -> Result:
    """Take somebody out of the team; their bookings stay."""
    from cowork_cli.services.people import team

    gone = team.remove(context.store, member, context.today, context.zone)
    return Result(gone, notes=[f"Removed {gone.name}; the bookings stay."])


@verb(app, "list", data=Member, many=True, short="cowork team list")
def list_(context: Context) -> Result:
    """List the team: caps, and what is booked this month."""
    from cowork_cli.services.people import team

    rows = team.listed(context.store, context.today, context.zone)
    hint = "Nobody belongs to the team. Add somebody with `cowork team add NAME`."
    return Result(
        rows, notes=["Booked: by the prices that were quoted."] if rows else [], empty=hint
    )


@verb(app, "sheet", data=TeamRow, many=True, short="cowork team sheet --last-month --out team.csv")
def sheet(
    context: Context,
    period: Annotated[Period, options.period_options("month")],
    member: Annotated[
        str | None, Option("--member", metavar="MEMBER", help="Only this one.")
    ] = None,
    language: Annotated[
        str | None, Option("--language", metavar="L", help="de or en; else invoice.language.")
    ] = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """The days of each: proof of attendance (.html), cost centres (.csv)."""
    from cowork_cli.services.people import team

    rows, notes = team.sheet(context.store, period, member, context.zone)
    said = [f"Range: {period.from_ or 'the beginning'} to {period.to or 'the end'}.", *notes]
    listed = Result(rows, notes=said, empty="Nothing was booked for the team in that time.")
    if out is None:
        return listed
    spoken = language or context.config.text("invoice.language") or "de"
    if spoken not in ("de", "en"):
        raise BadInput(f'--language "{spoken}" is not known', "give `--language de` or `en`")
    if out != "-" and not out.lower().endswith((".csv", ".html")):
        raise BadInput(f'cannot write "{out}"', "name it `.html` or `.csv`")
    if out.lower().endswith(".html"):
        from cowork_cli.services.people.team_page import written as page

        content = page(rows, period, spoken, context.today)
    else:
        content = team.written(rows)
    place = destination(context, out, force, "team.csv", text=True)
    place.write(content)
    return place.result(content, Result(rows, notes=[*said, *place.wrote()], empty=listed.empty))
