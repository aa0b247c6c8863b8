"""cowork beside Watson, timewarrior and utt: the same made-up hours, the same run, by hand.

    python -m tests.bench.peers --path DIR_WITH_WATSON_AND_UTT/bin

The newest hours are of yesterday by the clock of the machine, as the others know no other clock. Who
is not installed is named and left out: Watson and utt are `td-watson` and `utt` on PyPI, timewarrior
is a package of Debian. Every row is a process of its own, not on a terminal, in turns; told are
medians and ratios to cowork (2.00: twice as long), by the clock and by processor time.

utt knows no timer: its `start` is the `hello` of a day, its `stop` the line that ends a piece of work,
its `status` the report of today. It gets one line for each piece, and counts the gaps between them.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.bench import generate, wheel
from tests.bench.generate import Hour
from tests.bench.run import SIZES, Row, timed, weighed

ACTIONS = ("report all", "report month", "start", "stop", "status")
ZONE = ZoneInfo(generate.ZONE)
NAMES = ("cowork", "watson", "timew", "utt")


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: how it gets the hours into a folder, and its rows over them."""

    name: str
    fill: Callable[[Path, Iterable[Hour]], None]
    rows: Callable[[str, Path, date], list[Row]]


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


# ---- cowork


def cowork_rows(program: str, home: Path, newest: date) -> list[Row]:
    """Reports sum up by project; a timer is taken back after each run."""
    env = {"COWORK_HOME": str(home)}
    report, project = [program, "report", "hours"], generate.project_names()[0]
    cancel, earlier = [program, "track", "cancel"], [program, "start", project, "--at", "-10m"]
    return [
        Row("report all", report, env),
        Row("report month", [*report, "--in", f"{newest:%Y-%m}"], env),
        Row("start", [program, "start", project], env, before=[cancel], after=[cancel]),
        Row("stop", [program, "stop"], env, before=[earlier], after=[[program, "undo", "2"]]),
        Row("status", [program, "track", "status"], env, before=[earlier], after=[cancel]),
    ]


# ---- Watson


def fill_watson(folder: Path, hours: Iterable[Hour]) -> None:
    """`frames`: one JSON list."""
    folder.mkdir(parents=True)
    frames = []
    for number, hour in enumerate(hours):
        begin, end = int(hour.begin.timestamp()), int(hour.end.timestamp())
        frames.append([begin, end, hour.project, UUID(int=number).hex, list(hour.tags), end])
    (folder / "frames").write_text(json.dumps(frames, indent=1), encoding="utf-8")


def watson_rows(program: str, folder: Path, newest: date) -> list[Row]:
    """`report` sums up by project. A stop adds a frame for each run, of so many thousand."""
    env = {"WATSON_DIR": str(folder)}
    first, last = month_of(newest)
    report = [program, "report", "--no-pager"]
    start, cancel = [program, "start", generate.project_names()[0]], [program, "cancel"]
    return [
        Row("report all", [*report, "--all"], env),
        Row("report month", [*report, "--from", f"{first}", "--to", f"{last}"], env),
        Row("start", start, env, before=[cancel], after=[cancel]),
        Row("stop", [program, "stop"], env, before=[start]),
        Row("status", [program, "status"], env, before=[start], after=[cancel]),
    ]


# ---- timewarrior


