"""Homes that people have: a name with blanks, umlauts, quotes, a line break; a clock that was set back; a
file system that takes `A` for `a`; a folder that is not mounted.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.torture import arena, office

NAMES = (
    "my home", "Bücher & Ähnliches", "a'b\"c", "line\nbreak", "$(touch hit)`touch hit`;touch hit", "#x?y%20z",
    "-n", "ünïcødé 家",
)  # fmt: skip
BACK = "2025-11-25T18:00:00+01:00"


@pytest.mark.parametrize(
    "name",
    [
        "all of it: ü 'a\" \n $(touch hit)",
        *(pytest.param(name, marks=pytest.mark.torture) for name in NAMES),
    ],
)
def test_a_home_of_any_name(name: str, tmp_path: Path) -> None:
    """From the first command to the invoice, its backup and its restore."""
    home = tmp_path / name / "home"
    lines = (
        arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD, ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1", "--yes"), ("data", "backup"),
        ("data", "restore", "cowork-20261125-180000.zip", "--yes"),
    )  # fmt: skip
    home.parent.mkdir()
    arena.play_all(home, lines)
    arena.assert_sound(home)
    assert (home / "data" / "invoices" / "2026-0001.pdf").exists()
    assert not list(tmp_path.rglob("hit"))


def test_a_clock_that_was_set_back_a_year_loses_nothing(tmp_path: Path) -> None:
    """What lies in its future is kept; a new invoice before the last one is asked about."""
    home = tmp_path / "home"
    arena.play_all(
        home,
        [
            arena.INIT,
            arena.CLIENT,
            arena.PROJECT,
            arena.ADD,
            ("start", "acme/site", "--at", "09:00"),
        ],
    )
    arena.play_all(home, [("invoice", "draft", "acme"), ("invoice", "issue", "draft-1", "--yes")])
    before = arena.state(home)
    for words in (
        ("stop",),
        ("start", "acme/site"),
        ("invoice", "draft", "acme"),
        ("data", "backup"),
    ):
        done = arena.play(home, *words, COWORK_NOW=BACK)
        assert done.code in (0, 2, 4, 5, 6), str(done)
    assert arena.state(home) == before, "a timer that begins in the future is not stopped before it"
    arena.play_all(home, [("invoice", "draft", "acme", "--empty")])
    arena.play_all(home, [("invoice", "line", "draft-2", *office.INVOICED)])
    done = arena.play(home, "invoice", "issue", "draft-2", "--yes", COWORK_NOW=BACK)
    assert done.code == 6, str(done)
    assert "before the last issued one" in done.err
    arena.play_all(home, [("stop",)])
    arena.assert_sound(home)
    assert arena.play(home, "data", "verify", COWORK_NOW=BACK).code == 0


def test_no_two_files_differ_by_case_alone(furnished: Path, tmp_path: Path) -> None:
    """On a disk of macOS or Windows they would be one."""
    home = arena.copied(furnished / "base", tmp_path / "home")
    arena.play_all(home, [("data", "backup"), ("invoice", "issue", "draft-2", "--yes")])
    folded = Counter(str(path.relative_to(home)).casefold() for path in home.rglob("*"))
    assert len(folded) > 10
    assert set(folded.values()) == {1}


def test_a_folder_that_is_not_mounted_is_not_begun_anew(furnished: Path, tmp_path: Path) -> None:
    """The settings lie here, the data on a disk that is not there today: nothing is made in its place."""
    home = arena.copied(furnished / "base", tmp_path / "home")
    disk = tmp_path / "disk"
    (home / "data").rename(disk)
    (home / "data").mkdir()  # where it would be mounted
    for words in (("status",), ("start", "acme/site"), ("data", "backup"), ("data", "verify")):
        done = arena.play(home, *words)
        assert done.code == 3, f"{words}\n{done}"
        assert len(done.errors) == 1
        assert list((home / "data").iterdir()) == [], words
    (home / "data").rmdir()
    (home / "data").symlink_to(tmp_path / "nowhere")
    assert arena.play(home, "start", "acme/site").code == 3
    assert not (tmp_path / "nowhere").exists()
    (home / "data").unlink()
    (home / "data").symlink_to(disk)
    assert json.loads(arena.play(home, "client", "list", "--json").out)["data"]
    arena.assert_sound(home)
