"""The line to a platform dies at any byte of what is sent and answered while something is booked there.

After each: the outcome is a success that is one, a refusal of which nothing came, or `unknown`; after `booking sync`
the server and the store hold the same bookings; and once the person has asked again, the wanted one is there once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from cowork_cli.errors import CoworkError, OutcomeUnknown
from cowork_cli.providers.base import CanCheckIn
from cowork_cli.providers.registry import PROVIDERS
from tests.fakes.dying_line import Fate
from tests.torture.dying import EVENING, MORNING, NOON, Home, Turn
from tests.torture.strength import cases
from tests.tried import Tried

BOOKING = [row.name for row in PROVIDERS if row.uses == "http" and "booking" in row.capabilities]
SELLING = ["cobot"]  # addresses are ordered over the line there
VERBS = ("book", "cancel", "move", "check-in")
DAYS_OF_A_HOME = 30
MOST = cases(8, of=1_000_000)
"""How many deaths of each verb at each platform, spread evenly."""

Stretch = tuple[datetime, datetime]


class Dying:
    """Homes one after the other, and one death after the other."""

    def __init__(self, name: str, verb: str, folder: Path) -> None:
        self.name, self.verb, self.folder = name, verb, folder
        self.homes = 0
        self.home: Home | None = None

    def close(self) -> None:
        if self.home is not None:
            self.home.__exit__(None, None, None)

    def fresh(self) -> Home:
        """A home with room for another day."""
        if self.home is None or (self.home.day - self.home.first).days > DAYS_OF_A_HOME:
            self.close()
            self.homes += 1
            self.home = Home(self.name, self.folder / f"{self.homes}")
        return self.home

    def shape(self) -> list[tuple[bool, int, int]]:
        """The exchanges of the verb on a good day: whether each writes, bytes asked and answered."""
        home = self.fresh()
        send = self.ready(home)
        assert home.through(None, send) is None
        seen = zip(home.line.seen, home.line.sizes, home.line.answers, strict=True)
        return [(home.rig.is_write(request), asked, told) for request, asked, told in seen]

    def ready(self, home: Home):  # type: ignore[no-untyped-def]
        """The verb, up to where it sends."""
        send = home.to_book()
        if self.verb == "book":
            return send
        send()
        return {"cancel": home.to_cancel, "move": home.to_move, "check-in": home.to_check_in}[
            self.verb
        ]()

    def die(self, turn: Turn) -> str:
        """One death; what it was told as."""
        home = self.fresh()
        error = home.through(turn, self.ready(home))
        home.sync()
        stood = home.agreed()
        getattr(self, "after_" + self.verb.replace("-", "_"))(home, error, stood)
        return error.code if error else "done"

    # What must be true after each ────────────────────────────────────────────────────────────────

    def after_book(self, home: Home, error: CoworkError | None, stood: list[Stretch]) -> None:
        if not isinstance(error, OutcomeUnknown):
            assert len(stood) == (0 if error else 1), error
        home.to_book_again()()
        home.sync()
        assert hours(home.agreed()) == [(MORNING, NOON)]

    def after_cancel(self, home: Home, error: CoworkError | None, stood: list[Stretch]) -> None:
        if not isinstance(error, OutcomeUnknown):
            assert len(stood) == (1 if error else 0), error
        if stood:
            home.to_cancel()()
            home.sync()
        assert home.agreed() == []

    def after_move(self, home: Home, error: CoworkError | None, stood: list[Stretch]) -> None:
        at = hours(stood)
        if error is not None and not isinstance(error, OutcomeUnknown):
            assert at == [(MORNING, NOON)], error
        assert at in ([(MORNING, NOON)], [(NOON, EVENING)], [(MORNING, NOON), (NOON, EVENING)])
        if at == [(MORNING, NOON)]:
            home.to_move()()
        elif len(at) == 2:  # in two steps: the second was told to be open
            home.cancel_first()
        home.sync()
        assert hours(home.agreed()) == [(NOON, EVENING)]

    def after_check_in(self, home: Home, error: CoworkError | None, stood: list[Stretch]) -> None:
        assert hours(stood) == [(MORNING, NOON)]
        if error is not None:
            try:
                home.to_check_in()()
            except CoworkError as twice:  # said before
                assert twice.code == "conflict", twice
        home.sync()
        assert hours(home.agreed()) == [(MORNING, NOON)]


class Ordering(Dying):
    """The same of an address that is ordered, each under a name of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, "order", folder)
        self.orders = 0

    def ready(self, home: Home):  # type: ignore[no-untyped-def]
        self.orders += 1
        return home.to_order(self.person)

    @property
    def person(self) -> str:
        """Whose letters the last address is for."""
        return f"Erika {self.orders}"

    def fresh(self) -> Home:
        if self.home is not None:
            self.home.day += timedelta(days=1)
        return super().fresh()

    def die(self, turn: Turn) -> str:
        home = self.fresh()
        error = home.through(turn, self.ready(home))
        home.settle_orders()
        held = home.ordered(self.person)
        if not isinstance(error, OutcomeUnknown):
            assert held == (0 if error else 1), error
        home.to_order(self.person)()
        assert home.ordered(self.person) == 1
        return error.code if error else "done"


