"""Moving a booking: in one step where the platform can, else the new one first and then the old.

The old booking is never given up for one that is not there: where it takes two steps and the second
fails, both stand, and both are told.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Booking, BookingRequest, Quote, Window
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.money import Money
from cowork_cli.domain.zones import instant_of, seconds_of
from cowork_cli.errors import (
    BadInput,
    Conflict,
    CoworkError,
    OutcomeUnknown,
    SlotTaken,
    Unsupported,
    by_gravity,
    raise_if_all_failed,
)
from cowork_cli.records import dataclass, replace
from cowork_cli.services.bookings import cancelling, sending
from cowork_cli.services.bookings.caps import refuse_above
from cowork_cli.services.bookings.orders import (
    LOCAL,
    Choice,
    Order,
    Outcome,
    Plan,
    Step,
    check_prices,
    question,
    terms_line,
)
from cowork_cli.services.bookings.planning import canonical, dated, refuse_past
from cowork_cli.services.bookings.records import answer_of, quoted, space_of
from cowork_cli.services.bookings.syncing import changes_of, desk_of
from cowork_cli.services.spaces.desks import window_of
from cowork_cli.services.spaces.elsewhere import find_desk
from cowork_cli.store import bookings

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None stays as it is."""

    day: date | None = None
    from_: time | None = None
    to: time | None = None
    desk: str | None = None
    max_price: Money | None = None


@dataclass(frozen=True, slots=True)
class MovePlan:
    """A booking and where it is to go; `choice` None: it is that way already."""

    booking: Booking
    choice: Choice | None
    order: Order
    question: str | None
    one_step: bool

    @property
    def lines(self) -> list[str]:
        """Costs and terms, before the question."""
        if self.choice is None:
            return [f"{self.booking.id} is that way already."]
        how = "in one step" if self.one_step else "booked anew, then the old one is cancelled"
        line = f"{self.booking.id} → {terms_line(self.choice)} It is moved {how}."
        return [line]


@dataclass(frozen=True, slots=True)
class MovePlans:
    """Where each of several bookings is to go; a date that cannot is a problem beside the others."""

    moves: tuple[MovePlan, ...]
    problems: tuple[CoworkError, ...]
    question: str | None

    @property
    def lines(self) -> list[str]:
        """Costs and terms of each, before the question."""
        return [line for plan in self.moves for line in plan.lines]


def plan_moves(
    query: str,
    change: Change,
    days: cancelling.Days = cancelling.ALL_DAYS,
    *,
    store: "Store",
    accounts: "Accounts",
    now: datetime,
) -> MovePlans:
    """What moving a booking, a series, or these days of a series would do; nothing is sent yet.

    Raises NotFound, Ambiguous, BadInput, and the gravest problem if none of them can be moved.
    """
    chosen = cancelling.meant(query, days, store, now)
    several = len(chosen) > 1
    if several and change.day is not None:
        raise BadInput(
            "a series keeps its days, and `--on` is one day",
            f"give it for one of them, as in `cowork booking move {chosen[0].id} --on DATE`",
        )
    moves: list[MovePlan] = []
    problems: list[CoworkError] = []
    for booking in chosen:
        if several and not days.every and booking.state in ("cancelled", "refused"):
            continue  # not meant by who says the series
        try:
            moves.append(_plan_move(booking, change, store=store, accounts=accounts, now=now))
        except CoworkError as problem:
            problems.append(dated(problem, booking.from_.date()) if several else problem)
    raise_if_all_failed(problems, done=bool(moves))
    return MovePlans(tuple(moves), tuple(problems), _question(query, moves))


def _question(query: str, moves: Sequence[MovePlan]) -> str | None:
    """One question for all that costs money elsewhere."""
    asked = [plan for plan in moves if plan.question]
    if len(moves) < 2 or not asked:
        return asked[0].question if asked else None
    steps = [Step(p.choice.window.from_.date(), choices=(p.choice,)) for p in asked if p.choice]
    return f"Move {len(moves)} bookings of {query.strip()}? {question(asked[0].order, steps)}"


def _plan_move(
    booking: Booking, change: Change, *, store: "Store", accounts: "Accounts", now: datetime
) -> MovePlan:
    """Raises SlotTaken, PriceAboveLimit; Conflict for a booking that does not stand."""
    if booking.state in ("cancelled", "refused"):
        raise Conflict(f"{booking.id} is {booking.state}", "book anew with `cowork book`")
    cancelling.refuse_late(booking, now)
    desk = (
        find_desk(change.desk, store=store, accounts=accounts)
        if change.desk
        else desk_of(booking.desk_ref, store, accounts)
    )
    space = space_of(desk, store, accounts)
    window = _window(booking, change, accounts.zones.of(space))
    refuse_past(window, now)
    order = Order(
        (str(desk.ref),), (window.from_.date(),), person=booking.person, title=booking.title,
        project=booking.project, max_price=change.max_price,
    )  # fmt: skip
    if (desk.ref, window.from_, window.to) == (booking.desk_ref, booking.from_, booking.to):
        return MovePlan(booking, None, order, None, True)
    one_step = desk.ref.account == booking.account and (accounts.mover(booking.account) is not None)
    request = BookingRequest(desk.ref, window, booking.person, booking.title)
    quote = _quote(request, booking, one_step, accounts)
    choice = Choice(desk, space, window, quote)
    if quote.price is not None or desk.ref != booking.desk_ref:
        zone = accounts.zones.of(space)
        refuse_above(choice, booking.person, store, zone, instead_of=booking.id)
    step = Step(window.from_.date(), choices=(choice,))
    check_prices(order, [step])
    asked = question(order, [step])
    return MovePlan(booking, choice, order, asked and f"Move {booking.id}? {asked}", one_step)


