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
    """Whether the contract allows one use: `yes`, `no` or `unknown`, never a legal verdict.

    `rule`, `source`, `as_of` and `contested` are of the law or the platform; `clause` is of the
    contract; `evidence` names what is at hand, `noted` the day on which that was written down.
    """

    allowed: str = "unknown"
    rule: str | None = None
    source: str | None = None
    evidence: str | None = None
    clause: str | None = None
    as_of: str | None = None
    contested: str | None = None
    noted: date | None = None


@dataclass(frozen=True, slots=True)
class HeldAddress:
    """One address held: at a known space (`ref`), or written out.

    `finish_url`: where its order is finished in a browser; None where nothing is left to do there.
    """

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
    finish_url: str | None = None


@dataclass(frozen=True, slots=True)
class UseRow:
    """One row of the use matrix: a use and what is known of it."""

    purpose: str
    allowed: str
    clause: str | None
    rule: str | None
    source: str | None
    as_of: str | None
    contested: str | None
    evidence: str | None


def use_rows(uses: "dict[str, Use]") -> tuple[UseRow, ...]:
    """The use matrix as rows."""
    return tuple(
        UseRow(
            name,
            use.allowed,
            use.clause,
            use.rule,
            use.source,
            use.as_of,
            use.contested,
            use.evidence,
        )
        for name, use in uses.items()
    )


@dataclass(frozen=True, slots=True)
class DossierItem:
    """Something that a provider asks for: `done` the day it was handed in, `until` when it ends."""

    item: str
    what: str
    done: date | None
    until: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The checklist of an address: dates and states only."""

    address: str
    complete: bool
    items: tuple[DossierItem, ...]
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The text of an imprint, and what is missing for § 5 DDG as far as the settings tell."""

    address: str
    format: str
    language: str
    text: str
    missing: tuple[str, ...]
    rule: str
    source: str
    contested: str | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One row of the run: whom to tell, by when, and how far it is. `doubt`: a fact nobody told."""

    code: str
    whom: str
    due: date
    state: str
    rule: str
    source: str
    doubt: str | None
    letter: str | None
    proof: str | None
    done: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """A move from one held address to another as of a day, with its run."""

    id: str
    from_: str
    to: str
    on: date
    open: int
    rows: tuple[MoveRow, ...]


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
class AddressOffer:
    """An offer as it is shown. `comparable` False: the price or the term that it holds for is not known."""

    ref: Ref
    account: str
    space_ref: Ref | None
    space_name: str
    name: str
    price: Price | None
    setup_fee: Money | None
    deposit: Money | None
    min_term: str | None
    notice: str | None
    extras: tuple[Extra, ...]
    certain: bool
    comparable: bool


@dataclass(frozen=True, slots=True)
class AddressRequest:
    """What is ordered of a plan, for whom, from when. `starts` None: as soon as possible."""

    plan: Ref
    name: str
    company: str | None = None
    starts: date | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressOrder:
    """What an order would send, before it is sent. `letter`: the text where it goes by letter."""

    account: str
    plan: Ref
    name: str
    company: str | None
    starts: date | None
    extras: tuple[str, ...]
    accepts_terms: bool
    letter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressRegistration:
    """An order as its provider knows it; `state` is one of `STATES`.

    `finish_url`: the page on which a person finishes the order in a browser, where the platform wants
    that; None where nothing is left to do there.
    """

    ref: Ref
    plan: Ref
    state: str
    recipient_names: tuple[str, ...] = ()
    address: PostalAddress = field(default_factory=PostalAddress)
    starts: date | None = None
    ends: date | None = None
    price: Price | None = None
    finish_url: str | None = None
