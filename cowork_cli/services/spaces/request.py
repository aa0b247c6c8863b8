"""What a search asks for, and what each account is asked for it."""

from cowork_cli.domain.space import SpaceQuery
from cowork_cli.records import dataclass, field
from cowork_cli.services.spaces.narrowing import Filters
from cowork_cli.services.spaces.where import Around, Where

# What an account cannot narrow itself is narrowed here, so more than is shown is asked for.
NARROWED = 200


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a search asks for. No `accounts` means all that are on. `refresh`: no earlier answer serves."""

    where: Where
    filters: Filters = field(default_factory=Filters)
    accounts: tuple[str, ...] = ()
    sort: str = "distance"
    limit: int = 20
    offline: bool = False
    refresh: bool = False

    def asks(self, account: str) -> bool:
        """Whether spaces of that account are asked for."""
        return not self.accounts or account in self.accounts

    @property
    def enough(self) -> int | None:
        """How many of the nearest that fit decide what is shown; None: all spaces do."""
        timed = self.filters.open_on or self.filters.at
        of_a_kind = self.filters.kinds and self.filters.priced
        plain = self.sort == "distance" and not timed and not of_a_kind
        return self.limit + 1 if plain else None


def query_for(around: Around, request: SearchRequest) -> SpaceQuery:
    """What each account is asked: one more than is shown, and many where it is narrowed here."""
    enough = request.limit + 1
    return SpaceQuery(
        around.lat,
        around.lon,
        around.radius_km,
        request.filters.kinds,
        request.filters.amenities,
        max(enough, NARROWED) if request.filters.narrow else enough,
    )
