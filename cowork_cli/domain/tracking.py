"""Clients, projects and the hours recorded for them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cowork_cli.domain.money import Money
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of work. `to` is None while it runs; `billed_on` is the invoice number."""

    id: str
    project: str
    client: str
    note: str | None
    tags: tuple[str, ...]
    place: str | None
    from_: datetime
    to: datetime | None
    timezone: str
    duration_s: int
    billable: bool
    rate: Decimal | None
    billed_on: str | None
    running: bool


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of `report hours`. `amount` None: no rate is known for some of it."""

    key: str
    duration_s: int
    billable_s: int
    billed_s: int
    amount: Money | None


@dataclass(frozen=True, slots=True)
class UnbilledRow:
    """One line of `report unbilled`."""

    client: str
    project: str
    duration_s: int
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_` to `to`, both included; None is open on that side."""

    from_: date | None
    to: date | None

    def __str__(self) -> str:
        if self.from_ is None and self.to is None:
            return "all time"
        if self.from_ == self.to:
            return f"{self.from_}"
        return f"{self.from_ or '…'} to {self.to or '…'}"
