"""`cowork plan`: what spaces charge, through the real funnel."""

from typing import Any

import pytest

from tests.conftest import Cowork

BUNDLE = (
    "plan", "add", "wiesenburg", "Ten days", "--kind", "bundle", "--count", "10", "--expires",
    "12 Monate", "--price", "150net", "--source", "their web page", "--valid-from", "2026-01-01",
)  # fmt: skip


@pytest.fixture
def space(cowork: Cowork) -> Cowork:
    added = cowork("space", "add", "Dorfbüro Wiesenburg", "--postcode", "14827", "--city",
                   "Wiesenburg/Mark", "--price", "day=18")  # fmt: skip
    assert added.code == 0, str(added)
    return cowork


def plan(space: Cowork, *words: str) -> Any:
    added = space("plan", "add", "wiesenburg", *words, "--json")
    assert added.code == 0, str(added)
    return added.data


# What the optimiser asks of a tariff, and this one does not say.
UNSAID = (
    "quota", "period", "counts_from", "weekdays", "open_hours", "excludes_holidays", "stackable",
    "max_active", "seat", "room_credit_s", "day_credits", "team_only", "valid_until",
)  # fmt: skip


def test_a_bundle_is_kept_as_it_was_told(space: Cowork) -> None:
    assert space(*BUNDLE, "--json").data == {
        "id": "plan-1",
        "space_ref": "local:dorfbuero-wiesenburg",
        "space_name": "Dorfbüro Wiesenburg",
        "name": "Ten days",
        "kind": "bundle",
        "price": {"amount": "150.00", "currency": "EUR", "per": "once", "tax": "net"},
        "count": 10,
        "expires": "12m",
        "setup_fee": None,
        "deposit": None,
        "min_term": None,
        "notice": None,
        "extras": [],
        "valid_from": "2026-01-01",
        "source": "their web page",
        "note": None,
        **dict.fromkeys(UNSAID),
    }
    (row,) = space("plan", "list", "-o", "plain").rows
    assert row[4:8] == ["150.00 EUR net", "10", "15.00 EUR / day net", "12m"]


def test_a_virtual_office_has_fees_terms_and_extras(space: Cowork) -> None:
    kept = plan(
        space, "Post", "--kind", "virtual", "--price", "39net", "--setup-fee", "50", "--deposit",
        "117", "--min-term", "1y", "--notice", "3 Monate zum Monatsende", "--extra",
        "phone=month=10net", "--extra", "scan=once=1.50",
    )  # fmt: skip
    assert kept["price"] == {"amount": "39.00", "currency": "EUR", "per": "month", "tax": "net"}
    assert kept["setup_fee"] == {"amount": "50.00", "currency": "EUR"}
    assert kept["deposit"] == {"amount": "117.00", "currency": "EUR"}
    assert (kept["min_term"], kept["notice"]) == ("1y", "3m to month-end")
    assert [(extra["name"], extra["price"]["per"]) for extra in kept["extras"]] == [
        ("phone", "month"),
        ("scan", "once"),
    ]
    changed = space("plan", "edit", "plan-1", "--extra", "scan=", "--deposit", "", "--json").data
    assert [extra["name"] for extra in changed["extras"]] == ["phone"]
    assert changed["deposit"] is None
    assert changed["setup_fee"] == kept["setup_fee"]


@pytest.mark.parametrize(
    ("kind", "per"),
    [("hour", "hour"), ("half-day", "half-day"), ("day", "day"), ("week", "week"),
     ("month", "month"), ("permanent", "month"), ("virtual", "month")],
)  # fmt: skip
def test_each_kind_has_its_usual_unit(space: Cowork, kind: str, per: str) -> None:
    assert plan(space, "X", "--kind", kind, "--price", "12")["price"]["per"] == per


def test_a_price_may_be_by_another_unit_of_its_kind_and_in_another_currency(space: Cowork) -> None:
    kept = plan(space, "Y", "--kind", "virtual", "--price", "year=300 CHF net", "--deposit", "20")
    assert kept["price"] == {"amount": "300.00", "currency": "CHF", "per": "year", "tax": "net"}
    assert kept["deposit"]["currency"] == "CHF"


IMPOSSIBLE = [
    (("--kind", "day", "--price", "month=20"), "paid by the day, not by the month"),
    (("--kind", "day", "--price", "-5"), "negative"),
    (("--kind", "day", "--price", "much"), "not a"),
    (("--kind", "dya", "--price", "5"), 'did you mean "day"'),
    (("--price", "5"), "a plan has a kind"),
    (("--kind", "bundle", "--price", "150"), "a bundle has a number of days"),
    (("--kind", "bundle", "--count", "0"), "not a number of days"),
    (("--kind", "bundle", "--count", "ten"), "not a number of days"),
    (("--kind", "bundle", "--count", "10", "--expires", "0m"), "not a length of time"),
    (("--kind", "day", "--count", "10"), "belongs to a bundle"),
    (("--kind", "month", "--expires", "1y"), "belongs to a bundle"),
    (("--kind", "month", "--days", "5"), "days of each period are `--quota 5`"),
    (("--kind", "month", "--price", "100", "--deposit", "-1"), "negative"),
    (("--kind", "month", "--price", "100", "--setup-fee", "20 CHF"), "CHF"),
    (("--kind", "month", "--price", "100", "--extra", "locker=5 CHF"), "CHF"),
    (("--kind", "month", "--notice", "3m to sometime"), "not a term of notice"),
    (("--kind", "month", "--notice", "3m to day-32"), "not a term of notice"),
    (("--kind", "month", "--min-term", "101y"), "not a length of time"),
    (("--kind", "month", "--valid-from", "31.2."), "31.2."),
    (("--kind", "month", "--extra", "locker"), "not an extra"),
    (("--kind", "month", "--extra", "locker="), 'no extra "locker"'),
]


