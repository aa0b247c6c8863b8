"""A tour: several spaces on one day. The order that ends first, each within its opening hours. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.zones import plus
from cowork_cli.records import dataclass

MOST_STOPS = 12


@dataclass(frozen=True, slots=True)
class TourStop:
    """One stop. `way_s` and `way_km` are of the way there, estimates; None for the first without a start.

    `open` is what the opening hours say: `open`, `unknown`.
    """

    number: int
    space_ref: Ref
    space_name: str
    arrive: datetime
    leave: datetime
    open: str
    way_s: int | None
    way_km: str | None
    address: str | None
    hours: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Tour:
    """The tour of a day. `estimate` says how the ways were reckoned; `left_out` are spaces without a time."""

    date: date
    mode: str
    estimate: str
    stops: tuple[TourStop, ...]
    way_s: int
    left_out: tuple[str, ...]


Windows = Sequence[tuple[datetime, datetime]]


def visit_from(
    windows: Windows, ready: datetime, stay: timedelta, until: datetime
) -> datetime | None:
    """The first instant from `ready` on that leaves the whole stay within opening hours; None for none."""
    for begin, end in windows:
        start = max(begin, ready)
        if plus(start, stay) <= min(end, until):
            return start
    return None


def best_order(
    windows: Sequence[Windows],
    begin: datetime,
    until: datetime,
    stay: timedelta,
    way: Callable[[int | None, int], int],
) -> tuple[list[int], list[datetime]] | None:
    """The order in which the most spaces are seen and that ends first; with the start of each. None for no space.

    `way(a, b)` is in seconds, `a` None for the start. Who comes earlier can wait, so that of all ways to
    have seen the same spaces and be at the same one only the earliest counts (Held and Karp, 1962).
    """
    count = len(windows)
    ends: dict[tuple[int, int], tuple[datetime, datetime, int | None]] = {}
    for b in range(count):
        ready = plus(begin, timedelta(seconds=way(None, b)))
        if (start := visit_from(windows[b], ready, stay, until)) is not None:
            ends[1 << b, b] = (plus(start, stay), start, None)
    for seen in range(1, 1 << count):
        for a in range(count):
            if (seen, a) not in ends:
                continue
            left = ends[seen, a][0]
            for b in range(count):
                if seen & 1 << b:
                    continue
                ready = plus(left, timedelta(seconds=way(a, b)))
                start = visit_from(windows[b], ready, stay, until)
                key = (seen | 1 << b, b)
                if start is not None and (key not in ends or plus(start, stay) < ends[key][0]):
                    ends[key] = (plus(start, stay), start, a)
    return _walked_back(ends)


def _walked_back(
    ends: dict[tuple[int, int], tuple[datetime, datetime, int | None]],
) -> tuple[list[int], list[datetime]] | None:
    if not ends:
        return None
    seen, last = min(ends, key=lambda key: (-key[0].bit_count(), ends[key][0]))
    here: int | None = last
    order, starts = [], []
    while here is not None:
        _, start, before = ends[seen, here]
        order.append(here)
        starts.append(start)
        seen, here = seen & ~(1 << here), before
    return order[::-1], starts[::-1]
