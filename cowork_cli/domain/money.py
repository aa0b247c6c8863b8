"""Money as integers of minor units, prices, and the one rounding function.

No float may ever come near an amount; rates, quantities and percentages are `Decimal`.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from cowork_cli.data.currencies import digits_of
from cowork_cli.errors import BadInput

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


def parse_decimal(text: str, what: str, *, digits: int = 4) -> Decimal:
    """A plain decimal number, `95`, `95.50` or `95,50`.

    Raises BadInput for anything else: exponents, separators for thousands, more than `digits`
    decimals.
    """
    plain = text.strip().replace(",", ".") if text.count(",") + text.count(".") == 1 else text
    unsigned = plain.strip().removeprefix("-")
    if not unsigned.isascii() or not unsigned.replace(".", "", 1).isdigit():
        raise BadInput(f'{what} "{text}" is not a number', "write it as `95` or `95.50`")
    try:
        value = Decimal(plain.strip())
    except InvalidOperation:  # a lone dot
        raise BadInput(f'{what} "{text}" is not a number', "write it as `95` or `95.50`") from None
    if -int(value.as_tuple().exponent) > digits:
        raise BadInput(f'{what} "{text}" has more than {digits} decimals')
    if abs(value) >= 10**9:
        raise BadInput(f'{what} "{text}" is too large')
    return value


def parse_rate(text: str, what: str = "rate") -> Decimal:
    """A decimal that is not negative. Raises BadInput."""
    value = parse_decimal(text, what)
    if value < 0:
        raise BadInput(f"{what} {text} is negative", f"give the {what} as `95` or `95.50`")
    return value


def parse_currency(text: str) -> str:
    """An ISO 4217 code in upper case. Raises BadInput."""
    from cowork_cli.data.currencies import CURRENCIES

    code = text.strip().upper()
    if code not in CURRENCIES:
        raise BadInput(f'"{text}" is not a currency', "give an ISO 4217 code such as `EUR`")
    return code


def parse_price(text: str) -> Price:
    """`day=18`, `day=18gross`, `hour=12net`: a price in euro. Raises BadInput."""
    per, equals, amount = text.partition("=")
    hint = "write it as `day=18`, `hour=12net` or `month=150gross`"
    if not equals or per not in PER:
        raise BadInput(f'"{text}" is not a price', hint)
    tax = next((word for word in ("net", "gross") if amount.endswith(word)), "unknown")
    number = amount.removesuffix(tax) if tax != "unknown" else amount
    value = parse_decimal(number, "price", digits=2)
    if value < 0:
        raise BadInput(f'price "{text}" is negative', hint)
    return Price(Money.of(value), per, tax)
