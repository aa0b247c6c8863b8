"""How long whole commands take, run by hand: `make bench`. Never timed in CI.

Every row is a process of its own, from exec to exit, with its output in a pipe. The rows run in
turns, so that a busy minute of the machine falls on all of them, and are told as medians and as
ratios to a bare Python (P) and to a bare `import typer` (T) of the same run. The aims are those of
`ARCHITECTURE.md`, budgets; a row without an aim is there to compare with.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import generate

SIZES = (10_000, 100_000)
SPACES = 30_000
CONTRACTS, POST = 500, 5_000
OPEN_STORE = (
    "import sqlite3, sys; c = sqlite3.connect(f'file:{sys.argv[1]}?mode=rw', uri=True); "
    "print(c.execute('SELECT project_id FROM entries WHERE to_at IS NULL').fetchone())"
)
WEIGH = (
    "import os, sys; null = os.open(os.devnull, os.O_RDWR); "
    "pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=["
    "(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]); "
    "print(os.wait4(pid, 0)[2].ru_maxrss)"
)


@dataclass(frozen=True, slots=True)
class Aim:
    """At most `factor` times the row `of`."""

    factor: float
    of: str

    def __str__(self) -> str:
        return f"{self.factor:g} x {self.of}"


@dataclass(slots=True)
class Row:
    """One command, what it should not exceed, and what is run before and after it, untimed."""

    name: str
    words: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    aim: Aim | None = None
    also: Aim | None = None
    before: Sequence[Sequence[str]] = ()
    after: Sequence[Sequence[str]] = ()
    codes: tuple[int, ...] = (0,)
    ms: list[float] = field(default_factory=list)
    peak_kb: int = 0
    failed: str = ""

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.ms)


def rows(cowork: str, homes: Path) -> list[Row]:
    """Every row, in the order of the table. The homes lie in `homes`, one for each size."""
    python = sys.executable
    found = [
        Row("P: python -c pass", [python, "-c", "pass"]),
        Row("T: python -c import typer", [python, "-c", "import typer"]),
        Row("--version", [cowork, "--version"], aim=Aim(2, "P")),
    ]
    for size in SIZES:
        found += _rows_of(cowork, python, homes / str(size), f"{size // 1000}k")
    home = {"COWORK_HOME": str(homes / "spaces")}
    search = [cowork, "space", "search", "--near", "53.8655,10.6866", "--offline", "--limit", "20"]
    office = {"COWORK_HOME": str(homes / "office")}
    found.append(Row("status, office", [cowork, "status"], office, Aim(0.9, "T")))
    found.append(Row("deadlines, office", [cowork, "deadlines"], office, Aim(0.9, "T")))
    found.append(Row("space search, 30k own", search, home, Aim(1, "T")))
    fetched = {"COWORK_HOME": str(homes / "fetched")}
    found.append(Row("space search, 30k fetched", search, fetched, Aim(1, "T")))
    town = [cowork, "search", "Lübeck", "--offline", "--amenity", "wifi"]
    found.append(Row("search of a town with a filter, 30k fetched", town, fetched, Aim(1.2, "T")))
    return found


def _rows_of(cowork: str, python: str, home: Path, size: str) -> list[Row]:
    env = {"COWORK_HOME": str(home)}
    colour = {**env, "FORCE_COLOR": "1", "COLUMNS": "100"}
    project = generate.project_names()[0]
    # The clock is the day after the newest entry; each start is taken back before the next.
    start, cancel = [cowork, "start", project], [cowork, "track", "cancel"]
    earlier = [cowork, "start", project, "--at", "17:30"]
    raw = f"open the store {size}"
    month = [cowork, "report", "hours", "--month"]
    whole = [cowork, "report", "hours"]
    return [
        Row(f"_names project {size}", [cowork, "_names", "project"], env, Aim(1.3, "P")),
        Row(raw, [python, "-c", OPEN_STORE, str(home / "data" / "cowork.db")], env),
        Row(f"prompt {size}", [cowork, "prompt"], env, Aim(3.5, "P"), Aim(1.3, raw)),
        Row(f"track start {size}", start, env, Aim(0.6, "T"), before=[cancel]),
        Row(f"track status {size}", [cowork, "track", "status"], env, Aim(0.6, "T")),
        Row(
            f"track stop {size}", [cowork, "stop"], env, Aim(0.6, "T"), before=[cancel, earlier], after=[[cowork, "undo"]],
        ),
        Row(f"client list {size}", [cowork, "client", "list"], env, Aim(0.7, "T")),
        Row(f"booking list {size}", [cowork, "booking", "list"], env, Aim(0.7, "T")),
        Row(f"status {size}", [cowork, "status"], env, Aim(0.7, "T")),
        Row(f"report month {size}", month, env, Aim(0.7, "T")),
        Row(f"report all {size}", whole, env, Aim(1.2, "T")),
        Row(f"report month by day {size}", [*month, "--by", "day"], env, Aim(1.6, "T")),
        Row(f"report all by tag {size}", [*whole, "--by", "tag"], env, Aim(1.8, "T")),
        Row(f"report month, table {size}", [*month, "-o", "table"], colour, Aim(1.3, "T")),
        Row(f"report all, table {size}", [*whole, "-o", "table"], colour, Aim(1.8, "T")),
    ]  # fmt: skip


def silently(lines: Sequence[Sequence[str]], world: Mapping[str, str]) -> None:
    """Runs what has to come before or after a row."""
    for words in lines:
        subprocess.run(words, env=world, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def weighed(row: Row, env: Mapping[str, str]) -> None:
    """Runs a row once, untimed, and notes its peak memory.

    A process counts the memory of the one it was forked from as its own, so a bare Python forks it.
    """
    world = {**env, **row.env}
    silently(row.before, world)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", WEIGH, *row.words],
        env=world,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    silently(row.after, world)
    row.peak_kb = int(done.stdout or 0) // (1024 if sys.platform == "darwin" else 1)


def timed(row: Row, env: Mapping[str, str]) -> None:
    """Runs a row once and notes its time."""
    world = {**env, **row.env}
    silently(row.before, world)
    begin = time.perf_counter()
    process = subprocess.Popen(
        row.words,
        env=world,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read()
    said = process.stderr.read()  # a few lines at most: no pipe fills up meanwhile
    process.wait()
    row.ms.append((time.perf_counter() - begin) * 1000)
    process.stdout.close()
    process.stderr.close()
    silently(row.after, world)
    if process.returncode not in row.codes:
        row.failed = said.decode(errors="replace").strip().splitlines()[0][:70] if said else "?"


def table(found: Sequence[Row]) -> list[str]:
    """The figures as lines of text."""
    medians = {row.name: row.median for row in found}
    medians["P"], medians["T"] = found[0].median, found[1].median
    lines = [
        f"{'row':<28}{'median ms':>10}{'min':>8}{'x P':>7}{'x T':>7}{'peak MB':>9}  aim",
    ]
    for row in found:
        p, t = row.median / medians["P"], row.median / medians["T"]
        lines.append(
            f"{row.name:<28}{row.median:>10.1f}{min(row.ms):>8.1f}{p:>7.2f}{t:>7.2f}"
            f"{row.peak_kb / 1024:>9.1f}  {_judged(row, medians)}"
        )
    return lines


def _judged(row: Row, medians: Mapping[str, float]) -> str:
    if row.failed:
        return f"failed: {row.failed}"
    texts = []
    for aim in (row.aim, row.also):
        if aim is not None:
            good = row.median <= aim.factor * medians[aim.of]
            texts.append(f"<= {aim}: {'ok' if good else 'OVER'}")
    return ", ".join(texts)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure whole commands of cowork")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--homes", type=Path, help="keep the made-up homes here and use them again")
    parser.add_argument("--only", default="", help="rows whose name holds this, beside P and T")
    chosen = parser.parse_args()
    cowork = str(Path(sys.executable).with_name("cowork"))
    homes = chosen.homes or Path(tempfile.mkdtemp(prefix="cowork-bench-"))
    try:
        _fill(homes)
        _measure(cowork, homes, chosen.runs, chosen.only)
    finally:
        if chosen.homes is None:
            shutil.rmtree(homes)


def _fill(homes: Path) -> None:
    for size in SIZES:
        if not (homes / str(size)).exists():
            print(f"making {size:,} entries …", file=sys.stderr)
            generate.fill(homes / str(size), generate.hours(size))
    if not (homes / "spaces").exists():
        print(f"making {SPACES:,} spaces …", file=sys.stderr)
        generate.fill_spaces(homes / "spaces", generate.made_up_spaces(SPACES))
    if not (homes / "office").exists():
        print(f"making {CONTRACTS} contracts and {POST:,} pieces of post …", file=sys.stderr)
        generate.fill_office(homes / "office", CONTRACTS, POST)
    if not (homes / "fetched").exists():
        generate.fill_cache(homes / "fetched", generate.made_up_spaces(SPACES))


def _measure(cowork: str, homes: Path, runs: int, only: str) -> None:
    kept = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {"COWORK_NOW": generate.NOW, "TZ": generate.ZONE, "LC_ALL": "C.UTF-8"}
    everything = rows(cowork, homes)
    found = [row for row in everything if only in row.name or row in everything[:2]]
    for row in found:  # once unmeasured: caches warm, settings and names written
        weighed(row, env)
    for turn in range(runs):
        print(f"\rrun {turn + 1} of {runs}", end="", file=sys.stderr, flush=True)
        for row in found:
            timed(row, env)
    print(file=sys.stderr)
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
