"""Clients and projects: who pays, and what hours are recorded for."""

from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.records import dataclass

CLIENT_TYPES = ("business", "public", "private")
TAXES = ("standard", "reduced", "reverse-charge", "outside-eu", "small-business", "exempt")


@dataclass(frozen=True, slots=True)
class Client:
    """Who pays. `rate` is money an hour in `currency`, `terms_days` days to pay.

    `skonto` is `2%/10d`, `rounding` a rule such as `15m:up:day`, `travel_factor` the part of travel
    time that is billed (None: all of it, as work), `exempt_reason` the paragraph of the tax case
    `exempt`, such as `§ 4 Nr. 21 UStG`.
    """

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
    skonto: str | None = None
    rounding: str | None = None
    travel_factor: Decimal | None = None
    note: str | None = None
    exempt_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """What hours are recorded for. `id` is `CLIENT/ID`.

    `rate` is money an hour, `day_rate` money a day of `hours_per_day`, both in the client's `currency`;
    both None: the client's rate counts. `rounding` None: the client's rule counts.
    """

    id: str
    client: str
    name: str | None
    rate: Decimal | None
    billable: bool
    archived: bool
    day_rate: Decimal | None = None
    hours_per_day: Decimal | None = None
    half_day_from_s: int | None = None
    budget_s: int | None = None
    budget: Money | None = None
    rounding: str | None = None
    note: str | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class ClientImport:
    """What an import of clients did, or would do (`dry_run`): how many of each."""

    file: str
    added: int
    updated: int
    unchanged: int
    dry_run: bool
