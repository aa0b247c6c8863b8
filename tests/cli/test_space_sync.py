"""Fetching a region, and what a search makes of it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.domain.place import KM_PER_DEGREE, distance_km
from cowork_cli.services.spaces.syncing import parts
from cowork_cli.services.spaces.where import Around
from tests.conftest import Cowork
from tests.fakes import overpass
from tests.fakes.overpass import FakeOverpass

BERLIN = (52.5170, 13.3889)
LINE = ("space", "sync", "--near", "52.517,13.3889", "--radius", "50")


@pytest.fixture
def osm() -> Iterator[FakeOverpass]:
    with FakeOverpass() as server:
        for number in range(30):
            north = (number - 15) * 3 / KM_PER_DEGREE
            server.add(BERLIN[0] + north, BERLIN[1], office="coworking", name=f"Raum {number}")
        yield server


@pytest.fixture
def desk(seller: Cowork, osm: FakeOverpass, waits: list[float]) -> Cowork:
    for words in (
        ("account", "add", "osm", "--set", f"overpass_url={osm.url}"),
        ("account", "add", "coworkingview", "--set", "enabled=false"),
    ):
        done = seller(*words)
        assert done.code == 0, str(done)
    return seller


@pytest.mark.parametrize("radius", [1.0, 28.0, 28.5, 50.0, 77.0, 120.0])
@pytest.mark.parametrize("lat", [0.0, 52.5, -33.0, 68.0])
def test_the_parts_cover_the_circle(radius: float, lat: float) -> None:
    around = Around(lat, 13.4, radius, "X")
    circles = list(parts(around))
    assert len(circles) == 1 or all(circle.radius_km < 29 for circle in circles)
    for ring in (0.0, 0.3, 0.7, 0.999):
        for angle in range(0, 360, 7):
            there = point(around, radius * ring, angle)
            assert any(
                distance_km(*there, circle.lat, circle.lon) <= circle.radius_km + 1e-6
                for circle in circles
            ), (ring, angle)


def point(around: Around, km: float, angle: int) -> tuple[float, float]:
    from math import asin, atan2, cos, degrees, radians, sin

    lat, turn, arc = radians(around.lat), radians(angle), km / 6371.0088
    there = asin(sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(turn))
    east = atan2(sin(turn) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(there))
    return degrees(there), around.lon + degrees(east)


def test_a_region_is_fetched_in_parts_and_answers_searches(desk: Cowork, osm: FakeOverpass) -> None:
    done = desk(*LINE, "--json")
    assert done.code == 0, str(done)
    assert set(done.data) == {"near", "lat", "lon", "radius_km", "spaces", "accounts"}
    (account,) = done.data["accounts"]
    assert account["account"] == "osm"
    assert account["parts"] == account["done"] == account["fetched"] == len(osm.log) > 1
    assert done.data["spaces"] == account["spaces"] == 30
    assert f"osm: {account['parts']} of {account['parts']} parts" in done.err
    assert "© OpenStreetMap contributors" in done.err
    asked = len(osm.log)
    found = desk("search", "--near", "52.6,13.38", "--radius", "12", "--json")
    assert (found.code, len(found.data) > 3, len(osm.log)) == (0, True, asked)
    offline = desk("search", "--near", "52.6,13.38", "--radius", "12", "--offline", "--json")
    assert offline.data == found.data


def test_interrupted_it_goes_on_where_it_stopped(desk: Cowork, osm: FakeOverpass) -> None:
    whole = len(list(parts(Around(*BERLIN, 50.0, "B"))))
    desk("search", "Hamburg")  # so that what leaves the machine is said already
    osm.log.clear()
    real = osm.answer

    def third_time_ctrl_c(request: object) -> object:
        if len(osm.scripts) == 4:  # one of them was the search
            osm.page_next(400, "gone")
        return real(request)  # type: ignore[arg-type]

    osm.answer = third_time_ctrl_c  # type: ignore[method-assign, assignment]
    broken = desk(*LINE, "--json")
    assert (broken.code, broken.json["status"]) == (8, "partial")
    assert broken.data["accounts"][0]["done"] == 4
    assert "goes on where it stopped" in broken.err
    osm.answer = real  # type: ignore[method-assign]
    osm.log.clear()
    again = desk(*LINE, "--json")
    assert again.code == 0, str(again)
    assert "goes on, 4 of" in again.err
    assert len(osm.log) == whole - 4
    assert again.data["spaces"] == 30


def test_ctrl_c_keeps_what_is_there(
    desk: Cowork, osm: FakeOverpass, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def note(self: object, message: str) -> None:
        heard.append(message)
        if message.startswith("osm: 2 of"):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cowork_cli.output.diagnostics.Diagnostics.note", note)
        assert desk(*LINE).code == 130
    assert len(osm.log) == 2
    desk(*LINE)
    assert len(osm.log) == len(list(parts(Around(*BERLIN, 50.0, "B"))))


def test_what_is_gone_there_is_gone_here(
    desk: Cowork, osm: FakeOverpass, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(*LINE)
    osm.elements = osm.elements[:10]
    monkeypatch.setenv("COWORK_NOW", "2026-11-26T18:00:00+01:00")
    assert desk(*LINE, "--json").data["spaces"] == 10


def test_nobody_answers(desk: Cowork, osm: FakeOverpass) -> None:
    osm.page_next(504, overpass.TOO_BUSY, times=9)
    failed = desk(*LINE, "--json")
    assert (failed.code, failed.json["data"]) == (7, None)
    assert "overpass-turbo" in failed.err


def test_who_wants_no_notes_is_told_nothing(desk: Cowork, osm: FakeOverpass) -> None:
    quiet = desk("-q", "space", "sync", "--near", "52.517,13.3889", "--radius", "5", "--json")
    assert (quiet.code, quiet.err, len(osm.log)) == (0, "", 1)
    assert quiet.data["spaces"] == 3


def test_nobody_to_ask(desk: Cowork) -> None:
    desk("account", "add", "osm", "--set", "enabled=false")
    refused = desk(*LINE)
    assert refused.code == 2
    assert "account add osm --set enabled=true" in refused.err


@pytest.mark.parametrize("words", [("--radius", "0"), ("--radius", "2000"), ("--near", "95,1")])
def test_bad_regions(desk: Cowork, osm: FakeOverpass, words: tuple[str, str]) -> None:
    refused = desk("space", "sync", "--near", "Berlin", *words)
    assert (refused.code, osm.log) == (2, [])


@pytest.mark.file_store(reason="plans of SQLite")
def test_an_index_answers_and_no_table_is_read_through(home: Path, desk: Cowork) -> None:
    from cowork_cli.store import cache, spaces

    desk(*LINE)
    for path, statement, index in (
        (home / "cache" / "cache.db", cache.WITHIN, "VIRTUAL TABLE INDEX"),
        (home / "data" / "cowork.db", spaces.WITHIN, "COVERING INDEX spaces_by_lat"),
    ):
        base = sqlite3.connect(path)
        plan = [row[3] for row in base.execute(f"EXPLAIN QUERY PLAN {statement}", (1, 2, 3, 4))]
        base.close()
        assert any(index in step for step in plan), plan
        # The R*Tree is a virtual table, "SCAN p VIRTUAL TABLE INDEX 2:…" is how its index is named.
        assert not [step for step in plan if "SCAN" in step and "VIRTUAL TABLE INDEX 2" not in step]
