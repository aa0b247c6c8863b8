"""`cowork status`: timer, bookings, deadlines, overdue invoices."""

from cowork_cli.commands._asking import exemption_warnings
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.overview import Overview
from cowork_cli.errors import ExitCode
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "status", data=Overview, rows="OverviewRow", short="cowork status", offline=True)
def status(
    context: Context,
    exit_code: Annotated[
        bool, Option("--exit-code", help="Leave with 6 if something is burning.")
    ] = False,
) -> Result:
    """Show the timer, what is booked, what is due, and what is burning."""
    from cowork_cli.services.home.overview import check_ins, overview

    # A copy has no journal by which it could be told what of the kept sums is still right.
    kept = "" if context.store.is_copy else context.paths.unbilled_path
    found, untold = overview(context.store, context.now, context.config.get, kept)
    burning = exit_code and found.burning
    if context.forgotten is not None:
        from cowork_cli.services.hours import forgotten

        context.note(forgotten.sentence(context.forgotten, context.now))
        context.note(forgotten.remedy(context.forgotten))
    return Result(
        found,
        notes=[
            *check_ins(found.bookings, context.now),
            *exemption_warnings(context),
            *_unsent(context),
            *(f"Not told: {row.message}." for row in untold),
        ],
        rows=found.rows(),
        exit_code=ExitCode.CONFLICT if burning else ExitCode.DONE,
        empty="No timer is running, nothing is booked or due.",
    )


def _unsent(context: Context) -> list[str]:
    """A line about what was recorded without the server and is not there yet."""
    server = context.server
    if server is None:
        return []
    from cowork_cli.services.home import outbox

    number, held = outbox.unsent(context.paths, server)
    if not number:
        return []
    waits = "1 change waits" if number == 1 else f"{number} changes wait"
    odd = f", {held} of which {'does' if held == 1 else 'do'} not fit" if held else ""
    return [f"{waits} for the server{odd}; see `cowork data outbox`."]
