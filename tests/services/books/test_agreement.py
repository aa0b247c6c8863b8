"""A year of random events: every sum is the same everywhere. The long year is in `tests/torture`."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.services.books import agreement, random_year


# No shrinking: a year takes too long to be tried a thousand times.
@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 10**6),
    kinds=st.lists(st.sampled_from(random_year.KINDS), min_size=20, max_size=60),
)
def test_the_sums_of_a_random_year_agree(
    tmp_path_factory: pytest.TempPathFactory, seed: int, kinds: list[str]
) -> None:
    folder: Path = tmp_path_factory.mktemp("year")
    year = random_year.made(folder, seed, kinds)
    try:
        agreement.check(year)
    finally:
        year.store.close()


def test_a_wrong_sum_would_show(tmp_path: Path) -> None:
    year = random_year.made(tmp_path, 7, random_year.KINDS * 6)
    agreement.check(year)
    year.spent += 1
    with pytest.raises(AssertionError):
        agreement.check(year)
    year.store.close()
