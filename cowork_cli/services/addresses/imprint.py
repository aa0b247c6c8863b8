"""The imprint of a web site from the seller's data and an address, with what is missing named."""

from __future__ import annotations

import re

from cowork_cli.data.address_uses import RULES
from cowork_cli.documents.imprint import FORMATS, ImprintFacts, imprint_text
from cowork_cli.documents.words.imprint import SOURCE
from cowork_cli.domain.address import HeldAddress, Imprint
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.addresses.letters import Settings

_PO_BOX = re.compile(r"\b(postfach|p\.? ?o\.? box|po box)\b", re.IGNORECASE)


def imprint(held: HeldAddress, form: str, language: str, settings: Settings) -> Imprint:
    """The imprint at an address. Raises BadInput for another form or without a name."""
    if form not in FORMATS:
        raise BadInput(f'there is no imprint in the form "{form}"', "choose `text`, `html` or `md`")
    names = [settings("seller.company"), settings("seller.name")]
    named = list(dict.fromkeys(str(name) for name in names if name))
    if not named:
        raise BadInput(
            "an imprint needs your name", "set it with `cowork config set seller.name …`"
        )
    first = held.name if held.name.casefold().startswith("c/o") else None
    town = " ".join(part for part in (held.postcode, held.city) if part)
    lines = [*named, first, held.street, town, held.country if held.country != "DE" else None]
    facts = ImprintFacts(
        lines=tuple(line for line in lines if line),
        email=settings("seller.email"),
        phone=settings("seller.phone"),
        vat_id=settings("seller.vat_id"),
        web=settings("profile.web"),
    )
    rule = RULES["imprint"]
    return Imprint(
        address=held.id,
        format=form,
        language=language,
        text=imprint_text(facts, form, language),
        missing=tuple(_missing(held, settings)),
        rule=rule.rule,
        source=SOURCE,
        contested=rule.contested,
    )


def _missing(held: HeldAddress, settings: Settings) -> list[str]:
    """What § 5 DDG names and neither settings nor address hold."""
    missing = []
    if not settings("seller.name"):
        missing.append("your first and last name (seller.name)")
    if not settings("seller.email"):
        missing.append("an e-mail address (seller.email), § 5 (1) no. 2 DDG")
    if not settings("seller.phone"):
        missing.append(
            "a second way of fast contact, such as a phone number (seller.phone), § 5 (1) no. 2 DDG"
        )
    if not settings("seller.vat_id"):
        missing.append(
            "the VAT id or W-IdNr., where one was given (seller.vat_id), § 5 (1) no. 6 DDG"
        )
    if held.street and _PO_BOX.search(held.street):
        missing.append("a street: a PO box is no address under § 5 (1) no. 1 DDG")
    if held.state in ("requested", "ended"):
        missing.append(f"an address that is held: {held.id} is {held.state}")
    kind = settings("profile.kind")
    if kind in (None, "company"):
        unsure = "" if kind else ", for companies (profile.kind is not set)"
        missing.append(
            f"legal form, representatives, register and its number{unsure}, § 5 (1) nos. 1, 4 DDG"
        )
    if kind in (None, "freelance"):
        unsure = "" if kind else " (profile.kind is not set)"
        missing.append(
            f"chamber, title of the profession and its rules, for regulated professions{unsure}, "
            "§ 5 (1) no. 5 DDG"
        )
    if kind in (None, "trade", "company"):
        missing.append(
            "the supervising authority, where the activity needs a permit, § 5 (1) no. 3 DDG"
        )
    return missing
