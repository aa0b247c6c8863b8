"""The page of a reminder, a PDF.

Owns the words in both languages and what stands in which place; `reminder.typ` owns the layout,
`formats` the spelling of figures. Nothing is computed here. What the person typed reaches Typst as
JSON strings, never as markup.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.typeset import typeset
from cowork_cli.domain.party import Party
from cowork_cli.domain.reminder import Letter, Span

_TEMPLATE = Path(__file__).with_name("reminder.typ")

Words = dict[str, str]
_WORDS: dict[str, Words] = {
    "de": {
        "title1": "Zahlungserinnerung",
        "title2": "Mahnung",
        "title3": "Letzte Mahnung",
        "subtitle": "Rechnung {number} vom {date}",
        "number": "Rechnungsnummer",
        "invoice_date": "Rechnungsdatum",
        "due": "Fällig am",
        "client": "Kundennummer",
        "date": "Datum",
        "greeting": "Sehr geehrte Damen und Herren,",
        "opening1": "die unten genannte Rechnung war am {due} fällig. Ein vollständiger "
        "Zahlungseingang war bis heute nicht festzustellen; sicher ist das nur ein Versehen.",
        "opening2": "trotz Fälligkeit am {due} ist die unten genannte Rechnung noch nicht vollständig "
        "bezahlt. Bitte gleichen Sie den offenen Betrag bis zum {pay_by} aus.",
        "opening3": "die unten genannte Rechnung war am {due} fällig und ist trotz Erinnerung noch nicht "
        "vollständig bezahlt. Dies ist die letzte Aufforderung, den offenen Betrag bis zum {pay_by} "
        "zu zahlen.",
        "gross": "Rechnungsbetrag",
        "paid": "Bereits gezahlt",
        "open": "Offener Betrag",
        "fee": "Pauschale nach § 288 Abs. 5 BGB",
        "interest": "Verzugszinsen nach § 288 BGB",
        "span": "{first} – {last}: {rate} im Jahr auf {balance}",
        "total": "Zu zahlen",
        "pay": "Bitte überweisen Sie {amount} bis zum {date}.",
        "reserved": "Verzugszinsen nach § 288 BGB bleiben vorbehalten.",
        "closing1": "Sollten Sie in den letzten Tagen bezahlt haben, betrachten Sie dieses Schreiben "
        "bitte als gegenstandslos.",
        "closing2": "Sollten Sie in den letzten Tagen bezahlt haben, betrachten Sie dieses Schreiben "
        "bitte als gegenstandslos.",
        "closing3": "Geht der Betrag bis dahin nicht ein, bleiben gerichtliche Schritte vorbehalten.",
        "regards": "Mit freundlichen Grüßen",
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
        "title1": "Payment reminder",
        "title2": "Second reminder",
        "title3": "Final reminder",
        "subtitle": "Invoice {number} of {date}",
        "number": "Invoice number",
        "invoice_date": "Invoice date",
        "due": "Due",
        "client": "Customer number",
        "date": "Date",
        "greeting": "Dear Sir or Madam,",
        "opening1": "The invoice named below was due on {due}. Payment in full has not arrived yet; this "
        "is surely an oversight.",
        "opening2": "The invoice named below was due on {due} and has not been paid in full. Please "
        "settle the open amount by {pay_by}.",
        "opening3": "The invoice named below was due on {due} and, despite a reminder, has not been paid "
        "in full. This is the last request to pay the open amount by {pay_by}.",
        "gross": "Invoice total",
        "paid": "Already paid",
        "open": "Open amount",
        "fee": "Flat sum under § 288 (5) BGB",
        "interest": "Interest on late payment under § 288 BGB",
        "span": "{first} – {last}: {rate} a year on {balance}",
        "total": "Amount due",
        "pay": "Please transfer {amount} by {date}.",
        "reserved": "The right to interest on late payment under § 288 BGB is reserved.",
        "closing1": "If you have paid in the last few days, please disregard this letter.",
        "closing2": "If you have paid in the last few days, please disregard this letter.",
        "closing3": "If the amount has not arrived by then, the right to take legal action is reserved.",
        "regards": "Yours faithfully",
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
    """All that `reminder.typ` reads, as strings."""
    words, language = _WORDS[letter.language], letter.language
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
