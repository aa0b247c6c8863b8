"""`paths.locate` computes the platform's folders itself; here its answers are held to platformdirs'."""

import os
import sys
from pathlib import Path, PureWindowsPath

import platformdirs.macos
import platformdirs.unix
import platformdirs.windows
import pytest

from cowork_cli.paths import APP, Paths, locate

USER = "/users/erika"
XDG = {
    "XDG_CONFIG_HOME": "/x/config",
    "XDG_DATA_HOME": "/x/data",
    "XDG_CACHE_HOME": "/x/cache",
    "XDG_STATE_HOME": "/x/state",
}
WORLDS = [
    {"HOME": USER},
    {"HOME": USER, **XDG},
    {"HOME": USER, "XDG_CONFIG_HOME": "/only/config"},
    {"HOME": USER, "XDG_DATA_HOME": ""},
    {"HOME": USER, "XDG_CACHE_HOME": "  "},
    {"HOME": USER, "XDG_STATE_HOME": "relative/state"},
]


def answers(found: platformdirs.api.PlatformDirsABC) -> tuple[str, ...]:
    folders = found.user_config_dir, found.user_data_dir, found.user_cache_dir, found.user_state_dir
    return tuple(os.path.normpath(folder) for folder in folders)


def ours(paths: Paths) -> tuple[str, ...]:
    return tuple(str(path) for path in (paths.config, paths.data, paths.cache, paths.state))


@pytest.fixture
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    env: dict[str, str] = request.param
    for name in ("COWORK_HOME", *XDG):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return env


@pytest.mark.skipif(os.name == "nt", reason="folders of Unix, asked on Unix")
@pytest.mark.parametrize("world", WORLDS, indirect=True, ids=lambda env: ",".join(env))
def test_linux(world: dict[str, str]) -> None:
    assert ours(locate(world, platform="linux")) == answers(platformdirs.unix.Unix(APP, False))


@pytest.mark.skipif(os.name == "nt", reason="folders of macOS, asked on Unix")
@pytest.mark.parametrize(
    "world",
    WORLDS,
    indirect=True,
    ids=lambda env: ",".join(env),
)
def test_macos(world: dict[str, str]) -> None:
    assert ours(locate(world, platform="darwin")) == answers(platformdirs.macos.MacOS(APP, False))


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    local = r"C:\Users\erika\AppData\Local"
    asked = []

    def folder(name: str) -> str:
        asked.append(name)
        return local

    monkeypatch.setattr(platformdirs.windows, "get_win_folder", folder)
    theirs = answers(platformdirs.windows.Windows(APP, False))
    assert set(asked) == {"CSIDL_LOCAL_APPDATA"}
    found = ours(locate({"LOCALAPPDATA": local}, platform="win32"))
    assert [PureWindowsPath(path) for path in found] == [PureWindowsPath(path) for path in theirs]


def test_windows_without_the_variable_asks_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: f"/asked/{APP}")
    assert locate({}, platform="win32").data == Path("/asked") / APP


def test_this_platform() -> None:
    env = {name: value for name, value in os.environ.items() if name != "COWORK_HOME"}
    assert ours(locate(env, platform=sys.platform)) == answers(
        platformdirs.PlatformDirs(APP, False)
    )


def test_one_folder_for_everything_and_the_option_wins(tmp_path: Path) -> None:
    env = {"COWORK_HOME": str(tmp_path / "variable"), **XDG}
    assert ours(locate(env)) == tuple(
        str(tmp_path / "variable" / name) for name in ("config", "data", "cache", "state")
    )
    assert locate(env, str(tmp_path / "option")).data == tmp_path / "option" / "data"
