"""The limits for small businesses (Kleinunternehmer), with source and year.

§ 19 (1) UStG as in force since 2025-01-01: exempt if the turnover of the calendar year before was
not above 25,000 euro and that of the current one is not above 100,000 euro; crossing the second ends
the exemption at that moment. § 19 (2): turnover is money received for supplies taxable in Germany,
without those exempt under § 4 nos. 11 to 29. Services to businesses abroad (reverse charge, outside
the EU) are not taxable in Germany and do not count. Read 2026-11 in the text of the law.
"""

FROM_YEAR = 2025
LAST_YEAR_EUR = 25_000
THIS_YEAR_EUR = 100_000
WARN_FROM_PERCENT = 80  # ours: early enough to act
REFERENCE = "§ 19 UStG, 2025"
