"""`cowork space` and `cowork desk` through the real funnel."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.services.spaces.merging import merge, similar
from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("waits")  # nobody waits between two tries

WIESENBURG = (
    "space", "add", "Dorfbüro Wiesenburg", "--street", "Schlossstr. 1", "--postcode", "14827",
    "--city", "Wiesenburg/Mark", "--kind", "day", "--kind", "room", "--amenity", "wifi",
    "--amenity", "booth", "--hours", "Mo-Fr 08:00-18:00", "--price", "day=18",
)  # fmt: skip
FIELDS = {
    "email", "timezone", "prices", "offers",
    "ref", "name", "address", "lat", "lon", "distance_km", "kinds", "amenities", "hours",
    "price_from", "website", "phone", "sources", "unknown", "field_sources",
}  # fmt: skip


@pytest.fixture
def wiesenburg(cowork: Cowork) -> Cowork:
    assert cowork(*WIESENBURG).code == 0
    return cowork


def overpass(folder: Path, *rows: tuple[int, float, float, dict[str, str]]) -> str:
    path = folder / "answer.json"
    elements = [
        {
            "type": "node",
            "id": number,
            "lat": lat,
            "lon": lon,
            "tags": {"office": "coworking", **tags},
        }
        for number, lat, lon, tags in rows
    ]
    document = {"osm3s": {"timestamp_osm_base": "2024-06-14T12:06:11Z"}, "elements": elements}
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def names(data: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in data]


def test_a_space_is_added_and_found_again(wiesenburg: Cowork) -> None:
    (found,) = wiesenburg("space", "search", "--near", "14827", "--offline", "--json").data
    assert set(found) == FIELDS
    assert found["ref"] == "local:dorfbuero-wiesenburg"
    assert found["price_from"] == {
        "amount": "18.00",
        "currency": "EUR",
        "per": "day",
        "tax": "unknown",
    }
    assert found["hours"] == {"text": "Mo-Fr 08:00-18:00", "state": None, "next_change": None}
    assert found["amenities"] == {"wifi": True, "booth": True}
    assert found["distance_km"] == 0.0


def test_the_same_space_twice_is_a_conflict(wiesenburg: Cowork) -> None:
    again = wiesenburg(*WIESENBURG)
    assert again.code == 6
    assert "local:dorfbuero-wiesenburg" in again.err


def test_the_same_name_elsewhere_gets_another_ref(wiesenburg: Cowork) -> None:
    other = wiesenburg("space", "add", "Dorfbüro Wiesenburg", "--city", "Köln", "--json")
    assert other.data["ref"] == "local:dorfbuero-wiesenburg-2"


def test_a_space_that_cannot_be_placed_is_said_and_found_by_its_town(cowork: Cowork) -> None:
    added = cowork("space", "add", "Salle", "--city", "Paris", "--country", "fr", "--json")
    assert added.data["lat"] is None
    assert "--lat" in added.err
    assert "Salle" in cowork("space", "search").out


def test_an_ambiguous_place_is_asked_about(cowork: Cowork) -> None:
    outcome = cowork("space", "search", "--near", "Frankfurt", "--offline", "--json")
    assert outcome.code == 2
    assert outcome.json["problems"][0]["code"] == "ambiguous"
    assert "HE" in outcome.err
    assert "BB" in outcome.err


def test_a_place_that_is_none(cowork: Cowork) -> None:
    outcome = cowork("space", "search", "--near", "Hambrug", "--offline")
    assert outcome.code == 5
    assert "Hamburg" in outcome.err


def test_nothing_is_a_sentence_and_exit_0(cowork: Cowork) -> None:
    outcome = cowork("space", "search", "--near", "Dortmund", "--offline")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Dortmund" in outcome.err
    assert "--offline" in outcome.err


def test_the_name_of_a_space_is_a_place_to_search(wiesenburg: Cowork) -> None:
    for typed in ("Dorfbüro Wiesenburg", "dorfb", "wiesenburg", "local:dorfbuero-wiesenburg"):
        found = wiesenburg("search", typed, "--offline", "--json")
        assert names(found.data) == ["Dorfbüro Wiesenburg"], typed


def test_what_is_unknown_might_fit_and_stands_last(cowork: Cowork, tmp_path: Path) -> None:
    file = overpass(
        tmp_path,
        (1, 53.55, 10.0, {"name": "Ja", "internet_access": "wlan"}),
        (2, 53.56, 10.0, {"name": "Nein", "internet_access": "no"}),
        (3, 53.57, 10.0, {"name": "Vielleicht"}),
    )
    cowork("space", "import", file)
    search = ("space", "search", "--near", "53.55,10", "--offline", "--json")
    found = cowork(*search, "--amenity", "wifi")
    assert [(row["name"], row["unknown"]) for row in found.data] == [
        ("Ja", []),
        ("Vielleicht", ["wifi"]),
    ]
    assert "1 space might fit: wifi unknown; it stands last." in found.err
    assert names(cowork(*search).data) == ["Ja", "Nein", "Vielleicht"]
    priced = cowork(*search, "--max-price", "10", "--amenity", "wlan")
    assert [(row["name"], row["unknown"]) for row in priced.data] == [
        ("Ja", ["price"]),
        ("Vielleicht", ["wifi", "price"]),
    ]
    assert "2 spaces might fit: price, wifi unknown; they stand last." in priced.err


def test_hours_narrow(wiesenburg: Cowork) -> None:
    search = ("space", "search", "wiesenburg", "--offline", "--json")
    (found,) = wiesenburg(*search, "--open-on", "2026-12-01", "--at", "17:59").data
    assert found["hours"]["state"] == "open"
    assert found["hours"]["next_change"] == "2026-12-01T18:00:00+01:00"
    assert wiesenburg(*search, "--open-on", "2026-12-01", "--at", "18:00").data == []
    assert wiesenburg(*search, "--open-on", "2026-12-06").data == []


def test_more_than_the_limit_is_said(cowork: Cowork, tmp_path: Path) -> None:
    rows = [(n, 53.55 + n / 1000, 10.0, {"name": f"Raum {n}"}) for n in range(1, 6)]
    cowork("space", "import", overpass(tmp_path, *rows))
    found = cowork("space", "search", "--near", "53.55,10", "--offline", "--limit", "4", "--json")
    assert names(found.data) == ["Raum 1", "Raum 2", "Raum 3", "Raum 4"]
    assert found.json["truncated"] is True
    assert "--limit" in found.err
    exact = cowork("space", "search", "--near", "53.55,10", "--offline", "--limit", "5", "--json")
    assert exact.json["truncated"] is False


def test_the_same_space_of_two_sources_is_one_row(cowork: Cowork, tmp_path: Path) -> None:
    cowork("space", "import", overpass(tmp_path, (1, 53.55, 10.0, {"name": "Coworking Mühle", "phone": "1"})))  # fmt: skip
    cowork("space", "add", "Mühle", "--lat", "53.5503", "--lon", "10.0", "--city", "Hamburg")
    outcome = cowork("space", "search", "--near", "53.55,10", "--offline", "--json")
    (found,) = outcome.data
    assert found["ref"] == "local:muehle"
    assert found["phone"] == "1"
    assert [row["account"] for row in found["sources"]] == ["local", "osm"]
    assert found["sources"][1]["licence"] == "ODbL-1.0"
    assert "OpenStreetMap" in outcome.err


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mühle", "MUEHLE Coworking Space", True),
        ("Beehive", "beehive", True),
        ("Design Offices", "Design Office", True),
        ("Beehive", "rent24", False),
        ("Coworking", "Beehive Coworking", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, same: bool) -> None:
    assert similar(one, other) is same


def test_one_source_knows_its_spaces_apart() -> None:
    from cowork_cli.domain.ref import Ref
    from cowork_cli.domain.space import Source, Space

    spaces = [
        Space(Ref("osm", f"node/{n}"), "Beehive", lat=53.5, lon=10.0,
              sources=(Source("osm", Ref("osm", f"node/{n}")),))
        for n in (1, 2)
    ]  # fmt: skip
    assert len(merge(spaces, lambda name: 30)) == 2


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_an_account_that_fails_is_said(wiesenburg: Cowork) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    added = wiesenburg(
        "account", "add", "kaputt", "--provider", "coworkingview", "--set", f"url={url}"
    )
    assert added.code == 0, str(added)
    both = ("--account", "local", "--account", "kaputt")
    partly = wiesenburg("space", "search", "--near", "14827", *both, "--json")
    assert (partly.code, partly.json["status"]) == (8, "partial")
    assert names(partly.data) == ["Dorfbüro Wiesenburg"]
    assert partly.json["problems"][0]["account"] == "kaputt"
    wholly = wiesenburg("space", "search", "--near", "14827", "--account", "kaputt", "--json")
    assert (wholly.code, wholly.json["data"]) == (7, None)


def test_show_has_all_that_is_known(wiesenburg: Cowork) -> None:
    wiesenburg("desk", "add", "wiesenburg", "Desk 1", "--price", "day=18")
    shown = wiesenburg("space", "show", "wiesenburg", "--json").data
    assert set(shown) >= FIELDS | {"desks", "plans", "notes", "visits"}
    assert shown["hours"]["state"] == "closed"
    assert [desk["ref"] for desk in shown["desks"]] == ["local:dorfbuero-wiesenburg/desk-1"]
    card = wiesenburg("space", "show", "wiesenburg", terminal=True)
    assert "closed now, opens Thu 2026-11-26 08:00" in card.out


def test_edit_changes_what_is_given(wiesenburg: Cowork) -> None:
    changed = wiesenburg("space", "edit", "wiesenburg", "--amenity", "booth=no", "--price", "hour=4", "--json")  # fmt: skip
    assert changed.data["amenities"] == {"wifi": True, "booth": False}
    assert changed.data["hours"]["text"] == "Mo-Fr 08:00-18:00"
    assert wiesenburg("space", "edit", "wiesenburg").code == 2


def test_what_came_from_elsewhere_is_not_edited(cowork: Cowork, tmp_path: Path) -> None:
    cowork("space", "import", overpass(tmp_path, (1, 53.55, 10.0, {"name": "Eins"})))
    outcome = cowork("space", "edit", "Eins", "--phone", "1")
    assert outcome.code == 2
    assert "space add" in outcome.err


def test_odd_hours_are_kept_and_said(cowork: Cowork) -> None:
    added = cowork("space", "add", "X", "--city", "Köln", "--hours", "meistens", "--json")
    assert added.data["hours"]["text"] == "meistens"
    assert "as written" in added.err


def test_remove_asks_and_takes_no_guess(wiesenburg: Cowork) -> None:
    assert wiesenburg("space", "remove", "wiesenburg", "--yes").code == 5
    assert wiesenburg("space", "remove", "Dorfbüro Wiesenburg").code == 2
    dry = wiesenburg("space", "remove", "Dorfbüro Wiesenburg", "-n", "--json")
    assert dry.data["removed"] is False
    assert (
        wiesenburg("space", "remove", "Dorfbüro Wiesenburg", stdin="n\n", terminal=True).code == 1
    )
    assert (
        wiesenburg("space", "remove", "Dorfbüro Wiesenburg", stdin="y\n", terminal=True).code == 0
    )
    assert wiesenburg("space", "search", "--json").data == []


def test_desks(wiesenburg: Cowork) -> None:
    added = wiesenburg(
        "desk", "add", "wiesenburg", "Besprechung", "--kind", "room", "--capacity", "6",
        "--price", "hour=12net", "--json",
    ).data  # fmt: skip
    assert added["ref"] == "local:dorfbuero-wiesenburg/besprechung"
    assert set(added) == {
        "ref", "space_ref", "name", "kind", "capacity", "units", "free", "slots", "price",
    }  # fmt: skip
    assert wiesenburg("desk", "add", "wiesenburg", "besprechung").code == 6
    assert wiesenburg("desk", "add", "wiesenburg", "X", "--kind", "sofa").code == 2
    edited = wiesenburg("desk", "edit", "bespr", "--capacity", "8", "--json").data
    assert (edited["capacity"], edited["kind"]) == (8, "room")
    assert wiesenburg("desk", "remove", "Besprechung", "--yes").code == 0
    assert wiesenburg("desk", "list", "wiesenburg", "--json").data == []


def test_free_time_lies_within_the_hours(wiesenburg: Cowork) -> None:
    wiesenburg("desk", "add", "wiesenburg", "Desk 1")
    wiesenburg("book", "Desk 1", "--on", "2026-12-01", "--from", "10:00", "--to", "12:00")
    (desk,) = wiesenburg("desk", "free", "wiesenburg", "--on", "2026-12-01", "--json").data
    assert desk["free"] is True
    assert desk["slots"] == [
        {"from": "2026-12-01T08:00:00+01:00", "to": "2026-12-01T10:00:00+01:00"},
        {"from": "2026-12-01T12:00:00+01:00", "to": "2026-12-01T18:00:00+01:00"},
    ]
    asked = ("desk", "free", "Desk 1", "--on", "2026-12-01", "--json")
    assert wiesenburg(*asked, "--from", "11:00", "--to", "13:00").data[0]["free"] is False
    assert wiesenburg(*asked, "--from", "12:00", "--to", "13:00").data[0]["free"] is True
    assert wiesenburg("desk", "free", "--near", "14827", "--on", "2026-12-06", "--json").data[0]["slots"] == []  # fmt: skip


def test_export_and_its_refusal_of_json(wiesenburg: Cowork, tmp_path: Path) -> None:
    plain = wiesenburg("space", "export", "--format", "csv")
    assert plain.out.splitlines()[1].startswith("local:dorfbuero-wiesenburg,Dorfbüro Wiesenburg")
    assert wiesenburg("space", "export", "--json").code == 2
    out = str(tmp_path / "x.geojson")
    assert wiesenburg("space", "export", "--out", out, "--json").code == 0
    assert json.loads(Path(out).read_text())["features"][0]["properties"]["name"]


def test_accounts(cowork: Cowork) -> None:
    assert [row["name"] for row in cowork("account", "list", "--json").data][:2] == [
        "local",
        "coworkingview",
    ]
    assert cowork("account", "remove", "local", "--yes").code == 6
    assert cowork("account", "show", "locl").code == 5
    assert cowork("account", "add", "X", "--provider", "local").code == 2
    assert (
        cowork("account", "add", "a", "--provider", "coworkingview", "--set", "colour=red").code
        == 2
    )
    assert cowork("account", "add", "mirror", "--provider", "coworkingview").code == 0
    assert cowork("account", "add", "mirror", "--provider", "coworkingview").code == 6
    assert cowork("account", "remove", "mirror", "--yes").code == 0
    assert cowork("account", "add", "coworkingview").code == 6
    off = cowork("account", "add", "coworkingview", "--set", "enabled=false", "--json")
    assert (off.code, off.data["enabled"]) == (0, False)
    assert cowork("account", "add", "osm", "--set", "enabled=false").code == 0
    # Nobody on the web is on any more, so this asks the own store alone.
    assert cowork("account", "check", "--json").code == 0
    quiet = cowork("space", "search", "--near", "Dortmund")
    assert (quiet.code, "Nobody was asked online" in quiet.err) == (0, True)
    assert cowork("provider", "list", "--json").data[0]["name"] == "local"


def test_an_offline_search_in_a_pipe_loads_neither_httpx_nor_rich() -> None:
    code = (
        "import sys; from cowork_cli import main; "
        "main.run(['space', 'search', '--near', 'Hamburg', '--offline']); "
        "print([name for name in ('httpx', 'rich', 'opening_hours') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_a_fact_of_a_space_is_taken_away(cowork: Cowork) -> None:
    cowork("space", "add", "Hof", "--postcode", "10115", "--city", "Berlin", "--email", "a@hof.example",
           "--hours", "Mo-Fr 09:00-17:00", "--kind", "day", "--amenity", "wifi", "--price", "day=18")  # fmt: skip
    gone = cowork(
        "space", "edit", "Hof", "--email", "none", "--hours", "", "--kind", "none",
        "--amenity", "none", "--amenity", "coffee", "--price", "none", "--json",
    ).data  # fmt: skip
    assert (gone["email"], gone["hours"]["text"], gone["kinds"]) == (None, None, [])
    assert gone["amenities"] == {"coffee": True}
    assert (gone["price_from"], gone["address"]["postcode"]) == (None, "10115")
    assert gone["lat"] is not None
    cowork("undo")
    back = cowork("space", "show", "Hof", "--json").data
    assert (back["email"], back["amenities"], back["kinds"]) == (
        "a@hof.example",
        {"wifi": True},
        ["day"],
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("space", "add", "Hof", "--email", "bad"), "is not an e-mail address"),
        (("space", "edit", "Mühle", "--email", "bad"), "is not an e-mail address"),
        (
            ("client", "add", "a", "--name", "A", "--email", "a\x1b@b.example"),
            "is not an e-mail address",
        ),
        (("space", "edit", "Mühle", "--name", " "), "a space needs a name"),
        (("space", "map", "--out", "map.png"), "is no name of a web page"),
        (("place", "find", ""), "no place was named"),
        (("search", "Kiel", "--near", "Kiel"), 'as in `--near "Kiel"`'),
    ],
)
def test_what_a_space_cannot_be(cowork: Cowork, words: tuple[str, ...], said: str) -> None:
    cowork("space", "add", "Mühle", "--city", "Kiel")
    refused = cowork(*words)
    assert (refused.code, said in refused.err) == (2, True), str(refused)


def test_names_steer_no_terminal(cowork: Cowork, tmp_path: Path) -> None:
    odd = "A\x1b[31m\u202eb"
    (tmp_path / "spaces.csv").write_text(f'name,city\n"{odd} file",Kiel\n')
    assert cowork("space", "import", str(tmp_path / "spaces.csv")).code == 0
    cowork("space", "add", f"{odd} typed", "--city", "Kiel")
    cowork("desk", "add", "typed", odd)
    cowork("event", "add", odd, "--on", "2026-12-05", "--note", odd)
    for words in (("space", "search", "--offline"), ("desk", "list", "typed"), ("event", "list")):
        shown = cowork(*words, "--json").data
        assert shown, words
        assert all(row["name"].isprintable() for row in shown), words


def test_the_price_of_a_desk_is_taken_away(cowork: Cowork) -> None:
    cowork("space", "add", "Hof", "--city", "Kiel")
    cowork("desk", "add", "Hof", "Desk 1", "--price", "day=18")
    assert cowork("desk", "edit", "Desk 1", "--price", "none", "--json").data["price"] is None
    assert cowork("desk", "edit", "Desk 1", "--name", " ").code == 2
    assert cowork("desk", "free", "Hof", "--capacity", "0").code == 2
