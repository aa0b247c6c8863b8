"""The page of hours as one file that needs nothing else: charts as SVG, light and dark, made to be printed.

Every text is escaped; there is no script, no font and no image from outside.
"""

from typing import Any

from cowork_cli.documents.hours_view import view_of
from cowork_cli.documents.html_text import escape
from cowork_cli.domain.picture import HoursPage

View = dict[str, Any]
_WIDTH, _HEIGHT, _LEFT, _BELOW = 720, 240, 34, 24
_STYLE = """
:root { --ink: #16202b; --soft: #5b6672; --hair: #d9dee2; --paper: #fff; --desk: #f3f5f6;
  --bar: #1f6feb; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9aa6b2; --hair: #333c46;
  --paper: #161b22; --desk: #0d1117; --bar: #58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink); font: 16px/1.5 system-ui,
  -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 56rem; margin: 2.5rem auto; padding: 3rem 3.5rem; background: var(--paper);
  border-radius: 4px; box-shadow: 0 1px 3px rgb(22 32 43 / .12); }
header { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between;
  color: var(--soft); } header strong { color: var(--ink); }
h1 { margin: 2rem 0 0; font-size: 2rem; line-height: 1.2; } h2 { margin: 2.5rem 0 .75rem;
  font-size: 1.1rem; } .soft { color: var(--soft); margin: .25rem 0 0; }
.numbers { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; margin: 2rem 0 0; }
.numbers div { border-top: 2px solid var(--ink); padding-top: .5rem; }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-size: 1.7rem; font-weight: 600;
  font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 11px; }
.grid { stroke: var(--hair); } .bar { fill: var(--bar); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { font-weight: 400; font-size: .85rem; color: var(--soft); text-align: left; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--hair); overflow-wrap: anywhere; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; } .share { width: 40%; }
tfoot td { font-weight: 600; border-bottom: 0; border-top: 1.5px solid var(--ink); }
.list { columns: 2; column-gap: 3rem; list-style: none; margin: 0; padding: 0;
  font-variant-numeric: tabular-nums; }
.list li { display: flex; justify-content: space-between; padding: .25rem 0;
  border-bottom: 1px solid var(--hair); break-inside: avoid; }
footer { margin-top: 2.5rem; font-size: .8rem; color: var(--soft); }
@media (max-width: 40rem) { main { margin: 0; padding: 1.5rem 1.25rem; border-radius: 0; }
  .list { columns: 1; } dd { font-size: 1.3rem; } }
@media print { :root { --ink: #16202b; --soft: #5b6672; --hair: #d9dee2; --paper: #fff;
  --desk: #fff; --bar: #1f6feb; color-scheme: light; }
  @page { size: A4; margin: 16mm; } body { font-size: 12px; } main { margin: 0; padding: 0;
  box-shadow: none; max-width: none; } h1 { margin-top: 1rem; } h2 { margin: 1.5rem 0 .5rem; }
  .numbers { margin-top: 1rem; } td, th, .list li { padding-top: .2rem; padding-bottom: .2rem; } h2 { break-after: avoid; } svg, tr, .numbers { break-inside: avoid; }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def render_hours_html(page: HoursPage) -> bytes:
    """The page as UTF-8; equal input gives equal bytes."""
    view = view_of(page)
    title = f"{view['heading']} {view['subtitle']}"
    parts = [
        "<!doctype html>",
        f'<html lang="{view["language"]}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>",
        _head(view),
        f'<h1>{escape(view["heading"])}</h1><p class="soft">{escape(view["subtitle"])}</p>',
        f"<p>{escape(view['empty'])}</p>" if view["empty"] else _body(view),
        f"<footer>{escape(view['made'])}</footer></main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


def _head(view: View) -> str:
    first, *more = view["seller"] or [""]
    names = "".join(f"<br>{escape(name)}" for name in more)
    contact = "<br>".join(map(escape, view["contact"]))
    return (
        f"<header><div><strong>{escape(first)}</strong>{names}</div><div>{contact}</div></header>"
    )


def _body(view: View) -> str:
    numbers = "".join(
        f"<div><dt>{escape(row['label'])}</dt><dd>{escape(row['value'])}</dd></div>"
        for row in view["numbers"]
    )
    items = "".join(
        f"<li><span>{escape(bar['name'])}</span><span>{escape(bar['hours'])}</span></li>"
        for bar in view["bars"]
        if bar["some"]
    )
    return (
        f'<dl class="numbers">{numbers}</dl>\n<h2>{escape(view["chart"])}</h2>\n{_chart(view)}\n'
        f"<h2>{escape(view['words']['by_project'])}</h2>\n{_projects(view)}\n"
        f'<h2>{escape(view["unit"])}</h2>\n<ul class="list">{items}</ul>'
    )


def _chart(view: View) -> str:
    """Bars over a grid; what a bar stands for is also its title, and in the list below."""
    room, high = _WIDTH - _LEFT, _HEIGHT - _BELOW - 8
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(view["chart"])}">'
    ]
    for line in view["lines"]:
        y = 8 + high * (1 - line["share"])
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(line["label"])}</text>'
        )
    slot = room / len(view["bars"])
    for number, bar in enumerate(view["bars"]):
        x, height = _LEFT + slot * number, high * bar["share"]
        wide = min(slot * 0.7, 40)
        if bar["some"]:
            parts.append(
                f'<rect class="bar" x="{x + (slot - wide) / 2:.1f}" y="{8 + high - height:.1f}" '
                f'width="{wide:.1f}" height="{height:.1f}" rx="1.5">'
                f"<title>{escape(bar['name'])}: {escape(bar['hours'])}</title></rect>"
            )
        if bar["label"]:
            parts.append(
                f'<text x="{x + slot / 2:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">'
                f"{escape(bar['label'])}</text>"
            )
    return "".join([*parts, "</svg>"])


def _projects(view: View) -> str:
    words = view["words"]
    head = (
        f'<tr><th>{escape(words["project"])}</th><th class="share"></th>'
        f'<th class="n">{escape(words["share"])}</th><th class="n">{escape(words["hours"])}</th></tr>'
    )
    rows = "".join(
        f"<tr><td>{escape(row['name'])}</td>"
        f'<td class="share"><svg viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar" width="{200 * row["bar"]:.1f}" height="12" rx="1.5"/></svg></td>'
        f'<td class="n">{escape(row["percent"])}</td><td class="n">{escape(row["hours"])}</td></tr>'
        for row in view["projects"]
    )
    total = (
        f'<tr><td colspan="3">{escape(words["total"])}</td>'
        f'<td class="n">{escape(view["total"])}</td></tr>'
    )
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody><tfoot>{total}</tfoot></table>"
