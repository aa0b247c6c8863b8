"""A run of recurring invoices that is killed, or is two runs: each period is billed once, all of them are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import arena

pytestmark = pytest.mark.torture
KILLER = Path(__file__).with_name("killed.py")
RUN = ("invoice", "plan", "run")
PLAN = (
    "invoice", "plan", "add", "acme", "--every", "month", "--line", "Retainer", "--price", "100",
    "--from", "2026-07-01", "--issue",
)  # fmt: skip
PERIODS = [f"2026-{month:02}-01" for month in range(7, 12)]
PLACES = 24


def killed_at(home: Path, fatal: int) -> arena.Played:
    """The run, ended at that moment; 0 counts the moments."""
    process = subprocess.Popen(
        [sys.executable, str(KILLER), str(fatal), *RUN],
        env=arena.world(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    return arena.finish(process)


def assert_each_once(home: Path) -> None:
    rows = json.loads(arena.play(home, "invoice", "list", "--json").out)["data"]
    assert [row["period"]["from"] for row in rows] == PERIODS
    assert [row["number"] for row in rows] == [f"2026-000{number}" for number in range(1, 6)]
    arena.assert_sound(home)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    home = tmp_path / "base"
    home.mkdir()
    arena.play_all(home, [arena.INIT, arena.CLIENT, PLAN])
    return home


def test_killed_anywhere_it_goes_on(base: Path, tmp_path: Path) -> None:
    home = arena.copied(base, tmp_path / "home")
    counted = killed_at(home, 0)
    assert counted.code == 0, str(counted)
    moments = int(counted.err.splitlines()[-1])
    assert_each_once(home)
    for place in range(1, PLACES + 1):
        home = arena.copied(base, tmp_path / "home")
        done = killed_at(home, moments * place // (PLACES + 1))
        assert done.code in (-9, 0), str(done)
        assert arena.play(home, *RUN).code == 0
        assert_each_once(home)


def test_of_several_runs_at_once_each_period_is_billed_once(base: Path, tmp_path: Path) -> None:
    home = arena.copied(base, tmp_path / "home")
    runs = [arena.spawn(home, *RUN) for _ in range(4)]
    assert [arena.finish(run).code for run in runs] == [0, 0, 0, 0]
    assert arena.play(home, *RUN).out == ""
    assert_each_once(home)
