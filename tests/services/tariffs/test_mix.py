"""The cheapest mix: the published check values, and no difference to a search that leaves nothing out."""

from datetime import date, timedelta

import pytest

from cowork_cli.domain.calendar_days import Length
from cowork_cli.domain.tariff import Tariff
from cowork_cli.domain.tariff_mix import Mix, Need, NoTariff, Stock
from cowork_cli.services.tariffs.dominance import Choice
from cowork_cli.services.tariffs.mix import _walked, cheapest, cost_of
from tests.services.tariffs.brute import cheapest_of_all, random_case

MONTH = Length(1, "m")
JUNE = [date(2026, 6, 1) + timedelta(days=n) for n in range(30)]


def satellites(*, stackable: bool) -> list[Tariff]:
    def plan(name: str, price: int, days: int | None) -> Tariff:
        return Tariff(
            name, "1000", price, days, MONTH, True, subscription=True, stackable=stackable
        )

    return [Tariff("day", "1000", 3900), plan("BASIC", 13900, 5), plan("PLUS", 22900, 10),
            plan("UNLIMITED", 39900, None)]  # fmt: skip


@pytest.mark.parametrize(
    ("stackable", "costs"),
    [
        (True, [39, 78, 117, 139, 139, 178, 217, 229, 229, 229, 268, 307, 346, 368, 368, *[399] * 6]),
        (False, [39, 78, 117, 139, 139, 178, 217, 229, 229, 229, 268, 307, 346, 385, 399, *[399] * 6]),
    ],
)  # fmt: skip
def test_1000_satellites(stackable: bool, costs: list[int]) -> None:
    found = [cheapest(satellites(stackable=stackable), Need(JUNE[:n])).cost for n in range(1, 22)]
    assert found == [cost * 100 for cost in costs]


def test_le_space_with_a_week_of_any_five_days() -> None:
    """The toy of the table: each product covers the same days."""
    tariffs = [
        Tariff("day", "le", 1000), Tariff("week", "le", 3900, 5, MONTH, True),
        Tariff("twelve", "le", 6900, 12, None), Tariff("month", "le", 11900, None, MONTH, True),
    ]  # fmt: skip
    costs = {1: 10, 2: 20, 3: 30, 4: 39, 5: 39, 6: 49, 7: 59, 8: 69, 12: 69, 13: 79, 14: 89, 15: 99,
             16: 108, 17: 108, 18: 118, 19: 119, 30: 119}  # fmt: skip
    assert {n: cheapest(tariffs, Need(JUNE[:n])).cost for n in costs} == {
        n: cost * 100 for n, cost in costs.items()
    }


def test_more_days_than_needed_can_be_cheaper_and_what_is_lost_is_told() -> None:
    mix = cheapest(satellites(stackable=False), Need([*JUNE[:4], date(2026, 7, 1)]))
    (month, day) = mix.bought
    assert (month.tariff.id, month.lost, month.left, month.until) == (
        "BASIC",
        1,
        0,
        date(2026, 6, 30),
    )
    assert (day.tariff.id, day.day, mix.cost) == ("day", date(2026, 7, 1), 13900 + 3900)


def test_a_near_space_beats_a_cheap_far_one() -> None:
    tariffs = [Tariff("far", "far", 1000), Tariff("near", "near", 1500)]
    assert cheapest(tariffs, Need(JUNE[:3], {"far": 600, "near": 0})).cost == 4500
    assert cheapest(tariffs, Need(JUNE[:3], {"far": 400, "near": 0})).cost == 4200


def test_days_that_are_held_twice_to_the_same_day_are_all_used() -> None:
    held = [Stock(Tariff(name, "s", 0, 2, None, last=date.min), 2, JUNE[9]) for name in "ab"]
    mix = cheapest([Tariff("day", "s", 2000)], Need(JUNE[:6]), held)
    assert (mix.cost, sorted(len(row.used) for row in mix.bought)) == (4000, [1, 1, 2, 2])


def test_what_is_too_much_to_be_followed_is_answered_and_said_not_to_be_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tariffs, need = satellites(stackable=True), Need(JUNE[:14])
    proved = cost_of(tariffs, need)
    monkeypatch.setattr("cowork_cli.services.tariffs.mix.MOST_FOLLOWED", 3)
    monkeypatch.setattr("cowork_cli.services.tariffs.mix.FEW", 1)
    mix = cheapest(tariffs, need)
    assert (proved, mix.exact) == ((36800, True), False)
    assert mix.cost == sum(row.cost for row in mix.bought) >= 36800
    assert sorted(day for row in mix.bought for day in row.used) == JUNE[:14]
    assert cost_of(tariffs, need) == (mix.cost, False)


