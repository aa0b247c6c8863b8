"""Years of a thousand random events, each sum everywhere the same."""

import random
from pathlib import Path

import pytest

from tests.services.books import agreement, random_year

pytestmark = pytest.mark.torture


@pytest.mark.parametrize("seed", range(5))
def test_a_year_of_a_thousand_events(tmp_path: Path, seed: int) -> None:
    kinds = random.Random(seed).choices(random_year.KINDS, k=1000)
    year = random_year.made(tmp_path, seed, kinds)
    agreement.check(year)
    year.store.close()
