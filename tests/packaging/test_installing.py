"""Built and installed as people do: by pip, pipx and uv, with the oldest and the newest of what it needs.

Run by `make packaging`. Packages come from PyPI; each test is skipped, with the reason, where that is
not reached. Pythons are those of this machine from 3.11 on; one that is not there is skipped, too.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli import DISTRIBUTION, __version__
from tools import licences, lock

pytestmark = pytest.mark.packaging
ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
LIMIT = 900  # seconds, for one program that downloads
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LEFT_OUT = (
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
)
IMPORT_ALL = """
import importlib, pkgutil, cowork_cli
for found in pkgutil.walk_packages(cowork_cli.__path__, "cowork_cli."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
"""


def run(
    *words: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Runs a program and expects it to succeed."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=env or bare(cwd),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done


def bare(folder: Path) -> dict[str, str]:
    """The world of somebody who has just logged in, at home in `folder`; the way to PyPI is kept."""
    kept = ("PIP_", "UV_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy")
    return {
        **{name: value for name, value in os.environ.items() if name.startswith(kept)},
        "HOME": str(folder),
        "PATH": f"{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "COWORK_HOME": str(folder / "office"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


@pytest.fixture(scope="module", autouse=True)
def pypi() -> None:
    """Skips the module where PyPI is not reached, or the programs are not there."""
    if not (TOOLS / "uv").exists():
        pytest.skip("uv, pipx and build are not installed: run `make packaging`")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "index", "versions", "tomli-w"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip(f"PyPI is not reached: {done.stderr.strip().splitlines()[-1:]}")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a fresh clone holds; nothing that was built or installed lies in it."""
    folder = tmp_path_factory.mktemp("clone") / "cowork"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return folder


@pytest.fixture(scope="module")
def built(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(TOOLS / "python", "-m", "build", "--outdir", folder, clone)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return {"sdist": sdist, "wheel": wheel}


def interpreter(version: str) -> Path | None:
    """A Python of that version that runs; shims of a version that is not switched on do not."""
    folders = [
        *os.environ["PATH"].split(os.pathsep),
        *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin")),
    ]
    for folder in folders:
        path = Path(folder) / f"python{version}"
        if path.is_file():
            done = subprocess.run([path, "-c", ""], capture_output=True, timeout=60, check=False)
            if done.returncode == 0:
                return path
    return None


def works(cowork: Path, home: Path) -> None:
    """The installed command says its version and does the whole job."""
    assert run(cowork, "--version", cwd=home).stdout == f"cowork {__version__}\n"
    assert '"status": "ok"' in run(cowork, "demo", "--json", cwd=home).stdout


@pytest.mark.parametrize(
    ("version", "kind"), [("3.11", "wheel"), ("3.11", "sdist"), ("newest", "wheel")]
)
@pytest.mark.parametrize("age", ["lowest-direct", "highest"])
def test_it_is_whole_with_the_oldest_and_the_newest_of_what_it_needs(
    built: dict[str, Path], tmp_path: Path, version: str, kind: str, age: str
) -> None:
    python = interpreter(newest() if version == "newest" else version)
    if python is None:
        pytest.skip(f"Python {version} is not on this machine")
    place = tmp_path / "venv"
    run(TOOLS / "uv", "venv", "--quiet", "--python", python, place, cwd=tmp_path)
    inside = place / "bin" / "python"
    run(
        TOOLS / "uv", "pip", "install", "--quiet", "--python", inside, "--resolution", age,
        f"{built[kind]}[mcp,postgresql]", cwd=tmp_path,
    )  # fmt: skip
    run(TOOLS / "uv", "pip", "check", "--python", inside, cwd=tmp_path)
    run(inside, "-W", "ignore", "-c", IMPORT_ALL, cwd=tmp_path)
    works(place / "bin" / "cowork", tmp_path)


def newest() -> str:
    return next(version for version in reversed(PYTHONS) if interpreter(version))


@pytest.mark.parametrize("kind", ["sdist", "wheel"])
def test_plain_pip_installs_it_and_finds_nothing_wrong(
    built: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    inside = tmp_path / "venv" / "bin"
    run(inside / "python", "-m", "pip", "install", "--quiet", built[kind], cwd=tmp_path)
    assert "No broken requirements" in run(inside / "python", "-m", "pip", "check").stdout
    works(inside / "cowork", tmp_path)
    share = tmp_path / "venv" / "share"
    for place in shared_places():
        assert (share / place).is_file(), place


def shared_places() -> Iterator[str]:
    yield "man/man1/cowork.1"
    yield "bash-completion/completions/cowork"
    yield "zsh/site-functions/_cowork"
    yield "fish/vendor_completions.d/cowork.fish"


def test_pipx_installs_it_from_a_clone(clone: Path, tmp_path: Path) -> None:
    env = {**bare(tmp_path), "PIPX_HOME": str(tmp_path / "pipx"), "PIPX_BIN_DIR": str(tmp_path / "bin"),
           "PIPX_MAN_DIR": str(tmp_path / "man")}  # fmt: skip
    run(TOOLS / "pipx", "install", "--python", sys.executable, ".", cwd=clone, env=env)
    works(tmp_path / "bin" / "cowork", tmp_path)
    assert (tmp_path / "man" / "man1" / "cowork.1").read_text().startswith('.\\"')
    assert DISTRIBUTION in run(TOOLS / "pipx", "list", "--short", env=env).stdout


def test_uv_installs_it_from_a_clone(clone: Path, tmp_path: Path) -> None:
    env = {
        **bare(tmp_path),
        "UV_TOOL_DIR": str(tmp_path / "tools"),
        "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
    }
    run(TOOLS / "uv", "tool", "install", "--python", sys.executable, ".", cwd=clone, env=env)
    works(tmp_path / "bin" / "cowork", tmp_path)
    assert DISTRIBUTION in run(TOOLS / "uv", "tool", "list", env=env).stdout


def test_two_builds_are_the_same_bytes(clone: Path, tmp_path: Path) -> None:
    """Whatever the folder, the times of the files and the mask of the person are."""
    made = []
    for name, mask in (("one", 0o022), ("another", 0o077)):
        source = tmp_path / name / "cowork"
        before = os.umask(mask)
        try:
            shutil.copytree(clone, source, copy_function=shutil.copyfile)
            run(
                TOOLS / "python", "-m", "build", "--no-isolation", "--outdir", tmp_path / name / "dist", source,
                env={**bare(tmp_path), "SOURCE_DATE_EPOCH": "1767225600"},
            )  # fmt: skip
        finally:
            os.umask(before)
        files = sorted((tmp_path / name / "dist").iterdir())
        made.append([(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files])
    assert made[0] == made[1]
    assert len(made[0]) == 2


def test_the_sdist_carries_what_a_packager_needs(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as file:
        inside = {name.partition("/")[2] for name in file.getnames()}
    for name in ("LICENSE", "Makefile", "README.md", "pyproject.toml", "completions/_cowork",
                 "docs/reference/cowork.1", "tests/conftest.py", "tools/generate.py",
                 "requirements-dev.lock"):  # fmt: skip
        assert name in inside


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_clone(
    built: dict[str, Path], clone: Path, tmp_path: Path
) -> None:
    run(TOOLS / "python", "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, clone)
    (direct,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(direct) as one, zipfile.ZipFile(built["wheel"]) as other:
        assert one.namelist() == other.namelist()


def test_the_lock_fits_what_is_asked_for() -> None:
    assert lock.faults() == []


def test_every_licence_was_looked_at() -> None:
    packages = licences.needed()
    assert licences.not_accepted(packages) == []
    assert {"python-stdnum", "typer", "pywin32-ctypes"} <= packages.keys()
    assert licences.not_accepted({"x": "AGPL-3.0-only"}) == ["x: AGPL-3.0-only"]
