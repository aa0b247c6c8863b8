"""What was typed of an expense, and what of it the bank or the calendar tells."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, Conflict, NotFound, UsageError
from cowork_cli.records import dataclass, replace
from cowork_cli.store import bank
from cowork_cli.store.engine.store import Store

if TYPE_CHECKING:
    from cowork_cli.domain.bank import BankBooking


@dataclass(frozen=True, slots=True)
class Spent:
    """What was typed of an expense; None is not given."""

    booking: str | None = None
    day: date | None = None
    text: str | None = None
    net: str | None = None
    gross: str | None = None
    vat: str | None = None
    currency: str | None = None
    rate: str | None = None
    receipt: Path | None = None
    client: str | None = None
    rebill: bool = False
    markup: str | None = None
    category: str | None = None
    reverse_charge: bool = False
    country: str | None = None
    bank: str | None = None
    belongs_to: Period | None = None
    due: date | None = None


def bank_booking(store: Store, spent: Spent) -> "BankBooking | None":
    """The booking of the bank that paid it. Raises NotFound, Conflict for one that is explained."""
    if spent.bank is None:
        return None
    number = spent.bank.strip().removeprefix(bank.PREFIX)
    row = whole_number(number) if spent.bank.strip().startswith(bank.PREFIX) else None
    paid = bank.booking(store, row) if row is not None else None
    if paid is None:
        raise NotFound(
            f'there is no booking "{spent.bank}" of the bank',
            "see them with `cowork bank list --open`",
        )
    if paid.state != "open":
        what = ", ".join((*paid.invoices, *filter(None, [paid.expense]))) or "ignored"
        raise Conflict(
            f"{paid.id} is {paid.state} ({what})", f"first `cowork bank unmatch {paid.id}`"
        )
    return paid


def as_booked(spent: Spent, paid: "BankBooking", *, has_price: bool) -> Spent:
    """What was not typed, as the bank has it: day, text, and the amount with its VAT in it.

    Raises BadInput for another currency, and for money that came in: who says `--gross` says it is a refund.
    """
    untyped = spent.net is None and spent.gross is None
    if untyped and paid.rest.minor > 0:
        raise BadInput(
            f"{paid.id} is money that came in, and no expense",
            f"see what it pays with `cowork bank match {paid.id}`;"
            f" a cost that came back: `--gross -{paid.rest.amount:f}`",
        )
    if spent.currency is not None and spent.currency.upper() != paid.currency and untyped:
        raise BadInput(
            f"{paid.id} is in {paid.currency}",
            f"give what it cost in {spent.currency} with `--gross`",
        )
    gross = f"{(-paid.rest).amount:f}" if untyped else spent.gross
    text = spent.text or (None if has_price else paid.text or paid.name)
    if spent.text is None and not has_price and paid.name and paid.name not in (text or ""):
        text = f"{paid.name}: {text}" if text else paid.name
    currency = spent.currency or paid.currency
    return replace(spent, day=spent.day or paid.booked, text=text, gross=gross, currency=currency)


def pay(store: Store, paid: "BankBooking", expense_id: int, row: dict[str, Any]) -> None:
    """Notes that the booking paid the expense, in the transaction that adds it. Raises Conflict."""
    gross = Money(row["net"] + row["vat"], row["currency"])
    booking_row = int(paid.id.removeprefix(bank.PREFIX))
    now = bank.booking(store, booking_row)
    if now is None or (now.state, now.rest) != (paid.state, paid.rest):
        raise Conflict(f"{paid.id} was changed meanwhile", "see it with `cowork bank show`")
    left = -paid.rest
    amount = gross if gross.currency == paid.currency else left
    if abs(amount.minor) > abs(left.minor) or (amount.minor > 0) != (left.minor > 0):
        raise Conflict(
            f"the expense is {gross}, and {left} of {paid.id} is open",
            "give the amount of the booking",
        )
    bank.link_expense(store, booking_row, expense_id, -amount.minor)


def recurring(spent: Spent, *, extended: bool) -> dict[str, Any]:
    """The period that a recurring cost belongs to, and its day. Raises UsageError, BadInput.

    VAT is due on the 10th after its period (§ 18 UStG), a month later with the extension.
    """
    from cowork_cli.data.filing import DAY_OF_MONTH
    from cowork_cli.domain.calendar_days import ONE_DAY, add_months

    period, due = spent.belongs_to, spent.due
    if period is None:
        if due is not None:
            raise UsageError(
                "--due is the day of a cost that recurs",
                "give its period too, as in `--for 2025-12`",
            )
        return {"belongs_to": None, "due": None}
    if period.from_ is None or period.to is None or period.from_.year != period.to.year:
        raise BadInput(
            f"{period} is not within one year", "give a month or a quarter: `--for 2025-12`"
        )
    if due is None and spent.category == "vat":
        after = add_months((period.to + ONE_DAY).replace(day=1), int(extended))
        due = after.replace(day=DAY_OF_MONTH)
    return {"belongs_to": f"{period.from_}/{period.to}", "due": due.isoformat() if due else None}
