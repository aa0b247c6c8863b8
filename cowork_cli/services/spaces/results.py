"""What commands about spaces answer with, apart from spaces. Light: a command loads it to be built."""

from datetime import date

from cowork_cli.domain.plan import Plan
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DayHours, Desk, Skipped, Space
from cowork_cli.domain.visit import Visit
from cowork_cli.records import dataclass, field


@dataclass(frozen=True, slots=True)
class SpaceDetails(Space):
    """One space with all that belongs to it, as of `today`. `notes` and `visits` are the person's own.

    `distance_km` and `bearing_deg` (0 north, 90 east) are reckoned from `seen_from`, the name of a
    place. `week` is the next seven days, empty where no hours are known.
    """

    desks: tuple[Desk, ...] = ()
    plans: tuple[Plan, ...] = ()
    notes: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()
    week: tuple[DayHours, ...] = ()
    seen_from: str | None = None
    bearing_deg: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class MapMade:
    """A map that was written: how many spaces it shows, and how many of them have no point."""

    file: str
    spaces: int
    without_point: int


class Comparison(list[SpaceDetails]):
    """Spaces to be shown side by side; a list for every other reader."""


@dataclass(frozen=True, slots=True)
class ListedSpace(Space):
    """A space as a table shows it: `opening` says in words what its hours mean now."""

    opening: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of the directory, or would be (`removed` False)."""

    ref: Ref
    name: str
    desks: int
    removed: bool
    plans: int = 0
    visits: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class StrangeAmenity:
    """An amenity of a file that nobody knows, so that it was not stored; the known one it resembles."""

    name: str
    nearest: str | None
    spaces: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do (`dry_run`).

    `used` is heading → what it was read as, `not_used` the headings that nothing reads.
    """

    file: str
    format: str
    added: int
    updated: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    dry_run: bool
    used: dict[str, str] = field(default_factory=dict)
    not_used: tuple[str, ...] = ()
    unknown_amenities: tuple[StrangeAmenity, ...] = ()


@dataclass(frozen=True, slots=True)
class Synced:
    """What of a region is on this machine, of one account.

    `spaces` are held of it; of its `parts` so many are `done`, `fetched` of them now.
    """

    account: str
    spaces: int
    parts: int
    done: int
    fetched: int


@dataclass(frozen=True, slots=True)
class Region:
    """A region that was fetched: its middle, its radius, and what each account gave."""

    near: str
    lat: float
    lon: float
    radius_km: float
    spaces: int
    accounts: tuple[Synced, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and where."""

    file: str
    format: str
    spaces: int


@dataclass(frozen=True, slots=True)
class PlacesUpdated:
    """What is now known of a country: `without_point` rows could not be placed and are left out."""

    country: str
    places: int
    postcodes: int
    without_point: int
    source: str
    as_of: str
