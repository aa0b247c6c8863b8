"""A letter of the office: as a page in the look of the invoice, and as an e-mail.

Owns what stands in which place; `words.letter` owns the words, `letter.typ` the layout. What the person
typed reaches Typst as JSON strings, never as markup.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.typeset import typeset
from cowork_cli.documents.words import Words
from cowork_cli.documents.words.letter import WORDS
from cowork_cli.domain.party import Party

_TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """A letter, its words ready-made. `recipient` are the lines of the address window."""

    seller: Party
    recipient: tuple[str, ...]
    date: date
    language: str
    title: str
    about: str
    paragraphs: tuple[str, ...]
    info: tuple[tuple[str, str], ...] = ()
    to: str | None = None
    footer: str | None = None


def words_of(language: str) -> Words:
    """The words of these letters in one language."""
    return WORDS[language]


def render_letter(letter: OfficeLetter, font: Path | None = None) -> bytes:
    """The page; equal input gives equal bytes. Raises BadInput for letters without a font."""
    noon = datetime.combine(letter.date, time(12), UTC)
    return typeset(_TEMPLATE, _view(letter), _fields(letter), noon, font=font)


def letter_eml(letter: OfficeLetter, *, from_: str, font: Path | None = None) -> bytes:
    """The letter as an .eml file that a mail program opens as a draft, its page attached as a PDF.

    `from_` is the sender's e-mail address. Without a known address of the recipient there is no `To`.
    Raises BadInput for an address that is none, and for letters without a font.
    """
    from cowork_cli.documents.mail import in_header, mail_address, new_message

    message = new_message(from_, letter.to)
    message["X-Unsent"] = "1"
    message["Subject"] = in_header(f"{letter.title}: {letter.about}")
    message["From"] = mail_address(_names(letter.seller)[0], from_)
    if letter.to:
        message["To"] = mail_address(letter.recipient[0] if letter.recipient else "", letter.to)
    message["Content-Language"] = letter.language
    words = WORDS[letter.language]
    signed = "\n".join([words["regards"], *_names(letter.seller), *letter.seller.address.lines()])
    text = "\n\n".join([words["greeting"], *letter.paragraphs, signed])
    message.set_content(text + "\n", cte="quoted-printable")
    page = render_letter(letter, font)
    name = f"{letter.title}.pdf"
    message.add_attachment(page, maintype="application", subtype="pdf", filename=name)
    # a boundary of chance would make another file of the same letter
    message.set_boundary(f"=_{hashlib.sha256(page).hexdigest()[:32]}")
    return message.as_bytes()


def _view(letter: OfficeLetter) -> dict[str, Any]:
    """All that `letter.typ` reads, as strings."""
    words, seller = WORDS[letter.language], _names(letter.seller)
    contact = [*seller[1:], letter.seller.email, letter.seller.phone]
    info = [(words["date"], formats.date_text(letter.date, letter.language)), *letter.info]
    return {
        "language": letter.language,
        "region": "DE" if letter.language == "de" else "GB",
        "title": f"{letter.title}: {letter.about}",
        "author": seller[0],
        "keywords": [],
        "heading": letter.title,
        "subtitle": letter.about,
        "words": words,
        "letterhead": {
            "name": seller[0],
            "contact": "  ·  ".join(part for part in contact if part) or None,
        },
        "sender_line": " · ".join([seller[0], *letter.seller.address.lines()]),
        "recipient": list(letter.recipient),
        "info": [{"label": label, "value": value, "strong": False} for label, value in info],
        "opening": [words["greeting"], *letter.paragraphs],
        "rows": [],
        "payment": None,
        "closing": [words["regards"], seller[-1]],
        "footer": _footer(letter.seller, words),
        "footer_text": letter.footer,
    }


def _footer(seller: Party, words: Words) -> list[list[dict[str, Any]]]:
    columns: list[list[str | None]] = [
        [*_names(seller), *seller.address.lines()],
        [words["phone"].format(number=seller.phone) if seller.phone else None, seller.email],
        [
            words["tax_number"].format(id=seller.tax_number) if seller.tax_number else None,
            words["vat_id"].format(id=seller.vat_id) if seller.vat_id else None,
        ],
    ]
    return [
        [{"text": text, "strong": number == 0} for text in texts if text]
        for number, texts in enumerate(columns)
        if any(texts)
    ]


def _fields(letter: OfficeLetter) -> Iterator[tuple[str, str]]:
    """What the person typed, with the name of the field."""
    for text in (*_names(letter.seller), *letter.seller.address.lines()):
        yield "the seller's name or address", text
    yield "the seller's e-mail address", letter.seller.email or ""
    yield "the seller's phone number", letter.seller.phone or ""
    for text in letter.recipient:
        yield "the recipient", text
    for text in (letter.title, letter.about, *letter.paragraphs):
        yield "the text", text
    yield "the footer", letter.footer or ""


def _names(party: Party) -> list[str]:
    names = [party.company, party.name]
    return list(dict.fromkeys(name for name in names if name)) or [""]
