"""The book: `cowork booking add`, `list`, `show`, `move`, `cancel`, `sync`, `checkin`."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.booking._app import BookingArgument, app
from cowork_cli.commands.booking._order import (
    Desks,
    MaxPrice,
    On,
    consent,
    days_in_series,
    days_of,
    order_options,
    ordered,
)
from cowork_cli.context import Context
from cowork_cli.domain.booking import LIVE_STATES, STATES, Booking
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, CoworkError, UsageError, exit_code_of
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@verb(app, "add", data=Booking, many=True, short='cowork book "Desk 1" --on 2026-12-01 --all-day')
def add(
    context: Context,
    desks: Desks,
    how: Annotated["dict[str, Any]", order_options()],
    on: On = None,
    every: Annotated[
        str | None, Option("--every", metavar="DAYS", help="mon,wed: a series, to --until.")
    ] = None,
    until: Annotated[
        str | None, Option("--until", metavar="DATE", help="Last day of a series.")
    ] = None,
    skip_holidays: Annotated[
        str | None, Option("--skip-holidays", metavar="LAND", help="Leave out its public holidays.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Book a desk or a room; the same request is booked once."""
    from cowork_cli.services.bookings import planning, sending

    days, skipped = _days(context, on, every, until), list[str]()
    if every is not None:
        from cowork_cli.services.bookings.absences import without_absences

        days, skipped = without_absences(days, context.store)
    if skip_holidays is not None:
        from cowork_cli.services.bookings.series import without_holidays

        parish = context.config.text("holidays.parish")
        days, holidays = without_holidays(days, skip_holidays, parish)
        skipped += holidays
    order = ordered(desks, days, how, series=every is not None)
    with asking(context) as (accounts, _):
        plan = planning.plan(
            order,
            store=context.store,
            accounts=accounts,
            now=context.now,
            oneself=context.config.text("profile.person") or None,
        )
        if dry_run:
            outcome = sending.preview(plan, accounts)
        else:
            consent(context, plan)
            outcome = sending.carry_out(plan, store=context.store, accounts=accounts)
    return Result(
        outcome.bookings,
        notes=[*skipped, *outcome.notes, *planning.holiday_notes(plan)],
        problems=outcome.problems,
        exit_code=exit_code_of(outcome.problems, done=True),
    )


def _days(
    context: Context, on: list[str] | None, every: str | None, until: str | None
) -> tuple[date, ...]:
    """The days asked for. Raises UsageError, BadInput."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.domain.weekdays import parse_weekdays

    if every is None:
        if until is not None:
            raise UsageError("--until needs --every", "as in `--every mon,wed --until 2026-12-18`")
        return days_of(context, on)
    if until is None:
        raise UsageError("--every needs --until", "as in `--every mon,wed --until 2026-12-18`")
    if on and len(on) > 1:
        raise UsageError("a series begins on one day", "give one `--on DATE`, or none")
    first = parse_date(on[0], context.today, planned=True) if on else context.today
    last = parse_date(until, context.today, planned=True)
    if (last - first).days > 366:
        raise BadInput("a series is at most a year long", "give an earlier `--until`")
    weekdays = parse_weekdays(every, context.today)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    chosen = tuple(day for day in days if day.weekday() in weekdays)
    if not chosen:
        raise BadInput(f"no {every} lies between {first} and {last}", "give a later `--until`")
    return chosen


@verb(app, "list", data=Booking, many=True, short="cowork booking list --month", offline=True)
def list_(
    context: Context,
    period: Annotated[Period, options.period_options()],
    account: Annotated[
        str | None, Option("--account", metavar="A", help="Only of this account.")
    ] = None,
    state: Annotated[
        list[str] | None,
        Option("--state", metavar="S", help=f"{', '.join(STATES)}; again for more."),
    ] = None,
    past: Annotated[bool, Option("--past", help="Also what is over.")] = False,
    person: options.Person = None,
) -> Result:
    """List bookings; without a period those to come."""
    from cowork_cli.domain.zones import instant_of, seconds_of
    from cowork_cli.store import bookings

    for name in state or ():
        if name not in STATES:
            raise BadInput(f'"{name}" is not a state', f"choose of {', '.join(STATES)}")
    first, last = period.from_, period.to
    start = seconds_of(instant_of(first, time(), context.zone)) if first else None
    end = seconds_of(instant_of(last + timedelta(days=1), time(), context.zone)) if last else None
    whole = first is not None or last is not None or past
    rows = bookings.listed(
        context.store,
        from_at=start if whole else seconds_of(context.now),
        to_at=end,
        account=account,
        states=state or LIVE_STATES,
        person=_named(context, person),
    )
    if account is not None and not rows:
        from cowork_cli.commands._asking import accounts_of

        accounts_of(context).info(account)
    return Result(rows, empty=_none(past=whole))


def _named(context: Context, person: str | None) -> str | None:
    """The name of `--person`, as bookings know it. Raises NotFound."""
    if person is None:
        return None
    from cowork_cli.store import bookings, persons

    return persons.named(context.store, person, bookings.persons(context.store))


def _none(*, past: bool) -> str:
    if past:
        return "No bookings in that time."
    return (
        "No bookings to come. Book with `cowork book DESK --on DATE`; "
        "past ones: `cowork booking list --past`."
    )


@verb(app, "show", data=Booking, short="cowork booking show b-1")
def show(
    context: Context,
    booking: Annotated[
        str, Argument(metavar="ID", help="b-12, a series s-3, its ref, or the name of its desk.")
    ],
) -> Result:
    """Show one booking, or all of a series."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import bookings

    series = bookings.of_series(context.store, booking.strip())
    if not series:
        return Result(naming.find_booking(context.store, booking))
    counts = {state: sum(row.state == state for row in series) for state in STATES}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    return Result(series, notes=[f"{series[0].series}: {told}."])


