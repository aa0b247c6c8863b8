"""What a line of an invoice and one of a quote have in common, as columns of their tables."""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.domain.money import Money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.domain.invoice import Line
    from cowork_cli.domain.quote import QuoteLine


def columns(line: Line | QuoteLine) -> dict[str, Any]:
    """The columns of a line; money in minor units, decimals as text."""
    return {
        "text": line.text,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "price": f"{line.price:f}",
        "discount": line.discount.minor if line.discount else None,
        "discount_percent": f"{line.discount_percent:f}" if line.discount_percent else None,
        "vat_rate": f"{line.vat_rate:f}",
        "vat_category": line.vat_category,
        "net": line.net.minor,
    }


def facts(row: Any, currency: str) -> dict[str, Any]:
    """The same read back: what `Line` and `QuoteLine` are made of."""
    percent = row.discount_percent
    return {
        "text": row.text,
        "quantity": Decimal(row.quantity),
        "unit": row.unit,
        "price": Decimal(row.price),
        "discount": None if row.discount is None else Money(row.discount, currency),
        "discount_percent": None if percent is None else Decimal(percent),
        "vat_rate": Decimal(row.vat_rate),
        "vat_category": row.vat_category,
        "net": Money(row.net, currency),
    }
