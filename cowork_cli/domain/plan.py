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
    who says so. `price`, `setup_fee` and `deposit` are in one currency.
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
    Field("count", "count", "Days of a bundle.", "N"),
    Field("expires", "term", "A bundle is to be used within: 12m, 90d.", "TERM"),
    Field("setup_fee", "money", "Paid once at the start.", "P"),
    Field("deposit", "money", "Given back at the end.", "P"),
    Field("min_term", "term", "The least that one signs for: 3m, 1y.", "TERM"),
    Field("notice", "notice", "3m to month-end; to any, term-end, day-15.", "TERM"),
    Field("valid_from", "date", "First day of this price.", "DATE"),
    Field("source", "text", "Who says so: a web page, a person, a flyer.", "S"),
    Field("note", "text", "For yourself.", "T"),
)
"""What can be told of a plan, as options of `plan add` and `plan edit`."""
