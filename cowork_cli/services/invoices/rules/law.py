"""What German law asks beyond EN 16931: § 14, § 14a UStG, §§ 31 to 34a UStDV; ids and dates.

Where the seller is not in Germany, what only German law asks is a warning.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.data.countries import COUNTRIES
from cowork_cli.data.tax import CASES, EU
from cowork_cli.domain.einvoice import EInvoice, Finding, Side
from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.rules._say import (
    error,
    info,
    is_small_amount,
    is_small_business,
    warning,
)
from cowork_cli.services.invoices.rules.terms import WITHOUT_LINES

# § 28 (1) to (3) UStG: the rates from 2020-07-01 to 2020-12-31.
_LOWERED = (date(2020, 7, 1), date(2020, 12, 31), ("16", "5"))
# § 24 (1) UStG, agriculture and forestry: 2025 7.8, 2024 8.4, 2023 9, 2022 9.5, before 10.7; 5.5.
_FARM = tuple(map(Decimal, ("7.8", "8.4", "9", "9.5", "10.7", "5.5")))
_VAT_COUNTRIES = EU | {"EL", "XI"}


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What is missing or wrong by law, and ids that cannot be right."""
    yield from _addresses(invoice)
    yield from _service(invoice)
    yield from _seller_number(invoice)
    yield from _vat_ids(invoice)
    yield from _dates(invoice, today)
    yield from _rates(invoice)
    yield from _reverse_charge(invoice)
    yield from _small_business(invoice)


def _by_law(invoice: EInvoice) -> Callable[[str, str], Finding]:
    """An error for a German seller (or one of whom nothing is known), else a warning."""
    return error if invoice.seller.country in ("DE", None) else warning


