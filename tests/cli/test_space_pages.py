"""`cowork space show` and `cowork space compare`: the page of a space, and several side by side."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Cowork

DORF = (
    "space", "add", "Dorfbüro Wiesenburg", "--street", "Schlossstr. 1", "--postcode", "14827",
    "--city", "Wiesenburg/Mark", "--lat", "52.09", "--lon", "12.43", "--hours",
    "Mo-Fr 08:00-12:00,13:00-19:00; PH off", "--price", "day=18", "--kind", "day", "--amenity",
    "wifi", "--amenity", "dogs=no",
)  # fmt: skip


@pytest.fixture
def dorf(seller: Cowork) -> Cowork:
    assert seller(*DORF).code == 0
    for words in (
        ("plan", "add", "dorf", "Ten days", "--kind", "bundle", "--count", "10", "--price",
         "150net", "--source", "their web page", "--valid-from", "2026-01-01"),
        ("space", "visit", "dorf", "--down", "94.2", "--noise", "quiet", "--date", "2026-11-20"),
        ("space", "visit", "dorf", "--down", "60", "--chair", "good"),
        ("space", "add", "Basislager", "--lat", "51.34", "--lon", "12.37", "--country", "DE"),
    ):  # fmt: skip
        assert seller(*words).code == 0
    return seller


def shown(cowork: Cowork, *words: str, width: int = 80, **env: str) -> str:
    outcome = cowork(*words, "-o", "table", env={"COLUMNS": str(width), **env})
    assert outcome.code == 0, str(outcome)
    return "\n".join(line.rstrip() for line in outcome.out.splitlines())


def test_the_page_says_where_when_and_what(dorf: Cowork) -> None:
    page = shown(dorf, "space", "show", "dorf")
    for line in (
        "Dorfbüro Wiesenburg   local:dorfbuero-wiesenburg",
        "Schlossstr. 1, 14827 Wiesenburg/Mark  ·  81.4 km south-west of 10115 Berlin",
        "open now, until Wed 2026-11-25 19:00   Mo-Fr 08:00-12:00,13:00-19:00; PH off",
        "   there is  wifi",
        "there is no  dogs",
        "  > Wed 25 Nov  08:00–12:00, 13:00–19:00  today",
        "    Sat 28 Nov  closed",
        "  Ten days  150.00 EUR net  plan-1",
        "source  your own directory",
    ):
        assert line in page.splitlines(), f"{line}\n{page}"
    assert "not known  printer, kitchen, booth," in page
    assert "since Thu 2026-01-01 · says their web" in page.replace("\n    ", " ")
    assert page.index("v-2") < page.index("v-1"), "the newest visit stands first"


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_the_page_and_the_comparison_fit_and_lose_nothing(dorf: Cowork, width: int) -> None:
    for words in (("space", "show", "dorf"), ("space", "compare", "dorf", "basis")):
        page = shown(dorf, *words, width=width)
        assert max(map(len, page.splitlines())) <= width
        for part in ("Ten", "150.00", "net", "quiet", "good", "wifi"):
            assert part in page, part


def test_a_holiday_is_named_and_closes_where_the_hours_say_so(dorf: Cowork) -> None:
    assert dorf("space", "edit", "dorf", "--country", "DE").code == 0
    week = dorf(
        "space", "show", "dorf", "--json", env={"COWORK_NOW": "2026-12-22T12:00:00+01:00"}
    ).data["week"]
    assert week[0]["date"] == "2026-12-22"
    assert (week[3]["date"], week[3]["state"], week[3]["slots"]) == ("2026-12-25", "closed", [])
    assert "Weihnacht" in week[3]["holiday"]
    assert week[1]["slots"][1]["to"] == "2026-12-23T19:00:00+01:00"
    page = shown(dorf, "space", "show", "dorf", COWORK_NOW="2026-12-22T12:00:00+01:00")
    assert re.search(r"Fri 25 Dec  closed .*Weihnacht", page)


def test_hours_that_do_not_speak_of_a_holiday_are_doubted(dorf: Cowork) -> None:
    dorf("space", "edit", "dorf", "--hours", "Mo-Fr 08:00-18:00", "--country", "DE")
    page = shown(dorf, "space", "show", "dorf", COWORK_NOW="2026-12-25T12:00:00+01:00")
    assert re.search(r"> Fri 25 Dec .*today and .*, may be closed", page)


def test_no_holiday_is_assumed_abroad(dorf: Cowork) -> None:
    added = dorf("space", "add", "Far", "--country", "JP", "--lat", "35.68", "--lon", "139.76",
                 "--hours", "Mo-Fr 08:00-18:00")  # fmt: skip
    assert added.code == 0
    week = dorf("space", "show", "far", "--json", env={"COWORK_NOW": "2026-12-25T02:00:00+01:00"})
    first = week.data["week"][0]
    assert (first["date"], first["holiday"], first["doubtful"]) == ("2026-12-25", None, False)
    assert first["slots"][0]["from"] == "2026-12-25T08:00:00+09:00"


def test_distance_from_a_place_that_is_named(dorf: Cowork) -> None:
    seen = dorf("space", "show", "basis", "--from", "51.34,12.27", "--json").data
    assert (seen["bearing_deg"], seen["seen_from"]) == (90, "51.34,12.27")
    assert seen["distance_km"] == pytest.approx(6.95, abs=0.02)
    assert dorf("space", "show", "basis", "--from", "Leipzg").code == 5
    assert dorf("space", "show", "basis", "--from", "95,3").code == 2
    several = dorf("space", "show", "basis", "--from", "Hagen")
    assert (several.code, '`--from "Hagen, NW"`' in several.err) == (2, True), several.err
    assert "`--from LAT,LON`" in dorf("space", "show", "basis", "--from", "Leipzg").err
    tour = dorf("tour", "plan", "basis", "--on", "2026-12-04", "--start", "Hagen")
    assert (tour.code, '`--start "Hagen, NW"`' in tour.err) == (2, True), tour.err


def test_without_a_home_nothing_is_said_of_distance(cowork: Cowork) -> None:
    assert cowork(*DORF).code == 0
    data = cowork("space", "show", "dorf", "--json").data
    assert (data["distance_km"], data["bearing_deg"], data["seen_from"]) == (None, None, None)
    assert "km" not in shown(cowork, "space", "show", "dorf")


def test_hours_as_written_and_unknown_ones(seller: Cowork) -> None:
    seller("space", "add", "A", "--city", "Hamburg", "--hours", "nach Vereinbarung")
    seller("space", "add", "B", "--city", "Hamburg")
    assert "nach Vereinbarung  (as written)" in shown(seller, "space", "show", "A")
    assert "Hours (" not in shown(seller, "space", "show", "A")
    assert "opening hours are not known" in shown(seller, "space", "show", "B")


def test_a_source_says_its_licence_and_age(seller: Cowork, tmp_path: Path) -> None:
    tags = {"office": "coworking", "name": "Hafen"}
    element = {"type": "node", "id": 7, "lat": 53.55, "lon": 10.0, "tags": tags}
    document = {"osm3s": {"timestamp_osm_base": "2024-06-14T12:06:11Z"}, "elements": [element]}
    (tmp_path / "osm.json").write_text(json.dumps(document))
    assert seller("space", "import", str(tmp_path / "osm.json")).code == 0
    page = shown(seller, "space", "show", "hafen")
    assert "source  osm:node/7, ODbL-1.0, as of 2024-06-14 (2 years old)" in page


def test_plans_and_visits_of_a_space_that_is_not_ones_own(seller: Cowork, tmp_path: Path) -> None:
    test_a_source_says_its_licence_and_age(seller, tmp_path)
    assert seller("plan", "add", "hafen", "Day", "--kind", "day", "--price", "20net").code == 0
    assert seller("space", "visit", "osm:node/7", "--booths", "1").code == 0
    data = seller("space", "show", "hafen", "--json").data
    assert [row["id"] for row in data["plans"] + data["visits"]] == ["plan-1", "v-1"]


def test_a_hostile_name_steers_no_terminal(seller: Cowork) -> None:
    assert seller("space", "add", "Evil \x1b[2J[red]x[/red]", "--city", "Kiel").code == 0
    for words in (("space", "show", "evil"), ("space", "compare", "evil", "local:b")):
        seller("space", "add", "B", "--city", "Kiel")
        outcome = seller(*words, "-o", "table")
        assert "\x1b" not in outcome.out
        assert "[red]x[/red]" in outcome.out.replace("\n", "")


# ---- side by side


def test_what_is_not_known_is_a_dash_and_no_no(dorf: Cowork) -> None:
    rows = {
        line.split()[0]: line.split()[1:]
        for line in shown(dorf, "space", "compare", "dorf", "basis").splitlines()[1:]
        if not line.startswith(" ")
    }
    assert rows["wifi"] == ["yes", "–"]
    assert rows["dogs"] == ["no", "–"]
    assert rows["down"] == ["60", "Mbit/s", "–"]
    assert rows["noise"] == ["quiet", "–"], "the newest value that is known, of whichever visit"
    assert rows["hours"][-1] == "–"


def test_comparing_gives_a_list(dorf: Cowork) -> None:
    data = dorf("space", "compare", "basis", "dorf", "--json").data
    assert [row["name"] for row in data] == ["Basislager", "Dorfbüro Wiesenburg"]
    assert data[1]["plans"][0]["name"] == "Ten days"
    assert len(dorf("space", "compare", "basis", "dorf", "-o", "plain").rows) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("dorf",), 2, "1 space cannot be compared"),
        (("dorf", "dorfb"), 2, "named twice"),
        (("dorf", "nowhere"), 5, 'no space "nowhere"'),
        (("dorf",) * 9, 2, "9 spaces"),
    ],
    ids=str,
)
def test_what_cannot_be_compared(
    dorf: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    outcome = dorf("space", "compare", *words)
    assert outcome.code == code, str(outcome)
    assert said in outcome.err
