"""What is held on each day, and every way to go on from it: the states that `mix` walks through.

Offers, spaces and days are numbers here, so that a state is a small tuple; it has one form, in which nothing
is held that covers no planned day any more. Money is in sixtieths of the minor unit, so that a minute of a room at
a price by the hour is a whole number.
"""

from bisect import bisect_right
from collections.abc import Sequence

from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.tariff_mix import Need, Stock

MANY = 1 << 40
Held = tuple[int, int, int, int, int, int]
"""Offer, end of its period and units left, minutes of a room left; if it runs on: bought, periods paid."""
State = tuple[Held, ...]
Step = tuple[int, str, int, int]
"""Day, `use` `buy` or `extend`, offer; periods paid, or the day on which what is used was bought."""


class States:
    """Everything about the offers and days of one question, by their numbers."""

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
        week = [day.weekday() for day in self.days]
        self.covers = [
            [
                (offer.weekdays is None or weekday in offer.weekdays) and day not in offer.off
                for day, weekday in zip(self.days, week, strict=True)
            ]
            for offer in self.offers
        ]
        self.sums = [_sums(row) for row in self.covers]
        masks = [sum(1 << i for i, yes in enumerate(row) if yes) for row in self.covers]
        same = range(count)
        self.above = [
            [self.space[a] == self.space[b] and not masks[b] & ~masks[a] for b in same]
            for a in same
        ]
        self.wider = [[not masks[b] & ~masks[a] for b in same] for a in same]
        self.units = [MANY if offer.days is None else offer.days for offer in self.offers]
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
        self._ends: list[list[list[int]]] = [[[] for _ in range(many)] for _ in same]
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
        """The price at which what it covers can be had again later; `MANY` where that is not sure."""
        offer = self.offers[o]
        if self._can_wait(o):
            return (offer.price + offer.fee) * 60
        sure = self.runs[o] and not (self.late[o] or self.most[o] or offer.first or offer.last)
        if o >= self.sold or not sure or not (offer.days is None or offer.calendar):
            return MANY
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
            return MANY
        most = max((row[o] for row in self.paid if o in row), default=1)
        return (offer.fee + offer.price * (most - 1)) * 60

    def begun(self, o: int, i: int) -> int:
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
            held.append((number, end, part.left, part.tariff.room_min, 0, 0))
        return self.rolled(tuple(held), 0)

    def _ticket(self, i: int) -> int:
        """What the day costs for one who holds nothing: the cheapest ticket for it alone."""
        costs = [
            (self.offers[o].price + self.offers[o].fee) * 60
            + self.way[o]
            + self.room_cost(o, self.rooms[i])
            for o in self.on_sale[i]
            if not self.sub[o] and self.most[o] is None
        ]
        return min(costs, default=MANY)

    def room_cost(self, o: int, minutes: int) -> int:
        """What minutes of a room cost at the space of an offer."""
        price = self.room_price[o]
        return 0 if not minutes else MANY if price is None else minutes * price

    def _saved(self, o: int) -> int:
        """The most that one unit of an offer can save on any day."""
        costs = [self.ticket[i] for i, yes in enumerate(self.covers[o]) if yes]
        return max(0, max(costs, default=0) - self.way[o])

    def ends(self, o: int, bought: int, period: int) -> int:
        """The first day behind a period (from 1) of what was bought on a day, as a number."""
        known = self._ends[o][bought]
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
                current = self.period_at(o, bought, i)
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

    def period_at(self, o: int, bought: int, i: int) -> int:
        """The period (from 1) that day `i` lies in, of what was bought on a day."""
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
                self.begun(o, i) if paid else 0,
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
            current = self.period_at(o, begun, i)
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
            cost += self.room_cost(o, minutes)
        found.append((cost, self.rolled(state, i + 1), step))

    def _in_rooms(self, space: int, state: State, minutes: int, i: int) -> tuple[State, int]:
        """The included minutes are used, those that end first before others; and the minutes left."""
        held = list(state)
        order = sorted(range(len(held)), key=lambda place: held[place][1])
        for place in order:
            o, end, left, room, bought, paid = held[place]
            if o >= self.sold and not self.covers[o][i]:
                continue  # what is held for a period to come has not begun
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
