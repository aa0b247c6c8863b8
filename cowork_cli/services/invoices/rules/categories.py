"""What each VAT category demands: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.services.invoices.rules._say import ZERO, error, of, warning

_NAMES = {
    "S": "standard rate",
    "Z": "zero rate",
    "E": "exempt",
    "AE": "reverse charge",
    "K": "intra-community supply",
    "G": "export",
    "O": "not taxable",
}
_RULES = {"K": "IC"}


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What contradicts the categories that are used."""
    for category in sorted(invoice.categories & set(_NAMES)):
        rule = f"BR-{_RULES.get(category, category)}"
        yield from _rates(invoice, category, rule)
        yield from _reasons(invoice, category, rule)
        yield from _ids(invoice, category, rule)
    if "K" in invoice.categories:
        yield from _supply(invoice)
    if "O" in invoice.categories:
        yield from _not_taxable(invoice)


def _rates(invoice: EInvoice, category: str, rule: str) -> Iterator[Finding]:
    name = f"category {category} ({_NAMES[category]})"
    for line in invoice.counted:
        if line.category == category:
            yield from _rate(line.rate, category, f"{rule}-05", f"{of(line)}, {name}")
    for row in invoice.allowances:
        if row.category == category:
            number = "07" if row.charge else "06"
            what = "a charge" if row.charge else "an allowance"
            yield from _rate(row.rate, category, f"{rule}-{number}", f"{what}, {name}")
    for part in invoice.breakdowns:
        if part.category != category:
            continue
        if category == "S" and part.rate is not None and part.rate <= 0:
            yield error(f"{rule}-05", f"{name}: the rate of the breakdown must be above zero")
        if category != "S" and part.rate:
            yield error(f"{rule}-05", f"{name}: the rate of the breakdown must be 0")
        if category != "S" and part.amount:
            yield error(f"{rule}-09", f"{name}: VAT must be 0, and is {part.amount:f}")


def _rate(rate: Decimal | None, category: str, rule: str, what: str) -> Iterator[Finding]:
    if category == "O":
        if rate is not None:
            yield error(rule, f"{what}: there must be no rate")
    elif rate is None:
        yield error(rule, f"{what}: the rate is missing")
    elif category == "S" and rate <= ZERO:
        yield error(rule, f"{what}: the rate must be above zero")
    elif category != "S" and rate != ZERO:
        yield error(rule, f"{what}: the rate must be 0, and is {rate:f}")


def _reasons(invoice: EInvoice, category: str, rule: str) -> Iterator[Finding]:
    for part in invoice.breakdowns:
        if part.category != category:
            continue
        given = part.reason or part.reason_code
        if category in ("S", "Z"):
            if given and not invoice.is_extended:
                yield error(f"{rule}-10", f"{_NAMES[category]} must have no exemption reason")
        elif not given:
            yield error(f"{rule}-10", f"{_NAMES[category]} needs an exemption reason (BT-120)")
        elif not part.reason:
            yield warning(
                "UStG-14-4-8",
                f"{_NAMES[category]} has a code and no text (BT-120); "
                "§ 14 (4) no. 8 UStG asks for a note",
            )


def _ids(invoice: EInvoice, category: str, rule: str) -> Iterator[Finding]:
    seller, buyer, agent = invoice.seller, invoice.buyer, invoice.representative
    own = seller.vat_id or (agent.vat_id if agent else None)
    if category in ("S", "Z", "E", "AE") and not (own or seller.tax_number):
        yield error(
            f"{rule}-02", f"{_NAMES[category]}: the seller has neither VAT id nor tax number"
        )
    if category in ("K", "G") and not own:
        yield error(f"{rule}-02", f"{_NAMES[category]}: the seller has no VAT id (BT-31)")
    if category == "AE" and not (buyer.vat_id or buyer.legal_id):
        yield error(f"{rule}-02", "reverse charge: the buyer has no VAT id (BT-48)")
    if category == "K" and not buyer.vat_id:
        yield error(f"{rule}-02", "intra-community supply: the buyer has no VAT id (BT-48)")


def _supply(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.service_date is None and invoice.period is None:
        yield error("BR-IC-11", "intra-community supply: delivery date and period are missing")
    if not invoice.delivery_country:
        yield error("BR-IC-12", "intra-community supply: the country of delivery is missing")


def _not_taxable(invoice: EInvoice) -> Iterator[Finding]:
    agent = invoice.representative
    for term, value in (
        ("BT-31", invoice.seller.vat_id),
        ("BT-63", agent.vat_id if agent else None),
        ("BT-48", invoice.buyer.vat_id),
    ):
        if value:
            yield error("BR-O-02", f"not taxable (O): there must be no VAT id {term}")
    others = invoice.categories - {"O"}
    if others and not invoice.is_extended:
        yield error(
            "BR-O-11", f"not taxable (O) stands alone, and here is {', '.join(sorted(others))} too"
        )
