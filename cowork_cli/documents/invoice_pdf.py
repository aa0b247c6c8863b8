"""The invoice as a PDF/A-3b page.

Owns what stands in which place; `words.page` owns the words, `invoice.typ` the layout, `formats`
the spelling of figures. Nothing is computed here: every amount is one of the
model. What the person typed reaches Typst as JSON strings, never as markup.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.facturx import as_facturx
from cowork_cli.documents.girocode import drawing, payable_by_code, payload
from cowork_cli.documents.logo import numbers
from cowork_cli.documents.payment_terms import payment_terms, prepaid_text, timesheet_title
from cowork_cli.documents.typeset import check_letters as typeset_letters
from cowork_cli.documents.typeset import typeset
from cowork_cli.documents.words import Words
from cowork_cli.documents.words.page import TITLES, WORDS
from cowork_cli.domain.invoice import (
    CANCELLATION,
    InvoiceDocument,
    Line,
    TimesheetRow,
    VatRow,
    payable,
)
from cowork_cli.domain.invoice import total as total_of
from cowork_cli.domain.money import Money, hours_of
from cowork_cli.domain.party import Party

TEMPLATE = Path(__file__).with_name("invoice.typ")
# Longer texts may go over the end of a page; a row of a shorter one stays together.
_LONG_TEXT = 600
# A word that no line of the table holds gets places to break: U+200B, zero wide and not printed.
_LONG_WORD = re.compile(r"\S{25,}")
_PLACES_TO_BREAK = re.compile(r"(?<=[/.,;:_@?&=+-])(?=\w)|(?<=\w{16})(?=\w)")

Rows = list[dict[str, Any]]


def render_invoice(
    document: InvoiceDocument,
    *,
    created: datetime,
    xml: bytes | None = None,
    font: Path | None = None,
) -> bytes:
    """The page of `document`; equal input gives equal bytes, for `created` is the only clock.

    With `xml` it is a Factur-X: the XML is attached, and the metadata say so. `created` must know
    its zone, `font` is a file for letters that the built-in fonts lack. Raises BadInput for a letter
    that no font holds.
    """
    inputs = {} if xml is None else {"xml": xml.decode()}
    if document.logo:
        inputs["logo"] = numbers(document.logo)
    view, fields = page_view(document), typed_texts(document)
    page = typeset(TEMPLATE, view, fields, created, font=font, inputs=inputs)
    return page if xml is None else as_facturx(page)


def check_letters(document: InvoiceDocument) -> None:
    """Raises BadInput if a character is in no font of the page, naming it and its field."""
    typeset_letters(typed_texts(document))


def typed_texts(document: InvoiceDocument) -> Iterator[tuple[str, str]]:
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
        ("the buyer's reference", document.buyer_reference),
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
    for number, entry in enumerate(document.timesheet, 1):
        found += [
            (f"the note of entry {number} of the timesheet", entry.note),
            (f"the project of entry {number} of the timesheet", entry.project),
            (f"the person of entry {number} of the timesheet", entry.person),
        ]
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


def page_view(document: InvoiceDocument) -> dict[str, Any]:
    """All that the page shows, in `invoice.typ` and as HTML, as strings."""
    invoice, language = document.invoice, document.language
    words = WORDS[language]
    title = TITLES[language].get(invoice.type, words["title"])
    draft = _is_draft(document)
    seller = _names(document.seller)
    return {
        "language": language,
        "region": "DE" if language == "de" else "GB",
        "title": " ".join([title, words["watermark"] if draft else invoice.number or ""]),
        "attachment": f"{title} {invoice.number}",
        "author": seller[0],
        "keywords": [] if draft else [invoice.number],
        "heading": title,
        "subtitle": _subtitle(document, words),
        "watermark": words["watermark"] if draft else None,
        "words": words,
        "letterhead": {
            "name": seller[0],
            "contact": _letterhead_contact(document.seller),
            "logo": words["logo"].format(name=seller[0]) if document.logo else None,
        },
        "sender_line": " · ".join([seller[0], *document.seller.address.lines()]),
        "recipient": _recipient(document),
        "info": _info(document, words),
        "lines": _lines(document, words),
        "totals": _totals(document, words),
        "reasons": [
            *dict.fromkeys(row.reason for row in invoice.vat if row.reason),
            *_exchange(document, words),
        ],
        "payment": _payment(document, words),
        "notes": [_breakable(note) for note in document.notes],
        "footer": _footer(document, words),
        "footer_text": document.footer or None,
        "timesheet": _timesheet(document, words),
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
    invoice, day = document.invoice, document.refers_on
    date = formats.date_text(day, document.language) if day else None
    if invoice.cancels:
        return words["cancels_of" if date else "cancels"].format(number=invoice.cancels, date=date)
    if invoice.replaces:
        words_of = words["replaces_of" if date else "replaces"]
        return words_of.format(number=invoice.replaces, date=date)
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
    when = "service_day" if one_day else "service_period"
    if invoice.advance:
        when = "expected_day" if one_day else "expected_period"
    due = invoice.due if invoice.type != CANCELLATION else None
    rows = [
        ("number", None if _is_draft(document) else invoice.number),
        ("date", formats.date_text(invoice.date, language) if invoice.date else None),
        (when, formats.period_text(period, language)),
        ("client", invoice.client),
        ("order_ref", document.order_ref),
        (
            "reference_public" if document.buyer_type == "public" else "reference_buyer",
            document.buyer_reference,
        ),
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
        if line.discount_percent:
            percent = formats.rate_text(line.discount_percent, language)
            details.append(words["discount_percent"].format(amount=amount, percent=percent))
        else:
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
    total = words["cancelled" if invoice.type == CANCELLATION else "gross"]
    gross = formats.money_text(invoice.gross, language)
    if not invoice.paid.minor:
        return [*rows, row(total, gross, strong=True)]
    prepaid = [
        row(prepaid_text(part, language), formats.money_text(-part.amount, language))
        for part in invoice.prepaid
    ]
    rest = invoice.paid - total_of(tuple(part.amount for part in invoice.prepaid), invoice.currency)
    paid = [row(words["paid"], formats.money_text(-rest, language))] if rest.minor else []
    return [
        *rows,
        row(total, gross),
        *prepaid,
        *paid,
        row(words["open"], formats.money_text(payable(document), language), strong=True),
    ]


def _exchange(document: InvoiceDocument, words: Words) -> list[str]:
    """The VAT total in euro (BT-111), if a rate is given."""
    exchange, language = document.invoice.exchange, document.language
    if exchange is None:
        return []
    text = words["exchange"].format(
        amount=formats.money_text(exchange.vat, language),
        currency=document.invoice.currency,
        rate=formats.quantity_text(exchange.rate, language),
        date=formats.date_text(exchange.day, language),
    )
    return [text]


def _untaxed(rows: tuple[VatRow, ...]) -> bool:
    """Exempt or not taxable as a whole: then no tax may be shown, not even of 0 (§ 14c, § 34a)."""
    return bool(rows) and all(row.category in ("E", "O") for row in rows)


def _payment(document: InvoiceDocument, words: Words) -> dict[str, Any] | None:
    text = payment_terms(document)
    if not text:
        return None
    invoice = document.invoice
    rows = []
    codes: Rows = []
    due = payable(document)
    if document.iban and invoice.type != CANCELLATION and due.minor > 0:
        rows = [
            ("payee", _names(document.seller)[0]),
            ("iban", formats.iban_text(document.iban)),
            ("bic", document.bic),
            ("reference", None if _is_draft(document) else invoice.number),
        ]
        codes = _codes(document, words, due)
    return {
        "text": text,
        "rows": [
            {"label": words[key], "value": _breakable(value), "strong": key == "iban"}
            for key, value in rows
            if value
        ],
        "codes": codes,
    }


def _codes(document: InvoiceDocument, words: Words, due: Money) -> Rows:
    """The GiroCode of the amount; with a discount for paying early its own one before it."""
    if _is_draft(document) or not payable_by_code(due, document.iban):
        return []
    wanted = [(words["code_whole"], due)]
    if document.skonto and payable_by_code(document.skonto.payable, document.iban):
        wanted.insert(0, (words["code_skonto"], document.skonto.payable))
    else:
        wanted = [(words["code"], due)]
    return [
        {
            "label": label,
            "amount": formats.money_text(amount, document.language),
            "svg": drawing(girocode_payload(document, amount)),
        }
        for label, amount in wanted
    ]


def girocode_payload(document: InvoiceDocument, amount: Money) -> str:
    """What the GiroCode of an issued invoice says."""
    return payload(
        _names(document.seller)[0],
        document.iban or "",
        document.bic,
        amount,
        document.invoice.number or "",
    )


def _timesheet(document: InvoiceDocument, words: Words) -> dict[str, Any] | None:
    """The annex: the entries behind the lines, and their sums."""
    if not document.timesheet:
        return None

    def hours(seconds: int) -> str:
        return formats.quantity_text(hours_of(seconds), document.language, 2)

    def text(row: TimesheetRow) -> list[str]:
        return [_breakable(part) for part in (row.project, row.person, row.note) if part]

    rows = document.timesheet
    return {
        "title": timesheet_title(document.language),
        "rows": [
            {
                "date": formats.date_text(row.day, document.language),
                "time": f"{row.from_}–{row.to}",
                "text": text(row),
                "hours": hours(row.seconds),
                "billed": hours(row.billed_s),
            }
            for row in rows
        ],
        "hours": hours(sum(row.seconds for row in rows)),
        "billed": hours(sum(row.billed_s for row in rows)),
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
