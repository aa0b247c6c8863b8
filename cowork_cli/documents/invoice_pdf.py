"""The invoice as a PDF/A-3b page.

Owns the words of the page in both languages and what stands in which place; `invoice.typ` owns
the layout, `formats` the spelling of figures. Nothing is computed here: every amount is one of the
model. What the person typed reaches Typst as JSON strings, never as markup.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.letters import printable
from cowork_cli.domain.invoice import InvoiceDocument, Line, VatRow
from cowork_cli.domain.party import Party
from cowork_cli.errors import BadInput

_TEMPLATE = Path(__file__).with_name("invoice.typ")
_CANCELLATION = 384
# Longer texts may go over the end of a page; a row of a shorter one stays together.
_LONG_TEXT = 600
# A word that no line of the table holds gets places to break: U+200B, zero wide and not printed.
_LONG_WORD = re.compile(r"\S{25,}")
_PLACES_TO_BREAK = re.compile(r"(?<=[/.,;:_@?&=+-])(?=\w)|(?<=\w{16})(?=\w)")

Words = dict[str, str]
Rows = list[dict[str, Any]]

# UNTDID 1001. "Gutschrift" must not be printed: § 14(4) no. 10 UStG keeps it for self-billing.
_TITLES = {
    "de": {326: "Teilrechnung", 381: "Rechnungskorrektur", 384: "Stornorechnung"},
    "en": {326: "Partial invoice", 381: "Credit note", 384: "Cancellation invoice"},
}
_WORDS: dict[str, Words] = {
    "de": {
        "title": "Rechnung",
        "watermark": "ENTWURF",
        "cancels": "Storno der Rechnung {number}",
        "replaces": "Ersetzt die Rechnung {number}",
        "number": "Rechnungsnummer",
        "date": "Rechnungsdatum",
        "service_day": "Leistungsdatum",
        "service_period": "Leistungszeitraum",
        "client": "Kundennummer",
        "order_ref": "Ihre Bestellnummer",
        "buyer_vat_id": "Ihre USt-IdNr.",
        "due": "Fällig am",
        "position": "Pos.",
        "text": "Leistung",
        "quantity": "Menge",
        "unit": "Einheit",
        "price": "Einzelpreis",
        "rate": "USt.",
        "net": "Betrag",
        "discount": "abzüglich Rabatt {amount}",
        "sum": "Nettobetrag",
        "vat": "{rate} Umsatzsteuer",
        "vat_on": "{rate} Umsatzsteuer auf {base}",
        "gross": "Rechnungsbetrag",
        "cancelled": "Stornobetrag",
        "paid": "Bereits gezahlt",
        "open": "Zu zahlen",
        "pay_by": "Bitte überweisen Sie {amount} bis zum {date}.",
        "pay_within": "Bitte überweisen Sie {amount} innerhalb von {days} Tagen nach Erhalt "
        "dieser Rechnung.",
        "pay_now": "Bitte überweisen Sie {amount} sofort nach Erhalt dieser Rechnung.",
        "nothing_due": "Der Betrag ist bereits bezahlt.",
        "cancel_text": "Mit dieser Stornorechnung ist die Rechnung {number} aufgehoben. "
        "Bereits gezahlte Beträge werden erstattet.",
        "payee": "Empfänger",
        "iban": "IBAN",
        "bic": "BIC",
        "reference": "Verwendungszweck",
        "tax_number": "Steuernummer {id}",
        "vat_id": "USt-IdNr. {id}",
        "phone": "Tel. {number}",
        "page": "Seite {page} von {pages}",
    },
    "en": {
        "title": "Invoice",
        "watermark": "DRAFT",
        "cancels": "Cancels invoice {number}",
        "replaces": "Replaces invoice {number}",
        "number": "Invoice number",
        "date": "Invoice date",
        "service_day": "Date of service",
        "service_period": "Service period",
        "client": "Customer number",
        "order_ref": "Your order number",
        "buyer_vat_id": "Your VAT ID",
        "due": "Due",
        "position": "No.",
        "text": "Description",
        "quantity": "Quantity",
        "unit": "Unit",
        "price": "Unit price",
        "rate": "VAT",
        "net": "Amount",
        "discount": "less discount {amount}",
        "sum": "Net total",
        "vat": "VAT {rate}",
        "vat_on": "VAT {rate} on {base}",
        "gross": "Total",
        "cancelled": "Total cancelled",
        "paid": "Already paid",
        "open": "Amount due",
        "pay_by": "Please transfer {amount} by {date}.",
        "pay_within": "Please transfer {amount} within {days} days of receipt of this invoice.",
        "pay_now": "Please transfer {amount} on receipt of this invoice.",
        "nothing_due": "This invoice has been paid.",
        "cancel_text": "This document cancels invoice {number}. Amounts already paid will be "
        "refunded.",
        "payee": "Payee",
        "iban": "IBAN",
        "bic": "BIC",
        "reference": "Reference",
        "tax_number": "Tax number {id}",
        "vat_id": "VAT ID {id}",
        "phone": "Tel. {number}",
        "page": "Page {page} of {pages}",
    },
}


def render_invoice(document: InvoiceDocument, *, created: datetime) -> bytes:
    """The page of `document`; equal input gives equal bytes, for `created` is the only clock.

    `created` must know its zone. Raises BadInput as `check_letters` does.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    check_letters(document)
    import typst  # 34 MB of library: only who makes a page loads it

    try:
        page: bytes = typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["a-3b"],
            sys_inputs={"data": json.dumps(_view(document), ensure_ascii=False)},
            timestamp=int(created.timestamp()),
        )
    except typst.TypstError as error:
        # Every letter is known, but not every letter with every mark: ask the one who knows.
        shown = re.search(r'the text `"(.+?)"` could not be displayed', error.message, re.DOTALL)
        if shown is None:
            raise
        raise BadInput(
            f'"{shown[1]}" cannot be printed on the invoice', "use other letters"
        ) from error
    return page


