"""Expenses: desk cost from a booking in one command, receipts kept as they came, billed on once."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.data.tax import CASES, RATES
from cowork_cli.domain.amounts import parse_amount, parse_currency, parse_decimal, parse_rate
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.expense import Amounts, Expense, from_gross, from_net, marked_up
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, Conflict, Locked, NotFound, UsageError
from cowork_cli.in_files import bytes_of
from cowork_cli.out_files import safe_name
from cowork_cli.records import dataclass
from cowork_cli.services.books.spent import Spent as Spent
from cowork_cli.services.books.spent import as_booked, bank_booking, pay, recurring
from cowork_cli.store import bank, expenses
from cowork_cli.store.engine.store import Store

if TYPE_CHECKING:
    from cowork_cli.domain.booking import Booking

SEE = "see them with `cowork expense list`"
MOST_BYTES = 50 << 20


@dataclass(frozen=True, slots=True)
class RebillLine:
    """An expense as a line of an invoice. `vat_category` is that of the client's own tax case."""

    expense_row: int
    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    vat_category: str


def add(
    store: Store, spent: Spent, today: date, *, small_business: bool, extended: bool = False
) -> Expense:
    """Records an expense. Raises UsageError, BadInput, NotFound, and Conflict for a second one.

    A small business bills its gross cost on, as it cannot deduct the VAT (§ 19 UStG); others the net.
    `extended`: VAT is due a month later (Dauerfristverlängerung).
    """
    booking = _booking(store, spent)
    paid = bank_booking(store, spent)
    if paid is not None:
        spent = as_booked(spent, paid, has_price=booking is not None)
    row = _row(spent, booking, today) | recurring(spent, extended=extended)
    content = receipt_bytes(spent.receipt)
    amounts = Amounts(Money(row["net"], row["currency"]), Money(row["vat"], row["currency"]))
    with store.transaction():
        row |= _billing(store, spent, amounts.gross if small_business else amounts.net)
        if booking:
            _refuse_second(booking.id, expenses.of_booking(store, row["booking_id"]), "the booking")
        if content is not None and spent.receipt is not None:
            row["receipt"] = hashlib.sha256(content).hexdigest()
            row["receipt_name"] = spent.receipt.name
            known = expenses.with_receipt(store, row["receipt"])
            _refuse_second(spent.receipt.name, known, "the receipt")
        expense_id = expenses.add(store, row, content)
        if paid is not None:
            pay(store, paid, expense_id, row)
        return _found(store, expense_id)


def find(store: Store, text: str) -> Expense:
    """The expense `x-1`. Raises NotFound."""
    digits = text.strip().removeprefix("x-")
    number = whole_number(digits) if text.strip().startswith("x-") else None
    found = expenses.expense(store, number) if number is not None else None
    if found is None:
        raise NotFound(f'there is no expense "{text}"', SEE)
    return found


def row_of(expense: Expense) -> int:
    """The row of an expense in the store."""
    return int(expense.id.removeprefix("x-"))


def remove(store: Store, text: str) -> Expense:
    """Removes an expense. Raises NotFound, and Locked where a draft or an invoice bills it."""
    with store.transaction():
        found = removable(store, text)
        expenses.remove(store, row_of(found))
    return found


def removable(store: Store, text: str) -> Expense:
    """The expense, if it may be removed. Raises NotFound, Locked."""
    found = changeable(store, text)
    refuse_paid(store, found)
    return found


def refuse_paid(store: Store, found: Expense) -> None:
    """Raises Locked for an expense that a booking of the bank has paid: its sum is that of the booking."""
    paid = bank.of_expense(store, row_of(found))
    if paid is not None:
        raise Locked(f"{found.id} was paid by {paid}", f"first `cowork bank unmatch {paid}`")


def changeable(store: Store, text: str) -> Expense:
    """The expense, if no draft and no invoice bills it. Raises NotFound, Locked."""
    found = find(store, text)
    if found.billed_on is not None:
        draft = found.billed_on.startswith("draft-")
        raise Locked(
            f"{found.id} is {'in' if draft else 'billed on invoice'} {found.billed_on}",
            f"first `cowork invoice {'discard' if draft else 'cancel'} {found.billed_on}"
            + ("`" if draft else " --reason TEXT`"),
        )
    return found


def eur_line(expense: Expense) -> str | None:
    """The line of the form EÜR that it stands on, in words; None without a category."""
    from cowork_cli.data.eur_lines import line

    if expense.category is None:
        return None
    try:
        found = line(expense.category, expense.date.year)
    except BadInput as error:
        return f"{expense.category}: {error.message}."
    certain = "" if found.code_certain else ", the code of 2025"
    return (
        f"{expense.category}, {found.label}: line {found.line}, Kz {found.code}{certain} "
        f"({found.source})."
    )


