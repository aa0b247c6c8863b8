"""Turnover of this year and the last, against the limits for small businesses."""

from collections.abc import Callable
from datetime import date
from typing import Any

from cowork_cli.data import small_business as limits
from cowork_cli.data.tax import CASES
from cowork_cli.domain.amounts import parse_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import Charged, counted
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.store import books
from cowork_cli.store.engine.store import Store

Settings = Callable[[str], Any]
_SMALL = (CASES["small-business"].text_de, CASES["small-business"].text_en)


@dataclass(frozen=True, slots=True)
class Turnover:
    """Money received in a year for what is taxable in Germany (§ 19 (2) UStG).

    `unknown` names invoices in a currency without a recorded rate, which are not in it.
    """

    year: int
    amount: Money
    unknown: tuple[str, ...]


def turnover(store: Store, settings: Settings, year: int) -> Turnover:
    """The turnover of a year, with what the setting `turnover.YEAR` says was earned before cowork.

    Raises BadInput for a setting that is no amount.
    """
    period = Period(date(year, 1, 1), date(year, 12, 31))
    amount, unknown = _setting(settings, year), []
    for _, _, invoice in books.charged(store):
        for row in counted(invoice, period, "paid"):
            if not _counts(row.category, row.reason):
                continue
            if not invoice.known:
                unknown.append(invoice.number)
            else:
                amount += _net(invoice, row.base)
    return Turnover(year, amount, tuple(dict.fromkeys(unknown)))


def warnings(store: Store, settings: Settings, today: date) -> list[str]:
    """What a small business must know of its turnover now; nothing for others, nothing far below."""
    if not settings("seller.small_business") or today.year < limits.FROM_YEAR:
        return []
    last, this = (turnover(store, settings, year) for year in (today.year - 1, today.year))
    told = []
    if last.amount.minor > limits.LAST_YEAR_EUR * 100:
        told.append(
            f"turnover {last.year} was {_euro(last.amount)}, above the {limits.LAST_YEAR_EUR:,} EUR "
            f"for a small business in {this.year} ({limits.REFERENCE})"
        )
    if began_in(settings, today.year):
        told += _near(
            this,
            limits.FOUNDING_YEAR_EUR,
            "in the first year the exemption ends with the supply that crosses it",
            limits.REFERENCE_FOUNDING,
        )
    else:
        told += _near(
            this, limits.THIS_YEAR_EUR, "the exemption ends with the supply that crosses it"
        )
        if this.amount.minor <= limits.THIS_YEAR_EUR * limits.WARN_FROM_PERCENT:
            told += _near(this, limits.LAST_YEAR_EUR, f"above it, {this.year + 1} is not exempt")
        if this.amount.minor > limits.FOUNDING_YEAR_EUR * 100 and _first_year_seen(last, settings):
            told.append(
                f"if your business began in {this.year}, the exemption ended at "
                f"{limits.FOUNDING_YEAR_EUR:,} EUR ({limits.REFERENCE_FOUNDING}); say so with "
                f"`cowork config set profile.founded {this.year}-01-01`, or what came before with "
                f"`cowork config set turnover.{last.year} AMOUNT`"
            )
    unknown = [*last.unknown, *this.unknown]
    if unknown:
        told.append(f"turnover leaves out {', '.join(unknown)}: no rate to EUR is recorded")
    return told


def refuse_ended(store: Store, settings: Settings, day: date, net: Money) -> None:
    """Raises Conflict where a supply of `net` on `day` is not exempt under § 19 UStG any more.

    It is not: after a year above the limit; when it is the one that crosses the limit of this year
    (it is taxable as a whole); in the first year of the business, when it crosses the limit for that.
    Only what is known counts: a draft in another currency is compared without its own amount.
    """
    if day.year < limits.FROM_YEAR:
        return
    last, this = (turnover(store, settings, year) for year in (day.year - 1, day.year))
    after = this.amount.minor + (net.minor if net.currency == "EUR" and net.minor > 0 else 0)
    founding = began_in(settings, day.year)
    limit = limits.FOUNDING_YEAR_EUR if founding else limits.THIS_YEAR_EUR
    if not founding and last.amount.minor > limits.LAST_YEAR_EUR * 100:
        why = (
            f"turnover {last.year} was {_euro(last.amount)}, above {limits.LAST_YEAR_EUR:,} EUR, so "
            f"nothing in {this.year} is exempt"
        )
    elif after > limit * 100:
        why = (
            f"turnover {this.year} is {_euro(this.amount)}, and with {_euro(net)} it crosses "
            f"{limit:,} EUR; the supply that does is taxable as a whole"
        )
    else:
        return
    reference = limits.REFERENCE_FOUNDING if founding else limits.REFERENCE
    raise Conflict(
        f"the text of § 19 UStG cannot stand on it: {why} ({reference})",
        "charge VAT from now on with `cowork config set seller.small_business false`, then draft it "
        f"again; if the figure is wrong: `cowork config set turnover.{this.year} AMOUNT`",
    )


def began_in(settings: Settings, year: int) -> bool:
    """Whether the business began in that year, as `profile.founded` says."""
    founded = settings("profile.founded")
    return founded is not None and str(founded)[:4] == str(year)


def _first_year_seen(last: Turnover, settings: Settings) -> bool:
    """Nothing tells of the year before: neither money nor a setting, nor when the business began."""
    return (
        last.amount.minor == 0
        and settings(f"turnover.{last.year}") is None
        and settings("profile.founded") is None
    )


def _near(now: Turnover, limit: int, meaning: str, reference: str = limits.REFERENCE) -> list[str]:
    percent = now.amount.minor / limit  # of cents, by euro: percent
    if percent < limits.WARN_FROM_PERCENT:
        return []
    where = "above" if now.amount.minor > limit * 100 else f"{int(percent)} % of"
    return [
        f"turnover {now.year} is {_euro(now.amount)}, {where} the limit of {limit:,} EUR: "
        f"{meaning} ({reference})"
    ]


def _counts(category: str, reason: str | None) -> bool:
    return category == "S" or (category == "E" and reason in _SMALL)


def _net(invoice: Charged, base: Money) -> Money:
    return invoice.euro(base)


def _setting(settings: Settings, year: int) -> Money:
    text = settings(f"turnover.{year}")
    if text is None:
        return Money(0, "EUR")
    try:
        return Money.of(parse_amount(str(text), f"turnover.{year}", "EUR")[0], "EUR")
    except BadInput as error:
        raise BadInput(
            error.message, f"set it with `cowork config set turnover.{year} 18000`"
        ) from None


def _euro(money: Money) -> str:
    return f"{money.amount:,f} EUR"
