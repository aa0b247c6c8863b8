"""Zip files of ours, backups and exports: how their members are written, and what a damaged one says."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# The earliest day that a zip file can name: for one that must not tell when it was made.
TIMELESS = (1980, 1, 1, 0, 0, 0)


def member(name: str, at: tuple[int, int, int, int, int, int] = TIMELESS) -> zipfile.ZipInfo:
    """A member that only its owner may read, packed."""
    info = zipfile.ZipInfo(name, at)
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@contextmanager
def damage(raised: Callable[[str], Exception]) -> Iterator[None]:
    """Whatever a damaged zip file, or JSON in it, makes Python say becomes `raised` of the reason."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise raised(str(error).strip("'\"")) from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise raised(str(error)) from None
        raise
