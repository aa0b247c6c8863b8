"""A plan: what a space charges for a way to work there, as it was told or read."""

from datetime import date
from decimal import Decimal

from cowork_cli.domain.fields import Field
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass

PLAN_KINDS = ("hour", "half-day", "day", "bundle", "week", "month", "permanent", "virtual")
PER: dict[str, tuple[str, ...]] = {
    "hour": ("hour",),
    "half-day": ("half-day",),
    "day": ("day",),
    "bundle": ("once",),
    "week": ("week",),
    "month": ("month", "year"),
    "permanent": ("month", "week", "year"),
    "virtual": ("month", "year", "once"),
}
"""What a plan of each kind is paid by, the usual one first."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What can be had beside the plan, at a price of its own."""

    name: str
    price: Price

    def __str__(self) -> str:
        return f"{self.name} {self.price}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A tariff of a space; what nobody said is None.

    A `bundle` is `count` days for one price, to be used within `expires`. Lengths of time are text:
    `12m`, `3m to month-end` (`domain.terms`). `valid_from` is the first day of the price, `source`
    who says so. `quota` are the days of each week or month, None any number; a `period` is `calendar` or
    `rolling`, and `counts_from` `purchase` or `first-use`. `yes`, `no` and not known are three answers of
    `excludes_holidays`, `stackable` (beside another subscription), `seat` (guaranteed), `team_only`.
    `room_credit_s` are included seconds of a room in each period. A bundle with `day_credits` is counted
    in credits, of which a day takes so many. `price`, `setup_fee` and `deposit` are in one currency.
    """

    id: str
    space_ref: Ref
    space_name: str
    name: str
    kind: str
    price: Price | None = None
    count: int | None = None
    expires: str | None = None
    setup_fee: Money | None = None
    deposit: Money | None = None
    min_term: str | None = None
    notice: str | None = None
    extras: tuple[Extra, ...] = ()
    valid_from: date | None = None
    source: str | None = None
    note: str | None = None
    quota: int | None = None
    period: str | None = None
    counts_from: str | None = None
    weekdays: str | None = None
    open_hours: str | None = None
    excludes_holidays: str | None = None
    stackable: str | None = None
    max_active: int | None = None
    seat: str | None = None
    room_credit_s: int | None = None
    day_credits: int | None = None
    team_only: str | None = None
    valid_until: date | None = None

    @property
    def day_price(self) -> Price | None:
        """What a day comes to: of a day plan, or of a bundle whose days are all used."""
        if self.price is None:
            return None
        if self.kind == "day":
            return self.price
        if self.kind != "bundle" or not self.count:
            return None
        money = self.price.money
        return Price(
            Money.of(money.amount / Decimal(self.count), money.currency), "day", self.price.tax
        )


PLAN_FIELDS = (
    Field("kind", "kind", f"{', '.join(PLAN_KINDS)}.", "K"),
    Field("price", "price", "18, 149net, 21.42gross; year=300 for another unit.", "P"),
    Field("count", "count", "Days of a bundle.", "N", also=("--days",)),
    Field("expires", "term", "A bundle is to be used within: 12m, 90d.", "TERM", also=("--valid",)),
    Field("setup_fee", "money", "Paid once at the start.", "P"),
    Field("deposit", "money", "Given back at the end.", "P"),
    Field("min_term", "term", "The least that one signs for: 3m, 1y.", "TERM"),
    Field("notice", "notice", "3m to month-end; to any, term-end, day-15.", "TERM"),
    Field("valid_from", "date", "First day of this price.", "DATE"),
    Field("source", "text", "Who says so: a web page, a person, a flyer.", "S"),
    Field("note", "text", "For yourself.", "T"),
    Field("quota", "count", "Days of each month (or week); without: any number.", "N"),
    Field("period", "period", "calendar, or rolling from its first day.", "P"),
    Field("counts_from", "counts-from", "It expires from: purchase or first-use.", "F"),
    Field("weekdays", "weekdays", "Only on these: mon-fri, tue,thu.", "DAYS"),
    Field(
        "open_hours", "text", "Only at these times: Mo-Fr 09:00-18:00.", "HOURS", also=("--hours",)
    ),
    Field("excludes_holidays", "yes-no", "Not on public holidays: yes, no or unknown.", "Y"),
    Field("stackable", "yes-no", "Beside another subscription: yes, no or unknown.", "Y"),
    Field("max_active", "count", "How many of it at the same time.", "N"),
    Field("seat", "yes-no", "A seat is guaranteed: yes, no or unknown.", "Y"),
    Field(
        "room_credit",
        "duration",
        "Included time of a room in each period: 4h.",
        "TIME",
        "room_credit_s",
    ),
    Field("day_credits", "count", "A bundle counted in credits: what a day takes.", "N"),
    Field("team_only", "yes-no", "Sold to teams alone: yes, no or unknown.", "Y"),
    Field("valid_until", "date", "Last day on which it is sold so.", "DATE"),
)
PERIODS = ("calendar", "rolling")
COUNTS_FROM = ("purchase", "first-use")
SUBSCRIPTIONS = ("week", "month", "permanent")
"""What can be told of a plan, as options of `plan add` and `plan edit`."""