def check_letters(document: InvoiceDocument) -> None:
    """Raises BadInput if a character is in no font of the page, naming it and its field.

    PDF/A forbids a glyph that is missing, so such a page could not be made.
    """
    known = printable()
    for field, text in _fields(document):
        for letter in text:
            if letter not in known:
                raise BadInput(
                    f"{_letter_name(letter)} in {field} cannot be printed on the invoice",
                    "use other letters",
                )


def _letter_name(letter: str) -> str:
    point = f"U+{ord(letter):04X}"
    # A control character would do to a terminal what it says.
    return f'"{letter}" ({point})' if unicodedata.category(letter)[0] != "C" else point


def _fields(document: InvoiceDocument) -> Iterator[tuple[str, str]]:
    """What the person typed, with the name of the field."""
    invoice = document.invoice
    found: list[tuple[str, str | None]] = [
        *_party_fields("the seller's", document.seller),
        *_party_fields("the client's", document.buyer),
        ("the invoice number", invoice.number),
        ("the customer number", invoice.client),
        ("the number of the cancelled invoice", invoice.cancels),
        ("the number of the replaced invoice", invoice.replaces),
        ("the order number", document.order_ref),
        ("the IBAN", document.iban),
        ("the BIC", document.bic),
        ("the footer", document.footer),
    ]
    for position, line in enumerate(invoice.lines, 1):
        found += [
            (f"the text of line {position}", line.text),
            (f"the unit of line {position}", line.unit),
        ]
    found += [(f"note {number}", note) for number, note in enumerate(document.notes, 1)]
    found += [("the reason for no VAT", row.reason) for row in invoice.vat]
    yield from ((field, text) for field, text in found if text)


def _party_fields(whose: str, party: Party) -> Iterator[tuple[str, str | None]]:
    address = party.address
    yield f"{whose} name", party.name
    yield f"{whose} company", party.company
    yield f"{whose} street", address.street
    yield f"{whose} post code", address.postcode
    yield f"{whose} city", address.city
    yield f"{whose} country", address.country
    yield f"{whose} e-mail address", party.email
    yield f"{whose} phone number", party.phone
    yield f"{whose} VAT id", party.vat_id
    yield f"{whose} tax number", party.tax_number


