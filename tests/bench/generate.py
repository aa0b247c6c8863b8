"""Recorded hours and spaces in the amounts that the budgets speak of, always the same ones.

    python -m tests.bench.generate --entries 100000 --home DIR

Workdays only, back from the day before `LAST`; each day from 08:00 in Berlin is cut into equal slots
of a nine-hour day, and each slot is shortened at random by up to a quarter. The rows go through the
store's own journal, one change for each entry, so that a filled home is one that people could have.
"""

import argparse
import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.paths import locate
from cowork_cli.store import clients, spaces, standing
from cowork_cli.store.cache import Asked, Cache
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store, open_store

SEED = 20261125
LAST = date(2026, 11, 25)
NOW = "2026-11-25T18:00:00+01:00"
ZONE = "Europe/Berlin"
CLIENTS, PROJECTS, TAGS = 20, 60, 30
DAY_S = 9 * 3600


@dataclass(frozen=True, slots=True)
class Hour:
    """One made-up entry; `begin` and `end` are instants in UTC."""

    project: str
    tags: tuple[str, ...]
    begin: datetime
    end: datetime


def per_day(entries: int) -> int:
    """How many entries a day has: ten for 10,000 (about four years), 38 for 100,000 (ten)."""
    return 10 if entries <= 10_000 else 38


def project_names() -> list[str]:
    """`client-01/project-01` and so on: each client has as many projects as the next."""
    return [f"client-{n % CLIENTS + 1:02}/project-{n // CLIENTS + 1:02}" for n in range(PROJECTS)]


