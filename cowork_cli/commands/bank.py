"""`cowork bank`: statements of the bank, and what every booking pays."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.bank import BankBooking, BankImport, Match
from cowork_cli.domain.period import Period
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result

app = new_app()

BookingArgument = Annotated[str, Argument(metavar="ID", help="For example bank-1.")]
SKIPPED_SHOWN = 5


@verb(app, "import", data=BankImport, many=True, short="cowork bank import statement.xml")
def import_(
    context: Context,
    file: Annotated[
        str, Argument(metavar="FILE", help="CAMT (also zipped), MT940 or CSV; - is stdin.")
    ],
    format_: Annotated[
        str | None,
        Option("--format", metavar="F", help="camt, mt940 or csv; default: as it looks."),
    ] = None,
    map_: Annotated[
        list[str],
        Option("--map", metavar="FIELD=COLUMN", help="amount=Value; again for more. Kept."),
    ] = [],  # noqa: B006 - Typer's way to say: none by default
    account: Annotated[
        str | None,
        Option("--account", metavar="NAME", help="Name or IBAN, where the file has none."),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Take the bookings of a bank statement; the same ones again change nothing."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.services.bank.importing import Request, import_file, mapping_of

    mapping = mapping_of(map_) if map_ else {}
    request = Request(file_of(context, file), format_, mapping, account, dry_run)
    done, notes = import_file(context.store, request)
    return Result(done, notes=[line for one in done for line in _told(one)] + notes)


def _told(done: BankImport) -> list[str]:
    """What was done, in sentences."""
    would = "Would take" if done.dry_run else "Took"
    span = f", {done.from_} to {done.to}" if done.from_ else ""
    lines = [
        f"{would} {done.new} of {done.read} bookings of {done.account} ({done.bank}{span}); {done.known} were known."
    ]
    if done.mapping:
        columns = ", ".join(f"{field} = {column}" for field, column in done.mapping.items())
        lines.append(f"Columns: {columns}.")
    shown = [f"{row.place}: {row.reason}" for row in done.skipped[:SKIPPED_SHOWN]]
    if done.skipped:
        more = len(done.skipped) - len(shown)
        lines.append(
            f"Left out {len(done.skipped)}: {'; '.join(shown)}{f'; and {more} more' if more else ''}."
        )
    return lines


@verb(app, "match", data=Match, many=True, short="cowork bank match")
def match(
    context: Context,
    booking: Annotated[
        str | None, Argument(metavar="[ID]", help="One booking; default: all that are open.")
    ] = None,
    invoice: Annotated[
        list[str], Option("--invoice", metavar="N", help="It pays this one; again for more.")
    ] = [],  # noqa: B006
    amount: Annotated[
        str | None, Option("--amount", metavar="A", help="Only so much of it.")
    ] = None,
    expense: Annotated[
        str | None, Option("--expense", metavar="ID", help="It paid this expense.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Match bookings with invoices and expenses; `--yes`: where number and amount agree."""
    if invoice or expense or amount:
        return _by_hand(context, booking, invoice, amount, expense, dry_run=dry_run)
    from cowork_cli.services.bank import linking

    only = linking.find(context.store, booking) if booking else None
    found = linking.proposals(context.store, context.today, only)
    sure = [one for one in found if one.sure]
    unsure = [one for one in found if not one.sure]
    if dry_run:
        notes = [f"Would record {len(sure)} of {len(found)}. Nothing was changed."]
        return Result(found, notes=[*notes, *_how(unsure)], empty=_EMPTY)
    chosen = _chosen(context, sure, unsure)
    recorded = linking.record(context.store, chosen, context.today)
    done = {one.booking for one in recorded}
    from cowork_cli.records import replace

    rows = [replace(one, recorded=True) if one.booking in done else one for one in found]
    notes = [f"Recorded {len(recorded)}. Take them back with `cowork undo`."] if recorded else []
    return Result(
        rows,
        notes=[*notes, *_how([one for one in unsure if one.booking not in done])],
        empty=_EMPTY,
    )


_EMPTY = "No open booking can be explained. See them with `cowork bank list --open`."


def _chosen(context: Context, sure: list[Match], unsure: list[Match]) -> list[Match]:
    """What the person agrees to: the sure ones together, each of the others alone.

    With `--yes`, and where nobody can be asked, only what number and amount prove.
    """
    from cowork_cli.services.bank.linking import settled_words

    if context.options.yes:
        return sure
    chosen: list[Match] = []
    if sure:
        for one in sure:
            context.note(
                f"{one.booking} {one.booked} {one.amount} {one.name or ''}: {_target(one)}"
            )
        context.confirm(f"Record {'these ' + str(len(sure)) if len(sure) > 1 else 'it'}?")
        chosen += sure
    if not context.interactive:
        return chosen
    for one in unsure:
        what = settled_words(one.settles) or one.expense
        answer = context.ask(
            f"{one.booking} {one.booked} {one.amount} {one.name or ''}: {what} ({one.why}) [y/N]",
            flag="--yes",
        )
        if answer.lower() in ("y", "yes", "j", "ja"):
            chosen.append(one)
    return chosen


