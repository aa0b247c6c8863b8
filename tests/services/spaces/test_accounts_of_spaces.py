"""Spaces and desks that accounts know: by which words they are meant, and who is asked when they are free."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.booking import Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot, Space
from cowork_cli.errors import Ambiguous, CoworkError, LoginRequired, NotFound, ProviderUnavailable
from cowork_cli.paths import Paths
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.spaces import desks, directory
from cowork_cli.services.spaces.availability import FreeQuery, free
from cowork_cli.services.spaces.detailing import Details
from cowork_cli.services.spaces.elsewhere import find_desk, find_space
from cowork_cli.services.spaces.merging import merge
from cowork_cli.services.spaces.syncing import parts
from cowork_cli.services.spaces.where import Around, Finder, around
from cowork_cli.store.cache import Cache
from tests.stores import open_store

DAY = date(2026, 12, 1)


class Platform:
    """Satisfies KnowsItsSpaces and CanCheckAvailability: one space, its desks by the ids that were given."""

    def __init__(self, name: str, *ids: str) -> None:
        self.name, self.ids = name, ids
        self.space_of = Space(Ref(name, "kai"), f"Kai {name}")
        self.broken: set[str] = set()
        self.asked: list[str] = []

    def spaces(self) -> Sequence[Space]:
        return [self.space_of]

    def space(self, ref: Ref) -> Space:
        self.asked.append(ref.id)
        if ref != self.space_of.ref:
            raise NotFound(f"{self.name} has no space {ref.id}", "ask them")
        return self.space_of

    def desks(self, space: Ref) -> Sequence[Desk]:
        return [Desk(Ref(self.name, f"kai/{one}"), space, f"Desk {one}") for one in self.ids]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        if desk.id in self.broken:
            raise ProviderUnavailable(f"{desk.id} is being painted")
        return [Slot(window.from_, window.to)]


class Platforms(Accounts):
    """Accounts of which some are such platforms; who is `out` needs a login."""

    def __init__(self, *platforms: Platform, **more: Any) -> None:
        super().__init__({one.name: {"provider": "cobot"} for one in platforms}, **more)
        self.platforms = {one.name: one for one in platforms}
        self.out: set[str] = set()
        self.blind: set[str] = set()

    def provider(self, name: str) -> Any:
        return self.platforms.get(name) or super().provider(name)

    def can(self, name: str, capability: str) -> bool:
        if name in self.blind:
            return False
        if name in self.platforms:
            return capability == "availability"
        return super().can(name, capability)

    def enabled(self, capability: str, chosen: Any = ()) -> list[str]:
        return [*self.platforms, "local"]

    def availability(self, name: str) -> Any:
        if name in self.out:
            raise LoginRequired(f"{name} wants a password", account=name)
        return super().availability(name)

    def uses_store(self, name: str) -> bool:
        return name == "local"


class Town:
    """A home with a space of its own and two platforms."""

    def __init__(self, folder: Path) -> None:
        paths = Paths(*(folder / part for part in ("config", "data", "cache", "state")))
        self.store = open_store(
            paths, now_ms=0, command="t", expected=False, note=lambda line: None
        )
        self.cache = Cache(paths.cache_store)
        self.dock, self.pier = Platform("dock", "abcd1234", "abce9999"), Platform("pier", "71", "7")
        self.accounts = Platforms(
            self.dock, self.pier,
            store=lambda: self.store, environ={}, state=folder, home_zone=ZoneInfo("Europe/Berlin"),
        )  # fmt: skip
        directory.add(directory.SpaceFacts(name="Loft", city="Berlin"), store=self.store)
        desks.add_desk("Loft", desks.DeskFacts("A"), store=self.store)

    def free(self, *things: str) -> tuple[dict[str, bool | None], list[str]]:
        found = free(
            FreeQuery(things, DAY), store=self.store, accounts=self.accounts, cache=self.cache
        )
        return {str(desk.ref): desk.free for desk in found.desks}, [
            problem.message for problem in found.problems
        ]

    def desk(self, query: str) -> str:
        return str(find_desk(query, store=self.store, accounts=self.accounts).ref)

    def space(self, query: str) -> str:
        found = find_space(query, store=self.store, accounts=self.accounts, cache=self.cache)
        return str(found.ref)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    built = Town(tmp_path)
    yield built
    built.cache.close()
    built.store.close()


def test_each_account_is_asked_for_its_own_desks_alone(town: Town) -> None:
    assert town.free("dock:kai", "pier:kai", "Loft") == (
        {
            "dock:kai/abcd1234": True, "dock:kai/abce9999": True, "pier:kai/71": True,
            "pier:kai/7": True, "local:loft/a": True,
        },
        [],
    )  # fmt: skip


def test_a_desk_that_fails_is_a_problem_and_so_is_an_account_that_asks_for_a_password(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.pier.broken.add("kai/7")
    found, problems = town.free("pier:kai", "Loft")
    assert (found, problems) == (
        {"pier:kai/71": True, "local:loft/a": True},
        ["kai/7 is being painted"],
    )
    monkeypatch.setattr(
        "cowork_cli.services.spaces.availability.desks_of",
        lambda ref, store, accounts: town.dock.desks(ref),
    )
    town.accounts.out.add("dock")
    found, problems = town.free("dock:kai")
    assert (found, set(problems)) == ({}, {"dock wants a password"})


def test_of_an_account_that_knows_no_free_times_the_desks_are_listed(town: Town) -> None:
    town.accounts.blind.add("local")
    assert town.free("Loft") == ({"local:loft/a": None}, [])


@pytest.mark.parametrize(
    ("query", "desk"),
    [
        ("dock:abcd1234", "dock:kai/abcd1234"),
        ("dock:abcd", "dock:kai/abcd1234"),
        ("dock:kai/abce9999", "dock:kai/abce9999"),
        ("pier:7", "pier:kai/7"),
        ("Desk 71", "pier:kai/71"),
    ],
)
def test_a_desk_is_meant_by_the_id_of_its_platform_or_its_first_characters(
    town: Town, query: str, desk: str
) -> None:
    assert town.desk(query) == desk


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("dock:abc", Ambiguous),
        ("dock:zzzz", NotFound),
        ("pier:70", NotFound),
        ("dock:kai/none", NotFound),
    ],
)
def test_what_begins_none_or_several_ids_is_no_desk(
    town: Town, query: str, problem: type[CoworkError]
) -> None:
    with pytest.raises(problem):
        town.desk(query)


def test_an_account_that_does_not_know_its_spaces_is_not_searched_by_id(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(town.accounts, "knower", lambda name: None)
    with pytest.raises(NotFound):
        town.desk("dock:abcd1234")
    with pytest.raises(NotFound):
        town.space("dock:kai")


def test_the_name_of_an_account_means_its_only_space(town: Town) -> None:
    assert (town.space("dock"), town.space("pier:kai"), town.space("Kai pier")) == (
        "dock:kai",
        "pier:kai",
        "pier:kai",
    )


def test_a_single_space_is_asked_of_the_account_that_is_at_it(town: Town) -> None:
    asker = Details(store=town.store, accounts=town.accounts, cache=town.cache)
    assert asker.first(Ref("dock", "kai")).name == "Kai dock"
    with pytest.raises(NotFound, match="dock has no space quay") as missing:
        asker.first(Ref("dock", "quay"))
    assert missing.value.hint == "ask them", "what one is at is in no search"
    assert town.dock.asked == ["kai", "quay"]


# ---- places


def test_a_place_that_a_geocoder_does_not_know_either_is_not_known() -> None:
    asked: list[str] = []

    def nothing(text: str) -> list[Any]:
        asked.append(text)
        return []

    with pytest.raises(NotFound, match="Xyzzyhausen"):
        around("Xyzzyhausen", 5.0, Finder(geocode=nothing))
    assert asked == ["Xyzzyhausen"]


def test_no_part_of_a_region_lies_beyond_the_pole() -> None:
    lats = [query.lat for query in parts(Around(88.9, 0.0, 100.0, "ice"))]
    assert max(lats) <= 89
    assert len(lats) > 10


def test_a_space_that_comes_twice_is_one() -> None:
    twice = Space(Ref("osm", "node/1"), "Loft", lat=52.5, lon=13.4)
    assert merge([twice, twice], lambda account: 0) == [twice]
