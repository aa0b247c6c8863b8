"""Every verb that writes, killed before every call that touches a file of its home; then the power cut.

The verbs come from the program's own table: one that is added without a line in `office` fails here.
After each kill the store opens and is sound, holds the old or the new state, documents are those that
were issued, and `undo` takes back what it would have taken back. The power cut is the harder one: what was
not flushed is gone, wholly or by the sector, and what was said to be done is there.
"""

import random
from collections import Counter
from pathlib import Path

import pytest

from cowork_cli import app
from cowork_cli.commands.mcp.powers import READ, power_of
from tests.torture import arena, office
from tests.torture.machine import Call, Disk, Machine, calls
from tests.torture.scenes import MOST, SEED, STEPWISE, Scene, every_or, scene_of
from tests.torture.snapshots import (
    Snapshot,
    assert_documents_fit,
    digest,
    settings,
    snapshot,
)
from tests.tried import Tried


def assert_survived(scene: Scene, home: Path, where: str, *, undo: bool) -> str:
    """The home is sound and holds the old or the new state; says which. The same bytes are looked at once."""
    content = digest(home)
    if content in scene.looked_at:
        return scene.looked_at[content]
    assert_documents_fit(home)
    verified = arena.play(home, "data", "verify")
    assert verified.code == 0, f"{where}\n{verified}"
    found = scene.state(home)
    age = next((age for age in ("new", "old") if found == scene.states[age]), "between")
    assert settings(home) in scene.settings.values(), where
    if age == "between":
        assert scene.verb in STEPWISE, f"{scene.verb}, {where}: neither old nor new"
        assert arena.play(home, "booking", "sync").code == 0, where
        again = arena.play(home, *scene.words)
        assert again.code in (0, 6), f"{where}\n{again}"  # 6: it was done already
        arena.assert_sound(home)
        held = snapshot(home)
        assert held is not None
        assert alive(held) == alive(scene.new), where
    elif undo:
        assert (arena.play(home, "undo").code, scene.state(home)) == scene.undone[age], where
    scene.looked_at[content] = age
    return age


def alive(held: Snapshot) -> tuple[int, list[object], list[object]]:
    """How many requests are open, each booking that was not refused, each number of an invoice."""
    unsettled = [row for row in held["intents"] if row[6] in ("open", "unknown")]
    bookings = sorted(row[4:11] for row in held["bookings"] if row[10] != "refused")
    return len(unsettled), bookings, sorted(row[3] for row in held["invoices"] if row[3])


def killed(scene: Scene, machine: Machine, places: list[int]) -> Counter[str]:
    """Kills before each of the calls; how often the old and how often the new state was left."""
    ages: Counter[str] = Counter()
    for place in places:
        scene.fresh()
        ran = machine.run(scene.home, scene.words, at=place)
        assert ran.killed or ran.played.code == 0, str(ran.played)
        age = assert_survived(
            scene, scene.home, f"killed before call {place} of {scene.calls}", undo=True
        )
        ages[age] += 1
    return ages


def cut(scene: Scene, machine: Machine, most: int) -> int:
    """Cuts the power after calls that changed something, and after the last; how often."""
    log, chance = scene.home.with_name("calls.log"), random.Random(SEED)
    scene.fresh()
    assert machine.run(scene.home, scene.words, log=log).played.code == 0
    done = calls(log)
    places = sorted(chance.sample(range(len(done)), min(most, len(done))))
    left = scene.home.with_name("after")
    for place in places:
        disk = after(scene, done[:place])
        disk.after_failure(left, chance if place % 2 else None)
        assert_survived(scene, left, f"power cut after call {place} of {len(done)}", undo=False)
    disk = after(scene, done)
    for luck in (None, chance, chance):
        disk.after_failure(left, luck)
        where = "power cut after it was said to be done"
        age = assert_survived(scene, left, where, undo=True)
        assert age == "new", where
        assert settings(left) == scene.settings["new"], where
    return len(places) + 3


def after(scene: Scene, done: list[Call]) -> Disk:
    scene.fresh()
    disk = Disk(scene.home)
    for call in done:
        disk.do(call)
    return disk


# ---- a thin slice, in every run


def test_every_verb_that_writes_has_its_line() -> None:
    writing = {" ".join(verb.path) for verb in app.all_verbs() if power_of(verb.path) != READ}
    assert writing == {*office.LINES, *office.NOT_HERE}
    assert not set(office.LINES) & set(office.NOT_HERE)


def test_killed_at_a_few_calls(machine: Machine, furnished: Path, tmp_path: Path) -> None:
    scene = scene_of("invoice issue", machine, furnished, tmp_path)
    assert scene.states["old"] != scene.states["new"]
    assert scene.calls > 30, "the shim sees the files of the store"
    ages = killed(scene, machine, every_or(4, scene.calls))
    assert cut(scene, machine, 3) == 6
    assert sum(ages.values()) == 4


# ---- the whole attack


@pytest.mark.torture
@pytest.mark.parametrize("verb", sorted(office.LINES))
def test_killed_at_every_call(
    verb: str,
    machine: Machine,
    furnished: Path,
    tmp_path: Path,
    tried: Tried,
) -> None:
    scene = scene_of(verb, machine, furnished, tmp_path)
    ages = killed(scene, machine, every_or(MOST, scene.calls))
    cuts = cut(scene, machine, MOST // 2)
    tried(calls=scene.calls, kills=sum(ages.values()), **ages, power_cuts=cuts)