# ---- for invoices


def rebillable(store: Store, client_row: int, currency: str) -> list[RebillLine]:
    """What a client is to be billed in this currency and no draft or issued invoice bills yet.

    The VAT follows the client's own case: an expense passed on is part of the main supply. A small
    business overrules the category, as it does for hours. Each line made of one is noted with
    `store.expenses.link`; `store.expenses.release` frees them (a discarded draft, a removed line, a
    cancellation, in its transaction and after the cancelling invoice was added).
    """
    from cowork_cli.store import clients

    case = CASES[clients.client(store, client_row, "9999").tax]
    return [
        RebillLine(
            row_id,
            text,
            Decimal(1 if price >= 0 else -1),  # no price is below zero (BR-27)
            "flat",
            Money(abs(price), currency).amount,
            case.category,
        )
        for row_id, text, price in expenses.rebilled(store, client_row, currency)
    ]


# ---- copies of receipts


def copy_name(expense: Expense) -> str:
    """The name of the copy of a receipt: its own, made unique by the id in front."""
    return _copy_name(row_of(expense), expense.receipt or "receipt")


def restore_copies(store: Store, folder: Path) -> list[Path]:
    """Writes each kept receipt that `folder` lacks; returns what was written."""
    from cowork_cli.paths import write_private

    written = []
    for expense_id, name in expenses.receipt_names(store):
        copy = folder / _copy_name(expense_id, name)
        if not copy.exists():
            content = expenses.receipt(store, expense_id)
            assert content is not None
            write_private(copy, content)
            written.append(copy)
    return written


def _copy_name(expense_id: int, name: str) -> str:
    return f"x-{expense_id} {safe_name(name, 'receipt')}"


# ---- parts


def _found(store: Store, expense_id: int) -> Expense:
    found = expenses.expense(store, expense_id)
    assert found is not None
    return found


def _booking(store: Store, spent: Spent) -> "Booking | None":
    if spent.booking is None:
        return None
    from cowork_cli.services.identifiers import naming

    return naming.find_booking(store, spent.booking, strict=True)


def _row(spent: Spent, booking: "Booking | None", today: date) -> dict[str, Any]:
    vat_rate = vat_rate_of(spent.vat, spent.category)
    country = _supplier(spent, vat_rate)
    currency, amounts = _amounts(spent, booking, Decimal(0) if spent.reverse_charge else vat_rate)
    text = " ".join((spent.text or (_booking_text(booking) if booking else "")).split())
    if not text:
        raise UsageError("--text is missing", 'say what it was, as in `--text "Printer paper"`')
    day = spent.day or (booking.from_.date() if booking else today)
    if spent.day and day > today:
        raise BadInput(f"the expense date {day} is in the future", "give another `--date`")
    return {
        "day": day.isoformat(),
        "text": text,
        "currency": currency,
        "net": amounts.net.minor,
        "vat": amounts.vat.minor,
        "vat_rate": f"{vat_rate:f}",
        "eur_rate": _eur_rate(spent.rate, currency),
        "category": category(spent.category),
        "reverse_charge": int(spent.reverse_charge),
        "country": country,
        "booking_id": int(booking.id.removeprefix("b-")) if booking else None,
    }


def _amounts(spent: Spent, booking: "Booking | None", rate: Decimal) -> tuple[str, Amounts]:
    """Currency and amounts, typed or from the booking. Raises UsageError where something is missing."""
    if spent.net is not None and spent.gross is not None:
        raise UsageError("both --net and --gross were given", "give one of them")
    price = booking.price if booking else None
    if booking and booking.state in ("cancelled", "refused") and not (spent.net or spent.gross):
        raise Conflict(
            f"{booking.id} is {booking.state}", "give what it cost after all, as in `--gross 5`"
        )
    currency = parse_currency(spent.currency) if spent.currency else None
    typed = spent.net if spent.net is not None else spent.gross
    if typed is not None:
        currency = currency or (price.money.currency if price else None)
        value, currency = _amount(typed, currency)
        money = Money.of(value, currency)
        return currency, from_net(money, rate) if spent.net is not None else from_gross(money, rate)
    if booking is None:
        raise UsageError("the amount is missing", "give `--net 100` or `--gross 119`")
    if price is None or price.tax == "unknown":
        what = f"costs {price}" if price else "has no known price"
        shown = f"{price.money.amount:f}" if price else "15"
        raise UsageError(
            f"{booking.id} {what}: whether VAT is in it is not known",
            f"give `--net {shown}` or `--gross {shown}`",
        )
    if currency not in (None, price.money.currency):
        raise UsageError(
            f"{booking.id} costs {price}, not {currency}", "give `--net` or `--gross` with it"
        )
    make = from_net if price.tax == "net" else from_gross
    return price.money.currency, make(price.money, rate)


