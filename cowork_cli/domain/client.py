"""Clients and projects: who pays, and what hours are recorded for."""

from dataclasses import dataclass
from decimal import Decimal

from cowork_cli.domain.party import PostalAddress

CLIENT_TYPES = ("business", "public", "private")


@dataclass(frozen=True, slots=True)
class Client:
    """Who pays. `rate` is money an hour in `currency`, `terms_days` days to pay."""

    id: str
    name: str
    type: str
    address: PostalAddress
    email: str | None
    vat_id: str | None
    leitweg_id: str | None
    buyer_reference: str | None
    language: str | None
    rate: Decimal | None
    currency: str
    tax: str
    terms_days: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Project:
    """What hours are recorded for. `id` is `CLIENT/ID`; `rate` None: the client's rate counts."""

    id: str
    client: str
    name: str | None
    rate: Decimal | None
    billable: bool
    archived: bool
