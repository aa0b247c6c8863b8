"""When VAT returns and prepayments are due in Germany, with source and years.

Advance return and prepayment: the 10th day after the period (§ 18 UStG). With the extension
(Dauerfristverlängerung) a month later; who files monthly then pays a special prepayment, which is due
with the first advance return of the year (§§ 46–48 UStDV). Annual return without an adviser: 31 July of
the next year (§ 149 AO). A day on a Saturday, Sunday or public holiday moves to the next working day
(§ 108 (3) AO). All read in the texts of 2026-08-19; which subsection of § 18 and § 149 says so was not
noted, so none is cited. What a later text says of 2027 is not known.
"""

# How often returns are filed goes by the VAT of the year before (§ 18 (2) UStG), in euro: by month above the first sum; up
# to the second the tax office may ask for none. The sums that hold for returns from 2025 on.
MONTHLY_ABOVE, NONE_UP_TO = 9_000, 2_000
SPECIAL_PART = 11  # of the prepayments of the year before (§ 47 UStDV)
RHYTHM = "§ 18 (2) UStG, text of 2026-08-19"

KNOWN_YEARS = range(2025, 2028)  # years in which a return is due
DAY_OF_MONTH = 10
ANNUAL_MONTH_DAY = (7, 31)
_READ = "text of 2026-08-19"
ADVANCE = f"§ 18 UStG, {_READ}"
EXTENDED = f"§ 18 UStG, §§ 46–48 UStDV, {_READ}"
SPECIAL = f"§§ 46–48 UStDV, {_READ}"
ANNUAL = f"§ 149 AO, {_READ}"
MOVED = f"§ 108 (3) AO, {_READ}"
EXEMPT = f"§ 19 UStG, {_READ}"
NOT_EXEMPT = f"§ 18 (4a) UStG, {_READ}"
