"""What a catalogue tells of a single space: asked for once, said, bounded, kept, and never guessed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cowork, Outcome
from tests.fakes.coworkingview import FakeCoworkingView

NEAR = ("--near", "51.5142,7.4653", "--account", "coworkingview")
REF = "coworkingview:halle-1"


def option(kind: str, per: str | None = None, amount: int | None = None, **more: object) -> object:
    price = {} if amount is None else {"price": {"amount": amount, "currency": "EUR"}}
    period = {} if per is None else {"billingPeriod": per}
    return {"optionType": kind, "title": kind.title(), "priceOnRequest": amount is None, **price, **period, **more}  # fmt: skip


@pytest.fixture
def view() -> Iterator[FakeCoworkingView]:
    with FakeCoworkingView() as server:
        for number in range(1, 15):
            server.add(
                f"halle-{number}",
                f"Halle {number}",
                coordinates={"lat": 51.5142 + number / 1000, "lng": 7.4653},
                fromPrice={"amount": 49, "currency": "EUR"},
                fromBillingPeriod="month",
                pricingOptions=[
                    option("day_pass", "day", 10 + number),
                    option("fix_desk", "month", 250, minCapacity=1, maxCapacity=4),
                    option("virtual_office", "month", 49),
                    option("event_space"),
                ],
            )
        yield server


@pytest.fixture
def desk(seller: Cowork, view: FakeCoworkingView, waits: list[float]) -> Cowork:
    done = seller("account", "add", "coworkingview", "--set", f"url={view.url}")
    assert done.code == 0, str(done)
    return seller


def singles(view: FakeCoworkingView) -> list[str]:
    return [one.path for one in view.log if one.path.startswith("/v1/properties/")]


def shown(desk: Cowork, *words: str) -> Outcome:
    page = desk("space", "show", REF, *words)
    assert page.code == 0, str(page)
    return page


def test_a_space_is_shown_with_all_that_it_sells(desk: Cowork, view: FakeCoworkingView) -> None:
    assert desk("search", *NEAR).code == 0
    page = shown(desk, "--json").data
    assert [(offer["kind"], offer["name"]) for offer in page["offers"]] == [
        ("day", "Day_Pass"),
        ("fixed", "Fix_Desk"),
        ("virtual", "Virtual_Office"),
        ("event", "Event_Space"),
    ]
    day, fixed, virtual, event = page["offers"]
    assert (day["price"]["amount"], day["price"]["per"]) == ("11.00", "day")
    assert (fixed["min_people"], fixed["max_people"]) == (1, 4)
    assert (virtual["price"]["amount"], event["price"]) == ("49.00", None)
    assert page["kinds"] == ["day", "fixed", "virtual", "event"]
    table = shown(desk, "-o", "table").out
    assert "Offers" in table
    assert "price not known" in table
    assert singles(view) == ["/v1/properties/halle-1"]


def test_what_leaves_is_said_before_and_offline_asks_nobody(
    desk: Cowork, view: FakeCoworkingView
) -> None:
    first = shown(desk)
    assert "leave this machine" in first.err
    assert f"127.0.0.1:{view.url.rpartition(':')[2]}" in first.err
    assert "leave this machine" not in shown(desk).err
    asked = len(view.log)
    page = shown(desk, "--offline", "--json")
    assert len(page.data["offers"]) == 4
    assert len(view.log) == asked
    plain = desk("search", *NEAR)
    assert "the point" in plain.err, "which spaces one looks at was said, the point was not"
    asked = len(view.log)
    missing = desk("space", "show", "coworkingview:halle-99", "--offline")
    assert missing.code == 5
    assert len(view.log) == asked
    assert desk("space", "show", REF, "--offline", "--refresh").code == 2


def test_an_answer_serves_a_week_and_is_renewed_by_its_etag(
    desk: Cowork, view: FakeCoworkingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(desk)
    assert "just now" in shown(desk).err
    assert len(singles(view)) == 1
    shown(desk, "--refresh")
    assert len(singles(view)) == 2
    assert view.log[-1].headers["if-none-match"].startswith('"')
    monkeypatch.setenv("COWORK_NOW", "2026-12-10T12:00:00+01:00")
    shown(desk)
    assert len(singles(view)) == 3


def test_a_failure_leaves_what_was_known_and_is_said(desk: Cowork, view: FakeCoworkingView) -> None:
    shown(desk)
    view.fail_next(500, {"code": "INTERNAL_ERROR", "title": "no", "status": 500}, times=9)
    page = desk("space", "show", REF, "--refresh", "--json")
    assert page.code == 8, str(page)
    assert len(page.data["offers"]) == 4
    assert "just now" in page.err


def test_one_that_is_switched_off_is_not_asked(desk: Cowork, view: FakeCoworkingView) -> None:
    desk("search", *NEAR)
    desk("account", "add", "coworkingview", "--set", "enabled=false")
    assert shown(desk, "--json").data["offers"] == []
    assert singles(view) == []


def test_a_search_for_a_price_asks_about_the_nearest_and_says_who_was_left(
    desk: Cowork, view: FakeCoworkingView
) -> None:
    found = desk("search", *NEAR, "--per", "day", "--max-price", "15", "--json")
    assert found.code == 0, str(found)
    assert singles(view) == [f"/v1/properties/halle-{number}" for number in range(1, 11)]
    known = [row["name"] for row in found.data if not row["unknown"]]
    assert known == [f"Halle {number}" for number in range(1, 6)]
    assert [row["name"] for row in found.data if row["unknown"]] == [
        f"Halle {number}" for number in range(11, 15)
    ]
    assert "4 spaces were not asked for (at most 10 in a search)" in found.err
    again = desk("search", *NEAR, "--per", "day", "--max-price", "22", "--json")
    assert len(singles(view)) == 14, "what was asked for is kept"
    assert [row["price_from"]["amount"] for row in again.data] == [
        f"{10 + number}.00" for number in range(1, 13)
    ]
    desk("search", *NEAR, "--per", "day", "--max-price", "22", "--offline")
    assert len(singles(view)) == 14


def test_the_price_is_that_of_the_kind_that_is_asked_for(
    desk: Cowork, view: FakeCoworkingView
) -> None:
    """A month of a virtual office says nothing about a desk."""
    words = (*NEAR, "--kind", "fixed", "--per", "month", "--limit", "5", "--json")
    shown(desk)
    assert all(row["name"] != "Halle 1" for row in desk("search", *words, "--max-price", "60").data)
    (first, *_) = desk("search", *words).data
    assert (first["name"], first["price_from"]["amount"]) == ("Halle 1", "250.00")
    (virtual, *_) = desk("search", *NEAR, "--kind", "virtual", "--per", "month", "--json").data
    assert (virtual["name"], virtual["price_from"]["amount"]) == ("Halle 1", "49.00")


def test_a_plain_search_asks_about_no_single_space(desk: Cowork, view: FakeCoworkingView) -> None:
    desk("search", *NEAR, "--sort", "price")
    assert singles(view) == []


def test_a_cache_of_the_version_before_keeps_its_spaces(tmp_path: Path) -> None:
    import sqlite3

    from cowork_cli.domain.ref import Ref
    from cowork_cli.domain.space import Space
    from cowork_cli.store.cache import Cache

    path = tmp_path / "cache.db"
    cache = Cache(path)
    cache.remember([Space(Ref("osm", "node/1"), "Basislager", lat=51.3, lon=12.4)], 1_790_000_000)
    cache.close()
    old = sqlite3.connect(path)
    old.executescript("DROP TABLE details; PRAGMA user_version = 2;")
    old.close()
    cache = Cache(path)
    space = cache.by_ref(Ref("osm", "node/1"))
    assert space is not None
    cache.detailed(space, "https://example.com", 1_790_000_001)
    kept = cache.details(space.ref, "https://example.com")
    assert kept is not None
    assert (kept[0].name, kept[1]) == ("Basislager", 1_790_000_001)
    cache.close()


def test_a_kind_that_was_never_asked_for_is_unknown_and_not_absent(
    desk: Cowork, view: FakeCoworkingView
) -> None:
    assert desk("search", *NEAR, "--kind", "virtual").code == 0
    rows = desk("search", *NEAR, "--kind", "room", "--offline", "--json").data
    assert {tuple(row["unknown"]) for row in rows} == {("kind",)}
    assert len(rows) == 14
    shown(desk)
    rows = desk("search", *NEAR, "--kind", "room", "--offline", "--json").data
    assert "Halle 1" not in [row["name"] for row in rows], "all that it sells is known, no room"
