"""Waiting for a desk to become free: looked at again and again, politely, and booked at once when it is.

Each look is what `booking add` would do for one day, so that a request is sent once, written down first, under
the limit that was given. Nobody is asked more often than once a minute, less often the longer it
takes, and never before the time that a platform names (Retry-After, its rate headers).
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.zones import plus
from cowork_cli.errors import (
    CoworkError,
    Failed,
    PriceAboveLimit,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    SlotTaken,
    by_gravity,
    raise_if_all_failed,
)
from cowork_cli.services.bookings.orders import Outcome
from cowork_cli.services.bookings.planning import dated

LEAST_S, LONGEST_S, GROWTH = 60.0, 600.0, 1.25
"""Seconds between two looks: at first, at most where no platform asks for more, and how they grow."""

THROTTLED_S = 300.0
"""How long one who asks us to slow down is left alone, where they name no time."""

Look = Callable[[date, datetime], Outcome]
"""One look at one day, at an instant: booked, or an error that says why not."""


class Waiting:
    """How late it is, and how long one waits. `sleep` and `clock` (seconds) are there for tests."""

    def __init__(
        self,
        begin: datetime,
        at_most_s: float,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ):
        self._begin, self._at_most_s = begin, at_most_s
        self._sleep, self._clock = sleep, clock
        self._started = clock()
        self._interval_s = LEAST_S

    @property
    def now(self) -> datetime:
        """The instant it is, counted from the beginning; a machine that slept has aged."""
        return plus(self._begin, timedelta(seconds=self._passed_s))

    @property
    def _passed_s(self) -> float:
        return max(0.0, self._clock() - self._started)

    def until_next_look(self, named_s: float) -> bool:
        """Waits for the next look, `named_s` at least; False where the time is over.

        The last look is at the very end, and no two of them are closer than `LEAST_S`.
        """
        left_s = self._at_most_s - self._passed_s
        if left_s <= 0 or named_s > left_s:
            return False
        wait_s = max(self._interval_s, named_s)
        self._interval_s = min(LONGEST_S, self._interval_s * GROWTH)
        self._sleep(left_s if left_s - wait_s < LEAST_S else wait_s)
        return True


def watch(
    days: Sequence[date],
    look: Look,
    waiting: Waiting,
    *,
    on_booked: Callable[[Booking], CoworkError | None],
    on_waiting: Callable[[], None],
    several_desks: bool,
) -> Outcome:
    """Looks until each of the days is booked, cannot be booked any more, or the time is over.

    `on_booked` is told of each booking at once, and gives back what went wrong with that; `on_waiting` is
    called once, where the first look was not enough. What succeeds
    stays; raises the gravest error if nothing did.
    """
    watched = _Watched(days, look, on_booked, several_desks)
    looks = 0
    while watched.look(waiting.now):
        looks += 1
        if looks == 1:
            on_waiting()
        if not waiting.until_next_look(watched.named_s):
            break
    problems = [*watched.problems, *watched.not_freed()]
    raise_if_all_failed(problems, done=bool(watched.bookings))
    return Outcome(watched.bookings, by_gravity(problems), watched.notes)


class _Watched:
    """The days that are waited for, each with why it is not booked yet, and what came of the others."""

    def __init__(
        self,
        days: Sequence[date],
        look: Look,
        on_booked: Callable[[Booking], CoworkError | None],
        several_desks: bool,
    ):
        self._open: dict[date, CoworkError | None] = dict.fromkeys(days)
        self._several = len(self._open) > 1
        self._look, self._on_booked, self._several_desks = look, on_booked, several_desks
        self.bookings: list[Booking] = []
        self.problems: list[CoworkError] = []
        self.notes: list[str] = []
        self.named_s = 0.0

    def look(self, now: datetime) -> bool:
        """One look at each day that is open; whether any of them still is."""
        self.named_s = 0.0
        for day in list(self._open):
            try:
                outcome = self._look(day, now)
            except CoworkError as problem:
                self._note_problem(day, problem)
                if isinstance(problem, RateLimited):
                    self._put_off(problem)
                    break
            else:
                del self._open[day]
                self._note_booked(outcome)
        return bool(self._open)

    def _put_off(self, problem: RateLimited) -> None:
        """The others of this look would be asked of who wants no more questions: that is why, if nothing was before."""
        for day, known in self._open.items():
            self._open[day] = known or copy(problem)

    def _note_booked(self, outcome: Outcome) -> None:
        self.notes += [note for note in outcome.notes if note not in self.notes]
        for booking in outcome.bookings:
            self.bookings.append(booking)
            problem = None if booking.existing else self._on_booked(booking)
            if problem is not None:
                self.problems.append(problem)

    def _note_problem(self, day: date, problem: CoworkError) -> None:
        if isinstance(problem, ProviderUnavailable):
            least_s = THROTTLED_S if isinstance(problem, RateLimited) else 0.0
            self.named_s = max(self.named_s, problem.wait_s or least_s)
        passing = isinstance(problem, SlotTaken | ProviderError) or (
            isinstance(problem, PriceAboveLimit) and self._several_desks
        )
        if passing:
            self._open[day] = problem
            return
        del self._open[day]
        self.problems.append(dated(problem, day) if self._several else problem)

    def not_freed(self) -> Iterator[CoworkError]:
        """For each day that is still open why it was not booked."""
        for day, problem in self._open.items():
            assert problem is not None, "each day was looked at, or put off"
            if isinstance(problem, SlotTaken):
                problem.message = f"nothing became free in that time: {problem.message}"
                problem.hint = "wait longer with `--for-at-most`, or give more desks"
            yield dated(problem, day)


# ---- the command that is run when a desk was booked


def surroundings(booking: Booking) -> dict[str, str]:
    """What a command is told of a booking: by variables, so that nothing in it is ever read as a command."""
    price = booking.price.money if booking.price else None
    told = {
        "ID": booking.id,
        "REF": booking.ref,
        "ACCOUNT": booking.account,
        "DESK": booking.desk_name,
        "DESK_REF": booking.desk_ref,
        "SPACE": booking.space_name,
        "FROM": booking.from_.isoformat(timespec="seconds"),
        "TO": booking.to.isoformat(timespec="seconds"),
        "TIMEZONE": booking.timezone,
        "STATE": booking.state,
        "PRICE": price,
        "TITLE": booking.title,
        "PROJECT": booking.project,
    }
    texts = {name: "" if value is None else str(value) for name, value in told.items()}
    return {f"COWORK_BOOKING_{name}": text.replace("\0", "") for name, text in texts.items()}


def run_command(command: str, booking: Booking, environ: Mapping[str, str]) -> CoworkError | None:
    """Runs a person's own command line after a booking; None, or what went wrong with it.

    Its shell sees what the person wrote and nothing of the booking. What it prints goes to stderr.
    """
    shell = [os.environ.get("COMSPEC", "cmd"), "/c"] if os.name == "nt" else ["/bin/sh", "-c"]
    hint = f"the booking stands: `cowork booking show {booking.id}`"
    try:
        done = subprocess.run(
            [*shell, command],
            env={**environ, **surroundings(booking)},
            stdin=subprocess.DEVNULL,
            stdout=2,
            check=False,
        )
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        return Failed(f"{booking.id} is booked, but its command cannot be run: {reason}", hint)
    if done.returncode == 0:
        return None
    ended = (
        f"was ended by signal {-done.returncode}"
        if done.returncode < 0
        else f"ended with exit {done.returncode}"
    )
    return Failed(f"{booking.id} is booked, but the command of --exec {ended}", hint)
