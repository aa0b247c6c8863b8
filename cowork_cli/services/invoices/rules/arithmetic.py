"""Sums and products, to the cent: BR-CO-10 to BR-CO-17 without their tolerance, and the lines.

The published rules take a VAT amount that is off by less than 1.00, and do not multiply lines at all.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.domain.einvoice import Allowance, EInvoice, Finding, ReadLine
from cowork_cli.services.invoices.rules._say import ZERO, cents, error, num, of
from cowork_cli.services.invoices.rules.terms import WITHOUT_LINES


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What does not add up."""
    if invoice.level not in WITHOUT_LINES:
        for line in invoice.counted:
            yield from _line(line, invoice.currency)
        yield from _sums(invoice)
        yield from _bases(invoice)
    yield from _percentages(invoice)
    yield from _vat(invoice)
    yield from _totals(invoice)


def _line(line: ReadLine, currency: str | None) -> Iterator[Finding]:
    if line.quantity is None or line.price is None or line.net is None:
        return
    base = line.base_quantity if line.base_quantity is not None else Decimal(1)
    if base <= 0:
        return
    product = cents(line.quantity * line.price / base, currency)
    wanted = product - _sum(line.allowances, charge=False) + _sum(line.allowances, charge=True)
    if line.net != wanted:
        per = f" / {base:f}" if base != 1 else ""
        more = " with its allowances and charges" if line.allowances else ""
        yield error(
            "LINE-NET",
            f"{of(line)}: {line.quantity:f} x {line.price:f}{per}{more} is {wanted:f}, "
            f"not {line.net:f}",
        )
    if line.gross_price is not None:
        less = line.price_discount or ZERO
        if line.gross_price - less != line.price:
            yield error(
                "PEPPOL-EN16931-R046",
                f"{of(line)}: the gross price {line.gross_price:f} less {less:f} is not "
                f"{line.price:f}",
            )


def _sum(rows: Iterable[Allowance], *, charge: bool) -> Decimal:
    return sum((row.amount or ZERO for row in rows if row.charge is charge), ZERO)


def _sums(invoice: EInvoice) -> Iterator[Finding]:
    totals = invoice.totals
    lines = sum((line.net or ZERO for line in invoice.counted), ZERO)
    if totals.lines is not None and totals.lines != lines:
        yield _off("BR-CO-10", "the sum of the lines (BT-106)", lines, totals.lines)
    for rule, what, charge, value in (
        ("BR-CO-11", "the sum of allowances (BT-107)", False, totals.allowances),
        ("BR-CO-12", "the sum of charges (BT-108)", True, totals.charges),
    ):
        wanted = _sum(invoice.allowances, charge=charge)
        if (value or ZERO) != wanted:
            yield _off(rule, what, wanted, value)


def _bases(invoice: EInvoice) -> Iterator[Finding]:
    """The base of each breakdown is the sum of what has its category and rate; none is missing."""
    wanted: dict[tuple[str, Decimal], Decimal] = {}
    for line in invoice.counted:
        if line.category:
            key = (line.category, _rate(line.category, line.rate))
            wanted[key] = wanted.get(key, ZERO) + (line.net or ZERO)
    for row in invoice.allowances:
        if row.category:
            key = (row.category, _rate(row.category, row.rate))
            amount = row.amount or ZERO
            wanted[key] = wanted.get(key, ZERO) + (amount if row.charge else -amount)
    seen: set[tuple[str, Decimal]] = set()
    for part in invoice.breakdowns:
        if not part.category:
            continue
        key = (part.category, _rate(part.category, part.rate))
        rule = f"BR-{_RULES.get(part.category, part.category)}-08"
        name = f"{part.category} {num(part.rate) if part.rate is not None else ''}".rstrip()
        if key in seen:
            yield error("BG-23", f"the VAT breakdown {name} stands there twice")
        elif key not in wanted:
            yield error(rule, f"no line has the category and rate of the VAT breakdown {name}")
        elif part.base is not None and part.base != wanted[key]:
            yield _off(rule, f"the taxable amount of {name} (BT-116)", wanted[key], part.base)
        seen.add(key)
    for category, rate in wanted.keys() - seen:
        rule = f"BR-{_RULES.get(category, category)}-01"
        yield error(rule, f"the VAT breakdown for category {category} {rate:f} is missing")


_RULES = {"K": "IC", "L": "AF", "M": "AG"}


def _rate(category: str, rate: Decimal | None) -> Decimal:
    return ZERO if category == "O" or rate is None else rate.normalize()


def _percentages(invoice: EInvoice) -> Iterator[Finding]:
    rows = [*invoice.allowances, *(row for line in invoice.counted for row in line.allowances)]
    for row in rows:
        if row.percent is None or row.base is None or row.amount is None:
            continue
        wanted = cents(row.base * row.percent / 100, invoice.currency)
        if row.amount != wanted:
            kind = "charge" if row.charge else "allowance"
            yield error(
                "PEPPOL-EN16931-R040",
                f"{row.percent:f} % of {row.base:f} is {wanted:f}, the {kind} is {row.amount:f}",
            )


def _vat(invoice: EInvoice) -> Iterator[Finding]:
    for part in invoice.breakdowns:
        if part.base is None or part.amount is None:
            continue
        rate = part.rate or ZERO
        wanted = cents(part.base * rate / 100, invoice.currency)
        if part.amount != wanted:
            yield error(
                "BR-CO-17",
                f"VAT {rate:f} % on {part.base:f} is {wanted:f}, not {part.amount:f} "
                f"(off by {abs(part.amount - wanted):f})",
            )
    if not invoice.breakdowns:
        return
    wanted = sum((part.amount or ZERO for part in invoice.breakdowns), ZERO)
    if (invoice.totals.vat or ZERO) != wanted:
        yield _off("BR-CO-14", "the VAT total (BT-110)", wanted, invoice.totals.vat)


def _totals(invoice: EInvoice) -> Iterator[Finding]:
    totals = invoice.totals
    if totals.net is not None and totals.lines is not None:
        wanted = totals.lines - (totals.allowances or ZERO) + (totals.charges or ZERO)
        if totals.net != wanted:
            yield _off("BR-CO-13", "the total without VAT (BT-109)", wanted, totals.net)
    if totals.net is not None and totals.gross is not None:
        wanted = totals.net + (totals.vat or ZERO)
        if totals.gross != wanted:
            yield _off("BR-CO-15", "the total with VAT (BT-112)", wanted, totals.gross)
    if totals.gross is not None and totals.due is not None:
        wanted = totals.gross - (totals.prepaid or ZERO) + (totals.rounding or ZERO)
        if totals.due != wanted:
            yield _off("BR-CO-16", "the amount due (BT-115)", wanted, totals.due)


def _off(rule: str, what: str, wanted: Decimal, found: Decimal | None) -> Finding:
    return error(rule, f"{what} should be {wanted:f}, and is {num(found)}")
