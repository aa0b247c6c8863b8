"""The spaces around a point that are on this machine: the own directory and what was seen elsewhere.

Of many, only as many are read as are shown: first where they lie, which an index tells, then the
nearest of them.
"""

from collections.abc import Callable, Iterable

from cowork_cli.domain.place import distance_km
from cowork_cli.domain.space import Space
from cowork_cli.services.spaces.asking import News
from cowork_cli.services.spaces.merging import SAME_WITHIN_KM, merge
from cowork_cli.services.spaces.where import Around
from cowork_cli.store import spaces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

OWN, SEEN = 0, 1
FIRST_LOOK = 2
"""So many rows are read at first for each that is shown; twice as many where that is too few."""


class Nearby:
    """What lies in a circle, nearest first; each row is read when it is wanted.

    `asks` says of an account whether it was asked for at all. Of one that answered now, what was seen
    there earlier no longer counts; of one whose kept answer names its spaces, only those.
    """

    def __init__(
        self,
        around: Around,
        asks: Callable[[str], bool],
        news: News,
        *,
        store: "Store",
        cache: "Cache",
    ):
        self._around, self._asks, self._news = around, asks, news
        self._store, self._cache = store, cache
        lat, lon, radius_km = around.lat, around.lon, around.radius_km
        known = [(OWN, *point) for point in spaces.points(store, lat, lon, radius_km)]
        known += [
            (SEEN, row_id, row_lat, row_lon)
            for row_id, account, row_lat, row_lon in cache.points(lat, lon, radius_km)
            if asks(account) and account not in news.answered
        ]
        placed = [(distance_km(lat, lon, *point), kind, row_id) for kind, row_id, *point in known]
        self._read_rows: list[Space] = []
        self._read_to = 0
        self._rows = sorted(row for row in placed if row[0] <= radius_km)

    def merged(
        self,
        rank_of: Callable[[str], int],
        enough: int | None,
        fits: Callable[[Space], bool] = lambda space: True,
    ) -> list[Space]:
        """Each space once; with `enough` at least the so many nearest of those that fit, None: all."""
        count = len(self._rows) if enough is None else (enough + 1) * FIRST_LOOK
        while True:
            some = merge([*self._read(count), *self._pointless(), *self._fresh()], rank_of)
            if count >= len(self._rows) or self._suffice(filter(fits, some), count, enough or 0):
                return some
            count *= 2

    def _fresh(self) -> list[Space]:
        placed = [self._around.placed(space) for space in self._news.spaces]
        return [space for space in placed if self._around.holds(space)]

    def _suffice(self, some: Iterable[Space], count: int, enough: int) -> bool:
        """Whether no row that was not read can be among the nearest, or a twin of one of them."""
        read_to = self._rows[count - 1][0]
        placed = sorted(space.distance_km for space in some if space.distance_km is not None)
        return len(placed) > enough and placed[enough] + SAME_WITHIN_KM < read_to

    def _read(self, count: int) -> list[Space]:
        """The nearest `count`; those that were read before are not read again."""
        rows = self._rows[self._read_to : count]
        self._read_to = max(self._read_to, min(count, len(self._rows)))
        own = spaces.of_rows(self._store, [row_id for _, kind, row_id in rows if kind == OWN])
        seen = self._cache.of_rows([row_id for _, kind, row_id in rows if kind == SEEN])
        known = [space for space in own if self._asks(space.ref.account)]
        known += [space for space in seen if self._named(space)]
        self._read_rows += [self._around.placed(space) for space in known]
        return self._read_rows

    def _named(self, space: Space) -> bool:
        kept = self._news.kept.get(space.ref.account)
        return kept is None or kept.identities is None or space.ref.id in kept.identities

    def _pointless(self) -> list[Space]:
        """Spaces of the directory without a point that bear the name of the middle."""
        return [
            space
            for space in spaces.without_point(self._store)
            if self._around.names(space) and self._asks(space.ref.account)
        ]
