"""What of an asset may be deducted in which year."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.assets import WriteOff
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result


@verb(app, "asset", data=WriteOff, many=True, short="cowork report asset 1500 --years 3")
def asset(
    context: Context,
    prices: Annotated[
        list[str], Argument(metavar="PRICE", help="Net, in euro; several for a pool.")
    ],
    bought: Annotated[
        str | None, Option("--bought", metavar="DATE", help="Default: today.")
    ] = None,
    years: Annotated[
        int | None, Option("--years", metavar="N", help="How long it is used.")
    ] = None,
    method: Annotated[
        str | None,
        Option("--method", metavar="M", help="at-once, pool, linear or declining; default: all."),
    ] = None,
) -> Result:
    """Write an asset off: what may be deducted in which year (§§ 6, 7 EStG); keeps nothing."""
    from cowork_cli.domain.amounts import parse_amount
    from cowork_cli.domain.assets import methods_for, written_off
    from cowork_cli.domain.money import Money
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.errors import BadInput

    costs = [Money.of(parse_amount(text, "price", "EUR")[0]) for text in prices]
    if any(cost.minor <= 0 for cost in costs):
        raise BadInput("an asset has a price above zero", "give it net, as in `1500`")
    day = parse_date(bought, context.today, planned=False) if bought else context.today
    allowed = methods_for(costs, day)
    if method is None and len(costs) > 1 and "pool" in allowed:
        method = "pool"
    if len(costs) > 1 and method != "pool":
        raise UsageError(
            "several prices are a pool (above 250 to 1,000 euro each)",
            "give one price for each asset",
        )
    without_years = [name for name in allowed if name in ("at-once", "pool")]
    chosen = [method] if method else allowed if years is not None else without_years
    rows = [row for name in chosen for row in written_off(costs, day, name, years)]
    notes = [
        f"Bought on {day}. Net prices, also for who deducts no VAT. A typing aid, no tax return."
    ]
    if not method and years is None:
        notes.append("For linear and declining say how long it is used: `--years 3`.")
    if not method and len(allowed) > 1:
        notes.append(
            f"One of these is chosen: {', '.join(allowed)}; a pool for all such things of a year."
        )
    return Result(rows, notes=notes, empty="Say how long it is used: `--years 3`.")
