"""Reminders in three steps: a friendly one, a formal one, the last one.

Fee and interest are those of § 288 BGB (`data/interest.py`), from the second step on and only while the
client is in default: the day after a reminder was written, or 31 days after the due date where the
client is no consumer (§ 286 (1) and (3) BGB). Nothing is asked for that rests on a reading of the
contract; this is no legal advice.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from cowork_cli.data.interest import (
    FLAT_SUM_EUR,
    POINTS_BUSINESS,
    POINTS_CONSUMER,
    base_rate,
    half_year,
)
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party
from cowork_cli.domain.reminder import Letter, Span, interest, joined, spans
from cowork_cli.domain.settlement import Reminder
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.out_files import safe_name, said_plainly
from cowork_cli.records import dataclass
from cowork_cli.services.invoices.drafts import find_invoice
from cowork_cli.services.invoices.parties import language_of, seller
from cowork_cli.store import clients, invoice_parts, invoices
from cowork_cli.store.engine.store import Store

LEVELS = (1, 2, 3)
_DAYS_TO_PAY = {1: 10, 2: 10, 3: 7}
_DEFAULT_AFTER = timedelta(days=30)  # § 286 (3) BGB
_ONE = timedelta(days=1)
Settings = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What `remind` wrote: the invoice after it, the page, and what to say beside it."""

    invoice: Invoice
    reminder: Reminder
    page: bytes
    notes: tuple[str, ...]


def remind(
    store: Store,
    number: str,
    level: int | None,
    today: date,
    settings: Settings,
    render: Callable[[Letter], bytes],
    write: Callable[[Reminder, bytes], None] | None,
) -> Written:
    """Makes a reminder of an overdue invoice, keeps it with its page, and hands both to `write`.

    Without `write` nothing is kept. While its figures hold, the same day gives the page that was kept:
    the very letter that the client has, whatever changed in the settings since. Raises NotFound, BadInput,
    and Conflict for an invoice that is not overdue or a step that is not due; then nothing is changed.
    """
    if level is not None and level not in LEVELS:
        raise BadInput(f"there is no reminder of level {level}", "choose 1, 2 or 3")
    with store.transaction():
        invoice_id, found = find_invoice(store, number, today)
        _refuse_not_overdue(found)
        step = _step(found, level, today)
        client_row, *_ = invoices.draft_facts(store, invoice_id)
        client = clients.client(store, client_row, today.isoformat())
        letter, notes = _letter(store, invoice_id, found, client, step, today, settings)
        kept = _is_kept(found, letter.reminder)
        page = invoice_parts.reminder_page(store, invoice_id, letter.reminder) if kept else None
        page = render(letter) if page is None else page
        if write is not None:
            invoice_parts.keep_reminder(store, invoice_id, letter.reminder, page)
            write(letter.reminder, page)
        after = invoices.invoice(store, invoice_id, today.isoformat())
    return Written(after, letter.reminder, page, notes)


def file_name(number: str, reminder: Reminder) -> str:
    """What the letter is called: `2026-0001-reminder-2.pdf`."""
    return f"{safe_name(number, 'invoice')}-reminder-{reminder.level}.pdf"


def is_kept_letter(store: Store, file: Path) -> bool:
    """Whether `file` is a letter that the store keeps."""
    with said_plainly(file):
        return file.is_file() and invoice_parts.is_letter(store, file.read_bytes())


def _is_kept(found: Invoice, reminder: Reminder) -> bool:
    """Whether the same reminder, to the last figure, was written already."""
    return reminder in found.reminders


def _refuse_not_overdue(found: Invoice) -> None:
    if found.state == "overdue":
        return
    see = f"see it with `cowork invoice show {found.id}`"
    if found.state in ("issued", "part-paid"):
        raise Conflict(f"invoice {found.number} is not overdue, it is due on {found.due}", see)
    raise Conflict(f"{found.id} is {_called(found.state)}, there is nothing to remind of", see)


def _called(state: str) -> str:
    return {"draft": "a draft", "cancellation": "a cancellation"}.get(state, state)


