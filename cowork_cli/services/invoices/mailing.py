"""Invoices, reminders and quotes as e-mails to the client; what was issued is attached, never made again.

`to_client` says what a mail would be; it is handed out as a file, or sent by `sending`.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from cowork_cli.documents.mail import Envelope, Mail, invoice_mail, quote_mail, reminder_mail
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.quote import Quote
from cowork_cli.domain.settlement import Reminder
from cowork_cli.errors import Conflict
from cowork_cli.out_files import safe_name
from cowork_cli.records import dataclass
from cowork_cli.services.invoices.drafts import find_invoice
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.store import clients, invoices, quotes
from cowork_cli.store.engine.store import Store

Settings = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail and the record it is about: `table` and `row` of it, `level` of a reminder."""

    mail: Mail
    table: str
    row: int
    name: str
    level: int | None = None

    @property
    def to(self) -> str:
        """The recipient's address."""
        return self.mail.envelope.to

    @property
    def file_name(self) -> str:
        """What the e-mail is called as a file: `2026-0001.eml`."""
        end = f"-reminder-{self.level}" if self.level else ""
        return f"{safe_name(self.name, 'mail')}{end}.eml"


def of_invoice(
    store: Store, number: str, today: date, settings: Settings
) -> tuple[Invoice, Outgoing]:
    """An issued invoice and the mail with its PDF; a public client gets the XML too.

    Raises NotFound, and Conflict for a draft or where an e-mail address is missing.
    """
    invoice_id, found = find_invoice(store, number, today)
    if found.state == "draft":
        raise Conflict(f"{found.id} is a draft", f"issue it with `cowork invoice issue {found.id}`")
    client = _client(store, invoice_id, today)
    language = json.loads(invoices.document(store, invoice_id))["language"]
    endings = (".pdf", ".xml") if client.type == "public" else (".pdf",)
    files = [
        (name, content)
        for name, content, _ in invoices.files(store, invoice_id)
        if name.lower().endswith(endings)
    ]
    mail = invoice_mail(found, _envelope(client, language, settings), files)
    return found, Outgoing(mail, "invoice_id", invoice_id, found.number or found.id)


def of_reminder(
    store: Store,
    invoice: Invoice,
    reminder: Reminder,
    page: tuple[str, bytes],
    today: date,
    settings: Settings,
) -> Outgoing:
    """The mail with a reminder: `page` is the name of its file and its bytes. Raises Conflict."""
    invoice_id, found = find_invoice(store, invoice.id, today)
    client = _client(store, invoice_id, today)
    envelope = _envelope(client, language_of(client, settings), settings)
    mail = reminder_mail(found, reminder, envelope, [page])
    number = found.number or found.id
    return Outgoing(mail, "invoice_id", invoice_id, number, reminder.level)


def of_quote(store: Store, quote: Quote, today: date, settings: Settings) -> Outgoing:
    """The mail with a quote that was sent, or is a draft no more. Raises Conflict."""
    quote_id = quotes.find(store, quote.number)
    assert quote_id is not None
    client = clients.client(store, quotes.client_of(store, quote_id), today.isoformat())
    language = json.loads(quotes.document(store, quote_id))["language"]
    page = (f"{safe_name(quote.number, 'quote')}.pdf", quotes.page(store, quote_id))
    mail = quote_mail(quote, _envelope(client, language, settings), [page])
    return Outgoing(mail, "quote_id", quote_id, quote.number)


def check_addresses(store: Store, quote: Quote, today: date, settings: Settings) -> None:
    """Raises Conflict where the e-mail address of the client of a quote, or your own, is missing."""
    quote_id = quotes.find(store, quote.number)
    assert quote_id is not None
    client = clients.client(store, quotes.client_of(store, quote_id), today.isoformat())
    _envelope(client, "de", settings)


def _client(store: Store, invoice_id: int, today: date) -> Client:
    client_row, *_ = invoices.draft_facts(store, invoice_id)
    return clients.client(store, client_row, today.isoformat())


def _envelope(client: Client, language: str, settings: Settings) -> Envelope:
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
    name = settings("seller.company") or settings("seller.name") or sender
    return Envelope(language, name, sender, client.name, client.email)
