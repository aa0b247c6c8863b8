"""The words of a search: joined, and a postcode decides."""

import pytest

from cowork_cli.domain.place import parse_point
from cowork_cli.errors import BadInput
from tests.conftest import Cowork


@pytest.fixture
def around(cowork: Cowork) -> Cowork:
    for name, town in (
        ("Nord", ("--postcode", "10115", "--city", "Berlin")),
        ("Main", ("--postcode", "60313", "--city", "Frankfurt am Main")),
        ("Oder", ("--postcode", "15230", "--city", "Frankfurt (Oder)")),
        ("Burg", ("--postcode", "14806", "--city", "Bad Belzig")),
    ):
        assert cowork("space", "add", name, *town).code == 0
    return cowork


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("10115 Berlin",), "Nord"),
        (("10115", "Berlin"), "Nord"),
        (("Berlin", "10115"), "Nord"),
        (("D-10115",), "Nord"),
        (("D-10115", "Berlin"), "Nord"),
        (("DE 10115 Berlin",), "Nord"),
        (("d-10115",), "Nord"),
        (("60313 Frankfurt am Main",), "Main"),
        (("60313", "Frankfurt", "am", "Main"), "Main"),
        (("60313 Frankfurt",), "Main"),
        (("15230", "Frankfurt"), "Oder"),
        (("Frankfurt", "am", "Main"), "Main"),
        (("Bad", "Belzig"), "Burg"),
        (("52.53,", "13.38"), "Nord"),
        (("52.53, 13.38",), "Nord"),
        (("52.53,13.38",), "Nord"),
        (("52.53", "13.38"), "Nord"),
    ],
)
def test_the_words_of_a_place(around: Cowork, words: tuple[str, ...], name: str) -> None:
    for command in ("search",), ("space", "search"):
        found = around(*command, *words, "--offline", "--json")
        assert [row["name"] for row in found.data] == [name], str(found)
    if len(words) == 1:
        near = around("search", "--near", words[0], "--offline", "--json")
        assert [row["name"] for row in near.data] == [name]


def test_a_postcode_that_is_none_is_not_the_town(around: Cowork) -> None:
    outcome = around("search", "99999", "Berlin", "--offline")
    assert (outcome.code, "did you mean Berlin" in outcome.err) == (5, True)


def test_two_places_are_joined_in_the_hint(around: Cowork) -> None:
    outcome = around("search", "Belzig", "--near", "Bad", "--offline")
    assert (outcome.code, '`--near "Bad Belzig"`' in outcome.err) == (2, True)


def test_place_find_joins_its_words(cowork: Cowork) -> None:
    (row,) = cowork("place", "find", "10115", "Berlin", "--json").data
    assert (row["name"], row["postcode"]) == ("Berlin", "10115")
    assert cowork("place", "find", "Bad", "Belzig", "--json").data[0]["name"] == "Bad Belzig"
    villages = cowork("place", "find", "14827", "Jeserig", "--json").data
    assert {row["postcode"] for row in villages} == {"14827"}


@pytest.mark.parametrize("text", ["91,0", "0,181", "-90.1, 0"])
def test_off_the_globe_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no point on earth"):
        parse_point(text)


@pytest.mark.parametrize("text", ["", "1", "nan,nan", "1_0,2", "10115 12", "a,b", "1,2,3", "٥,٥"])
def test_other_words_are_no_point(text: str) -> None:
    assert parse_point(text) is None
