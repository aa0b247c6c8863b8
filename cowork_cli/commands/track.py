"""`cowork track`: record hours."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import new_app, office, verb
from cowork_cli.context import Context
from cowork_cli.domain.tracking import Entry, EntryPair, Gaps
from cowork_cli.output.result import Result

app = new_app()

ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="CLIENT/ID, its name, or - for the last used one.")
]
NoteArgument = Annotated[str | None, typer.Argument(metavar="NOTE", help="What you do.")]
At = Annotated[
    str | None, typer.Option("--at", metavar="T", help="When: 9:00, -15m, yesterday 9:00.")
]
Tag = Annotated[
    list[str], typer.Option("--tag", metavar="X", help="A tag; give it again for more.")
]
Place = Annotated[
    str | None, typer.Option("--place", metavar="P", help="Where: a space, home, client.")
]
Adjust = Annotated[
    bool, typer.Option("--adjust", help="Trim or split entries that are in the way.")
]
EntryArgument = Annotated[str, typer.Argument(metavar="ID", help="e-12, or -3 for the third last.")]


@verb(app, "start", data=Entry, short='cowork track start acme/site "Concept" --at 9:00')
def start(
    ctx: typer.Context,
    project: ProjectArgument,
    note: NoteArgument = None,
    at: At = None,
    tag: Tag = [],  # noqa: B006 - Typer's way to say: none by default
    place: Place = None,
) -> Result:
    """Start a timer; one that runs for something else stops at the same instant."""
    from cowork_cli.services import tracking

    context = office(ctx)
    _settle_forgotten(context)
    moment = options.moment(context, at)
    details = tracking.Details(note, tracking.checked_tags(tag), _place(context, place, moment))
    done = tracking.start(context.store, project, details, moment, context.now, context.zone)
    return _started(context, done)


@verb(app, "stop", data=Entry, short="cowork track stop --at 11:30")
def stop(
    ctx: typer.Context,
    at: At = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="N", help="Replaces the note.")
    ] = None,
) -> Result:
    """Stop the running timer."""
    from cowork_cli.output.text import duration
    from cowork_cli.services import tracking

    context = office(ctx)
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
            f"{duration(entry.duration_s)}."
        ],
    )


@verb(app, "cancel", data=Entry)
def cancel(ctx: typer.Context) -> Result:
    """Drop the running timer; nothing is recorded."""
    from cowork_cli.services import tracking

    context = office(ctx)
    entry = tracking.cancel(context.store, context.now)
    return Result(entry, notes=["Dropped this timer. Take it back with `cowork undo`."])


@verb(app, "resume", data=Entry)
def resume(
    ctx: typer.Context,
    entry: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="e-12, or -3; default: the last.")
    ] = None,
) -> Result:
    """Start a timer like an earlier entry."""
    from cowork_cli.services import tracking

    context = office(ctx)
    _settle_forgotten(context)
    return _started(context, tracking.resume(context.store, entry, context.now, context.zone))


@verb(app, "status", data=Entry)
def status(ctx: typer.Context) -> Result:
    """Show the running timer."""
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.store import entries

    context = office(ctx)
    return Result(
        entries.running(context.store, seconds_of(context.now)), empty="No timer is running."
    )


@verb(
    app,
    "add",
    data=Entry,
    short="cowork track add acme/site --on yesterday --from 14:00 --to 17:15",
)
def add(
    ctx: typer.Context,
    project: ProjectArgument,
    note: NoteArgument = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="T", help="Start.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="T", help="End.")] = None,
    length: Annotated[
        str | None, typer.Option("--for", metavar="1h30", help="Length instead of an end.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day; default: today.")
    ] = None,
    tag: Tag = [],  # noqa: B006
    place: Place = None,
    adjust: Adjust = False,
) -> Result:
    """Add an entry for work already done."""
    from cowork_cli.output.text import duration
    from cowork_cli.services import tracking

    context = office(ctx)
    times = _times(context, from_, to, length, on)
    where = _place(context, place, times[0])
    details = tracking.Details(note, tracking.checked_tags(tag), where)
    entry, adjusted = tracking.add(
        context.store, project, details, times, context.now, context.zone, adjust=adjust
    )
    notes = [f"Adjusted {', '.join(adjusted)} to make room."] if adjusted else []
    assert entry.to is not None
    understood = f"{options.understood(context, entry.from_)}, to {entry.to:%H:%M}"
    notes.append(
        f"Added {entry.id}: {understood}: {duration(entry.duration_s)} for {entry.project}."
    )
    return Result(entry, notes=notes)


@verb(app, "edit", data=Entry, short="cowork track edit e-12 e-13 --project acme/app --to 17:30")
def edit(
    ctx: typer.Context,
    entry: Annotated[
        list[str], typer.Argument(metavar="ID…", help="e-12, or -3 for the third last.")
    ],
    from_: Annotated[str | None, typer.Option("--from", metavar="T", help="New start.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="T", help="New end.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Another day, same times.")
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", metavar="P", help="Another project.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="N", help="Another note.")] = None,
    tag: Tag = [],  # noqa: B006
    no_tag: Annotated[
        list[str], typer.Option("--no-tag", metavar="X", help="Takes a tag away.")
    ] = [],  # noqa: B006
    place: Place = None,
    adjust: Adjust = False,
) -> Result:
    """Change entries that are not billed."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services import corrections, tracking

    context = office(ctx)
    wanted = corrections.Edit(
        from_=from_,
        to=to,
        on=parse_date(on, context.today, planned=False) if on else None,
        project=project,
        note=note,
        place=_place(context, place, None),
        add_tags=tracking.checked_tags(tag),
        drop_tags=tracking.checked_tags(no_tag),
        adjust=adjust,
    )
    changed = corrections.edit(context.store, entry, wanted, context.now)
    notes = [f"Changed {', '.join(row.id for row in changed)}. Take it back with `cowork undo`."]
    return Result(changed[0] if len(changed) == 1 else changed, notes=notes)


