"""A change tried on a copy of the home, so that what it would do can be shown before it is done."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cowork_cli.paths import Paths


@contextmanager
def rehearsal(paths: Paths) -> Iterator[Path]:
    """A throwaway home with the settings and a consistent copy of the store; no secrets, no documents.

    Raises StoreError where the store cannot be read whole.
    """
    from cowork_cli.store.engine.replace import copy_present

    with TemporaryDirectory(prefix="cowork-rehearsal-") as name:
        home = Path(name)
        (home / "config").mkdir(mode=0o700)
        (home / "data").mkdir(mode=0o700)
        for file in (paths.config_file, paths.settings_file):
            if file.is_file():
                shutil.copyfile(file, home / "config" / file.name)
        if paths.store.is_file():
            copy_present(paths.store, paths.backups, home / "data" / paths.store.name)
        yield home
