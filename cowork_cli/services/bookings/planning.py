"""Planning bookings: what is meant, when, at what price, and whether it is booked already.

Nothing is sent from here but questions. What counts as the same is the request (desks wanted, times,
person), not what came of it; a key given by the person replaces it. Past 400 lines, because a plan is one story: desk, time, what stands
already, quote, question; cut in two, each half would need the other.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.booking import (
    LIVE_STATES,
    Booking,
    BookingRequest,
    ProviderBooking,
    Quote,
    Window,
)
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.space import Desk, Space
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import (
    BadInput,
    Conflict,
    CoworkError,
    PriceAboveLimit,
    SlotTaken,
    Unsupported,
)
from cowork_cli.records import dataclass, replace
from cowork_cli.services.spaces.desks import desks_of, find_desk, window_of, zone_of
from cowork_cli.store import bookings, spaces
from cowork_cli.store.spaces import price_to_json

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for. Several desks are an order of preference; each day is one booking.

    `any_desk`: if none of them is free, another of the same kind in the space will do.
    """

    desks: tuple[str, ...]
    days: tuple[date, ...]
    from_: time | None = None
    to: time | None = None
    all_day: bool = False
    person: str | None = None
    title: str | None = None
    project: str | None = None
    max_price: Money | None = None
    key: str | None = None
    any_desk: bool = False
    series: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One day of an order: a booking that stands already, a problem, or what is to be sent.

    `choices` are the desks to try, best first, each with its window and quote.
    """

    day: date
    existing: Booking | None = None
    problem: CoworkError | None = None
    choices: tuple["Choice", ...] = ()
    request: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A desk that was free when it was asked."""

    desk: Desk
    space: Space
    window: Window
    quote: Quote


