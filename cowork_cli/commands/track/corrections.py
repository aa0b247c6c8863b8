"""Corrections of entries: edit, split, join."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import (
    Adjust,
    EntryArgument,
    Place,
    Tag,
    app,
    chosen_place,
    outdated_drafts,
)
from cowork_cli.context import Context
from cowork_cli.domain.tracking import Entry, EntryPair
from cowork_cli.output.result import Result


@verb(
    app,
    "edit",
    data=Entry,
    takes_entry=True,
    short="cowork track edit e-12 e-13 --project acme/app --to 17:30",
    offline=True,
)
def edit(
    context: Context,
    entry: Annotated[list[str], Argument(metavar="ID…", help="e-12, or -3 for the third last.")],
    from_: Annotated[str | None, Option("--from", metavar="T", help="New start.")] = None,
    to: Annotated[str | None, Option("--to", metavar="T", help="New end.")] = None,
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="Another day, same times.")
    ] = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="Another project.")
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="N", help="Another note.")] = None,
    tag: Tag = [],  # noqa: B006
    no_tag: Annotated[list[str], Option("--no-tag", metavar="X", help="Takes a tag away.")] = [],  # noqa: B006
    place: Place = None,
    billable: Annotated[
        bool | None,
        Option("--billable/--non-billable", help="Whether it can be billed; else as it is."),
    ] = None,
    adjust: Adjust = False,
) -> Result:
    """Change entries that are not billed; what is not named stays."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.hours import corrections, tracking

    changes = corrections.Edit(
        from_=from_,
        to=to,
        on=parse_date(on, context.today, planned=False) if on else None,
        project=project,
        note=note,
        place=chosen_place(context, place, None),
        add_tags=tracking.checked_tags(tag),
        drop_tags=tracking.checked_tags(no_tag),
        billable=billable,
        adjust=adjust,
    )
    changed = corrections.edit(context.store, entry, changes, context.now)
    notes = [f"Changed {', '.join(row.id for row in changed)}. Take it back with `cowork undo`."]
    if project is not None and billable is None:
        notes += _unlike_their_project(context, changed)
    notes += outdated_drafts(context, changed)
    return Result(changed[0] if len(changed) == 1 else changed, notes=notes)


def _unlike_their_project(context: Context, moved: list[Entry]) -> list[str]:
    """A line for each entry that kept being billable, or not, where its new project is otherwise."""
    from cowork_cli.store import entries

    notes = []
    for entry in moved:
        project = entries.timed_project_named(context.store, entry.project)
        if project is not None and project.billable != entry.billable:
            kept, other = (
                ("billable", "non-billable") if entry.billable else ("non-billable", "billable")
            )
            notes.append(
                f"{entry.id} stays {kept}, unlike {entry.project}; "
                f"change it with `cowork track edit {entry.id} --{other}`."
            )
    return notes


@verb(
    app,
    "split",
    data=EntryPair,
    takes_entry=True,
    rows="Entry",
    short="cowork track split e-12 --at 12:00",
    offline=True,
)
def split(
    context: Context,
    entry: EntryArgument,
    at: Annotated[str, Option("--at", metavar="T", help="Where to cut.")],
) -> Result:
    """Cut an entry in two."""
    from cowork_cli.services.hours import corrections

    pair = corrections.split(context.store, entry, at, context.now)
    first, second = pair.entries
    cut = options.understood(context, second.from_)
    notes = [f"Cut {first.id} at {cut}; the rest is {second.id}."]
    return Result(pair, rows=pair.entries, notes=[*notes, *outdated_drafts(context, pair.entries)])


@verb(app, "join", data=Entry, takes_entry=True, short="cowork track join e-12 e-13")
def join(
    context: Context,
    first: EntryArgument,
    second: Annotated[str, Argument(metavar="ID", help="The other one.")],
) -> Result:
    """Make one entry of two; the time between them counts."""
    from cowork_cli.services.hours import corrections, tracking

    pair = [tracking.find_entry(context.store, text, context.now) for text in (first, second)]
    joined = corrections.join(context.store, first, second, context.now)
    notes = [f"Joined into {joined.id}. Take it back with `cowork undo`."]
    return Result(joined, notes=[*notes, *outdated_drafts(context, pair)])
