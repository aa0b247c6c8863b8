"""A tour as a page to print: the way of the day, then a scorecard for each space to fill in by hand.

Every text is escaped; there is no script, no font and no image from outside. The lines of a scorecard are
those of `cowork space visit` (`domain.visit.SCORES`), so that what was written can be typed in later.
"""

from cowork_cli.documents.html_text import escape
from cowork_cli.domain.tour import Tour, TourStop
from cowork_cli.domain.visit import SCORES

_STYLE = """
:root { --ink: #16202b; --soft: #5b6672; --hair: #c9d0d6; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f6; color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 52rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 0; font-size: 1.2rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
table { width: 100%; border-collapse: collapse; margin: 1.25rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; overflow-wrap: anywhere; }
th { font-weight: 400; font-size: .85rem; color: var(--soft); border-bottom: 1.5px solid var(--ink); }
td { border-bottom: 1px solid var(--hair); } .n { text-align: right; white-space: nowrap; }
section { margin-top: 2rem; padding-top: 1rem; border-top: 2px solid var(--ink); break-inside: avoid; }
.card td { height: 2.1rem; } .card td:first-child { width: 11rem; color: var(--soft); }
.card .hint { width: 40%; font-size: .8rem; color: var(--soft); }
code { font-size: .85rem; overflow-wrap: anywhere; }
@page { size: A4; margin: 16mm; }
@media print { body { background: #fff; font-size: 12px; } main { margin: 0; padding: 0; max-width: none; } }
"""


def render_tour(tour: Tour) -> bytes:
    """The page as UTF-8; equal input gives equal bytes."""
    rows = "".join(_row(stop) for stop in tour.stops)
    cards = "".join(_card(stop) for stop in tour.stops)
    left_out = "".join(f'<p class="soft">Left out: {_text(why)}.</p>' for why in tour.left_out)
    title = f"Tour on {tour.date:%a %Y-%m-%d}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
        f'<p class="soft">Ways by {_text(tour.mode)}: {_text(tour.estimate)}.</p>{left_out}'
        '<table><thead><tr><th>Stop</th><th>There</th><th>Space</th><th class="n">Way</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{cards}</main></body></html>\n"
    ).encode()


def _row(stop: TourStop) -> str:
    way = "" if stop.way_s is None else f"{stop.way_s // 60} min, {stop.way_km} km"
    hours = f"open: {stop.hours}" if stop.hours else "opening hours are not known"
    facts = ", ".join(filter(None, (stop.address, stop.phone)))
    return (
        f"<tr><td>{stop.number}</td><td>{stop.arrive:%H:%M}–{stop.leave:%H:%M}</td>"
        f'<td><strong>{_text(stop.space_name)}</strong><br><span class="soft">{_text(facts)}'
        f'{"<br>" if facts else ""}{_text(hours)}</span></td><td class="n">{way}</td></tr>'
    )


def _card(stop: TourStop) -> str:
    lines = "".join(
        f"<tr><td>{_text(score.name.replace('_', ' ').capitalize())}</td><td></td>"
        f'<td class="hint">{_text(score.help)}</td></tr>'
        for score in SCORES
        if score.name != "date"
    )
    return (
        f'<section><h2>{stop.number}. {_text(stop.space_name)}</h2><table class="card"><tbody>{lines}</tbody></table>'
        f"<p><code>cowork space visit {_text(str(stop.space_ref))}</code></p></section>"
    )


def _text(text: str) -> str:
    return escape(text)