@dataclass(frozen=True, slots=True)
class Plan:
    """What an order comes to. `question` is what to ask a person first, None if nothing costs money."""

    order: Order
    steps: tuple[Step, ...]
    project_id: int | None
    question: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order."""

    bookings: list[Booking]
    problems: list[CoworkError]
    notes: list[str]


# ---- planning


def plan(order: Order, *, store: "Store", accounts: "Accounts", now: datetime) -> Plan:
    """What is to be sent, nothing sent yet.

    Raises BadInput for what cannot be booked at all, NotFound, Ambiguous, PriceAboveLimit.
    """
    _check(order)
    found = [find_desk(query, store=store, accounts=accounts) for query in order.desks]
    for desk in found:
        _check_desk(desk, order, accounts)
    placed = [(desk, space_of(desk, store, accounts)) for desk in found]
    project_id = _project(order.project, store)
    for day in order.days:
        for desk, space in placed:
            _check_time(desk, space, day, order, now)
    steps = tuple(_step(order, day, placed, store, accounts, now) for day in order.days)
    _check_prices(order, steps)
    return Plan(order, steps, project_id, _question(order, steps))


def _check(order: Order) -> None:
    if not order.days:
        raise BadInput("no date was given", "give it as `--on 2026-12-01`")
    if order.all_day and (order.from_ or order.to):
        raise BadInput("a whole day has no times", "give `--all-day`, or `--from` and `--to`")
    if (order.from_ is None) != (order.to is None):
        missing = "--from" if order.from_ is None else "--to"
        raise BadInput(f"{missing} is missing", "give both `--from` and `--to`, or `--all-day`")


def _check_desk(desk: Desk, order: Order, accounts: "Accounts") -> None:
    account = desk.ref.account
    if not accounts.bookable(account):
        raise Unsupported(
            f'account "{account}" takes no bookings',
            "see what each can do with `cowork provider list`",
            account=account,
        )
    if order.person is not None and account != LOCAL:
        raise Unsupported(
            f'at account "{account}" one books only for oneself',
            "leave out `--for`",
            account=account,
        )
    if desk.kind in ("room", "booth") and order.from_ is None and not order.all_day:
        raise BadInput(
            f'"{desk.name}" is a {desk.kind}, which is booked by the hour',
            "give `--from HH:MM --to HH:MM`, or `--all-day`",
        )


def _check_time(desk: Desk, space: Space, day: date, order: Order, now: datetime) -> None:
    zone = zone_of(space)
    if day < now.astimezone(zone).date():
        raise BadInput(f"{day:%a %Y-%m-%d} is over", "give a day from today on")
    if order.from_ is not None:
        _refuse_past(window_of(day, order.from_, order.to, zone), now)


def _refuse_past(window: Window, now: datetime) -> None:
    if window.to <= now:
        raise BadInput(f"{window.to:%a %Y-%m-%d %H:%M} is over", "give a time that is to come")


def window_at(desk: Desk, space: Space, day: date, order: Order) -> Window:
    """The time that is booked on a day. Without times: the space's hours, else the whole day.

    Raises Conflict if the space is known to be closed that day.
    """
    zone = zone_of(space)
    if order.from_ is not None:
        return window_of(day, order.from_, order.to, zone)
    from cowork_cli.services.calendar import opening

    opened = opening.spans(space.hours.text, day, zone)
    if opened is None:
        return window_of(day, None, None, zone)
    if not opened:
        raise Conflict(
            f"{space.name} is closed on {day:%a %Y-%m-%d} ({space.hours.text})",
            f'with a key of your own: `cowork book "{desk.name}" --on {day} --from 09:00 --to 17:00`',
        )
    return Window(opened[0][0], opened[-1][1])


def space_of(desk: Desk, store: "Store", accounts: "Accounts") -> Space:
    """The space of a desk: of the directory, else asked of its account."""
    found = spaces.by_ref(store, desk.space_ref)
    if found is not None:
        return found
    provider = accounts.provider(desk.ref.account)
    if hasattr(provider, "space"):
        asked: Space = provider.space(desk.space_ref)
        return asked
    return Space(desk.space_ref, desk.space_ref.id)


def _step(
    order: Order,
    day: date,
    placed: Sequence[tuple[Desk, Space]],
    store: "Store",
    accounts: "Accounts",
    now: datetime,
) -> Step:
    """One day; a refusal of that day is kept, so that the other days go on."""
    key = order.key if order.key is None or len(order.days) == 1 else f"{order.key}:{day}"
    try:
        timed = [(desk, space, window_at(desk, space, day, order)) for desk, space in placed]
        _refuse_past(timed[0][2], now)
        request = canonical([desk for desk, _ in placed], timed[0][2], order)
        existing = _existing(order, timed, request, key, store, accounts)
        if existing is not None:
            return Step(day, existing=existing, request=request, key=key)
        choices = _choices(order, timed, store, accounts)
    except CoworkError as problem:
        if len(order.days) == 1:
            raise
        return Step(day, problem=dated(problem, day))
    return Step(day, choices=choices, request=request, key=key)


def dated(problem: CoworkError, day: date) -> CoworkError:
    """The problem with its day in front, where that is not said yet."""
    if f"{day}" not in problem.message:
        problem.message = f"{day:%a %Y-%m-%d}: {problem.message}"
    return problem


def canonical(desks: Sequence[Desk], window: Window, order: Order) -> str:
    """The request in one form: the same text is the same request."""
    wanted = {f"{desk.space_ref}/*" if order.any_desk else str(desk.ref) for desk in desks}
    ends = [moment.astimezone(UTC).isoformat(timespec="seconds") for moment in _ends(window)]
    return json.dumps(
        {"desks": sorted(wanted), "from": ends[0], "to": ends[1], "person": order.person},
        ensure_ascii=False,
    )


def _ends(window: Window) -> tuple[datetime, datetime]:
    return window.from_, window.to


def _existing(
    order: Order,
    timed: Sequence[tuple[Desk, Space, Window]],
    request: str,
    key: str | None,
    store: "Store",
    accounts: "Accounts",
) -> Booking | None:
    """A live booking of the same request: by key, of the own records, or at the provider."""
    if key is not None:
        for booking, known in bookings.with_key(store, key):
            if known != request:
                raise Conflict(
                    f'the key "{key}" belongs to another request, {booking.id}',
                    "give another `--key`, or the same desk, times and person",
                )
            if booking.state in LIVE_STATES:
                return replace(booking, existing=True)
        return None
    found = bookings.live_requests(store, request)
    if not found:
        for desk, _, window in timed:
            ends = seconds_of(window.from_), seconds_of(window.to)
            found += bookings.live_on(store, [desk.ref], *ends, order.person)
    if found:
        return replace(found[0], existing=True)
    return _existing_there(order, timed, request, store, accounts)


def _existing_there(
    order: Order,
    timed: Sequence[tuple[Desk, Space, Window]],
    request: str,
    store: "Store",
    accounts: "Accounts",
) -> Booking | None:
    """My live booking at the platform that the own records do not know; brought in when found."""
    for desk, space, window in timed:
        if desk.ref.account == LOCAL:
            continue  # its book is the store itself, and was just read
        for there in accounts.provider(desk.ref.account).bookings(window):
            if there.desk == desk.ref and there.window == window and there.state in LIVE_STATES:
                number = bring_in(there, desk, space, request, store)
                found = bookings.own(store, number)
                assert found is not None
                return replace(found, existing=True)
    return None


def bring_in(there: ProviderBooking, desk: Desk, space: Space, request: str, store: "Store") -> int:
    """Adds a booking made elsewhere to the own records; its number."""
    with store.transaction() as journal:
        return bookings.add(
            journal,
            {
                **record_of(desk, space, there.window, there.person, there.title, request, store),
                **answer_of(there, desk),
            },
        )


def record_of(
    desk: Desk,
    space: Space,
    window: Window,
    person: str | None,
    title: str | None,
    request: str,
    store: "Store",
) -> dict[str, Any]:
    """The own record of a booking before its provider has answered."""
    return {
        "account": desk.ref.account,
        "desk_ref": str(desk.ref),
        "desk_name": desk.name,
        "space_name": space.name,
        "from_at": seconds_of(window.from_),
        "to_at": seconds_of(window.to),
        "timezone": zone_of(space).key,
        "state": "asked",
        "person": person,
        "title": title,
        "created_at": store.now_s,
        "request": request,
    }


def answer_of(there: ProviderBooking, desk: Desk | None) -> dict[str, Any]:
    """What a provider's answer changes in the own record."""
    tax = desk.price.tax if desk and desk.price else "unknown"
    values: dict[str, Any] = {"identity": there.ref.id, "state": there.state}
    if there.price is not None:
        values["price"] = json.dumps(price_to_json(Price(there.price, "once", tax)))
    if there.cancel_until is not None:
        values["cancel_until"] = seconds_of(there.cancel_until)
    if there.cancel_fee is not None:
        values["cancel_fee"] = json.dumps([there.cancel_fee.minor, there.cancel_fee.currency])
    return values


