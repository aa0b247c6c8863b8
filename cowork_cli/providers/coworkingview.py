"""CoworkingView: a public catalogue of coworking spaces with prices. Search only.

API: v1, append-only, no key, https://api.coworkingview.com. Documentation: its OpenAPI description
(github.com/api-evangelist/coworkingview-api) and SPEC.md of github.com/coworkingview/flex-office-data.
Compared on 2026-11-21, by the documents; no request was made to the live service.

Quirks:
- `locale` is required. The order is random unless `sortBy` is given, and then pages overlap; should a
  page name the `seed` of its order all the same, the next page is asked for with it.
- A guessed slug (city, amenity) gives an empty list, not an error: so amenities are never sent, and
  kinds are sent as `pricingOptionType`, whose values are an enumeration.
- The cards of a list tell no options: kinds are known only of what was asked for, or in details.
- `coordinates`, `fromPrice`, `updatedAt` and most others may be missing. Whether VAT is in a price
  is not said.
- 120 requests in 60 s; `RateLimit-*` headers tell when there are none left, and are kept to.
- Answers carry an `ETag`: what was read is kept, asked for with `If-None-Match`, and good again after a 304.
- Errors are problem+json with a `code`.
- Only the price index is under CC BY 4.0. The licence of the catalogue is not established.
- Sending an inquiry needs a captcha, so it is not offered here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from heapq import merge
from itertools import islice

from cowork_cli.domain.address import AddressPlan
from cowork_cli.domain.money import PER, Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Offer, Source, Space, SpaceQuery
from cowork_cli.errors import BadAnswer, CoworkError, NotFound, RateLimited, Unsupported
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.providers.base import paged, required
from cowork_cli.records import replace

PAGE_SIZE = 50
LAST_PAGE = 500
MAX_RADIUS_M = 200_000

_KINDS = {
    "day_pass": "day",
    "flex_desk": "flex",
    "fix_desk": "fixed",
    "private_office": "office",
    "exclusive_bereich": "office",
    "meeting_room": "room",
    "virtual_office": "virtual",
    "event_space": "event",
}

# The vocabulary is not published. `wifi`, `coffee` and `parking` stand in its description; the rest
# are spellings whose meaning leaves no doubt. What is not here passes as given.
_AMENITIES = {
    "bike-parking": "bike",
    "bike-storage": "bike",
    "coffee": "coffee",
    "dog-friendly": "dogs",
    "kitchen": "kitchen",
    "lockers": "locker",
    "parking": "parking",
    "phone-booth": "booth",
    "phone-booths": "booth",
    "printer": "printer",
    "printing": "printer",
    "shower": "shower",
    "showers": "shower",
    "step-free-access": "step-free",
    "wheelchair-accessible": "step-free",
    "wifi": "wifi",
}

OFFERS = 10  # details are asked for one by one
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_TOWN = re.compile(r"(?P<street>.+?),\s*(?:[A-Z]{1,2}-)?(?P<postcode>\d{5})\s+(?P<city>[^,]+)")


class CoworkingView:
    """One account at CoworkingView. Satisfies CanSearch."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account = account
        self._settings = settings
        self._http = http.adapted(translate=_meaning, revalidated=True)

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        """Spaces in the circle, nearest first.

        With kinds, each of them is asked for by itself and the answers are merged by distance.
        Raises Unsupported beyond 200 km.
        """
        if query.radius_km * 1000 > MAX_RADIUS_M:
            raise Unsupported(
                f'account "{self._account}" searches at most {MAX_RADIUS_M // 1000} km around',
                "give a smaller `--radius`",
                account=self._account,
            )
        if not query.kinds:
            return self._listed(query, None)
        wanted = [option for option, kind in _KINDS.items() if kind in query.kinds]
        found = (self._listed(query, option) for option in wanted)
        return _once(merge(*found, key=_nearness))

    def space(self, ref: Ref) -> Space:
        """One space with its prices. Raises NotFound."""
        missing = NotFound(
            f'there is no space "{ref}"',
            "find one with `cowork space search`",
            account=self._account,
        )
        if not _SLUG.fullmatch(ref.id):
            raise missing
        try:
            answer = self._http.get_json(f"/v1/properties/{ref.id}", {"locale": "de"})
        except NotFound:
            raise missing from None
        return _space_from_wire(required(answer, "data", self._account), self._account)

    def address_plans(self, query: SpaceQuery) -> Iterator[AddressPlan]:
        """The virtual offices in the circle, from the details of the nearest OFFERS spaces.

        What the catalogue does not tell (term, notice, deposit) is None.
        """
        for card in islice(self.search(replace(query, kinds=("virtual",))), OFFERS):
            answer = self._http.get_json(f"/v1/properties/{card.ref.id}", {"locale": "de"})
            row = required(answer, "data", self._account)
            for number, option in enumerate(_list(row, "pricingOptions")):
                if _text(option, "optionType") == "virtual_office":
                    yield AddressPlan(
                        ref=Ref(self._account, f"{card.ref.id}/{number}"),
                        space_ref=card.ref,
                        space_name=card.name,
                        name=_text(option, "title") or "virtual office",
                        price=_price_from_wire(option, "price", "billingPeriod"),
                    )

    def check(self, capability: str) -> str:
        """One row of the catalogue, and how many there are."""
        answer = self._http.get_json("/v1/properties", {"locale": "de", "page": 1, "pageSize": 1})
        self._cards(answer)
        total = _number(answer, "meta.pagination.total")
        return "answers" if total is None else f"{total:,} spaces"

    def _cards(self, answer: object) -> list[object]:
        """The rows of a page. Raises BadAnswer."""
        rows = required(answer, "data", self._account)
        if not isinstance(rows, list):
            raise BadAnswer(
                f'account "{self._account}" answered with a "data" that is no list',
                account=self._account,
            )
        return rows

    def _listed(self, query: SpaceQuery, option: str | None) -> Iterator[Space]:
        seed: int | str | None = None

        def fetch(page: int) -> tuple[Sequence[Space], bool]:
            nonlocal seed
            params = _params(query, option, page) | {"seed": seed}
            answer = self._http.get_json("/v1/properties", params)
            named = _get(answer, "meta.seed")
            seed = named if isinstance(named, int | str) else seed
            rows = self._cards(answer)
            spaces = [_card_from_wire(row, self._account, option, query) for row in rows]
            return spaces, page < LAST_PAGE and _has_more(answer, page, len(rows))

        return paged(fetch)