def _step(found: Invoice, level: int | None, today: date) -> int:
    """The level that was asked for, or the next one due. Raises Conflict."""
    last = max(found.reminders, key=lambda row: (row.level, row.date), default=None)
    if last is None:
        return level or 1
    if level is not None:
        if level < last.level:
            raise Conflict(
                f"reminder {last.level} of {found.number} was written on {last.date}",
                f"give `--level {last.level}`"
                + (f" or `--level {last.level + 1}`" if last.level < LEVELS[-1] else ""),
            )
        return level
    if last.date == today:
        return last.level
    if last.level == LEVELS[-1]:
        raise Conflict(
            f"the last reminder of {found.number} was written on {last.date}",
            f"write it again with `--level {last.level}`",
        )
    if today <= last.pay_by:
        raise Conflict(
            f"reminder {last.level} of {found.number} gives time until {last.pay_by}",
            f"wait until then, or give `--level {last.level + 1}`",
        )
    return last.level + 1


def _letter(
    store: Store,
    invoice_id: int,
    found: Invoice,
    client: Client,
    level: int,
    today: date,
    settings: Settings,
) -> tuple[Letter, tuple[str, ...]]:
    fee: Money | None = None
    parts: tuple[Span, ...] = ()
    notes: list[str] = []
    reserved = False
    since = _default_since(found, client)
    if level > 1 and (since is None or since > today):
        notes.append(
            "No fee and no interest: without an earlier reminder the client is in default "
            + (f"from {since} on (§ 286 BGB)." if since else "from this one on (§ 286 BGB).")
        )
    elif level > 1 and since is not None:
        fee = _fee(found, client)
        known, unknown = _spans(store, invoice_id, found, client, since, today, settings)
        reserved = known is None
        parts = known or ()
        if reserved:
            notes.append(
                f"No interest: the base rate from {unknown} on (§ 247 BGB) is not known here, and "
                f"interest runs from {since} to {today}; the letter reserves it (§ 288 BGB). When "
                "the Bundesbank has announced it: "
                f"`cowork config set interest.base_rate.{unknown} 1.52`."
            )
    charged = interest(parts, found.currency) if parts else None
    total = found.open.minor + (fee.minor if fee else 0) + (charged.minor if charged else 0)
    reminder = Reminder(
        level=level,
        date=today,
        pay_by=today + timedelta(days=_DAYS_TO_PAY[level]),
        open=found.open,
        fee=fee,
        interest=charged,
        total=Money(total, found.currency),
    )
    letter = Letter(
        invoice=found,
        reminder=reminder,
        seller=seller(settings),
        buyer=Party(name=client.name, address=client.address),
        language=language_of(client, settings),
        iban=settings("seller.iban"),
        bic=settings("seller.bic"),
        spans=joined(parts),
        reserved=reserved,
        footer=settings("invoice.footer"),
    )
    return letter, tuple(notes)


def _default_since(found: Invoice, client: Client) -> date | None:
    """The first day that bears interest, under every reading of § 286 BGB; None: not in default."""
    days = [row.date + _ONE for row in found.reminders]
    if client.type != "private" and found.due:
        days.append(found.due + _DEFAULT_AFTER + _ONE)
    return min(days, default=None)


def _fee(found: Invoice, client: Client) -> Money | None:
    """The flat sum of § 288 (5) BGB, in euro; asked for once, however many reminders there are."""
    if client.type == "private" or found.currency != "EUR":
        return None
    return Money.of(FLAT_SUM_EUR)


def _spans(
    store: Store,
    invoice_id: int,
    found: Invoice,
    client: Client,
    since: date,
    today: date,
    settings: Settings,
) -> tuple[tuple[Span, ...] | None, date | None]:
    """The stretches that bear interest; None with the first half-year whose base rate is unknown."""
    points = POINTS_CONSUMER if client.type == "private" else POINTS_BUSINESS
    unknown: list[date] = []

    def rate_of(day: date) -> Decimal | None:
        base = _base_rate(day, settings)
        if base is None:
            unknown.append(half_year(day))
            return None
        return base + points

    prepaid = sum(row.amount.minor for row in found.prepaid)
    owed = Money(found.gross.minor - prepaid, found.currency)
    payments = invoice_parts.payments(store, invoice_id)
    stretches = spans(owed, payments, since, today, rate_of)
    return stretches, min(unknown, default=None)


def _base_rate(day: date, settings: Settings) -> Decimal | None:
    """What a person set for the half-year, else what the table knows."""
    typed = settings(f"interest.base_rate.{half_year(day)}")
    return base_rate(day) if typed is None else Decimal(str(typed))
