"""Billed time: what rules, travel factors and day rates make of real time, and what it is worth.

Drafts and `report unbilled` both go through here, so that they cannot differ.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cowork_cli.domain import billing
from cowork_cli.domain.billing import Terms
from cowork_cli.domain.money import Money, line_net
from cowork_cli.records import dataclass
from cowork_cli.store.rates import Rate


@dataclass(frozen=True, slots=True)
class Work:
    """One entry that can be billed: `entry` is its row and its UUID, `seconds` its real time."""

    entry: tuple[int, str]
    project: str
    day: date
    seconds: int
    rate: Rate
    terms: Terms
    tags: str
    project_name: str | None = None
    note: str | None = None

    @property
    def travel(self) -> bool:
        """Whether it is billed as travel, at the factor that was agreed."""
        return self.terms.travel_factor is not None and billing.is_travel(self.tags.split(","))


@dataclass(frozen=True, slots=True)
class Billed:
    """Work with its billed time: `seconds` after factor and rule, `days` where half days count."""

    work: Work
    seconds: int
    days: Decimal


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the rules look at: time after the travel factor, or after the rounding rule."""

    project: str
    day: date
    seconds: int


def billed(work: Sequence[Work]) -> list[Billed]:
    """Billed time of each piece of work, in order. Terms are those of its project."""
    placed: list[Billed | None] = [None] * len(work)
    projects: dict[str, list[int]] = {}
    for index, item in enumerate(work):
        projects.setdefault(item.project, []).append(index)
    for indexes in projects.values():
        for index, done in zip(indexes, _billed([work[i] for i in indexes]), strict=True):
            placed[index] = done
    return [item for item in placed if item is not None]


def quantity(group: Sequence[Billed]) -> Decimal:
    """Hours or days of one line: what is printed, and multiplied by the rate."""
    first = group[0].work
    return billing.line_quantity(
        first.rate.unit,
        [item.seconds for item in group],
        [item.days for item in group],
        first.terms,
    )


def line_key(work: Work) -> tuple[object, ...]:
    """What all work of one line shares, however it is grouped."""
    return work.project, work.rate, work.travel


def net(work: Sequence[Billed], currency: str) -> Money:
    """What the work nets on a draft that is grouped by project: the sum of its lines."""
    lines: dict[tuple[object, ...], list[Billed]] = {}
    for item in work:
        lines.setdefault(line_key(item.work), []).append(item)
    nets = [
        line_net(quantity(group), group[0].work.rate.money, None, currency)
        for group in lines.values()
    ]
    return Money(sum(amount.minor for amount in nets), currency)


def _billed(work: Sequence[Work]) -> list[Billed]:
    """The same for the work of one project."""
    terms = work[0].terms
    counted = [_Counted(item.project, item.day, _factored(item)) for item in work]
    seconds = billing.billed_seconds(counted, terms.rule)
    if terms.half_day_from_s is None:
        days = [Decimal(0)] * len(work)
    else:
        rounded = [
            _Counted(item.project, item.day, part) for item, part in zip(work, seconds, strict=True)
        ]
        days = billing.day_quantities(rounded, terms)
    return [Billed(*parts) for parts in zip(work, seconds, days, strict=True)]


def _factored(work: Work) -> int:
    factor = work.terms.travel_factor
    return (
        billing.travel_seconds(work.seconds, factor)
        if work.travel and factor is not None
        else work.seconds
    )
