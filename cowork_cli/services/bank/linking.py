"""What is written of a booking: the payments that it is, the expense that it paid, or that it is ignored.

Each is one change that `cowork undo` takes back.
"""

from collections.abc import Sequence
from datetime import date

from cowork_cli.domain.bank import BankBooking, Match, Settles
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.services.bank.matching import Matcher
from cowork_cli.store import bank, invoice_parts
from cowork_cli.store.engine.store import Store

SEE = "see them with `cowork bank list`"


def find(store: Store, text: str) -> BankBooking:
    """The booking `bank-12`. Raises NotFound."""
    number = row_of(text)
    found = bank.booking(store, number) if number is not None else None
    if found is None:
        raise NotFound(f'there is no booking "{text}" of the bank', SEE)
    return found


def row_of(text: str) -> int | None:
    """The row of `bank-12`; None for what is none."""
    plain = text.strip()
    return whole_number(plain.removeprefix(bank.PREFIX)) if plain.startswith(bank.PREFIX) else None


def proposals(store: Store, today: date, only: BankBooking | None = None) -> list[Match]:
    """What the open bookings up to today can be explained by, or one of them."""
    matcher = Matcher(store)
    rows = bank.unexplained(store, today, matcher.outgoing())
    if only is not None:
        rows = [row for row in rows if f"{bank.PREFIX}{row.id}" == only.id]
    return list(matcher.matches(rows))


def record(store: Store, matches: Sequence[Match], today: date) -> list[Match]:
    """Writes matches, all of them or none. Raises Conflict where the store has changed since.

    A payment by its booking counts on the day on which the bank booked it.
    """
    if not matches:
        return []
    with store.transaction():
        still, invoices = bank.rests(store), bank.invoice_rows(store)
        pays: list[tuple[int, int, str, int]] = []
        for match in matches:
            row = row_of(match.booking)
            assert row is not None
            gone = [part.invoice for part in match.settles if part.invoice not in invoices]
            if still.get(row) != match.amount.minor or gone:
                raise Conflict(
                    f"{(*gone, match.booking)[0]} was changed meanwhile",
                    "run `cowork bank match` again",
                )
            for part in match.settles:
                if part.payment is not None:
                    bank.link_payment(store, row, part.payment, part.amount.minor)
                else:
                    if part.amount.minor < 0:
                        bank.pay(store, pays)  # it may be one of these that came back
                        pays = []
                        _refuse_taking_back(store, part, match, today)
                    day = match.booked.isoformat()
                    pays.append((row, invoices[part.invoice], day, part.amount.minor))
            if match.expense is not None:
                expense = int(match.expense.removeprefix("x-"))
                bank.link_expense(store, row, expense, match.amount.minor)
        bank.pay(store, pays)
    return list(matches)


def _refuse_taking_back(store: Store, part: Settles, match: Match, today: date) -> None:
    from cowork_cli.services.invoices.drafts import find_invoice
    from cowork_cli.services.invoices.payments import refuse_payment

    invoice_row, invoice = find_invoice(store, part.invoice, today)
    refuse_payment(store, invoice_row, invoice, part.amount, match.booked, today, match.booking)


def pay_by_hand(
    store: Store, text: str, numbers: Sequence[str], amount: Money | None, today: date
) -> BankBooking:
    """Says that a booking pays these invoices: each what is open, the last of them the rest.

    Raises NotFound, Conflict for one that cannot be paid, BadInput for an amount that does not fit.
    """
    from cowork_cli.services.invoices.drafts import find_invoice
    from cowork_cli.services.invoices.payments import refuse_payment

    with store.transaction():
        found = find(store, text)
        _refuse_explained(found)
        left = found.rest
        row = row_of(found.id)
        assert row is not None
        if amount is not None:
            if len(numbers) > 1:
                raise BadInput("an amount is that of one invoice", "give one `--invoice` with it")
            left = _part(found, amount)
        pays = []
        for position, number in enumerate(numbers):
            invoice_row, invoice = find_invoice(store, number, today)
            last = position == len(numbers) - 1
            part = left if last or abs(left.minor) < abs(invoice.open.minor) else invoice.open
            if not part.minor:
                raise Conflict(f"nothing of {found.id} is left for {number}", "leave it out")
            refuse_payment(store, invoice_row, invoice, part, found.booked, today, found.id)
            pays.append((row, invoice_row, found.booked.isoformat(), part.minor))
            left = left - part
        bank.pay(store, pays)
        return find(store, text)


