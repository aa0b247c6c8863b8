"""A draft of one sum, such as one's part of a joint job, inside a transaction of the caller."""

from datetime import date
from decimal import Decimal

from cowork_cli.domain.invoice import Invoice, Line
from cowork_cli.domain.money import Money
from cowork_cli.errors import Conflict
from cowork_cli.services.invoices.drafts import (
    Settings,
    reasons,
    refuse_ended_exemption,
    refuse_unsaid_tax,
    tax_case,
    totals,
)
from cowork_cli.services.invoices.numbering import DEFAULT_SERIES
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.store import clients, invoices
from cowork_cli.store.engine.store import Store


def add(
    store: Store, client_row: int, text: str, amount: Money, today: date, settings: Settings
) -> Invoice:
    """Drafts `amount`, net, to a client. Raises Conflict for another currency, MustBeSaid for an unsaid tax."""
    client = clients.client(store, client_row, today.isoformat())
    if client.currency != amount.currency:
        raise Conflict(
            f"{client.id} is invoiced in {client.currency}, not in {amount.currency}",
            f"change it with `cowork client edit {client.id} --currency {amount.currency}`",
        )
    refuse_unsaid_tax(store, client_row, client, settings)
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    line = Line(
        text, Decimal(1), "flat", amount.amount, None, Decimal(case.rate), case.category, amount
    )
    told = reasons(client, case, language_of(client, settings))
    draft_id = invoices.add_draft(
        store,
        {
            "type": 380, "series": DEFAULT_SERIES, "client_id": client_row,
            "currency": client.currency, **totals((line,), client.currency, told),
        },
        [(line, ())],
    )  # fmt: skip
    drafted = invoices.invoice(store, draft_id, today.isoformat())
    refuse_ended_exemption(store, settings, today, drafted)
    return drafted
