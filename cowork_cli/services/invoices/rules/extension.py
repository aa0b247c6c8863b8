"""Beyond EN 16931: the extension of XRechnung (BR-DEX) in UBL, and groups of lines in EXTENDED.

The extension for clean vehicles (BR-DE-CVD) is not judged here, and said so.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.importers.einvoice_xml import Node
from cowork_cli.services.invoices.rules._say import error, not_checked, of, warning

_THIRD_PARTY = (
    ("BR-DEX-10", "cbc:ID", "type (BT-DEX-001)"),
    ("BR-DEX-11", "cbc:PaidAmount", "amount (BT-DEX-002)"),
    ("BR-DEX-12", "cbc:InstructionID", "description (BT-DEX-003)"),
)
_LINES = ("cac:InvoiceLine", "cac:CreditNoteLine", "cac:SubInvoiceLine")


def check(root: Node, invoice: EInvoice) -> Iterator[Finding]:
    """What the extension that an invoice names demands."""
    if invoice.is_xrechnung and ":cvd_" in (invoice.spec_id or ""):
        yield not_checked("BR-DE-CVD", "the rules for clean vehicles are not checked here")
    if invoice.is_extended:
        yield from _groups(invoice)
    if not invoice.is_extension or invoice.syntax == "cii":
        return
    for row in root.all("cac:PrepaidPayment"):
        yield from _third_party(row, invoice.currency)
    for node in root.walk():
        if node.tag == "cac:SubInvoiceLine":
            for item in node.all("cac:Item"):
                if len(item.all("cac:ClassifiedTaxCategory")) != 1:
                    yield error("BR-DEX-03", "a sub invoice line has not exactly one VAT category")
        if node.tag in _LINES:
            yield from _sum_of_parts(node)


def _groups(invoice: EInvoice) -> Iterator[Finding]:
    """BR-FXEXT-06, -08 and -11: a line below another one, and the sum of a group."""
    ids = {line.id for line in invoice.lines}
    for line in invoice.lines:
        if line.parent and not line.kind:
            yield error(
                "BR-FXEXT-06", f"{of(line)} is part of another one and does not say as what"
            )
        if line.parent and line.parent not in ids:
            yield error("BR-FXEXT-11", f"{of(line)} is part of {line.parent}, which is no line")
        below = [
            row.net
            for row in invoice.lines
            if row.parent == line.id and row.kind in ("DETAIL", "GROUP")
        ]
        if line.kind == "GROUP" and line.net is not None and None not in below:
            total = sum((net or Decimal(0) for net in below), Decimal(0))
            if total != line.net:
                yield error(
                    "BR-FXEXT-08", f"{of(line)} is the group of {total:f}, not {line.net:f}"
                )


def _third_party(row: Node, currency: str | None) -> Iterator[Finding]:
    for rule, name, what in _THIRD_PARTY:
        if not row.word(name):
            yield error(rule, f"a third party payment has no {what}")
    for paid in row.all("cbc:PaidAmount"):
        if len(paid.text.partition(".")[2]) > 2:
            yield error(
                "BR-DEX-13", f"a third party payment has too many decimals ({paid.text[:40]})"
            )
        if paid.attributes.get("currencyID") != currency:
            yield error("BR-DEX-14", f"a third party payment is not in {currency}")


def _sum_of_parts(node: Node) -> Iterator[Finding]:
    parts = [row.word("cbc:LineExtensionAmount") for row in node.all("cac:SubInvoiceLine")]
    if not parts:
        return
    try:
        whole = Decimal(node.word("cbc:LineExtensionAmount") or "")
        total = sum((Decimal(part or "") for part in parts), Decimal(0))
    except InvalidOperation:
        return  # the schema says what is no number
    if whole != total:
        yield warning("BR-DEX-02", f"a line of {whole:f} has sub invoice lines of {total:f}")
