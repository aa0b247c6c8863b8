"""What was paid."""

from typing import Annotated

import typer

from cowork_cli.commands._verb import office, verb
from cowork_cli.commands.invoice._app import NumberArgument, app
from cowork_cli.domain.invoice import Invoice
from cowork_cli.output.result import Result


@verb(app, "pay", data=Invoice, short="cowork invoice pay 2026-0001 --amount 120.50")
def pay(
    ctx: typer.Context,
    invoice: NumberArgument,
    amount: Annotated[
        str, typer.Option("--amount", metavar="A", help="Money received; negative takes back.")
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="D", help="Day; default: today.")
    ] = None,
) -> Result:
    """Record a payment."""
    from cowork_cli.domain.money import Money, parse_decimal
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services import payments
    from cowork_cli.services.drafts import find_invoice

    context = office(ctx)
    day = parse_date(on, context.today, planned=False) if on else context.today
    _, found = find_invoice(context.store, invoice, context.today)
    money = Money.of(parse_decimal(amount, "amount", digits=2), found.currency)
    paid = payments.pay(context.store, invoice, money, day, context.today)
    if paid.open.minor < 0:
        return Result(paid, notes=[f"{-paid.open} more than open was paid; it is kept as credit."])
    left = f"{paid.open} is open." if paid.open.minor else "It is paid."
    return Result(paid, notes=[f"Recorded {money} for {paid.number}. {left}"])
