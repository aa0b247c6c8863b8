"""Spaces on a map, as one web page that needs nothing else: `space_map.css` and `.js` are put into it.

The page works from a file and without network. Images of a map are fetched only after its reader
ticks the box that says from where; the policy in its head allows that one host and nothing more.
Every name is foreign text: here it is escaped, in the script it goes in as text.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from cowork_cli.documents.html_text import escape
from cowork_cli.domain.texts import harmless
from cowork_cli.records import dataclass

_FOLDER = Path(__file__).resolve().parent
# https://operations.osmfoundation.org/policies/tiles/: shown with its attribution, never in bulk.
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Spot:
    """A space on the map. `hours` is the pattern that the script reckons with; None is not known.

    `details` are lines for people; `links` is label → address, of the web, telephone or mail.
    """

    name: str
    ref: str
    lat: float | None
    lon: float | None
    details: tuple[str, ...]
    hours: Mapping[str, Any] | None
    links: Mapping[str, str]


def render(
    spots: Sequence[Spot],
    towns: Sequence[tuple[str, float, float]],
    *,
    title: str,
    made: date,
    credits_: Sequence[str],
    tiles: str | None = TILES,
) -> bytes:
    """The page as UTF-8; equal input gives equal bytes. `tiles` None: no image is ever fetched."""
    style, script = (
        _FOLDER.joinpath(f"space_map.{kind}").read_text("utf-8") for kind in ("css", "js")
    )
    data = {
        "spots": [
            {"name": spot.name, "lat": spot.lat, "lon": spot.lon, "hours": spot.hours}
            for spot in spots
        ],
        "towns": towns,
        "tiles": tiles,
    }
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script, tiles)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{style}</style></head><body>",
        '<a class="skip" href="#list">To the list</a>',
        _head(title, tiles),
        _map(tiles),
        '<main id="list" tabindex="-1"><ol>',
        *(_row(spot) for spot in spots),
        f"</ol>{_foot(made, credits_)}</main>",
        f'<script type="application/json" id="data">{_json(data)}</script>',
        f"<script>{script}</script></body></html>\n",
    ]
    return "\n".join(parts).encode()


def _policy(style: str, script: str, tiles: str | None) -> str:
    """Only our own style and script, by their hashes, and the one host of the images."""
    images = "{0.scheme}://{0.netloc}".format(urlsplit(tiles)) if tiles else "'none'"
    return escape(
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)};"
        f" img-src {images}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """JSON that cannot end the element it stands in, whatever the names are; what steers is taken out."""
    text = harmless(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _head(title: str, tiles: str | None) -> str:
    host = urlsplit(tiles).hostname if tiles else None
    box = (
        f'<label><input type="checkbox" id="images">Map images from {escape(host)}</label>'
        if host
        else '<input type="checkbox" id="images" hidden>'
    )
    return (
        f"<header><h1>{escape(title)}</h1>"
        '<input type="search" id="filter" aria-label="Filter by name, town, amenity"'
        ' placeholder="Filter by name, town, amenity">'
        f'<label><input type="checkbox" id="only-open">Open now</label>{box}'
        '<p id="said" class="soft small" role="status"></p></header>'
    )


def _map(tiles: str | None) -> str:
    credit = (
        '<div id="credit">© <a href="https://www.openstreetmap.org/copyright" target="_blank"'
        ' rel="noopener noreferrer">OpenStreetMap</a> contributors</div>'
    )
    return (
        '<div id="map" tabindex="0" role="region"'
        ' aria-label="Map: arrow keys move it, plus and minus zoom, 0 shows all">'
        '<div id="tiles" aria-hidden="true"></div><div id="towns" aria-hidden="true"></div>'
        '<div id="pins"></div><div id="tools">'
        '<button type="button" id="in" aria-label="Zoom in">+</button>'
        '<button type="button" id="out" aria-label="Zoom out">−</button>'
        '<button type="button" id="all" aria-label="Show all">⤢</button></div>'
        f'<div id="scale" aria-hidden="true"></div>{credit}</div>'
    )


def _row(spot: Spot) -> str:
    links = "".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a>'
        for label, address in spot.links.items()
    )
    details = "".join(f'<p class="soft small">{escape(line)}</p>' for line in spot.details if line)
    nowhere = '<p class="soft small">not on the map: no point is known</p>'
    return (
        f'<li data-ref="{escape(spot.ref)}"><h2><button type="button" aria-pressed="false">'
        f'{escape(spot.name)}</button></h2><p class="state"></p>{details}'
        f"{nowhere if spot.lat is None else ''}"
        f'<p class="links small">{links}</p></li>'
    )


def _foot(made: date, credits_: Sequence[str]) -> str:
    lines = [
        f"Made with cowork on {made.isoformat()}. Opening hours are told from what is written of"
        " them; ask before you travel.",
        *credits_,
    ]
    return (
        "<footer>"
        + "".join(f'<p class="soft small">{escape(line)}</p>' for line in lines)
        + "</footer>"
    )


def web_address(text: str | None) -> str | None:
    """An address of the web that may be linked: http or https with a host; None for any other."""
    if not text:
        return None
    typed = text.strip()
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port  # either may be none
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or any(char.isspace() for char in address):
        return None
    return address


def phone_address(text: str | None) -> str | None:
    """`tel:` with the digits of the first number; None where there are none."""
    first = (text or "").replace("(0)", "").partition(";")[0].partition("/")[0]
    digits = "".join(char for char in first if char in "0123456789")
    if len(digits) < 5:
        return None
    return "tel:" + ("+" if first.strip().startswith("+") else "") + quote(digits)
