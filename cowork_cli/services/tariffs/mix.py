"""The cheapest mix of tariffs for a number of days: exact, by dynamic programming.

The days are walked in order. What is held (units left, until when) is the state; on each day something
held is used, or something is bought and used at once. Of all ways into a state the cheapest is kept, and a
state goes where another one is sure to end no dearer: `_beats` buys day tickets for whatever the other one
still has, and asks whether that is cheaper. The proof of both is the comparison with a search that
leaves nothing out (`tests/services/tariffs/test_mix.py`).

Bought is only on a day on which it is used. Money is in sixtieths of the minor unit inside, so that a minute
of a room at a price by the hour is a whole number.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cowork_cli.domain.tariff import FOREVER, Tariff
from cowork_cli.records import dataclass, field

_MANY = 1 << 40
_COMPARED = 40
MOST_STATES = 300
"""Beyond so many open states on a day only the cheapest are followed, and the answer is not called exact."""
Held = tuple[int, int, int, int, int, int]
"""Offer, end of its period and units left, minutes of a room left; if it runs on: bought, periods paid."""
State = tuple[Held, ...]
Step = tuple[int, str, int, int]
"""Day, `use` `buy` or `extend`, offer, periods paid."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is wanted: days in order, minutes of a room on some, the way to each space in minor units."""

    days: Sequence[date]
    ways: Mapping[str, int] = field(default_factory=dict)
    rooms: Mapping[date, int] = field(default_factory=dict)
    room_prices: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stock:
    """Days that are held already: so many, up to a day, of a tariff that is not sold."""

    tariff: Tariff
    left: int
    until: date


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase: the first day, the last one, how many periods; `cost` in minor units with its fee.

    `used` are the days it was used on. `lost` are units that ended unused, None where any number was free.
    """

    tariff: Tariff
    day: date
    until: date
    periods: int
    cost: int
    used: tuple[date, ...]
    lost: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Mix:
    """The cheapest way. `cost` is `tariffs` + `way` + `rooms`, in minor units."""

    cost: int
    tariffs: int
    way: int
    rooms: int
    bought: tuple[Bought, ...]
    exact: bool = True


class NoTariff(Exception):
    """No tariff and nothing held covers a day."""

    def __init__(self, day: date):
        super().__init__(f"nothing covers {day}")
        self.day = day


def cheapest(tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock] = ()) -> Mix:
    """The cheapest mix. Raises NoTariff."""
    table = _Table(tariffs, need, stock)
    *_, best = _walked(table)
    return _told(table, best)


def cheapest_of_first(tariffs: Sequence[Tariff], need: Need) -> list[Mix]:
    """The cheapest mix for the first day alone, for the first two, and so on. Raises NoTariff."""
    table = _Table(tariffs, need, ())
    return [_told(table, best) for best in _walked(table)]


def _walked(table: "_Table") -> "Iterator[_Entry]":
    """After each day the cheapest entry. It is never pruned: only what costs no more beats another."""
    entries = {table.start: _Entry(0, table.start, None, None)}
    for index, day in enumerate(table.days):
        reached: dict[State, _Entry] = {}
        for entry in entries.values():
            for cost, state, step in table.moves(entry.state, index):
                total = entry.cost + cost
                known = reached.get(state)
                if known is None or total < known.cost:
                    reached[state] = _Entry(total, state, entry, step)
        if not reached:
            raise NoTariff(day)
        entries = table.pruned(reached, index + 1)
        yield min(entries.values(), key=lambda entry: entry.cost)


class _Entry:
    __slots__ = ("blocked", "cost", "parent", "state", "step", "worth")

    def __init__(self, cost: int, state: State, parent: "_Entry | None", step: "Step | None"):
        self.cost, self.state, self.parent, self.step = cost, state, parent, step
        self.worth = 0
        self.blocked: list[int] = []


class _Table:
    """Everything about offers and days, by their numbers."""

    def __init__(self, tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock]):
        self.need, self.days, self.exact = need, list(need.days), True
        self.offers = [*tariffs, *(held.tariff for held in stock)]
        self.sold = len(tariffs)
        count, many = len(self.offers), len(self.days)
        spaces = {offer.space: number for number, offer in enumerate(self.offers)}
        self.space = [spaces[offer.space] for offer in self.offers]
        self.way = [need.ways.get(offer.space, 0) * 60 for offer in self.offers]
        self.room_price = [need.room_prices.get(offer.space) for offer in self.offers]
        self.rooms = [need.rooms.get(day, 0) for day in self.days]
        self.with_rooms = any(self.rooms)
        self.room_sums = _sums(self.rooms)
        self.covers = [[offer.covers(day) for day in self.days] for offer in self.offers]
        self.sums = [_sums(row) for row in self.covers]
        masks = [sum(1 << i for i, yes in enumerate(row) if yes) for row in self.covers]
        same = range(count)
        self.above = [
            [self.space[a] == self.space[b] and not masks[b] & ~masks[a] for b in same]
            for a in same
        ]
        self.wider = [[not masks[b] & ~masks[a] for b in same] for a in same]
        self.units = [_MANY if offer.days is None else offer.days for offer in self.offers]
        self.runs = [offer.runs_on for offer in self.offers]
        self.sub = [offer.subscription for offer in self.offers]
        self.stack = [offer.stackable for offer in self.offers]
        self.most = [offer.max_active for offer in self.offers]
        alone = {
            self.space[o] for o in same if self.sub[o] and not (self.stack[o] and not self.most[o])
        }
        self.blocks = [self.sub[o] and self.space[o] in alone for o in same]
        self.blocks = [self.blocks[o] or self.most[o] is not None for o in same]
        self.late = [self.blocks[o] and not self.offers[o].calendar for o in same]
        self._hindrances: dict[tuple[int, int, int], int] = {}
        self._ends: dict[tuple[int, int], list[int]] = {}
        self.on_sale = [
            [o for o in range(self.sold) if self.covers[o][i] and self.offers[o].sold(self.days[i])]
            for i in range(many)
        ]
        self.paid = [
            {o: self.offers[o].periods(self.days[i]) for o in self.on_sale[i] if self.runs[o]}
            for i in range(many)
        ]
        self.going_on = [self._gained(o) for o in same]
        self.ticket = [self._ticket(i) for i in range(many)]
        self.saved = [self._saved(o) for o in same]
        self.most_saved = max(self.saved, default=0)
        self.again = [self._can_wait(o) for o in same]
        self.anew = [self._price_anew(o) for o in same]
        self.start = self._held(stock)

    def _can_wait(self, o: int) -> bool:
        """Whether buying it on a later day is never worse for the days that are left."""
        if o >= self.sold or self.runs[o] or self.late[o] or self.most[o]:
            return False
        return self.offers[o].first is None and self.offers[o].last is None

    def _price_anew(self, o: int) -> int:
        """The price at which what it covers can be had again later; `_MANY` where that is not sure."""
        offer = self.offers[o]
        if self._can_wait(o):
            return (offer.price + offer.fee) * 60
        sure = self.runs[o] and not (self.late[o] or self.most[o] or offer.first or offer.last)
        if o >= self.sold or not sure or not (offer.days is None or offer.calendar):
            return _MANY
        most = max((row[o] for row in self.paid if o in row), default=1)
        return (offer.fee + offer.price * most) * 60

    def _gained(self, o: int) -> int:
        """The most that going on can save against a new start on the day it is needed again.

        Of a quota whose periods do not begin with the calendar nothing is known: the new ones lie otherwise.
        """
        offer = self.offers[o]
        if not self.runs[o]:
            return 0
        if offer.days is not None and not offer.calendar:
            return _MANY
        most = max((row[o] for row in self.paid if o in row), default=1)
        return (offer.fee + offer.price * (most - 1)) * 60

    def _begun(self, o: int, i: int) -> int:
        """The day that stands for all on which a calendar period can be begun."""
        if not self.offers[o].calendar:
            return i
        end = self.ends(o, i, 1)
        while i and self.ends(o, i - 1, 1) == end:
            i -= 1
        return i

    def _held(self, stock: Sequence[Stock]) -> State:
        held = []
        for number, part in enumerate(stock, self.sold):
            end = bisect_right(self.days, part.until)
            held.append((number, end, part.left, 0, 0, 0))
        return self.rolled(tuple(held), 0)

    def _ticket(self, i: int) -> int:
        """What the day costs for one who holds nothing: the cheapest ticket for it alone."""
        costs = [
            (self.offers[o].price + self.offers[o].fee) * 60
            + self.way[o]
            + self._room(o, self.rooms[i])
            for o in self.on_sale[i]
            if not self.sub[o] and self.most[o] is None
        ]
        return min(costs, default=_MANY)

    def _room(self, o: int, minutes: int) -> int:
        price = self.room_price[o]
        return 0 if not minutes else _MANY if price is None else minutes * price

    def _saved(self, o: int) -> int:
        """The most that one unit of an offer can save on any day."""
        costs = [self.ticket[i] for i, yes in enumerate(self.covers[o]) if yes]
        return max(0, max(costs, default=0) - self.way[o])

    def ends(self, o: int, bought: int, period: int) -> int:
        """The first day behind a period (from 1) of what was bought on a day, as a number."""
        known = self._ends.setdefault((o, bought), [])
        while len(known) < period:
            last = self.offers[o].end(self.days[bought], len(known) + 1)
            known.append(bisect_right(self.days, last))
        return known[period - 1]

    # ---- from one day to the next

    def rolled(self, state: State, i: int) -> State:
        """What is still worth something on day `i`, in one form."""
        kept: list[Held] = []
        if i == len(self.days):
            return ()
        for o, end, left, room, bought, paid in state:
            if end <= i:
                if not paid:
                    continue
                current = self._period(o, bought, i)
                if current > paid:
                    if self._worth_going_on(o, current - paid, i):
                        kept.append((o, end, 0, 0, bought, paid))
                    continue
                end, left, room = (
                    self.ends(o, bought, current),
                    self.units[o],
                    self.offers[o].room_min,
                )
            left = min(left, self.sums[o][end] - self.sums[o][i])
            room = min(room, self.room_sums[end] - self.room_sums[i])
            if left or room or paid or (self.blocks[o] and self.sub[o]):
                kept.append((o, end, left, room, bought, paid))
        if len(kept) > 1:
            kept.sort()
        return tuple(kept)

    def _period(self, o: int, bought: int, i: int) -> int:
        period = 1
        while self.ends(o, bought, period) <= i:
            period += 1
        return period

    def _worth_going_on(self, o: int, periods: int, i: int) -> bool:
        """Whether going on can be cheaper than a new start, now or later."""
        offer = self.offers[o]
        new = max((row[o] for row in self.paid[i:] if o in row), default=0)
        return periods * offer.price < new * offer.price + offer.fee

    def moves(self, state: State, i: int) -> "list[tuple[int, State, Step]]":
        """Every way to spend day `i` that can be best: cost, what is held then, the step."""
        usable = [
            place for place, (o, end, left, *_) in enumerate(state)
            if end > i and left and self.covers[o][i]
        ]  # fmt: skip
        found: list[tuple[int, State, Step]] = []
        for place in usable:
            o, end = state[place][:2]
            given_up = self._given_up(o, end, state, usable, i, place)
            if given_up is None:
                continue
            held = state[place]
            new = list(state)
            new[place] = (*held[:2], held[2] - 1, *held[3:])
            self._add(found, i, o, self.way[o], _emptied(new, given_up), (i, "use", o, held[4]))
        for o in self.on_sale[i]:
            if not self._allowed(o, state, i):
                continue
            end = self.ends(o, i, 1)
            given_up = self._given_up(o, end, state, usable, i, -1)
            if given_up is None:
                continue
            offer, paid = self.offers[o], self.paid[i].get(o, 0)
            bought = (
                o,
                end,
                self.units[o] - 1,
                offer.room_min,
                self._begun(o, i) if paid else 0,
                paid,
            )
            rest = self._without_pauses(o, _emptied(list(state), given_up), i)
            cost = (offer.price * max(1, paid) + offer.fee) * 60 + self.way[o]
            self._add(found, i, o, cost, (*rest, bought), (i, "buy", o, max(1, paid)))
        self._go_on(found, state, i)
        return found

    def _go_on(self, found: "list[tuple[int, State, Step]]", state: State, i: int) -> None:
        """What has ended and was not given notice of: its pauses are paid too."""
        for place, (o, end, _, _, begun, paid) in enumerate(state):
            if not paid or end > i or not self.covers[o][i] or not self._allowed(o, state, i):
                continue
            current = self._period(o, begun, i)
            last = self.ends(o, begun, current)
            going = (o, last, self.units[o] - 1, self.offers[o].room_min, begun, current)
            rest = self._without_pauses(o, (*state[:place], *state[place + 1 :]), i)
            cost = self.offers[o].price * (current - paid) * 60 + self.way[o]
            self._add(found, i, o, cost, (*rest, going), (i, "extend", o, begun))

    def _given_up(
        self, o: int, end: int, state: State, usable: list[int], i: int, place: int
    ) -> list[int] | None:
        """What is never used again where `o` is used on day `i`; None where that cannot be best.

        If something that ends no later (or is free that day) is used on a later day, the two days can be
        swapped; so it is not used again, and then only a shorter way can be the reason. `place` is where
        `o` is held, -1 where it is bought: then the purchase is put off until the later day.
        """
        buys = place < 0
        if buys and (not self.again[o] or self.with_rooms):
            return []
        single = buys and self.units[o] == 1 and end == i + 1
        mine = not buys and self._is_free(state[place], i)
        given_up = []
        for number in usable:
            held = state[number]
            q = held[0]
            if number == place or (self.with_rooms and self.space[q] != self.space[o]):
                continue
            if not (buys or (self.most[q] is None and self.most[o] is None)):
                continue
            free = self._is_free(held, i)
            if free and not mine and self.way[q] <= self.way[o]:
                return None
            if free and mine:
                if (self.way[q], number) < (self.way[o], place):
                    return None
                continue
            if mine or not self.wider[o][q] or not (single or held[1] <= end):
                continue
            if (
                not buys
                and held[1] == end
                and self.wider[q][o]
                and number > place
                and self.way[q] == self.way[o]
            ):
                continue
            if self.way[q] <= self.way[o]:
                return None
            given_up.append(number)
        return given_up

    def _is_free(self, held: Held, i: int) -> bool:
        """Whether it covers all its days to the end of its period: one of them costs nothing."""
        o, end, left = held[:3]
        return left == self.sums[o][end] - self.sums[o][i]

    def _add(
        self,
        found: "list[tuple[int, State, Step]]",
        i: int,
        o: int,
        cost: int,
        state: State,
        step: Step,
    ) -> None:
        minutes = self.rooms[i]
        if minutes:
            state, minutes = self._in_rooms(self.space[o], state, minutes, i)
            if minutes and self.room_price[o] is None:
                return
            cost += self._room(o, minutes)
        found.append((cost, self.rolled(state, i + 1), step))

    def _in_rooms(self, space: int, state: State, minutes: int, i: int) -> tuple[State, int]:
        """The included minutes are used, those that end first before others; and the minutes left."""
        held = list(state)
        order = sorted(range(len(held)), key=lambda place: held[place][1])
        for place in order:
            o, end, left, room, bought, paid = held[place]
            if self.space[o] == space and end > i and room and minutes:
                taken = min(room, minutes)
                minutes -= taken
                held[place] = (o, end, left, room - taken, bought, paid)
        return tuple(held), minutes

    def _allowed(self, o: int, state: State, i: int) -> bool:
        most = self.most[o]
        same = 0
        for q, end, left, _, _, _ in state:
            if end <= i:
                continue
            if q == o and (left or self.sub[q]):
                same += 1
            beside = self.sub[o] and self.sub[q] and self.space[q] == self.space[o]
            if beside and not (self.stack[o] and self.stack[q]):
                return False
        return most is None or same < most

    def _without_pauses(self, o: int, state: State, i: int) -> State:
        """What has ended cannot go on later if another subscription was held meanwhile."""
        if not self.sub[o]:
            return state
        return tuple(
            held
            for held in state
            if held[1] > i
            or self.space[held[0]] != self.space[o]
            or (self.stack[o] and self.stack[held[0]] and held[0] != o)
        )

    # ---- what can be left out

    def pruned(self, reached: "dict[State, _Entry]", i: int) -> "dict[State, _Entry]":
        """The states that no other one beats."""
        for entry in reached.values():
            lacks = [(self._until(q), *self._lack(q, q[2], q[3], again=True)) for q in entry.state]
            entry.worth = self._all_lacks(lacks, i) if lacks else 0
            entry.blocked = [q[0] for q in entry.state if self.blocks[q[0]] and q[1] > i]
        ordered = sorted(reached.values(), key=lambda entry: (entry.cost, -entry.worth))
        kept: list[_Entry] = []
        for entry in ordered:
            if not any(self._beats(other, entry, i) for other in kept[:_COMPARED]):
                kept.append(entry)
        if len(kept) > MOST_STATES:
            self.exact = False
        return {entry.state: entry for entry in kept[:MOST_STATES]}

    def _lack(self, held: Held, units: int, room: int, *, again: bool) -> tuple[int, int, int]:
        """What it costs at most to do without some of what is held: units, that price, of it no tickets.

        Each unit is replaced by a ticket of its day or, where it can be had `again`, all by the same offer
        bought later, which ends no earlier.
        """
        o, end, _, _, bought, paid = held
        rest = self.going_on[o] if paid else 0
        if paid:
            last = self.ends(o, bought, paid)
            if last > end:
                units += self.sums[o][last] - self.sums[o][end]
        if room:
            rest += _MANY if paid else self._room(o, room)
        money = units * self.saved[o] + rest
        if again and not room:
            money = min(money, self.anew[o])
        return units, money, rest

    def _all_lacks(self, lacks: "list[tuple[int, int, int, int]]", i: int) -> int:
        """The price of doing without several: no more tickets than there are days."""
        if len(lacks) == 1:
            return lacks[0][2]
        lacks.sort()
        days = money = rest = 0
        for end, units, price, more in lacks:
            days = min(days + units, max(0, end - i))
            money += price
            rest += more
        return min(money, days * self.most_saved + rest)

    def _until(self, held: Held) -> int:
        """The first day behind all that is paid."""
        return self.ends(held[0], held[4], held[5]) if held[5] else held[1]

    def _beats(self, other: _Entry, entry: _Entry, i: int) -> bool:
        """Whether `other`, which is cheaper, stays so even if it buys whatever it lacks."""
        slack = entry.cost - other.cost
        if slack >= entry.worth and not other.blocked:
            return True
        mine, theirs = entry.state, other.state
        ways = self._hindered(theirs, mine, i) if other.blocked else 0
        pools = [list(own) for own in theirs]
        lacks = []
        for held in mine:
            units, room = held[2], held[3]
            for pool in pools:
                if not (units or room or held[5]):
                    break
                if (
                    held[5]
                    and pool[0] == held[0]
                    and tuple(pool[4:]) == held[4:]
                    and pool[1] >= held[1]
                ):
                    held = (*held[:4], 0, 0)  # what comes behind is theirs too
                    pool[4] = -1
                if pool[1] < held[1] or not self.wider[pool[0]][held[0]]:
                    continue
                near = self.space[pool[0]] == self.space[held[0]]
                if not near and self.with_rooms:
                    continue
                taken = min(units, pool[2])
                units -= taken
                pool[2] -= taken
                ways += taken * max(0, self.way[pool[0]] - self.way[held[0]])
                if near:
                    shared = min(room, pool[3])
                    room -= shared
                    pool[3] -= shared
            if units or room or held[5]:
                again = not any(self.space[q] == self.space[held[0]] for q in other.blocked)
                lacks.append((self._until(held), *self._lack(held, units, room, again=again)))
        return ways + (self._all_lacks(lacks, i) if lacks else 0) <= slack

    def _hindered(self, theirs: State, mine: State, i: int) -> int:
        """What it costs at most that `theirs` may not buy what `mine` may."""
        free = [held for held in mine if self.blocks[held[0]] and held[1] > i]
        cost = 0
        for held in theirs:
            o = held[0]
            if not self.blocks[o] or held[1] <= i:
                continue
            until = self._until(held)
            for place, own in enumerate(free):
                p = own[0]
                alike = p == o or (
                    self.space[p] == self.space[o]
                    and not (self.stack[p] or self.stack[o] or self.most[p] or self.most[o])
                )
                if alike and self._until(own) >= until:
                    free.pop(place)
                    break
            else:
                cost += self._hindrance(self.space[o], i, until)
        return cost

    def _hindrance(self, space: int, i: int, until: int) -> int:
        """The most that a subscription of a space can save if it is bought from day `i` to before `until`."""
        known = self._hindrances.get((space, i, until))
        if known is not None:
            return known
        most = 0
        for day in range(i, until):
            for o in self.on_sale[day]:
                if self.space[o] != space or not self.blocks[o]:
                    continue
                end = self.ends(o, day, 1)
                if self.runs[o] or end < until or self.with_rooms or self.most[o] or self.stack[o]:
                    most = _MANY
                    break
                units = min(self.units[o], self.sums[o][end] - self.sums[o][day])
                most = max(most, units * self.saved[o] - self.offers[o].price * 60)
        self._hindrances[(space, i, until)] = most
        return most


def _emptied(state: list[Held], places: Sequence[int]) -> State:
    for place in places:
        o, end, _, room, bought, paid = state[place]
        state[place] = (o, end, 0, room, bought, paid)
    return tuple(state)


def _sums(row: Sequence[int]) -> list[int]:
    sums = [0]
    for value in row:
        sums.append(sums[-1] + value)
    return sums


# ---- what was done, from the steps


def _told(table: _Table, last: _Entry) -> Mix:
    """The purchases of the cheapest way, walked again from its first day."""
    path: list[_Entry] = []
    entry: _Entry | None = last
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
                p for p in open_ if p.o == o and not p.stock and table._begun(o, p.bought) == more
            )
            current = table._period(o, more, i)
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


def _use(table: _Table, open_: list[_Purchase], o: int, i: int, begun: int) -> None:
    """Counts the day at the purchase that ends first of those of an offer that have a unit left."""
    able = []
    for purchase in open_:
        if purchase.o != o:
            continue
        if purchase.stock:
            if len(purchase.used) < purchase.left and purchase.end > i:
                able.append((purchase.end, purchase))
            continue
        for period in range(1, purchase.periods + 1):
            begin = table.ends(o, purchase.bought, period - 1) if period > 1 else purchase.bought
            end = table.ends(o, purchase.bought, period)
            used = sum(begin <= day < end for day in purchase.used)
            if begin <= i < end and used < table.units[o]:
                able.append((end, purchase))
    min(able, key=lambda pair: pair[0])[1].used.append(i)


def _bought(table: _Table, purchase: _Purchase) -> Bought:
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