def fill_timewarrior(folder: Path, hours: Iterable[Hour]) -> None:
    """A file for each month in UTC, and the counts of the tags."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "extensions").mkdir()
    (folder / "timewarrior.cfg").write_text("confirmation = off\n", encoding="utf-8")
    months: dict[str, list[str]] = {}
    tags: dict[str, int] = {}
    for hour in hours:
        named = (hour.project, *hour.tags)
        begin, end = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (hour.begin, hour.end))
        line = f"inc {begin} - {end} # {' '.join(named)}\n"
        months.setdefault(f"{hour.begin:%Y-%m}", []).append(line)
        for tag in named:
            tags[tag] = tags.get(tag, 0) + 1
    for month, lines in months.items():
        (data / f"{month}.data").write_text("".join(lines), encoding="utf-8")
    counts = {tag: {"count": count} for tag, count in tags.items()}
    (data / "tags.data").write_text(json.dumps(counts), encoding="utf-8")


def timewarrior_rows(program: str, folder: Path, newest: date) -> list[Row]:
    """`summary` lists every interval and sums them up: it has no other report of all."""
    env = {"TIMEWARRIORDB": str(folder)}
    first, last = month_of(newest)
    start, cancel = [program, "start", generate.project_names()[0]], [program, "cancel"]
    earlier = [program, "start", "10min", "ago", generate.project_names()[0]]
    month = [program, "summary", f"{first}", "-", f"{last + timedelta(days=1)}"]
    return [
        Row("report all", [program, "summary", ":all"], env),
        Row("report month", month, env),
        Row("start", start, env, before=[cancel], after=[cancel]),
        Row("stop", [program, "stop"], env, before=[earlier], after=[[program, "undo"], cancel]),
        Row("status", [program], env, before=[earlier], after=[cancel]),
    ]


# ---- utt


def fill_utt(folder: Path, hours: Iterable[Hour]) -> None:
    """One log in local time: `hello` begins a day, a line ends each piece."""
    (folder / "utt").mkdir(parents=True)
    lines, day = [], None
    for hour in hours:
        begin, end = hour.begin.astimezone(ZONE), hour.end.astimezone(ZONE)
        if begin.date() != day:
            day = begin.date()
            lines.append(f"{begin:%Y-%m-%d %H:%M} hello\n")
        task = " ".join(hour.tags) or "work"
        lines.append(f"{end:%Y-%m-%d %H:%M} {hour.project}: {task}\n")
    for name in ("utt/utt.log", "kept.log"):
        (folder / name).write_text("".join(lines), encoding="utf-8")


def utt_rows(program: str, folder: Path, newest: date) -> list[Row]:
    """Its log is put back after each line that is added."""
    env = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    first, last = month_of(newest)
    report = [program, "report"]
    kept = [["cp", str(folder / "kept.log"), str(folder / "utt" / "utt.log")]]
    hello = [program, "hello"]
    done = [program, "add", f"{generate.project_names()[0]}: work"]
    return [
        Row("report all", [*report, "--from", "1990-01-01", "--to", f"{last}"], env),
        Row("report month", [*report, "--from", f"{first}", "--to", f"{last}"], env),
        Row("start", hello, env, after=kept),
        Row("stop", done, env, before=[hello], after=kept),
        Row("status", report, env),
    ]


PEERS = (
    Peer("cowork", generate.fill, cowork_rows),
    Peer("watson", fill_watson, watson_rows),
    Peer("timew", fill_timewarrior, timewarrior_rows),
    Peer("utt", fill_utt, utt_rows),
)


def measured(
    programs: Mapping[str, str],
    folder: Path,
    size: int,
    runs: int,
    env: Mapping[str, str],
) -> dict[str, list[Row]]:
    """The rows of every program over `size` entries, timed in turns."""
    today = datetime.now(UTC).astimezone(ZONE).date()
    made = list(generate.hours(size, last=today))
    newest = made[-1].begin.date()
    found = {}
    for peer in PEERS:
        if peer.name in programs:
            place = folder / f"{peer.name}-{size}-{today}"
            if not place.exists():
                print(f"{peer.name}: writing {size:,} entries …", file=sys.stderr)
                peer.fill(place, made)
            found[peer.name] = peer.rows(programs[peer.name], place, newest)
    everything = [row for action in zip(*found.values(), strict=True) for row in action]
    for row in everything:  # once unmeasured: caches warm
        weighed(row, env)
    for turn in range(runs):
        print(f"\r{size:,}: run {turn + 1} of {runs}", end="", file=sys.stderr, flush=True)
        for row in everything:
            timed(row, env)
    print(file=sys.stderr)
    for name, rows in found.items():
        for row in rows:
            if row.failed:
                print(f"{name} {row.name}: {row.failed}", file=sys.stderr)
    return found


def table(found: Mapping[str, Sequence[Row]], size: int, *, cpu: bool) -> list[str]:
    """Lines of Markdown: milliseconds of cowork, then for each program its ratio and its memory.

    By the clock, or with `cpu` by processor time.
    """

    def taken(row: Row) -> float:
        return row.cpu if cpu else row.median

    names = list(found)
    titles = [
        f"{size:,} entries",
        f"cowork {'cpu ' * cpu}ms",
        *names,
        *(f"{name} MB" for name in names),
    ]
    lines = [f"| {' | '.join(titles)} |", f"| --- |{' ---: |' * (len(titles) - 1)}"]
    for number, action in enumerate(ACTIONS):
        rows = [found[name][number] for name in names]
        own = taken(rows[0])
        cells = [action, f"{own:.0f}"]
        cells += ["failed" if row.failed else f"{taken(row) / own:.2f}" for row in rows]
        cells += [f"{row.peak_kb / 1024:.0f}" for row in rows]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure cowork beside other time trackers")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--path", default="", help="more folders to look for the programs in")
    parser.add_argument("--keep", type=Path, help="keep the made-up data here and use it again")
    parser.add_argument("--cowork", type=Path, help="this program in place of the wheel")
    chosen = parser.parse_args()
    path = os.pathsep.join(filter(None, (chosen.path, os.environ.get("PATH"))))
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="cowork-peers-"))
    folder.mkdir(parents=True, exist_ok=True)
    programs = {"cowork": str(chosen.cowork or wheel.installed(folder))}
    for name in NAMES[1:]:
        program = shutil.which(name, path=path)
        if program is None:
            print(f"{name} is not installed: left out", file=sys.stderr)
        else:
            programs[name] = program
    env = {"PATH": path, "HOME": str(folder), "TZ": generate.ZONE, "LC_ALL": "C.UTF-8"}
    try:
        for size in SIZES:
            found = measured(programs, folder, size, chosen.runs, env)
            for cpu in (False, True):
                print("\n".join(table(found, size, cpu=cpu)) + "\n", flush=True)
    finally:
        if chosen.keep is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
