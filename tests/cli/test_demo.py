"""`cowork demo`: it ends with a line that works where the person stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cowork_cli.commands import demo


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with its environment, and the person in it; nothing of it on PATH."""
    program = tmp_path / ".venv" / "bin" / "cowork"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cowork_cli "$@"\n')
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(program)])
    return program


def test_by_its_name_where_the_shell_finds_it(place: Path) -> None:
    assert demo.called(str(place.parent)) == "cowork"


def test_by_the_way_to_it_where_the_shell_finds_none_or_another(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.called("") == ".venv/bin/cowork"
    other = tmp_path / "other" / "cowork"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    assert demo.called(str(other.parent)) == ".venv/bin/cowork"
    monkeypatch.chdir(other.parent)
    assert demo.called("") == str(place)


def test_by_python_where_it_was_started_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/x/cowork_cli/__main__.py"])
    assert demo.called("") == f"{sys.executable} -m cowork_cli"


def test_the_line_works_as_it_is_shown(place: Path) -> None:
    line = demo.next_step(demo.called(""))
    typed = line.partition("type `")[2].partition("`")[0]
    done = subprocess.run(
        [*typed.split(), "--help"], capture_output=True, text=True, timeout=60, check=False,
        env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 0
    assert "cowork init" in done.stdout
    assert "pipx install ." in line
    assert "pipx" not in demo.next_step("cowork")
