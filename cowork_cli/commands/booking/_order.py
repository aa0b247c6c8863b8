"""What is ordered, as it stands on a command line: the options that `add` and `watch` share."""

from collections.abc import Sequence
from datetime import date

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import euro
from cowork_cli.commands._markers import Annotated, Argument, Option, Several
from cowork_cli.context import Context
from cowork_cli.errors import BadInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.services.bookings.cancelling import Days
    from cowork_cli.services.bookings.orders import Order, Plan

Desks = Annotated[list[str], Argument(metavar="DESK…", help="Desks, the best one first.")]
On = Annotated[
    list[str] | None, Option("--on", metavar="DATE", help="A day, days with commas, or A..B.")
]
MaxPrice = Annotated[
    str | None, Option("--max-price", metavar="EUR", help="Go on without asking up to this price.")
]
_OPTIONS: "dict[str, tuple[Any, Any]]" = {
    "from_": (
        Annotated[str | None, Option("--from", metavar="HH:MM", help="Start, in the space's time.")],
        None,
    ),
    "to": (
        Annotated[str | None, Option("--to", metavar="HH:MM", help="End, in the space's time.")],
        None,
    ),
    "all_day": (
        Annotated[bool, Option("--all-day", help="The opening hours, else the whole day.")],
        False,
    ),
    "fallback": (
        Annotated[
            str | None, Option("--fallback", metavar="any", help="Another of its kind will do.")
        ],
        None,
    ),
    "title": (Annotated[str | None, Option("--title", help="What it is for.")], None),
    "project": (
        Annotated[str | None, Option("--project", metavar="P", help="CLIENT/ID it belongs to.")],
        None,
    ),
    "person": (
        Annotated[
            str | None, Option("--for", metavar="PERSON", help="Who sits there (default: me).")
        ],
        None,
    ),
    "max_price": (MaxPrice, None),
    "key": (
        Annotated[str | None, Option("--key", metavar="K", help="The same key books once.")],
        None,
    ),
}  # fmt: skip


def order_options() -> Several:
    """How a desk is wanted, for whom and up to which price: one parameter of a verb, see `ordered`."""
    return Several(_OPTIONS, lambda _, words: words)


def ordered(
    desks: Sequence[str], days: Sequence[date], how: "dict[str, Any]", *, series: bool = False
) -> "Order":
    """The order of these words. Raises BadInput."""
    from cowork_cli.services.bookings.orders import Order

    if how["fallback"] not in (None, "any"):
        raise BadInput(f'--fallback "{how["fallback"]}" is not known', "give `--fallback any`")
    return Order(
        desks=tuple(dict.fromkeys(desks)),
        days=tuple(days),
        from_=options.clock(how["from_"]),
        to=options.clock(how["to"], end=True),
        all_day=how["all_day"],
        person=_person(how["person"]),
        title=how["title"],
        project=how["project"],
        max_price=euro(how["max_price"], "--max-price"),
        key=how["key"],
        any_desk=how["fallback"] is not None,
        series=series,
    )


def _person(text: str | None) -> str | None:
    """Who sits there, None for oneself. Raises BadInput for a name of nothing."""
    if text is None:
        return None
    name = " ".join(text.split())
    if not name:
        raise BadInput("--for names nobody", "give who sits there, or leave it out for yourself")
    return None if name == "me" else name


def days_of(context: Context, on: list[str] | None) -> tuple[date, ...]:
    """The days of `--on`. Raises UsageError, BadInput."""
    from cowork_cli.domain.phrases import parse_dates

    if not on:
        raise UsageError("--on is missing", "give a day as in `--on 2026-12-01`")
    return tuple(parse_dates(on, context.today))


def days_in_series(context: Context, texts: list[str] | None) -> "Days":
    """The days of a series that are meant, none for all. Raises BadInput."""
    from cowork_cli.domain.phrases import parse_dates
    from cowork_cli.services.bookings.cancelling import Days

    parts = [part for text in texts or () for part in text.split(",")]
    named = [part for part in parts if ".." not in part]
    return Days(tuple(parse_dates(parts, context.today)), tuple(parse_dates(named, context.today)))


def consent(context: Context, plan: "Plan") -> None:
    """Price, credits and terms are read before the question, also where `--yes` answers it."""
    from cowork_cli.services.bookings.orders import terms_of

    for line in terms_of(plan.order, plan.steps):
        context.note(line)
    if plan.question:
        context.confirm(plan.question, flag="--yes or --max-price EUR")
