"""The levy on fees of self-employed artists and publicists in Germany (Künstlersozialabgabe), by year.

Who lets them work for the own advertising or products owes it on all such fees of a calendar year, net of VAT, once they
exceed a sum; who does advertising for others has no such sum (§ 24 KSVG). To be reported by 31 March (§ 27 KSVG). Rates: 5.0 %
in 2025 and 4.9 % in 2026, as read in the ordinances; the sum of 2025 is known at second hand. Read 2026-11.
"""

from decimal import Decimal

# Year: percent, and the sum above which the levy is owed, in euro.
RATES: dict[int, tuple[Decimal, int]] = {
    2024: (Decimal("5.0"), 450),
    2025: (Decimal("5.0"), 700),
    2026: (Decimal("4.9"), 1_000),
}
SOURCE = "§ 24 KSVG, {year}, read 2026-11"
REPORT_BY = (3, 31)  # of the next year
