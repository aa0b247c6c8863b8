"""Where every file lies. `COWORK_HOME` moves them all.

On Linux and macOS, and on Windows where `LOCALAPPDATA` is set, the platform's folders are computed
here, because TAB and the prompt must not pay for an import; a test holds the answers equal to those
of platformdirs.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

APP = "cowork"


class Paths:
    """The four folders and the files in them. Nothing is created by asking."""

    __slots__ = ("cache", "config", "data", "state")

    def __init__(self, config: Path, data: Path, cache: Path, state: Path):
        self.config = config
        self.data = data
        self.cache = cache
        self.state = state

    @property
    def config_file(self) -> Path:
        """Written by people, never rewritten by us."""
        return self.config / "config.toml"

    @property
    def settings_file(self) -> Path:
        """Written by `init`, `config set`, `account add`."""
        return self.config / "settings.toml"

    @property
    def store(self) -> Path:
        """The precious one."""
        return self.data / "cowork.db"

    @property
    def invoices(self) -> Path:
        """Copies of issued documents; the store holds the originals."""
        return self.data / "invoices"

    @property
    def backups(self) -> Path:
        """What `data backup` and migrations write."""
        return self.data / "backups"

    @property
    def cache_store(self) -> Path:
        """Answers of providers; may be deleted at any time."""
        return self.cache / "cache.db"

    @property
    def names(self) -> Path:
        """Names for completion, readable without SQLite."""
        return self.state / "names.tsv"


def locate(env: Mapping[str, str], home: str | None = None, platform: str = sys.platform) -> Paths:
    """The folders for this environment; `home` (the option) wins over `COWORK_HOME`."""
    chosen = home or env.get("COWORK_HOME")
    if chosen:
        root = Path(os.path.abspath(os.path.expanduser(chosen)))  # noqa: PTH100, PTH111 - no resolve
        return Paths(root / "config", root / "data", root / "cache", root / "state")
    if platform == "win32":
        return _windows(env)
    user = Path(env.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111
    if platform == "darwin":
        support = user / "Library" / "Application Support" / APP
        return Paths(
            _xdg(env, "XDG_CONFIG_HOME", support.parent),
            _xdg(env, "XDG_DATA_HOME", support.parent),
            _xdg(env, "XDG_CACHE_HOME", user / "Library" / "Caches"),
            _xdg(env, "XDG_STATE_HOME", support.parent),
        )
    return Paths(
        _xdg(env, "XDG_CONFIG_HOME", user / ".config"),
        _xdg(env, "XDG_DATA_HOME", user / ".local" / "share"),
        _xdg(env, "XDG_CACHE_HOME", user / ".cache"),
        _xdg(env, "XDG_STATE_HOME", user / ".local" / "state"),
    )


def _xdg(env: Mapping[str, str], variable: str, default: Path) -> Path:
    value = env.get(variable, "").strip()
    # The XDG base directory specification: relative values are to be ignored.
    return (Path(value) if value.startswith("/") else default) / APP


def _windows(env: Mapping[str, str]) -> Paths:
    local = env.get("LOCALAPPDATA")
    if not local:
        import platformdirs

        local = str(Path(platformdirs.user_data_dir(APP, appauthor=False)).parent)
    root = Path(local) / APP
    return Paths(root, root, root / "Cache", root)


def make_private(folder: Path) -> Path:
    """Creates `folder` with mode 0700 where it is missing, and returns it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Replaces `path` with `content`, whole or not at all, mode 0600, flushed to the disk."""
    make_private(path.parent)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
