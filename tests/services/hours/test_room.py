"""Room for an entry: what shares time with it, to the second, and what becomes of that."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import Conflict, Locked, RuleBroken
from cowork_cli.records import replace
from cowork_cli.services.hours import room
from cowork_cli.store import entries
from cowork_cli.store.engine.store import Store
from tests import stores

ZERO = 1_764_028_800  # 2025-11-25 00:00 UTC
NOW = ZERO + 20 * 3600
TIMES = [(9, 11), (13, 15), (16, 17)]  # e-1 to e-3, in hours


def hour(value: float) -> int:
    return ZERO + round(value * 3600)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stores.opened(tmp_path, now_ms=NOW * 1000)
    with opened.transaction() as journal:
        client = journal.insert(
            "clients", {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        )
        journal.insert("projects", {"client_id": client, "slug": "site"})
        for begin, end in TIMES:
            _add(opened, hour(begin), hour(end))
    yield opened
    opened.close()


def _add(store: Store, begin: int, end: int | None) -> int:
    return entries.add(
        store,
        {"project_id": 1, "tags": "deep,call", "note": "Concept", "from_at": begin, "to_at": end,
         "timezone": "Europe/Berlin", "day": "2025-11-25", "billable": 1},
    )  # fmt: skip


def times(store: Store) -> list[tuple[float, float | None]]:
    rows = store.rows("SELECT from_at, to_at FROM entries ORDER BY from_at")
    return [((a - ZERO) / 3600, None if b is None else (b - ZERO) / 3600) for a, b in rows]


SHARED: list[tuple[float, float | None, int | None, list[str]]] = [
    (11, 13, None, []),  # what ends when another begins shares no time
    (8, 9, None, []),
    (17, 24, None, []),
    (17, None, None, []),
    (10.999, 11, None, ["e-1"]),
    (8, 9.001, None, ["e-1"]),
    (9.5, 10, None, ["e-1"]),
    (9, 11, None, ["e-1"]),
    (8, 12, None, ["e-1"]),
    (10, 14, None, ["e-1", "e-2"]),
    (8, 18, None, ["e-1", "e-2", "e-3"]),
    (14, None, None, ["e-2", "e-3"]),
    (12, None, None, ["e-2", "e-3"]),
    (9.5, 11.5, 1, []),
    (9.5, 13.5, 1, ["e-2"]),
    (12.5, 14, 2, []),
    (10, 14, 2, ["e-1"]),
    (0, None, 3, ["e-1", "e-2"]),
]


def test_what_shares_time(store: Store) -> None:
    for begin, end, besides, in_the_way in SHARED:
        span = hour(begin), None if end is None else hour(end)
        all_of_them = entries.all_colliding(store, *span, NOW, besides=besides)
        assert [entry.id for entry in all_of_them] == in_the_way, (begin, end, besides)
        last = entries.colliding(store, *span, NOW, besides=besides)
        assert (last.id if last else None) == (in_the_way[-1] if in_the_way else None)
        if in_the_way:
            with pytest.raises(Conflict, match=f"overlaps {in_the_way[-1]} "):
                room.refuse_overlap(store, *span, NOW, besides=besides)
        else:
            room.refuse_overlap(store, *span, NOW, besides=besides)


def test_a_timer_runs_into_all_that_follows(store: Store) -> None:
    with store.transaction():
        _add(store, hour(18), None)
    for begin, end in ((19, 19.5), (18, 18.1), (30, 31), (17, None)):
        last = entries.colliding(store, hour(begin), end and hour(end), NOW)
        assert last is not None
        assert last.id == "e-4"
    assert entries.colliding(store, hour(17), hour(18), NOW) is None


def test_the_store_itself_refuses(store: Store) -> None:
    for begin, end in ((10.999, 11.5), (8, 9.001), (13.5, 14), (8, 18), (16.5, None)):
        with pytest.raises(RuleBroken), store.transaction():
            _add(store, hour(begin), end and hour(end))
    assert times(store) == TIMES
    with store.transaction():
        _add(store, hour(11), hour(13))
        _add(store, hour(17), None)
    with pytest.raises(RuleBroken), store.transaction():
        entries.change(store, 4, {"to_at": hour(13.001)})


def test_what_is_said_of_what_is_in_the_way(store: Store) -> None:
    with pytest.raises(Conflict) as caught:
        room.refuse_overlap(store, hour(10), hour(12), NOW)
    assert caught.value.message == "it overlaps e-1 (acme/site, 2025-11-25 10:00 to 12:00)"
    assert (
        caught.value.hint
        == "choose another time, or change that entry with `cowork track edit e-1`"
    )
    with pytest.raises(Conflict) as caught:
        room.refuse_overlap(store, hour(10), hour(12), NOW, adjustable=True)
    assert caught.value.hint == "choose other times, or make room with `--adjust`"
    with store.transaction():
        _add(store, hour(18), None)
    with pytest.raises(Conflict) as caught:
        room.refuse_overlap(store, hour(19), hour(19.5), NOW)
    assert caught.value.message == "it overlaps e-4 (acme/site, 2025-11-25 19:00 to now, running)"


@pytest.mark.parametrize(
    ("begin", "end", "besides", "adjusted", "left"),
    [
        (11, 13, None, [], TIMES),
        (10, 12, None, ["e-1"], [(9, 10), (13, 15), (16, 17)]),
        (12, 14, None, ["e-2"], [(9, 11), (14, 15), (16, 17)]),
        (10, 14, None, ["e-1", "e-2"], [(9, 10), (14, 15), (16, 17)]),
        (9.5, 10, None, ["e-1"], [(9, 9.5), (10, 11), (13, 15), (16, 17)]),
        (10, 11, None, ["e-1"], [(9, 10), (13, 15), (16, 17)]),
        (9, 10, None, ["e-1"], [(10, 11), (13, 15), (16, 17)]),
        (16.5, None, None, ["e-3"], [(9, 11), (13, 15), (16, 16.5)]),
        (10, 13.5, 1, ["e-2"], [(9, 11), (13.5, 15), (16, 17)]),
    ],
)
def test_room_is_made(
    store: Store,
    begin: float,
    end: float | None,
    besides: int | None,
    adjusted: list[str],
    left: list[tuple[float, float]],
) -> None:
    with store.transaction():
        made = room.make_room(store, hour(begin), end and hour(end), NOW, besides=besides)
    assert made == adjusted
    assert times(store) == left
    whole = {"project_id": 1, "tags": "deep,call", "note": "Concept", "timezone": "Europe/Berlin"}
    for row in store.rows("SELECT project_id, tags, note, timezone FROM entries"):
        assert dict(zip(whole, row, strict=True)) == whole


@pytest.mark.parametrize(
    ("begin", "end", "message", "hint"),
    [
        (8, 12, "e-1 (acme/site, 2025-11-25 10:00) lies wholly inside",
         "take it out first with `cowork track remove e-1`"),
        (9, 11, "e-1 (acme/site, 2025-11-25 10:00) lies wholly inside",
         "take it out first with `cowork track remove e-1`"),
        (15.5, None, "e-3 (acme/site, 2025-11-25 17:00) lies wholly inside",
         "take it out first with `cowork track remove e-3`"),
        (19, 20, "e-4 (acme/site) is running since 2025-11-25 19:00",
         "stop it first with `cowork stop --at TIME`"),
        (18, None, "e-4 (acme/site, 2025-11-25 19:00) lies wholly inside",
         "take it out first with `cowork track remove e-4`"),
    ],
)  # fmt: skip
def test_what_cannot_be_moved(
    store: Store, begin: float, end: float | None, message: str, hint: str
) -> None:
    with store.transaction():
        _add(store, hour(18), None)
    before = times(store)
    with pytest.raises(Conflict) as caught, store.transaction():
        room.make_room(store, hour(begin), end and hour(end), NOW)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert times(store) == before


def test_a_timer_begins_later_where_room_is_made_at_its_start(store: Store) -> None:
    with store.transaction():
        _add(store, hour(18), None)
        assert room.make_room(store, hour(17.5), hour(18.5), NOW) == ["e-4"]
    assert times(store)[-1] == (18.5, None)


def test_what_is_left_counts_for_the_day_it_begins_on(store: Store) -> None:
    """Midnight in Berlin is 23:00 UTC."""
    with store.transaction():
        _add(store, hour(21), hour(26))
        assert room.make_room(store, hour(22), hour(23), NOW) == ["e-4"]
        assert room.make_room(store, hour(20), hour(21.5), NOW) == ["e-4"]
    rows = store.rows("SELECT from_at, to_at, day FROM entries WHERE id > 3 ORDER BY from_at")
    assert [tuple(row) for row in rows] == [
        (hour(21.5), hour(22), "2025-11-25"),
        (hour(23), hour(26), "2025-11-26"),
    ]
    assert room.starting(hour(22.9), ZoneInfo("Europe/Berlin"))["day"] == "2025-11-25"
    assert room.starting(hour(23), ZoneInfo("Europe/Berlin")) == {
        "from_at": hour(23), "day": "2025-11-26",
    }  # fmt: skip


def test_two_people_work_at_the_same_time(store: Store) -> None:
    with store.transaction():
        hers = entries.add(
            store,
            {"project_id": 1, "from_at": hour(10), "to_at": hour(12), "timezone": "Europe/Berlin",
             "day": "2025-11-25", "billable": 1, "tags": "", "person": "ada"},
        )  # fmt: skip
    for begin, end, besides, in_the_way in (
        (10.5, 11.5, hers, []), (8, 18, hers, []), (10.5, 11.5, None, ["e-1"]), (11.5, 12.5, 1, []),
    ):  # fmt: skip
        span = hour(begin), hour(end)
        all_of_them = entries.all_colliding(store, *span, NOW, besides=besides)
        assert [entry.id for entry in all_of_them] == in_the_way
        last = entries.colliding(store, *span, NOW, besides=besides)
        assert ([last.id] if last else []) == in_the_way


def test_the_day_is_that_of_the_zone_of_the_entry(store: Store) -> None:
    """18:30 UTC is 07:30 of the next day in Auckland."""
    with store.transaction():
        _add(store, hour(18), hour(19))
        entries.change(store, 4, {"timezone": "Pacific/Auckland", "day": "2025-11-26"})
        assert room.make_room(store, hour(17.5), hour(18.5), NOW) == ["e-4"]
    entry = entries.record(store, store.value("SELECT uuid FROM entries WHERE id = 4"))
    assert entry is not None
    assert (entry["from_at"], entry["day"]) == (hour(18.5), "2025-11-26")


def test_what_is_billed_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one: Callable[..., list[object]] = entries.all_colliding

    def billed(*args: object, **named: object) -> list[object]:
        return [replace(entry, billed_on="2026-0007") for entry in one(*args, **named)]

    monkeypatch.setattr(entries, "all_colliding", billed)
    with pytest.raises(Locked) as caught, store.transaction():
        room.make_room(store, hour(10), hour(12), NOW)
    assert caught.value.message == "e-1 is billed on invoice 2026-0007 and cannot be changed"
    assert caught.value.hint == (
        "cancel the invoice first: `cowork invoice cancel 2026-0007 --reason TEXT`"
    )
    assert times(store) == TIMES
    entry = entries.entry(store, 1, NOW)
    assert entry is not None
    room.refuse_locked(entry)
    assert (room.number_of(entry), room.end_of(entry)) == (1, hour(11))
    assert room.end_of(replace(entry, to=None)) is None