def _part(found: BankBooking, amount: Money) -> Money:
    """An amount in its currency as the part of a booking that it is; without a sign it has that of the booking."""
    signed = amount if found.rest.minor > 0 or amount.minor < 0 else -amount
    if abs(signed.minor) > abs(found.rest.minor) or (signed.minor > 0) != (found.rest.minor > 0):
        raise BadInput(f"{amount} is not a part of the {found.rest} of {found.id}", SEE)
    return signed


def spend(store: Store, text: str, expense_id: str) -> BankBooking:
    """Says that a booking paid an expense. Raises NotFound, Conflict."""
    from cowork_cli.services.books import expenses

    with store.transaction():
        found = find(store, text)
        _refuse_explained(found)
        expense = expenses.find(store, expense_id)
        row = expenses.row_of(expense)
        known = bank.of_expense(store, row)
        if known is not None:
            raise Conflict(
                f"{expense.id} was paid by {known}", f"first `cowork bank unmatch {known}`"
            )
        if expense.gross.currency == found.currency and -expense.gross.minor != found.rest.minor:
            raise Conflict(
                f"{expense.id} is {expense.gross}, and {found.rest} of {found.id} is open",
                f"record the difference for itself, or remove {expense.id} and use "
                f"`cowork expense add --bank {found.id}`",
            )
        booking_row = row_of(found.id)
        assert booking_row is not None
        bank.link_expense(store, booking_row, row, found.rest.minor)
        return find(store, text)


def link_payment(store: Store, text: str, number: str, today: date) -> BankBooking | None:
    """Links a booking with the payment of that invoice which was typed by hand, if there is one of its amount."""
    from cowork_cli.services.invoices.drafts import find_invoice

    with store.transaction():
        found = find(store, text)
        _refuse_explained(found)
        invoice_row, _ = find_invoice(store, number, today)
        for row_id, invoice, _, amount, booking in bank.payments(store):
            if invoice == invoice_row and booking is None and amount == found.rest.minor:
                booking_row = row_of(found.id)
                assert booking_row is not None
                bank.link_payment(store, booking_row, row_id, amount)
                return find(store, text)
    return None


def ignore(store: Store, text: str) -> BankBooking:
    """Says that a booking is not of the business, or explained elsewhere. Raises NotFound, Conflict."""
    with store.transaction():
        found = find(store, text)
        if found.state == "ignored":
            raise Conflict(
                f"{found.id} is ignored already",
                f"take it back with `cowork bank unmatch {found.id}`",
            )
        if found.invoices or found.expense:
            raise Conflict(
                f"{found.id} is matched with {', '.join((*found.invoices, *filter(None, [found.expense])))}",
                f"first `cowork bank unmatch {found.id}`",
            )
        row = row_of(found.id)
        assert row is not None
        bank.change(store, row, {"ignored": 1})
        return find(store, text)


def unmatch(store: Store, text: str) -> BankBooking:
    """Takes all matches of a booking back, with the payments that they made; ignored no longer.

    A payment that was typed by hand stays. Raises NotFound, Conflict for what later facts rest on.
    """
    with store.transaction():
        found = find(store, text)
        row = row_of(found.id)
        assert row is not None
        links = bank.links(store, row)
        if not links and found.state != "ignored":
            raise Conflict(f"{found.id} is not matched", "see it with `cowork bank show`")
        for link in links:
            if link.own and link.number:
                _refuse_deducted(store, link)
            bank.unlink(store, link)
        bank.change(store, row, {"ignored": 0})
        return find(store, text)


def _refuse_deducted(store: Store, link: bank.Link) -> None:
    from cowork_cli.store import invoices

    row = invoices.find(store, link.number or "")
    other = invoice_parts.deducted_on(store, row) if row is not None else None
    if other:
        raise Conflict(
            f"{link.number} is deducted as paid on {other}",
            f"see it with `cowork invoice show {other}`",
        )


def _refuse_explained(found: BankBooking) -> None:
    if found.state == "ignored":
        raise Conflict(f"{found.id} is ignored", f"first `cowork bank unmatch {found.id}`")
    if not found.rest.minor:
        what = ", ".join((*found.invoices, *filter(None, [found.expense])))
        raise Conflict(
            f"{found.id} is matched with {what}", f"first `cowork bank unmatch {found.id}`"
        )


def settled_words(parts: Sequence[Settles]) -> str:
    """`2026-0001 119.00 EUR, 2026-0002 50.00 EUR`."""
    return ", ".join(f"{part.invoice} {part.amount}" for part in parts)
