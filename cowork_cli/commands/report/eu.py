"""The EC sales list."""

from cowork_cli.commands import _options as options
from cowork_cli.commands import _out
from cowork_cli.commands._markers import Annotated
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import SalesListRow
from cowork_cli.output.result import Result


@verb(
    app, "zm", data=SalesListRow, many=True, short="cowork report zm --last-quarter", offline=True
)
def zm(
    context: Context,
    period: Annotated[Period, options.period_options("quarter")],
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """EC sales list (ZM): services to businesses in other EU states; default: this quarter."""
    from cowork_cli.services.books import sales_list
    from cowork_cli.services.calendar.working import due_day

    if context.config.get("seller.small_business"):
        return Result(
            [],
            notes=["A small business files no EC sales list (§ 19 UStG)."],
            empty="Nothing is due.",
        )
    rows, doubtful = sales_list.rows(
        context.store, period, lambda day: due_day(day, context.config.get)[0]
    )
    notes = [
        f"Range: {period}, by invoice date, whole quarters; services only, goods are not covered."
    ]
    notes += doubtful
    notes.append("Sums are cut to whole euro, as Kz 21 is; whether the form rounds is not settled.")
    listed = Result(
        rows, notes=notes, empty="Nothing to tell: no services to the EU in this range."
    )
    if out is None:
        return listed
    quarters = {row.quarter for row in rows}
    if len(quarters) > 1:
        from cowork_cli.errors import BadInput

        raise BadInput(
            f"the file is of one quarter, this range has {len(quarters)}", "as in `--in 2026-Q4`"
        )
    place = _out.destination(context, out, force, "zm.csv", text=True)
    content = sales_list.written(rows)
    place.write(content)
    return place.result(content, Result(rows, notes=[*notes, *place.wrote()]))
