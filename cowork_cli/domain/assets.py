"""What of an asset may be deducted in which year. Pure; amounts are net, in euro."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.data import assets as rule
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass

MOST_YEARS = 50  # longer than the tables of the tax office have for what is no building


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What is deducted in a year, and what is left after it. `method` is one of `data.assets.METHODS`."""

    method: str
    year: int
    amount: Money
    left: Money
    source: str


def methods_for(costs: Sequence[Money], bought: dt.date) -> list[str]:
    """The methods that the sums and the day allow, the usual one first."""
    found = []
    if all(cost.minor <= rule.AT_ONCE_EUR * 100 for cost in costs):
        found.append("at-once")
    if all(rule.POOL_ABOVE_EUR * 100 < cost.minor <= rule.POOL_UP_TO_EUR * 100 for cost in costs):
        found.append("pool")
    found.append("linear")
    if _declining(bought) is not None:
        found.append("declining")
    return found


def written_off(
    costs: Sequence[Money], bought: dt.date, method: str, years: int | None
) -> list[WriteOff]:
    """The years of an asset, or of the things of a pool.

    Raises BadInput for what is no method or no time of use, Conflict for a method that the law does not have for it.
    """
    if method not in rule.METHODS:
        raise BadInput(
            f'"{method}" is no way to write off', f"choose one of {', '.join(rule.METHODS)}"
        )
    if method not in methods_for(costs, bought):
        raise Conflict(
            f"{method} is not for this price or day ({rule.SOURCES[method]})",
            f"choose one of {', '.join(methods_for(costs, bought))}",
        )
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise BadInput(f"{years} years are not 1 to {MOST_YEARS}", "correct it: `--years 3`")
    whole = Money(sum(cost.minor for cost in costs))
    if method == "at-once":
        parts = [whole.minor]
    elif method == "pool":
        parts = _evenly(whole.minor, rule.POOL_YEARS)
    elif years is None:
        raise BadInput("for how many years it is used is not known", "give it: `--years 3`")
    elif method == "linear":
        parts = _linear(whole.minor, bought, years)
    else:
        parts = _declined(whole.minor, bought, years)
    made, left = [], whole.minor
    for n, part in enumerate(parts):
        left -= part
        made.append(
            WriteOff(method, bought.year + n, Money(part), Money(left), rule.SOURCES[method])
        )
    return made


def _evenly(whole: int, years: int) -> list[int]:
    """The same in each year; cents that are left over in the last."""
    each = int(Money.of(Money(whole).amount / years).minor)
    return [*[each] * (years - 1), whole - each * (years - 1)]


def _linear(whole: int, bought: dt.date, years: int) -> list[int]:
    """By twelfths from the month of purchase. One year may be taken whole (BMF 2022-02-22), as that of a computer."""
    if years == 1:
        return [whole]
    months = 13 - bought.month
    first = Money.of(Money(whole).amount * months / (years * 12)).minor
    parts = [first]
    each = Money.of(Money(whole).amount / years).minor
    while sum(parts) < whole:
        parts.append(min(each, whole - sum(parts)))
    if len(parts) > years and parts[-1] < years:  # cents of rounding, no year of their own
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts


def _declined(whole: int, bought: dt.date, years: int) -> list[int]:
    """A percentage of what is left; linear over the years that are left once that is more (§ 7 (3) EStG)."""
    times, most = _declining(bought) or (1, Decimal(0))
    percent = min(Decimal(100 * times) / years, most)
    months = 13 - bought.month
    left, parts = whole, list[int]()
    to_go = years * 12
    while left > 0:
        span = months if not parts else 12
        declining = Money.of(Money(left).amount * percent / 100 * span / 12).minor
        linear = left if to_go <= span else Money.of(Money(left).amount * span / to_go).minor
        part = min(left, max(declining, linear))
        parts.append(part)
        left, to_go = left - part, to_go - span
    return parts


def _declining(bought: dt.date) -> tuple[int, Decimal] | None:
    return next(
        ((times, most) for first, last, times, most in rule.DECLINING if first <= bought <= last),
        None,
    )
