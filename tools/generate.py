"""Writes every file that is made: completions, reference pages, manual page, the schema in one.

`python tools/generate.py` writes them, `--check` only compares and leaves with 1 if one is not up
to date. What is written depends on nothing but the code: no date, no terminal, no home.
"""

import argparse
import difflib
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["COLUMNS"] = "80"
os.environ["TERMINAL_WIDTH"] = "80"

from tools.generators import (  # noqa: E402
    bash,
    einvoice_rules,
    fish,
    manual,
    powershell,
    reference,
    schema,
    tree,
    zsh,
)

FILES: dict[str, Callable[[tuple[tree.Command, ...]], str]] = {
    "completions/cowork.bash": bash.generate,
    "completions/_cowork": zsh.generate,
    "completions/cowork.fish": fish.generate,
    "completions/cowork.ps1": powershell.generate,
    "docs/reference/commands.md": reference.commands,
    "docs/reference/json.md": reference.json_fields,
    "docs/reference/columns.md": reference.columns,
    "docs/reference/exit-codes.md": reference.exit_codes,
    "docs/reference/settings.md": reference.settings,
    "docs/reference/environment.md": reference.environment,
    "docs/reference/providers.md": reference.providers,
    "docs/reference/einvoice-rules.md": einvoice_rules.page,
    "docs/reference/cowork.1": manual.generate,
    "cowork_cli/store/schema.sql": schema.generate,
}
SHOWN = 12


def generated(*, partial: bool = False) -> dict[Path, str]:
    """Path and content of every generated file."""
    commands = tree.commands(partial=partial)
    return {ROOT / name: make(commands) for name, make in FILES.items()}


def outdated(files: dict[Path, str]) -> list[str]:
    """A few lines for each file that differs from what it should be."""
    found = []
    for path, wanted in files.items():
        present = path.read_text(encoding="utf-8") if path.is_file() else ""
        if present != wanted:
            name = path.relative_to(ROOT).as_posix()
            lines = list(
                difflib.unified_diff(
                    present.splitlines(), wanted.splitlines(), name, "generated", lineterm="", n=0
                )
            )
            more = [f"… and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
            found.append("\n".join([f"{name} is not up to date", *lines[:SHOWN], *more]))
    return found


def main() -> int:
    """Writes or checks; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--partial", action="store_true", help="leave out what does not load")
    arguments = parser.parse_args()
    files = generated(partial=arguments.partial)
    differences = outdated(files)
    if arguments.check:
        if differences:
            print("\n\n".join([*differences, "run `python tools/generate.py`"]))
        return 1 if differences else 0
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(differences)} of {len(files)} files were written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main())