@verb(app, "split", data=EntryPair, short="cowork track split e-12 --at 12:00")
def split(
    ctx: typer.Context,
    entry: EntryArgument,
    at: Annotated[str, typer.Option("--at", metavar="T", help="Where to cut.")],
) -> Result:
    """Cut an entry in two."""
    from cowork_cli.services import corrections

    context = office(ctx)
    pair = corrections.split(context.store, entry, at, context.now)
    first, second = pair.entries
    cut = options.understood(context, second.from_)
    return Result(
        pair, rows=pair.entries, notes=[f"Cut {first.id} at {cut}; the rest is {second.id}."]
    )


@verb(app, "join", data=Entry, short="cowork track join e-12 e-13")
def join(
    ctx: typer.Context,
    first: EntryArgument,
    second: Annotated[str, typer.Argument(metavar="ID", help="The other one.")],
) -> Result:
    """Make one entry of two; the time between them counts."""
    from cowork_cli.services import corrections

    context = office(ctx)
    joined = corrections.join(context.store, first, second, context.now)
    return Result(joined, notes=[f"Joined into {joined.id}. Take it back with `cowork undo`."])


@verb(app, "gaps", data=Gaps, short="cowork track gaps --week")
def gaps(
    ctx: typer.Context,
    in_: options.In = None,
    from_: options.From = None,
    to: options.To = None,
    today: options.Today = False,
    week: options.Week = False,
    month: options.Month = False,
    quarter: options.Quarter = False,
    year: options.Year = False,
) -> Result:
    """Working hours for which nothing is recorded; without a period, of the current week."""
    from cowork_cli.services import gaps as service

    context = office(ctx)
    flags = {"today": today, "week": week, "month": month, "quarter": quarter, "year": year}
    period = options.chosen_period(context, in_, from_, to, flags, default="week")
    hours = context.config.text("hours.week") or ""
    found = service.gaps(context.store, period, hours, context.now, context.zone)
    return Result(
        found,
        rows=found.gaps,
        notes=[f"Range: {period}, up to now; working hours {hours} (setting hours.week)."],
        empty="No gaps.",
    )


