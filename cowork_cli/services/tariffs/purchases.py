"""What was bought on the cheapest way: its steps, walked again from the first day."""

from cowork_cli.domain.tariff import FOREVER
from cowork_cli.domain.tariff_mix import Bought, Mix
from cowork_cli.services.tariffs.dominance import Choice, Entry


def told(table: Choice, last: Entry) -> Mix:
    """The purchases of the cheapest way, walked again from its first day."""
    path: list[Entry] = []
    entry: Entry | None = last
    while entry is not None and entry.parent is not None:
        path.append(entry)
        entry = entry.parent
    tariffs = way = 0
    open_: list[_Purchase] = [
        _Purchase(held[0], 0, 1, held[1], held[2], 0, True) for held in table.start
    ]
    for entry in reversed(path):
        assert entry.step is not None, "only the start has none"
        i, kind, o, more = entry.step
        offer = table.offers[o]
        way += table.way[o]
        if kind == "buy":
            cost = offer.price * more + offer.fee
            tariffs += cost
            open_.append(_Purchase(o, i, more, 0, 0, cost, False))
            open_[-1].used.append(i)
        elif kind == "extend":
            purchase = next(
                p for p in open_ if p.o == o and not p.stock and table.begun(o, p.bought) == more
            )
            current = table.period_at(o, more, i)
            cost = offer.price * (current - purchase.periods)
            tariffs += cost
            purchase.cost += cost
            purchase.periods = current
            purchase.used.append(i)
        else:
            _use(table, open_, o, i, more)
    total = last.cost // 60 if last.cost % 60 == 0 else -(-last.cost // 60)
    rooms = total - tariffs - way // 60
    bought = tuple(_bought(table, purchase) for purchase in open_)
    return Mix(total, tariffs, way // 60, rooms, bought, table.exact)


class _Purchase:
    __slots__ = ("bought", "cost", "end", "left", "o", "periods", "stock", "used")

    def __init__(
        self, o: int, bought: int, periods: int, end: int, left: int, cost: int, stock: bool
    ):
        self.o, self.bought, self.periods, self.end = o, bought, periods, end
        self.left, self.cost, self.stock = left, cost, stock
        self.used: list[int] = []


def _use(table: Choice, open_: list[_Purchase], o: int, i: int, begun: int) -> None:
    """Counts the day at the purchase that ends first of those of an offer that have a unit left."""
    able = []
    for purchase in open_:
        if purchase.o != o:
            continue
        if purchase.stock:
            able.append((purchase.end, purchase))  # each lot that is held is an offer of its own
            continue
        for period in range(1, purchase.periods + 1):
            begin = table.ends(o, purchase.bought, period - 1) if period > 1 else purchase.bought
            end = table.ends(o, purchase.bought, period)
            used = sum(begin <= day < end for day in purchase.used)
            if begin <= i < end and used < table.units[o]:
                able.append((end, purchase))
    min(able, key=lambda pair: pair[0])[1].used.append(i)


def _bought(table: Choice, purchase: _Purchase) -> Bought:
    offer = table.offers[purchase.o]
    used = tuple(table.days[i] for i in purchase.used)
    last_day = table.days[-1]
    if purchase.stock:
        until = table.days[purchase.end - 1] if purchase.end else last_day
        over = purchase.left - len(used)
        return Bought(offer, used[0] if used else until, until, 1, 0, used, 0, over)
    day = table.days[purchase.bought]
    until = offer.end(day, purchase.periods)
    lost: int | None = None
    left: int | None = None
    if offer.days is not None:
        lost = left = 0
        for period in range(1, purchase.periods + 1):
            begin = day if period == 1 else offer.end(day, period - 1)
            end = offer.end(day, period)
            count = sum((begin <= d if period == 1 else begin < d) and d <= end for d in used)
            rest = offer.days - count
            if end <= last_day:
                lost += rest
            else:
                left += rest
    return Bought(
        offer, day, min(until, FOREVER), purchase.periods, purchase.cost, used, lost, left
    )
