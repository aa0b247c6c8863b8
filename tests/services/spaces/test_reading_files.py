"""What a file of spaces says: positions, what is closed for good, headings, amenities."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.osm_tags import middle
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Skipped, Space
from cowork_cli.paths import Paths
from cowork_cli.services.spaces.importing import import_file, space_from_tags
from cowork_cli.services.spaces.results import StrangeAmenity
from cowork_cli.services.spaces.tables import understood
from cowork_cli.store import spaces
from cowork_cli.store.engine.store import Store
from tests.conftest import Cowork
from tests.stores import open_store

LIVING = {"office": "coworking", "name": "Werk"}
TODAY = date(2026, 11, 25)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paths = Paths(*(tmp_path / part for part in ("config", "data", "cache", "state")))
    opened = open_store(
        paths, now_ms=1_795_626_000_000, command="t", expected=False, note=lambda line: None
    )
    yield opened
    opened.close()


def bring(tmp_path: Path, store: Store, *elements: dict[str, Any]) -> tuple[Any, ...]:
    """The point of the one space brought in, or why it was skipped."""
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"elements": list(elements)}))
    report = import_file(path, store=store, dry_run=False)
    if report.skipped:
        return tuple((row.ref, row.reason) for row in report.skipped)
    (space,) = spaces.every(store)
    return space.lat, space.lon


def way(**facts: Any) -> dict[str, Any]:
    return {"type": "way", "id": 7, "tags": LIVING, **facts}


CORNERS = [{"lat": 53.0, "lon": 10.0}, {"lat": 53.4, "lon": 10.2}]
MIDDLE = (pytest.approx(53.2), pytest.approx(10.1))


# ---- positions


@pytest.mark.parametrize(
    "facts",
    [
        {"center": {"lat": 53.2, "lon": 10.1}},
        {"bounds": {"minlat": 53.0, "minlon": 10.0, "maxlat": 53.4, "maxlon": 10.2}},
        {"geometry": CORNERS},
        {"geometry": [None, *CORNERS, None]},
        {"geometry": [], "bounds": {"minlat": 53.0, "minlon": 10.0, "maxlat": 53.4, "maxlon": 10.2}},
        {"type": "relation", "members": [{"type": "way", "ref": 1, "geometry": CORNERS}]},
        {
            "type": "relation",
            "members": [{"type": "node", "ref": n, **point} for n, point in enumerate(CORNERS)],
        },
    ],
)  # fmt: skip
def test_a_way_or_relation_has_its_middle(
    tmp_path: Path, store: Store, facts: dict[str, Any]
) -> None:
    assert bring(tmp_path, store, way(**facts)) == MIDDLE


def corner(number: int) -> dict[str, Any]:
    return {"type": "node", "id": number, **CORNERS[number - 1]}


def test_the_nodes_of_the_same_answer_tell_the_position(tmp_path: Path, store: Store) -> None:
    assert bring(tmp_path, store, way(nodes=[1, 2, 99]), corner(1), corner(2)) == MIDDLE


def test_a_relation_finds_its_ways_and_their_nodes(tmp_path: Path, store: Store) -> None:
    outer = {"type": "way", "id": 8, "nodes": [1, 2]}
    relation = way(type="relation", members=[{"type": "way", "ref": 8, "role": "outer"}])
    assert bring(tmp_path, store, relation, outer, corner(1), corner(2)) == MIDDLE


def test_a_relation_within_itself_ends(tmp_path: Path, store: Store) -> None:
    round_again = way(type="relation", members=[{"type": "relation", "ref": 7}])
    assert bring(tmp_path, store, round_again) == (("osm:relation/7", "has no position"),)


def test_printed_twice_the_position_counts_wherever_it_stands(tmp_path: Path, store: Store) -> None:
    assert bring(tmp_path, store, way(), way(tags={}, geometry=CORNERS)) == MIDDLE


@pytest.mark.parametrize(
    "facts",
    [{}, {"nodes": [1]}, {"center": {}}, {"geometry": [None]}, {"center": {"lat": 91, "lon": 0}}],
)
def test_what_has_no_position_is_skipped_and_said(
    tmp_path: Path, store: Store, facts: dict[str, Any]
) -> None:
    assert bring(tmp_path, store, way(**facts)) == (("osm:way/7", "has no position"),)
    assert spaces.every(store) == []


# ---- closed for good


@pytest.mark.parametrize(
    "tags",
    [
        {"disused:office": "coworking", "office": ""},
        {"abandoned:amenity": "coworking_space", "office": ""},
        {"was:office": "coworking", "office": ""},
        {"was:office": "coworking"},
        {"disused": "yes"},
        {"abandoned": "yes"},
        {"end_date": "2023"},
        {"end_date": "2026-10"},
        {"end_date": "2026-11-24"},
        {"opening_hours": "off"},
        {"opening_hours": "closed"},
        {"opening_hours": 'off "closed for good"'},
        {"opening_hours": "24/7 off"},
    ],
)
def test_what_is_closed_for_good_is_no_living_space(tags: dict[str, str]) -> None:
    row = space_from_tags("node/1", {**LIVING, **tags}, 1.0, 2.0, None, TODAY)
    assert isinstance(row, Skipped), tags
    assert (row.name, row.reason) == ("Werk", "tagged as closed for good")


@pytest.mark.parametrize(
    "tags",
    [
        {"disused:shop": "yes"},
        {"was:amenity": "cafe"},
        {"end_date": "2026"},
        {"end_date": "2026-11"},
        {"end_date": "2026-11-25"},
        {"end_date": "2027-02-30"},
        {"end_date": "before 2020"},
        {"disused": "no"},
        {"opening_hours": "Mo-Fr 09:00-17:00; Sa,Su off"},
        {"opening_hours": "PH off"},
    ],
)
def test_other_ends_leave_it_living(tags: dict[str, str]) -> None:
    row = space_from_tags("node/1", {**LIVING, **tags}, 1.0, 2.0, None, TODAY)
    assert isinstance(row, Space), tags


def test_one_that_closed_since_is_said_to_be_there_still(tmp_path: Path, store: Store) -> None:
    there = way(center={"lat": 53.2, "lon": 10.1})
    bring(tmp_path, store, there)
    gone = {**there, "tags": {**LIVING, "disused": "yes"}}
    assert bring(tmp_path, store, gone) == (
        ("osm:way/7", "tagged as closed for good, and still in your directory"),
    )


# ---- tables


def test_german_headings_are_read_and_the_others_named(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "Bezeichnung;Straße;Hausnr.;PLZ;Ort;Öffnungszeiten;Preis pro Tag (brutto);Monatspreis netto;"
        "Telefon;WLAN;Drucker;Betreiber;Notiz\n"
        "Mühle;Ring;1;14827;Wiesenburg;Mo-Fr 08:00-18:00;18,00 €;150;033;ja;nein;Ada;schön\n",
        encoding="utf-8",
    )
    outcome = cowork("space", "import", str(path), "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["not_used"] == ["Betreiber", "Notiz"]
    assert outcome.data["used"]["PLZ"] == "postcode"
    assert "Columns not used: Betreiber, Notiz." in outcome.err
    assert (
        "Bezeichnung (name), Straße (street), Hausnr. (house_number), PLZ (postcode)" in outcome.err
    )
    (row,) = cowork("space", "search", "--json").data
    assert row["address"] == {
        "street": "Ring 1",
        "postcode": "14827",
        "city": "Wiesenburg",
        "country": "DE",
    }
    assert (row["lat"], row["lon"]) == (52.08995, 12.42918)
    assert row["amenities"] == {"wifi": True, "printer": False}
    assert row["hours"]["text"] == "Mo-Fr 08:00-18:00"
    assert row["phone"] == "033"
    assert row["price_from"] == {"amount": "18.00", "currency": "EUR", "per": "day", "tax": "gross"}
    monthly = cowork("space", "search", "--per", "month", "--json").data[0]["price_from"]
    assert (monthly["amount"], monthly["tax"]) == ("150.00", "net")


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Name", "name"),
        ("Straße und Hausnummer", "street"),
        ("Strasse", "street"),
        ("Postleitzahl", "postcode"),
        ("ZIP", "postcode"),
        ("Stadt", "city"),
        ("Land", "country"),
        ("Breitengrad", "lat"),
        ("lng", "lon"),
        ("E-Mail", "email"),
        ("Webseite", "website"),
        ("Ausstattung", "amenities"),
        ("Tagespreis", "price:day:"),
        ("Preis pro Stunde", "price:hour:"),
        ("Preis/Monat in EUR", "price:month:"),
        ("Price per day (gross)", "price:day:gross"),
        ("Halbtagespreis", "price:half-day:"),
        ("WLAN", "amenity:wifi"),
        ("as_of", "as_of"),
        ("Stadtteil", None),
        ("Tag", None),
        ("Preis", None),
    ],
)
def test_a_heading_means(heading: str, meaning: str | None) -> None:
    columns = understood(["x", heading])
    assert columns.used.get(heading) == meaning
    assert columns.unused == ["x"] + ([] if meaning else [heading])


def test_a_second_column_of_one_meaning_is_not_used() -> None:
    columns = understood(["Ort", "Stadt", "name"])
    assert (columns.used, columns.unused) == ({"Ort": "city", "name": "name"}, ["Stadt"])


def table(tmp_path: Path, store: Store, text: str, **more: Any) -> Any:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(path, store=store, dry_run=False, **more)


def test_one_cell_may_hold_the_whole_address(tmp_path: Path, store: Store) -> None:
    table(tmp_path, store, 'Name,Adresse\nA,"Ring 1, 20095 Hamburg"\nB,Weg 2\n')
    first, second = spaces.every(store)
    assert str(first.address) == "Ring 1, 20095 Hamburg"
    assert str(second.address) == "Weg 2"


def test_a_land_is_no_country_and_a_country_may_be_a_name(tmp_path: Path, store: Store) -> None:
    report = table(tmp_path, store, "Name;Land\nA;Deutschland\nB;Bayern\nC;pt\nD;Narnia\nE;\n")
    countries = [space.address.country for space in spaces.every(store)]
    assert countries == ["DE", "DE", "PT", None], "E has no town"
    assert [row.reason for row in report.skipped] == ['"Narnia" is not a country']


def test_a_price_that_is_none_is_said(tmp_path: Path, store: Store) -> None:
    report = table(tmp_path, store, "Name;Tagespreis\nA;auf Anfrage\nB;20,- EUR\nC;12 € netto\n")
    assert [row.name for row in report.skipped] == ["A"]
    assert [space.prices for space in spaces.every(store)] == [
        (Price(Money(2000), "day"),),
        (Price(Money(1200), "day", "net"),),
    ]


def test_amenities_have_one_name_and_strange_ones_are_not_stored(
    tmp_path: Path, store: Store
) -> None:
    text = "Name;Ausstattung\nA;WLAN|Kaffee|sauna|kichen\nB;Sauna, Drucker=no\n"
    report = table(tmp_path, store, text)
    assert [space.amenities for space in spaces.every(store)] == [
        {"wifi": True, "coffee": True},
        {"printer": False},
    ]
    assert report.unknown_amenities == (
        StrangeAmenity("sauna", None, 2),
        StrangeAmenity("kichen", "kitchen", 1),
    )
    kept = table(tmp_path, store, text, keep_amenities=["sauna"])
    assert [row.name for row in kept.unknown_amenities] == ["kichen"]
    assert spaces.every(store)[0].amenities == {"wifi": True, "coffee": True, "sauna": True}
    assert [row.name for row in table(tmp_path, store, text).unknown_amenities] == ["kichen"]


def test_what_a_file_says_nothing_of_is_kept(tmp_path: Path, store: Store) -> None:
    table(tmp_path, store, "name;city;phone;amenities;prices\nA;Köln;1;wifi;day=18\n")
    report = table(tmp_path, store, "name;city;website\nA;Köln;https://a.example\n")
    (space,) = spaces.every(store)
    assert (report.updated, space.phone, space.website) == (1, "1", "https://a.example")
    assert space.amenities == {"wifi": True}
    assert space.prices == (Price(Money(1800), "day"),)


def test_a_point_on_the_equator_is_a_point(tmp_path: Path, store: Store) -> None:
    point = {"type": "Point", "coordinates": [9.45, 0.0]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "A", "Farbe": "rot"}}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    report = import_file(path, store=store, dry_run=False)
    assert report.not_used == ("Farbe",)
    (space,) = spaces.every(store)
    assert (space.ref, space.lat, space.lon) == (Ref("local", "a"), 0.0, 9.45)


def test_the_command_names_what_was_not_stored(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("name,amenities\nA,wifi|kichen\n")
    outcome = cowork("space", "import", str(path), "--json")
    assert (
        'The amenity "kichen" is not known here and was not stored, did you mean kitchen?'
        ' Store it too with `--amenity "kichen"`.' in outcome.err
    )
    assert outcome.data["unknown_amenities"] == [
        {"name": "kichen", "nearest": "kitchen", "spaces": 1}
    ]


# ---- typed at the prompt


def test_an_amenity_that_looks_mistyped_is_questioned(cowork: Cowork) -> None:
    add = ("space", "add", "Mühle", "--city", "Köln", "--amenity")
    refused = cowork(*add, "kichen")
    assert (refused.code, 'did you mean "kitchen"?' in refused.err) == (2, True)
    assert cowork(*add, "kichen", terminal=True, stdin="n\n").code == 1
    assert cowork("space", "search", "--json").data == []
    kept = cowork(*add, "kichen", "--yes", "--json")
    assert kept.data["amenities"] == {"kichen": True}
    assert cowork("space", "edit", "Mühle", "--amenity", "kichen=no").code == 0


def test_another_strange_one_passes_as_given_and_is_said(cowork: Cowork) -> None:
    added = cowork("space", "add", "Mühle", "--city", "Köln", "--amenity", "sauna", "--amenity", "WLAN", "--json")  # fmt: skip
    assert added.data["amenities"] == {"sauna": True, "wifi": True}
    assert 'The amenity "sauna" is not one of' in added.err


def test_the_middle_of_a_building_is_told_in_the_digits_of_the_map() -> None:
    assert middle([(51.1234567, 7.1), (51.2345678, 7.2)]) == (51.1790122, 7.15)
    assert middle([]) == (None, None)
