"""Lists the licence of everything that is installed with cowork, and refuses one that nobody looked at.

`python tools/licences.py` writes `docs/reference/licences.md`; `--check` compares, and leaves with 1 if the
page is not up to date or a licence is not in `ACCEPTED`. The licences are what the installed packages say
in their metadata; what another system would install, and this one does not, stands in `ELSEWHERE`.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "licences.md"
OWN = ("MIT", "ODbL-1.0")
# SPDX name → what it asks of who passes cowork on.
ACCEPTED = {
    "MIT": "keep the notice",
    "MIT-0": "nothing",
    "BSD-2-Clause": "keep the notice",
    "BSD-3-Clause": "keep the notice",
    "ISC": "keep the notice",
    "PSF-2.0": "keep the notice",
    "Apache-2.0": "keep the notice, say what was changed",
    "MPL-2.0": "offer the source of its files if they were changed",
    "LGPL-2.1-or-later": "leave it replaceable: it is a package of its own, imported and unchanged",
    "LGPL-3.0-only": "leave it replaceable: it is a package of its own, imported and unchanged",
    "LGPL-3.0-or-later": "leave it replaceable: it is a package of its own, imported and unchanged",
}
# What older metadata write → SPDX.
WRITTEN = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "Apache License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
# Only on Windows; as their pages on PyPI say (looked at 2026-11-28).
ELSEWHERE = {
    "colorama": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
OLDEST = {"python_version": "3.11", "python_full_version": "3.11.0"}


def needed() -> dict[str, str]:
    """Name and licence of each package that is installed with cowork on any system, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project.get("optional-dependencies", {})
    waiting = [*project["dependencies"], *(text for texts in optional.values() for text in texts)]
    known: dict[str, str] = {}
    while waiting:
        asked = Requirement(waiting.pop())
        name = canonicalize_name(asked.name)
        if name in known:
            continue
        try:
            there = distribution(name)
        except PackageNotFoundError:
            known[name] = ELSEWHERE.get(name, "not installed here")
            continue
        known[name] = licence(there)
        waiting += below(there, asked.extras)
    return dict(sorted(known.items()))


def below(there: Distribution, extras: set[str]) -> Iterator[str]:
    """What a package needs on any system, with the extras that are asked for."""
    for text in there.requires or []:
        marker = Requirement(text).marker
        worlds = ({**OLDEST, **system, "extra": one} for system in SYSTEMS for one in ("", *extras))
        if marker is None or any(marker.evaluate(world) for world in worlds):
            yield text


def licence(there: Distribution) -> str:
    """The licence in SPDX words: of the metadata's expression, text or classifiers."""
    told = there.metadata.json
    short = str(told.get("license_expression") or told.get("license") or "").strip()
    if short in ACCEPTED or " OR " in short:
        return short
    classified = [
        one.rpartition(" :: ")[2] for one in told.get("classifier", []) if one.startswith("License")
    ]
    words = [WRITTEN.get(one, one) for one in classified]
    return " OR ".join(words) or WRITTEN.get(short, short) or "not stated"


def not_accepted(packages: dict[str, str]) -> list[str]:
    """A line for each package none of whose licences was accepted."""
    return [
        f"{name}: {said}"
        for name, said in packages.items()
        if not ACCEPTED.keys() & set(said.split(" OR "))
    ]


def page(packages: dict[str, str]) -> str:
    """The whole page."""
    used = {one for said in packages.values() for one in said.split(" OR ")} & ACCEPTED.keys()
    return "\n".join(
        [
            "# Licences",
            "",
            "<!-- Made by tools/licences.py from the metadata of the packages: change that, not this. -->",
            "",
            "cowork itself is under the MIT licence; the gazetteer in it is under the ODbL",
            "([notice](../../cowork_cli/data/gazetteer-de.NOTICE.md)). None of the packages below is part of",
            "it: pip, pipx or uv fetch each of them, and each can be replaced by another version. That is",
            "what the LGPL asks for `python-stdnum`, `recurring-ical-events` and `x-wr-timezone`.",
            "",
            "| package | licence |",
            "| --- | --- |",
            *(f"| {name} | {said} |" for name, said in packages.items()),
            "",
            "| licence | what it asks of who passes cowork on with its packages |",
            "| --- | --- |",
            *(f"| {name} | {asks} |" for name, asks in ACCEPTED.items() if name in used),
            "",
        ]
    )


def main() -> int:
    """Writes or checks; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    packages = needed()
    faults = not_accepted(packages)
    for fault in faults:
        print(f"{fault}: look at it, then accept it in tools/licences.py or do without")
    wanted = page(packages)
    present = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if check and present != wanted:
        print("docs/reference/licences.md is not up to date: run `python tools/licences.py`")
        return 1
    if present != wanted:
        PAGE.write_text(wanted, encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
