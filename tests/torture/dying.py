"""A home with one account at a platform whose line dies: what a person asks for, what is sent, what is asked after.

The services and the store are those of the commands `book`, `booking cancel`, `move`, `check-in` and `sync`, and of
`address register`; each asks through an adapter that is made anew, as a new process does.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

from cowork_cli import redaction
from cowork_cli.domain.address import AddressPlan
from cowork_cli.domain.booking import LIVE_STATES, Booking
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import CoworkError, OutcomeUnknown
from cowork_cli.http_client import Limits
from cowork_cli.paths import Paths
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.addresses import ordering
from cowork_cli.services.addresses.settling import settle_lost
from cowork_cli.services.bookings import (
    arriving,
    cancelling,
    moving,
    orders,
    planning,
    sending,
    syncing,
)
from cowork_cli.store import addresses, bookings
from tests.contract.rig import ZONE, HttpRig, given_desk, window
from tests.contract.rigs import rig_class
from tests.fakes.dying_line import DyingLine, Fate
from tests.fakes.server import Request
from tests.stores import open_store

NOW = datetime(2026, 11, 25, 18, tzinfo=ZONE)
FIRST = date(2026, 12, 1)
MORNING, NOON, EVENING = time(9), time(13), time(17)


@dataclass
class Turn:
    """One command whose line dies at exchange `number` of those it makes, None: at its first write.

    From then on for good if `for_good`.
    """

    fate: Fate
    number: int | None = None
    for_good: bool = False


class Home:
    """One account of the provider `name`. Use it in a `with`; a home is good for a few dozen days."""

    def __init__(self, name: str, folder: Path) -> None:
        rig = rig_class(name)(folder)
        assert isinstance(rig, HttpRig)
        self.rig = rig
        desk = given_desk(rig)
        self.desk, self.space = desk.ref, desk.space_ref
        self.line = DyingLine(rig.fake.url).__enter__()
        self.limits = Limits(connect_s=5, read_s=5, whole_s=20)
        parts = ("config", "data", "cache", "state")
        self.store = open_store(
            Paths(*(folder / "home" / part for part in parts)),
            now_ms=int(NOW.timestamp() * 1000), command="test", expected=False, note=lambda line: None,
        )  # fmt: skip
        self.first = FIRST
        self.day = FIRST - timedelta(days=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(CoworkError):
            self.store.close()
        self.rig.stack.close()
        self.line.__exit__(None, None, None)

    def asked(self) -> "Asked":
        """The accounts as a new process has them, which has read no secret of those before."""
        redaction._known.clear()
        return Asked(self)

    # What a person does, each ready to be sent ───────────────────────────────────────────────────

    def to_book(self) -> Callable[[], object]:
        """The desk, on the next day that was not used."""
        self.day += timedelta(days=1)
        return self.to_book_again()

    def to_book_again(self) -> Callable[[], object]:
        """The same as before."""
        order = orders.Order((str(self.desk),), (self.day,), MORNING, NOON)
        accounts = self.asked()
        plan = planning.plan(order, store=self.store, accounts=accounts, now=NOW)
        return lambda: sending.carry_out(plan, store=self.store, accounts=accounts)

    def to_cancel(self) -> Callable[[], object]:
        """What stands on the day."""
        accounts, booking = self.asked(), self.standing()
        return lambda: cancelling.cancel(booking, store=self.store, accounts=accounts)

    def cancel_first(self) -> None:
        """Cancels the earliest of the day."""
        first = min(self.kept(), key=lambda one: one.from_)
        cancelling.cancel(first, store=self.store, accounts=self.asked())

    def to_move(self) -> Callable[[], object]:
        """What stands on the day, four hours later."""
        accounts, change = self.asked(), moving.Change(from_=NOON, to=EVENING)
        plans = moving.plan_moves(
            self.standing().id, change, store=self.store, accounts=accounts, now=NOW
        )
        return lambda: moving.move_all(plans, store=self.store, accounts=accounts)

    def to_check_in(self) -> Callable[[], object]:
        """The word that one has come to what stands on the day."""
        accounts, booking = (
            self.asked(),
            arriving.plan(self.standing().id, store=self.store, accounts=self.asked(), now=NOW),
        )
        return lambda: arriving.check_in(booking, store=self.store, accounts=accounts)

    def to_order(self, name: str) -> Callable[[], object]:
        """An address under a name, as `address register` does; where it is held already, nothing is sent."""
        offer = Ref(self.rig.account, f"{self.space.id}/letters")
        plan = AddressPlan(offer, self.space, "Harbour", "Letters", None)
        order, accounts = ordering.Order(plan, name, accepts_terms=True), self.asked()
        return lambda: (
            ordering.existing(order, self.store)
            or ordering.register(order, store=self.store, accounts=accounts)
        )

    def settle_orders(self) -> None:
        """What `booking sync` does about orders; it must have nothing to complain of."""
        _, problems = settle_lost(self.store, self.asked())
        assert problems == []

    def ordered(self, name: str) -> int:
        """How many addresses the server and the store both hold under a name; fails where they differ."""
        held = [
            row.ref
            for row in addresses.every(self.store)
            if name in row.recipient_names and row.state in ordering.LIVE
        ]
        provider = self.rig.connect(self.rig.fake.url)
        there = [row.ref for row in provider.registrations() if name in row.recipient_names]
        assert held == there
        return len(held)

    def sync(self) -> None:
        """What `booking sync` does; it must have nothing to complain of."""
        _, problems, notes = syncing.sync(
            store=self.store, accounts=self.asked(), account=None, now=NOW
        )
        assert (problems, notes) == ([], [])

    # What is there ───────────────────────────────────────────────────────────────────────────────

    def standing(self) -> Booking:
        """The one booking of the day in the store."""
        (booking,) = [one for one in self.kept() if one.state != "unknown"]
        return booking

    def kept(self) -> list[Booking]:
        """The live bookings of the day in the store."""
        rows = bookings.listed(self.store, states=LIVE_STATES)
        return [one for one in rows if one.from_.date() == self.day]

    def there(self) -> list[tuple[Ref, datetime, datetime]]:
        """The live bookings of the day at the server, as somebody new to it is told."""
        provider = self.rig.connect(self.rig.fake.url)
        day = window(f"{self.day}T00:00", 24)
        rows = [one for one in provider.bookings(day) if one.state in LIVE_STATES]
        return sorted((one.ref, one.window.from_, one.window.to) for one in rows)

    def agreed(self) -> list[tuple[datetime, datetime]]:
        """The times that the server and the store both hold; fails where they differ."""
        kept = sorted((one.ref, one.from_, one.to) for one in self.kept())  # type: ignore[type-var]
        assert kept == self.there()
        return [(begins, ends) for _, begins, ends in kept]

    # A line that dies ────────────────────────────────────────────────────────────────────────────

    def through(self, turn: Turn | None, send: Callable[[], object]) -> CoworkError | None:
        """Sends through a line that dies as `turn` says; what was raised, which must be ours and say what to do."""
        self.line.seen.clear()
        self.line.answers.clear()
        self.line.sizes.clear()
        at, over = iter(range(1_000_000)), list[Request]()

        def fate(request: Request) -> Fate | None:
            number = next(at)
            if turn is None:
                return None
            if over:
                return Fate(commits=False, answer_bytes=0) if turn.for_good else None
            due = self.rig.is_write(request) if turn.number is None else number == turn.number
            if not due:
                return None
            over.append(request)
            return turn.fate

        self.line.fate = fate
        try:
            send()
        except CoworkError as error:
            assert error.message
            assert not isinstance(error, OutcomeUnknown) or "cowork booking sync" in (
                error.hint or ""
            )
            return error
        finally:
            self.line.fate = lambda request: None
        return None


class Asked(Accounts):
    """The account, over the line."""

    def __init__(self, home: Home) -> None:
        super().__init__(
            {}, store=lambda: home.store, environ={}, state=home.rig.folder, home_zone=ZONE
        )
        self._home = home
        self._adapter: Any = None

    def provider(self, name: str) -> Any:
        if self._adapter is None:
            self._adapter = self._home.rig.connect(self._home.line.url, self._home.limits)
        return self._adapter

    def can(self, name: str, capability: str) -> bool:
        return capability in self._home.rig.info.capabilities

    def enabled(self, capability: str, chosen: Any = ()) -> list[str]:
        return [self._home.rig.account]

    def names(self) -> list[str]:
        return []
