"""The levy on fees of artists and publicists. Pure."""

from cowork_cli.data.artists_levy import RATES
from cowork_cli.domain.money import Money


def levy(fees: Money, year: int) -> Money | None:
    """What is owed on the fees of a year for own advertising, net; None for a year that is not known."""
    if year not in RATES:
        return None
    percent, above = RATES[year]
    if fees.minor <= above * 100:
        return Money(0, fees.currency)
    return Money.of(fees.amount * percent / 100, fees.currency)
