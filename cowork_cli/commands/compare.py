"""`cowork compare`: an office of one's own beside desks by the day or month."""

from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.lease import LeaseComparison
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result
from cowork_cli.output.text import count

app = new_app()


@verb(
    app, "lease", data=LeaseComparison,
    short="cowork compare lease wiesenburg --rent 450net --term 36m --days 12 --fit-out 3000net",
)  # fmt: skip
def lease(
    context: Context,
    spaces: Annotated[list[str], Argument(metavar="SPACE…", help="Whose plans stand beside it.")],
    rent: Annotated[str | None, Option("--rent", metavar="P", help="Rent a month: 450net.")] = None,
    days: Annotated[
        str | None, Option("--days", metavar="N", help="Working days a month at a desk.")
    ] = None,
    term: Annotated[str, Option("--term", metavar="36m", help="How long one signs for.")] = "1m",
    notice: Annotated[str, Option("--notice", metavar="3m", help="Notice after it.")] = "3m",
    running: Annotated[
        str, Option("--running", metavar="P", help="Heating, power, internet, cleaning a month.")
    ] = "0net",
    fit_out: Annotated[
        str, Option("--fit-out", metavar="P", help="Furniture and works, once.")
    ] = "0net",
    fee: Annotated[str, Option("--fee", metavar="P", help="Agent and contract, once.")] = "0net",
    deposit: Annotated[
        str, Option("--deposit", metavar="EUR", help="What is tied up and comes back.")
    ] = "0",
    exit_cost: Annotated[
        str, Option("--exit-cost", metavar="P", help="Moving out: works, disposal.")
    ] = "0net",
    months: Annotated[str, Option("--months", metavar="N", help="How far to look.")] = "36",
    tax: Annotated[
        str | None,
        Option("--tax", metavar="T", help="net or gross; default: by seller.small_business."),
    ] = None,
) -> Result:
    """Compare a lease with desk plans: what each costs, what leaving costs, where they meet."""
    from cowork_cli.services.tariffs import leasing

    if rent is None or days is None:
        raise UsageError(
            "a rent and the days a month are needed", "give them as `--rent 450net --days 12`"
        )
    typed = leasing.Typed(
        rent, running, fit_out, fee, deposit, exit_cost, term, notice, days, months, tax
    )
    with asking(context) as (_, cache):
        comparison = leasing.compared(
            spaces, typed, store=context.store, cache=cache, today=context.today,
            small_business=bool(context.config.get("seller.small_business")),
        )  # fmt: skip
    return Result(comparison, rows=comparison.rows, notes=list(_notes(comparison)))


def _notes(comparison: LeaseComparison) -> list[str]:
    """Where the two meet, in words."""
    within = count(comparison.months, "month")
    days = comparison.days_a_month
    cost = "costs" if days == 1 else "cost"
    desk = f"{count(days, 'day')} a month at a desk {cost} {comparison.desk} {comparison.tax}"
    notes = [f"{desk} ({', '.join(comparison.desk_plans)})."]
    if comparison.cheaper_from_month is None:
        notes.append(f"The lease is not cheaper within {within}, whenever one leaves.")
    else:
        notes.append(
            f"The lease is cheaper for who stays {count(comparison.cheaper_from_month, 'month')} or longer."
        )
    if comparison.cheaper_from_days is None:
        notes.append(f"Over {within} no number of working days makes the lease cheaper.")
    else:
        notes.append(
            f"Over {within} it is cheaper from {count(comparison.cheaper_from_days, 'day')} a month on."
        )
    return notes
