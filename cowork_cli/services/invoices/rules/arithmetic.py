"""Sums and products: BR-CO-10 to BR-CO-17, BR-S-08 and its like, Peppol R040, R046 and R120.

Sums are exact, as in the published rules; profile EXTENDED takes 0.01 for each amount in a sum. The
published rules take a VAT amount that is off by less than 1.00, and do not multiply lines at all:
such a difference is a warning below 0.50 and an error from there on. BR-S-08 and its like take less
than 1.00 for the categories with a rate in UBL, and for those without one in CII.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.domain.einvoice import Allowance, Breakdown, EInvoice, Finding, ReadLine
from cowork_cli.services.invoices.rules._say import (
    ZERO,
    cents,
    error,
    not_checked,
    num,
    of,
    off,
    same,
    warning,
)
from cowork_cli.services.invoices.rules.terms import WITHOUT_LINES

_SLACK = Decimal("0.02")
_EACH = Decimal("0.01")
# The categories whose base may be off by less than 1.00 (BR-AE-08 … in CII, BR-S-08 … in UBL).
_LENIENT_CII, _LENIENT_UBL = ("AE", "E", "G", "K", "Z"), ("S", "L", "M")


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What does not add up; nothing is summed where a number is not read here."""
    if any((row.rule, row.severity) == ("FORMAT-NUMBER", "not-checked") for row in invoice.faults):
        yield not_checked("SUMS", "sums are not checked, because a number is not read here")
        return
    if invoice.level not in WITHOUT_LINES:
        for line in invoice.counted:
            yield from _line(line, invoice)
        yield from _sums(invoice)
        yield from _bases(invoice)
    if invoice.level != "MINIMUM":
        yield from _percentages(invoice)
        yield from _vat(invoice)
    yield from _totals(invoice)


def _line(line: ReadLine, invoice: EInvoice) -> Iterator[Finding]:
    if line.quantity is None or line.price is None or line.net is None:
        return
    yield from _gross_price(line, invoice)
    base = line.base_quantity if line.base_quantity is not None else line.gross_base or Decimal(1)
    if base <= 0:
        return
    product = line.quantity * line.price / base
    extra = _sum(line.allowances, charge=True) - _sum(line.allowances, charge=False)
    if same(line.net - extra, product, invoice.currency) or line.net == cents(product + extra):
        return
    wanted = cents(product) + extra
    per = f" / {base:f}" if base != 1 else ""
    more = " with its allowances and charges" if line.allowances else ""
    yield off(
        "LINE-NET",
        f"{of(line)}: {line.quantity:f} x {line.price:f}{per}{more} is {wanted:f}, "
        f"not {line.net:f}",
        line.net - wanted,
    )
    if invoice.follows_peppol and abs(product + extra - line.net) > _SLACK:
        yield warning("PEPPOL-EN16931-R120", f"the net amount of {of(line)} is not its product")


def _gross_price(line: ReadLine, invoice: EInvoice) -> Iterator[Finding]:
    """R046: in the rules of XRechnung; elsewhere something to look at."""
    if line.gross_price is None or line.price is None:
        return
    less = line.price_discount or ZERO
    if line.gross_price - less != line.price:
        say = error if invoice.follows_peppol else warning
        yield say(
            "PEPPOL-EN16931-R046",
            f"{of(line)}: the gross price {line.gross_price:f} less {less:f} is not {line.price:f}",
        )


def _sum(rows: Iterable[Allowance], *, charge: bool) -> Decimal:
    return sum((row.amount or ZERO for row in rows if row.charge is charge), ZERO)


def _held(
    invoice: EInvoice, rule: str, what: str, wanted: Decimal, found: Decimal | None, parts: int
) -> Iterator[Finding]:
    """A sum of `parts` amounts: exact, but in profile EXTENDED (BR-FXEXT-CO-10 to 15).

    The rules of MINIMUM sum nothing up: there it is something to look at.
    """
    difference = abs((found or ZERO) - wanted)
    if not difference:
        return
    message = f"{what} should be {wanted:f}, and is {num(found)}"
    lenient = invoice.level == "MINIMUM" or (invoice.is_extended and difference <= _EACH * parts)
    yield (warning if lenient else error)(rule, message)


