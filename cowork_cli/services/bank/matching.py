"""`bank match`: what explains the bookings that are open.

Sure is a match where the number of an invoice stands in the text and the amounts agree: what is open, what is
open less Skonto until its last day, the sum of several, the payment that comes back. Anything else (a
part, more than is open, an amount with a name or an IBAN but no number) is proposed and left to a person: an amount
alone proves nothing. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, NamedTuple

from cowork_cli.domain.bank import Match, Settles
from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import Paid
from cowork_cli.services.bank.dues import Due, same_name
from cowork_cli.services.bank.numbers import Numbers
from cowork_cli.store import bank
from cowork_cli.store.engine.store import Store

HAND_DAYS = 10  # between a payment that was typed and its booking
EXPENSE_DAYS = 14
_MOST_TOGETHER = 6  # invoices in one transfer, each in full or less Skonto


class _Typed(NamedTuple):
    """A payment that was recorded without a booking."""

    row: int
    invoice: int
    day: date
    amount: int


class _Transfer(NamedTuple):
    """What is to be explained: a booking, or one transfer of a batch."""

    day: date
    amount: int
    currency: str
    name: str | None
    iban: str | None
    texts: tuple[str | None, ...]
    returned: bool


class _Found(NamedTuple):
    kind: str
    sure: bool
    settles: tuple[Settles, ...]
    why: str


class Matcher:
    """Everything that a booking can be explained by; what is proposed once is not proposed again."""

    def __init__(self, store: Store):
        self._payers = bank.payers(store)
        self._expenses: dict[tuple[int, str], list[tuple[int, date]]] = {}
        for row_id, day, currency, gross in bank.unpaid_expenses(store):
            spent = (row_id, date.fromisoformat(day))
            self._expenses.setdefault((gross, currency), []).append(spent)
        paid: dict[int, list[Paid]] = {}
        self._typed: dict[int, list[_Typed]] = {}
        for row_id, invoice, day, amount, booking in bank.payments(store):
            made = _Typed(row_id, invoice, date.fromisoformat(day), amount)
            paid.setdefault(invoice, []).append(Paid(made.day, amount))
            if booking is None:
                self._typed.setdefault(invoice, []).append(made)
        self._due: dict[str, Due] = {}
        self._by_amount: dict[tuple[int, str], list[str]] = {}
        for row in bank.open_invoices(store):
            due = Due(
                row.id, row.number, row.client_id, row.client, date.fromisoformat(row.date), row.currency,
                row.gross, row.prepaid, row.skonto, tuple(paid.get(row.id, ())),
            )  # fmt: skip
            self._due[due.number] = due
        self._open = {number: due.open for number, due in self._due.items()}
        for number, due in self._due.items():
            self._by_amount.setdefault((self._open[number], due.currency), []).append(number)
        self._typed_by_amount: dict[tuple[int, str], list[_Typed]] = {}
        for due in self._due.values():
            for typed in self._typed.get(due.row, ()):
                place = (typed.amount, due.currency)
                self._typed_by_amount.setdefault(place, []).append(typed)
        self._by_row = {due.row: due for due in self._due.values()}
        self._by_client: dict[int, list[Due]] = {}
        for due in self._due.values():
            self._by_client.setdefault(due.client, []).append(due)
        self._numbers = Numbers(self._due)
        self._taken: set[int] = set()  # payments that were typed, and proposed for a booking
        self._spent: set[int] = set()
        self._still_there: dict[int, list[int]] = {}

    def matches(self, bookings: Iterable[Any]) -> Iterator[Match]:
        """What explains each booking, as far as anything does; of one day what came before what left."""
        for booking in sorted(bookings, key=lambda one: (one.booked, one.rest < 0)):
            if self._hopeless(booking):
                continue
            found, expense = self._explained(booking)
            if found is None and expense is None:
                continue
            settles = found.settles if found else ()
            yield Match(
                f"{bank.PREFIX}{booking.id}", date.fromisoformat(booking.booked),
                Money(booking.rest, booking.currency), booking.name,
                found.kind if found else "expense", found.sure if found else False, settles,
                tuple(dict.fromkeys(part.invoice for part in settles)), expense,
                found.why if found else "the amount agrees, and the day is near", False,
            )  # fmt: skip

    def outgoing(self) -> set[int]:
        """The amounts below zero that something is known of: credit, payments taken back, expenses."""
        known = {*self._by_amount, *self._typed_by_amount}
        spent = {-amount for amount, _ in self._expenses}
        return {amount for amount, _ in known if amount < 0} | spent

    def _hopeless(self, booking: Any) -> bool:
        """Money that left, and nothing of that amount is known: most of a statement."""
        if booking.rest >= 0 or booking.returned or booking.parts:
            return False
        place, spent = (booking.rest, booking.currency), (-booking.rest, booking.currency)
        return not (
            place in self._by_amount or place in self._typed_by_amount or spent in self._expenses
        )

    def _explained(self, booking: Any) -> tuple[_Found | None, str | None]:
        parts = bank.parts_of(booking.parts, booking.currency)
        if parts and booking.rest == booking.amount:
            return self._batch(booking, parts), None
        transfer = _transfer(booking)
        found = self._incoming(transfer) if transfer.amount > 0 else self._outgoing(transfer)
        if found is None and transfer.amount < 0:
            return None, self._expense(transfer)
        return found, None

    def _batch(self, booking: Any, parts: Sequence[object]) -> _Found | None:
        """Each transfer of a batch by itself; sure if all of them are."""
        found: list[_Found | None] = []
        for part in bank.parts_of(booking.parts, booking.currency):
            transfer = _Transfer(
                date.fromisoformat(booking.booked), part.amount.minor, booking.currency, part.name,
                part.iban, (part.text, part.reference), bool(booking.returned),
            )  # fmt: skip
            done = self._incoming(transfer) if part.amount.minor > 0 else self._outgoing(transfer)
            found.append(done)
        told = [one for one in found if one is not None]
        if not told:
            return None
        settles = tuple(part for one in told for part in one.settles)
        sure = len(told) == len(found) and all(one.sure for one in told)
        kinds = {one.kind for one in told}
        return _Found(
            kinds.pop() if len(kinds) == 1 else "payment",
            sure,
            settles,
            f"{len(told)} of the {len(found)} transfers of the batch: {told[0].why}",
        )

    # ---- money that came

    def _incoming(self, transfer: _Transfer) -> _Found | None:
        named = [self._due[number] for number in self._numbers.of(*transfer.texts)]
        named = [
            due for due in named if due.currency == transfer.currency and due.day <= transfer.day
        ]
        return (
            self._typed_before(transfer, named)
            or self._by_number(transfer, named)
            or (self._by_payer(transfer) if not named else None)
        )

    def _typed_before(self, transfer: _Transfer, named: Sequence[Due]) -> _Found | None:
        """A payment that was recorded by hand is this booking: to be linked, not paid again."""
        near = [
            typed
            for typed in self._typed_by_amount.get((transfer.amount, transfer.currency), ())
            if typed.row not in self._taken
            and abs(typed.day - transfer.day) <= timedelta(days=HAND_DAYS)
        ]
        if not near:
            return None
        by_number = [typed for typed in near if any(due.row == typed.invoice for due in named)]
        if not by_number and named:
            return None
        fits = by_number or [
            typed for typed in near if self._is_payer(self._by_row[typed.invoice], transfer)
        ]
        if len(fits) != 1 and not by_number:
            return None
        typed = min(fits, key=lambda one: abs(one.day - transfer.day))
        self._taken.add(typed.row)
        due = self._by_row[typed.invoice]
        settles = (Settles(due.number, Money(typed.amount, due.currency), typed.row),)
        why = "number and amount" if by_number else "the amount and the name or IBAN"
        return _Found(
            "known", bool(by_number), settles, f"{why} agree with the payment of {typed.day}"
        )

    def _by_number(self, transfer: _Transfer, named: Sequence[Due]) -> _Found | None:
        if not named:
            return None
        unpaid = [due for due in named if self._open[due.number] > 0]
        unsettled = [due for due in named if self._open[due.number]]  # with credit that is set off
        exact = self._exactly(transfer, unsettled if unpaid else ())
        if exact is not None:
            return exact
        if len(named) > 1:
            one = [due for due in unpaid if self._open[due.number] == transfer.amount]
            if len(one) == 1:
                return self._settled(
                    "payment",
                    one,
                    [transfer.amount],
                    "the amount is that of one of the numbers",
                    sure=False,
                )
            return None
        due = named[0]
        still = self._open[due.number]
        if transfer.amount < still:
            why = f"the number agrees, {_money(still, due)} was open: a part"
            return self._settled("part", [due], [transfer.amount], why, sure=False)
        more = _money(transfer.amount - max(still, 0), due)
        why = f"the number agrees, {more} more than was open: credit"
        return self._settled("credit", [due], [transfer.amount], why, sure=False)

    def _exactly(self, transfer: _Transfer, unpaid: Sequence[Due]) -> _Found | None:
        """All the invoices that are named, in full or less Skonto, make the amount."""
        if not unpaid or len(unpaid) > _MOST_TOGETHER:
            return None
        for amounts in product(*(self._ways(due, transfer.day) for due in unpaid)):
            if sum(amounts) == transfer.amount:
                whole = all(
                    amount == self._open[due.number]
                    for due, amount in zip(unpaid, amounts, strict=True)
                )
                why = "number and amount agree" + ("" if whole else ", less Skonto")
                kind = "payment" if whole else "skonto"
                return self._settled(kind, unpaid, amounts, why, sure=True)
        return None

    def _ways(self, due: Due, day: date) -> list[int]:
        """What settles it: what is open (below zero if it is credit), and that less Skonto."""
        less = due.less_skonto(day)
        still = self._open[due.number]
        return [still, less] if less is not None and 0 < less < still else [still]

    def _by_payer(self, transfer: _Transfer) -> _Found | None:
        """No number: the amount of one invoice, or of two, of a client who is told by IBAN or name."""
        place = (transfer.amount, transfer.currency)
        fits = [
            self._due[number]
            for number in self._by_amount.get(place, ())
            if self._open[number] == transfer.amount
            and self._due[number].day <= transfer.day
            and self._is_payer(self._due[number], transfer)
        ]
        if len(fits) == 1:
            how = "IBAN" if self._knows_iban(fits[0], transfer) else "name"
            return self._settled(
                "payment", fits, [transfer.amount], f"amount and {how} agree, no number", sure=False
            )
        if fits:
            return None
        clients = self._payers.get(transfer.iban or "", ())
        mine = [
            due
            for client in sorted(clients)
            for due in self._by_client.get(client, ())
            if self._open[due.number] > 0
            and due.currency == transfer.currency
            and due.day <= transfer.day
        ]
        pairs = [
            pair
            for pair in combinations(mine[:40], 2)
            if sum(self._open[due.number] for due in pair) == transfer.amount
        ]
        if len(pairs) != 1:
            return None
        amounts = [self._open[due.number] for due in pairs[0]]
        return self._settled(
            "payment", pairs[0], amounts, "IBAN and the sum of two agree, no number", sure=False
        )

    def _settled(
        self, kind: str, dues: Sequence[Due], amounts: Sequence[int], why: str, *, sure: bool
    ) -> _Found:
        for due, amount in zip(dues, amounts, strict=True):
            if sure:
                if amount > 0:
                    self._came(due).append(amount)  # which may come back in the same statement
                self._open[due.number] = (
                    0 if kind in ("payment", "skonto") else self._open[due.number] - amount
                )
        settles = tuple(
            Settles(due.number, _money(amount, due))
            for due, amount in zip(dues, amounts, strict=True)
        )
        return _Found(kind, sure, settles, why)

    def _knows_iban(self, due: Due, transfer: _Transfer) -> bool:
        return transfer.iban is not None and due.client in self._payers.get(transfer.iban, ())

    def _is_payer(self, due: Due, transfer: _Transfer) -> bool:
        return self._knows_iban(due, transfer) or same_name(due.name, transfer.name)

    # ---- money that left

    def _outgoing(self, transfer: _Transfer) -> _Found | None:
        """A payment that came back, or credit that was paid out: both name the invoice."""
        place = (transfer.amount, transfer.currency)
        if not (transfer.returned or place in self._by_amount or place in self._typed_by_amount):
            return None
        named = [self._due[number] for number in self._numbers.of(*transfer.texts)]
        named = [due for due in named if due.currency == transfer.currency]
        if len(named) != 1:
            return None
        due, left = named[0], -transfer.amount
        typed = self._typed_before(transfer, named)
        if typed is not None:
            return typed
        if transfer.returned:
            return self._returned(due, left)
        credit = -self._open[due.number]
        if 0 < left == credit:
            return self._settled(
                "return",
                [due],
                [-left],
                "the number agrees, and the credit that was kept",
                sure=True,
            )
        return None

    def _returned(self, due: Due, left: int) -> _Found | None:
        """The last payment of the amount, or of the amount less what the other bank charges."""
        paid = self._came(due)
        if left in paid:
            paid.remove(left)
            return self._settled(
                "return", [due], [-left], "number and amount agree: it came back", sure=True
            )
        below = [amount for amount in paid if amount < left]
        if not below:
            return None
        fee = _money(left - max(below), due)
        return self._settled(
            "return",
            [due],
            [-max(below)],
            f"the number agrees; {fee} is the fee of the return",
            sure=False,
        )

    def _came(self, due: Due) -> list[int]:
        """The payments of an invoice that have not come back yet, nor are proposed to."""
        if due.row not in self._still_there:
            amounts = [payment.minor for payment in due.payments]
            there = [amount for amount in amounts if amount > 0]
            for amount in amounts:
                if -amount in there:
                    there.remove(-amount)
            self._still_there[due.row] = there
        return self._still_there[due.row]

    def _expense(self, transfer: _Transfer) -> str | None:
        """The only expense of that amount near that day."""
        near = [
            row_id
            for row_id, day in self._expenses.get((-transfer.amount, transfer.currency), ())
            if row_id not in self._spent and abs(day - transfer.day) <= timedelta(days=EXPENSE_DAYS)
        ]
        if len(near) != 1:
            return None
        self._spent.add(near[0])
        return f"x-{near[0]}"


def _transfer(booking: Any) -> _Transfer:
    return _Transfer(
        date.fromisoformat(booking.booked), booking.rest, booking.currency, booking.name, booking.iban,
        (booking.text, booking.glued, booking.reference, booking.name), bool(booking.returned),
    )  # fmt: skip


def _money(minor: int, due: Due) -> Money:
    return Money(minor, due.currency)
