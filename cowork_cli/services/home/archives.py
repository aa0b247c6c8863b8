"""Zip files of ours, backups and exports: how their members are written, and what a damaged one says."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# The earliest day that a zip file can name: for one that must not tell when it was made.
TIMELESS = (1980, 1, 1, 0, 0, 0)


_MOST_TEXT = 16 << 20  # settings and manifests are a few kilobytes


def text_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member that is read into memory. Raises ValueError for one that unpacks to more than any of ours."""
    with archive.open(name) as source:
        content = source.read(_MOST_TEXT + 1)
    if len(content) > _MOST_TEXT:
        raise ValueError(f"{name} is larger than {_MOST_TEXT >> 20} MB")
    return content


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
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise raised(str(error).strip("'\"")) from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise raised(str(error)) from None
        raise
