"""The files of an invoice: one model, so that page and XML cannot differ."""

from datetime import datetime

from cowork_cli.documents.cii import EN16931, XRECHNUNG, render_cii
from cowork_cli.documents.invoice_pdf import render_invoice
from cowork_cli.domain.invoice import InvoiceDocument


def issued_files(document: InvoiceDocument, created: datetime) -> tuple[bytes, bytes | None]:
    """The hybrid PDF, and beside it the same XML, or for a public buyer an XRechnung.

    A draft is a page alone. Raises BadInput for letters that cannot be printed.
    """
    if document.draft:
        return render_invoice(document, created=created), None
    xml = render_cii(document, EN16931)
    pdf = render_invoice(document, created=created, xml=xml)
    public = document.buyer_type == "public"
    return pdf, render_cii(document, XRECHNUNG) if public else xml
