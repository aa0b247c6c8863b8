"""The places of the day log, and what is said of months."""

from cowork_cli.commands._fields import parameters
from cowork_cli.commands._markers import Annotated, Argument, Option, Several
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import app
from cowork_cli.context import Context
from cowork_cli.domain.day import LogPlace, MonthFlag
from cowork_cli.domain.fields import Field
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.services.days.places import Typed

_FIELDS = (
    Field("kind", "text", "home, space, client, meeting or travel.", "K"),
    Field("km", "text", "From home, one way; the shortest road.", "KM"),
    Field("minutes", "text", "From home, one way.", "N"),
    Field("mode", "text", "How you go: walk, bike, car, tram, train, …", "M"),
    Field("fare", "text", "What one way costs.", "EUR"),
    Field("country", "text", "Two letters; default: that of the space or client.", "CC"),
    Field("first_place", "text", "Your mark: first place of work.", "yes|no|unknown"),
    Field("from_", "text", "First day of that mark.", "DATE"),
    Field("lasting", "text", "Meant for an unlimited time, or over 48 months.", "yes|no|unknown"),
    Field("instead_of", "text", "Where you would work without it: home, or a place.", "PLACE"),
)


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
    typed: Annotated["Typed", Several(parameters(_FIELDS), _typed)] = None,  # type: ignore[assignment]
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
