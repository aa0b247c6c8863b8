"""Standing orders: giving them with a consent that is kept, pausing, taking them back.

`standing_run` books what is due. Nothing is booked from here.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cowork_cli.domain.money import Money
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.spelling import guess
from cowork_cli.domain.standing import WEEK, StandingOrder, next_on, opening
from cowork_cli.errors import BadInput, Conflict, CoworkError, NotFound, SlotTaken
from cowork_cli.records import dataclass
from cowork_cli.services.bookings.orders import LOCAL, Order, firsts
from cowork_cli.store import standing

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.bookings.orders import Choice
    from cowork_cli.store.engine.store import Store

LONGEST_AHEAD = 366


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for. `weekdays`: Monday is 0; `land` is a code such as `NW`."""

    name: str
    desks: tuple[str, ...]
    weekdays: frozenset[int]
    from_: time | None
    to: time | None
    ahead_days: int
    opens: time
    land: str | None = None
    any_desk: bool = False
    max_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is to be given. `question` is what a person agrees to, None where nothing costs money."""

    wish: Wish
    desks: tuple[str, ...]
    timezone: str
    first: date
    consent: tuple[str, ...]
    question: str | None
    notes: tuple[str, ...]


# ---- giving one


def draft(wish: Wish, *, store: Store, accounts: Accounts, now: datetime) -> Draft:
    """What the order comes to, nothing written yet.

    Raises BadInput for windows that never open and a price that is missing, NotFound, Ambiguous,
    Unsupported for desks, Conflict for a name that is taken.
    """
    _check(wish, store)
    from cowork_cli.services.bookings import planning
    from cowork_cli.services.bookings.records import space_of
    from cowork_cli.services.spaces.elsewhere import find_desk

    desks = [find_desk(query, store=store, accounts=accounts) for query in wish.desks]
    zones = [accounts.zones.of(space_of(desk, store, accounts)) for desk in desks]
    if len({zone.key for zone in zones}) > 1:
        raise BadInput(
            "the desks lie in several time zones", "give one standing order for each of them"
        )
    first = _first_day(wish, now.astimezone(zones[0]))
    refs = tuple(dict.fromkeys(str(desk.ref) for desk in desks))
    for desk in desks:
        if desk.kind in ("room", "booth") and wish.from_ is None:
            raise BadInput(
                f'"{desk.name}" is a {desk.kind}, which is booked by the hour',
                "give `--from HH:MM --to HH:MM`",
            )
        planning.check_desk(desk, order_for(wish, refs, first), accounts)
    choice, notes = _quoted(wish, refs, first, store=store, accounts=accounts, now=now)
    elsewhere = any(desk.ref.account != LOCAL for desk in desks)
    free = not elsewhere or _is_free(choice)
    if not free and wish.max_price is None:
        raise BadInput(
            "--max-price is missing: what is booked there costs money, or may",
            "give what each booking may cost, as in `--max-price 15`",
        )
    consent = (choice.quote.consent,) if choice and choice.quote.consent else ()
    asks = _question(wish, [desk.name for desk in desks], consent) if elsewhere else None
    return Draft(wish, refs, zones[0].key, first, consent, asks, (*notes, *accounts.said()))


def _first_day(wish: Wish, there: datetime) -> date:
    """Today if what is wanted has not begun yet at the space; a whole day begins at midnight."""
    today = there.date()
    begun = wish.from_ is None or wish.from_ <= there.time()
    return next_on(today + timedelta(days=1) if begun else today, wish.weekdays)


def _refuse_name(name: str, store: Store) -> None:
    if not name.strip() or name != name.strip():
        raise BadInput(
            "a standing order needs a name", 'as in `cowork standing add office "Desk 1" …`'
        )
    if standing.named(store, name) is not None:
        raise Conflict(
            f'there is a standing order "{name}" already',
            f"see it with `cowork standing show {shell_word(name)}`, or give another name",
        )


def _check(wish: Wish, store: Store) -> None:
    _refuse_name(wish.name, store)
    if not 0 <= wish.ahead_days <= LONGEST_AHEAD:
        raise BadInput(
            f"--ahead is 0 to {LONGEST_AHEAD} days, not {wish.ahead_days}", "as in `--ahead 14d`"
        )
    if (wish.from_ is None) != (wish.to is None):
        missing = "--from" if wish.from_ is None else "--to"
        raise BadInput(f"{missing} is missing", "give both `--from` and `--to`, or none of them")
    if wish.from_ is not None and wish.to not in (time(), None) and wish.to <= wish.from_:
        raise BadInput(
            f"{wish.to:%H:%M} is not after {wish.from_:%H:%M}",
            "give `--from` and `--to` in their order",
        )
    begin = wish.from_ or time()
    if wish.ahead_days == 0 and wish.opens > begin:
        raise BadInput(
            f"that window never opens: at {wish.opens:%H:%M} of the day itself, what is to be booked "
            f"has begun at {begin:%H:%M}",
            "give `--ahead 1d` or more, or an earlier `--opens`",
        )


def order_for(wish: Wish, desks: tuple[str, ...], day: date) -> Order:
    """The order of one day, without a limit: what may be paid is looked at choice by choice."""
    return Order(desks, (day,), wish.from_, wish.to, wish.from_ is None, any_desk=wish.any_desk)


def _quoted(
    wish: Wish,
    desks: tuple[str, ...],
    day: date,
    *,
    store: Store,
    accounts: Accounts,
    now: datetime,
) -> tuple[Choice | None, list[str]]:
    """The price of one of the next days, as far as it can be asked now."""
    from cowork_cli.services.bookings import planning

    order = order_for(wish, desks, day)
    try:
        plan = planning.plan(order, store=store, accounts=accounts, now=now)
    except SlotTaken:
        return None, []
    except CoworkError as problem:
        return None, [f"What it costs could not be asked for {day:%a %Y-%m-%d}: {problem.message}."]
    choices = firsts(plan.steps)
    return (choices[0] if choices else None), []


def _is_free(choice: Choice | None) -> bool:
    return choice is not None and choice.quote.price is not None and choice.quote.price.minor == 0


def _question(wish: Wish, names: list[str], consent: tuple[str, ...]) -> str:
    what = " or ".join(f'"{name}"' for name in names) + (", or another" if wish.any_desk else "")
    days = ", ".join(WEEK[number] for number in sorted(wish.weekdays))
    cost = f"for at most {wish.max_price} each" if wish.max_price else "as long as it is free"
    accepting = f", accepting {' and '.join(consent)}" if consent else ""
    return f"Book {what} every {days} without asking again, {cost}{accepting}?"


def add(drawn: Draft, *, store: Store) -> StandingOrder:
    """Writes the order down; the next run books what is open already."""
    wish = drawn.wish
    next_at = opening(drawn.first, wish.ahead_days, wish.opens, drawn.timezone)
    limit = wish.max_price
    with store.transaction() as journal:
        standing.add(
            journal,
            {
                "name": wish.name,
                "desk_refs": json.dumps(drawn.desks, ensure_ascii=False),
                "weekdays": "".join(str(number) for number in sorted(wish.weekdays)),
                "from_clock": f"{wish.from_:%H:%M}" if wish.from_ else None,
                "to_clock": f"{wish.to:%H:%M}" if wish.to is not None else None,
                "ahead_days": wish.ahead_days,
                "opens": f"{wish.opens:%H:%M}",
                "land": wish.land,
                "any_desk": int(wish.any_desk),
                "max_price": json.dumps([limit.minor, limit.currency]) if limit else None,
                "consent": json.dumps(drawn.consent, ensure_ascii=False),
                "timezone": drawn.timezone,
                "state": "active",
                "next_day": drawn.first.isoformat(),
                "next_at": next_at,
                "created_at": store.now_s,
            },
        )
    return find(wish.name, store)


# ---- those there are


def find(name: str, store: Store) -> StandingOrder:
    """The order of exactly that name. Raises NotFound naming the nearest."""
    order = standing.named(store, name)
    if order is None:
        names = [known.name for known in standing.every(store)]
        raise NotFound(
            f'there is no standing order "{name}"{guess(name, names)}',
            "see them with `cowork standing list`",
        )
    return order


def turn(name: str, state: str, *, store: Store) -> tuple[StandingOrder, bool]:
    """Pauses (`paused`) or resumes (`active`) an order; whether that changed anything."""
    order = find(name, store)
    with store.transaction() as journal:
        changed = standing.change(journal, order.id, {"state": state})
    return find(name, store), changed


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be other of an order; None stays. An empty `land` takes the holidays in again."""

    name: str | None = None
    max_price: Money | None = None
    land: str | None = None
    any_desk: bool | None = None


