"""What of a quote must not be asked for twice: looked at when an invoice takes its number.

Drafts wait while others are issued and paid, so what was right when a draft was made may not be now. VAT
that an advance has shown and the last invoice shows again is owed twice (§ 14c (1) UStG, § 14 (5) UStG).
"""

import datetime as dt

from cowork_cli.domain.invoice import Invoice, total
from cowork_cli.domain.money import Money
from cowork_cli.domain.quote import Quote
from cowork_cli.errors import Conflict
from cowork_cli.store import invoices, quotes
from cowork_cli.store.engine.store import Store


def refuse_twice(store: Store, draft_id: int, draft: Invoice, today: dt.date) -> None:
    """Raises Conflict where a draft of a quote asks for what was billed, or leaves in what was paid."""
    quote_id = quotes.of_invoice(store, draft_id)
    if quote_id is None:
        return
    quote = quotes.quote(store, quote_id, today.isoformat())
    if any(row.id == draft_id for row in quotes.advances(store, quote_id, quote.currency)):
        refuse_late_advance(quote, draft.net, draft.id)
    elif quotes.quote_lines_of(store, draft_id):
        _refuse_left_in(store, (quote_id, quote), draft, today)


def billed_twice(store: Store, draft: str) -> list[str]:
    """A warning for hours on a draft whose work was billed at its price by the lines of a quote."""
    draft_id = invoices.find(store, draft)
    rows = quotes.billed_by_lines(store, draft_id) if draft_id is not None else []
    return [
        f"Warning: hours of {project} are on it, whose work is billed by the lines of quote {number} on {name}: "
        f"unless they are more than was agreed they are billed twice. Drop it with `cowork invoice discard {draft}`."
        for project, number, name in rows
    ]


def refuse_late_advance(quote: Quote, asked: Money, draft: str | None = None) -> None:
    """An advance is of what is not billed yet. Raises Conflict."""
    if quote.left is None or asked.minor <= quote.left.minor:
        return
    raise Conflict(
        f"an advance of {asked} is more than the {quote.left} of quote {quote.number} that is not billed",
        f"drop it with `cowork invoice discard {draft}`"
        if draft
        else "ask for a smaller `--share`",
    )


def _refuse_left_in(store: Store, which: tuple[int, Quote], draft: Invoice, today: dt.date) -> None:
    """With what was billed by now the lines must not exceed the quote, while a paid advance is left in."""
    quote_id, quote = which
    advances = quotes.advances(store, quote_id, quote.currency)
    taken_off = {row.number for row in draft.prepaid}
    left_in = [
        row
        for row in advances
        if not row.deducted
        and row.name not in taken_off
        and invoices.invoice(store, row.id, today.isoformat()).state == "paid"
    ]
    deducted = total(
        tuple(row.net for row in advances if row.name in taken_off and not row.deducted),
        quote.currency,
    )
    agreed = quote.agreed or quote.net
    if left_in and (quote.billed + draft.net - deducted).minor > agreed.minor:
        name = left_in[0].name
        raise Conflict(
            f"{draft.id} asks for all of quote {quote.number}, but leaves in the advance {name}, "
            "which was paid",
            f"deduct it with `cowork invoice prepaid {draft.id} --invoice {name}`",
        )
