"""What the offers of one question cost at least, each day and each period, whatever else is held."""

from bisect import bisect_right

from cowork_cli.domain.calendar_days import ONE_DAY, add_months, after, month_end
from cowork_cli.services.tariffs.states import MANY, States


class Costs:
    """The least that offers cost, in sixtieths of the minor unit; lists are by the number of the offer, then of the day.

    `way` is the way and all minutes of a room (`MANY`: the day is not covered), `price` a period less its `rebate`,
    what its included minutes are worth at most; `ends` the first day behind every period whose first planned
    day it is, `longest` the most days of a period.
    """

    def __init__(self, table: States):
        self.table, self.count = table, len(table.days)
        self.rebate = self._rebates()
        same = range(len(table.offers))
        self.way = [self._ways(o) for o in same]
        self.price = [
            (table.offers[o].price + (0 if table.runs[o] else table.offers[o].fee)) * 60
            - self.rebate[o]
            for o in same
        ]
        self.ends = [
            [self._end(o, i) for i in range(self.count)] if o < table.sold else [] for o in same
        ]
        self.longest = [
            max(
                (table.sums[o][end] - table.sums[o][i] for i, end in enumerate(self.ends[o])),
                default=0,
            )
            for o in same
        ]

    def by_unit(self, o: int) -> list[int]:
        """What each day costs by a unit of an offer, if as many are used as can be."""
        price, units = max(0, self.price[o]), self.table.units[o]
        way, ends = self.way[o], self.ends[o]
        if units == 1:
            return [price + each for each in way]
        sums = self.table.sums[o]
        counts = [sums[end] - sums[i] for i, end in enumerate(ends)]
        prices, first = [], 0
        for i in range(self.count):
            while ends[first] <= i:
                first += 1
            most = min(units, max(counts[first : i + 1]))
            prices.append(price // most + way[i] if most else MANY)
        return prices

    def minutes(self, o: int, minutes: int) -> int:
        """What so many included minutes of a room are worth at most."""
        return minutes * self.by_minute[self.table.space[o]]

    def _end(self, o: int, i: int) -> int:
        """The first day behind every period that can hold day `i` as its first planned one."""
        table = self.table
        length, day = table.offers[o].length, table.days[i]
        if length is None or not table.runs[o] or table.offers[o].calendar:
            return table.ends(o, i, 1)
        last = after(day, length) - ONE_DAY
        if length.unit == "m" and day == month_end(day):  # it may have begun on the 31st
            last = max(last, month_end(add_months(day.replace(day=1), length.count)) - ONE_DAY)
        return bisect_right(self.table.days, last)

    def _rebates(self) -> list[int]:
        """What the included minutes of a period are worth at most; none where they alone are worth its price."""
        table = self.table
        self.by_minute = dict.fromkeys(table.space, 0)
        if not table.with_rooms:
            return [0] * len(table.offers)
        total = table.room_sums[-1]
        for space, price in zip(table.space, table.room_price, strict=True):
            self.by_minute[space] = price or 0
        for o in range(table.sold):
            minutes = min(table.offers[o].room_min, total)
            if minutes * self.by_minute[table.space[o]] > table.offers[o].price * 60:
                self.by_minute[table.space[o]] = 0
        return [self.minutes(o, min(table.offers[o].room_min, total))
                for o in range(len(table.offers))]  # fmt: skip

    def _ways(self, o: int) -> list[int]:
        """What each day costs at the space of an offer, all its minutes of a room paid; `MANY`: it is not covered."""
        table, by_minute = self.table, self.by_minute[self.table.space[o]]
        return [
            table.way[o] + minutes * by_minute if yes else MANY
            for yes, minutes in zip(table.covers[o], table.rooms, strict=True)
        ]


def sums(row: list[int]) -> list[int]:
    """What comes before each place of a row, and in all."""
    total = [0]
    for value in row:
        total.append(total[-1] + value)
    return total
