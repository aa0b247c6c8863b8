"""The invoice as one web page that needs nothing else: the words and figures of the PDF.

Every text is escaped; there is no script, no font and no image from outside.
"""

from typing import Any

from cowork_cli.documents.html_text import escape
from cowork_cli.documents.invoice_pdf import page_view
from cowork_cli.domain.invoice import InvoiceDocument

_STYLE = """
:root { --ink: #16202b; --soft: #5b6672; --hair: #d9dee2; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f6; color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 58rem; margin: 2.5rem auto; padding: 3.5rem 4rem; background: #fff;
  border-radius: 4px; box-shadow: 0 1px 3px rgb(22 32 43 / .12); }
header { display: flex; flex-wrap: wrap; gap: 1.5rem; justify-content: space-between; }
header img { display: block; max-width: 15rem; max-height: 6rem; margin-top: 1rem; }
header strong { font-size: 1.35rem; } h1 { margin: 2.5rem 0 .25rem; font-size: 1.9rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
p { margin: .75rem 0; white-space: pre-line; } .soft, dt, th, small { color: var(--soft); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.5rem; margin: 0; }
dd { margin: 0; } header dd { text-align: right; } address { font-style: normal; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; margin-top: 1.75rem;
  font-variant-numeric: tabular-nums; }
th { font-weight: 400; font-size: .85rem; text-align: left; border-bottom: 1.5px solid var(--ink); }
th, td { padding: .55rem .6rem; vertical-align: top; overflow-wrap: anywhere; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
td { border-bottom: 1px solid var(--hair); } small { display: block; }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.totals { width: auto; min-width: 22rem; margin: 1rem 0 2rem auto; }
.totals td { border: 0; padding: .2rem 0 .2rem 1.5rem; }
.totals .strong td { border-top: 1.5px solid var(--ink); font-size: 1.2rem; font-weight: 600;
  padding-top: .5rem; }
.pay { display: flex; flex-wrap: wrap; gap: 1.25rem; justify-content: space-between; }
.codes { display: flex; gap: .5rem; } figure { margin: 0; width: 8.5rem; text-align: center; }
figcaption { font-size: .8rem; color: var(--soft); } figure svg { width: 100%; display: block; }
footer { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; justify-content: space-between;
  margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--hair); font-size: .8rem;
  color: var(--soft); }
footer div::first-line { color: var(--ink); }
@media (max-width: 40rem) { main { margin: 0; padding: 1.5rem 1.25rem; border-radius: 0; }
  .totals { min-width: 100%; } th, td { padding: .45rem .3rem; font-size: .9rem; } }
@media print { body { background: #fff; } main { margin: 0; padding: 0; box-shadow: none;
  max-width: none; } tr, .pay { break-inside: avoid; } }
"""

View = dict[str, Any]


def render_html(document: InvoiceDocument) -> bytes:
    """The page as UTF-8; equal input gives equal bytes."""
    return render_view(page_view(document), document.logo)


