"""Figures of the day log into the books, when the person says so."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import verb
from cowork_cli.commands.day._app import app
from cowork_cli.context import Context
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result


@verb(app, "book", data=Expense, many=True, short="cowork day book home --in 2026")
def book(
    context: Context,
    figure: Annotated[
        str, Argument(metavar="FIGURE", help="home, ways-a, ways-b (the reading) or meals.")
    ],
    period: Annotated[Period, options.period_options("year")],
    dry_run: options.DryRun = False,
) -> Result:
    """Put what the day log supports into the books, as expenses without VAT."""
    from cowork_cli.commands.report.days import day_report
    from cowork_cli.services.days import claiming

    report = day_report(context, period)
    if dry_run:
        parts = claiming.planned(report, figure, period)
        said = [
            f"It would be: {part.text}: {part.amount} ({_on(part.category)})." for part in parts
        ]
        return Result((), notes=said, empty="")
    booked = claiming.book(context.store, report, figure, period, context.today)
    notes = [
        "It stands in the books because you said so; whether it may be deducted is not said here."
    ]
    if any(expense.category == "transport" for expense in booked):
        notes.append("Fares that you recorded as expenses already are in the books twice now.")
    notes += [f"Take it out with `cowork expense remove {expense.id}`." for expense in booked]
    return Result(booked, notes=notes)


def _on(category: str | None) -> str:
    return f"category {category}" if category else "no category: its line is not known here"
