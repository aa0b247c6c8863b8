"""The page of a reminder, a PDF.

Owns what stands in which place; `words.reminder` owns the words, `letter.typ` the layout,
`formats` the spelling of figures. Nothing is computed here. What the person typed reaches Typst as
JSON strings, never as markup.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.typeset import typeset
from cowork_cli.documents.words import Words
from cowork_cli.documents.words.reminder import WORDS
from cowork_cli.domain.party import Party
from cowork_cli.domain.reminder import Letter, Span

_TEMPLATE = Path(__file__).with_name("letter.typ")


def render_reminder(letter: Letter, font: Path | None = None) -> bytes:
    """The page of `letter`; equal input gives equal bytes. Raises BadInput for letters without a font."""
    noon = datetime.combine(letter.reminder.date, time(12), UTC)
    return typeset(_TEMPLATE, _view(letter), _fields(letter), noon, font=font)


def _fields(letter: Letter) -> Iterator[tuple[str, str]]:
    """What the person typed, with the name of the field."""
    for whose, party in (("the seller's", letter.seller), ("the client's", letter.buyer)):
        address = party.address
        parts = {
            "name": party.name,
            "company": party.company,
            "street": address.street,
            "post code": address.postcode,
            "city": address.city,
            "e-mail address": party.email,
            "phone number": party.phone,
        }
        yield from ((f"{whose} {name}", text) for name, text in parts.items() if text)
    yield "the invoice number", letter.invoice.number or ""
    yield "the footer", letter.footer or ""


def _view(letter: Letter) -> dict[str, Any]:
    """All that `letter.typ` reads, as strings."""
    words, language = WORDS[letter.language], letter.language
    invoice, reminder = letter.invoice, letter.reminder
    seller = _names(letter.seller)
    assert invoice.date is not None and invoice.due is not None
    said = {
        "number": invoice.number or "",
        "date": formats.date_text(invoice.date, language),
        "due": formats.date_text(invoice.due, language),
        "pay_by": formats.date_text(reminder.pay_by, language),
    }
    title = words[f"title{reminder.level}"]
    contact = [*seller[1:], letter.seller.email, letter.seller.phone]
    home = letter.seller.address.country
    closing = [words[f"closing{reminder.level}"].format(**said), words["regards"], seller[-1]]
    if letter.reserved:
        closing.insert(0, words["reserved"])
    return {
        "language": language,
        "region": "DE" if language == "de" else "GB",
        "title": f"{title} {invoice.number}",
        "author": seller[0],
        "keywords": [invoice.number],
        "heading": title,
        "subtitle": words["subtitle"].format(**said),
        "words": words,
        "letterhead": {
            "name": seller[0],
            "contact": "  ·  ".join(part for part in contact if part) or None,
        },
        "sender_line": " · ".join([seller[0], *letter.seller.address.lines()]),
        "recipient": [
            *_names(letter.buyer),
            *formats.address_lines(letter.buyer.address, home, language),
        ],
        "info": _info(letter, words, said),
        "opening": [words["greeting"], words[f"opening{reminder.level}"].format(**said)],
        "rows": _rows(letter, words),
        "payment": _payment(letter, words, said),
        "closing": closing,
        "footer": _footer(letter, words),
        "footer_text": letter.footer or None,
    }


def _names(party: Party) -> list[str]:
    names = [party.company, party.name]
    return list(dict.fromkeys(name for name in names if name)) or [""]


def _info(letter: Letter, words: Words, said: dict[str, str]) -> list[dict[str, Any]]:
    rows = [
        ("date", formats.date_text(letter.reminder.date, letter.language)),
        ("number", said["number"]),
        ("invoice_date", said["date"]),
        ("due", said["due"]),
        ("client", letter.invoice.client),
    ]
    return [{"label": words[key], "value": text, "strong": key == "number"} for key, text in rows]


def _rows(letter: Letter, words: Words) -> list[dict[str, Any]]:
    """From the total of the invoice to what is asked for now."""
    invoice, reminder, language = letter.invoice, letter.reminder, letter.language

    def row(key: str, money: Any, details: tuple[str, ...] = (), strong: bool = False) -> Any:
        amount = formats.money_text(money, language)
        return {"label": words[key], "amount": amount, "details": details, "strong": strong}

    extra = reminder.fee is not None or reminder.interest is not None
    rows = []
    if invoice.paid.minor:
        rows += [row("gross", invoice.gross), row("paid", -invoice.paid)]
    if not extra:
        return [*rows, row("open", reminder.open, strong=True)]
    rows.append(row("open", reminder.open))
    if reminder.interest is not None:
        details = tuple(_span(span, words, language) for span in letter.spans)
        rows.append(row("interest", reminder.interest, details))
    if reminder.fee is not None:
        rows.append(row("fee", reminder.fee))
    return [*rows, row("total", reminder.total, strong=True)]


def _span(span: Span, words: Words, language: str) -> str:
    return words["span"].format(
        first=formats.date_text(span.first, language),
        last=formats.date_text(span.last, language),
        rate=formats.rate_text(span.rate, language),
        balance=formats.money_text(span.balance, language),
    )


def _payment(letter: Letter, words: Words, said: dict[str, str]) -> dict[str, Any]:
    amount = formats.money_text(letter.reminder.total, letter.language)
    rows: list[tuple[str, str | None]] = []
    if letter.iban:
        rows = [
            ("payee", _names(letter.seller)[0]),
            ("iban", formats.iban_text(letter.iban)),
            ("bic", letter.bic),
            ("reference", letter.invoice.number),
        ]
    return {
        "text": words["pay"].format(amount=amount, date=said["pay_by"]),
        "rows": [
            {"label": words[key], "value": text, "strong": key == "iban"}
            for key, text in rows
            if text
        ],
    }


def _footer(letter: Letter, words: Words) -> list[list[dict[str, Any]]]:
    """Who sells, how to reach them, their tax numbers, their bank; empty columns are left out."""
    seller = letter.seller
    columns: list[list[str | None]] = [
        [*_names(seller), *seller.address.lines()],
        [words["phone"].format(number=seller.phone) if seller.phone else None, seller.email],
        [
            words["tax_number"].format(id=seller.tax_number) if seller.tax_number else None,
            words["vat_id"].format(id=seller.vat_id) if seller.vat_id else None,
        ],
        [
            f"{words['iban']} {formats.iban_text(letter.iban)}" if letter.iban else None,
            f"{words['bic']} {letter.bic}" if letter.bic else None,
        ],
    ]
    return [
        [{"text": text, "strong": number == 0} for text in texts if text]
        for number, texts in enumerate(columns)
        if any(texts)
    ]
