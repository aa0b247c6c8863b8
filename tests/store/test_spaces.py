"""The directory in the store, and the cache beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.paths import Paths
from cowork_cli.store import spaces
from cowork_cli.store.cache import VERSION, Cache
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

REF = Ref("osm", "node/1")
SPACE = Space(
    REF,
    "Büro Größe",
    PostalAddress("Ring 1", "20095", "Hamburg", "DE"),
    lat=53.55,
    lon=10.0,
    kinds=("day", "room"),
    amenities={"wifi": True, "step-free": False},
    hours=Hours("Mo-Fr 08:00-18:00"),
    website="https://example.org",
    timezone="Europe/Berlin",
    prices=(Price(Money(1800), "day", "gross"),),
    price_from=Price(Money(1800), "day", "gross"),
    sources=(Source("osm", REF, "ODbL-1.0", "2024-06-14"),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paths = Paths(*(tmp_path / part for part in ("config", "data", "cache", "state")))
    opened = open_store(
        paths, now_ms=1_795_626_000_000, command="t", expected=False, note=lambda line: None
    )
    yield opened
    opened.close()


def test_a_space_comes_back_as_it_was_added(store: Store) -> None:
    with store.transaction() as journal:
        spaces.add(journal, SPACE)
    assert spaces.by_ref(store, REF) == SPACE
    assert spaces.by_name(store, "Büro Größe") == [SPACE]


@pytest.mark.file_store(reason="plans of SQLite")
def test_the_box_holds_the_circle_and_uses_the_index(store: Store) -> None:
    with store.transaction() as journal:
        spaces.add(journal, SPACE)
    assert spaces.within(store, 53.63, 10.0, 9.0) == [SPACE]
    assert spaces.within(store, 53.75, 10.0, 9.0) == []
    (*_, plan) = store.row(
        "EXPLAIN QUERY PLAN SELECT * FROM spaces WHERE lat BETWEEN 1 AND 2 AND lon BETWEEN 1 AND 2"
    )
    assert "spaces_by_lat" in plan


def test_the_cheapest_price_is_that_of_a_day_where_there_is_one() -> None:
    hour, day = Price(Money(500), "hour"), Price(Money(1800), "day")
    assert spaces.cheapest([hour, day]) == day
    assert spaces.cheapest([hour, day], "hour") == hour
    assert spaces.cheapest([]) is None


def test_the_cache_remembers_and_replaces(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.db")
    assert cache.by_ref(REF) is None
    cache.remember([SPACE], 1)
    cache.remember([SPACE], 2)
    assert cache.within(53.55, 10.0, 1) == [SPACE]
    assert cache.names() == [(REF, "Büro Größe")]
    cache.close()


@pytest.mark.parametrize(
    "content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 200]
)
def test_a_broken_cache_is_made_new(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(content)
    cache = Cache(path)
    assert cache.names() == []
    cache.remember([SPACE], 1)
    assert cache.by_ref(REF) == SPACE
    cache.close()


def test_a_cache_of_another_version_is_made_new(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "cache.db"
    first = Cache(path)
    first.remember([SPACE], 1)
    first.close()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    again = Cache(path)
    assert again.names() == []
    again.close()


def test_a_cache_that_cannot_be_had_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache.db")
    cache.remember([SPACE], 1)
    assert cache.names() == []
