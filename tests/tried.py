"""Owns how an attack says how many cases it tried, also from a worker: the run ends with the sums."""

from collections import Counter
from collections.abc import Callable

import pytest

Tried = Callable[..., None]
_NAME = "tried"


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Tried:
    """Takes counts by name, as in `tried(kills=6, cuts=3)`."""
    return lambda **counts: record_property(_NAME, counts)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each attack: over all of its cases."""
    sums: dict[str, Counter[str]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, counts in getattr(report, "user_properties", ()):
                if name == _NAME and report.when == "call":
                    attack = report.nodeid.partition("[")[0]
                    sums.setdefault(attack, Counter(times=0)).update(times=1, **counts)
    if sums:
        terminalreporter.section("tried")
    for attack, counted in sums.items():
        told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counted.items())
        terminalreporter.write_line(f"{attack}: {told}")
