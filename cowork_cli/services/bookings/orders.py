"""What is ordered, what a plan for it is, what it costs, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, time

from cowork_cli.domain.booking import Booking, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money
from cowork_cli.domain.space import Desk, Space
from cowork_cli.errors import CoworkError, PriceAboveLimit
from cowork_cli.records import dataclass

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for. Several desks are an order of preference; each day is one booking.

    `any_desk`: if none of them is free, another of the same kind in the space will do.
    """

    desks: tuple[str, ...]
    days: tuple[date, ...]
    from_: time | None = None
    to: time | None = None
    all_day: bool = False
    person: str | None = None
    title: str | None = None
    project: str | None = None
    max_price: Money | None = None
    key: str | None = None
    any_desk: bool = False
    series: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A wanted desk with its space and the time asked for there."""

    desk: Desk
    space: Space
    window: Window


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """My live booking at a platform that the own records do not know yet."""

    booking: ProviderBooking
    placed: Placed


@dataclass(frozen=True, slots=True)
class Step:
    """One day of an order: a booking that stands already, a problem, or what is to be sent.

    `existing` stands in the own records, `elsewhere` only at the platform. `choices` are the desks to
    try, best first, each with its window and quote.
    """

    day: date
    existing: Booking | None = None
    elsewhere: Elsewhere | None = None
    problem: CoworkError | None = None
    choices: tuple["Choice", ...] = ()
    request: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A desk that was free when it was asked."""

    desk: Desk
    space: Space
    window: Window
    quote: Quote


