"""What is generated is what the code says now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tools" / "generate.py"


def run(*words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(PROGRAM), *words],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_generated_file_is_up_to_date_whatever_the_terminal() -> None:
    done = run("--check", COLUMNS="40", TERM="dumb", LANG="C", COWORK_NOW="2001-01-01T00:00:00Z")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_up_to_date_is_named_with_its_difference(tmp_path: Path) -> None:
    from tools import generate

    path = generate.ROOT / "docs" / "reference" / "environment.md"
    wanted = path.read_text(encoding="utf-8")
    assert generate.outdated({path: wanted}) == []
    [told] = generate.outdated({path: wanted + "one more line\n"})
    assert told.startswith("docs/reference/environment.md is not up to date")
    assert "+one more line" in told


def test_the_manual_page_is_sound() -> None:
    page = ROOT / "docs" / "reference" / "cowork.1"
    if shutil.which("mandoc"):
        done = subprocess.run(
            ["mandoc", "-T", "lint", "-W", "warning", str(page)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        # It would differ from day to day if it had a date.
        told = [line for line in done.stdout.splitlines() if "missing date" not in line]
        assert told == []
    elif shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z", str(page)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
    else:
        pytest.skip("neither mandoc nor groff is installed")


def test_pages_link_to_headings_that_there_are() -> None:
    import re

    folder = ROOT / "docs" / "reference"
    for page in folder.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\(([\w-]*\.md)?(?:#([\w-]+))?\)", text):
            other = folder / target if target else page
            headings = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.MULTILINE)
            names = {heading.lower().replace(" ", "-") for heading in headings}
            assert not anchor or anchor in names, f"{page.name}: {target}#{anchor}"
