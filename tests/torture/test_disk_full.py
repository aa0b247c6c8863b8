"""A disk that takes no more: exit 1, one error line, nothing changed, and it goes on when there is room.

Two ways to be full: a limit on the size of files (RLIMIT_FSIZE, everywhere but on Windows), and a
small file system in memory, in a mount namespace of its own, where the machine allows one.
"""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.torture import arena

resource = pytest.importorskip("resource", reason="no limits on this system")

BEFORE = (arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD)
COMMANDS: dict[str, tuple[Sequence[Sequence[str]], Sequence[str]]] = {
    "client": ((), ("client", "add", "globex", "--name", "Globex")),
    "project": ((), ("project", "add", "acme/app")),
    "start": ((), ("start", "acme/site", "--at", "09:00")),
    "stop": ((("start", "acme/site", "--at", "09:00"),), ("stop", "--at", "10:00")),
    "add": ((), ("track", "add", "acme/site", "--from", "12:00", "--to", "13:00")),
    "remove": ((), ("track", "remove", "e-1", "--yes")),
    "undo": ((), ("undo",)),
    "draft": ((), ("invoice", "draft", "acme")),
    "issue": ((("invoice", "draft", "acme"),), ("invoice", "issue", "draft-1", "--yes")),
}
PAGE = 4096
SEED = 11


@pytest.fixture
def base(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Sequence[str]]:
    """A home, and the command that will find no room."""
    folder = tmp_path / "base"
    before, words = COMMANDS[request.param]
    arena.play_all(folder, [*BEFORE, *before])
    return folder, words


def with_limit(home: Path, words: Sequence[str], limit: int) -> arena.Played:
    """Runs a command that may write no file beyond `limit` bytes."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
        "from cowork_cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=arena.world(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=arena.TIMEOUT_S,
        check=False,
    )
    return arena.Played(done.returncode, done.stdout, done.stderr)


def assert_old_or_new(
    done: arena.Played, home: Path, old: arena.State | None, new: arena.State | None
) -> None:
    """Said to be done is done (8: all but a copy); said to have failed has changed nothing."""
    if done.code in (0, 8):
        assert arena.state(home) == new, str(done)
    else:
        arena.assert_clean_failure(done)
        assert done.code == 1, str(done)
        assert arena.state(home) == old, str(done)
    arena.assert_sound(home)


def attack(base: Path, words: Sequence[str], home: Path, limits: Sequence[int]) -> None:
    old = arena.state(base)
    arena.play_all(arena.copied(base, home), [words])
    new = arena.state(home)
    failed = 0
    for limit in limits:
        arena.copied(base, home)
        done = with_limit(home, words, limit)
        assert_old_or_new(done, home, old, new)
        failed += done.code not in (0, 8)
        if done.code not in (0, 8):
            arena.play_all(home, [words])  # with room again it goes through
            assert arena.state(home) == new
    assert failed, "no limit was small enough"


def in_small_file_system(
    home: Path, words: Sequence[str], out: Path, room_kb: int
) -> arena.Played | None:
    """Runs a command in a copy of the home with `room_kb` left; the home is copied to `out` after.

    None where this machine does not let us mount.
    """
    script = (
        'set -e; mount -t tmpfs -o size="$4"k none "$2"; cp -a "$1"/. "$2"; set +e; '
        'python="$5"; out="$3"; copy="$2"; shift 5; '
        'COWORK_HOME="$copy" HOME="$copy" "$python" -m cowork_cli "$@"; code=$?; '
        'cp -a "$copy"/. "$out"; exit $code'
    )
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    mounted = home.with_name("mounted")
    for folder in (mounted, out):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    possible = subprocess.run(
        [unshare, "-rm", "mount", "-t", "tmpfs", "none", str(mounted)],
        capture_output=True,
        check=False,
    )
    if possible.returncode:
        return None
    used = sum(-(-file.stat().st_size // PAGE) + 1 for file in home.rglob("*"))
    size = str(used * PAGE // 1024 + room_kb)
    shell = (unshare, "-rm", "sh", "-c", script, "sh")
    done = subprocess.run(
        [*shell, str(home), str(mounted), str(out), size, sys.executable, *words],
        env=arena.world(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=arena.TIMEOUT_S,
        check=False,
    )
    return arena.Played(done.returncode, done.stdout, done.stderr)


def attack_mounted(base: Path, words: Sequence[str], home: Path, rooms: Sequence[int]) -> None:
    old = arena.state(base)
    arena.play_all(arena.copied(base, home), [words])
    new = arena.state(home)
    for room in rooms:
        done = in_small_file_system(base, words, home, room)
        if done is None:
            pytest.skip("this machine lets nobody mount a small file system")
        assert_old_or_new(done, home, old, new)


Attack = Callable[[Path, Sequence[str], Path, Sequence[int]], None]


# ---- a thin slice, in every run


@pytest.mark.parametrize("base", ["start", "issue"], indirect=True)
def test_a_few_limits(base: tuple[Path, Sequence[str]], tmp_path: Path) -> None:
    limits = [0, *random.Random(SEED).sample(range(PAGE, 40 * PAGE, PAGE), 2)]
    attack(*base, tmp_path / "home", limits)


@pytest.mark.parametrize("base", ["stop"], indirect=True)
def test_a_full_file_system(base: tuple[Path, Sequence[str]], tmp_path: Path) -> None:
    attack_mounted(*base, tmp_path / "home", [0, 16])


def test_a_first_command_without_room(tmp_path: Path) -> None:
    """Nothing half made is left where a store would be looked for."""
    home = tmp_path / "home"
    for limit in (0, PAGE, 20 * PAGE):
        done = with_limit(home, arena.CLIENT, limit)
        arena.assert_clean_failure(done)
        assert not (home / "data" / "cowork.db").exists()
    arena.play_all(home, [arena.CLIENT])
    arena.assert_sound(home)


# ---- the whole attack


@pytest.mark.torture
@pytest.mark.parametrize("base", list(COMMANDS), indirect=True)
def test_many_limits(base: tuple[Path, Sequence[str]], tmp_path: Path) -> None:
    limits = [
        0,
        1,
        100,
        *range(PAGE, 24 * PAGE, 2 * PAGE),
        *range(24 * PAGE, 100 * PAGE, 10 * PAGE),
    ]
    attack(*base, tmp_path / "home", limits)


@pytest.mark.torture
@pytest.mark.parametrize("base", list(COMMANDS), indirect=True)
def test_many_full_file_systems(base: tuple[Path, Sequence[str]], tmp_path: Path) -> None:
    attack_mounted(*base, tmp_path / "home", [0, 4, 8, 16, 32, 48, 64, 96, 128, 256])
