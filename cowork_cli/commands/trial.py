"""`cowork trial`: trying something for a while, before and since side by side."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.day_report import Trial
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

app = new_app()

NameArgument = Annotated[str, Argument(metavar="NAME", help="What is tried.")]
On = Annotated[str | None, Option("--on", metavar="DATE", help="Default: today.")]


@verb(app, "start", data=Trial, short='cowork trial start "Two days at Hafen" --on 2026-11-02')
def start(
    context: Context,
    name: NameArgument,
    on: On = None,
    place: Annotated[str | None, Option("--place", metavar="P", help="Where it happens.")] = None,
    note: Annotated[
        str | None, Option("--note", metavar="T", help="What is to be found out.")
    ] = None,
) -> Result:
    """Begin a trial with its first day."""
    from cowork_cli.services.days import trials

    where = None
    if place is not None:
        from cowork_cli.services.days.places import Places

        where = Places(context.store).named(place)
    trial = trials.start(context.store, name, _day(context, on), context.today, where, note)
    return Result(trial, notes=[f"Since {trial.from_}. End it with `cowork trial stop`."])


@verb(app, "stop", data=Trial, short='cowork trial stop "Two days at Hafen"')
def stop(context: Context, name: NameArgument, on: On = None) -> Result:
    """End a trial with its last day, and compare."""
    from cowork_cli.services.days import trials

    return Result(trials.stop(context.store, name, _day(context, on), context.today))


@verb(app, "list", data=Trial, many=True, short="cowork trial list")
def list_(context: Context) -> Result:
    """List the trials: as many days before each beside those since."""
    from cowork_cli.services.days import trials

    hint = "Nothing is tried. Begin with `cowork trial start NAME`."
    return Result(trials.listed(context.store, context.today), empty=hint)


def _day(context: Context, text: str | None) -> "date":
    if text is None:
        return context.today
    from cowork_cli.domain.phrases import parse_date

    return parse_date(text, context.today, planned=False)
