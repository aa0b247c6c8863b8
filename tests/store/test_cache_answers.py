"""Which answer of a platform stands for another one, and a cache that cannot be kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from cowork_cli.store.cache import Asked, Cache

BERLIN = Asked("hub", "https://hub.example", 52.52, 13.405, 10.0)


@pytest.mark.parametrize(
    ("kept", "asked", "holds"),
    [
        ({}, {"radius_km": 9.0}, True),
        ({}, {"radius_km": 11.0}, False),
        ({}, {"lat": 52.56, "radius_km": 5.0}, True),  # 4.4 km away
        ({}, {"lat": 52.57, "radius_km": 5.0}, False),
        ({}, {"radius_km": 9.0, "at_most": 5}, True),
        ({"at_most": 20}, {"at_most": 5}, True),
        ({"at_most": 20}, {"at_most": 20}, True),
        ({"at_most": 20}, {"at_most": 21}, False),
        ({"at_most": 20}, {}, False),  # all of them were asked for
        (
            {"at_most": 20},
            {"radius_km": 9.0, "at_most": 5},
            False,
        ),  # the nearest, of another circle
        ({"at_most": 20}, {"lat": 52.53, "at_most": 5}, False),
    ],
)
def test_an_answer_stands_for_another(
    kept: dict[str, float], asked: dict[str, float], holds: bool
) -> None:
    assert replace(BERLIN, **kept).holds(replace(BERLIN, **asked)) is holds


def test_a_cache_that_cannot_be_kept_answers_nothing_and_fails_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where the folder belongs")
    cache = Cache(in_the_way / "cache.db")
    cache.part_fetched(BERLIN, 1, [], 1000)
    cache.region_fetched(BERLIN, 1000)
    cache.close()
    assert in_the_way.read_text() == "a file where the folder belongs"
