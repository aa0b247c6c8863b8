"""A line of every verb that writes, played without harm first: what is before it and what is after it."""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import arena, office
from tests.torture.machine import Machine
from tests.torture.snapshots import Snapshot, differing_columns, masked, settings, snapshot
from tests.torture.strength import cases

SEED = 18
MOST = cases(6, of=250)
"""At how many calls a verb is stopped; 250 are every call of all verbs but the longest."""
# Several changes, each of them whole: what a kill leaves is one of the states between them. `booking sync`
# settles what was asked, and the same line goes on from there to where it leads.
STEPWISE = ("booking add", "booking cancel", "booking move", "booking watch", "invoice plan run",
            "standing run")  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A line of a verb with what is before and after it; `loose`: columns that differ from run to run."""

    verb: str
    words: office.Words
    base: Path
    home: Path
    out: Path
    loose: frozenset[tuple[str, int]]
    new: Snapshot
    states: dict[str, Snapshot | None]
    settings: dict[str, str | None]
    undone: dict[str, tuple[int, Snapshot | None]]
    calls: int
    looked_at: dict[bytes, str] = field(default_factory=dict)

    def fresh(self) -> None:
        """The home as it was before."""
        arena.copied(self.base, self.home)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()

    def state(self, home: Path) -> Snapshot | None:
        """What a home holds, to compare."""
        return masked(snapshot(home), self.loose)


def scene_of(verb: str, machine: Machine, furnished: Path, folder: Path) -> Scene:
    """Plays the line of a verb twice, without a kill."""
    base, home, out = folder / "base", folder / "home", folder / "out"
    out.mkdir()
    lines = [office.resolved(line, furnished / "files", out) for line in office.LINES[verb]]
    *before, words = lines
    arena.play_all(arena.copied(furnished / "base", base), before)
    first = _after(machine, base, home, out, words)
    second = _after(machine, base, home, out, words)
    loose = differing_columns(first[0], second[0]) | {("changes", 1)}  # the UUID of an undo, too
    undone = {"new": (arena.play(home, "undo").code, masked(snapshot(home), loose))}
    arena.copied(base, home)
    undone["old"] = (arena.play(home, "undo").code, masked(snapshot(home), loose))
    return Scene(
        verb, words, base, home, out, loose, second[0],
        {"old": masked(snapshot(base), loose), "new": masked(second[0], loose)},
        {"old": settings(base), "new": second[1]},
        undone, second[2],
    )  # fmt: skip


def _after(
    machine: Machine, base: Path, home: Path, out: Path, words: office.Words
) -> tuple[Snapshot, str | None, int]:
    arena.copied(base, home)
    shutil.rmtree(out)
    out.mkdir()
    ran = machine.run(home, words)
    assert ran.played.code == 0, str(ran.played)
    state = snapshot(home)
    assert state is not None
    return state, settings(home), ran.calls


def every_or(most: int, count: int) -> list[int]:
    """Each number from 1 to `count`, or so many of them."""
    return sorted(random.Random(SEED).sample(range(1, count + 1), min(most, count)))
