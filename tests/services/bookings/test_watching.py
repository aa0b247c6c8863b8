"""Waiting for a desk: how often one looks, what ends it, and what a command afterwards is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import (
    Conflict,
    CoworkError,
    ExitCode,
    OutcomeUnknown,
    PriceAboveLimit,
    ProviderUnavailable,
    RateLimited,
    SlotTaken,
    exit_code_of,
)
from cowork_cli.services.bookings import watching
from cowork_cli.services.bookings.orders import Outcome

NOW = datetime.fromisoformat("2026-11-25T18:00:00+01:00")
DAY, NEXT = date(2026, 12, 1), date(2026, 12, 2)
TWO_HOURS = 7200.0


def booking(day: date = DAY, **facts: object) -> Booking:
    begin = datetime.fromisoformat(f"{day}T09:00:00+01:00")
    desk = Ref("hafen", "kai/1")
    made = Booking(
        "b-1", Ref("hafen", "h1"), "hafen", desk, "Desk 1", "Kai", begin, begin.replace(hour=17),
        "Europe/Berlin", "confirmed", False, None, Price(Money(1500), "once", "net"), None, None,
        None, None, None, begin, None,
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


class Evening:
    """A clock that nobody waits for: `sleep` moves it."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self.looks: list[tuple[date, datetime]] = []
        self.told: list[str] = []
        self.waited: list[int] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    def watch(
        self,
        answer: Callable[[date], Outcome],
        *days: date,
        at_most_s: float = TWO_HOURS,
        several_desks: bool = False,
        failure: CoworkError | None = None,
    ) -> Outcome:
        def look(day: date, now: datetime) -> Outcome:
            self.looks.append((day, now))
            return answer(day)

        def on_booked(made: Booking) -> CoworkError | None:
            self.told.append(made.id)
            return failure

        waiting = watching.Waiting(
            NOW, at_most_s, sleep=self.sleep, clock=lambda: 1_000_000.0 + self.passed
        )
        return watching.watch(
            days or (DAY,), look, waiting, on_booked=on_booked, several_desks=several_desks,
            on_waiting=lambda: self.waited.append(len(self.looks)),
        )  # fmt: skip


@pytest.fixture
def evening() -> Evening:
    return Evening()


def answers(*given: Outcome | CoworkError) -> Callable[[date], Outcome]:
    """One after the other, the last for ever."""
    rest: Iterator[Outcome | CoworkError] = iter(given)
    last: list[Outcome | CoworkError] = []

    def answer(day: date) -> Outcome:
        last[:] = [next(rest, *last)] if last else [next(rest)]
        if isinstance(last[0], CoworkError):
            raise last[0]
        return last[0]

    return answer


BOOKED = Outcome([booking()], [], ["A note."])


def test_what_is_free_is_booked_at_the_first_look(evening: Evening) -> None:
    outcome = evening.watch(answers(BOOKED))
    assert [one.id for one in outcome.bookings] == ["b-1"]
    assert (evening.slept, evening.told, outcome.notes) == ([], ["b-1"], ["A note."])
    assert evening.waited == [], "who need not wait is not told to"


def test_what_becomes_free_is_booked_at_the_next_look(evening: Evening) -> None:
    outcome = evening.watch(answers(SlotTaken("taken"), SlotTaken("taken"), BOOKED))
    assert [one.id for one in outcome.bookings] == ["b-1"]
    assert evening.slept == [60.0, 75.0]
    assert evening.waited == [1], "said once"
    assert [now for _, now in evening.looks] == [
        NOW,
        NOW + timedelta(seconds=60),
        NOW + timedelta(seconds=135),
    ]


def test_looks_grow_rarer_never_closer_than_a_minute_and_end(evening: Evening) -> None:
    with pytest.raises(SlotTaken) as over:
        evening.watch(answers(SlotTaken("Desk 1 is taken")))
    assert "nothing became free in that time: Desk 1 is taken" in over.value.message
    assert "--for-at-most" in (over.value.hint or "")
    assert sum(evening.slept) == TWO_HOURS, "the last look is at the end"
    assert min(evening.slept) == 60.0
    assert max(evening.slept) < 660.0
    assert evening.slept[:-1] == sorted(evening.slept[:-1])
    assert len(evening.looks) == 20


def test_a_last_look_is_not_sooner_than_a_minute_after_the_one_before(evening: Evening) -> None:
    with pytest.raises(SlotTaken):
        evening.watch(answers(SlotTaken("taken")), at_most_s=100)
    assert evening.slept == [100]


def test_less_than_a_minute_is_one_look_now_and_one_at_its_end(evening: Evening) -> None:
    with pytest.raises(SlotTaken):
        evening.watch(answers(SlotTaken("taken")), at_most_s=20)
    assert evening.slept == [20]


@pytest.mark.parametrize(("named", "waited"), [(900.0, 900.0), (None, 300.0), (5.0, 60.0)])
def test_who_asks_us_to_slow_down_is_left_alone_that_long(
    evening: Evening, named: float | None, waited: float
) -> None:
    throttled = RateLimited("slow down")
    throttled.wait_s = named
    evening.watch(answers(throttled, BOOKED), DAY, NEXT)
    assert evening.slept[0] == waited
    assert evening.looks[0][0] == DAY
    assert evening.looks[1][1] > NOW, "the second day is not asked in the look that was refused"


