"""Plans as tariffs: in one view of VAT, with an answer to each question that nobody has answered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from cowork_cli.domain.calendar_days import ONE_DAY, Length, parse_length
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.notice import Notice
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.weekdays import from_spelled
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

_PERIODS = {"week": Length(1, "w"), "month": Length(1, "m"), "year": Length(12, "m")}


@dataclass(frozen=True, slots=True)
class Reading:
    """How open questions are answered, the dearer way first: see `offers`."""

    stackable: bool = False
    on_holidays: bool = False
    rolling: bool = False
    cheaper_tax: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Whose cost it is: `net` or `gross`; `rate` is VAT in percent by space, None where it is not known."""

    tax: str
    rates: Mapping[str, Decimal | None]

    def cost(self, price: Price, space: str, *, cheaper: bool = False) -> int:
        """Minor units in this view. What is not told is read the dearer way, unless `cheaper`.

        Raises BadInput where the rate of VAT is needed and not known.
        """
        dear = "net" if self.tax == "gross" else "gross"
        told = price.tax
        if told == "unknown":
            told = self.tax if (self.tax == "net") is not cheaper else dear
        if told == self.tax:
            return price.money.minor
        rate = self.rates.get(space)
        if rate is None:
            raise BadInput(
                f"{price} has to be made {self.tax}, and the rate of VAT at {space} is not known",
                "say it with `--vat-rate 20`",
            )
        factor = 1 + rate / 100
        amount = price.money.amount
        return Money.of(
            amount * factor if told == "net" else amount / factor, price.money.currency
        ).minor


def as_tariff(
    plan: Plan,
    view: View,
    reading: Reading,
    holidays: Iterable[date],
    closed: frozenset[date] = frozenset(),
) -> Tariff | None:
    """The plan as it is reckoned with; None for one that is no way to work a day there.

    `holidays` are off if the plan excludes them, `closed` days always.
    """
    price = plan.price
    if price is None or plan.kind in ("hour", "half-day", "virtual"):
        return None
    space = str(plan.space_ref)
    excludes = plan.excludes_holidays == "yes" or (
        plan.excludes_holidays is None and not reading.on_holidays
    )
    days, length, calendar = _size(plan, price, reading)
    subscription = is_subscription(plan)
    fee = 0 if plan.setup_fee is None else view.cost(
        Price(plan.setup_fee, "once", price.tax), space, cheaper=reading.cheaper_tax
    )  # fmt: skip
    return Tariff(
        plan.id,
        space,
        view.cost(price, space, cheaper=reading.cheaper_tax),
        days,
        length,
        calendar,
        weekdays=from_spelled(plan.weekdays) if plan.weekdays else None,
        off=closed | frozenset(holidays) if excludes else closed,
        subscription=subscription,
        stackable=plan.stackable == "yes" or (plan.stackable is None and reading.stackable),
        max_active=plan.max_active,
        min_term=parse_length(plan.min_term, "the term")
        if subscription and plan.min_term
        else None,
        notice=notice_of(plan) if subscription else None,
        fee=fee,
        room_min=(plan.room_credit_s or 0) // 60,
        first=plan.valid_from,
        last=plan.valid_until,
    )


def _size(plan: Plan, price: Price, reading: Reading) -> tuple[int | None, Length | None, bool]:
    """Days of a period, its length, and whether the calendar ends it."""
    if plan.kind == "day":
        return 1, Length(1, "d"), False
    if plan.kind == "bundle":
        length = parse_length(plan.expires, "the time of a bundle") if plan.expires else None
        return (plan.count or 0) // (plan.day_credits or 1), length, False
    calendar = plan.period == "calendar" or (plan.period is None and not reading.rolling)
    if price.per == "year":
        return plan.quota, _PERIODS["year"], False
    return plan.quota, _PERIODS[price.per], calendar


def is_subscription(plan: Plan) -> bool:
    """Whether it runs on: a month and a permanent desk do, a week only where its terms speak of it."""
    if plan.kind == "week":
        return plan.stackable is not None or bool(plan.notice or plan.min_term)
    return plan.kind in ("month", "permanent")


def notice_of(plan: Plan) -> Notice | None:
    """The notice of a plan; one that does not say to which day counts to any day."""
    if plan.notice is None:
        return None
    length, _, to = plan.notice.partition(" to ")
    if to.startswith("day-"):
        return Notice(parse_length(length, "the notice"), "day-N", int(to[4:]))
    return Notice(parse_length(length, "the notice"), to or "any")


def last_day_of_notice(tariff: Tariff, until: date) -> date | None:
    """The last day on which a notice still ends it with `until`; None without a notice."""
    from cowork_cli.domain.calendar_days import before

    if tariff.notice is None:
        return None
    return before(until, tariff.notice.length)


def one_currency(plans: Sequence[Plan]) -> str:
    """The currency of all plans. Raises BadInput for several, or none."""
    codes = sorted({plan.price.money.currency for plan in plans if plan.price})
    if len(codes) > 1:
        raise BadInput(
            f"the plans are in {' and '.join(codes)}, which cannot be added",
            "compare spaces of one currency",
        )
    return codes[0] if codes else "EUR"


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`."""
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]
