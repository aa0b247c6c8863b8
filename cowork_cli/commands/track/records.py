"""Entries that are not running: add, list, remove, and the gaps between them."""

from datetime import date, datetime, timedelta

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import (
    Adjust,
    Billable,
    EntryArgument,
    Place,
    ProjectArgument,
    Tag,
    app,
    budget_notes,
    chosen_place,
    outdated_drafts,
)
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.tracking import Entry, Gaps
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.picture import DayPicture


@verb(app, "add", data=Entry, short="cowork track add acme/site 2h --on yesterday", offline=True)
def add(
    context: Context,
    project: ProjectArgument,
    words: Annotated[
        list[str],
        Argument(metavar="[LENGTH] [NOTE]", help="2h or 1h30, and what you did."),
    ] = [],  # noqa: B006 - Typer's way to say: none by default
    from_: Annotated[str | None, Option("--from", metavar="T", help="Start.")] = None,
    to: Annotated[str | None, Option("--to", metavar="T", help="End.")] = None,
    length: Annotated[
        str | None, Option("--for", metavar="1h30", help="Length instead of an end.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Day; default: today.")] = None,
    tag: Tag = [],  # noqa: B006
    place: Place = None,
    billable: Billable = None,
    adjust: Adjust = False,
) -> Result:
    """Add an entry for work already done.

    A length without a start lies behind the last entry of the day, else at the start of the working
    hours.
    """
    from cowork_cli.services.hours import tracking

    length, note = _length_and_note(words, to, length)
    times, placed = _times(context, from_, to, length, on)
    where = chosen_place(context, place, times[0])
    details = tracking.Details(note, tracking.checked_tags(tag), where, billable)
    entry, adjusted = tracking.add(
        context.store, project, details, times, context.now, context.zone, adjust=adjust
    )
    notes = [f"Adjusted {', '.join(adjusted)} to make room."] if adjusted else []
    return Result(
        entry,
        notes=[*notes, _added(context, entry, placed), *budget_notes(context, entry.project)],
    )


def _added(context: Context, entry: Entry, placed: str) -> str:
    from cowork_cli.output.text import duration

    assert entry.to is not None
    understood = f"{options.understood(context, entry.from_)}, to {entry.to:%H:%M}{placed}"
    return f"Added {entry.id}: {understood}: {duration(entry.duration_s)} for {entry.project}."


@verb(app, "list", data=Entry, many=True, short="cowork track list --week", offline=True)
def list_(
    context: Context,
    period: Annotated[Period, options.period_options("month")],
    project: Annotated[
        str | None, Option("--project", metavar="P", help="Only this project.")
    ] = None,
    client: Annotated[str | None, Option("--client", metavar="C", help="Only this client.")] = None,
    tag: Annotated[str | None, Option("--tag", metavar="X", help="Only with this tag.")] = None,
    unbilled: Annotated[bool, Option("--unbilled", help="Only what can be billed.")] = False,
    person: options.Person = None,
) -> Result:
    """List entries; without a period, those of the current month."""
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.services.clients import clients
    from cowork_cli.services.hours import reports
    from cowork_cli.store import clients as client_store
    from cowork_cli.store import entries

    store = context.store
    if project:
        row = clients.find_project(store, project)
        project = client_store.project(store, row, context.today.isoformat()).id
    if client:
        row = clients.find_client(store, client)
        client = client_store.client(store, row, context.today.isoformat()).id
    listed = entries.listed(
        store,
        period,
        seconds_of(context.now),
        project=project,
        client=client,
        tag=tag,
        unbilled=unbilled,
        person=options.person_key(context, person),
    )
    line = reports.range_line(store, period)
    return Result(listed, notes=[f"Range: {line}."], empty="No entries.")