def test_who_names_a_time_beyond_the_end_is_not_asked_again(evening: Evening) -> None:
    throttled = RateLimited("slow down")
    throttled.wait_s = TWO_HOURS + 1
    with pytest.raises(RateLimited):
        evening.watch(answers(throttled))
    assert (len(evening.looks), evening.slept) == (1, [])


def test_a_day_that_was_never_looked_at_is_told_with_the_reason(evening: Evening) -> None:
    throttled = RateLimited("slow down")
    throttled.wait_s = TWO_HOURS + 1
    outcome = evening.watch(answers(BOOKED, throttled), DAY, NEXT, date(2026, 12, 3))
    assert [day for day, _ in evening.looks] == [DAY, NEXT]
    assert [problem.message for problem in outcome.problems] == [
        "Wed 2026-12-02: slow down",
        "Thu 2026-12-03: slow down",
    ]


def test_who_cannot_be_reached_is_asked_again(evening: Evening) -> None:
    outcome = evening.watch(answers(ProviderUnavailable("away"), BOOKED))
    assert len(outcome.bookings) == 1


@pytest.mark.parametrize(
    ("problem", "code"), [(OutcomeUnknown("lost"), 9), (Conflict("no credits"), 6)]
)
def test_what_no_waiting_changes_ends_it(evening: Evening, problem: CoworkError, code: int) -> None:
    with pytest.raises(type(problem)) as ended:
        evening.watch(answers(problem))
    assert (int(ended.value.exit_code), evening.slept) == (code, [])


def test_a_price_above_the_limit_ends_it_unless_another_desk_may_come(evening: Evening) -> None:
    above = PriceAboveLimit("99 EUR")
    with pytest.raises(PriceAboveLimit):
        evening.watch(answers(above))
    assert evening.slept == []
    assert evening.watch(answers(above, BOOKED), several_desks=True).bookings


def test_each_day_has_its_own_outcome(evening: Evening) -> None:
    def answer(day: date) -> Outcome:
        if day == NEXT:
            raise SlotTaken("taken")
        return BOOKED

    outcome = evening.watch(answer, DAY, NEXT)
    assert [one.id for one in outcome.bookings] == ["b-1"]
    assert outcome.problems[0].message.startswith("Wed 2026-12-02: nothing became free")
    assert exit_code_of(outcome.problems, done=True) is ExitCode.PARTIAL
    assert [day for day, _ in evening.looks].count(DAY) == 1, (
        "what is booked is not looked at again"
    )


def test_a_command_that_fails_leaves_the_booking(evening: Evening) -> None:
    outcome = evening.watch(answers(BOOKED), failure=CoworkError("its command failed"))
    assert len(outcome.bookings) == 1
    assert exit_code_of(outcome.problems, done=True) is ExitCode.PARTIAL


def test_one_that_was_there_already_runs_no_command(evening: Evening) -> None:
    evening.watch(answers(Outcome([booking(existing=True)], [], [])))
    assert evening.told == []


# ---- the command


def test_nothing_of_a_booking_is_read_as_a_command(tmp_path: Path) -> None:
    hostile = f"$(touch {tmp_path}/hit) `touch {tmp_path}/hit`; touch {tmp_path}/hit #'\"\0"
    made = booking(desk_name=hostile, title=hostile)
    seen = tmp_path / "seen"
    line = f'printf "%s|%s|%s" "$COWORK_BOOKING_ID" "$COWORK_BOOKING_DESK" $KEPT > {seen}'
    assert watching.run_command(line, made, {"KEPT": "yes", "PATH": "/usr/bin:/bin"}) is None
    assert seen.read_text() == f"b-1|{hostile[:-1]}|yes"
    assert not (tmp_path / "hit").exists()


def test_what_a_command_is_told() -> None:
    assert watching.surroundings(booking()) == {
        "COWORK_BOOKING_ID": "b-1",
        "COWORK_BOOKING_REF": "hafen:h1",
        "COWORK_BOOKING_ACCOUNT": "hafen",
        "COWORK_BOOKING_DESK": "Desk 1",
        "COWORK_BOOKING_DESK_REF": "hafen:kai/1",
        "COWORK_BOOKING_SPACE": "Kai",
        "COWORK_BOOKING_FROM": "2026-12-01T09:00:00+01:00",
        "COWORK_BOOKING_TO": "2026-12-01T17:00:00+01:00",
        "COWORK_BOOKING_TIMEZONE": "Europe/Berlin",
        "COWORK_BOOKING_STATE": "confirmed",
        "COWORK_BOOKING_PRICE": "15.00 EUR",
        "COWORK_BOOKING_TITLE": "",
        "COWORK_BOOKING_PROJECT": "",
    }


@pytest.mark.parametrize(
    ("line", "said"), [("exit 3", "ended with exit 3"), ("kill -TERM $$", "signal 15"), ("a\0b", "cannot be run")]
)  # fmt: skip
def test_a_command_that_fails_is_told(line: str, said: str) -> None:
    problem = watching.run_command(line, booking(), {})
    assert problem is not None
    assert said in problem.message
    assert "cowork booking show b-1" in (problem.hint or "")
