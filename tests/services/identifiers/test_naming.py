"""What a typed name finds: the order of the steps, and that nothing is destroyed by a guess."""

import pytest

from cowork_cli.errors import Ambiguous, NotFound
from cowork_cli.services.identifiers.naming import Candidate, choose, fitting

SPACES = [
    Candidate("local:dorfbuero-wiesenburg", "Dorfbüro Wiesenburg"),
    Candidate("osm:node/330264334", "St. Oberholz"),
    Candidate("osm:node/5", "Spaces"),
    Candidate("osm:node/6", "Spaces"),
    Candidate("hafen:a4a9ff01", "Hafen Eins"),
    Candidate("hafen:12345678", "Hafen Zwei"),
]
DESKS = [
    Candidate("local:mill/desk-1", "Desk 1", within="Alte Mühle"),
    Candidate("local:mill/desk-10", "Desk 10", within="Alte Mühle"),
    Candidate("local:co-up/meeting", "Meeting", within="co.up"),
]
BOOKINGS = [Candidate("local:booking-1", "Desk 1", own_id="b-1")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("local:dorfbuero-wiesenburg", "local:dorfbuero-wiesenburg"),
        ("Dorfbüro Wiesenburg", "local:dorfbuero-wiesenburg"),
        ("DORFBUERO WIESENBURG", "local:dorfbuero-wiesenburg"),
        ("wiesenburg", "local:dorfbuero-wiesenburg"),
        ("wies dorf", "local:dorfbuero-wiesenburg"),
        ("oberh", "osm:node/330264334"),
        ("a4a9", "hafen:a4a9ff01"),
    ],
)
def test_each_step_finds(typed: str, found: str) -> None:
    assert choose(typed, SPACES, "space").id == found


@pytest.mark.parametrize("typed", ["a4a", "1234", "12345678", "iesenburg", ""])
def test_what_no_step_finds(typed: str) -> None:
    with pytest.raises(NotFound):
        choose(typed, SPACES, "space")


def test_the_whole_name_wins_over_the_beginning_of_another() -> None:
    assert choose("desk 1", DESKS, "desk").id == "local:mill/desk-1"


def test_a_desk_is_found_with_a_word_of_its_space() -> None:
    assert choose("co.up meeting", DESKS, "desk").id == "local:co-up/meeting"
    with pytest.raises(NotFound):
        choose("co.up", DESKS, "desk")


def test_several_are_named_and_not_chosen() -> None:
    with pytest.raises(Ambiguous) as raised:
        choose("Spaces", SPACES, "space")
    assert "osm:node/5" in raised.value.message
    assert "osm:node/6" in raised.value.message


def test_the_nearest_is_suggested() -> None:
    with pytest.raises(NotFound) as raised:
        choose("Dorfbüro Wisenburg", SPACES, "space")
    assert "Dorfbüro Wiesenburg" in raised.value.message


@pytest.mark.parametrize("typed", ["local:booking-1", "b-1", "Desk 1"])
def test_strict_takes_ref_id_and_exact_name(typed: str) -> None:
    assert choose(typed, BOOKINGS, "booking", strict=True).own_id == "b-1"


@pytest.mark.parametrize("typed", ["desk 1", "desk", "book"])
def test_strict_takes_no_guess_but_names_it(typed: str) -> None:
    with pytest.raises(NotFound) as raised:
        choose(typed, BOOKINGS, "booking", strict=True)
    assert "b-1" in (raised.value.hint or "") or "b-1" in raised.value.message or typed == "book"


def test_for_lists_several_are_welcome() -> None:
    assert [one.id for one in fitting("spaces", SPACES)] == ["osm:node/5", "osm:node/6"]
    assert fitting("nothing", SPACES) == []
