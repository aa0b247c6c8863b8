"""Pins every package that development needs, with its hashes, for every system and Python.

Writes `requirements-dev.lock` (by `uv`, from PyPI), which `make LOCKED=1` installs. `--check` asks nobody:
it compares the lock with what `pyproject.toml` allows, and leaves with 1 if one does not fit.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
COMMAND = (
    "pip", "compile", "pyproject.toml", "--group", "dev", "--all-extras", "--universal",
    "--generate-hashes", "--python-version", "3.11", "--no-annotate", "--quiet",
    "--custom-compile-command", "make lock", "--output-file", LOCK.name,
)  # fmt: skip


def asked() -> Iterator[Requirement]:
    """What pyproject.toml names: at run time, as an extra, for development."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = told["project"]
    groups = [project["dependencies"], *project.get("optional-dependencies", {}).values()]
    for texts in (*groups, told["dependency-groups"]["dev"]):
        yield from (Requirement(text) for text in texts)


def pinned(text: str) -> dict[str, list[str]]:
    """The versions of each package in a lock; several where they differ by system or Python."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def faults() -> list[str]:
    """A line for each package that is not pinned, or to a version that is not allowed."""
    pins = pinned(LOCK.read_text(encoding="utf-8") if LOCK.is_file() else "")
    return [
        f"{one.name}{one.specifier} is pinned to {', '.join(versions) or 'nothing'}"
        for one in asked()
        for versions in [pins.get(canonicalize_name(one.name), [])]
        if not versions or not all(one.specifier.contains(version, True) for version in versions)
    ]


def main() -> int:
    """Writes or checks; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing, ask nobody")
    if parser.parse_args().check:
        told = faults()
        print("\n".join([*told, "run `make lock`"]) if told else "the lock fits")
        return 1 if told else 0
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        print("uv is needed: pip install uv")
        return 1
    return subprocess.run([uv, *COMMAND], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
