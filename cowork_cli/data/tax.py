"""VAT in Germany: rates and the fixed texts of each case, with source and year.

Rates: § 12 (1) and (2) UStG, 19 and 7 percent, in force since 2007-01-01 (a lowering from 2020-07-01
to 2020-12-31 is past). Texts: `reference` of each case. Read 2026-11.
"""

from decimal import Decimal

from cowork_cli.records import dataclass

# Categories of EN 16931 (UNCL 5305) in which what is sold is not taxed here but elsewhere, or nowhere.
REVERSE_CHARGE = "AE"
NOT_TAXABLE = "O"


@dataclass(frozen=True, slots=True)
class TaxCase:
    """One way to treat VAT: the EN 16931 category, the rate in percent, the text that must stand.

    `code` is of the VATEX list; for § 19 and § 4 UStG it has none. `told` is the case in words.
    """

    category: str
    rate: str
    text_de: str | None
    text_en: str | None
    reference: str
    code: str | None = None
    told: str = ""


CASES: dict[str, TaxCase] = {
    "standard": TaxCase("S", "19", None, None, "§ 12 (1) UStG, 2026"),
    "reduced": TaxCase("S", "7", None, None, "§ 12 (2) UStG, 2026"),
    "small-business": TaxCase(
        "E",
        "0",
        "Steuerfrei nach § 19 UStG (Kleinunternehmer)",
        "Exempt under § 19 UStG (small business)",
        "§ 19 UStG, § 34a UStDV, 2025",
        told="no VAT: small business (§ 19 UStG)",
    ),
    "exempt": TaxCase(
        "E",
        "0",
        "Steuerfrei nach § 4 UStG",
        "Exempt under § 4 UStG",
        "§ 4 UStG, 2026",
        told="no VAT: exempt (§ 4 UStG)",
    ),
    "reverse-charge": TaxCase(
        "AE",
        "0",
        "Steuerschuldnerschaft des Leistungsempfängers",
        "Reverse charge: the recipient is liable for the tax",
        "§ 13b, § 14a (1) UStG, 2026",
        "VATEX-EU-AE",
        told="no VAT: reverse charge, the recipient owes it (§ 13b, § 14a (1) UStG)",
    ),
    "outside-eu": TaxCase(
        "O",
        "0",
        "Nicht steuerbar in Deutschland (§ 3a Abs. 2 UStG)",
        "Not taxable in Germany (§ 3a (2) UStG)",
        "§ 3a (2) UStG, 2026",
        "VATEX-EU-O",
        told="no VAT: not taxable in Germany (§ 3a (2) UStG)",
    ),
}


# Letters of a VAT id that are not those of its country in ISO 3166.
_OF_VAT_IDS = {"EL": "GR", "XI": "GB"}


def vat_country(vat_id: str) -> str:
    """The country of a VAT id in ISO 3166: `EL…` is of Greece."""
    return _OF_VAT_IDS.get(vat_id[:2].upper(), vat_id[:2].upper())


def case_named(category: str, rate: Decimal, reason: str | None) -> str:
    """The name of a VAT case: by its category and rate, of the exempt ones by the text printed."""
    for name, case in CASES.items():
        fits = case.category == category and Decimal(case.rate) == rate
        if fits and (category != "E" or reason in (case.text_de, case.text_en)):
            return name
    return "exempt" if category == "E" else "other"


REASON_CODES = {case.category: case.code for case in CASES.values() if case.code}
RATES = ("19", "7", "0")
EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
