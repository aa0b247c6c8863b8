"""How a quote and a recurring invoice look on a terminal: head, lines, sums, and what became of them."""

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.domain.invoice_plan import price_steps
from cowork_cli.output import text
from cowork_cli.output.columns.quotes import COLUMNS
from cowork_cli.output.table_cells import STATE_STYLES
from cowork_cli.output.tables import table_of


def quote_view(quote: Any, width: int) -> RenderableType:
    """A quote as its page has it, then what was agreed and billed."""
    title = f"  {quote.title}" if quote.title else ""
    head = Text.assemble(
        (f"Quote {quote.number}", "bold"),
        f"{title}  to {quote.client}   ",
        (quote.state, STATE_STYLES.get(quote.state, "")),
    )
    facts = [
        f"dated {text.day(quote.date)}",
        f"valid until {text.day(quote.valid_until)}",
        f"{quote.state} on {text.day(quote.decided)}" if quote.decided else "",
        quote.reason or "",
        f"order {quote.order_ref}" if quote.order_ref else "",
        quote.tax_case,
        *mailed(quote.mailed),
    ]
    rows = [("net", quote.net)]
    rows += [(row.reason or f"VAT {row.rate:f} %", row.amount) for row in quote.vat]
    rows.append(("total", quote.gross))
    if quote.agreed is not None:
        rows += [("agreed, net", quote.agreed), ("billed", quote.billed), ("left", quote.left)]
    parts: list[RenderableType] = [head, Text(", ".join(filter(None, facts)), style="dim")]
    parts.append(table_of(quote.lines, width, columns=_line_columns(quote)))
    parts.append(Padding(_sums(rows), (0, 0, 0, 2)))
    if quote.note:
        parts.append(Text(quote.note, style="dim"))
    behind = [f"project {quote.project}"] if quote.project else []
    behind += [f"billed on {', '.join(quote.invoices)}"] if quote.invoices else []
    if behind:
        parts.append(Text(", ".join(behind), style="dim"))
    return Group(*parts)


def plan_view(plan: Any, width: int) -> RenderableType:
    """A recurring invoice: what it says, at which prices, and what it has billed."""
    head = Text.assemble(
        (f"{plan.id}", "bold cyan"), f"  to {plan.client} every {plan.every}   ",
        (f"next on {text.day(plan.next)}" if plan.next else "over", "" if plan.next else "dim"),
    )  # fmt: skip
    facts = [
        f"from {text.day(plan.from_)}",
        f"until {text.day(plan.until)}" if plan.until else "",
        "issued" if plan.issue else "left as a draft",
        "when a period is over" if plan.arrears else "on the first day",
        f"order {plan.order_ref}" if plan.order_ref else "",
    ]
    currency = plan.net.currency
    steps = [
        f"{line}: {text.rate(row.price, currency)} from {text.day(row.from_)}"
        for line, row in price_steps(plan)
    ]
    parts: list[RenderableType] = [head, Text(", ".join(filter(None, facts)), style="dim")]
    parts.append(table_of(plan.lines, width))
    parts += [Text(step, style="dim") for step in steps]
    parts.append(Padding(_sums([("net", plan.net)]), (0, 0, 0, 2)))
    if plan.note:
        parts.append(Text(plan.note, style="dim"))
    if plan.periods:
        parts.append(table_of(plan.periods, width))
    return Group(*parts)


def mailed(rows: Any) -> list[str]:
    """`mailed to ap@acme.example on 25 Nov 2026`, for each mail that may have arrived."""
    words = {
        "sent": "mailed",
        "failed": "",
        "unknown": "perhaps mailed",
        "sending": "perhaps mailed",
    }
    return [
        f"{f'reminder {row.level} ' if row.level else ''}{words[row.state]} to {row.to} on "
        f"{text.day(row.at.date())}"
        for row in rows
        if words[row.state]
    ]


def _line_columns(quote: Any) -> list[Any]:
    """What says something: choices and what is billed stand there where there are some."""
    hidden = set()
    if len({row.vat_rate for row in quote.lines}) == 1:
        hidden.add("VAT %")  # the sums say it
    if all(row.choice is None for row in quote.lines):
        hidden |= {"Choice", "Taken"}
    if quote.state != "accepted":
        hidden |= {"Taken", "Billed"}
    return [column for column in COLUMNS["QuoteLine"] if column.header not in hidden]


def _sums(rows: list[tuple[str, Any]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim")
    table.add_column(justify="right")
    for label, amount in rows:
        shown = text.money(amount)
        table.add_row(label, Text(shown, style="bold") if label in ("total", "left") else shown)
    return table