@pytest.mark.parametrize(("words", "said"), IMPOSSIBLE, ids=lambda part: " ".join(part)[:40])
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    space: Cowork, words: tuple[str, ...], said: str
) -> None:
    outcome = space("plan", "add", "wiesenburg", "X", *words)
    assert outcome.code == 2, str(outcome)
    assert said in outcome.err
    assert "hint:" in outcome.err
    assert space("plan", "list", "--json").data == []


def test_an_edit_cannot_make_it_impossible_either(space: Cowork) -> None:
    space(*BUNDLE)
    for words in (("--kind", "day"), ("--count", ""), ("--kind", ""), ("--name", "!")):
        assert space("plan", "edit", "plan-1", *words).code == 2, words
    assert space("plan", "list", "--json").data[0]["count"] == 10
    assert space("plan", "edit", "plan-1").code == 2
    turned = space("plan", "edit", "ten", "--kind", "day", "--count", "", "--expires", "",
                   "--price", "20gross", "--json")  # fmt: skip
    assert turned.data["price"]["per"] == "day"


def test_the_same_plan_twice_is_a_conflict_but_for_another_first_day(space: Cowork) -> None:
    plan(space, "Day", "--kind", "day", "--price", "18")
    again = space("plan", "add", "wiesenburg", "day", "--kind", "day", "--price", "20")
    assert again.code == 6
    assert "plan-1" in again.err
    assert "--valid-from" in again.err
    plan(space, "Day", "--kind", "day", "--price", "20", "--valid-from", "2027-01-01")
    assert space("plan", "edit", "plan-2", "--valid-from", "").code == 6


def test_a_plan_is_removed_by_its_id_or_exact_name_alone_and_comes_back(space: Cowork) -> None:
    space(*BUNDLE)
    assert space("plan", "remove", "ten", "--yes").code == 5
    assert space("plan", "remove", "Ten days", "--dry-run").code == 0
    assert space("plan", "remove", "plan-1", "--no-input").code == 2
    assert len(space("plan", "list", "--json").data) == 1
    assert space("plan", "remove", "Ten days", "--yes").code == 0
    assert space("plan", "list", "--json").data == []
    assert space("undo", "--yes").code == 0
    assert space("plan", "list", "--json").data[0]["expires"] == "12m"
    assert "plan edit" not in space("history", "--of", "plan-1").out
    assert space("history", "--of", "plan-1").out.count("plan-1") == 3


def test_unknown_spaces_and_plans_name_the_nearest(space: Cowork) -> None:
    outcome = space("plan", "add", "wisenburg", "Day", "--kind", "day")
    assert outcome.code == 5
    assert "Dorfbüro Wiesenburg" in outcome.err
    space(*BUNDLE)
    outcome = space("plan", "edit", "tne days", "--note", "x")
    assert outcome.code == 5
    assert "Ten days (plan-1)" in outcome.err or "Ten days" in outcome.err


def test_the_list_is_of_all_or_of_one_space_or_kind(space: Cowork) -> None:
    assert space("space", "add", "Anderswo", "--city", "Köln").code == 0
    space(*BUNDLE)
    assert space("plan", "add", "anderswo", "Day", "--kind", "day").code == 0
    everything = space("plan", "list", "--json").data
    assert [row["space_name"] for row in everything] == ["Anderswo", "Dorfbüro Wiesenburg"]
    assert [row["id"] for row in space("plan", "list", "anderswo", "--json").data] == ["plan-2"]
    assert [row["id"] for row in space("plan", "list", "--kind", "bundle", "--json").data] == [
        "plan-1"
    ]
    assert space("plan", "list", "--kind", "bundel").code == 2
    nothing = space("plan", "list", "anderswo", "--kind", "virtual")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No plan of Anderswo of the kind virtual" in nothing.err


def test_a_renamed_space_is_called_by_its_name_of_today(space: Cowork) -> None:
    space(*BUNDLE)
    space("space", "edit", "wiesenburg", "--name", "Schloss")
    assert space("plan", "list", "--json").data[0]["space_name"] == "Schloss"


def test_a_space_is_removed_with_its_plans_and_visits_and_brought_back_whole(space: Cowork) -> None:
    space(*BUNDLE)
    assert space("space", "visit", "wiesenburg", "--down", "94").code == 0
    leaving = space("space", "remove", "Dorfbüro Wiesenburg", "--yes", "--json").data
    assert (leaving["plans"], leaving["visits"]) == (1, 1)
    assert space("plan", "list", "--json").data == []
    assert space("undo", "--yes").code == 0
    assert len(space("plan", "list", "--json").data) == 1
    assert space("space", "visit", "v-1", "--noise", "quiet").code == 0


def test_the_words_of_the_contract(cowork: Cowork) -> None:
    cowork("space", "add", "Hof", "--postcode", "10115", "--city", "Berlin")
    made = cowork(
        "plan", "add", "Hof", "Ten", "--kind", "bundle", "--price", "100gross", "--days", "10",
        "--valid", "12m", "--hours", "Mo-Fr 09:00-18:00", "--notice", "1m", "--min-term", "3m", "--json",
    ).data  # fmt: skip
    assert (made["count"], made["expires"], made["open_hours"]) == (10, "12m", "Mo-Fr 09:00-18:00")
    assert cowork("plan", "edit", "Ten", "--valid", "6m", "--json").data["expires"] == "6m"
