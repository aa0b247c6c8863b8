"""Directions between points, against ones that a map shows."""

import pytest

from cowork_cli.domain.place import bearing_deg, compass_word


@pytest.mark.parametrize(
    ("ends", "degrees", "word"),
    [
        ((52.0, 13.0, 53.0, 13.0), 0, "north"),
        ((52.0, 13.0, 51.0, 13.0), 180, "south"),
        ((0.0, 13.0, 0.0, 14.0), 90, "east"),
        ((0.0, 13.0, 0.0, 12.0), 270, "west"),
        ((0.0, 179.5, 0.0, -179.5), 90, "east"),
        ((52.5200, 13.4050, 48.1372, 11.5756), 195, "south"),  # Berlin → München
        ((53.5511, 9.9937, 52.5200, 13.4050), 115, "south-east"),  # Hamburg → Berlin
        ((52.0, 13.0, 52.001, 12.9999), 356, "north"),
    ],
)
def test_bearings(ends: tuple[float, float, float, float], degrees: int, word: str) -> None:
    assert bearing_deg(*ends) == pytest.approx(degrees, abs=1)
    assert compass_word(bearing_deg(*ends)) == word
