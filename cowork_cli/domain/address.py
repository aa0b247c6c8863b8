"""The virtual-office addresses a freelancer holds, and what each may be used for."""

from datetime import date

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass, field

STATES = ("requested", "checking", "active", "ending", "ended")
USES = ("imprint", "invoice", "trade", "register", "lawsuit", "tax", "bank", "google", "vat-id")


@dataclass(frozen=True, slots=True)
class Use:
    """Whether the contract allows one use: `yes`, `no` or `unknown`, never a legal verdict."""

    allowed: str = "unknown"
    rule: str | None = None
    source: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class HeldAddress:
    """One address held: at a known space (`ref`), or written out."""

    id: str
    ref: Ref | None
    name: str
    recipient_names: tuple[str, ...]
    street: str | None
    postcode: str | None
    city: str | None
    country: str | None
    provider: str | None
    plan: str | None
    state: str
    starts: date | None
    ends: date | None
    price: Price | None
    contract_id: str | None
    uses: dict[str, Use]


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that can be ordered with an address: mail scanning, a door sign."""

    name: str
    price: Price | None


@dataclass(frozen=True, slots=True)
class AddressPlan:
    """An offer. `min_term` and `notice` as written there; `certain` False: pieced together from
    published prices, the provider may say otherwise.
    """

    ref: Ref
    space_ref: Ref | None
    space_name: str
    name: str
    price: Price | None
    setup_fee: Money | None = None
    deposit: Money | None = None
    min_term: str | None = None
    notice: str | None = None
    extras: tuple[Extra, ...] = ()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class AddressRequest:
    """What is ordered of a plan, for whom, from when. `starts` None: as soon as possible."""

    plan: Ref
    name: str
    company: str | None = None
    starts: date | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressRegistration:
    """An order as its provider knows it; `state` is one of `STATES`."""

    ref: Ref
    plan: Ref
    state: str
    recipient_names: tuple[str, ...] = ()
    address: PostalAddress = field(default_factory=PostalAddress)
    starts: date | None = None
    ends: date | None = None
    price: Price | None = None