def _view(document: InvoiceDocument) -> dict[str, Any]:
    """All that `invoice.typ` reads, as strings."""
    invoice, language = document.invoice, document.language
    words = _WORDS[language]
    title = _TITLES[language].get(invoice.type, words["title"])
    draft = _is_draft(document)
    seller = _names(document.seller)
    return {
        "language": language,
        "region": "DE" if language == "de" else "GB",
        "title": " ".join([title, words["watermark"] if draft else invoice.number or ""]),
        "author": seller[0],
        "keywords": [] if draft else [invoice.number],
        "heading": title,
        "subtitle": _subtitle(document, words),
        "watermark": words["watermark"] if draft else None,
        "words": words,
        "letterhead": {"name": seller[0], "contact": _letterhead_contact(document.seller)},
        "sender_line": " · ".join([seller[0], *document.seller.address.lines()]),
        "recipient": _recipient(document),
        "info": _info(document, words),
        "lines": _lines(document, words),
        "totals": _totals(document, words),
        "reasons": list(dict.fromkeys(row.reason for row in invoice.vat if row.reason)),
        "payment": _payment(document, words),
        "notes": [_breakable(note) for note in document.notes],
        "footer": _footer(document, words),
        "footer_text": document.footer or None,
    }


def _is_draft(document: InvoiceDocument) -> bool:
    return document.draft or document.invoice.number is None


def _names(party: Party) -> list[str]:
    """The firm before the person, once if they are the same."""
    names = [party.company, party.name]
    return list(dict.fromkeys(name for name in names if name)) or [""]


def _letterhead_contact(seller: Party) -> str | None:
    # A firm is the name of the letterhead; then the person stands below it.
    parts = [*_names(seller)[1:], seller.email, seller.phone]
    return "  ·  ".join(part for part in parts if part) or None


def _subtitle(document: InvoiceDocument, words: Words) -> str | None:
    invoice = document.invoice
    if invoice.cancels:
        return words["cancels"].format(number=invoice.cancels)
    if invoice.replaces:
        return words["replaces"].format(number=invoice.replaces)
    return None


def _recipient(document: InvoiceDocument) -> list[str]:
    buyer = document.buyer
    # The country is for the post of the seller's country.
    home = document.seller.address.country
    return [*_names(buyer), *formats.address_lines(buyer.address, home, document.language)]


def _info(document: InvoiceDocument, words: Words) -> Rows:
    invoice, language = document.invoice, document.language
    period = invoice.period
    one_day = period.from_ is not None and period.from_ == period.to
    due = invoice.due if invoice.type != _CANCELLATION else None
    rows = [
        ("number", None if _is_draft(document) else invoice.number),
        ("date", formats.date_text(invoice.date, language) if invoice.date else None),
        ("service_day" if one_day else "service_period", formats.period_text(period, language)),
        ("client", invoice.client),
        ("order_ref", document.order_ref),
        ("buyer_vat_id", document.buyer.vat_id),
        ("due", formats.date_text(due, language) if due else None),
    ]
    return [
        {"label": words[key], "value": _breakable(value), "strong": key == "number"}
        for key, value in rows
        if value
    ]


def _lines(document: InvoiceDocument, words: Words) -> Rows:
    invoice = document.invoice
    digits = formats.quantity_digits(tuple(line.quantity for line in invoice.lines))
    return [
        _line(document, words, position, line, digits)
        for position, line in enumerate(invoice.lines, 1)
    ]


def _line(
    document: InvoiceDocument, words: Words, position: int, line: Line, digits: int
) -> dict[str, Any]:
    currency, language = document.invoice.currency, document.language
    # What follows the first line of a text explains it.
    first, *details = _breakable(line.text).split("\n")
    if line.discount is not None and line.discount.minor:
        amount = formats.money_text(-line.discount, language)
        details.append(words["discount"].format(amount=amount))
    return {
        "position": str(position),
        "text": first,
        "details": details,
        "long": len(line.text) > _LONG_TEXT,
        "quantity": formats.quantity_text(line.quantity, language, digits),
        "unit": formats.unit_text(line.unit, line.quantity, language),
        "price": formats.price_text(line.price, currency, language),
        # With one rate for all, the totals say it.
        "rate": (
            formats.rate_text(line.vat_rate, language) if len(document.invoice.vat) > 1 else None
        ),
        "net": formats.money_text(line.net, language),
    }