@verb(app, "move", data=Booking, short="cowork booking move b-1 --on 2026-12-02")
def move(
    context: Context,
    booking: Annotated[
        str, Argument(metavar="ID", help="b-12, a series s-3, its ref, or its exact name.")
    ],
    on: Annotated[str | None, Option("--on", metavar="DATE", help="The new day.")] = None,
    from_: Annotated[str | None, Option("--from", metavar="HH:MM", help="The new start.")] = None,
    to: Annotated[str | None, Option("--to", metavar="HH:MM", help="The new end.")] = None,
    desk: Annotated[str | None, Option("--desk", metavar="DESK", help="The new desk.")] = None,
    on_dates: Annotated[
        list[str] | None,
        Option("--on-dates", metavar="DATE", help="Of a series only these days; also A..B."),
    ] = None,
    max_price: MaxPrice = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Move a booking or a series to another time or desk; the old one stays until then."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.bookings import moving

    if not (on or from_ or to or desk):
        raise UsageError("nothing to change was given", "give `--on`, `--from`, `--to` or `--desk`")
    change = moving.Change(
        parse_date(on, context.today, planned=True) if on else None,
        options.clock(from_),
        options.clock(to, end=True),
        desk,
        euro(max_price, "--max-price"),
    )
    days = days_in_series(context, on_dates)
    with asking(context) as (accounts, _):
        plans = moving.plan_moves(
            booking, change, days, store=context.store, accounts=accounts, now=context.now
        )
        several = len(plans.moves) + len(plans.problems) > 1
        if dry_run:
            shown = [plan.booking for plan in plans.moves]
            notes = [*plans.lines, "Nothing was moved (--dry-run)."]
            return _cancelled(shown, notes, plans.problems, several)
        if plans.question:
            for line in plans.lines:
                context.note(line)
            context.confirm(plans.question, flag="--yes or --max-price EUR")
        outcome = moving.move_all(plans, store=context.store, accounts=accounts)
    return _cancelled(outcome.bookings, outcome.notes, outcome.problems, several)


@verb(app, "cancel", data=Booking, short="cowork booking cancel b-1")
def cancel(
    context: Context,
    bookings: Annotated[
        list[str], Argument(metavar="ID…", help="b-12, a series s-3, its ref, or its exact name.")
    ],
    on: Annotated[
        list[str] | None,
        Option("--on", metavar="DATE", help="Of a series only these days; also A..B."),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Cancel bookings, after showing until when that is possible and what it costs."""
    from cowork_cli.services.bookings import cancelling

    days = days_in_series(context, on)
    with asking(context) as (accounts, _):
        plan = cancelling.plan_cancel(
            bookings, store=context.store, now=context.now, days=days, accounts=accounts
        )
        several = len(bookings) > 1 or len(plan.bookings) > 1
        if dry_run:
            lines = [f"{line} (--dry-run)." for line in plan.lines("would be cancelled; ")]
            return _cancelled(plan.bookings, [*plan.notes, *lines], plan.problems, several)
        if plan.open:
            for line in plan.lines():
                context.note(f"{line}.")
            context.confirm("Cancel them?" if len(plan.open) > 1 else "Cancel it?")
        outcome = cancelling.cancel_all(plan, store=context.store, accounts=accounts)
    return _cancelled(outcome.bookings, outcome.notes, outcome.problems, several)


def _cancelled(
    bookings: Sequence[Booking],
    notes: Sequence[str],
    problems: Sequence[CoworkError],
    several: bool,
) -> Result:
    """One named gives one, several give a list."""
    return Result(
        list(bookings) if several else bookings[0],
        notes=notes,
        problems=problems,
        exit_code=exit_code_of(problems, done=True),
    )


@verb(app, "sync", data=Booking, many=True, short="cowork booking sync")
def sync(
    context: Context,
    account: Annotated[
        str | None, Option("--account", metavar="A", help="Ask only this account.")
    ] = None,
) -> Result:
    """Settle unknown outcomes, also of ordered addresses; bring in what was booked elsewhere."""
    from cowork_cli.services.bookings import syncing
    from cowork_cli.store import registrations

    with asking(context) as (accounts, _):
        changed, problems, notes = syncing.sync(
            store=context.store, accounts=accounts, account=account, now=context.now
        )
        if registrations.unsettled(context.store):
            from cowork_cli.services.addresses import settling

            told, failed = settling.settle_lost(context.store, accounts, account)
            notes, problems = [*notes, *told], [*problems, *failed]
    if problems and account is not None:
        raise problems[0]
    return Result(
        changed,
        notes=notes,
        problems=problems,
        exit_code=exit_code_of(problems, done=True),
        empty="Everything is as it was.",
    )


@verb(app, "checkin", data=Booking, short="cowork booking checkin b-1")
def checkin(context: Context, booking: BookingArgument, dry_run: options.DryRun = False) -> Result:
    """Say that you have come: to the platform, where it takes that word, and to the day log."""
    from cowork_cli.services.bookings import arriving

    with asking(context) as (accounts, _):
        arrival = arriving.plan(booking, context.now, store=context.store, accounts=accounts)
        if dry_run:
            return Result(arrival, notes=[f"Would check in to {arrival.id} (--dry-run)."])
        checked, is_new = arriving.check_in(arrival, store=context.store, accounts=accounts)
    since = checked.checked_in or context.now
    note = (
        f"Checked in to {checked.id}."
        if is_new
        else f"{checked.id} was checked in at {since:%H:%M} already."
    )
    return Result(checked, notes=[note])
