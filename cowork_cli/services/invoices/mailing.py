"""An issued invoice as an e-mail to its client; what was issued is attached, never made again."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from cowork_cli.documents.mail import Mail, eml
from cowork_cli.domain.invoice import Invoice
from cowork_cli.errors import Conflict
from cowork_cli.out_files import safe_name
from cowork_cli.services.invoices.drafts import find_invoice
from cowork_cli.store import clients, invoices
from cowork_cli.store.engine.store import Store


def file_name(invoice: Invoice) -> str:
    """What the e-mail is called: `2026-0001.eml`."""
    return f"{safe_name(invoice.number or invoice.id, 'invoice')}.eml"


def mailed(
    store: Store, number: str, today: date, settings: Callable[[str], Any]
) -> tuple[Invoice, str, bytes]:
    """The invoice, the recipient's address, and the .eml file with the PDF.

    A public client gets the XML too. Raises NotFound, and Conflict for a draft or where an e-mail
    address is missing.
    """
    invoice_id, found = find_invoice(store, number, today)
    if found.state == "draft":
        raise Conflict(f"{found.id} is a draft", f"issue it with `cowork invoice issue {found.id}`")
    client_row, *_ = invoices.draft_facts(store, invoice_id)
    client = clients.client(store, client_row, today.isoformat())
    if not client.email:
        raise Conflict(
            f"{client.id} has no e-mail address",
            f"set one with `cowork client edit {client.id} --email NAME@EXAMPLE.ORG`",
        )
    sender = settings("seller.email")
    if not sender:
        raise Conflict(
            "you have no e-mail address", "set one with `cowork config set seller.email …`"
        )
    endings = (".pdf", ".xml") if client.type == "public" else (".pdf",)
    mail = Mail(
        invoice=found,
        language=json.loads(invoices.document(store, invoice_id))["language"],
        seller=settings("seller.company") or settings("seller.name") or sender,
        from_=sender,
        client=client.name,
        to=client.email,
        files=[
            (name, content)
            for name, content, _ in invoices.files(store, invoice_id)
            if name.lower().endswith(endings)
        ],
    )
    return found, client.email, eml(mail)
