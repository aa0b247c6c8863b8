"""What is shipped: the wheel is built from a copy and looked into."""

import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from cowork_cli import DISTRIBUTION, __version__
from cowork_cli.commands.completion import SHELLS
from tests.bench.wheel import ROOT, built

SMALLEST_GAZETTEER = 100_000  # bytes
STEM = f"{DISTRIBUTION.replace('-', '_')}-{__version__}"
# Where pipx, uv and distributions look, and what lies there.
SHARED = {
    "share/man/man1/cowork.1": "docs/reference/cowork.1",
    "share/bash-completion/completions/cowork": "completions/cowork.bash",
    "share/zsh/site-functions/_cowork": "completions/_cowork",
    "share/fish/vendor_completions.d/cowork.fish": "completions/cowork.fish",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def test_every_module_is_inside(names: set[str]) -> None:
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cowork_cli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert modules <= names


def test_the_data_is_inside(names: set[str], wheel: Path) -> None:
    for name in (
        "cowork_cli/py.typed",
        "cowork_cli/documents/invoice.typ",
        "cowork_cli/data/gazetteer-de.sqlite",
        "cowork_cli/data/gazetteer-de.NOTICE.md",
        "cowork_cli/data/places-de.tsv",
        "cowork_cli/documents/space_map.css",
        "cowork_cli/documents/space_map.js",
        "cowork_cli/store/migrations/0001_first.sql",
    ):
        assert name in names
    with zipfile.ZipFile(wheel) as file:
        assert file.getinfo("cowork_cli/data/gazetteer-de.sqlite").file_size > SMALLEST_GAZETTEER


def test_migrations_are_numbered_without_a_gap(names: set[str]) -> None:
    numbers = sorted(
        int(match[1])
        for name in names
        if (match := re.search(r"migrations/(\d{4})_\w+\.sql", name))
    )
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_completions_are_inside_and_are_those_of_the_folder(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        for name in SHELLS.values():
            packed = file.read(f"cowork_cli/data/completions/{name}")
            assert packed == (ROOT / "completions" / name).read_bytes()


def test_nothing_else_is_inside(names: set[str]) -> None:
    outside = {name for name in names if not name.startswith("cowork_cli/")}
    assert all(
        name.startswith((f"{STEM}.dist-info/", f"{STEM}.data/data/share/")) for name in outside
    )
    assert {name for name in outside if ".data/" in name} == {
        f"{STEM}.data/data/{name}" for name in SHARED
    }
    for licence in ("LICENSE", "cowork_cli/data/gazetteer-de.NOTICE.md"):
        assert f"{STEM}.dist-info/licenses/{licence}" in outside
    for name in names:
        assert "test" not in name
        assert not name.endswith((".pyc", ".db", ".toml"))


def test_the_manual_page_and_the_completions_lie_where_systems_look(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        for place, source in SHARED.items():
            assert file.read(f"{STEM}.data/data/{place}") == (ROOT / source).read_bytes()


def test_its_metadata(wheel: Path) -> None:
    info = f"{STEM}.dist-info"
    with zipfile.ZipFile(wheel) as file:
        metadata = message_from_bytes(file.read(f"{info}/METADATA"))
        points = file.read(f"{info}/entry_points.txt").decode()
    assert metadata["Name"] == DISTRIBUTION
    assert metadata["License-Expression"] == "MIT AND ODbL-1.0"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata["Summary"]
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert "cowork = cowork_cli.main:main" in points


def test_an_unpacked_wheel_shows_its_completions(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from cowork_cli import main"
    code += "; sys.exit(main.run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "completion", "show", "zsh"],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "completions" / "_cowork").read_bytes()
