"""Options that several commands share, and what they mean."""

from datetime import date, datetime
from typing import Annotated

import typer

from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.phrases import current_period, parse_date, parse_moment, parse_period
from cowork_cli.errors import BadInput

In = Annotated[
    str | None, typer.Option("--in", metavar="PERIOD", help="2026, 2026-Q4, 2026-11 or 2026-W48.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, included.")]
Today = Annotated[bool, typer.Option("--today", help="Only today.")]
Week = Annotated[bool, typer.Option("--week", help="The current week.")]
Month = Annotated[bool, typer.Option("--month", help="The current month.")]
Quarter = Annotated[bool, typer.Option("--quarter", help="The current quarter.")]
Year = Annotated[bool, typer.Option("--year", help="The current year.")]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help="Say what would be done, change nothing.")
]


def chosen_period(
    context: Context,
    in_: str | None,
    first: str | None,
    last: str | None,
    flags: dict[str, bool],
    default: str | None = None,
) -> Period:
    """The period that the options choose: one way only. `default` is a unit, None all time."""
    units = [unit for unit, given in flags.items() if given]
    ways = len(units) + (in_ is not None) + (first is not None or last is not None)
    if ways > 1:
        raise BadInput(
            "several periods were given", "give one of `--in`, `--from/--to`, `--week` …"
        )
    if in_ is not None:
        return parse_period(in_)
    if units:
        return current_period(units[0], context.today)
    if first is None and last is None:
        return current_period(default, context.today) if default else Period(None, None)
    start = parse_date(first, context.today, planned=False) if first else None
    end = parse_date(last, context.today, planned=False) if last else None
    if start and end and end < start:
        raise BadInput(
            f"the period ends ({end}) before it begins ({start})", "swap `--from` and `--to`"
        )
    return Period(start, end)


def moment(context: Context, text: str | None, day: date | None = None) -> datetime:
    """The instant of a `--at`, `--from` or `--to`; now if it was not given."""
    if text is None:
        return context.now.replace(microsecond=0)
    return parse_moment(text, context.now, context.zone, day)


def understood(context: Context, instant: datetime) -> str:
    """`14:30 today, 2 h 15 min ago`: what was made of a typed time."""
    from cowork_cli.output.text import duration

    local = instant.astimezone(context.zone)
    days = (context.today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {local:%a %Y-%m-%d}")
    ago = int((context.now - instant).total_seconds())
    return f"{local:%H:%M} {day}" + (f", {duration(ago)} ago" if ago >= 60 else "")
