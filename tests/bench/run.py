"""How long whole commands take, run by hand: `make bench`. Never timed in CI.

What is measured is the wheel, built from the checkout and installed by itself. Every row is a process
of its own, from exec to exit, with its output in a pipe. The rows run in turns, so that a busy minute
of the machine falls on all of them, and are told as medians and as ratios to a bare Python (P) and to
a bare `import typer` (T) of the same run: by the clock, and by processor time, which other work on
the machine hardly changes. A row without an aim is there to compare with.
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

from tests.bench import generate, statements, wheel

SIZES = (10_000, 100_000)
SPACES = 30_000
CONTRACTS, POST, ORDERS = 500, 5_000, 50
HOURS = "hours.csv"
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
    turns: int = 1000
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    peak_kb: int = 0
    failed: str = ""

    @property
    def median(self) -> float:
        """Milliseconds by the clock."""
        return statistics.median(self.ms)

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time."""
        return statistics.median(self.cpu_ms)


def rows(cowork: str, homes: Path) -> list[Row]:
    """Every row, in the order of the table. The homes lie in `homes`, one for each size."""
    python = str(Path(cowork).with_name("python"))
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
    found.append(Row("status, office", [cowork, "status"], office, Aim(1, "T")))
    found.append(Row("deadlines, office", [cowork, "deadlines"], office, Aim(1, "T")))
    orders = {"COWORK_HOME": str(homes / "orders")}
    found.append(
        Row("standing run, nothing due", [cowork, "standing", "run"], orders, Aim(0.8, "T"))
    )
    found.append(Row("space search, 30k own", search, home, Aim(1, "T")))
    fetched = {"COWORK_HOME": str(homes / "fetched")}
    found.append(Row("space search, 30k fetched", search, fetched, Aim(1, "T")))
    town = [cowork, "search", "Lübeck", "--offline", "--amenity", "wifi"]
    found.append(Row("search of a town with a filter, 30k fetched", town, fetched, Aim(1.2, "T")))
    found.append(_import_row(cowork, python, homes))
    found += _bank_rows(cowork, python, homes)
    return found


def _bank_rows(cowork: str, python: str, homes: Path) -> list[Row]:
    """A statement taken and matched, each time in a home that has the invoices alone; 6 x T together."""
    home = str(homes / "bank")
    copy = "import shutil, sys; shutil.rmtree(sys.argv[2], True); shutil.copytree(*sys.argv[1:])"
    anew = [python, "-c", copy, str(homes / "invoices"), home]
    camt = [cowork, "bank", "import", str(homes / statements.CAMT)]
    table = [cowork, "bank", "import", str(homes / statements.CSV)]
    match = [cowork, "bank", "match", "--yes"]
    env = {"COWORK_HOME": home}
    return [
        Row("bank import, CAMT of 10k", camt, env, Aim(3.5, "T"), before=[anew], turns=5),
        Row("bank import, CSV of 10k", table, env, Aim(3.5, "T"), before=[anew], turns=5),
        Row("bank match, 10k and 2k", match, env, Aim(2.5, "T"), before=[anew, camt], turns=5),
    ]


def _import_row(cowork: str, python: str, homes: Path) -> Row:
    """The import of all hours into a home that is not there yet; it takes seconds, so it runs less often."""
    home = str(homes / "imported")
    anew = [python, "-c", "import shutil, sys; shutil.rmtree(sys.argv[1], True)", home]
    words = [cowork, "track", "import", "--format", "csv", str(homes / HOURS)]
    return Row("track import, 100k rows", words, {"COWORK_HOME": home}, before=[anew], turns=3)


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
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    row.ms.append((time.perf_counter() - begin) * 1000)
    row.cpu_ms.append((used.ru_utime + used.ru_stime) * 1000)
    process.stdout.close()
    process.stderr.close()
    silently(row.after, world)
    if process.returncode not in row.codes:
        row.failed = said.decode(errors="replace").strip().splitlines()[0][:70] if said else "?"


def table(found: Sequence[Row]) -> list[str]:
    """The figures as lines of text: by the clock, then by processor time."""
    wall = {row.name: row.median for row in found} | {"P": found[0].median, "T": found[1].median}
    cpu = {row.name: row.cpu for row in found} | {"P": found[0].cpu, "T": found[1].cpu}
    width = max(len(row.name) for row in found) + 1
    lines = [
        f"{'row':<{width}}{'ms':>9}{'x P':>7}{'x T':>7}{'cpu ms':>9}{'x P':>7}{'x T':>7}{'peak MB':>9}  aim"
    ]
    for row in found:
        cells = "".join(
            f"{value:>9.1f}{value / known['P']:>7.2f}{value / known['T']:>7.2f}"
            for value, known in ((row.median, wall), (row.cpu, cpu))
        )
        lines.append(
            f"{row.name:<{width}}{cells}{row.peak_kb / 1024:>9.1f}  {_judged(row, wall, cpu)}"
        )
    return lines


def _judged(row: Row, wall: Mapping[str, float], cpu: Mapping[str, float]) -> str:
    if row.failed:
        return f"failed: {row.failed}"
    texts = []
    for aim in (row.aim, row.also):
        if aim is not None:
            known = ((row.median, wall), (row.cpu, cpu))
            good = ["ok" if value <= aim.factor * of[aim.of] else "OVER" for value, of in known]
            texts.append(
                f"<= {aim}: {good[0]}" + (f", cpu {good[1]}" if len(set(good)) > 1 else "")
            )
    return ", ".join(texts)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure whole commands of cowork")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--homes", type=Path, help="keep the made-up homes here and use them again")
    parser.add_argument("--only", default="", help="rows whose name holds this, beside P and T")
    parser.add_argument("--cowork", type=Path, help="this program in place of the wheel")
    chosen = parser.parse_args()
    homes = chosen.homes or Path(tempfile.mkdtemp(prefix="cowork-bench-"))
    try:
        homes.mkdir(parents=True, exist_ok=True)
        cowork = str(chosen.cowork or wheel.installed(homes))
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
    if not (homes / "orders").exists():
        generate.fill_orders(homes / "orders", ORDERS)
    if not (homes / HOURS).exists():
        generate.write_csv(homes / HOURS, generate.hours(SIZES[-1]))
    if not (homes / "invoices").exists():
        statements.write(homes)
        statements.fill(homes / "invoices")
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
            if turn < row.turns:
                timed(row, env)
    print(file=sys.stderr)
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
