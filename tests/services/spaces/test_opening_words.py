"""Hours in words, at the clock of the space."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Space
from cowork_cli.services.spaces.opening_words import listed

BERLIN = ZoneInfo("Europe/Berlin")


def said(text: str | None, clock: str) -> str:
    space = Space(Ref("osm", "node/1"), "X", hours=Hours(text))
    (row,) = listed([space], datetime.fromisoformat(clock).replace(tzinfo=BERLIN), lambda _: BERLIN)
    assert row.hours == space.hours  # what is stored and what JSON says stays as it was
    return row.opening


@pytest.mark.parametrize(
    ("text", "clock", "words"),
    [
        ("Mo-Fr 09:00-18:00", "2026-11-25T12:00", "open now until 18:00"),
        ("Mo-Fr 09:00-18:00", "2026-11-25T18:00", "opens Thu 09:00"),
        ("Mo-Fr 09:00-18:00", "2026-11-25T08:59", "opens 09:00"),
        ("Mo-Fr 09:00-18:00", "2026-11-27T20:00", "opens Mon 09:00"),
        ("Mo-Fr 09:00-12:00,13:00-18:00", "2026-11-25T12:30", "opens 13:00"),
        ("Mo-Su 09:00-24:00", "2026-11-25T12:00", "open now until 24:00"),
        ("Fr 18:00-02:00", "2026-11-27T20:00", "open now until Sat 02:00"),
        ("2027 Jan 10-2027 Jan 20 09:00-18:00", "2026-11-25T12:00", "opens 2027-01-10 09:00"),
        ("24/7", "2026-11-25T12:00", "open now"),
        ('"nach Vereinbarung"', "2026-11-25T12:00", "by appointment"),
        ("nach Vereinbarung", "2026-11-25T12:00", "by appointment"),
        ("by appointment only", "2026-11-25T12:00", "by appointment"),
        ("mal so, mal so", "2026-11-25T12:00", ""),
        (None, "2026-11-25T12:00", ""),
    ],
)
def test_hours_in_words(text: str | None, clock: str, words: str) -> None:
    assert said(text, clock) == words
