"""The rules for comparing names, for distances and for the names of the Länder."""

import dataclasses
import unicodedata

import pytest

from cowork_cli.domain.place import (
    LANDS,
    Place,
    distance_km,
    fold,
    full_keys,
    land_code,
    loose_key,
    short_keys,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Münster", "MUENSTER"),
        ("Münster", unicodedata.normalize("NFD", "Münster")),
        ("Köln", "koeln"),
        ("Gießen", "Giessen"),
        ("GIESSEN", "gießen"),
        ("Café Zürich", "cafe zuerich"),
        ("Wiesenburg/Mark", " wiesenburg  -  mark "),
        ("Frankfurt (Oder)", "Frankfurt/Oder"),
        ("Budyšin", "budysin"),
        ("O'Neill", "ONeill"),
        ("Běła Woda", "bela woda"),
    ],
)
def test_names_written_differently_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_different_towns_apart() -> None:
    assert fold("Munster") != fold("Münster")


@pytest.mark.parametrize("text", ["", "  ", "-/-", "…"])
def test_fold_of_no_letters_is_empty(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize("text", ["Lübbenau/Spreewald - Lubnjow/Błota", "ẞtraße", "Ⅷ İ", "a\tb\nc"])
def test_fold_of_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_loose_key_drops_link_words_but_never_everything() -> None:
    assert loose_key("frankfurt an der oder") == "frankfurt oder"
    assert loose_key("sankt ingbert") == "st ingbert"
    assert loose_key("au") == "au"
    assert loose_key("am") == "am"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Wiesenburg/Mark", "wiesenburg"),
        ("Frankfurt (Oder)", "frankfurt"),
        ("Frankfurt am Main", "frankfurt"),
        ("Dortmund, Stadt", "dortmund"),
        ("Wörth a.d. Isar", "woerth"),
        ("Rothenburg ob der Tauber", "rothenburg"),
    ],
)
def test_short_name_is_the_part_before_the_addition(name: str, short: str) -> None:
    assert short_keys(name) == {short}


def test_both_halves_of_a_bilingual_name_are_whole_names() -> None:
    assert {"bautzen", "budysin", "bautzen budysin"} <= full_keys("Bautzen - Budyšin")


def test_distance_is_known_for_berlin_and_hamburg() -> None:
    assert distance_km(52.5200, 13.4050, 53.5511, 9.9937) == pytest.approx(255.3, abs=0.5)


def test_distance_is_symmetric_and_safe_at_the_edges() -> None:
    assert distance_km(50, 7, 50, 7) == 0
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22.24, abs=0.01)
    assert distance_km(50, 7, 48, 11) == pytest.approx(distance_km(48, 11, 50, 7))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NW", "NW"),
        ("nw", "NW"),
        ("NRW", "NW"),
        ("Nordrhein-Westfalen", "NW"),
        ("nordrhein westfalen", "NW"),
        ("DE-NW", "NW"),
        ("BE", "BE"),
        ("Berlin", "BE"),
        ("Thueringen", "TH"),
        ("Bavaria", "BY"),
        ("Baden-Württemberg", "BW"),
        ("Schlewig-Holstein", None),
        ("DE", None),
        ("", None),
        ("XX", None),
    ],
)
def test_land_code(text: str, code: str | None) -> None:
    assert land_code(text) == code


def test_every_land_is_found_by_code_and_by_name() -> None:
    assert len(LANDS) == 16
    for code, name in LANDS.items():
        assert land_code(code) == land_code(name) == land_code(f"DE-{code}") == code


def test_place_has_the_fields_of_the_json_output() -> None:
    names = [field.name for field in dataclasses.fields(Place)]
    assert names == ["name", "postcode", "land", "lat", "lon"]
