"""The figures of `report vat` as the advance VAT return wants them: by code, bases in whole euro.

A base is cut toward zero once for each code, never for each invoice, and the VAT of 81 and 86 follows from
the cut base; so the result differs by some cents from the VAT of the invoices.
"""

from collections.abc import Iterable
from decimal import Decimal

from cowork_cli.data import vat_return as form
from cowork_cli.data.tax import EU, vat_country
from cowork_cli.domain.money import Money
from cowork_cli.domain.vat_report import VatLine, VatReportRow

_HOME = "DE"


def lines(rows: Iterable[VatReportRow], year: int) -> tuple[VatLine, ...]:
    """The lines of the form of `year`, in its order; empty ones are left out, the result never is.

    Raises BadInput for a year whose form is not known.
    """
    form.check_year(year)
    bases: dict[str, Money] = {}
    taxes: dict[str, Money] = {}
    for row in rows:
        for code, base, tax in _parts(row):
            if base is not None:
                bases[code] = bases.get(code, Money(0)) + base
            if tax is not None:
                taxes[code] = taxes.get(code, Money(0)) + tax
    bases = {code: _cut(base) for code, base in bases.items()}
    for code, rate in (("81", 19), ("86", 7)):
        if code in bases:
            taxes[code] = Money.of(bases[code].amount * Decimal(rate) / 100)
    deducted = (form.INPUT, form.INPUT_REVERSE_CHARGE)
    due = sum(tax.minor * (-1 if code in deducted else 1) for code, tax in taxes.items())
    taxes[form.RESULT] = Money(due)
    source = form.SOURCE.format(year=year)
    return tuple(
        VatLine(code, form.LABELS[code], bases.get(code), taxes.get(code), year, source)
        for code in form.ORDER
        if code == form.RESULT or _said(bases.get(code)) or _said(taxes.get(code))
    )


def written(rows: Iterable[VatLine]) -> bytes:
    """The lines as CSV: code, base and tax; bases in whole euro, as the form wants them."""
    told = ["Kz,base,tax"]
    for row in rows:
        base = "" if row.base is None else f"{row.base.amount:.0f}"
        told.append(f"{row.code},{base},{'' if row.tax is None else f'{row.tax.amount:f}'}")
    return ("\n".join(told) + "\n").encode()


def _parts(row: VatReportRow) -> Iterable[tuple[str, Money | None, Money | None]]:
    """Code, base and tax of a row; the tax of 81 and 86 is computed from all of their base."""
    if row.kind == "output":
        code = {"standard": "81", "reduced": "86", "outside-eu": "45"}.get(row.case or "", "48")
        yield code, row.base, None
    elif row.kind == "reverse-charge":
        country = vat_country(row.vat_id) if row.vat_id else None
        yield "60" if country == _HOME else "21" if country in EU else "45", row.base, None
    elif row.kind == "purchase":
        base, tax = form.EU_PURCHASE if row.case == "eu-purchase" else form.OTHER_PURCHASE
        yield base, row.base, None
        yield tax, None, row.vat
    elif row.kind == "input":
        yield form.INPUT_REVERSE_CHARGE if row.case else form.INPUT, None, row.vat


def _cut(base: Money) -> Money:
    """Whole euro, the cents cut off toward zero: -19.99 is -19."""
    return Money(int(base.amount) * 100)


def _said(money: Money | None) -> bool:
    return money is not None and money.minor != 0
