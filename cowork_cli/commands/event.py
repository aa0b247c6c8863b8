"""`cowork event`: what happens where, trial days and open days."""

from typing import TYPE_CHECKING

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking, check_radius, disclosure_of, finder_of
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.event import EVENT_FIELDS, Event
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result
from cowork_cli.redaction import redact

if TYPE_CHECKING:
    from cowork_cli.domain.period import Period

app = new_app()

From = Annotated[
    str | None, Option("--from", metavar="HH:MM", help="Start; without: the whole day.")
]
To = Annotated[str | None, Option("--to", metavar="HH:MM", help="End.")]
EventArgument = Annotated[str, Argument(metavar="ID", help="ev-1, or the start of its words.")]


@verb(app, "list", data=Event, many=True, short="cowork event list --month --near Leipzig")
def list_(
    context: Context,
    period: Annotated["Period", options.period_options(planned=True)],
    near: Annotated[
        str | None, Option("--near", metavar="PLACE", help="Only those around it.")
    ] = None,
    radius: Annotated[float, Option("--radius", metavar="KM", help="How far around.")] = 25.0,
    past: Annotated[bool, Option("--past", help="Also those that are over.")] = False,
) -> Result:
    """List what is ahead, or what happens in a period or near a place."""
    from cowork_cli.domain.period import Period
    from cowork_cli.services.events import events

    ahead = period.from_ is None and not past
    when = "is ahead" if ahead else "is kept" if period.from_ is None else "lies in that time"
    if ahead:
        period = Period(context.today, period.to)
    around = None
    check_radius(radius)
    if near is not None:
        from cowork_cli.services.spaces.where import around as resolve

        with asking(context) as (accounts, _):
            around = resolve(near, radius, finder_of(context, accounts))
    known, unknown = events.listed(period, context.zone, around, store=context.store)
    where = f" within {radius:g} km of {near}" if near else ""
    notes = [f"{unknown} more have no place on the map: whether they are near is not known."]
    return Result(
        known,
        notes=notes if unknown else [],
        empty=f"No event {when}{where}. Add one with `cowork event add NAME --on DATE`.",
    )


@verb(
    app, "add", data=Event,
    short='cowork event add "Open day" --kind open-day --on 2026-12-05 --space wiesenburg',
)  # fmt: skip
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    from_: From = None,
    to: To = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(EVENT_FIELDS)],
) -> Result:
    """Keep an event, a trial day or an open day; --decide-by is watched by `deadlines`."""
    from cowork_cli.services.events import events

    told = {**fields, "from": from_, "to": to}
    with asking(context) as (_, cache):
        added = events.add(
            name, told, store=context.store, cache=cache, today=context.today, zone=context.zone
        )
    return Result(added, notes=[f"Kept as {added.id}."])


@verb(app, "edit", data=Event, short='cowork event edit ev-1 --decided "too loud"')
def edit(
    context: Context,
    event: EventArgument,
    name: Annotated[str | None, Option("--name", help="What it is called.")] = None,
    from_: From = None,
    to: To = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(EVENT_FIELDS)],
) -> Result:
    """Change what is kept of an event; an empty value takes one back."""
    from cowork_cli.services.events import events

    told = {**fields, "from": from_, "to": to}
    if name is None and all(value is None for value in told.values()):
        raise UsageError("nothing to change was given", "see `cowork event edit --help`")
    with asking(context) as (_, cache):
        changed = events.edit(
            event, name, told, store=context.store, cache=cache, today=context.today
        )
    return Result(changed)


@verb(app, "remove", data=Event, short="cowork event remove ev-1")
def remove(context: Context, event: EventArgument, dry_run: options.DryRun = False) -> Result:
    """Take an event out; `undo` brings it back."""
    from cowork_cli.services.events import events

    leaving = events.find(event, store=context.store, strict=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    context.confirm(f"Remove the event {leaving.name} of {leaving.from_:%Y-%m-%d} ({leaving.id})?")
    events.remove(leaving, store=context.store)
    return Result(leaving, notes=[f"Removed {leaving.id}. Bring it back with `cowork undo`."])


@verb(app, "import", data=Event, many=True, short="cowork event import festival.ics")
def import_(
    context: Context,
    file: Annotated[
        str, Argument(metavar="FILE|URL", help="An iCalendar file, or its address; - is stdin.")
    ],
    dry_run: options.DryRun = False,
) -> Result:
    """Bring in the events of a calendar; again brings them up to date."""
    from cowork_cli.services.events import events

    if events.is_url(file):
        from urllib.parse import urlsplit

        disclosure = disclosure_of(context)
        if disclosure is not None:
            disclosure.before(
                [file], "the address of the calendar", "#calendar",
                "To stay here, fetch the file yourself and give its path.",
            )  # fmt: skip
        events.hide(file)
        context.line = redact(context.line)
        text = events.fetched(file, context.config.text("contact"))
        source = urlsplit(file).hostname or "the calendar"
    else:
        from cowork_cli.commands._in import STDIN, file_of

        path = file_of(context, file)
        source = "standard input" if file == STDIN else path.name
        text = events.read_file(path)
    announced = events.announced(text, source, now=context.now, zone=context.zone)
    dates = "1 date" if len(announced.found) == 1 else f"{len(announced.found)} dates"
    if dry_run:
        known = events.as_they_would_be(announced, zone=context.zone)
        old = events.count_known(announced, store=context.store)
        new = len(known) - old
        told = f"{new} {'date' if new == 1 else 'dates'} would be brought in from {source}"
        told += f", {old} are there already" if old else ""
        return Result(known, notes=[f"{told} (--dry-run).", *announced.notes])
    known, notes = events.bring_in(announced, store=context.store, zone=context.zone)
    return Result(
        known,
        notes=[f"Read {dates} from {source}.", *announced.notes, *notes],
        empty="None of them is kept now.",
    )
