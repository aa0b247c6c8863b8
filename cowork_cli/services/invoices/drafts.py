"""Drafts: from hours that can be billed to the lines of an invoice.

A draft reserves its entries against other drafts and changes nothing else: hours become billed only
in the transaction that issues.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from cowork_cli.data.tax import CASES, NOT_TAXABLE, REVERSE_CHARGE, TaxCase
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import (
    ADVANCE,
    PUBLIC_ADVANCE,
    Invoice,
    Line,
    total,
    vat_rows,
)
from cowork_cli.domain.money import line_net
from cowork_cli.domain.period import Period
from cowork_cli.domain.quote import Quote
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import find_client, find_project
from cowork_cli.services.clients.tax_cases import Facts, MustBeSaid
from cowork_cli.services.clients.tax_cases import default as default_case
from cowork_cli.services.hours.billing import Billed, Work, billed
from cowork_cli.services.invoices.lines import GROUPS, groups, line
from cowork_cli.services.invoices.numbering import DEFAULT_SERIES, check_series
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.store import clients, entries, invoice_parts, invoices, quotes
from cowork_cli.store.engine.store import Store
from cowork_cli.store.rates import rates

Settings = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draft: which hours, how they are grouped, what else stands on the invoice.

    `replaces` is the number of a cancelled invoice; `empty`: a draft for lines to come, without hours.
    `advance`: it asks for money before the work is done, which has no hours yet; `period` says when
    that will be. `quote` is the row of the quote on whose account the hours are billed.
    """

    client: str
    projects: Sequence[str]
    period: Period
    group: str = "project"
    series: str = DEFAULT_SERIES
    order_ref: str | None = None
    note: str | None = None
    replaces: str | None = None
    empty: bool = False
    advance: bool = False
    quote: int | None = None

    @property
    def bare(self) -> bool:
        """Whether it takes neither hours nor expenses."""
        return self.empty or self.advance


@dataclass(frozen=True, slots=True)
class Made:
    """A line, and what stands behind it: entries (row, uuid, seconds), or the row of an expense.

    `quote_line` is the row of the line of a quote that it bills.
    """

    line: Line
    entries: Sequence[tuple[int, str, int]] = ()
    expense: int | None = None
    quote_line: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new draft, and the entries that stay unbilled because they round to nothing."""

    invoice: Invoice
    nothing: tuple[str, ...]


def draft(store: Store, wanted: Wanted, today: date, settings: Settings) -> Drafted:
    """Makes a draft of all unbilled hours that fit, and of expenses that are billed on.

    A draft that replaces a cancelled invoice takes the hours of that one, unless others are named,
    and the lines that were typed. Raises NotFound if there is nothing to bill; Conflict where a
    project has no rate or the invoice cannot be replaced; the store is not changed then.
    """
    if wanted.group not in GROUPS:
        raise BadInput(f'cannot group by "{wanted.group}"', f"choose one of {', '.join(GROUPS)}")
    check_series(wanted.series)
    refuse_timeless(wanted)
    now = today.isoformat()
    client_row = find_client(store, wanted.client)
    client = clients.client(store, client_row, now)
    projects = [
        clients.project(store, find_project(store, text), now).id for text in wanted.projects
    ]
    plan = partial(_planned, store, wanted, (client_row, client), projects, today, settings)
    with store.after(plan) as planned:
        new = write(store, (client_row, client), planned.made, planned.columns, today, settings)
        return Drafted(new, planned.nothing)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a draft will hold: its lines, its columns, and the entries that round to nothing."""

    made: Sequence[Made]
    columns: dict[str, object]
    nothing: tuple[str, ...]


def _planned(
    store: Store,
    wanted: Wanted,
    whose: tuple[int, Client],
    projects: Sequence[str],
    today: date,
    settings: Settings,
) -> _Planned:
    client_row, client = whose
    now = today.isoformat()
    replaced = _replaced(store, wanted.replaces, client, today) if wanted.replaces else None
    refuse_unsaid_tax(store, client_row, client, settings)
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    work = [] if wanted.bare else _work(store, client, projects, wanted.period)
    if replaced and not projects and wanted.period == Period(None, None):
        billed_before = invoice_parts.entries_of(store, replaced)
        work = [item for item in work if item.entry[1] in billed_before]
    language = language_of(client, settings)
    line_of = partial(line, case=case, currency=client.currency, language=language)
    made, nothing = _hour_lines(work, wanted.group, line_of)
    if not wanted.bare and not projects:
        made += _expenses(store, client_row, client, case)
    if replaced:
        made += [
            Made(typed, quote_line=quoted)
            for typed, quoted in invoice_parts.typed_lines(store, replaced, client.currency)
        ]
    if not made and not wanted.bare:
        raise _nothing_to_bill(store, client.id, nothing)
    first, last = _period(work, wanted.period, replaced, store, now)
    columns: dict[str, object] = {
        "type": type_of(client, advance=wanted.advance),
        "series": wanted.series,
        "period_from": first,
        "period_to": last,
        "order_ref": wanted.order_ref,
        "note": wanted.note,
        "replaces": wanted.replaces,
        "quote_id": quotes.of_invoice(store, replaced) if replaced else wanted.quote,
    }
    return _Planned(made, columns, nothing)