def _params(query: SpaceQuery, option: str | None, page: int) -> dict[str, str | int | None]:
    return {
        "locale": "de",
        "lat": f"{query.lat:.6f}",
        "lng": f"{query.lon:.6f}",
        "radiusMeters": max(1, round(query.radius_km * 1000)),
        "sortBy": "distance",
        "pricingOptionType": option,
        "page": page,
        "pageSize": PAGE_SIZE,
    }


def _has_more(answer: object, page: int, rows: int) -> bool:
    count = _get(answer, "meta.pagination.pageCount")
    return page < count if isinstance(count, int) else rows >= PAGE_SIZE


def _nearness(space: Space) -> float:
    return float("inf") if space.distance_km is None else space.distance_km


def _once(spaces: Iterator[Space]) -> Iterator[Space]:
    """Each space where it comes first."""
    seen: set[Ref] = set()
    for space in spaces:
        if space.ref not in seen:
            seen.add(space.ref)
            yield space


def _card_from_wire(row: object, account: str, option: str | None, query: SpaceQuery) -> Space:
    """A row of a list: a space with its distance, and the kind that was asked for."""
    space = _space_from_wire(row, account)
    metres = _number(row, "distanceMeters")
    if metres is not None:
        space = replace(space, distance_km=float(metres) / 1000)
    elif space.lat is not None and space.lon is not None:
        distance = distance_km(query.lat, query.lon, space.lat, space.lon)
        space = replace(space, distance_km=distance)
    return space if option is None else replace(space, kinds=(_KINDS[option],))


def _space_from_wire(row: object, account: str) -> Space:
    """A card or a detail. Raises BadAnswer if `slug` or `title` is missing."""
    ref = Ref(account, str(required(row, "slug", account)))
    prices = _prices_from_wire(row)
    lat, lon = _number(row, "coordinates.lat"), _number(row, "coordinates.lng")
    located = lat is not None and lon is not None
    return Space(
        ref=ref,
        name=str(required(row, "title", account)),
        address=_address_from_wire(row),
        lat=float(lat) if located and lat is not None else None,
        lon=float(lon) if located and lon is not None else None,
        kinds=_kinds_from_wire(row),
        amenities=_amenities_from_wire(row),
        price_from=_price_from_wire(row, "fromPrice", "fromBillingPeriod"),
        website=_text(row, "webUrl"),
        prices=prices,
        offers=_offers_from_wire(row),
        sources=(Source(account, ref, licence=None, as_of=_text(row, "updatedAt")),),
    )


