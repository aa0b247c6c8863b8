"""What was paid, reminders, and the e-mail."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import exemption_warnings
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Destination, Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import NumberArgument, app, font_of
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import Reminder
from cowork_cli.errors import Conflict, UsageError
from cowork_cli.out_files import out_path
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


@verb(app, "remind", data=Invoice, short="cowork invoice remind 2026-0001 --out reminder.pdf")
def remind(
    context: Context,
    invoice: NumberArgument,
    level: Annotated[
        int | None, Option("--level", metavar="N", help="1, 2 or 3; default: the next due.")
    ] = None,
    out: Out = None,
    force: Force = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Write a reminder of an overdue invoice, with fee and interest under § 288 BGB."""
    from cowork_cli.documents.reminder_pdf import render_reminder
    from cowork_cli.services.invoices.reminders import file_name
    from cowork_cli.services.invoices.reminders import remind as written

    place: Destination | None = None

    def write(reminder: Reminder, page: bytes) -> None:
        nonlocal place
        place = _letter_place(context, out, force, file_name(invoice, reminder))
        place.write(page)

    done = written(
        context.store,
        invoice,
        level,
        context.today,
        context.config.get,
        lambda letter: render_reminder(letter, font_of(context)),
        None if dry_run else write,
    )
    row = done.reminder
    if place is None:
        if out not in (None, "-"):
            _letter_place(context, out, force, "").check(done.page)
        note = f"Would write reminder {row.level} over {row.total}. Nothing was changed."
        return Result(done.invoice, notes=[note, *done.notes])
    said = f"Reminder {row.level} of {done.invoice.number} asks for {row.total} by {row.pay_by}."
    notes = [" ".join([said, *place.wrote()]), *done.notes]
    return place.result(done.page, Result(done.invoice, notes=notes))


def _letter_place(context: Context, out: str | None, force: bool, name: str) -> Destination:
    """Where a letter goes; one that the store keeps may be replaced by it: nothing is lost."""
    from cowork_cli.services.invoices.reminders import is_kept_letter

    again = force or is_kept_letter(context.store, out_path(out or name))
    return destination(context, out, again, name, text=False)


@verb(app, "mail", data=Invoice, short="cowork invoice mail 2026-0001 --out bill.eml")
def mail(
    context: Context,
    invoice: NumberArgument,
    out: Out = None,
    force: Force = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Write an e-mail with the invoice attached, for your mail program to send."""
    from cowork_cli.services.invoices.mailing import file_name as mail_name
    from cowork_cli.services.invoices.mailing import mailed

    found, recipient, content = mailed(context.store, invoice, context.today, context.config.get)
    if dry_run:
        if out not in (None, "-"):
            destination(context, out, force, "", text=False).check(content)
        return Result(found, notes=[f"Would write an e-mail to {recipient}."])
    place = destination(context, out, force, mail_name(found), text=False)
    place.write(content)
    notes = place.wrote(f", an e-mail to {recipient}. Open it to send it")
    return place.result(content, Result(found, notes=notes))
