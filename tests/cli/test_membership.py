"""Memberships through the whole funnel: the ledger, what ends soon, undo."""

import pytest

from tests.conftest import Cowork


@pytest.fixture
def flex(cowork: Cowork) -> None:
    cowork("space", "add", "Dorfbüro", "--country", "DE")
    made = cowork("membership", "add", "Dorfbüro", "Flex", "--includes", "days=10/month", "--includes", "prints=100",
                  "--includes", "credits=50 until 2026-12-10", "--starts", "2026-11-01")  # fmt: skip
    assert made.code == 0, made


def left(cowork: Cowork) -> dict[tuple[str, str | None], str]:
    (row,) = cowork("membership", "list", "--json").data
    return {(part["what"], part["expires"]): part["left"] for part in row["holdings"]}


@pytest.mark.usefixtures("flex")
def test_what_is_used_and_what_a_month_grants_anew(cowork: Cowork) -> None:
    assert cowork("membership", "use", "ms-1", "days", "3", "--on", "2026-11-20").code == 0
    assert cowork("membership", "use", "ms-1", "prints", "12").code == 0
    assert left(cowork) == {
        ("days", "2026-11-30"): "7",
        ("prints", None): "88",
        ("credits", "2026-12-10"): "50",
    }
    later = {"COWORK_NOW": "2026-12-11T09:00:00+01:00"}
    (row,) = cowork("membership", "list", "--json", env=later).data
    assert [(part["what"], part["left"]) for part in row["holdings"]] == [
        ("days", "10"),
        ("prints", "88"),
    ]


@pytest.mark.usefixtures("flex")
def test_more_than_is_left_is_refused_and_nothing_is_written(cowork: Cowork) -> None:
    answer = cowork("membership", "use", "ms-1", "days", "11")
    assert (answer.code, answer.out) == (6, "")
    assert "has 10 days left on 2026-11-25, not 11" in answer.err
    assert left(cowork)["days", "2026-11-30"] == "10"


@pytest.mark.usefixtures("flex")
def test_what_ends_soon_stands_in_deadlines(cowork: Cowork) -> None:
    rows = [row for row in cowork("deadlines", "--json").data if row["kind"] == "membership"]
    assert [(row["due"], row["what"]) for row in rows] == [
        ("2026-11-30", "Left unused: 10 days of Flex"), ("2026-12-10", "Left unused: 50 credits of Flex"),
    ]  # fmt: skip
    cowork("membership", "use", "ms-1", "credits", "50")
    assert "credits" not in cowork("deadlines").out


@pytest.mark.usefixtures("flex")
def test_change_remove_and_undo(cowork: Cowork) -> None:
    cowork("contract", "add", "Flex", "--starts", "2026-01-01", "--notice", "1m to month-end")
    changed = cowork(
        "membership", "edit", "ms-1", "--contract", "c-1", "--includes", "guests=2", "--json"
    ).data
    assert (changed["contract"], len(changed["ledger"])) == ("c-1", 4)
    assert cowork("membership", "remove", "ms-1", "--yes").code == 0
    assert cowork("membership", "list", "--json").data == []
    assert cowork("undo", "--yes").code == 0
    (again,) = cowork("membership", "list", "--json").data
    assert (again["contract"], len(again["ledger"])) == ("c-1", 4)
    assert cowork("data", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--includes", "days"), "is nothing that is included"),
        (("--includes", "days=0"), "not above zero"),
        (
            ("--includes", "credits=5 until 2026-10-01", "--starts", "2026-11-01"),
            "before it begins",
        ),
        (("--ends", "2026-10-01", "--starts", "2026-11-01"), "before it begins"),
        (("--plan", "plan-9"), "plan-9"),
    ],
)
def test_what_cannot_be(cowork: Cowork, words: tuple[str, ...], said: str) -> None:
    cowork("space", "add", "Dorfbüro", "--country", "DE")
    answer = cowork("membership", "add", "Dorfbüro", "Flex", *words)
    assert answer.code in (2, 5)
    assert said in answer.err
    assert cowork("membership", "list", "--json").data == []


