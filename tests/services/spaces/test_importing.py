"""Importing files of spaces: refs are kept, a second time changes nothing, failures change nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Skipped, Space
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.paths import Paths
from cowork_cli.services.spaces.directory import exported
from cowork_cli.services.spaces.importing import import_file, space_from_tags
from cowork_cli.store import spaces
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
BASE = "2024-06-14T12:06:11Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paths = Paths(*(tmp_path / part for part in ("config", "data", "cache", "state")))
    opened = open_store(
        paths, now_ms=1_795_626_000_000, command="t", expected=False, note=lambda line: None
    )
    yield opened
    opened.close()


def overpass(tmp_path: Path, *elements: dict[str, Any], **more: Any) -> Path:
    path = tmp_path / "answer.json"
    head = {"version": 0.6, "osm3s": {"timestamp_osm_base": BASE}}
    path.write_text(json.dumps({**head, "elements": list(elements), **more}), encoding="utf-8")
    return path


def node(number: int, **tags: str) -> dict[str, Any]:
    return {"type": "node", "id": number, "lat": 53.5, "lon": 10.0, "tags": tags}


def bring(path: Path, store: Store, *, dry_run: bool = False) -> tuple[int, int, int, int]:
    report = import_file(path, store=store, dry_run=dry_run)
    return report.added, report.updated, report.unchanged, len(report.skipped)


def test_a_second_time_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = overpass(tmp_path, node(1, office="coworking", name="Eins"))
    assert bring(path, store) == (1, 0, 0, 0)
    assert bring(path, store) == (0, 0, 1, 0)
    (space,) = spaces.every(store)
    assert space.ref == Ref("osm", "node/1")
    assert (space.sources[0].licence, space.sources[0].as_of) == ("ODbL-1.0", BASE)


def test_a_change_updates_and_a_newer_date_alone_does_not_count(
    tmp_path: Path, store: Store
) -> None:
    bring(overpass(tmp_path, node(1, office="coworking", name="Eins")), store)
    newer = {"timestamp_osm_base": "2025-01-01T00:00:00Z"}
    same = overpass(tmp_path, node(1, office="coworking", name="Eins"), osm3s=newer)
    assert bring(same, store) == (0, 0, 1, 0)
    assert spaces.every(store)[0].sources[0].as_of == "2025-01-01T00:00:00Z"
    changed = overpass(tmp_path, node(1, office="coworking", name="Eins", phone="040 1"))
    assert bring(changed, store) == (0, 1, 0, 0)


def test_an_object_that_comes_twice_is_one(tmp_path: Path, store: Store) -> None:
    one = node(1, amenity="coworking_space", name="Eins")
    assert bring(overpass(tmp_path, one, one), store) == (1, 0, 0, 0)


def test_what_has_no_name_or_is_something_else_is_skipped(tmp_path: Path, store: Store) -> None:
    path = overpass(tmp_path, node(1, office="coworking"), node(2, office="company", name="X"))
    report = import_file(path, store=store, dry_run=False)
    assert [(row.ref, row.reason) for row in report.skipped] == [
        ("osm:node/1", "has no name"),
        ("osm:node/2", "not tagged as a coworking space"),
    ]
    assert spaces.every(store) == []


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = overpass(tmp_path, node(1, office="coworking", name="Eins"))
    assert bring(path, store, dry_run=True) == (1, 0, 0, 0)
    assert spaces.every(store) == []


def test_a_failed_query_is_no_empty_answer(tmp_path: Path, store: Store) -> None:
    remark = 'runtime error: Query timed out in "query" at line 3 after 25 seconds.'
    path = overpass(tmp_path, node(1, office="coworking", name="Eins"), remark=remark)
    with pytest.raises(BadInput, match="timed out"):
        bring(path, store)
    assert spaces.every(store) == []


@pytest.mark.parametrize("text", ["{", "[1]", "<html></html>", '{"a": 1}', "a,b\n1,2\n", ""])
def test_what_is_no_such_file_is_refused(tmp_path: Path, store: Store, text: str) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    with pytest.raises(BadInput):
        bring(path, store)


def test_a_file_that_is_not_there(tmp_path: Path, store: Store) -> None:
    with pytest.raises(NotFound):
        bring(tmp_path / "nothing.json", store)


def of_tags(**tags: str) -> Space:
    found = space_from_tags("way/7", {"name": "X", "office": "coworking", **tags}, 1.0, 2.0, BASE)
    assert isinstance(found, Space)
    return found


@pytest.mark.parametrize(
    ("tags", "amenities"),
    [
        ({"internet_access": "wlan"}, {"wifi": True}),
        ({"internet_access": "yes"}, {"wifi": True}),
        ({"internet_access": "no"}, {"wifi": False}),
        ({"internet_access": "wired"}, {}),
        ({"wheelchair": "yes"}, {"step-free": True}),
        ({"wheelchair": "no"}, {"step-free": False}),
        ({"wheelchair": "limited"}, {}),
        ({}, {}),
    ],
)
def test_unknown_is_not_no(tags: dict[str, str], amenities: dict[str, bool]) -> None:
    assert of_tags(**tags).amenities == amenities


def test_both_spellings_and_lists_of_values() -> None:
    one = of_tags(
        **{"contact:website": "https://a.example;https://b.example", "contact:phone": "1"}
    )
    assert (one.website, one.phone) == ("https://a.example", "1")
    two = of_tags(**{"website": "https://w.example", "contact:website": "https://c.example"})
    assert two.website == "https://w.example"


def test_a_charge_and_an_address() -> None:
    one = of_tags(
        charge="15 EUR/day", **{"addr:street": "Ring", "addr:housenumber": "1", "addr:city": "Ulm"}
    )
    assert one.prices == (Price(Money(1500), "day"),)
    assert str(one.address) == "Ring 1, Ulm"
    assert of_tags(charge="ask").prices == ()


def test_a_space_without_a_snapshot_date_has_the_day_it_was_checked() -> None:
    found = space_from_tags(
        "node/1", {"name": "X", "office": "coworking", "check_date": "2024-02-03"}, None, None, None
    )
    assert not isinstance(found, Skipped)
    assert found.sources[0].as_of == "2024-02-03"


def test_csv_finds_its_own_rows_again(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "spaces.csv"
    path.write_text(
        "Name;Street;Postcode;City;Lat;Lon;Amenities\n"
        "Mühle;Weg 1;14827;Wiesenburg;52,1;12,4;wifi|dogs=no\n;;;;;;\nMühle;Weg 2;14827;W;;;\n",
        encoding="utf-8-sig",
    )
    assert bring(path, store) == (2, 0, 0, 1)
    assert bring(path, store) == (0, 0, 2, 1)
    first, second = spaces.every(store)
    assert (first.ref.id, second.ref.id) == ("muehle", "muehle-2")
    assert (first.lat, first.amenities) == (52.1, {"wifi": True, "dogs": False})


def test_geojson_of_overpass_turbo(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "x.geojson"
    ring = [[[10.0, 53.0], [10.2, 53.0], [10.2, 53.4], [10.0, 53.0]]]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": ring},
        "properties": {"@id": "way/5", "name": "Werk", "office": "coworking"},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert bring(path, store) == (1, 0, 0, 0)
    (space,) = spaces.every(store)
    assert (space.ref, space.lat) == (Ref("osm", "way/5"), pytest.approx(53.2))


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_what_is_exported_comes_back_unchanged(tmp_path: Path, store: Store, form: str) -> None:
    tags = {"office": "coworking", "name": "Eins", "charge": "15 EUR/day", "wheelchair": "no"}
    bring(overpass(tmp_path, node(1, **tags, **{"addr:city": "Hamburg"})), store)
    before = spaces.every(store)
    path = tmp_path / f"out.{form}"
    path.write_bytes(exported(form, store=store)[0])
    assert bring(path, store) == (0, 0, 1, 0)
    assert spaces.every(store) == before


@pytest.mark.shared_data
def test_hamburg(store: Store) -> None:
    file = SHARED / "osm-coworking-hamburg-2024-06-14.overpass.json"
    if not file.exists():
        pytest.skip(f"the folder of real open data is absent: {SHARED}")
    assert bring(file, store) == (23, 0, 0, 0)
    assert bring(file, store) == (0, 0, 23, 0)
    named = {space.name: space for space in spaces.every(store)}
    assert named["Die Diele"].amenities == {"wifi": True, "step-free": False}
    assert named["Werkheim"].ref == Ref("osm", "way/232893943")
