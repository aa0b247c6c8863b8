"""How much longer it takes to issue invoices at once than one after the other: `python -m tests.bench.issuing 50`.

Whoever issues waits for those before, since each takes the next number; what they share is the start of
the program and all that is written while nobody waits. The clock on the wall counts here.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.torture import arena

FIRST = date(2026, 1, 5)


def fill(home: Path, count: int) -> None:
    """Writes so many drafts of two hours each into a home."""
    arena.play_all(home, [arena.INIT, arena.CLIENT, arena.PROJECT])
    for n in range(count):
        day = str(FIRST + timedelta(days=n))
        hours = ("track", "add", "acme/site", "--on", day, "--from", "09:00", "--to", "11:00")
        arena.play_all(home, [hours, ("invoice", "draft", "acme")])


def in_sequence(home: Path, count: int) -> list[arena.Played]:
    """Issues all drafts, each after the other."""
    return [arena.finish(_issuing(home, n)) for n in range(1, count + 1)]


def at_once(home: Path, count: int) -> list[arena.Played]:
    """Issues all drafts, none waiting for another to begin."""
    return [arena.finish(begun) for begun in [_issuing(home, n) for n in range(1, count + 1)]]


def _issuing(home: Path, n: int) -> "subprocess.Popen[str]":
    return arena.spawn(home, "invoice", "issue", f"draft-{n}", "--yes")


def main(arguments: Sequence[str]) -> int:
    """Prints seconds and their ratio; 1 where one was refused."""
    count = int(arguments[0]) if arguments else 50
    took, refused = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        base, home = Path(folder, "base"), Path(folder, "home")
        fill(base, count)
        for name, way in (("in sequence", in_sequence), ("at once", at_once)):
            arena.copied(base, home)
            begun = time.monotonic()
            refused += sum(played.code != 0 for played in way(home, count))
            took[name] = time.monotonic() - begun
            print(f"{count} {name}: {took[name]:.1f} s")
    print(f"ratio {took['at once'] / took['in sequence']:.2f}, refused: {refused}")
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
