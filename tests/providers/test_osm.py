"""What is particular to OpenStreetMap; what all providers have in common is in `contract/`."""

from collections.abc import Iterator

import pytest

from cowork_cli import __version__
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import BadAnswer, NotFound, ProviderUnavailable, RateLimited
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.osm import OpenStreetMap
from tests.fakes import overpass
from tests.fakes.overpass import FakeOverpass

LAT, LON = 53.55, 10.0
NEAR = SpaceQuery(LAT, LON, 10)


@pytest.fixture
def fake() -> Iterator[FakeOverpass]:
    with FakeOverpass() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def provider(fake: FakeOverpass, waits: list[float]) -> Iterator[OpenStreetMap]:
    with HttpClient(
        "osm", fake.url, contact="me@example.org", sleep=waits.append, jitter=lambda: 0.0
    ) as http:
        yield OpenStreetMap("osm", {}, http=http)


# What is asked ───────────────────────────────────────────────────────────────────────────────────


def test_one_request_says_who_asks_and_asks_for_little(
    fake: FakeOverpass, provider: OpenStreetMap
) -> None:
    list(provider.search(SpaceQuery(51.5142, 7.4653, 5)))
    (request,) = fake.log
    assert (request.method, request.path) == ("POST", "/interpreter")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["user-agent"] == f"cowork/{__version__} (me@example.org)"
    assert "gzip" in request.headers["accept-encoding"]
    circle = "(around:5000,51.514200,7.465300);"
    assert fake.scripts == [
        "[out:json][timeout:25][maxsize:67108864];("
        f'nwr["office"="coworking"]{circle}'
        f'nwr["amenity"="coworking_space"]{circle}'
        f'nwr["office"="coworking_space"]{circle}'
        'nwr["office"~"^(company|yes)$"]["name"~"cowork|co-work|business ?cent(er|re)'
        '|design ?offices|impact ?hub|mindspace|regus|techspace|wework",i]'
        f"{circle});out tags center;"
    ]


@pytest.mark.parametrize(("radius", "by_name"), [(25, True), (25.1, False), (200, False)])
def test_names_are_searched_in_a_small_circle_only(
    fake: FakeOverpass, provider: OpenStreetMap, radius: float, by_name: bool
) -> None:
    list(provider.search(SpaceQuery(LAT, LON, radius)))
    assert ("cowork|co-work" in fake.scripts[0]) is by_name


@pytest.mark.parametrize(
    "tags",
    [
        {"office": "coworking"},
        {"amenity": "coworking_space"},
        {"office": "coworking_space"},
        {"office": "coworking", "amenity": "cafe"},
        {"office": "company", "amenity": "coworking_space"},
        {"office": "company", "name": "Heimat CoWorking"},
        {"office": "yes", "name": "Regus Business Center"},
        {"office": "yes", "name": "Co-Working Altona"},
        {"office": "company", "name": "COLLECTION Businesscenter"},
    ],
)
@pytest.mark.parametrize("kind", ["node", "way", "relation"])
def test_every_tagging_of_points_buildings_and_areas_is_found(
    fake: FakeOverpass, provider: OpenStreetMap, tags: dict[str, str], kind: str
) -> None:
    identity = fake.add(LAT + 0.01, LON, kind, **({"name": "X"} | tags))
    (space,) = provider.search(NEAR)
    assert space.ref == Ref("osm", identity)
    assert (space.lat, space.lon) == (53.56, LON)
    assert space.distance_km == pytest.approx(1.11, abs=0.01)


@pytest.mark.parametrize(
    "tags",
    [
        {"office": "company", "name": "Bäckerei"},
        {"office": "lawyer", "name": "Coworking-Recht"},
        {"office": "company", "name": "X", "description": "rents at WeWork coworking"},
        {"shop": "coworking", "name": "Coworking"},
        {"office": "coworking", "name": "Weg", "end_date": "2024-05"},
        {"office": "coworking", "name": "Weg", "disused": "yes"},
    ],
)
def test_what_is_none_is_not_found(
    fake: FakeOverpass, provider: OpenStreetMap, tags: dict[str, str]
) -> None:
    fake.add(LAT, LON, **tags)
    assert list(provider.search(NEAR)) == []


