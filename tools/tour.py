"""Writes the tour in the README and its picture by walking through it.

The steps are those of `cowork demo` (`cowork_cli.data.demo`), so that the README, the demo and the
test that runs both cannot tell different stories. `--check` writes nothing and fails on a difference.
"""

import io
import re
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from cowork_cli import main
from cowork_cli.data.demo import NOW, STEPS
from cowork_cli.domain.shell_words import typed

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "picture.svg"
WIDTH = 88
SHOWN = ("status", "report hours", "invoice issue", "space search")


def walk(*, colour: bool) -> list[tuple[str, tuple[str, ...], str]]:
    """Runs every step in a fresh home; returns the sentence, the words and what was printed."""
    taken = []
    with tempfile.TemporaryDirectory() as home:
        env = {
            "COWORK_HOME": home,
            "COWORK_NOW": NOW,
            "COWORK_NO_INPUT": "1",
            "COWORK_OUTPUT": "table",
            "COLUMNS": str(WIDTH),
            "TZ": "Europe/Berlin",
            **({"FORCE_COLOR": "1"} if colour else {"NO_COLOR": "1"}),
        }
        for say, words in STEPS:
            printed = io.StringIO()
            with redirect_stdout(printed), redirect_stderr(printed), patch.dict("os.environ", env):
                code = main.run(list(words), env)
            if code != 0:
                raise SystemExit(f"the tour stopped at {words}: exit {code}\n{printed.getvalue()}")
            text = printed.getvalue().replace(str(Path(home) / "data"), "~/.local/share/cowork")
            taken.append((say, words, text))
    return taken


def tour() -> str:
    """The tour as Markdown."""
    blocks = []
    for say, words, printed in walk(colour=False):
        lines = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
        blocks.append(f"{say}\n\n```console\n$ cowork {typed(words)}\n{lines}\n```\n")
    return "\n".join(blocks)


def picture() -> str:
    """A terminal with some of the steps, as SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    for _, words, printed in walk(colour=True):
        if " ".join(words).startswith(SHOWN):
            console.print(Text.assemble(("$ ", "bold green"), (f"cowork {typed(words)}", "bold")))
            console.print(Text.from_ansi(printed.strip("\n")))
            console.print()
    svg = console.export_svg(title="cowork", unique_id="cowork")
    return re.sub(r"[ \t]+\n", "\n", svg)


def documents() -> dict[Path, str]:
    """Every file that is written here, as it should be."""
    readme = README.read_text(encoding="utf-8")
    head, start, rest = readme.partition("<!-- tour: written by tools/tour.py -->\n")
    _, end, tail = rest.partition("<!-- end of the tour -->\n")
    return {README: f"{head}{start}\n{tour()}\n{end}{tail}", PICTURE: picture()}


def run(words: list[str]) -> int:
    """Writes the files, or with `--check` tells which are out of date."""
    stale = []
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in words:
                path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'out of date' if '--check' in words else 'written'}: {', '.join(stale)}")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
