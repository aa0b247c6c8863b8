"""Which states can be left out: another one is sure to end no dearer, whatever the days ahead are.

The proof is what a person would do: who lacks something that the other one holds buys a ticket for its day, or the
same offer later; if that is still no dearer, the other one is not needed.
"""

from collections.abc import Sequence

from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.tariff_mix import Need, Stock
from cowork_cli.services.tariffs.states import MANY, Held, State, States, Step

COMPARED = 14
MOST_STATES = 300
"""Beyond so many open states on a day only the cheapest are followed, and the answer is not called exact."""


class Entry:
    """A state with its cost so far, and the step by which it was reached."""

    __slots__ = ("blocked", "cost", "parent", "state", "step", "worth")

    def __init__(self, cost: int, state: State, parent: "Entry | None", step: "Step | None"):
        self.cost, self.state, self.parent, self.step = cost, state, parent, step
        self.worth = 0
        self.blocked: list[int] = []


class Choice(States):
    """The states of a question, with a judgement on which of them are needed."""

    def __init__(self, tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock]):
        super().__init__(tariffs, need, stock)
        self._hindrances: dict[int, tuple[list[int], list[int]]] = {}

    def pruned(self, reached: "dict[State, Entry]", i: int, most: int) -> "dict[State, Entry]":
        """The states that no other one beats, `most` at most."""
        for entry in reached.values():
            self._weighed(entry, i)
        ordered = sorted(reached.values(), key=lambda entry: (entry.cost, -entry.worth))
        kept: list[Entry] = []
        for entry in ordered:
            if not any(self._beats(other, entry, i) for other in reversed(kept[-COMPARED:])):
                kept.append(entry)
        if len(kept) > most:
            self.exact = False
        return {entry.state: entry for entry in kept[:most]}

    def is_beaten(self, entry: Entry, others: "list[Entry]", i: int) -> bool:
        """Whether one of the last of `others` is sure to end no dearer."""
        self._weighed(entry, i)
        cost = entry.cost
        for other in reversed(others[-COMPARED:]):
            if other.cost <= cost and self._beats(other, entry, i):
                return True
        return False

    def _weighed(self, entry: Entry, i: int) -> None:
        """What doing without all that is held costs at most, and what hinders other purchases."""
        lacks = [(self._until(q), *self._lack(q, q[2], q[3], again=True)) for q in entry.state]
        entry.worth = self._all_lacks(lacks, i) if lacks else 0
        entry.blocked = [q[0] for q in entry.state if self.blocks[q[0]] and q[1] > i]

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
            rest += MANY if paid else self.room_cost(o, room)
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

    def _beats(self, other: Entry, entry: Entry, i: int) -> bool:
        """Whether `other`, which is cheaper, stays so even if it buys whatever it lacks."""
        slack = entry.cost - other.cost
        if slack >= entry.worth and not other.blocked:
            return True
        mine, theirs = entry.state, other.state
        cost = self._hindered(theirs, mine, i) if other.blocked else 0
        if cost > slack:
            return False
        lefts, rooms = [own[2] for own in theirs], [own[3] for own in theirs]
        lacks, paired = [], set[int]()
        for held in mine:
            p, end, units, room = held[:4]
            for place, own in enumerate(theirs):
                if held[5] and place not in paired and own[4:] == held[4:] and own[0] == p:
                    held = (p, end, units, room, 0, 0)  # what comes behind is theirs too
                    paired.add(place)
                if own[1] < end or not self.wider[own[0]][p]:
                    continue
                if (units and lefts[place]) and (not self.with_rooms or self.above[own[0]][p]):
                    taken = min(units, lefts[place])
                    units -= taken
                    lefts[place] -= taken
                    if self.way[own[0]] > self.way[p]:
                        cost += taken * (self.way[own[0]] - self.way[p])
                if room and rooms[place] and self.above[own[0]][p]:
                    shared = min(room, rooms[place])
                    room -= shared
                    rooms[place] -= shared
            if units or room or held[5]:
                again = not any(self.space[q] == self.space[p] for q in other.blocked)
                lacks.append((self._until(held), *self._lack(held, units, room, again=again)))
        return cost + (self._all_lacks(lacks, i) if lacks else 0) <= slack

    def _hindered(self, theirs: State, mine: State, i: int) -> int:
        """What it costs at most that `theirs` may not buy what `mine` may."""
        blocks = self.blocks
        free = [held for held in mine if blocks[held[0]] and held[1] > i]
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
        if space not in self._hindrances:
            self._hindrances[space] = self._savings(space)
        most, ends = self._hindrances[space]
        if min(ends[i:until], default=until) < until:
            return MANY
        return max(most[i:until], default=0)

    def _savings(self, space: int) -> tuple[list[int], list[int]]:
        """For each day what a subscription that is bought on it saves at most, and where the first one ends.

        -1 as its end: nothing is known of what it may save.
        """
        most, ends = [0] * len(self.days), [len(self.days)] * len(self.days)
        for day, on_sale in enumerate(self.on_sale):
            for o in on_sale:
                if self.space[o] != space or not self.blocks[o]:
                    continue
                if self.runs[o] or self.with_rooms or self.most[o] or self.stack[o]:
                    ends[day] = -1
                    continue
                end = self.ends(o, day, 1)
                ends[day] = min(ends[day], end)
                units = min(self.units[o], self.sums[o][end] - self.sums[o][day])
                most[day] = max(most[day], units * self.saved[o] - self.offers[o].price * 60)
        return most, ends
