"""An account whose address is its secret, through the real funnel."""

import pytest

from tests.conftest import Cowork
from tests.fakes.feed import FakeFeed

KEY = "pr1vate-feed-key"
FEED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;TZID=Mars/Olympus:20261201T100000\r\nDTEND;TZID=Mars/Olympus:20261201T110000\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_secret_feed_is_asked_and_never_shown(
    cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeFeed() as fake:
        fake.feeds[f"/{KEY}/room.ics"] = FEED
        monkeypatch.setenv("COWORK_HAFEN_TOKEN", f"{fake.url}/{KEY}/room.ics")
        added = cowork("account", "add", "hafen", "--provider", "ical", "--set", "name=spree")
        assert added.code == 0, str(added)
        words = ("desk", "free", "hafen:hafen/spree", "--on", "2026-12-01", "--from", "09:00", "--to", "12:00")  # fmt: skip
        free = cowork(*words, "--json", "--debug")
        assert free.code == 0, str(free)
        assert [slot["from"][11:16] for slot in free.data[0]["slots"]] == ["09:00", "11:00"]
        assert 'The zone "Mars/Olympus" is not known' in free.err
        fake.feeds.clear()
        gone = cowork(*words, "--debug")
        assert gone.code != 0
        shown = cowork("account", "show", "hafen", "--json")
        checked = cowork("account", "check", "hafen")
        for outcome in (added, free, gone, shown, checked):
            assert KEY not in outcome.out + outcome.err
