"""Places for TAB: the file is that of the gazetteer, and every prefix is found in it by halves."""

import random
import sqlite3
from pathlib import Path

import pytest

from cowork_cli.store import gazetteer
from cowork_cli.store.place_names import DATA_FILE, MOST, beginning, key_of, lines_of
from tools.build_place_names import _keys

LINES = [line.decode().split("\t") for line in Path(DATA_FILE).read_bytes().splitlines()]


def test_the_file_holds_every_place_of_the_gazetteer_in_order() -> None:
    assert sorted(LINES, key=lambda line: "\t".join(line).encode()) == LINES
    base = sqlite3.connect(f"{gazetteer.DATA_FILE.as_uri()}?mode=ro&immutable=1", uri=True)
    known = {(key_of(name), land) for name, land in base.execute("SELECT name, land FROM place")}
    base.close()
    assert {(key, land) for key, inside, _, _, land in LINES if inside == "0"} == known
    for name in ("Bad Homburg vor der Höhe", "Neuburg a.d. Donau", "Biegen bei Frankfurt"):
        keys = _keys(name)
        assert keys[0] == key_of(name)
        assert "frankfurt" not in keys


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Berlin"),
        ("MÜNCH", "München"),
        ("muench", "München"),
        ("frankfurt (o", "Frankfurt (Oder)"),
        ("frankfurt o", "Frankfurt (Oder)"),
        ("bad hom", "Bad Homburg vor der Höhe"),
        ("wiesenburg", "Wiesenburg/Mark"),
    ],
)
def test_names_as_they_are_typed(typed: str, first: str) -> None:
    assert beginning(typed)[0][0] == first


def test_a_word_inside_a_name_comes_behind_its_beginning() -> None:
    names = [name for name, _ in beginning("homburg")]
    assert names[0] == "Homburg"
    assert "Bad Homburg vor der Höhe" in names


def test_what_no_place_begins_with_gives_none() -> None:
    assert beginning("xyzzy") == beginning("") == beginning("!") == beginning("\U0010ffff") == []
    assert len(beginning("a")) == MOST


def test_every_line_is_found_by_halves_as_by_reading_it_all() -> None:
    chosen = [*random.Random(7).sample(LINES, 300), LINES[0], LINES[-1]]
    for key, _, _, typed, _ in chosen:
        whole = {line[3] for line in LINES if line[0].startswith(key)}
        found = {name for name, _ in beginning(key)}
        assert found <= whole
        assert len(found) == min(MOST, len(whole)), key
        assert typed in found or len(whole) > MOST


def test_what_is_offered_is_understood_as_the_place_that_it_says() -> None:
    chosen = random.Random(11).sample([line for line in LINES if line[1] == "0"], 150)
    for key, _, _, typed, land in chosen:
        place, _ = gazetteer.resolve(typed)
        assert place is not None, typed
        if typed[:5].isdecimal():  # of several with one name in one Land: the point of its postcode
            assert place.postcode == typed[:5]
        else:
            assert (key_of(place.name), place.land) == (key, land), typed


def test_the_keys_are_compared_without_marks() -> None:
    assert key_of("  Neustadt a.d. Weinstraße ") == "neustadt a d weinstrasse"


def test_short_words_inside_a_name_are_no_beginning() -> None:
    lines = lines_of([("Aken am Elb", 2, "DE")]).decode().splitlines()
    assert lines == [
        "aken am elb\t0\t2\tAken am Elb, DE\tDE",
        "elb\t1\t2\tAken am Elb, DE\tDE",
    ]
