"""How single things look on a terminal where a card of fields is not enough."""

from collections.abc import Callable
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.output import text
from cowork_cli.output.columns.invoices import COLUMNS, KINDS
from cowork_cli.output.habit import figures
from cowork_cli.output.table_cells import STATE_STYLES, cells_of
from cowork_cli.output.tables import table_of
from cowork_cli.output.views_calendar import calendar_view
from cowork_cli.output.views_days import days_view
from cowork_cli.output.views_einvoice import verification_view
from cowork_cli.output.views_quotes import mailed, plan_view, quote_view
from cowork_cli.output.views_space import comparison_view, grid, space_view


def entry_view(entry: Any, width: int) -> RenderableType:
    """An entry in two lines: what, and when."""
    head = Text.assemble((entry.id, "cyan"), "  ", (entry.project, "bold"), "  ", entry.note or "")
    if entry.tags:
        head.append("  " + " ".join(f"+{tag}" for tag in entry.tags), "magenta")
    end = f"{entry.to:%H:%M}" if entry.to else "now"
    when = Text.assemble(
        f"{text.moment(entry.from_)} – {end}   ",
        (text.duration(entry.duration_s), "bold green" if entry.running else "bold"),
        "   running" if entry.running else "",
    )
    if entry.place:
        when.append(f"   at {entry.place}")
    if not entry.billable:
        when.append("   not billable")
    elif entry.rate is not None:
        when.append(f"   {figures(entry.rate)} an hour")
    if entry.billed_on:
        when.append(f"   billed on {entry.billed_on}")
    if entry.person:
        when.append(f"   by {entry.person}")
    return Group(head, when)


def invoice_view(invoice: Any, width: int) -> RenderableType:
    """An invoice as its page has it: head, lines, totals."""
    title = "Draft" if invoice.state == "draft" else KINDS.get(invoice.type, "Invoice")
    if invoice.advance and invoice.state == "draft":
        title = "Draft of an advance invoice"
    head = Text.assemble(
        (f"{title} {invoice.number or invoice.id}", "bold"),
        f"  to {invoice.client}   ",
        (invoice.state, STATE_STYLES.get(invoice.state, "")),
    )
    facts = [
        f"dated {text.day(invoice.date)}" if invoice.date else "",
        f"due {text.day(invoice.due)}" if invoice.due else "",
        f"for {invoice.period}" if invoice.period.from_ else "",
        f"cancels {invoice.cancels}" if invoice.cancels else "",
        f"cancelled by {invoice.cancelled_by}" if invoice.cancelled_by else "",
        f"replaces {invoice.replaces}" if invoice.replaces else "",
        invoice.tax_case,
        _rate_of(invoice),
        f"of quote {invoice.quote}" if invoice.quote else "",
        f"one of {invoice.plan}" if invoice.plan else "",
        *(f"reminder {row.level} on {text.day(row.date)}" for row in invoice.reminders),
        *mailed(invoice.mailed),
    ]
    totals = Table.grid(padding=(0, 2))
    totals.add_column(justify="right", style="dim")
    totals.add_column(justify="right")
    totals.add_row("net", text.money(invoice.net))
    for row in invoice.vat:
        totals.add_row(row.reason or f"VAT {figures(row.rate)} %", text.money(row.amount))
    totals.add_row("total", Text(text.money(invoice.gross), style="bold"))
    for label, amount in _settled(invoice):
        totals.add_row(label, text.money(amount))
    parts: list[RenderableType] = [head, Text(", ".join(filter(None, facts)), style="dim")]
    if invoice.lines:
        parts.append(table_of(invoice.lines, width, columns=_line_columns()))
    return Group(*parts, Padding(totals, (0, 0, 0, 2)))


def _rate_of(invoice: Any) -> str:
    """What one of its currency is in euro, and on which day."""
    if not invoice.exchange:
        return ""
    rate = figures(invoice.exchange.rate)
    return f"1 {invoice.currency} is {rate} EUR on {text.day(invoice.exchange.day)}"


def _settled(invoice: Any) -> list[tuple[str, Any]]:
    """What stands between the total and what is left: deductions, payments, skonto, credit."""
    rows: list[tuple[str, Any]] = (
        [("VAT in euro", invoice.exchange.vat)] if invoice.exchange else []
    )
    rows += [(f"prepaid with {part.number}", part.amount) for part in invoice.prepaid]
    received = invoice.paid.minor - sum(part.amount.minor for part in invoice.prepaid)
    if received:
        rows.append(("paid", type(invoice.paid)(received, invoice.currency)))
    if invoice.skonto_taken:
        rows.append(("skonto", invoice.skonto_taken))
    if not rows:
        return rows
    if invoice.open.minor < 0:
        return [*rows, ("credit", -invoice.open)]
    left = invoice.gross - invoice.paid if invoice.state == "draft" else invoice.open
    return [*rows, ("open", left)]


def _line_columns() -> list[Any]:
    """The columns of a line with real and billed time side by side: `5:37`, `5.75 hour`."""
    columns = list(COLUMNS["Line"])
    real = next(column for column in columns if column.header == "Real")
    columns.remove(real)
    columns.insert([column.header for column in columns].index("Quantity"), real)
    return columns


