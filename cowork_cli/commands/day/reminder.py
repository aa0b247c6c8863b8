"""A word to cron about days that are not logged; nothing where there is nothing to say."""

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import app
from cowork_cli.context import Context
from cowork_cli.domain.day import Reminder
from cowork_cli.output.result import Result


@verb(app, "reminder", data=Reminder, many=True, short="cowork day reminder --back 3")
def reminder(
    context: Context,
    back: Annotated[
        int, Option("--back", metavar="DAYS", help="Look so many days back as well.")
    ] = 0,
    exit_code: Annotated[
        bool, Option("--exit-code", help="Exit 6 where a day is not logged.")
    ] = False,
) -> Result:
    """Name the working days that are not logged; quiet if there is none, for cron."""
    from cowork_cli.errors import BadInput, ExitCode
    from cowork_cli.services.calendar import regions
    from cowork_cli.services.days import reminding

    if not 0 <= back <= 366:
        raise BadInput(f"--back {back} is out of reach", "give 0 to 366 days")
    first, last = reminding.stretch(context.today, back)
    missing = reminding.missing(
        context.store,
        first,
        last,
        str(context.config.get("hours.week")),
        context.zone,
        regions.of_person(context.config.text),
        context.store.now_s,
    )
    code = ExitCode.CONFLICT if missing and exit_code else ExitCode.DONE
    return Result(missing, exit_code=code, empty="")