def _sums(invoice: EInvoice) -> Iterator[Finding]:
    totals, lines = invoice.totals, invoice.counted
    if any(line.net is None for line in lines):
        yield not_checked("BR-CO-10", "a line has no amount that can be read, so no sum of lines")
    elif totals.lines is not None:
        wanted = cents(sum((line.net or ZERO for line in lines), ZERO))
        what = "the sum of the lines (BT-106)"
        yield from _held(invoice, "BR-CO-10", what, wanted, totals.lines, len(lines))
    for rule, what, charge, value in (
        ("BR-CO-11", "the sum of allowances (BT-107)", False, totals.allowances),
        ("BR-CO-12", "the sum of charges (BT-108)", True, totals.charges),
    ):
        rows = [row for row in invoice.allowances if row.charge is charge]
        if any(row.amount is None for row in rows):
            continue
        wanted = cents(_sum(rows, charge=charge))
        yield from _held(invoice, rule, what, wanted, value, len(rows))
        if rows and value is None and not wanted:
            yield error(rule, f"{what} is missing")


def _bases(invoice: EInvoice) -> Iterator[Finding]:
    """The base of each breakdown is the sum of what has its category and rate; none is missing."""
    if any(row.rule == "SEVERAL-TAXES" for row in invoice.faults):
        return  # the reader has said so
    wanted: dict[tuple[str, Decimal], Decimal] = {}
    parts: dict[tuple[str, Decimal], int] = {}
    unread = False
    rows = [(line.category, line.rate, line.net) for line in invoice.counted]
    rows += [
        (row.category, row.rate, row.amount if row.charge or row.amount is None else -row.amount)
        for row in invoice.allowances
    ]
    for category, rate, amount in rows:
        unread = unread or amount is None
        if category:
            key = (category, _rate(category, rate))
            wanted[key] = wanted.get(key, ZERO) + (amount or ZERO)
            parts[key] = parts.get(key, 0) + 1
    if not unread:
        yield from _breakdowns(invoice, wanted, parts)


def _breakdowns(
    invoice: EInvoice,
    wanted: dict[tuple[str, Decimal], Decimal],
    parts: dict[tuple[str, Decimal], int],
) -> Iterator[Finding]:
    found: dict[tuple[str, Decimal], Decimal | None] = {}
    for part in invoice.breakdowns:
        if not part.category:
            continue
        key = (part.category, _rate(part.category, part.rate))
        if key not in found:
            found[key] = part.base
            continue
        if not invoice.is_extended:  # which tells them apart by the reason of the exemption
            yield error("BG-23", f"the VAT breakdown {_name(key)} stands there twice")
        base = found[key]
        found[key] = None if base is None or part.base is None else base + part.base
    for key, base in found.items():
        rule = f"BR-{_RULES.get(key[0], key[0])}-08"
        if key not in wanted:
            yield error(
                rule, f"no line has the category and rate of the VAT breakdown {_name(key)}"
            )
        elif base is not None:
            what = f"the taxable amount of {_name(key)} (BT-116)"
            lenient = key[0] in (_LENIENT_CII if invoice.syntax == "cii" else _LENIENT_UBL)
            if lenient and abs(base - wanted[key]) < 1 and base != wanted[key]:
                message = f"{what} should be {wanted[key]:f}, and is {base:f}"
                yield off(rule, message, base - wanted[key])
            else:
                yield from _held(invoice, rule, what, cents(wanted[key]), base, parts[key])
    for category, rate in wanted.keys() - found.keys():
        rule = f"BR-{_RULES.get(category, category)}-01"
        yield error(rule, f"the VAT breakdown for category {category} {rate:f} is missing")


_RULES = {"K": "IC", "L": "AF", "M": "AG"}


def _name(key: tuple[str, Decimal]) -> str:
    return key[0] if key[0] == "O" else f"{key[0]} {key[1]:f}"


def _rate(category: str, rate: Decimal | None) -> Decimal:
    return ZERO if category == "O" or rate is None else rate.normalize()


