"""The parts of a joint job: the whole, each within a cent of what is exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain.jobs import divided, fraction


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10000, [1, 1, 1], [3334, 3333, 3333]),
        (1, [1, 1], [1, 0]),
        (1, [1, 1, 1], [1, 0, 0]),
        (10001, [1, 1], [5001, 5000]),
        (100, [60, 40], [60, 40]),
        (5, [0, 1, 0], [0, 5, 0]),
        (200, [Fraction(1, 3), Fraction(2, 3)], [67, 133]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_the_parts_are_these(total: int, weights: list[int], parts: list[int]) -> None:
    assert divided(total, [Fraction(weight) for weight in weights]) == parts


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 10**4), min_size=1, max_size=7).filter(any),
)
def test_the_parts_are_the_whole_and_nobody_is_a_cent_off(total: int, weights: list[int]) -> None:
    parts = divided(total, [Fraction(weight) for weight in weights])
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, whole)) < 1
        assert part >= 0
        assert weight or not part


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_what_is_no_share_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^weights above zero are wanted$"):
        divided(100, [Fraction(weight) for weight in weights])


def test_what_is_taken_back_is_divided_too() -> None:
    """A whole below zero: the cent that is too many is taken from the one named last."""
    third = [Fraction(1)] * 3
    assert divided(-10000, third) == [-3333, -3333, -3334]
    assert divided(-1, [Fraction(1), Fraction(1)]) == [0, -1]
    assert divided(-100, [Fraction(60), Fraction(40)]) == [-60, -40]


def test_a_cent_goes_to_whom_rounding_took_most_from() -> None:
    assert divided(100, [Fraction(334), Fraction(333), Fraction(333)]) == [34, 33, 33]
    assert divided(100, [Fraction(333), Fraction(333), Fraction(334)]) == [33, 33, 34]
    assert divided(10, [Fraction(25), Fraction(25), Fraction(50)]) == [3, 2, 5]


def test_a_share_as_it_is_kept_is_exact() -> None:
    assert fraction("33.3333") == Fraction(333333, 10000)
    assert fraction("0.1") * 3 == Fraction(3, 10)
