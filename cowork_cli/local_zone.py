"""The name of the zone that the system lives in.

`tzlocal` knows every system; where a plain Linux or macOS says it in one place, it is read there, for
`tzlocal` takes longer to load than a timer takes. Where two places differ it has the word.
"""

import os

_OTHERS = ("var/db/zoneinfo", "etc/sysconfig/clock", "etc/conf.d/clock", "system/bin/getprop")


def system_zone(root: str = "/") -> str:
    """An IANA name, of the link `/etc/localtime` where nothing contradicts it. `root` is for tests."""
    name = _linked(root)
    if name and not any(os.path.exists(root + other) for other in _OTHERS):
        written = _written(root + "etc/timezone")
        if written is None or written == name:
            return name
    from tzlocal import get_localzone_name

    return str(get_localzone_name())


def _linked(root: str) -> str:
    try:
        return os.readlink(root + "etc/localtime").partition("/zoneinfo/")[2]
    except OSError:
        return ""


def _written(path: str) -> str | None:
    """What a file says; None where there is none, nothing where it cannot be read."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""
