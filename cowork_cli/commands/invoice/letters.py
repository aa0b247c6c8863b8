"""What is written to the client beside the invoice itself: reminders, and e-mails."""

from cowork_cli.commands import _mail
from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._out import Destination, Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import NumberArgument, app, font_of
from cowork_cli.context import Context
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.settlement import Reminder
from cowork_cli.errors import ExitCode
from cowork_cli.out_files import out_path
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices.reminders import Written


@verb(app, "remind", data=Invoice, short="cowork invoice remind 2026-0001 --out reminder.pdf")
def remind(
    context: Context,
    invoice: NumberArgument,
    level: Annotated[
        int | None, Option("--level", metavar="N", help="1, 2 or 3; default: the next due.")
    ] = None,
    out: Out = None,
    force: Force = False,
    send: _mail.SendIt = False,
    again: _mail.Again = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Write a reminder of an overdue invoice, with fee and interest under § 288 BGB; or send it."""
    from cowork_cli.services.invoices.reminders import file_name

    _mail.refuse_several_ways(out, open_it=False, send=send, again=again)
    if send:
        return _sent_reminder(context, invoice, level, again=again, dry_run=dry_run)
    place: Destination | None = None

    def write(reminder: Reminder, page: bytes) -> None:
        nonlocal place
        place = _letter_place(context, out, force, file_name(invoice, reminder))
        place.write(page)

    done = _written(context, invoice, level, None if dry_run else write)
    row = done.reminder
    if place is None:
        if out not in (None, "-"):
            _letter_place(context, out, force, "").check(done.page)
        note = f"Would write reminder {row.level} over {row.total}. Nothing was changed."
        return Result(done.invoice, notes=[note, *done.notes])
    notes = [" ".join([_asks(done), *place.wrote()]), *done.notes]
    return place.result(done.page, Result(done.invoice, notes=notes))


def _written(context: Context, invoice: str, level: int | None, write: object) -> "Written":
    from cowork_cli.documents.reminder_pdf import render_reminder
    from cowork_cli.services.invoices.reminders import remind as written

    return written(
        context.store,
        invoice,
        level,
        context.today,
        context.config.get,
        lambda letter: render_reminder(letter, font_of(context)),
        write,  # type: ignore[arg-type]
    )


def _asks(done: "Written") -> str:
    row = done.reminder
    return f"Reminder {row.level} of {done.invoice.number} asks for {row.total} by {row.pay_by}."


def _sent_reminder(
    context: Context, invoice: str, level: int | None, *, again: bool, dry_run: bool
) -> Result:
    """Writes the reminder and sends it, as it was kept."""
    from cowork_cli.services.invoices import mailing
    from cowork_cli.services.invoices.reminders import file_name

    way = _mail.transport_of(context)
    planned = _written(context, invoice, level, None)
    reminder = planned.reminder
    page = (file_name(planned.invoice.id, reminder), planned.page)
    outgoing = mailing.of_reminder(
        context.store, planned.invoice, reminder, page, context.today, context.config.get
    )
    if dry_run:
        note = f"Would send reminder {reminder.level} over {reminder.total} to {outgoing.to}."
        return Result(planned.invoice, notes=[note, "Nothing was changed.", *planned.notes])
    again = _mail.ask_again(context, outgoing, again=again)
    done = _written(context, invoice, level, lambda *_: None)
    posted = _mail.send_mail(context, outgoing, way, again=again)
    return _result(context, invoice, posted, [_asks(done), *done.notes])


def _letter_place(context: Context, out: str | None, force: bool, name: str) -> Destination:
    """Where a letter goes; one that the store keeps may be replaced by it: nothing is lost."""
    from cowork_cli.services.invoices.reminders import is_kept_letter

    again = force or is_kept_letter(context.store, out_path(out or name, context.paths))
    return destination(context, out, again, name, text=False)


@verb(app, "mail", data=Invoice, short="cowork invoice mail 2026-0001 --out bill.eml")
def mail(
    context: Context,
    invoice: NumberArgument,
    dry_run: options.DryRun = False,
    *,
    ways: Annotated[_mail.Ways, _mail.mail_ways()],
) -> Result:
    """Send the invoice by e-mail, or write the e-mail as a file for your mail program."""
    from cowork_cli.documents.mail import eml
    from cowork_cli.services.invoices.mailing import of_invoice

    found, outgoing = of_invoice(context.store, invoice, context.today, context.config.get)
    if ways.send_it:
        way = _mail.transport_of(context)
        if dry_run:
            return Result(found, notes=[f"Would send an e-mail to {outgoing.to} by {way.way}."])
        again = _mail.ask_again(context, outgoing, again=ways.again)
        return _result(context, invoice, _mail.send_mail(context, outgoing, way, again=again), [])
    if dry_run:
        if ways.out not in (None, "-"):
            place = destination(context, ways.out, ways.force, "", text=False)
            place.check(eml(outgoing.mail))
        return Result(found, notes=[f"Would write an e-mail to {outgoing.to}."])
    return _mail.mail_file(context, outgoing, ways, found)


def _result(context: Context, invoice: str, posted: "_mail.Posted", notes: list[str]) -> Result:
    """The invoice as it is after the attempt, and what became of the mail."""
    from cowork_cli.services.invoices.drafts import find_invoice

    _, after = find_invoice(context.store, invoice, context.today)
    if posted.problem is None:
        return Result(after, notes=[*notes, *posted.notes])
    return Result(
        after,
        notes=notes,
        problems=[posted.problem],
        exit_code=ExitCode(posted.problem.exit_code),
    )
