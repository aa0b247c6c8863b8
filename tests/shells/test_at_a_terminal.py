"""TAB as a person presses it: each shell at a real terminal (tmux), and what the command is given then.

`cowork` on PATH answers `_names` as the real one does and writes down the words of all else, so that
what stands in the line after TAB is what the program would get.
"""

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.domain.shell_words import shell_word
from tests.conftest import Cowork

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "completions"
ODD = """Café "Zum $5": Ü's \\o/"""
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], f"source '{FILES / 'cowork.bash'}'"),
    "zsh": (
        ["zsh", "-f", "-i"],
        f"fpath=('{FILES}' $fpath); autoload -Uz compinit; compinit -u -D; setopt no_list_beep",
    ),
    "fish": (["fish", "--no-config", "-i"], f"source '{FILES / 'cowork.fish'}'"),
}


class Terminal:
    """A shell in a window of tmux, 80 columns wide."""

    def __init__(self, folder: Path, shell: str, home: Path):
        program, setup = START[shell]
        self.log = folder / "words"
        self._tmux = ["tmux", "-S", str(folder / "socket"), "-f", os.devnull]
        env = {
            "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder), "COWORK_HOME": str(home),
            "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
            "INPUTRC": os.devnull,
        }  # fmt: skip
        self._do("new-session", "-d", "-x", "80", "-y", "24", *program, env=env)
        self.type(setup)
        self.enter()

    def type(self, text: str) -> None:
        """Types a text as it is."""
        self._do("send-keys", "-l", text)

    def tab(self) -> None:
        """Presses TAB."""
        self._do("send-keys", "Tab")

    def enter(self) -> None:
        """Presses Enter; returns when the shell has done all that came before."""
        self._do("send-keys", "Enter")
        self.type(f"tmux -S '{self._tmux[2]}' wait-for -S done")
        self._do("send-keys", "Enter")
        self._do("wait-for", "done")

    def given(self, line: str, *, tab: bool = True) -> list[str]:
        """The words that `cowork` got once a line was typed, with a TAB at its end."""
        self.log.unlink(missing_ok=True)
        self.type(line)
        if tab:
            self.tab()
        self.enter()
        return self.log.read_text(encoding="utf-8").split("\0")[:-1] if self.log.exists() else []

    def shows(self, *texts: str) -> bool:
        """Whether all of it gets onto the screen, its blanks single."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            seen = " ".join(self._do("capture-pane", "-p").split())
            if all(text in seen for text in texts):
                return True
            select.select([], [], [], 0.05)
        return False

    def close(self) -> None:
        """Ends the terminal and what runs in it."""
        self._do("kill-server")

    def _do(self, *words: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            [*self._tmux, *words], env=env, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout


@pytest.fixture(params=START)
def terminal(
    request: pytest.FixtureRequest, acme: Cowork, home: Path, tmp_path: Path
) -> Iterator[Terminal]:
    for program in (request.param, "tmux"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    for words in (
        ("space", "add", ODD, "--street", "Ring 5", "--postcode", "50667", "--city", "Köln"),
        ("space", "add", "Basislager", "--street", "Weg 1", "--postcode", "04109", "--city", "Leipzig"),
        ("desk", "add", "Basislager", "Fenster links"),
        ("track", "add", "acme/site", "Logo", "--on", "2026-11-23", "--from", "9:00", "--for", "90m"),
        ("track", "add", "acme/site", "Mail", "--on", "2026-11-24", "--from", "9:00", "--for", "1h"),
        ("project", "edit", "acme/site", "--name", "Website"),
    ):  # fmt: skip
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    folder = tmp_path / "bin"
    folder.mkdir()
    shim = folder / "cowork"
    shim.write_text(
        '#!/bin/sh\nif [ "$1" = _names ]; then\n'
        f'    exec "{sys.executable}" -m cowork_cli "$@"\nfi\n'
        f"printf '%s\\0' \"$@\" > '{folder}/words'\n"
    )
    shim.chmod(0o755)
    window = Terminal(folder, request.param, home)
    yield window
    window.close()


def test_what_stands_in_the_line_is_what_the_program_gets(terminal: Terminal) -> None:
    assert terminal.given("cowork space show caf") == ["space", "show", ODD]
    assert terminal.given('cowork space show "caf') == ["space", "show", ODD]
    assert terminal.given("cowork space show 'caf") == ["space", "show", ODD]
    assert terminal.given("cowork space show bas") == ["space", "show", "Basislager"]
    assert terminal.given("cowork book fen") == ["book", "Fenster links"]
    assert terminal.given("cowork start web") == ["start", "acme/site"]
    assert terminal.given("cowork search --near Markkl") == ["search", "--near", "Markkleeberg"]
    assert terminal.given("cowork track edit logo") == ["track", "edit", "e-1"]
    # What a hint tells to type can be pasted.
    pasted = f"cowork space show {shell_word(ODD)} {shell_word('a`b$(c)!')}"
    assert terminal.given(pasted, tab=False)[2:4] == [ODD, "a`b$(c)!"]


def test_entries_are_shown_with_day_times_and_note(terminal: Terminal) -> None:
    terminal.type("cowork track edit ")
    for _ in range(3):  # bash puts what all begin with first, then rings, then shows them
        terminal.tab()
    assert terminal.shows(
        "Mon 23 Nov 2026 09:00-10:30 acme/site Logo", "Tue 24 Nov 2026 09:00-10:00 acme/site Mail"
    )
