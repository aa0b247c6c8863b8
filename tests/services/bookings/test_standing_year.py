"""A year of standing orders at a platform with windows, quotas, outages and lost answers.

Nothing is doubled, nothing is missed that could be had. 2026 has 53 ISO weeks and both clock changes.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk
from cowork_cli.errors import (
    BadInput,
    Conflict,
    NotFound,
    OutcomeUnknown,
    ProviderUnavailable,
    SlotTaken,
)
from cowork_cli.paths import Paths
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.bookings import standing
from cowork_cli.services.bookings.standing_run import World, run
from cowork_cli.store import standing as stored
from cowork_cli.store.engine.store import Store
from tests.stores import open_store
from tests.tried import Tried

ZONE = ZoneInfo("Europe/Berlin")
AHEAD, OPENS = 14, time(2, 30)  # an hour that the clocks skip, and repeat
START = datetime(2025, 12, 17, 12, tzinfo=ZONE)
CANCELLED = date(2026, 1, 27)


def opened_at(day: date) -> datetime:
    """When the platform lets a day be booked, by its own clock on the wall."""
    return datetime.combine(day - timedelta(days=AHEAD), OPENS, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Platform:
    """Two desks. Of the days: every 11th the first desk is taken, every 23rd both for good, every 19th
    both for half an hour; every 13th it is down for 20 minutes, every 17th a quota is full for 5."""

    now: datetime = START
    made: dict[str, ProviderBooking] = field(default_factory=dict)
    calls: int = 0
    lost: Counter[bool] = field(default_factory=Counter)
    early: list[datetime] = field(default_factory=list)

    @staticmethod
    def turn(day: date, every: int) -> bool:
        return day.toordinal() % every == 0

    def since_open(self, day: date) -> timedelta:
        return self.now.astimezone(UTC) - opened_at(day)

    def desks(self, space: Ref) -> list[Desk]:
        return [Desk(Ref("hafen", f"kai/{n}"), space, f"Platz {n}") for n in (1, 2)]

    def quote(self, request: BookingRequest) -> Quote:
        day = request.window.from_.date()
        if self.turn(day, 13) and self.since_open(day) < timedelta(minutes=20):
            raise ProviderUnavailable("down")
        first = request.desk.id.endswith("/1")
        freed = self.since_open(day) >= timedelta(minutes=30)
        if (
            self.turn(day, 23)
            or (self.turn(day, 19) and not freed)
            or (first and self.turn(day, 11))
            or any(one.state == "confirmed" and (one.desk, one.window) == (request.desk, request.window)
                   for one in self.made.values())
        ):  # fmt: skip
            raise SlotTaken("taken")
        return Quote(Money(1200))

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        day = request.window.from_.date()
        if self.since_open(day) < timedelta(0):
            self.early.append(self.now)
            raise Conflict("not open yet")
        if self.turn(day, 17) and self.since_open(day) < timedelta(minutes=5):
            raise Conflict("your quota is used up")
        self.calls += 1
        lost, commits = self.calls % 9 == 0, self.calls % 2 == 0
        made = ProviderBooking(
            Ref("hafen", str(self.calls)), request.desk, request.window, "confirmed", Money(1200)
        )
        if not lost or commits:
            self.made[made.ref.id] = made
        if lost:
            self.lost[commits] += 1
            raise OutcomeUnknown("no answer came")
        return made

    def booking(self, ref: Ref) -> ProviderBooking:
        if ref.id not in self.made:
            raise NotFound("gone")
        return self.made[ref.id]

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        return [
            one
            for one in self.made.values()
            if one.window.from_ < window.to and one.window.to > window.from_
        ]


class Asked(Accounts):
    def __init__(self, platform: Platform, store: Store, folder: Path) -> None:
        super().__init__({}, store=lambda: store, environ={}, state=folder, home_zone=ZONE)
        self._platform = platform

    def provider(self, name: str) -> Any:
        return self._platform

    def bookable(self, account: str) -> bool:
        return True

    def can(self, name: str, capability: str) -> bool:
        return capability in ("availability", "booking")

    def enabled(self, capability: str, chosen: Any = ()) -> list[str]:
        return list(chosen) or ["hafen"]

    def knower(self, name: str) -> Any:
        return None


class Year:
    """A home whose cron runs every minute, and which sleeps for eleven days in April."""

    def __init__(self, folder: Path, platform: Platform | None = None) -> None:
        self.folder = folder
        self.platform = platform or Platform()
        self.notes: list[str] = []
        self.problems: list[str] = []
        self.made: list[date] = []
        self.runs = 0
        store = self.opened(START)
        wish = standing.Wish(
            "office", ("hafen:kai/1", "hafen:kai/2"), frozenset(range(5)), time(9), time(17),
            AHEAD, OPENS, land="NW", max_price=Money(1500),
        )  # fmt: skip
        drawn = standing.draft(replace(wish), store=store, accounts=self.asked(store), now=START)
        assert drawn.question is not None
        standing.add(drawn, store=store)
        store.close()
        gone = Window(
            datetime.combine(CANCELLED, time(9), tzinfo=ZONE),
            datetime.combine(CANCELLED, time(17), tzinfo=ZONE),
        )
        self.platform.made["old"] = ProviderBooking(
            Ref("hafen", "old"), Ref("hafen", "kai/1"), gone, "cancelled"
        )

    def opened(self, now: datetime) -> Store:
        parts = ("config", "data", "cache", "state")
        return open_store(
            Paths(*(self.folder / part for part in parts)),
            now_ms=int(now.timestamp() * 1000),
            command="standing run",
            expected=False,
            note=lambda line: None,
        )

    def asked(self, store: Store) -> Accounts:
        return Asked(self.platform, store, self.folder)

    def live_until(self, end: datetime) -> None:
        """Every run in which something was due, minute by minute."""
        now = START
        while now < end:
            store = self.opened(now)
            self.platform.now = now
            outcome = run(World(store, self.asked(store), now))
            self.runs += 1
            self.notes += outcome.notes
            self.problems += [problem.message for problem in outcome.problems]
            self.made += [booking.from_.date() for booking in outcome.bookings]
            again = run(World(store, self.asked(store), now))
            assert (again.bookings, again.problems, again.notes) == ([], [], [])
            (order,) = stored.every(store)
            store.close()
            assert order.next > now, "something is due, and it was not done"
            now = self.awake(order.next)

    @staticmethod
    def awake(due: datetime) -> datetime:
        whole = due.astimezone(UTC)
        if whole.second:
            whole = whole.replace(second=0) + timedelta(minutes=1)
        asleep = datetime(2026, 4, 3, tzinfo=UTC), datetime(2026, 4, 14, 9, tzinfo=UTC)
        return (asleep[1] if asleep[0] <= whole < asleep[1] else whole).astimezone(ZONE)


HOLIDAYS = {
    date.fromisoformat(text)
    for text in (
        "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01",
        "2026-05-14", "2026-05-25", "2026-06-04", "2026-12-25",
    )
}  # fmt: skip


SEVEN_WEEKS = {
    "runs": 49, "days wanted": 34, "booked": 33, "given up": 0, "left out": 3, "answers lost": 3,
}  # fmt: skip
WHOLE_YEAR = {
    "runs": 451, "days wanted": 261, "booked": 249, "given up": 11, "left out": 10,
    "answers lost": 29,
}  # fmt: skip


@pytest.mark.parametrize(
    ("last", "counts"),
    [
        pytest.param(date(2026, 2, 6), SEVEN_WEEKS, id="seven-weeks"),
        pytest.param(date(2026, 12, 31), WHOLE_YEAR, id="year", marks=pytest.mark.torture),
    ],
)
def test_nothing_is_doubled_and_nothing_is_missed(
    tmp_path: Path, last: date, counts: dict[str, int], tried: Tried
) -> None:
    year = Year(tmp_path)
    end = opened_at(last).astimezone(ZONE) + timedelta(hours=20)
    year.live_until(end)
    first = START.date() + timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [day for day in days if day.weekday() < 5 and day not in HOLIDAYS]
    never = {day for day in wanted if Platform.turn(day, 23)} | {CANCELLED}
    live = Counter(
        one.window.from_.date() for one in year.platform.made.values() if one.state == "confirmed"
    )
    told = {
        "runs": year.runs, "days wanted": len(wanted), "booked": len(live),
        "given up": len(year.problems), "left out": len([n for n in year.notes if "left out" in n]),
        "answers lost": sum(year.platform.lost.values()),
    }  # fmt: skip
    tried(**told)
    assert told == counts
    assert set(live) == {day for day in wanted if day not in never}
    assert set(live.values()) == {1}, "a day was booked twice"
    assert year.platform.early == [], "asked before the window was open"
    for day in never - {CANCELLED}:
        assert len([text for text in year.problems if f"{day}" in text]) == 1
    assert len(year.problems) == len(never - {CANCELLED})
    assert [note for note in year.notes if "cancelled" in note] == [
        f"office: not booked again on {CANCELLED:%a %Y-%m-%d}: it was cancelled."
    ]
    assert sorted(year.made) == sorted(live), "each booking is said once, found by asking or not"


def test_at_a_platform_that_charges_a_limit_is_needed_and_asked_for_once(tmp_path: Path) -> None:
    year = Year(tmp_path)
    store = year.opened(START)
    wish = standing.Wish(
        "second", ("hafen:kai/2",), frozenset({0}), time(9), time(17), AHEAD, OPENS
    )
    with pytest.raises(BadInput, match="--max-price is missing"):
        standing.draft(wish, store=store, accounts=year.asked(store), now=START)
    limited = replace(wish, max_price=Money(1500))
    drawn = standing.draft(limited, store=store, accounts=year.asked(store), now=START)
    store.close()
    assert drawn.question == (
        'Book "Platz 2" every mon without asking again, for at most 15.00 EUR each?'
    )


# ---- the same, with faults at random, and two machines that share one account


class Weather(Platform):
    """No day is special; any call may fail, any answer may be lost, whether or not the booking was made."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)
        self.faults: Counter[str] = Counter()

    @staticmethod
    def turn(day: date, every: int) -> bool:
        return False

    def _may_fail(self) -> None:
        if self.chance.random() < 0.08:
            self.faults["5xx"] += 1
            raise ProviderUnavailable("internal error")

    def quote(self, request: BookingRequest) -> Quote:
        self._may_fail()
        return super().quote(request)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        self._may_fail()
        self.calls += 1
        if self.since_open(request.window.from_.date()) < timedelta(0):
            self.early.append(self.now)
            raise Conflict("not open yet")
        if any(
            one.state == "confirmed" and (one.desk, one.window) == (request.desk, request.window)
            for one in self.made.values()
        ):
            raise SlotTaken("taken")
        cut = self.chance.random()
        if cut < 0.1:
            self.faults["cut before it arrived"] += 1
            raise OutcomeUnknown("no answer came")
        ref = Ref("hafen", str(self.calls))
        made = ProviderBooking(ref, request.desk, request.window, "confirmed", Money(1200))
        self.made[ref.id] = made
        if cut < 0.2:
            self.faults["cut after it was done"] += 1
            raise OutcomeUnknown("no answer came")
        return made

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        self._may_fail()
        return super().bookings(window)


