"""`cowork post`: paper mail, its states, its deadlines."""

from datetime import timedelta
from typing import TYPE_CHECKING

from cowork_cli.commands import _out
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.fields import Field
from cowork_cli.domain.post import DONE, KINDS, STATES, Post
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

if TYPE_CHECKING:
    from datetime import date

    from cowork_cli.services.addresses.post import PostFacts

app = new_app()

PostArgument = Annotated[str, Argument(metavar="ID", help="p-7 or its sender.")]
FIELDS = (
    Field("kind", "text", f"{', '.join(KINDS)}.", "KIND"),
    Field("sender", "text", "Who wrote.", "S"),
    Field("posted", "date", "Date of the letter.", "DATE"),
    Field("received", "date", "Day it came or was served (yellow envelope).", "DATE"),
    Field("land", "text", "The Land of the authority.", "NW"),
    Field("parish", "text", "Its town in BY, SN, TH: catholic, augsburg, other.", "P"),
    Field("address", "text", "Where it came.", "ID"),
    Field("deadline", "date", "A day noted by hand, not computed.", "DATE"),
    Field("note", "text", "What it is about.", "T"),
)
"""What can be told of a letter, as options of `post add` and `post edit`."""


@verb(app, "add", data=Post, short="cowork post add --kind invoice --sender Telekom")
def add(
    context: Context,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Write down a letter; the deadline of one from an authority or court is computed."""
    from cowork_cli.services.addresses import post

    facts = _facts(context, fields, None)
    added, notes = post.add(facts, store=context.store, today=context.today)
    return Result(added, notes=[f"Noted {added.id}.", *notes])


@verb(app, "list", data=Post, many=True, short="cowork post list")
def list_(context: Context) -> Result:
    """List all post, the newest first."""
    from cowork_cli.services.addresses import post

    rows = post.listed(context.store, context.today)
    return Result(rows, empty="No post is noted. Add some with `cowork post add`.")


@verb(app, "due", data=Post, many=True, short="cowork post due --within 30d")
def due(
    context: Context,
    within: Annotated[str, Option("--within", metavar="30d", help="How far ahead.")] = "30d",
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """List the letters with an open deadline; or write them as a calendar."""
    from cowork_cli.domain.phrases import parse_days
    from cowork_cli.services.addresses import post

    days = parse_days(within, "--within")
    rows = post.due(context.store, context.today, context.today + timedelta(days=days))
    if out is not None:
        from cowork_cli.services.addresses.calendar import post_events, written

        content = written(post_events(rows), "post")
        return _out.calendar_result(context, out, force, "post", content, Result(rows))
    return Result(rows, empty=f"No deadline of a letter is open within {days} days.")


@verb(app, "show", data=Post, short="cowork post show p-1")
def show(context: Context, piece: PostArgument) -> Result:
    """Show a letter, its deadline, and the rule behind it."""
    from cowork_cli.services.addresses import post

    row = post.find(context.store, piece, context.today)
    return Result(row, notes=post.sentences(row))


@verb(app, "done", data=Post, short="cowork post done p-1 --deadline met")
def done(
    context: Context,
    piece: PostArgument,
    as_: Annotated[str | None, Option("--as", metavar="STATE", help=f"{', '.join(DONE)}.")] = None,
    deadline: Annotated[
        str | None, Option("--deadline", metavar="HOW", help="met or waived: closes the deadline.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Default: today.")] = None,
    force: Annotated[
        bool, Option("--force", help="Also with an open deadline or a keeping duty.")
    ] = False,
) -> Result:
    """Note what became of a letter, or that its deadline was met."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import post

    if (as_ is None) == (deadline is None):
        raise BadInput(
            "what was done is not clear",
            "give `--as STATE` for the letter, or `--deadline met` for its deadline",
        )
    day = parse_date(on, context.today, planned=False) if on else context.today
    if day > context.today:
        raise BadInput(f"--on {day} is ahead", "give the day on which it was done")
    if deadline is not None:
        row, notes = post.close_deadline(
            piece, deadline, store=context.store, today=context.today, day=day
        )
        return Result(row, notes=notes)
    row, notes = post.done_as(
        piece, as_ or "", store=context.store, today=context.today, day=day, force=force
    )
    return Result(row, notes=notes)


@verb(app, "edit", data=Post, short="cowork post edit p-1 --state triaged")
def edit(
    context: Context,
    piece: PostArgument,
    state: Annotated[
        str | None,
        Option(
            "--state", metavar="STATE", help=f"{', '.join(s for s in STATES if s not in DONE)}."
        ),
    ] = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Change what was noted; the deadline is computed again."""
    from cowork_cli.services.addresses import post

    if state in DONE:
        raise BadInput(
            f'"{state}" is something done', f"note it with `cowork post done {piece} --as {state}`"
        )
    facts = _facts(context, fields, state)
    row, notes = post.edit(piece, facts, store=context.store, today=context.today)
    return Result(row, notes=notes)


@verb(app, "remove", data=Post, short="cowork post remove p-1")
def remove(context: Context, piece: PostArgument, dry_run: DryRun = False) -> Result:
    """Remove a letter that was noted by mistake."""
    from cowork_cli.services.addresses import post

    row = post.remove(piece, store=context.store, today=context.today, dry_run=True)
    if dry_run:
        return Result(row, notes=[f"{row.id} would be removed (--dry-run)."])
    context.confirm(f"Remove {row.id}, {row.kind} of {row.sender}?")
    post.remove(row.id, store=context.store, today=context.today, dry_run=False)
    return Result(row, notes=[f"Removed {row.id}; `cowork undo` brings it back."])


def _facts(context: Context, fields: "dict[str, str | None]", state: str | None) -> "PostFacts":
    """What was told of a letter; None for what was not. Raises BadInput."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses.post import PostFacts

    def day(name: str, *, planned: bool) -> "date | None":
        text = fields[name]
        return parse_date(text, context.today, planned=planned) if text else None

    return PostFacts(
        kind=fields["kind"],
        sender=fields["sender"],
        posted=day("posted", planned=False),
        received=day("received", planned=False),
        land=fields["land"],
        parish=fields["parish"],
        address=fields["address"],
        deadline=day("deadline", planned=True),
        note=fields["note"],
        state=state,
    )
