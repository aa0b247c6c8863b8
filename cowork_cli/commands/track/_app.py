"""The Typer app of `cowork track`, and the arguments its verbs share."""

from datetime import datetime

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app
from cowork_cli.context import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cowork_cli.domain.tracking import Entry

app = new_app()

ProjectArgument = Annotated[
    str, Argument(metavar="PROJECT", help="CLIENT/ID, its name, or - for the last used one.")
]
NoteArgument = Annotated[str | None, Argument(metavar="NOTE", help="What you do.")]
At = Annotated[str | None, Option("--at", metavar="T", help="When: 9:00, -15m, yesterday 9:00.")]
Tag = Annotated[list[str], Option("--tag", metavar="X", help="A tag; give it again for more.")]
Place = Annotated[str | None, Option("--place", metavar="P", help="Where: a space, home, client.")]
Adjust = Annotated[bool, Option("--adjust", help="Trim or split entries that are in the way.")]
Billable = Annotated[
    bool | None,
    Option("--billable/--non-billable", help="Whether it can be billed; else its project."),
]
EntryArgument = Annotated[str, Argument(metavar="ID", help="e-12, or -3 for the third last.")]


def chosen_place(context: Context, text: str | None, moment: datetime | None) -> str | None:
    """The place that was named; else the one that is booked now, if a person agrees."""
    if text is not None:
        from cowork_cli.services.hours.workplace import place_named

        return place_named(context.store, text)
    if moment is None or not _is_booked(context, moment):
        return None
    from cowork_cli.services.hours.workplace import booked_place

    booking = booked_place(context.store, moment)
    if booking is None:
        return None
    space = str(booking.desk_ref).rpartition("/")[0]
    if not context.interactive:
        context.note(
            f"You have booked {booking.space_name} that day; record it with `--place {space}`."
        )
        return None
    question = f"You have booked {booking.space_name} that day. Record it as the place? [Y/n]"
    answer = context.ask(question, flag="--place")
    return space if answer.lower() in ("", "y", "yes", "j", "ja") else None


def _is_booked(context: Context, moment: datetime) -> bool:
    """Whether there is anything to offer: most days have no booking, and then nothing is loaded."""
    from datetime import timedelta

    from cowork_cli.domain.zones import day_start, seconds_of
    from cowork_cli.store import entries

    day = moment.date()
    begin, end = (day_start(each, context.zone) for each in (day, day + timedelta(days=1)))
    return entries.is_booked(context.store, seconds_of(begin), seconds_of(end))


def budget_notes(context: Context, project: str) -> list[str]:
    """A line where 80 percent of a project's budget are used. Loads nothing without a budget."""
    from cowork_cli.store import entries

    timed = entries.timed_project_named(context.store, project)
    if timed is None or not timed.budgeted:
        return []
    from cowork_cli.services.hours import budgets

    warning = budgets.warning(context.store, timed.row)
    return [f"{warning}."] if warning else []


def outdated_drafts(context: Context, entries: "Sequence[Entry]") -> list[str]:
    """A line for each draft that was made of these entries as they were before they changed."""
    from cowork_cli.domain.digits import whole_number
    from cowork_cli.store import drafted_entries

    rows = [whole_number(entry.id.removeprefix("e-")) or 0 for entry in entries]
    return [
        f"draft-{draft} holds them as they were and cannot be issued any more; drop it with "
        f"`cowork invoice discard draft-{draft}` and draft it again."
        for draft in drafted_entries.holding(context.store, rows)
        if drafted_entries.changed(context.store, draft)
    ]
