"""No sums on wall clocks: the check of the types knows every one, in the package as it stands."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "tools" / "mypy_instants.py"
HEAD = "from datetime import datetime, timedelta\n\ndef f(a: datetime, b: datetime, c: timedelta) -> object:\n"


def judged(folder: Path, line: str, name: str = "sample.py") -> str:
    """What mypy says of a function with this line."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{HEAD}    {line}\n", encoding="utf-8")
    config = folder / "mypy.ini"
    config.write_text(f"[mypy]\nplugins = {PLUGIN}\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(config), "--cache-dir", str(folder / "cache"), str(file)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return run.stdout


def test_every_sum_of_a_datetime_is_refused(tmp_path: Path) -> None:
    sums = (
        "a - b",
        "a + c",
        "a - c",
        "(a, a.__add__(c))",
        "max(a, b) - min(a, b)",
        "a.replace(hour=1) + c",
    )
    lines = [f"print({each})" for each in sums] + ["a += c", "a -= c", "return a"]
    assert judged(tmp_path, "\n    ".join(lines)).count("A sum on the wall clock") == len(sums) + 2
    assert "error" in judged(tmp_path, "return c + a")


@pytest.mark.parametrize("line", ["return a.date() - b.date()", "return c + c", "return a < b"])
def test_other_sums_are_not(tmp_path: Path, line: str) -> None:
    assert "wall clock" not in judged(tmp_path, line)


def test_zones_may(tmp_path: Path) -> None:
    assert "wall clock" not in judged(tmp_path, "return a - b", "cowork_cli/domain/zones.py")


def test_the_check_is_switched_on_for_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["plugins"] == ["tools/mypy_instants.py"]
    assert settings["packages"] == ["cowork_cli"]
