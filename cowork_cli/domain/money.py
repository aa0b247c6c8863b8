"""Money as integers of minor units, prices, and the one rounding function.

No float may ever come near an amount; rates, quantities and percentages are `Decimal`.
"""

from decimal import ROUND_HALF_UP, Decimal

from cowork_cli.data.currencies import digits_of
from cowork_cli.records import dataclass

PER = ("hour", "half-day", "day", "week", "month", "year", "once")
TAX = ("net", "gross", "unknown")


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """`value` to `digits` decimals, halves away from zero (the commercial rounding)."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the minor unit of its currency: `Money(1250, "EUR")` is 12.50 euro."""

    minor: int
    currency: str = "EUR"

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with as many decimals as the currency has."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    @classmethod
    def of(cls, amount: Decimal, currency: str = "EUR") -> "Money":
        """`amount` in major units, rounded half up to the minor unit."""
        digits = digits_of(currency)
        return cls(int(round_half_up(amount, digits).scaleb(digits)), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return other.minor


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs: money per unit, and whether VAT is in it."""

    money: Money
    per: str
    tax: str = "unknown"

    def __str__(self) -> str:
        unit = "" if self.per == "once" else f" / {self.per}"
        tax = "" if self.tax == "unknown" else f" {self.tax}"
        return f"{self.money}{unit}{tax}"


def line_net(quantity: Decimal, price: Decimal, discount: Money | None, currency: str) -> Money:
    """quantity × price, rounded half up, less `discount`."""
    gross = Money.of(quantity * price, currency)
    return gross - discount if discount else gross


def hours_of(seconds: int) -> Decimal:
    """Seconds as hours with two decimals, half up: the quantity that is printed and multiplied."""
    return round_half_up(Decimal(seconds) / 3600, 2)
