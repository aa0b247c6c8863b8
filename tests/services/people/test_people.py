"""The ledger and the team: who may go, what is left of a name, what was booked before."""

from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.errors import NotFound
from cowork_cli.services.people import people as service
from tests import stores
from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def people(acme: Cowork, played: Played) -> Cowork:
    """Ada and Bela, whose addresses are known, and Carl of acme; two bookings for Ada, one without a price."""
    return played(
        ("people", "add", "Ada Roth", "--email", "ada@example.org", "--trade", "ink"),
        ("people", "add", "Bela Kun", "--email", "bela@example.org"),
        ("people", "add", "Carl", "--client", "acme"),
        ("space", "add", "Loft", "--city", "Berlin"),
        ("desk", "add", "loft", "A", "--price", "day=20gross"),
        ("desk", "add", "loft", "B"),
        ("book", "loft/A", "--on", "2026-12-01", "--for", "Ada Roth", "--yes"),
        ("book", "loft/B", "--on", "2026-12-02", "--for", "Ada Roth", "--yes"),
        ("book", "loft/B", "--on", "2026-12-03", "--for", "Bela Kun", "--yes"),
    )


def test_only_those_of_a_client(people: Cowork) -> None:
    found = people("people", "find", "--client", "acme", "--json").data
    assert [row["name"] for row in found] == ["Carl"]


def test_a_foreseen_removal_removes_nobody(people: Cowork) -> None:
    assert people("people", "remove", "Carl", "--dry-run").code == 0
    assert people("people", "show", "Carl").code == 0
    assert people("people", "remove", "Carl").code == 0
    assert people("people", "show", "Carl").code == 5


def test_signs_alone_are_no_word(people: Cowork) -> None:
    edited = people("people", "edit", "ada", "--trade", "\a\u202e", "--json")
    assert edited.data["trade"] is None


def test_who_is_gone_since_is_told(people: Cowork, home: Path) -> None:
    with closing(stores.opened(home, expected=True)) as store:
        with pytest.raises(NotFound) as refused:
            service.at(store, 9)
        assert service.at(store, 3).name == "Carl"
    assert refused.value.message == "person-9 is gone"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Hello Ada Roth"), ("de", "Hallo Ada Roth")]
)
def test_the_language_of_an_introduction(people: Cowork, language: str, words: str) -> None:
    assert words in people("people", "intro", "ada", "bela", "--language", language).out
    refused = people("people", "intro", "ada", "bela", "--language", "fr")
    told = 'error: --language "fr" is not known\nhint: give `--language de` or `en`\n'
    assert (refused.code, refused.err) == (2, told)


@pytest.mark.parametrize(
    ("name", "booked"),
    [
        ("Ada Roth", "Made for Ada Roth before, and counted: 2 bookings."),
        ("Bela Kun", "Made for Bela Kun before, and counted: 1 booking."),
    ],
)
def test_what_was_booked_for_a_member_before(people: Cowork, name: str, booked: str) -> None:
    assert people("team", "add", name).err.splitlines()[1:] == [booked]
    assert people("team", "add", "Carl").err.splitlines()[1:] == []


def test_a_price_that_is_not_known_is_in_no_sum(people: Cowork, tmp_path: Path) -> None:
    assert people("team", "add", "Ada Roth").code == 0
    page = tmp_path / "days.html"
    told = people("team", "sheet", "--in", "2026-12", "--out", str(page))
    assert told.err.splitlines()[1:3] == [
        "Ada Roth: 2 days, 20.00 EUR.",
        "The price of 1 of them is not known: it is in no sum.",
    ]
    text = page.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "<td class=n>20,00 € brutto</td>" in text
    assert "<td class=n>–</td>" in text
    assert "<p>Ada Roth: 2 Tage, 20,00 €</p>" in text


def test_a_member_is_removed_from_the_team_before(people: Cowork) -> None:
    assert people("team", "add", "ada", "--person", "Ada Roth").code == 0
    refused = people("people", "remove", "Ada Roth")
    assert (refused.code, refused.err) == (
        6,
        "error: person-1 belongs to the team as ada\n"
        "hint: take them out with `cowork team remove ada`\n",
    )


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("Ada Roth", ["2 bookings made for Ada Roth: the proof of what was paid"]),
        ("Bela Kun", ["1 booking made for Bela Kun: the proof of what was paid"]),
    ],
)
def test_what_names_the_forgotten_still(people: Cowork, name: str, stays: list[str]) -> None:
    forgotten = people("people", "forget", name, "--yes", "--json")
    assert forgotten.data["stays"] == stays


def test_a_card_whose_name_is_of_signs_has_none(people: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "a.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:\u202e\nN:;;;;\nEND:VCARD\n"
    file.write_text(card, encoding="utf-8")
    refused = people("people", "import", str(file))
    assert refused.code == 6
    assert refused.err.startswith("card 1 (line 1): it has no name (FN or N).\n")