def question_of(name: str, change: Change, *, store: Store) -> str | None:
    """What a person has to agree to before an order may cost more than it did; else None.

    Raises NotFound, Conflict for a name that is taken, BadInput where nothing is named.
    """
    order = find(name, store)
    if change == Change():
        raise BadInput("nothing was named", f"as in `cowork standing edit {name} --max-price 15`")
    if change.name is not None and change.name != order.name:
        _refuse_name(change.name, store)
    limit, before = change.max_price, order.max_price
    if limit is None or (before is not None and limit.minor <= before.minor):
        return None
    return f'Let "{order.name}" book for at most {limit} each, without asking again?'


def edit(name: str, change: Change, *, store: Store) -> StandingOrder:
    """Changes an order; what it booked stays, and its dates go on. See `question_of` for what is raised."""
    question_of(name, change, store=store)
    order = find(name, store)
    values: dict[str, object] = {}
    if change.name is not None:
        values["name"] = change.name
    if change.max_price is not None:
        values["max_price"] = json.dumps([change.max_price.minor, change.max_price.currency])
    if change.land is not None:
        values["land"] = change.land or None
    if change.any_desk is not None:
        values["any_desk"] = int(change.any_desk)
    with store.transaction() as journal:
        standing.change(journal, order.id, values)
    return find(change.name or name, store)


def remove(name: str, *, store: Store) -> StandingOrder:
    """Removes an order; what it booked stays."""
    order = find(name, store)
    with store.transaction() as journal:
        standing.remove(journal, store, order.id)
    return order
