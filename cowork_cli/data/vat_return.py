"""The codes (Kz) of the advance VAT return, form USt 1 A, by year.

Codes, not line numbers: those move from year to year. Source: tables of 2025 and 2026 by people who read
the form, and the ministry's letters of 2024-12-09 (2025) and 2025-12-29 (2026), read at second hand
2026-11; the official PDFs were not. Bases are whole euro, cut toward zero, once for each code.
"""

from cowork_cli.errors import BadInput

YEARS = (2025, 2026)
SOURCE = "form USt 1 A {year}, second hand, 2026-11"
RESULT = "83"
INPUT, INPUT_REVERSE_CHARGE = "66", "67"
LABELS = {
    "81": "taxable turnover at 19 %",
    "86": "taxable turnover at 7 %",
    "48": "exempt without input VAT (§ 4 nos. 8-29, § 19 (1) UStG)",
    "60": "turnover for which the customer owes the VAT (§ 13b (5) UStG)",
    "21": "services to businesses in other EU states (§ 18b no. 2 UStG)",
    "45": "other turnover that is not taxable in Germany",
    "46": "services of suppliers in other EU states (§ 13b (1) UStG)",
    "47": "VAT on 46",
    "84": "other purchases under § 13b (2) UStG",
    "85": "VAT on 84",
    INPUT: "input VAT of invoices",
    INPUT_REVERSE_CHARGE: "input VAT of § 13b UStG",
    RESULT: "to pay, or with a minus to get back",
}
# What the form has and cowork does not fill in, by codes.
NOT_COVERED = {
    "35/36": "other rates",
    "39": "credit of the special prepayment",
    "41, 43, 89, 93, 61": "goods to and from other EU states, exports",
    "70": "the day on which a small business crossed its limit",
    "73/74": "real estate (§ 13b (2) no. 3 UStG)",
}
# The order of the form.
ORDER = tuple(LABELS)
# The code of a base and that of its tax.
EU_PURCHASE, OTHER_PURCHASE = ("46", "47"), ("84", "85")


def check_year(year: int) -> None:
    """Raises BadInput for a year whose form is not known."""
    if year not in YEARS:
        raise BadInput(
            f"the form USt 1 A of {year} is not known here",
            f"known are those of {YEARS[0]} to {YEARS[-1]}",
        )
