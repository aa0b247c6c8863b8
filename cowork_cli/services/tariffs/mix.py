"""The cheapest mix of tariffs for a number of days: exact, by dynamic programming.

The days are walked in order. What is held (units left, until when) is the state (`states`); on each day something
held is used, or something is bought and used at once. Of all ways into a state the cheapest is kept, and a
state goes where another one is sure to end no dearer (`dominance`). Followed first is what can end cheapest, by
what the days ahead cost at least (`bounds`): the first way to the end is the cheapest (A*). The proof of all three is
the comparison with a search that leaves nothing out (`tests/services/tariffs/test_mix.py`). Bought is only on a day on
which it is used.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.tariff_mix import Mix, Need, NoTariff, Stock
from cowork_cli.services.tariffs.bounds import Bounds
from cowork_cli.services.tariffs.dominance import MOST_STATES, Choice, Entry
from cowork_cli.services.tariffs.purchases import told
from cowork_cli.services.tariffs.states import MANY, State
from cowork_cli.services.tariffs.worthwhile import worthwhile

MOST_FOLLOWED = 60_000
"""Beyond so many entries the search gives up, and the best of a `FEW` on each day is taken."""
FEW = 30


def cheapest(tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock] = ()) -> Mix:
    """The cheapest mix. Raises NoTariff."""
    table = Choice(worthwhile(tariffs, need), need, stock)
    return told(table, _best(table, None) or _near(table))


def cost_of(
    tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock] = (), *, most: int | None = None
) -> tuple[int, bool]:
    """The cost of the cheapest mix, and whether it is proved; `most` where it is known that it is no dearer.

    Raises NoTariff.
    """
    table = Choice(worthwhile(tariffs, need), need, stock)
    best = _best(table, None if most is None else most * 60) or _near(table)
    cost = -(-best.cost // 60)
    return (cost if most is None else min(cost, most)), table.exact


def cheapest_of_first(tariffs: Sequence[Tariff], need: Need) -> list[Mix]:
    """The cheapest mix for the first day alone, for the first two, and so on. Raises NoTariff."""
    table = Choice(worthwhile(tariffs, need), need, ())
    return [told(table, best) for best in _walked(table)]


def _best(table: Choice, most: int | None) -> Entry | None:
    """The entry behind the last day that cost least: those that can end cheapest are followed first.

    What can end no cheaper than `most` is not followed; the answer is then of that cost. None: there was too
    much to follow.
    """
    for i, day in enumerate(table.days):
        if not any(row[i] for row in table.covers):
            raise NoTariff(day)
    bounds, count = Bounds(table), len(table.days)
    start = Entry(0, table.start, None, None)
    known = [{table.start: 0}, *({} for _ in range(count))]
    kept: list[list[Entry]] = [[] for _ in range(count + 1)]
    waiting = [(bounds.of(table.start, 0), 0, 0, start)]
    number = furthest = 0
    while waiting:
        _, before, _, entry = heappop(waiting)
        i = -before
        if i == count:
            return entry
        furthest = max(furthest, i)
        if known[i][entry.state] < entry.cost or table.is_beaten(entry, kept[i], i):
            continue
        kept[i].append(entry)
        seen = known[i + 1]
        for cost, state, step in table.moves(entry.state, i):
            total = entry.cost + cost
            if seen.get(state, MANY) > total:
                seen[state] = total
                least = total + bounds.of(state, i + 1)
                if most is not None and least >= most:
                    continue
                number += 1
                heappush(waiting, (least, -i - 1, number, Entry(total, state, entry, step)))
        if number > MOST_FOLLOWED:
            return None
    if most is not None:
        return Entry(most, (), None, None)
    raise NoTariff(table.days[furthest])


def _near(table: Choice) -> Entry:
    """The best of the few entries that are followed on each day; not proved."""
    table.exact = False
    *_, best = _walked(table, FEW)
    return best


def _walked(table: Choice, most: int = MOST_STATES) -> Iterator[Entry]:
    """After each day the cheapest entry. It is never pruned: only what costs no more beats another."""
    entries = {table.start: Entry(0, table.start, None, None)}
    for index, day in enumerate(table.days):
        reached: dict[State, Entry] = {}
        for entry in entries.values():
            for cost, state, step in table.moves(entry.state, index):
                total = entry.cost + cost
                known = reached.get(state)
                if known is None or total < known.cost:
                    reached[state] = Entry(total, state, entry, step)
        if not reached:
            raise NoTariff(day)
        entries = table.pruned(reached, index + 1, most)
        yield min(entries.values(), key=lambda entry: entry.cost)
