"""Options that several commands share, and what they mean."""

from cowork_cli.commands._markers import Annotated, Option, Several
from cowork_cli.context import Context
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime, time
    from typing import Any

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store

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
_PERIOD: "dict[str, tuple[Any, Any]]" = {
    "in_": (In, None), "from_": (From, None), "to": (To, None),
    **{name: (marker, False) for name, marker in _FLAGS.items()},
}  # fmt: skip
Force = Annotated[bool, Option("--force", help="Replace the file if it is there.")]
DryRun = Annotated[bool, Option("-n", "--dry-run", help="Say what would be done, change nothing.")]

OwnPerson = Annotated[
    str | None,
    Option("--person", metavar="NAME", help="Of this person; default: of who sits here."),
]
Person = Annotated[
    str | None,
    Option("--person", metavar="NAME", help="Only of this person; default: of everybody."),
]


def person_key(context: Context, name: str | None) -> str | None:
    """How records hold the person of `--person`, None for everybody. Raises NotFound."""
    if name is None:
        return None
    from cowork_cli.store.persons import key

    return key(context.store, name)


def log_of(context: Context, name: str | None) -> "Store":
    """The store as it is read for the day log of the person of `--person`; without, of who sits here."""
    key = person_key(context, name)
    return context.store if key is None else context.store.about(key)


def only_of(person: str | None) -> str:
    """`; only of ben`, for a line on what was counted."""
    return "" if person is None else f"; only of {person}"


def period_options(default: str | None = None, *, planned: bool = False) -> Several:
    """The options that choose a period; together they are one parameter of a command.


    `default` is the unit that counts without them (`week`: the current one), None all time. Where
    the days ahead are listed (`planned`), `december` is the next one, else the last that has begun.
    """
    return Several(
        _PERIOD,
        lambda context, words: chosen_period(context, words, default, planned=planned),
    )


def chosen_period(
    context: Context, words: "dict[str, Any]", default: str | None = None, *, planned: bool = False
) -> "Period":
    """The period that the options choose: one way only. Raises BadInput for several."""
    from cowork_cli.domain.period import Period, current_period

    in_, first, last = words["in_"], words["from_"], words["to"]
    units = [flag.replace("_", "-") for flag in _FLAGS if words[flag]]
    ways = len(units) + (in_ is not None) + (first is not None or last is not None)
    if ways > 1:
        raise BadInput(
            "several periods were given", "give one of `--in`, `--from/--to`, `--week` …"
        )
    if in_ is not None:
        from cowork_cli.domain.phrases import parse_period

        return parse_period(in_, context.today, planned=planned)
    if units:
        return current_period(units[0], context.today)
    if first is None and last is None:
        return current_period(default, context.today) if default else Period(None, None)
    start = _day(context, first, planned=planned) if first else None
    end = _day(context, last, planned=planned) if last else None
    if start and end and end < start:
        raise BadInput(
            f"the period ends ({end}) before it begins ({start})", "swap `--from` and `--to`"
        )
    return Period(start, end)


def _day(context: Context, text: str, *, planned: bool) -> "date":
    """A typed day; `2026-11-25` is read without the phrases, which take longer to load than a report."""
    from cowork_cli.domain.zones import plain_date

    day = plain_date(text)
    if day is not None:
        return day
    from cowork_cli.domain.phrases import parse_date

    return parse_date(text, context.today, planned=planned)


def moment(
    context: Context, text: str | None, day: "date | None" = None, *, end: bool = False
) -> "datetime":
    """The instant of a `--at`, `--from` or `--to`; now if it was not given.

    `9` is nine o'clock; `24:00` is the end of the day where an `end` is asked for.
    """
    if text is None:
        return context.now.replace(microsecond=0)
    from cowork_cli.domain.phrases import parse_moment

    return parse_moment(text, context.now, context.zone, day, bare=True, end=end)


def understood(context: Context, instant: "datetime") -> str:
    """`14:30 today, 2 h 15 min ago`: what was made of a typed time."""
    from cowork_cli.domain.zones import elapsed
    from cowork_cli.output.text import duration

    local = instant.astimezone(context.zone)
    days = (context.today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {local:%a %Y-%m-%d}")
    ago = int(elapsed(instant, context.now).total_seconds())
    return f"{local:%H:%M} {day}" + (f", {duration(ago)} ago" if ago >= 60 else "")


def clock(text: str | None, *, end: bool = False) -> "time | None":
    """A time of day; `24:00` is the end of the day. None for None. Raises BadInput."""
    if text is None:
        return None
    from datetime import time

    from cowork_cli.domain.clocks import is_end_of_day, parse_clock

    return time() if end and is_end_of_day(text) else parse_clock(text, bare=True)
