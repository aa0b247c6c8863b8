"""The letters of the office: a notice, a change of address, an order; as a page or as an e-mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cowork_cli.documents.letter_pdf import OfficeLetter
    from cowork_cli.domain.contract import Contract
    from cowork_cli.store.engine.store import Store

    Settings = Callable[[str], Any]

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, on which day, in which language, to whom as far as it was said."""

    settings: Settings
    today: date
    language: str
    recipient: tuple[str, ...] = ()
    to: str | None = None


def writer(settings: Settings) -> Party:
    """The one who writes, as the settings have it. Raises Conflict if there is no name."""
    name, company = settings("seller.name"), settings("seller.company")
    if not (name or company):
        raise Conflict("a letter needs your name", "set it with `cowork config set seller.name …`")
    return Party(
        name=name or "",
        company=company,
        address=PostalAddress(
            settings("seller.street"),
            settings("seller.postcode"),
            settings("seller.city"),
            settings("seller.country"),
        ),
        email=settings("seller.email"),
        phone=settings("seller.phone"),
        vat_id=settings("seller.vat_id"),
        tax_number=settings("seller.tax_number"),
    )


def language_of(text: str | None, settings: Settings) -> str:
    """`de` or `en`; the language of invoices unless one is said. Raises BadInput."""
    language = text or str(settings("invoice.language") or "de")
    if language not in LANGUAGES:
        raise BadInput(f'there are no letters in "{language}"', "choose `--lang de` or `--lang en`")
    return language


def rendered(letter: OfficeLetter, out: str | None, settings: Settings) -> bytes:
    """The letter in the form that the name of the file asks for: `.eml`, else a PDF.

    Raises BadInput for another ending and letters without a font, Conflict without an own e-mail.
    """
    from cowork_cli.documents.letter_pdf import letter_eml, render_letter

    ending = Path(out).suffix.lower() if out and out != "-" else ".pdf"
    if ending == ".eml":
        sender = settings("seller.email")
        if not sender:
            raise Conflict(
                "you have no e-mail address", "set one with `cowork config set seller.email …`"
            )
        return letter_eml(letter, from_=str(sender), font=_font(settings))
    if ending != ".pdf":
        raise BadInput(
            f'a letter cannot be written as "{ending or out}"',
            "give `--out FILE.pdf` or `--out FILE.eml`",
        )
    return render_letter(letter, _font(settings))


def _font(settings: Settings) -> Path | None:
    font = settings("invoice.font")
    return Path(str(font)).expanduser() if font else None


def notice(contract: Contract, desk: Desk, store: Store) -> OfficeLetter:
    """The notice that ends a contract on its next end. Raises Conflict if it ends already."""
    from cowork_cli.documents import formats
    from cowork_cli.documents.letter_pdf import OfficeLetter, words_of
    from cowork_cli.store import addresses

    end = contract.ends if contract.sent else contract.next_end
    if contract.state == "ended" or (contract.ends and not contract.sent) or end is None:
        raise Conflict(
            f"{contract.id} ends on {contract.ends} without a notice",
            f"see it with `cowork contract show {contract.id}`",
        )
    words, language = words_of(desk.language), desk.language
    paragraphs = [
        words["cancel_text"].format(name=contract.name, end=formats.date_text(end, language))
    ]
    recipient = desk.recipient
    if contract.address:
        held = addresses.one(store, int(contract.address.removeprefix("a-")))
        assert held is not None
        place = PostalAddress(held.street, held.postcode, held.city, held.country)
        paragraphs.append(words["cancel_address"].format(address=place))
        recipient = recipient or tuple(filter(None, (held.provider, *place.lines())))
    if contract.address or contract.tail:
        paragraphs.append(words["cancel_tail"])
    return OfficeLetter(
        seller=writer(desk.settings),
        recipient=recipient or (contract.name,),
        date=desk.today,
        language=language,
        title=words["cancel_title"],
        about=words["cancel_about"].format(name=contract.name),
        paragraphs=(*paragraphs, words["cancel_confirm"]),
        info=(
            (words["contract"], contract.name),
            (words["since"], formats.date_text(contract.starts, language)),
        ),
        to=desk.to,
        footer=desk.settings("invoice.footer"),
    )