def test_what_only_grazes_the_circle_is_left_out(
    fake: FakeOverpass, provider: OpenStreetMap
) -> None:
    """`around` measures to any part of a building; the middle of this one lies outside."""
    outside = {"lat": LAT + 0.1, "lon": LON}
    tags = {"office": "coworking", "name": "Lang"}
    row = {"type": "way", "id": 1, "center": outside, "tags": tags}
    fake.fail_next(200, overpass.document([row]))
    assert list(provider.search(NEAR)) == []


def test_an_object_that_comes_twice_is_one_and_one_without_name_is_kept(
    fake: FakeOverpass, provider: OpenStreetMap
) -> None:
    row = {"type": "node", "id": 1, "lat": LAT, "lon": LON, "tags": {"office": "coworking"}}
    fake.fail_next(200, overpass.document([row, row]))
    (space,) = provider.search(NEAR)
    assert space.name == "without a name"
    fake.fail_next(200, overpass.document([row | {"tags": row["tags"] | {"brand": "WeWork"}}]))  # type: ignore[operator]
    (space,) = provider.search(NEAR)
    assert space.name == "WeWork"


def test_facts_are_those_of_the_tags_and_nothing_else(
    fake: FakeOverpass, provider: OpenStreetMap
) -> None:
    fake.add(
        LAT,
        LON,
        office="coworking",
        name="Kai",
        addr_street="Kai",
        addr_housenumber="7",
        addr_postcode="20457",
        addr_city="Hamburg",
        addr_country="de",
        opening_hours="Mo-Fr 09:00-18:00",
        wheelchair="limited",
        internet_access="wlan",
        charge="19.50 CHF/day",
        **{
            "contact:website": "https://kai.example; https://x.example",
            "contact:phone": "+49 40 1",
        },
    )
    (space,) = provider.search(NEAR)
    assert space.address == PostalAddress("Kai 7", "20457", "Hamburg", "DE")
    assert space.amenities == {"wifi": True}
    assert space.hours.text == "Mo-Fr 09:00-18:00"
    assert space.price_from == Price(Money(1950, "CHF"), "day")
    assert (space.website, space.phone) == ("https://kai.example", "+49 40 1")
    assert space.kinds == ()
    (source,) = space.sources
    assert (source.licence, source.as_of) == ("ODbL-1.0", overpass.BASE)


# Bad days ────────────────────────────────────────────────────────────────────────────────────────


def failure(provider: OpenStreetMap) -> Exception:
    try:
        found = list(provider.search(NEAR))
    except Exception as error:
        return error
    raise AssertionError(f"answered {found}")


@pytest.mark.parametrize("text", [overpass.TIMED_OUT, overpass.OUT_OF_MEMORY])
def test_a_remark_is_an_error_even_with_elements(
    fake: FakeOverpass, provider: OpenStreetMap, text: str
) -> None:
    part = {"type": "node", "id": 1, "lat": LAT, "lon": LON, "tags": {"office": "coworking"}}
    fake.remark_next(text, [part])
    error = failure(provider)
    assert type(error) is ProviderUnavailable
    assert text.removeprefix("runtime error: ").rstrip(".") in str(error)
    assert error.hint is not None
    assert "--radius" in error.hint
    assert len(fake.log) == 1


def test_another_remark_is_none(fake: FakeOverpass, provider: OpenStreetMap) -> None:
    fake.remark_next("runtime remark: Timeout is 25 and time left is 20")
    assert list(provider.search(NEAR)) == []


def test_429_waits_half_a_minute_once_and_asks_the_same_server_the_same(
    fake: FakeOverpass, provider: OpenStreetMap, waits: list[float]
) -> None:
    fake.add(LAT, LON, office="coworking", name="X")
    fake.page_next(429, overpass.RATE_LIMITED)
    assert len(list(provider.search(NEAR))) == 1
    assert waits == [30]
    assert fake.log[0].body == fake.log[1].body
    fake.page_next(429, overpass.RATE_LIMITED, times=9)
    assert type(failure(provider)) is RateLimited
    assert len(fake.log) == 4
    assert sorted(waits)[-2:] == [30, 30]


def test_a_short_retry_after_does_not_shorten_the_silence(
    fake: FakeOverpass, provider: OpenStreetMap, waits: list[float]
) -> None:
    fake.fail_next(429, "", {"Retry-After": "3"})
    list(provider.search(NEAR))
    assert waits == [30]


def test_throttled_inside_http_200(
    fake: FakeOverpass, provider: OpenStreetMap, waits: list[float]
) -> None:
    fake.page_next(200, overpass.RATE_LIMITED)
    assert list(provider.search(NEAR)) == []
    assert waits == [30]


