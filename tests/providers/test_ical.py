"""What the contract suite does not ask of a feed: what proves nothing, secrets, and what is kept."""

import gc
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.calendars import reading
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import BadAnswer, ConfigError, CoworkError, NotFound
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.ical import ICal
from cowork_cli.secrets_store import Secret
from cowork_cli.services.accounts.memory import FileMemory
from tests.contract.rig import caught, window
from tests.fakes.feed import FakeFeed

DESK = Ref("hafen", "hafen/spree")
DAY = window("2026-12-01T08:00", 10)
KEY = "pr1vate-feed-key"


def event(uid: str, day: str = "20261201", *more: str) -> str:
    lines = [
        "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART:{day}T090000Z",
        f"DTEND:{day}T100000Z", *more, "END:VEVENT",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def calendar(*events: str) -> str:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n"


class Feed:
    """One account with one feed behind a secret address."""

    def __init__(self, fake: FakeFeed, folder: Path) -> None:
        self.fake, self.debug = fake, list[str]()
        self.stack = ExitStack()
        self.memory = FileMemory(folder)
        self.path = f"/{KEY}/room.ics"

    def provider(self, **settings: Any) -> Any:
        url = Secret(f"{self.fake.url}{self.path}")
        http = HttpClient("hafen", url, debug=self.debug.append, sleep=lambda seconds: None)
        self.stack.enter_context(http)
        return ICal("hafen", {"name": "spree", **settings}, http=http, memory=self.memory)

    def says(self, text: str) -> None:
        self.fake.feeds[self.path] = text


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    with FakeFeed() as fake:
        feed = Feed(fake, tmp_path / "feeds")
        with feed.stack:
            yield feed


def starts(found: Any) -> list[str]:
    return [f"{slot.from_:%H:%M}–{slot.to:%H:%M}" for slot in found]


def test_what_a_feed_leaves_free(feed: Feed) -> None:
    feed.says(calendar(event("a")))
    assert starts(feed.provider().free(DESK, DAY)) == ["08:00–10:00", "11:00–18:00"]


def test_a_feed_without_an_event_is_no_proof(feed: Feed) -> None:
    feed.says(calendar())
    error = caught(lambda: feed.provider().free(DESK, DAY), BadAnswer)
    assert "0 events" in error.message
    assert feed.provider().check("availability") == "0 events in the feed"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!doctype html><title>Log in</title>", "a web page"),
        (calendar(event("a"))[:-40], "a part of a calendar"),
        ("", "no calendar"),
    ],
)
def test_what_is_no_feed(feed: Feed, text: str, why: str) -> None:
    feed.says(text)
    error = caught(lambda: feed.provider().free(DESK, DAY), BadAnswer)
    assert why in error.message
    assert "cowork account login hafen" in error.hint


def test_a_feed_of_20_megabytes_is_refused(feed: Feed) -> None:
    feed.says("BEGIN:VCALENDAR\r\n" + "X-PADDING:x\r\n" * 1_600_000 + "END:VCALENDAR\r\n")
    error = caught(lambda: feed.provider().free(DESK, DAY), BadAnswer)
    assert "more than 16 MiB" in error.message
    assert "shorter feed" in error.hint


def test_the_address_is_shown_nowhere(feed: Feed) -> None:
    feed.says("<p>")
    told = []
    for ask in (
        lambda: feed.provider().free(DESK, DAY),
        lambda: feed.provider().free(Ref("hafen", "hafen/other"), DAY),
        lambda: feed.provider().desks(Ref("hafen", "other")),
    ):
        error = caught(ask, CoworkError)
        told += [error.message, error.hint or "", repr(error)]
    feed.fake.feeds.clear()
    error = caught(lambda: feed.provider().free(DESK, DAY), CoworkError)
    told += [error.message, error.hint or "", repr(feed.provider()), *feed.debug]
    assert KEY not in " ".join(told)
    assert feed.debug


def test_the_same_version_is_expanded_once(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    feed.says(calendar(event("a")))
    first = feed.provider().free(DESK, DAY)
    monkeypatch.setattr(reading, "busy_times", lambda *given: pytest.fail("expanded again"))
    for tagged in (True, False):
        feed.fake.tagged = tagged
        assert starts(feed.provider().free(DESK, DAY)) == starts(first)
    assert feed.fake.log[1].headers["if-none-match"]


def test_a_changed_feed_another_zone_and_a_far_day_are_expanded(feed: Feed) -> None:
    feed.says(calendar(event("a")))
    feed.provider().free(DESK, DAY)
    feed.says(
        calendar(
            event("a"), event("b", "20261201", "X:1").replace("T09", "T12").replace("T10", "T13")
        )
    )
    assert len(feed.provider().free(DESK, DAY)) == 3
    far = window("2027-12-01T08:00", 10)
    assert starts(feed.provider().free(DESK, far)) == ["08:00–18:00"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'["x", "y", 1]'])
def test_a_damaged_memory_is_none(feed: Feed, content: bytes) -> None:
    feed.says(calendar(event("a")))
    feed.provider().free(DESK, DAY)
    (kept,) = (feed.memory._folder).glob("*.json")
    kept.write_bytes(content)
    assert len(feed.provider().free(DESK, DAY)) == 2
    assert KEY not in kept.read_text() + kept.name


def test_notes_are_said_from_memory_too(feed: Feed) -> None:
    feed.says(
        calendar(event("a").replace("DTSTART:", "DTSTART;TZID=Mars:").replace("090000Z", "090000"))
    )
    for _ in range(2):
        provider = feed.provider()
        provider.free(DESK, DAY)
        assert any("Mars" in note for note in provider.notes)


@pytest.mark.parametrize("entry", ["", "=room", "spree=hall", "spree=room:x", "spree=room:0"])
def test_a_setting_that_describes_no_desk(feed: Feed, entry: str) -> None:
    caught(lambda: feed.provider(desks=[entry]).desks(Ref("hafen", "hafen")), ConfigError)


def test_a_desk_that_no_setting_names_is_not_found(feed: Feed) -> None:
    caught(lambda: feed.provider().free(Ref("hafen", "hafen/elbe"), DAY), NotFound)


@pytest.mark.parametrize(
    ("singles", "repeated"), [(900, 100), pytest.param(4500, 500, marks=pytest.mark.torture)]
)
def test_of_a_large_feed_what_was_read_is_kept(feed: Feed, singles: int, repeated: int) -> None:
    """At most a quarter of what the library takes alone."""
    day = datetime(2026, 9, 1, tzinfo=UTC)
    single = [event(f"e{n}", f"{day + timedelta(days=n % 300):%Y%m%d}") for n in range(singles)]
    rule = "RRULE:FREQ=WEEKLY;INTERVAL="
    series = [event(f"s{n}", "20260901", f"{rule}{1 + n % 3}") for n in range(repeated)]
    text = calendar(*single, *series)
    feed.says(text)
    feed.provider().free(DESK, DAY)

    import icalendar
    import recurring_ical_events

    gc.collect()
    gc.disable()  # what other tests left in memory is not of this one
    started = time.process_time()
    list(
        recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
            DAY.from_ - timedelta(days=2), DAY.to + timedelta(days=120)
        )
    )
    alone = time.process_time() - started
    started = time.process_time()
    assert feed.provider().free(DESK, DAY)
    kept = time.process_time() - started
    gc.enable()
    print(f"{kept:.3f} s of {alone:.3f} s")
    assert kept <= alone / 4, (kept, alone)
