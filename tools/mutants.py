"""Breaks the arithmetic in small ways, one at a time, and looks whether a test notices (mutmut).

`python tools/mutants.py` tries every function of `TARGETS`; words after it narrow that: `domain.money`. What no
test notices is shown as a change, and leaves with 1, unless `tools/equivalent_mutants.toml` says why the
changed function does the same. Works on a copy in `mutants/`; settings: `tool.mutmut` in pyproject.toml.
"""

import argparse
import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "mutants"
EXPLAINED = ROOT / "tools" / "equivalent_mutants.toml"
# Functions whose figures somebody pays by; each `*` stands for whatever mutmut adds to the name.
TARGETS = (
    "domain.money.*",
    "domain.amounts.*",
    "domain.billing.*",
    "domain.calendar_days.*",
    "domain.contract.*",
    "domain.notice.*",
    "domain.deadlines.*",
    "domain.invoice.*",
    "domain.vat_report.*",
    "domain.settlement.*",
    "domain.jobs.*",
    "services.invoices.numbering.*",
    "services.hours.room.*",
    "services.jobs.sheets.x_amounts__*",
    "services.jobs.sheets.x__owed__*",
    "store.invoice_issue.x_take_number__*",
    "store.invoice_issue.x_next_number__*",
    "store.invoice_issue.x_last_number__*",
    "store.entries.x_colliding__*",
    "store.entries.x_all_colliding__*",
    "store.entries.x__whose__*",
)
SURVIVED, UNTESTED = 0, 33  # exit codes of the tests, as mutmut keeps them


@dataclass(frozen=True)
class Mutant:
    """One change: `name` without the package, the lines before and after it, and how the tests ended."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    code: int | None

    @property
    def module(self) -> str:
        """`domain.money`"""
        return self.name.rpartition(".")[0]

    @property
    def lived(self) -> bool:
        """Whether every test passed with it."""
        return self.code in (SURVIVED, UNTESTED)


@dataclass(frozen=True)
class Explanation:
    """Why a change of one function is none: the lines are compared without blanks around them."""

    module: str
    before: str
    after: str
    reason: str

    def fits(self, mutant: Mutant) -> bool:
        """Whether it is about this change."""
        return (
            self.module == mutant.module
            and self.before == _joined(mutant.before)
            and self.after == _joined(mutant.after)
        )


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines)


def explanations() -> list[Explanation]:
    """All that the file holds."""
    told = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))
    return [Explanation(**row) for row in told["equivalent"]]


def run(patterns: Sequence[str]) -> None:
    """Tries the mutants; one process, so that others can work too."""
    words = [f"cowork_cli.{pattern}" for pattern in patterns]
    beside = Path(sys.executable).with_name("mutmut")
    subprocess.run([str(beside), "run", "--max-children", "1", *words], cwd=ROOT, check=True)


def mutants(patterns: Sequence[str]) -> Iterator[Mutant]:
    """What was tried, with its lines."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    for meta in sorted(COPY.glob("cowork_cli/**/*.py.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        for key, code in codes.items():
            name = key.removeprefix("cowork_cli.")
            if not any(fnmatch(name, pattern) for pattern in patterns):
                continue
            lived = code in (SURVIVED, UNTESTED)
            diff = get_diff_for_mutant(key).splitlines()[2:] if lived else []
            yield Mutant(
                name,
                tuple(line[1:] for line in diff if line.startswith("-")),
                tuple(line[1:] for line in diff if line.startswith("+")),
                code,
            )


def report(tried: Sequence[Mutant], known: Sequence[Explanation]) -> list[Mutant]:
    """Prints counts by module; returns what lived without an explanation."""
    rows: dict[str, Counter[str]] = {}
    open_: list[Mutant] = []
    for mutant in tried:
        explained = mutant.lived and any(one.fits(mutant) for one in known)
        kind = "noticed" if not mutant.lived else "equivalent" if explained else "unnoticed"
        kind = "not tried" if mutant.code is None else kind
        rows.setdefault(mutant.module, Counter())[kind] += 1
        if kind == "unnoticed":
            open_.append(mutant)
    kinds = ("noticed", "equivalent", "unnoticed", "not tried")
    print(f"{'':34}{''.join(kind.rjust(12) for kind in kinds)}")
    for module, counts in rows.items():
        print(f"{module:34}{''.join(str(counts[kind]).rjust(12) for kind in kinds)}")
    total = sum(rows.values(), Counter())
    print(f"{len(tried):<34}{''.join(str(total[kind]).rjust(12) for kind in kinds)}")
    return open_


def main() -> int:
    """Tries and reports; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--report", action="store_true", help="what the last run found; try nothing"
    )
    parser.add_argument("--left", action="store_true", help="only what was not noticed last time")
    parser.add_argument("modules", nargs="*", help="only those: domain.money")
    asked = parser.parse_args()
    patterns = [one for one in TARGETS if _wanted(one, asked.modules)]
    if asked.left:
        run([one.name for one in mutants(patterns) if one.lived or one.code is None])
    elif not asked.report:
        # which test runs which function: what mutmut noted last time does not know new ones
        (COPY / "mutmut-stats.json").unlink(missing_ok=True)
        run(patterns)
    tried = list(mutants(patterns))
    known = explanations()
    open_ = report(tried, known)
    for mutant in open_:
        print(f"\n{mutant.name}{' (no test runs it)' if mutant.code == UNTESTED else ''}")
        print(
            "\n".join(
                [*(f"- {one}" for one in mutant.before), *(f"+ {one}" for one in mutant.after)]
            )
        )
    return 1 if open_ or any(mutant.code is None for mutant in tried) else 0


def _wanted(pattern: str, modules: Sequence[str]) -> bool:
    return not modules or any(pattern.startswith(f"{module}.") for module in modules)


if __name__ == "__main__":
    sys.exit(main())