def test_504_asks_for_less_and_then_gives_up(
    fake: FakeOverpass, provider: OpenStreetMap, waits: list[float]
) -> None:
    fake.page_next(504, overpass.TOO_BUSY, times=9)
    error = failure(provider)
    assert type(error) is ProviderUnavailable
    assert len(fake.log) == 3
    assert all(wait >= 1 for wait in waits)
    bodies = [request.body.decode() for request in fake.log]
    assert "timeout%3A25%5D" in bodies[0]
    assert "timeout%3A10%5D%5Bmaxsize%3A16777216%5D" in bodies[1]
    assert bodies[1] == bodies[2]


@pytest.mark.parametrize("text", [overpass.TOO_BUSY, overpass.TURNED_OFF])
def test_load_inside_http_200(fake: FakeOverpass, provider: OpenStreetMap, text: str) -> None:
    fake.page_next(200, text)
    error = failure(provider)
    assert type(error) is ProviderUnavailable
    assert "load" in str(error)


def test_400_shows_every_line_and_is_not_repeated(
    fake: FakeOverpass, provider: OpenStreetMap
) -> None:
    fake.page_next(400, "line 2: parse error: ';' expected - '>' found.", "line 3: static error: x")
    error = failure(provider)
    assert type(error) is BadAnswer
    assert "line 2: parse error: ';' expected - '>' found.; line 3: static error: x" in str(error)
    assert len(fake.log) == 1


@pytest.mark.parametrize("body", ["", "<html>406 Not Acceptable</html>"])
def test_406_says_how_to_be_known(fake: FakeOverpass, provider: OpenStreetMap, body: str) -> None:
    fake.fail_next(406, body)
    error = failure(provider)
    assert type(error) is BadAnswer
    assert "config set contact" in (error.hint or "")
    assert len(fake.log) == 1


@pytest.mark.parametrize("status", [200, 400, 404])
def test_a_page_of_somebody_else_is_no_answer(
    fake: FakeOverpass, provider: OpenStreetMap, status: int
) -> None:
    fake.fail_next(status, "<html><title>Wi-Fi login</title></html>")
    assert not isinstance(failure(provider), ProviderUnavailable)


@pytest.mark.parametrize("elements", [7, "x", {}, [7], [{"type": "node"}], [{"id": 4}]])
def test_elements_of_another_shape(
    fake: FakeOverpass, provider: OpenStreetMap, elements: object
) -> None:
    fake.fail_next(200, {"elements": elements})
    assert type(failure(provider)) is BadAnswer


def test_requests_of_one_command_lie_a_second_apart(
    fake: FakeOverpass, provider: OpenStreetMap, waits: list[float]
) -> None:
    for _ in range(3):
        list(provider.search(NEAR))
    assert len(waits) == 2
    assert all(0.5 < wait <= 1 for wait in waits)


# One space, and the state of the server ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("identity", ["node/0", "node/-1", "area/3", "node/1;out", "node/1/2", "x"])
def test_what_cannot_be_an_object_is_not_asked_for(
    fake: FakeOverpass, provider: OpenStreetMap, identity: str
) -> None:
    with pytest.raises(NotFound):
        provider.space(Ref("osm", identity))
    assert fake.log == []


def test_one_object_is_asked_for_by_its_id(fake: FakeOverpass, provider: OpenStreetMap) -> None:
    identity = fake.add(LAT, LON, "way", office="coworking", name="Haus")
    assert provider.space(Ref("osm", identity)).name == "Haus"
    assert fake.scripts == ["[out:json][timeout:25][maxsize:67108864];way(1);out tags center;"]
    with pytest.raises(NotFound):
        provider.space(Ref("osm", "way/99"))


def test_the_slots_of_the_server(fake: FakeOverpass, provider: OpenStreetMap) -> None:
    assert provider.check("search") == "2 slots available now"
    fake.status = fake.status.replace(
        "2 slots available now.", "Slot available after: 2026-11-25T09:00:13Z, in 13 seconds."
    )
    assert provider.check("search") == "1 slots busy"
    fake.status = "Rate limit: 0\n"
    assert provider.check("search") == "answers without a limit"
    fake.status = "<html>hello</html>"
    with pytest.raises(BadAnswer, match="Rate limit"):
        provider.check("search")
