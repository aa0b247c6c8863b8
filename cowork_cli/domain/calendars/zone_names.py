"""The IANA zone behind a name of a calendar: IANA itself, Outlook's names, and paths that end in one."""

from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import BadInput


def zone_behind(name: str) -> ZoneInfo | None:
    """`W. Europe Standard Time` and `/mozilla.org/20050126_1/Europe/Berlin` are Europe/Berlin.

    None for a name that nobody knows: which zone is taken then, is for the caller to say.
    """
    name = name.strip().strip('"')
    if not name:
        return None
    parts = [part for part in name.split("/") if part]
    for candidate in (name, "/".join(parts[-2:]), "/".join(parts[-3:])):
        try:
            return zone_named(candidate)
        except BadInput:
            continue
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    known = WINDOWS_TO_OLSON.get(name)
    return zone_named(known) if known else None