@dataclass(frozen=True, slots=True)
class Plan:
    """What an order comes to. `question` is what to ask a person first, None if nothing costs money.

    `series`: the one that its bookings join.
    """

    order: Order
    steps: tuple[Step, ...]
    project_id: int | None
    question: str | None
    notes: tuple[str, ...] = ()
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order."""

    bookings: list[Booking]
    problems: list[CoworkError]
    notes: list[str]


# ---- what it costs


def check_prices(order: Order, steps: Sequence[Step]) -> None:
    """`--max-price` holds for each booking; nothing is sent if one is above it or not known."""
    for choice in firsts(steps):
        if problem := above_limit(choice, order.max_price):
            raise problem


def above_limit(choice: Choice, limit: Money | None) -> PriceAboveLimit | None:
    """Why a desk may not be booked under a limit: it costs more, or what it costs is not known."""
    price = choice.quote.price
    if limit is None:
        return None
    if price is None:
        return PriceAboveLimit(
            f'what "{choice.desk.name}" costs is not known, and --max-price was given',
            "leave out `--max-price` and answer for yourself, or add `--yes`",
        )
    if price.currency != limit.currency or price.minor > limit.minor:
        return PriceAboveLimit(
            f'"{choice.desk.name}" on {choice.window.from_:%Y-%m-%d} costs {price},'
            f" above the limit of {limit}",
            "raise `--max-price`, or choose another desk with `cowork desk free`",
        )
    return None


def from_within(choices: Sequence[Choice], limit: Money | None) -> tuple[Choice, ...]:
    """The choices from the first on that the limit allows; all of them where it allows none."""
    for place, choice in enumerate(choices):
        if above_limit(choice, limit) is None:
            return tuple(choices[place:])
    return tuple(choices)


def firsts(steps: Sequence[Step]) -> list[Choice]:
    """The first choice of each day that has one: what will be sent if nobody is quicker."""
    return [step.choices[0] for step in steps if step.choices]


def question(order: Order, steps: Sequence[Step]) -> str | None:
    """What a person must say yes to: bookings elsewhere that cost money, or may, or whose terms one
    accepts by booking. It covers also what is sent where somebody is quicker at the first desk."""
    limited = order.max_price is not None
    asked = _to_agree(firsts(steps), limited)
    others = _to_agree(_dearer(steps, order.max_price), limited)
    if not _paid(asked + others) and not _agreed(asked + others):
        return None
    if not asked:  # the first is of the own book, and asks for nothing
        asked, others = others, []
    paid = _paid(asked)
    first, count = (paid or asked)[0], len(paid or asked)
    what = f'"{first.desk.name}" at {first.space.name}'
    times = f"on {count} days" if count > 1 else f"on {first.window.from_:%a %Y-%m-%d}"
    cost = f" {_cost(paid)}" if paid else ""
    instead = "" if limited else _instead(_paid(others))
    agreed = _agreed(asked + others)
    accepting = f", accepting {' and '.join(agreed)}" if agreed else ""
    return f"Book {what} {times}{cost}{instead}{accepting}?"


def _to_agree(choices: Sequence[Choice], limited: bool) -> list[Choice]:
    """Those elsewhere that a person is asked about; under a limit only those with terms to accept."""
    elsewhere = _elsewhere(choices)
    return [choice for choice in elsewhere if choice.quote.consent] if limited else elsewhere


def _paid(choices: Sequence[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.quote.price is None or choice.quote.price.minor]


def _agreed(choices: Sequence[Choice]) -> list[str]:
    return list(dict.fromkeys(choice.quote.consent for choice in choices if choice.quote.consent))


def _dearer(steps: Sequence[Step], limit: Money | None) -> list[Choice]:
    """What may be sent instead of a first desk, and costs more than it or on other terms."""
    return [
        choice
        for step in steps
        for choice in step.choices[1:]
        if above_limit(choice, limit) is None and not is_covered(choice, step.choices[0])
    ]


def is_covered(choice: Choice, first: Choice) -> bool:
    """Whether who says yes to the first has said yes to this one. A local desk asks for nothing."""
    if choice.desk.ref.account == LOCAL:
        return True
    price, agreed = choice.quote.price, first.quote.price
    if choice.quote.consent not in (None, first.quote.consent):
        return False
    if first.desk.ref.account == LOCAL:
        agreed = None if price is None else Money(0, price.currency)
        return price is not None and _is_cheaper(price, agreed)
    return price == agreed or _is_cheaper(price, agreed)


def _is_cheaper(price: Money | None, than: Money | None) -> bool:
    if price is None or than is None:
        return price is not None and price.minor == 0
    return price.currency == than.currency and price.minor <= than.minor


def _instead(paid: Sequence[Choice]) -> str:
    """What another desk may cost that is booked where the first was taken in between."""
    if not paid:
        return ""
    known = [choice.quote.price for choice in paid if choice.quote.price is not None]
    if len(known) < len(paid) or len({price.currency for price in known}) > 1:
        return ", or another at a price that is not known if it is taken by then"
    dearest = max(known, key=lambda price: price.minor)
    return f", or another for up to {dearest} if it is taken by then"


def _cost(paid: Sequence[Choice]) -> str:
    known = [choice.quote.price for choice in paid if choice.quote.price is not None]
    if len(known) < len(paid) or len({price.currency for price in known}) > 1:
        return "at a price that is not known"
    return f"for {Money(sum(price.minor for price in known), known[0].currency)}"


def terms_of(order: Order, steps: Sequence[Step]) -> list[str]:
    """What each booking elsewhere costs, uses, and what cancelling it takes: read before the question."""
    shown = [terms_line(choice) for choice in _elsewhere(firsts(steps))]
    others = _elsewhere(_dearer(steps, order.max_price))
    return shown + [f"If that is taken by then: {terms_line(choice)}" for choice in others]


def _elsewhere(choices: Sequence[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.desk.ref.account != LOCAL]


def terms_line(choice: Choice) -> str:
    """One booking with its price, credits and terms, in one line."""
    quote, window = choice.quote, choice.window
    parts = [_price_words(quote)]
    if quote.credits:
        parts.append(f"uses {quote.credits:f} {'h of credit' if quote.credit_hours else 'credits'}")
    parts += [cancelling_words(quote.cancel_until, quote.cancel_fee), *quote.remarks]
    when = f"{window.from_:%a %Y-%m-%d %H:%M}–{window.to:%H:%M}"
    return f'"{choice.desk.name}" {when}: {"; ".join(parts)}.'


def _price_words(quote: Quote) -> str:
    if quote.price is None:
        return "its price is not known"
    if quote.tax == "net":
        vat = f" plus {quote.vat} VAT" if quote.vat else " plus VAT"
    elif quote.vat:
        vat = f" with {quote.vat} VAT"
    else:
        vat = ""
    return f"{quote.price}{vat}" if quote.price.minor else "nothing to pay"


def cancelling_words(until: datetime | None, fee: Money | None) -> str:
    """Deadline and fee of a cancellation, as far as they are known."""
    if fee is None:
        cost = "what cancelling costs is not known"
    else:
        cost = f"cancelling costs {fee}" if fee.minor else "cancelling costs nothing"
    if until is None:
        return f"{cost}, until when it is possible neither" if fee is None else cost
    return f"can be cancelled until {until:%a %Y-%m-%d %H:%M}, {cost}"
