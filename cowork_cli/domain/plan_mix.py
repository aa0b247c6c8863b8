"""What `plan optimise` answers: the cheapest mix, what it was reckoned with, and what would change it."""

from datetime import date

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

NO_LIMIT = "not known: taken as no limit"


@dataclass(frozen=True, slots=True)
class MixRow:
    """One purchase. `until` is its last day, None without one; `days` are those it is used on.

    `lost` are days that ended unused, `left` those that are still good behind the last planned day; None
    where any number was free. `committed_until` is the first end, if notice is given on the first day.
    """

    plan: str
    name: str
    space: str
    on: date
    until: date | None
    periods: int
    cost: Money
    days: int
    a_day: Money | None
    lost: int | None
    left: int | None
    lost_money: Money | None
    committed_until: date | None
    notice: str | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What nobody has said of plans. `answer` was reckoned with; `otherwise` is the total if not so.

    `otherwise` None: it changes nothing that can be reckoned, it is only not known. `exact` False: the best of
    what was looked at.
    """

    question: str
    plans: tuple[str, ...]
    answer: str
    otherwise: Money | None
    hint: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Variation:
    """The same with fewer or more days: `total` of the mix best for it, `kept` what was bought all the same.

    `exact` False: the best of what was looked at.
    """

    change: str
    days: int
    total: Money
    kept: Money | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class BreakEvenRow:
    """So many days in the month that begins on the first planned day: the cheapest way, and its plans."""

    days: int
    total: Money
    a_day: Money
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanMix:
    """The cheapest mix for `days` days from `from_` to `to`. Money is `tax`: net, or gross.

    `total` is `tariffs`, `way` and `rooms` together. `paid` is what was paid in a period of the past, `saved`
    the difference; `paid_from` what it was read from: expenses and bookings, `--paid` where it was said. `exact` False: there was too much to choose from, the best of what was looked at.
    `left_out` are planned days that nothing covers, `hours_unknown` spaces of which it is not known whether they are
    open on all days: none was left out for that. `held_unused` is what memberships include and nobody knows the days of.
    """

    from_: date
    to: date
    days: int
    tax: str
    total: Money
    tariffs: Money
    way: Money
    rooms: Money
    way_km: str | None
    way_s: int | None
    paid: Money | None
    paid_from: tuple[str, ...]
    saved: Money | None
    lost_money: Money
    exact: bool
    bought: tuple[MixRow, ...]
    questions: tuple[OpenQuestion, ...]
    variations: tuple[Variation, ...]
    break_even: tuple[BreakEvenRow, ...]
    left_out: tuple[date, ...]
    hours_unknown: tuple[str, ...]
    held_unused: tuple[str, ...] = ()
