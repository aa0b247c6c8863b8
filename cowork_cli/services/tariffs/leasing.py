"""`compare lease`: an office of one's own beside the cheapest month of desks."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.domain.amounts import parse_amount, parse_price
from cowork_cli.domain.calendar_days import add_months, parse_length
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.lease import (
    Lease,
    LeaseComparison,
    cheaper_from,
    desk_row,
    lease_cost,
    lease_row,
)
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.services.spaces import plans
from cowork_cli.services.tariffs import optimising
from cowork_cli.services.tariffs.market import Wish

if TYPE_CHECKING:
    from cowork_cli.services.tariffs.offers import View
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of `compare lease` as they were typed."""

    rent: str
    running: str
    fit_out: str
    fee: str
    deposit: str
    exit_cost: str
    term: str
    notice: str
    days: str
    months: str
    tax: str | None


def compared(
    queries: Sequence[str],
    typed: Typed,
    *,
    store: "Store",
    cache: "Cache",
    today: date,
    small_business: bool,
) -> LeaseComparison:
    """Both ways, month by month. Raises BadInput, NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    if typed.tax not in (None, "net", "gross"):
        raise BadInput(f'--tax "{typed.tax}" is neither net nor gross', "give `--tax net`")
    spaces = [naming.find_space(store, query, cache=cache) for query in queries]
    view = optimising.view_of(spaces, small_business=small_business, tax=typed.tax, rate=None)
    months, days = _count(typed.months, "--months", MOST_MONTHS), _count(typed.days, "--days", 23)
    kept = [plan for space in spaces for plan in plans.plans_of(space, store=store)]
    first = add_months(today.replace(day=1), 1)
    rows = {row.days: row for row in optimising.of_a_month(spaces, kept, Wish((first,), view))}
    if not rows:
        raise BadInput(
            f"the plans cover no working day of {first:%B %Y}",
            "look at them with `cowork plan list SPACE`",
        )
    if days not in rows:
        raise BadInput(
            f"the plans cover fewer than {days} working days of {first:%B %Y}",
            f"give at most `--days {max(rows)}`",
        )
    desk = rows[days]
    lease = _lease(typed, view, str(spaces[0].ref), desk.total.currency)
    marks = sorted({m for m in (1, 3, 6, 12, 24, 36, lease.term, months) if m <= months})
    shown = [
        row for m in marks for row in (lease_row(lease, m), desk_row(desk.total, m, desk.plans))
    ]
    whole = lease_cost(lease, months).minor
    enough = [n for n, row in rows.items() if whole < row.total.minor * months]
    return LeaseComparison(
        months,
        days,
        desk.total,
        desk.plans,
        view.tax,
        cheaper_from(lease, desk.total, months),
        min(enough, default=None),
        tuple(shown),
    )


def _lease(typed: Typed, view: "View", space: str, currency: str) -> Lease:
    def money(text: str, option: str) -> Money:
        price = parse_price(f"once={text}")
        if price.money.currency != currency:
            raise BadInput(
                f"{option} {text} is not in {currency}, as the plans are",
                "give it in their currency",
            )
        if price.tax == "unknown" and price.money.minor:
            raise BadInput(
                f"{option} {text} does not say whether VAT is in it", f"write `{option} {text}net`"
            )
        return price.money if not price.money.minor else Money(view.cost(price, space), currency)

    deposit, code = parse_amount(typed.deposit, "--deposit", None)
    if deposit < 0 or (code or currency) != currency:
        raise BadInput(
            f"--deposit {typed.deposit} is no amount of {currency} that comes back",
            "give it as `--deposit 1350`",
        )
    return Lease(
        money(typed.rent, "--rent"),
        money(typed.running, "--running"),
        money(typed.fit_out, "--fit-out"),
        money(typed.fee, "--fee"),
        Money.of(deposit, currency),
        money(typed.exit_cost, "--exit-cost"),
        _months(typed.term, "--term"),
        _months(typed.notice, "--notice"),
    )


def _months(text: str, option: str) -> int:
    length = parse_length(text, option)
    if length.unit != "m":
        raise BadInput(f"{option} {text} is not in months", f"write it as `{option} 36m`")
    if option == "--term" and not length.count:
        raise BadInput(f"{option} {text} is no time at all", f"write it as `{option} 36m`")
    return length.count


def _count(text: str, option: str, most: int) -> int:
    count = whole_number(text.strip())
    if count is None or not 1 <= count <= most:
        raise BadInput(
            f'{option} "{text}" is no number from 1 to {most}', f"give it as `{option} 12`"
        )
    return count
