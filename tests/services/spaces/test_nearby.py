"""Of many spaces on the disk only as many are read as are shown, and the answer is the same."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cowork_cli.domain.place import distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Source, Space
from cowork_cli.paths import Paths
from cowork_cli.services.spaces.asking import News
from cowork_cli.services.spaces.merging import merge
from cowork_cli.services.spaces.narrowing import Filters
from cowork_cli.services.spaces.nearby import Nearby
from cowork_cli.services.spaces.where import Around
from cowork_cli.store.cache import Cache
from tests.stores import open_store

MIDDLE = Around(53.55, 10.0, 10.0, "Hamburg")


def rank(account: str) -> int:
    return ("local", "view", "osm").index(account)


def made_up(count: int) -> list[Space]:
    """Half of them known to two sources, a few metres apart."""
    chance, found = random.Random(7), []
    for number in range(count):
        lat, lon = 53.55 + chance.uniform(-0.08, 0.08), 10 + chance.uniform(-0.14, 0.14)
        for account in ("osm", "view")[: 1 + number % 2]:
            ref = Ref(account, f"x-{number}")
            amenities = {"wifi": True} if number % 3 == 0 else {}
            found.append(
                Space(ref, f"Raum {number} {chance.random()}", lat=lat, lon=lon,
                      amenities=dict(amenities), sources=(Source(account, ref),))
            )  # fmt: skip
            lat += 0.0001
        if number % 2:
            found[-1] = Space(
                found[-1].ref, found[-2].name, lat=found[-1].lat, lon=found[-1].lon,
                amenities=found[-2].amenities, sources=found[-1].sources,
            )  # fmt: skip
    return found


class Counting(Cache):
    """A cache that counts the rows whose content was read."""

    read = 0

    def of_rows(self, ids: Sequence[int]) -> list[Space]:
        self.read += len(ids)
        return super().of_rows(ids)


@pytest.fixture
def nearby(tmp_path: Path) -> Iterator[tuple[Nearby, Counting]]:
    paths = Paths(*(tmp_path / part for part in ("config", "data", "cache", "state")))
    store = open_store(
        paths, now_ms=1_795_626_000_000, command="t", expected=False, note=lambda line: None
    )
    cache = Counting(paths.cache_store)
    cache.remember(made_up(1500), 1)
    yield Nearby(MIDDLE, lambda account: True, News(), store=store, cache=cache), cache
    cache.close()
    store.close()


@pytest.mark.parametrize("filters", [Filters(), Filters(amenities=("wifi",))])
@pytest.mark.parametrize("enough", [1, 21, 200])
def test_the_nearest_are_those_of_all(
    nearby: tuple[Nearby, Counting], filters: Filters, enough: int
) -> None:
    lazy, cache = nearby
    some = lazy.merged(rank, enough, filters.sure)
    read = cache.read
    everything = merge([MIDDLE.placed(space) for space in made_up(1500)], rank)
    inside = [space for space in everything if MIDDLE.holds(space) and filters.sure(space)]
    expected = sorted(inside, key=lambda space: (space.distance_km, space.ref))[:enough]
    given = sorted(filter(filters.sure, some), key=lambda space: (space.distance_km, space.ref))
    assert given[:enough] == expected
    assert len(expected) == enough
    assert read <= (2250 if enough == 200 else 2250 / 4)  # and none of them twice


def test_what_fits_nowhere_is_looked_for_everywhere(nearby: tuple[Nearby, Counting]) -> None:
    lazy, _ = nearby
    filters = Filters(amenities=("sauna",))
    whole = lazy.merged(rank, None)
    assert lazy.merged(rank, 20, filters.sure) == whole
    assert all(distance_km(53.55, 10, row.lat or 0, row.lon or 0) <= 10 for row in whole)
