"""Booking desks: each request once, written down before it is sent, settled when it is answered.

The way of one request: `planning.plan` finds the desk, the time, a live booking of the same
request, and the quote; a person is asked if money is spent; `carry_out` commits an intent with an own
record in state `asked`, calls the provider, and settles both. What is killed in between stays
`asked`, and a booking whose answer was lost `unknown`; `syncing` asks what became of them.
"""

from typing import TYPE_CHECKING, Any

from cowork_cli.domain.booking import LIVE_STATES, Booking, BookingRequest, Quote
from cowork_cli.domain.identity import new_uuid
from cowork_cli.errors import (
    CoworkError,
    OutcomeUnknown,
    PriceAboveLimit,
    SlotTaken,
    by_gravity,
    raise_if_all_failed,
)
from cowork_cli.records import replace
from cowork_cli.services.bookings.caps import refuse_above
from cowork_cli.services.bookings.orders import (
    LOCAL,
    Choice,
    Elsewhere,
    Order,
    Outcome,
    Plan,
    Step,
    above_limit,
    is_covered,
    terms_of,
)
from cowork_cli.services.bookings.planning import all_taken, dated
from cowork_cli.services.bookings.records import answer_of, bring_in, priced, quoted, record_of
from cowork_cli.store import bookings

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def carry_out(plan: Plan, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Sends what is planned, day by day; what succeeds stays.

    Raises the gravest error if there was one day and it failed, or if every day failed.
    """
    settlement = _Settlement(plan, store, accounts)
    for step in plan.steps:
        settlement.take(step)
    problems = settlement.problems
    raise_if_all_failed(problems, done=settlement.anything_done)
    return Outcome(settlement.bookings, by_gravity(problems), [*plan.notes, *settlement.notes])


class _Settlement:
    """What has come of the steps taken so far."""

    def __init__(self, plan: Plan, store: "Store", accounts: "Accounts") -> None:
        self._plan, self._store, self._accounts = plan, store, accounts
        self._series: str | None = plan.series
        self.bookings: list[Booking] = []
        self.problems: list[CoworkError] = []
        self.notes: list[str] = []

    @property
    def anything_done(self) -> bool:
        """Whether a booking stands, other than one whose answer was lost just now."""
        return any(booking.state != "unknown" or booking.existing for booking in self.bookings)

    def take(self, step: Step) -> None:
        """Carries out one day; what went wrong is kept beside what succeeded."""
        booking, problem = self._done(step)
        if problem is not None:
            several = len(self._plan.steps) > 1
            self.problems.append(dated(problem, step.day) if several else problem)
        if booking is None:
            return
        self.bookings.append(booking)
        if booking.existing:
            self.notes.append(already(booking))
        elif self._plan.order.series:
            self._series = self._series or f"s-{booking.id.removeprefix('b-')}"

    def _done(self, step: Step) -> tuple[Booking | None, CoworkError | None]:
        if step.existing is not None:
            return step.existing, None
        if step.problem is not None:
            return None, step.problem
        if step.elsewhere is not None:
            return self._brought_in(step.elsewhere, step), None
        return _book(step, self._plan, self._series, self._store, self._accounts)

    def _brought_in(self, elsewhere: Elsewhere, step: Step) -> Booking:
        placed = elsewhere.placed
        zone = self._accounts.zones.of(placed.space)
        booking = bring_in(
            elsewhere.booking,
            placed.desk,
            placed.space,
            zone,
            self._store,
            request=step.request,
        )
        return replace(booking, existing=True)


def already(booking: Booking) -> str:
    """What is said of a request that was booked before."""
    if booking.state in ("asked", "unknown"):
        return f"Sent before as {booking.id}, but its outcome is not known; ask with `cowork booking sync`."
    return f"Already booked as {booking.id}."


def _book(
    step: Step, plan: Plan, series: str | None, store: "Store", accounts: "Accounts"
) -> tuple[Booking | None, CoworkError | None]:
    """One booking: intent, request, settlement; the next desk if one was taken in between."""
    taken: list[CoworkError] = []
    for planned in step.choices:
        try:
            choice = _as_agreed(planned, step, plan.order, accounts)
            sent = _Sent(choice, step, plan, series, store, accounts)
        except (SlotTaken, PriceAboveLimit) as problem:
            taken.append(problem)
            continue
        if sent.existing is not None:
            return sent.existing, None
        order = plan.order
        request = BookingRequest(choice.desk.ref, choice.window, order.person, order.title)
        try:
            there = accounts.booker(choice.desk.ref.account).book(request, key=sent.key)
        except OutcomeUnknown as error:
            return sent.settle("unknown", {"state": "unknown"}, error), _told(error)
        except SlotTaken as error:
            sent.settle("refused", {"state": "refused"}, error)
            taken.append(error)
            continue
        except CoworkError as error:
            sent.settle("refused", {"state": "refused"}, error)
            return None, error
        return sent.settle("done", answer_of(there, choice.desk)), None
    return None, all_taken(taken)


def _as_agreed(choice: Choice, step: Step, order: Order, accounts: "Accounts") -> Choice:
    """The choice as it may be sent. What is taken instead of a first desk is asked for anew: time has passed.

    Raises PriceAboveLimit for one that costs more than the limit, or than what was shown; SlotTaken.
    """
    if problem := above_limit(choice, order.max_price):
        raise problem
    if choice is step.choices[0] or choice.desk.ref.account == LOCAL:
        return choice
    request = BookingRequest(choice.desk.ref, choice.window, order.person, order.title)
    fresh = replace(choice, quote=accounts.booker(choice.desk.ref.account).quote(request))
    if order.max_price is not None and (problem := above_limit(fresh, order.max_price)):
        raise problem
    if order.max_price is None and not is_covered(fresh, choice):
        raise PriceAboveLimit(
            f'"{choice.desk.name}" costs {fresh.quote.price or "a sum that is not known"} by now, and'
            f" {choice.quote.price or 'nothing'} was said",
            "order it anew with `cowork book`",
        )
    return fresh


def _told(error: OutcomeUnknown) -> OutcomeUnknown:
    error.hint = error.hint or "ask what became of it with `cowork booking sync`"
    return error


def _live(step: Step, store: "Store") -> Booking | None:
    if step.key is None:
        known = bookings.live_requests(store, step.request)
    else:
        known = [row for row, _ in bookings.with_key(store, step.key) if row.state in LIVE_STATES]
    return replace(known[0], existing=True) if known else None


def _record(
    choice: Choice, step: Step, plan: Plan, store: "Store", accounts: "Accounts"
) -> dict[str, Any]:
    """The own record of what is about to be sent, at the price and terms of its quote."""
    order = plan.order
    zone = accounts.zones.of(choice.space)
    return {
        **record_of(
            choice.desk, choice.space, choice.window, zone, order.person, order.title, step.request,
            store,
        ),
        "project_id": plan.project_id,
        **quoted(choice.quote, choice.desk),
    }  # fmt: skip


class _Sent:
    """A booking on its way: the intent and the own record, committed before it is sent.

    `existing`: somebody was quicker with the same request, and nothing is to be sent.
    """

    def __init__(
        self,
        choice: Choice,
        step: Step,
        plan: Plan,
        series: str | None,
        store: "Store",
        accounts: "Accounts",
    ) -> None:
        self._store = store
        base = step.key or new_uuid(store.now_ms)
        uses = bookings.key_uses(store, base)
        # A key used up by a cancelled or refused booking must not give that one back.
        self.key = base if uses == 0 else f"{base}#{uses + 1}"
        values = _record(choice, step, plan, store, accounts) | {"key": base, "series": series}
        with store.transaction() as journal:
            # Another process may have sent the same since it was planned.
            self.existing = _live(step, store)
            if self.existing is not None:
                return
            refuse_above(choice, plan.order.person, store, accounts.zones.of(choice.space))
            self._booking = bookings.add(journal, values)
            if plan.order.series and series is None:
                bookings.change(journal, self._booking, {"series": f"s-{self._booking}"})
            account = choice.desk.ref.account
            content = {"booking": self._booking, "desk": str(choice.desk.ref)}
            self._intent = bookings.intend(
                journal, "booking", account, self.key, content, store.now_s
            )
            if account != LOCAL:
                journal.bar_undo(
                    f"b-{self._booking} was sent to {account}", f"booking cancel b-{self._booking}"
                )

    def settle(
        self, outcome: str, changes: dict[str, Any], error: CoworkError | None = None
    ) -> Booking:
        """Writes down what came of it."""
        with self._store.transaction() as journal:
            detail = error.message if error else None
            bookings.settle(journal, self._intent, outcome, self._store.now_s, detail)
            bookings.change(journal, self._booking, changes)
        booking = bookings.own(self._store, self._booking)
        assert booking is not None
        return booking


# ---- looking ahead


def preview(plan: Plan, accounts: "Accounts") -> Outcome:
    """What `--dry-run` shows: the bookings as they would be, without numbers."""
    shown: list[Booking] = []
    problems: list[CoworkError] = []
    notes = list(plan.notes)
    for step in plan.steps:
        if step.existing:
            shown.append(step.existing)
            notes.append(already(step.existing))
        elif step.elsewhere:
            shown.append(_as_it_stands(step.elsewhere, accounts))
            notes.append(f"Already booked at {step.elsewhere.booking.ref.account}.")
        elif step.problem:
            problems.append(step.problem)
        else:
            shown.append(_as_it_would_be(step.choices[0], plan.order, accounts))
    raise_if_all_failed(problems, done=bool(shown))
    notes += [*terms_of(plan.order, plan.steps), "Nothing was booked (--dry-run)."]
    return Outcome(shown, by_gravity(problems), notes)


def _as_it_stands(elsewhere: Elsewhere, accounts: "Accounts") -> Booking:
    """A booking made at the platform, as it would be brought in."""
    there, placed = elsewhere.booking, elsewhere.placed
    quote = Quote(
        there.price, there.credits, there.cancel_until, there.cancel_fee, there.tax, there.vat
    )
    choice = Choice(placed.desk, placed.space, there.window, quote)
    booking = _as_it_would_be(
        choice, Order((), (), person=there.person, title=there.title), accounts
    )
    return replace(booking, ref=there.ref, state=there.state, existing=True)


def _as_it_would_be(choice: Choice, order: Order, accounts: "Accounts") -> Booking:
    quote = choice.quote
    return Booking(
        id="",
        ref=None,
        account=choice.desk.ref.account,
        desk_ref=choice.desk.ref,
        desk_name=choice.desk.name,
        space_name=choice.space.name,
        from_=choice.window.from_,
        to=choice.window.to,
        timezone=accounts.zones.of(choice.space).key,
        state="asked",
        existing=False,
        series=None,
        price=priced(quote.price, quote.tax, choice.desk),
        credits=quote.credits,
        cancel_until=quote.cancel_until,
        cancel_fee=quote.cancel_fee,
        project=order.project,
        person=order.person,
        created_at=choice.window.from_,
        key=order.key,
        title=order.title,
        vat=quote.vat,
    )
