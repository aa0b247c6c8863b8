"""What is particular to CoworkingView; what all providers have in common is in `contract/`."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import BadAnswer, NotFound, ProviderUnavailable, RateLimited, Unsupported
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.coworkingview import (
    CoworkingView,
    _address_from_wire,
    _amenities_from_wire,
    _kinds_from_wire,
    _price_from_wire,
    _space_from_wire,
)
from tests.fakes.coworkingview import OPTION_TYPES, FakeCoworkingView, problem
from tests.fakes.server import Request

DORTMUND = SpaceQuery(51.5142, 7.4653, 10)

# A detail answer made up along the published schema.
DETAIL: dict[str, object] = {
    "slug": "hafen-eins",
    "title": "Hafen Eins",
    "featured": False,
    "images": [],
    "amenities": ["wifi", "phone_booths", "roof-terrace"],
    "countryCode": "DE",
    "city": {"slug": "dortmund", "name": "Dortmund"},
    "coordinates": {"lat": Decimal("51.527"), "lng": Decimal("7.451")},
    "fromPrice": {"amount": Decimal("19.9"), "currency": "EUR"},
    "fromBillingPeriod": "day",
    "updatedAt": "2026-09-01T08:00:00Z",
    "address": "Speicherstraße 15, 44147 Dortmund, Deutschland",
    "webUrl": "https://www.coworkingview.com/de/hafen-eins",
    "pricingOptions": [
        {
            "optionType": "day_pass",
            "title": "Tagespass",
            "price": {"amount": Decimal("19.9"), "currency": "EUR"},
            "priceOnRequest": False,
            "billingPeriod": "day",
        },
        {"optionType": "private_office", "title": "Büro", "priceOnRequest": True},
        {"optionType": "membership", "title": "Mitglied", "priceOnRequest": True},
        {
            "optionType": "exclusive_bereich",
            "title": "Etage",
            "price": {"amount": 4500, "currency": "CHF"},
            "billingPeriod": "month",
        },
    ],
    "something": {"new": True},
}


@pytest.fixture
def fake() -> Iterator[FakeCoworkingView]:
    with FakeCoworkingView() as server:
        yield server


@pytest.fixture
def provider(fake: FakeCoworkingView) -> Iterator[CoworkingView]:
    with HttpClient("cv", fake.url, sleep=lambda _: None) as http:
        yield CoworkingView("cv", {}, http=http)


def place(fake: FakeCoworkingView, slug: str, north_m: float = 0, *options: str) -> None:
    fake.add(
        slug,
        slug.title(),
        coordinates={"lat": DORTMUND.lat + north_m / 111_195, "lng": DORTMUND.lon},
        pricingOptions=[{"optionType": option} for option in options],
    )


def slugs(found: Iterator[object]) -> list[str]:
    return [space.ref.id for space in found]  # type: ignore[attr-defined]


# From the wire ───────────────────────────────────────────────────────────────────────────────────


def test_a_detail_becomes_a_space() -> None:
    space = _space_from_wire(DETAIL, "cv")
    assert space.ref == Ref("cv", "hafen-eins")
    assert space.name == "Hafen Eins"
    assert space.address == PostalAddress("Speicherstraße 15", "44147", "Dortmund", "DE")
    assert (space.lat, space.lon) == (51.527, 7.451)
    assert space.kinds == ("day", "office")
    assert space.amenities == {"wifi": True, "booth": True, "roof-terrace": True}
    assert space.price_from == Price(Money(1990, "EUR"), "day", "unknown")
    assert space.prices == (
        Price(Money(1990, "EUR"), "day", "unknown"),
        Price(Money(450000, "CHF"), "month", "unknown"),
    )
    assert space.website == "https://www.coworkingview.com/de/hafen-eins"
    (source,) = space.sources
    assert source.account == "cv"
    assert source.licence is None
    assert source.as_of == "2026-09-01T08:00:00Z"


def test_what_is_left_out_is_unknown() -> None:
    space = _space_from_wire({"slug": "x", "title": "X"}, "cv")
    assert space.address == PostalAddress()
    assert (space.lat, space.lon, space.distance_km) == (None, None, None)
    assert (space.kinds, space.amenities, space.prices) == ((), {}, ())
    assert (space.price_from, space.website) == (None, None)
    assert space.sources[0].as_of is None


@pytest.mark.parametrize("field", ["slug", "title"])
@pytest.mark.parametrize("value", [None, "left out"])
def test_what_must_be_there(field: str, value: str | None) -> None:
    row = {name: text for name, text in DETAIL.items() if name != field}
    if value is None:
        row[field] = None
    with pytest.raises(BadAnswer, match=f'"{field}"'):
        _space_from_wire(row, "cv")


@pytest.mark.parametrize("value", [7, "x", True, [], {}, [7], {"amount": "9"}, {"lat": "51"}, None])
def test_other_types_than_announced_are_unknown(value: object) -> None:
    optional = set(DETAIL) - {"slug", "title"}
    row = {"slug": "x", "title": "X"} | dict.fromkeys(optional, value)
    space = _space_from_wire(row, "cv")
    assert (space.lat, space.price_from, space.prices) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Am Markt 1, 04109 Leipzig", PostalAddress("Am Markt 1", "04109", "Leipzig")),
        ("A, B 2, D-10115 Berlin", PostalAddress("A, B 2", "10115", "Berlin")),
        ("12 Rue X, 1201 Genève", PostalAddress("12 Rue X, 1201 Genève")),
        ("irgendwo", PostalAddress("irgendwo")),
    ],
)
def test_addresses(text: str, address: PostalAddress) -> None:
    assert _address_from_wire({"address": text}) == address


def test_every_option_type_is_known() -> None:
    options = [{"optionType": name} for name in OPTION_TYPES]
    kinds = _kinds_from_wire({"pricingOptions": options})
    assert kinds == ("office", "fixed", "flex", "day", "room", "virtual", "event")


def test_an_amenity_is_never_false() -> None:
    assert _amenities_from_wire({"amenities": ["wifi", "WiFi", 7, None]}) == {
        "wifi": True,
        "WiFi": True,
    }


@pytest.mark.parametrize(
    ("amount", "currency", "per", "minor"),
    [
        (Decimal("0.1"), "EUR", "hour", 10),
        (Decimal("12.345"), "EUR", "day", 1235),
        (0, "EUR", "once", 0),
        (500, "JPY", "day", 500),
        (Decimal("1E+999"), "EUR", "day", None),
        (10, "EUR", "fortnight", None),
        (10, None, "day", None),
        (True, "EUR", "day", None),
    ],
)
def test_prices(amount: object, currency: object, per: str, minor: int | None) -> None:
    row = {"price": {"amount": amount, "currency": currency}, "billingPeriod": per}
    price = _price_from_wire(row, "price", "billingPeriod")
    assert (price.money.minor if price else None) == minor


# On the wire ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_asked(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    place(fake, "hafen")
    list(provider.search(DORTMUND))
    (request,) = fake.log
    assert (request.method, request.path) == ("GET", "/v1/properties")
    assert request.query == {
        "locale": "de",
        "lat": "51.514200",
        "lng": "7.465300",
        "radiusMeters": "10000",
        "sortBy": "distance",
        "page": "1",
        "pageSize": "50",
    }


def test_without_an_order_the_service_shuffles(fake: FakeCoworkingView) -> None:
    for number in range(20):
        place(fake, f"s-{number:02}")
    listed = fake.answer(Request("GET", "/v1/properties", {"locale": "de"}, {}, b""))
    assert listed is not None
    rows = [row["slug"] for row in listed.body["data"]]  # type: ignore[index]
    assert rows != sorted(rows)
    assert listed.body["meta"]["seed"] == 4711  # type: ignore[index]


def test_amenities_are_never_sent(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    place(fake, "hafen")
    query = SpaceQuery(DORTMUND.lat, DORTMUND.lon, 10, amenities=("bike",))
    # A guessed slug would give an empty list, and that would look like an answer.
    assert slugs(provider.search(query)) == ["hafen"]
    assert "amenities" not in fake.log[0].query


def test_kinds_are_asked_one_by_one_and_merged(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    place(fake, "far", 3000, "day_pass")
    place(fake, "near", 100, "private_office")
    place(fake, "middle", 2000, "exclusive_bereich", "day_pass")
    place(fake, "other", 50, "meeting_room")
    query = SpaceQuery(DORTMUND.lat, DORTMUND.lon, 10, kinds=("day", "office"))
    found = list(provider.search(query))
    assert [space.ref.id for space in found] == ["near", "middle", "far"]
    assert found[0].kinds == ("office",)
    assert found[2].kinds == ("day",)
    asked = [request.query["pricingOptionType"] for request in fake.log]
    assert asked == ["day_pass", "private_office", "exclusive_bereich"]


def test_without_kinds_a_card_tells_none(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    place(fake, "hafen", 0, "day_pass")
    (card,) = provider.search(DORTMUND)
    assert card.kinds == ()
    assert provider.space(card.ref).kinds == ("day",)


def test_a_kind_that_it_has_no_word_for(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    query = SpaceQuery(DORTMUND.lat, DORTMUND.lon, 10, kinds=("booth",))
    assert slugs(provider.search(query)) == []
    assert fake.log == []


def test_pages_are_full_ones(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    for number in range(100):
        place(fake, f"s-{number:03}", number)
    found = provider.search(DORTMUND)
    assert len(slugs(islice(found, 50))) == 50
    assert len(fake.log) == 1
    assert len(slugs(found)) == 50
    # Page 2 is the last by the service's own count: no third is asked for.
    assert len(fake.log) == 2


def test_a_wrong_count_of_pages_does_not_ask_for_ever(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    card = {"slug": "a", "title": "A"}
    meta = {"pagination": {"pageCount": 10**9}}
    fake.fail_next(200, {"data": [card], "meta": meta})
    fake.fail_next(200, {"data": [], "meta": meta})
    assert slugs(provider.search(DORTMUND)) == ["a"]
    assert len(fake.log) == 2


def test_without_pagination_a_short_page_is_the_last(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    fake.fail_next(200, {"data": [{"slug": "a", "title": "A"}]})
    assert slugs(provider.search(DORTMUND)) == ["a"]
    assert len(fake.log) == 1


def test_a_card_without_coordinates_has_no_distance(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    cards = [
        {"slug": "a", "title": "A", "coordinates": {"lat": 51.5232, "lng": 7.4653}},
        {"slug": "b", "title": "B"},
    ]
    fake.fail_next(200, {"data": cards})
    near, nowhere = provider.search(DORTMUND)
    assert near.distance_km == pytest.approx(1.0, abs=0.01)
    assert nowhere.distance_km is None


def test_more_than_200_km_is_said_and_not_cut(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    with pytest.raises(Unsupported, match="200 km"):
        provider.search(SpaceQuery(51.5, 7.4, 201))
    assert list(provider.search(SpaceQuery(51.5, 7.4, 200))) == []


@pytest.mark.parametrize("identity", ["", "..", "a/b", "a?locale=en", "Ä", "x" * 201])
def test_what_cannot_be_a_slug_is_not_asked_for(
    fake: FakeCoworkingView, provider: CoworkingView, identity: str
) -> None:
    with pytest.raises(NotFound):
        provider.space(Ref("cv", identity))
    assert fake.log == []


def test_problem_documents(fake: FakeCoworkingView, provider: CoworkingView) -> None:
    def told(status: int, code: str, **more: object) -> Exception:
        reply = problem(status, code, "Sorry", **more)
        fake.fail_next(reply.status, reply.body, reply.headers, times=4)
        try:
            list(provider.search(DORTMUND))
        except Exception as error:
            fake.forget_orders()
            return error
        raise AssertionError("no error")

    wrong = told(400, "VALIDATION_FAILED", errors=[{"path": "pageSize", "message": "too big"}])
    assert type(wrong) is BadAnswer
    assert "pageSize" in str(wrong)
    assert type(told(404, "NOT_FOUND")) is NotFound
    assert type(told(429, "RATE_LIMITED")) is RateLimited
    assert type(told(400, "CLIENT_TOO_OLD")) is Unsupported
    assert type(told(500, "INTERNAL_ERROR")) is ProviderUnavailable
    assert type(told(502, "UPSTREAM_UNAVAILABLE")) is ProviderUnavailable
    assert type(told(400, "SOMETHING_NEW")) is BadAnswer


def test_the_fake_wants_a_locale(fake: FakeCoworkingView) -> None:
    with HttpClient("cv", fake.url) as http, pytest.raises(BadAnswer):
        http.get_json("/v1/properties", {"pageSize": 20})
    with HttpClient("cv", fake.url) as http, pytest.raises(BadAnswer):
        http.get_json("/v1/properties", {"locale": "de", "pageSize": 51})


def test_the_seed_of_an_order_is_kept_for_the_next_page(
    fake: FakeCoworkingView, provider: CoworkingView
) -> None:
    cards = [{"slug": f"s-{number}", "title": "S"} for number in range(50)]
    fake.fail_next(200, {"data": cards, "meta": {"seed": 4711, "pagination": {"pageCount": 2}}})
    fake.fail_next(200, {"data": cards[:1], "meta": {"pagination": {"pageCount": 2}}})
    list(provider.search(DORTMUND))
    assert [request.query.get("seed") for request in fake.log] == [None, "4711"]


@pytest.mark.parametrize(("remaining", "waited"), [("0", 1), ("1", 0), ("x", 0)])
def test_who_has_no_requests_left_waits_until_there_are_some(
    fake: FakeCoworkingView, remaining: str, waited: int
) -> None:
    waits: list[float] = []
    limits = {"RateLimit-Limit": "120", "RateLimit-Remaining": remaining, "RateLimit-Reset": "17"}
    fake.fail_next(200, {"data": []}, limits)
    with HttpClient("cv", fake.url, sleep=waits.append) as http:
        provider = CoworkingView("cv", {}, http=http)
        list(provider.search(DORTMUND))
        list(provider.search(DORTMUND))
    assert len(waits) == waited
    assert all(16 < wait <= 17 for wait in waits)


def test_throttled_waits_until_the_quota_is_full_again(fake: FakeCoworkingView) -> None:
    waits: list[float] = []
    reply = problem(429, "RATE_LIMITED", "Too many requests")
    limits = {"RateLimit-Remaining": "0", "RateLimit-Reset": "21"}
    fake.fail_next(429, reply.body, limits)
    with HttpClient("cv", fake.url, sleep=waits.append, jitter=lambda: 0.0) as http:
        list(CoworkingView("cv", {}, http=http).search(DORTMUND))
    assert waits == [21]


def test_virtual_offices_are_offers_that_are_not_certain(
    provider: CoworkingView, fake: FakeCoworkingView
) -> None:
    price = {"amount": 49, "currency": "EUR"}
    office = {
        "optionType": "virtual_office",
        "title": "Adresse",
        "price": price,
        "billingPeriod": "month",
    }
    place(fake, "hafen", 10, "day_pass")
    place(fake, "kai", 20)
    fake.properties["kai"]["pricingOptions"] = [{"optionType": "day_pass"}, office]
    (offer,) = provider.address_plans(DORTMUND)
    assert (offer.ref, offer.space_ref, offer.name) == (
        Ref("cv", "kai/1"),
        Ref("cv", "kai"),
        "Adresse",
    )
    assert offer.price == Price(Money(4900, "EUR"), "month", "unknown")
    assert (offer.certain, offer.min_term, offer.notice) == (False, None, None)
