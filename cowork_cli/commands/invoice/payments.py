"""What was paid."""

from cowork_cli.commands._asking import exemption_warnings
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import NumberArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.errors import Conflict, UsageError
from cowork_cli.output.result import Result


@verb(app, "pay", data=Invoice, short="cowork invoice pay 2026-0001 --amount 120.50")
def pay(
    context: Context,
    invoice: NumberArgument,
    received: Annotated[
        str | None, Argument(metavar="AMOUNT", help="Money received; default: what is open.")
    ] = None,
    amount: Annotated[
        str | None, Option("--amount", metavar="A", help="The same; negative takes back.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="D", help="Day; default: today.")] = None,
) -> Result:
    """Record a payment."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.invoices import payments
    from cowork_cli.services.invoices.drafts import find_invoice

    day = parse_date(on, context.today, planned=False) if on else context.today
    _, found = find_invoice(context.store, invoice, context.today)
    money = _amount(context, found, received, amount)
    paid = payments.pay(context.store, invoice, money, day, context.today)
    warned = exemption_warnings(context)
    if paid.open.minor < 0:
        credit = f"{-paid.open} more than open was paid; it is kept as credit."
        return Result(paid, notes=[credit, *warned])
    left = f"{paid.open} is open." if paid.open.minor else "It is paid."
    if paid.skonto_taken:
        left = f"{paid.skonto_taken} of skonto was taken. {left}"
    return Result(paid, notes=[f"Recorded {money} for {paid.number}. {left}", *warned])


def _amount(context: Context, invoice: Invoice, first: str | None, second: str | None) -> Money:
    """The amount of a payment; nothing typed: what is open, once the person agrees."""
    from cowork_cli.domain.amounts import parse_amount

    if first is not None and second is not None:
        raise UsageError("the amount was given twice", "leave out `--amount`")
    text = first if first is not None else second
    if text is None:
        if invoice.open.minor <= 0:
            raise Conflict(
                f"nothing of {invoice.id} is open",
                "give what arrived nevertheless: `--amount 120.50`",
            )
        if context.options.yes:
            return invoice.open
        text = context.ask("Amount", flag="--amount", default=str(invoice.open))
    value, currency = parse_amount(text, "amount", None)
    return Money.of(value, currency or invoice.currency)
