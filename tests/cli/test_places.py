"""What people type as a place, offline and through a geocoder that they switched on."""

from collections.abc import Iterator

import pytest

from cowork_cli.data.districts import DISTRICTS
from cowork_cli.domain.place_spelling import abbreviates, other_spellings
from cowork_cli.store import gazetteer
from tests.conftest import Cowork
from tests.fakes.geocoders import FakeNominatim, FakePhoton, feature


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Dortmund", "Dortmund"),
        ("Dortmund, Stadt", "Dortmund"),
        ("Stadt Dortmund", "Dortmund"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt/Oder", "Frankfurt (Oder)"),
        ("Frankfurt an der Oder", "Frankfurt (Oder)"),
        ("Frankfurt a. M.", "Frankfurt am Main"),
        ("Frankfurt/M.", "Frankfurt am Main"),
        ("Neustadt a. d. Weinstraße", "Neustadt an der Weinstraße"),
        ("Neustadt an der Weinstrasse", "Neustadt an der Weinstraße"),
        ("Neustadt/Weinstr.", "Neustadt an der Weinstraße"),
        ("Rothenburg o.d.T.", "Rothenburg ob der Tauber"),
        ("Halle/S.", "Halle (Saale)"),
        ("Esslingen a.N.", "Esslingen am Neckar"),
        ("Köln", "Köln"),
        ("koeln", "Köln"),
        ("Koln", "Köln"),
        ("Munchen", "München"),
        ("Dusseldorf", "Düsseldorf"),
        ("Gorlitz", "Görlitz"),
        ("Cologne", "Köln"),
        ("Munich", "München"),
        ("Hansestadt Lübeck", "Lübeck"),
        ("Hanse- und Universitätsstadt Rostock", "Rostock"),
        ("Landeshauptstadt München", "München"),
        ("44137", "Dortmund"),
        ("D-44137 Dortmund", "Dortmund"),
        ("Berlin Kreuzberg", "Kreuzberg, Berlin"),
        ("Kreuzberg", "Kreuzberg, Berlin"),
        ("Köln-Ehrenfeld", "Ehrenfeld, Köln"),
        ("Ehrenfeld, Köln, NW", "Ehrenfeld, Köln"),
        ("Hamburg St. Pauli", "Sankt Pauli, Hamburg"),
        ("Dresden-Neustadt", "Neustadt, Dresden"),
    ],
)
def test_one_place_is_meant(typed: str, name: str) -> None:
    place, _ = gazetteer.resolve(typed)
    assert place is not None
    assert place.name == name
    assert place in gazetteer.find(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("Frankfurt", "Frankfurt (Oder)"),
        ("Neustadt", "Neustadt an der Weinstraße"),
        ("Neustadt a.d.W.", "Neustadt an der Weinstraße"),
        ("Altona", "Altona, Hamburg"),
        ("Mülheim", "Mülheim an der Ruhr"),
    ],
)
def test_of_several_nobody_is_chosen(typed: str, among: str) -> None:
    place, candidates = gazetteer.resolve(typed)
    assert place is None
    assert among in [candidate.name for candidate in candidates]


def test_every_district_lies_in_its_town() -> None:
    wrong = [
        (town, district)
        for town, known in DISTRICTS.items()
        for district, postcode in known.items()
        if town not in {place.name for place in gazetteer.find(postcode)}
    ]
    assert wrong == []


def test_abbreviations_are_whole_in_front_and_leave_out_link_words_only() -> None:
    assert abbreviates("Frankfurt M", "Frankfurt am Main")
    assert not abbreviates("Frankfurt", "Frankfurt am Main")
    assert not abbreviates("Frank a M", "Frankfurt am Main")
    assert not abbreviates("Bad H", "Bad Homburg vor der Höhe")
    assert other_spellings("Xyz") == []


def test_of_several_a_person_is_asked(seller: Cowork) -> None:
    line = ("search", "--near", "Frankfurt", "--offline")
    listed = seller(*line)
    assert listed.code == 2
    assert "Frankfurt am Main, HE; Frankfurt (Oder), BB" in listed.err
    asked = seller(*line, terminal=True, stdin="2\n")
    assert asked.code == 0, str(asked)
    assert "Frankfurt (Oder)" in asked.out + asked.err
    assert seller(*line, terminal=True, stdin="7\n").code == 2


# A geocoder ──────────────────────────────────────────────────────────────────────────────────────

ADDRESS = "Lindwurmstraße 88, München"


@pytest.fixture
def photon() -> Iterator[FakePhoton]:
    with FakePhoton() as server:
        server.known[ADDRESS] = [
            feature(48.1251, 11.5484, type="house", street="Lindwurmstraße", housenumber="88",
                    postcode="80337", city="München", state="Bayern", countrycode="DE")
        ]  # fmt: skip
        server.known["Wien"] = [
            feature(48.2083, 16.3725, type="city", name="Wien", countrycode="AT")
        ]
        yield server


