"""Planning bookings: what is meant, when, at what price, and whether it is booked already.

Nothing is sent from here but questions, and nothing is written: a plan is the same for `--dry-run`
and for the real thing. What counts as the same is the request (desks wanted, times, person), not
what came of it; a key given by the person replaces it.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import (
    LIVE_STATES,
    Booking,
    BookingRequest,
    Window,
)
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Space
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import (
    BadInput,
    Conflict,
    CoworkError,
    SlotTaken,
    Unsupported,
)
from cowork_cli.records import replace
from cowork_cli.services.bookings.caps import refuse_above
from cowork_cli.services.bookings.orders import (
    LOCAL,
    Choice,
    Elsewhere,
    Order,
    Placed,
    Plan,
    Step,
    check_prices,
    firsts,
    from_within,
    question,
)
from cowork_cli.services.bookings.records import space_of
from cowork_cli.services.spaces.availability import outside_hours
from cowork_cli.services.spaces.desks import desks_of, window_of
from cowork_cli.services.spaces.elsewhere import find_desk
from cowork_cli.store import bookings

_OTHER_KEY = "give another `--key`, or the same desk, times and person"

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def plan(
    order: Order,
    *,
    store: "Store",
    accounts: "Accounts",
    now: datetime,
    oneself: str | None = None,
) -> Plan:
    """What is to be sent, nothing sent yet.

    `oneself` is for whom an own desk is booked where the order names nobody.

    Raises BadInput for what cannot be booked at all, NotFound, Ambiguous, PriceAboveLimit.
    """
    _check(order)
    wanted = [find_desk(query, store=store, accounts=accounts) for query in order.desks]
    if order.person is None and all(desk.ref.account == LOCAL for desk in wanted):
        order = replace(order, person=oneself)  # elsewhere one books only for oneself, unnamed
    order, told = _of_team(order, store)
    for desk in wanted:
        check_desk(desk, order, accounts)
    placed = [(desk, space_of(desk, store, accounts)) for desk in wanted]
    project_id = None
    if order.project is not None:
        from cowork_cli.services.clients.clients import find_project

        project_id = find_project(store, order.project, usable=True)
    if order.key is not None:
        _refuse_other_days(order.key, order.days, store, now)
    for day in order.days:
        for _, space in placed:
            _check_time(space, day, order, accounts, now)
    steps = tuple(_step(order, day, placed, store, accounts, now) for day in order.days)
    check_prices(order, steps)
    notes = (*told, *_remarks(order, steps, store), *accounts.said())
    return Plan(order, steps, project_id, question(order, steps), notes)


def _of_team(order: Order, store: "Store") -> tuple[Order, list[str]]:
    """The order for the member of the team who is meant, so that no other spelling goes around a cap.

    A guest needs to be in no team; where there is one, it is said that the name is nobody's there.
    """
    if order.person is None:
        return order, []
    from cowork_cli.services.identifiers.naming import Candidate, fitting
    from cowork_cli.store import team

    known = [Candidate(f"member-{row.id}", row.name) for row in team.every(store)]
    meant = fitting(order.person, known)
    if len(meant) == 1:
        name = meant[0].name
        told = [] if name == order.person else [f'"{order.person}" is {name} of the team.']
        return replace(order, person=name), told
    if not known:
        return order, []
    several = " or ".join(member.name for member in meant)
    whose = f"may be {several} of the team" if several else "is nobody of the team"
    return order, [f'"{order.person}" {whose}: taken for a guest of that name.']


def _remarks(order: Order, steps: Sequence[Step], store: "Store") -> list[str]:
    """What a person should know of a booking before it is made: hours, and where else one is then."""
    remarks: dict[str, None] = {}
    for choice in firsts(steps):
        if note := outside_hours(choice.space, choice.window):
            remarks[note] = None
        for other in _own_touching(choice.window, store):
            if other.person == order.person and other.desk_ref != choice.desk.ref:
                note = (
                    f"At that time you also have {other.id}, {other.desk_name} ({_clocks(other)})."
                )
                remarks[note] = None
    return list(remarks)


def _own_touching(window: Window, store: "Store") -> list[Booking]:
    """The live own bookings, for whomever, that touch a stretch of time."""
    from_at, to_at = seconds_of(window.from_), seconds_of(window.to)
    return bookings.listed(store, from_at=from_at, to_at=to_at, states=LIVE_STATES)


def _clocks(booking: Booking) -> str:
    return f"{booking.from_:%a %H:%M}–{booking.to:%H:%M}"


def _check(order: Order) -> None:
    if not order.days:
        raise BadInput("no date was given", "give it as `--on 2026-12-01`")
    if order.all_day and (order.from_ or order.to):
        raise BadInput("a whole day has no times", "give `--all-day`, or `--from` and `--to`")
    if (order.from_ is None) != (order.to is None):
        missing = "--from" if order.from_ is None else "--to"
        raise BadInput(f"{missing} is missing", "give both `--from` and `--to`, or `--all-day`")


def check_desk(desk: Desk, order: Order, accounts: "Accounts") -> None:
    """Whether a desk can be booked so at all. Raises Unsupported, BadInput."""
    account = desk.ref.account
    if not accounts.bookable(account):
        page = accounts.booking_page(desk.ref)
        raise Unsupported(
            f'account "{account}" takes no bookings from here',
            f"book it at {page}" if page else "see what each can do with `cowork provider list`",
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


def _check_time(space: Space, day: date, order: Order, accounts: "Accounts", now: datetime) -> None:
    zone = accounts.zones.of(space)
    if day < now.astimezone(zone).date():
        raise BadInput(f"{day:%a %Y-%m-%d} is over", "give a day from today on")
    if order.from_ is not None:
        refuse_past(window_of(day, order.from_, order.to, zone), now)


def refuse_past(window: Window, now: datetime) -> None:
    """Raises BadInput for a time that is over, told as a day where the whole of it is."""
    if window.to > now:
        return
    if window.from_.date() < now.astimezone(window.from_.tzinfo).date():
        raise BadInput(f"{window.from_:%a %Y-%m-%d} is over", "give a day from today on")
    raise BadInput(f"{window.to:%a %Y-%m-%d %H:%M} is over", "give a time that is to come")


def window_at(desk: Desk, space: Space, day: date, order: Order, accounts: "Accounts") -> Window:
    """The time that is booked on a day. Without times: the space's hours, else the whole day.

    Raises Conflict if the space is known to be closed that day, BadInput if its hours do not tell.
    """
    zone = accounts.zones.of(space)
    if order.from_ is not None:
        return window_of(day, order.from_, order.to, zone)
    from cowork_cli.services.calendar import opening, regions

    opened = opening.spans(space.hours.text, day, zone, regions.of_space(space))
    if opened is None and not space.hours.text:
        return window_of(day, None, None, zone)
    if opened is None:
        raise BadInput(
            f"the hours of {space.name} do not tell when it is open on {day:%a %Y-%m-%d} "
            f'("{space.hours.text}")',
            f"say from when to when: `cowork book {shell_word(desk.name)} --on {day} --from 09:00 --to 17:00`",
        )
    if not opened:
        raise Conflict(
            f"{space.name} is closed on {day:%a %Y-%m-%d} ({space.hours.text})",
            f"with a key of your own: `cowork book {shell_word(desk.name)} --on {day} --from 09:00 --to 17:00`",
        )
    return Window(opened[0][0], opened[-1][1])


def holiday_notes(plan: Plan) -> list[str]:
    """Of each day that is, or may be, a public holiday where the desk stands: a line."""
    from cowork_cli.services.calendar import regions
    from cowork_cli.services.calendar.holidays import note

    placed = {
        (step.day, choice.space.ref): choice.space
        for step in plan.steps
        for choice in step.choices[:1]
    }
    lines = (note(day, regions.of_space(space), space.name) for (day, _), space in placed.items())
    return [line for line in lines if line]


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
        timed = [
            Placed(desk, space, window_at(desk, space, day, order, accounts))
            for desk, space in placed
        ]
        refuse_past(timed[0].window, now)
        request = canonical([desk for desk, _ in placed], timed[0].window, order)
        existing = _existing(order, timed, request, key, store)
        elsewhere = None if existing or key else _existing_elsewhere(timed, accounts)
        if existing or elsewhere:
            return Step(day, existing, elsewhere, request=request, key=key)
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
    order: Order, timed: Sequence[Placed], request: str, key: str | None, store: "Store"
) -> Booking | None:
    """A live booking of the same request in the own records, by its key or by what it asks for."""
    if key is not None:
        return _with_key(key, request, store)
    same = bookings.live_requests(store, request)
    for placed in () if same else timed:
        ends = seconds_of(placed.window.from_), seconds_of(placed.window.to)
        same += bookings.live_on(store, [placed.desk.ref], *ends, order.person)
    return replace(same[0], existing=True) if same else None


def _with_key(key: str, request: str, store: "Store") -> Booking | None:
    for booking, known in bookings.with_key(store, key):
        if known != request:
            raise Conflict(f'the key "{key}" belongs to another request, {booking.id}', _OTHER_KEY)
        if booking.state in LIVE_STATES:
            return replace(booking, existing=True)
    return None


def _refuse_other_days(key: str, days: Sequence[date], store: "Store", now: datetime) -> None:
    """Raises Conflict where a key was given to other days than these; what is over is not asked about.

    Fewer than these may be booked with it: a day that was refused then is tried again.
    """
    asked = {day.isoformat() for day in days}
    for number, day in bookings.days_with_key(store, key):
        if day not in asked and day >= now.date().isoformat():
            raise Conflict(f'the key "{key}" belongs to another request, b-{number}', _OTHER_KEY)
    if len(days) > 1 and (single := bookings.with_key(store, key)):
        raise Conflict(f'the key "{key}" belongs to another request, {single[0][0].id}', _OTHER_KEY)


def _existing_elsewhere(timed: Sequence[Placed], accounts: "Accounts") -> Elsewhere | None:
    """My live booking at the platform that the own records do not know."""
    for placed in timed:
        account = placed.desk.ref.account
        if account == LOCAL:
            continue  # its book is the store itself, and was just read
        for there in accounts.booker(account).bookings(placed.window):
            same = (there.desk, there.window) == (placed.desk.ref, placed.window)
            if same and there.state in LIVE_STATES:
                return Elsewhere(there, placed)
    return None


def _choices(
    order: Order, timed: Sequence[Placed], store: "Store", accounts: "Accounts"
) -> tuple[Choice, ...]:
    """The wanted desks that are free, in their order. Raises SlotTaken if none is."""
    choices: list[Choice] = []
    taken: list[CoworkError] = []
    for placed in [*timed, *_others(order, timed, store, accounts)]:
        desk, window = placed.desk, placed.window
        request = BookingRequest(desk.ref, window, order.person, order.title)
        try:
            quote = accounts.booker(desk.ref.account).quote(request)
        except SlotTaken as problem:
            taken.append(_by_whom(problem, placed, order, store))
            continue
        choice = Choice(desk, placed.space, window, quote)
        refuse_above(choice, order.person, store, accounts.zones.of(placed.space))
        choices.append(choice)
    if not choices:
        raise all_taken(taken)
    return from_within(choices, order.max_price)


def _others(
    order: Order, timed: Sequence[Placed], store: "Store", accounts: "Accounts"
) -> list[Placed]:
    """With `--fallback any`: what else there is of the first desk's kind in its space."""
    if not order.any_desk:
        return []
    named = {placed.desk.ref for placed in timed}
    first = timed[0]
    return [
        Placed(desk, first.space, first.window)
        for desk in desks_of(first.space.ref, store, accounts)
        if desk.kind == first.desk.kind and desk.ref not in named
    ]


def _by_whom(problem: SlotTaken, placed: Placed, order: Order, store: "Store") -> SlotTaken:
    """The refusal with the own bookings that stand in the way, and what to do about them."""
    touching = _own_touching(placed.window, store)
    own = [booking for booking in touching if booking.desk_ref == placed.desk.ref]
    if not own:
        return problem
    names = ", ".join(
        booking.id + (f" for {booking.person}" if booking.person else "") for booking in own
    )
    problem.message = f"{problem.message}, by your own {names}"
    if all(booking.person == order.person for booking in own):
        ids = " ".join(booking.id for booking in own)
        problem.hint = (
            f"another time for it: cancel it with `cowork booking cancel {ids}`, then book again"
        )
    return problem


def all_taken(taken: Sequence[CoworkError]) -> CoworkError:
    """One error for desks that are all taken."""
    told = taken[0]
    if len(taken) > 1:
        told.message = "; ".join(problem.message for problem in taken)
    return told
