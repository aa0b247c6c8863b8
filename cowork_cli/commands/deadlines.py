"""`cowork deadlines`: contracts, post, taxes, reviews: what is due, in one list."""

from cowork_cli.commands import _out
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.overview import Deadline
from cowork_cli.errors import ExitCode
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "deadlines", data=Deadline, many=True, short="cowork deadlines --within 30d")
def deadlines(
    context: Context,
    within: Annotated[str, Option("--within", metavar="30d", help="How far ahead.")] = "30d",
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """List what is due, the most urgent first; or write it as a calendar with alarms."""
    from cowork_cli.domain.phrases import parse_days
    from cowork_cli.services.home.deadlines import all_due, exemption

    days = parse_days(within, "--within")
    rows, problems = all_due(context.store, context.config.get, context.today, days)
    exempt = exemption(context.config.get)
    notes = [exempt] if exempt else []
    code = ExitCode.PARTIAL if problems else ExitCode.DONE
    if out is not None:
        from cowork_cli.services.addresses.calendar import deadline_events, written

        content = written(deadline_events(rows), "deadlines")
        listed = Result(rows, notes=notes, problems=problems, exit_code=code)
        return _out.calendar_result(context, out, force, "deadlines", content, listed)
    empty = f"Nothing is due within {days} days."
    return Result(rows, notes=notes, problems=problems, exit_code=code, empty=empty)
