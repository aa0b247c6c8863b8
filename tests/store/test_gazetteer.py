"""Looking up German places: by postcode, by name, by a beginning, by a misspelt name."""

import sqlite3
import time
from pathlib import Path

import pytest

from cowork_cli.domain.geonames import Listed
from cowork_cli.domain.place import LANDS, distance_km
from cowork_cli.errors import Failed
from cowork_cli.store import gazetteer, gazetteer_file
from cowork_cli.store.gazetteer import find, nearest_names, resolve


def names(query: str) -> list[str]:
    return [place.name for place in find(query)]


def chosen(query: str) -> tuple[str, str | None]:
    place, _ = resolve(query)
    assert place is not None, f"{query} was not resolved"
    return place.name, place.land


def test_postcode_gives_its_town_and_point() -> None:
    (place,) = find("44137")
    assert (place.name, place.postcode, place.land) == ("Dortmund", "44137", "NW")
    assert distance_km(place.lat, place.lon, 51.51, 7.45) < 3


def test_postcode_of_many_villages_gives_all_with_the_town_first() -> None:
    places = find("55606")
    assert places[0].name == "Kirn"
    assert len(places) == 15
    assert {place.postcode for place in places} == {"55606"}
    assert resolve("55606")[0] == places[0]


@pytest.mark.parametrize("query", ["00000", "99999", "٤٤١٣٧", "4413"])
def test_unknown_postcode_gives_nothing(query: str) -> None:
    assert find(query) == []
    assert resolve(query) == (None, [])


def test_town_is_found_with_land_and_point() -> None:
    place = find("Oranienburg")[0]
    assert (place.name, place.postcode, place.land) == ("Oranienburg", "16515", "BB")
    assert distance_km(place.lat, place.lon, 52.755, 13.24) < 8


@pytest.mark.parametrize(
    "query", ["Wiesenburg/Mark", "wiesenburg", "WIESENBURG", "Wiesenburg (Mark)"]
)
def test_addition_may_be_left_out(query: str) -> None:
    assert chosen(query) == ("Wiesenburg/Mark", "BB")


@pytest.mark.parametrize("query", ["münster", "Muenster", "MÜNSTER", " Münster "])
def test_the_much_bigger_of_one_name_is_taken(query: str) -> None:
    assert chosen(query) == ("Münster", "NW")
    assert len(resolve(query)[1]) > 1


@pytest.mark.parametrize("query", ["Köln", "Koeln", "köln"])
def test_town_of_many_postcodes_is_one_place_with_the_lowest(query: str) -> None:
    place = find(query)[0]
    assert (place.name, place.postcode) == ("Köln", "50667")
    assert distance_km(place.lat, place.lon, 50.94, 6.96) < 5
    assert names(query).count("Köln") == 1


def test_frankfurt_is_two_towns() -> None:
    place, candidates = resolve("Frankfurt")
    assert place is None
    assert [c.name for c in candidates[:2]] == ["Frankfurt am Main", "Frankfurt (Oder)"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Frankfurt am Main", "Frankfurt am Main"),
        ("frankfurt main", "Frankfurt am Main"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt an der Oder", "Frankfurt (Oder)"),
        ("frankfurt/oder", "Frankfurt (Oder)"),
        ("Hamburg", "Hamburg"),
        ("Berlin", "Berlin"),
        ("Bremen", "Bremen"),
        ("Oldenburg", "Oldenburg"),
        ("Dortmund, Stadt", "Dortmund"),
        ("Münster, Hessen", "Münster (Hessen)"),
        ("St. Ingbert", "Sankt Ingbert"),
        ("Budyšin", "Bautzen - Budyšin"),
        ("Eisleben", "Lutherstadt Eisleben"),
        ("bad kissi", "Bad Kissingen"),
        ("Stolk", "Stolk"),
    ],
)
def test_one_place_is_meant(query: str, name: str) -> None:
    assert chosen(query)[0] == name


@pytest.mark.parametrize("query", ["Neustadt", "Mülheim", "Reetz", "Ham"])
def test_several_places_ask(query: str) -> None:
    place, candidates = resolve(query)
    assert place is None
    assert len(candidates) > 1


def test_city_states_keep_their_far_islands_out_of_the_middle() -> None:
    assert find("Hamburg")[0].postcode == "20095"
    assert find("Bremen")[0].postcode == "28195"
    assert find("27499")[0].land == "HH"


def test_whole_names_come_before_beginnings() -> None:
    found = names("Essen")
    assert found[0] == "Essen"
    assert found.index("Essen/Oldenburg") < found.index("Essenbach")


def test_limit_is_kept() -> None:
    assert len(find("a")) == 20
    assert len(find("a", limit=3)) == 3


