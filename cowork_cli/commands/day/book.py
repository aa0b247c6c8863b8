"""Figures of the day log into the books, when the person says so."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import app
from cowork_cli.context import Context
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "book", data=Expense, short="cowork day book home --in 2026")
def book(
    context: Context,
    figure: Annotated[
        str, Argument(metavar="FIGURE", help="home, ways-a, ways-b (the reading) or meals.")
    ],
    period: Annotated[Period, options.period_options("year")],
    dry_run: options.DryRun = False,
) -> Result:
    """Put what the day log supports into the books, as an expense without VAT."""
    from cowork_cli.commands.report.days import day_report
    from cowork_cli.services.days import claiming

    report = day_report(context, period)
    if dry_run:
        text, cents, lines = claiming.planned(report, figure, period)
        from cowork_cli.domain.money import Money

        return Result(
            notes=[f"It would be: {text}: {Money(cents)}, of {len(lines)} lines."], empty=""
        )
    expense = claiming.book(context.store, report, figure, period, context.today)
    return Result(
        expense,
        notes=[
            "It stands in the books because you said so; whether it may be deducted is not said here.",
            f"Take it out with `cowork expense remove {expense.id}`.",
        ],
    )