def _address_from_wire(row: object) -> PostalAddress:
    """Details hold one string; what is not of the form `street, postcode city` stays whole."""
    city, country = _text(row, "city.name"), _text(row, "countryCode")
    whole = _text(row, "address")
    match = _TOWN.match(whole) if whole else None
    if match is None:
        return PostalAddress(street=whole, city=city, country=country)
    return PostalAddress(
        match["street"].strip(), match["postcode"], match["city"].strip() or city, country
    )


def _kinds_from_wire(row: object) -> tuple[str, ...]:
    """The kinds of the options in their order; an option type we do not know passes as given."""
    types = (_text(option, "optionType") for option in _list(row, "pricingOptions"))
    # A membership is a way to pay, it does not say for what.
    kinds = (_KINDS.get(name, name) for name in types if name and name != "membership")
    return tuple(dict.fromkeys(kinds))


def _amenities_from_wire(row: object) -> dict[str, bool | None]:
    """Only what is there: an amenity that is not named is unknown, not missing."""
    slugs = [slug for slug in _list(row, "amenities") if isinstance(slug, str)]
    return {_AMENITIES.get(slug.replace("_", "-"), slug): True for slug in slugs}


def _offers_from_wire(row: object) -> tuple[Offer, ...]:
    offers = []
    for option in _list(row, "pricingOptions"):
        name = _text(option, "optionType")
        if name is None:
            continue
        fewest, most = _number(option, "minCapacity"), _number(option, "maxCapacity")
        offers.append(
            Offer(
                _KINDS.get(name, name),
                _text(option, "title") or name.replace("_", " "),
                _price_from_wire(option, "price", "billingPeriod"),
                None if fewest is None else int(fewest),
                None if most is None else int(most),
            )
        )
    return tuple(offers)


def _prices_from_wire(row: object) -> tuple[Price, ...]:
    options = _list(row, "pricingOptions")
    prices = (_price_from_wire(option, "price", "billingPeriod") for option in options)
    return tuple(price for price in prices if price is not None)


def _price_from_wire(row: object, money: str, period: str) -> Price | None:
    """A price, None if it is on request or if we cannot tell what it is for."""
    amount, currency = _number(row, f"{money}.amount"), _text(row, f"{money}.currency")
    per = _text(row, period)
    if amount is None or currency is None or per not in PER:
        return None
    try:
        return Price(Money.of(amount, currency), per)
    except (InvalidOperation, OverflowError):
        return None


def _meaning(answer: Answer) -> CoworkError | None:
    """What a problem document says; None leaves it to the table of `http_client`."""
    if answer.status < 400:
        return None
    problem = answer.json()
    code = _text(problem, "code")
    text = _text(problem, "detail") or _text(problem, "title") or f"HTTP {answer.status}"
    if code == "NOT_FOUND":
        return NotFound(f"CoworkingView: {text}")
    if code == "RATE_LIMITED":
        return RateLimited(f"CoworkingView: {text}", "try again in a minute")
    if code == "CLIENT_TOO_OLD":
        return Unsupported(f"CoworkingView: {text}", "look for a newer cowork")
    if code == "VALIDATION_FAILED":
        fields = ", ".join(filter(None, (_text(e, "path") for e in _list(problem, "errors"))))
        return BadAnswer(
            f"CoworkingView did not accept the request: {text}" + (f" ({fields})" if fields else "")
        )
    return None


# What may be missing or of another type than announced is unknown ────────────────────────────────


def _get(row: object, path: str) -> object:
    for part in path.split("."):
        row = row.get(part) if isinstance(row, Mapping) else None
    return row


def _text(row: object, path: str) -> str | None:
    value = _get(row, path)
    return value if isinstance(value, str) and value else None


def _number(row: object, path: str) -> Decimal | None:
    value = _get(row, path)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _list(row: object, path: str) -> list[object]:
    value = _get(row, path)
    return value if isinstance(value, list) else []
