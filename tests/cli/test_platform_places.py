"""Spaces and virtual offices of Cobot and Nexudus accounts, as typed: found near, shown, ordered."""

import json
from collections.abc import Iterator

import pytest

from tests.conftest import Cowork
from tests.fakes.cobot import FakeCobot
from tests.fakes.nexudus import FakeNexudus

NEAR = ("--near", "53.8655,10.6866", "--radius", "5")


@pytest.fixture
def cobot() -> Iterator[FakeCobot]:
    with FakeCobot(token="geheim-4711") as server:
        place = {"street": "Kai 1", "postCode": "23552", "city": "Lübeck"}
        here = {"latitude": 53.8655, "longitude": 10.6966}
        far = {"latitude": 48.1, "longitude": 11.5}
        for subdomain, point in (("hafen", here), ("muenchen", far), ("nirgends", {})):
            server.add_space(
                subdomain,
                name=subdomain.title(),
                profile={"structuredAddress": place | point, "phone": "0451 1"},
            )
        server.plans["hafen"] = [
            {
                "id": "p1", "name": "Virtual Office", "price_per_cycle": "49.0", "currency": "EUR",
                "cycle_duration": 1, "cancellation_period": 30, "minimum_commitment": 3,
                "signup_charge": {"amount": "25.0"},
                "extras": [{"id": "e", "name": "Mail forwarding", "price": "10.0"}],
            },
            {"id": "p2", "name": "Flex desk", "description": "a desk", "price_per_cycle": "99.0"},
            {"id": "p3", "name": "Basic", "description": "Ladungsfähige Anschrift", "cycle_duration": 3,
             "price_per_cycle": 120, "currency": "EUR"},
        ]  # fmt: skip
        yield server


