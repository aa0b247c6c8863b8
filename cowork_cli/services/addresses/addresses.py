"""The virtual-office addresses that are held: added by hand, listed, shown."""

import json
from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.domain.address import HeldAddress
from cowork_cli.domain.money import Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.services.addresses import holding
from cowork_cli.services.identifiers.contacts import check_postcode
from cowork_cli.services.spaces.facts import country_code, german_country
from cowork_cli.store import addresses
from cowork_cli.store.spaces import price_to_json

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """What is said of an address when it is added. `space` names a known one, or it is written out."""

    name: str
    space: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    recipients: tuple[str, ...] = ()
    provider: str | None = None
    plan: str | None = None
    starts: date | None = None
    price: Price | None = None


def add(
    facts: AddressFacts, *, store: "Store", cache: "Cache | None", today: date
) -> tuple[HeldAddress, list[str]]:
    """Adds an address that is held; also what to say of it. One that starts later is `requested`.

    Raises BadInput if it is not whole, NotFound and Ambiguous for the space, Conflict for the same
    name at the same place.
    """
    if not fold(facts.name):
        raise BadInput("an address needs a name", "give it as in `cowork address add NAME`")
    postal, ref = _postal(facts, store, cache)
    holding.refuse_same(store, facts.name, holding.place_of(postal))
    with store.transaction() as journal:
        number = addresses.add(
            journal,
            {
                "name": facts.name.strip(),
                "ref": None if ref is None else str(ref),
                "recipients": json.dumps(list(facts.recipients), ensure_ascii=False),
                "street": postal.street,
                "postcode": postal.postcode,
                "city": postal.city,
                "country": postal.country,
                "provider": facts.provider,
                "plan": facts.plan,
                "state": "requested" if facts.starts and facts.starts > today else "active",
                "starts": facts.starts.isoformat() if facts.starts else None,
                "price": json.dumps(price_to_json(facts.price)) if facts.price else None,
            },
        )
    held = addresses.one(store, number)
    assert held is not None
    return held, _notes(held)


def _postal(
    facts: AddressFacts, store: "Store", cache: "Cache | None"
) -> tuple[PostalAddress, Ref | None]:
    """The address written out, from the space where that says more."""
    base, ref = PostalAddress(), None
    if facts.space:
        from cowork_cli.services.identifiers import naming

        space = naming.find_space(store, facts.space, cache=cache)
        base, ref = space.address, space.ref
    postcode, city = facts.postcode or base.postcode, facts.city or base.city
    country = facts.country or base.country
    code = country_code(country) if country else german_country(postcode, city)
    if facts.postcode:
        postcode = check_postcode(facts.postcode, code)
    postal = PostalAddress(facts.street or base.street, postcode, city, code)
    _refuse_half(postal, facts)
    return postal, ref


def _refuse_half(postal: PostalAddress, facts: AddressFacts) -> None:
    parts = ("street", "postcode", "city")
    missing = [f"--{part}" for part in parts if getattr(postal, part) is None]
    known = f"of {facts.space} " if facts.space else ""
    if missing:
        raise BadInput(
            f"{', '.join(missing)} {known}{'is' if len(missing) == 1 else 'are'} missing",
            "give `--space REF`, or `--street`, `--postcode` and `--city`",
        )
    if postal.country is None:
        raise BadInput(
            f"the country {known}is not known: {postal.postcode} {postal.city} is no place in Germany",
            "give it with `--country`, two letters",
        )


def _notes(address: HeldAddress) -> list[str]:
    if address.recipient_names:
        return []
    return [
        "No recipient is noted: post needs the names that stand on the letter box (`--recipient`)."
    ]
