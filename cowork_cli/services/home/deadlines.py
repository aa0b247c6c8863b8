"""What is due in the whole office, in one list: the one of `cowork deadlines`, the top of `status`.

Read from the own store and the settings alone. Only what a kind needs is loaded: without a contract no
rule of contracts, without VAT no holidays.
"""

from __future__ import annotations

from datetime import date, timedelta

from cowork_cli.domain.overview import Deadline, deadline
from cowork_cli.errors import BadInput, CoworkError
from cowork_cli.store import office
from cowork_cli.store.engine.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Settings = Callable[[str], Any]

STATUS_DAYS = 30
STATUS_ROWS = 5


def all_due(
    store: Store, settings: Settings, today: date, within: int
) -> tuple[list[Deadline], list[CoworkError]]:
    """All deadlines up to `within` days ahead and those that have passed, the most urgent first.

    Beside them what could not be told: dates of a year without data.
    """
    until = today + timedelta(days=within)
    rows = list(_own(store, today, until))
    problems: list[CoworkError] = []
    try:
        rows += _taxes(store, settings, today, until)
    except BadInput as error:
        problems.append(error)
    return sorted(rows, key=lambda row: (row.due, row.kind, row.ref or "")), problems


def top(
    store: Store, settings: Settings, today: date
) -> tuple[tuple[Deadline, ...], list[CoworkError]]:
    """What `status` shows: the first of the list, within 30 days."""
    rows, problems = all_due(store, settings, today, STATUS_DAYS)
    return tuple(rows[:STATUS_ROWS]), problems


def exemption(settings: Settings) -> str | None:
    """What is said where no VAT dates are listed because of § 19 UStG."""
    if not settings("seller.small_business"):
        return None
    from cowork_cli.data.filing import EXEMPT, NOT_EXEMPT

    return (
        f"No VAT dates are listed: seller.small_business is set ({EXEMPT}). Purchases under § 13b UStG and "
        f"from other EU states have returns of their own, not listed either ({NOT_EXEMPT})."
    )


def _own(store: Store, today: date, until: date) -> Iterator[Deadline]:
    counts = office.counts(store)
    if counts.posts:
        yield from _posts(store, today, until)
    if counts.contracts:
        yield from _contracts(store, today, until)
    if counts.reviews:
        for row in office.reviews(store, until):
            yield deadline(
                row.day, today, "address-review", f"Review of {row.item}: {row.name}", row.ref,
                "a date noted in the dossier", "the provider",
            )  # fmt: skip
    if counts.moves:
        yield from _moves(store, today, until)
    if counts.standing:
        yield from _standing(store, today, until)
    if counts.memberships:
        yield from _memberships(store, today, until)
    if counts.decisions:
        yield from _decisions(store, today, until)
    if counts.quotes:
        yield from _quotes(store, today, until)
    if counts.plans:
        yield from _recurring(store, today)


def _memberships(store: Store, today: date, until: date) -> Iterator[Deadline]:
    """What is paid for and ends unused."""
    from cowork_cli.services.tariffs.memberships import expiring

    for ends, membership, held in expiring(store, today, until):
        left = f"{held.left.normalize():f} {held.what}"
        yield deadline(
            ends, today, "membership", f"Left unused: {left} of {membership.name}",
            membership.id, "what is included ends on that day", "your note of the membership",
        )  # fmt: skip


def _decisions(store: Store, today: date, until: date) -> Iterator[Deadline]:
    """Trial days and open days after which one wanted to decide."""
    from cowork_cli.store import events

    for number, name, day in events.undecided(store, until):
        yield deadline(
            day, today, "event", f"Decide after: {name}", f"ev-{number}", "the day you set",
            "your note of the event",
        )  # fmt: skip


def _standing(store: Store, today: date, until: date) -> Iterator[Deadline]:
    """Dates that a standing order has given up: a person has to book them, or give a new consent."""
    from cowork_cli.store import standing

    for row in standing.stuck(store, today, until):
        yield deadline(
            row.day, today, "standing-order", f"Not booked by {row.name}: {row.detail}", row.name,
            "your standing order", "`cowork standing run --now` tries again",
        )  # fmt: skip


def _quotes(store: Store, today: date, until: date) -> Iterator[Deadline]:
    """Quotes that wait for an answer, by their last day."""
    from cowork_cli.store import quotes

    for number, client, last in quotes.expiring(store, today, until):
        yield deadline(
            last, today, "quote", f"Quote to {client} expires", number, "the last day of the quote",
            "the quote as it was sent",
        )  # fmt: skip


