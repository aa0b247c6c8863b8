"""A provider that no file of cowork names works everywhere: its module, and one row of the registry."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cowork_cli.providers import registry
from tests.conftest import Cowork
from tests.fakes.harbour import FakeHarbour
from tests.fakes.harbour_provider import ROW

pytestmark = pytest.mark.usefixtures("waits")  # nobody waits between two tries

TOKEN = "harbour/token+4711"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fake() -> Iterator[FakeHarbour]:
    with FakeHarbour(token=TOKEN) as server:
        server.spaces["kai"] = {
            "id": "kai", "name": "Harbour Kai", "lat": 53.8655, "lon": 10.6866, "city": "Lübeck",
            "zone": "Europe/Berlin", "kinds": ["flex"], "amenities": ["wifi"],
            "price": {"cents": 1800, "currency": "EUR", "per": "day"},
        }  # fmt: skip
        server.desks["kai~1"] = {
            "id": "kai~1", "space": "kai", "name": "Window", "kind": "desk", "seats": 1,
            "price": {"cents": 1800, "currency": "EUR", "per": "day"},
        }  # fmt: skip
        yield server


@pytest.fixture
def hafen(seller: Cowork, fake: FakeHarbour, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    """A home with an account `hafen`; nobody else on the web is on."""
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, ROW))
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", TOKEN)
    seller("account", "add", "osm", "--set", "enabled=false")
    off = seller("account", "add", "coworkingview", "--set", "enabled=false")
    assert off.code == 0, str(off)
    added = seller("account", "add", "hafen", "--provider", "harbour", "--set", f"url={fake.url}")
    assert added.code == 0, str(added)
    return seller


def test_its_account_is_listed_and_checked(hafen: Cowork) -> None:
    rows = {row["name"]: row for row in hafen("provider", "list", "--json").data}
    assert rows["harbour"]["accounts"] == ["hafen"]
    assert rows["harbour"]["status"] == "on"
    (row,) = hafen("account", "check", "hafen", "--json").data
    assert (row["state"], row["login"], row["cron"]) == ("ok", "environment", False)
    assert [(one["capability"], one["works"]) for one in row["capabilities"]] == [
        ("search", True),
        ("availability", True),
        ("booking", True),
    ]
    assert row["capabilities"][2]["message"] == "may list bookings"


@pytest.mark.parametrize(
    ("rank", "first"), [(registry.BOOKABLE, "hafen:kai"), (registry.MAP + 1, "osm:node/7")]
)
def test_its_rows_rank_as_its_row_says_and_are_attributed(
    hafen: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rank: int, first: str
) -> None:
    table = (*registry.PROVIDERS[:-1], replace(ROW, rank=rank))
    monkeypatch.setattr(registry, "PROVIDERS", table)
    map_of = tmp_path / "spaces.json"
    tags = {"name": "Harbour Kai", "office": "coworking"}
    node = {"type": "node", "id": 7, "lat": 53.8655, "lon": 10.6866, "tags": tags}
    map_of.write_text(json.dumps({"elements": [node]}))
    assert hafen("space", "import", str(map_of)).code == 0
    outcome = hafen("space", "search", "--near", "53.8655,10.6866", "--json")
    (row,) = outcome.data
    assert row["ref"] == first
    assert {source["account"] for source in row["sources"]} == {"hafen", "osm"}
    assert "Data: Harbour (harbour.example)" in outcome.err
    assert "OpenStreetMap" in outcome.err


def test_a_desk_is_seen_booked_and_cancelled(hafen: Cowork, fake: FakeHarbour) -> None:
    assert hafen("space", "search", "--near", "53.8655,10.6866").code == 0
    desks = hafen("desk", "list", "hafen:kai", "--json").data
    assert [desk["ref"] for desk in desks] == ["hafen:kai/1"]
    times = ("--on", "2026-12-01", "--from", "09:00", "--to", "13:00")
    free = hafen("desk", "free", "hafen:kai/1", *times, "--json").data
    assert [desk["free"] for desk in free] == [True]

    fake.log.clear()
    fake.lines = 0
    booked = hafen("book", "hafen:kai/1", *times, "--yes", "--json")
    assert booked.code == 0, str(booked)
    assert booked.data[0]["ref"] == "hafen:1"
    assert booked.data[0]["state"] == "confirmed"
    assert fake.lines == 1, "the steps of one booking share one connection"
    again = hafen("book", "hafen:kai/1", *times, "--yes", "--json")
    assert (again.code, again.data[0]["existing"]) == (0, True)
    assert len(fake.bookings) == 1
    assert hafen("desk", "free", "hafen:kai/1", *times, "--json").data[0]["free"] is False

    fake.add_booking("kai~1", "2026-12-02T09:00:00+01:00", "2026-12-02T10:00:00+01:00")
    synced = hafen("booking", "sync", "--account", "hafen", "--json")
    assert [row["ref"] for row in synced.data] == ["hafen:2"], str(synced)
    assert len(hafen("booking", "list", "--json").data) == 2
    cancelled = hafen("booking", "cancel", "b-1", "--yes", "--json")
    assert cancelled.code == 0, str(cancelled)
    assert fake.bookings["1"]["state"] == "cancelled"


def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    hafen: Cowork, fake: FakeHarbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    poor = replace(ROW, capabilities=frozenset({"search"}))
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS[:-1], poor))
    outcome = hafen("booking", "sync", "--account", "hafen", "--json")
    assert outcome.code == 2
    assert outcome.json["problems"][0]["code"] == "unsupported"
    assert 'account "hafen" (Harbour, desks by the water) takes no bookings' in outcome.err
    assert fake.log == []


def test_an_unreachable_one_is_said_and_the_gravest_code_wins(
    hafen: Cowork, fake: FakeHarbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.token = "another"
    rejected = hafen("account", "check", "--json")
    states = {row["name"]: row["state"] for row in rejected.data}
    assert (rejected.code, states) == (
        4,
        {
            "local": "ok",
            "coworkingview": "off",
            "osm": "off",
            "openfairdb": "off",
            "hafen": "rejected",
        },
    )
    assert hafen("account", "add", "dock", "--provider", "harbour",
                 "--set", "url=http://127.0.0.1:1").code == 0  # fmt: skip
    monkeypatch.setenv("COWORK_DOCK_TOKEN", "x")
    monkeypatch.setattr("time.sleep", lambda _: None)
    outcome = hafen("account", "check", "--json")
    states = {row["name"]: row["state"] for row in outcome.data}
    assert (outcome.code, states["dock"], states["hafen"]) == (7, "unreachable", "rejected")
    (row,) = [row for row in outcome.data if row["name"] == "dock"]
    assert "cannot be reached: no connection" in row["message"]
    assert [one["works"] for one in row["capabilities"]] == [False, None, None]
    monkeypatch.delenv("COWORK_DOCK_TOKEN")
    alone = hafen("account", "check", "dock", "--json")
    assert (alone.code, alone.data[0]["state"], alone.data[0]["login"]) == (4, "login", "missing")


def test_what_works_with_these_rights_and_what_does_not(hafen: Cowork, fake: FakeHarbour) -> None:
    fake.forbidden = "/bookings"
    outcome = hafen("account", "check", "hafen", "--json")
    assert outcome.code == 4
    (row,) = outcome.data
    assert row["state"] == "partly"
    assert [one["works"] for one in row["capabilities"]] == [True, True, False]
    assert "HTTP 403" in row["capabilities"][2]["message"]
    shown = hafen("account", "check", "hafen", "-o", "plain")
    assert "search: 1 spaces on the first page" in shown.out
    assert "booking: no" in shown.out


def test_one_that_is_off_is_asked_only_by_name(hafen: Cowork, fake: FakeHarbour) -> None:
    assert hafen("account", "add", "hafen", "--set", "enabled=false").code == 0
    rows = {row["name"]: row for row in hafen("account", "check", "--json").data}
    assert rows["hafen"]["state"] == "off"
    assert fake.log == []
    assert hafen("account", "check", "hafen", "--json").data[0]["state"] == "ok"


def test_no_file_of_cowork_names_it() -> None:
    naming = [path for path in (ROOT / "cowork_cli").rglob("*.py") if "harbour" in path.read_text()]
    assert naming == []
