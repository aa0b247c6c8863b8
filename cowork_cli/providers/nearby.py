"""Which of the spaces an account is at lie in a circle, for platforms that cannot be searched by place."""

from collections.abc import Iterable, Iterator

from cowork_cli.domain.place import distance_km
from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.records import replace


def in_circle(spaces: Iterable[Space], query: SpaceQuery) -> Iterator[Space]:
    """Those within `query.radius_km`, nearest first; then those that do not say where they are."""
    placed: list[tuple[float, str, Space]] = []
    unplaced: list[Space] = []
    for space in spaces:
        if space.lat is None or space.lon is None:
            unplaced.append(space)
            continue
        distance = distance_km(query.lat, query.lon, space.lat, space.lon)
        if distance <= query.radius_km:
            placed.append((distance, space.ref.id, replace(space, distance_km=distance)))
    yield from (space for _, _, space in sorted(placed, key=lambda row: row[:2]))
    yield from unplaced
