"""The two sides of an invoice, as the settings and the client have them when it is issued."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cowork_cli.domain.client import Client
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.errors import Conflict
from cowork_cli.records import replace
from cowork_cli.services.addresses import moving
from cowork_cli.store import addresses
from cowork_cli.store.engine.store import Store

Settings = Callable[[str], Any]


def language_of(client: Client, settings: Settings) -> str:
    """The language of what goes to a client: its own, else that of the invoices (`de` or `en`)."""
    return str(client.language or settings("invoice.language"))


def seller(settings: Settings) -> Party:
    """The seller as the settings have it now."""
    return Party(
        name=settings("seller.name") or "",
        company=settings("seller.company"),
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


def at_address(store: Store, issuer: Party, held: str | None, when: dt.date) -> Party:
    """The seller at the address that is held, as it is valid on the day of the invoice.

    A move that was noted (`address move`) is followed: before its day the old address, from it the new.
    """
    if not held:
        return issuer
    number = whole_number(held.removeprefix("a-"))
    if number is not None:
        number = moving.moved_to(store, number, when)
    found = addresses.one(store, number) if number is not None else None
    if found is None:
        raise Conflict(
            f'seller.address is "{held}", which is no address you hold',
            "see `cowork address list`, or `cowork config unset seller.address`",
        )
    ended = found.ends is not None and found.ends < when
    if ended or (found.starts is not None and found.starts > when) or found.state == "ended":
        raise Conflict(
            f"the address {found.id} ({found.name}) is not held on {when}",
            "set another with `cowork config set seller.address …`, "
            "or `cowork config unset seller.address`",
        )
    street = found.street
    if street and found.name.lower().startswith("c/o"):
        street = f"{found.name}, {street}"
    place = PostalAddress(
        street, found.postcode, found.city, found.country or issuer.address.country
    )
    return replace(issuer, address=place)


def buyer(client: Client, issuer: Party) -> Party:
    """The client as it is now; without a country of its own it is in the seller's."""
    country = client.address.country or issuer.address.country
    return Party(
        name=client.name,
        address=replace(client.address, country=country),
        email=client.email,
        vat_id=client.vat_id,
    )


def logo(settings: Callable[[str], Any]) -> str | None:
    """The image of the setting `invoice.logo` as a data URL. Raises ConfigError if it is none."""
    file = settings("invoice.logo")
    if not file:
        return None
    from cowork_cli.documents.logo import read_logo

    return read_logo(Path(str(file)).expanduser())
