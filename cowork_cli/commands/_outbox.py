"""`cowork data outbox` and `cowork data settle`: what was recorded without the server, and what of it does not fit."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.outbox import WaitingChange
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "outbox", data=WaitingChange, many=True, short="cowork data outbox", offline=True)
def outbox(context: Context) -> Result:
    """List what was recorded without the server, and what does not fit what is there by now."""
    from cowork_cli.services.home import outbox as waiting_changes

    if context.server is not None:
        _ = context.store  # what can go up does so first
    rows = waiting_changes.waiting(context.paths, context.server, context.zone)
    held = [row for row in rows if row.state == "held"]
    notes = [
        f"Settle it with `cowork data settle {row.id}` and `--from T --to T`, `--mine` to write it as "
        "recorded, or `--drop`."
        for row in held[:1]
    ]
    return Result(rows, notes=notes, empty="Nothing waits for the server.")


@verb(app, "settle", data=WaitingChange, short="cowork data settle o-3 --from 13:00 --to 14:00")
def settle(
    context: Context,
    change: Annotated[str, Argument(metavar="ID", help="o-3, as `data outbox` lists it.")],
    drop: Annotated[bool, Option("--drop", help="Leave the server as it is.")] = False,
    mine: Annotated[bool, Option("--mine", help="Write it as it was recorded here.")] = False,
    from_: Annotated[str | None, Option("--from", metavar="T", help="With another start.")] = None,
    to: Annotated[str | None, Option("--to", metavar="T", help="With another end.")] = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="For another project.")
    ] = None,
) -> Result:
    """Decide about a change that was recorded without the server and does not fit what is there."""
    from cowork_cli.services.home import outbox as waiting_changes

    other = from_ is not None or to is not None or project is not None
    if drop + mine + other != 1:
        raise UsageError(
            "say what becomes of it, in one way",
            f"give `--drop`, `--mine`, or other facts: `cowork data settle {change} --from T --to T`",
        )
    answer = waiting_changes.Answer(
        drop, _moment(context, change, from_), _moment(context, change, to), project
    )
    done = waiting_changes.settle(
        context.store, context.paths, context.server, change, answer, context.now
    )
    return Result(
        done,
        notes=[
            f"{change} was dropped; what is on the server stays. What was recorded here is kept in "
            f"{waiting_changes.dropped_path(context.paths)}."
            if drop
            else f"{change} is on the server. Take it back with `cowork undo`."
        ],
    )


def _moment(context: Context, change: str, text: str | None) -> int | None:
    """An instant; a bare time is one of the day the change is about."""
    if text is None:
        return None
    from cowork_cli.domain.phrases import parse_moment
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.services.home import outbox as waiting_changes

    rows = waiting_changes.waiting(context.paths, context.server, context.zone)
    begins = [row.mine[-1].from_ for row in rows if row.id == change and row.mine]
    day = begins[0].date() if begins and begins[0] else context.today
    moment = parse_moment(text, context.now, context.zone, day, end=True)
    if moment > context.now:
        raise BadInput(f'"{text}" is later than now', "give a time that has passed")
    return seconds_of(moment)
