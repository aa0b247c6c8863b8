"""Where every file lies. `COWORK_HOME` moves them all.

On Linux and macOS, and on Windows where `LOCALAPPDATA` is set, the platform's folders are computed
here, because TAB and the prompt must not pay for an import; a test holds the answers equal to those
of platformdirs.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

APP = "cowork"


class Paths:
    """The four folders and the files in them. Nothing is created by asking.

    What a keystroke opens is there as text too (`…_path`): `pathlib` takes longer to load than that.
    """

    __slots__ = ("_cache", "_config", "_data", "_state")

    def __init__(
        self,
        config: str | Path,
        data: str | Path,
        cache: str | Path,
        state: str | Path,
    ):
        self._config = os.fspath(config)
        self._data = os.fspath(data)
        self._cache = os.fspath(cache)
        self._state = os.fspath(state)

    @property
    def config(self) -> Path:
        """What people set."""
        return _path(self._config)

    @property
    def data(self) -> Path:
        """The store and what is made from it."""
        return _path(self._data)

    @property
    def cache(self) -> Path:
        """What may be deleted."""
        return _path(self._cache)

    @property
    def state(self) -> Path:
        """Names for TAB, crash files."""
        return _path(self._state)

    @property
    def config_path(self) -> str:
        """`config_file` as text."""
        return os.path.join(self._config, "config.toml")

    @property
    def config_file(self) -> Path:
        """Written by people, never rewritten by us."""
        return _path(self.config_path)

    @property
    def settings_path(self) -> str:
        """`settings_file` as text."""
        return os.path.join(self._config, "settings.toml")

    @property
    def settings_file(self) -> Path:
        """Written by `init`, `config set`, `account add`."""
        return _path(self.settings_path)

    @property
    def store_path(self) -> str:
        """`store` as text."""
        return os.path.join(self._data, "cowork.db")

    @property
    def store(self) -> Path:
        """The precious one."""
        return _path(self.store_path)

    @property
    def invoices(self) -> Path:
        """Copies of issued documents; the store holds the originals."""
        return self.data / "invoices"

    @property
    def places_path(self) -> str:
        """`places` as text."""
        return os.path.join(self._data, "places")

    @property
    def places(self) -> Path:
        """Gazetteers of other countries, fetched by `place update`."""
        return _path(self.places_path)

    def gazetteers(self) -> tuple[Path, ...]:
        """Those that are there, by country."""
        return tuple(sorted(self.places.glob("[a-z][a-z].sqlite")))

    @property
    def backups_path(self) -> str:
        """`backups` as text."""
        return os.path.join(self._data, "backups")

    @property
    def backups(self) -> Path:
        """What `data backup` and migrations write."""
        return _path(self.backups_path)

    def hold(self, file: str | Path) -> bool:
        """Whether a file of that name, or what it is a link to, is one that the program keeps itself.

        A file of another name beside them is none.
        """
        place = os.path.realpath(file)
        folder, name = os.path.split(place)
        name = name.lower()  # some file systems know no case
        owned = {
            self._config: name.endswith(".toml"),
            self._data: name.startswith(os.path.basename(self.store_path)),
            self._cache: True,
            self._state: True,
            self.backups_path: name.startswith(("cowork-", "replaced-")) and os.path.lexists(place),
            os.fspath(self.invoices): name.endswith((".pdf", ".xml")) and os.path.lexists(place),
        }
        return any(
            place == kept or (folder == kept and own)
            for kept, own in ((os.path.realpath(one), own) for one, own in owned.items())
        )

    @property
    def cache_store(self) -> Path:
        """Answers of providers; may be deleted at any time."""
        return self.cache / "cache.db"

    @property
    def validators(self) -> Path:
        """Answers that are asked for again with their ETag; may be deleted at any time."""
        return self.cache / "answers"

    @property
    def issuing_lock_path(self) -> str:
        """Held by the command that issues an invoice, so that those who issue at once take turns."""
        return os.path.join(self._state, ".issuing.lock")

    @property
    def unbilled_path(self) -> str:
        """What can be billed, summed up."""
        return os.path.join(self._state, "unbilled.tsv")

    @property
    def pointer_path(self) -> str:
        """Which local copy is that of the store on a server, for who reads no settings."""
        return os.path.join(self._state, "copy")

    @property
    def has_pointer(self) -> bool:
        """Whether the store of this home was on a server when last seen."""
        return os.path.exists(self.pointer_path)

    @property
    def away_path(self) -> str:
        """Which server has just let somebody wait in vain."""
        return os.path.join(self._state, "away")

    @property
    def names_path(self) -> str:
        """`names` as text."""
        return os.path.join(self._state, "names.tsv")

    @property
    def names(self) -> Path:
        """Names for completion, readable without SQLite."""
        return _path(self.names_path)


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)


def locate(env: Mapping[str, str], home: str | None = None, platform: str = sys.platform) -> Paths:
    """The folders for this environment; `home` (the option) wins over `COWORK_HOME`."""
    chosen = home or env.get("COWORK_HOME")
    if chosen:
        root = os.path.abspath(os.path.expanduser(chosen))  # no resolve: links stay as they are
        return Paths(*(os.path.join(root, room) for room in ("config", "data", "cache", "state")))
    if platform == "win32":
        return _windows(env)
    user = _plain(env.get("HOME") or os.path.expanduser("~"))
    if platform == "darwin":
        support = f"{user}/Library/Application Support"
        return Paths(
            _xdg(env, "XDG_CONFIG_HOME", support),
            _xdg(env, "XDG_DATA_HOME", support),
            _xdg(env, "XDG_CACHE_HOME", f"{user}/Library/Caches"),
            _xdg(env, "XDG_STATE_HOME", support),
        )
    return Paths(
        _xdg(env, "XDG_CONFIG_HOME", f"{user}/.config"),
        _xdg(env, "XDG_DATA_HOME", f"{user}/.local/share"),
        _xdg(env, "XDG_CACHE_HOME", f"{user}/.cache"),
        _xdg(env, "XDG_STATE_HOME", f"{user}/.local/state"),
    )


def _xdg(env: Mapping[str, str], variable: str, default: str) -> str:
    value = env.get(variable, "").strip()
    # The XDG base directory specification: relative values are to be ignored.
    return f"{_plain(value) if value.startswith('/') else default}/{APP}"


def _plain(folder: str) -> str:
    """Without doubled, trailing and idle parts, as `pathlib` has it."""
    parts = [part for part in folder.split("/") if part not in ("", ".")]
    return "/" * folder.startswith("/") + "/".join(parts)


def _windows(env: Mapping[str, str]) -> Paths:
    from pathlib import Path

    local = env.get("LOCALAPPDATA")
    if not local:
        import platformdirs

        local = str(Path(platformdirs.user_data_dir(APP, appauthor=False)).parent)
    root = Path(local) / APP
    return Paths(root, root, root / "Cache", root)


def uri_of(path: str) -> str:
    """A full path as `file:` URI, as `Path.as_uri` has it."""
    idle = path.replace("/", "").replace(".", "").replace("-", "").replace("_", "")
    if path.startswith("/") and idle.isascii() and idle.isalnum():
        return "file://" + path
    return _path(path).as_uri()


def make_private(folder: Path) -> Path:
    """Creates `folder` with mode 0700 where it is missing, and those above it, and returns it.

    As the XDG Base Directory Specification 0.8 wants it of folders that are not there yet.
    """
    if not folder.parent.is_dir():
        make_private(folder.parent)  # `parents=True` would give them the mode of any folder
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def flush_folder(folder: Path) -> None:
    """Makes a rename in `folder` outlast a power cut, where the system can."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_private(path: Path, content: bytes) -> None:
    """Replaces `path` with `content`, whole or not at all, mode 0600, it and its name flushed to the disk."""
    put_in_place(written_beside(path, content), path)


def written_beside(path: Path, content: bytes) -> Path:
    """A private file with `content` beside `path`, flushed: what may fail for want of room is done then."""
    make_private(path.parent)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def put_in_place(part: Path, path: Path) -> None:
    """Makes the file beside `path` the one at `path`; it is gone where that fails."""
    from contextlib import suppress  # not above: what a keystroke asks writes nothing

    try:
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # a file system that flushes no folders
        flush_folder(path.parent)