def _nothing_to_bill(store: Store, client: str, nothing: Sequence[str]) -> NotFound:
    tiny = f"; {', '.join(nothing)} round to nothing" if nothing else ""
    return NotFound(
        f"{client} has no hours to bill{tiny}" + _held_by(store, client),
        "see what there is with `cowork report unbilled` and `cowork invoice list`; for "
        f"lines of your own: `cowork invoice draft {client} --empty`",
    )


def write(
    store: Store,
    whose: tuple[int, Client],
    made: Sequence[Made],
    columns: dict[str, object],
    today: date,
    settings: Settings,
) -> Invoice:
    """Writes a draft with its lines, in a transaction of the caller.

    Raises Conflict where it would say § 19 UStG although that does not hold any more.
    """
    client_row, client = whose
    case = tax_case(client, small_business=bool(settings("seller.small_business")))
    why = reasons(client, case, language_of(client, settings))
    lines = tuple(row.line for row in made)
    sums = totals(lines, client.currency, why)
    row = {"client_id": client_row, "currency": client.currency, **columns, **sums}
    draft_id = invoices.add_draft(store, row, [(part.line, part.entries) for part in made])
    for line_id, part in zip(invoice_parts.line_ids(store, draft_id), made, strict=True):
        if part.expense is not None:
            invoice_parts.link_expense(store, draft_id, line_id, part.expense)
        if part.quote_line is not None:
            quotes.link_line(store, line_id, part.quote_line)
    new = invoices.invoice(store, draft_id, today.isoformat())
    refuse_ended_exemption(store, settings, today, new)
    return new


def _hour_lines(
    work: Sequence[Work], by: str, line_of: Callable[[str, Sequence[Billed]], Line]
) -> tuple[list[Made], tuple[str, ...]]:
    """A line for each group of hours; and the entries whose group comes to 0 hours, which are not billed."""
    made, nothing = [], list[str]()
    for group in groups(by, billed(work)):
        new = line_of(by, group)
        if new.quantity:
            behind = [(*item.work.entry, item.work.seconds) for item in group]
            made.append(Made(new, behind))
        else:
            nothing += [f"e-{item.work.entry[0]}" for item in group]
    return made, tuple(nothing)


def discard(store: Store, text: str, today: date) -> Invoice:
    """Removes a draft; its hours can be drafted again. Raises NotFound, Conflict if it is issued."""
    with store.transaction():
        invoice_id, found = find_draft(store, text, today)
        invoices.discard(store, invoice_id)
    return found


def find_draft(store: Store, text: str, today: date) -> tuple[int, Invoice]:
    """The draft that `text` names. Raises NotFound, and Conflict for an issued invoice."""
    invoice_id, found = find_invoice(store, text, today)
    if found.state != "draft":
        raise Conflict(
            f"{text} is issued as invoice {found.number}"
            if text != found.number
            else f"invoice {text} is issued",
            f"see it with `cowork invoice show {found.number}`, "
            f"or cancel it with `cowork invoice cancel {found.number} --reason TEXT`",
        )
    return invoice_id, found


def find_invoice(store: Store, text: str, today: date) -> tuple[int, Invoice]:
    """The invoice of a number, or a draft. Raises NotFound."""
    invoice_id = invoices.find(store, text)
    if invoice_id is None:
        raise NotFound(f'there is no invoice "{text}"', "see `cowork invoice list`")
    return invoice_id, invoices.invoice(store, invoice_id, today.isoformat())


def tax_case(client: Client, *, small_business: bool) -> TaxCase:
    """How VAT is treated: a small business never charges it.

    § 19 (1) UStG covers only what is taxable in Germany: a service to a business abroad keeps its own
    case and its own text (§ 3a (2), § 14a (1) UStG).
    """
    case = CASES[client.tax]
    abroad = case.category in (REVERSE_CHARGE, NOT_TAXABLE)
    return CASES["small-business"] if small_business and not abroad else case


def refuse_unsaid_tax(store: Store, client_row: int, client: Client, settings: Settings) -> None:
    """Raises MustBeSaid for a business abroad of which nobody ever said how VAT is treated."""
    country, home = client.address.country, settings("seller.country")
    if country in (None, home) or client.type == "private":
        return
    if clients.said_tax(store, client_row) is not None:
        return
    case = default_case(Facts(client.id, client.type, country, client.vat_id, None), home)
    raise MustBeSaid(
        f"{client.id} is a {client.type} client in {country}; how VAT is treated was never said",
        f"say it: `cowork client edit {client.id} --tax {case or 'reverse-charge'}`"
        + ("" if case else f" with `--vat-id`, or `cowork client edit {client.id} --tax standard`"),
    )


def refuse_ended_exemption(
    store: Store, settings: Settings, day: date, draft: Invoice | Quote
) -> None:
    """Raises Conflict where a draft would say § 19 UStG on a day on which it does not hold any more."""
    case = CASES["small-business"]
    if draft.net.minor > 0 and any(row.reason in (case.text_de, case.text_en) for row in draft.vat):
        from cowork_cli.services.books.turnover import refuse_ended

        refuse_ended(store, settings, day, draft.net)


