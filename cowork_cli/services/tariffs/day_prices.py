"""A price for each day that no tariff can undercut: the days ahead cost at least their prices.

No purchase is worth more than it costs: the days that it can serve, the dearest first, less the way to them, come to no
more than its own price (the dual of the covering problem). Whoever covers the days ahead pays at least their prices,
less what is held already. Of the months of a space that sells only one at a time, each may be worth more than its
price once in a month; so much is taken off (`_surpluses`).

Any prices will do for the proof, since `_lowered` makes them hold; good ones come near to what the days really cost.
"""

from cowork_cli.services.tariffs.costs import Costs, sums
from cowork_cli.services.tariffs.states import MANY, Held, State


class DayPrices:
    """The prices of the days of one question."""

    def __init__(self, costs: Costs):
        self.costs, self.table, self.count = costs, costs.table, costs.count
        self.alone = [o for o in range(self.table.sold) if self._is_alone(o)]
        self.others = [o for o in range(self.table.sold) if o not in set(self.alone)]
        self.months = self._months()
        self._sums: dict[tuple[int, int, int, int], int] = {}
        self._held: dict[tuple[Held, int], int] = {}
        self.prices = self._guessed()
        for o in self.others:
            self._lowered(o)
        self.worth = [self._worths(o) for o in range(len(self.table.offers))]
        self.worth_sums = [sums(row) for row in self.worth]
        self._surpluses()

    def of(self, state: State, i: int) -> int:
        """What day `i` and those behind it cost at least, with what is held."""
        least = self.rest[i]
        until: dict[int, int] = {}
        for held in state:
            key = (held, i)
            known = self._held.get(key)
            if known is None:
                known = self._held[key] = self._of_held(held, i)
            least -= known
            space = self.table.space[held[0]]
            if self.table.sub[held[0]] and space in self.surplus and held[1] > i:
                last = self.table.ends(held[0], held[4], held[5]) if held[5] else held[1]
                until[space] = max(until.get(space, 0), last)
        for space, last in until.items():
            least += self._blocked(space, i, last)
        return least

    def _of_held(self, held: Held, i: int) -> int:
        """The most that can be made of what is held, without a further payment."""
        o, end, left, room, bought, paid = held
        worth = self._most(o, i, end, left) if end > i and left else 0
        if room:
            worth += self.costs.minutes(o, room)
        if paid:
            last = self.table.ends(o, bought, paid)
            period = self.table.period_at(o, bought, i)
            while max(end, i) < last and period < paid:
                begin, period = self.table.ends(o, bought, period), period + 1
                end = self.table.ends(o, bought, period)
                worth += self._most(o, begin, end, self.table.units[o]) + self.costs.rebate[o]
        return worth

    def _most(self, o: int, begin: int, end: int, units: int) -> int:
        """What so many days of a stretch are worth at most through an offer."""
        key = (o, begin, end, units)
        known = self._sums.get(key)
        if known is None:
            if units >= self.table.sums[o][end] - self.table.sums[o][begin]:
                known = self.worth_sums[o][end] - self.worth_sums[o][begin]
            else:
                known = sum(sorted(self.worth[o][begin:end])[-units:])
            self._sums[key] = known
        return known

    # ---- what may be worth more than its price, once a month

    def _is_alone(self, o: int) -> bool:
        offer = self.table.offers[o]
        by_month = offer.calendar and offer.length is not None and offer.length.unit == "m"
        return offer.subscription and not offer.stackable and by_month

    def _surpluses(self) -> None:
        """For each day the surplus of the rest of its month, at each space; `rest` is less all of them."""
        table = self.table
        self.surplus: dict[int, list[int]] = {}
        self.rest = [0] * (self.count + 1)
        for i in range(self.count - 1, -1, -1):
            self.rest[i] = self.rest[i + 1] + self.prices[i]
        for space in {table.space[o] for o in self.alone}:
            of = [o for o in self.alone if table.space[o] == space]
            row = [0] * (self.count + 1)
            for begin, end in self.months:
                for i in range(begin, end):
                    row[i] = max(0, *(self._most(o, i, end, table.units[o]) - self.costs.price[o] for o in of))  # fmt: skip
            self.surplus[space] = row
            later = 0
            for begin, end in reversed(self.months):
                for i in range(begin, end):
                    self.rest[i] -= row[i] + later
                later += row[begin]

    def _blocked(self, space: int, i: int, until: int) -> int:
        """The surplus of the months in which nothing else can be bought at a space."""
        row, total = self.surplus[space], 0
        for begin, end in self.months:
            if i < end <= until:
                total += row[max(i, begin)]
        return total

    # ---- the prices

    def _guessed(self) -> list[int]:
        """Prices near to what the days cost: by the unit of what is cheapest, then month by month."""
        table = self.table
        prices = [MANY] * self.count
        flats = []
        for o in self.others:
            if table.units[o] == MANY and self.costs.longest[o] > 1:
                flats.append(o)
            elif self.costs.longest[o]:
                prices = [min(pair) for pair in zip(prices, self.costs.by_unit(o), strict=True)]
        for begin, end in self.months:
            self._month(prices, begin, end)
        if flats:
            prices = self._over_flats(prices, flats)
        return [price if price < MANY else 0 for price in prices]

    def _month(self, prices: list[int], begin: int, end: int) -> None:
        """One price for the days of a month, beyond which the surplus grows faster than the prices."""
        of = [o for o in self.alone if any(self.table.covers[o][begin:end])]
        if not of:
            return
        lines = []
        for o in of:
            way = self.table.way[o]
            units = min(self.table.units[o], self.table.sums[o][end] - self.table.sums[o][begin])
            lines.append((self.table.space[o], units, max(0, self.costs.price[o]) + units * way))
        tops = {price for price in prices[begin:end] if price < MANY}
        tops |= {total // units for _, units, total in lines}
        for s, units, total in lines:
            for q, more, other in lines:
                if s == q and more > units and other > total:
                    tops.add((other - total) // (more - units))
        n = end - begin
        row = prices[begin:end]

        def bound(top: int) -> int:
            surplus: dict[int, int] = {}
            for s, units, total in lines:
                surplus[s] = max(surplus.get(s, 0), units * top - total)
            sure = n * top if top <= least else sum(min(top, p) for p in row)
            return sure - sum(surplus.values())

        least = min(row)
        top = max(tops, key=bound)
        for i in range(begin, end):
            prices[i] = min(prices[i], top)

    def _over_flats(self, prices: list[int], flats: list[int]) -> list[int]:
        """What each day adds to the cheapest way over those behind it, where flat periods are sold."""
        costs = {o: sums([min(way, price) for way, price in zip(self.costs.way[o], prices, strict=True)])
                 for o in flats}  # fmt: skip
        least = [0] * (self.count + 1)
        for i in range(self.count - 1, -1, -1):
            best = prices[i] + least[i + 1]
            for o in flats:
                end = self.costs.ends[o][i]
                if self.costs.way[o][i] < MANY:
                    best = min(best, self.costs.price[o] + costs[o][end] - costs[o][i] + least[end])
            least[i] = best
        return [max(0, least[i] - least[i + 1]) for i in range(self.count)]

    def _lowered(self, o: int) -> None:
        """The prices, so that none of its purchases is worth more than it costs."""
        table, prices, way, price = self.table, self.prices, self.costs.way[o], self.costs.price[o]
        worth = self._worths(o)
        units = table.units[o]
        if units < MANY and units * max(worth, default=0) <= price:
            return
        before = -1
        for i in range(self.count):
            end = self.costs.ends[o][i]
            if end <= before or not worth[i]:
                continue
            before = end
            stretch = worth[i:end]
            total = sum(stretch) if len(stretch) <= units else sum(sorted(stretch)[-units:])
            if total <= price:
                continue
            for day in range(i, end):
                if worth[day]:
                    worth[day] = worth[day] * price // total
                    prices[day] = way[day] + worth[day]

    def _worths(self, o: int) -> list[int]:
        return [
            price - way if price > way else 0
            for price, way in zip(self.prices, self.costs.way[o], strict=True)
        ]

    def _months(self) -> list[tuple[int, int]]:
        """First day and the one behind the last, of each month with planned days."""
        days, months = self.table.days, []
        begin = 0
        for i in range(1, self.count + 1):
            if i == self.count or days[i].month != days[begin].month or days[i].year != days[begin].year:  # fmt: skip
                months.append((begin, i))
                begin = i
        return months