@verb(app, "remove", data=Entry, takes_entry=True, short="cowork track remove e-12", offline=True)
def remove(context: Context, entry: EntryArgument, dry_run: options.DryRun = False) -> Result:
    """Remove an entry that is not billed."""
    from cowork_cli.services.hours import tracking
    from cowork_cli.services.hours.room import refuse_locked

    chosen = tracking.find_entry(context.store, entry, context.now)
    refuse_locked(chosen)
    if dry_run:
        return Result(chosen, notes=[f"Would remove {chosen.id}. Nothing was changed."])
    context.confirm(f"Remove {chosen.id} ({chosen.project}, {chosen.from_:%Y-%m-%d %H:%M})?")
    removed = tracking.remove(context.store, chosen.id, context.now)
    notes = [f"Removed {removed.id}. Take it back with `cowork undo`."]
    return Result(removed, notes=[*notes, *outdated_drafts(context, [removed])])


@verb(app, "gaps", data=Gaps, rows="Gap", short="cowork track gaps --week", offline=True)
def gaps(
    context: Context,
    period: Annotated[Period, options.period_options("week")],
    calendar: Annotated[
        bool, Option("--calendar", help="A picture: how much is missing on which day.")
    ] = False,
) -> Result:
    """Working hours for which nothing is recorded; without a period, of the current week."""
    from cowork_cli.services.calendar import regions
    from cowork_cli.services.hours import gaps as service

    hours = context.config.text("hours.week") or ""
    region = regions.of_person(context.config.text)
    between = service.gaps(context.store, period, hours, context.now, context.zone, region)
    return Result(
        between,
        rows=between.gaps,
        notes=[
            f"Range: {period}, up to now; working hours {hours} (setting hours.week).",
            *service.holiday_notes(between),
        ],
        empty="No gaps.",
        picture=_missing(context, period, between) if calendar else None,
    )


def _missing(context: Context, period: Period, between: Gaps) -> "DayPicture":
    """The gaps by day, from the first day of the period to the last that is asked for."""
    from cowork_cli.domain.picture import DayPicture

    seconds: dict[date, int] = {}
    for gap in between.gaps:
        day = gap.from_.date()
        seconds[day] = seconds.get(day, 0) + gap.duration_s
    first, last = period.from_ or context.today, period.to or context.today
    return DayPicture(first, max(first, last), context.today, seconds, "missing")


def _length_and_note(
    words: list[str], to: str | None, length: str | None
) -> tuple[str | None, str | None]:
    """`2h NOTE`: a first word is a length where nothing else gives one; all else is the note."""
    from cowork_cli.domain.phrases import parse_duration
    from cowork_cli.errors import BadInput, UsageError

    rest = list(words)
    if rest and to is None and length is None:
        try:
            parse_duration(rest[0])
        except BadInput:
            pass
        else:
            length = rest.pop(0)
    if len(rest) > 1:
        raise UsageError(
            f'"{rest[1]}" is one word too many', "put quotes around a note of several words"
        )
    return length, rest[0] if rest else None


def _times(
    context: Context,
    from_: str | None,
    to: str | None,
    length: str | None,
    on: str | None,
) -> tuple[tuple[datetime, datetime], str]:
    """Start and end, and for a length alone where it was put."""
    from cowork_cli.domain.phrases import parse_date, parse_duration
    from cowork_cli.domain.zones import plus
    from cowork_cli.errors import UsageError

    if (to is None) == (length is None) or (from_ is None and length is None):
        raise UsageError(
            "a start and either an end or a length are needed",
            "give `--from 14:00 --to 17:15`, or a length alone: `2h`",
        )
    day = parse_date(on, context.today, planned=False) if on else context.today
    if from_ is None:
        begin, placed = _behind_the_last(context, day)
    else:
        begin, placed = options.moment(context, from_, day), ""
    if length is None:
        last = options.moment(context, to, begin.date() if on is None else day, end=True)
        return (begin, last), placed
    seconds = timedelta(seconds=parse_duration(length))
    return (begin, plus(begin, seconds)), placed


def _behind_the_last(context: Context, day: date) -> tuple[datetime, str]:
    """Where a length without a start lies, and the words for it. Raises BadInput, Conflict."""
    from cowork_cli.services.hours import placing

    week = context.config.text("hours.week") or ""
    return placing.behind_the_last(context.store, day, week, context.now, context.zone)