def totals(lines: Sequence[Line], currency: str, reasons: dict[str, str]) -> dict[str, object]:
    """Net, VAT rows and gross as columns."""
    vat = vat_rows(tuple(lines), currency, reasons)
    net = total(tuple(line.net for line in lines), currency)
    gross = net + total(tuple(row.amount for row in vat), currency)
    return {"net": net.minor, "gross": gross.minor, "vat": invoices.vat_json(vat)}


def reasons(client: Client, case: TaxCase, language: str) -> dict[str, str]:
    """Why a category charges no VAT, in the language of the invoice."""
    english = language == "en"
    text = case.text_en if english else case.text_de
    if case is CASES["exempt"] and client.exempt_reason:
        text = client.exempt_reason
        if text.startswith("§"):
            text = f"{'Exempt under' if english else 'Steuerfrei nach'} {text}"
    return {case.category: text} if text else {}


def refuse_timeless(wanted: Wanted) -> None:
    """Raises BadInput for an advance invoice of which nothing tells when the work will be done.

    § 14 (4) no. 6, (5) UStG, UStAE 14.8 (4): an advance invoice names the time that is expected.
    """
    if wanted.advance and wanted.period == Period(None, None) and not wanted.replaces:
        raise BadInput(
            "when the work of an advance invoice will be done is not known",
            "say it, as in `--in 2026-12` or `--from 2026-12-01 --to 2027-01-31`",
        )


def type_of(client: Client, *, advance: bool) -> int:
    """The type of a draft by UNTDID 1001."""
    if not advance:
        return 380
    return PUBLIC_ADVANCE if client.type == "public" else ADVANCE


def _replaced(store: Store, number: str, client: Client, today: date) -> int:
    """The row of the cancelled invoice that is issued anew. Raises NotFound, Conflict."""
    invoice_id, found = find_invoice(store, number, today)
    if found.state != "cancelled":
        raise Conflict(
            f"{number} is {found.state}; only a cancelled invoice is replaced",
            f"cancel it first: `cowork invoice cancel {number} --reason TEXT`",
        )
    if found.client != client.id:
        raise Conflict(
            f"invoice {number} was made to {found.client}, not to {client.id}",
            f"draft it with `cowork invoice draft {found.client} --replaces {number}`",
        )
    if found.currency != client.currency:
        raise Conflict(
            f"invoice {number} is in {found.currency}, but {client.id} pays in {client.currency}",
            f"draft without `--replaces`, or `cowork client edit {client.id} "
            f"--currency {found.currency}`",
        )
    other = invoice_parts.replaced_by(store, number)
    if other:
        raise Conflict(
            f"{other} replaces invoice {number} already", f"see `cowork invoice show {other}`"
        )
    return invoice_id


def _expenses(store: Store, client_row: int, client: Client, case: TaxCase) -> list[Made]:
    """A line for each expense that is billed on; its VAT follows the client's case."""
    from cowork_cli.services.books.expenses import rebillable

    made = []
    for row in rebillable(store, client_row, client.currency):
        new = Line(
            text=row.text,
            quantity=row.quantity,
            unit=row.unit,
            price=row.price,
            discount=None,
            vat_rate=Decimal(case.rate),
            vat_category=case.category,
            net=line_net(row.quantity, row.price, None, client.currency),
        )
        made.append(Made(new, expense=row.expense_row))
    return made


def _period(
    work: Sequence[Work], wanted: Period, replaced: int | None, store: Store, today: str
) -> tuple[str | None, str | None]:
    """When it was done: the days of the hours, else what was asked for, else as it was before."""
    if work:
        days = [item.day for item in work]
        return min(days).isoformat(), max(days).isoformat()
    period = wanted
    if replaced and period == Period(None, None):
        period = invoices.invoice(store, replaced, today).period
    return (
        period.from_.isoformat() if period.from_ else None,
        period.to.isoformat() if period.to else None,
    )


def _work(store: Store, client: Client, projects: Sequence[str], period: Period) -> list[Work]:
    book, terms = rates(store), clients.terms(store)
    found, without_rate = [], set()
    for row in entries.unbilled_of(store, client.id, projects, period):
        entry_id, uuid, project, project_id, client_id, day, seconds, name, note, tags = row
        rate = book.valid(project_id, client_id, day)
        if rate is None:
            without_rate.add(project)
            continue
        when, agreed = date.fromisoformat(day), terms[project_id]
        found.append(Work((entry_id, uuid), project, when, seconds, rate, agreed, tags, name, note))
    if without_rate:
        first = min(without_rate)
        raise Conflict(
            f"no rate is known for {', '.join(sorted(without_rate))}",
            f"set one with `cowork project edit {first} --rate 95`",
        )
    return found


def _held_by(store: Store, client: str) -> str:
    drafts = [name for name, _ in invoices.drafts_to(store, client)]
    return f"; {', '.join(drafts)} holds some" if drafts else ""
