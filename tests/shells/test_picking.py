"""A missing argument: what there is, in a script; on a real terminal, arrow keys and typing."""

import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cowork

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds for a terminal that never answers; it fails the test then
UP, DOWN, ENTER, CTRL_C = "\x1b[A", "\x1b[B", "\r", "\x03"


@pytest.fixture
def office(cowork: Cowork) -> Cowork:
    """Three clients with a project each."""
    for name, said in (("acme", "ACME GmbH"), ("noll", "Noll & Co"), ("zeta", "Zeta Ölwerke")):
        assert cowork("client", "add", name, "--name", said, "--rate", "95").code == 0
        assert cowork("project", "add", f"{name}/site").code == 0
    return cowork


class Terminal:
    """A command on a real terminal of 80 columns."""

    def __init__(self, *words: str, path: str):
        self.seen = ""
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cowork_cli", *words],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", "PATH": path, "NO_COLOR": "1"},
        )  # fmt: skip
        os.close(theirs)

    def wait_for(self, text: str) -> None:
        """Reads until `text` was shown; answers what a terminal is asked about its cursor."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < end, f"never shown: {text}\n{self.seen}"
            if not self._read():
                break
        assert text in self.seen, self.seen

    def type(self, keys: str) -> None:
        """Types keys."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """The exit code, once everything was shown."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        try:
            if not select.select([self._ours], [], [], PATIENCE)[0]:
                return False
            part = os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # the other side is closed
            return False
        if "\x1b[6n" in part:
            os.write(self._ours, b"\x1b[1;1R")
        self.seen += part
        return bool(part)


@pytest.fixture
def without_fzf(tmp_path: Path) -> Iterator[str]:
    """A PATH on which there is no fzf."""
    (tmp_path / "empty").mkdir()
    yield str(tmp_path / "empty")


# ---- in a script


def test_a_script_is_told_what_there_is(office: Cowork) -> None:
    outcome = office("start")
    assert outcome.code == 2
    assert outcome.err == (
        "error: `cowork track start` needs a PROJECT: acme/site, noll/site, zeta/site\n"
        "hint: type for example `cowork track start acme/site`\n"
    )
    outcome = office("client", "edit", "--json")
    assert outcome.code == 2
    assert outcome.json["problems"][0]["code"] == "usage"
    assert "acme (ACME GmbH), noll (Noll & Co), zeta (Zeta Ölwerke)" in outcome.err


def test_of_many_a_few_are_named(office: Cowork) -> None:
    for number in range(9):
        assert office("project", "add", f"acme/p{number}").code == 0
    assert (
        office("start")
        .err.splitlines()[0]
        .endswith("acme/p0, acme/p1, acme/p2, acme/p3, acme/p4 and 7 more")
    )


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("start",), "begin with `cowork client add ID --name NAME`"),
        (("booking", "show"), "begin with `cowork space add NAME --city CITY`"),
        (("invoice", "issue", "--force"), None),
        (("invoice", "line"), "begin with `cowork client add ID --name NAME`"),
        (("desk", "list"), "begin with `cowork space add NAME --city CITY`"),
        (("client", "add"), 'for example `cowork client add acme --name "ACME GmbH"'),
        (("space", "sync"), "for example `cowork space sync --near Berlin"),
        (("completion", "show"), "for example `cowork completion show fish`"),
    ],
)
def test_where_there_is_nothing_the_next_step_is_named(
    cowork: Cowork, home: Path, words: tuple[str, ...], hint: str | None
) -> None:
    before = home.exists()
    outcome = cowork(*words, "--no-input")
    assert outcome.code == 2
    if hint:
        assert hint in outcome.err
        assert home.exists() == before, "an error makes no store"


def test_the_next_step_is_the_first_that_can_be_done(office: Cowork) -> None:
    assert "begin with `cowork invoice draft CLIENT`" in office("invoice", "discard").err
    assert "begin with `cowork start PROJECT`" in office("track", "split", "--at", "9").err


def test_a_project_is_new_below_a_client_that_is_there(office: Cowork) -> None:
    assert office("project", "add").err.splitlines() == [
        "error: `cowork project add` needs a CLIENT/ID: acme (ACME GmbH), noll (Noll & Co), zeta (Zeta Ölwerke)",
        "hint: type for example `cowork project add acme/NAME`",
    ]


def test_what_is_wrong_in_itself_is_said_first(office: Cowork) -> None:
    assert "did you mean" in office("client", "edit", "--nmae", "x").err
    assert "2 arguments" not in office("client", "show").err


def test_a_stand_in_of_a_terminal_is_not_asked(office: Cowork) -> None:
    assert office("start", terminal=True).code == 2


