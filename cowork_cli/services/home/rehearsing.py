"""A change tried on a copy of the home, so that what it would do can be shown before it is done."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cowork_cli.config import Config
from cowork_cli.paths import Paths, locate


@contextmanager
def rehearsal(paths: Paths, on_server: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """A throwaway home with the settings and a consistent copy of the store; no secrets, no documents.

    `on_server` makes the copy of a store that is kept on one; the home that comes has it as its own file.
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
        if on_server is not None:
            Config(locate({"COWORK_HOME": name})).write({"store.url": None})
            on_server(home / "data" / paths.store.name)
        elif paths.store.is_file():
            copy_present(paths.store, paths.backups, home / "data" / paths.store.name)
        yield home
