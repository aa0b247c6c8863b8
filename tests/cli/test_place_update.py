"""The places of another country: fetched once, known to `place find`, searches and TAB without network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.services.spaces import gazetteers
from cowork_cli.store import gazetteer
from tests.conftest import Cowork, Outcome
from tests.fakes.geonames import AUSTRIA, FakeGeoNames, row, zipped


@pytest.fixture
def geonames() -> Iterator[FakeGeoNames]:
    with FakeGeoNames() as server:
        yield server


@pytest.fixture
def desk(seller: Cowork, geonames: FakeGeoNames, waits: list[float]) -> Cowork:
    done = seller("config", "set", "gazetteer.url", geonames.url + "/export/zip/{country}.zip")
    assert done.code == 0, str(done)
    return seller


@pytest.fixture
def austria(desk: Cowork) -> Cowork:
    done = desk("place", "update", "AT")
    assert done.code == 0, str(done)
    return desk


def kept(home: Path) -> dict[str, bytes]:
    folder = home / "data" / "places"
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def names(outcome: Outcome) -> list[str]:
    return [place["name"] for place in outcome.data]


def test_a_country_is_fetched_and_found(desk: Cowork, geonames: FakeGeoNames, home: Path) -> None:
    done = desk("place", "update", "Österreich", "--json")
    assert done.code == 0, str(done)
    assert done.data == {
        "country": "AT",
        "places": 7,
        "postcodes": 7,
        "without_point": 1,
        "source": f"{geonames.url}/export/zip/AT.zip",
        "as_of": "2026-11-25",
    }
    assert "GeoNames (www.geonames.org), CC BY 4.0" in done.err
    assert geonames.log[0].headers["user-agent"].startswith("cowork/")
    found = desk("place", "find", "wien", "--json")
    assert found.data[0] == {
        "name": "Wien, AT", "postcode": "1010", "land": None, "lat": 48.2122, "lon": 16.38525,
    }  # fmt: skip
    assert "GeoNames" in found.err
    assert len(geonames.log) == 1
    assert sorted(kept(home)) == ["at.sqlite", "at.tsv"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Wien", "Wien, AT"),
        ("WIEN, AT", "Wien, AT"),
        ("1010", "Wien, AT"),
        ("A-1020 Wien", "Wien, AT"),
        ("AT 1020", "Wien, AT"),
        ("8010 Graz, AT", "Graz, AT"),
        ("Graz 8010", "Graz, AT"),
        ("Leopoldstadt Wien", "Wien, Leopoldstadt, AT"),
        ("3304 St. Georgen, AT", "St. Georgen, AT"),
        # What Germany has stays what it was.
        ("Dortmund", "Dortmund"),
        ("44137", "Dortmund"),
        ("Berlin Kreuzberg", "Kreuzberg, Berlin"),
    ],
)
def test_a_place_abroad_is_meant(austria: Cowork, home: Path, typed: str, name: str) -> None:
    place, others = gazetteer.resolve(typed, more=(home / "data" / "places" / "at.sqlite",))
    assert place is not None, others
    assert place.name == name


def test_a_name_of_two_countries_asks(austria: Cowork) -> None:
    german = austria("place", "find", "Salzburg", "--json")
    assert "Salzburg, AT" in names(german)
    asked = austria("search", "--near", "St. Georgen, AT", "--offline")
    assert asked.code == 2
    assert "3304 St. Georgen, AT; 4880 St. Georgen, AT" in asked.err


def test_a_search_there_needs_no_geocoder(austria: Cowork) -> None:
    austria("space", "add", "Gürtel", "--lat", "48.21", "--lon", "16.37")
    austria("space", "add", "Praterstern", "--city", "Wien", "--country", "AT")
    for words in (("WIEN",), ("--near", "1010"), ("--near", "Wien, AT")):
        found = austria("search", *words, "--offline", "--json")
        assert found.code == 0, str(found)
        assert names(found)[0] == "Gürtel"
    assert "Praterstern" in names(austria("search", "--near", "Wien", "--offline", "--json"))
    shown = austria("space", "show", "Gürtel", "--from", "Graz", "--json")
    assert shown.data["seen_from"] == "Graz, AT"


def test_tab_knows_it(austria: Cowork) -> None:
    assert "Wien, AT\tAT\n" in austria("_names", "place", "wie").out
    assert "Graz, AT\tAT\n" in austria("_names", "space,place", "graz").out


def test_without_it_the_command_is_named(desk: Cowork) -> None:
    for words in (("search", "--near", "Wien"), ("search", "--near", "Bratislava")):
        refused = desk(*words, "--offline")
        assert refused.code in (2, 5)
        assert "`cowork place update COUNTRY`" in refused.err
    assert "`cowork place update COUNTRY`" in desk("place", "find", "Bratislava").err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (AUSTRIA + "AT\t1010\tWien\n", "line 9 is no postcode of GeoNames: it has 3 columns, not 12"),
        (row("CH", "8001", "Zürich", "", "", 47, 8), 'line 1 is no postcode of GeoNames: it is of the country "CH"'),
        (row("AT", "1010", "Wien", "", "", 95, 16), '"95" is no coordinate'),
        (row("AT", "1010", "Wien", "", "", "nan", 16), '"nan" is no coordinate'),
        (row("AT", "1010", "Wien", "", "", "48.2", ""), '"" is no coordinate'),
        (row("AT", "", "Wien", "", "", 48, 16), "its postcode cannot be read"),
        (row("AT", "1010", "–", "", "", 48, 16), "it names no place"),
        (row("AT", "1010", "Wien", "", "", "", ""), "holds no place"),
        (b"AT\t1010\tW\xe4hring\n", "line 1 is no text in UTF-8"),
        ("", "holds no place"),
    ],
)  # fmt: skip
def test_a_list_that_is_none_changes_nothing(
    austria: Cowork, geonames: FakeGeoNames, home: Path, text: str | bytes, says: str
) -> None:
    before = kept(home)
    geonames.archives["AT"] = zipped("AT", text)
    refused = austria("place", "update", "AT")
    assert refused.code == 2
    assert says in refused.err
    assert kept(home) == before


def test_an_archive_that_is_none(desk: Cowork, geonames: FakeGeoNames, home: Path) -> None:
    whole = zipped("AT", AUSTRIA)
    for content, says in (
        (zipped("CH", "x"), "holds no AT.txt"),
        (whole[: len(whole) // 2], "cannot be unpacked"),
        (b"<html>maintenance</html>", "it has 1 columns, not 12"),
    ):
        geonames.archives["AT"] = content
        refused = desk("place", "update", "AT")
        assert refused.code == 2
        assert says in refused.err
    assert kept(home) == {}


def test_what_is_too_large_is_not_taken(
    desk: Cowork, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(gazetteers, "MOST_TEXT_BYTES", 100)
    assert "AT.txt is too large" in desk("place", "update", "AT").err
    monkeypatch.setattr(gazetteers, "MOST_BYTES", 100)
    assert "more than 100 bytes" in desk("place", "update", "AT").err
    assert kept(home) == {}


def test_bad_days_of_the_source(desk: Cowork, geonames: FakeGeoNames, home: Path) -> None:
    missing = desk("place", "update", "AQ")
    assert missing.code == 5
    assert "there is no list of AQ" in missing.err
    assert "--file FILE" in missing.err
    geonames.fail_next(503, times=9)
    refused = desk("place", "update", "AT")
    assert refused.code == 7
    assert "`cowork place update COUNTRY --file FILE`" in refused.err
    assert kept(home) == {}


@pytest.mark.parametrize("country", ["XX", "", "Atlantis", "DE", "../AT"])
def test_a_country_that_cannot_be_fetched(
    desk: Cowork, geonames: FakeGeoNames, country: str
) -> None:
    refused = desk("place", "update", country)
    assert refused.code == 2
    assert "hint:" in refused.err
    assert geonames.log == []


def test_an_address_that_may_not_be_asked(desk: Cowork) -> None:
    for url in ("http://example.org/{country}.zip", "ftp://example.org/x", "nonsense"):
        desk("config", "set", "gazetteer.url", url)
        refused = desk("place", "update", "AT")
        assert refused.code == 3
        assert "cowork config set gazetteer.url" in refused.err


def test_from_a_file_packed_or_not(desk: Cowork, geonames: FakeGeoNames, tmp_path: Path) -> None:
    plain, packed = tmp_path / "AT.txt", tmp_path / "AT.zip"
    plain.write_text("\ufeff" + AUSTRIA.replace("\n", "\r\n"), encoding="utf-8")
    packed.write_bytes(zipped("AT", AUSTRIA))
    for file in (plain, packed):
        done = desk("place", "update", "AT", "--file", str(file), "--json")
        assert done.code == 0, str(done)
        assert done.data["postcodes"] == 7
    assert geonames.log == []
    missing = desk("place", "update", "AT", "--file", str(tmp_path / "none.txt"))
    assert missing.code == 5
    assert f"there is no file {tmp_path / 'none.txt'}" in missing.err


def test_progress_is_for_who_watches(
    desk: Cowork, geonames: FakeGeoNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteers, "MIB", 100)
    watched = desk("place", "update", "AT", terminal=True)
    assert "AT: " in watched.err
    assert "MiB so far" in watched.err
    assert "MiB so far" not in desk("place", "update", "AT").err


def test_a_list_that_was_damaged_names_the_command(austria: Cowork, home: Path) -> None:
    (home / "data" / "places" / "at.sqlite").write_bytes(b"x" * 5000)
    refused = austria("place", "find", "Graz")
    assert refused.code == 1
    assert "`cowork place update AT`" in refused.err


def test_whoever_placed_a_place_abroad_is_named_wherever_it_was_used(
    desk: Cowork, tmp_path: Path
) -> None:
    """The licence asks for it (CC BY 4.0), also where no place is listed."""
    assert desk("place", "update", "AT").code == 0
    added = desk("space", "add", "Mühle", "--lat", "48.2", "--lon", "16.4", "--country", "AT")
    assert added.code == 0, str(added)
    out = tmp_path / "map.html"
    for words in (
        ("search", "--near", "Wien", "--offline"),
        ("space", "show", "Mühle", "--from", "Wien", "--offline"),
        ("address", "plans", "--near", "Wien", "--account", "local"),
        ("space", "map", "--near", "Wien", "--offline", "--out", str(out)),
    ):
        outcome = desk(*words)
        assert outcome.code == 0, str(outcome)
        assert outcome.err.count("GeoNames (www.geonames.org), CC BY 4.0") == 1, words
    page = out.read_text(encoding="utf-8")
    assert "GeoNames (www.geonames.org)" in page
    assert '"Wien"' in page
    assert "Wien, AT" not in page.partition("towns")[2].partition("]]")[0]
    for words in (("search", "--near", "Leipzig", "--offline"), ("place", "find", "Leipzig")):
        assert "GeoNames" not in desk(*words).err
