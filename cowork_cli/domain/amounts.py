"""Amounts as people type them: numbers in German and English notation, currencies, prices."""

import re
from decimal import Decimal

from cowork_cli.data.currencies import digits_of
from cowork_cli.domain.money import PER, Money, Price
from cowork_cli.errors import BadInput

# One separator before three figures, where a group of thousands is possible: 0.125 can be no group.
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"[0-9]+|[0-9]*[.,][0-9]+")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:(?:\.[0-9]{3})+(?:,[0-9]+)?|(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:[' ][0-9]{3})+(?:[.,][0-9]+)?)"
)
_BLANKS = re.compile(r"[\u00a0\u202f\u2009]")
_AMOUNT = re.compile(
    r"(?P<minus>[-\u2212])?\s*(?P<before>[A-Za-z]{3}(?![A-Za-z])|[€$£])?\s*"
    r"(?P<number>[-\u2212]?[0-9.,'\s]+?)\s*(?P<after>[A-Za-z]{3}|[Ee]uro?|[€$£])?"
)
_SIGNS = {"€": "EUR", "£": "GBP", "Euro": "EUR", "euro": "EUR", "EURO": "EUR"}


def parse_decimal(text: str, what: str, *, digits: int = 4) -> Decimal:
    """A decimal number as people write it: `95`, `95.50`, `95,50`, `1.500,00`, `1,500.00`, `1 500`.

    Raises BadInput for anything else, for more than `digits` decimals, and for one separator before
    exactly three figures: `1.500` is a thousand and a half in Germany and one and a half elsewhere.
    """
    number = _BLANKS.sub(" ", text.strip())
    sign = "-" if number[:1] in ("-", "\u2212") else ""
    unsigned = number[1:] if sign else number
    if _AMBIGUOUS.fullmatch(unsigned):
        raise BadInput(f'{what} "{text}" can be read in two ways', _both_ways(sign, unsigned))
    if not (_PLAIN.fullmatch(unsigned) or _GROUPED.fullmatch(unsigned)):
        raise BadInput(f'{what} "{text}" is not a number', "write it as `95` or `95.50`")
    value = Decimal(sign + _canonical(unsigned))
    # First: what has more digits than decimals are reckoned with cannot be rounded.
    if abs(value) >= 10**9:
        raise BadInput(f'{what} "{text}" is too large', "give less than 1000000000")
    if round(value, digits) != value:
        raise BadInput(f'{what} "{text}" has more than {digits} decimals', f"round it to {digits}")
    if -int(value.as_tuple().exponent) > digits:  # zeros at its end
        value = round(value, digits)
    return value


def _both_ways(sign: str, number: str) -> str:
    """The hint for a number that is ambiguous, in the two forms that are not."""
    whole, fraction = number.replace(",", ".").split(".")
    short = fraction.rstrip("0").ljust(2, "0")
    return f"write `{sign}{whole}{fraction}` or `{sign}{whole}.{short if len(short) < 3 else short + '0'}`"


def _canonical(number: str) -> str:
    """Figures with at most one dot. What groups them stands more than once or before another sign."""
    signs = [sign for sign in number if not sign.isdecimal()]
    if not signs or (len(set(signs)) == 1 and (len(signs) > 1 or signs[0] in " '")):
        return "".join(sign for sign in number if sign.isdecimal())
    whole, _, fraction = number.rpartition(signs[-1])
    return "".join(sign for sign in whole if sign.isdecimal()) + "." + fraction


def parse_amount(
    text: str, what: str, currency: str | None, *, digits: int | None = None
) -> tuple[Decimal, str | None]:
    """A number with or without its currency: `95`, `95 EUR`, `95€`, `CHF 120,50`.

    `currency` is the one that it must be in, None if any will do; the one returned is the one that
    was written, else `currency`. `digits` are the decimals allowed, those of the currency if None.
    Raises BadInput, for another currency too.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (match["before"] and match["after"]):
        raise BadInput(f'{what} "{text}" is not an amount of money', "write it as `120.50`")
    sign = match["before"] or match["after"]
    code = parse_currency(_SIGNS.get(sign, sign)) if sign else None
    if code and currency and code != currency:
        raise BadInput(
            f"{what} {text} is in {code}, but {currency} is wanted here",
            f"give it in {currency}, or change the currency first",
        )
    code = code or currency
    places = digits if digits is not None else digits_of(code) if code else 2
    return parse_decimal((match["minus"] or "") + match["number"], what, digits=places), code


def parse_rate(text: str, what: str = "rate", currency: str | None = None) -> Decimal:
    """A price for one unit that is not negative, with up to four decimals. Raises BadInput.

    A currency may stand beside it where `currency` says which one it must be.
    """
    if currency is None:
        value = parse_decimal(text, what)
    else:
        value, _ = parse_amount(text, what, currency, digits=4)
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
    """`day=18`, `day=18gross`, `hour=12 CHF net`: a price, in euro unless it says. Raises BadInput."""
    per, equals, amount = text.partition("=")
    hint = "write it as `day=18`, `hour=12net` or `month=150gross`"
    if not equals or per not in PER:
        raise BadInput(f'"{text}" is not a price', hint)
    tax = next((word for word in ("net", "gross") if amount.endswith(word)), "unknown")
    number = amount.removesuffix(tax).strip() if tax != "unknown" else amount
    value, code = parse_amount(number, "price", None, digits=None)
    if value < 0:
        raise BadInput(f'price "{text}" is negative', hint)
    return Price(Money.of(value, code or "EUR"), per, tax)
