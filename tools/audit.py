"""What can be said of our dependencies without a network: hashes, and weaknesses that are known here.

`python tools/audit.py` leaves with 1 where a version of `requirements-dev.lock` has no hash, or where one that
is locked, or that pyproject.toml still allows, has a weakness of `tools/advisories.toml`.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE
)
Advisories = list[dict[str, Any]]


def locked(lock: str) -> Iterator[tuple[str, Version, bool]]:
    """Name and version of each line of a lock, and whether a hash stands by it."""
    for pinned in _PINNED.finditer(lock):
        yield (
            canonicalize_name(pinned["name"]),
            Version(pinned["version"]),
            "--hash=sha256:" in pinned["rest"],
        )


def allowed(project: dict[str, Any]) -> Iterator[tuple[str, Version]]:
    """Name and lowest version of each package that a user may have installed, extras too."""
    lines = list(project["dependencies"])
    for extra in project.get("optional-dependencies", {}).values():
        lines += extra
    for line in lines:
        wanted = Requirement(line)
        for bound in wanted.specifier:
            if bound.operator in (">=", "==", "~="):
                yield canonicalize_name(wanted.name), Version(bound.version)


def weak(name: str, version: Version, advisories: Advisories) -> Iterator[str]:
    """The weaknesses of a version, one line each."""
    for known in advisories:
        if canonicalize_name(known["package"]) == name and version < Version(known["below"]):
            yield f"{name} {version}: {known['what']} ({known['id']}, mended in {known['below']})"


def findings(lock: str, project: dict[str, Any], advisories: Advisories) -> list[str]:
    """Everything that is to be mended."""
    found = []
    for name, version, hashed in locked(lock):
        if not hashed:
            found.append(f"the lock has no hash of {name} {version}")
        found += [f"locked: {line}" for line in weak(name, version, advisories)]
    for name, version in allowed(project):
        found += [f"still allowed: {line}" for line in weak(name, version, advisories)]
    return found


def main() -> int:
    """Prints what was found."""
    known = tomllib.loads((ROOT / "tools" / "advisories.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    found = findings(lock, project, known["advisory"])
    for line in found:
        print(line)
    print(
        f"{len(list(locked(lock)))} packages, weaknesses known on {known['as_of']}: {len(found)} found"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
