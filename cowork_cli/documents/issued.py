"""The files of an invoice: one model, so that page and XML cannot differ."""

from datetime import datetime
from pathlib import Path

from cowork_cli.documents.cii import EN16931, XRECHNUNG, render_cii
from cowork_cli.documents.invoice_pdf import render_invoice
from cowork_cli.domain.invoice import InvoiceDocument


def issued_files(
    document: InvoiceDocument, created: datetime, font: Path | None = None
) -> tuple[bytes, bytes | None]:
    """The hybrid PDF, and beside it the same XML, or for a public buyer an XRechnung.

    A draft is a page alone. `font` adds letters. Raises BadInput for a letter that
    cannot be printed.
    """
    if document.draft:
        return render_invoice(document, created=created, font=font), None
    xml = render_cii(document, EN16931)
    pdf = render_invoice(document, created=created, xml=xml, font=font)
    public = document.buyer_type == "public"
    return pdf, render_cii(document, XRECHNUNG) if public else xml
