"""The gazetteer compared with two independent lists: Destatis and GeoNames."""

import csv
from pathlib import Path

import pytest

from cowork_cli.domain.place import Place, distance_km
from cowork_cli.store.gazetteer import find

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.shared_data


def rows(name: str) -> list[dict[str, str]]:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the test data {name} is not beside this folder (shared/data)")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def away(row: dict[str, str], place: Place) -> float:
    return distance_km(float(row["lat"]), float(row["lon"]), place.lat, place.lon)


def share(part: int, whole: int) -> float:
    return part / whole


def test_postcodes_are_known_and_near() -> None:
    by_code: dict[str, list[dict[str, str]]] = {}
    for row in rows("gazetteer-de-postcodes.csv"):
        by_code.setdefault(row["postcode"], []).append(row)
    known = near = same_land = 0
    for code, listed in by_code.items():
        places = find(code, limit=100)
        known += bool(places)
        near += any(away(row, place) <= 15 for row in listed for place in places[:1])
        same_land += bool({row["state"] for row in listed} & {p.land for p in places})
    print(f"{len(by_code)} postcodes: {known} known, {near} near, {same_land} in the same Land")
    assert share(known, len(by_code)) >= 0.998
    assert share(near, len(by_code)) >= 0.998
    assert share(same_land, len(by_code)) >= 0.998


def test_municipalities_are_found_by_their_name() -> None:
    listed = rows("gazetteer-de-municipalities.csv")
    found = 0
    missed: list[str] = []
    for row in listed:
        hits = find(row["name"].split(",")[0], limit=200)
        if any(hit.land == row["state"] and away(row, hit) <= 20 for hit in hits):
            found += 1
        else:
            missed.append(row["name"])
    print(f"{found} of {len(listed)} municipalities found; missed: {missed[:40]}")
    assert share(found, len(listed)) >= 0.998


def test_villages_of_some_hundred_people_are_found() -> None:
    small = [
        r for r in rows("gazetteer-de-municipalities.csv") if 700 <= int(r["population"]) <= 900
    ]
    assert any(row["name"] == "Stolk" for row in small)
    found = sum(
        any(away(row, hit) <= 20 for hit in find(row["name"].split(",")[0], limit=200))
        for row in small
    )
    print(f"{found} of {len(small)} villages found")
    assert share(found, len(small)) >= 0.99
