"""What an electronic invoice must fulfil: EN 16931, XRechnung, German law, and the PDF around it.

Each module has a function `check(invoice, today)` that yields findings. Published rules keep their
names (BR-, PEPPOL-EN16931-R); rules that no published set has are named by the law or by what they
check. What a published rule tolerates is a warning here up to 0.50 and an error from there on.
`structure`, `syntax` and `code_places` look at the document itself: `check(root, invoice)`.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Context, localcontext

from cowork_cli.domain.einvoice import SEVERITIES, Container, EInvoice, Finding
from cowork_cli.importers.einvoice_xml import Node

# Enough for the product of any two numbers that a reader lets through.
_PRECISION = 1000
# More findings than anybody reads; a hostile file would make a hundred thousand.
_MOST = 500


def _without_the_unread(found: list[Finding]) -> list[Finding]:
    """No complaint that something is missing which is there and was not read."""
    unread = {
        term
        for row in found
        if row.severity == "not-checked" and row.rule.startswith("FORMAT-")
        for term in re.findall(r"BT-\d+", row.message)
    }
    return [
        row
        for row in found
        if row.severity == "not-checked" or not unread & set(re.findall(r"BT-\d+", row.message))
    ]


def checked(
    invoice: EInvoice, root: Node, container: Container | None, today: date
) -> tuple[Finding, ...]:
    """All findings about an invoice read from `root`, errors first, each once."""
    from cowork_cli.services.invoices.rules import (
        arithmetic,
        categories,
        code_places,
        codes,
        extension,
        law,
        payment,
        pdf,
        structure,
        syntax,
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
    found = _without_the_unread(found)
    form = structure.check(root, invoice)
    found += [*syntax.check(root, invoice), *code_places.check(root, invoice), *form.plain]
    found += extension.check(root, invoice)
    if not any(row.severity == "error" for row in found):
        found += [*form.named, *syntax.decimals(root, invoice)]
    once = sorted(dict.fromkeys(found), key=lambda row: SEVERITIES.index(row.severity))
    if len(once) > _MOST:
        number = len(once) - _MOST
        said = f"and {number} finding{'s' if number > 1 else ''} more"
        rest = Finding("MORE", once[_MOST].severity, said)
        once = [*once[:_MOST], rest]
    return tuple(once)
