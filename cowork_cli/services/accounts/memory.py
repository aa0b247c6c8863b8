"""The disposable memory of adapters: small private files in the cache folder, replaced whole."""

import os
from contextlib import suppress
from pathlib import Path

from cowork_cli.paths import make_private


class FileMemory:
    """One file for each name; whatever is wrong with it, it was never kept."""

    def __init__(self, folder: Path):
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """What was kept under that name, or None."""
        with suppress(OSError):
            return (self._folder / f"{name}.json").read_bytes()
        return None

    def put(self, name: str, content: bytes) -> None:
        """Keeps it instead of what was there."""
        fresh = self._folder / f"{name}.{os.getpid()}.new"
        with suppress(OSError):
            make_private(self._folder)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            fresh.replace(self._folder / f"{name}.json")
