"""How single things look on a terminal where a card of fields is not enough."""

from collections.abc import Callable
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.output import text


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
    if entry.billed_on:
        when.append(f"   billed on {entry.billed_on}")
    return Group(head, when)


def invoice_view(invoice: Any, width: int) -> RenderableType:
    """An invoice as its page has it: head, lines, totals."""
    from cowork_cli.output.tables import STATE_STYLES, table_of

    names = {380: "Invoice", 384: "Cancellation"}
    title = "Draft" if invoice.state == "draft" else names.get(invoice.type, "Invoice")
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
    ]
    totals = Table.grid(padding=(0, 2))
    totals.add_column(justify="right", style="dim")
    totals.add_column(justify="right")
    totals.add_row("net", text.money(invoice.net))
    for row in invoice.vat:
        totals.add_row(row.reason or f"VAT {row.rate:f} %", text.money(row.amount))
    totals.add_row("total", Text(text.money(invoice.gross), style="bold"))
    if invoice.paid.minor:
        totals.add_row("paid", text.money(invoice.paid))
        totals.add_row("open", text.money(invoice.open))
    parts: list[RenderableType] = [head, Text(", ".join(filter(None, facts)), style="dim")]
    if invoice.lines:
        parts.append(table_of(invoice.lines, width))
    return Group(*parts, Padding(totals, (0, 0, 0, 2)))


def overview_view(overview: Any, width: int) -> RenderableType:
    """The state of the office: a heading for each room that has something to say."""
    from cowork_cli.output.tables import table_of

    parts: list[RenderableType] = []
    if overview.timer:
        parts += [_heading("Timer"), Padding(entry_view(overview.timer, width), (0, 0, 0, 2))]
    else:
        today = f"; {text.duration(overview.today_s)} recorded today" if overview.today_s else ""
        parts += [_heading("Timer"), Text(f"  none is running{today}")]
    if overview.bookings:
        parts += [_heading("Booked"), table_of(overview.bookings, width)]
    else:
        parts += [_heading("Booked"), Text("  nothing ahead")]
    if overview.unknown:
        parts += [
            _heading("Outcome unknown: run `cowork booking sync`"),
            table_of(overview.unknown, width),
        ]
    if overview.deadlines:
        parts += [_heading("Deadlines"), table_of(overview.deadlines, width)]
    if overview.overdue:
        parts += [_heading("Overdue"), table_of(overview.overdue, width)]
    return Group(*parts)


def _heading(title: str) -> Text:
    return Text(title, style="bold")


VIEWS: dict[str, Callable[[Any, int], RenderableType]] = {
    "Entry": entry_view,
    "Invoice": invoice_view,
    "Overview": overview_view,
}
