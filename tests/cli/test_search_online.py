"""A search that asks online: what is said, what is kept, and what a bad day does to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cowork, Outcome
from tests.fakes import overpass
from tests.fakes.coworkingview import FakeCoworkingView
from tests.fakes.overpass import FakeOverpass

DORTMUND = (51.5142, 7.4653)


@pytest.fixture
def osm() -> Iterator[FakeOverpass]:
    with FakeOverpass() as server:
        server.add(51.5150, 7.4660, office="coworking", name="Werkhalle", opening_hours="Mo-Fr 09:00-18:00")  # fmt: skip
        yield server


@pytest.fixture
def view() -> Iterator[FakeCoworkingView]:
    with FakeCoworkingView() as server:
        server.add(
            "werkhalle-coworking",
            "Werkhalle Coworking",
            coordinates={"lat": 51.5152, "lng": 7.4662},
            fromPrice={"amount": 19, "currency": "EUR"},
            fromBillingPeriod="day",
            pricingOptions=[{"optionType": "day_pass"}, {"optionType": "virtual_office"}],
        )
        yield server


@pytest.fixture
def desk(
    seller: Cowork,
    osm: FakeOverpass,
    view: FakeCoworkingView,
    waits: list[float],
) -> Cowork:
    """A home whose two directories are fakes; nobody waits."""
    for words in (
        ("account", "add", "osm", "--set", f"overpass_url={osm.url}"),
        ("account", "add", "coworkingview", "--set", f"url={view.url}"),
    ):
        done = seller(*words)
        assert done.code == 0, str(done)
    return seller


def names(outcome: Outcome) -> list[str]:
    return [row["name"] for row in outcome.data]


def test_the_first_line_of_a_new_user(desk: Cowork, osm: FakeOverpass) -> None:
    found = desk("search", "Dortmund", "--json")
    assert found.code == 0, str(found)
    (row,) = found.data
    assert row["ref"] == "coworkingview:werkhalle-coworking"
    assert row["price_from"]["amount"] == "19.00"
    assert row["hours"]["text"] == "Mo-Fr 09:00-18:00"
    assert [source["account"] for source in row["sources"]] == ["coworkingview", "osm"]
    assert "© OpenStreetMap contributors, ODbL 1.0" in found.err
    assert "CoworkingView" in found.err


def test_what_leaves_the_machine_is_said_once_and_before(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView
) -> None:
    first = desk("search", "Dortmund")
    (said,) = [line for line in first.err.splitlines() if "leave this machine" in line]
    for host in (osm.url, view.url):
        assert host.removeprefix("http://") in said
    assert "51.5" in said
    assert "enabled=false" in said
    again = desk("search", "Hamburg")
    assert "leave this machine" not in again.err


def test_it_is_said_before_anything_is_sent(
    desk: Cowork, osm: FakeOverpass, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: object, message: str) -> None:
        if "leave this machine" in message:
            raise KeyboardInterrupt

    monkeypatch.setattr("cowork_cli.output.diagnostics.Diagnostics.note", stop)
    assert desk("search", "Dortmund").code == 130
    assert osm.log == []


def test_what_nobody_heard_is_said_the_next_time(desk: Cowork) -> None:
    assert "leave this machine" not in desk("search", "Dortmund", "--quiet").err
    assert "leave this machine" in desk("search", "Dortmund", "--refresh").err


def test_an_account_that_is_off_is_told_nothing(desk: Cowork, osm: FakeOverpass) -> None:
    desk("account", "add", "osm", "--set", "enabled=false")
    found = desk("search", "Dortmund", "--json")
    assert osm.log == []
    assert [source["account"] for source in found.data[0]["sources"]] == ["coworkingview"]


def test_asked_again_it_answers_from_the_disk_and_says_how_old_it_is(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk("search", "Dortmund", "--json")
    monkeypatch.setenv("COWORK_NOW", "2026-11-28T12:00:00+01:00")
    again = desk("search", "--near", "Dortmund", "--json")
    assert (len(osm.log), len(view.log)) == (1, 1)
    assert again.data == first.data
    (said,) = [line for line in again.err.splitlines() if "--refresh" in line]
    assert "coworkingview, osm" in said
    assert "days ago" in said


def test_refresh_asks_anew(desk: Cowork, osm: FakeOverpass) -> None:
    desk("search", "Dortmund")
    osm.elements.clear()
    assert len(desk("search", "Dortmund", "--json").data[0]["sources"]) == 2
    fresh = desk("search", "Dortmund", "--refresh", "--json")
    assert len(osm.log) == 2
    assert [source["account"] for source in fresh.data[0]["sources"]] == ["coworkingview"]
    # What is gone there is gone here too.
    offline = desk("search", "Dortmund", "--offline", "--json")
    assert [source["account"] for source in offline.data[0]["sources"]] == ["coworkingview"]


@pytest.mark.parametrize(("now", "asked"), [("2026-12-02", 1), ("2026-12-03", 2)])
def test_a_week_is_as_long_as_an_answer_serves(
    desk: Cowork, osm: FakeOverpass, monkeypatch: pytest.MonkeyPatch, now: str, asked: int
) -> None:
    monkeypatch.setenv("COWORK_NOW", "2026-11-25T09:00:00+01:00")
    desk("search", "Dortmund")
    monkeypatch.setenv("COWORK_NOW", f"{now}T09:00:00+01:00")
    desk("search", "Dortmund")
    assert len(osm.log) == asked


def test_another_circle_kind_or_address_is_asked_for(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView
) -> None:
    desk("search", "Dortmund")
    desk("search", "Dortmund", "--radius", "3")  # inside of what OpenStreetMap answered whole
    assert len(osm.log) == 1
    desk("search", "Dortmund", "--radius", "30")
    assert len(osm.log) == 2
    kinds = desk("search", "Dortmund", "--kind", "virtual", "--json")
    # Kinds have no tags, so there is nothing new to ask OpenStreetMap.
    assert len(osm.log) == 2
    assert view.log[-1].query["pricingOptionType"] == "virtual_office"
    assert kinds.data[0]["kinds"] == ["virtual"]
    asked = len(view.log)
    assert desk("search", "Dortmund", "--kind", "virtual", "--json").data == kinds.data
    assert len(view.log) == asked
    with FakeOverpass() as other:
        desk("account", "add", "osm", "--set", f"overpass_url={other.url}")
        desk("search", "Dortmund")
        assert len(other.log) == 1


def test_offline_touches_no_network_and_is_no_failure(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView
) -> None:
    nothing = desk("search", "Dortmund", "--offline", "--json")
    assert (nothing.code, nothing.data) == (0, [])
    assert (osm.log, view.log) == ([], [])
    assert "--offline" in nothing.err


def test_who_fails_leaves_the_others(desk: Cowork, osm: FakeOverpass) -> None:
    osm.remark_next(overpass.TIMED_OUT)
    found = desk("search", "Dortmund", "--json")
    assert (found.code, found.json["status"]) == (8, "partial")
    assert names(found) == ["Werkhalle Coworking"]
    (problem,) = found.json["problems"]
    assert problem["account"] == "osm"
    assert "timed out" in problem["message"]
    # Not asked is asked again: a failure is not kept.
    assert desk("search", "Dortmund").code == 0


def test_all_failed_says_what_a_person_can_do(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView
) -> None:
    osm.page_next(504, overpass.TOO_BUSY, times=9)
    view.fail_next(503, times=9)
    found = desk("search", "Dortmund", "--json")
    assert (found.code, found.json["data"], found.json["status"]) == (7, None, "error")
    told = found.err
    for words in (
        "cowork space add",
        "https://overpass-turbo.eu",
        'nwr["office"="coworking"](around:10000,51.5',
        "out center;",
        "cowork space import FILE",
        "cowork space sync --near Dortmund",
    ):
        assert words in told
    assert "503" in told
    assert "504" in told


def test_own_spaces_are_shown_though_all_failed(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView
) -> None:
    desk("space", "add", "Küche 7", "--lat", "51.514", "--lon", "7.465")
    osm.fail_next(406)
    view.fail_next(503, times=9)
    found = desk("search", "Dortmund", "--json")
    assert (found.code, names(found)) == (8, ["Küche 7"])
    assert {problem["account"] for problem in found.json["problems"]} == {"osm", "coworkingview"}


def test_an_older_answer_serves_where_asking_failed(
    desk: Cowork, osm: FakeOverpass, view: FakeCoworkingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("search", "Dortmund")
    monkeypatch.setenv("COWORK_NOW", "2027-01-25T09:00:00+01:00")
    osm.fail_next(406)
    view.fail_next(503, times=9)
    found = desk("search", "Dortmund", "--json")
    assert (found.code, names(found)) == (8, ["Werkhalle Coworking"])
    assert "an earlier answer is shown" in found.err


def test_a_price_that_is_not_known_might_fit(desk: Cowork, osm: FakeOverpass) -> None:
    osm.add(51.53, 7.47, office="coworking", name="Ohne Preis")
    line = ("--near", "Dortmund", "--max-price", "25", "--per", "day", "--sort", "price", "--json")
    found = desk("search", *line)
    assert [(row["name"], row["unknown"]) for row in found.data] == [
        ("Werkhalle Coworking", []),
        ("Ohne Preis", ["price"]),
    ]
    assert "might fit" in found.err
    assert desk("search", *line[:3], "15", *line[4:]).data[0]["name"] == "Ohne Preis"


@pytest.mark.parametrize(
    "words",
    [
        ("Dortmund",),
        ("--near", "44137", "--radius", "15", "--kind", "virtual"),
        ("--near", "52.75,13.24", "--amenity", "wifi", "--amenity", "booth", "--open-on", "sunday",
         "--at", "10:00", "--max-price", "25", "--per", "day", "--sort", "price"),
    ],
)  # fmt: skip
def test_the_lines_that_people_type(desk: Cowork, words: tuple[str, ...]) -> None:
    found = desk("search", *words, "--json")
    assert found.code == 0, str(found)
    assert found.json["command"] == ["space", "search"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Dortmnd",), "Dortmund"),
        (("--near", "Hambrug"), "Hamburg"),
        (("Dortmund", "--radius", "0"), "--radius 0"),
        (("Dortmund", "--radius", "2000"), "--radius 2000"),
        (("Dortmund", "--radius", "nan"), "--radius"),
        (("--near", "95,13"), "no point on earth"),
        (("--near", "52,200"), "no point on earth"),
    ],
)
def test_bad_places_are_said_before_anybody_is_asked(
    desk: Cowork, osm: FakeOverpass, words: tuple[str, ...], told: str
) -> None:
    refused = desk("search", *words)
    assert refused.code in (2, 5), str(refused)
    assert told in refused.err
    assert "hint:" in refused.err
    assert osm.log == []


def test_a_damaged_cache_is_no_trouble(desk: Cowork, home: Path) -> None:
    desk("search", "Dortmund")
    (home / "cache" / "cache.db").write_bytes(b"nonsense" * 1000)
    assert names(desk("search", "Dortmund", "--json")) == ["Werkhalle Coworking"]


def test_a_table_says_the_hours_in_words(desk: Cowork, osm: FakeOverpass) -> None:
    osm.add(
        51.5160, 7.4700, office="coworking", name="Atelier", opening_hours='"nach Vereinbarung"'
    )
    osm.add(51.5170, 7.4800, office="coworking", name="Turm", opening_hours="wenn Licht brennt")
    shown = desk(
        "search",
        "Dortmund",
        terminal=True,
        env={"COLUMNS": "220", "COWORK_NOW": "2026-11-25T12:00:00+01:00"},
    )
    assert shown.code == 0, str(shown)
    assert "open now until 18:00" in shown.out
    assert "by appointment" in shown.out
    assert "wenn Licht brennt" in shown.out
    later = desk(
        "search",
        "Dortmund",
        terminal=True,
        env={"COLUMNS": "220", "COWORK_NOW": "2026-11-28T12:00:00+01:00"},
    )
    assert "opens Mon 09:00" in later.out


# Each field with its source ──────────────────────────────────────────────────────────────────────


def test_each_field_says_which_source_told_it(desk: Cowork) -> None:
    (row,) = desk("search", "Dortmund", "--json").data
    told = row["field_sources"]
    assert told["name"] == told["point"] == told["price_from"] == "coworkingview"
    assert told["hours"] == "osm"
    assert "phone" not in told  # nobody knows it


def test_a_page_is_of_all_sources_and_names_them(desk: Cowork) -> None:
    desk("search", "Dortmund")
    shown = desk("space", "show", "coworkingview:werkhalle-coworking", "--json")
    assert shown.data["hours"]["text"] == "Mo-Fr 09:00-18:00"
    assert [source["account"] for source in shown.data["sources"]] == ["coworkingview", "osm"]
    assert shown.data["field_sources"]["hours"] == "osm"
    page = desk("space", "show", "coworkingview:werkhalle-coworking", "-o", "table").out
    assert "Mo-Fr 09:00-18:00  (from osm, 2026-11-20)" in page
    assert "19.00 EUR/day  (from coworkingview)" in page


def test_a_space_of_one_source_names_it_once(desk: Cowork) -> None:
    desk("space", "add", "Alte Mühle", "--lat", "52", "--lon", "13", "--phone", "030 1")
    shown = desk("space", "show", "Alte Mühle", "--json")
    assert shown.data["field_sources"]["phone"] == "local"
    assert "(from" not in desk("space", "show", "Alte Mühle", "-o", "table").out


def test_a_wait_is_said_to_who_watches(desk: Cowork, osm: FakeOverpass, waits: list[float]) -> None:
    osm.fail_next(429, "<html>rate_limited</html>")
    watched = desk("search", "Dortmund", terminal=True)
    assert "osm asks for patience: asking again in 3" in watched.err
    assert max(waits) >= 30
    osm.fail_next(429, "<html>rate_limited</html>")
    assert "asks for patience" not in desk("search", "Dortmund", "--refresh").err


def test_a_304_renews_the_kept_answer(
    desk: Cowork, view: FakeCoworkingView, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk("search", "Dortmund", "--account", "coworkingview", "--json")
    assert "if-none-match" not in view.log[0].headers
    monkeypatch.setenv("COWORK_NOW", "2026-12-10T12:00:00+01:00")  # more than a week later
    again = desk("search", "Dortmund", "--account", "coworkingview", "--json")
    assert view.log[1].headers["if-none-match"].startswith('"')
    assert again.data == first.data
    assert "--refresh" not in again.err
    # For a week from then on nobody is asked.
    assert "just now" in desk("search", "Dortmund", "--account", "coworkingview").err
    assert len(view.log) == 2
    view.properties["werkhalle-coworking"]["title"] = "Werkhalle Zwei"
    changed = desk("search", "Dortmund", "--account", "coworkingview", "--refresh", "--json")
    assert names(changed) == ["Werkhalle Zwei"]


def test_a_kept_answer_of_another_hand_is_none(
    desk: Cowork, view: FakeCoworkingView, home: Path
) -> None:
    desk("search", "Dortmund", "--account", "coworkingview")
    (kept,) = (home / "cache" / "answers").glob("*")
    kept.write_bytes(kept.read_bytes() + b" ")
    found = desk("search", "Dortmund", "--account", "coworkingview", "--refresh", "--json")
    assert names(found) == ["Werkhalle Coworking"]
    assert "if-none-match" not in view.log[1].headers
