"""What is particular to OpenFairDB; what all providers have in common is in `contract/`."""

from collections.abc import Iterator

import pytest

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import BadAnswer, NotFound
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.openfairdb import OpenFairDB
from tests.fakes.openfairdb import FakeOpenFairDB

LAT, LON = 51.05, 13.74
NEAR = SpaceQuery(LAT, LON, 10)


@pytest.fixture
def fake() -> Iterator[FakeOpenFairDB]:
    with FakeOpenFairDB() as server:
        yield server


@pytest.fixture
def provider(fake: FakeOpenFairDB) -> Iterator[OpenFairDB]:
    with HttpClient("openfairdb", fake.url, sleep=lambda _: None) as http:
        yield OpenFairDB("openfairdb", {}, http=http)


def test_what_is_asked(fake: FakeOpenFairDB, provider: OpenFairDB) -> None:
    fake.add("a1", "Impact Hub", LAT, LON)
    list(provider.search(NEAR))
    search, entries = fake.log
    south, west, north, east = map(float, search.query["bbox"].split(","))
    assert south < LAT < north
    assert west < LON < east
    assert (search.query["text"], search.query["limit"]) == ("coworking", "2000")
    assert entries.path == "/entries/a1"


def test_an_entry_becomes_a_space(fake: FakeOpenFairDB, provider: OpenFairDB) -> None:
    fake.add(
        "a1", "Kulturhafen", LAT, LON, tags=["coworking", "wlan", "bike", "gemeinwohl"],
        street="Weg 1", zip="01099", city="Dresden", country="Deutschland", telephone="+49 351 1",
        homepage="https://k.example", opening_hours="Mo-Fr 09:00-18:00", license="CC0-1.0",
    )  # fmt: skip
    (space,) = provider.search(NEAR)
    assert space.ref == Ref("openfairdb", "a1")
    assert space.address == PostalAddress("Weg 1", "01099", "Dresden", "DE")
    assert space.amenities == {"wifi": True, "bike": True}
    assert (space.hours.text, space.website) == ("Mo-Fr 09:00-18:00", "https://k.example")
    assert (space.sources[0].licence, space.sources[0].as_of) == ("CC0-1.0", "2025-10-09")


def test_who_only_mentions_coworking_is_none(fake: FakeOpenFairDB, provider: OpenFairDB) -> None:
    fake.add("a1", "Café", LAT, LON, tags=["cafe"], description="neben dem Coworking")
    fake.add("a2", "Co-Working Neustadt", LAT, LON, tags=["coworking-space"])
    assert [space.ref.id for space in provider.search(NEAR)] == ["a2"]


def test_the_corner_of_the_box_is_no_part_of_the_circle(
    fake: FakeOpenFairDB, provider: OpenFairDB
) -> None:
    fake.add("a1", "Coworking Ecke", LAT + 0.08, LON + 0.13)
    assert list(provider.search(NEAR)) == []


def test_fifty_details_are_asked_for_at_a_time(fake: FakeOpenFairDB, provider: OpenFairDB) -> None:
    for number in range(60):
        fake.add(f"a{number}", f"Coworking {number}", LAT + number / 10000, LON)
    assert len(list(provider.search(NEAR))) == 60
    assert [len(request.path.split(",")) for request in fake.log[1:]] == [50, 10]


@pytest.mark.parametrize("body", [{"visible": 7}, {"visible": [7]}, {"visible": [{"lat": 1}]}, {}])
def test_lists_of_another_shape(
    fake: FakeOpenFairDB, provider: OpenFairDB, body: dict[str, object]
) -> None:
    fake.fail_next(200, body)
    with pytest.raises(BadAnswer):
        list(provider.search(NEAR))


def test_an_entry_that_is_not_there(fake: FakeOpenFairDB, provider: OpenFairDB) -> None:
    with pytest.raises(NotFound):
        provider.space(Ref("openfairdb", "nope"))
    with pytest.raises(NotFound):
        provider.space(Ref("openfairdb", "../admin"))
    assert [request.path for request in fake.log] == ["/entries/nope"]
    assert provider.check("search") == "0 entries"
