"""OpenStreetMap, asked through an Overpass API. Search only.

API: github.com/drolbr/Overpass-API (the server), dev.overpass-api.de/overpass-doc (the manual), with
the rules of its operator. Compared on 2026-11-21, by the documents; no request was made to the live
service. Tags: see `domain/osm_tags.py`.

Quirks:
- A client that does not say who it is gets 406. What is sent: `cowork/VERSION (+homepage; contact)`.
- A request is admitted if it asks for at most half of what is free, so small limits are served sooner;
  after a refusal for load (504) less is asked.
- A query that ran out of time or memory is HTTP 200 with a `remark` and a part of the elements, or
  none: an error, never an empty list.
- Errors are web pages, with any status, also 200; what they mean stands in their text.
- After a 429 the operator wants 30 s of silence. Another server is never asked instead: that counts
  as evasion. One request for each search, a second apart where several follow (`space sync`).
- Distances are reckoned here: `around` measures to any part of a building, we to its middle.
- Kinds and most amenities have no tags: they stay unknown.
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date

from cowork_cli.domain.osm_tags import NAMED, spaces_of_overpass
from cowork_cli.domain.place import distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.errors import (
    BadAnswer,
    CoworkError,
    NotFound,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.http_client import Answer, HttpClient, Limits, RetryPolicy
from cowork_cli.providers.base import required
from cowork_cli.records import replace

QUERY_S = 25
QUEUE_S = 15
"""How long the server keeps a request waiting for a slot before it refuses it."""
SMALL_QUERY_S = 10
MAX_BYTES = 64 * 1024 * 1024
SMALL_MAX_BYTES = 16 * 1024 * 1024
SILENCE_S = 30.0
GAP_S = 1.0
BY_NAME_WITHIN_KM = 25.0
"""Farther out a regular expression over all offices costs the server more than it finds."""

TAGGINGS = (("office", "coworking"), ("amenity", "coworking_space"), ("office", "coworking_space"))
NEAR_MISS = f'["office"~"^(company|yes)$"]["name"~"{NAMED}",i]'

_RETRY = RetryPolicy(
    throttled=1, throttled_wait_s=SILENCE_S, throttled_least_s=SILENCE_S, first_wait_s=2.0
)
_LIMITS = Limits(read_s=QUERY_S + QUEUE_S + 5.0, whole_s=QUERY_S + QUEUE_S + 20.0)
_IDENTITY = re.compile(r"(node|way|relation)/([1-9][0-9]{0,18})")
_PARAGRAPH = re.compile(
    r"<strong[^>]*>\s*Error\s*</strong>\s*:?(.*?)</p>", re.DOTALL | re.IGNORECASE
)
_MARKUP = re.compile(r"<[^>]*>")


class OpenStreetMap:
    """One account at an Overpass server. Satisfies CanSearch."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account = account
        self._http = http.adapted(translate=_meaning, retry=_RETRY, gap_s=GAP_S)

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Spaces in the circle, nearest first, all with one request. Kinds are not known here."""
        wanted = around(query)
        found = []
        for space in self._asked(wanted):
            assert space.lat is not None and space.lon is not None
            distance = distance_km(query.lat, query.lon, space.lat, space.lon)
            if distance <= query.radius_km:
                found.append(replace(space, distance_km=distance))
        found.sort(key=lambda space: (space.distance_km, space.ref))
        yield from found

    def space(self, ref: Ref) -> Space:
        """One object, whatever it is tagged as today. Raises NotFound."""
        identity = _IDENTITY.fullmatch(ref.id)
        if identity is not None:
            for space in self._asked(f"{identity[1]}({identity[2]});"):
                if space.ref.id == ref.id:
                    return space
        raise NotFound(
            f'there is no space "{ref}"',
            "find one with `cowork space search`",
            account=self._account,
        )

    def check(self, capability: str) -> str:
        """What `/api/status` tells of the slots; its lines are found by how they begin."""
        lines = self._http.get_text("/status").splitlines()
        slots = [line.strip().rstrip(".") for line in lines if "slots available now" in line]
        free = [line for line in lines if line.startswith("Slot available after")]
        limit = [line for line in lines if line.startswith("Rate limit:")]
        if not limit and not slots and not free:
            raise BadAnswer(
                f'account "{self._account}" answered without its "Rate limit"',
                "check the setting `overpass_url`",
                account=self._account,
            )
        if slots:
            return slots[0]
        if free:
            return f"{len(free)} slots busy"
        most = limit[0].partition(":")[2].strip()
        return "answers without a limit" if most == "0" else f"none of {most or '?'} slots free"

    def _asked(self, statement: str) -> Iterator[Space]:
        """The spaces of a query, each with a position. Raises BadAnswer for a body of another form."""
        answer = self._http.ask_form(
            "/interpreter",
            {"data": script(statement, QUERY_S, MAX_BYTES)},
            {"data": script(statement, SMALL_QUERY_S, SMALL_MAX_BYTES)},
        )
        elements = required(answer, "elements", self._account)
        if not isinstance(elements, list) or not isinstance(answer, Mapping):
            raise BadAnswer(
                f'account "{self._account}" answered with "elements" that are no list',
                account=self._account,
            )
        for element in elements:
            for field in ("type", "id"):
                required(element, field, self._account)
        rows = spaces_of_overpass(answer, _day_of(answer), account=self._account, any_office=True)
        yield from (row for row in rows if isinstance(row, Space))


def _day_of(answer: Mapping[str, object]) -> date | None:
    """The day of the snapshot that was asked: what ended before it is gone."""
    head = answer.get("osm3s")
    base = head.get("timestamp_osm_base") if isinstance(head, Mapping) else None
    try:
        return date.fromisoformat(str(base)[:10])
    except ValueError:
        return None


def around(query: SpaceQuery) -> str:
    """The statement for a circle: every tagging, and near it also what only its name tells."""
    metres = max(1, round(query.radius_km * 1000))
    circle = f"(around:{metres},{query.lat:.6f},{query.lon:.6f})"
    parts = [f'nwr["{key}"="{value}"]{circle};' for key, value in TAGGINGS]
    if query.radius_km <= BY_NAME_WITHIN_KM:
        parts.append(f"nwr{NEAR_MISS}{circle};")
    return "(" + "".join(parts) + ");"


def for_hand(query: SpaceQuery) -> str:
    """The query of a circle for a person to paste at overpass-turbo.eu."""
    return f"[out:json][timeout:{QUERY_S}];{around(query)}out center;"


def script(statement: str, seconds: int, max_bytes: int) -> str:
    """The whole query: its limits, what is wanted, and tags with one point for each object."""
    return f"[out:json][timeout:{seconds}][maxsize:{max_bytes}];{statement}out tags center;"


# What an answer means ────────────────────────────────────────────────────────────────────────────


def _meaning(answer: Answer) -> CoworkError | None:
    """Errors that stand in a page or a remark; None leaves the answer to the table."""
    if answer.status == 406:
        return BadAnswer(
            "Overpass does not accept how cowork names itself (HTTP 406)",
            "say who asks with `cowork config set contact YOU@EXAMPLE.ORG`, or ask another server:"
            " `cowork account add osm --set overpass_url=URL`",
        )
    if answer.body.lstrip()[:1] == b"<":
        return _of_page(answer.status, _told(answer.text()))
    if answer.status >= 300:
        return None
    document = answer.json()
    remark = document.get("remark") if isinstance(document, Mapping) else None
    if isinstance(remark, str) and remark.strip().startswith("runtime error"):
        return _failed_query(remark.strip())
    return None


def _told(page: str) -> list[str]:
    """The errors of an "OSM3S Response" page, without markup, one line each."""
    texts = (html.unescape(_MARKUP.sub(" ", part)) for part in _PARAGRAPH.findall(page))
    return [" ".join(text.split()) for text in texts]


def _of_page(status: int, errors: list[str]) -> CoworkError | None:
    said = "; ".join(errors)
    if not said:
        return None
    if "rate_limited" in said:
        return RateLimited("Overpass asks us to slow down", "try again in a few minutes")
    if "Dispatcher" in said or "dispatcher" in said or "too busy" in said:
        return _busy(f"Overpass refused for load: {said}")
    if said.startswith("runtime error"):
        return _failed_query(said)
    return BadAnswer(
        f"Overpass did not accept the query (HTTP {status}): {said}",
        "this is a bug of cowork, or the server speaks another version",
    )


def _failed_query(said: str) -> CoworkError:
    said = said.removeprefix("runtime error:").strip().rstrip(".")
    return _busy(f"Overpass gave up on the query: {said}")


def _busy(message: str) -> ProviderUnavailable:
    return ProviderUnavailable(message, "try again later, or with a smaller `--radius`")
