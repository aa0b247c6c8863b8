"""Lines as they are typed: of a draft, of a quote, of an invoice that is written again in every period.

The one home of what a line takes, of its sum, and of the VAT that may stand on it.
"""

from decimal import Decimal

from cowork_cli.data.tax import CASES, RATES, TaxCase
from cowork_cli.domain.amounts import parse_amount, parse_decimal
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import UNITS, Line
from cowork_cli.domain.money import Money, line_net
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a line; None is not given. `number` counts from 1, None is a new line.

    `listed`: its text was typed at `--line`, as those of a new quote are, not at `--text`.
    """

    number: int | None = None
    text: str | None = None
    quantity: str | None = None
    unit: str | None = None
    price: str | None = None
    vat: str | None = None
    discount: str | None = None
    remove: bool = False
    listed: bool = False

    @property
    def done(self) -> str:
        """What is done with the line, in a word."""
        if self.remove:
            return "Removed"
        return "Added" if self.number is None else "Changed"

    @property
    def given(self) -> bool:
        """Whether there is anything to write."""
        return any(
            value is not None
            for value in (
                self.text, self.quantity, self.unit, self.price, self.vat, self.discount,
            )
        )  # fmt: skip


def new_line(typed: Typed, currency: str, client: Client, case: TaxCase) -> Line:
    """A line of what was typed; without a rate its VAT is that of the client's case.

    Raises UsageError where text or price is missing, BadInput, and Conflict for what cannot stand there.
    """
    return _checked(_of_nothing(typed, currency, case), typed, client, case)


def changed_line(line: Line, typed: Typed, currency: str, client: Client, case: TaxCase) -> Line:
    """`line` with what was typed. Raises as `new_line` does."""
    return _checked(_changed(line, typed, currency), typed, client, case)


def _of_nothing(typed: Typed, currency: str, case: TaxCase) -> Line:
    missing = [
        option
        for option, value in (("--text", typed.text), ("--price", typed.price))
        if value is None
    ]
    if missing:
        if typed.listed:
            raise UsageError(
                f'a new line needs --price: "{typed.text}" has none',
                f'as in `--line "{typed.text}" --qty 2 --unit day --price 760`',
            )
        raise UsageError(
            f"a new line needs {' and '.join(missing)}",
            'as in `--text "Hosting" --qty 2 --unit month --price 15`; '
            "or say which one to change with `--line N`",
        )
    blank = Line(
        text="",
        quantity=Decimal(1),
        unit="flat" if typed.quantity is None else "piece",
        price=Decimal(0),
        discount=None,
        vat_rate=Decimal(case.rate),
        vat_category=case.category,
        net=Money(0, currency),
    )
    return _changed(blank, typed, currency)


def _changed(line: Line, typed: Typed, currency: str) -> Line:
    """`line` with what was typed; a discount in percent follows quantity and price."""
    if not (typed.given or typed.remove):
        raise UsageError(
            "there is nothing to change", "give `--text`, `--qty`, `--price`, `--discount` …"
        )
    quantity = line.quantity if typed.quantity is None else _quantity(typed.quantity)
    price = line.price if typed.price is None else _price(typed.price, currency)
    percent, discount = line.discount_percent, line.discount
    if typed.discount is not None:
        percent, discount = _discount(typed.discount, currency)
    whole = line_net(quantity, price, None, currency)
    if percent is not None:
        discount = Money.of(whole.amount * percent / 100, currency)
    if discount is not None and discount.minor > whole.minor:
        raise Conflict(
            f"a discount of {discount} is more than the line ({whole})", "give a smaller one"
        )
    text = line.text if typed.text is None else _text(typed.text)
    return replace(
        line,
        text=text,
        quantity=quantity,
        unit=line.unit if typed.unit is None else _unit(typed.unit),
        price=price,
        discount=discount,
        discount_percent=percent,
        net=line_net(quantity, price, discount, currency),
    )


def _checked(line: Line, typed: Typed, client: Client, case: TaxCase) -> Line:
    """`line` with the VAT that was typed. Raises BadInput, and Conflict where it must not stand."""
    if typed.vat is None:
        return line
    rate = parse_decimal(typed.vat.strip().removesuffix("%").strip(), "VAT rate")
    if f"{rate.normalize():f}" not in RATES:
        raise BadInput(
            f"{typed.vat} is no VAT rate in Germany", f"choose one of {', '.join(RATES)}"
        )
    rate = Decimal(f"{rate.normalize():f}")
    if rate and case is CASES["small-business"]:
        raise Conflict(
            f"{client.id} would be charged VAT, but you are set up as a small business "
            "(§ 19 UStG, 2025)",
            "leave out `--vat`, or `cowork config set seller.small_business false`",
        )
    if rate and case.category == "O":
        raise Conflict(
            f"what {client.id} buys is not taxable in Germany; no line of it can charge VAT",
            f"leave out `--vat`, or `cowork client edit {client.id} --tax standard`",
        )
    if not rate and case.category == "S":
        raise Conflict(
            f"VAT of 0 % needs a reason, and {client.id} has the tax case {client.tax}",
            f"change that first: `cowork client edit {client.id} --tax exempt`",
        )
    return replace(line, vat_rate=rate, vat_category="S" if rate else case.category)


# ---- values


def _text(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    if not any(lines):
        raise BadInput("the text of the line is empty", "say what it is for")
    return "\n".join(lines)


def _quantity(text: str) -> Decimal:
    value = parse_decimal(text, "quantity")
    if not value:
        raise BadInput("a quantity of nothing is none", "remove a line with `--line N --remove`")
    return value


def _price(text: str, currency: str) -> Decimal:
    value, _ = parse_amount(text, "price", currency, digits=4)
    if value < 0:
        raise BadInput(
            f"the price {text} is negative (BR-27)", "give `--discount`, or a negative `--qty`"
        )
    return value


def _unit(text: str) -> str:
    if text not in UNITS:
        raise BadInput(f'"{text}" is not a unit', f"choose one of {', '.join(UNITS)}")
    return text


def _discount(text: str, currency: str) -> tuple[Decimal | None, Money | None]:
    """`5%` as percent, `50` as money, `0` as none."""
    number = text.strip()
    percent = number.endswith("%")
    if percent:
        value = parse_decimal(number.removesuffix("%").strip(), "discount", digits=2)
    else:
        value, _ = parse_amount(number, "discount", currency)
    if value < 0 or (percent and value > 100):
        raise BadInput(f'"{text}" is not a discount', "write it as `5%` or `50`")
    if not value:
        return None, None
    return (value, None) if percent else (None, Money.of(value, currency))
