"""A fake of an Overpass server, written from the source of the real one and its manual.

True to the wire: POST with a form field `data`, the limits in the first line of the query, `around`
in metres, tags that are left out where there are none, `center` for what is no node, errors as the
page "OSM3S Response", a failure inside HTTP 200 as `remark`, 406 for who does not say who asks.
It understands the statements that are used here, and says a parse error to any other.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.server import FakeServer, Reply, Request

BASE = "2026-11-20T14:17:30Z"
_SETTINGS = re.compile(r"\[out:json\]\[timeout:(\d+)\]\[maxsize:(\d+)\];")
_CIRCLE = re.compile(r"\(around:(\d+),(-?[\d.]+),(-?[\d.]+)\);")
_STATEMENT = re.compile(r'nwr((?:\["\w+"(?:=|~)"[^"]*"(?:,i)?\])+)\(around:[^)]*\);')
_FILTER = re.compile(r'\["(\w+)"(=|~)"([^"]*)"(,i)?\]')
_BY_ID = re.compile(r"(node|way|relation)\((\d+)\);")

RATE_LIMITED = (
    "runtime error: open64: 0 Success /osm3s_osm_base"
    " Dispatcher_Client::request_read_and_idx::rate_limited. Please check"
    " http://overpass-api.de/api/status for the quota of your IP address."
)
TOO_BUSY = (
    "runtime error: open64: 0 Success /osm3s_osm_base"
    " Dispatcher_Client::request_read_and_idx::timeout. The server is probably too busy to handle"
    " your request."
)
TURNED_OFF = "The dispatcher (i.e. the database management system) is turned off."
TIMED_OUT = 'runtime error: Query timed out in "query" at line 1 after 25 seconds.'
OUT_OF_MEMORY = (
    'runtime error: Query ran out of memory in "query" at line 1.'
    " It would need at least 80 MB of RAM to continue."
)
STATUS = """Connected as: 1234567890
Current time: 2026-11-25T09:00:00Z
Announced endpoint: none
Rate limit: 2
2 slots available now.
Currently running queries (pid, space limit, time limit, start time):
"""


class FakeOverpass(FakeServer):
    """Holds elements in the form of an answer, ways and relations with their `center`."""

    def __init__(self, elements: Iterable[Mapping[str, Any]] = ()) -> None:
        self.elements: list[dict[str, Any]] = [dict(element) for element in elements]
        self.scripts: list[str] = []
        self.status = STATUS
        super().__init__()

    def add(self, lat: float, lon: float, kind: str = "node", **tags: str) -> str:
        """An object with these tags (`addr_street` for `addr:street`); its identity, `node/7`."""
        point: dict[str, Any] = {"lat": lat, "lon": lon}
        named = {key.replace("addr_", "addr:"): value for key, value in tags.items()}
        element = {"type": kind, "id": len(self.elements) + 1, "tags": named}
        element |= point if kind == "node" else {"center": point}
        self.elements.append(element)
        return f"{kind}/{element['id']}"

    def remark_next(
        self, text: str, elements: Iterable[Mapping[str, Any]] = (), times: int = 1
    ) -> None:
        """A query that fails late: HTTP 200, a part of the elements, and why."""
        self.fail_next(200, document(elements) | {"remark": text}, times=times)

    def page_next(self, status: int, *errors: str, times: int = 1) -> None:
        """The page of an error."""
        reply = page(status, *errors)
        self.fail_next(reply.status, reply.body, reply.headers, times=times)

    def answer(self, request: Request) -> Reply | None:
        if request.path == "/status" and request.method == "GET":
            return Reply(200, self.status.encode(), {"Content-Type": "text/plain"})
        if request.path != "/interpreter":
            return None
        if not request.headers.get("user-agent", "").startswith("cowork/"):
            return page(406)
        form = (
            parse_qsl(request.body.decode()) if request.method == "POST" else request.query.items()
        )
        return self._run(dict(form).get("data", ""))

    def _run(self, script: str) -> Reply:
        self.scripts.append(script)
        settings = _SETTINGS.match(script)
        body = script[settings.end() :] if settings else ""
        if settings is None or not body.endswith("out tags center;"):
            return page(400, "line 1: parse error: Unexpected end of input.")
        body = body.removesuffix("out tags center;")
        by_id = _BY_ID.fullmatch(body)
        if by_id:
            wanted = by_id[1], int(by_id[2])
            return Reply(200, document(e for e in self.elements if (e["type"], e["id"]) == wanted))
        statements = body.removeprefix("(").removesuffix(");")
        tests = _STATEMENT.findall(statements)
        circle = _CIRCLE.search(statements)
        if not tests or circle is None or _STATEMENT.sub("", statements):
            return page(
                400, 'line 1: parse error: Unknown type "foo"', "line 1: parse error: ';' expected"
            )
        return Reply(200, document(e for e in self.elements if _fits(e, tests, circle)))


def document(elements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """An answer as Overpass 0.7.62 writes it."""
    return {
        "version": 0.6,
        "generator": "Overpass API 0.7.62.8 e802775f",
        "osm3s": {
            "timestamp_osm_base": BASE,
            "copyright": "The data included in this document is from www.openstreetmap.org."
            " The data is made available under ODbL.",
        },
        "elements": list(elements),
    }


def page(status: int, *errors: str) -> Reply:
    """The page of an error, as the server's `web_output` writes it."""
    paragraphs = "".join(
        f'<p><strong style="color:#FF0000">Error</strong>: {error.replace(">", "&gt;")} </p>\n'
        for error in errors
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html>\n<head><title>OSM3S Response</title></head>\n'
        "<body>\n<p>The data included in this document is from www.openstreetmap.org.</p>\n"
        f"{paragraphs}</body>\n</html>\n"
    )
    return Reply(status, text)


def _fits(element: Mapping[str, Any], tests: list[str], circle: re.Match[str]) -> bool:
    metres, lat, lon = (float(number) for number in circle.groups())
    point = element.get("center", element)
    if "lat" not in point or _metres(point, lat, lon) > metres:
        return False
    tags = element.get("tags", {})
    return any(all(_holds(tags, *part) for part in _FILTER.findall(test)) for test in tests)


def _holds(tags: Mapping[str, str], key: str, sign: str, value: str, fold: str) -> bool:
    if key not in tags:
        return False
    if sign == "=":
        return tags[key] == value
    return bool(re.search(value, tags[key], re.IGNORECASE if fold else 0))


def _metres(point: Mapping[str, float], lat: float, lon: float) -> float:
    # Flat earth is near enough for a fake, and not the formula under test.
    north = (point["lat"] - lat) * 111_195
    east = (point["lon"] - lon) * 111_195 * math.cos(math.radians(point["lat"]))
    return math.hypot(north, east)


def recorded(text: str) -> FakeOverpass:
    """A fake that holds the elements of a real answer."""
    return FakeOverpass(json.loads(text)["elements"])