@pytest.fixture
def hafen(seller: Cowork, cobot: FakeCobot, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", "geheim-4711")
    outcome = seller(
        "account", "add", "hafen", "--provider", "cobot", "--set", f"api_url={cobot.url}",
        "--set", f"www_url={cobot.url}", "--set", f"space_url={cobot.url}/at/{{subdomain}}",
        "--set", "spaces=hafen,muenchen,nirgends",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    return seller


@pytest.fixture
def nexudus() -> Iterator[FakeNexudus]:
    with FakeNexudus(password="geheim-4711") as server:
        server.add_space("speicher", Name="Alter Speicher")
        server.plans["speicher"] = [
            {"Id": 7, "Name": "Post", "IsVirtualOffice": True, "PriceDecimal": 58.31,
             "PriceDecimalExTax": 49.0, "InvoiceEvery": 1, "Currency": {"Code": "EUR"}},
            {"Id": 8, "Name": "Post ohne Preis", "SystemTariffType": 10, "InvoiceEveryWeeks": 2},
            {"Id": 9, "Name": "Desk", "IsVirtualOffice": False, "SystemTariffType": 5},
        ]  # fmt: skip
        yield server


@pytest.fixture
def speicher(seller: Cowork, nexudus: FakeNexudus, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.setenv("COWORK_SPEICHER_PASSWORD", "geheim-4711")
    outcome = seller(
        "account", "add", "speicher", "--provider", "nexudus", "--set", "spaces=speicher",
        "--set", f"space_url={nexudus.url}/{{space}}", "--set", f"passport_url={nexudus.url}",
        "--set", "username=erika@example.com",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    return seller


def rows(outcome: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(outcome.out)["data"]  # type: ignore[attr-defined]
    return found


def test_the_spaces_of_an_account_at_cobot_are_found_near(hafen: Cowork) -> None:
    outcome = hafen("space", "search", *NEAR, "--account", "hafen", "--json")
    assert outcome.code == 0, str(outcome)
    named = {str(row["name"]): row["distance_km"] for row in rows(outcome)}
    assert "Muenchen" not in named, "too far"
    assert named["Hafen"] == pytest.approx(0.65, abs=0.02)
    shown = hafen("space", "show", "hafen:hafen", "--json")
    assert shown.code == 0, str(shown)
    assert json.loads(shown.out)["data"]["phone"] == "0451 1"


def test_the_places_of_nexudus_directory_are_found_beside_ones_own(
    speicher: Cowork, nexudus: FakeNexudus
) -> None:
    nexudus.passport = [
        {"Name": "Nebenan", "WebAddress": "nebenan", "Latitude": 53.8755, "Longitude": 10.6866},
        {"Name": "Alter Speicher, anders", "WebAddress": "speicher", "Latitude": 53.8, "Longitude": 10},
        {"Name": "Ohne Ort", "WebAddress": "ohne"}, 7, None,
    ]  # fmt: skip
    outcome = speicher("space", "search", *NEAR, "--account", "speicher", "--json")
    assert outcome.code == 0, str(outcome)
    assert [row["name"] for row in rows(outcome)] == ["Alter Speicher", "Nebenan"]
    (asked,) = [one for one in nexudus.log if one.path == "/api/passport/map"]
    assert asked.query["latitude"] == "53.865500"
    assert asked.query["distance"] == "5"


def test_a_place_of_the_directory_alone_can_be_shown(
    speicher: Cowork, nexudus: FakeNexudus
) -> None:
    nexudus.passport = [
        {"Name": "Nebenan", "WebAddress": "nebenan", "Latitude": 53.8755, "Longitude": 10.6866,
         "Phone": "0451 7"},
    ]  # fmt: skip
    assert speicher("space", "search", *NEAR, "--account", "speicher").code == 0
    for query in ("speicher:nebenan", "Nebenan"):
        shown = speicher("space", "show", query, "--json")
        assert shown.code == 0, str(shown)
        assert (shown.data["name"], shown.data["phone"]) == ("Nebenan", "0451 7")
    unseen = speicher("space", "show", "speicher:woanders")
    assert unseen.code == 5, str(unseen)
    assert "space search --near" in unseen.err


def test_without_a_directory_ones_own_are_told(speicher: Cowork, nexudus: FakeNexudus) -> None:
    outcome = speicher("space", "search", *NEAR, "--account", "speicher", "--json")
    assert outcome.code == 0, str(outcome)
    assert [row["name"] for row in rows(outcome)] == ["Alter Speicher"]


def test_virtual_offices_of_cobot_are_offers_that_are_not_certain(hafen: Cowork) -> None:
    outcome = hafen("address", "plans", "--account", "hafen", "--json")
    assert outcome.code == 0, str(outcome)
    office, basic = rows(outcome)
    assert (office["ref"], office["notice"], office["certain"]) == ("hafen:hafen/p1", "30d", False)
    assert office["price"] == {
        "amount": "49.00",
        "currency": "EUR",
        "per": "month",
        "tax": "unknown",
    }
    assert office["setup_fee"] == {"amount": "25.00", "currency": "EUR"}
    assert office["min_term"] is None, "in which unit it is counted is not published"
    assert basic["name"] == "Basic"
    assert basic["price"] is None, "a quarter has no word"


def test_an_address_is_ordered_at_cobot_only_where_the_account_says_so(
    hafen: Cowork, cobot: FakeCobot
) -> None:
    order = ("address", "register", "hafen:hafen/p1", "--name", "Erika", "--accept-terms", "--yes")
    refused = hafen(*order)
    assert refused.code == 2, str(refused)
    assert "/at/hafen/" in refused.err
    assert not cobot.orders
    assert hafen("account", "add", "hafen", "--set", "register_by_api=true").code == 0
    done = hafen(*order, "--json")
    assert done.code == 0, str(done)
    (form,) = cobot.orders.values()
    assert (form["plan[id]"], form["address[name]"], form["address[country]"]) == (
        "p1",
        "Erika",
        "DE",
    )
    told = json.loads(done.out)["data"]
    assert (told["state"], told["street"]) == ("requested", "Kai 1"), "the address of the space"
    assert hafen(*order).code == 0
    assert len(cobot.orders) == 1, "the same again is the same order"


def test_a_lost_answer_to_an_order_is_read_back(hafen: Cowork, cobot: FakeCobot) -> None:
    assert hafen("account", "add", "hafen", "--set", "register_by_api=true").code == 0
    cobot.spare_until(lambda request: request.path.endswith("/api/memberships"))
    cobot.cut_after_commit()
    done = hafen(
        "address", "register", "hafen:hafen/p1", "--name", "Erika", "--accept-terms", "--yes"
    )
    assert done.code == 0, str(done)
    assert len(cobot.orders) == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_an_order_of_unknown_outcome_is_settled_by_asking(
    hafen: Cowork, cobot: FakeCobot, arrived: bool
) -> None:
    assert hafen("account", "add", "hafen", "--set", "register_by_api=true").code == 0
    order = ("address", "register", "hafen:hafen/p1", "--name", "Erika", "--accept-terms", "--yes")
    cobot.spare_until(lambda request: request.method == "POST")
    (cobot.cut_after_commit if arrived else cobot.cut)()
    cobot.cut(3)  # nor can it be read back
    assert hafen(*order).code == 9
    assert hafen(*order).code == 9, "it is not sent again"
    settled = hafen("booking", "sync", "--json")
    assert settled.code == 0, str(settled)
    held = json.loads(hafen("address", "show", "a-1", "--json").out)["data"]
    if arrived:
        assert "was ordered: hafen knows it as requested" in settled.err
        assert held["state"] == "requested"
        assert hafen(*order).code == 0
    else:
        assert "was not ordered: hafen does not know it" in settled.err
        assert held["state"] == "ended"
    assert len(cobot.orders) == arrived


def test_virtual_offices_of_nexudus_name_the_page_where_they_are_ordered(speicher: Cowork) -> None:
    outcome = speicher("address", "plans", "--account", "speicher", "--json")
    assert outcome.code == 0, str(outcome)
    post, without = rows(outcome)
    assert post["price"] == {"amount": "49.00", "currency": "EUR", "per": "month", "tax": "net"}
    assert without["price"] is None
    refused = speicher(
        "address", "register", "speicher:speicher/7", "--name", "E", "--accept-terms", "--yes"
    )
    assert refused.code == 2, str(refused)
    assert "/checkout/tariffs?plan_id=7" in refused.err
