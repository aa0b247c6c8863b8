"""A contract with a notice: when it can end, and the last day to send the notice. Pure functions.

`end_if_sent(terms, day)` is the one rule: the first day on which the contract can end if the notice has
arrived on `day`. `last_day_to_send` is its reverse: the last day that still gives the same end. Days are
counted by §§ 187, 188 BGB (`calendar_days`) and not moved over weekends or holidays: earlier is safe.
"""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.calendar_days import (
    ONE_DAY,
    Length,
    add_months,
    after,
    before,
    is_month_end,
    month_end,
)
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.notice import Notice
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


COUNTED = "§§ 187, 188 BGB, text of 2022-03-26"
STATES = ("planned", "active", "ending", "ended")
WARN_DAYS = (30, 14, 3)


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed of the end. `renews`: `none`, `same`, `month`; None runs on until notice.

    A term begins with the first day and is `min_term` long: that day counts (§§ 187, 188 BGB).
    """

    starts: date
    notice: Notice
    min_term: Length | None = None
    renews: str | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as it is shown on one day.

    `next_end`: the first day it can end on if notice is given today. `last_day_to_send`: the last day
    on which the notice for that end must have arrived; None where none is needed or one was sent.
    """

    id: str
    name: str
    starts: date
    ends: date | None
    next_end: date | None
    last_day_to_send: date | None
    notice: str
    min_term: str | None
    renews: str | None
    price: Price | None
    state: str
    tail: str | None
    tail_ends: date | None
    form: str | None
    sent: date | None
    deposit: Money | None
    address: str | None
    space: str | None
    note: str | None
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What follows of the terms on a day: see `Contract`. `costs` False: a later notice costs only days."""

    state: str
    ends: date | None
    next_end: date | None
    last_day: date | None
    costs: bool = True


def check_terms(terms: Terms) -> None:
    """Raises BadInput for terms that contradict themselves or leave the end open."""
    hint = "give the length of a term with `--min-term 12m`"
    if terms.min_term is not None and terms.min_term.count == 0:
        raise BadInput("a term of no length is none", "leave `--min-term` out")
    if terms.min_term is None and terms.renews in ("none", "same"):
        raise BadInput(f"`--renews {terms.renews}` needs the length of the term", hint)
    if terms.notice.to == "term-end":
        if terms.min_term is None:
            raise BadInput("a notice to the end of the term needs the length of the term", hint)
        if terms.renews is None:
            raise BadInput(
                "a notice to the end of the term needs what comes after it",
                "say it with `--renews none`, `--renews same` or `--renews month`",
            )


def first_end(terms: Terms) -> date:
    """The last day of the first term; without one, the first day."""
    return terms.starts if terms.min_term is None else _term_end(terms, 1)


def end_if_sent(terms: Terms, day: date) -> date:
    """The first day on which the contract can end if the notice has arrived on `day`."""
    least = max(after(day, terms.notice.length), first_end(terms))
    if terms.renews == "none":
        return first_end(terms)  # it ends there, with a notice or without
    if terms.notice.to == "any":
        return least
    if terms.notice.to == "month-end":
        return month_end(least)
    if terms.notice.to == "term-end":
        return next(end for end in _term_ends(terms, least) if end >= least)
    return _day_of_month(least, terms.notice.day_of_month or 1)


def last_day_to_send(terms: Terms, end: date) -> date:
    """The last day on which a notice still ends the contract on `end`, a day it can end on."""
    return before(end, terms.notice.length)


def dates(terms: Terms, today: date, *, sent: date | None, ends: date | None) -> Dates:
    """Where the contract stands on `today`; `sent` and `ends` of a notice that was given."""
    if ends is None and terms.renews == "none":
        ends = first_end(terms)
        return Dates(_state(terms, today, ends if ends < today else None), ends, ends, None)
    if ends is not None:
        return Dates(_state(terms, today, ends), ends, ends, None)
    end = end_if_sent(terms, today)
    last = last_day_to_send(terms, end)
    costs = terms.notice.to != "any" or end == first_end(terms)
    return Dates(_state(terms, today, None), None, end, last, costs)


def _state(terms: Terms, today: date, ends: date | None) -> str:
    if ends is not None and ends < today:
        return "ended"
    if ends is not None:
        return "ending"
    return "planned" if terms.starts > today else "active"


def _term_end(terms: Terms, count: int) -> date:
    """The last day of the term number `count`, each counted from the first day of the first."""
    assert terms.min_term is not None
    length = Length(terms.min_term.count * count, terms.min_term.unit)
    if length.unit == "m":
        return _months_end(terms.starts, length.count)
    return after(terms.starts, length) - ONE_DAY


def _months_end(starts: date, months: int) -> date:
    """The last day of a term of months that begins with `starts` (§§ 187, 188 BGB)."""
    same = add_months(starts, months)
    # from the 31st to a month of 30 days: the 30th is the day before the one that is lacking
    return same if same.day < starts.day else same - ONE_DAY


def _term_ends(terms: Terms, least: date) -> Iterator[date]:
    """The ends of the terms in their order, none skipped that is not before `least`."""
    assert terms.min_term is not None
    if terms.renews == "same":
        unit_days = {"d": 1, "w": 7, "m": 31}[terms.min_term.unit] * terms.min_term.count
        count = max(1, (least - terms.starts).days // unit_days)
        while True:
            yield _term_end(terms, count)
            count += 1
    first = _term_end(terms, 1)
    yield first
    months = max(1, (least.year - first.year) * 12 + least.month - first.month)
    anchor = first + ONE_DAY
    while True:
        yield _months_end(anchor, months)
        months += 1


def _day_of_month(least: date, number: int) -> date:
    this = least.replace(day=min(number, month_end(least).day))
    if this >= least:
        return this
    following = add_months(least.replace(day=1), 1)
    return following.replace(day=min(number, month_end(following).day))


def rule_of(terms: Terms) -> str:
    """The clause in words, and how its days were counted."""
    parts = [f"notice of {terms.notice.words}"]
    if terms.min_term:
        parts.append(f"first term {terms.min_term.words}")
    if terms.renews:
        renewals = {
            "none": "ends with its term", "same": "renews by the same length",
            "month": "renews by a month",
        }  # fmt: skip
        parts.append(renewals[terms.renews])
    return ", ".join(parts)


__all__ = [
    "COUNTED", "STATES", "WARN_DAYS", "Contract", "Dates", "Terms", "check_terms", "dates",
    "end_if_sent", "first_end", "is_month_end", "last_day_to_send", "rule_of",
]  # fmt: skip
