"""Whatever is done in whatever order: no overlap, equal sums, a journal that tells it all, and undo.

Hypothesis plays random sequences of commands through the real funnel against a model that knows
only what must hold, not how.
"""

import json
import shutil
import tempfile
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.torture import arena

START = datetime.fromisoformat("2026-10-24T08:00:00+02:00")  # the clock change lies ahead
PROJECTS = ("acme/site", "acme/app", "globex/audit")
SETUP = (
    arena.CLIENT,
    arena.PROJECT,
    ("project", "add", "acme/app", "--rate", "120"),
    ("client", "add", "globex", "--name", "Globex", "--rate", "80.5"),
    ("project", "add", "globex/audit", "--non-billable"),
)
KEYS = ("project", "client", "day", "place", "tag")  # one tag an entry: then tags add up as well

projects = st.sampled_from(PROJECTS)
tags = st.sampled_from((None, "deep", "call"))
minutes = st.integers(0, 600)


class Office(RuleBasedStateMachine):
    """One person's hours, from a home that is set up to one that is undone again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cowork-invariants-"))
        self.home = self.folder / "home"
        self.now = START
        self.undoable = 0

    @initialize()
    def set_up(self) -> None:
        arena.play_all(self.home, SETUP)
        self.start = arena.state(self.home)

    def play(self, *words: str, allowed: tuple[int, ...]) -> arena.Played:
        """Runs a command; one that fails has to leave everything as it was."""
        before, known = arena.state(self.home), arena.changes(self.home)
        done = arena.play(self.home, *words, COWORK_NOW=self.now.isoformat())
        assert done.code in allowed, f"{words}\n{done}"
        if done.code:
            arena.assert_clean_failure(done)
            assert arena.state(self.home) == before, f"{words} failed and changed something"
            assert arena.changes(self.home) == known
        self.written = arena.changes(self.home) - known
        return done

    def change(self, *words: str, allowed: tuple[int, ...] = (0,)) -> None:
        self.play(*words, allowed=allowed)
        self.undoable += self.written

    @rule(minutes=st.integers(1, 300))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(project=projects, ago=minutes, tag=tags)
    def start_timer(self, project: str, ago: int, tag: str | None) -> None:
        more = ("--tag", tag) if tag else ()
        self.change("start", project, "--at", self.instant(ago), *more, allowed=(0, 6))

    @rule(ago=minutes)
    def stop_timer(self, ago: int) -> None:
        self.change("stop", "--at", self.instant(ago), allowed=(0, 2, 5))

    @rule()
    def cancel_timer(self) -> None:
        self.change("track", "cancel", allowed=(0, 5))

    @rule(project=projects, ago=st.integers(0, 3000), length=st.integers(0, 400), tag=tags)
    def add_entry(self, project: str, ago: int, length: int, tag: str | None) -> None:
        begin = self.instant(ago + length)
        more = ("--tag", tag) if tag else ()
        self.change(
            "track", "add", project, "--from", begin, "--to", self.instant(ago), *more,
            allowed=(0, 2, 6),
        )  # fmt: skip

    @rule(number=st.integers(1, 4))
    def remove_entry(self, number: int) -> None:
        self.change("track", "remove", f"-{number}", "--yes", allowed=(0, 5))

    @precondition(lambda self: self.undoable > 0)
    @rule()
    def undo(self) -> None:
        self.play("undo", allowed=(0,))
        self.undoable -= 1

    @rule()
    def redo(self) -> None:
        done = self.play("redo", allowed=(0, 5, 6))
        if done.code == 0:
            self.undoable += 1

    def instant(self, ago: int) -> str:
        """So many minutes ago, as an instant that no clock change can make doubtful."""
        return (self.now - timedelta(minutes=ago)).replace(microsecond=0).isoformat()

    @invariant()
    def nothing_overlaps(self) -> None:
        spans = sorted((row[4], row[5]) for row in arena.state(self.home)["entries"])
        assert sum(end is None for _, end in spans) <= 1
        for (_, end), (begin, _) in pairwise(spans):
            assert end is not None
            assert end <= begin

    def teardown(self) -> None:
        try:
            if (self.home / "data").exists():
                self.sums_agree()
                arena.assert_sound(self.home)
                self.everything_can_be_taken_back()
                arena.assert_sound(self.home)
        finally:
            shutil.rmtree(self.folder)

    def sums_agree(self) -> None:
        """By any key the hours are those of the store, and so is the money."""
        state = arena.state(self.home)
        assert state is not None
        seconds = sum(row[5] - row[4] for row in state["entries"] if row[5] is not None)
        for key in KEYS:
            rows: list[dict[str, Any]] = self.read("report", "hours", "--by", key)
            assert sum(row["duration_s"] for row in rows) == seconds, key
        listed = self.read("track", "list", "--from", "2020-01-01")
        assert sum(row["duration_s"] for row in listed if not row["running"]) == seconds

    def everything_can_be_taken_back(self) -> None:
        for _ in range(self.undoable):
            self.play("undo", allowed=(0,))
        assert arena.state(self.home) == self.start

    def read(self, *words: str) -> Any:
        done = arena.play(self.home, *words, "--json", COWORK_NOW=self.now.isoformat())
        assert done.code == 0, str(done)
        return json.loads(done.out)["data"]


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            phases=(Phase.generate,),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_days_in_the_office() -> None:
    play(5, 12)


@pytest.mark.torture
def test_many_days_in_the_office() -> None:
    play(60, 40)
