"""The same commands with the store in a file and on a server, run by hand: `python -m tests.bench.server`.

The server is that of the tests, on a socket, with its usual promise to the disk (`fsync` is on). A home of
100,000 entries is copied and moved; then each command is run in turns on both, a process of its own. Told are
medians, and what the server's is of the file's and of that plus `import psycopg`.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import generate
from tests.postgresql import restarting

PYTHON = sys.executable
COWORK = str(Path(PYTHON).with_name("cowork"))
SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "128MB", "autovacuum": "on"}  # fmt: skip
PROJECT = generate.project_names()[0]
ROWS: tuple[tuple[str, Sequence[Sequence[str]]], ...] = (
    ("track start and stop", (("start", PROJECT), ("stop",))),
    ("track status", (("track", "status"),)),
    ("report hours, all time", (("report", "hours"),)),
    ("report unbilled", (("report", "unbilled"),)),
    ("status", (("status",),)),
    ("prompt", (("prompt",),)),
)
WRITERS, EACH = 20, 20


def run(words: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds that a command took, by the clock and of the processor. Ends with what it said if it fails."""
    begun, used = time.perf_counter(), _used()
    done = subprocess.run([COWORK, *words], env=env, capture_output=True, text=True)
    took = time.perf_counter() - begun, _used() - used
    if done.returncode:
        raise SystemExit(f"{words}: {done.returncode}\n{done.stderr}")
    return took


def _used() -> float:
    """Processor seconds of the processes that ended; the server is none of them."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def crowd(homes: Sequence[Mapping[str, str]]) -> float:
    """Seconds for 400 entries, 20 writers at once with 20 each."""
    script = (
        "import subprocess, sys\n"
        "for number in range({each}):\n"
        "    day = f'2025-{{1 + number // 2 % 12:02}}-{{1 + {writer}:02}}'\n"
        "    words = ['track', 'add', {project!r}, '--on', day, '--from', f'{{2 * (number % 2):02}}:00', "
        "'--to', f'{{2 * (number % 2) + 1:02}}:00']\n"
        "    subprocess.run([{cowork!r}, *words], check=True, capture_output=True)\n"
    )
    begun = time.perf_counter()
    running = [
        subprocess.Popen(
            [PYTHON, "-c", script.format(each=EACH, writer=writer, cowork=COWORK, project=PROJECT)],
            env=env,
        )
        for writer, env in enumerate(homes)
    ]
    if failed := [one.wait() for one in running if one.wait()]:
        raise SystemExit(f"{len(failed)} writers failed")
    return time.perf_counter() - begun


def main() -> None:
    """Measures, and prints a table."""
    asked = argparse.ArgumentParser()
    asked.add_argument(
        "--home", type=Path, help="a home of 100,000 entries; made if it is not there"
    )
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--no-crowd", action="store_true")
    args = asked.parse_args()
    work = Path(tempfile.mkdtemp(prefix="cowork-bench-"))
    kept = args.home or work / "kept"
    if not kept.exists():
        generate.fill(kept, generate.hours(100_000))
    server = restarting.Restarting()
    restarting.KEPT.update(SETTINGS)
    try:
        server.start()
        _measure(kept, work, server, args)
    finally:
        server.remove()
        shutil.rmtree(work)


def _measure(
    kept: Path, work: Path, server: restarting.Restarting, args: argparse.Namespace
) -> None:
    world = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    world |= {"TZ": generate.ZONE, "LC_ALL": "C.UTF-8", "COWORK_NOW": generate.NOW}
    homes = {name: world | {"COWORK_HOME": str(work / name)} for name in ("file", "server")}
    for name in homes:
        shutil.copytree(kept, work / name)
        run(("status",), homes[name])
    url = server.server.url("postgres")
    moved, processor = run(("data", "move", "--to", url), homes["server"])
    print(f"data move to the server: {moved:.1f} s ({processor:.1f})", flush=True)
    for env in homes.values():
        run(("status",), env)
    driver = _medians([_imported(world) for _ in range(args.runs)])
    print(f"import psycopg, beyond a bare Python: {_ms(driver)}", flush=True)
    for name, lines in ROWS:
        times: dict[str, list[tuple[float, float]]] = {"file": [], "server": []}
        for _ in range(args.runs):
            for where, env in homes.items():
                each = [run(words, env) for words in lines]
                clock, processor = (sum(both) / len(lines) for both in zip(*each, strict=True))
                times[where].append((clock, processor))
        file, there = _medians(times["file"]), _medians(times["server"])
        ratios = [
            f"{s / f:.2f} / {s / (f + d):.2f}" for f, s, d in zip(file, there, driver, strict=True)
        ]
        print(
            f"{name:24} file {_ms(file)}, server {_ms(there)}; of the file / of it and the driver: "
            f"{ratios[0]} by the clock, {ratios[1]} of the processor",
            flush=True,
        )
    if not args.no_crowd:
        _crowds(work, world, homes, url)


def _medians(times: Sequence[tuple[float, float]]) -> list[float]:
    return [statistics.median(each) for each in zip(*times, strict=True)]


def _ms(both: Sequence[float]) -> str:
    return f"{both[0] * 1000:.0f} ms ({both[1] * 1000:.0f})"


def _imported(world: Mapping[str, str]) -> tuple[float, float]:
    """What `import psycopg` takes, by the clock and of the processor."""

    def timed(code: str) -> tuple[float, float]:
        begun, used = time.perf_counter(), _used()
        subprocess.run([PYTHON, "-c", code], env=world, check=True)
        return time.perf_counter() - begun, _used() - used

    with_it, without = timed("import psycopg"), timed("pass")
    return with_it[0] - without[0], with_it[1] - without[1]


def _crowds(
    work: Path, world: Mapping[str, str], homes: Mapping[str, Mapping[str, str]], url: str
) -> None:
    there = []
    for number in range(WRITERS):
        env = {**world, "COWORK_HOME": str(work / f"home-{number}"), "COWORK_STORE": url}
        run(("status",), env)
        there.append(env)
    took = {"the file": crowd([homes["file"]] * WRITERS), "the server": crowd(there)}
    for name, seconds in took.items():
        print(f"{WRITERS * EACH} entries from {WRITERS} at once, {name}: {seconds:.1f} s")


if __name__ == "__main__":
    main()
