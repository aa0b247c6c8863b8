"""What the days ahead cost at least: the greatest of three lower bounds, each for what the others lose.

`day_prices` knows which day is in which month, `packs` that a pack is paid whole, and both of them
for one bundle beside terms and periods of any number of days (`packs.OneBundle`).
"""

from cowork_cli.services.tariffs.costs import Costs
from cowork_cli.services.tariffs.day_prices import DayPrices
from cowork_cli.services.tariffs.packs import OneBundle, Packs, best_bundle
from cowork_cli.services.tariffs.states import State, States


class Bounds:
    """Lower bounds for the states of one question, in sixtieths of the minor unit."""

    def __init__(self, table: States):
        costs = Costs(table)
        self.count = costs.count
        self.prices, self.packs = DayPrices(costs), Packs(costs)
        bundle = best_bundle(costs)
        self.bundle = None if bundle is None else OneBundle(costs, bundle)

    def of(self, state: State, i: int) -> int:
        """What day `i` and those behind it cost at least, with what is held."""
        if i == self.count:
            return 0
        least = max(0, self.prices.of(state, i), self.packs.of(state, i))
        return least if self.bundle is None else max(least, self.bundle.of(state, i))