def shared_year(folder: Path, machines: int, until: datetime, seed: int) -> list[Year]:
    """Machines with one account each run whatever is due, at times of their own and by clocks set back.

    What is given up after its tries is said; then its person types `cowork standing run --now`.
    """
    weather = Weather(seed)
    years = [Year(folder / str(number), weather) for number in range(machines)]
    del weather.made["old"]
    now, told = START, list[Year]()
    while now < until:
        for year in years:
            behind = timedelta(hours=2) if weather.chance.random() < 0.05 else timedelta(0)
            weather.faults["clock set back"] += bool(behind)
            weather.now = now
            store = year.opened(now - behind)
            world = World(store, year.asked(store), now - behind)
            outcome = run(world, at_once=year in told)
            told = [one for one in told if one is not year]
            if outcome.problems:
                told.append(year)
            weather.faults["given up and typed again"] += len(outcome.problems)
            year.runs += 1
            year.problems += [problem.message for problem in outcome.problems]
            store.close()
        now += timedelta(minutes=weather.chance.randint(20, 240))
    return years


@pytest.mark.parametrize(
    ("machines", "last"),
    [
        pytest.param(2, date(2026, 1, 9), id="two-machines"),
        pytest.param(1, date(2026, 12, 31), id="year-alone", marks=pytest.mark.torture),
        pytest.param(2, date(2026, 12, 31), id="year-of-two", marks=pytest.mark.torture),
    ],
)
def test_faults_at_random_double_nothing_and_miss_nothing(
    tmp_path: Path, machines: int, last: date, tried: Tried
) -> None:
    until = opened_at(last).astimezone(ZONE) + timedelta(days=4)
    years = shared_year(tmp_path, machines, until, seed=18)
    platform = years[0].platform
    assert isinstance(platform, Weather)
    days = [START.date() + timedelta(days=n + 1) for n in range((last - START.date()).days)]
    wanted = {day for day in days if day.weekday() < 5 and day not in HOLIDAYS}
    live = Counter(
        one.window.from_.date() for one in platform.made.values() if one.state == "confirmed"
    )
    tried(
        runs=sum(year.runs for year in years), **platform.faults,
        booked=len(live), days_wanted=len(wanted),
    )  # fmt: skip
    assert {day for day in live if day <= last} == wanted
    assert set(live.values()) == {1}, {day: n for day, n in live.items() if n > 1}
    assert platform.early == []