def overview_view(overview: Any, width: int) -> RenderableType:
    """The state of the office: a heading for each room that has something to say."""
    parts: list[RenderableType] = []
    if overview.timer:
        parts += [_heading("Timer"), Padding(entry_view(overview.timer, width), (0, 0, 0, 2))]
    else:
        parts += [_heading("Timer"), Text("  none is running")]
    parts += [_heading("Hours"), *_hours(overview)]
    if not overview.bookings:
        parts += [_heading("Booked"), Text("  nothing ahead")]
    lists = (
        ("Booked", overview.bookings, "booking list"),
        ("Outcome unknown: run `cowork booking sync`", overview.unknown, "booking list"),
        ("Deadlines", overview.deadlines, "deadlines"),
        ("Overdue", overview.overdue, "invoice list --overdue"),
    )
    narrow = []
    for title, rows, command in lists:
        if rows:
            parts += [_heading(title), table_of(rows, width, silent=True)]
            narrow += [f"`cowork {command}`"] if cells_of(rows, width).said else []
    if overview.overdue:
        parts.append(_next_step(overview))
    if narrow:
        parts.append(Text(f"There is more in {', '.join(dict.fromkeys(narrow))}.", style="dim"))
    return Group(*parts)


def _hours(overview: Any) -> list[Text]:
    """What was recorded today and this week, and what of all time nobody was billed for."""
    recorded = f"  {text.duration(overview.today_s)} today, " if overview.today_s else "  "
    lines = [Text(f"{recorded}{text.duration(overview.week_s)} this week")]
    if not overview.week_s:
        lines = [Text("  none this week")]
    open_ = overview.unbilled
    if not open_.duration_s:
        return lines
    amounts = [text.money(amount) for amount in open_.amounts]
    if open_.without_rate_s:
        amounts.append(f"{text.duration(open_.without_rate_s)} without a rate")
    return [*lines, Text(f"  {text.duration(open_.duration_s)} to be billed: {', '.join(amounts)}")]


def _next_step(overview: Any) -> Text:
    """What to type now: for the invoice that is overdue longest."""
    number = min(overview.overdue, key=lambda invoice: (invoice.due, invoice.number)).number
    return Text(
        f"  Paid? `cowork invoice pay {number}`\n"
        f"  If not: `cowork invoice remind {number} --out reminder-{number}.pdf`"
    )


def _heading(title: str) -> Text:
    return Text(title, style="bold")


# ---- bookings, addresses


def booking_view(booking: Any, width: int) -> RenderableType:
    """A booking in a few lines: what, when, for whom, and what cancelling costs."""
    end = f"{booking.to:%H:%M}"
    if booking.to.date() != booking.from_.date():
        end = "24:00" if end == "00:00" else text.moment(booking.to)
    head = Text.assemble(
        (booking.id, "cyan"), "  ", (booking.desk_name, "bold"), f"  at {booking.space_name}   ",
        (booking.state, STATE_STYLES.get(booking.state, "")),
    )  # fmt: skip
    rows = [
        ("when", f"{text.moment(booking.from_)} – {end}  ({booking.timezone})"),
        ("for", booking.person or ""),
        ("title", booking.title or ""),
        ("project", booking.project or ""),
        ("price", text.price(booking.price)),
        ("VAT", text.money(booking.vat)),
        ("credits", "" if booking.credits is None else str(booking.credits)),
        ("cancel until", text.moment(booking.cancel_until)),
        ("check in by", text.moment(booking.check_in_by)),
        ("checked in", text.moment(booking.checked_in)),
        ("cancel fee", text.money(booking.cancel_fee)),
        ("series", booking.series or ""),
        ("account", booking.account),
        ("desk", str(booking.desk_ref)),
        ("ref", str(booking.ref or "")),
    ]
    return Group(head, grid(rows))


def address_view(address: Any, width: int) -> RenderableType:
    """An address as it stands on an envelope, then what is known of the contract behind it."""
    head = Text.assemble(
        (address.id, "cyan"), "  ", (address.state, STATE_STYLES.get(address.state, ""))
    )
    town = " ".join(part for part in (address.postcode, address.city) if part)
    envelope = [*address.recipient_names, address.name, address.street or "", town]
    known = [
        (use, answer.allowed) for use, answer in address.uses.items() if answer.allowed != "unknown"
    ]
    rows = [
        ("starts", text.day(address.starts)),
        ("ends", text.day(address.ends)),
        ("price", text.price(address.price)),
        ("country", address.country or ""),
        ("provider", address.provider or ""),
        ("plan", address.plan or ""),
        ("space", str(address.ref or "")),
        ("contract", address.contract_id or ""),
        ("finish at", address.finish_url or ""),
        ("allowed for", ", ".join(f"{use}: {allowed}" for use, allowed in known)),
    ]
    lines = Padding(Text("\n".join(line for line in envelope if line), style="bold"), (0, 0, 0, 2))
    return Group(head, lines, grid(rows))


VIEWS: dict[str, Callable[[Any, int], RenderableType]] = {
    "Entry": entry_view,
    "Invoice": invoice_view,
    "Quote": quote_view,
    "InvoicePlan": plan_view,
    "Overview": overview_view,
    "InvoiceVerification": verification_view,
    "Space": space_view,
    "NotedSpace": space_view,
    "SpaceDetails": space_view,
    "Comparison": comparison_view,
    "CalendarMonth": calendar_view,
    "DayPicture": days_view,
    "Booking": booking_view,
    "HeldAddress": address_view,
}