def _window(booking: Booking, change: Change, zone: ZoneInfo) -> Window:
    """The new time; what is not given keeps its clock. Raises BadInput."""
    day = change.day or booking.from_.date()
    from_ = change.from_ or booking.from_.time()
    nights = (booking.to.date() - booking.from_.date()).days
    if change.to is None and nights and booking.to.time() != time():  # its end is past midnight
        end = instant_of(day + timedelta(days=nights), booking.to.time(), zone)
        return Window(instant_of(day, from_, zone), end)
    kept = booking.to.time() if not nights else time()
    return window_of(day, from_, change.to or kept, zone)


def _quote(
    request: BookingRequest, booking: Booking, one_step: bool, accounts: "Accounts"
) -> Quote:
    """What the new time costs; not known where only the booking itself stands in the way."""
    try:
        return accounts.booker(request.desk.account).quote(request)
    except SlotTaken as taken:
        own = request.desk == booking.desk_ref and (
            request.window.from_ < booking.to and booking.from_ < request.window.to
        )
        if own and one_step:
            return Quote(None)
        if own:
            taken.hint = f"cancel it with `cowork booking cancel {booking.id}`, then book again"
        raise


# ---- carrying it out


def move(plan: MovePlan, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Moves it; each outcome is told. Raises Conflict, OutcomeUnknown, nothing given up."""
    if plan.choice is None:
        return Outcome([plan.booking], [], plan.lines)
    if plan.one_step:
        try:
            moved = _in_one_step(plan, plan.choice, store, accounts)
            return Outcome([moved], [], [f"Moved {moved.id}."])
        except Unsupported:
            pass  # said before anything was sent: two steps do it
    return _in_two_steps(plan, plan.choice, store, accounts)


def move_all(plans: MovePlans, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Moves one after the other, each with its own outcome. Raises the gravest problem if none was moved."""
    moved: list[Booking] = []
    notes: list[str] = []
    problems = list(plans.problems)
    for plan in plans.moves:
        try:
            outcome = move(plan, store=store, accounts=accounts)
        except CoworkError as problem:
            several = len(plans.moves) > 1
            problems.append(dated(problem, plan.booking.from_.date()) if several else problem)
            continue
        moved += outcome.bookings
        notes += outcome.notes
        problems += outcome.problems
    raise_if_all_failed(problems, done=bool(moved))
    return Outcome(moved, by_gravity(problems), notes)


def _in_one_step(plan: MovePlan, choice: Choice, store: "Store", accounts: "Accounts") -> Booking:
    booking = plan.booking
    mover = accounts.mover(booking.account)
    assert mover is not None
    assert booking.ref is not None
    number, key = int(booking.id.removeprefix("b-")), new_uuid(store.now_ms)
    target = {
        "desk": str(choice.desk.ref),
        "from": seconds_of(choice.window.from_),
        "to": seconds_of(choice.window.to),
    }
    with store.transaction() as journal:
        content = {"booking": number, "moved": target}
        intent = bookings.intend(journal, "booking", booking.account, key, content, store.now_s)
        if booking.account != LOCAL:
            journal.bar_undo(
                f"{booking.id} was moved at {booking.account}", f"booking move {booking.id}"
            )
    request = BookingRequest(choice.desk.ref, choice.window, booking.person, booking.title)
    try:
        there = mover.move(booking.ref, request, key=key)
    except OutcomeUnknown as error:
        with store.transaction() as journal:
            bookings.settle(journal, intent, "unknown", store.now_s, error.message)
            bookings.change(journal, number, {"state": "unknown"})
        raise
    except CoworkError as error:
        with store.transaction() as journal:
            bookings.settle(journal, intent, "refused", store.now_s, error.message)
        raise
    with store.transaction() as journal:
        bookings.settle(journal, intent, "done", store.now_s)
        named = {"desk_name": choice.desk.name, "space_name": choice.space.name}
        cost = {} if choice.quote.price is None else quoted(choice.quote, choice.desk)
        changes = changes_of(there) | named | cost | answer_of(there, choice.desk)
        request_text = canonical([choice.desk], choice.window, plan.order)
        bookings.change(journal, number, changes | {"request": request_text})
    moved = bookings.own(store, number)
    assert moved is not None
    return moved


def _in_two_steps(plan: MovePlan, choice: Choice, store: "Store", accounts: "Accounts") -> Outcome:
    """The new one first. Raises if that fails: the old one stands untouched."""
    old = plan.booking
    request = canonical([choice.desk], choice.window, plan.order)
    step = Step(choice.window.from_.date(), choices=(choice,), request=request)
    project = bookings.project_of(store, int(old.id.removeprefix("b-")))
    made = sending.carry_out(
        Plan(plan.order, (step,), project, None, series=old.series), store=store, accounts=accounts
    )
    new = made.bookings[0]
    notes, problems = [*made.notes, f"Booked {new.id}."], list(made.problems)
    if problems or new.state not in ("confirmed", "pending", "requested"):
        # Who does not know whether the new one stands keeps the old one.
        return Outcome([new], problems, [*notes, f"{old.id} stands as it was."])
    try:
        gone = cancelling.cancel(old, store=store, accounts=accounts)
        notes.append(cancelling.told(gone))
    except CoworkError as problem:
        problem.message = f"{new.id} is booked, but {old.id} still stands: {problem.message}"
        problem.hint = problem.hint or f"try `cowork booking cancel {old.id}`"
        problems.append(problem)
    return Outcome([replace(new, existing=False)], problems, notes)
