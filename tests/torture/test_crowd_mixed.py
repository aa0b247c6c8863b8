"""Twenty at once, each doing something else: nothing is lost, nothing happens twice, nobody sees a lock."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.services.home.restoring import prepared
from tests.torture import arena, office
from tests.tried import Tried

SEED = 20
ROOT = Path(__file__).parents[2]
Told = list[tuple[list[str], int, str]]
# Refused is fine where another was quicker; busy or a bug is not. 8: done, but for a copy.
FINE = {0, 2, 4, 5, 6, 8}


def lines_of(number: int, count: int) -> list[office.Words]:
    """What one of the crowd does: its own hours and drafts, and things that all want."""
    chance = random.Random(SEED + number)
    own = f"p{number}"
    lines: list[office.Words] = [("project", "add", f"acme/{own}")]
    for turn in range(count):
        minute = f"{number:02}" if number < 60 else "00"
        at, to = f"{turn % 20:02}:{minute}", f"{turn % 20:02}:{int(minute) + 1:02}"
        day = f"2026-10-{1 + turn // 20:02}"
        choices: tuple[tuple[office.Words, ...], ...] = (
            (
                (
                    "track",
                    "add",
                    f"acme/{own}",
                    f"nr {number}-{turn}",
                    "--on",
                    day,
                    "--from",
                    at,
                    "--to",
                    to,
                ),
            ),
            (("start", f"acme/{own}"), ("stop",)),
            (("track", "edit", "-1", "--note", f"seen by {number}"),),
            (("invoice", "draft", "globex", "--empty"),),
            (("invoice", "issue", "--all", "--yes"),),
            (("invoice", "pay", "2026-0001", "--amount", "0.10"),),
            (("book", "Nische", "--on", f"2026-12-{7 + chance.randrange(5):02}", "--all-day"),),
            (("data", "backup"),),
            (("quote", "add", "acme", "--line", f"Of {number}", "--price", "5"),),
            (("invoice", "plan", "run", "--yes"),),
        )
        lines += choices[0] if turn % 2 else chance.choice(choices)
    return lines


def play_at_once(home: Path, scripts: list[list[office.Words]]) -> list[Told]:
    """Each script in a process of its own; what came of every line."""
    crowd = []
    for lines in scripts:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.crowding"],
            cwd=ROOT,
            env=arena.world(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps({"home": str(home), "lines": lines}))
        process.stdin.close()
        process.stdin = None
        crowd.append(process)
    return [json.loads(process.communicate(timeout=900)[0]) for process in crowd]


def crowd(home: Path, people: int, turns: int) -> Counter[str]:
    """Plays and looks through it; how many lines did what."""
    told = play_at_once(home, [lines_of(number, turns) for number in range(people)])
    counts: Counter[str] = Counter()
    promised = []
    for words, code, err in (line for lines in told for line in lines):
        assert code in FINE, f"{words}: exit {code}\n{err}"
        assert "locked" not in err, err
        assert "Traceback" not in err, err
        counts[f"{' '.join(words[:2]) if words[0] != 'start' else 'start'} {code}"] += 1
        if words[:2] == ["track", "add"]:
            assert code == 0, err
            promised.append((words[2], words[5], words[7]))
    look_through(home, promised)
    return counts


def look_through(home: Path, promised: list[tuple[str, str, str]]) -> None:
    """All that was promised is there once; numbers are used once, in a row; copies are whole."""
    arena.assert_sound(home)
    listed = json.loads(arena.play(home, "track", "list", "--in", "2026-10", "--json").out)["data"]
    kept = [(row["project"], row["from"][:10], row["from"][11:16]) for row in listed]
    assert sorted(kept) == sorted(promised)
    invoices = json.loads(arena.play(home, "invoice", "list", "--json").out)["data"]
    numbers = sorted(row["number"] for row in invoices if row["number"])
    assert numbers == [f"2026-{n:04}" for n in range(1, len(numbers) + 1)]
    checks = json.loads(arena.play(home, "data", "verify", "--json").out)["data"]["checks"]
    told = {check["name"]: check["detail"] for check in checks}
    assert "is on an invoice" in told["number-gaps"]
    assert told["requests"] == "the outcome of every request is known"
    bookings = json.loads(arena.play(home, "booking", "list", "--json").out)["data"]
    alive = Counter(
        (row["desk_name"], row["from"]) for row in bookings if row["state"] == "confirmed"
    )
    assert set(alive.values()) == {1}, alive
    for backup in (home / "data" / "backups").iterdir():
        with prepared(locate({"COWORK_HOME": str(home)}), None, backup):
            pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    office.filled(folder, tmp_path / "files", tmp_path / "out")
    return folder


def test_three_at_once(home: Path) -> None:
    crowd(home, 3, 3)


@pytest.mark.torture
@pytest.mark.alone
def test_twenty_at_once(home: Path, tried: Tried) -> None:
    counts = crowd(home, 20, 30)
    tried(lines=sum(counts.values()), **counts)
