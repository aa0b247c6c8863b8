"""The recipes of the guide, each run as it stands there, by the real program where it can be had."""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Cowork

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guides" / "recipes.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))


@dataclass(frozen=True)
class Machine:
    """A folder with the files of the guide, and `cowork` on PATH over a home with a running timer."""

    folder: Path
    env: dict[str, str]

    def run(self, *program: str, **variables: str) -> str:
        """What a program prints; it has to succeed."""
        needed(program[0])
        done = subprocess.run(
            program, cwd=self.folder, env={**self.env, **variables}, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done
        return done.stdout


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.fixture
def machine(acme: Cowork, home: Path, tmp_path: Path) -> Iterator[Machine]:
    assert acme("start", "acme/site", "--at", "16:15").code == 0
    folder = tmp_path / "machine"
    folder.mkdir()
    for name, text in BLOCKS.items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)
    shim = folder / "cowork"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cowork_cli "$@"\n')
    shim.chmod(0o755)
    env = {
        "PATH": f"{folder}:{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(folder),
        "COWORK_HOME": str(home), "COWORK_NOW": os.environ["COWORK_NOW"], "PYTHONPATH": str(ROOT),
        "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
    }  # fmt: skip
    yield Machine(folder, env)


def test_every_recipe_is_run_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert len(BLOCKS) > 12
    assert [name for name in BLOCKS if not re.search(rf'["/ ]{re.escape(name)}\b', text)] == []


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", '. ./prompt.bash; echo "${PS1@P}"'),
        ("zsh", ". ./prompt.zsh; print -P $PROMPT"),
        ("fish", ". ./prompt.fish; fish_right_prompt"),
    ],
)
def test_prompts(machine: Machine, shell: str, line: str) -> None:
    quiet = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    assert machine.run(shell, *quiet, "-c", line).startswith("acme/site 1:45")


def test_starship(machine: Machine) -> None:
    """starship itself is not packaged: what it reads and runs is."""
    custom = tomllib.loads(BLOCKS["starship.toml"])["custom"]["cowork"]
    assert machine.run("sh", "-c", custom["command"]) == "acme/site 1:45\n"


def test_tmux(machine: Machine) -> None:
    def tmux(name: str, *words: str) -> str:
        return machine.run("tmux", "-S", str(machine.folder / name), *words)

    tmux(
        "outer", "-f", os.devnull, "new-session", "-d", "tmux -S inner -f tmux.conf new-session sh"
    )
    try:
        seen, end = "", time.monotonic() + 30
        while "acme/site" not in seen and time.monotonic() < end:
            select.select([], [], [], 0.05)
            seen = tmux("outer", "capture-pane", "-p")
        assert re.search(r"acme/site 1:45 \d\d:\d\d$", seen.strip())
    finally:
        tmux("inner", "kill-server")  # the outer one ends with it


def test_waybar(machine: Machine, acme: Cowork) -> None:
    needed("jq")
    module = json.loads(BLOCKS["waybar.json"])["custom/cowork"]
    shown = json.loads(machine.run(str(machine.folder / module["exec"])))
    assert shown == {"text": "acme/site 1:45", "tooltip": "", "class": "running"}
    acme("stop")
    acme("invoice", "draft", "acme")
    acme("invoice", "issue", "--all", "--date", "2026-09-01", "--force")
    shown = json.loads(machine.run("sh", "./cowork-waybar"))
    assert shown == {"text": "", "tooltip": "overdue: 2026-0001", "class": "burning"}


def test_jq(machine: Machine, acme: Cowork) -> None:
    needed("jq")
    acme("stop")
    assert machine.run("sh", "./jq.sh").splitlines() == ["acme\t166.25 EUR", '"2026-11-25",1.75']


def test_fzf(machine: Machine, acme: Cowork) -> None:
    needed("fzf")
    acme("project", "add", "acme/app", "--name", "App")
    machine.run("sh", "-c", ". ./fzf.sh; cws 'First look'", FZF_DEFAULT_OPTS="--filter=App")
    running = acme("track", "status", "--json").data
    assert (running["project"], running["note"]) == ("acme/app", "First look")
    machine.run("sh", "-c", ". ./fzf.sh; cwe --note Second", FZF_DEFAULT_OPTS="--filter=First")
    assert acme("track", "status", "--json").data["note"] == "Second"