def _amount(text: str, currency: str | None) -> tuple[Decimal, str]:
    """The amount and its currency: the one that is wanted, else the one written, else euro.

    Below zero it is a credit note of the supplier.
    """
    value, written = parse_amount(text, "amount", currency)
    if not value:
        raise BadInput(f"an expense of {text} is none", "give what was paid, or credited: `-100`")
    return value, written or "EUR"


def category(text: str | None) -> str | None:
    """The category, if there is one of that name. Raises BadInput naming them."""
    from cowork_cli.data.eur_lines import CATEGORIES

    if text is None or text in CATEGORIES:
        return text
    raise BadInput(f'there is no category "{text}"', f"choose one of {', '.join(CATEGORIES)}")


def _supplier(spent: Spent, rate: Decimal) -> str | None:
    """The country of the supplier of a purchase under § 13b UStG. Raises UsageError, BadInput."""
    if not spent.reverse_charge:
        if spent.country is not None:
            raise UsageError(
                "--country is that of the supplier of a purchase under § 13b UStG",
                "give it with `--reverse-charge`",
            )
        return None
    if not rate:
        raise BadInput(
            "a purchase under § 13b UStG is taxed at the German rate",
            "give `--vat 19` or `--vat 7`",
        )
    if spent.country is None:
        raise UsageError(
            "the country of the supplier is missing: one in the EU stands on another line of the VAT "
            "return",
            "give it, as in `--reverse-charge --country IE`",
        )
    from cowork_cli.services.identifiers.contacts import check_country

    return check_country(spent.country)


def vat_rate_of(text: str | None, category: str | None = None) -> Decimal:
    """The rate that was typed, in percent; 0 for a kind that has no VAT, else the standard one. Raises BadInput."""
    from cowork_cli.data.eur_lines import WITHOUT_VAT

    if category in WITHOUT_VAT and text not in (None, "0", "0%"):
        raise BadInput(f"no VAT is in {category}", "leave out `--vat`")
    if text is None:
        return Decimal(0 if category in WITHOUT_VAT else RATES[0])
    plain = text.strip().removesuffix("%").strip()
    rate = parse_decimal(plain, "VAT rate", digits=0)
    if f"{rate:f}" not in RATES:
        raise BadInput(f"there is no VAT rate of {plain} %", f"choose one of {', '.join(RATES)}")
    return rate


def _eur_rate(text: str | None, currency: str) -> str | None:
    if text is None:
        return None
    if currency == "EUR":
        raise UsageError("an expense in euro needs no --rate", "leave it out")
    rate = parse_decimal(text, "rate", digits=6)
    if rate <= 0:
        raise BadInput(f"a rate of {text} is none", "give euro for one unit, as in `--rate 0.9231`")
    return f"{rate:f}"


def _booking_text(booking: "Booking") -> str:
    return f"{booking.desk_name}, {booking.space_name}"


def _billing(store: Store, spent: Spent, cost: Money) -> dict[str, Any]:
    """Client, price and markup of an expense that is passed on."""
    if spent.markup is not None and not spent.rebill:
        raise UsageError("--markup needs --rebill", "as in `--client acme --rebill --markup 10%`")
    if spent.client is None:
        if spent.rebill:
            raise UsageError("--rebill needs --client", "as in `--client acme --rebill`")
        return {}
    from cowork_cli.services.clients.clients import find_client

    row: dict[str, Any] = {"client_id": find_client(store, spent.client)}
    if spent.rebill:
        markup = None
        if spent.markup is not None:
            markup = parse_rate(spent.markup.strip().removesuffix("%").strip(), "markup")
        row["rebill"] = marked_up(cost, markup).minor
        row["markup"] = None if markup is None else f"{markup:f}"
    return row


def receipt_bytes(file: Path | None) -> bytes | None:
    """The bytes of a receipt; None without a file. Raises NotFound, BadInput."""
    if file is None:
        return None
    hint = "give the receipt as `--receipt FILE`"
    content = bytes_of(file, MOST_BYTES, "scan it in a lower resolution", hint)
    if not content:
        raise BadInput(f"the receipt {file} is empty", hint)
    return content


def _refuse_second(name: str, known: int | None, what: str) -> None:
    if known is not None:
        raise Conflict(
            f"{what} {name} is on expense x-{known} already",
            f"see it with `cowork expense show x-{known}`",
        )
