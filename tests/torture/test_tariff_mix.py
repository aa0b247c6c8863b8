"""Ten thousand random tariffs and days: the solver and a search that leaves nothing out agree."""

import pytest

from tests.services.tariffs.test_mix import compared

pytestmark = pytest.mark.torture


@pytest.mark.parametrize("block", range(100))
def test_no_difference_to_brute_force(block: int) -> None:
    seeds = range(10_000 + block * 100, 10_100 + block * 100)
    wrong = {seed: costs for seed in seeds if (costs := compared(seed))[0] != costs[1]}
    assert not wrong
