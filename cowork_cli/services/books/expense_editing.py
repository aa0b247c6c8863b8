"""Changing an expense that no draft and no invoice bills; what is not named stays as it was."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.data.eur_lines import WITHOUT_VAT
from cowork_cli.domain.amounts import parse_amount
from cowork_cli.domain.expense import Amounts, Expense, from_gross, from_net, marked_up
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.services.books import expenses as recorded
from cowork_cli.store import expenses
from cowork_cli.store.engine.store import Store

NONE = "none"  # takes a client or a category out again


def edit(
    store: Store, text: str, changes: recorded.Spent, today: date, *, small_business: bool
) -> Expense:
    """The expense as it is now. `changes` holds what was typed; booking, currency and rebill stay.

    Raises NotFound, Locked where it is billed, BadInput, UsageError, Conflict for a receipt that is
    another's.
    """
    content = recorded.receipt_bytes(changes.receipt)
    with store.transaction():
        present = recorded.changeable(store, text)
        row = _texts(store, present, changes, today)
        row |= _money(present, changes, small_business=small_business)
        if "net" in row and Money(row["net"] + row["vat"], present.gross.currency) != present.gross:
            recorded.refuse_paid(store, present)
        if content is not None and changes.receipt is not None:
            row["receipt"] = hashlib.sha256(content).hexdigest()
            row["receipt_name"] = changes.receipt.name
            known = expenses.with_receipt(store, row["receipt"])
            if known is not None and known != recorded.row_of(present):
                raise Conflict(
                    f"the receipt {changes.receipt.name} is on expense x-{known} already",
                    f"see it with `cowork expense show x-{known}`",
                )
        if not row:
            raise UsageError("nothing was named", "as in `cowork expense edit x-1 --text Paper`")
        expenses.change(store, recorded.row_of(present), row, content)
        return recorded.find(store, present.id)


def _texts(store: Store, present: Expense, changes: recorded.Spent, today: date) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if changes.day is not None:
        if changes.day > today:
            raise BadInput(
                f"the expense date {changes.day} is in the future", "give another `--date`"
            )
        row["day"] = changes.day.isoformat()
    if changes.text is not None:
        row["text"] = " ".join(changes.text.split())
        if not row["text"]:
            raise UsageError("the text is empty", "say what it was, as in `--text Paper`")
    if changes.category is not None:
        row["category"] = None if changes.category == NONE else recorded.category(changes.category)
    if changes.client == NONE:
        if present.rebill is not None:
            raise Conflict(
                f"{present.id} is to be billed to {present.client}",
                f"remove it with `cowork expense remove {present.id}` and record it anew",
            )
        row["client_id"] = None
    elif changes.client is not None:
        from cowork_cli.services.clients.clients import find_client

        row["client_id"] = find_client(store, changes.client)
    return row


def _money(present: Expense, changes: recorded.Spent, *, small_business: bool) -> dict[str, Any]:
    """The amounts anew; with another VAT rate alone, or a kind without VAT, the gross stays, as on the receipt."""
    kind = present.category if changes.category is None else changes.category
    freed = kind in WITHOUT_VAT and bool(present.vat_rate)
    if changes.net is None and changes.gross is None and changes.vat is None and not freed:
        return {}
    if changes.net is not None and changes.gross is not None:
        raise UsageError("both --net and --gross were given", "give one of them")
    same = changes.vat is None and not freed
    rate = present.vat_rate if same else recorded.vat_rate_of(changes.vat, kind)
    contained = Decimal(0) if present.reverse_charge else rate
    if changes.net is not None:
        amounts = from_net(_amount(changes.net, present), contained)
    elif changes.gross is not None:
        amounts = from_gross(_amount(changes.gross, present), contained)
    else:
        amounts = from_gross(present.gross, contained)
    row = {"net": amounts.net.minor, "vat": amounts.vat.minor, "vat_rate": f"{rate:f}"}
    return row | _rebill(present, amounts, small_business=small_business)


def _rebill(present: Expense, amounts: Amounts, *, small_business: bool) -> dict[str, Any]:
    if present.rebill is None:
        return {}
    cost = amounts.gross if small_business else amounts.net
    return {"rebill": marked_up(cost, present.markup).minor}


def _amount(text: str, present: Expense) -> Money:
    value, _ = parse_amount(text, "amount", present.gross.currency)
    if not value:
        raise BadInput(f"an expense of {text} is none", "give what was paid, or credited: `-100`")
    return Money.of(value, present.gross.currency)
