"""A quote as a page in the look of the invoice: its view and its layout, other words where they differ."""

from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.invoice_pdf import TEMPLATE, page_view, typed_texts
from cowork_cli.documents.logo import numbers
from cowork_cli.documents.typeset import typeset
from cowork_cli.documents.words import Words
from cowork_cli.documents.words.page import WORDS as PAGE
from cowork_cli.documents.words.quote import WORDS
from cowork_cli.domain.invoice import Invoice, InvoiceDocument
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.quote import OFFER, QuoteDocument, QuoteLine


def render_quote(document: QuoteDocument, *, created: datetime, font: Path | None = None) -> bytes:
    """The page; equal input gives equal bytes, for `created` (aware) is the only clock.

    Raises BadInput for a letter that no font holds.
    """
    inputs = {"logo": numbers(document.logo)} if document.logo else {}
    fields = [
        *typed_texts(_as_invoice(document)),
        *([("the title", document.quote.title)] if document.quote.title else []),
    ]
    return typeset(TEMPLATE, quote_view(document), fields, created, font=font, inputs=inputs)


def quote_view(document: QuoteDocument) -> dict[str, Any]:
    """All that the page shows, as strings: the view of an invoice with the words of a quote."""
    view = page_view(_as_invoice(document))
    words, language = WORDS[document.language], document.language
    quote = document.quote
    number = "" if document.draft else quote.number
    title = f"{words['title']} {number or view['watermark']}"
    return {
        **view,
        "title": title,
        "attachment": title,
        "keywords": [number] if number else [],
        "heading": words["title"],
        "subtitle": quote.title,
        "info": _info(document, words),
        "lines": [
            _with_choice(_with_rate(row, line, document), line, words)
            for row, line in zip(view["lines"], quote.lines, strict=True)
        ],
        "totals": [
            {**row, "label": words["gross"]} if row["strong"] else row for row in view["totals"]
        ],
        "payment": {"text": _terms(document, words, language), "rows": [], "codes": []},
    }


def _as_invoice(document: QuoteDocument) -> InvoiceDocument:
    """The quote in the shape of what it is going to be: never issued, nothing of it is owed."""
    quote = document.quote
    nothing = Money(0, quote.currency)
    invoice = Invoice(
        number=quote.number,
        id=quote.id,
        type=OFFER,
        state="draft",
        client=quote.client,
        date=quote.date,
        due=None,
        period=Period(None, None),
        currency=quote.currency,
        lines=tuple(row.line for row in quote.lines),
        net=quote.net,
        vat=quote.vat,
        gross=quote.gross,
        paid=nothing,
        open=quote.gross,
        cancels=None,
        cancelled_by=None,
        replaces=None,
        files=(),
        sha256=None,
    )
    return InvoiceDocument(
        invoice=invoice,
        seller=document.seller,
        buyer=document.buyer,
        language=document.language,
        iban=None,
        bic=None,
        terms_days=document.terms_days or 0,
        notes=(quote.note,) if quote.note else (),
        footer=document.footer,
        order_ref=quote.order_ref,
        draft=document.draft,
        buyer_type=document.buyer_type,
        logo=document.logo,
    )


def _info(document: QuoteDocument, words: Words) -> list[dict[str, Any]]:
    quote, language = document.quote, document.language
    page = PAGE[language]
    rows = [
        (words["number"], quote.number, True),
        (words["date"], formats.date_text(quote.date, language), False),
        (words["valid_until"], formats.date_text(quote.valid_until, language), False),
        (page["client"], quote.client, False),
        (words["order_ref"], quote.order_ref, False),
        (page["buyer_vat_id"], document.buyer.vat_id, False),
    ]
    return [
        {"label": label, "value": value, "strong": strong} for label, value, strong in rows if value
    ]


def _with_rate(row: dict[str, Any], line: QuoteLine, document: QuoteDocument) -> dict[str, Any]:
    """With its rate where the lines differ: the totals say nothing of a choice."""
    if len({each.vat_rate for each in document.quote.lines}) == 1:
        return row
    return {**row, "rate": formats.rate_text(line.vat_rate, document.language)}


def _with_choice(row: dict[str, Any], line: QuoteLine, words: Words) -> dict[str, Any]:
    """A line that is not in the sum says so, and its amount stands in brackets."""
    if line.choice is None:
        return row
    details = [*row["details"], words[line.choice]]
    return {**row, "details": details, "net": f"({row['net']})"}


def _terms(document: QuoteDocument, words: Words, language: str) -> str:
    until = formats.date_text(document.quote.valid_until, language)
    days = document.terms_days
    return " ".join(
        [
            words["binding"].format(date=until),
            words["terms"].format(days=days) if days else words["terms_now"],
        ]
    )
