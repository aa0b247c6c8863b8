"""Invoices made by hand for the tests of `invoice verify`; `as_cii`, `as_ubl` and `as_pdf` write them."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

EN16931 = "urn:cen.eu:en16931:2017"
XRECHNUNG = f"{EN16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
IBAN = "DE02120300000000202051"
VAT_ID = "DE136695976"
AUSTRIAN_VAT_ID = "ATU13585627"
LEITWEG_ID = "04011000-1234512345-06"


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Off:
    """An allowance, or a charge."""

    amount: str
    charge: bool = False
    category: str = "S"
    rate: str | None = "19"
    reason: str | None = "agreed"
    percent: str | None = None
    base: str | None = None


@dataclass(frozen=True)
class Row:
    """A line; `net` None is computed."""

    name: str = "Concept and design"
    quantity: str = "10"
    price: str = "95.00"
    unit: str | None = "HUR"
    category: str = "S"
    rate: str | None = "19"
    net: str | None = None
    base: str | None = None
    period: tuple[str, str] | None = None
    offs: tuple[Off, ...] = ()
    gross_price: str | None = None

    @property
    def amount(self) -> Decimal:
        if self.net is not None:
            return Decimal(self.net)
        product = cents(Decimal(self.quantity) * Decimal(self.price) / Decimal(self.base or 1))
        return product + sum(Decimal(off.amount) * (1 if off.charge else -1) for off in self.offs)


@dataclass(frozen=True)
class Who:
    """A party."""

    name: str | None = "ACME GmbH"
    street: str | None = "Ring 5"
    postcode: str | None = "50667"
    city: str | None = "Köln"
    country: str | None = "DE"
    vat_id: str | None = None
    tax_number: str | None = None
    id: str | None = None
    legal_id: str | None = None
    endpoint: tuple[str, str] | None = ("EM", "ap@acme.example")
    contact: tuple[str, str, str] | None = None


SELLER = Who(
    name="Erika Muster",
    street="Hauptstr. 1",
    postcode="10115",
    city="Berlin",
    vat_id=VAT_ID,
    endpoint=("EM", "erika@example.org"),
    contact=("Erika Muster", "+49 30 1234567", "erika@example.org"),
)


@dataclass(frozen=True)
class Sample:
    """An invoice; what is not said is computed so that it is valid."""

    number: str | None = "2026-0042"
    type: str = "380"
    spec: str | None = EN16931
    process: str | None = PEPPOL_PROCESS
    issued: str | None = "20261125"
    due: str | None = "20261209"
    service: str | None = "20261124"
    period: tuple[str, str] | None = None
    currency: str | None = "EUR"
    reference: str | None = "order 4711"
    seller: Who = SELLER
    buyer: Who = field(default_factory=Who)
    rows: tuple[Row, ...] = (Row(),)
    offs: tuple[Off, ...] = ()
    reasons: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    vat: dict[str, str] = field(default_factory=dict)
    totals: dict[str, str | None] = field(default_factory=dict)
    prepaid: str | None = None
    code: str | None = "58"
    iban: str | None = IBAN
    terms: str | None = None
    preceding: tuple[str, str] | None = None
    delivery_country: str | None = None
    attachment: tuple[str, str] | None = None
    credit_note: bool = False

    @property
    def breakdown(self) -> list[tuple[str, str | None, Decimal, Decimal]]:
        bases: dict[tuple[str, str | None], Decimal] = {}
        for row in self.rows:
            key = row.category, row.rate
            bases[key] = bases.get(key, Decimal(0)) + row.amount
        for off in self.offs:
            key = off.category, off.rate
            bases[key] += Decimal(off.amount) * (1 if off.charge else -1)
        found = []
        for (category, rate), base in bases.items():
            amount = cents(base * Decimal(rate or 0) / 100)
            key_text = f"{category}{rate or ''}"
            found.append((category, rate, base, Decimal(self.vat.get(key_text, str(amount)))))
        return found

    @property
    def sums(self) -> dict[str, str | None]:
        lines = sum((row.amount for row in self.rows), Decimal(0))
        off = sum((Decimal(row.amount) for row in self.offs if not row.charge), Decimal(0))
        on = sum((Decimal(row.amount) for row in self.offs if row.charge), Decimal(0))
        vat = sum((row[3] for row in self.breakdown), Decimal(0))
        net = lines - off + on
        found: dict[str, str | None] = {
            "lines": str(lines),
            "charges": str(on) if on else None,
            "allowances": str(off) if off else None,
            "net": str(net),
            "vat": str(cents(vat)),
            "gross": str(cents(net + vat)),
            "prepaid": self.prepaid,
            "due": str(cents(net + vat - Decimal(self.prepaid or 0))),
        }
        return {**found, **self.totals}


SMALL_BUSINESS = "Steuerfrei nach § 19 UStG (Kleinunternehmer)"
REVERSE_CHARGE = "Steuerschuldnerschaft des Leistungsempfängers"
TAX_NUMBER = "27/123/45678"


def cases() -> dict[str, Sample]:
    """Every way to treat VAT, valid."""
    zero: dict[str, Any] = {"rate": "0"}
    abroad = Who("Wiener GmbH", "Gasse 1", "1010", "Wien", "AT", AUSTRIAN_VAT_ID)
    swiss = Who("Zürcher AG", "Weg 2", "8001", "Zürich", "CH")
    without_id = Who(**{**vars(SELLER), "vat_id": None, "tax_number": TAX_NUMBER, "id": "4711"})
    both_rates = (Row(), Row("Book", "3", "12.3456", "H87", rate="7"))
    return {
        "19 %": Sample(),
        "mixed": Sample(rows=both_rates),
        "small business": Sample(
            seller=without_id,
            rows=(Row(category="E", **zero),),
            reasons={"E": (SMALL_BUSINESS, None)},
        ),
        "reverse charge": Sample(
            buyer=abroad,
            rows=(Row(category="AE", **zero),),
            reasons={"AE": (REVERSE_CHARGE, "VATEX-EU-AE")},
        ),
        "outside the EU": Sample(
            seller=without_id,
            buyer=swiss,
            rows=(Row(category="O", rate=None),),
            reasons={"O": ("Nicht steuerbar (§ 3a Abs. 2 UStG)", "VATEX-EU-O")},
        ),
        "export": Sample(
            buyer=swiss,
            rows=(Row(category="G", **zero),),
            reasons={"G": ("Ausfuhr", "VATEX-EU-G")},
        ),
        "allowances": Sample(
            rows=(
                Row(quantity="3", price="33.3333", offs=(Off("10.00"), Off("2.50", charge=True))),
                Row(quantity="250", price="12.50", base="100"),
            ),
            offs=(Off("5.00"), Off("1.00", charge=True)),
        ),
        "prepaid": Sample(prepaid="500.00"),
        "cancellation": Sample(
            type="384", rows=(Row(quantity="-10"),), preceding=("7", "20261101")
        ),
        "period": Sample(service=None, period=("20261101", "20261124")),
        "XRechnung": Sample(spec=XRECHNUNG, reference=LEITWEG_ID),
    }