def hours(entries: int, slots: int | None = None, last: date = LAST) -> Iterator[Hour]:
    """Made-up entries in the order they began; the newest lie on the last workday before `last`."""
    count = slots or per_day(entries)
    chance = random.Random(SEED)
    zone, projects = ZoneInfo(ZONE), project_names()
    tags = [f"tag-{number:02}" for number in range(1, TAGS + 1)]
    slot = DAY_S // count
    left = entries
    for day in reversed(_workdays(-(-entries // count), last)):
        start = datetime.combine(day, time(8), zone).astimezone(UTC)
        for number in range(min(count, left)):
            begin = start + timedelta(seconds=number * slot)
            length = slot - chance.randint(0, slot // 4)
            yield Hour(
                chance.choice(projects),
                tuple(chance.sample(tags, chance.randint(0, 2))),
                begin,
                begin + timedelta(seconds=length),
            )
        left -= count


def made_up_spaces(count: int) -> Iterator[Space]:
    """Made-up spaces all over Germany, every tenth within 15 km of the middle of Lübeck."""
    chance = random.Random(SEED)
    for number in range(1, count + 1):
        near = number % 10 == 0
        ref = Ref(spaces.LOCAL, f"space-{number:05}")
        yield Space(
            ref=ref,
            name=f"Werkstatt Nr. {number}",
            address=PostalAddress(f"Hafenstraße {number % 200 + 1}", "23552", "Lübeck", "DE"),
            lat=chance.uniform(53.75, 53.98) if near else chance.uniform(47.5, 54.8),
            lon=chance.uniform(10.5, 10.9) if near else chance.uniform(6.0, 14.9),
            kinds=("day", "fixed"),
            amenities={"wifi": True, "kitchen": chance.random() < 0.5},
            hours=Hours("Mo-Fr 08:00-20:00"),
            prices=(Price(Money(chance.randint(900, 3900), "EUR"), "day", "incl"),),
            timezone=ZONE,
            sources=(Source(spaces.LOCAL, ref, None, "2026-11-01"),),
        )


def open_home(home: Path) -> Store:
    """The store of a home, made where there is none."""
    instant = int(datetime.fromisoformat(NOW).timestamp() * 1000)
    return open_store(
        locate({}, str(home)), now_ms=instant, command="bench", expected=False, note=print
    )


def fill(home: Path, made: Iterable[Hour]) -> None:
    """Writes clients, projects and entries into a home."""
    store = open_home(home)
    try:
        with store.connection.transaction():
            projects = _add_projects(store)
            for hour in made:
                _add_hour(store, projects[hour.project], hour)
    finally:
        store.close()


def fill_spaces(home: Path, made: Iterable[Space]) -> None:
    """Writes spaces into the own directory of a home."""
    store = open_home(home)
    try:
        with store.transaction() as journal:
            for space in made:
                spaces.add(journal, space)
    finally:
        store.close()


def fill_office(home: Path, contracts: int, post: int) -> None:
    """Writes contracts and post into a home; of the post one in fifty has an open deadline."""
    store = open_home(home)
    today = date.fromisoformat(NOW[:10])
    try:
        with store.transaction() as journal:
            for number in range(contracts):
                journal.insert("contracts", _contract(number, today))
            for number in range(post):
                journal.insert("posts", _piece_of_post(number, today))
    finally:
        store.close()


def fill_orders(home: Path, orders: int) -> None:
    """Writes standing orders into a home, of which nothing is due yet."""
    store = open_home(home)
    try:
        with store.transaction() as journal:
            for number in range(orders):
                standing.add(journal, _order(number))
    finally:
        store.close()


def _order(number: int) -> dict[str, object]:
    now = datetime.fromisoformat(NOW)
    return {
        "name": f"order-{number}",
        "desk_refs": '["local/1"]',
        "weekdays": str(number % 5),
        "ahead_days": 7,
        "opens": "00:00",
        "consent": "{}",
        "timezone": ZONE,
        "state": "active",
        "next_day": (now.date() + timedelta(days=7 + number % 5)).isoformat(),
        "next_at": int(now.timestamp()) + 3600 * (number + 1),
        "created_at": int(now.timestamp()),
    }


def _contract(number: int, today: date) -> dict[str, object]:
    return {
        "name": f"Contract {number}",
        "starts": (today - timedelta(days=400 + number)).isoformat(),
        "notice": ("30d to month-end", "1m to term-end", "2w to any")[number % 3],
        "min_term": "12m",
        "renews": "same",
    }


def _piece_of_post(number: int, today: date) -> dict[str, object]:
    return {
        "kind": "fine",
        "sender": f"Authority {number}",
        "received": (today - timedelta(days=number % 365)).isoformat(),
        "deadline": (today + timedelta(days=number % 60)).isoformat(),
        "deadline_state": "met" if number % 50 else "open",
        "rule": "objection within 2 weeks",
        "source": "made up",
        "state": "archived",
    }


def fill_cache(home: Path, made: Iterable[Space]) -> None:
    """Writes spaces into the cache of a home, as `space sync` of all Germany would have."""
    open_home(home).close()
    cache = Cache(locate({}, str(home)).cache_store)
    fetched = [replace(space, ref=Ref("osm", space.ref.id)) for space in made]
    instant = int(datetime.fromisoformat(NOW).timestamp())
    cache.answered(Asked("osm", "", 51.0, 10.0, 900.0), fetched, instant)
    cache.close()


def write_csv(file: Path, made: Iterable[Hour]) -> None:
    """Writes hours as a table that `track import --format csv` reads: local times, a note for each."""
    zone = ZoneInfo(ZONE)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["project", "date", "from", "to", "note", "tags"])
        for number, hour in enumerate(made):
            begin, end = hour.begin.astimezone(zone), hour.end.astimezone(zone)
            times = begin.date(), f"{begin:%H:%M:%S}", f"{end:%H:%M:%S}"
            writer.writerow([hour.project, *times, f"note {number}", ",".join(hour.tags)])


def _workdays(count: int, last: date) -> list[date]:
    found: list[date] = []
    day = last
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found


def _add_projects(store: Store) -> dict[str, int]:
    found: dict[str, int] = {}
    by_slug: dict[str, int] = {}
    for name in project_names():
        client, _, slug = name.partition("/")
        if client not in by_slug:
            row = {"slug": client, "name": client.title(), "type": "business", "currency": "EUR"}
            by_slug[client] = store.journal.insert("clients", row)
            rate = {"client_id": by_slug[client], "valid_from": clients.ALWAYS, "rate": "95"}
            store.journal.insert("rates", rate)
        found[name] = store.journal.insert(
            "projects", {"client_id": by_slug[client], "slug": slug, "billable": 1}
        )
    return found


def _add_hour(store: Store, project: int, hour: Hour) -> None:
    end = int(hour.end.timestamp())
    command = f"track add {hour.project} --from {hour.begin:%H:%M} --to {hour.end:%H:%M}"
    Journal(store.connection, command, end * 1000).insert(
        "entries",
        {
            "project_id": project,
            "tags": ",".join(hour.tags),
            "from_at": int(hour.begin.timestamp()),
            "to_at": end,
            "timezone": ZONE,
            "day": hour.begin.astimezone(ZoneInfo(ZONE)).date().isoformat(),
            "billable": 1,
        },
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="fill a home of cowork with made-up data")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--spaces", type=int, default=0)
    parser.add_argument("--home", type=Path, required=True)
    chosen = parser.parse_args()
    if chosen.entries:
        fill(chosen.home, hours(chosen.entries))
    if chosen.spaces:
        fill_spaces(chosen.home, made_up_spaces(chosen.spaces))


if __name__ == "__main__":
    main()
