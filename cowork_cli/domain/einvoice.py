"""An electronic invoice as it was read, in the terms of EN 16931, and what checking it found.

Everything may be missing: this is what stands in a file, not what should stand there. Amounts keep
the decimals they were written with. `domain/invoice.py` is the model of what we issue ourselves.
"""

import datetime as dt
import re
from decimal import Decimal

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass, field

SEVERITIES = ("error", "not-checked", "warning", "info")
KINDS = ("cii", "ubl", "hybrid-pdf")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has to say. `rule` is the published name of the rule, or one of ours.

    `severity` is one of SEVERITIES; `not-checked` is what this program could not read or does not
    judge, and never a fault of the sender.
    """

    rule: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A value and the scheme it belongs to."""

    value: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at the seller (BG-6)."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """A party of the invoice: seller, buyer, payee or tax representative.

    `name` is the legal name (BT-27, BT-44), `trading_name` the one it is known by (BT-28, BT-45).
    """

    name: str | None = None
    ids: tuple[Identifier, ...] = ()
    legal_id: Identifier | None = None
    vat_id: str | None = None
    tax_number: str | None = None
    address: PostalAddress | None = None
    endpoint: Identifier | None = None
    contact: Contact | None = None
    trading_name: str | None = None

    @property
    def country(self) -> str | None:
        """The country of its address."""
        return self.address.country if self.address else None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Something taken off (or, as a `charge`, added) on a line or on the whole document."""

    charge: bool
    amount: Decimal | None
    base: Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None
    reason_code: str | None = None
    category: str | None = None
    rate: Decimal | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One invoice line (BG-25). `counted` False: a heading or a remark of profile EXTENDED.

    `parent` is the line that it is part of and `kind` DETAIL, GROUP or INFORMATION (EXTENDED); `object_types` are the
    type codes of the documents it refers to (BT-128 has 130).
    """

    id: str | None
    name: str | None
    quantity: Decimal | None
    unit: str | None
    price: Decimal | None
    base_quantity: Decimal | None
    net: Decimal | None
    category: str | None
    rate: Decimal | None
    allowances: tuple[Allowance, ...] = ()
    period: Period | None = None
    gross_price: Decimal | None = None
    price_discount: Decimal | None = None
    counted: bool = True
    base_unit: str | None = None
    gross_base: Decimal | None = None
    price_charge: bool = False
    price_indicators: tuple[str | None, ...] = ()
    parent: str | None = None
    object_types: tuple[str | None, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The VAT of one category and rate (BG-23)."""

    category: str | None
    rate: Decimal | None
    base: Decimal | None
    amount: Decimal | None
    reason: str | None = None
    reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One way to pay (BG-16). `account_kind`: `iban` if it is called one, `other`, `unknown`.

    `mandate` (BT-89), `creditor` (BT-90) and `debited` (BT-91) are the direct debit (BG-19);
    `transfer` is whether an account is there at all, even an empty one (BG-17).
    """

    code: str | None
    account: str | None = None
    account_kind: str = "unknown"
    bic: str | None = None
    card: str | None = None
    direct_debit: bool = False
    debited: str | None = None
    mandate: str | None = None
    creditor: str | None = None
    transfer: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A supporting document (BG-24). `mime` is set where bytes are embedded."""

    reference: str | None
    mime: str | None = None
    filename: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Preceding:
    """An earlier invoice that this one refers to (BG-3)."""

    number: str | None
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The document totals (BG-22); `vat_own` is the VAT total in the accounting currency.

    `third_party` is what is collected for somebody else (BT-179, BT-DEX-002); `vat_totals` is the
    currency and the amount of every VAT total, as they stand there.
    """

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    vat_own: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    due: Decimal | None = None
    third_party: Decimal | None = None
    vat_totals: tuple[tuple[str | None, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice whole, as it was read. `faults` are values that could not be read."""

    syntax: str
    spec_id: str | None
    process: str | None
    number: str | None
    type_code: str | None
    issued: dt.date | None
    due: dt.date | None
    terms: str | None
    currency: str | None
    tax_currency: str | None
    buyer_reference: str | None
    notes: tuple[str, ...]
    seller: Side
    buyer: Side
    payee: Side | None
    representative: Side | None
    service_date: dt.date | None
    period: Period | None
    delivery_country: str | None
    lines: tuple[ReadLine, ...]
    allowances: tuple[Allowance, ...]
    breakdowns: tuple[Breakdown, ...]
    payments: tuple[Payment, ...]
    totals: Totals
    preceding: tuple[Preceding, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tax_point: dt.date | None = None
    tax_point_code: str | None = None
    delivery: PostalAddress | None = None
    amount_currencies: frozenset[str] = frozenset()
    faults: tuple[Finding, ...] = ()
    empty: tuple[str, ...] = ()
    zoned_dates: tuple[str, ...] = ()

    @property
    def level(self) -> str | None:
        """The profile that the specification id (BT-24) names; None if it is not known."""
        return level_of(self.spec_id or "")

    @property
    def is_xrechnung(self) -> bool:
        """Whether it says that it follows XRechnung."""
        return self.level == "XRECHNUNG"

    @property
    def xrechnung_version(self) -> tuple[int, ...]:
        """`(3, 0)` of `xrechnung_3.0`; empty for what is no XRechnung, or has no version."""
        found = re.search(r"xrechnung_(\d{1,3})\.(\d{1,3})", self.spec_id or "", re.ASCII)
        return tuple(map(int, found.groups())) if found and self.is_xrechnung else ()

    @property
    def follows_peppol(self) -> bool:
        """Whether the rules of Peppol apply that XRechnung has taken over since 3.0."""
        return self.is_xrechnung and (self.xrechnung_version or (3, 0)) >= (3, 0)

    @property
    def is_extension(self) -> bool:
        """Whether it follows the extension of XRechnung (BG-DEX), which goes beyond EN 16931."""
        return self.is_xrechnung and "#conformant#" in (self.spec_id or "")

    @property
    def is_extended(self) -> bool:
        """Whether the rules of profile EXTENDED apply, which only CII has."""
        return self.level == "EXTENDED" and self.syntax == "cii"

    @property
    def is_domestic(self) -> bool:
        """Whether both sides are in Germany, as far as it says."""
        return self.seller.country in ("DE", None) and self.buyer.country in ("DE", None)

    @property
    def counted(self) -> tuple[ReadLine, ...]:
        """The lines that are summed."""
        return tuple(line for line in self.lines if line.counted)

    @property
    def categories(self) -> frozenset[str]:
        """The VAT categories used anywhere."""
        found = [line.category for line in self.counted]
        found += [row.category for row in self.allowances]
        found += [row.category for row in self.breakdowns]
        return frozenset(category for category in found if category)


_CEN = "urn:cen.eu:en16931:2017"
_LEVELS = {
    "urn:factur-x.eu:1p0:minimum": "MINIMUM",
    "urn:zugferd.de:2p0:minimum": "MINIMUM",
    "urn:factur-x.eu:1p0:basicwl": "BASIC WL",
    "urn:zugferd.de:2p0:basicwl": "BASIC WL",
    f"{_CEN}#compliant#urn:factur-x.eu:1p0:basic": "BASIC",
    f"{_CEN}#compliant#urn:zugferd.de:2p0:basic": "BASIC",
    f"{_CEN}:compliant:factur-x.eu:1p0:basic": "BASIC",
    _CEN: "EN 16931",
    f"{_CEN}#conformant#urn:factur-x.eu:1p0:extended": "EXTENDED",
    f"{_CEN}#conformant#urn:zugferd.de:2p0:extended": "EXTENDED",
    f"{_CEN}:conformant:factur-x.eu:1p0:extended": "EXTENDED",
    f"{_CEN}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0": "PEPPOL",
}
_XRECHNUNG = (
    f"{_CEN}#compliant#urn:xeinkauf.de:kosit:xrechnung_",
    f"{_CEN}#compliant#urn:xoev-de:kosit:standard:xrechnung_",
)


def level_of(spec_id: str) -> str | None:
    """`EN 16931`, `XRECHNUNG` …: the profile that a specification id names."""
    if spec_id.startswith(_XRECHNUNG):
        return "XRECHNUNG"
    return _LEVELS.get(spec_id)


@dataclass(frozen=True, slots=True)
class Container:
    """What was found around the XML in a PDF. Sets and lists are as found; nothing is judged.

    `fonts_missing` are fonts that show a glyph and are not embedded; `device_colours` is whether a
    page paints in colours of a device, which need an output intent (ISO 19005-3, 6.2.4.3).
    """

    xml_name: str
    in_names: bool
    in_af: bool
    relationship: str | None
    f: str | None
    uf: str | None
    subtype: str | None
    mod_date: bool
    has_id: bool
    output_intents: tuple[bool, ...]
    fonts_missing: tuple[str, ...]
    xmp: "Xmp | None"
    xml_count: int = 1
    device_colours: bool = True
    pages_read: bool = True


@dataclass(frozen=True, slots=True)
class Xmp:
    """The metadata of a PDF as far as it concerns invoices and PDF/A."""

    part: str | None
    conformance: str | None
    document_type: str | None
    file_name: str | None
    version: str | None
    level: str | None
    bags: int
    declared: frozenset[str] = field(default_factory=frozenset)
