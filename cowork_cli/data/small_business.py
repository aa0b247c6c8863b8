"""The limits for small businesses (Kleinunternehmer), with source and year.

§ 19 (1) UStG as in force since 2025-01-01: exempt if the turnover of the calendar year before was
not above 25,000 euro and that of the current one is not above 100,000 euro; crossing the second ends
the exemption at that moment. § 19 (2): turnover is money received for supplies taxable in Germany,
without those exempt under § 4 nos. 11 to 29. Services to businesses abroad (reverse charge, outside
the EU) are not taxable in Germany and do not count. Read 2026-11 in the text of the law.

The supply that crosses a limit is itself taxable, the whole of it (BMF letter of 2025-03-18, UStAE 19.1).
In the year in which a business began, 25,000 euro is the limit of that year, not extrapolated, and
crossing it ends the exemption at once (UStAE 19.1 (3)); what was earned before stays exempt. The letter
is known from secondary sources. A sum equal to a limit is within it.
"""

FROM_YEAR = 2025
LAST_YEAR_EUR = 25_000
THIS_YEAR_EUR = 100_000
FOUNDING_YEAR_EUR = 25_000
WARN_FROM_PERCENT = 80  # ours: early enough to act
REFERENCE = "§ 19 UStG, 2025"
REFERENCE_FOUNDING = "§ 19 UStG, UStAE 19.1 (3), 2025"
