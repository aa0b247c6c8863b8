"""When two rows are the same space, and what becomes of them.

The same: less than 75 m apart, of a similar name, known to different sources. The row that stays is
that of the lowest rank in `providers.registry`; what it does not know is filled in from the others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.records import replace

SAME_WITHIN_KM = 0.075
SAME_NAME = 0.8
_ADDRESS = ("street", "postcode", "city", "country")
# Words that many names share say nothing about being the same.
_COMMON = frozenset(
    [
        "coworking",
        "cowork",
        "co",
        "working",
        "space",
        "spaces",
        "work",
        "the",
        "der",
        "die",
        "das",
        "gmbh",
        "ug",
        "by",
    ]
)


def merge(known: Iterable[Space], rank_of: Callable[[str], int]) -> list[Space]:
    """One row for each space, however many sources know it; the ref of the lowest rank wins."""

    def rank(space: Space) -> tuple[int, Ref]:
        return rank_of(space.ref.account), space.ref

    merged: list[Space] = []
    cells: dict[tuple[int, int], list[int]] = {}
    refs: dict[Ref, int] = {}
    for space in sorted(known, key=rank):
        twin = refs.get(space.ref)
        if twin is not None:
            continue
        twin = _twin(space, merged, cells)
        if twin is None:
            merged.append(space)
            twin = len(merged) - 1
            if space.lat is not None and space.lon is not None:
                cells.setdefault(_cell(space.lat, space.lon), []).append(twin)
        else:
            merged[twin] = _joined(merged[twin], space)
        refs[space.ref] = twin
    return merged


def _cell(lat: float, lon: float) -> tuple[int, int]:
    """Cells of 0.002° are wider than 75 m up to 70° north, so neighbours hold every twin."""
    return int(lat // 0.002), int(lon // 0.002)


def _twin(
    space: Space, merged: Sequence[Space], cells: Mapping[tuple[int, int], Sequence[int]]
) -> int | None:
    if space.lat is None or space.lon is None:
        return None
    row, column = _cell(space.lat, space.lon)
    for cell in ((row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        for index in cells.get(cell, ()):
            other = merged[index]
            if any(source.account == space.ref.account for source in other.sources):
                continue  # one source knows its own spaces apart
            assert other.lat is not None and other.lon is not None
            near = distance_km(space.lat, space.lon, other.lat, other.lon) < SAME_WITHIN_KM
            if near and similar(space.name, other.name):
                return index
    return None


def similar(name: str, other: str) -> bool:
    """Whether two names may be one: equal but for common words, one within the other, or alike."""
    first, second = _telling(name), _telling(other)
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= SAME_NAME


def _telling(name: str) -> list[str]:
    words = fold(name).split()
    return [word for word in words if word not in _COMMON] or words


def _joined(first: Space, second: Space) -> Space:
    """`first`, with what only `second` knows."""
    address = PostalAddress(
        *(getattr(first.address, part) or getattr(second.address, part) for part in _ADDRESS)
    )
    known = {name: value for name, value in first.amenities.items() if value is not None}
    return replace(
        first,
        address=address,
        kinds=first.kinds or second.kinds,
        amenities={**first.amenities, **second.amenities, **known},
        hours=first.hours if first.hours.text else second.hours,
        price_from=first.price_from or second.price_from,
        prices=first.prices or second.prices,
        offers=first.offers or second.offers,
        website=first.website or second.website,
        phone=first.phone or second.phone,
        email=first.email or second.email,
        sources=first.sources + second.sources,
        field_sources={**_credits(second), **_credits(first)},
    )


def with_twins(space: Space, others: Iterable[Space]) -> Space:
    """`space`, with what only its twins among `others` know; the first of them comes first."""
    for other in others:
        if other.ref != space.ref and _twin(other, [space], _cells_of(space)) is not None:
            space = _joined(space, other)
    return space


def _cells_of(space: Space) -> dict[tuple[int, int], list[int]]:
    known = space.lat is not None and space.lon is not None
    return {_cell(space.lat, space.lon): [0]} if known else {}  # type: ignore[arg-type]


def detailed(space: Space, details: Mapping[Ref, Space]) -> Space:
    """A row of a search with what was asked of its sources one by one: kinds, prices, what else it lacks."""
    for source in space.sources:
        if source.ref not in details:
            continue
        more = details[source.ref]
        kinds = tuple(dict.fromkeys((*space.kinds, *more.kinds)))
        sources = space.sources
        space = replace(_joined(space, more), kinds=kinds, sources=sources)
    return space


def credited(space: Space) -> Space:
    """The space with the source of each field that is known."""
    return replace(space, field_sources=_credits(space))


def _credits(space: Space) -> dict[str, str]:
    if space.field_sources:
        return space.field_sources
    account = space.sources[0].account if space.sources else space.ref.account
    known: dict[str, object] = {
        "name": space.name,
        **{f"address.{part}": getattr(space.address, part) for part in _ADDRESS},
        "point": space.lat is not None,
        "kinds": space.kinds,
        **{f"amenities.{name}": value is not None for name, value in space.amenities.items()},
        "hours": space.hours.text,
        "price_from": space.price_from,
        **{
            name: getattr(space, name) for name in ("prices", "website", "phone", "email", "offers")
        },
    }
    return {name: account for name, value in known.items() if value}
