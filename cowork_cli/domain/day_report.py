"""What the day log says under which rule: lines, counters and ways. Never what is owed or allowed."""

from datetime import date
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class DayRule:
    """One line of `report days`: what a rule gives for a year, under one reading of it.

    `reading` is A (the place counts as first place of work) or B (travel), None where there is one.
    `quantity` of `unit` (day, km) times `rate` euro is `amount`, day by day rounded to the cent, less
    what lies above `cap`. `state` is `supported` by the record, `open` where the law or a fact is, or
    `not-known` where the figures of that year are not known; then `amount` is None.
    """

    year: int
    rule: str
    reading: str | None
    what: str
    days: int
    quantity: Decimal | None
    unit: str | None
    amount: Money | None
    cap: Money | None
    state: str
    source: str
    note: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where the rules of a report stand: once for each source, with the lines (`rule`) it is of."""

    year: int
    rules: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PlaceCounter:
    """The counters of the BMF rule on the first place of work, for one place and year.

    `weeks_two_full` are weeks with at least two days spent wholly there, of `weeks` with work; `share`
    is its percentage of all time worked. `rule_met` is `yes`, `no` or `open`.
    """

    year: int
    place: str
    days: int
    full_days: int
    weeks: int
    weeks_two_full: int
    days_per_week: Decimal
    share: Decimal
    each_day: bool
    lasting: bool | None
    marked: bool | None
    rule_met: str
    source: str


@dataclass(frozen=True, slots=True)
class CommuteRow:
    """The ways of a period by one mode, and what they would have been without the spaces.

    `without_…` is None where it is not said what the spaces stand for. `co2_g` is grams.
    """

    mode: str
    ways: int
    way_s: int | None
    way_km: Decimal | None
    money: Money | None
    co2_g: int | None
    without_s: int | None
    without_km: Decimal | None
    without_money: Money | None
    without_co2_g: int | None
    factor: int | None
    factor_year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What the record lacks: how many days it touches, the first of them, and what would mend it.

    `lack` is what it is in a word, `place` the place (by title) that it is about.
    """

    what: str
    days: int
    first: date | None
    command: str
    lack: str
    place: str | None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What the rules give for a single day; None where a rule gives nothing or is not known.

    `home_day` is `sentence-1`, `sentence-2`, `open`, `first-place-open` or `no`.
    """

    date: date
    home_day: str
    way_a: Money | None
    way_b: Money | None
    meals: Money | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One line of `report places`: what was done at a place.

    `share` is the billable percentage, `sessions` are stretches of work without a pause of more than
    15 minutes, `session_s` their mean length, `late_days` days with work after `day.late`.
    """

    place: str
    kind: str | None
    days: int
    duration_s: int
    billable_s: int
    share: Decimal
    sessions: int
    session_s: int
    late_days: int


@dataclass(frozen=True, slots=True)
class TrialSide:
    """One side of a trial: its days, and what was done and spent in them."""

    from_: date
    to: date
    days: int
    cost: Money
    duration_s: int
    billable_s: int
    share: Decimal | None
    commute_s: int
    commute_km: Decimal
    commute_money: Money
    lacks: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Something tried for a while: as many days before it beside those since. `to` None: it goes on."""

    name: str
    from_: date
    to: date | None
    place: str | None
    note: str | None
    before: TrialSide
    during: TrialSide