def test_cron(machine: Machine, home: Path) -> None:
    lines = [line for line in BLOCKS["crontab"].splitlines() if not line.startswith("#")]
    assert len(lines) == 3
    printed = []
    for line in lines:
        *when, command = line.split(None, 5)
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in when)
        printed.append(machine.run("sh", "-c", command))
    assert printed[0] == ""
    assert len(list((home / "data" / "backups").iterdir())) == 1


def test_systemd(machine: Machine, home: Path) -> None:
    service = ConfigParser()
    service.read(machine.folder / "cowork-backup.service")
    machine.run(*service["Service"]["ExecStart"].split())
    assert len(list((home / "data" / "backups").iterdir())) == 1
    machine.run(
        "systemd-analyze",
        "verify",
        "--user",
        "./cowork-backup.timer",
        XDG_RUNTIME_DIR=str(machine.folder),
    )


def test_taskwarrior(machine: Machine, acme: Cowork) -> None:
    needed("task")
    needed("jq")
    acme("stop")
    hooks = machine.folder / "tasks" / "hooks"
    hooks.mkdir(parents=True)
    shutil.copy(machine.folder / "on-modify.cowork", hooks)
    (machine.folder / "taskrc").write_text(
        f"data.location={machine.folder}/tasks\nconfirmation=no\nverbose=nothing\n"
    )

    def task(*words: str) -> str:
        return machine.run(
            "task", *words, TASKRC=str(machine.folder / "taskrc"), TASKDATA=str(hooks.parent)
        )

    task("add", "project:acme.site", "Draw the logo")
    task("add", "project:garden", "Plant a tree")
    task("1", "start")
    running = acme("track", "status", "--json").data
    assert (running["project"], running["note"]) == ("acme/site", "Draw the logo")
    task("1", "done")
    assert acme("track", "status", "--json").data is None
    task("2", "start")
    assert acme("track", "status", "--json").data is None


def test_git(machine: Machine, acme: Cowork) -> None:
    machine.run("git", "init", "-q", "repo")
    shutil.copy(machine.folder / "post-commit", machine.folder / "repo" / ".git" / "hooks")
    words = (
        "git",
        "-C",
        "repo",
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@x.invalid",
        "commit",
        "-q",
    )
    machine.run(*words, "--allow-empty", "-m", 'Draw "the" $logo')
    assert acme("track", "status", "--json").data["note"] == 'Draw "the" $logo'
    machine.run(*words, "--allow-empty", "-m", "Second")
    assert acme("track", "status", "--json").data["note"] == 'Draw "the" $logo'


def test_khal(machine: Machine, acme: Cowork) -> None:
    acme("stop")
    acme("space", "add", "Mühle", "--postcode", "14827", "--city", "Wiesenburg/Mark")
    acme("desk", "add", "Mühle", "Fenster")
    assert (
        acme("book", "Fenster", "--on", "2026-12-01", "--from", "9:00", "--to", "17:00").code == 0
    )
    acme("contract", "add", "Desk", "--starts", "2026-01-01", "--price", "99", "--per", "month",
         "--notice", "4w to month-end")  # fmt: skip
    config = machine.folder / "khal.conf"
    (machine.folder / "cal").mkdir()
    config.write_text(
        f"[calendars]\n[[cowork]]\npath = {machine.folder}/cal\n[default]\ndefault_calendar = cowork\n"
        f"[sqlite]\npath = {machine.folder}/khal.db\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
    )
    shim = machine.folder / "khal"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m khal -c "{config}" "$@"\n')
    shim.chmod(0o755)
    machine.run("sh", "./khal.sh")
    listed = machine.run(str(shim), "list", "--format", "{start} {title}", "2026-11-25", "400d")
    assert "2026-12-01 09:00 " in listed
    assert "2026-11-25 16:15 acme/site" in listed
