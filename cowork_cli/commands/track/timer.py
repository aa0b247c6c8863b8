"""The running timer: start, stop, cancel, resume, status."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import (
    At,
    NoteArgument,
    Place,
    ProjectArgument,
    Tag,
    app,
    budget_notes,
    chosen_place,
)
from cowork_cli.context import Context
from cowork_cli.domain.tracking import Entry
from cowork_cli.output.result import Result


@verb(
    app, "start", data=Entry, short='cowork track start acme/site "Concept" --at 9:00', offline=True
)
def start(
    context: Context,
    project: ProjectArgument,
    note: NoteArgument = None,
    at: At = None,
    tag: Tag = [],  # noqa: B006 - Typer's way to say: none by default
    place: Place = None,
) -> Result:
    """Start a timer; one that runs for something else stops at the same instant."""
    from cowork_cli.services.hours import tracking

    _settle_forgotten(context)
    moment = options.moment(context, at)
    details = tracking.Details(
        note, tracking.checked_tags(tag), chosen_place(context, place, moment)
    )
    done = tracking.start(context.store, project, details, moment, context.now, context.zone)
    return _started(context, done)


@verb(app, "stop", data=Entry, short="cowork track stop --at 11:30", offline=True)
def stop(
    context: Context,
    at: At = None,
    note: Annotated[str | None, Option("--note", metavar="N", help="Replaces the note.")] = None,
) -> Result:
    """Stop the running timer."""
    from cowork_cli.output.text import duration
    from cowork_cli.services.hours import tracking

    if at is None:
        ended = _settle_forgotten(context, note)
        if ended is not None:
            return Result(ended)
    entry = tracking.stop(context.store, options.moment(context, at), context.now, note)
    if entry is None:
        text = "The timer was stopped in the second it started: no entry was kept."
        return Result(None, empty=text)
    assert entry.to is not None
    return Result(
        entry,
        notes=[
            f"Stopped {entry.project} at {options.understood(context, entry.to)}: "
            f"{duration(entry.duration_s)}.",
            *budget_notes(context, entry.project),
        ],
    )


@verb(app, "cancel", data=Entry, short="cowork track cancel", offline=True)
def cancel(context: Context) -> Result:
    """Drop the running timer; nothing is recorded."""
    from cowork_cli.services.hours import tracking

    entry = tracking.cancel(context.store, context.now)
    return Result(entry, notes=["Dropped this timer. Take it back with `cowork undo`."])


@verb(app, "resume", data=Entry, takes_entry=True, short="cowork track resume e-12", offline=True)
def resume(
    context: Context,
    entry: Annotated[
        str | None, Argument(metavar="[ID]", help="e-12, or -3; default: the last.")
    ] = None,
) -> Result:
    """Start a timer like an earlier entry."""
    from cowork_cli.services.hours import tracking

    _settle_forgotten(context)
    return _started(context, tracking.resume(context.store, entry, context.now, context.zone))


@verb(app, "status", data=Entry, short="cowork track status", offline=True)
def status(context: Context) -> Result:
    """Show the running timer."""
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.store import entries

    return Result(
        entries.running(context.store, seconds_of(context.now)), empty="No timer is running."
    )


def _started(context: Context, done: object) -> Result:
    from cowork_cli.output.text import duration
    from cowork_cli.services.hours.tracking import Started

    assert isinstance(done, Started)
    entry = done.entry
    if done.unchanged:
        return Result(
            entry,
            notes=[f"{entry.project} is running since {options.understood(context, entry.from_)}."],
        )
    notes = []
    if done.stopped:
        notes.append(f"Stopped {done.stopped.project}: {duration(done.stopped.duration_s)}.")
    if done.dropped:
        notes.append("The timer before was stopped in the second it started: no entry was kept.")
    notes.append(f"Started {entry.project} at {options.understood(context, entry.from_)}.")
    notes += budget_notes(context, entry.project)
    return Result(entry, notes=notes)


def _settle_forgotten(context: Context, note: str | None = None) -> Entry | None:
    """Asks when a forgotten timer ended and stops it then; without a terminal it only warns.

    Returns the stopped entry, or None if there is none or the person leaves it running.
    """
    from cowork_cli.services.hours import forgotten, tracking

    found = context.forgotten
    if found is None:
        return None
    context.note(forgotten.sentence(found, context.now))
    if not context.interactive:
        context.note(forgotten.remedy(found))
        return None
    for number, (reason, moment) in enumerate(found.ends, 1):
        context.note(f"  {number}  {moment:%a %H:%M}, {reason}")
    answer = context.ask("When did it end? A number, a time, or nothing to leave it", flag="--at")
    if not answer:
        return None
    chosen = [end for number, (_, end) in enumerate(found.ends, 1) if answer == str(number)]
    if chosen:
        end = chosen[0]
    else:
        from cowork_cli.domain.phrases import parse_moment

        end = parse_moment(answer, context.now, context.zone, found.entry.from_.date(), end=True)
    stopped = tracking.stop(context.store, end, context.now, note)
    if stopped is not None:
        context.note(f"Stopped {stopped.project} at {options.understood(context, end)}.")
    return stopped
