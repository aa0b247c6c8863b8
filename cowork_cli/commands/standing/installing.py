"""Having the system run it: `cowork standing install`."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.standing._app import app
from cowork_cli.context import Context
from cowork_cli.domain.standing import Schedule
from cowork_cli.output.result import Result


@verb(app, "install", data=Schedule, short="cowork standing install --dry-run")
def install(
    context: Context,
    systemd: Annotated[
        bool, Option("--systemd", help="A systemd timer of the user instead of a crontab line.")
    ] = False,
    remove: Annotated[bool, Option("--remove", help="Take it out again.")] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Have `standing run` started every minute, by cron or by systemd."""
    from cowork_cli.services.bookings import schedule

    home = context.options.home
    environ = {**context.env, "COWORK_HOME": home} if home else context.env

    plan = schedule.plan(environ, systemd=systemd, remove=remove)
    if dry_run:
        return Result(plan, notes=[*plan.lines(), "Nothing was changed (--dry-run)."])
    return Result(plan, notes=schedule.carry_out(plan))
