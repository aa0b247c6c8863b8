"""Booking what is due: `cowork standing run`. Cron runs it every minute, so nothing due loads nothing."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.standing._app import app
from cowork_cli.context import Context
from cowork_cli.domain.booking import Booking
from cowork_cli.domain.zones import seconds_of
from cowork_cli.output.result import Result
from cowork_cli.store import standing


@verb(app, "run", data=Booking, many=True, short="cowork standing run")
def run(
    context: Context,
    now: Annotated[
        bool, Option("--now", help="Try at once what failed, also what was given up.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Book what is due; for cron: asks nothing, safe to repeat, quiet when nothing is due."""
    if not now and not standing.any_due(context.store, seconds_of(context.now)):
        return Result([], empty="")
    from cowork_cli.locking import tried

    with tried(context.paths.state / "standing.lock") as alone:
        if not alone:
            return Result([], empty="")
        return _booked(context, at_once=now, dry_run=dry_run)


def _booked(context: Context, *, at_once: bool, dry_run: bool) -> Result:
    from cowork_cli.commands._asking import asking
    from cowork_cli.errors import exit_code_of
    from cowork_cli.services.bookings.standing_run import World, run

    with asking(context) as (accounts, _):
        parish = context.config.text("holidays.parish")
        world = World(context.store, accounts, context.now, parish, dry_run)
        outcome = run(world, at_once=at_once)
    notes = [*outcome.notes, *(["Nothing was booked (--dry-run)."] if dry_run else [])]
    code = exit_code_of(outcome.problems, done=bool(outcome.bookings))
    return Result(
        outcome.bookings, notes=notes, problems=outcome.problems, exit_code=code, empty=""
    )
