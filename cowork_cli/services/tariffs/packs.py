"""What the days ahead cost at least if packs of days are sold whole: what prices by the day lose."""

from itertools import pairwise

from cowork_cli.services.tariffs.costs import Costs, sums
from cowork_cli.services.tariffs.states import MANY, State

MOST_UNITS = 40
"""A bundle of more units is not followed one by one."""


class Packs:
    """The days as mere numbers: every offer covers as many of them as it ever can, in any period."""

    def __init__(self, costs: Costs):
        self.costs, self.table, self.count = costs, costs.table, costs.count
        self._packed()

    def _packed(self) -> None:
        """What so many days cost at least if every offer covered as many of them as it ever can.

        `packs[n]` are packs of days, bought as often as one likes. That keeps what prices by the day lose: a pack that
        is not used up is paid whole.
        """
        table = self.table
        packs = dict[tuple[int, int], int]()
        for o in range(table.sold):
            size = min(table.units[o], self.costs.longest[o])
            if size:
                key = (size, table.way[o])
                packs[key] = min(packs.get(key, MANY), max(0, self.costs.price[o]))
        self.packs = [0]
        self.by_way = {way: [0] for way in table.way}
        rows = [(size, way, price, self.by_way[way]) for (size, way), price in packs.items()]
        for n in range(1, self.count + 1):
            least = min((price + n * way + min(row[max(0, n - size) :])
                         for size, way, price, row in rows), default=0)  # fmt: skip
            self.packs.append(least)
            for way, row in self.by_way.items():
                row.append(least - n * way)

    def of(self, state: State, i: int) -> int:
        """What as many days as are left cost at least, those that are held taken for the best of them."""
        left, least, cost = self.count - i, MANY, 0
        held = []
        for o, end, units, _, bought, paid in state:
            days = min(units, self.table.sums[o][end] - self.table.sums[o][i]) if end > i else 0
            if paid:
                last = self.table.ends(o, bought, paid)
                days += (
                    self.table.sums[o][last] - self.table.sums[o][max(i, end)] if last > end else 0
                )
            if days:
                held.append((self.table.way[o], days))
        least = self.packs[left]
        for way, days in sorted(held):
            taken = min(days, left)
            row = self.by_way[way]
            least = min(least, cost + left * way + min(row[left - taken : left + 1]))
            cost += taken * way
            left -= taken
        return least


class OneBundle:
    """One bundle, its units counted, beside all that is sold for any number of days."""

    def __init__(self, costs: Costs, bundle: int):
        self.costs, self.table, self.count = costs, costs.table, costs.count
        self.bundle = bundle
        self._savings: dict[tuple[int, int, int, int], int] = {}
        self._tracked()

    def _tracked(self) -> None:
        """What the days from each one on cost at least with so many units of the one bundle that is followed.

        It is sold whole and never ends; periods of any number of days are sold whole too, and of all else each day at
        the price of a unit.
        """
        table, count = self.table, self.count
        o, size = self.bundle, table.units[self.bundle]
        self.single = single = self._single(o)
        flats = [
            f for f in range(table.sold) if table.units[f] == MANY and self.costs.longest[f] > 1
        ]
        costs = {f: sums([min(each) for each in zip(self.costs.way[f], single, self.costs.way[o], strict=True)])
                 for f in flats}  # fmt: skip
        self.nearest = sums([min(row[i] for row in self.costs.way) for i in range(count)])
        self.counted = rows = [[0] * (size + 1)] * (count + 1)
        self.going_on = running = list(rows) if any(table.runs[f] for f in flats) else rows
        pack = max(0, self.costs.price[o])
        for i in range(count - 1, -1, -1):
            price, way = single[i], self.costs.way[o][i]
            for all_rows in (rows, running) if running is not rows else (rows,):
                behind = all_rows[i + 1]
                row = [price + behind[0]]
                row += [min(price + more, way + less) for less, more in pairwise(behind)]
                row[0] = min(row[0], pack + way + behind[size - 1])
                all_rows[i] = row
            for f in flats:
                if self.costs.way[f][i] == MANY:
                    continue
                total, one = costs[f], max(0, self.costs.price[f])
                periods = table.paid[i].get(f, 0)
                if table.runs[f]:
                    end = self.costs.ends[f][i]
                    running[i] = _least(running[i], one + total[end] - total[i], running[end])
                if periods or (f in table.on_sale[i] and not table.runs[f]):
                    end = table.ends(f, i, max(1, periods))
                    paid = (
                        one * max(1, periods)
                        + table.offers[f].fee * 60 * table.runs[f]
                        + total[end]
                        - total[i]
                    )
                    rows[i] = _least(rows[i], paid, (running if periods else rows)[end])
                    if running is not rows:
                        running[i] = _least(running[i], paid, running[end])

    def _single(self, but: int) -> list[int]:
        """What each day costs at least by a ticket, or by a unit of a bundle or quota, but of one."""
        table = self.table
        prices = [MANY] * self.count
        for o in range(table.sold):
            if (
                o == but
                or (table.units[o] == MANY and self.costs.longest[o] > 1)
                or not self.costs.longest[o]
            ):
                continue
            prices = [min(pair) for pair in zip(prices, self.costs.by_unit(o), strict=True)]
        return prices

    def of(self, state: State, i: int) -> int:
        """What the days cost at least, by the units of the followed bundle that are held."""
        table = self.table
        units = saved = 0
        flat, others = i, []
        for held in state:
            o, end, left, room, bought, paid = held
            if room:
                saved += self.costs.minutes(o, room)
            last = table.ends(o, bought, paid) if paid else end
            if o == self.bundle:
                units += min(left, table.sums[o][end] - table.sums[o][i]) if end > i else 0
            elif table.units[o] == MANY:
                flat = max(flat, last)
            elif last > i:
                others.append((o, end, left, bought, paid, last))
            if o == self.bundle and paid and last > end:
                others.append((o, end, 0, bought, paid, last))
            saved += self.costs.rebate[o] * max(0, paid - 1)
        size = len(self.counted[0]) - 1
        rows = self.going_on if any(held[5] for held in state) else self.counted
        least = self.nearest[flat] - self.nearest[i] + rows[flat][min(units, size)]
        if units > size:
            saved += (units - size) * max(self.single[i:], default=0)
        for o, end, left, _, paid, last in others:
            if paid and last > end:
                left += table.units[o] * (paid - 1)
            saved += self._saving(o, max(flat, i), last, left)
        return least - saved

    def _saving(self, o: int, begin: int, end: int, units: int) -> int:
        """What units of an offer save at most on a stretch, each day against its price alone."""
        key = (o, begin, end, units)
        known = self._savings.get(key)
        if known is None:
            row = [price - way for price, way in
                   zip(self.single[begin:end], self.costs.way[o][begin:end], strict=True) if price > way]  # fmt: skip
            known = self._savings[key] = (
                sum(row if len(row) <= units else sorted(row)[-units:]) if units else 0
            )
        return known


def best_bundle(costs: Costs) -> int | None:
    """The bundle whose unit is cheapest; None without one that is small enough to be followed."""
    table = costs.table
    able = [
        o
        for o in range(table.sold)
        if 1 < table.units[o] <= MOST_UNITS
        and costs.longest[o] > 1
        and not table.offers[o].calendar
    ]
    return min(able, key=lambda o: costs.price[o] / table.units[o], default=None)


def _least(row: list[int], paid: int, behind: list[int]) -> list[int]:
    return [min(known, paid + more) for known, more in zip(row, behind, strict=True)]
