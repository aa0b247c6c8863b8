"""Findings in one call each, and numbers as they stand in messages."""

from decimal import ROUND_HALF_UP, Decimal

from cowork_cli.domain.einvoice import EInvoice, Finding, ReadLine

ZERO = Decimal(0)
_CENT, _HALF = Decimal("0.01"), Decimal("0.50")
# UNTDID 1001, the codes of a UBL CreditNote.
CREDIT_TYPES = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")


def error(rule: str, message: str) -> Finding:
    """Something that makes the invoice invalid."""
    return Finding(rule, "error", message)


def warning(rule: str, message: str) -> Finding:
    """Something to look at."""
    return Finding(rule, "warning", message)


def not_checked(rule: str, message: str) -> Finding:
    """Something that this program does not judge; no fault of the sender."""
    return Finding(rule, "not-checked", message)


def info(rule: str, message: str) -> Finding:
    """Something to know."""
    return Finding(rule, "info", message)


def cents(value: Decimal) -> Decimal:
    """`value` to two decimals, halves away from zero: what EN 16931 rounds to in every currency."""
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def off(rule: str, message: str, difference: Decimal) -> Finding:
    """What the published rules let pass: a warning below half a unit, an error from there on."""
    return (error if abs(difference) >= _HALF else warning)(rule, message)


def same(value: Decimal, wanted: Decimal, currency: str | None) -> bool:
    """Whether `value` is `wanted` to the cent, or to the unit where the currency has no cents."""
    from cowork_cli.data.currencies import digits_of

    digits = digits_of(currency or "EUR")
    if value == cents(wanted):
        return True
    unit = Decimal(1).scaleb(-digits)
    return digits < 2 and value == wanted.quantize(unit, rounding=ROUND_HALF_UP)


def num(value: Decimal | None) -> str:
    """A number as it is said."""
    return "nothing" if value is None else f"{value:f}"


def of(line: ReadLine) -> str:
    """How a line is named in messages."""
    return f"line {line.id}" if line.id else "a line"


def is_credit(invoice: EInvoice) -> bool:
    """Whether money goes back to the buyer: a credit note, or nothing to pay."""
    return invoice.type_code in CREDIT_TYPES or (invoice.totals.due or ZERO) <= 0


def is_small_amount(invoice: EInvoice) -> bool:
    """Whether § 33 UStDV asks for less: up to 250 EUR gross, and not under reverse charge."""
    gross = invoice.totals.gross
    return (
        gross is not None
        and abs(gross) <= 250
        and invoice.currency == "EUR"
        and not invoice.categories & {"AE", "K"}
    )


def is_small_business(invoice: EInvoice) -> bool:
    """Whether the exemption says that the seller is a Kleinunternehmer (§ 19 UStG)."""
    return any("§ 19" in (row.reason or "").replace("\u00a0", " ") or
               "§19" in (row.reason or "") for row in invoice.breakdowns)  # fmt: skip
