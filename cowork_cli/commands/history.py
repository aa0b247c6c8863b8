"""`cowork undo`, `redo`, `history`: what was changed, and taking it back."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.digits import whole_number
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result
from cowork_cli.services.home import changes
from cowork_cli.services.home.changes import History, Redone, Undone

app = new_app()


@verb(app, "undo", data=Undone, rows="Change", short="cowork undo 2")
def undo(
    context: Context,
    count: Annotated[
        str, Argument(metavar="[N]", help="How many changes to take back.", show_default=True)
    ] = "1",
) -> Result:
    """Take back the last change, or the last N. Nothing is sent to anybody."""
    done = changes.undo(context.store, context.zone, _number(count))
    notes = ["Take it forward again with `cowork redo`."]
    return Result(done, rows=done.undone, notes=notes, title="Taken back")


@verb(app, "redo", data=Redone, rows="Change", short="cowork redo")
def redo(context: Context) -> Result:
    """Take back the last undo."""
    done = changes.redo(context.store, context.zone)
    notes = ["Take it back again with `cowork undo`."]
    return Result(done, rows=done.redone, notes=notes, title="Done again")


@verb(app, "history", data=History, rows="Change", short="cowork history --of e-12")
def history(
    context: Context,
    of: Annotated[
        str | None,
        Option("--of", metavar="ID", help="Only of e-12, b-3, acme, acme/site, 2026-0001."),
    ] = None,
    limit: Annotated[int, Option("--limit", metavar="N", help="Only the newest N.")] = 100,
    person: options.Person = None,
) -> Result:
    """Show what was changed, when, and by which command; the newest first."""
    found, more = changes.history(context.store, context.zone, of, limit, person)
    return Result(
        found,
        rows=found.changes,
        truncated=more,
        notes=[f"there are more; see them with `cowork history --limit {limit * 10}`"]
        if more
        else [],
        empty="Nothing was changed yet.",
    )


def _number(text: str) -> int:
    """A count; that `-2` is none is for the service to say."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    number = whole_number(digits)
    if number is None:
        raise BadInput(f'"{text}" is not a number of changes', "write it as `cowork undo 2`")
    return sign * number
