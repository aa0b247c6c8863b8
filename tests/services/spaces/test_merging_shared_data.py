"""How well the same space is known again: the real spaces of Hamburg, with twins made by hand.

A twin is what another source may say of the same space: moved by some metres, its name written as
catalogues and people write it. Beside them stand the real neighbours, which are not the same.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from cowork_cli.domain.osm_tags import spaces_of_overpass
from cowork_cli.domain.place import KM_PER_DEGREE, distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Source, Space
from cowork_cli.services.spaces.merging import merge

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.shared_data


def hamburg() -> list[Space]:
    path = DATA / "osm-coworking-hamburg-2024-06-14.overpass.json"
    if not path.is_file():
        pytest.skip(f"the test data {path.name} is not beside this folder (shared/data)")
    rows = spaces_of_overpass(json.loads(path.read_text(encoding="utf-8")), None, any_office=True)
    return [row for row in rows if isinstance(row, Space)]


SPELLINGS = (
    lambda name: name,
    lambda name: f"{name} Hamburg",
    lambda name: f"{name} – Coworking Space",
    lambda name: f"{name} GmbH",
    lambda name: name.upper(),
    lambda name: name.replace(" ", "-"),
    lambda name: f"Coworking {name}",
    lambda name: name.replace("Coworking", "Co-Working"),
    lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"),
    lambda name: f"{name} | Büros & Meetingräume",
)
SHIFTS_M = (0, 12, 35, 60)


class Measured(NamedTuple):
    precision: float
    recall: float
    wrong: list[str]
    missed: list[str]


def test_twins_are_known_again_and_neighbours_are_not() -> None:
    measured = measure(hamburg())
    print(f"precision {measured.precision:.3f}, recall {measured.recall:.3f}")
    assert measured.precision >= 0.99, measured.wrong
    assert measured.recall >= 0.95, measured.missed


def test_strangers_in_the_same_house_stay_apart() -> None:
    """At 30 m from each space another source knows one with the name of a third: 22 x 23 pairs.

    Two of one brand have one name; in one house they would be one, so those pairs do not count.
    """
    spaces = hamburg()
    joined, pairs = [], 0
    for step in range(1, len(spaces)):
        strangers = [
            twin(space, spaces[(index + step) % len(spaces)].name, 30, step)
            for index, space in enumerate(spaces)
        ]
        pairs += len(strangers)
        for row in merge([*spaces, *strangers], lambda account: 0 if account == "osm" else 1):
            if len(row.sources) > 1:
                stranger = next(one for one in strangers if one.ref == row.sources[1].ref)
                if fold(row.name) != fold(stranger.name):
                    joined.append(f"{row.name} = {stranger.name}")
    print(f"{len(joined)} of {pairs} strangers were taken for the same")
    assert pairs == 22 * 23
    assert joined == []


def measure(spaces: list[Space]) -> Measured:
    """Each spelling and shift is a source of its own; every pair that was joined is right or wrong."""
    right, wrong, missed = 0, [], []
    for number, spelled in enumerate(SPELLINGS):
        for metres in SHIFTS_M:
            twins = [twin(space, spelled(space.name), metres, number) for space in spaces]
            belongs = {twin.ref: space.ref for twin, space in zip(twins, spaces, strict=True)}
            for row in merge([*spaces, *twins], lambda account: 0 if account == "osm" else 1):
                refs = [source.ref for source in row.sources]
                for ref in (ref for ref in refs if ref in belongs):
                    if belongs[ref] in refs:
                        right += 1
                    elif len(refs) > 1:
                        wrong.append(f"{ref} with {row.name}")
                    else:
                        missed.append(f"{row.name} {metres} m")
    return Measured(
        right / (right + len(wrong)), right / (right + len(missed) + len(wrong)), wrong, missed
    )


def twin(space: Space, name: str, metres: float, number: int) -> Space:
    assert space.lat is not None and space.lon is not None
    # In turn to the north, the east, the south and the west.
    side = (1, 0), (0, 1.68), (-1, 0), (0, -1.68)
    north, east = side[number % 4]
    degrees = metres / 1000 / KM_PER_DEGREE
    ref = Ref("coworkingview", space.ref.id.replace("/", "-"))
    return replace(
        space,
        ref=ref,
        name=name,
        lat=space.lat + north * degrees,
        lon=space.lon + east * degrees,
        sources=(Source("coworkingview", ref),),
    )


def test_the_shifts_are_as_long_as_they_say() -> None:
    space = Space(Ref("osm", "node/1"), "X", lat=53.55, lon=10.0)
    for number in range(4):
        moved = twin(space, "X", 60, number)
        away = distance_km(53.55, 10.0, moved.lat or 0, moved.lon or 0)
        assert away == pytest.approx(0.060, abs=0.001)
