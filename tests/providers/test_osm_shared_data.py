"""The adapter on recorded answers: every Hamburg object with one of the tags, and six near misses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.osm import OpenStreetMap
from tests.fakes.overpass import FakeOverpass

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.shared_data


def elements(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the test data {name} is not beside this folder (shared/data)")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["elements"]
    return found


@contextmanager
def asked(*names: str) -> Iterator[OpenStreetMap]:
    with (
        FakeOverpass(row for name in names for row in elements(name)) as fake,
        HttpClient("osm", fake.url, sleep=lambda _: None) as http,
    ):
        yield OpenStreetMap("osm", {}, http=http)


def test_every_space_of_hamburg_is_found_once_with_its_facts() -> None:
    rows = elements("osm-coworking-hamburg-2024-06-14.overpass.json")
    with asked("osm-coworking-hamburg-2024-06-14.overpass.json") as provider:
        spaces = list(provider.search(SpaceQuery(53.5503, 10.0007, 25)))
    assert len(rows) == len(spaces) == 23
    assert {space.ref.id for space in spaces} == {f"{row['type']}/{row['id']}" for row in rows}
    assert sum(space.ref.id.startswith("way/") for space in spaces) == 1
    assert all(space.lat and space.lon for space in spaces)
    distances = [space.distance_km or 0 for space in spaces]
    assert distances == sorted(distances)
    assert shares(spaces, rows) == []
    assert all(not space.kinds and not space.prices for space in spaces)


def shares(spaces: list[Space], rows: list[dict[str, Any]]) -> list[str]:
    """Where a fact of the tags is not a fact of the space, or the other way round."""
    tags = {f"{row['type']}/{row['id']}": row["tags"] for row in rows}
    wrong = []
    for space in spaces:
        own = tags[space.ref.id]
        website = own.get("website") or own.get("contact:website") or own.get("url")
        told = {
            "website": bool(website) == bool(space.website),
            "hours": own.get("opening_hours") == space.hours.text,
            "postcode": own.get("addr:postcode") == space.address.postcode,
            "name": own.get("name", space.name) == space.name,
        }
        wrong += [f"{space.ref} {what}" for what, right in told.items() if not right]
    return wrong


def test_near_misses_are_found_by_their_names() -> None:
    name = "osm-coworking-near-misses.overpass.json"
    rows = elements(name)
    found = set()
    with asked(name) as provider:
        for lat, lon in ((52.52, 13.405), (53.55, 10.0)):
            found |= {space.ref.id for space in provider.search(SpaceQuery(lat, lon, 25))}
            assert list(provider.search(SpaceQuery(lat, lon, 40))) == []
    assert found == {f"{row['type']}/{row['id']}" for row in rows}
    assert len(found) == 6
