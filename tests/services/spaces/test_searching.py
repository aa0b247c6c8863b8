"""A search below the terminal: what accounts are asked, how rows are merged, narrowed and ordered."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import distance_km
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space, SpaceQuery
from cowork_cli.errors import Ambiguous, NotFound, ProviderUnavailable
from cowork_cli.paths import Paths
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.spaces import directory
from cowork_cli.services.spaces.merging import merge
from cowork_cli.services.spaces.narrowing import Filters, narrowed, ordered, said
from cowork_cli.services.spaces.request import SearchRequest, query_for
from cowork_cli.services.spaces.search import Answer, search
from cowork_cli.services.spaces.where import Around, Everything, Named, resolve
from cowork_cli.store import spaces
from cowork_cli.store.cache import Cache
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 25)
MIDDLE = Around(53.55, 10.0, 10.0, "Hamburg")


def space(name: str, account: str = "osm", **facts: Any) -> Space:
    ref = Ref(account, name)
    facts.setdefault("lat", 53.55)
    facts.setdefault("lon", 10.0)
    return Space(ref, name, sources=(Source(account, ref),), **facts)


def rank_of(account: str) -> int:
    order = ("local", "hafen", "coworkingview", "osm", "openfairdb")
    return order.index(account)


class Online:
    """A directory elsewhere that answers with what it is told to, and remembers what it was asked."""

    def __init__(self, *rows: Space) -> None:
        self.rows = rows
        self.asked: list[SpaceQuery] = []
        self.taken = 0
        self.failure: Exception | None = None

    def search(self, query: SpaceQuery) -> Iterator[Space]:
        self.asked.append(query)
        if self.failure:
            raise self.failure
        for row in self.rows:
            self.taken += 1
            yield row


class Home:
    """A home with an online directory `fern`."""

    def __init__(self, folder: Path, online: Online) -> None:
        paths = Paths(*(folder / part for part in ("config", "data", "cache", "state")))
        self.store: Store = open_store(
            paths, now_ms=1_795_626_000_000, command="t", expected=False, note=lambda line: None
        )
        self.cache = Cache(paths.cache_store)
        self.accounts = _Accounts(
            online, {}, store=lambda: self.store, environ={}, state=folder, home_zone=BERLIN
        )

    def search(self, **more: Any) -> Answer:
        request = SearchRequest(more.pop("where", MIDDLE), **more)
        return search(
            request, store=self.store, accounts=self.accounts, cache=self.cache, today=TODAY
        )

    def resolve(self, typed: str | None, near: str | None = None) -> Any:
        return resolve(typed, near, 7.0, store=self.store, cache=self.cache)


class _Accounts(Accounts):
    def __init__(self, online: Online, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._online = online

    def provider(self, name: str) -> Any:
        return self._online if name == "fern" else super().provider(name)

    def can(self, name: str, capability: str) -> bool:
        return name == "fern" or super().can(name, capability)

    def enabled(self, capability: str, chosen: Any = ()) -> list[str]:
        return [name for name in ("local", "fern") if not chosen or name in chosen]


@pytest.fixture
def online() -> Online:
    return Online()


@pytest.fixture
def home(tmp_path: Path, online: Online) -> Iterator[Home]:
    built = Home(tmp_path, online)
    yield built
    built.cache.close()
    built.store.close()


# ---- what was typed


def test_what_was_typed_is_one_of_three(home: Home) -> None:
    facts = directory.SpaceFacts(name="Wiesenburg Büro", postcode="14827", city="Wiesenburg")
    added, _ = directory.add(facts, store=home.store)
    assert home.resolve(None) == Everything()
    assert home.resolve("Wiesenburg Büro") == Named((added,))
    assert home.resolve(str(added.ref)) == Named((added,))
    assert home.resolve("büro") == Named((added,))
    assert isinstance(home.resolve("Wiesenburg/Mark"), Around)
    assert home.resolve("53.5,10") == Around(53.5, 10.0, 7.0, "53.5,10")
    assert home.resolve(None, "Hamburg").name == "Hamburg"
    assert isinstance(home.resolve(None, "14827"), Around)
    with pytest.raises(NotFound):
        home.resolve(None, "büro")
    with pytest.raises(Ambiguous, match="Frankfurt"):
        home.resolve("Frankfurt")


def test_a_space_seen_elsewhere_is_named_too(home: Home) -> None:
    seen = space("Kaispeicher", "fern")
    home.cache.remember([seen], 1)
    assert home.resolve("kaisp") == Named((seen,))
    assert home.resolve("fern:Kaispeicher") == Named((seen,))


# ---- what is asked for


@pytest.mark.parametrize(
    ("filters", "limit", "asked"),
    [
        (Filters(), 20, 21),
        (Filters(per="day"), 20, 21),
        (Filters(kinds=("day",)), 20, 200),
        (Filters(amenities=("wifi",)), 20, 200),
        (Filters(max_price=Money(1)), 20, 200),
        (Filters(open_on=TODAY), 20, 200),
        (Filters(at=time(9)), 20, 200),
        (Filters(kinds=("day",)), 500, 501),
    ],
)
def test_more_is_asked_for_where_it_is_narrowed_here(
    filters: Filters, limit: int, asked: int
) -> None:
    query = query_for(MIDDLE, SearchRequest(MIDDLE, filters, limit=limit))
    assert (query.limit, query.lat, query.lon, query.radius_km) == (asked, 53.55, 10.0, 10.0)
    assert (query.kinds, query.amenities) == (filters.kinds, filters.amenities)


def test_what_fits_behind_many_that_do_not_is_found(home: Home, online: Online) -> None:
    """Fifty without wifi stand before the one that has it; two are to be shown."""
    without = [space(f"N{n}", "fern", amenities={"wifi": False}) for n in range(50)]
    online.rows = (*without, space("Ja", "fern", amenities={"wifi": True}))
    answer = home.search(filters=Filters(amenities=("wifi",)), limit=2)
    assert [row.name for row in answer.spaces] == ["Ja"]
    assert answer.truncated is False


def test_an_account_is_read_no_further_than_needed(home: Home, online: Online) -> None:
    online.rows = tuple(space(f"N{n}", "fern", lat=53.5 + n / 1000) for n in range(50))
    answer = home.search(limit=3)
    assert (online.taken, len(answer.spaces), answer.truncated) == (4, 3, True)


def test_as_many_as_the_limit_are_all(home: Home, online: Online) -> None:
    online.rows = tuple(space(f"N{n}", "fern", lat=53.5 + n / 1000) for n in range(3))
    answer = home.search(limit=3)
    assert (len(answer.spaces), answer.truncated, answer.notes) == (3, False, [])


def test_who_fails_is_a_problem_and_the_last_answer_serves(home: Home, online: Online) -> None:
    online.rows = (space("Kai", "fern"),)
    assert [row.name for row in home.search().spaces] == ["Kai"]
    online.failure = ProviderUnavailable("down")
    answer = home.search(refresh=True)
    assert [row.name for row in answer.spaces] == ["Kai"]
    assert [problem.account for problem in answer.problems] == ["fern"]
    assert "Of fern an earlier answer is shown." in answer.notes
    with pytest.raises(ProviderUnavailable):
        home.search(accounts=("fern",), refresh=True)


def test_offline_asks_nobody_and_says_so(home: Home, online: Online) -> None:
    answer = home.search(offline=True)
    assert online.asked == []
    assert "Nobody was asked online (--offline)" in answer.notes[0]


def test_a_newer_answer_replaces_what_was_remembered(home: Home, online: Online) -> None:
    home.cache.remember([space("Alt", "fern"), space("Fremd", "anders")], 1)
    online.rows = (space("Neu", "fern", lat=53.56),)
    assert {row.name for row in home.search().spaces} == {"Neu", "Fremd"}
    assert [row.name for row in home.search(accounts=("fern",)).spaces] == ["Neu"]


def test_the_circle_is_round(home: Home) -> None:
    """The corner of the box around it lies outside; so does what is a little too far."""
    for name, lat, lon in (("Nah", 53.55, 10.1), ("Ecke", 53.63, 10.13), ("Fern", 53.65, 10.0)):
        facts = directory.SpaceFacts(name=name, lat=lat, lon=lon)
        directory.add(facts, store=home.store)
    answer = home.search(offline=True)
    assert [(row.name, row.distance_km) for row in answer.spaces] == [("Nah", 6.61)]


def test_without_a_point_the_town_decides(home: Home) -> None:
    with home.store.transaction() as journal:
        for name, town in (("Hier", "Hamburg"), ("Dort", "Bremen")):
            spaces.add(journal, Space(Ref("local", name), name, PostalAddress(None, None, town)))
    assert [row.name for row in home.search(offline=True).spaces] == ["Hier"]


# ---- twins


def north(metres: float) -> float:
    return 53.55 + metres / 111_195


@pytest.mark.parametrize(("metres", "rows"), [(0, 1), (74, 1), (76, 2), (150, 2)])
def test_twins_are_less_than_75_metres_apart(metres: float, rows: int) -> None:
    other = space("Beehive Coworking", "local", lat=north(metres))
    assert round(distance_km(53.55, 10.0, other.lat or 0, 10.0) * 1000) == metres
    merged = merge([space("Beehive"), other], rank_of)
    assert len(merged) == rows
    assert merged[0].ref.account == "local"


@pytest.mark.parametrize("metres", [70, -70])
@pytest.mark.parametrize("lat", [53.5499, 53.5500, 53.5501, 53.5519, 53.5520])
def test_twins_are_found_across_the_cells_of_the_index(metres: int, lat: float) -> None:
    pair = [space("Beehive", lat=lat), space("Beehive", "local", lat=lat + metres / 111_195)]
    assert len(merge(pair, rank_of)) == 1
    wide = [space("Beehive"), space("Beehive", "local", lon=10.0 + metres / 66_100)]
    assert len(merge(wide, rank_of)) == 1


def test_the_first_ref_in_our_order_wins_and_gaps_are_filled() -> None:
    rows = [
        space("A", "openfairdb", phone="1", amenities={"wifi": None, "coffee": True}),
        space("A", "osm", phone="2", website="w", hours=Hours("24/7")),
        space("A", "coworkingview", price_from=Price(Money(1000), "day")),
        space("A", "hafen", amenities={"wifi": True, "dogs": None}, email="e"),
        space("A", "local", kinds=("day",), address=PostalAddress(None, None, "Ulm")),
    ]
    for order in (rows, rows[::-1]):
        (one,) = merge(order, rank_of)
        assert one.ref.account == "local"
        accounts = [source.account for source in one.sources]
        assert accounts == ["local", "hafen", "coworkingview", "osm", "openfairdb"]
        assert (one.phone, one.website, one.email) == ("2", "w", "e")
        assert one.amenities == {"wifi": True, "coffee": True, "dogs": None}
        assert (one.hours.text, one.kinds, one.address.city) == ("24/7", ("day",), "Ulm")
        assert one.price_from == Price(Money(1000), "day")


# ---- filters and order


def fitting(row: Space, **filters: Any) -> tuple[str, ...] | None:
    """What is unknown of the one row, or None if it is left out."""
    kept = narrowed([row], Filters(**filters), today=TODAY, zone_of=lambda space: BERLIN)
    return kept[0].unknown if kept else None


PRICED = space(
    "P",
    prices=(Price(Money(1800), "day"), Price(Money(400), "hour")),
    price_from=Price(Money(1800), "day"),
)


@pytest.mark.parametrize(
    ("row", "filters", "unknown"),
    [
        (space("X"), {}, ()),
        (space("X"), {"amenities": ("wifi",)}, ("wifi",)),
        (space("X", amenities={"wifi": None}), {"amenities": ("wifi",)}, ("wifi",)),
        (space("X", amenities={"wifi": True}), {"amenities": ("wifi",)}, ()),
        (space("X", amenities={"wifi": False}), {"amenities": ("wifi",)}, None),
        (space("X", amenities={"wifi": False}), {"amenities": ("dogs", "wifi")}, None),
        (space("X"), {"kinds": ("day",)}, ("kind",)),
        (space("X", kinds=("room", "day")), {"kinds": ("day", "flex")}, ()),
        (space("X", kinds=("room",)), {"kinds": ("day", "flex")}, None),
        (space("X"), {"max_price": Money(1800)}, ("price",)),
        (PRICED, {"max_price": Money(1800)}, ()),
        (PRICED, {"max_price": Money(1799)}, None),
        (PRICED, {"max_price": Money(1800, "CHF")}, ("price",)),
        (PRICED, {"max_price": Money(400), "per": "hour"}, ()),
        (PRICED, {"max_price": Money(399), "per": "hour"}, None),
        (PRICED, {"max_price": Money(400), "per": "month"}, ("price",)),
        (space("X"), {"open_on": TODAY}, ("hours",)),
        (space("X", hours=Hours("Mo-Fr 09:00-17:00")), {"open_on": TODAY}, ()),
        (space("X", hours=Hours("Sa 09:00-17:00")), {"open_on": TODAY}, None),
        (space("X", hours=Hours("nach Vereinbarung")), {"open_on": TODAY}, ("hours",)),
        (space("X", hours=Hours("Mo-Fr 09:00-17:00")), {"at": time(9)}, ()),
        (space("X", hours=Hours("Mo-Fr 09:00-17:00")), {"at": time(8, 59)}, None),
        (space("X", hours=Hours("Mo-Fr 09:00-17:00")), {"at": time(17)}, None),
    ],
)
def test_a_filter_says_yes_no_or_unknown(
    row: Space, filters: dict[str, Any], unknown: tuple[str, ...] | None
) -> None:
    assert fitting(row, **filters) == unknown


def test_what_fits_stands_before_what_might() -> None:
    rows = [
        space("D", distance_km=1.0, unknown=("price",)),
        space("C", distance_km=None),
        space("B", distance_km=9.0),
        space("A", distance_km=3.0, price_from=Price(Money(2000), "day")),
        space("E", distance_km=4.0, price_from=Price(Money(900), "day")),
        space("F", distance_km=5.0, price_from=Price(Money(100), "hour")),
    ]
    names = {sort: "".join(row.name for row in ordered(rows, sort)) for sort in ("distance", "price", "name")}  # fmt: skip
    assert names == {"distance": "AEFBCD", "price": "EAFBCD", "name": "ABCEFD"}


def test_the_second_group_is_said_in_one_line() -> None:
    assert said([space("A")]) == []
    one, two = space("A", unknown=("wifi",)), space("B", unknown=("price", "wifi"))
    assert said([one]) == ["1 space might fit: wifi unknown; it stands last."]
    assert said([one, two]) == ["2 spaces might fit: wifi, price unknown; they stand last."]


def test_what_might_fit_counts_against_the_limit(home: Home, online: Online) -> None:
    known = space("Sicher", "fern", lat=53.60, amenities={"wifi": True})
    online.rows = (*(space(f"V{n}", "fern", lat=53.55 + n / 1000) for n in range(3)), known)
    answer = home.search(filters=Filters(amenities=("wifi",)), limit=2)
    assert [row.name for row in answer.spaces] == ["Sicher", "V0"]
    assert answer.truncated is True
    assert "1 space might fit: wifi unknown; it stands last." in answer.notes
    assert any("Only the first 2 are shown" in note for note in answer.notes)
