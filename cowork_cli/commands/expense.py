"""`cowork expense`: what was spent, its receipts, and what a client pays of it."""

from pathlib import Path

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.period import Period
from cowork_cli.errors import CoworkError, ExitCode, Failed
from cowork_cli.output.result import Result

app = new_app()

ExpenseArgument = Annotated[str, Argument(metavar="ID", help="For example x-1.")]


@verb(app, "add", data=Expense, short="cowork expense add --booking b-1 --receipt bill.pdf")
def add(
    context: Context,
    booking: Annotated[
        str | None, Option("--booking", metavar="ID", help="All from this booking.")
    ] = None,
    bank: Annotated[
        str | None, Option("--bank", metavar="ID", help="Paid by this booking of the bank.")
    ] = None,
    date: Annotated[
        str | None,
        Option("--date", metavar="D", help="Default: the booking's day, or today."),
    ] = None,
    text: Annotated[str | None, Option("--text", metavar="T", help="What it was.")] = None,
    net: Annotated[str | None, Option("--net", metavar="N", help="Amount without VAT.")] = None,
    gross: Annotated[str | None, Option("--gross", metavar="N", help="Amount with VAT.")] = None,
    vat: Annotated[
        str | None, Option("--vat", metavar="RATE", help="19, 7 or 0; default: 19.")
    ] = None,
    currency: Annotated[
        str | None, Option("--currency", metavar="C", help="Default: the booking's, or EUR.")
    ] = None,
    rate: Annotated[
        str | None, Option("--rate", metavar="R", help="Euro for one unit of the currency.")
    ] = None,
    receipt: Annotated[
        str | None, Option("--receipt", metavar="FILE", help="Copied, hashed and kept.")
    ] = None,
    client: Annotated[str | None, Option("--client", metavar="C", help="For whom it was.")] = None,
    rebill: Annotated[bool, Option("--rebill", help="Bill it to the client.")] = False,
    markup: Annotated[
        str | None, Option("--markup", metavar="PERCENT", help="On top of the cost: 10%.")
    ] = None,
    category: Annotated[
        str | None,
        Option("--category", metavar="C", help="Line of the EÜR: rent, it, phone, meals, …"),
    ] = None,
    reverse_charge: Annotated[
        bool, Option("--reverse-charge", help="The bill has no VAT, you owe it (§ 13b UStG).")
    ] = False,
    country: Annotated[
        str | None, Option("--country", metavar="CC", help="The supplier's, with that.")
    ] = None,
    for_: Annotated[
        str | None, Option("--for", metavar="PERIOD", help="It recurs, and belongs to this one.")
    ] = None,
    due: Annotated[
        str | None, Option("--due", metavar="D", help="The day on which that was due.")
    ] = None,
) -> Result:
    """Record an expense: of a booking in one command, or typed."""
    from cowork_cli.domain.phrases import parse_date, parse_period
    from cowork_cli.services.books import expenses

    period = parse_period(for_, context.today) if for_ else None
    due_on = parse_date(due, context.today, planned=False) if due else None
    day = parse_date(date, context.today, planned=False) if date else None
    file = Path(receipt).expanduser() if receipt else None
    spent = expenses.Spent(
        booking, day, text, net, gross, vat, currency, rate, file, client, rebill, markup,
        category, reverse_charge, country, bank, period, due_on,
    )  # fmt: skip
    small = bool(context.config.get("seller.small_business"))
    extended = bool(context.config.get("tax.extension"))
    made = expenses.add(
        context.store, spent, context.today, small_business=small, extended=extended
    )
    notes = [f"Recorded {made.id}: {made.gross} with {made.vat} VAT.", *_told(made, small)]
    notes += _late(context, made)
    if bank and vat is None and made.vat.minor:
        notes.append(
            f"{made.vat_rate:f} % VAT was taken to be in it; a fee of the bank has none, nor has what has no bill: "
            f"`cowork expense edit {made.id} --vat 0`."
        )
    if made.rebill:
        notes.append(f"{made.client} will be billed {made.rebill} for it, plus VAT where due.")
    problems = _copies(context)
    return Result(
        made,
        notes=notes,
        problems=problems,
        exit_code=ExitCode.PARTIAL if problems else ExitCode.DONE,
    )


def _late(context: Context, made: Expense) -> list[str]:
    """What a tax may cost that was paid after its day, moved by weekends and holidays."""
    if made.category != "vat" or made.due is None or made.date is None or made.net.minor <= 0:
        return []
    from cowork_cli.data import late_tax as rule
    from cowork_cli.domain.late_tax import late_fee
    from cowork_cli.services.calendar.working import due_day

    due = due_day(made.due, context.config.get)[0]
    late = (made.date - due).days
    if late <= 0:
        return []
    fee = late_fee(made.net, due, made.date)
    if not fee.minor and late <= rule.DAYS_OF_GRACE:
        return [
            f"{late} days after {due}: no late fee up to {rule.DAYS_OF_GRACE} days ({rule.SOURCE})."
        ]
    return [f"{late} days after {due}: a late fee of {fee} follows ({rule.SOURCE})."]


