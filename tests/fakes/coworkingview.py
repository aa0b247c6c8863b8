"""A fake of CoworkingView, written from its published description (OpenAPI, 2026-09).

True to the wire: the envelope, `locale` required, at most 50 a page, random order with `meta.seed`
unless `sortBy` is given, optional fields left out rather than null, RateLimit headers, problem
documents. Only what the description names: no invented paths.
"""

import math
import random
import re
from collections.abc import Mapping
from hashlib import sha256

from tests.fakes.server import FakeServer, Reply, Request

OPTION_TYPES = (
    "private_office",
    "exclusive_bereich",
    "fix_desk",
    "flex_desk",
    "day_pass",
    "meeting_room",
    "virtual_office",
    "event_space",
    "membership",
)
ORDERS = ("random", "date-desc", "date-asc", "distance", "price-asc", "rating-desc")
CARD = (
    "slug",
    "title",
    "featured",
    "images",
    "amenities",
    "countryCode",
    "city",
    "zone",
    "operator",
    "coordinates",
    "fromPrice",
    "fromBillingPeriod",
    "rating",
    "updatedAt",
    "excerpt",
    "capacity",
    "marketPosition",
)
SEED = 4711


class FakeCoworkingView(FakeServer):
    """Holds properties by slug, each in the form of a detail answer."""

    def __init__(self) -> None:
        self.properties: dict[str, dict[str, object]] = {}
        super().__init__()

    def add(self, slug: str, title: str, **fields: object) -> None:
        """A property; fields that are not given are left out, as the service does."""
        self.properties[slug] = {
            "slug": slug,
            "title": title,
            "featured": False,
            "images": [],
            "amenities": [],
            "pricingOptions": [],
        } | fields

    def answer(self, request: Request) -> Reply | None:
        reply = self._reply(request) if request.method == "GET" else None
        if reply is None or reply.status != 200:
            return reply
        etag = f'"{sha256(reply.encoded()).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Reply(304, None, {"ETag": etag})
        reply.headers["ETag"] = etag
        return reply

    def _reply(self, request: Request) -> Reply | None:
        if request.path == "/v1/properties":
            return self._list(request.query)
        slug = re.fullmatch(r"/v1/properties/([^/]+)", request.path)
        return self._detail(slug[1], request.query) if slug else None

    def _list(self, query: Mapping[str, str]) -> Reply:
        wrong = _wrong_parameters(query)
        if wrong:
            return _invalid(wrong)
        page, size = int(query.get("page", 1)), int(query.get("pageSize", 20))
        order = query.get("sortBy", "random")
        rows = [row for row in self.properties.values() if _matches(row, query)]
        seed = int(query.get("seed", SEED))
        if order == "random":
            random.Random(seed).shuffle(rows)
        else:
            rows.sort(key=lambda row: _rank(row, order, query))
        pagination = {
            "page": page,
            "pageSize": size,
            "total": len(rows),
            "pageCount": math.ceil(len(rows) / size),
        }
        meta: dict[str, object] = {"contractVersion": "1.4.0", "pagination": pagination}
        if order == "random":
            meta["seed"] = seed
        cards = [_card(row, query) for row in rows[(page - 1) * size : page * size]]
        return _enveloped(cards, meta)

    def _detail(self, slug: str, query: Mapping[str, str]) -> Reply:
        if "locale" not in query:
            return _invalid(["locale"])
        if not re.fullmatch(r"[a-z0-9-]{1,200}", slug):
            return _invalid(["slug"])
        if slug not in self.properties:
            return problem(404, "NOT_FOUND", "Property not found")
        return _enveloped(self.properties[slug], {"contractVersion": "1.4.0"})


def problem(status: int, code: str, title: str, **more: object) -> Reply:
    """An RFC 9457 document with the service's own `code`."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code} | more
    return Reply(status, body, {"Content-Type": "application/problem+json"})


def _invalid(paths: list[str]) -> Reply:
    errors = [{"path": path, "message": "Invalid input"} for path in paths]
    return problem(400, "VALIDATION_FAILED", "Request validation failed", errors=errors)


def _enveloped(data: object, meta: dict[str, object]) -> Reply:
    limits = {
        "RateLimit-Limit": "120",
        "RateLimit-Remaining": "119",
        "RateLimit-Reset": "60",
        "Cache-Control": "public, max-age=600",
    }
    return Reply(200, {"data": data, "meta": meta}, limits)


def _wrong_parameters(query: Mapping[str, str]) -> list[str]:
    def number(name: str, low: float, high: float) -> bool:
        try:
            return name not in query or low <= float(query[name]) <= high
        except ValueError:
            return False

    checks = {
        "locale": query.get("locale") in ("en", "de", "es"),
        "page": number("page", 1, 500),
        "pageSize": number("pageSize", 1, 50),
        "lat": number("lat", -90, 90),
        "lng": number("lng", -180, 180),
        "radiusMeters": number("radiusMeters", 1e-9, 200_000),
        "sortBy": query.get("sortBy", "random") in ORDERS,
        "pricingOptionType": query.get("pricingOptionType", "day_pass") in OPTION_TYPES,
    }
    return [name for name, fine in checks.items() if not fine]


def _matches(row: Mapping[str, object], query: Mapping[str, str]) -> bool:
    option = query.get("pricingOptionType")
    options = [offer["optionType"] for offer in row["pricingOptions"]]  # type: ignore[attr-defined]
    if option is not None and option not in options:
        return False
    wanted = set(filter(None, query.get("amenities", "").split(",")))
    if not wanted <= set(row["amenities"]):  # type: ignore[call-overload]
        return False
    distance = _metres(row, query)
    return "radiusMeters" not in query or (
        distance is not None and distance <= float(query["radiusMeters"])
    )


def _rank(row: Mapping[str, object], order: str, query: Mapping[str, str]) -> object:
    if order == "distance":
        distance = _metres(row, query)
        return (math.inf if distance is None else distance, row["slug"])
    return row["slug"]


def _card(row: dict[str, object], query: Mapping[str, str]) -> dict[str, object]:
    card = {name: row[name] for name in CARD if name in row}
    distance = _metres(row, query)
    return card if distance is None else card | {"distanceMeters": round(distance, 1)}


def _metres(row: Mapping[str, object], query: Mapping[str, str]) -> float | None:
    if "lat" not in query or "lng" not in query or "coordinates" not in row:
        return None
    point: dict[str, float] = row["coordinates"]  # type: ignore[assignment]
    # Flat earth is near enough for a fake, and not the formula under test.
    north = (point["lat"] - float(query["lat"])) * 111_195
    east = (point["lng"] - float(query["lng"])) * 111_195 * math.cos(math.radians(point["lat"]))
    return math.hypot(north, east)