def _percentages(invoice: EInvoice) -> Iterator[Finding]:
    """R040 to R042: only XRechnung has these rules; it takes 0.02."""
    rows = [*invoice.allowances, *(row for line in invoice.counted for row in line.allowances)]
    for row in rows:
        kind = "charge" if row.charge else "allowance"
        if invoice.follows_peppol and (row.percent is None) is not (row.base is None):
            rule, lacking = ("R041", "base amount") if row.base is None else ("R042", "percentage")
            yield error(f"PEPPOL-EN16931-{rule}", f"the {kind} {num(row.amount)} has no {lacking}")
        if row.percent is None or row.base is None or row.amount is None:
            continue
        exact = row.base * row.percent / 100
        if same(row.amount, exact, invoice.currency):
            continue
        message = (
            f"{row.percent:f} % of {row.base:f} is {cents(exact):f}, the {kind} is {row.amount:f}"
        )
        beyond = invoice.follows_peppol and abs(row.amount - exact) > _SLACK
        rule = "PEPPOL-EN16931-R040"
        yield error(rule, message) if beyond else off(rule, message, row.amount - exact)


def _vat(invoice: EInvoice) -> Iterator[Finding]:
    for part in invoice.breakdowns:
        if part.base is None or part.amount is None:
            continue
        rate = part.rate or ZERO
        exact = part.base * rate / 100
        if not same(part.amount, exact, invoice.currency):
            wanted = cents(exact)
            message = (
                f"VAT {rate:f} % on {part.base:f} is {wanted:f}, not {part.amount:f} "
                f"(off by {abs(part.amount - wanted):f})"
            )
            if invoice.is_extended and abs(part.amount - wanted) > _EACH * _parts(invoice, part):
                yield error("BR-FXEXT-S-09b", message)
            else:
                yield off("BR-CO-17", message, part.amount - wanted)
    if not invoice.breakdowns or any(part.amount is None for part in invoice.breakdowns):
        return
    wanted = cents(sum((part.amount or ZERO for part in invoice.breakdowns), ZERO))
    what = "the VAT total (BT-110)"
    yield from _held(invoice, "BR-CO-14", what, wanted, invoice.totals.vat, 0)


def _parts(invoice: EInvoice, part: Breakdown) -> int:
    """How many amounts a VAT breakdown is the sum of."""
    wanted = (part.category, part.rate)
    rows = [(row.category, row.rate) for row in invoice.counted]
    return [*rows, *((row.category, row.rate) for row in invoice.allowances)].count(wanted)


def _totals(invoice: EInvoice) -> Iterator[Finding]:
    totals = invoice.totals
    if sum(currency == invoice.currency for currency, _ in totals.vat_totals) > 1:
        said = f"there are several VAT totals in {invoice.currency} (BR-CO-15)"
        yield error("PEPPOL-EN16931-R053", said)
    parts = len(invoice.counted) + len(invoice.allowances)
    if totals.net is not None and totals.lines is not None:
        wanted = totals.lines - (totals.allowances or ZERO) + (totals.charges or ZERO)
        what = "the total without VAT (BT-109)"
        yield from _held(invoice, "BR-CO-13", what, cents(wanted), totals.net, parts)
    if totals.net is not None and totals.gross is not None:
        wanted = totals.net + (totals.vat or ZERO)
        what = "the total with VAT (BT-112)"
        yield from _held(invoice, "BR-CO-15", what, cents(wanted), totals.gross, parts)
    if totals.gross is not None and totals.due is not None and invoice.level != "MINIMUM":
        wanted = totals.gross - (totals.prepaid or ZERO) + (totals.rounding or ZERO)
        if invoice.is_extended or invoice.is_extension:
            wanted += totals.third_party or ZERO
        what = "the amount due (BT-115)"
        for row in _held(invoice, "BR-CO-16", what, wanted, totals.due, 0):
            # BR-DEX-09 stands in for it, and looks at UBL alone.
            unruled = invoice.is_extension and invoice.syntax == "cii"
            yield warning(row.rule, row.message) if unruled else row
