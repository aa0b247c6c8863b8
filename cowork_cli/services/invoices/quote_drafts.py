"""From a quote that was accepted to the draft of its invoice: its lines, its hours, or an advance.

What stands on a draft or an invoice that counts is billed: the next draft takes only what is left.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.documents.formats import date_text, rate_text
from cowork_cli.documents.words.lines import WORDS
from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice, Line, total
from cowork_cli.domain.money import Money, line_net
from cowork_cli.domain.period import Period
from cowork_cli.domain.quote import Quote, QuoteLine
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.records import dataclass, replace
from cowork_cli.services.clients.clients import find_client
from cowork_cli.services.invoices import drafts
from cowork_cli.services.invoices.editing import add_deduction
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.services.invoices.quote_limits import refuse_late_advance
from cowork_cli.services.invoices.quotes import find, quantity_left, usable_client
from cowork_cli.store import invoice_parts, invoices, quotes
from cowork_cli.store.engine.store import Store
from cowork_cli.store.quotes import Advance


@dataclass(frozen=True, slots=True)
class FromQuote:
    """A new draft, and what is to be told of it."""

    invoice: Invoice
    notes: tuple[str, ...]
    nothing: tuple[str, ...] = ()


def draft(
    store: Store,
    number: str,
    wanted: drafts.Wanted,
    share: str | None,
    today: dt.date,
    settings: drafts.Settings,
) -> FromQuote:
    """Drafts what an accepted quote leaves to bill.

    With a project or a period the recorded hours, on account of the quote; as an advance a `share`
    (`30%`) of what was agreed; else its lines, less the advances that were paid. Raises NotFound,
    Conflict for a quote that was not accepted or is billed, UsageError and BadInput for the share.
    """
    quote_id, quote = find(store, number, today)
    _refuse_unagreed(store, (quote_id, quote), wanted)
    if share is not None and not wanted.advance:
        raise UsageError("--share is of an advance", "give `--advance` too, or leave it out")
    if wanted.advance:
        return _advance(store, (quote_id, quote), wanted, share, today, settings)
    if wanted.projects or wanted.period != Period(None, None):
        made = drafts.draft(store, replace(wanted, quote=quote_id), today, settings)
        return FromQuote(made.invoice, (_said_left(store, quote_id, today),), made.nothing)
    return _lines(store, (quote_id, quote), wanted, today, settings)


def _lines(
    store: Store,
    which: tuple[int, Quote],
    wanted: drafts.Wanted,
    today: dt.date,
    settings: drafts.Settings,
) -> FromQuote:
    quote_id, quote = which
    with store.transaction():
        quote = quotes.quote(store, quote_id, today.isoformat())
        client_row = quotes.client_of(store, quote_id)
        client = _payer(store, client_row, quote, today)
        drafts.refuse_unsaid_tax(store, client_row, client, settings)
        ids = quotes.line_ids(store, quote_id)
        made = [
            drafts.Made(_rest(line, quote.currency), quote_line=row)
            for row, line in zip(ids, quote.lines, strict=True)
            if line.taken and quantity_left(line)
        ]
        if not made:
            raise Conflict(
                f"all of quote {quote.number} is on {', '.join(quote.invoices)} already",
                f"see it with `cowork quote show {quote.number}`",
            )
        columns = _columns(quote_id, quote, wanted, client, settings)
        new = drafts.write(store, (client_row, client), made, columns, today, settings)
        new, notes = _deduct(store, new, quotes.advances(store, quote_id, quote.currency), today)
    if quote.project:
        notes = (
            *notes,
            f"Hours recorded for {quote.project} are not on it: they stay unbilled; "
            f"`cowork invoice draft {quote.client} --quote {quote.number} --project {quote.project}` "
            "bills those instead.",
        )
    return FromQuote(new, notes)


def _advance(
    store: Store,
    which: tuple[int, Quote],
    wanted: drafts.Wanted,
    share: str | None,
    today: dt.date,
    settings: drafts.Settings,
) -> FromQuote:
    quote_id, quote = which
    drafts.refuse_timeless(wanted)
    percent = _percent(share)
    with store.transaction():
        client_row = quotes.client_of(store, quote_id)
        client = _payer(store, client_row, quote, today)
        drafts.refuse_unsaid_tax(store, client_row, client, settings)
        lines = _shares(quote, percent, language_of(client, settings))
        made = [drafts.Made(line) for line in lines]
        before = sum(
            row.net.minor for row in quotes.advances(store, quote_id, quote.currency)
            if not row.deducted
        )  # fmt: skip
        asked = Money(before + sum(line.net.minor for line in lines), quote.currency)
        agreed = quote.agreed or quote.net
        if asked.minor > agreed.minor:
            raise Conflict(
                f"advances of {asked} are more than the {agreed} of quote {quote.number}",
                "ask for a smaller `--share`",
            )
        refuse_late_advance(quote, total(tuple(line.net for line in lines), quote.currency))
        columns = _columns(quote_id, quote, wanted, client, settings)
        new = drafts.write(store, (client_row, client), made, columns, today, settings)
    return FromQuote(
        new, (f"The last invoice of quote {quote.number} deducts it once it is paid.",)
    )


# ---- parts


def _refuse_unagreed(store: Store, which: tuple[int, Quote], wanted: drafts.Wanted) -> None:
    quote_id, quote = which
    if find_client(store, wanted.client) != quotes.client_of(store, quote_id):
        raise Conflict(
            f"quote {quote.number} was made to {quote.client}, not to {wanted.client}",
            f"draft it with `cowork invoice draft {quote.client} --quote {quote.number}`",
        )
    if quote.state != "accepted":
        remedy = "send" if quote.state == "draft" else "accept"
        raise Conflict(
            f"quote {quote.number} is {quote.state}; only what was accepted is billed",
            f"`cowork quote {remedy} {quote.number}`"
            if quote.state != "declined"
            else f"see it with `cowork quote show {quote.number}`",
        )
    if wanted.replaces or wanted.empty:
        raise UsageError(
            "a draft is of a quote, or it is something else",
            "leave out `--replaces` and `--empty`",
        )


def _payer(store: Store, client_row: int, quote: Quote, today: dt.date) -> Client:
    """The client. Raises Conflict for one that is archived or pays in another currency by now."""
    client = usable_client(store, client_row, today)
    if client.currency != quote.currency:
        raise Conflict(
            f"quote {quote.number} is in {quote.currency}, but {client.id} pays in {client.currency}",
            f"`cowork client edit {client.id} --currency {quote.currency}`, or offer anew",
        )
    return client


def _rest(line: QuoteLine, currency: str) -> Line:
    """What is left of a line, with its part of the discount."""
    left = quantity_left(line)
    if left == line.quantity:
        return line.line
    discount = line.discount
    if discount is not None:
        discount = Money.of(discount.amount * left / line.quantity, currency)
    net = line_net(left, line.price, discount, currency)
    return replace(line.line, quantity=left, discount=discount, net=net)


def _columns(
    quote_id: int,
    quote: Quote,
    wanted: drafts.Wanted,
    client: Client,
    settings: drafts.Settings,
) -> dict[str, object]:
    language = language_of(client, settings)
    by_quote = WORDS[language]["by_quote"].format(
        number=quote.number, date=date_text(quote.date, language)
    )
    period = wanted.period
    return {
        "type": drafts.type_of(client, advance=wanted.advance),
        "series": wanted.series,
        "period_from": period.from_.isoformat() if period.from_ else None,
        "period_to": period.to.isoformat() if period.to else None,
        "order_ref": wanted.order_ref or quote.order_ref,
        "note": wanted.note or by_quote,
        "quote_id": quote_id,
    }


def _deduct(
    store: Store, new: Invoice, advances: Sequence[Advance], today: dt.date
) -> tuple[Invoice, tuple[str, ...]]:
    """Takes off the advances that were paid; returns the draft after it, and what is told of each."""
    draft_id = invoices.find(store, new.id)
    assert draft_id is not None
    notes = []
    for advance in advances:
        paid = invoices.invoice(store, advance.id, today.isoformat())
        other = invoice_parts.deducted_on(store, advance.id)
        if other is not None:
            notes.append(f"The advance {advance.name} is deducted on {other}.")
            continue
        if paid.state != "paid":
            notes.append(
                f"The advance {advance.name} is {paid.state} and not deducted; when it is paid: "
                f"`cowork invoice prepaid {new.id} --invoice {advance.name}`."
            )
            continue
        add_deduction(store, (draft_id, new), (advance.id, paid))
        notes.append(f"The advance {advance.name} of {paid.gross} is deducted.")
    return invoices.invoice(store, draft_id, today.isoformat()), tuple(notes)


def _percent(share: str | None) -> Decimal:
    """`30%` as percent. Raises UsageError where none is given, BadInput."""
    hint = "write it as `--share 30%`"
    if share is None:
        raise UsageError("how much of the quote the advance asks for is not known", hint)
    value = parse_decimal(share.strip().removesuffix("%").strip(), "share", digits=2)
    if not 0 < value <= 100:
        raise BadInput(f'a share of "{share}" is not between 0 and 100 %', hint)
    return value


def _shares(quote: Quote, percent: Decimal, language: str) -> list[Line]:
    """A line for each rate of VAT: that part of what was agreed."""
    sums: dict[tuple[Decimal, str], int] = {}
    for row in quote.lines:
        if row.taken:
            key = (row.vat_rate, row.vat_category)
            sums[key] = sums.get(key, 0) + row.net.minor
    words = WORDS[language]["advance"].format(
        percent=rate_text(percent, language),
        number=quote.number,
        date=date_text(quote.date, language),
    )
    text = " ".join(words.split())  # blanks on a line are plain ones, as in what is typed
    lines = []
    for (rate, category), minor in sorted(sums.items(), key=lambda row: -row[0][0]):
        part = Money.of(Money(minor, quote.currency).amount * percent / 100, quote.currency)
        lines.append(Line(text, Decimal(1), "flat", part.amount, None, rate, category, part))
    return lines


def _said_left(store: Store, quote_id: int, today: dt.date) -> str:
    quote = quotes.quote(store, quote_id, today.isoformat())
    return f"It counts for quote {quote.number}, of which {quote.left} is not billed yet."
