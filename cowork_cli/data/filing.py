"""When VAT returns and prepayments are due in Germany, with source and years.

Advance return and prepayment: the 10th day after the period (§ 18 (1) UStG). With the extension
(Dauerfristverlängerung) a month later (§ 46 UStDV); who files monthly then pays a special prepayment,
which is due with the first advance return of the year (§§ 47, 48 UStDV). Annual return without an
adviser: 31 July of the next year (§ 149 (2) AO). A day on a Saturday, Sunday or public holiday moves to
the next working day (§ 108 (3) AO). The dates of 2026 were compared with published calendars; read 2026-11.
"""

KNOWN_YEARS = range(2025, 2028)  # years in which a return is due
DAY_OF_MONTH = 10
ANNUAL_MONTH_DAY = (7, 31)
ADVANCE = "§ 18 (1) UStG, 2026"
EXTENDED = "§ 18 (1) UStG, § 46 UStDV, 2026"
SPECIAL = "§§ 47, 48 UStDV, 2026"
ANNUAL = "§ 149 (2) AO, 2026"
MOVED = "§ 108 (3) AO"
EXEMPT = "§ 19 UStG, 2025"
