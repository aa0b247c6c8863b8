"""What an electronic invoice must fulfil: EN 16931, XRechnung, German law, and the PDF around it.

Each module has a function `check(invoice, today)` that yields findings. Published rules keep their
names (BR-, PEPPOL-EN16931-R); rules that no published set has are named by the law or by what they
check. Where a published rule tolerates a difference, the rule of ours does not.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Context, localcontext

from cowork_cli.domain.einvoice import Container, EInvoice, Finding

# Enough for the product of any two numbers that a reader lets through.
_PRECISION = 100
_SEVERITIES = ("error", "warning", "info")


def checked(invoice: EInvoice, container: Container | None, today: date) -> tuple[Finding, ...]:
    """All findings, errors first, each once."""
    from cowork_cli.services.invoices.rules import (
        arithmetic,
        categories,
        codes,
        law,
        payment,
        pdf,
        terms,
        xrechnung,
    )

    found: list[Finding] = list(invoice.faults)
    with localcontext(Context(prec=_PRECISION)):
        for module in (terms, codes, arithmetic, categories, law, payment, xrechnung):
            rows: Iterator[Finding] = module.check(invoice, today)
            found.extend(rows)
        if container is not None:
            found.extend(pdf.check(container, invoice))
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda row: _SEVERITIES.index(row.severity)))