@verb(app, "list", data=Entry, many=True, short="cowork track list --week")
def list_(
    ctx: typer.Context,
    in_: options.In = None,
    from_: options.From = None,
    to: options.To = None,
    today: options.Today = False,
    week: options.Week = False,
    month: options.Month = False,
    quarter: options.Quarter = False,
    year: options.Year = False,
    project: Annotated[
        str | None, typer.Option("--project", metavar="P", help="Only this project.")
    ] = None,
    client: Annotated[
        str | None, typer.Option("--client", metavar="C", help="Only this client.")
    ] = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="X", help="Only with this tag.")
    ] = None,
    unbilled: Annotated[bool, typer.Option("--unbilled", help="Only what can be billed.")] = False,
) -> Result:
    """List entries; without a period, those of the current month."""
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.services import clients, reports
    from cowork_cli.store import clients as client_store
    from cowork_cli.store import entries

    context = office(ctx)
    flags = {"today": today, "week": week, "month": month, "quarter": quarter, "year": year}
    period = options.chosen_period(context, in_, from_, to, flags, default="month")
    store = context.store
    if project:
        row = clients.find_project(store, project)
        project = client_store.project(store, row, context.today.isoformat()).id
    if client:
        row = clients.find_client(store, client)
        client = client_store.client(store, row, context.today.isoformat()).id
    found = entries.listed(
        store,
        period,
        seconds_of(context.now),
        project=project,
        client=client,
        tag=tag,
        unbilled=unbilled,
    )
    line = reports.range_line(store, period)
    return Result(found, notes=[f"Range: {line}."], empty="No entries.")


@verb(app, "remove", data=Entry)
def remove(ctx: typer.Context, entry: EntryArgument) -> Result:
    """Remove an entry that is not billed."""
    from cowork_cli.services import tracking

    context = office(ctx)
    found = tracking.find_entry(context.store, entry, context.now)
    tracking.refuse_locked(found)
    context.confirm(f"Remove {found.id} ({found.project}, {found.from_:%Y-%m-%d %H:%M})?")
    removed = tracking.remove(context.store, found.id, context.now)
    return Result(removed, notes=[f"Removed {removed.id}. Take it back with `cowork undo`."])


def _started(context: Context, done: object) -> Result:
    from cowork_cli.output.text import duration
    from cowork_cli.services.tracking import Started

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
    return Result(entry, notes=notes)


def _place(context: Context, text: str | None, moment: datetime | None) -> str | None:
    """The place that was named; else the one that is booked now, if a person agrees."""
    if text is not None:
        from cowork_cli.services.workplace import place_named

        return place_named(context.store, text)
    if moment is None:
        return None
    from cowork_cli.services.workplace import booked_place

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


def _settle_forgotten(context: Context, note: str | None = None) -> Entry | None:
    """Asks when a forgotten timer ended and stops it then; without a terminal it only warns.

    Returns the stopped entry, or None if there is none or the person leaves it running.
    """
    from cowork_cli.services import forgotten, tracking

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
    if answer.isdigit() and 0 < int(answer) <= len(found.ends):
        end = found.ends[int(answer) - 1][1]
    else:
        end = options.moment(context, answer, found.entry.from_.date())
    stopped = tracking.stop(context.store, end, context.now, note)
    if stopped is not None:
        context.note(f"Stopped {stopped.project} at {options.understood(context, end)}.")
    return stopped


def _times(
    context: Context,
    from_: str | None,
    to: str | None,
    length: str | None,
    on: str | None,
) -> tuple[datetime, datetime]:
    from cowork_cli.domain.phrases import parse_date, parse_duration
    from cowork_cli.errors import UsageError

    if from_ is None or (to is None) == (length is None):
        raise UsageError(
            "a start and either an end or a length are needed", "give `--from 14:00 --to 17:15`"
        )
    day = parse_date(on, context.today, planned=False) if on else context.today
    begin = options.moment(context, from_, day)
    if length is not None:
        return begin, (
            begin.astimezone(UTC) + timedelta(seconds=parse_duration(length))
        ).astimezone(context.zone)
    return begin, options.moment(context, to, begin.date() if on is None else day)


from cowork_cli.commands import _track_transfer  # noqa: E402

_track_transfer.register(app)
