"""What was paid, reminders, and the e-mail."""

from collections.abc import Callable
from pathlib import Path

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import NumberArgument, app, font_of
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.errors import Failed, UsageError
from cowork_cli.output.result import Result


@verb(app, "pay", data=Invoice, short="cowork invoice pay 2026-0001 --amount 120.50")
def pay(
    context: Context,
    invoice: NumberArgument,
    amount: Annotated[
        str, Option("--amount", metavar="A", help="Money received; negative takes back.")
    ],
    on: Annotated[str | None, Option("--on", metavar="D", help="Day; default: today.")] = None,
) -> Result:
    """Record a payment."""
    from cowork_cli.domain.amounts import parse_amount
    from cowork_cli.domain.money import Money
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.invoices import payments
    from cowork_cli.services.invoices.drafts import find_invoice

    day = parse_date(on, context.today, planned=False) if on else context.today
    _, found = find_invoice(context.store, invoice, context.today)
    value, currency = parse_amount(amount, "amount", None)
    money = Money.of(value, currency or found.currency)
    paid = payments.pay(context.store, invoice, money, day, context.today)
    if paid.open.minor < 0:
        return Result(paid, notes=[f"{-paid.open} more than open was paid; it is kept as credit."])
    left = f"{paid.open} is open." if paid.open.minor else "It is paid."
    if paid.skonto_taken:
        left = f"{paid.skonto_taken} of skonto was taken. {left}"
    return Result(paid, notes=[f"Recorded {money} for {paid.number}. {left}"])


@verb(app, "remind", data=Invoice, short="cowork invoice remind 2026-0001 --out reminder.pdf")
def remind(
    context: Context,
    invoice: NumberArgument,
    level: Annotated[
        int | None, Option("--level", metavar="N", help="1, 2 or 3; default: the next due.")
    ] = None,
    out: Annotated[
        str | None, Option("--out", metavar="FILE", help="A PDF file; - is stdout.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Write a reminder of an overdue invoice, with fee and interest under § 288 BGB."""
    from cowork_cli.documents.reminder_pdf import render_reminder
    from cowork_cli.services.invoices.reminders import remind as written

    pages: list[bytes] = []
    done = written(
        context.store,
        invoice,
        level,
        context.today,
        context.config.get,
        lambda letter: render_reminder(letter, font_of(context)),
        None if dry_run else _writer(context, out, pages),
    )
    row = done.reminder
    if dry_run:
        note = f"Would write reminder {row.level} over {row.total}. Nothing was changed."
        return Result(done.invoice, notes=[note, *done.notes])
    said = f"Reminder {row.level} of {done.invoice.number} asks for {row.total} by {row.pay_by}."
    if pages:
        return Result(content=pages[0], notes=[said, *done.notes])
    return Result(done.invoice, notes=[f"{said} Wrote {out}.", *done.notes])


@verb(app, "mail", data=Invoice, short="cowork invoice mail 2026-0001 --out bill.eml")
def mail(
    context: Context,
    invoice: NumberArgument,
    out: Annotated[
        str | None, Option("--out", metavar="FILE", help="An .eml file; - is stdout.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Write an e-mail with the invoice attached, for your mail program to send."""
    from cowork_cli.services.invoices.mailing import mailed

    found, recipient, content = mailed(context.store, invoice, context.today, context.config.get)
    if dry_run:
        return Result(found, notes=[f"Would write an e-mail to {recipient}."])
    pages: list[bytes] = []
    _writer(context, out, pages)(content)
    if pages:
        return Result(content=content)
    return Result(found, notes=[f"Wrote {out}, an e-mail to {recipient}. Open it to send it."])


def _writer(context: Context, out: str | None, pages: list[bytes]) -> Callable[[bytes], None]:
    """Where a document goes: to a file, or into `pages` for stdout."""
    if out is None or out == "-":
        if context.options.output == "json":
            raise UsageError("a document on stdout is no JSON document", "give `--out FILE`")
        return pages.append

    def write(content: bytes) -> None:
        from cowork_cli.paths import write_private

        try:
            if not Path(out).absolute().parent.is_dir():
                raise Failed(
                    f"there is no folder for {out}", "make it first, or give another `--out`"
                )
            write_private(Path(out).absolute(), content)
        except OSError as error:
            raise Failed(f"cannot write {out}: {error.strerror}", "give another `--out`") from error

    return write
