"""Every verb that writes, on a disk that takes no more from any of its calls on: full, over quota, broken.

It says so in one line, and nothing was changed; or all was done but for a copy. With room again it goes
through.
"""

import errno
from collections import Counter
from pathlib import Path

import pytest

from tests.torture import arena, office
from tests.torture.machine import Machine
from tests.torture.scenes import MOST, STEPWISE, Scene, every_or, scene_of
from tests.torture.snapshots import assert_documents_fit
from tests.tried import Tried

ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def without_room(scene: Scene, machine: Machine, places: list[int], error: int) -> Counter[int]:
    """Plays the line with no room from each of the calls on; how often each exit code came."""
    codes: Counter[int] = Counter()
    for place in places:
        scene.fresh()
        done = machine.run(scene.home, scene.words, at=place, error=error).played
        where = (
            f"{scene.verb}, {errno.errorcode[error]} from call {place} of {scene.calls} on\n{done}"
        )
        codes[done.code] += 1
        assert done.code in (0, 1, 3, 4, 8), where
        assert "Traceback" not in done.err, where
        assert_documents_fit(scene.home)
        arena.assert_sound(scene.home)
        if done.code == 0:
            assert scene.state(scene.home) == scene.states["new"], where
        elif done.code != 8 and scene.verb not in STEPWISE:
            assert len(done.errors) == 1, where
            assert scene.state(scene.home) == scene.states["old"], where
            again = machine.run(scene.home, scene.words).played
            assert again.code == 0, f"{where}\n{again}"
            assert scene.state(scene.home) == scene.states["new"], where
    return codes


def test_a_full_disk_at_a_few_calls(machine: Machine, furnished: Path, tmp_path: Path) -> None:
    scene = scene_of("track add", machine, furnished, tmp_path)
    codes = without_room(scene, machine, every_or(3, scene.calls), errno.ENOSPC)
    assert codes[1], "some calls need room"


@pytest.mark.torture
@pytest.mark.parametrize("verb", sorted(office.LINES))
def test_a_full_disk_at_every_call(
    verb: str,
    machine: Machine,
    furnished: Path,
    tmp_path: Path,
    tried: Tried,
) -> None:
    scene = scene_of(verb, machine, furnished, tmp_path)
    codes: Counter[int] = Counter()
    for error in ERRORS:
        codes += without_room(scene, machine, every_or(MOST // 3, scene.calls), error)
    tried(failures=sum(codes.values()), **{f"exit_{code}": count for code, count in codes.items()})