@pytest.mark.parametrize("query", ["Xyzzyhausen", "", "  ", "%", "_", "'; DROP TABLE place; --"])
def test_unknown_name_gives_nothing(query: str) -> None:
    assert find(query) == []
    assert resolve(query) == (None, [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Hambrug", "Hamburg"), ("Dortmudn", "Dortmund"), ("Oraninburg", "Oranienburg")],
)
def test_misspelt_name_gets_suggestions(typed: str, meant: str) -> None:
    assert find(typed) == []
    assert meant in nearest_names(typed)


def test_suggestions_for_nonsense_are_empty() -> None:
    assert nearest_names("") == nearest_names("qqqqqqqq") == []
    assert len(nearest_names("Hambrug", n=1)) == 1


def test_lookup_is_quick() -> None:
    nearest_names("Schwarzenbek")
    start = time.process_time()
    for query in ("Berlin", "44137", "Wiesenburg", "bad kissi"):
        resolve(query)
    nearest_names("Schwarzenbeck")
    # Some ms in truth, of CPU time: a loaded machine changes nothing.
    assert time.process_time() - start < 0.5


def test_missing_file_is_an_error_and_no_file_is_made(tmp_path: Path) -> None:
    missing = tmp_path / "with ? and %20.sqlite"
    with pytest.raises(Failed, match="cannot be read"):
        find("Berlin", path=missing)
    assert list(tmp_path.iterdir()) == []


def test_folder_with_url_signs_is_no_hindrance(tmp_path: Path) -> None:
    copy = tmp_path / "a?b#c%20d" / "g.sqlite"
    copy.parent.mkdir()
    copy.write_bytes(gazetteer.DATA_FILE.read_bytes())
    assert find("44137", path=copy)[0].name == "Dortmund"


def test_data_file_is_small_sound_and_names_its_licence() -> None:
    assert gazetteer.DATA_FILE.stat().st_size < 3_000_000
    base = sqlite3.connect(f"{gazetteer.DATA_FILE.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        meta = dict(base.execute("SELECT key, value FROM meta"))
        lands = {land for (land,) in base.execute("SELECT DISTINCT land FROM place")}
        box = base.execute("SELECT min(lat), max(lat), min(lon), max(lon) FROM place").fetchone()
    finally:
        base.close()
    assert meta["licence"] == "ODbL-1.0"
    assert "OpenStreetMap contributors" in meta["attribution"]
    assert lands == set(LANDS)
    assert 47.2 < box[0] < box[1] < 55.1
    assert 5.8 < box[2] < box[3] < 15.1
    assert gazetteer.DATA_FILE.with_suffix(".NOTICE.md").is_file()


def test_the_list_that_comes_along_and_cannot_be_read_is_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "places.sqlite"
    broken.write_text("no database at all")
    with pytest.raises(Failed) as fetched:
        find("Berlin", path=broken)
    assert (
        fetched.value.message
        == f"a list of places cannot be read: {broken} (file is not a database)"
    )
    assert fetched.value.hint == "fetch it again with `cowork place update PLACES`"
    monkeypatch.setattr(gazetteer, "DATA_FILE", broken)
    with pytest.raises(Failed) as shipped:
        find("Berlin", path=broken)
    assert shipped.value.message == (
        f"the list of places that comes with cowork cannot be read: {broken} (file is not a database)"
    )
    assert shipped.value.hint is not None
    assert shipped.value.hint.startswith("install cowork again, for example with `pipx reinstall ")


def test_a_list_that_names_no_country_is_of_none(tmp_path: Path) -> None:
    copy = tmp_path / "at.sqlite"
    copy.write_bytes(gazetteer.DATA_FILE.read_bytes())
    with sqlite3.connect(copy) as base:
        base.execute("DELETE FROM meta WHERE key = 'country'")
    base.close()
    with pytest.raises(Failed) as raised:
        find("44137", path=copy)
    assert raised.value.message == f"a list of places cannot be read: {copy} (it names no country)"
    assert raised.value.hint == "fetch it again with `cowork place update AT`"


def test_a_place_without_a_point_is_left_out_and_two_of_one_name_are_two(tmp_path: Path) -> None:
    rows = [
        Listed("4810", "Gmunden", "Oberösterreich", "", 47.92, 13.80),
        Listed("4811", "Gmunden", "Oberösterreich", "", None, None),
        Listed("9999", "Gmunden", "Oberösterreich", "", 48.60, 14.60),
        Listed("4812", "Nowhere", "Oberösterreich", "", 47.9, None),
    ]
    assert gazetteer_file.write(tmp_path, "AT", rows, "2026-11-25") == (2, 2)
    found = find("Gmunden", path=tmp_path / "at.sqlite")
    assert sorted((place.postcode, place.lat) for place in found) == [
        ("4810", 47.92),
        ("9999", 48.6),
    ]
    assert find("Nowhere", path=tmp_path / "at.sqlite") == []