@pytest.fixture
def nominatim() -> Iterator[FakeNominatim]:
    with FakeNominatim() as server:
        server.known[ADDRESS] = [
            {"lat": "48.1251", "lon": "11.5484", "display_name": "88, …", "name": "",
             "address": {"road": "Lindwurmstraße", "house_number": "88", "city": "München",
                         "postcode": "80337", "state": "Bayern", "country_code": "de"}}
        ]  # fmt: skip
        yield server


@pytest.fixture
def quiet(seller: Cowork, waits: list[float]) -> Cowork:
    """Nobody else on the web is on; nobody waits."""
    seller("account", "add", "coworkingview", "--set", "enabled=false")
    return seller


def switch_on(desk: Cowork, kind: str, url: str) -> None:
    done = desk("account", "add", "osm", "--set", f"geocoder={kind}", "--set", f"geocoder_url={url}",
                "--set", "overpass_url=http://127.0.0.1:9")  # fmt: skip
    assert done.code == 0, str(done)


def test_nobody_is_asked_unless_switched_on(quiet: Cowork, photon: FakePhoton) -> None:
    refused = quiet("search", "--near", ADDRESS)
    assert refused.code == 5
    assert "account add osm --set geocoder=photon" in refused.err
    assert quiet("place", "find", ADDRESS, "--online").code == 2
    assert photon.log == []


@pytest.mark.parametrize("kind", ["photon", "nominatim"])
def test_a_street_address(
    quiet: Cowork, photon: FakePhoton, nominatim: FakeNominatim, kind: str
) -> None:
    fake = {"photon": photon, "nominatim": nominatim}[kind]
    switch_on(quiet, kind, fake.url)
    found = quiet("place", "find", ADDRESS, "--online", "--json")
    assert found.code == 0, str(found)
    assert found.data == [
        {"name": "Lindwurmstraße 88, München", "postcode": "80337", "land": "BY",
         "lat": 48.1251, "lon": 11.5484}
    ]  # fmt: skip
    assert "© OpenStreetMap contributors" in found.err
    assert fake.url.removeprefix("http://") in found.err  # said before it is asked the first time
    assert fake.log[0].headers["user-agent"].startswith("cowork/")
    quiet("space", "add", "Nah", "--lat", "48.126", "--lon", "11.549")
    near = quiet("search", "--near", ADDRESS, "--account", "local", "--json")
    assert [row["name"] for row in near.data] == ["Nah"]


def test_a_place_abroad_is_not_the_village_that_begins_so(
    quiet: Cowork, photon: FakePhoton
) -> None:
    switch_on(quiet, "photon", photon.url)
    quiet("space", "add", "Gürtel", "--lat", "48.21", "--lon", "16.37")
    found = quiet("search", "--near", "Wien", "--account", "local", "--json")
    assert [row["name"] for row in found.data] == ["Gürtel"]
    # What the gazetteer knows is never sent.
    quiet("search", "--near", "Dortmund", "--account", "local")
    assert len(photon.log) == 1
    # Nor is anything with --offline.
    assert quiet("search", "--near", "Wien", "--offline").code == 2
    assert len(photon.log) == 1


def test_an_old_photon_is_asked_with_the_least(quiet: Cowork) -> None:
    with FakePhoton(old=True) as photon:
        photon.known["Wien"] = [feature(48.2, 16.4, name="Wien", countrycode="AT")]
        switch_on(quiet, "photon", photon.url)
        assert quiet("place", "find", "Wien", "--online", "--json").data[0]["name"] == "Wien, AT"
        assert len(photon.log) == 2


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": {"code": 400, "message": "Parameter 'lat' must be a number."}}, 7),
        (200, {"error": "Unable to geocode"}, 7),
        (200, [], 0),
        (503, b"Query took too long to process.", 7),
        (403, "<html>blocked</html>", 4),
        (200, "<html>the web page</html>", 7),
    ],
)
def test_bad_days_of_nominatim(
    quiet: Cowork, nominatim: FakeNominatim, status: int, body: object, code: int
) -> None:
    switch_on(quiet, "nominatim", nominatim.url)
    nominatim.fail_next(status, body, times=5)
    assert quiet("place", "find", "Wien", "--online").code == code


def test_a_geocoder_that_is_none(quiet: Cowork) -> None:
    switch_on(quiet, "google", "http://127.0.0.1:9")
    refused = quiet("search", "--near", "Wien")
    assert refused.code == 3
    assert "none, photon, nominatim" in refused.err
