"""A machine whose power can be cut: commands killed before any call that touches a file of a home.

`Machine` runs them in forks (`forking`) under a shim of the C library (`filecalls.c`); `Disk` takes the
log of what they wrote and flushed, and says what a disk may hold after the power failed.
"""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.torture import arena

ROOT = Path(__file__).parents[2]
SECTOR = 512


@dataclass(frozen=True)
class Ran:
    """What came of a command in the machine; `calls` touched the home, none is known of a killed one."""

    played: arena.Played
    calls: int

    @property
    def killed(self) -> bool:
        """Whether it was."""
        return self.played.code == -9


class Machine:
    """The program, loaded once, and forked for each command."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None or not sys.platform.startswith("linux"):
            pytest.skip(
                "a C compiler and Linux are needed to stand between a program and its files"
            )
        self._library = folder / "filecalls.so"
        source = Path(__file__).with_name("filecalls.c")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", str(self._library), str(source), "-ldl"],
            check=True,
        )
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.forking"],
            cwd=ROOT,
            env={**arena.world(folder), "LD_PRELOAD": str(self._library)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(
        self,
        home: Path,
        words: Sequence[str],
        *,
        at: int = 0,
        error: int = 0,
        log: Path | None = None,
    ) -> Ran:
        """Runs a command, killed before its call number `at`; `log` takes what it wrote.

        With an `error`, an errno, it is not killed: that call and those after it find no room.
        """
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        order = {
            "home": str(home),
            "words": list(words),
            "env": arena.world(home),
            "at": at,
            "error": error,
            "log": log and str(log),
        }
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        played = arena.Played(answer["code"], answer["out"], answer["err"])
        return Ran(played, answer["calls"])

    def close(self) -> None:
        """Ends it."""
        with self._server as server:
            assert server.stdin is not None
            server.stdin.close()
            server.wait(timeout=arena.TIMEOUT_S)


# ---- the power fails


@dataclass(frozen=True)
class Call:
    """A call that changed something, as the shim wrote it down."""

    kind: str
    path: str
    other: str
    at: int
    data: bytes


def calls(log: Path) -> list[Call]:
    """The log of a command."""
    found, raw = [], log.read_bytes()
    place = 0
    while place < len(raw):
        end = raw.index(b"\n", place)
        kind, path, other, at, length = raw[place:end].decode().split("\t")
        place = end + 1 + int(length)
        found.append(Call(kind, path, other, int(at), raw[end + 1 : place]))
    return found


@dataclass
class Inode:
    """A file: what is on the disk, and what was done to it since its last flush."""

    durable: bytes = b""
    pending: list[Call] = field(default_factory=list)


class Disk:
    """What lies on the disk of a home while a command runs.

    A flush of a file carries its bytes, one of a folder the names in it, each of them the folders above.
    Everything else may be lost: names from the last one backwards, as journalling file systems do it;
    bytes in any order and by the sector.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folders = {str(path) for path in home.rglob("*") if path.is_dir()} | {str(home)}
        self.names: dict[str, Inode] = {
            str(path): Inode(path.read_bytes()) for path in home.rglob("*") if path.is_file()
        }
        self.live = dict(self.names)
        self.live_folders = set(self.folders)
        self.unflushed: list[tuple[Call, Inode | None]] = []

    def do(self, call: Call) -> None:
        """One more call."""
        if call.path.endswith(" (deleted)") or call.kind == "chmod":
            return
        if call.kind in ("write", "truncate"):
            self.live[call.path].pending.append(call)
        elif call.kind == "sync":
            self._flush(call.path)
        elif call.kind in ("mkdir", "rmdir"):
            (self.live_folders.add if call.kind == "mkdir" else self.live_folders.discard)(
                call.path
            )
            self.unflushed.append((call, None))
        else:
            inode = Inode() if call.kind == "create" else self.live.get(call.path)
            _name(self.live, call, inode)
            self.unflushed.append((call, inode))

    def _flush(self, path: str) -> None:
        for folder in Path(path, "x").parents:
            if str(folder) in self.live_folders:
                self.folders.add(str(folder))
        if path in self.live:
            inode = self.live[path]
            inode.durable = _applied(inode.durable, inode.pending)
            inode.pending = []
            return
        kept = []
        for call, inode in self.unflushed:
            if path in (str(Path(call.path).parent), str(Path(call.other).parent)):
                self._persist(self.names, self.folders, call, inode)
            else:
                kept.append((call, inode))
        self.unflushed = kept

    @staticmethod
    def _persist(
        names: dict[str, Inode], folders: set[str], call: Call, inode: Inode | None
    ) -> None:
        if call.kind == "mkdir":
            folders.add(call.path)
        elif call.kind == "rmdir":
            folders.discard(call.path)
        else:
            _name(names, call, inode)

    def after_failure(self, home: Path, chance: random.Random | None) -> None:
        """Writes to `home` what is left: the least there can be, or, with `chance`, some of the rest."""
        names, folders = dict(self.names), set(self.folders)
        if chance:
            for call, inode in self.unflushed[: chance.randint(0, len(self.unflushed))]:
                self._persist(names, folders, call, inode)
        if home.exists():
            shutil.rmtree(home)
        home.mkdir(parents=True)
        for folder in sorted(folders):
            home.joinpath(Path(folder).relative_to(self.home)).mkdir(
                mode=0o700, parents=True, exist_ok=True
            )
        for name, inode in names.items():
            if name.endswith("-shm") or str(Path(name).parent) not in folders:
                continue  # shared memory is no file that a disk would keep
            pending = list(_survivors(inode.pending, chance)) if chance else []
            place = home / Path(name).relative_to(self.home)
            place.write_bytes(_applied(inode.durable, pending))
            place.chmod(0o600)


def _name(names: dict[str, Inode], call: Call, inode: Inode | None) -> None:
    """A change of names; one of a folder, and of what was not there, moves or removes nothing."""
    if call.kind in ("unlink", "rename"):
        names.pop(call.path, None)
    if inode is not None and call.kind != "unlink":
        names[call.other or call.path] = inode


def _survivors(pending: list[Call], chance: random.Random) -> Iterator[Call]:
    """Some of the calls; of a write, some of its sectors."""
    for call in pending:
        if call.kind == "truncate":
            if chance.random() < 0.5:
                yield call
            continue
        for start in range(0, len(call.data), SECTOR):
            if chance.random() < 0.5:
                yield Call(
                    "write", call.path, "", call.at + start, call.data[start : start + SECTOR]
                )


def _applied(content: bytes, pending: Sequence[Call]) -> bytes:
    if not pending:
        return content
    changed = bytearray(content)
    for call in pending:
        if call.kind == "truncate":
            del changed[call.at :]
        if len(changed) < call.at:
            changed.extend(bytes(call.at - len(changed)))
        changed[call.at : call.at + len(call.data)] = call.data
    return bytes(changed)