def _choices(
    order: Order,
    timed: Sequence[tuple[Desk, Space, Window]],
    store: "Store",
    accounts: "Accounts",
) -> tuple[Choice, ...]:
    """The wanted desks that are free, in their order. Raises SlotTaken if none is."""
    candidates = list(timed)
    if order.any_desk:
        named = {desk.ref for desk, _, _ in timed}
        first, space, window = timed[0]
        candidates += [
            (desk, space, window)
            for desk in desks_of(space.ref, store, accounts)
            if desk.kind == first.kind and desk.ref not in named
        ]
    found: list[Choice] = []
    taken: list[CoworkError] = []
    for desk, space, window in candidates:
        request = BookingRequest(desk.ref, window, order.person, order.title)
        try:
            quote = accounts.provider(desk.ref.account).quote(request)
        except SlotTaken as problem:
            taken.append(problem)
            continue
        found.append(Choice(desk, space, window, quote))
    if not found:
        raise all_taken(taken)
    return tuple(found)


def all_taken(taken: Sequence[CoworkError]) -> CoworkError:
    """One error for desks that are all taken."""
    first = taken[0]
    if len(taken) > 1:
        first.message = "; ".join(problem.message for problem in taken)
    return first


def _project(query: str | None, store: "Store") -> int | None:
    if query is None:
        return None
    from cowork_cli.services.identifiers.naming import Candidate, choose

    known = {full: (number, name) for number, full, name in bookings.projects(store)}
    candidates = [Candidate(full, name or full) for full, (_, name) in known.items()]
    return known[choose(query, candidates, "project").id][0]


def _check_prices(order: Order, steps: Sequence[Step]) -> None:
    """`--max-price` holds for each booking; nothing is sent if one is above it or not known."""
    limit = order.max_price
    if limit is None:
        return
    for choice in _firsts(steps):
        price = choice.quote.price
        if price is None:
            raise PriceAboveLimit(
                f'what "{choice.desk.name}" costs is not known, and --max-price was given',
                "leave out `--max-price` and answer for yourself, or add `--yes`",
            )
        if price.currency != limit.currency or price.minor > limit.minor:
            raise PriceAboveLimit(
                f'"{choice.desk.name}" on {choice.window.from_:%Y-%m-%d} costs {price},'
                f" above the limit of {limit}",
                "raise `--max-price`, or choose another desk with `cowork desk free`",
            )


def _firsts(steps: Sequence[Step]) -> list[Choice]:
    return [step.choices[0] for step in steps if step.choices]


def _question(order: Order, steps: Sequence[Step]) -> str | None:
    """What a person must say yes to: bookings elsewhere that cost money, or may."""
    if order.max_price is not None:
        return None
    paid = [
        choice
        for choice in _firsts(steps)
        if choice.desk.ref.account != LOCAL
        and (choice.quote.price is None or choice.quote.price.minor > 0)
    ]
    if not paid:
        return None
    known = [choice.quote.price for choice in paid if choice.quote.price is not None]
    if len(known) < len(paid) or len({price.currency for price in known}) > 1:
        cost = "at a price that is not known"
    else:
        cost = f"for {Money(sum(price.minor for price in known), known[0].currency)}"
    first = paid[0]
    what = f'"{first.desk.name}" at {first.space.name}'
    times = f"on {len(paid)} days" if len(paid) > 1 else f"on {first.window.from_:%a %Y-%m-%d}"
    return f"Book {what} {times} {cost}?"
