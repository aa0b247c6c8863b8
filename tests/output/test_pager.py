"""Long tables on a real terminal go through a pager; nothing else does."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cowork, Played

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def many(acme: Cowork, played: Played) -> Cowork:
    """More projects than a terminal of ten lines shows."""
    return played(*(("project", "add", f"acme/p-{number}") for number in range(12)))


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that shows it was there, and keeps what it was given."""
    file = tmp_path / "pager"
    file.write_text(f'#!/bin/sh\necho "<<$1"\ntee {tmp_path}/seen\necho ">>"\n')
    file.chmod(0o755)
    return f"{file} 'two words'"


def on_a_terminal(*words: str, **env: str) -> str:
    """What a person sees; both streams of output and the input are one terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cowork_cli", *words],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "LINES": "10", **env},
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0, seen
    return seen.decode().replace("\r\n", "\n")


def test_a_long_table_is_paged_by_the_program_of_the_person(
    many: Cowork, pager: str, tmp_path: Path
) -> None:
    seen = on_a_terminal("project", "list", PAGER=pager)
    assert seen.startswith("<<two words\n")
    assert seen.rstrip().endswith(">>")
    plain = many("project", "list", "-o", "table").out
    assert (tmp_path / "seen").read_text() == plain


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (("project", "list"), {"LINES": "40"}),
        (("project", "list", "--no-pager"), {}),
        (("--no-pager", "project", "list"), {}),
        (("project", "list", "--no-input"), {}),
        (("project", "list"), {"COWORK_NO_INPUT": "1"}),
        (("project", "list"), {"TERM": "dumb"}),
        (("project", "list", "--json"), {}),
        (("project", "list", "-o", "plain"), {}),
        (("project", "list", "-o", "csv"), {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_what_is_not_paged(
    many: Cowork, pager: str, words: tuple[str, ...], env: dict[str, str]
) -> None:
    seen = on_a_terminal(*words, **{"PAGER": pager, **env})
    assert "<<" not in seen
    assert "acme/p-11" in seen


@pytest.mark.parametrize("chosen", ["", "cat", "'unclosed", "/no/such/pager", "sh -c 'exit 127'"])
def test_no_pager_or_none_that_works(many: Cowork, chosen: str) -> None:
    seen = on_a_terminal("project", "list", PAGER=chosen)
    assert "acme/p-11" in seen
    assert "Traceback" not in seen


def test_a_pager_that_is_left_early(many: Cowork) -> None:
    seen = on_a_terminal("project", "list", PAGER="head -n 2")
    assert "acme/p-11" not in seen
    assert "error" not in seen


def test_less_is_taken_where_it_is(many: Cowork, tmp_path: Path) -> None:
    less = tmp_path / "bin" / "less"
    less.parent.mkdir()
    less.write_text('#!/bin/sh\necho "<<$*"\nexec cat\n')
    less.chmod(0o755)
    seen = on_a_terminal("project", "list", PATH=f"{less.parent}:{os.environ['PATH']}")
    assert seen.startswith("<<-FRX\n")
    nowhere = on_a_terminal("project", "list", PATH=str(tmp_path))
    assert "<<" not in nowhere
    assert "acme/p-11" in nowhere


def test_a_pipe_is_never_paged(many: Cowork, pager: str) -> None:
    outcome = many("project", "list", "-o", "table", env={"PAGER": pager, "LINES": "3"})
    assert "<<" not in outcome.out
    assert outcome.out.count("\n") > 12


# ---- help


@pytest.mark.parametrize("words", [("help",), ("client", "add", "-h")])
def test_long_help_is_paged_on_a_terminal(pager: str, words: tuple[str, ...]) -> None:
    assert on_a_terminal(*words, PAGER=pager).startswith("<<two words\n")
    assert "<<" not in on_a_terminal(*words, "--no-pager", PAGER=pager)


def test_the_help_of_the_root_fits_a_screen_of_24_lines(pager: str) -> None:
    assert "<<" not in on_a_terminal("--help", PAGER=pager, LINES="24", COLUMNS="80")


# ---- lines of errors and notes


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_an_error_breaks_between_words(acme: Cowork, columns: int) -> None:
    import termios

    for number in range(6):
        assert acme("project", "add", f"acme/a-rather-long-name-{number}").code == 0
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    process = subprocess.Popen(
        [sys.executable, "-m", "cowork_cli", "start", "--no-input"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:
        pass
    os.close(ours)
    assert process.wait(60) == 2
    lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in seen.decode().splitlines()]
    assert all(len(line) <= columns for line in lines), lines
    piped = acme("start").err
    assert " ".join(lines).replace(" \\ ", " ") == " ".join(piped.split("\n")).strip()
    if columns == 80:
        assert "hint: type for example `cowork track start acme/a-rather-long-name-0`" in lines


def test_the_pager_knows_how_letters_are_written(many: Cowork, tmp_path: Path) -> None:
    """A locale that is not installed here would have `less` show `<C3><BC>` for an umlaut."""
    assert many("project", "add", "acme/Büro").code == 0
    file = tmp_path / "charset"
    file.write_text(f'#!/bin/sh\necho "$LESSCHARSET" > {tmp_path}/said\ncat > {tmp_path}/seen\n')
    file.chmod(0o755)
    env = {"PAGER": str(file), "LC_ALL": "de_XX.UTF-8", "PYTHONUTF8": "1"}
    on_a_terminal("project", "list", **env)
    assert (tmp_path / "said").read_text().strip() == "utf-8"
    assert "Büro" in (tmp_path / "seen").read_text(encoding="utf-8")
    on_a_terminal("project", "list", **env, LESSCHARSET="iso8859")
    assert (tmp_path / "said").read_text().strip() == "iso8859", "who chose, chose"