def _recurring(store: Store, today: date) -> Iterator[Deadline]:
    """Recurring invoices that should be written by now: where cron runs them there are none."""
    from cowork_cli.services.invoices.plan_run import overdue

    for plan, day in overdue(store, today):
        yield deadline(
            day, today, "recurring-invoice", f"Recurring invoice to {plan.client} is due",
            f"r-{plan.id}", "what was agreed", "`cowork invoice plan run` writes it",
        )  # fmt: skip


def _posts(store: Store, today: date, until: date) -> Iterator[Deadline]:
    from cowork_cli.store import posts

    for row in posts.open_deadlines(store, until):
        yield deadline(
            row.deadline, today, "post", f"{row.kind} of {row.sender}", f"p-{row.number}", row.rule,
            row.source,
        )  # fmt: skip


def _contracts(store: Store, today: date, until: date) -> Iterator[Deadline]:
    from cowork_cli.domain.calendar_days import after, parse_length
    from cowork_cli.domain.contract import COUNTED, dates, rule_of
    from cowork_cli.store import contracts

    source = f"the contract; days counted by {COUNTED}"
    for number, name, terms, ends, tail in contracts.terms_of_all(store):
        now = dates(terms, today, sent=None, ends=ends)
        if now.costs and now.last_day is not None and now.last_day <= until:
            what = f"Notice has to arrive: {name}, to end on {now.next_end}"
            yield deadline(
                now.last_day, today, "contract", what, f"c-{number}", rule_of(terms), source
            )
        if tail and now.ends and now.ends < today:
            last = after(now.ends, parse_length(tail, "the tail"))
            if today <= last <= until:
                what = f"Last day on which post is handled: {name}"
                yield deadline(
                    last, today, "mail-tail", what, f"c-{number}",
                    f"post is handled for {tail} after the end on {now.ends}", source,
                )  # fmt: skip


def _moves(store: Store, today: date, until: date) -> Iterator[Deadline]:
    from cowork_cli.data.moving import ROWS
    from cowork_cli.store import moves

    for number, code, due in moves.open_rows(store, until):
        row = ROWS[code]
        yield deadline(
            due, today, "address-move", f"Change of address: {row.whom} ({code})", f"m-{number}",
            row.rule, row.source,
        )  # fmt: skip


def _taxes(store: Store, settings: Settings, today: date, until: date) -> Iterator[Deadline]:
    """VAT dates of a seller in Germany who is not exempt under § 19 UStG; of others nothing is known.

    Raises BadInput for a year without data.
    """
    name = settings("seller.name") or settings("seller.company")
    if not name or settings("seller.country") != "DE" or settings("seller.small_business"):
        return
    from cowork_cli.domain.vat_dates import vat_dates
    from cowork_cli.services.calendar.working import due_day

    extended = bool(settings("tax.extension"))
    # a date a few days back may have been moved to today or later
    first = today - timedelta(days=7)
    for row in vat_dates(settings("tax.filing"), extended=extended, first=first, last=until):
        due, how = due_day(row.day, settings)
        if today <= due <= until:
            yield deadline(due, today, "tax", row.what, None, f"{row.rule}{how}", row.source)
    yield from _sales_lists(store, settings, today, until)


def _sales_lists(store: Store, settings: Settings, today: date, until: date) -> Iterator[Deadline]:
    """The recapitulative statement of a quarter in which something was rendered to the EU."""
    if not office.has_reverse_charge(store):
        return
    from cowork_cli.data.sales_list import SOURCE
    from cowork_cli.domain.calendar_days import add_months
    from cowork_cli.domain.period import months
    from cowork_cli.services.books import sales_list
    from cowork_cli.services.calendar.working import due_day

    start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), -3)
    while start <= until:
        quarter = months(start.year, start.month, 3)
        due, how = due_day(sales_list.due(quarter), settings)
        if today <= due <= until and sales_list.has_services(store, quarter):
            name = f"{start.year}-Q{(start.month + 2) // 3}"
            rule = f"recapitulative statement of a quarter, the 25th day after it; no extension moves it{how}"
            yield deadline(due, today, "tax", f"EC sales list {name} (ZM)", None, rule, SOURCE)
        start = add_months(start, 3)