def _addresses(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.level in WITHOUT_LINES:
        return
    for what, party in (("seller", invoice.seller), ("buyer", invoice.buyer)):
        lacking = _lacking(party)
        if not lacking:
            continue
        message = f"the address of the {what} has no {' and no '.join(lacking)}"
        if what == "buyer" and is_small_amount(invoice):
            yield warning("UStDV-33", f"{message}; up to 250 EUR that is allowed")
        else:
            yield _by_law(invoice)("UStG-14-4-1", f"{message} (§ 14 (4) no. 1 UStG)")


def _lacking(party: Side) -> list[str]:
    address = party.address
    if address is None:
        return ["street", "post code", "city"]
    rows = [("street", address.street), ("city", address.city)]
    if party.country in ("DE", None):
        rows.insert(1, ("post code", address.postcode))
    return [name for name, value in rows if not value]


def _service(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.level in WITHOUT_LINES:
        return
    periods = [line.period for line in invoice.counted]
    if invoice.service_date or invoice.period or (periods and all(periods)):
        return
    message = "neither a service date (BT-72) nor a period (BT-73/BT-74) is given"
    if invoice.type_code == "386":
        yield info("UStG-14-4-6", f"{message}; a request for prepayment needs none")
    elif is_small_amount(invoice):
        yield warning("UStDV-33", f"{message}; up to 250 EUR that is allowed")
    elif is_small_business(invoice):
        yield warning("UStDV-34a", f"{message}; a Kleinunternehmer need not")
    else:
        yield _by_law(invoice)("UStG-14-4-6", f"{message} (§ 14 (4) no. 6 UStG)")


def _seller_number(invoice: EInvoice) -> Iterator[Finding]:
    from cowork_cli.services.identifiers.numbers import check_tax_number

    seller, agent = invoice.seller, invoice.representative
    number = seller.tax_number
    if not (seller.vat_id or number or (agent and agent.vat_id)):
        if seller.country in ("DE", None) and not is_small_amount(invoice):
            yield error(
                "UStG-14-4-2",
                "the seller has neither VAT id nor tax number (§ 14 (4) no. 2 UStG)",
            )
        return
    if number and seller.country in ("DE", None):
        try:
            check_tax_number(number)
        except BadInput as wrong:
            yield warning("TAX-NUMBER", f"seller: {wrong.message}")


def _vat_ids(invoice: EInvoice) -> Iterator[Finding]:
    from cowork_cli.services.identifiers.numbers import check_vat_id

    agent = invoice.representative
    for what, number in (
        ("seller (BT-31)", invoice.seller.vat_id),
        ("buyer (BT-48)", invoice.buyer.vat_id),
        ("tax representative (BT-63)", agent.vat_id if agent else None),
    ):
        if not number:
            continue
        country = number[:2].upper()
        if country not in _VAT_COUNTRIES:
            if country in COUNTRIES:
                yield info("VAT-ID", f"the VAT id {number} of the {what} cannot be checked here")
            else:
                yield error(
                    "BR-CO-09", f"the VAT id {number} of the {what} does not begin with a country"
                )
            continue
        try:
            check_vat_id(number)
        except BadInput as wrong:
            yield error("VAT-ID", f"{what}: {wrong.message}")


def _dates(invoice: EInvoice, today: date) -> Iterator[Finding]:
    issued = invoice.issued
    if issued is None:
        return
    if issued > today:
        say = warning if (issued - today).days == 1 else error  # it may be tomorrow elsewhere
        yield say("DATE-FUTURE", f"the issue date {issued} lies in the future")
    if issued.year < 1970:
        yield error("DATE-PAST", f"the issue date {issued} cannot be right")
    if invoice.due is not None and invoice.due < issued:
        yield error("DATE-DUE", f"it is due ({invoice.due}) before it was issued ({issued})")
    for earlier in invoice.preceding:
        if earlier.date and earlier.date > issued:
            yield error(
                "DATE-PRECEDING",
                f"it refers to {earlier.number} of {earlier.date}, later than {issued}",
            )


def _rates(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.seller.country not in ("DE", None):
        return
    period = invoice.period
    day = invoice.service_date or (period.to or period.from_ if period else None) or invoice.issued
    rates = [part.rate for part in invoice.breakdowns if part.category == "S"]
    rates += [line.rate for line in invoice.counted if line.category == "S"]
    standard, reduced = CASES["standard"], CASES["reduced"]
    usual = f"{standard.rate} % and {reduced.rate} % ({standard.reference})"
    first, last, lowered = _LOWERED
    for rate in sorted({rate.normalize() for rate in rates if rate}):
        if rate in (Decimal(standard.rate), Decimal(reduced.rate)):
            continue
        message = f"{rate:f} % is not a rate of Germany: they are {usual}"
        if rate in map(Decimal, lowered) and day is not None and first <= day <= last:
            yield info("VAT-RATE", f"{rate:f} % was the rate from {first} to {last} (§ 28 UStG)")
        elif rate in _FARM:
            yield warning("VAT-RATE", f"{message}; it may be that of a farmer (§ 24 UStG)")
        elif invoice.is_domestic:
            yield error("VAT-RATE", message)
        else:
            yield warning("VAT-RATE", f"{message}; it may be that of the buyer's country")


def _reverse_charge(invoice: EInvoice) -> Iterator[Finding]:
    if "AE" not in invoice.categories or invoice.seller.country not in ("DE", None):
        return
    country = invoice.buyer.country
    if country in EU - {"DE"}:
        for what, number in (("seller", invoice.seller.vat_id), ("buyer", invoice.buyer.vat_id)):
            if not number:
                yield error(
                    "UStG-14a-1",
                    f"reverse charge to {country}: the VAT id of the {what} is missing "
                    "(§ 14a (1) UStG)",
                )
    reasons = " ".join(part.reason or "" for part in invoice.breakdowns if part.category == "AE")
    if "steuerschuldnerschaft" not in reasons.lower() and "reverse charge" not in reasons.lower():
        yield warning(
            "UStG-14a-5", 'reverse charge without the words "Steuerschuldnerschaft des '
            'Leistungsempfängers" (§ 14a UStG)',
        )  # fmt: skip


def _small_business(invoice: EInvoice) -> Iterator[Finding]:
    if not is_small_business(invoice):
        return
    charged = [part for part in invoice.breakdowns if part.amount]
    if charged:
        yield error(
            "UStG-14c", "VAT is charged beside the exemption of § 19 UStG (a Kleinunternehmer "
            "charges none, and owes what the invoice shows)",
        )  # fmt: skip
