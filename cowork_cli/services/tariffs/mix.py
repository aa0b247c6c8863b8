"""The cheapest mix of tariffs for a number of days: exact, by dynamic programming.

The days are walked in order. What is held (units left, until when) is the state (`states`); on each day something
held is used, or something is bought and used at once. Of all ways into a state the cheapest is kept, and a
state goes where another one is sure to end no dearer (`dominance`). The proof of both is the comparison with a
search that leaves nothing out (`tests/services/tariffs/test_mix.py`). Bought is only on a day on which it is used.
"""

from collections.abc import Iterator, Sequence

from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.tariff_mix import Mix, Need, NoTariff, Stock
from cowork_cli.services.tariffs.dominance import Choice, Entry
from cowork_cli.services.tariffs.purchases import told
from cowork_cli.services.tariffs.states import State


def cheapest(tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock] = ()) -> Mix:
    """The cheapest mix. Raises NoTariff."""
    table = Choice(tariffs, need, stock)
    *_, best = _walked(table)
    return told(table, best)


def cheapest_of_first(tariffs: Sequence[Tariff], need: Need) -> list[Mix]:
    """The cheapest mix for the first day alone, for the first two, and so on. Raises NoTariff."""
    table = Choice(tariffs, need, ())
    return [told(table, best) for best in _walked(table)]


def _walked(table: Choice) -> Iterator[Entry]:
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
        entries = table.pruned(reached, index + 1)
        yield min(entries.values(), key=lambda entry: entry.cost)
