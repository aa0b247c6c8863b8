"""`report days`: every line with rule, source and year; what is open says so; nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_days import logged, track
from tests.conftest import Cowork


@pytest.fixture
def mill(acme: Cowork) -> Cowork:
    words = (
        "space",
        "add",
        "Mühle",
        "--postcode",
        "14827",
        "--city",
        "Wiesenburg/Mark",
        "--country",
        "DE",
    )
    assert acme(*words).code == 0
    way = ("day", "place", "Mühle", "--km", "12", "--minutes", "25", "--mode", "car")
    assert acme(*way, "--instead-of", "home").code == 0
    return acme


def report(cowork: Cowork, *words: str) -> Any:
    done = cowork("report", "days", *words, "--json")
    assert done.code == 0, str(done)
    return done.json


def amounts(document: Any) -> dict[tuple[str, str | None], tuple[int, str | None, str]]:
    return {
        (row["rule"], row["reading"]): (
            row["days"], row["amount"] and row["amount"]["amount"], row["state"],
        )
        for row in document["data"]
    }  # fmt: skip


def test_every_line_has_a_rule_a_source_and_a_year(mill: Cowork) -> None:
    logged(mill, "2026-11-23", "--at", "home=8h")
    logged(mill, "2026-11-24", "--at", "home=5h", "--at", "mühle=3h")
    logged(mill, "2026-11-25", "--at", "mühle=8h", "--away", "8:00..18:00")
    document = report(mill, "--in", "2026")
    assert amounts(document) == {
        ("home-day-1", None): (2, "12.00", "supported"),
        ("way-first-place", "A"): (2, "9.12", "open"),
        ("way-travel", "B"): (2, "14.40", "open"),
        ("meals-8h", "B"): (1, "14.00", "open"),
    }
    for row in document["data"]:
        assert row["year"] == 2026
        assert "2026" in row["source"]
        assert "EStG" in row["source"]
    (counter,) = document["counters"]
    assert (counter["days"], counter["full_days"], counter["share"], counter["rule_met"]) == (
        2, 1, "45.8", "open",
    )  # fmt: skip
    assert "BMF 2014-12-23" in counter["source"]
    text = mill("report", "days", "--in", "2026").out
    assert "§ 4 (5) no. 6c sentence 1 EStG 2026" in text


def lived(cowork: Cowork, folder: Path, place: str, days: list[str], now: str) -> None:
    """Six hours at a place on each of the days, imported and logged."""
    file = folder / "hours.csv"
    rows = [f"{day},9:00,15:00,acme,site,{place}" for day in days]
    file.write_text("\n".join(["date,start,end,client,project,place", *rows]), encoding="utf-8")
    env = {"COWORK_NOW": now}
    for words in (
        ("track", "import", "--format", "csv", str(file)),
        ("day", "log", "--in", now[:4]),
    ):
        done = cowork(*words, env=env)
        assert done.code == 0, str(done)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_go_on_at_the_cap_and_the_sum_stops(
    acme: Cowork, tmp_path: Path, year: int
) -> None:
    days = [f"{year}-{month:02}-{day:02}" for month in range(1, 9) for day in range(1, 29)][:211]
    now = f"{year}-12-31T18:00:00+01:00"
    lived(acme, tmp_path, "home", days, now)
    env = {"COWORK_NOW": now}
    document = acme("report", "days", "--in", str(year), "--json", env=env).json
    (row,) = document["data"]
    assert (row["days"], row["amount"]["amount"]) == (211, "1260.00")
    assert "cap" in row["note"]
    part = acme("report", "days", "--in", f"{year}-08", "--json", env=env).json["data"][0]
    assert (part["days"], part["amount"]["amount"]) == (15, "84.00"), "1176 were used up before"


def test_a_year_without_figures_gets_none(acme: Cowork) -> None:
    logged(acme, "2024-11-20", "--at", "home=8h")
    logged(acme, "2026-11-20", "--at", "home=8h")
    done = acme("report", "days", "--from", "2024-01-01", "--json")
    rows = {row["year"]: (row["state"], row["amount"]) for row in done.data}
    assert rows[2024] == ("not-known", None)
    assert rows[2026][0] == "supported"
    assert "the figures of 2024 are not known here" in done.err


def test_who_lives_abroad_gets_no_german_rules(mill: Cowork) -> None:
    logged(mill, "2026-11-24", "--at", "mühle=8h")
    assert mill("config", "set", "seller.country", "AT").code == 0
    document = report(mill, "--in", "2026")
    assert document["data"] == []
    assert len(document["commute"]) == 1
    assert "German rules are not applied" in mill("report", "days", "--in", "2026").err


def test_a_place_abroad_is_left_out_and_told(acme: Cowork) -> None:
    assert (
        acme("day", "place", "Wien", "--kind", "client", "--country", "AT", "--km", "600").code == 0
    )
    logged(acme, "2026-11-24", "--at", "Wien=8h", "--away", "all")
    document = report(acme, "--in", "2026")
    assert document["data"] == []
    assert [row["lack"] for row in document["lacks"]] == ["abroad"]


def test_what_is_lacking_is_mended_by_the_command_it_names(acme: Cowork) -> None:
    assert acme("day", "place", "Café", "--kind", "space", "--country", "DE").code == 0
    logged(acme, "2026-11-24", "--at", "Café=8h")
    lacks = {row["lack"]: row["command"] for row in report(acme, "--in", "2026")["lacks"]}
    assert set(lacks) == {"way", "mode", "instead"}
    for command in lacks.values():
        assert acme(*command.split()[1:]).code == 0
    assert report(acme, "--in", "2026")["lacks"] == []
    assert len(report(acme, "--in", "2026")["data"]) == 2


def test_hours_of_a_day_that_is_not_logged_are_lacking(acme: Cowork) -> None:
    track(acme, "2026-11-23", "9:00", "12:00", "--place", "home")
    track(acme, "2026-11-24", "9:00", "12:00", "--place", "home")
    logged(acme, "2026-11-24")
    (lack,) = report(acme, "--in", "2026")["lacks"]
    assert (lack["lack"], lack["days"], lack["first"]) == ("not-logged", 1, "2026-11-23")


def test_ways_with_the_space_and_without_it(mill: Cowork) -> None:
    logged(mill, "2026-11-24", "--at", "mühle=8h")
    done = mill("report", "days", "--in", "2026", "--json")
    (row,) = done.json["commute"]
    assert (row["mode"], row["way_km"], row["way_s"], row["co2_g"]) == ("car", "24", 3000, 3528)
    assert (row["without_km"], row["without_co2_g"], row["factor"]) == ("0", 0, 147)
    assert row["money"] is None, "nobody said what it costs"
    assert "Rebound: with the spaces the ways are longer (24 km)" in done.err
    assert "hslu.ch" in done.err
    for words in (
        (
            "day",
            "place",
            "Amt",
            "--kind",
            "client",
            "--km",
            "40",
            "--minutes",
            "60",
            "--mode",
            "car",
        ),
        ("day", "place", "mühle", "--instead-of", "Amt"),
    ):
        assert mill(*words).code == 0
    done = mill("report", "days", "--in", "2026", "--json")
    assert done.json["commute"][0]["without_km"] == "80"
    assert "Rebound" not in done.err
    assert "hslu.ch" in done.err


def test_a_trip_of_five_days_has_two_ways_and_meals_for_each_day(mill: Cowork) -> None:
    place = ("day", "place", "client/acme", "--km", "40", "--minutes", "50", "--mode", "train")
    assert mill(*place, "--fare", "12.90").code == 0
    logged(mill, "2026-11-05", "--at", "client/acme=8h", "--away", "06:00..")
    logged(mill, "2026-11-06", "--at", "client/acme=8h", "--away", "all")
    logged(mill, "2026-11-07", "--no-work", "--away", "all")
    logged(mill, "2026-11-08", "--no-work", "--away", "all")
    logged(mill, "2026-11-09", "--at", "client/acme=4h", "--away", "..14:00")
    document = report(mill, "--in", "2026-11")
    assert amounts(document) == {
        ("way-travel", "B"): (2, "25.80", "supported"),
        ("meals-overnight", None): (2, "28.00", "supported"),
        ("meals-24h", None): (3, "84.00", "supported"),
    }
    assert [(row["ways"], row["way_km"], row["way_s"], row["money"]["amount"])
            for row in document["commute"]] == [(2, "80", 6000, "25.80")]  # fmt: skip
    assert document["counters"][0]["days"] == 3
    assert "trip" not in [row["lack"] for row in document["lacks"]]


def test_a_night_away_after_no_logged_day_tells_no_place(mill: Cowork) -> None:
    logged(mill, "2026-11-07", "--no-work", "--away", "..18:00")
    document = report(mill, "--in", "2026-11")
    assert document["data"] == []
    assert [row["lack"] for row in document["lacks"]] == ["trip"]


def test_of_a_first_place_one_way_alone_is_half(mill: Cowork) -> None:
    logged(mill, "2026-11-05", "--at", "mühle=8h", "--away", "07:00..")
    logged(mill, "2026-11-06", "--at", "mühle=8h", "--away", "..19:00")
    found = amounts(report(mill, "--in", "2026-11"))
    assert found["way-first-place-one-way", "A"] == (2, "4.56", "open")
    assert found["way-travel", "B"] == (2, "7.20", "open")
    assert ("way-first-place", "A") not in found


def test_a_factor_of_ones_own_takes_the_place_of_the_figure(mill: Cowork) -> None:
    logged(mill, "2026-11-24", "--at", "mühle=8h", "--mode", "train", "--fare", "3.20")
    assert report(mill, "--in", "2026")["commute"][0]["co2_g"] == 24 * 46
    assert mill("config", "set", "commute.co2.train", "27").code == 0
    for name, grams in (("rocket", "27"), ("train", "-1"), ("train", "2.5")):
        assert mill("config", "set", f"commute.co2.{name}", "--", grams).code == 2
    (row,) = report(mill, "--in", "2026")["commute"]
    assert (row["co2_g"], row["source"]) == (24 * 27, "your setting commute.co2.train")
    assert row["money"] == {"amount": "6.40", "currency": "EUR"}
    assert amounts(report(mill, "--in", "2026"))["way-travel", "B"][1] == "6.40"


def test_without_a_car_the_allowance_has_a_cap(mill: Cowork, tmp_path: Path) -> None:
    assert mill("day", "place", "mühle", "--km", "100", "--mode", "train", "--fare", "9").code == 0
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 29)][:120]
    lived(mill, tmp_path, "Mühle", days, "2026-12-31T18:00:00+01:00")
    rows = amounts(report(mill, "--in", "2026"))
    assert rows["way-first-place", "A"] == (120, "4500.00", "open"), "38 euro a day would be 4560"


def test_figures_reach_the_books_only_when_one_says_so_and_once(mill: Cowork) -> None:
    logged(mill, "2026-11-23", "--at", "home=8h")
    logged(mill, "2026-11-24", "--at", "mühle=8h")
    report(mill, "--in", "2026")
    assert mill("expense", "list", "--in", "2026").rows == []
    assert mill("day", "book", "home", "--in", "2026-11", "--dry-run").code == 0
    assert mill("expense", "list", "--in", "2026").rows == []
    booked = mill("day", "book", "home", "--in", "2026-11", "--json")
    (expense,) = booked.data
    assert (expense["net"]["amount"], expense["vat"]["amount"], expense["category"]) == (
        "6.00", "0.00", "home-days",
    )  # fmt: skip
    assert mill("day", "book", "home", "--in", "2026").code == 6
    assert mill("day", "book", "ways-b", "--in", "2026-11").code == 0
    assert mill("day", "book", "ways-a", "--in", "2026-11").code == 6, "the other reading is booked"
    assert mill("day", "book", "meals", "--in", "2026-11").code == 5
    assert mill("day", "book", "nonsense", "--in", "2026-11").code == 2
    assert mill("expense", "remove", "x-1", "--yes").code == 0
    assert mill("day", "book", "home", "--in", "2026").code == 0
    assert mill("undo", "--yes").code == 0
    assert mill("data", "verify").code == 0


def test_what_is_travel_in_either_reading_is_booked_with_both(mill: Cowork) -> None:
    assert mill("day", "place", "client/acme", "--km", "30", "--mode", "car").code == 0
    logged(mill, "2026-11-23", "--at", "client/acme=5h")
    logged(mill, "2026-11-24", "--at", "mühle=8h")
    for figure, expected in (
        (
            "ways-a",
            {None: "4.56", "mileage": "18.00"},
        ),  # § 9 (1) no. 4 has no line that is known here
        ("ways-b", {"mileage": "25.20"}),
    ):
        booked = mill("day", "book", figure, "--in", "2026-11", "--json")
        assert {row["category"]: row["net"]["amount"] for row in booked.data} == expected
        assert mill("undo", "--yes").code == 0
    assert mill("expense", "list", "--in", "2026").rows == []
    train = ("day", "edit", "2026-11-23", "--mode", "train", "--fare", "4.40")
    assert mill(*train).code == 0
    fares = mill("day", "book", "ways-b", "--in", "2026-11", "--json")
    assert {row["category"]: row["net"]["amount"] for row in fares.data} == {
        "mileage": "7.20", "transport": "8.80",
    }  # fmt: skip
    assert "in the books twice now" in fares.err


def test_the_document_for_the_tax_adviser(
    mill: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    logged(mill, "2026-11-23", "--at", "home=8h", "--note", "=1+1")
    logged(mill, "2026-11-24", "--at", "mühle=9:00-17:00", "--purpose", "Workshop")
    for name in ("days.csv", "days.pdf", "en.pdf"):
        more = ("--lang", "en") if name == "en.pdf" else ()
        assert mill("report", "days", "--in", "2026", "--out", name, *more).code == 0
    lines = (tmp_path / "days.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("day,2026-11-23,H,home,8.00,8.00,home 8.00,")
    assert "'=1+1" in lines[1]
    assert "Mühle 8.00 (09:00-17:00)" in lines[2]
    assert any(line.startswith("rule,") and ",home-day-1," in line for line in lines)
    import pypdf

    german, english = (
        "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / name).pages)
        for name in ("days.pdf", "en.pdf")
    )
    for text in (
        "Tagespauschale",
        "§ 4 Abs. 5 Nr. 6c Satz 1 EStG",
        "Workshop",
        "6,00",
        "zu Hause 8:00",
        "Mühle 8:00 (09:00–17:00)",
    ):
        assert text in german, text
    assert "Day allowance: more than half at home" in english
    assert mill("report", "days", "--out", "days.txt").code == 2
    assert mill("report", "days", "--in", "2026", "--out", "days.pdf", "--lang", "fr").code == 2
    assert mill("report", "days", "--in", "2026", "--out", "days.csv").code in (0, 6)


def test_hours_that_were_changed_after_their_day_was_logged_are_named(mill: Cowork) -> None:
    track(mill, "2026-11-23", "9:00", "17:00")
    track(mill, "2026-11-24", "22:00", "24:00")
    logged(mill, "2026-11-23", "--at", "home")
    logged(mill, "2026-11-24", "--at", "home")

    def changed() -> list[tuple[str, str, str]]:
        return [
            (row["first"], row["what"], row["command"]) for row in report(mill, "--in", "2026")["lacks"]
            if row["lack"] == "hours-changed"
        ]  # fmt: skip

    assert changed() == []
    assert mill("track", "edit", "e-1", "--to", "18:30").code == 0
    what = "hours were changed after the day was logged: 8 h then, 9 h 30 min now"
    assert changed() == [("2026-11-23", what, "cowork day edit 2026-11-23 --at PLACE")]
    assert mill("day", "edit", "2026-11-23", "--at", "home").code == 0
    assert changed() == []
    assert mill("track", "remove", "e-2", "--yes").code == 0
    assert [row[0] for row in changed()] == ["2026-11-24"]


def test_days_ahead_of_the_period_are_no_lines_of_it(mill: Cowork) -> None:
    """All rules have a day in October; of November a day off is known, and one that is open."""
    assert mill("day", "place", "client/acme", "--km", "30", "--mode", "car").code == 0
    logged(mill, "2026-10-05", "--at", "mühle=9h")
    logged(mill, "2026-10-06", "--at", "client/acme=9h")
    logged(mill, "2026-10-07", "--at", "home=9h")
    logged(mill, "2026-10-31", "--no-work", "--away", "..18:00")
    logged(mill, "2026-11-23", "--no-work")
    assert (report(mill, "--in", "2026-11")["data"], report(mill, "--in", "2026-11")["lacks"]) == (
        [],
        [],
    )
    logged(mill, "2026-11-24", "--at", "home=4h", "--at", "client/acme=5h", "--note", "x")
    open_, *_ = report(mill, "--in", "2026-11")["data"]
    assert (open_["rule"], open_["days"], open_["state"]) == ("home-day-2-open", 1, "open")


def test_a_round_over_several_places_is_one_way_with_its_own_kilometres(mill: Cowork) -> None:
    assert mill("day", "place", "client/acme", "--km", "30", "--mode", "car").code == 0
    logged(mill, "2026-11-24", "--at", "mühle=4h", "--at", "client/acme=4h", "--driven", "70")
    document = report(mill, "--in", "2026-11")
    rows = {
        row["rule"]: (row["place"], row["quantity"], row["amount"]["amount"])
        for row in document["data"]
    }
    assert rows["way-travel"] == ("several places", "70", "21.00")
    (way,) = document["commute"]
    assert (way["mode"], way["way_km"]) == ("car", "70")


def test_a_way_that_comes_to_nothing_is_not_booked(mill: Cowork) -> None:
    assert mill("day", "place", "mühle", "--km", "0.9").code == 0
    logged(mill, "2026-11-24", "--at", "mühle=4h")
    done = mill("day", "book", "ways-a", "--in", "2026-11")
    assert (done.code, done.err.splitlines()[0]) == (
        5, "error: the day log of 2026-11-01 to 2026-11-30 supports nothing for ways-a",
    )  # fmt: skip
