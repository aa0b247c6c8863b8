"""An issued invoice as bytes for others. What was issued is handed out, never made again.

Forms that were not kept (an XRechnung for a private company, a web page) are made of the frozen
snapshot, so that they say what was issued whatever holds today.
"""

import json
from datetime import date

from cowork_cli.domain.from_json import from_json
from cowork_cli.domain.invoice import Invoice, InvoiceDocument
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.out_files import safe_name
from cowork_cli.services.invoices.drafts import find_invoice
from cowork_cli.store import invoices
from cowork_cli.store.engine.store import Store

FORMATS = ("pdf", "xrechnung", "cii", "html", "json")
_ENDINGS = {"xrechnung": "xml", "cii": "xml"}


def exported(store: Store, number: str, form: str, today: date) -> bytes:
    """The document of an issued invoice. Raises BadInput, NotFound, Conflict for a draft.

    Conflict also where an XRechnung would lack what its rules ask for.
    """
    if form not in FORMATS:
        raise BadInput(f'cannot export as "{form}"', f"choose one of {', '.join(FORMATS)}")
    invoice_id, found = find_invoice(store, number, today)
    if found.state == "draft":
        raise Conflict(
            f"{found.id} is a draft", f"look at it with `cowork invoice issue {found.id} --dry-run`"
        )
    frozen = invoices.document(store, invoice_id)
    if form == "json":
        return frozen.encode()
    kept = {
        name.rpartition(".")[2]: content for name, content, _ in invoices.files(store, invoice_id)
    }
    if form == "pdf":
        return kept["pdf"]
    document = from_json(InvoiceDocument, json.loads(frozen))
    if form == "html":
        from cowork_cli.documents.invoice_html import render_html

        return render_html(document)
    return _xml(document, form, kept.get("xml"))


def file_name(invoice: Invoice, form: str) -> str:
    """What an exported invoice is called: `2026-0001.pdf`, as its copy is."""
    return f"{safe_name(invoice.number or invoice.id, 'invoice')}.{_ENDINGS.get(form, form)}"


def _xml(document: InvoiceDocument, form: str, kept: bytes | None) -> bytes:
    """The XML that was kept if it is of this form, else the other form of the same snapshot."""
    from cowork_cli.documents.cii import EN16931, XRECHNUNG, render_cii

    kept_form = "xrechnung" if document.buyer_type == "public" else "cii"
    if kept is not None and form == kept_form:
        return kept
    if form == "cii":
        return render_cii(document, EN16931)
    _refuse_no_xrechnung(document)
    return render_cii(document, XRECHNUNG)


def _refuse_no_xrechnung(document: InvoiceDocument) -> None:
    seller, buyer = document.seller, document.buyer
    lacks = [
        name
        for name, value in (
            ("your e-mail address", seller.email),
            ("your phone number", seller.phone),
            ("your IBAN", document.iban),
            ("a reference of the client", document.buyer_reference or document.order_ref),
            ("the e-mail address of the client", buyer.email or document.buyer_type == "public"),
            ("the post code of the client", buyer.address.postcode),
            ("the city of the client", buyer.address.city),
        )
        if not value
    ]
    if lacks:
        raise Conflict(
            f"invoice {document.invoice.number} cannot be an XRechnung, it was issued without "
            f"{', '.join(lacks)}",
            "it stays valid as `--format cii`; for the next one set them with `cowork config set "
            f"seller.…` and `cowork client edit {document.invoice.client} --buyer-reference …`",
        )
