"""Fetching a region to this machine, so that searches in it need no network.

The region is cut into squares, and each is asked for by the circle around it: small questions, one after
another, as the operators of open data ask. Each part is kept as it comes; who interrupts goes on with
the next one later. When all parts are there, what was not seen again is forgotten.
"""

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cowork_cli.domain.place import KM_PER_DEGREE, distance_km
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import CoworkError, Unsupported
from cowork_cli.services.spaces.asking import FRESH_S, LOCAL, all_failed
from cowork_cli.services.spaces.results import Synced
from cowork_cli.services.spaces.where import Around
from cowork_cli.store.cache import Asked

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.store.cache import Cache

SIDE_KM = 40.0
EVERYTHING = 1_000_000
"""More than any circle holds: all of it is wanted."""


def sync(
    around: Around,
    chosen: tuple[str, ...],
    *,
    accounts: "Accounts",
    cache: "Cache",
    now_s: int,
    tell: Callable[[str], None],
    disclosure: "Disclosure | None" = None,
    anew: bool = False,
) -> tuple[list[Synced], list[CoworkError]]:
    """Fetches the region from the accounts that are on, or those chosen; who failed, behind it.

    `tell` is given the progress. With `anew` parts that are there already are fetched again. Raises
    Unsupported if there is nobody to ask, and the gravest error if nobody answered at all.
    """
    names = [name for name in accounts.enabled("search", chosen) if name != LOCAL]
    if not names:
        raise Unsupported(
            "no online directory is switched on, so there is nothing to fetch",
            "switch one on with `cowork account add osm --set enabled=true`",
        )
    if disclosure is not None:
        what = f"points within {around.radius_km:g} km of {around.lat:.4f}, {around.lon:.4f}"
        disclosure.before([accounts.endpoint(name) for name in names], what)
    done, problems = [], []
    for name in names:
        region = _Region(name, around, accounts=accounts, cache=cache, now_s=now_s, anew=anew)
        try:
            region.fetch(tell)
        except CoworkError as problem:
            problem.account = problem.account or name
            problems.append(problem)
        done.append(region.outcome())
    if problems and len(problems) == len(names) and not any(row.done for row in done):
        raise all_failed(problems, around)
    return done, problems


class _Region:
    """One account's share."""

    def __init__(
        self,
        name: str,
        around: Around,
        *,
        accounts: "Accounts",
        cache: "Cache",
        now_s: int,
        anew: bool,
    ):
        endpoint = accounts.endpoint(name)
        self._asked = Asked(name, endpoint, around.lat, around.lon, around.radius_km)
        self._parts = list(parts(around))
        self._accounts, self._cache, self._now_s = accounts, cache, now_s
        self._there = {} if anew else cache.parts_fetched(self._asked, now_s - FRESH_S)
        self._spaces = 0
        self._asked_now = 0

    def fetch(self, tell: Callable[[str], None]) -> None:
        """Asks for the parts that are not there yet."""
        name, count = self._asked.account, len(self._parts)
        if self._there:
            tell(f"{name}: goes on, {len(self._there)} of {count} parts are there.")
        for number, query in enumerate(self._parts):
            if number in self._there:
                continue
            found = list(self._accounts.searcher(name).search(query))
            self._cache.part_fetched(self._asked, number, found, self._now_s)
            self._there[number] = self._now_s
            self._spaces += len(found)
            self._asked_now += 1
            tell(f"{name}: {len(self._there)} of {count} parts, {self._spaces} spaces.")
        self._cache.region_fetched(self._asked, min(self._there.values()))

    def outcome(self) -> Synced:
        asked = self._asked
        held = self._cache.count_within(asked.account, asked.lat, asked.lon, asked.radius_km)
        return Synced(asked.account, held, len(self._parts), len(self._there), self._asked_now)


def parts(around: Around) -> Iterator[SpaceQuery]:
    """Circles that cover the one given, nearest to its middle first; one that holds it if it is small."""
    reach = SIDE_KM / math.sqrt(2)
    if around.radius_km <= reach:
        yield SpaceQuery(around.lat, around.lon, around.radius_km, limit=EVERYTHING)
        return
    steps = math.ceil((around.radius_km - SIDE_KM / 2) / SIDE_KM)
    cells = [(y, x) for y in range(-steps, steps + 1) for x in range(-steps, steps + 1)]
    for y, x in sorted(cells, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell)):
        lat = around.lat + y * SIDE_KM / KM_PER_DEGREE
        if abs(lat) > 89:
            continue
        # By the edge nearer to the pole columns lie closer: measured at the wider one, none is missed.
        edge = max(0.0, abs(lat) - SIDE_KM / 2 / KM_PER_DEGREE)
        lon = around.lon + x * SIDE_KM / (KM_PER_DEGREE * math.cos(math.radians(edge)))
        lon = (lon + 180) % 360 - 180
        if distance_km(around.lat, around.lon, lat, lon) <= around.radius_km + reach:
            yield SpaceQuery(lat, lon, reach, limit=EVERYTHING)
