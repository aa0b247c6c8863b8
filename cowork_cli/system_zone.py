"""The zone this machine is set to: the variable `TZ`, else what the system is set to.

`TZ` may be a name (`Europe/Berlin`, `:Europe/Berlin`), a path to a file of the zone database, or a
POSIX rule (`CET-1CEST,M3.5.0,M10.5.0/3`). A rule names no place: many zones have it today and had
others before, so the person is asked for one.
"""

from __future__ import annotations

import os

from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_HINT = "set yours with `cowork config set timezone Europe/Berlin`"


def system_zone(env: Mapping[str, str]) -> str:
    """The IANA name of the machine's zone. Raises BadInput naming what cannot be understood."""
    told = env.get("TZ", "")
    name = told.strip().removeprefix(":")
    if not name:
        return _of_system()
    if os.path.isabs(name):
        linked = os.path.normpath(name) == "/etc/localtime"
        found = _in_database(name) or (_of_system() if linked else None)
        if found is None:
            raise BadInput(f'TZ "{told}" is no file of the zone database', _HINT)
        return found
    try:
        return zone_named(name).key
    except BadInput:
        raise BadInput(f'TZ "{told}" does not name a time zone', _HINT) from None


def _in_database(path: str) -> str | None:
    """The zone that a path or link into the zone database stands for."""
    for place in (path, os.path.realpath(path)):
        _, folder, name = place.replace(os.sep, "/").rpartition("/zoneinfo/")
        if folder:
            try:
                return zone_named(name).key
            except BadInput:
                continue
    return None


def _of_system() -> str:
    """What the system is set to, without the variable `TZ`."""
    if found := _in_database("/etc/localtime"):
        return found
    try:
        from tzlocal import get_localzone_name

        return zone_named(get_localzone_name()).key
    except (BadInput, LookupError, ValueError, OSError):
        raise BadInput("the time zone of this machine cannot be found", _HINT) from None
