"""The lines of the form Anlage EÜR that an expense can stand on, by year.

Source: forms of 2024 and 2025 (same line numbers) and of 2026 (letter of the ministry of 2026-09-01: a
line was added, every expense line from 29 on moved by one), all read at second hand, 2026-11; the
official PDFs were not. The codes (Kz) are those of 2025; that other years have the same is assumed.
"""

from typing import NamedTuple

from cowork_cli.errors import BadInput

SOURCE = "Anlage EÜR {year}, second hand, 2026-11"
_MOVED = {2024: 0, 2025: 0, 2026: 1}
CODES_OF = 2025


class Line(NamedTuple):
    """Where a category stands. `code` is the Kz of what may be deducted, `not_deducted` of the rest.

    `code_certain`: the code was read for this year, not taken from another.
    """

    category: str
    label: str
    line: int
    code: int
    not_deducted: int | None
    year: int
    source: str
    code_certain: bool


# category: (label, line of 2025, Kz, Kz of the part that is not deductible)
CATEGORIES: dict[str, tuple[str, int, int, int | None]] = {
    "subcontractors": ("services of others (Fremdleistungen)", 29, 110, None),
    "low-value-assets": ("low-value assets (GWG)", 36, 132, None),
    "rent": ("rent of office, desk or room", 39, 150, None),
    "phone": ("phone and internet", 43, 280, None),
    "travel-costs": ("hotel and side costs of trips", 44, 221, None),
    "training": ("training, without travel", 45, 281, None),
    "advice": ("tax adviser, lawyer, bookkeeping", 46, 194, None),
    "leasing": ("rent and leasing of movables", 47, 222, None),
    "fees": ("fees, dues, insurance", 49, 223, None),
    "it": ("running IT: hosting, software", 50, 228, None),
    "material": ("work material, books, postage", 51, 229, None),
    "advertising": ("advertising", 54, 224, None),
    "other": ("other, fully deductible", 60, 183, None),
    "gifts": ("gifts", 62, 174, 164),
    "meals": ("business meals", 63, 175, 165),
    "meal-allowances": ("meal allowances", 64, 171, None),
    "home-days": ("home day allowance (Tagespauschale)", 66, 163, None),
    "transport": ("public transport and other real travel cost", 70, 146, None),
    "mileage": ("trips with a private vehicle", 71, 147, None),
    "vat": ("VAT paid to the tax office", 58, 186, None),
}
# What no VAT is ever in.
WITHOUT_VAT = ("meal-allowances", "home-days", "mileage", "vat")
# Of business meals 70 percent may be deducted (§ 4 (5) no. 2 EStG), the VAT in full (§ 15 (1a) UStG).
MEALS_PERCENT = 70
# Gifts: up to this sum for each person and year, above it nothing (§ 4 (5) no. 1 EStG).
GIFTS_EUR = 50
OTHER = "other"
# income: (label, line, Kz), the lines of all known years.
INCOME: dict[str, tuple[str, int, int]] = {
    "small-business": ("income as a small business (gross)", 12, 111),
    "taxable": ("taxable income (net)", 15, 112),
    "exempt": ("exempt, not taxable and § 13b income", 16, 103),
    "vat": ("VAT received", 17, 140),
    "vat-refund": ("VAT refunded by the tax office", 18, 141),
    "total": ("total income", 23, 159),
}
INPUT_VAT = ("input VAT paid", 57, 185)
TOTAL = ("total expenses", 75, 199)
# What a profit found so does not have in it.
LEFT_OUT = (
    "depreciation (an asset above 800 euro is not written off here; `cowork report asset` reckons it)",
    "private shares of phone, car and room",
    "withdrawals and deposits",
    "special allowances (§ 7g EStG)",
    "sale of assets",
)


def check_year(year: int) -> None:
    """Raises BadInput for a year whose form is not known."""
    if year not in _MOVED:
        known = f"{min(_MOVED)} to {max(_MOVED)}"
        raise BadInput(
            f"the lines of the form of {year} are not known",
            f"known are those of {known}; the category itself can be recorded",
        )


def line(category: str, year: int) -> Line:
    """The line of a category in the form of a year. Raises BadInput for a year that is not known."""
    check_year(year)
    label, number, code, rest = CATEGORIES[category]
    return _expense_line(category, (label, number, code), rest, year)


def income(name: str, year: int) -> Line:
    """A line of the income. Raises BadInput for a year that is not known."""
    check_year(year)
    label, number, code = INCOME[name]
    return Line(name, label, number, code, None, year, SOURCE.format(year=year), year == CODES_OF)


def input_vat(year: int) -> Line:
    """The line of the VAT that was paid to suppliers."""
    check_year(year)
    return _expense_line("input-vat", INPUT_VAT, None, year)


def total(year: int) -> Line:
    """The line of all expenses."""
    check_year(year)
    return _expense_line("total", TOTAL, None, year)


def _expense_line(name: str, told: tuple[str, int, int], rest: int | None, year: int) -> Line:
    label, number, code = told
    return Line(
        name, label, number + _MOVED[year], code, rest, year, SOURCE.format(year=year),
        year == CODES_OF,
    )  # fmt: skip
