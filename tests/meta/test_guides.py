"""Every command line in the guides is run: in a fresh home, in the order of the page.

A line `$ cowork …` in a `console` block has to succeed, or to end as `# exit N` behind it says. What
stands under it is part of what it prints. A block such as `csv hours.csv` is a file that lies there.
"""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Cowork

GUIDES = sorted((Path(__file__).resolve().parents[2] / "docs" / "guides").glob("*.md"))
NOW = "2026-11-25T18:00:00+01:00"
PROMPT = "$ cowork "
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"#\s*exit (\d+)\s*$")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_commands_of_a_guide_do_what_it_says(
    guide: Path, cowork: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COWORK_NOW", NOW)
    count = 0
    for kind, name, text in _BLOCK.findall(guide.read_text(encoding="utf-8")):
        if kind == "console":
            count += play(cowork, text)
        elif name:
            (folder / name).write_text(text, encoding="utf-8")
    assert count, "a guide without a command"


def play(cowork: Cowork, block: str) -> int:
    """Runs the lines of a block and returns how many there were."""
    count, printed = 0, ""
    for line in block.splitlines():
        if not line.startswith("$ "):
            assert squeezed(line) in printed, f"not printed: {line}\n{printed}"
            continue
        assert line.startswith(PROMPT), f"only cowork is run here: {line}"
        code = _EXIT.search(line)
        done = cowork(*shlex.split(line.removeprefix(PROMPT), comments=True))
        assert done.code == (int(code[1]) if code else 0), f"{line}\n{done}"
        printed = squeezed(done.out + done.err)
        count += 1
    return count


def squeezed(text: str) -> str:
    """Text with its blanks single, so that the width of a table does not matter."""
    return " ".join(text.split())
