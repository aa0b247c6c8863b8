"""`cowork report`: hours and money, summed up."""

from typing import Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import new_app, office, verb
from cowork_cli.domain.period import Period
from cowork_cli.domain.report import BudgetRow, HoursRow, UnbilledRow
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "hours", data=HoursRow, many=True, short="cowork report hours --week --by day")
@options.with_period()
def hours(
    ctx: typer.Context,
    period: Period,
    by: Annotated[
        str, typer.Option("--by", metavar="KEY", help="day, project, client, tag or place.")
    ] = "project",
) -> Result:
    """Sum up recorded hours; without a period, of all time."""
    from cowork_cli.errors import BadInput
    from cowork_cli.services import reports

    context = office(ctx)
    if by not in reports.KEYS:
        raise BadInput(f'cannot report by "{by}"', f"choose one of {', '.join(reports.KEYS)}")
    rows = reports.hours(context.store, period, by)
    line = reports.range_line(context.store, period)
    return Result(rows, notes=[f"Range: {line}."], empty="No hours in this range.")


@verb(app, "unbilled", data=UnbilledRow, many=True)
def unbilled(ctx: typer.Context) -> Result:
    """Hours that can be billed, real and as billed, and what a draft of them would net."""
    from cowork_cli.services import reports

    context = office(ctx)
    rows = reports.unbilled(context.store)
    held = reports.drafted_line(context.store)
    notes = ["Range: all time.", *([f"{held}."] if held else [])]
    return Result(rows, notes=notes, empty="Everything is billed.")


@verb(app, "budget", data=BudgetRow, many=True)
def budget(ctx: typer.Context) -> Result:
    """Projects with a budget, and how much of it is used."""
    from cowork_cli.services import budgets

    return Result(
        budgets.budgets(office(ctx).store),
        notes=["Range: all time."],
        empty="No project has a budget. Set one with `cowork project edit CLIENT/ID --budget 40h`.",
    )
