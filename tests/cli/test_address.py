"""`cowork address` through the real funnel."""

import pytest

from tests.conftest import Cowork

FIELDS = {
    "id", "ref", "name", "recipient_names", "street", "postcode", "city", "country", "provider",
    "plan", "state", "starts", "ends", "price", "contract_id", "finish_url", "uses",
}  # fmt: skip


@pytest.fixture
def mill(cowork: Cowork) -> Cowork:
    outcome = cowork(
        "space", "add", "Alte Mühle", "--street", "Weg 1", "--postcode", "14827",
        "--city", "Wiesenburg/Mark",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    return cowork


def test_an_address_at_a_known_space(mill: Cowork) -> None:
    added = mill(
        "address",
        "add",
        "c/o Alte Mühle",
        "--space",
        "mühle",
        "--recipient",
        "Erika Muster",
        "--json",
    )
    assert added.code == 0, str(added)
    assert set(added.data) == FIELDS
    assert (added.data["id"], added.data["ref"]) == ("a-1", "local:alte-muehle")
    assert (added.data["street"], added.data["country"]) == ("Weg 1", "DE")
    assert added.data["recipient_names"] == ["Erika Muster"]
    assert added.data["state"] == "active"
    assert set(added.data["uses"]) >= {"imprint", "invoice", "vat-id"}
    assert added.data["uses"]["imprint"]["allowed"] == "unknown"


def test_an_address_written_out_that_starts_later(cowork: Cowork) -> None:
    added = cowork(
        "address", "add", "Büro", "--street", "Ring 1", "--postcode", "20095", "--city", "Hamburg",
        "--starts", "2027-01-01", "--price", "29", "--provider", "Haus", "--json",
    )  # fmt: skip
    assert (added.data["state"], added.data["starts"]) == ("requested", "2027-01-01")
    assert added.data["price"] == {
        "amount": "29.00",
        "currency": "EUR",
        "per": "month",
        "tax": "unknown",
    }
    assert "recipient" in added.err


def test_what_is_missing_is_named(cowork: Cowork) -> None:
    outcome = cowork("address", "add", "Büro", "--city", "Hamburg")
    assert outcome.code == 2
    assert "--street, --postcode are missing" in outcome.err


def test_the_same_twice_is_a_conflict(mill: Cowork) -> None:
    words = ("address", "add", "c/o Alte Mühle", "--space", "mühle")
    assert mill(*words).code == 0
    again = mill(*words)
    assert again.code == 6
    assert "a-1" in again.err


def test_list_and_show(mill: Cowork) -> None:
    empty = mill("address", "list")
    assert (empty.code, "address add" in empty.err) == (0, True)
    mill("address", "add", "c/o Alte Mühle", "--space", "mühle", "--recipient", "Erika Muster")
    assert [row["id"] for row in mill("address", "list", "--json").data] == ["a-1"]
    for typed in ("a-1", "mühle"):
        assert mill("address", "show", typed, "--json").data["id"] == "a-1"
    assert mill("address", "show", "a-2").code == 5
    card = mill("address", "show", "a-1", terminal=True, env={"NO_COLOR": "1"})
    assert "Erika Muster\n" in card.out.replace("  ", "").replace(" \n", "\n")


def test_edit_takes_what_add_takes(mill: Cowork) -> None:
    """No second address of one name at one place, no name of signs alone, a postcode as its country writes it."""
    place = ("--street", "Weg 1", "--postcode", "14827", "--city", "Wiesenburg/Mark")
    assert mill("address", "add", "Büro", *place).code == 0
    assert mill("address", "add", "Postfach", *place).code == 0
    same = mill("address", "edit", "a-2", "--name", "büro")
    assert (same.code, '"Büro" is held already, as a-1' in same.err) == (6, True)
    assert mill("address", "edit", "a-2", "--name", "…").code == 2
    assert mill("address", "edit", "a-2", "--postcode", "1482").code == 2
    assert mill("address", "edit", "a-2", "--postcode", "D-14827", "--name", "Postfach 2").code == 0
    assert mill("address", "edit", "a-2", "--city", "Belzig", "--name", "Büro").code == 0
    kept = mill("address", "show", "a-2", "--json").data
    assert (kept["name"], kept["postcode"], kept["city"]) == ("Büro", "14827", "Belzig")
