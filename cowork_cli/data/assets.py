"""How what an asset cost is written off in Germany (§§ 6, 7 EStG), by the day on which it was bought.

At once: movable things that can be used alone, up to 800 euro net, § 6 (2). A pool: above 250 up to 1,000 euro net, a
fifth in each of five years, § 6 (2a); the choice is for all such things of a year. Linear from the month of purchase, by
twelfths, § 7 (1). Declining: bought from 2025-07-01 to 2027-12-31 at most three times the linear rate and 30 %, § 7 (2); from
2024-04-01 to 2024-12-31 at most twice and 20 %, known at second hand. Limits are net, also where no input VAT is deducted (R 9b (2) EStR,
at second hand). Read in the text of 2026-08-19. Computers and software may be taken to last one year (BMF 2022-02-22).
"""

from datetime import date
from decimal import Decimal

AT_ONCE_EUR = 800
POOL_ABOVE_EUR, POOL_UP_TO_EUR = 250, 1_000
POOL_YEARS = 5
# First and last day of purchase: how many times the linear rate, and at most what percent.
DECLINING: tuple[tuple[date, date, int, Decimal], ...] = (
    (date(2024, 4, 1), date(2024, 12, 31), 2, Decimal(20)),
    (date(2025, 7, 1), date(2027, 12, 31), 3, Decimal(30)),
)
SOURCES = {
    "at-once": "§ 6 (2) EStG, text of 2026-08-19",
    "pool": "§ 6 (2a) EStG, text of 2026-08-19",
    "linear": "§ 7 (1) EStG, text of 2026-08-19",
    "declining": "§ 7 (2) EStG, text of 2026-08-19",
}
METHODS = tuple(SOURCES)
