"""What is sold to businesses in other EU states: the services, and what among them may be goods.

For the VAT return (Kz 21) and the EC sales list alike, so that both tell the same.
"""

from collections.abc import Sequence

from cowork_cli.data.tax import EU, vat_country
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import REVERSE_CHARGE, Charged, counted
from cowork_cli.store import books
from cowork_cli.store.engine.store import Store

_HOME = "DE"


def eu_services(invoice: Charged, period: Period) -> Money | None:
    """What an invoice adds to a period, in its currency; None for one that is of no business in another EU state."""
    if not invoice.vat_id:
        return None
    country = vat_country(invoice.vat_id)
    if country not in EU or country == _HOME:
        return None
    parts = [
        row.base for row in counted(invoice, period, "issued") if row.category == REVERSE_CHARGE
    ]
    return sum(parts[1:], parts[0]) if parts else None


def perhaps_goods(
    store: Store, invoices: Sequence[Charged], periods: Sequence[Period]
) -> list[str]:
    """A warning that names the lines told as services which are sold by the piece; [] where there are none.

    Whether they are goods is not known here.
    """
    pieces = books.by_the_piece(store, REVERSE_CHARGE)
    if not pieces:
        return []
    told = {
        invoice.number
        for invoice in invoices
        if any(eu_services(invoice, period) is not None for period in periods)
    }
    named = [f'{number} "{text.splitlines()[0]}"' for number, text in pieces if number in told]
    if not named:
        return []
    return [
        f"Warning: told as services, but sold by the piece: {', '.join(named)}. Goods to other EU states "
        "are not covered: they belong neither into Kz 21 nor into the EC sales list as S."
    ]
