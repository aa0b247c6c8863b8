"""The places of the day log, and what is said of months."""

from cowork_cli.commands._markers import Annotated, Argument, Option, Several
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import app
from cowork_cli.context import Context
from cowork_cli.domain.day import LogPlace, MonthFlag
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.services.days.places import Typed

_FIELDS = {
    "kind": ("--kind", "K", "home, space, client, meeting or travel."),
    "km": ("--km", "KM", "From home, one way; the shortest road."),
    "minutes": ("--minutes", "N", "From home, one way."),
    "mode": ("--mode", "M", "How you go: walk, bike, car, tram, train, …"),
    "fare": ("--fare", "EUR", "What one way costs."),
    "country": ("--country", "CC", "Two letters; default: that of the space or client."),
    "first_place": ("--first-place", "yes|no|unknown", "Your mark: first place of work."),
    "from_": ("--from", "DATE", "First day of that mark."),
    "lasting": ("--lasting", "yes|no|unknown", "Meant for an unlimited time, or over 48 months."),
    "instead_of": ("--instead-of", "PLACE", "Where you would work without it: home, or a place."),
}
_TYPED: "dict[str, tuple[Any, Any]]" = {
    name: (Annotated[str | None, Option(flag, metavar=shown, help=text)], None)
    for name, (flag, shown, text) in _FIELDS.items()
}


def _typed(context: Context, words: "dict[str, Any]") -> "Typed":
    from cowork_cli.services.days.places import Typed

    since = words.pop("from_")
    if since is not None:
        from cowork_cli.domain.phrases import parse_date

        since = parse_date(since, context.today, planned=False)
    return Typed(first_from=since, **words)


@verb(
    app, "place", data=LogPlace, short="cowork day place Hafen --km 12.4 --mode bike --minutes 35"
)
def place(
    context: Context,
    name: Annotated[
        str, Argument(metavar="PLACE", help="As in hours: a space, client/acme, a word.")
    ],
    typed: Annotated["Typed", Several(_TYPED, _typed)] = None,  # type: ignore[assignment]
    remove: Annotated[bool, Option("--remove", help="Forget what is said of it.")] = False,
) -> Result:
    """Say what a place is and how one gets there; the days to come take it."""
    from cowork_cli.domain.shell_words import shell_word
    from cowork_cli.errors import NotFound, UsageError
    from cowork_cli.services.days import places

    if remove:
        if not typed.is_empty:
            raise UsageError("--remove takes nothing else", "give it alone")
        gone = places.remove(context.store, name)
        return Result(gone, notes=[f"Forgot {gone.title}; the days spent there stay."])
    known = places.Places(context.store)
    key = known.named(name)
    if typed.is_empty:
        there = known.known(key)
        if there is None:
            raise NotFound(
                f'nothing is said of a place "{name}"',
                f"say what it is: `cowork day place {shell_word(name)} --kind space`",
            )
        return Result(there)
    said, changed = known.put(key, typed)
    return Result(said, notes=[] if changed else ["It says so already."])


@verb(app, "places", data=LogPlace, many=True, short="cowork day places")
def list_places(context: Context) -> Result:
    """List the places that something is said of."""
    from cowork_cli.services.days import places

    hint = "Nothing is said of any place. Begin with `cowork day place NAME --kind space --km 12`."
    return Result(places.listed(context.store), empty=hint)


@verb(
    app, "month", data=MonthFlag, many=True, short="cowork day month 2026-11 --other-workplace no"
)
def month(
    context: Context,
    period: Annotated[
        str | None, Argument(metavar="[MONTH]", help="2026-11, or 2026 for each of its months.")
    ] = None,
    other_workplace: Annotated[
        str | None,
        Option("--other-workplace", metavar="yes|no|unclear", help="Whether one was at hand."),
    ] = None,
) -> Result:
    """Say whether another workplace was at hand in a month; unclear unless you say it."""
    from cowork_cli.services.days import months

    if other_workplace is None:
        return Result(months.listed(context.store), empty="Nothing is said of any month: unclear.")
    flags = months.flag(context.store, period, other_workplace, context.today)
    return Result(flags)