def _told(made: Expense, small_business: bool) -> list[str]:
    """What follows for the tax forms."""
    from cowork_cli.services.books.expenses import eur_line

    notes = [line] if (line := eur_line(made)) else []
    if made.reverse_charge:
        more = ", and cannot deduct it" if small_business else " and deduct it"
        notes.append(
            f"You owe the {made.vat_rate:f} % VAT on it (§ 13b UStG){more}: `cowork report vat`."
        )
    return notes


@verb(app, "list", data=Expense, many=True, short="cowork expense list --quarter")
def list_(
    context: Context,
    period: Annotated[Period, options.period_options()],
) -> Result:
    """List expenses; without a period, all."""
    from cowork_cli.store import expenses

    problems = _copies(context)
    return Result(
        expenses.expenses(context.store, period),
        problems=problems,
        empty="No expenses. Record one with `cowork expense add --text TEXT --gross AMOUNT`.",
    )


@verb(app, "show", data=Expense, short="cowork expense show x-1")
def show(context: Context, expense: ExpenseArgument) -> Result:
    """Show one expense, and where the copy of its receipt lies."""
    from cowork_cli.services.books import expenses

    found = expenses.find(context.store, expense)
    problems = _copies(context)
    copy = _folder(context) / expenses.copy_name(found)
    notes = [f"Receipt: {copy}"] if found.receipt else []
    return Result(found, notes=notes, problems=problems)


@verb(
    app, "edit", data=Expense, short='cowork expense edit x-1 --text "Printer paper" --gross 23.80'
)
def edit(
    context: Context,
    expense: ExpenseArgument,
    date: Annotated[str | None, Option("--date", metavar="D", help="Another day.")] = None,
    text: Annotated[str | None, Option("--text", metavar="T", help="What it was.")] = None,
    net: Annotated[str | None, Option("--net", metavar="N", help="Amount without VAT.")] = None,
    gross: Annotated[str | None, Option("--gross", metavar="N", help="Amount with VAT.")] = None,
    vat: Annotated[
        str | None, Option("--vat", metavar="RATE", help="19, 7 or 0; alone, the gross stays.")
    ] = None,
    receipt: Annotated[
        str | None, Option("--receipt", metavar="FILE", help="Copied, hashed and kept.")
    ] = None,
    client: Annotated[
        str | None, Option("--client", metavar="C", help="For whom it was, or none.")
    ] = None,
    category: Annotated[
        str | None, Option("--category", metavar="C", help="Line of the EÜR, or none.")
    ] = None,
) -> Result:
    """Change an expense that no invoice bills; what is not named stays."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.books import expense_editing
    from cowork_cli.services.books.expenses import Spent

    changes = Spent(
        day=parse_date(date, context.today, planned=False) if date else None,
        text=text, net=net, gross=gross, vat=vat, client=client, category=category,
        receipt=Path(receipt).expanduser() if receipt else None,
    )  # fmt: skip
    small = bool(context.config.get("seller.small_business"))
    changed = expense_editing.edit(
        context.store, expense, changes, context.today, small_business=small
    )
    note = (
        f"{changed.id} is {changed.gross} with {changed.vat} VAT. Take it back with `cowork undo`."
    )
    return Result(changed, notes=[note], problems=_copies(context))


@verb(app, "remove", data=Expense, short="cowork expense remove x-1")
def remove(context: Context, expense: ExpenseArgument, dry_run: options.DryRun = False) -> Result:
    """Remove an expense that no invoice bills; `undo` brings it back."""
    from cowork_cli.services.books import expenses

    found = expenses.removable(context.store, expense)
    if dry_run:
        return Result(found, notes=[f"Would remove {found.id}. Nothing was changed."])
    context.confirm(f"Remove {found.id}, {found.text} ({found.gross})?")
    removed = expenses.remove(context.store, expense)
    return Result(removed, notes=[f"Removed {removed.id}. Take it back with `cowork undo`."])


def _folder(context: Context) -> Path:
    return context.paths.data / "receipts"


def _copies(context: Context) -> list[CoworkError]:
    """Copies of receipts that are missing; the store holds the bytes, so nothing is lost."""
    from cowork_cli.services.books.expenses import restore_copies

    try:
        restore_copies(context.store, _folder(context))
    except OSError as error:
        return [
            Failed(
                f"a copy could not be written to {_folder(context)}: {error.strerror}",
                "the receipt itself is kept; the next `cowork expense list` writes the copy",
            )
        ]
    return []
