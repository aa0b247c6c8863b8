"""How much of each room the tests ran, by branches; leaves with 1 where that is less than 95 %.

`make coverage` runs the tests and then this. A branch is a way out of a line that has several; a line that no
test reached has none of its branches. `--gaps` lists the files with the most ways that no test went.
"""

import argparse
import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import coverage

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("domain", "store", "services")
LEAST = 95.0  # percent of the branches of each room
MOST_GAPS = 25


def measured() -> dict[str, Any]:
    """What coverage.py wrote down, by file below `cowork_cli`."""
    data = coverage.Coverage()
    data.load()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        with contextlib.redirect_stdout(io.StringIO()):
            data.json_report(outfile=str(file))
        files = json.loads(file.read_text(encoding="utf-8"))["files"]
    return {
        Path(name).resolve().relative_to(ROOT / "cowork_cli").as_posix(): told
        for name, told in files.items()
    }


def main() -> int:
    """Prints a line for each room; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gaps", action="store_true", help="also the files with the most gaps")
    gaps = parser.parse_args().gaps
    files = measured()
    least = 100.0
    for room in ROOMS:
        of_room = [told["summary"] for name, told in files.items() if name.startswith(f"{room}/")]
        branches, gone = (
            sum(one[key] for one in of_room) for key in ("num_branches", "covered_branches")
        )
        lines, run = (
            sum(one[key] for one in of_room) for key in ("num_statements", "covered_lines")
        )
        percent = 100 * gone / branches if branches else 0.0
        least = min(least, percent)
        print(
            f"{room:10} branches {gone:5} of {branches:5} {percent:6.2f} %   lines {100 * run / lines:6.2f} %"
        )
    if gaps:
        _print_gaps(files)
    if least < LEAST:
        print(
            f"less than {LEAST:g} % of the branches of a room; `tools/covered.py --gaps` shows where"
        )
        return 1
    return 0


def _print_gaps(files: dict[str, Any]) -> None:
    worst = sorted(files.items(), key=lambda row: -row[1]["summary"]["missing_branches"])
    for name, told in worst[:MOST_GAPS]:
        ways = ", ".join(f"{start}→{end}" for start, end in told["missing_branches"])
        print(f"{told['summary']['missing_branches']:4} {name}: {ways}")


if __name__ == "__main__":
    sys.exit(main())
