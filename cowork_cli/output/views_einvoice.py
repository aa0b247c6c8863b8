"""A checked e-invoice on a terminal: head, parties, lines, totals, and what was found."""

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.output import text
from cowork_cli.output.habit import figures
from cowork_cli.output.tables import table_of

_SYNTAXES = {"cii": "CII", "ubl": "UBL", "hybrid-pdf": "hybrid PDF"}
_TITLES = {326: "Part invoice", 381: "Credit note", 384: "Corrected invoice", 389: "Self-billing"}
_STYLES = {"error": "bold red", "not-checked": "cyan", "warning": "yellow", "info": "dim"}
_COUNTED = {
    "error": ("error", None),
    "not-checked": ("part not checked", "parts not checked"),
    "warning": ("warning", None),
    "info": ("remark", None),
}


def verification_view(found: Any, width: int) -> RenderableType:
    """The invoice as its page would have it, then the findings."""
    parts = _invoice(found.invoice, found.kind, width)
    verdict = (
        Text("valid", style="bold green") if found.valid else Text("INVALID", style="bold red")
    )
    counts = [
        text.count(sum(row.severity == kind for row in found.problems), *words)
        for kind, words in _COUNTED.items()
        if any(row.severity == kind for row in found.problems)
    ]
    parts.append(Text.assemble(verdict, f"   {', '.join(counts)}" if counts else ""))
    if found.problems:
        grid = Table.grid(padding=(0, 2))
        grid.add_column()
        grid.add_column(overflow="fold")
        for row in found.problems:
            said = Text.assemble(row.message, (f"  {row.rule}", "dim"))
            grid.add_row(Text(row.severity, style=_STYLES[row.severity]), said)
        parts.append(Padding(grid, (0, 0, 0, 2)))
    return Group(*parts)


def _invoice(invoice: Any, kind: str, width: int) -> list[RenderableType]:
    head = Text.assemble(
        (f"{_TITLES.get(invoice.type, 'Invoice')} {invoice.number or '(no number)'}", "bold"),
        f"   {_SYNTAXES[kind]}",
        f", {invoice.profile}" if invoice.profile else "",
    )
    period = invoice.period
    facts = [
        f"dated {text.day(invoice.date)}" if invoice.date else "",
        f"due {text.day(invoice.due)}" if invoice.due else "",
        f"for {period}" if period.from_ or period.to else "",
        f"refers to {invoice.cancels or invoice.replaces}"
        if invoice.cancels or invoice.replaces
        else "",
    ]
    sides = Table.grid(padding=(0, 4))
    sides.add_column(overflow="fold", max_width=max(width // 2 - 4, 20))
    sides.add_column(overflow="fold", max_width=max(width // 2 - 4, 20))
    sides.add_row(_side("from", invoice.seller), _side("to", invoice.buyer))
    parts: list[RenderableType] = [head, Text(", ".join(filter(None, facts)), style="dim")]
    parts.append(Padding(sides, (1, 0, 0, 2)))
    if invoice.lines:
        parts.append(table_of(invoice.lines, width))
    parts.append(Padding(_totals(invoice), (0, 0, 0, 2)))
    more = [
        f"pay to {invoice.account}" if invoice.account else "",
        *(invoice.terms or "").split("\n"),
    ]
    more += [line for note in invoice.notes for line in note.split("\n")]
    said = "\n".join(line for line in more if line)
    parts.append(Padding(Text(said, style="dim"), (1, 0, 1, 2)) if said else Text(""))
    return parts


def _side(label: str, party: Any) -> Text:
    town = " ".join(part for part in (party.country, party.postcode, party.city) if part)
    ids = [
        f"VAT id {party.vat_id}" if party.vat_id else "",
        f"tax number {party.tax_number}" if party.tax_number else "",
    ]
    lines = [party.street, town, *ids, party.email]
    below = "".join(f"\n{line}" for line in lines if line)
    return Text.assemble((f"{label} ", "dim"), (party.name or "(no name)", "bold"), below)


def _totals(invoice: Any) -> Table:
    totals = Table.grid(padding=(0, 2))
    totals.add_column(justify="right", style="dim")
    totals.add_column(justify="right")
    if invoice.allowances or invoice.charges:
        for label, value in (
            ("lines", invoice.line_total),
            ("allowances", -invoice.allowances if invoice.allowances else None),
            ("charges", invoice.charges),
        ):
            if value is not None:
                totals.add_row(label, text.money(value))
    totals.add_row("net", text.money(invoice.net))
    for row in invoice.vat:
        rate = "" if row.rate is None else f" {figures(row.rate)} %"
        totals.add_row(Text(row.reason or f"VAT{rate}"), text.money(row.amount))
    totals.add_row("total", Text(text.money(invoice.gross), style="bold"))
    if invoice.paid and invoice.paid.amount:
        totals.add_row("paid", text.money(invoice.paid))
    if invoice.rounding and invoice.rounding.amount:
        totals.add_row("rounding", text.money(invoice.rounding))
    if invoice.open != invoice.gross:
        totals.add_row("due", text.money(invoice.open))
    return totals
