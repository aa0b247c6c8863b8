"""Booking desks: each request once, written down before it is sent, settled when it is answered.

The way of one request: `booking_plan.plan` finds the desk, the time, a live booking of the same
request, and the quote; a person is asked if money is spent; `carry_out` commits an intent with an own
record in state `asked`, calls the provider, and settles both. What is killed in between stays
`asked`, and a booking whose answer was lost `unknown`; `booking_sync` asks what became of them.
"""

import json
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.booking import LIVE_STATES, Booking, BookingRequest
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.money import Price
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import CoworkError, OutcomeUnknown, SlotTaken
from cowork_cli.records import replace
from cowork_cli.services.bookings.planning import (
    LOCAL,
    Choice,
    Order,
    Outcome,
    Plan,
    Step,
    all_taken,
    answer_of,
    dated,
    record_of,
)
from cowork_cli.services.spaces.desks import zone_of
from cowork_cli.store import bookings
from cowork_cli.store.spaces import price_to_json

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def carry_out(found: Plan, *, store: "Store", accounts: "Accounts") -> Outcome:
    """Sends what is planned, day by day; what succeeds stays.

    Raises the error if there was one day and it failed, or if every day failed.
    """
    done: list[Booking] = []
    problems: list[CoworkError] = []
    notes: list[str] = []
    series: str | None = None
    for step in found.steps:
        if step.existing is not None:
            done.append(step.existing)
            notes.append(already(step.existing))
        elif step.problem is not None:
            problems.append(step.problem)
        else:
            booking, problem = _book(step, found, series, store, accounts)
            if found.order.series and booking is not None:
                series = series or f"s-{booking.id.removeprefix('b-')}"
            if problem is not None:
                problems.append(problem if len(found.steps) == 1 else dated(problem, step.day))
            if booking is not None:
                done.append(booking)
                notes += [already(booking)] if booking.existing else []
    settled = [booking for booking in done if booking.state != "unknown" or booking.existing]
    if problems and not settled:
        raise problems[0]
    return Outcome(done, problems, notes)


def already(booking: Booking) -> str:
    """What is said of a request that was booked before."""
    if booking.state in ("asked", "unknown"):
        return f"Sent before as {booking.id}, but its outcome is not known; ask with `cowork booking sync`."
    return f"Already booked as {booking.id}."


def _book(
    step: Step, found: Plan, series: str | None, store: "Store", accounts: "Accounts"
) -> tuple[Booking | None, CoworkError | None]:
    """One booking: intent, request, settlement; the next desk if one was taken in between."""
    taken: list[CoworkError] = []
    for choice in step.choices:
        sent = _Sent(choice, step, found, series, store)
        if sent.existing is not None:
            return sent.existing, None
        order = found.order
        request = BookingRequest(choice.desk.ref, choice.window, order.person, order.title)
        try:
            there = accounts.provider(choice.desk.ref.account).book(request, key=sent.key)
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


def _told(error: OutcomeUnknown) -> OutcomeUnknown:
    error.hint = error.hint or "ask what became of it with `cowork booking sync`"
    return error


def _live(step: Step, store: "Store") -> Booking | None:
    if step.key is None:
        known = bookings.live_requests(store, step.request)
    else:
        known = [one for one, _ in bookings.with_key(store, step.key) if one.state in LIVE_STATES]
    return replace(known[0], existing=True) if known else None


class _Sent:
    """A booking on its way: the intent and the own record, committed before it is sent.

    `existing`: somebody was quicker with the same request, and nothing is to be sent.
    """

    def __init__(
        self, choice: Choice, step: Step, found: Plan, series: str | None, store: "Store"
    ) -> None:
        self._store = store
        order = found.order
        base = step.key or new_uuid(store.now_ms)
        uses = bookings.key_uses(store, base)
        # A key used up by a cancelled or refused booking must not give that one back.
        self.key = base if uses == 0 else f"{base}#{uses + 1}"
        quote = choice.quote
        tax = choice.desk.price.tax if choice.desk.price else "unknown"
        price = Price(quote.price, "once", tax) if quote.price else None
        with store.transaction() as journal:
            # Another process may have sent the same since it was planned.
            self.existing = _live(step, store)
            if self.existing is not None:
                return
            record = record_of(
                choice.desk,
                choice.space,
                choice.window,
                order.person,
                order.title,
                step.request,
                store,
            )
            self._booking = bookings.add(
                journal,
                {
                    **record,
                    "key": base,
                    "series": series,
                    "project_id": found.project_id,
                    "price": json.dumps(price_to_json(price)) if price else None,
                    "credits": quote.credits,
                    "cancel_until": seconds_of(quote.cancel_until) if quote.cancel_until else None,
                    "cancel_fee": json.dumps([quote.cancel_fee.minor, quote.cancel_fee.currency])
                    if quote.cancel_fee
                    else None,
                },
            )
            if order.series and series is None:
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
        found = bookings.own(self._store, self._booking)
        assert found is not None
        return found


# ---- looking ahead


def preview(found: Plan) -> Outcome:
    """What `--dry-run` shows: the bookings as they would be, without numbers."""
    shown, problems, notes = [], [], []
    for step in found.steps:
        if step.existing:
            shown.append(step.existing)
            notes.append(already(step.existing))
        elif step.problem:
            problems.append(step.problem)
        else:
            shown.append(_as_it_would_be(step.choices[0], found.order))
    if problems and not shown:
        raise problems[0]
    notes.append("Nothing was booked (--dry-run).")
    return Outcome(shown, problems, notes)


def _as_it_would_be(choice: Choice, order: Order) -> Booking:
    quote, tax = choice.quote, choice.desk.price.tax if choice.desk.price else "unknown"
    return Booking(
        id="",
        ref=None,
        account=choice.desk.ref.account,
        desk_ref=choice.desk.ref,
        desk_name=choice.desk.name,
        space_name=choice.space.name,
        from_=choice.window.from_,
        to=choice.window.to,
        timezone=zone_of(choice.space).key,
        state="asked",
        existing=False,
        series=None,
        price=Price(quote.price, "once", tax) if quote.price else None,
        credits=quote.credits,
        cancel_until=quote.cancel_until,
        cancel_fee=quote.cancel_fee,
        project=order.project,
        person=order.person,
        created_at=choice.window.from_,
        key=order.key,
        title=order.title,
    )