def test_days_that_are_held_are_used_before_they_end() -> None:
    held = Stock(Tariff("held", "s", 0, 9, None, last=date.min), 2, date(2026, 6, 10))
    mix = cheapest([Tariff("day", "s", 2000)], Need([JUNE[0], JUNE[12], JUNE[13]]), [held])
    assert mix.cost == 4000
    assert mix.bought[0].used == (JUNE[0],)


def test_what_runs_on_is_paid_for_its_term_and_then_month_by_month() -> None:
    fixed = Tariff("fixed", "s", 10000, None, MONTH, True, subscription=True, stackable=False,
                   min_term=Length(3, "m"), fee=5000)  # fmt: skip
    firsts = [date(2026, month, 1) for month in range(1, 6)]
    mix = cheapest([fixed], Need(firsts))
    assert (mix.cost, mix.bought[0].periods) == (5 * 10000 + 5000, 5)
    assert cheapest([fixed], Need(firsts[:1])).cost == 35000


def test_included_minutes_of_a_room() -> None:
    month = Tariff("month", "s", 10000, None, MONTH, True, subscription=True, room_min=120)
    need = Need(JUNE[:2], rooms={JUNE[0]: 90, JUNE[1]: 60}, room_prices={"s": 2000})
    mix = cheapest([month], need)
    assert (mix.tariffs, mix.rooms, mix.cost) == (10000, 1000, 11000)


def test_a_day_that_nothing_covers() -> None:
    weekdays = Tariff("day", "s", 1000, weekdays=frozenset(range(5)))
    with pytest.raises(NoTariff) as problem:
        cheapest([weekdays], Need(JUNE[:7]))
    assert problem.value.day == date(2026, 6, 6)


def compared(seed: int, signed: tuple[str, ...] = ("permanent",)) -> tuple[int | None, int | None]:
    """The cost of a random case by brute force and by the solver, in whole minor units."""
    tariffs, need, stock = random_case(seed, signed=signed)
    every = cheapest_of_all(tariffs, need, stock)
    try:
        mix: Mix | None = cheapest(tariffs, need, stock)
    except NoTariff:
        mix = None
    if mix is not None:
        assert mix.exact
        assert mix.tariffs == sum(purchase.cost for purchase in mix.bought)
        assert sorted(d for p in mix.bought for d in p.used) == list(need.days)
    return (None if every is None else -(-every // 60)), (mix and mix.cost)


@pytest.mark.parametrize("block", range(4))
def test_no_difference_to_brute_force(block: int) -> None:
    wrong = {s: c for s in range(block * 60, block * 60 + 60) if (c := compared(s))[0] != c[1]}
    assert not wrong


QUOTAS_TOO = ("permanent", "quota")


@pytest.mark.parametrize("seed", [64, 253, 296])
def test_a_quota_that_is_signed_for_a_term(seed: int) -> None:
    every, cost = compared(seed, QUOTAS_TOO)
    assert every == cost is not None


def compared_to_every_state(
    seed: int, signed: tuple[str, ...] = ("permanent",)
) -> tuple[int | None, int | None]:
    """The cost of a case of up to 40 days by what is left of all states, and as it is searched for."""
    tariffs, need, stock = random_case(seed, 40, signed)
    table = Choice(tariffs, need, stock)
    try:
        *_, last = _walked(table)
    except NoTariff:
        return None, None
    cost, exact = cost_of(tariffs, need, stock)
    whole = -(-last.cost // 60)
    if table.exact:
        assert cost_of(tariffs, need, stock, most=whole) == (whole, True)
        assert cost_of(tariffs, need, stock, most=whole + 1) == (whole, True)
    return (whole if table.exact else None), (cost if exact and table.exact else None)


def test_what_can_end_cheapest_is_followed_to_the_same_cost_over_many_days() -> None:
    costs = {seed: compared_to_every_state(seed) for seed in range(25)}
    assert not {seed: pair for seed, pair in costs.items() if pair[0] != pair[1]}
    assert sum(pair[0] is not None for pair in costs.values()) > 12


@pytest.mark.parametrize("seed", [8, 29])
def test_a_quota_that_is_signed_for_a_term_over_many_days(seed: int) -> None:
    every, cost = compared_to_every_state(seed, QUOTAS_TOO)
    assert every == cost is not None
