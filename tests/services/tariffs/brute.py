"""A search that leaves nothing out: every way to spend each day, by dates alone, for few days."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from cowork_cli.domain.calendar_days import Length
from cowork_cli.domain.notice import Notice
from cowork_cli.domain.tariff import FOREVER, Tariff
from cowork_cli.domain.tariff_mix import Need, Stock

# What is held: number of the tariff, first day, periods paid, units used and minutes of a room in the
# current period, its number; of a stock: -1, the units left, the last day.
NOTHING = 10**12


def cheapest_of_all(  # noqa: C901
    tariffs: Sequence[Tariff], need: Need, stock: Sequence[Stock] = ()
) -> int | None:
    """The least cost in sixtieths of the minor unit; None where no way covers all days."""
    everything = [*tariffs, *(part.tariff for part in stock)]

    def period_at(t: Tariff, bought: date, day: date) -> int:
        number = 1
        while t.end(bought, number) < day:
            number += 1
        return number

    def until(held: tuple) -> date:
        t = everything[held[0]]
        return held[4] if held[1] is None else t.end(held[1], held[2])

    def active(held: tuple, day: date) -> bool:
        if until(held) < day:
            return False
        t = everything[held[0]]
        if t.subscription:
            return True
        return t.days is None or used(held, day) < (held[2] if held[1] is None else t.days)

    def used(held: tuple, day: date) -> int:
        if held[1] is None:
            return held[3]
        t = everything[held[0]]
        return held[3] if held[5] == period_at(t, held[1], day) else 0

    def room_left(held: tuple, day: date) -> int:
        t = everything[held[0]]
        if held[1] is None:
            return held[6] if t.covers(day) else 0
        return held[6] if held[5] == period_at(t, held[1], day) else t.room_min

    def may(number: int, state: tuple, day: date) -> bool:
        t = everything[number]
        now = [held for held in state if active(held, day)]
        if t.max_active is not None and sum(held[0] == number for held in now) >= t.max_active:
            return False
        if not t.subscription:
            return True
        others = [everything[held[0]] for held in now]
        return all(
            t.stackable and other.stackable
            for other in others
            if other.subscription and other.space == t.space
        )

    def in_room(space: str, state: tuple, day: date) -> tuple[tuple, int] | None:
        minutes = need.rooms.get(day, 0)
        held_on = list(state)

        def soon(place: int) -> date:
            held = held_on[place]
            t = everything[held[0]]
            return held[4] if held[1] is None else t.end(held[1], period_at(t, held[1], day))

        for place in sorted(range(len(held_on)), key=soon):
            held = held_on[place]
            if everything[held[0]].space != space or until(held) < day or not minutes:
                continue
            left = room_left(held, day)
            taken = min(left, minutes)
            minutes -= taken
            if held[1] is None:
                if everything[held[0]].covers(day):
                    held_on[place] = (*held[:6], left - taken)
            else:
                number = period_at(everything[held[0]], held[1], day)
                held_on[place] = (*held[:3], used(held, day), held[4], number, left - taken)
        if not minutes:
            return tuple(held_on), 0
        price = need.room_prices.get(space)
        return None if price is None else (tuple(held_on), minutes * price)

    def without_pauses(t: Tariff, state: tuple, day: date) -> tuple:
        if not t.subscription:
            return state
        return tuple(
            held for held in state
            if until(held) >= day
            or everything[held[0]].space != t.space
            or (t.stackable and everything[held[0]].stackable and everything[held[0]] is not t)
        )  # fmt: skip

    @cache
    def rest(state: tuple, i: int) -> int:
        if i == len(need.days):
            return 0
        day, best = need.days[i], NOTHING

        def go(number: int, cost: int, new: tuple) -> None:
            nonlocal best
            t = everything[number]
            done = in_room(t.space, new, day)
            if done is None:
                return
            state_after, room = done
            total = cost * 60 + need.ways.get(t.space, 0) * 60 + room
            best = min(best, total + rest(tuple(sorted(state_after, key=repr)), i + 1))

        for place, held in enumerate(state):
            t = everything[held[0]]
            if until(held) < day or not t.covers(day):
                if held[1] is not None and until(held) < day and t.runs_on and t.covers(day):
                    others = (*state[:place], *state[place + 1 :])
                    if may(held[0], state, day):
                        number = period_at(t, held[1], day)
                        going = (held[0], held[1], number, 1, None, number, t.room_min)
                        go(held[0], t.price * (number - held[2]),
                           (*without_pauses(t, others, day), going))  # fmt: skip
                continue
            count = used(held, day)
            most = held[2] if held[1] is None else t.days
            if most is not None and count >= most:
                continue
            period = 0 if held[1] is None else period_at(t, held[1], day)
            room = held[6] if held[1] is None else room_left(held, day)
            after = (*held[:3], count + 1, held[4], period, room)
            go(held[0], 0, (*state[:place], after, *state[place + 1 :]))
        for number, t in enumerate(tariffs):
            if t.covers(day) and t.sold(day) and may(number, state, day):
                paid = t.periods(day) if t.runs_on else 1
                bought = (number, day, paid, 1, None, 1, t.room_min)
                go(number, t.price * paid + t.fee, (*without_pauses(t, state, day), bought))
        return best

    start = tuple(
        (number, None, part.left, 0, part.until, 0, part.tariff.room_min)
        for number, part in enumerate(stock, len(tariffs))
    )
    cost = rest(start, 0)
    return None if cost >= NOTHING else cost


def random_case(
    seed: int, most: int = 5, signed: tuple[str, ...] = ("permanent",)
) -> tuple[list[Tariff], Need, list[Stock]]:
    """A case of up to `most` days, with everything that a tariff can have; what is `signed` for a term."""
    r = random.Random(seed)
    first = date(2026, r.randint(1, 12), r.randint(1, 28))
    span = r.choice((8, 15, 40, 75)) if most < 8 else most * r.choice((1, 2, 5))
    days = sorted(r.sample([first + timedelta(n) for n in range(span)], r.randint(1, most)))
    spaces = ["a", "b"][: r.randint(1, 2)]
    alone = {space: r.random() < 0.6 for space in spaces}
    tariffs = []
    for number in range(r.randint(1, 4)):
        space = r.choice(spaces)
        kind = r.choice(("day", "bundle", "week", "quota", "flat", "permanent"))
        common: dict = {"weekdays": frozenset(range(5)) if r.random() < 0.25 else None}
        if r.random() < 0.2:
            common["off"] = frozenset(r.sample(days, 1))
        if r.random() < 0.1:
            common["first"] = r.choice(days)
        if kind in ("day", "bundle") and r.random() < 0.1:
            common["max_active"] = r.randint(1, 2)
        if r.random() < 0.2:
            common["fee"] = r.randint(0, 20)
        if r.random() < 0.2:
            common["room_min"] = 60 * r.randint(0, 3)
        month = Length(1, "m")
        subscription = {
            "subscription": True, "stackable": not alone[space] or r.random() < 0.3,
            "max_active": r.choice((None, None, 1, 2)),
        }  # fmt: skip
        if kind == "day":
            made = Tariff(f"t{number}", space, r.randint(5, 15), **common)
        elif kind == "bundle":
            expires = r.choice((None, Length(10, "d"), Length(3, "w"), Length(2, "m")))
            made = Tariff(
                f"t{number}", space, r.randint(15, 40), r.randint(2, 5), expires, **common
            )
        elif kind == "week":
            made = Tariff(f"t{number}", space, r.randint(15, 40), None, Length(7, "d"),
                          r.random() < 0.5, **{**common, **(subscription if r.random() < 0.4 else {})})  # fmt: skip
        else:
            days_in = r.randint(2, 4) if kind == "quota" else None
            common = {**common, **subscription}
            if kind in signed:
                common["min_term"] = r.choice((None, month, Length(2, "m"), Length(3, "m")))
                common["notice"] = r.choice(
                    (None, Notice(Length(2, "w"), "any"), Notice(month, "month-end"))
                )
            made = Tariff(
                f"t{number}", space, r.randint(15, 50), days_in, month, r.random() < 0.5, **common
            )
        tariffs.append(made)
    ways = {space: r.choice((0, 0, 2, 5)) for space in spaces}
    rooms = (
        {day: 60 * r.randint(1, 2) for day in days if r.random() < 0.3} if r.random() < 0.3 else {}
    )
    prices = {space: r.randint(3, 9) for space in spaces if r.random() < 0.8}
    return tariffs, Need(days, ways, rooms, prices), _random_stock(r, spaces, days, bool(rooms))


def _random_stock(
    r: random.Random, spaces: list[str], days: list[date], rooms: bool
) -> list[Stock]:
    """What is held: days, and hours of a room that may begin later."""
    stock = []
    if r.random() < 0.3:
        t = Tariff("held", r.choice(spaces), 0, 3, None, last=date.min)
        stock.append(Stock(t, r.randint(1, 3), r.choice((days[-1], days[0], FOREVER))))
    if rooms and r.random() < 0.6:
        begins = r.choice((days[0], r.choice(days)))
        off = frozenset(day for day in days if day < begins)
        minutes = r.choice((30, 60, 150))
        t = Tariff("hours", r.choice(spaces), 0, 0, None, room_min=minutes, off=off, last=date.min)
        stock.append(Stock(t, 0, r.choice((days[-1], r.choice(days), FOREVER))))
    return stock
