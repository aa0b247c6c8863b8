"""Own notes of a space: kept beside it wherever it was found, shown, exported, taken back."""

import json
from pathlib import Path

import pytest

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.store.cache import Cache
from tests.conftest import Cowork


@pytest.fixture
def mill(cowork: Cowork) -> Cowork:
    added = cowork("space", "add", "Alte Mühle", "--postcode", "14827", "--city", "Wiesenburg",
                   "--note", "Ask for Rosa.", "--note", "Booth | is cold")  # fmt: skip
    assert added.code == 0, added.err
    return cowork


def notes(cowork: Cowork, ref: str = "local:alte-muehle") -> list[str]:
    shown = cowork("space", "show", ref, "--offline", "--json")
    assert shown.code == 0, shown.err
    kept: list[str] = shown.data["notes"]
    return kept


def test_notes_are_added_in_order_and_each_once(mill: Cowork) -> None:
    assert notes(mill) == ["Ask for Rosa.", "Booth | is cold"]
    edited = mill(
        "space", "edit", "Mühle", "--note", "Bus 588", "--note", "Ask for Rosa.", "--json"
    )
    assert edited.data["notes"] == ["Ask for Rosa.", "Booth | is cold", "Bus 588"]
    again = mill("space", "edit", "Mühle", "--city", "Wiesenburg", "-o", "table").out
    assert "2  Booth | is cold" in again
    page = mill("space", "show", "Mühle", "--offline", "-o", "table").out
    assert "1  Ask for Rosa." in page
    assert "3  Bus 588" in page


def test_a_note_is_taken_out_by_its_number_and_undo_brings_it_back(mill: Cowork) -> None:
    out = mill("space", "edit", "Mühle", "--remove-note", "1", "--note", "Ring twice")
    assert out.code == 0
    assert notes(mill) == ["Booth | is cold", "Ring twice"]
    assert mill("undo", "--yes").code == 0
    assert notes(mill) == ["Ask for Rosa.", "Booth | is cold"]


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--remove-note", "3", 5), ("--remove-note", "0", 2), ("--remove-note", "x", 2), ("--note", " ", 2)],
)  # fmt: skip
def test_a_note_that_cannot_be_is_refused_and_nothing_changes(
    mill: Cowork, option: str, value: str, code: int
) -> None:
    refused = mill("space", "edit", "Mühle", option, value, "--city", "Elsewhere")
    assert refused.code == code
    assert "hint:" in refused.err
    assert (
        mill("space", "show", "Mühle", "--offline", "--json").data["address"]["city"]
        == "Wiesenburg"
    )
    assert notes(mill) == ["Ask for Rosa.", "Booth | is cold"]


def test_a_space_that_was_only_seen_has_notes_and_nothing_else_changes_there(
    cowork: Cowork, home: Path
) -> None:
    cache = Cache(home / "cache" / "cache.db")
    cache.remember([Space(Ref("osm", "node/1"), "Basislager", lat=51.3, lon=12.4)], 1_790_000_000)
    cache.close()
    assert cowork("space", "edit", "Basis", "--note", "Loud on Fridays").code == 0
    assert notes(cowork, "osm:node/1") == ["Loud on Fridays"]
    refused = cowork("space", "edit", "Basis", "--note", "More", "--city", "Leipzig")
    assert refused.code != 0
    assert "comes from osm" in refused.err
    assert notes(cowork, "osm:node/1") == ["Loud on Fridays"]


def test_notes_leave_with_their_space_and_are_counted(mill: Cowork) -> None:
    assert mill("space", "remove", "Alte Mühle", "--yes", "--json").data["notes"] == 2
    again = mill("space", "add", "Alte Mühle", "--json")
    assert again.data["notes"] == []


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_an_export_brings_the_notes_back_to_the_letter(
    mill: Cowork, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"spaces.{form}"
    assert mill("space", "export", "--format", form, "--out", str(file)).code == 0
    assert mill("space", "import", str(file), "--json").data["unchanged"] == 1
    mill("space", "remove", "Alte Mühle", "--yes")
    assert mill("space", "import", str(file), "--json").data["added"] == 1
    assert notes(mill) == ["Ask for Rosa.", "Booth | is cold"]
    if form == "geojson":
        (feature,) = json.loads(file.read_text())["features"]
        assert feature["properties"]["notes"] == ["Ask for Rosa.", "Booth | is cold"]
