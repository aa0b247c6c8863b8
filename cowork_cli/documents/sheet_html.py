"""A sheet as a page of HTML that prints on A4: a title, rows, and what is to be said of them.

Everything in it is text of others until proved harmless: it is escaped, and the page loads nothing.
"""

from collections.abc import Sequence

from cowork_cli.documents.html_text import escape
from cowork_cli.records import dataclass

_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;color:#1a1a1a;margin:2rem auto;max-width:60rem;padding:0 1rem}"
    "h1{font-size:1.4rem;margin:0 0 .2rem}p{margin:.3rem 0;color:#444}"
    "table{border-collapse:collapse;width:100%;margin:1.2rem 0}"
    "th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid #d5d5d5;vertical-align:top}"
    "th{border-bottom:2px solid #1a1a1a}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    "tfoot td{font-weight:600;border-top:2px solid #1a1a1a}"
    ".signed{margin-top:3rem;display:flex;gap:3rem}.signed div{border-top:1px solid #1a1a1a;flex:1;padding-top:.3rem}"
    "@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;padding:0}}"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it. `figures` are the columns that are numbers, `total` the last row."""

    title: str
    language: str
    lead: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    figures: frozenset[int] = frozenset()
    notes: Sequence[str] = ()
    signed: Sequence[str] = ()


def page(sheet: Sheet) -> bytes:
    """The page, as UTF-8; equal input gives equal bytes."""
    parts = [
        f'<!doctype html><html lang="{escape(sheet.language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(sheet.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(sheet.title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in sheet.lead),
        f"<table><thead>{_row(sheet, sheet.head, 'th')}</thead>",
        f"<tbody>{''.join(_row(sheet, row, 'td') for row in sheet.rows)}</tbody>",
        f"<tfoot>{_row(sheet, sheet.total, 'td')}</tfoot>" if sheet.total else "",
        "</table>",
        *(f"<p>{escape(line)}</p>" for line in sheet.notes),
    ]
    if sheet.signed:
        lines = "".join(f"<div>{escape(line)}</div>" for line in sheet.signed)
        parts.append(f'<div class="signed">{lines}</div>')
    return ("".join(parts) + "</body></html>\n").encode()


def _row(sheet: Sheet, cells: Sequence[str], tag: str) -> str:
    made = [
        f"<{tag}{' class=n' if place in sheet.figures else ''}>{escape(cell)}</{tag}>"
        for place, cell in enumerate(cells)
    ]
    return f"<tr>{''.join(made)}</tr>"