def render_view(view: View, logo: str | None) -> bytes:
    """The same of a view, that of an invoice or of a quote; `logo` is an image as a data URL."""
    parts = [
        "<!doctype html>",
        f'<html lang="{view["language"]}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(view['title'])}</title><style>{_STYLE}</style></head><body><main>",
        _head(view, logo),
        f"<h1>{_text(view['heading'])}</h1>",
        f'<p class="soft">{_text(view["subtitle"])}</p>' if view["subtitle"] else "",
        _lines(view),
        _totals(view),
        "".join(f"<p>{_text(reason)}</p>" for reason in view["reasons"]),
        _payment(view),
        "".join(f"<p>{_text(note)}</p>" for note in view["notes"]),
        _timesheet(view),
        _footer(view),
        "</main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


def _head(view: View, logo: str | None) -> str:
    letterhead = view["letterhead"]
    contact = (
        f'<div class="soft">{_text(letterhead["contact"])}</div>' if letterhead["contact"] else ""
    )
    if logo:
        contact += f'<img src="{escape(logo)}" alt="{_text(letterhead["logo"])}">'
    recipient = "<br>".join(_text(line) for line in view["recipient"])
    return (
        f"<header><div><strong>{_text(letterhead['name'])}</strong>{contact}"
        f"<address>{recipient}</address></div>{_facts(view['info'])}</header>"
    )


def _facts(rows: list[View]) -> str:
    return "<dl>" + "".join(_fact(row) for row in rows) + "</dl>"


def _fact(row: View) -> str:
    value = _text(row["value"])
    return f"<dt>{_text(row['label'])}</dt><dd>{f'<b>{value}</b>' if row['strong'] else value}</dd>"


def _lines(view: View) -> str:
    words, rows = view["words"], view["lines"]
    names = ["position", "text", "quantity", "unit", "price", "rate", "net"]
    if not any(row["rate"] for row in rows):
        names.remove("rate")
    head = "".join(f"<th{_number(name)}>{_text(words[name])}</th>" for name in names)
    return _table(head, ("".join(_cell(name, row) for name in names) for row in rows))


def _cell(name: str, row: View) -> str:
    more = "".join(f"<small>{_text(part)}</small>" for part in row["details"] if name == "text")
    return f"<td{_number(name)}>{_text(row[name])}{more}</td>"


def _number(name: str) -> str:
    return ' class="n"' if name in ("quantity", "price", "rate", "net", "hours", "billed") else ""


def _table(head: str, rows: Any) -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _totals(view: View) -> str:
    rows = "".join(
        ('<tr class="strong">' if row["strong"] else "<tr>")
        + f'<td>{_text(row["label"])}</td><td class="n">{_text(row["amount"])}</td></tr>'
        for row in view["totals"]
    )
    return f'<table class="totals"><tbody>{rows}</tbody></table>'


def _payment(view: View) -> str:
    payment = view["payment"]
    if payment is None:
        return ""
    codes = "".join(
        f"<figure>{code['svg']}<figcaption>{_text(code['label'])}<br>{_text(code['amount'])}"
        "</figcaption></figure>"
        for code in payment["codes"]
    )
    rows = _facts(payment["rows"]) if payment["rows"] else ""
    codes = f'<div class="codes">{codes}</div>' if codes else ""
    return f'<p>{_text(payment["text"])}</p><div class="pay">{rows}{codes}</div>'


def _timesheet(view: View) -> str:
    sheet, words = view["timesheet"], view["words"]
    if sheet is None:
        return ""
    columns = ("date", "time", "text", "hours", "billed")
    head = "".join(f"<th{_number(name)}>{_text(words[f'sheet_{name}'])}</th>" for name in columns)
    rows = [
        f"<td>{_text(row['date'])}</td><td>{_text(row['time'])}</td>"
        f"<td>{_text(row['text'][0])}{''.join(f'<small>{_text(t)}</small>' for t in row['text'][1:])}"
        f'</td><td class="n">{_text(row["hours"])}</td><td class="n">{_text(row["billed"])}</td>'
        for row in sheet["rows"]
    ]
    rows.append(
        f'<td colspan="3"><b>{_text(words["sheet_total"])}</b></td>'
        f'<td class="n"><b>{_text(sheet["hours"])}</b></td>'
        f'<td class="n"><b>{_text(sheet["billed"])}</b></td>'
    )
    return f"<h2>{_text(sheet['title'])}</h2>{_table(head, rows)}"


def _footer(view: View) -> str:
    columns = "".join(
        f"<div>{'<br>'.join(_text(row['text']) for row in column)}</div>"
        for column in view["footer"]
    )
    text = f"<p>{_text(view['footer_text'])}</p>" if view["footer_text"] else ""
    return f"<footer>{columns}</footer>{text}"


def _text(text: str) -> str:
    return "<wbr>".join(map(escape, text.split("\u200b")))
