"""What the two providers of calendars share: free time between busy times, and the desks of an account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Window
from cowork_cli.domain.calendars.reading import Busy
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, Desk, Slot
from cowork_cli.errors import ConfigError


@dataclass(frozen=True, slots=True)
class DeskSetting:
    """What the setting `desks` says of one: `elbe=room:8`, `spree=desk`, `haus-b/elbe=room`."""

    space: str
    name: str
    kind: str = "desk"
    capacity: int | None = None

    def desk(self, account: str, shown: str | None = None) -> Desk:
        """As the domain knows it; `shown` is a better name for it."""
        space = Ref(account, self.space)
        ref = Ref(account, f"{self.space}/{self.name}")
        return Desk(ref, space, shown or self.name, self.kind, self.capacity)


def desk_settings(given: object, account: str, space: str) -> list[DeskSetting]:
    """The setting `desks`; `space` is where one lies that names none. Raises ConfigError."""
    entries = given if isinstance(given, list | tuple) else [given] if given else []
    return [_desk_setting(str(entry), account, space) for entry in entries]


def _desk_setting(entry: str, account: str, space: str) -> DeskSetting:
    place, _, facts = entry.strip().partition("=")
    where, _, name = place.rpartition("/")
    kind, _, capacity = facts.partition(":")
    fine = name and kind in ("", *DESK_KINDS) and (not capacity or capacity.isdecimal())
    if not fine or (capacity and int(capacity) < 1):
        raise ConfigError(
            f'account "{account}": "{entry}" does not describe a desk',
            f"write it as in `cowork account add {account} --set desks=spree=desk,elbe=room:8`",
            account=account,
        )
    return DeskSetting(where or space, name, kind or "desk", int(capacity) if capacity else None)


def zone_of(window: Window) -> ZoneInfo:
    """The zone of the space, in which a window is told."""
    zone = window.from_.tzinfo
    assert isinstance(zone, ZoneInfo), "a window is told in the zone of its space"
    return zone


def free_between(window: Window, busy: Iterable[Busy]) -> Sequence[Slot]:
    """What the busy times leave of a window, in its zone."""
    zone = zone_of(window)
    cursor, end = window.from_.astimezone(UTC), window.to.astimezone(UTC)
    slots: list[tuple[datetime, datetime]] = []
    for taken in sorted(busy, key=lambda one: one.from_):
        if taken.from_ > cursor:
            slots.append((cursor, min(taken.from_, end)))
        cursor = max(cursor, taken.to)
    slots.append((cursor, end))
    return [Slot(a.astimezone(zone), b.astimezone(zone)) for a, b in slots if a < b]
