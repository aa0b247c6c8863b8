"""Income by where it came from."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.people import OriginRow
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "origin", data=OriginRow, many=True, short="cowork report origin --year", offline=True)
def origin(context: Context, period: Annotated[Period, options.period_options("year")]) -> Result:
    """Income by who brought it, beside what the contracts with spaces cost; default: this year."""
    from cowork_cli.services.people import origin as origins

    rows, notes = origins.report(context.store, period, context.today)
    ends = f"{period.from_ or 'the beginning'} to {period.to or 'today'}"
    said = [
        f"Range: {ends}, by the date of the invoice; net, cancelled ones left out.",
        "Who brought what is what `cowork people log NAME lead|order` noted; contracts as agreed, "
        "by the month begun.",
        *notes,
    ]
    return Result(rows, notes=said, empty="Nothing was billed in that time.")
