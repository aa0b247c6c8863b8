"""Entries that are not running: add, list, remove, and the gaps between them."""

from datetime import UTC, datetime, timedelta

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import (
    Adjust,
    EntryArgument,
    NoteArgument,
    Place,
    ProjectArgument,
    Tag,
    app,
    budget_notes,
    chosen_place,
)
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.tracking import Entry, Gaps
from cowork_cli.output.result import Result


@verb(
    app,
    "add",
    data=Entry,
    short="cowork track add acme/site --on yesterday --from 14:00 --to 17:15",
)
def add(
    context: Context,
    project: ProjectArgument,
    note: NoteArgument = None,
    from_: Annotated[str | None, Option("--from", metavar="T", help="Start.")] = None,
    to: Annotated[str | None, Option("--to", metavar="T", help="End.")] = None,
    length: Annotated[
        str | None, Option("--for", metavar="1h30", help="Length instead of an end.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Day; default: today.")] = None,
    tag: Tag = [],  # noqa: B006
    place: Place = None,
    adjust: Adjust = False,
) -> Result:
    """Add an entry for work already done."""
    from cowork_cli.output.text import duration
    from cowork_cli.services.hours import tracking

    times = _times(context, from_, to, length, on)
    where = chosen_place(context, place, times[0])
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
    return Result(entry, notes=[*notes, *budget_notes(context, entry.project)])


@verb(app, "list", data=Entry, many=True, short="cowork track list --week")
def list_(
    context: Context,
    period: Annotated[Period, options.period_options("month")],
    project: Annotated[
        str | None, Option("--project", metavar="P", help="Only this project.")
    ] = None,
    client: Annotated[str | None, Option("--client", metavar="C", help="Only this client.")] = None,
    tag: Annotated[str | None, Option("--tag", metavar="X", help="Only with this tag.")] = None,
    unbilled: Annotated[bool, Option("--unbilled", help="Only what can be billed.")] = False,
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
def remove(context: Context, entry: EntryArgument, dry_run: options.DryRun = False) -> Result:
    """Remove an entry that is not billed."""
    from cowork_cli.services.hours import tracking

    found = tracking.find_entry(context.store, entry, context.now)
    tracking.refuse_locked(found)
    if dry_run:
        return Result(found, notes=[f"Would remove {found.id}. Nothing was changed."])
    context.confirm(f"Remove {found.id} ({found.project}, {found.from_:%Y-%m-%d %H:%M})?")
    removed = tracking.remove(context.store, found.id, context.now)
    return Result(removed, notes=[f"Removed {removed.id}. Take it back with `cowork undo`."])


@verb(app, "gaps", data=Gaps, short="cowork track gaps --week")
def gaps(
    context: Context,
    period: Annotated[Period, options.period_options("week")],
) -> Result:
    """Working hours for which nothing is recorded; without a period, of the current week."""
    from cowork_cli.services.hours import gaps as service

    hours = context.config.text("hours.week") or ""
    found = service.gaps(context.store, period, hours, context.now, context.zone)
    return Result(
        found,
        rows=found.gaps,
        notes=[f"Range: {period}, up to now; working hours {hours} (setting hours.week)."],
        empty="No gaps.",
    )


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
