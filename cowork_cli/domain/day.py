"""A day of work: where it was spent, and what is known of the places. Kept one record a day."""

from datetime import date
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

KINDS = ("home", "space", "client", "meeting", "travel")
AWAY_ON_BUSINESS = ("client", "meeting", "travel")
OTHER_WORKPLACE = ("yes", "no", "unclear")
START_OF_DAY, END_OF_DAY = "00:00", "24:00"


@dataclass(frozen=True, slots=True)
class LogPlace:
    """A place of the day log; `name` is its key in hours, `title` for people.

    `way_km`, `way_s` and `fare` are one way from home. `first_place` is what the person marked (None:
    nothing), from `first_from` on; `lasting` whether work there is planned for an indefinite time, the
    whole activity, or more than 48 months. `instead_of` is the place that one would work at without it.
    """

    name: str
    title: str
    kind: str
    way_km: Decimal | None = None
    way_s: int | None = None
    mode: str | None = None
    fare: Money | None = None
    country: str | None = None
    first_place: bool | None = None
    first_from: date | None = None
    lasting: bool | None = None
    instead_of: str | None = None

    def marked_on(self, day: date) -> bool | None:
        """Whether it is marked as the first place of work on a day; None where nothing is said."""
        if self.first_place and self.first_from and day < self.first_from:
            return None
        return self.first_place


@dataclass(frozen=True, slots=True)
class Stay:
    """The work at one place on a day. `from_` and `to` are clocks (`24:00` ends the day) where known.

    `source` tells how it is known: `said`, `hours` or `booking`. The way is one way from home;
    `title` is the name of the place for people.
    """

    place: str
    kind: str
    duration_s: int
    from_: str | None
    to: str | None
    source: str
    way_km: Decimal | None = None
    way_s: int | None = None
    mode: str | None = None
    fare: Money | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One record of the day log.

    `class_` is a row of the decision table (`H HC HC1 C M 0`), `kind` the same in a word (home, space,
    client, travel, mixed, none). `exactly_half`: the work at home is just half of it. `away_from` and
    `away_to` are clocks of leaving home and coming back, `00:00` and `24:00` where the night was spent
    away. `driven_km` is the whole way of that day, `tracked_s` what the hours said when it was logged.
    """

    date: date
    class_: str
    kind: str
    duration_s: int
    home_s: int
    exactly_half: bool
    stays: tuple[Stay, ...]
    away_from: str | None = None
    away_to: str | None = None
    away_s: int | None = None
    driven_km: Decimal | None = None
    purpose: str | None = None
    note: str | None = None
    tracked_s: int = 0


@dataclass(frozen=True, slots=True)
class MonthFlag:
    """Whether another workplace was at hand in a month, as the person says: yes, no, unclear."""

    month: str
    other_workplace: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A working day that is not logged. `tracked_s` is what the hours of that day say."""

    date: date
    tracked_s: int
    command: str


def day_class(stays: tuple[Stay, ...], first_place_visited: bool) -> tuple[str, str]:
    """The row of the decision table and its word. "More than half" is strict.

    Client, meeting and travel make an M, whatever else was on that day; without work it is 0.
    """
    if not stays:
        return "0", "none"
    words = {"client" if stay.kind == "meeting" else stay.kind for stay in stays}
    word = words.pop() if len(words) == 1 else "mixed"
    kinds = {stay.kind for stay in stays}
    if kinds & set(AWAY_ON_BUSINESS):
        return "M", word
    if kinds == {"home"}:
        return "H", word
    if is_more_than_half(stays):
        return ("HC1" if first_place_visited else "HC"), word
    return "C", word


def ways_from_home(away_from: str | None, away_to: str | None) -> int:
    """How many ways between home and a place away belong to a day: there and back are 2.

    One less for each end of the day that was spent away over night: a trip of three days has two ways.
    """
    return 2 - (away_from == START_OF_DAY) - (away_to == END_OF_DAY)


def is_more_than_half(stays: tuple[Stay, ...]) -> bool:
    """Whether more than half of the work was at home."""
    return 2 * home_seconds(stays) > sum(stay.duration_s for stay in stays)


def home_seconds(stays: tuple[Stay, ...]) -> int:
    """Seconds of work at home."""
    return sum(stay.duration_s for stay in stays if stay.kind == "home")
