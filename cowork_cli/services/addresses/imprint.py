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
    """What our sources of § 5 DDG name, and neither settings nor address hold."""
    missing = []
    if not settings("seller.name"):
        missing.append("your first and last name (seller.name)")
    if not settings("seller.email"):
        missing.append(f"an e-mail address (seller.email): {SOURCE}")
    if not settings("seller.vat_id"):
        missing.append(f"the VAT id or W-IdNr., where one was given (seller.vat_id): {SOURCE}")
    if held.street and _PO_BOX.search(held.street):
        missing.append(f"a street: a PO box is no address under {SOURCE}")
    if held.state in ("requested", "ended"):
        missing.append(f"an address that is held: {held.id} is {held.state}")
    kind = settings("profile.kind")
    if kind in (None, "company"):
        unsure = "" if kind else " (profile.kind is not set)"
        missing.append(f"the register and its number, where one is entered{unsure}: {SOURCE}")
    missing += _not_established(settings)
    return missing


def _not_established(settings: Settings) -> list[str]:
    """What other imprints hold; whether and for whom § 5 DDG asks for it, our sources do not say."""
    kind = settings("profile.kind")
    phone = None if settings("seller.phone") else "a phone number (seller.phone)"
    company = "legal form and representatives of a company" if kind in (None, "company") else None
    trade = "chamber and rules of a regulated profession, authority of an activity under permit"
    return [
        f"{what}; whether § 5 DDG asks for it was not established"
        for what in (phone, company, trade)
        if what
    ]
