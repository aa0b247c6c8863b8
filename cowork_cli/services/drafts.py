"""Drafts: from hours that can be billed to the lines of an invoice.

A draft reserves its entries against other drafts and changes nothing else: hours become billed only
in the transaction that issues.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cowork_cli.data.tax import CASES, TaxCase
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice, Line, total, vat_rows
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.services.billing import Work, billed
from cowork_cli.services.clients import find_client, find_project
from cowork_cli.services.draft_lines import GROUPS, groups, line
from cowork_cli.store import clients, entries, invoices
from cowork_cli.store.rates import rates
from cowork_cli.store.store import Store

DEFAULT_SERIES = "invoice"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draft: which hours, how they are grouped, what else stands on the invoice."""

    client: str
    projects: Sequence[str]
    period: Period
    group: str = "project"
    series: str = DEFAULT_SERIES
    order_ref: str | None = None
    note: str | None = None


def draft(store: Store, wanted: Wanted, today: date, *, small_business: bool) -> Invoice:
    """Makes a draft of all unbilled hours that fit. Raises NotFound if there are none.

    Conflict where a project has no rate; the store is not changed then.
    """
    if wanted.group not in GROUPS:
        raise BadInput(f'cannot group by "{wanted.group}"', f"choose one of {', '.join(GROUPS)}")
    now = today.isoformat()
    client_row = find_client(store, wanted.client)
    client = clients.client(store, client_row, now)
    projects = [
        clients.project(store, find_project(store, text), now).id for text in wanted.projects
    ]
    with store.transaction():
        work = _work(store, client, projects, wanted.period)
        case = tax_case(client, small_business=small_business)
        grouped = [
            (line(wanted.group, group, client, case), [item.work for item in group])
            for group in groups(wanted.group, billed(work))
        ]
        lines = tuple(made for made, _ in grouped)
        days = [item.day for item in work]
        draft_id = invoices.add_draft(
            store,
            {
                "type": 380,
                "series": wanted.series,
                "client_id": client_row,
                "period_from": min(days).isoformat(),
                "period_to": max(days).isoformat(),
                "currency": client.currency,
                "order_ref": wanted.order_ref,
                "note": wanted.note,
                **totals(lines, client.currency, _reasons(client, case)),
            },
            [(made, [(*item.entry, item.seconds) for item in behind]) for made, behind in grouped],
        )
        return invoices.invoice(store, draft_id, now)


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
    """How VAT is treated: a small business (§ 19 UStG) never charges it."""
    return CASES["small-business" if small_business else client.tax]


def totals(lines: Sequence[Line], currency: str, reasons: dict[str, str]) -> dict[str, object]:
    """Net, VAT rows and gross as columns."""
    vat = vat_rows(tuple(lines), currency, reasons)
    net = total(tuple(line.net for line in lines), currency)
    gross = net + total(tuple(row.amount for row in vat), currency)
    return {"net": net.minor, "gross": gross.minor, "vat": invoices.vat_json(vat)}


def _reasons(client: Client, case: TaxCase) -> dict[str, str]:
    text = case.text_en if client.language == "en" else case.text_de
    return {case.category: text} if text else {}


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
    if not found:
        raise NotFound(
            f"{client.id} has no hours to bill" + _held_by(store, client.id),
            "see what there is with `cowork report unbilled` and `cowork invoice list`",
        )
    return found


def _held_by(store: Store, client: str) -> str:
    drafts = [
        found.id
        for found in invoices.invoices(store, Period(None, None), "9999")
        if found.state == "draft" and found.client == client
    ]
    return f"; {', '.join(drafts)} holds some" if drafts else ""
