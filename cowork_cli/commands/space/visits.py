"""`cowork space visit`: what was measured at a space."""

from typing import TYPE_CHECKING

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import app
from cowork_cli.context import Context
from cowork_cli.domain.visit import SCORES, Visit
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result

if TYPE_CHECKING:
    from cowork_cli.domain.space import Space


@verb(
    app, "visit", data=Visit, short="cowork space visit wiesenburg --down 94 --up 40 --noise quiet"
)
def visit(
    context: Context,
    ref: Annotated[
        str, Argument(metavar="REF", help="A space; or v-1, to change or remove that visit.")
    ],
    set_: Annotated[
        list[str] | None,
        Option("--set", metavar="KEY=VALUE", help="The same by its key; again for more."),
    ] = None,
    remove: Annotated[bool, Option("--remove", help="Take the visit out again.")] = False,
    dry_run: options.DryRun = False,
    *,
    fields: Annotated["dict[str, str | None]", field_options(SCORES)],
) -> Result:
    """Keep what you measured at a space; asked one by one where nothing is given."""
    from cowork_cli.services.spaces import visits

    told = visits.with_set(fields, set_ or ())
    given = bool(told)
    kept = visits.by_id(ref, store=context.store)
    if remove:
        return _removed(context, kept, given, dry_run)
    if kept is not None:
        if not given:
            raise UsageError(
                "nothing to change was given", f"write `cowork space visit {kept.id} --noise quiet`"
            )
        if dry_run:
            raise UsageError("--dry-run goes with --remove", "leave it out")
        return Result(visits.edit(kept, told, store=context.store, today=context.today))
    with asking(context) as (_, cache):
        space = visits.space_to_visit(ref, store=context.store, cache=cache)
    if not given:
        told = _asked(context, space)
    if dry_run:
        raise UsageError("--dry-run goes with --remove", "leave it out")
    added = visits.add(space, told, store=context.store, today=context.today)
    return Result(
        added,
        notes=[
            f"Kept as {added.id}. Change it with `cowork space visit {added.id} --set KEY=VALUE`,"
            f" see it beside others with `cowork space compare {space.ref} OTHER`."
        ],
    )


def _removed(context: Context, kept: Visit | None, given: bool, dry_run: bool) -> Result:
    from cowork_cli.services.spaces import visits

    if kept is None:
        raise UsageError(
            "--remove takes a visit, not a space",
            "give its id, as in `cowork space visit v-1 --remove`",
        )
    if given:
        raise UsageError("--remove and values were both given", "give one of them")
    if dry_run:
        return Result(kept, notes=[f"{kept.id} would be removed (--dry-run)."])
    context.confirm(
        f"Remove the visit to {kept.space_name} of {kept.date:%a %Y-%m-%d} ({kept.id})?"
    )
    visits.remove(kept, store=context.store)
    return Result(kept, notes=[f"Removed {kept.id}. Bring it back with `cowork undo`."])


def _asked(context: Context, space: "Space") -> dict[str, str | None]:
    """The scores, asked one by one; an empty answer is not looked at. Raises UsageError, EndOfInput."""
    from cowork_cli.services.spaces import visits

    if not context.interactive:
        raise UsageError(
            "nothing that was measured was given",
            f"write `cowork space visit {space.ref} --down 94 --noise quiet`, see `--help` for the rest",
        )
    context.note(f"What was {space.name} like? Enter leaves a question out.")
    told: dict[str, str | None] = {}
    for score in SCORES:
        label = score.name.replace("_", " ").capitalize()
        while True:
            answer = context.ask(f"{label} ({score.help.rstrip('.')})", flag=score.option)
            try:
                visits.check(score.name, answer, context.today)
            except BadInput as wrong:
                context.note(f"{wrong.message}; {wrong.hint}.")
                continue
            break
        if answer:
            told[score.name] = answer
    if not told.keys() - {"date"}:
        raise UsageError(
            "nothing was measured, so nothing is kept", "see `cowork space visit --help`"
        )
    return told
