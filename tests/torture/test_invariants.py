"""Whatever is done in whatever order: no overlap, equal sums, a journal that tells it all, and undo.

Hypothesis plays random sequences of commands through the real funnel against a model that knows
only what must hold, not how.
"""

import json
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
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
KEYS = ("project", "client", "day", "place")  # and by tag: an entry with two counts under both

projects = st.sampled_from(PROJECTS)
tags = st.sampled_from((None, "deep", "call"))
places = st.sampled_from((None, "home", "client"))
minutes = st.integers(0, 600)
numbers = st.integers(1, 4)


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
        for number, project in enumerate(
            (*PROJECTS, *PROJECTS)
        ):  # so that there is what to correct
            ago = self.instant(3000 - 450 * number)
            self.change("track", "add", project, "--from", ago, "--for", "2h")

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

    @precondition(lambda self: self.runs() or self.undoable % 5 == 0)
    @rule(ago=minutes)
    def stop_timer(self, ago: int) -> None:
        self.change("stop", "--at", self.instant(ago), allowed=(0, 2, 5))

    @precondition(lambda self: self.runs())
    @rule()
    def cancel_timer(self) -> None:
        self.change("track", "cancel", allowed=(0, 5))

    @rule(number=st.none() | numbers)
    def resume_timer(self, number: int | None) -> None:
        more = (f"-{number}",) if number else ()
        self.change("track", "resume", *more, allowed=(0, 5, 6))

    @rule(
        project=projects,
        ago=st.integers(0, 3000),
        length=st.integers(0, 400),
        tag=tags,
        place=places,
        adjust=st.booleans(),
    )
    def add_entry(
        self, project: str, ago: int, length: int, tag: str | None, place: str | None, adjust: bool
    ) -> None:
        begin = self.instant(ago + length)
        self.change(
            "track", "add", project, "--from", begin, "--to", self.instant(ago),
            *given(tag=tag, place=place, adjust=adjust), allowed=(0, 2, 6),
        )  # fmt: skip

    @rule(
        number=numbers,
        ago=st.integers(0, 3000),
        length=st.integers(0, 400),
        which=st.sampled_from(("from", "to", "both")),
        adjust=st.booleans(),
    )
    def move_entry(self, number: int, ago: int, length: int, which: str, adjust: bool) -> None:
        begin, end = self.instant(ago + length), self.instant(ago)
        times = given(
            **{"from": None if which == "to" else begin}, to=None if which == "from" else end
        )
        self.change(
            "track", "edit", f"-{number}", *times, *given(adjust=adjust), allowed=(0, 2, 5, 6)
        )

    @rule(
        chosen=st.lists(numbers, min_size=1, max_size=3, unique=True),
        project=st.none() | projects,
        tag=tags,
        no_tag=tags,
        place=places,
    )
    def edit_entries(
        self,
        chosen: list[int],
        project: str | None,
        tag: str | None,
        no_tag: str | None,
        place: str | None,
    ) -> None:
        facts = given(project=project, tag=tag, no_tag=no_tag, place=place)
        which = [f"-{number}" for number in chosen]
        self.change("track", "edit", *which, *facts, allowed=(0, 2, 5))

    @rule(number=numbers, ago=st.integers(0, 3000))
    def split_entry(self, number: int, ago: int) -> None:
        self.change("track", "split", f"-{number}", "--at", self.instant(ago), allowed=(0, 2, 5))

    @rule(number=numbers, share=st.integers(1, 9))
    def split_entry_inside(self, number: int, share: int) -> None:
        """A cut that lies inside for sure, where there is an entry of two seconds or more."""
        spans = sorted((row[4], row[5]) for row in arena.state(self.home)["entries"])
        if number <= len(spans):
            begin, end = spans[-number]
            length = (int(self.now.timestamp()) if end is None else end) - begin
            if length > 9:
                cut = datetime.fromtimestamp(begin + length * share // 10, UTC).isoformat()
                self.change("track", "split", f"-{number}", "--at", cut)

    @rule(first=numbers, second=numbers)
    def join_entries(self, first: int, second: int) -> None:
        self.change("track", "join", f"-{first}", f"-{second}", allowed=(0, 2, 5, 6))

    @rule(chance=st.integers(0, 99))
    def join_neighbours(self, chance: int) -> None:
        """Two of one project with nothing between them, billed alike at one place, where there are such."""
        rows = sorted(arena.state(self.home)["entries"], key=lambda row: row[4])
        pairs = [
            (a[0], b[0]) for a, b in pairwise(rows) if (a[1], a[6], a[8]) == (b[1], b[6], b[8])
        ]
        if pairs:
            first, second = pairs[chance % len(pairs)]
            self.change("track", "join", f"e-{first}", f"e-{second}")

    @rule(number=numbers)
    def remove_entry(self, number: int) -> None:
        self.change("track", "remove", f"-{number}", "--yes", allowed=(0, 5))

    @precondition(lambda self: self.undoable > 0)
    @rule()
    def undo(self) -> None:
        self.play("undo", allowed=(0,))
        self.undoable -= 1

    @precondition(lambda self: self.undoable > 0)
    @rule(count=st.integers(1, 2))
    def undo_and_redo(self, count: int) -> None:
        """There and back is where it was."""
        before, count = arena.state(self.home), min(count, self.undoable)
        self.play("undo", str(count), allowed=(0,))
        self.play("redo", allowed=(0,))
        assert arena.state(self.home) == before

    @rule()
    def redo(self) -> None:
        done = self.play("redo", allowed=(0, 5, 6))
        if done.code == 0:
            self.undoable += 1

    def runs(self) -> bool:
        return any(row[5] is None for row in arena.state(self.home)["entries"])

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
                arena.assert_journal_replays(self.home)
                self.everything_can_be_taken_back()
                arena.assert_sound(self.home)
                arena.assert_journal_replays(self.home)
        finally:
            shutil.rmtree(self.folder)

    def sums_agree(self) -> None:
        """By any key the hours are those of the store, billable ones and all."""
        state = arena.state(self.home)
        assert state is not None
        stopped = [row for row in state["entries"] if row[5] is not None]
        seconds = sum(row[5] - row[4] for row in stopped)
        billable = sum(row[5] - row[4] for row in stopped if row[6])
        for key in KEYS:
            assert self.reported(key) == (seconds, billable), key
        times = [(max(1, len([*filter(None, row[3].split(","))])), row) for row in stopped]
        assert self.reported("tag") == (
            sum(count * (row[5] - row[4]) for count, row in times),
            sum(count * (row[5] - row[4]) for count, row in times if row[6]),
        )
        listed = self.read("track", "list", "--from", "2020-01-01")
        assert sum(row["duration_s"] for row in listed if not row["running"]) == seconds

    def reported(self, key: str) -> tuple[int, int]:
        rows: list[dict[str, Any]] = self.read("report", "hours", "--by", key)
        return sum(row["duration_s"] for row in rows), sum(row["billable_s"] for row in rows)

    def everything_can_be_taken_back(self) -> None:
        for _ in range(self.undoable):
            self.play("undo", allowed=(0,))
        assert arena.state(self.home) == self.start

    def read(self, *words: str) -> Any:
        done = arena.play(self.home, *words, "--json", COWORK_NOW=self.now.isoformat())
        assert done.code == 0, str(done)
        return json.loads(done.out)["data"]


def given(**values: str | bool | None) -> list[str]:
    """Options for what is set: `--place home`, and a flag for what is True."""
    words = []
    for name, value in values.items():
        if value:
            words += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    return words


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