def _target(one: Match) -> str:
    from cowork_cli.services.bank.linking import settled_words

    return f"{settled_words(one.settles) or one.expense} ({one.why})"


def _how(unsure: list[Match]) -> list[str]:
    """The command that records a match which is left to the person."""
    lines = []
    for one in unsure[:SKIPPED_SHOWN]:
        if one.expense:
            command = f"cowork bank match {one.booking} --expense {one.expense}"
        else:
            numbers = " ".join(f"--invoice {number}" for number in one.invoices)
            command = f"cowork bank match {one.booking} {numbers}"
            if one.kind == "return":
                command += f" --amount {one.settles[0].amount.amount:f}"
        lines.append(f"Perhaps {_target(one)}: `{command}`")
    if len(unsure) > SKIPPED_SHOWN:
        lines.append(f"And {len(unsure) - SKIPPED_SHOWN} more that are not sure.")
    return lines


def _by_hand(
    context: Context,
    booking: str | None,
    invoices: list[str],
    amount: str | None,
    expense: str | None,
    *,
    dry_run: bool,
) -> Result:
    from cowork_cli.domain.amounts import parse_amount
    from cowork_cli.domain.money import Money
    from cowork_cli.services.bank import linking

    if booking is None:
        raise UsageError(
            "the booking is missing", "as in `cowork bank match bank-1 --invoice 2026-0001`"
        )
    if expense and (invoices or amount):
        raise UsageError(
            "a booking is matched with invoices or with an expense", "give one of them"
        )
    if amount and not invoices:
        raise UsageError("--amount needs --invoice", "as in `--invoice 2026-0001 --amount 50`")
    found = linking.find(context.store, booking)
    money = None
    if amount:
        value, currency = parse_amount(amount, "amount", found.currency)
        money = Money.of(value, currency or found.currency)
    if dry_run:
        what = expense or ", ".join(invoices)
        return Result(
            [], notes=[f"Would match {found.id} ({found.rest}) with {what}. Nothing was changed."]
        )
    if expense:
        done = linking.spend(context.store, booking, expense)
    else:
        linked = None
        if len(invoices) == 1 and money is None:
            linked = linking.link_payment(context.store, booking, invoices[0], context.today)
        done = linked or linking.pay_by_hand(context.store, booking, invoices, money, context.today)
    made = Match(
        done.id, done.booked, done.amount, done.name, "expense" if expense else "payment", True, (),
        done.invoices, done.expense, "by hand", recorded=True,
    )  # fmt: skip
    rest = f" {done.rest} of it is open." if done.rest.minor else ""
    what = ", ".join((*done.invoices, *filter(None, [done.expense])))
    return Result([made], notes=[f"Matched {done.id} with {what}.{rest}"])


@verb(app, "list", data=BankBooking, many=True, short="cowork bank list --open")
def list_(
    context: Context,
    period: Annotated[Period, options.period_options()],
    open_: Annotated[bool, Option("--open", help="Only what is not explained.")] = False,
) -> Result:
    """List bookings of the bank; without a period, all."""
    from cowork_cli.store import bank

    rows = bank.bookings(context.store, period)
    if open_:
        rows = [row for row in rows if row.state == "open"]
    empty = (
        "Every booking is explained."
        if open_
        else "No bookings. Take a statement with `cowork bank import FILE`."
    )
    return Result(rows, empty=empty)


@verb(app, "show", data=BankBooking, short="cowork bank show bank-1")
def show(context: Context, booking: BookingArgument) -> Result:
    """Show one booking, and what explains it."""
    from cowork_cli.services.bank.linking import find

    return Result(find(context.store, booking))


@verb(app, "ignore", data=BankBooking, short="cowork bank ignore bank-1")
def ignore(context: Context, booking: BookingArgument) -> Result:
    """Say that a booking needs no invoice and no expense: private, or between own accounts."""
    from cowork_cli.services.bank.linking import ignore as ignored

    done = ignored(context.store, booking)
    return Result(
        done, notes=[f"Ignored {done.id}. Take it back with `cowork bank unmatch {done.id}`."]
    )


@verb(app, "unmatch", data=BankBooking, short="cowork bank unmatch bank-1")
def unmatch(context: Context, booking: BookingArgument) -> Result:
    """Take the matches of a booking back, with the payments that they made."""
    from cowork_cli.services.bank.linking import unmatch as taken_back

    done = taken_back(context.store, booking)
    return Result(done, notes=[f"{done.id} is open again."])