def test_drafts_are_named_unless_all_are_meant(office: Cowork) -> None:
    assert "begin with `cowork invoice draft CLIENT`" in office("invoice", "issue").err
    assert office("track", "add", "acme/site", "1h", "--on", "yesterday").code == 0
    assert office("invoice", "draft", "acme").code == 0
    outcome = office("invoice", "issue", "--dry-run")
    assert outcome.code == 2
    assert outcome.err == (
        "error: `cowork invoice issue` needs a DRAFT: draft-1 (ACME GmbH)\n"
        "hint: type for example `cowork invoice issue --dry-run draft-1`, or give `--all`\n"
    )
    assert "needs a DRAFT" not in office("invoice", "issue", "--all").err


def test_spaces_and_desks_are_named_unless_a_place_is_meant(office: Cowork) -> None:
    assert (
        office("space", "add", "Hof", "--city", "Berlin", "--lat", "52.5", "--lon", "13.4").code
        == 0
    )
    assert office("desk", "add", "Hof", "Fenster").code == 0
    outcome = office("desk", "free", "--on", "tomorrow")
    assert (outcome.code, "needs a SPACE|DESK: local:hof" in outcome.err) == (2, True), str(outcome)
    assert office("desk", "free", "--near=Berlin").code == 0


# ---- at a terminal


def test_by_arrow_keys(office: Cowork, without_fzf: str) -> None:
    terminal = Terminal("client", "show", path=without_fzf)
    terminal.wait_for("Zeta Ölwerke")
    terminal.type(DOWN + DOWN + UP + ENTER)
    assert terminal.end() == 0, terminal.seen
    assert "cowork client show noll" in terminal.seen
    assert "Noll & Co" in terminal.seen.partition("cowork client show noll")[2]


def test_by_typing_a_part_of_it(office: Cowork, without_fzf: str) -> None:
    terminal = Terminal("start", path=without_fzf)
    terminal.wait_for("zeta/site")
    terminal.type("zet" + ENTER)
    assert terminal.end() == 0, terminal.seen
    assert office("track", "status", "--json").data["project"] == "zeta/site"
    assert "track start zeta/site" in office("history", "-o", "plain").out, (
        "the journal says the whole line"
    )


def test_leaving_changes_nothing(office: Cowork, without_fzf: str) -> None:
    terminal = Terminal("start", path=without_fzf)
    terminal.wait_for("zeta/site")
    terminal.type(CTRL_C)
    assert terminal.end() == 130, terminal.seen
    assert office("track", "status", "--json").data is None


@pytest.mark.parametrize("flag", ["--no-input", "COWORK_NO_INPUT"])
def test_nobody_is_asked_who_does_not_want_it(
    office: Cowork, without_fzf: str, flag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if flag.startswith("COWORK"):
        monkeypatch.setenv(flag, "1")
    terminal = Terminal("start", *([flag] if flag.startswith("-") else []), path=without_fzf)
    assert terminal.end() == 2
    assert "needs a PROJECT" in terminal.seen


def test_by_fzf(office: Cowork) -> None:
    found = shutil.which("fzf")
    if found is None:
        pytest.skip("fzf is not installed")
    terminal = Terminal("start", path=os.environ["PATH"])
    terminal.wait_for("zeta/site")
    terminal.type("noll")
    terminal.wait_for("1/3")
    terminal.type(ENTER)
    assert terminal.end() == 0, terminal.seen
    assert office("track", "status", "--json").data["project"] == "noll/site"


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (130, 130)])
def test_what_fzf_answers(office: Cowork, tmp_path: Path, code: int, expected: int) -> None:
    """A stand-in that is given the lines and says one of them, or leaves."""
    program = tmp_path / "bin" / "fzf"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nread -r first\nread -r second\necho "$second"\nexit {code}\n')
    program.chmod(0o755)
    terminal = Terminal("start", path=str(program.parent))
    assert terminal.end() == expected, terminal.seen
    started = office("track", "status", "--json").data
    assert (started["project"] if started else None) == ("noll/site" if code == 0 else None)


def test_it_is_loaded_where_it_asks_and_nowhere_else(office: Cowork) -> None:
    code = (
        "import sys; from cowork_cli import main; main.run(['start']);"
        "main.run(['client', 'list']); assert not {'questionary', 'prompt_toolkit'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


# ---- the same decisions as TAB


def test_what_can_be_picked_is_what_tab_offers() -> None:
    from cowork_cli import app
    from cowork_cli.commands._markers import Required
    from cowork_cli.missing import kinds_of
    from tools.generators import values

    for verb in app.all_verbs():
        for one in verb.parameters:
            if one.is_option or one.default is not Required:
                continue
            decided = values.ARGUMENTS.get(" ".join(verb.path), {}).get(one.name, "")
            if decided.startswith("@") and decided != "@place":  # no things of one's own
                assert kinds_of(verb.path, one) == decided[1:].partition("+")[0], (
                    verb.path,
                    one.name,
                )
