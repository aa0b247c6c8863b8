"""The lines of the form Anlage EÜR that an expense can stand on, by year.

Source: forms of 2024 and 2025 (same line numbers) and of 2026 (letter of the ministry of 2026-09-01: a
line was added, every expense line from 29 on moved by one), all read at second hand, 2026-11; the
official PDFs were not. The codes (Kz) are those of 2025; that other years have the same is assumed.
"""

from typing import NamedTuple

from cowork_cli.errors import BadInput

SOURCE = "Anlage EÜR {year}, second hand, 2026-11"
_MOVED = {2024: 0, 2025: 0, 2026: 1}
_CODES_OF = 2025


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
    "transport": ("public transport and other real travel cost", 70, 146, None),
}


def line(category: str, year: int) -> Line:
    """The line of a category in the form of a year. Raises BadInput for a year that is not known."""
    if year not in _MOVED:
        known = f"{min(_MOVED)} to {max(_MOVED)}"
        raise BadInput(
            f"the lines of the form of {year} are not known",
            f"known are those of {known}; the category itself can be recorded",
        )
    label, number, code, rest = CATEGORIES[category]
    return Line(
        category, label, number + _MOVED[year], code, rest, year, SOURCE.format(year=year),
        year == _CODES_OF,
    )  # fmt: skip
