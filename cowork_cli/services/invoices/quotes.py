"""Quotes as drafts: made, changed, dropped; and sent, from when on they are a snapshot.

Lines, VAT and sums are those of an invoice (`typed_lines`, `drafts`): a quote says what the invoice that
follows will say.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from decimal import Decimal

from cowork_cli.data.tax import TaxCase
from cowork_cli.domain.as_json import to_json
from cowork_cli.domain.client import Client
from cowork_cli.domain.from_json import from_json
from cowork_cli.domain.phrases import parse_date, parse_days
from cowork_cli.domain.quote import CHOICES, MOST_DAYS, Quote, QuoteDocument, QuoteLine, sums
from cowork_cli.errors import BadInput, Conflict, NotFound, UsageError
from cowork_cli.records import dataclass, replace
from cowork_cli.services.clients.clients import checked_slug, find_client, find_project
from cowork_cli.services.invoices import checks
from cowork_cli.services.invoices.drafts import (
    Settings,
    reasons,
    refuse_ended_exemption,
    refuse_unsaid_tax,
    tax_case,
)
from cowork_cli.services.invoices.numbering import next_quote_number
from cowork_cli.services.invoices.parties import at_address, buyer, language_of, logo, seller
from cowork_cli.services.invoices.typed_lines import Typed, changed_line, new_line
from cowork_cli.store import clients, invoices, quotes
from cowork_cli.store.engine.store import Store

Render = Callable[[QuoteDocument], bytes]
_LAST = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Offered:
    """A line as it is typed, and whether it is a choice (`optional`, `alternative`; None: it is not)."""

    typed: Typed
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to offer; None is not given. `valid` is a length (`30d`) or a day, `project` may be new."""

    client: str
    lines: Sequence[Offered]
    valid: str | None = None
    project: str | None = None
    title: str | None = None
    note: str | None = None
    order_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is changed of a draft but its lines; None is not given, an empty text takes it out."""

    valid: str | None = None
    project: str | None = None
    title: str | None = None
    note: str | None = None
    order_ref: str | None = None


# ---- drafts


def add(store: Store, wanted: Wanted, today: dt.date, settings: Settings) -> Quote:
    """Makes a draft of a quote and takes its number, which is never used again.

    Raises NotFound for the client or the project, UsageError and BadInput for what was typed, Conflict
    for VAT that must not be charged and for an archived client; the store is not changed then.
    """
    if not wanted.lines:
        raise UsageError("a quote needs a line", 'as in `--line "Concept" --price 800`')
    with store.transaction():
        client_row = find_client(store, wanted.client)
        client = usable_client(store, client_row, today)
        refuse_unsaid_tax(store, client_row, client, settings)
        case = _case(client, settings)
        lines = [_new(row, client, case) for row in wanted.lines]
        until, days = valid_until(wanted.valid or str(settings("quote.valid")), today)
        quote_id = quotes.add(
            store,
            {
                "number": next_quote_number(store, today, settings),
                "client_id": client_row,
                **_project(store, wanted.project, client),
                "title": _one_line(wanted.title),
                "day": today.isoformat(),
                "valid_until": until.isoformat(),
                "valid_days": days,
                "currency": client.currency,
                "order_ref": _one_line(wanted.order_ref),
                "note": wanted.note or None,
                **_sums(lines, client, case, settings),
            },
            lines,
        )
        made = quotes.quote(store, quote_id, today.isoformat())
        refuse_ended_exemption(store, settings, today, made)
    return made


def edit(store: Store, text: str, terms: Terms, today: dt.date) -> Quote:
    """Changes a draft, all but its lines. Raises as `add` does, and Conflict for one that was sent."""
    with store.transaction():
        quote_id, _ = find_draft(store, text, today)
        client = clients.client(store, quotes.client_of(store, quote_id), today.isoformat())
        changes: dict[str, object] = {}
        if terms.valid is not None:
            until, days = valid_until(terms.valid, today)
            changes |= {"valid_until": until.isoformat(), "valid_days": days}
        if terms.project is not None:
            changes |= _project(store, terms.project, client)
        if terms.title is not None:
            changes["title"] = _one_line(terms.title)
        if terms.note is not None:
            changes["note"] = terms.note or None
        if terms.order_ref is not None:
            changes["order_ref"] = _one_line(terms.order_ref)
        if not changes:
            raise UsageError("there is nothing to change", "see `cowork quote edit --help`")
        quotes.change(store, quote_id, changes)
        return quotes.quote(store, quote_id, today.isoformat())


def edit_line(
    store: Store, text: str, offered: Offered, today: dt.date, settings: Settings
) -> tuple[Quote, int]:
    """Adds, changes or removes a line of a draft; returns the quote and the number of the line."""
    typed = offered.typed
    with store.transaction():
        quote_id, draft = find_draft(store, text, today)
        client = clients.client(store, quotes.client_of(store, quote_id), today.isoformat())
        case = _case(client, settings)
        ids = quotes.line_ids(store, quote_id)
        if typed.number is None:
            if typed.remove:
                raise UsageError("--remove needs --line", "say which, as in `--line 2 --remove`")
            number = len(ids) + 1
            quotes.add_line(store, quote_id, _new(offered, client, case))
        else:
            number = typed.number
            line_id = line_row(draft, ids, number)
            if typed.remove:
                _refuse_last(draft)
                quotes.remove_line(store, line_id)
            else:
                line = _changed(draft.lines[number - 1], offered, client, case)
                quotes.change_line(store, line_id, line)
        lines = quotes.quote(store, quote_id, today.isoformat()).lines
        quotes.change(store, quote_id, _sums(lines, client, case, settings))
        changed = quotes.quote(store, quote_id, today.isoformat())
        refuse_ended_exemption(store, settings, today, changed)
        return changed, number


def discard(store: Store, text: str, today: dt.date) -> Quote:
    """Drops a draft; its number is not given again. Raises NotFound, Conflict for one that was sent."""
    with store.transaction():
        quote_id, draft = find_draft(store, text, today)
        quotes.discard(store, quote_id)
    return draft


# ---- sending


def send(store: Store, text: str, today: dt.date, settings: Settings, render: Render) -> Quote:
    """Freezes a draft: what is printed, and its page. One that was sent is returned as it is.

    The page is set with no lock on the store, as those of invoices are (`committing`). Raises Conflict
    for what must not leave the house.
    """
    quote_id, found = find(store, text, today)
    if found.state != "draft":
        return found
    with store.rehearsal():
        expected = _dated(store, quote_id, today, settings)
    page = render(expected)
    with store.transaction() as journal:
        find_draft(store, text, today)  # of two at once the second is told
        frozen = _dated(store, quote_id, today, settings)
        if frozen != expected:
            page = render(frozen)
        quotes.change(
            store,
            quote_id,
            {
                "state": "sent",
                "document": json.dumps(to_json(frozen), ensure_ascii=False),
                "letter": quotes.keep_page(store, page),
            },
        )
        journal.bar_undo(
            f"quote {found.number} has left the house", f"quote decline {found.number}"
        )
        return quotes.quote(store, quote_id, today.isoformat())


def _dated(store: Store, quote_id: int, today: dt.date, settings: Settings) -> QuoteDocument:
    """What is printed of a draft that is sent today, which it is dated with. Raises Conflict."""
    draft = quotes.quote(store, quote_id, today.isoformat())
    days = quotes.valid_days(store, quote_id)
    until = draft.valid_until if days is None else today + dt.timedelta(days=days)
    if until < today:
        raise Conflict(
            f"quote {draft.number} would be valid until {until}, which has passed",
            f"give it more time: `cowork quote edit {draft.number} --valid 30d`",
        )
    quotes.change(store, quote_id, {"day": today.isoformat(), "valid_until": until.isoformat()})
    dated = quotes.quote(store, quote_id, today.isoformat())
    printed = document(store, dated, today, settings)
    return replace(printed, draft=False, quote=replace(dated, state="sent"))


def document(store: Store, quote: Quote, day: dt.date, settings: Settings) -> QuoteDocument:
    """All that is printed of a draft, as of now. Raises Conflict for what must not be sent."""
    quote_id = quotes.find(store, quote.number)
    assert quote_id is not None
    client = clients.client(store, quotes.client_of(store, quote_id), day.isoformat())
    issuer = at_address(store, seller(settings), settings("seller.address"), day)
    _refuse_unfit(quote, client, settings)
    missing = checks.missing_of_seller(issuer)
    if missing:
        raise Conflict(
            f"quote {quote.number} cannot be sent, missing: {', '.join(name for name, _ in missing)}",
            "; ".join(dict.fromkeys(f"`{command}`" for _, command in missing)),
        )
    terms = client.terms_days
    if terms is None:
        terms = parse_days(str(settings("invoice.terms")), "invoice.terms")
    return QuoteDocument(
        quote=quote,
        seller=issuer,
        buyer=buyer(client, issuer),
        language=language_of(client, settings),
        footer=settings("invoice.footer"),
        logo=logo(settings),
        terms_days=terms,
        draft=True,
        buyer_type=client.type,
    )


def kept_document(store: Store, quote_id: int) -> QuoteDocument:
    """What was printed of a quote that was sent."""
    found: QuoteDocument = from_json(QuoteDocument, json.loads(quotes.document(store, quote_id)))
    return found


# ---- finding


def find(store: Store, text: str, today: dt.date) -> tuple[int, Quote]:
    """The quote of a number or of `q-N`. Raises NotFound."""
    quote_id = quotes.find(store, text)
    if quote_id is None:
        raise NotFound(f'there is no quote "{text}"', "see `cowork quote list`")
    return quote_id, quotes.quote(store, quote_id, today.isoformat())


def find_draft(store: Store, text: str, today: dt.date) -> tuple[int, Quote]:
    """The draft that `text` names. Raises NotFound, and Conflict for a quote that was sent."""
    quote_id, found = find(store, text, today)
    if found.state != "draft":
        raise Conflict(
            f"quote {found.number} is {found.state}, it cannot be changed any more",
            f"see it with `cowork quote show {found.number}`; offer anew with "
            f"`cowork quote add {found.client} …`",
        )
    return quote_id, found


def usable_client(store: Store, client_row: int, today: dt.date) -> Client:
    """The client of a row. Raises Conflict for one that is archived."""
    client = clients.client(store, client_row, today.isoformat())
    if client.archived:
        raise Conflict(
            f"the client {client.id} is archived",
            f"bring it back with `cowork client archive {client.id} --undo`",
        )
    return client


def line_row(quote: Quote, ids: Sequence[int], number: int) -> int:
    """The row of a line by its number. Raises Conflict where there is none."""
    if not 1 <= number <= len(ids):
        count = "one line" if len(ids) == 1 else f"{len(ids)} lines"
        raise Conflict(
            f"quote {quote.number} has {count}, there is no line {number}",
            f"see them with `cowork quote show {quote.number}`",
        )
    return ids[number - 1]


# ---- parts


def valid_until(text: str, today: dt.date) -> tuple[dt.date, int | None]:
    """The last day of `30d` or of a day that is named, and the length in days. Raises BadInput."""
    try:
        days = parse_days(text, "--valid")
    except BadInput as error:
        try:
            named = parse_date(text, today, planned=True)
        except BadInput:
            raise BadInput(
                f'--valid "{text}" is neither a length of time nor a day',
                "write it as `30d` or `2026-12-31`",
            ) from error
        if named < today:
            raise BadInput(
                f"the quote would be valid until {named}, which has passed",
                "write it as `30d`, or give a day to come",
            ) from None
        return named, None
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(f"a quote that is valid for {days} days is none", "write it as `30d`")
    return today + dt.timedelta(days=days), days


def _case(client: Client, settings: Settings) -> TaxCase:
    return tax_case(client, small_business=bool(settings("seller.small_business")))


def _new(offered: Offered, client: Client, case: TaxCase) -> QuoteLine:
    line = new_line(offered.typed, client.currency, client, case)
    choice = _choice(offered.choice)
    return QuoteLine(
        line.text, line.quantity, line.unit, line.price, line.discount, line.vat_rate,
        line.vat_category, line.net, line.discount_percent, choice, taken=choice is None,
    )  # fmt: skip


def _changed(old: QuoteLine, offered: Offered, client: Client, case: TaxCase) -> QuoteLine:
    choice = old.choice if offered.choice is None else _choice(offered.choice)
    if offered.typed.given:
        line = changed_line(old.line, offered.typed, client.currency, client, case)
    elif offered.choice is not None:
        line = old.line
    else:
        raise UsageError("there is nothing to change", "give `--text`, `--qty`, `--price` …")
    return QuoteLine(
        line.text, line.quantity, line.unit, line.price, line.discount, line.vat_rate,
        line.vat_category, line.net, line.discount_percent, choice, taken=choice is None,
    )  # fmt: skip


def _choice(text: str | None) -> str | None:
    """`optional` or `alternative`; `none`, or nothing, is a line that counts. Raises BadInput."""
    if text in (None, "", "none"):
        return None
    if text not in CHOICES:
        raise BadInput(
            f'--choice "{text}" is not known', f"choose one of {', '.join(CHOICES)}, or `none`"
        )
    return text


def _sums(
    lines: Sequence[QuoteLine], client: Client, case: TaxCase, settings: Settings
) -> dict[str, object]:
    """Net, VAT rows and gross as columns. Raises Conflict where nothing, or less, is offered."""
    why = reasons(client, case, language_of(client, settings))
    net, vat, gross = sums(lines, client.currency, why)
    if all(row.choice for row in lines):
        raise Conflict(
            "every line is a choice, so nothing is offered", "leave `--choice` out of one of them"
        )
    if net.minor < 0:
        raise Conflict(f"the quote would come to {gross}", "a quote cannot pay out")
    return {"net": net.minor, "gross": gross.minor, "vat": invoices.vat_json(vat)}


def _refuse_last(draft: Quote) -> None:
    if len(draft.lines) == 1:
        raise Conflict(
            f"quote {draft.number} has one line only",
            f"change it, or drop the quote with `cowork quote discard {draft.number}`",
        )


def _refuse_unfit(quote: Quote, client: Client, settings: Settings) -> None:
    """A draft as it is must be what would be billed today: its currency, its VAT."""
    again = f"drop it with `cowork quote discard {quote.number}` and offer anew"
    if quote.currency != client.currency:
        raise Conflict(
            f"quote {quote.number} is in {quote.currency}, but {client.id} pays in {client.currency}",
            again,
        )
    case = _case(client, settings)
    odd = [row for row in quote.lines if row.vat_category not in (case.category, "S")]
    taxed = [row for row in quote.lines if row.vat_category == "S"]
    if (
        odd
        or (taxed and case.category == "O")
        or (taxed and case.text_de and "§ 19" in case.text_de)
    ):
        raise Conflict(
            f"how VAT is treated for {client.id} has changed since quote {quote.number} was made",
            again,
        )


def _project(store: Store, text: str | None, client: Client) -> dict[str, object]:
    """The project as columns: one of the client that exists, or an id for one to make. Raises Conflict."""
    if not text:
        return {"project_id": None, "new_project": None}
    full = text if "/" in text or text == "-" else f"{client.id}/{text}"
    try:
        row = find_project(store, full, usable=True)
    except NotFound:
        owner, _, slug = full.partition("/")
        if owner != client.id:
            raise
        return {"project_id": None, "new_project": checked_slug(slug, "project")}
    project = clients.project(store, row, _LAST.isoformat())
    if project.client != client.id:
        raise Conflict(
            f"{project.id} is a project of {project.client}, not of {client.id}",
            f"name one of `cowork project list --client {client.id}`",
        )
    return {"project_id": row, "new_project": None}


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def quantity_left(line: QuoteLine) -> Decimal:
    """How much of a line is on no draft and no invoice that counts."""
    return line.quantity - line.billed
