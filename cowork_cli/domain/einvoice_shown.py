"""A checked e-invoice as it is shown: the fields of an invoice of ours, None where nothing can be said."""

import datetime as dt
from decimal import Decimal

from cowork_cli.data.currencies import digits_of
from cowork_cli.domain.einvoice import Finding
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was written, with all its decimals: never rounded to its currency."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> "Amount":
        """`amount` with at least the decimals that the currency has."""
        exponent = amount.as_tuple().exponent
        digits = digits_of(currency)
        if isinstance(exponent, int) and -exponent < digits:
            amount = amount.quantize(Decimal(1).scaleb(-digits))
        return cls(amount, currency)

    def __neg__(self) -> "Amount":
        return Amount(-self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown: the fields of a line of ours, None where nothing can be said."""

    text: str | None
    quantity: Decimal | None
    unit: str | None
    price: Decimal | None
    discount: Amount | None
    vat_rate: Decimal | None
    vat_category: str | None
    net: Amount | None


@dataclass(frozen=True, slots=True)
class ShownVat:
    """A row of the VAT breakdown as it is shown."""

    rate: Decimal | None
    category: str | None
    base: Amount | None
    amount: Amount | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ShownParty:
    """A party as it is shown."""

    name: str | None
    street: str | None
    postcode: str | None
    city: str | None
    country: str | None
    vat_id: str | None
    tax_number: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ShownInvoice:
    """A checked invoice for people: the fields of an invoice of ours, and both parties.

    `line_total`, `allowances` and `charges` lead to `net`; `account` is where money goes.
    """

    number: str | None
    id: str | None
    type: int | None
    state: str
    client: str | None
    date: dt.date | None
    due: dt.date | None
    period: Period
    currency: str | None
    lines: tuple[ShownLine, ...]
    net: Amount | None
    vat: tuple[ShownVat, ...]
    gross: Amount | None
    paid: Amount | None
    open: Amount | None
    cancels: str | None
    cancelled_by: str | None
    replaces: str | None
    files: tuple[str, ...]
    sha256: str | None
    seller: ShownParty
    buyer: ShownParty
    profile: str | None
    line_total: Amount | None
    allowances: Amount | None
    charges: Amount | None
    rounding: Amount | None
    account: str | None
    terms: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InvoiceVerification:
    """What `invoice verify` says: `valid` if nothing found is an error; `kind` is one of KINDS."""

    valid: bool
    kind: str
    problems: tuple[Finding, ...]
    invoice: ShownInvoice
