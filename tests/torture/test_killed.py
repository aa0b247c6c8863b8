"""A command that is killed leaves the old state or the new one, and a store that can be gone on with.

Twice: with strace, before every system call that changes a file of the home, and before many that only
touch one; and without it, from inside the process, between steps of SQLite.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture import arena

# Every call with a path or a descriptor: reads, locks and maps beside writes, flushes and renames.
TOUCHING = "%file,%desc"
CHANGING = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2",
    "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat",
)  # fmt: skip
STRACE = shutil.which("strace")
KILLER = Path(__file__).with_name("killed.py")
SEED = 7

FRAMES = Path(__file__).with_name("watson_frames.json")
NEXT = ("track", "add", "acme/site", "--on", "2026-11-24", "--from", "11:00", "--to", "13:00")
COMMANDS: dict[str, tuple[Sequence[Sequence[str]], Sequence[str]]] = {
    "start": ((arena.CLIENT, arena.PROJECT), ("start", "acme/site", "--at", "09:00")),
    "stop": (
        (arena.CLIENT, arena.PROJECT, ("start", "acme/site", "--at", "09:00")),
        ("stop", "--at", "10:00"),
    ),
    "switch": (
        (arena.CLIENT, arena.PROJECT, ("start", "acme/site", "--at", "09:00")),
        ("start", "acme/site", "another note", "--at", "10:00"),
    ),
    "add": ((arena.CLIENT, arena.PROJECT), arena.ADD),
    "edit": (
        (arena.CLIENT, arena.PROJECT, arena.ADD, NEXT),
        ("track", "edit", "e-1", "--to", "11:45", "--note", "longer", "--adjust"),
    ),
    "import": (
        (arena.CLIENT, arena.PROJECT, arena.ADD),
        ("track", "import", "--format", "watson", str(FRAMES), "--client", "acme"),
    ),
    "undo": ((arena.CLIENT, arena.PROJECT, arena.ADD), ("undo",)),
    "init": ((), arena.INIT),
    "first": ((), arena.CLIENT),
    "issue": (
        (arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD, ("invoice", "draft", "acme")),
        ("invoice", "issue", "draft-1", "--no-input", "--yes"),
    ),
}

RECORDING = ("start", "stop", "switch", "add", "edit", "import", "undo")


@dataclass(frozen=True)
class Scene:
    """A command with what is before it and what is after it."""

    words: Sequence[str]
    base: Path
    home: Path
    old: arena.State | None
    new: arena.State | None
    undone: dict[str, tuple[int, arena.State | None]]


@pytest.fixture
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    """The scene of the command that the test is for, played through once without a kill."""
    before, words = COMMANDS[request.param]
    base, home = tmp_path / "base", tmp_path / "home"
    base.mkdir()
    arena.play_all(base, before)
    old = arena.state(base)
    arena.copied(base, home)
    arena.play_all(home, [words])
    new = arena.state(home)
    undone = {"new": _undo(home)}
    arena.copied(base, home)
    undone["old"] = _undo(home)
    return Scene(words, base, home, old, new, undone)


def _undo(home: Path) -> tuple[int, arena.State | None]:
    return arena.play(home, "undo").code, arena.state(home)


def assert_survived(scene: Scene, home: Path, where: str) -> None:
    """The home holds the old or the new state, is sound, can be undone, and can be gone on with."""
    verified = arena.play(home, "data", "verify")
    if scene.old is not None or (home / "data" / "cowork.db").exists():
        assert verified.code == 0, f"{where}\n{verified}"
    found = arena.state(home)
    empty = found is not None and not any(found.values())
    if found == scene.new:
        age = "new"
    else:
        assert found == scene.old or (scene.old is None and empty), where
        age = "old"
    if scene.old is not None:
        assert _undo(home) == scene.undone[age], where
        return
    again = arena.play(home, *scene.words)  # nothing was there before: it can be run again
    fine = (0, 6) if age == "new" else (0,)
    assert again.code in fine, f"{where}\n{again}"
    arena.assert_sound(home)


# ---- from outside: before system calls


def traced(scene: Scene) -> list[tuple[str, int]]:
    """(system call, how many of its kind) of every call that touches a file of the home."""
    arena.copied(scene.base, scene.home)
    log = scene.home.with_name("trace.log")
    before = [
        str(STRACE), "-f", "-qq", "-y", "-s", "0", "-o", str(log), "-e", f"trace={TOUCHING}",
        "-e", "signal=none",
    ]  # fmt: skip
    done = arena.finish(arena.spawn(scene.home, *scene.words, before=before))
    if done.code and "ptrace" in done.err.lower():
        pytest.skip("strace may not trace here")
    assert done.code == 0, str(done)
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = re.match(r"\d+\s+(\w+)\((.*)", line)
        if match:
            name = match[1]
            counts[name] = counts.get(name, 0) + 1
            if str(scene.home) in match[2]:
                found.append((name, counts[name]))
    return found


def kill_before(scene: Scene, calls: Sequence[tuple[str, int]]) -> None:
    """Kills before each of the calls, some at a time."""

    def kill(call: tuple[str, int]) -> tuple[Path, arena.Played]:
        name, number = call
        home = arena.copied(scene.base, scene.home.with_name(f"{name}-{number}"))
        before = [
            str(STRACE), "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e", f"trace={name}",
            "-e", f"inject={name}:signal=SIGKILL:when={number}",
        ]  # fmt: skip
        return home, arena.finish(arena.spawn(home, *scene.words, before=before))

    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:  # half of them wait for the disk
        for (name, number), (home, done) in zip(calls, pool.map(kill, calls), strict=True):
            # A call more or less than in the run before: then the command simply went through.
            assert done.code in (-9, 137, 0), str(done)
            assert_survived(scene, home, f"killed before {name} number {number}")
            shutil.rmtree(home)


needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@needs_strace
@pytest.mark.parametrize("scene", ["stop", "edit"], indirect=True)
def test_killed_before_a_few_system_calls(scene: Scene) -> None:
    calls = [call for call in traced(scene) if call[0] in CHANGING]
    kill_before(scene, random.Random(SEED).sample(calls, 3))


@needs_strace
@pytest.mark.torture
@pytest.mark.parametrize("scene", RECORDING, indirect=True)
def test_killed_before_every_system_call_that_changes_the_home(scene: Scene) -> None:
    calls = traced(scene)
    assert len(calls) > 100
    # Before a call that only looks, the files are as before the next one that changes them: of these
    # every fourth will do, for locks and memory that are left behind.
    kill_before(scene, [call for call in calls if call[0] in CHANGING or call[1] % 4 == 1])


@needs_strace
@pytest.mark.torture
@pytest.mark.parametrize("scene", sorted(set(COMMANDS) - set(RECORDING)), indirect=True)
def test_killed_before_system_calls(scene: Scene) -> None:
    calls = [call for call in traced(scene) if call[0] in CHANGING]
    assert len(calls) > 10
    # Pages are written in long runs: every fifth write of one, and every call of another kind.
    kill_before(scene, [call for call in calls if call[0] != "pwrite64" or call[1] % 5 == 1])


# ---- from inside: between steps


def run_inside(scene: Scene, fatal: int) -> arena.Played:
    arena.copied(scene.base, scene.home)
    process = subprocess.Popen(
        [sys.executable, str(KILLER), str(fatal), *scene.words],
        env=arena.world(scene.home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    return arena.finish(process)


def kill_inside(scene: Scene, fatal: int) -> None:
    done = run_inside(scene, fatal)
    assert done.code in (-9, 0), str(done)
    assert_survived(scene, scene.home, f"killed at step {fatal}")


def steps(scene: Scene) -> int:
    done = run_inside(scene, 0)
    assert done.code == 0, str(done)
    return int(done.err.splitlines()[-1])


needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")


@needs_kill
@pytest.mark.parametrize("scene", ["switch", "issue"], indirect=True)
def test_killed_between_a_few_steps(scene: Scene) -> None:
    count = steps(scene)
    for fatal in random.Random(SEED).sample(range(1, count + 1), 3):
        kill_inside(scene, fatal)


@needs_kill
@pytest.mark.torture
@pytest.mark.parametrize("scene", list(COMMANDS), indirect=True)
def test_killed_between_many_steps(scene: Scene) -> None:
    count = steps(scene)
    every = max(1, count // 16)
    for fatal in range(1, count + 1, every):
        kill_inside(scene, fatal)
