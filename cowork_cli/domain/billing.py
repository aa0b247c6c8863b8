"""From real time to billed time: rounding rules, travel, day rates, budgets. Pure functions.

Raw times are never changed; all of this happens when an invoice is drafted or its worth is reported.
Durations are whole seconds, quantities are hours or days with two decimals, halves away from zero.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from cowork_cli.domain.amounts import parse_currency, parse_decimal
from cowork_cli.domain.money import Money, hours_of, round_half_up
from cowork_cli.domain.phrases import parse_duration
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

MODES = ("up", "nearest", "down")
SCOPES = ("entry", "day", "invoice")
TRAVEL_TAGS = frozenset(["travel", "reise"])
HOURS_PER_DAY = Decimal(8)  # where a day rate is given without the length of its day
_CENTIHOUR_S = 36  # a hundredth of an hour: what a printed quantity can tell apart
_RULE_HINT = "write it as `15m:up:day` (STEP:up|nearest|down:entry|day|invoice), or `none`"


class Worked(Protocol):
    """What rounding has to know of an entry; `day` is the calendar day in its own zone."""

    @property
    def project(self) -> str:
        """The project it belongs to."""

    @property
    def day(self) -> date:
        """The day it counts for."""

    @property
    def seconds(self) -> int:
        """How long it was, after the travel factor."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How time is rounded when it is billed. `mode` and `scope` are of MODES and SCOPES."""

    step_s: int
    mode: str
    scope: str

    def __str__(self) -> str:
        """The canonical text, `15m:up:day`."""
        hours, rest = divmod(self.step_s, 3600)
        step = f"{self.step_s // 60}m" if rest else f"{hours}h"
        return f"{step}:{self.mode}:{self.scope}"

    def rounded(self, seconds: int) -> int:
        """`seconds` as a multiple of the step; `nearest` takes a half up."""
        if self.mode == "up":
            return -(-seconds // self.step_s) * self.step_s
        if self.mode == "down":
            return seconds // self.step_s * self.step_s
        return (2 * seconds + self.step_s) // (2 * self.step_s) * self.step_s


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed for the hours of a project; its own rule has won over its client's.

    `travel_factor` None: travel is work like any other. `half_day_from_s` None: no half days.
    """

    rule: Rule | None = None
    travel_factor: Decimal | None = None
    hours_per_day: Decimal = HOURS_PER_DAY
    half_day_from_s: int | None = None

    @property
    def plain(self) -> bool:
        """Billed time is real time: sums over many entries may be taken without looking at one."""
        return self.rule is None and self.travel_factor is None


def parse_rule(text: str) -> Rule | None:
    """`none`, or `STEP:MODE:SCOPE` with a step of whole minutes, 1m to 8h. Raises BadInput."""
    word = text.strip().lower()
    if word == "none":
        return None
    parts = word.split(":")
    if len(parts) != 3 or parts[1] not in MODES or parts[2] not in SCOPES:
        raise BadInput(f'"{text}" is not a rounding rule', _RULE_HINT)
    try:
        step_s = parse_duration(parts[0])
    except BadInput:
        raise BadInput(f'the step "{parts[0]}" is not a duration', _RULE_HINT) from None
    if step_s % 60 or not 60 <= step_s <= 8 * 3600:
        raise BadInput(
            f'the step "{parts[0]}" is not between 1m and 8h in whole minutes', _RULE_HINT
        )
    return Rule(step_s, parts[1], parts[2])


def rule_text(rule: Rule | None) -> str:
    """The canonical text, `none` for no rounding."""
    return str(rule) if rule else "none"


def billed_seconds(entries: Sequence[Worked], rule: Rule | None) -> list[int]:
    """Billed seconds of each entry, in order; their sums are exactly what the rule gives.

    The rule counts for each entry, or for the sum of each project and day, or of each project. Within
    a sum the last entries bear the difference. Where a step is made of hundredths of an hour, so are
    the parts: then quantities add up to the same total however lines are grouped.
    """
    if rule is None:
        return [entry.seconds for entry in entries]
    if rule.scope == "entry":
        return [rule.rounded(entry.seconds) for entry in entries]
    billed = [0] * len(entries)
    for indexes in _buckets(entries, by_day=rule.scope == "day"):
        parts = _allotted([entries[index].seconds for index in indexes], rule)
        for index, part in zip(indexes, parts, strict=True):
            billed[index] = part
    return billed


def is_travel(tags: Iterable[str]) -> bool:
    """Whether an entry with these tags is travel, in German or English."""
    return any(tag.casefold() in TRAVEL_TAGS for tag in tags)


def travel_seconds(seconds: int, factor: Decimal) -> int:
    """Travel time as it counts before the rule: times the factor, half up to whole seconds."""
    return int(round_half_up(seconds * factor, 0))


def days_of(seconds: int, hours_per_day: Decimal) -> Decimal:
    """Seconds as days with two decimals, half up."""
    return round_half_up(Decimal(seconds) / (3600 * hours_per_day), 2)


def day_quantities(entries: Sequence[Worked], terms: Terms) -> list[Decimal]:
    """Days of each entry where half days were agreed; their sum over a calendar day is that day's.

    A day counts by the hour below `half_day_from_s`, 0.5 from there, and 1 from the full hours.
    The parts have two decimals, so that lines add up to the same total however they are grouped.
    """
    parts = [Decimal(0)] * len(entries)
    for indexes in _buckets(entries, by_day=True):
        seconds = [entries[index].seconds for index in indexes]
        total = sum(seconds)
        hundredths = int(_day(total, terms) * 100)
        done = passed = 0
        for index, part in zip(indexes, seconds, strict=True):
            passed += part
            reached = hundredths * passed // total if total else 0
            parts[index] = Decimal(reached - done).scaleb(-2)
            done = reached
    return parts


def line_quantity(
    unit: str, seconds: Sequence[int], days: Sequence[Decimal], terms: Terms
) -> Decimal:
    """The quantity of one line: what is printed, and multiplied by the price.

    `seconds` and `days` are the billed time behind it; `days` counts where half days were agreed.
    """
    if unit == "hour":
        return hours_of(sum(seconds))
    if terms.half_day_from_s is None:
        return days_of(sum(seconds), terms.hours_per_day)
    return sum(days, Decimal("0.00"))


def parse_factor(text: str) -> Decimal:
    """How much of travel time counts: `0.5`, `50%`; from 0 to 2. Raises BadInput."""
    number = text.strip()
    factor = parse_decimal(number.rstrip("% "), "travel factor")
    if number.endswith("%"):
        factor /= 100
    if not 0 <= factor <= 2:
        raise BadInput(
            f'the travel factor "{text}" is not between 0 and 2',
            "write half of the time as `0.5` or `50%`, or `none` to bill travel as work",
        )
    return factor


def parse_hours_per_day(text: str) -> Decimal:
    """The hours of a full day, 1 to 24: `8`, `7.5`, `7,5h`. Raises BadInput."""
    hours = parse_decimal(text.strip().lower().removesuffix("h"), "hours per day", digits=2)
    if not 1 <= hours <= 24:
        raise BadInput(f"a day of {text} hours is not between 1 and 24", "write it as `8` or `7.5`")
    return hours


def parse_budget(text: str, currency: str) -> tuple[int | None, Money | None]:
    """`40h` as seconds, or `4000eur` as money in the client's currency. Raises BadInput."""
    hint = f"write it as `40h` or `4000{currency.lower()}`, or `none`"
    match = re.fullmatch(r"([\d.,]+)\s*([a-z€]+)", text.strip().lower())
    if not match:
        raise BadInput(f'"{text}" is not a budget', hint)
    amount, unit = match.groups()
    value = parse_decimal(amount, "budget", digits=2)
    if value <= 0:
        raise BadInput(f'the budget "{text}" is not above zero', hint)
    if unit in ("h", "std", "hours"):
        return int(round_half_up(value * 3600, 0)), None
    code = "EUR" if unit == "€" else _currency(text, unit, hint)
    if code != currency:
        raise BadInput(f"the budget is in {code}, but the client pays in {currency}", hint)
    return None, Money.of(value, code)


def parse_skonto(text: str) -> tuple[Decimal, int]:
    """`2%/10d` as percent and days: a discount for paying early. Raises BadInput."""
    hint = "write 2 percent within 10 days as `2%/10d`, or `none`"
    match = re.fullmatch(r"([\d.,]+)\s*%\s*/\s*(\d{1,3})\s*(?:d|days|tage)", text.strip().lower())
    if not match:
        raise BadInput(f'"{text}" is not a skonto', hint)
    percent, days = parse_decimal(match[1], "skonto", digits=2), int(match[2])
    if not 0 < percent < 100 or days < 1:
        raise BadInput(f'"{text}" cannot be a skonto', hint)
    return percent, days


def skonto_text(percent: Decimal, days: int) -> str:
    """The canonical text, `2%/10d`."""
    return f"{short(percent)}%/{days}d"


def short(number: Decimal) -> str:
    """A decimal without zeros at its end: `8`, `7.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _currency(text: str, unit: str, hint: str) -> str:
    try:
        return parse_currency(unit)
    except BadInput:
        raise BadInput(f'"{text}" is not a budget', hint) from None


def _buckets(entries: Sequence[Worked], *, by_day: bool) -> Iterable[list[int]]:
    """Indexes of the entries of each project, or of each project and day."""
    found: dict[object, list[int]] = {}
    for index, entry in enumerate(entries):
        key = (entry.project, entry.day) if by_day else entry.project
        found.setdefault(key, []).append(index)
    return found.values()


def _allotted(seconds: Sequence[int], rule: Rule) -> list[int]:
    """Parts, never negative, whose sum is the rounded sum: running totals, cut at the target."""
    target = rule.rounded(sum(seconds))
    grid = 1 if rule.step_s % _CENTIHOUR_S else _CENTIHOUR_S
    parts, passed, done = [], 0, 0
    for number, part in enumerate(seconds, 1):
        passed += part
        snapped = (2 * passed + grid) // (2 * grid) * grid
        reached = target if number == len(seconds) else min(snapped, target)
        parts.append(reached - done)
        done = reached
    return parts


def _day(seconds: int, terms: Terms) -> Decimal:
    if terms.half_day_from_s is None or seconds < terms.half_day_from_s:
        return days_of(seconds, terms.hours_per_day)
    return Decimal(1) if seconds >= 3600 * terms.hours_per_day else Decimal("0.5")
