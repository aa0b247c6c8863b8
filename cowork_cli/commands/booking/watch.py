"""Waiting for a desk to become free: `cowork booking watch`."""

from collections.abc import Sequence
from datetime import date, datetime

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.booking._app import app
from cowork_cli.commands.booking._order import (
    Desks,
    On,
    consent,
    days_of,
    order_options,
    ordered,
)
from cowork_cli.context import Context
from cowork_cli.domain.booking import Booking
from cowork_cli.errors import BadInput, CoworkError, exit_code_of
from cowork_cli.output.result import Result
from cowork_cli.output.text import duration
from cowork_cli.records import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.services.bookings.orders import Order, Outcome

LONGEST_S = 7 * 86_400


@verb(
    app,
    "watch",
    data=Booking,
    many=True,
    short='cowork booking watch "Desk 1" --on 2026-12-01 --for-at-most 2h',
)
def watch(
    context: Context,
    desks: Desks,
    how: Annotated["dict[str, Any]", order_options()],
    on: On = None,
    for_at_most: Annotated[
        str, Option("--for-at-most", metavar="TIME", help="How long to wait; a week at most.")
    ] = "2h",
    exec_: Annotated[
        str | None,
        Option(
            "--exec", metavar="CMD", help="Run it when booked; reads COWORK_BOOKING_ID, _DESK …"
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Wait for a desk to become free and book it; looks once a minute at most."""
    from cowork_cli.services.bookings import watching

    if exec_ is not None and not exec_.strip():
        raise BadInput("--exec is given no command", "as in `--exec 'notify-send Booked'`")
    at_most_s = _at_most_s(for_at_most)
    order = ordered(desks, days_of(context, on), how)
    if dry_run:
        return _preview(context, order, at_most_s)

    def on_booked(booking: Booking) -> CoworkError | None:
        end = "24:00" if f"{booking.to:%H:%M}" == "00:00" else f"{booking.to:%H:%M}"
        when = f"{booking.from_:%a %Y-%m-%d %H:%M}–{end}"
        context.note(f'Booked {booking.id}: "{booking.desk_name}" at {booking.space_name}, {when}.')
        return watching.run_command(exec_, booking, context.env) if exec_ else None

    def look(day: date, now: datetime) -> "Outcome":
        return _look(context, _of_day(order, day), now)

    def on_waiting() -> None:
        if context.watched:
            context.note(_waits_for(order.desks, order.days, at_most_s))

    outcome = watching.watch(
        order.days,
        look,
        watching.Waiting(context.now, at_most_s),
        on_booked=on_booked,
        on_waiting=on_waiting,
        several_desks=order.any_desk or len(order.desks) > 1,
    )
    return Result(
        outcome.bookings,
        notes=outcome.notes,
        problems=outcome.problems,
        exit_code=exit_code_of(outcome.problems, done=True),
    )


def _look(context: Context, order: "Order", now: datetime) -> "Outcome":
    """One look, as if `booking add` were typed now: with accounts that remember nothing of the last one."""
    from cowork_cli.services.bookings import planning, sending

    with asking(context) as (accounts, _):
        plan = planning.plan(order, store=context.store, accounts=accounts, now=now)
        if any(step.choices for step in plan.steps):
            consent(context, plan)
        return sending.carry_out(plan, store=context.store, accounts=accounts)


def _of_day(order: "Order", day: date) -> "Order":
    several = order.key is not None and len(order.days) > 1
    return replace(order, days=(day,), key=f"{order.key}:{day}" if several else order.key)


def _at_most_s(text: str) -> int:
    from cowork_cli.domain.phrases import parse_duration

    seconds = parse_duration(text)
    if seconds > LONGEST_S:
        raise BadInput(
            f"--for-at-most is a week at most, not {duration(seconds)}",
            "for longer, give a standing order with `cowork standing add`",
        )
    return seconds


def _waits_for(desks: Sequence[str], days: Sequence[date], at_most_s: int) -> str:
    what = " or ".join(f'"{desk}"' for desk in desks)
    when = ", ".join(f"{day:%a %Y-%m-%d}" for day in days)
    return f"Waiting for {what} on {when}, for {duration(at_most_s)} at most (Ctrl-C to stop)."


def _preview(context: Context, order: "Order", at_most_s: int) -> Result:
    """`--dry-run`: what is free now would be booked, what is not would be waited for."""
    from cowork_cli.errors import SlotTaken
    from cowork_cli.services.bookings import planning, sending

    shown: list[Booking] = []
    notes: list[str] = []
    taken: list[date] = []
    with asking(context) as (accounts, _):
        for day in order.days:
            try:
                plan = planning.plan(
                    _of_day(order, day), store=context.store, accounts=accounts, now=context.now
                )
            except SlotTaken:
                taken.append(day)
                continue
            outcome = sending.preview(plan, accounts)
            shown += outcome.bookings
            notes += [note for note in outcome.notes if note not in notes]
    if taken:
        waits = _waits_for(order.desks, taken, at_most_s).removesuffix(" (Ctrl-C to stop).")
        notes.append(f"Would be w{waits[1:]} (--dry-run).")
    return Result(shown, notes=notes, empty="Nothing of it is free now.")
