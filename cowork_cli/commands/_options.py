"""Options that several commands share, and what they mean."""

from cowork_cli.commands._markers import Annotated, Option, Several
from cowork_cli.context import Context
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from cowork_cli.domain.period import Period

In = Annotated[
    str | None, Option("--in", metavar="PERIOD", help="2026, 2026-Q4, 2026-11 or 2026-W48.")
]
From = Annotated[str | None, Option("--from", metavar="DATE", help="First day.")]
To = Annotated[str | None, Option("--to", metavar="DATE", help="Last day, included.")]
Today = Annotated[bool, Option("--today", help="Only today.")]
Week = Annotated[bool, Option("--week", help="The current week.")]
Month = Annotated[bool, Option("--month", help="The current month.")]
Quarter = Annotated[bool, Option("--quarter", help="The current quarter.")]
Year = Annotated[bool, Option("--year", help="The current year.")]
_UNITS = ("today", "week", "month", "quarter", "year")
_PERIOD: "dict[str, tuple[Any, Any]]" = {
    "in_": (In, None), "from_": (From, None), "to": (To, None), "today": (Today, False),
    "week": (Week, False), "month": (Month, False), "quarter": (Quarter, False),
    "year": (Year, False),
}  # fmt: skip
DryRun = Annotated[bool, Option("-n", "--dry-run", help="Say what would be done, change nothing.")]


def period_options(default: str | None = None) -> Several:
    """The options that choose a period; together they are one parameter of a command.

    `default` is the unit that counts without them (`week`: the current one), None all time.
    """
    return Several(_PERIOD, lambda context, words: chosen_period(context, words, default))


def chosen_period(
    context: Context, words: "dict[str, Any]", default: str | None = None
) -> "Period":
    """The period that the options choose: one way only. Raises BadInput for several."""
    from cowork_cli.domain.period import Period, current_period

    in_, first, last = words["in_"], words["from_"], words["to"]
    units = [unit for unit in _UNITS if words[unit]]
    ways = len(units) + (in_ is not None) + (first is not None or last is not None)
    if ways > 1:
        raise BadInput(
            "several periods were given", "give one of `--in`, `--from/--to`, `--week` …"
        )
    if in_ is not None:
        from cowork_cli.domain.phrases import parse_period

        return parse_period(in_)
    if units:
        return current_period(units[0], context.today)
    if first is None and last is None:
        return current_period(default, context.today) if default else Period(None, None)
    from cowork_cli.domain.phrases import parse_date

    start = parse_date(first, context.today, planned=False) if first else None
    end = parse_date(last, context.today, planned=False) if last else None
    if start and end and end < start:
        raise BadInput(
            f"the period ends ({end}) before it begins ({start})", "swap `--from` and `--to`"
        )
    return Period(start, end)


def moment(context: Context, text: str | None, day: "date | None" = None) -> "datetime":
    """The instant of a `--at`, `--from` or `--to`; now if it was not given."""
    if text is None:
        return context.now.replace(microsecond=0)
    from cowork_cli.domain.phrases import parse_moment

    return parse_moment(text, context.now, context.zone, day)


def understood(context: Context, instant: "datetime") -> str:
    """`14:30 today, 2 h 15 min ago`: what was made of a typed time."""
    from cowork_cli.output.text import duration

    local = instant.astimezone(context.zone)
    days = (context.today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {local:%a %Y-%m-%d}")
    ago = int((context.now - instant).total_seconds())
    return f"{local:%H:%M} {day}" + (f", {duration(ago)} ago" if ago >= 60 else "")
