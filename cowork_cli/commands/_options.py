"""Options that several commands share, and what they mean."""

import inspect
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, cast

from cowork_cli.commands._markers import Option
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.phrases import current_period, parse_date, parse_moment, parse_period
from cowork_cli.domain.zones import elapsed
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

Command = TypeVar("Command", bound=Callable[..., Result])

In = Annotated[
    str | None,
    Option("--in", metavar="PERIOD", help="2026, 2026-Q4, 2026-11, november or KW48."),
]
From = Annotated[str | None, Option("--from", metavar="DATE", help="First day.")]
To = Annotated[str | None, Option("--to", metavar="DATE", help="Last day, included.")]
Today = Annotated[bool, Option("--today", help="Only today.")]
Week = Annotated[bool, Option("--week", help="The current week.")]
Month = Annotated[bool, Option("--month", help="The current month.")]
Quarter = Annotated[bool, Option("--quarter", help="The current quarter.")]
Year = Annotated[bool, Option("--year", help="The current year.")]
LastWeek = Annotated[bool, Option("--last-week", help="The week before.")]
LastMonth = Annotated[bool, Option("--last-month", help="The month before.")]
LastQuarter = Annotated[bool, Option("--last-quarter", help="The quarter before.")]
LastYear = Annotated[bool, Option("--last-year", help="The year before.")]
_FLAGS = {
    "today": Today, "week": Week, "month": Month, "quarter": Quarter, "year": Year,
    "last_week": LastWeek, "last_month": LastMonth, "last_quarter": LastQuarter,
    "last_year": LastYear,
}  # fmt: skip
_PERIOD = {"in_": In, "from_": From, "to": To, **_FLAGS}
DryRun = Annotated[bool, Option("-n", "--dry-run", help="Say what would be done, change nothing.")]


def with_period(
    default: str | None = None, *, planned: bool = False
) -> Callable[[Command], Command]:
    """Gives a command the options that choose a period, and its parameter `period` what they chose.

    `default` is the unit that counts without them (`week`: the current one), None all time. Where
    the days ahead are listed (`planned`), `december` is the next one, else the last that has begun.
    """

    def decorate(function: Command) -> Command:
        signature = inspect.signature(function, eval_str=True)
        own = [each for name, each in signature.parameters.items() if name != "period"]
        added = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=False if name in _FLAGS else None,
                annotation=annotation,
            )
            for name, annotation in _PERIOD.items()
        ]

        def command(context: Context, **values: Any) -> Result:
            words = {name: values.pop(name) for name in _PERIOD}
            period = chosen_period(context, words, default, planned=planned)
            return function(context, period=period, **values)

        command.__doc__, command.__name__ = function.__doc__, function.__name__
        command.__module__ = function.__module__
        command.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
        named = {each.name: each.annotation for each in (*own, *added)}
        command.__annotations__ = {**named, "return": Result}
        return cast(Command, command)

    return decorate


def chosen_period(
    context: Context, words: dict[str, Any], default: str | None = None, *, planned: bool = False
) -> Period:
    """The period that the options choose: one way only. Raises BadInput for several."""
    in_, first, last = words["in_"], words["from_"], words["to"]
    units = [flag.replace("_", "-") for flag in _FLAGS if words[flag]]
    ways = len(units) + (in_ is not None) + (first is not None or last is not None)
    if ways > 1:
        raise BadInput(
            "several periods were given", "give one of `--in`, `--from/--to`, `--week` …"
        )
    if in_ is not None:
        return parse_period(in_, context.today, planned=planned)
    if units:
        return current_period(units[0], context.today)
    if first is None and last is None:
        return current_period(default, context.today) if default else Period(None, None)
    start = parse_date(first, context.today, planned=planned) if first else None
    end = parse_date(last, context.today, planned=planned) if last else None
    if start and end and end < start:
        raise BadInput(
            f"the period ends ({end}) before it begins ({start})", "swap `--from` and `--to`"
        )
    return Period(start, end)


def moment(
    context: Context, text: str | None, day: date | None = None, *, end: bool = False
) -> datetime:
    """The instant of a `--at`, `--from` or `--to`; now if it was not given.

    `9` is nine o'clock; `24:00` is the end of the day where an `end` is asked for.
    """
    if text is None:
        return context.now.replace(microsecond=0)
    return parse_moment(text, context.now, context.zone, day, bare=True, end=end)


def understood(context: Context, instant: datetime) -> str:
    """`14:30 today, 2 h 15 min ago`: what was made of a typed time."""
    from cowork_cli.output.text import duration

    local = instant.astimezone(context.zone)
    days = (context.today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {local:%a %Y-%m-%d}")
    ago = int(elapsed(instant, context.now).total_seconds())
    return f"{local:%H:%M} {day}" + (f", {duration(ago)} ago" if ago >= 60 else "")