def hours(stood: list[Stretch]) -> list[tuple[time, time]]:
    return sorted((begins.time(), ends.time()) for begins, ends in stood)


def deaths(shape: list[tuple[bool, int, int]], every: int) -> Iterator[Turn]:
    """Each byte of what is answered to a write, every so many of all else; by an end and by a reset."""
    for number, (writes, asked, told) in enumerate(shape):
        step = every if writes else every * 9
        for size in range(0, told + 1, 1 if writes and every < 50 else step):
            yield Turn(Fate(answer_bytes=size), number)
        for size in range(0, told + 1, step):
            yield Turn(Fate(answer_bytes=size, reset=True), number)
            yield Turn(Fate(answer_bytes=size), number, for_good=True)
        for size in range(0, asked + 1, step):
            yield Turn(Fate(request_bytes=size, reset=bool(size % 2)), number, size % 3 == 0)


def spread(turns: Sequence[Turn], most: int) -> Sequence[Turn]:
    """So many of them, in equal steps."""
    if len(turns) <= most:
        return turns
    return [turns[number * len(turns) // most] for number in range(most)]


FEW = (
    ("book", Turn(Fate(answer_bytes=9, reset=True))),
    ("book", Turn(Fate(request_bytes=200))),
    ("cancel", Turn(Fate(answer_bytes=140), for_good=True)),
)
"""In the head and in the body of what the first write is answered, and while it is asked."""


def can(name: str, verb: str, home: Home) -> bool:
    return verb != "check-in" or isinstance(home.rig.provider, CanCheckIn)


@pytest.mark.parametrize("name", BOOKING)
def test_the_line_dies_at_a_few_bytes(name: str, tmp_path: Path) -> None:
    dying = Dying(name, "book", tmp_path)
    try:
        for dying.verb, turn in FEW:
            dying.die(turn)
    finally:
        dying.close()


def died_everywhere(dying: Dying) -> dict[str, int]:
    """All the deaths of its verb; how often it was told as what."""
    told: dict[str, int] = {}
    try:
        for turn in spread(list(deaths(dying.shape(), 11)), MOST):
            try:
                outcome = dying.die(turn)
            except BaseException as broken:
                broken.add_note(f"{dying.name} {dying.verb} {turn}")
                raise
            told[outcome] = told.get(outcome, 0) + 1
    finally:
        dying.close()
    return told


@pytest.mark.torture
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", [*BOOKING, "harbour", "caldav-xandikos"])
def test_the_line_dies_at_every_byte(name: str, verb: str, tmp_path: Path, tried: Tried) -> None:
    dying = Dying(name, verb, tmp_path)
    if not can(name, verb, dying.fresh()):
        dying.close()
        return
    told = died_everywhere(dying)
    tried(deaths=sum(told.values()), **told)


@pytest.mark.torture
@pytest.mark.parametrize("name", SELLING)
def test_the_line_dies_at_every_byte_of_an_order(name: str, tmp_path: Path, tried: Tried) -> None:
    told = died_everywhere(Ordering(name, tmp_path))
    tried(deaths=sum(told.values()), **told)
