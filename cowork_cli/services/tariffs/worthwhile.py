"""Which tariffs can be worth their price at all: the others need not be looked at.

Whoever bought one of those could have bought the cheapest ticket of each of its days instead, for no more. Tickets that
nothing hinders (no limit, no subscription) are sold whatever else is held, so that this holds beside everything.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from cowork_cli.domain.tariff import ONE, Tariff
from cowork_cli.domain.tariff_mix import Need
from cowork_cli.records import replace

LONGEST = {"d": 1, "w": 7, "m": 31, "y": 366}
"""Days of a unit at most."""


def worthwhile(tariffs: Sequence[Tariff], need: Need) -> list[Tariff]:
    """The tariffs that can be part of a cheapest mix; of tickets that cost the same on each day, the first."""
    if need.rooms:
        return list(tariffs)
    tickets: dict[date, tuple[int, str]] = {}
    for tariff in tariffs:
        if _is_free_ticket(tariff):
            cost = tariff.price + tariff.fee + need.ways.get(tariff.space, 0)
            for day in need.days:
                if tariff.covers(day) and tariff.sold(day):
                    known = tickets.get(day)
                    if known is None or cost < known[0]:
                        tickets[day] = cost, tariff.id
    best = {name for _, name in tickets.values()}
    costs = {day: cost for day, (cost, _) in tickets.items()}
    able = [
        tariff
        for tariff in tariffs
        if (tariff.id in best if _is_free_ticket(tariff) else _can_save(tariff, need, costs))
    ]
    return [_unhindered(tariff, able) for tariff in able]


def _unhindered(tariff: Tariff, others: Sequence[Tariff]) -> Tariff:
    """Any number of days, the only subscription left of its space: whether it is held twice does not matter.

    A second one bought while the first one runs is as good bought on the first day behind it.
    """
    beside = any(
        other.subscription and other.space == tariff.space
        for other in others
        if other is not tariff
    )
    always = tariff.days is None and tariff.first is None and tariff.last is None
    if tariff.stackable or not tariff.subscription or beside or not always:
        return tariff
    return replace(tariff, stackable=True, max_active=None)


def _is_free_ticket(tariff: Tariff) -> bool:
    alone = tariff.days == 1 and tariff.length == ONE
    return alone and not tariff.subscription and tariff.max_active is None


def _can_save(tariff: Tariff, need: Need, tickets: Mapping[date, int]) -> bool:
    """Whether the days of one period can save more than its price."""
    way, price = need.ways.get(tariff.space, 0), tariff.price
    price += 0 if tariff.runs_on else tariff.fee
    savings = [
        (day, saved)
        for day in need.days
        if tariff.covers(day) and (saved := tickets.get(day, price + way + 1) - way) > 0
    ]
    most = max((saved for _, saved in savings), default=0)
    if tariff.days is not None and tariff.days * most <= price:
        return False
    if most > price or tariff.length is None:
        return True
    length = tariff.length.count * LONGEST[tariff.length.unit]
    first = total = 0
    for last, (day, saved) in enumerate(savings):
        total += saved
        while (day - savings[first][0]).days >= length:
            total -= savings[first][1]
            first += 1
        sure = total if tariff.days is None else min(total, tariff.days * most)
        if sure > price and last >= first:
            return True
    return False