def _totals(document: InvoiceDocument, words: Words) -> Rows:
    invoice, language = document.invoice, document.language

    def row(label: str, amount: str, strong: bool = False) -> dict[str, Any]:
        return {"label": label, "amount": amount, "strong": strong}

    rows = []
    if not _untaxed(invoice.vat):
        rows.append(row(words["sum"], formats.money_text(invoice.net, language)))
        key = "vat_on" if len(invoice.vat) > 1 else "vat"
        for vat in invoice.vat:
            label = words[key].format(
                rate=formats.rate_text(vat.rate, language),
                base=formats.money_text(vat.base, language),
            )
            rows.append(row(label, formats.money_text(vat.amount, language)))
    total = words["cancelled" if invoice.type == _CANCELLATION else "gross"]
    gross = formats.money_text(invoice.gross, language)
    if not invoice.paid.minor:
        return [*rows, row(total, gross, strong=True)]
    return [
        *rows,
        row(total, gross),
        row(words["paid"], formats.money_text(-invoice.paid, language)),
        row(words["open"], formats.money_text(invoice.open, language), strong=True),
    ]


def _untaxed(rows: tuple[VatRow, ...]) -> bool:
    """Exempt or not taxable as a whole: then no tax may be shown, not even of 0 (§ 14c, § 34a)."""
    return bool(rows) and all(row.category in ("E", "O") for row in rows)


def _payment(document: InvoiceDocument, words: Words) -> dict[str, Any] | None:
    invoice, language = document.invoice, document.language
    if invoice.type == _CANCELLATION:
        text = words["cancel_text"].format(number=invoice.cancels or "") if invoice.cancels else ""
        return {"text": text, "rows": []} if text else None
    due = invoice.open if invoice.paid.minor else invoice.gross
    if due.minor <= 0:
        return {"text": words["nothing_due"], "rows": []} if invoice.paid.minor else None
    amount = formats.money_text(due, language)
    if invoice.due:
        text = words["pay_by"].format(amount=amount, date=formats.date_text(invoice.due, language))
    elif document.terms_days > 0:
        text = words["pay_within"].format(amount=amount, days=document.terms_days)
    else:
        text = words["pay_now"].format(amount=amount)
    rows = []
    if document.iban:
        rows = [
            ("payee", _names(document.seller)[0]),
            ("iban", formats.iban_text(document.iban)),
            ("bic", document.bic),
            ("reference", None if _is_draft(document) else invoice.number),
        ]
    return {
        "text": text,
        "rows": [
            {"label": words[key], "value": _breakable(value), "strong": key == "iban"}
            for key, value in rows
            if value
        ],
    }


def _footer(document: InvoiceDocument, words: Words) -> list[Rows]:
    """Who sells, how to reach them, their tax numbers, their bank; empty columns are left out."""
    seller = document.seller
    country = seller.address.country
    abroad = country and country != document.buyer.address.country
    columns = [
        [
            *_names(seller),
            *seller.address.lines(),
            formats.country_text(country, document.language) if country and abroad else None,
        ],
        [words["phone"].format(number=seller.phone) if seller.phone else None, seller.email],
        [
            words["tax_number"].format(id=seller.tax_number) if seller.tax_number else None,
            words["vat_id"].format(id=seller.vat_id) if seller.vat_id else None,
        ],
        [
            f"{words['iban']} {formats.iban_text(document.iban)}" if document.iban else None,
            f"{words['bic']} {document.bic}" if document.bic else None,
        ],
    ]
    return [
        [{"text": _breakable(text), "strong": number == 0} for text in texts if text]
        for number, texts in enumerate(columns)
        if any(texts)
    ]


def _breakable(text: str) -> str:
    """`text` with places to break in words that would stick out of their column."""
    return _LONG_WORD.sub(lambda word: _PLACES_TO_BREAK.sub("\u200b", word[0]), text)