def test_the_next_line_uses_what_is_included(cowork: Cowork) -> None:
    cowork("space", "add", "Hof", "--city", "Berlin")
    told = cowork("membership", "add", "Hof", "Print", "--includes", "prints=100")
    assert "`cowork membership use ms-1 prints`" in told.err
    assert cowork("membership", "use", "ms-1", "prints").code == 0


@pytest.mark.usefixtures("flex")
def test_the_same_membership_is_not_kept_twice(cowork: Cowork) -> None:
    line = ("membership", "add", "Dorfbüro", "flex", "--starts", "2026-11-01")
    refused = cowork(*line)
    assert refused.code == 6
    assert "ms-1 is Flex at Dorfbüro already, from 2026-11-01" in refused.err
    assert "cowork membership edit ms-1" in refused.err
    assert cowork("membership", "add", "Dorfbüro", "Flex two").code == 0
    assert cowork("membership", "edit", "ms-1", "--ends", "2026-11-30").code == 0
    assert cowork(*line[:4], "--starts", "2026-12-01").code == 0


def optimised(cowork: Cowork, *words: str) -> tuple[str, str, str]:
    done = cowork("plan", "optimise", "Dorfbüro", *words, "--json")
    assert done.code == 0, str(done)
    return (
        done.data["total"]["amount"], done.data["rooms"]["amount"],
        " ".join(f"{row['plan']}:{row['days']}" for row in done.data["bought"]),
    )  # fmt: skip


def test_hours_and_credits_that_are_held_are_used_before_any_are_bought(cowork: Cowork) -> None:
    cowork("space", "add", "Dorfbüro", "--country", "DE")
    assert cowork("plan", "add", "Dorfbüro", "Tag", "--kind", "day", "--price", "18net").code == 0
    card = ("plan", "add", "Dorfbüro", "Karte", "--kind", "bundle", "--count", "50")
    assert cowork(*card, "--price", "500net", "--day-credits", "20").code == 0
    held = ("membership", "add", "Dorfbüro", "Flex", "--starts", "2026-11-01")
    assert cowork(*held, "--includes", "room=2/month", "--includes", "credits=50").code == 0
    room = ("--room", "tue=1h30", "--room-price", "Dorfbüro=12net")
    days = ("--dates", "2026-12-01,2026-12-08,2026-12-15")
    # Nobody has said what a day takes of the credits: three tickets; 2 of 4.5 hours are included.
    done = cowork("plan", "optimise", "Dorfbüro", *days, *room)
    assert "not reckoned with as it is not known what a day takes: 50 credits of Flex" in done.err
    assert optimised(cowork, *days, *room) == ("84.00", "30.00", "plan-1:1 plan-1:1 plan-1:1")
    assert cowork("membership", "edit", "ms-1", "--plan", "plan-2").code == 0
    assert optimised(cowork, *days, *room) == ("48.00", "30.00", "ms-1:2 plan-1:1")
    # The hours of December are not those of January: 1.5 are used and 0.5 lapse, then 1.5 of 2.
    months = ("--dates", "2026-12-29,2027-01-05")
    assert optimised(cowork, *months, *room) == ("0.00", "0.00", "ms-1:2")


def test_what_is_included_later_is_not_used_before_it_begins(cowork: Cowork) -> None:
    cowork("space", "add", "Dorfbüro", "--country", "DE")
    assert cowork("plan", "add", "Dorfbüro", "Tag", "--kind", "day", "--price", "18net").code == 0
    held = ("membership", "add", "Dorfbüro", "Flex", "--starts", "2026-12-07")
    assert cowork(*held, "--includes", "days=1", "--includes", "days=1/month").code == 0
    days = ("--dates", "2026-12-01,2026-12-08,2026-12-09,2027-01-05")
    assert optimised(cowork, *days)[0] == "18.00"
