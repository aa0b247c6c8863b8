"""The ledger: adding, finding, changing people, and what was between a person and oneself."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.people._app import PersonArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.people import PERSON, TALKS, Person, Talk
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WITHOUT_NAME = tuple(field for field in PERSON if field.name != "name")


@verb(
    app,
    "add",
    data=Person,
    short='cowork people add "Ada Roth" --trade illustrator --met-at "Hafen 12"',
)
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="The full name.")],
    *,
    fields: Annotated["dict[str, Any]", field_options(_WITHOUT_NAME)],
) -> Result:
    """Note somebody you met; it stays in your own store."""
    from cowork_cli.services.people import people

    told = people.add(context.store, name, fields, context.today)
    return Result(told.person, notes=list(told.notes))


@verb(app, "show", data=Person, short="cowork people show ada")
def show(context: Context, person: PersonArgument) -> Result:
    """Show all that is kept of a person, and what was asked, given, introduced."""
    from cowork_cli.services.people import people

    found = people.shown(context.store, person)
    counts = [f"{kind} {sum(talk.kind == kind for talk in found.talks)}" for kind in TALKS]
    notes = [f"{', '.join(counts)}."] if found.talks else []
    return Result(found, notes=[*notes, *people.remarks(context.store, found)])


@verb(app, "find", data=Person, many=True, short="cowork people find illustrator --met-at Hafen")
def find(
    context: Context,
    words: Annotated[
        list[str] | None, Argument(metavar="WORD…", help="Words of a name, company, skill, note.")
    ] = None,
    skill: Annotated[str | None, Option("--skill", metavar="S", help="What they know.")] = None,
    trade: Annotated[str | None, Option("--trade", metavar="T", help="What they do.")] = None,
    met: Annotated[
        str | None, Option("--met-at", metavar="PLACE", help="Where you met them.")
    ] = None,
    client: Annotated[
        str | None, Option("--client", metavar="C", help="The people of a client.")
    ] = None,
) -> Result:
    """Find people in your own ledger; without a word, all of them."""
    from cowork_cli.services.people import people

    found = people.search(
        context.store, words or [], skill=skill, trade=trade, met=met, client=client
    )
    return Result(found, empty="Nobody found. Note somebody with `cowork people add NAME`.")


@verb(app, "edit", data=Person, short="cowork people edit ada --email ada@example.org")
def edit(
    context: Context,
    person: PersonArgument,
    *,
    fields: Annotated["dict[str, Any]", field_options(PERSON)],
) -> Result:
    """Change what is kept of a person; `none` takes a fact away."""
    from cowork_cli.services.people import people

    told = people.edit(context.store, person, fields, context.today)
    return Result(told.person, notes=list(told.notes))


@verb(app, "log", data=Talk, short='cowork people log ada order "Website" --client acme')
def log(
    context: Context,
    person: Annotated[
        str, Argument(metavar="PERSON", help="person-3, or a name; talk-2 with --remove.")
    ],
    kind: Annotated[str | None, Argument(metavar="KIND", help=f"{', '.join(TALKS)}.")] = None,
    text: Annotated[str | None, Argument(metavar="TEXT", help="What it was about.")] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Default: today.")] = None,
    to: Annotated[
        str | None, Option("--to", metavar="PERSON", help="Whom they were introduced to.")
    ] = None,
    client: Annotated[
        str | None, Option("--client", metavar="C", help="The client that came of it.")
    ] = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="The project that came of it.")
    ] = None,
    remove: Annotated[bool, Option("--remove", help="Take talk-2 out again.")] = False,
) -> Result:
    """Note what was asked, given, introduced, or what came of it: lead, order, advice."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.errors import BadInput
    from cowork_cli.services.people import people

    if remove:
        if kind or text or on or to or client or project:
            raise BadInput(
                "--remove takes nothing but the talk", "as in `cowork people log talk-2 --remove`"
            )
        gone = people.remove_talk(context.store, person)
        return Result(gone, notes=[f"Removed {gone.id}."])
    day = parse_date(on, context.today, planned=False) if on else context.today
    if day > context.today:
        raise BadInput(f"{day} is ahead", "give a day up to today with `--on`")
    if kind is None:
        raise BadInput("what was it?", f"give one of {', '.join(TALKS)}")
    talk, notes = people.log(
        context.store, person, kind, text, day=day, with_=to, client=client, project=project
    )
    return Result(talk, notes=list(notes))


@verb(app, "remove", data=Person, short="cowork people remove person-3")
def remove(context: Context, person: PersonArgument, dry_run: options.DryRun = False) -> Result:
    """Take a person out of the ledger; `undo` brings them back, `people forget` does not."""
    from cowork_cli.services.people import people

    gone = people.remove(context.store, person, dry_run=dry_run)
    if dry_run:
        return Result(gone, notes=["Nothing was changed (--dry-run)."])
    return Result(gone, notes=[f"Removed {gone.id}; take it back with `cowork undo`."])
